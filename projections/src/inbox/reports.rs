//! What waits about reports: one to begin, a section to write, a question to answer, one to hand in or to decide.

use koinon_events::Role::{Coordinator, Officer};
use koinon_events::report::ReportSection;

use super::Desk;
use crate::reports::{DECIDED_WITHIN, ReportRow, ReportStatus, SECTIONS};

/// Days before a report is due from which it is asked for.
const ASKED_BEFORE: i64 = 14;

pub(super) fn look(desk: &mut Desk<'_>) {
    let programme = desk.ground.programme;
    let reports: Vec<&ReportRow> = desk
        .tables
        .reports
        .rows()
        .map(|(_, report)| report)
        .filter(|report| report.programme == programme.id)
        .collect();
    for period in &programme.periods {
        let ends = period.to;
        let due = period.due.unwrap_or_else(|| ends.plus_days(DECIDED_WITHIN));
        let begun = reports.iter().any(|report| report.period == period.number);
        if !begun && desk.ground.day >= due.plus_days(-ASKED_BEFORE) {
            let since = programme.begun.position;
            desk.add("open-report", programme.id.subject(), "OpenReport", "programme", due, since)
                .named(period.number)
                .field("period", period.number)
                .for_roles(&[Coordinator]);
        }
        for report in reports.iter().filter(|report| report.period == period.number) {
            of_report(desk, report, due);
        }
    }
}

fn of_report(desk: &mut Desk<'_>, report: &ReportRow, due: koinon_events::value::Day) {
    let subject = report.id.subject();
    for query in report.queries.iter().filter(|query| query.answered.is_none()) {
        let due = query.due.unwrap_or_else(|| query.asked.recorded.plus_days(ASKED_BEFORE));
        desk.add("answer-query", subject, "AnswerQuery", "report", due, query.asked.position)
            .named(&query.text)
            .field("query", &query.query)
            .for_roles(&[Coordinator]);
    }
    match report.status {
        ReportStatus::Draft | ReportStatus::Returned | ReportStatus::Reopened => {
            let written = |section| report.sections.iter().any(|text| text.section == section);
            let open: Vec<ReportSection> = SECTIONS.into_iter().filter(|section| !written(*section)).collect();
            for section in &open {
                let word = <&str>::from(*section);
                desk.add("write-section", subject, "EditSection", "report", due, report.begun.position)
                    .named(word)
                    .field("section", word)
                    .for_roles(&[Coordinator]);
            }
            if open.is_empty() {
                desk.add("submit-report", subject, "SubmitReport", "report", due, report.position)
                    .for_roles(&[Coordinator]);
            }
        }
        ReportStatus::Submitted if report.queries.iter().all(|query| query.answered.is_some()) => {
            let due = report.acceptance(desk.ground.day).and_then(|clock| clock.due);
            if let (Some(last), Some(due)) = (report.submissions.last(), due) {
                desk.add("decide-report", subject, "AcceptReport", "report", due, last.submitted.position)
                    .for_roles(&[Officer]);
            }
        }
        ReportStatus::Submitted | ReportStatus::Accepted => {}
    }
}
