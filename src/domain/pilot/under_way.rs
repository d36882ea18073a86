//! What happens while a pilot goes on: steps reached or moved, values measured and corrected, risks judged.

use koinon_events::pilot::*;
use koinon_events::value::{Code, Prose};

use super::planning::on_the_scale;
use super::{
    ChangeRisk, CloseRisk, CorrectMeasurement, Milestone, Pilot, PilotRule, PilotStatus, RaiseRisk, ReachMilestone,
    RecordMeasurement, Risk, SlipMilestone, going_on, not_over,
};
use crate::domain::belonging::free_code;
use crate::domain::context::Context;
use crate::domain::{Decision, Rejection, fact};

pub(super) fn reach(pilot: &Pilot, command: &ReachMilestone, context: &Context<'_>) -> Decision {
    context.evidence_list(&command.evidence, pilot.programme)?;
    step_ahead(pilot, &command.milestone)?;
    fact(MilestoneReached {
        milestone: command.milestone.clone(),
        date: command.date,
        evidence: command.evidence.clone(),
        note: command.note.clone(),
    })
}

pub(super) fn slip(pilot: &Pilot, command: &SlipMilestone) -> Decision {
    if let Some(start) = pilot.plan.as_ref().map(|plan| plan.start).filter(|start| command.due < *start) {
        return Err(Rejection::unfit("/due", format!("must not be before the pilot's first day, {start}")));
    }
    let milestone = step_ahead(pilot, &command.milestone)?;
    if milestone.due == command.due {
        return Err(PilotRule::MilestoneAlreadyDueThen { due: command.due }.into());
    }
    fact(MilestoneSlipped {
        milestone: command.milestone.clone(),
        due: command.due,
        was_due: milestone.due,
        reason: command.reason.clone(),
    })
}

/// The step of that code, when it is still to be reached and the pilot goes on.
fn step_ahead<'p>(pilot: &'p Pilot, code: &Code) -> Result<&'p Milestone, Rejection> {
    let milestone = pilot.milestones.get(code);
    if milestone.is_some_and(|milestone| milestone.reached) {
        return Err(PilotRule::MilestoneAlreadyReached.into());
    }
    going_on(pilot)?;
    milestone.ok_or_else(|| Rejection::unfit("/milestone", "the pilot's plan has no milestone of this id"))
}

pub(super) fn measure(pilot: &Pilot, command: &RecordMeasurement, context: &Context<'_>) -> Decision {
    context.evidence_list(&command.evidence, pilot.programme)?;
    match pilot.status {
        PilotStatus::Proposed | PilotStatus::Planned | PilotStatus::Approved => {
            return Err(PilotRule::PilotNotLaunched.into());
        }
        PilotStatus::Stopped => return Err(PilotRule::PilotAlreadyStopped.into()),
        _ => known_indicator(pilot, &command.indicator)?,
    }
    if pilot.measurements.contains_key(&(command.indicator.clone(), command.period)) {
        return Err(PilotRule::MeasurementAlreadyRecorded { period: command.period }.into());
    }
    fact(MeasurementRecorded {
        indicator: command.indicator.clone(),
        value: command.value.clone(),
        period: command.period,
        evidence: command.evidence.clone(),
        note: command.note.clone(),
    })
}

fn known_indicator(pilot: &Pilot, code: &Code) -> Result<(), Rejection> {
    let planned = pilot.plan.iter().flat_map(|plan| &plan.indicators);
    if planned.into_iter().any(|indicator| indicator.code == *code) {
        return Ok(());
    }
    Err(Rejection::unfit("/indicator", "the pilot's plan has no indicator of this code"))
}

/// A wrong value is corrected at any time after it was recorded, even when the pilot is over.
pub(super) fn correct(pilot: &Pilot, command: &CorrectMeasurement, context: &Context<'_>) -> Decision {
    context.evidence_list(&command.evidence, pilot.programme)?;
    let Some(was) = pilot.measurements.get(&(command.indicator.clone(), command.period)) else {
        let message = format!("nothing was measured for {} in {}", command.indicator, command.period);
        return Err(Rejection::unfit("/period", message));
    };
    if *was == command.value {
        return Err(PilotRule::MeasurementAlreadyHasThisValue.into());
    }
    fact(MeasurementCorrected {
        indicator: command.indicator.clone(),
        period: command.period,
        value: command.value.clone(),
        was_value: was.clone(),
        reason: command.reason.clone(),
        evidence: command.evidence.clone(),
    })
}

pub(super) fn raise_risk(pilot: &Pilot, command: &RaiseRisk) -> Decision {
    on_the_scale("/likelihood", command.likelihood)?;
    on_the_scale("/impact", command.impact)?;
    let taken = |code: &Code| pilot.risks.contains_key(code);
    if command.risk.as_ref().is_some_and(taken) {
        return Err(PilotRule::RiskAlreadyRaised.into());
    }
    not_over(pilot)?;
    fact(RiskRaised {
        risk: command.risk.clone().map_or_else(|| free_code("/risk", 'r', taken), Ok)?,
        text: command.text.clone(),
        likelihood: command.likelihood,
        impact: command.impact,
        response: command.response.clone(),
    })
}

pub(super) fn change_risk(pilot: &Pilot, command: &ChangeRisk) -> Decision {
    if let Some(likelihood) = command.likelihood {
        on_the_scale("/likelihood", likelihood)?;
    }
    if let Some(impact) = command.impact {
        on_the_scale("/impact", impact)?;
    }
    let judged = &open_risk(pilot, &command.risk)?.judged;
    not_over(pilot)?;
    let text = command.text.clone().filter(|text| *text != judged.text);
    let likelihood = command.likelihood.filter(|likelihood| *likelihood != judged.likelihood);
    let impact = command.impact.filter(|impact| *impact != judged.impact);
    let response: Option<Prose> = command.response.clone().filter(|text| judged.response.as_ref() != Some(text));
    if text.is_none() && likelihood.is_none() && impact.is_none() && response.is_none() {
        return Err(PilotRule::RiskAlreadyJudgedSo.into());
    }
    fact(RiskChanged {
        risk: command.risk.clone(),
        was_text: text.is_some().then(|| judged.text.clone()),
        was_likelihood: likelihood.map(|_| judged.likelihood),
        was_impact: impact.map(|_| judged.impact),
        was_response: response.as_ref().and(judged.response.clone()),
        text,
        likelihood,
        impact,
        response,
        reason: command.reason.clone(),
    })
}

pub(super) fn close_risk(pilot: &Pilot, command: &CloseRisk) -> Decision {
    open_risk(pilot, &command.risk)?;
    not_over(pilot)?;
    fact(RiskClosed { risk: command.risk.clone(), reason: command.reason.clone() })
}

fn open_risk<'p>(pilot: &'p Pilot, code: &Code) -> Result<&'p Risk, Rejection> {
    match pilot.risks.get(code) {
        None => Err(Rejection::unfit("/risk", "the pilot has no risk of this code")),
        Some(risk) if !risk.open => Err(PilotRule::RiskAlreadyClosed.into()),
        Some(risk) => Ok(risk),
    }
}
