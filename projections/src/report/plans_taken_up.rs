//! RCR 79: joint strategies and action plans taken up by organisations.

use koinon_events::PartnershipId;
use koinon_events::value::Day;

use super::action_plans::counts;
use super::ground::NO_EVIDENCE;
use super::{Amount, Count, FigureKind, Ground, Rule};
use crate::actions::{ActionRow, ActionStatus};
use crate::pilots::PilotRow;

pub(super) const RULE: Rule = Rule {
    code: "RCR 79",
    name: "Joint strategies and action plans taken up by organisations",
    unit: "joint strategy/action plan",
    kind: FigureKind::Result,
    definition: "Action plans that count in RCO 83 and of which an action was done or a pilot launched, with a document \
                 that shows it. A plan counts once. By the day the first such action or pilot was recorded.",
    version: 1,
    count,
};

/// One thing begun from a plan: the events that say so, the day, and whether a document shows it.
struct Start {
    positions: Vec<u64>,
    day: Day,
    shown: bool,
}

fn count(ground: &Ground<'_>) -> Count {
    let mut count = Count::default();
    let (actions, pilots) = (ground.actions(), ground.pilots());
    for partnership in ground.partnerships() {
        let id = partnership.id;
        let starts = actions.iter().filter_map(|action| done(ground, action, id));
        let mut starts: Vec<Start> =
            starts.chain(pilots.iter().filter_map(|pilot| launched(ground, pilot, id))).collect();
        starts.sort_by_key(|start| (start.day, start.positions.clone()));
        let plans: Vec<u64> = partnership.plans.iter().map(|plan| plan.mark.position).collect();
        let planned = partnership.plans.iter().map(|plan| plan.mark).min();
        let Some(planned) = planned.filter(|_| counts(ground, partnership)) else { continue };
        let until = ground.period.until();
        if let Some(first) = starts.iter().find(|start| start.shown) {
            if !ground.period.holds(first.day) {
                continue;
            }
            let shown = starts.iter().filter(|start| start.shown && until.holds(start.day));
            let positions: Vec<u64> = shown.flat_map(|start| start.positions.clone()).collect();
            count.yes(id, positions, Amount::ONE);
        } else if let Some(first) = starts.first().filter(|start| until.holds(start.day)) {
            let why = "no evidence yet: nothing shows what was done of the plan";
            count.no(id, first.positions.clone(), NO_EVIDENCE, why);
        } else if until.holds(planned.recorded) {
            count.no(id, plans, "not-begun", "nothing of the plan is begun yet");
        }
    }
    count
}

fn done(ground: &Ground<'_>, action: &ActionRow, partnership: PartnershipId) -> Option<Start> {
    let of_plan = action.plan.as_ref().is_some_and(|plan| plan.partnership == partnership);
    let done =
        action.done.filter(|_| of_plan && matches!(action.status, ActionStatus::Done | ActionStatus::Verified))?;
    Some(Start {
        positions: vec![action.begun.position, done.position],
        day: done.recorded,
        shown: ground.any_stands(&action.evidence),
    })
}

fn launched(ground: &Ground<'_>, pilot: &PilotRow, partnership: PartnershipId) -> Option<Start> {
    let of_plan = pilot.plan.as_ref().is_some_and(|plan| plan.partnership == partnership);
    let launched = pilot.launched.filter(|_| of_plan)?;
    let milestones = pilot.milestones.iter().flat_map(|milestone| &milestone.evidence);
    let measured = pilot.indicators.iter().flat_map(|indicator| &indicator.measurements);
    let documents = milestones.chain(measured.flat_map(|measurement| &measurement.evidence)).chain(&pilot.evidence);
    Some(Start { positions: vec![launched.position], day: launched.recorded, shown: ground.any_stands(documents) })
}
