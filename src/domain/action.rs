//! The action: open, done, verified; or dropped. Whether it is overdue is not recorded, it follows from its due day.
//!
//! An action opened again, moved to another day or given up says why.

mod commands;
#[cfg(test)]
mod scenarios;

use koinon_events::action::*;
use koinon_events::value::Day;
use koinon_events::{ActionId, CityId, Kind, PartnershipId, ProgrammeId, Subject};

pub use commands::*;

use super::belonging::owning_person;
use super::context::{Context, World};
use super::rejection::rejections;
use super::state::Scope;
use super::{Decision, Rejection, fact};

/// How far an action is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum ActionStatus {
    /// Has to be done.
    Open,
    /// Was done, says who did it.
    Done,
    /// Was done, says somebody else too.
    Verified,
    /// Need not be done any more.
    Dropped,
}

/// What the rules need to know of an action.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// Its identity.
    pub id: ActionId,
    /// Its programme.
    pub programme: ProgrammeId,
    /// Its partnership, when of one.
    pub partnership: Option<PartnershipId>,
    /// How far it is.
    pub status: ActionStatus,
    /// Who has to do it.
    pub owner: Option<Owner>,
    /// The city that answers for it.
    pub city: Option<CityId>,
    /// The day it is due.
    pub due: Option<Day>,
}

impl Action {
    /// What it belongs to.
    pub fn scope(&self) -> Scope {
        let persons = match self.owner {
            Some(Owner::Person(person)) => vec![person],
            _ => Vec::new(),
        };
        Scope {
            programme: Some(self.programme),
            partnerships: self.partnership.into_iter().collect(),
            cities: self.city.into_iter().collect(),
            persons,
            ..Scope::default()
        }
    }
}

/// The state after one more event.
pub fn evolve(state: Option<Action>, subject: Subject, event: &ActionEvent) -> Option<Action> {
    match (state, event) {
        (None, ActionEvent::ActionRaised(raised)) => Some(Action {
            id: ActionId(subject.id),
            programme: raised.programme,
            partnership: raised.partnership,
            status: ActionStatus::Open,
            owner: raised.owner.clone(),
            city: raised.city,
            due: raised.due,
        }),
        (state, event) => state.map(|action| evolve_known(action, event)),
    }
}

fn evolve_known(mut action: Action, event: &ActionEvent) -> Action {
    match event {
        ActionEvent::ActionRaised(_) => {}
        ActionEvent::ActionReassigned(reassigned) => action.owner = Some(reassigned.owner.clone()),
        ActionEvent::ActionDueChanged(changed) => action.due = Some(changed.due),
        ActionEvent::ActionCompleted(_) => action.status = ActionStatus::Done,
        ActionEvent::ActionVerified(_) => action.status = ActionStatus::Verified,
        ActionEvent::ActionReopened(_) => action.status = ActionStatus::Open,
        ActionEvent::ActionDropped(_) => action.status = ActionStatus::Dropped,
    }
    action
}

/// The subjects a decision on an action needs to know.
pub fn relies_on(command: &ActionCommand, world: &World) -> Vec<Subject> {
    if let ActionCommand::RaiseAction(raise) = command {
        let mut subjects = vec![raise.programme.subject()];
        subjects.extend(raise.partnership.map(Subject::from));
        subjects.extend(raise.from);
        subjects.extend(raise.plan.as_ref().map(|plan| plan.partnership.subject()));
        subjects.extend(raise.owner.as_ref().and_then(owning_person));
        subjects.extend(raise.city.map(Subject::from));
        return subjects;
    }
    let own = world.action(ActionId(command.subject().id));
    let mut subjects: Vec<Subject> = own.map(|action| action.programme.subject()).into_iter().collect();
    match command {
        ActionCommand::ReassignAction(reassign) => subjects.extend(owning_person(&reassign.owner)),
        ActionCommand::CompleteAction(complete) => subjects.extend(complete.evidence.iter().map(|id| id.subject())),
        _ => {}
    }
    subjects
}

/// Decides a command on an action.
///
/// # Errors
/// Unfit fields, or the [`ActionRule`] that forbids it.
pub fn decide(action: Option<&Action>, command: &ActionCommand, context: &Context<'_>) -> Decision {
    match (command, action) {
        (ActionCommand::RaiseAction(_), Some(action)) => {
            Err(ActionRule::ActionAlreadyExists { status: action.status }.into())
        }
        (ActionCommand::RaiseAction(command), None) => raise(command, context),
        (_, None) => Err(Rejection::Absent),
        (command, Some(action)) => {
            let facts = decide_known(action, command, context)?;
            context.running_programme("/action", action.programme)?;
            Ok(facts)
        }
    }
}

