//! The table: for each command, who may give it. Rows follow the programme's roles; who may read is in the parent.

use koinon_events::{CityId, Role};

use crate::domain::Command;
use crate::domain::action::ActionCommand;
use crate::domain::city::CityCommand;
use crate::domain::discussion::DiscussionCommand;
use crate::domain::document::DocumentCommand;
use crate::domain::following::FollowingCommand;
use crate::domain::learning::LearningCommand;
use crate::domain::meeting::MeetingCommand;
use crate::domain::partnership::PartnershipCommand;
use crate::domain::person::PersonCommand;
use crate::domain::pilot::PilotCommand;
use crate::domain::programme::ProgrammeCommand;
use crate::domain::project::ProjectCommand;
use crate::domain::report::ReportCommand;
use crate::domain::token::TokenCommand;
use crate::domain::visit::VisitCommand;
use crate::domain::webhook::WebhookCommand;

use Role::{Administrator, Auditor, Coordinator, Delegate, Expert, Officer};

/// Who may give one command.
#[derive(Debug, Clone, Copy)]
pub struct Permission {
    /// The roles that may, each within its grant.
    pub roles: &'static [Role],
    /// The city it acts for, when for one.
    pub city: Option<CityId>,
    /// Whether everybody may for the subject that is their own.
    pub oneself: bool,
}

const fn of(roles: &'static [Role]) -> Permission {
    Permission { roles, city: None, oneself: false }
}

const fn for_city(roles: &'static [Role], city: CityId) -> Permission {
    Permission { roles, city: Some(city), oneself: false }
}

const fn oneself_or(roles: &'static [Role]) -> Permission {
    Permission { roles, city: None, oneself: true }
}

const COORDINATOR: Permission = of(&[Coordinator]);
const AT_WORK: Permission = of(&[Coordinator, Delegate, Expert]);
const CITIES: &[Role] = &[Coordinator, Delegate];

/// The row of a command.
pub fn permission(command: &Command) -> Permission {
    match command {
        Command::Programme(command) => programme(command),
        Command::City(command) => city(command),
        Command::Partnership(command) => partnership(command),
        Command::Person(command) => person(command),
        Command::Visit(command) => visit(command),
        Command::Meeting(command) => meeting(command),
        Command::Learning(command) => learning(command),
        Command::Document(command) => document(command),
        Command::Discussion(command) => discussion(command),
        Command::Project(command) => project(command),
        Command::Pilot(command) => pilot(command),
        Command::Action(command) => action(command),
        Command::Report(command) => report(command),
        Command::Webhook(command) => webhook(command),
        Command::Token(command) => token(command),
        Command::Following(command) => following(command),
    }
}

fn programme(command: &ProgrammeCommand) -> Permission {
    use ProgrammeCommand as C;
    match command {
        C::CreateProgramme(_)
        | C::DefinePhase(_)
        | C::DefineTheme(_)
        | C::DefineStrand(_)
        | C::DefineIndicator(_)
        | C::ReviseTarget(_)
        | C::DefinePeriod(_)
        | C::RemindOfPeriod(_)
        | C::StartProgramme(_)
        | C::ChangeEndDate(_)
        | C::StartClosing(_)
        | C::CloseProgramme(_) => COORDINATOR,
    }
}

fn city(command: &CityCommand) -> Permission {
    use CityCommand as C;
    match command {
        C::RegisterCity(_)
        | C::SelectCity(_)
        | C::PutOnReserve(_)
        | C::RejectCity(_)
        | C::AppointCoordinator(_)
        | C::WithdrawCity(_)
        | C::ListOpenMatters(_) => COORDINATOR,
        C::UpdateCity(command) => for_city(CITIES, command.city),
        C::AddBody(command) => for_city(CITIES, command.city),
        C::StateNeed(command) => for_city(CITIES, command.city),
        C::StateOffer(command) => for_city(CITIES, command.city),
    }
}

