//! The pilot: proposed, planned, approved, launched, paused and on again, completed, then scaled up or not continued;
//! or stopped.
//!
//! A plan holds once every city of the pilot has approved it. Before the launch it may be replaced, with a reason, and
//! its approvals start anew. What was measured is corrected by a new fact, never overwritten.

mod commands;
mod ending;
mod planning;
#[cfg(test)]
mod scenarios;
#[cfg(test)]
mod scenarios_under_way;
mod under_way;

use std::collections::{BTreeMap, BTreeSet};

use koinon_events::action::Owner;
use koinon_events::pilot::*;
use koinon_events::value::{Code, Day, Decimal, Month};
use koinon_events::{CityId, PartnershipId, PilotId, ProgrammeId, Subject};

pub use commands::*;

use super::belonging::owning_person;
use super::context::{Context, World};
use super::rejection::rejections;
use super::state::Scope;
use super::{Decision, Rejection};

/// How far a pilot is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum PilotStatus {
    /// Wanted.
    Proposed,
    /// Has a plan.
    Planned,
    /// Every city approved the plan.
    Approved,
    /// Going on.
    Launched,
    /// Rests.
    Paused,
    /// Ended as planned.
    Completed,
    /// Will be done on a larger scale.
    ScaledUp,
    /// Will not be continued.
    NotContinued,
    /// Ended before its time.
    Stopped,
}

/// One step of the plan as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Milestone {
    /// The day it is due.
    pub due: Day,
    /// Whether it was reached.
    pub reached: bool,
}

/// One risk as it is judged now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Risk {
    /// The judgement.
    pub judged: PilotRisk,
    /// Whether it is still one.
    pub open: bool,
}

/// What the rules need to know of a pilot.
#[derive(Debug, Clone, PartialEq)]
pub struct Pilot {
    /// Its identity.
    pub id: PilotId,
    /// Its programme.
    pub programme: ProgrammeId,
    /// Its partnership, when of one.
    pub partnership: Option<PartnershipId>,
    /// How far it is.
    pub status: PilotStatus,
    /// The cities that carry it.
    pub cities: Vec<CityId>,
    /// The plan that holds now.
    pub plan: Option<PilotPlanned>,
    /// The cities that approved the plan that holds now.
    pub approvals: BTreeSet<CityId>,
    /// The steps of the plan, as they stand.
    pub milestones: BTreeMap<Code, Milestone>,
    /// What was measured, by indicator and month, as corrected.
    pub measurements: BTreeMap<(Code, Month), Decimal>,
    /// What may go wrong, by code.
    pub risks: BTreeMap<Code, Risk>,
}

impl Pilot {
    /// What it belongs to.
    pub fn scope(&self) -> Scope {
        let persons = match self.plan.as_ref().map(|plan| &plan.owner) {
            Some(Owner::Person(person)) => vec![*person],
            _ => Vec::new(),
        };
        Scope {
            programme: Some(self.programme),
            partnerships: self.partnership.into_iter().collect(),
            cities: self.cities.clone(),
            persons,
            ..Scope::default()
        }
    }
}

/// The state after one more event.
pub fn evolve(state: Option<Pilot>, subject: Subject, event: &PilotEvent) -> Option<Pilot> {
    match (state, event) {
        (None, PilotEvent::PilotProposed(proposed)) => Some(Pilot {
            id: PilotId(subject.id),
            programme: proposed.programme,
            partnership: proposed.partnership,
            status: PilotStatus::Proposed,
            cities: proposed.cities.clone(),
            plan: None,
            approvals: BTreeSet::new(),
            milestones: BTreeMap::new(),
            measurements: BTreeMap::new(),
            risks: BTreeMap::new(),
        }),
        (state, event) => state.map(|pilot| evolve_known(pilot, event)),
    }
}