fn decide_known(action: &Action, command: &ActionCommand, context: &Context<'_>) -> Decision {
    match command {
        ActionCommand::RaiseAction(_) => Err(ActionRule::ActionAlreadyExists { status: action.status }.into()),
        ActionCommand::ReassignAction(command) => reassign(action, command, context),
        ActionCommand::ChangeDue(command) => change_due(action, command),
        ActionCommand::CompleteAction(command) => {
            context.evidence_list(&command.evidence, action.programme)?;
            still_open(action)?;
            fact(ActionCompleted { note: command.note.clone(), evidence: command.evidence.clone() })
        }
        ActionCommand::VerifyAction(command) => match action.status {
            ActionStatus::Done => fact(ActionVerified { note: command.note.clone() }),
            ActionStatus::Open => Err(ActionRule::ActionNotDone.into()),
            ActionStatus::Verified => Err(ActionRule::ActionAlreadyVerified.into()),
            ActionStatus::Dropped => Err(ActionRule::ActionAlreadyDropped.into()),
        },
        ActionCommand::ReopenAction(command) => match action.status {
            ActionStatus::Open => Err(ActionRule::ActionAlreadyOpen.into()),
            _ => fact(ActionReopened { reason: command.reason.clone() }),
        },
        ActionCommand::DropAction(command) => {
            still_open(action)?;
            fact(ActionDropped { reason: command.reason.clone() })
        }
    }
}

fn raise(command: &RaiseAction, context: &Context<'_>) -> Decision {
    context.running_programme("/programme", command.programme)?;
    if let Some(partnership) = command.partnership {
        context.partnership_in("/partnership", partnership, command.programme)?;
    }
    if let Some(from) = command.from {
        if !matches!(from.kind, Kind::Visit | Kind::Meeting | Kind::Pilot | Kind::Project | Kind::Partnership) {
            return Err(Rejection::unfit(
                "/from",
                "an action comes from a visit, meeting, pilot, cooperation project or partnership",
            ));
        }
        context.belongs("/from", from, command.programme)?;
    }
    context.action_plan(command.plan.as_ref(), command.programme)?;
    if let Some(owner) = &command.owner {
        context.owner("/owner", owner, command.programme)?;
    }
    if let Some(city) = command.city {
        context.member("/city", city, command.programme)?;
    }
    fact(ActionRaised {
        programme: command.programme,
        partnership: command.partnership,
        text: command.text.clone(),
        from: command.from,
        plan: command.plan.clone(),
        owner: command.owner.clone(),
        city: command.city,
        due: command.due,
        language: command.language.clone(),
    })
}

fn reassign(action: &Action, command: &ReassignAction, context: &Context<'_>) -> Decision {
    context.owner("/owner", &command.owner, action.programme)?;
    still_open(action)?;
    if action.owner.as_ref() == Some(&command.owner) {
        return Err(ActionRule::ActionAlreadyTheirs.into());
    }
    fact(ActionReassigned {
        owner: command.owner.clone(),
        was_owner: action.owner.clone(),
        reason: command.reason.clone(),
    })
}

fn change_due(action: &Action, command: &ChangeDue) -> Decision {
    still_open(action)?;
    if action.due == Some(command.due) {
        return Err(ActionRule::ActionAlreadyDueThen { due: command.due }.into());
    }
    fact(ActionDueChanged { due: command.due, was_due: action.due, reason: command.reason.clone() })
}

/// What is done or dropped is first opened again.
fn still_open(action: &Action) -> Result<(), Rejection> {
    match action.status {
        ActionStatus::Open => Ok(()),
        ActionStatus::Done => Err(ActionRule::ActionAlreadyDone.into()),
        ActionStatus::Verified => Err(ActionRule::ActionAlreadyVerified.into()),
        ActionStatus::Dropped => Err(ActionRule::ActionAlreadyDropped.into()),
    }
}

/// The rules that forbid commands on actions.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[allow(missing_docs)]
pub enum ActionRule {
    #[error("There is an action with this id already; it is {}.", <&str>::from(*status))]
    ActionAlreadyExists { status: ActionStatus },
    #[error("This action is open already.")]
    ActionAlreadyOpen,
    #[error("This action is done already. If it is not, open it again and say why.")]
    ActionAlreadyDone,
    #[error("This action is done and verified already. If it is not done, open it again and say why.")]
    ActionAlreadyVerified,
    #[error("This action was dropped already. If it has to be done after all, open it again and say why.")]
    ActionAlreadyDropped,
    #[error("This action is not done yet, so there is nothing to verify.")]
    ActionNotDone,
    #[error("They have this action already.")]
    ActionAlreadyTheirs,
    #[error("This action is due on {due} already.")]
    ActionAlreadyDueThen { due: Day },
}

rejections!(ActionRule);
