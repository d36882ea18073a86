//! The visit: proposed, scheduled, confirmed, under way, completed, closed; or postponed, or cancelled.
//!
//! A visit that names a partnership needs it formed, kicked off or active. Every step backwards carries its reason.
//! Attendance is recorded once the visit is under way, and again where it has to be corrected, until the visit closes.

mod commands;
mod delegation;
mod itinerary;
mod outcome;
mod plan;
mod rules;
#[cfg(test)]
mod scenarios;
mod state;

use koinon_events::{Subject, VisitId};

pub use commands::*;
pub use rules::VisitRule;
pub use state::{Attendance, MissionNote, Session, SessionStatus, Visit, VisitStatus, evolve};

use super::belonging::subjects;
use super::context::{Context, World};
use super::{Decision, Rejection};

/// The subjects a decision on a visit needs to know.
pub fn relies_on(command: &VisitCommand, world: &World) -> Vec<Subject> {
    let mut named: Vec<Subject> = match command {
        VisitCommand::ProposeVisit(plan) => {
            plan::relies_on(plan.programme, plan.partnership, plan.host_city, &plan.visiting_cities)
        }
        VisitCommand::ScheduleVisit(plan) => {
            let mut named = plan::relies_on(plan.programme, plan.partnership, plan.host_city, &plan.visiting_cities);
            named.extend(&plan.follows);
            named
        }
        VisitCommand::InviteDelegate(command) => vec![command.person.subject()],
        VisitCommand::ReplaceDelegate(command) => vec![command.to.subject()],
        VisitCommand::AssignExpert(command) => vec![command.expert.subject()],
        VisitCommand::ReplaceExpert(command) => vec![command.to.subject()],
        VisitCommand::AddSession(command) => subjects(&command.speakers).collect(),
        VisitCommand::RecordAttendance(command) => {
            subjects(&command.present).chain(command.document.map(Subject::from)).collect()
        }
        VisitCommand::SubmitMissionNote(command) => command.document.map(Subject::from).into_iter().collect(),
        VisitCommand::CloseVisit(command) => command.learning.map(Subject::from).into_iter().collect(),
        VisitCommand::RescheduleVisit(_)
        | VisitCommand::PostponeVisit(_)
        | VisitCommand::CancelVisit(_)
        | VisitCommand::ConfirmVisit(_)
        | VisitCommand::WithdrawDelegate(_)
        | VisitCommand::ConfirmDelegation(_)
        | VisitCommand::MoveSession(_)
        | VisitCommand::DropSession(_)
        | VisitCommand::PublishItinerary(_)
        | VisitCommand::RecordLogistics(_)
        | VisitCommand::StartVisit(_)
        | VisitCommand::HoldSession(_)
        | VisitCommand::SkipSession(_)
        | VisitCommand::CompleteVisit(_)
        | VisitCommand::ApproveMissionNote(_)
        | VisitCommand::RequestLearnings(_) => Vec::new(),
    };
    let visit = world.visit(VisitId(command.subject().id));
    named.extend(visit.map(|visit| visit.programme.subject()));
    named
}

/// Decides a command on a visit.
///
/// # Errors
/// Unfit fields, or the [`VisitRule`] that forbids it.
pub fn decide(visit: Option<&Visit>, command: &VisitCommand, context: &Context<'_>) -> Decision {
    match (command, visit) {
        (VisitCommand::ProposeVisit(command), visit) => plan::propose(visit, command, context),
        (VisitCommand::ScheduleVisit(command), visit) => plan::schedule(visit, command, context),
        (_, None) => Err(Rejection::Absent),
        (command, Some(visit)) => {
            context.running_programme("", visit.programme)?;
            decide_known(visit, command, context)
        }
    }
}

fn decide_known(visit: &Visit, command: &VisitCommand, context: &Context<'_>) -> Decision {
    match command {
        VisitCommand::ProposeVisit(command) => plan::propose(Some(visit), command, context),
        VisitCommand::ScheduleVisit(command) => plan::schedule(Some(visit), command, context),
        VisitCommand::RescheduleVisit(command) => plan::reschedule(visit, command),
        VisitCommand::PostponeVisit(command) => plan::postpone(visit, command),
        VisitCommand::CancelVisit(command) => plan::cancel(visit, command),
        VisitCommand::ConfirmVisit(_) => plan::confirm(visit),
        VisitCommand::InviteDelegate(command) => delegation::invite(visit, command, context),
        VisitCommand::ReplaceDelegate(command) => delegation::replace(visit, command, context),
        VisitCommand::WithdrawDelegate(command) => delegation::withdraw(visit, command),
        VisitCommand::ConfirmDelegation(command) => delegation::confirm(visit, command),
        VisitCommand::AssignExpert(command) => delegation::assign_expert(visit, command, context),
        VisitCommand::ReplaceExpert(command) => delegation::replace_expert(visit, command, context),
        VisitCommand::AddSession(command) => itinerary::add_session(visit, command, context),
        VisitCommand::MoveSession(command) => itinerary::move_session(visit, command),
        VisitCommand::DropSession(command) => itinerary::drop_session(visit, command),
        VisitCommand::PublishItinerary(_) => itinerary::publish(visit),
        VisitCommand::RecordLogistics(command) => itinerary::record_logistics(visit, command),
        VisitCommand::StartVisit(command) => outcome::start(visit, command),
        VisitCommand::HoldSession(command) => outcome::hold_session(visit, command),
        VisitCommand::SkipSession(command) => outcome::skip_session(visit, command),
        VisitCommand::RecordAttendance(command) => outcome::record_attendance(visit, command, context),
        VisitCommand::CompleteVisit(command) => outcome::complete(visit, command),
        VisitCommand::SubmitMissionNote(command) => outcome::submit_note(visit, command, context),
        VisitCommand::ApproveMissionNote(command) => outcome::approve_note(visit, command),
        VisitCommand::CloseVisit(command) => outcome::close(visit, command, context),
        VisitCommand::RequestLearnings(command) => outcome::request_learnings(visit, command),
    }
}
