//! What the report's own texts lack: sections, explanations of figures below their targets, milestones that are late,
//! questions without an answer.

use koinon_events::Role::Coordinator;
use koinon_events::report::{ReportScope, ReportSection};

use super::Check;
use crate::pilots::PilotStatus;
use crate::report::{Amount, Figures};
use crate::reports::{ReportRow, SECTIONS};

pub(super) fn look(check: &mut Check<'_>, report: &ReportRow, figures: &Figures) {
    sections(check, report);
    queries(check, report);
    targets(check, report, figures);
    milestones(check, report);
}

fn sections(check: &mut Check<'_>, report: &ReportRow) {
    for section in SECTIONS {
        let word: &'static str = section.into();
        if !report.sections.iter().any(|text| text.section == section) {
            check
                .add("empty-section", report.id.subject(), "EditSection", "report", &[Coordinator])
                .named(word)
                .field("section", word);
        }
    }
}

fn queries(check: &mut Check<'_>, report: &ReportRow) {
    for query in report.queries.iter().filter(|query| query.answered.is_none()) {
        check
            .add("open-query", report.id.subject(), "AnswerQuery", "report", &[Coordinator])
            .named(&query.text)
            .field("query", &query.query);
    }
}

/// The words in which problems and deviations are told.
pub(super) fn problems(report: &ReportRow) -> String {
    let texts = report.sections.iter().filter(|text| text.section == ReportSection::ProblemsAndDeviations);
    texts.map(|text| text.text.to_string().to_lowercase()).collect::<Vec<_>>().join("\n")
}

/// Figures that are below where they would be by the end of the period, were they to grow evenly until the programme's
/// end. They are counted from the beginning to the end of the period. Targets are the whole programme's, so that a report
/// on a part of it is not measured by them.
fn targets(check: &mut Check<'_>, report: &ReportRow, figures: &Figures) {
    if !matches!(report.scope, ReportScope::Programme {}) {
        return;
    }
    let (told, report) = (problems(report), report.id.subject());
    let (begins, ends) = (check.ground.programme.starts_on, check.ground.programme.ends_on);
    let (passed, all) = (begins.days_until(check.to) + 1, begins.days_until(ends) + 1);
    for figure in figures.figures.iter().filter(|figure| !told.contains(&figure.code.to_lowercase())) {
        let Some(target) = &figure.target else { continue };
        let expected = Amount::part(target, passed.clamp(0, all.max(0)), all);
        if figure.value < expected {
            check
                .add("figure-below-target", report, "EditSection", "report", &[Coordinator])
                .named(format!("{} / {expected} / {target}", figure.value))
                .field("section", "problems-and-deviations")
                .of_figure(&figure.code);
        }
    }
}

fn milestones(check: &mut Check<'_>, report: &ReportRow) {
    let (told, day) = (problems(report), check.ground.day.min(check.to));
    for pilot in check.ground.pilots() {
        let alive = matches!(pilot.status, PilotStatus::Launched | PilotStatus::Paused);
        let mentioned = told.contains(&pilot.title.to_string().to_lowercase());
        for milestone in pilot.milestones.iter().filter(|milestone| alive && milestone.reached_on.is_none()) {
            if milestone.due <= day && !mentioned {
                check
                    .add("milestone-late", pilot.id.subject(), "ReachMilestone", "pilot", &[Coordinator])
                    .named(&milestone.title)
                    .field("milestone", &milestone.id);
            }
        }
    }
}
