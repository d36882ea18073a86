//! What is missing on a day: what should be there by now and would make the record whole.

use koinon_events::Subject;
use koinon_events::value::Day;
use serde::{Deserialize, Serialize};

use crate::learnings::LearningStatus;
use crate::pilots::PilotStatus;
use crate::report::Ground;
use crate::visits::VisitStatus;

/// Days after which a learning is asked for.
const LEARNING: i64 = 14;
/// Days after which a learning waits too long for an expert.
const VALIDATION: i64 = 30;
/// Days without any event after which something under way is stale.
const STALE: i64 = 60;
/// Days after a launch when a first measurement should be there.
const MEASUREMENT: i64 = 45;

/// Something missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// On what.
    pub subject: Subject,
    /// What, as a code: `learning`, `attendance`, `attendance-sheet`, `measurement`, `validation`, `news`, `partnership`.
    pub what: String,
    /// Since when.
    pub since: Day,
}

pub(crate) fn missing(ground: &Ground<'_>) -> Vec<Missing> {
    let mut all = Vec::new();
    let today = ground.day;
    let mut add = |subject: Subject, what: &str, since: Day, patience: i64| {
        if since.days_until(today) >= patience {
            all.push(Missing { subject, what: what.to_owned(), since });
        }
    };
    for visit in ground.visits() {
        let subject = visit.id.subject();
        if let Some(completed) = visit.completed.filter(|_| visit.status == VisitStatus::Completed) {
            let ended = visit.ended_on.or(visit.to).unwrap_or(completed.recorded);
            if visit.learnings.is_empty() {
                add(subject, "learning", ended, LEARNING);
            }
            let shown = |document: koinon_events::DocumentId| ground.stands(document);
            if visit.attendance.is_empty() {
                add(subject, "attendance", ended, 0);
            } else if !visit.attendance.iter().any(|sheet| {
                sheet.document.is_some_and(shown) || ground.linked_sheet(sheet.mark, subject, &visit.evidence).is_some()
            }) {
                add(subject, "attendance-sheet", ended, 0);
            }
        }
        if matches!(visit.status, VisitStatus::Proposed | VisitStatus::Postponed) {
            add(subject, "news", visit.updated, STALE);
        }
    }
    for pilot in ground.pilots() {
        let subject = pilot.id.subject();
        if matches!(pilot.status, PilotStatus::Launched | PilotStatus::Paused) {
            let measured = pilot.indicators.iter().any(|indicator| !indicator.measurements.is_empty());
            if let Some(launched) = pilot.launched_on.filter(|_| !measured) {
                add(subject, "measurement", launched, MEASUREMENT);
            }
            let measurements = pilot.indicators.iter().flat_map(|indicator| &indicator.measurements);
            for measurement in measurements.filter(|measurement| !ground.any_stands(&measurement.evidence)) {
                add(subject, "measurement-evidence", measurement.mark.recorded, 0);
            }
        }
        if !pilot.status.is_completed() && pilot.status != PilotStatus::Stopped {
            add(subject, "news", pilot.updated, STALE);
        }
    }
    for learning in ground.learnings() {
        if learning.status == LearningStatus::Recorded {
            add(learning.id.subject(), "validation", learning.begun.recorded, VALIDATION);
        }
    }
    for city in ground.cities().into_iter().filter(|city| city.takes_part() && city.partnerships.is_empty()) {
        let since = city.selected.unwrap_or(city.begun).recorded;
        add(city.id.subject(), "partnership", since, STALE);
    }
    all.sort_by(|one, other| (one.since, one.subject, &one.what).cmp(&(other.since, other.subject, &other.what)));
    all.dedup();
    all
}