fn partnership(command: &PartnershipCommand) -> Permission {
    use PartnershipCommand as C;
    match command {
        C::AcceptPartnership(command) => for_city(CITIES, command.city),
        C::DeclinePartnership(command) => for_city(CITIES, command.city),
        C::RecordAdvice(_) => of(&[Coordinator, Expert]),
        C::AnswerAdvice(_) => of(CITIES),
        C::ProposePartnership(_)
        | C::AddCity(_)
        | C::RemoveCity(_)
        | C::KickOffPartnership(_)
        | C::AgreeTopics(_)
        | C::AssignAdvisor(_)
        | C::SignAgreement(_)
        | C::AdoptActionPlan(_)
        | C::SuspendPartnership(_)
        | C::ResumePartnership(_)
        | C::DissolvePartnership(_)
        | C::CompletePartnership(_)
        | C::CommitContinuation(_) => COORDINATOR,
    }
}

fn person(command: &PersonCommand) -> Permission {
    use PersonCommand as C;
    match command {
        C::InvitePerson(_) => of(&[Administrator, Coordinator, Delegate]),
        C::AcceptInvitation(_) | C::UpdatePerson(_) => oneself_or(&[Administrator, Coordinator, Delegate]),
        C::RemindPerson(_) => of(CITIES),
        C::DeactivatePerson(_) => of(&[Administrator, Coordinator, Delegate]),
        C::RequestErasure(_) => oneself_or(&[Coordinator]),
        C::ErasePerson(_) | C::DeferErasure(_) => of(&[Administrator]),
        C::GrantRole(command) if command.role == Administrator => of(&[Administrator]),
        C::GrantRole(_) | C::RevokeRole(_) => of(&[Administrator, Coordinator]),
    }
}

fn visit(command: &VisitCommand) -> Permission {
    use VisitCommand as C;
    match command {
        C::ApproveMissionNote(_) | C::RequestLearnings(_) => COORDINATOR,
        C::SubmitMissionNote(_) => of(&[Coordinator, Expert]),
        C::ProposeVisit(_)
        | C::ScheduleVisit(_)
        | C::RescheduleVisit(_)
        | C::PostponeVisit(_)
        | C::CancelVisit(_)
        | C::ConfirmVisit(_)
        | C::InviteDelegate(_)
        | C::ReplaceDelegate(_)
        | C::WithdrawDelegate(_)
        | C::ConfirmDelegation(_)
        | C::AssignExpert(_)
        | C::ReplaceExpert(_)
        | C::AddSession(_)
        | C::MoveSession(_)
        | C::DropSession(_)
        | C::PublishItinerary(_)
        | C::RecordLogistics(_)
        | C::StartVisit(_)
        | C::HoldSession(_)
        | C::SkipSession(_)
        | C::RecordAttendance(_)
        | C::CompleteVisit(_)
        | C::CloseVisit(_) => AT_WORK,
    }
}

fn meeting(command: &MeetingCommand) -> Permission {
    use MeetingCommand as C;
    match command {
        C::ScheduleMeeting(_)
        | C::RescheduleMeeting(_)
        | C::CancelMeeting(_)
        | C::HoldMeeting(_)
        | C::AddPresentation(_)
        | C::RecordDecision(_)
        | C::PublishMinutes(_)
        | C::PublishRecording(_)
        | C::ReplaceRecording(_) => AT_WORK,
    }
}

fn learning(command: &LearningCommand) -> Permission {
    use LearningCommand as C;
    match command {
        C::RecordLearning(_) | C::ReviseLearning(_) => AT_WORK,
        C::ValidateLearning(_) | C::ReturnLearning(_) => of(&[Expert]),
        C::PublishLearning(_) | C::SuggestLearning(_) | C::ConsolidateLearnings(_) | C::RetractLearning(_) => {
            COORDINATOR
        }
        C::ExpressInterest(command) => for_city(CITIES, command.city),
        C::DeclineLearning(command) => for_city(CITIES, command.city),
        C::CommitAdoption(command) => for_city(CITIES, command.city),
        C::StartAdoption(command) => for_city(CITIES, command.city),
        C::VerifyAdoption(command) => for_city(CITIES, command.city),
        C::AbandonAdoption(command) => for_city(CITIES, command.city),
    }
}