fn evolve_known(mut pilot: Pilot, event: &PilotEvent) -> Pilot {
    match event {
        PilotEvent::PilotProposed(_) => {}
        PilotEvent::PilotPlanned(planned) => take_plan(&mut pilot, planned),
        PilotEvent::PilotApproved(approved) => {
            pilot.approvals.insert(approved.city);
        }
        PilotEvent::PilotPlanApproved(_) => pilot.status = PilotStatus::Approved,
        PilotEvent::PilotLaunched(_) | PilotEvent::PilotResumed(_) => pilot.status = PilotStatus::Launched,
        PilotEvent::MilestoneReached(reached) => {
            if let Some(milestone) = pilot.milestones.get_mut(&reached.milestone) {
                milestone.reached = true;
            }
        }
        PilotEvent::MilestoneSlipped(slipped) => {
            if let Some(milestone) = pilot.milestones.get_mut(&slipped.milestone) {
                milestone.due = slipped.due;
            }
        }
        PilotEvent::MeasurementRecorded(measured) => {
            pilot.measurements.insert((measured.indicator.clone(), measured.period), measured.value.clone());
        }
        PilotEvent::MeasurementCorrected(corrected) => {
            pilot.measurements.insert((corrected.indicator.clone(), corrected.period), corrected.value.clone());
        }
        PilotEvent::RiskRaised(raised) => {
            let judged = PilotRisk {
                id: raised.risk.clone(),
                text: raised.text.clone(),
                likelihood: raised.likelihood,
                impact: raised.impact,
                response: raised.response.clone(),
            };
            pilot.risks.insert(raised.risk.clone(), Risk { judged, open: true });
        }
        PilotEvent::RiskChanged(changed) => judge(&mut pilot, changed),
        PilotEvent::RiskClosed(closed) => {
            if let Some(risk) = pilot.risks.get_mut(&closed.risk) {
                risk.open = false;
            }
        }
        PilotEvent::PilotPaused(_) => pilot.status = PilotStatus::Paused,
        PilotEvent::PilotCompleted(_) => pilot.status = PilotStatus::Completed,
        PilotEvent::ScaleUpDecided(_) => pilot.status = PilotStatus::ScaledUp,
        PilotEvent::NotToContinueDecided(_) => pilot.status = PilotStatus::NotContinued,
        PilotEvent::PilotStopped(_) => pilot.status = PilotStatus::Stopped,
    }
    pilot
}

fn take_plan(pilot: &mut Pilot, planned: &PilotPlanned) {
    pilot.status = PilotStatus::Planned;
    pilot.approvals.clear();
    pilot.milestones = planned
        .milestones
        .iter()
        .map(|milestone| (milestone.id.clone(), Milestone { due: milestone.due, reached: false }))
        .collect();
    for risk in &planned.risks {
        pilot.risks.insert(risk.id.clone(), Risk { judged: risk.clone(), open: true });
    }
    pilot.plan = Some(planned.clone());
}

fn judge(pilot: &mut Pilot, changed: &RiskChanged) {
    let Some(risk) = pilot.risks.get_mut(&changed.risk) else { return };
    let judged = &mut risk.judged;
    if let Some(text) = &changed.text {
        judged.text.clone_from(text);
    }
    judged.likelihood = changed.likelihood.unwrap_or(judged.likelihood);
    judged.impact = changed.impact.unwrap_or(judged.impact);
    if changed.response.is_some() {
        judged.response.clone_from(&changed.response);
    }
}

/// The subjects a decision on a pilot needs to know.
pub fn relies_on(command: &PilotCommand, world: &World) -> Vec<Subject> {
    if let PilotCommand::ProposePilot(propose) = command {
        let mut subjects = vec![propose.programme.subject(), propose.partnership.subject()];
        subjects.extend(propose.cities.iter().map(|id| id.subject()));
        subjects.extend(propose.from_learnings.iter().map(|id| id.subject()));
        subjects.extend(propose.project.map(Subject::from));
        subjects.extend(propose.plan.as_ref().map(|plan| plan.partnership.subject()));
        return subjects;
    }
    let own = world.pilot(PilotId(command.subject().id));
    let mut subjects: Vec<Subject> = own.map(|pilot| pilot.programme.subject()).into_iter().collect();
    let evidence = match command {
        PilotCommand::PlanPilot(plan) => {
            subjects.extend(plan.at_meeting.map(Subject::from));
            subjects.extend(owning_person(&plan.owner));
            [].as_slice()
        }
        PilotCommand::ReachMilestone(reach) => &reach.evidence,
        PilotCommand::RecordMeasurement(record) => &record.evidence,
        PilotCommand::CorrectMeasurement(correct) => &correct.evidence,
        PilotCommand::CompletePilot(complete) => {
            subjects.extend(complete.take_up_document.map(Subject::from));
            &complete.evidence
        }
        PilotCommand::DecideScaleUp(decide) => {
            subjects.extend(decide.document.map(Subject::from));
            [].as_slice()
        }
        _ => [].as_slice(),
    };
    subjects.extend(evidence.iter().map(|id| id.subject()));
    subjects
}

/// Decides a command on a pilot.
///
/// # Errors
/// Unfit fields, or the [`PilotRule`] that forbids it.
pub fn decide(pilot: Option<&Pilot>, command: &PilotCommand, context: &Context<'_>) -> Decision {
    match (command, pilot) {
        (PilotCommand::ProposePilot(_), Some(pilot)) => Err(already_there(pilot)),
        (PilotCommand::ProposePilot(command), None) => planning::propose(command, context),
        (_, None) => Err(Rejection::Absent),
        (command, Some(pilot)) => {
            let facts = decide_known(pilot, command, context)?;
            context.running_programme("/pilot", pilot.programme)?;
            Ok(facts)
        }
    }
}

