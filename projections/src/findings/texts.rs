//! What the report's own texts and questions lack: empty sections, open questions, figures that nobody explains.

use koinon_events::report::ReportSection;

use super::{Draft, Finding, Mender};
use crate::report::{Amount, figures_of};

/// The sections every report has.
const SECTIONS: [ReportSection; 4] = [
    ReportSection::Highlights,
    ReportSection::Activities,
    ReportSection::ProblemsAndDeviations,
    ReportSection::NextPeriod,
];

pub(super) fn look(draft: &Draft<'_>, found: &mut Vec<Finding>) {
    let report = draft.report.id;
    for section in SECTIONS {
        if draft.report.sections.iter().any(|text| text.section == section) {
            continue;
        }
        let name: &'static str = section.into();
        let what = format!("The section “{}” is empty.", name.replace('-', " "));
        let href = format!("/do/EditSection?report={report}&section={name}");
        found.push(Finding::new("section-empty", report, Mender::Coordinator, href, what).of_section(section));
    }
    for query in draft.report.queries.iter().filter(|query| query.answered.is_none()) {
        let due = match query.due {
            Some(due) if due < draft.ground.day => format!(" An answer was due on {due}."),
            Some(due) => format!(" An answer is due on {due}."),
            None => String::new(),
        };
        let what = format!("The question {} is not answered.{due}", query.query);
        let href = format!("/do/AnswerQuery?report={report}&query={}", query.query);
        let mut finding = Finding::new("query-open", report, Mender::Coordinator, href, what);
        finding.section = query.section;
        finding.figure = query.figure.as_ref().map(ToString::to_string);
        found.push(finding);
    }
    below_target(draft, found);
}

/// Figures below their target whose code or name no text mentions. Before the last period the target is divided evenly
/// over the days of the programme.
fn below_target(draft: &Draft<'_>, found: &mut Vec<Finding>) {
    let programme = draft.programme;
    let whole = programme.starts_on.days_until(programme.ends_on).max(1);
    let gone = if draft.is_final { whole } else { programme.starts_on.days_until(draft.to).clamp(0, whole) };
    for target in figures_of(&draft.ground.over(draft.ground.period.until())).targets {
        let (Some(aim), Some(actual), Some(figure)) = (target.target, target.actual, target.figure) else { continue };
        let reached = actual.millionths().saturating_mul(i128::from(whole));
        let expected = aim.millionths().saturating_mul(i128::from(gone));
        if reached >= expected
            || [target.code.as_str(), target.name.as_str(), &figure].iter().any(|name| draft.mentions(name))
        {
            continue;
        }
        let way = if draft.is_final {
            String::new()
        } else {
            format!(" On an even way it would be {} by {}.", Amount::part(&aim, gone, whole), draft.to)
        };
        let what = format!(
            "{} stands at {actual}, below its target of {aim}.{way} No text says why: name {} in “problems and deviations”.",
            target.name, target.code
        );
        let section = ReportSection::ProblemsAndDeviations;
        let href = format!("/do/EditSection?report={}&section=problems-and-deviations", draft.report.id);
        let finding = Finding::new("figure-below-target", draft.report.id, Mender::Coordinator, href, what);
        found.push(finding.of_figure(&figure).of_section(section));
    }
}
