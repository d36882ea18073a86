//! The periodic report as a document: what it says of its programme and period, its texts and its figures.
//!
//! A pure function of the read models after a position, the report and the day of that position: no clock, no order of
//! a database. It holds subjects and positions, never the names of people.

use koinon_events::ReportId;
use koinon_events::programme::PeriodDefined;
use koinon_events::report::ReportScope;
use koinon_events::value::{Code, Day};
use serde::Serialize;

use super::{Figures, Period, figures};
use crate::models::Tables;
use crate::reports::SectionText;

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
    /// What part of the programme the texts are about; the figures are always those of the whole programme.
    pub scope: ReportScope,
    /// What was written.
    pub sections: Vec<SectionText>,
    /// What was counted.
    pub figures: Figures,
}

/// Composes a report; `None` when the tables hold no such report, or its programme no such period.
pub fn periodic_report(tables: &Tables, report: ReportId, day: Day) -> Option<PeriodicReport> {
    let row = tables.reports.get(report.0)?;
    let programme = tables.programmes.get(row.programme.0)?;
    let period = programme.periods.iter().find(|period| period.number == row.period)?.clone();
    let over = Period { from: Some(period.from), to: Some(period.to) };
    Some(PeriodicReport {
        report,
        programme: programme.code.clone(),
        title: programme.title.in_language("en").to_owned(),
        scope: row.scope.clone(),
        sections: row.sections.clone(),
        figures: figures(tables, row.programme, over, day)?,
        period,
    })
}
