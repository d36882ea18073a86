//! What waits about pilots and cooperation projects: a plan, a city's approval, the launch, milestones, measurements
//! and what they rest on, the decision after the end.

use koinon_events::Role::{Coordinator, Delegate};

use super::Desk;
use crate::pilots::{PilotRow, PilotStatus};

/// Days within which plans are made and approved.
const PLANNED_WITHIN: i64 = 30;
/// Days after a launch when a first measurement should be there.
const MEASURED_WITHIN: i64 = 45;

pub(super) fn look(desk: &mut Desk<'_>) {
    for pilot in desk.ground.pilots() {
        match pilot.status {
            PilotStatus::Proposed => {
                let due = pilot.begun.recorded.plus_days(PLANNED_WITHIN);
                step(desk, pilot, "plan-pilot", "PlanPilot", due, pilot.begun.position);
            }
            PilotStatus::Planned => approvals(desk, pilot),
            PilotStatus::Approved => {
                let due = pilot.start.unwrap_or(desk.ground.day);
                step(desk, pilot, "launch-pilot", "LaunchPilot", due, pilot.position);
            }
            PilotStatus::Launched | PilotStatus::Paused => under_way(desk, pilot),
            PilotStatus::Completed => {
                let completed = pilot.completed.unwrap_or(pilot.begun);
                let due = completed.recorded.plus_days(PLANNED_WITHIN);
                step(desk, pilot, "decide-pilot", "DecideScaleUp", due, completed.position);
            }
            PilotStatus::ScaledUp | PilotStatus::NotContinued | PilotStatus::Stopped => {}
        }
    }
    deliverables(desk);
}

fn step(desk: &mut Desk<'_>, pilot: &PilotRow, kind: &str, command: &str, due: koinon_events::value::Day, since: u64) {
    desk.add(kind, pilot.id.subject(), command, "pilot", due, since)
        .for_roles(&[Coordinator])
        .in_partnership(pilot.partnership);
}

fn approvals(desk: &mut Desk<'_>, pilot: &PilotRow) {
    let planned = pilot.planned.unwrap_or(pilot.begun);
    let approved = |city| pilot.approvals.iter().any(|approval| approval.city == city);
    for city in pilot.cities.iter().copied().filter(|city| !approved(*city)) {
        let roles = desk.of_city(city);
        let due = planned.recorded.plus_days(PLANNED_WITHIN);
        desk.add("approve-pilot", pilot.id.subject(), "ApprovePilot", "pilot", due, planned.position)
            .field("city", city.0)
            .for_city(city, &roles)
            .in_partnership(pilot.partnership);
    }
}

fn under_way(desk: &mut Desk<'_>, pilot: &PilotRow) {
    let (today, subject) = (desk.ground.day, pilot.id.subject());
    let launched = pilot.launched.unwrap_or(pilot.begun);
    for milestone in pilot.milestones.iter().filter(|milestone| milestone.reached_on.is_none()) {
        if milestone.due <= today.plus_days(PLANNED_WITHIN) {
            desk.add("milestone", subject, "ReachMilestone", "pilot", milestone.due, launched.position)
                .named(&milestone.title)
                .field("milestone", &milestone.id)
                .for_roles(&[Coordinator, Delegate])
                .in_partnership(pilot.partnership);
        }
    }
    for indicator in pilot.indicators.iter().filter(|indicator| indicator.measurements.is_empty()) {
        let due = pilot.launched_on.unwrap_or(launched.recorded).plus_days(MEASURED_WITHIN);
        desk.add("measurement", subject, "RecordMeasurement", "pilot", due, launched.position)
            .named(&indicator.name)
            .field("indicator", &indicator.code)
            .for_roles(&[Coordinator, Delegate])
            .in_partnership(pilot.partnership);
    }
    for indicator in &pilot.indicators {
        let bare = indicator.measurements.iter().filter(|it| !desk.ground.any_stands(&it.evidence));
        for (mark, period) in bare.map(|it| (it.mark, it.period)).collect::<Vec<_>>() {
            let due = mark.recorded.plus_days(PLANNED_WITHIN);
            desk.add("measurement-evidence", subject, "CorrectMeasurement", "pilot", due, mark.position)
                .named(&indicator.name)
                .field("indicator", &indicator.code)
                .field("period", period)
                .for_roles(&[Coordinator, Delegate])
                .in_partnership(pilot.partnership);
        }
    }
    if let Some(end) = pilot.end.filter(|end| *end <= today && pilot.status == PilotStatus::Launched) {
        step(desk, pilot, "complete-pilot", "CompletePilot", end, launched.position);
    }
}

fn deliverables(desk: &mut Desk<'_>) {
    let (programme, today) = (desk.ground.programme.id, desk.ground.day);
    let projects: Vec<_> = desk.tables.projects.rows().map(|(_, project)| project).collect();
    for project in projects.into_iter().filter(|project| project.programme == programme && project.ended.is_none()) {
        for item in project.deliverables.iter().filter(|item| item.delivered_on.is_none()) {
            if item.due <= today.plus_days(PLANNED_WITHIN) {
                let since = project.begun.position;
                desk.add("deliverable", project.id.subject(), "DeliverDeliverable", "project", item.due, since)
                    .named(&item.title)
                    .field("deliverable", &item.deliverable)
                    .for_roles(&[Coordinator, Delegate])
                    .in_partnership(Some(project.partnership));
            }
        }
    }
}
