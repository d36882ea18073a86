//! From the proposal to the launch: what is planned, who approves it, and when the plan holds.

use std::collections::BTreeSet;

use koinon_events::pilot::*;

use super::{ApprovePilot, LaunchPilot, Pilot, PilotRule, PilotStatus, PlanPilot, ProposePilot, past_launch};
use crate::domain::belonging::{amount, bounded, distinct};
use crate::domain::context::Context;
use crate::domain::{Decision, Rejection, fact};

pub(super) fn propose(command: &ProposePilot, context: &Context<'_>) -> Decision {
    context.running_programme("/programme", command.programme)?;
    if command.cities.is_empty() {
        return Err(Rejection::unfit("/cities", "at least one city must carry the pilot"));
    }
    context.all_belong("/cities", &command.cities, command.programme)?;
    for (at, city) in command.cities.iter().enumerate() {
        context.member(&format!("/cities/{at}"), *city, command.programme)?;
    }
    context.all_belong("/from_learnings", &command.from_learnings, command.programme)?;
    if let Some(project) = command.project {
        context.belongs("/project", project, command.programme)?;
    }
    context.action_plan(command.plan.as_ref(), command.programme)?;
    if !context.partnership_in("/partnership", command.partnership, command.programme)?.is_working() {
        return Err(PilotRule::PartnershipNotWorking.into());
    }
    fact(PilotProposed {
        programme: command.programme,
        partnership: Some(command.partnership),
        title: command.title.clone(),
        cities: command.cities.clone(),
        from_learnings: command.from_learnings.clone(),
        project: command.project,
        plan: command.plan.clone(),
        problem: command.problem.clone(),
        solution: command.solution.clone(),
        beneficiaries: command.beneficiaries.clone(),
        language: command.language.clone(),
    })
}

pub(super) fn plan(pilot: &Pilot, command: &PlanPilot, context: &Context<'_>) -> Decision {
    check_plan(pilot, command, context)?;
    match pilot.status {
        PilotStatus::Proposed => {}
        PilotStatus::Planned | PilotStatus::Approved => {
            let same = pilot.plan.as_ref().is_some_and(|plan| says_the_same(plan, command));
            if same || command.reason.is_none() {
                return Err(PilotRule::PilotAlreadyPlanned.into());
            }
        }
        status => return Err(past_launch(status)),
    }
    let was = pilot.plan.as_ref();
    fact(PilotPlanned {
        at_meeting: command.at_meeting,
        start: command.start,
        end: command.end,
        milestones: command.milestones.clone(),
        indicators: command.indicators.clone(),
        budget: command.budget.clone(),
        budget_source: command.budget_source.clone(),
        owner: command.owner.clone(),
        risks: command.risks.clone(),
        was_start: was.map(|plan| plan.start),
        was_end: was.map(|plan| plan.end),
        was_budget: was.and_then(|plan| plan.budget.clone()).filter(|was| command.budget.as_ref() != Some(was)),
        was_owner: was.map(|plan| plan.owner.clone()).filter(|was| command.owner != *was),
        approvals_void: pilot.approvals.iter().copied().collect(),
        reason: command.reason.clone(),
    })
}

/// The plan must hold together: its steps within its days, every code once, its risks on the scale.
fn check_plan(pilot: &Pilot, command: &PlanPilot, context: &Context<'_>) -> Result<(), Rejection> {
    if command.end < command.start {
        return Err(Rejection::unfit(
            "/end",
            format!("the last day must not be before the first day, {}", command.start),
        ));
    }
    bounded("/milestones", &command.milestones)?;
    distinct("/milestones", "id", command.milestones.iter().map(|milestone| &milestone.id))?;
    for (at, milestone) in command.milestones.iter().enumerate() {
        if !(command.start..=command.end).contains(&milestone.due) {
            return Err(Rejection::unfit(
                format!("/milestones/{at}/due"),
                format!("must lie between the pilot's first and last day, {} and {}", command.start, command.end),
            ));
        }
    }
    bounded("/indicators", &command.indicators)?;
    distinct("/indicators", "code", command.indicators.iter().map(|indicator| &indicator.code))?;
    bounded("/risks", &command.risks)?;
    distinct("/risks", "id", command.risks.iter().map(|risk| &risk.id))?;
    for (at, risk) in command.risks.iter().enumerate() {
        on_the_scale(&format!("/risks/{at}/likelihood"), risk.likelihood)?;
        on_the_scale(&format!("/risks/{at}/impact"), risk.impact)?;
    }
    amount("/budget", command.budget.as_ref())?;
    context.owner("/owner", &command.owner, pilot.programme)?;
    if let Some(meeting) = command.at_meeting {
        context.belongs("/at_meeting", meeting, pilot.programme)?;
    }
    Ok(())
}

/// Likelihood and impact go from 1 to 5.
pub(super) fn on_the_scale(pointer: &str, value: u32) -> Result<(), Rejection> {
    if (1..=5).contains(&value) { Ok(()) } else { Err(Rejection::unfit(pointer, "must be a whole number from 1 to 5")) }
}

/// Whether the plan asked for is the one that holds; the reason for it is no part of it.
fn says_the_same(plan: &PilotPlanned, command: &PlanPilot) -> bool {
    plan.at_meeting == command.at_meeting
        && plan.start == command.start
        && plan.end == command.end
        && plan.milestones == command.milestones
        && plan.indicators == command.indicators
        && plan.budget == command.budget
        && plan.budget_source == command.budget_source
        && plan.owner == command.owner
        && plan.risks == command.risks
}

pub(super) fn approve(pilot: &Pilot, command: &ApprovePilot) -> Decision {
    if !pilot.cities.contains(&command.city) {
        return Err(Rejection::unfit("/city", "this city does not carry the pilot, so it has nothing to approve"));
    }
    if pilot.approvals.contains(&command.city) {
        return Err(PilotRule::CityAlreadyApproved.into());
    }
    match pilot.status {
        PilotStatus::Planned => {}
        PilotStatus::Proposed => return Err(PilotRule::PilotNotPlanned.into()),
        status => return Err(past_launch(status)),
    }
    let mut facts = fact(PilotApproved { city: command.city })?;
    let approvals: BTreeSet<_> = pilot.approvals.iter().chain([&command.city]).collect();
    if pilot.cities.iter().all(|city| approvals.contains(city)) {
        facts.push(PilotPlanApproved {}.into());
    }
    Ok(facts)
}

pub(super) fn launch(pilot: &Pilot, command: &LaunchPilot) -> Decision {
    match pilot.status {
        PilotStatus::Approved => fact(PilotLaunched { date: command.date }),
        PilotStatus::Proposed => Err(PilotRule::PilotNotPlanned.into()),
        PilotStatus::Planned => {
            let (approvals, cities) = (pilot.approvals.len(), pilot.cities.len());
            Err(PilotRule::PilotNotApproved { approvals, cities }.into())
        }
        status => Err(past_launch(status)),
    }
}