fn document(command: &DocumentCommand) -> Permission {
    use DocumentCommand as C;
    match command {
        C::RegisterDocument(command) if command.redacts.is_some() => COORDINATOR,
        C::RegisterDocument(_) | C::LinkEvidence(_) => AT_WORK,
        C::TagPersons(_) | C::WithdrawDocument(_) => COORDINATOR,
        C::OpenEvidence(_) => of(&[Officer, Auditor]),
    }
}

fn discussion(command: &DiscussionCommand) -> Permission {
    use DiscussionCommand as C;
    match command {
        C::PostComment(_) | C::EditComment(_) | C::ResolveDiscussion(_) => {
            of(&[Coordinator, Delegate, Expert, Officer])
        }
        C::HideComment(_) => COORDINATOR,
    }
}

fn project(command: &ProjectCommand) -> Permission {
    use ProjectCommand as C;
    match command {
        C::ProposeProject(_)
        | C::AgreeProject(_)
        | C::AddDeliverable(_)
        | C::DeliverDeliverable(_)
        | C::RecordFunding(_)
        | C::CompleteProject(_)
        | C::StopProject(_) => of(CITIES),
    }
}

fn pilot(command: &PilotCommand) -> Permission {
    use PilotCommand as C;
    match command {
        C::ApprovePilot(command) => for_city(CITIES, command.city),
        C::ProposePilot(_)
        | C::PlanPilot(_)
        | C::LaunchPilot(_)
        | C::ReachMilestone(_)
        | C::SlipMilestone(_)
        | C::RecordMeasurement(_)
        | C::CorrectMeasurement(_)
        | C::RaiseRisk(_)
        | C::ChangeRisk(_)
        | C::CloseRisk(_)
        | C::PausePilot(_)
        | C::ResumePilot(_)
        | C::CompletePilot(_)
        | C::DecideScaleUp(_)
        | C::DecideNotToContinue(_)
        | C::StopPilot(_) => of(CITIES),
    }
}

fn action(command: &ActionCommand) -> Permission {
    use ActionCommand as C;
    match command {
        C::RaiseAction(_)
        | C::ReassignAction(_)
        | C::ChangeDue(_)
        | C::CompleteAction(_)
        | C::VerifyAction(_)
        | C::ReopenAction(_)
        | C::DropAction(_) => AT_WORK,
    }
}

fn report(command: &ReportCommand) -> Permission {
    use ReportCommand as C;
    match command {
        C::OpenReport(_) | C::SubmitReport(_) => COORDINATOR,
        C::EditSection(_) | C::AnswerQuery(_) => of(CITIES),
        C::RaiseQuery(_) | C::ReturnReport(_) | C::AcceptReport(_) | C::ReopenReport(_) => of(&[Officer]),
    }
}

fn webhook(command: &WebhookCommand) -> Permission {
    use WebhookCommand as C;
    match command {
        C::RegisterWebhook(_)
        | C::PauseWebhook(_)
        | C::ResumeWebhook(_)
        | C::RotateWebhookSecret(_)
        | C::RemoveWebhook(_) => of(&[Administrator, Coordinator]),
    }
}

fn token(command: &TokenCommand) -> Permission {
    use TokenCommand as C;
    match command {
        C::CreateToken(_) | C::RevokeToken(_) => of(&[Administrator]),
    }
}

fn following(command: &FollowingCommand) -> Permission {
    use FollowingCommand as C;
    match command {
        C::FollowSubject(_) | C::UnfollowSubject(_) | C::SetDigest(_) => oneself_or(&[]),
    }
}
