//! What the work itself left open: visits without a learning, learnings that nobody validated, milestones that are late,
//! cities that did nothing.

use std::collections::BTreeSet;

use koinon_events::CityId;
use koinon_events::report::ReportSection;
use koinon_events::value::Day;

use super::{Draft, Finding, Mender};
use crate::cities::CityStatus;
use crate::learnings::LearningStatus;
use crate::pilots::PilotStatus;
use crate::row::Row;
use crate::visits::VisitStatus;

/// How many days a learning may wait for an expert.
const PATIENCE: i64 = 30;

pub(super) fn look(draft: &Draft<'_>, found: &mut Vec<Finding>) {
    visits(draft, found);
    learnings(draft, found);
    milestones(draft, found);
    cities(draft, found);
}

fn visits(draft: &Draft<'_>, found: &mut Vec<Finding>) {
    // A visit that is closed without a learning says why.
    for visit in draft.ground.visits().into_iter().filter(|row| row.status == VisitStatus::Completed) {
        let Some(completed) = visit.completed.filter(|_| visit.learnings.is_empty()) else { continue };
        let last = visit.ended_on.or(visit.to).unwrap_or(completed.recorded);
        if draft.holds(last) {
            let what = format!("The visit that ended on {last} has no learning, and nobody said why.");
            let href = format!("/do/RecordLearning?origin=visit/{}", visit.id);
            found.push(Finding::new("visit-without-learning", visit.id, Mender::Delegate, href, what));
        }
    }
}

fn learnings(draft: &Draft<'_>, found: &mut Vec<Finding>) {
    for learning in draft.ground.learnings().into_iter().filter(|row| row.status == LearningStatus::Recorded) {
        let waiting = learning.begun.recorded.days_until(draft.ground.day);
        if waiting >= PATIENCE && learning.begun.recorded <= draft.to {
            let what =
                format!("The learning “{}” has waited {waiting} days for an expert to validate it.", learning.title);
            let href = format!("/do/ValidateLearning?learning={}", learning.id);
            found.push(Finding::new("learning-unvalidated", learning.id, Mender::Expert, href, what));
        }
    }
}

fn milestones(draft: &Draft<'_>, found: &mut Vec<Finding>) {
    let at_work = |status| matches!(status, PilotStatus::Approved | PilotStatus::Launched | PilotStatus::Paused);
    for pilot in draft.ground.pilots().into_iter().filter(|row| at_work(row.status)) {
        for milestone in pilot.milestones.iter().filter(|milestone| milestone.reached_on.is_none()) {
            let is_late = milestone.due < draft.ground.day && milestone.due <= draft.to;
            if !is_late || draft.mentions(milestone.title.as_str()) {
                continue;
            }
            let what = format!(
                "The milestone “{}” was due on {} and is not reached; no text mentions it.",
                milestone.title, milestone.due
            );
            let href = format!("/do/ReachMilestone?pilot={}&milestone={}", pilot.id, milestone.id);
            let finding = Finding::new("milestone-overdue", pilot.id, Mender::Delegate, href, what);
            found.push(finding.of_section(ReportSection::ProblemsAndDeviations));
        }
    }
}

/// Cities that take part and that no visit, meeting, learning or pilot of the period names.
fn cities(draft: &Draft<'_>, found: &mut Vec<Finding>) {
    let ground = &draft.ground;
    let overlaps = |first: Option<Day>, last: Option<Day>| {
        first.or(last).is_some_and(|first| first <= draft.to) && last.or(first).is_some_and(|last| last >= draft.from)
    };
    let mut busy: BTreeSet<CityId> = BTreeSet::new();
    let visits = ground.visits().into_iter();
    let visits = visits.filter(|row| !matches!(row.status, VisitStatus::Cancelled | VisitStatus::Postponed));
    visits.filter(|row| overlaps(row.from, row.to)).for_each(|row| busy.extend(row.cities()));
    let meetings = ground.meetings().into_iter().filter(|row| row.status.is_held() && draft.holds(row.day()));
    meetings.for_each(|row| busy.extend(row.cities()));
    let learnings = ground.learnings().into_iter().filter(|row| draft.holds(row.begun.recorded));
    learnings.for_each(|row| busy.extend(row.cities()));
    let pilots = ground.pilots().into_iter().filter(|row| row.launched_on.is_some());
    let pilots =
        pilots.filter(|row| overlaps(row.launched_on, row.completed.map(|mark| mark.recorded).or(Some(draft.to))));
    pilots.for_each(|row| busy.extend(row.cities()));
    for city in ground.cities() {
        let takes_part = matches!(city.status, CityStatus::Selected | CityStatus::Active);
        let since = city.selected.is_some_and(|mark| mark.recorded <= draft.to);
        if takes_part && since && !busy.contains(&city.id) {
            let what = format!("{} had no visit, meeting, learning or pilot in this period.", city.name);
            let href = format!("/cities/{}", city.id);
            let finding = Finding::new("city-without-activity", city.id, Mender::Coordinator, href, what);
            found.push(finding.of_section(ReportSection::Activities));
        }
    }
}
