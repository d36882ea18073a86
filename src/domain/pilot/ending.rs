//! How a pilot rests, goes on and ends, and what is decided after it.

use koinon_events::pilot::*;

use super::{
    CompletePilot, DecideNotToContinue, DecideScaleUp, PausePilot, Pilot, PilotRule, PilotStatus, ResumePilot,
    StopPilot, going_on, not_over,
};
use crate::domain::context::Context;
use crate::domain::{Decision, Rejection, fact};

pub(super) fn pause(pilot: &Pilot, command: &PausePilot) -> Decision {
    going_on(pilot)?;
    if pilot.status == PilotStatus::Paused {
        return Err(PilotRule::PilotAlreadyPaused.into());
    }
    fact(PilotPaused { reason: command.reason.clone() })
}

pub(super) fn resume(pilot: &Pilot, command: &ResumePilot) -> Decision {
    going_on(pilot)?;
    if pilot.status == PilotStatus::Launched {
        return Err(PilotRule::PilotAlreadyGoingOn.into());
    }
    fact(PilotResumed { reason: command.reason.clone() })
}

pub(super) fn complete(pilot: &Pilot, command: &CompletePilot, context: &Context<'_>) -> Decision {
    context.evidence_list(&command.evidence, pilot.programme)?;
    context.evidence_if_any("/take_up_document", command.take_up_document, pilot.programme)?;
    going_on(pilot)?;
    fact(PilotCompleted {
        results: command.results.clone(),
        lessons: command.lessons.clone(),
        take_up_note: command.take_up_note.clone(),
        take_up_document: command.take_up_document,
        evidence: command.evidence.clone(),
    })
}

pub(super) fn scale_up(pilot: &Pilot, command: &DecideScaleUp, context: &Context<'_>) -> Decision {
    context.evidence_if_any("/document", command.document, pilot.programme)?;
    undecided(pilot)?;
    fact(ScaleUpDecided { scope: command.scope.clone(), document: command.document })
}

pub(super) fn not_continue(pilot: &Pilot, command: &DecideNotToContinue) -> Decision {
    undecided(pilot)?;
    fact(NotToContinueDecided { reason: command.reason.clone() })
}

/// The pilot is completed, and nothing is decided yet.
fn undecided(pilot: &Pilot) -> Result<(), Rejection> {
    match pilot.status {
        PilotStatus::Completed => Ok(()),
        PilotStatus::ScaledUp | PilotStatus::NotContinued => Err(PilotRule::ScaleUpAlreadyDecided.into()),
        PilotStatus::Stopped => Err(PilotRule::PilotAlreadyStopped.into()),
        _ => Err(PilotRule::PilotNotCompleted.into()),
    }
}

pub(super) fn stop(pilot: &Pilot, command: &StopPilot) -> Decision {
    not_over(pilot)?;
    fact(PilotStopped { reason: command.reason.clone() })
}
