//! What the record behind the figures lacks: attendance and its sheets, learnings, evidence of measurements, judgements,
//! signatures; and what was corrected since the last report.

use std::collections::BTreeSet;

use koinon_events::Role::{Coordinator, Delegate, Expert};

use super::Check;
use super::texts::problems;
use crate::learnings::LearningStatus;
use crate::meetings::MeetingStatus;
use crate::report::{Correction, corrections as report_corrections, last_accepted};
use crate::reports::ReportRow;
use crate::visits::VisitStatus;

/// Days after which a learning waits too long for an expert.
const VALIDATED_WITHIN: i64 = 30;

pub(super) fn look(check: &mut Check<'_>) {
    visits(check);
    meetings(check);
    learnings(check);
    measurements(check);
    agreements(check);
    cities(check);
}

fn visits(check: &mut Check<'_>) {
    for visit in check.ground.visits() {
        let held = matches!(visit.status, VisitStatus::Completed | VisitStatus::Closed);
        let Some(ended) = visit.ended_on.or(visit.to).filter(|ended| held && check.within(*ended)) else { continue };
        let subject = visit.id.subject();
        if visit.attendance.is_empty() {
            check
                .add("visit-without-attendance", subject, "RecordAttendance", "visit", &[Coordinator, Delegate])
                .of_figure("RCO 81");
        }
        for sheet in &visit.attendance {
            let shown = sheet.document.is_some_and(|document| check.ground.stands(document))
                || check.ground.linked_sheet(sheet.mark, subject, &visit.evidence).is_some();
            if !shown {
                check
                    .add("attendance-without-sheet", subject, "LinkEvidence", "subject", &[Coordinator, Delegate])
                    .of_figure("RCO 81");
            }
        }
        // A visit closed without a learning says why.
        if visit.learnings.is_empty() && visit.status == VisitStatus::Completed {
            let day = ended.to_string();
            check
                .add("visit-without-learning", subject, "RecordLearning", "origin", &[Coordinator, Delegate])
                .named(day);
        }
    }
}

fn meetings(check: &mut Check<'_>) {
    for meeting in check.ground.meetings() {
        let held = !matches!(meeting.status, MeetingStatus::Scheduled | MeetingStatus::Cancelled);
        let Some(_) = meeting.held_on.filter(|day| held && check.within(*day)) else { continue };
        let subject = meeting.id.subject();
        let Some(presence) = &meeting.attendance else {
            check
                .add("meeting-without-attendance", subject, "RecordDecision", "meeting", &[Coordinator])
                .of_figure("RCO 81");
            continue;
        };
        let shown = presence.document.is_some_and(|document| check.ground.stands(document))
            || check.ground.linked_sheet(presence.mark, subject, &meeting.evidence).is_some();
        let anybody = !presence.present.is_empty() || !presence.cities.is_empty() || !presence.countries.is_empty();
        if anybody && !shown {
            check
                .add("attendance-without-sheet", subject, "LinkEvidence", "subject", &[Coordinator, Delegate])
                .of_figure("RCO 81");
        }
    }
}

fn learnings(check: &mut Check<'_>) {
    let day = check.ground.day;
    for learning in check.ground.learnings() {
        let waits = learning.begun.recorded.days_until(day);
        if learning.status == LearningStatus::Recorded && waits >= VALIDATED_WITHIN {
            check
                .add("learning-not-validated", learning.id.subject(), "ValidateLearning", "learning", &[Expert])
                .named(waits);
        }
    }
}

fn measurements(check: &mut Check<'_>) {
    for pilot in check.ground.pilots() {
        for indicator in &pilot.indicators {
            for measurement in &indicator.measurements {
                let of_period = check.from.month() <= measurement.period && measurement.period <= check.to.month();
                if of_period && !check.ground.any_stands(&measurement.evidence) {
                    check
                        .add(
                            "measurement-without-evidence",
                            pilot.id.subject(),
                            "CorrectMeasurement",
                            "pilot",
                            &[Coordinator, Delegate],
                        )
                        .named(&indicator.name)
                        .field("indicator", &indicator.code)
                        .field("period", measurement.period);
                }
            }
        }
    }
}

/// Agreements that are not signed, or whose paper is missing, and that no later one of their kind takes the place of.
fn agreements(check: &mut Check<'_>) {
    for partnership in check.ground.partnerships() {
        for (at, agreement) in partnership.agreements.iter().enumerate() {
            let mut from_here = partnership.agreements[at..].iter().filter(|each| each.kind == agreement.kind);
            let signed = from_here.any(|each| {
                each.signed_on.is_some() && each.document.is_some_and(|document| check.ground.stands(document))
            });
            if !signed {
                check
                    .add("agreement-unsigned", partnership.id.subject(), "SignAgreement", "partnership", &[Coordinator])
                    .of_figure("RCO 87");
            }
        }
    }
}

/// Cities in which nothing happened in the period, and for which nobody took anything up since it began.
fn cities(check: &mut Check<'_>) {
    for city in check.ground.cities().into_iter().filter(|city| city.takes_part()) {
        let visited = check.ground.visits().into_iter().any(|visit| {
            let there = visit.host_city == city.id || visit.visiting_cities.contains(&city.id);
            there && visit.from.is_some_and(|day| check.within(day))
        });
        let met = check.ground.meetings().into_iter().any(|meeting| {
            let there = meeting.cities.contains(&city.id) || meeting.organisers.contains(&city.id);
            there && meeting.held_on.is_some_and(|day| check.within(day))
        });
        let learned = check.ground.learnings().into_iter().any(|learning| {
            let there = learning.origin_city == city.id || learning.learned_by.contains(&city.id);
            there && check.within(learning.begun.recorded)
        });
        let piloted = check.ground.pilots().into_iter().any(|pilot| {
            pilot.cities.contains(&city.id) && (check.within(pilot.begun.recorded) || check.within(pilot.updated))
        });
        let taken_up = check
            .ground
            .actions()
            .into_iter()
            .any(|action| action.city == Some(city.id) && check.from <= action.begun.recorded);
        if !(visited || met || learned || piloted || taken_up) {
            check.add("city-without-activity", city.id.subject(), "RaiseAction", "city", &[Coordinator, Delegate]);
        }
    }
}

/// What was corrected after the last accepted report was frozen, and is not mentioned by the number of its event.
pub(super) fn corrections(check: &mut Check<'_>, row: &ReportRow) {
    let Some(last) = last_accepted(check.tables, row) else { return };
    let (report, told) = (row.id.subject(), problems(row));
    let numbers: BTreeSet<&str> = told.split(|letter: char| !letter.is_ascii_digit()).collect();
    for Correction { subject, position, .. } in report_corrections(&check.ground, last) {
        if numbers.contains(position.to_string().as_str()) {
            continue;
        }
        let finding = check.add("correction-since", subject, "EditSection", "report", &[Coordinator]);
        finding.fields = vec![
            ("report".to_owned(), report.id.to_string()),
            ("section".to_owned(), "problems-and-deviations".to_owned()),
        ];
        finding.named(position);
    }
}