fn decide_known(pilot: &Pilot, command: &PilotCommand, context: &Context<'_>) -> Decision {
    match command {
        PilotCommand::ProposePilot(_) => Err(already_there(pilot)),
        PilotCommand::PlanPilot(command) => planning::plan(pilot, command, context),
        PilotCommand::ApprovePilot(command) => planning::approve(pilot, command),
        PilotCommand::LaunchPilot(command) => planning::launch(pilot, command),
        PilotCommand::ReachMilestone(command) => under_way::reach(pilot, command, context),
        PilotCommand::SlipMilestone(command) => under_way::slip(pilot, command),
        PilotCommand::RecordMeasurement(command) => under_way::measure(pilot, command, context),
        PilotCommand::CorrectMeasurement(command) => under_way::correct(pilot, command, context),
        PilotCommand::RaiseRisk(command) => under_way::raise_risk(pilot, command),
        PilotCommand::ChangeRisk(command) => under_way::change_risk(pilot, command),
        PilotCommand::CloseRisk(command) => under_way::close_risk(pilot, command),
        PilotCommand::PausePilot(command) => ending::pause(pilot, command),
        PilotCommand::ResumePilot(command) => ending::resume(pilot, command),
        PilotCommand::CompletePilot(command) => ending::complete(pilot, command, context),
        PilotCommand::DecideScaleUp(command) => ending::scale_up(pilot, command, context),
        PilotCommand::DecideNotToContinue(command) => ending::not_continue(pilot, command),
        PilotCommand::StopPilot(command) => ending::stop(pilot, command),
    }
}

fn already_there(pilot: &Pilot) -> Rejection {
    PilotRule::PilotAlreadyExists { status: pilot.status }.into()
}

/// The refusal for a pilot that is past the launch.
fn past_launch(status: PilotStatus) -> Rejection {
    match status {
        PilotStatus::Completed => PilotRule::PilotAlreadyCompleted.into(),
        PilotStatus::ScaledUp | PilotStatus::NotContinued => PilotRule::ScaleUpAlreadyDecided.into(),
        PilotStatus::Stopped => PilotRule::PilotAlreadyStopped.into(),
        _ => PilotRule::PilotAlreadyLaunched.into(),
    }
}

/// The pilot is launched, resting or not.
fn going_on(pilot: &Pilot) -> Result<(), Rejection> {
    match pilot.status {
        PilotStatus::Launched | PilotStatus::Paused => Ok(()),
        PilotStatus::Proposed | PilotStatus::Planned | PilotStatus::Approved => Err(PilotRule::PilotNotLaunched.into()),
        status => Err(past_launch(status)),
    }
}

/// The pilot has not ended.
fn not_over(pilot: &Pilot) -> Result<(), Rejection> {
    match pilot.status {
        PilotStatus::Completed | PilotStatus::ScaledUp | PilotStatus::NotContinued | PilotStatus::Stopped => {
            Err(past_launch(pilot.status))
        }
        _ => Ok(()),
    }
}

/// The rules that forbid commands on pilots.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[allow(missing_docs)]
pub enum PilotRule {
    #[error("There is a pilot with this id already; it is {}.", <&str>::from(*status).replace('-', " "))]
    PilotAlreadyExists { status: PilotStatus },
    #[error("The partnership is not formed or no longer at work, so no pilot can be proposed in it.")]
    PartnershipNotWorking,
    #[error(
        "This pilot has a plan already. To replace it, send another plan with the reason; approvals start anew then."
    )]
    PilotAlreadyPlanned,
    #[error("This pilot has no plan yet. Plan it first.")]
    PilotNotPlanned,
    #[error("This city has approved the plan already.")]
    CityAlreadyApproved,
    #[error("Not every city of the pilot has approved its plan: {approvals} of {cities} have.")]
    PilotNotApproved { approvals: usize, cities: usize },
    #[error("This pilot was launched already, so its plan stands.")]
    PilotAlreadyLaunched,
    #[error("This pilot is not launched yet.")]
    PilotNotLaunched,
    #[error("This milestone was reached already.")]
    MilestoneAlreadyReached,
    #[error("This milestone is due on {due} already.")]
    MilestoneAlreadyDueThen { due: Day },
    #[error("This indicator has a value for {period} already. To change it, correct the measurement and say why.")]
    MeasurementAlreadyRecorded { period: Month },
    #[error("The measurement has this value already.")]
    MeasurementAlreadyHasThisValue,
    #[error("The pilot has a risk of this code already.")]
    RiskAlreadyRaised,
    #[error("The risk is judged so already.")]
    RiskAlreadyJudgedSo,
    #[error("This risk was closed already.")]
    RiskAlreadyClosed,
    #[error("This pilot is paused already.")]
    PilotAlreadyPaused,
    #[error("This pilot is going on already.")]
    PilotAlreadyGoingOn,
    #[error("This pilot is completed already.")]
    PilotAlreadyCompleted,
    #[error("This pilot is not completed yet. Complete it first.")]
    PilotNotCompleted,
    #[error("It is decided already what comes after this pilot.")]
    ScaleUpAlreadyDecided,
    #[error("This pilot was stopped already.")]
    PilotAlreadyStopped,
}

rejections!(PilotRule);
