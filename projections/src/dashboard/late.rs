//! What is late on a day: things with a day they were due on, which has passed.

use koinon_events::Subject;
use koinon_events::value::Day;
use koinon_events::visit::LogisticsState;
use serde::{Deserialize, Serialize};

use crate::models::Tables;
use crate::pilots::PilotStatus;
use crate::report::Ground;
use crate::reports::ReportStatus;
use crate::visits::VisitStatus;

/// Something late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Late {
    /// What.
    pub subject: Subject,
    /// What of it, as a code: `action`, `milestone`, `report`.
    pub what: String,
    /// What of it, in its own words; empty when the subject says it all.
    pub name: String,
    /// The day it was due.
    pub due: Day,
    /// How many days ago that was.
    pub days: i64,
}

pub(super) fn late(tables: &Tables, ground: &Ground<'_>) -> Vec<Late> {
    let mut all = Vec::new();
    let today = ground.day;
    let mut add = |subject: Subject, what: &str, name: String, due: Option<Day>| {
        if let Some(due) = due.filter(|due| *due < today) {
            all.push(Late { subject, what: what.to_owned(), name, due, days: due.days_until(today) });
        }
    };
    for action in ground.actions().into_iter().filter(|action| action.is_late(today)) {
        add(action.id.subject(), "action", String::new(), action.due);
    }
    for pilot in ground.pilots() {
        if matches!(pilot.status, PilotStatus::Launched | PilotStatus::Paused) {
            for milestone in pilot.milestones.iter().filter(|milestone| milestone.reached_on.is_none()) {
                add(pilot.id.subject(), "milestone", milestone.title.to_string(), Some(milestone.due));
            }
            add(pilot.id.subject(), "pilot-end", String::new(), pilot.end);
        }
    }
    for visit in ground.visits() {
        let planned = matches!(visit.status, VisitStatus::Scheduled | VisitStatus::Confirmed | VisitStatus::UnderWay);
        if planned {
            add(visit.id.subject(), "visit-to-complete", String::new(), visit.to);
            let open = |state| matches!(state, LogisticsState::Open | LogisticsState::Requested);
            for item in visit.logistics.iter().filter(|item| open(item.state)) {
                add(visit.id.subject(), "logistics", item.kind.to_string(), item.due);
            }
        }
    }
    let projects = tables.projects.rows().filter(|(_, project)| project.programme == ground.programme.id);
    for (_, project) in projects.filter(|(_, project)| project.ended.is_none()) {
        for item in project.deliverables.iter().filter(|item| item.delivered_on.is_none()) {
            add(project.id.subject(), "deliverable", item.title.to_string(), Some(item.due));
        }
    }
    let reports = tables.reports.rows().filter(|(_, report)| report.programme == ground.programme.id);
    let reports: Vec<_> = reports.map(|(_, report)| report).collect();
    for report in &reports {
        for query in report.queries.iter().filter(|query| query.answered.is_none()) {
            add(report.id.subject(), "query", query.text.to_string(), query.due);
        }
    }
    for period in &ground.programme.periods {
        let of_period = reports.iter().filter(|report| report.period == period.number);
        let handed_in = |status| matches!(status, ReportStatus::Submitted | ReportStatus::Accepted);
        if !of_period.into_iter().any(|report| handed_in(report.status)) {
            add(ground.programme.id.subject(), "report", format!("period {}", period.number), period.due);
        }
    }
    all.sort_by(|one, other| {
        (one.due, one.subject, &one.what, &one.name).cmp(&(other.due, other.subject, &other.what, &other.name))
    });
    all
}
