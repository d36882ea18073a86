//! The periodic report as a document: what it says of its programme and period, its texts and its figures.
//!
//! A pure function of the read models after a position, the report and the day of that position: no clock, no order of
//! a database. It holds subjects and positions, never the names of people.

use koinon_events::ReportId;
use koinon_events::programme::PeriodDefined;
use koinon_events::report::ReportScope;
use koinon_events::value::{Code, Day};
use serde::Serialize;

use super::chapters::chapters;
use super::frame::{Frame, frame};
use super::{Chapters, Figures, Ground, Period, figures_of};
use crate::models::Tables;
use crate::reports::SectionText;

/// How the contract's reference of a sample programme begins.
const SAMPLE: &str = "SAMPLE-";

/// A periodic report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PeriodicReport {
    /// The report.
    pub report: ReportId,
    /// The programme's code.
    pub programme: Code,
    /// What the programme is called, in English.
    pub title: String,
    /// The period.
    pub period: PeriodDefined,
    /// Whether the programme is a sample with invented people and figures.
    pub sample: bool,
    /// What part of the programme it is about: its texts, figures and chapters.
    pub scope: ReportScope,
    /// What was written.
    pub sections: Vec<SectionText>,
    /// What was counted.
    pub figures: Figures,
    /// What happened, and what shows it.
    #[serde(flatten)]
    pub chapters: Chapters,
    /// What stands around it.
    #[serde(skip)]
    pub frame: Frame,
}

/// Composes a report; `None` when the tables hold no such report, or its programme no such period.
pub fn periodic_report(tables: &Tables, report: ReportId, day: Day) -> Option<PeriodicReport> {
    let row = tables.reports.get(report.0)?;
    let programme = tables.programmes.get(row.programme.0)?;
    let period = programme.periods.iter().find(|period| period.number == row.period)?.clone();
    let over = Period { from: Some(period.from), to: Some(period.to) };
    let ground = Ground::of_scope(tables, row.programme, over, day, &row.scope)?;
    let figures = figures_of(&ground);
    Some(PeriodicReport {
        report,
        programme: programme.code.clone(),
        title: programme.title.in_language("en").to_owned(),
        sample: programme.contract_reference.as_ref().is_some_and(|found| found.as_str().starts_with(SAMPLE)),
        scope: row.scope.clone(),
        sections: row.sections.clone(),
        chapters: chapters(&ground, &figures),
        frame: frame(tables, &ground, row, &figures),
        figures,
        period,
    })
}
