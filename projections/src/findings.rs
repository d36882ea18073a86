//! What a periodic report still lacks, all of it at once: each finding in a plain sentence, with what it is about, where
//! to mend it and who can.
//!
//! A pure reading of the read models and the figures on a day. It looks only at what the report's scope holds, and names
//! no people.

mod evidence;
#[cfg(test)]
mod scenarios;
mod texts;
mod work;

use koinon_events::report::{ReportScope, ReportSection};
use koinon_events::value::Day;
use koinon_events::{ReportId, Subject};
use serde::Serialize;
use serde_with::skip_serializing_none;

use crate::models::Tables;
use crate::programmes::ProgrammeRow;
use crate::report::{Ground, Period};
use crate::reports::{ReportRow, ReportStatus};
use crate::row::statuses;

statuses! {
    /// Who can mend it.
    Mender {
        /// A coordinator.
        Coordinator,
        /// A delegate of a city that takes part.
        Delegate,
        /// An expert.
        Expert,
    }
}

/// Something a report lacks.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What kind of finding: `visit-without-learning`.
    pub code: &'static str,
    /// What it is, in a sentence.
    pub what: String,
    /// What it is about.
    pub subject: Subject,
    /// Where it can be mended.
    pub href: String,
    /// Who can mend it.
    pub who: Mender,
    /// The section it belongs to.
    pub section: Option<ReportSection>,
    /// The figure it belongs to.
    pub figure: Option<String>,
}

impl Finding {
    fn new(code: &'static str, subject: impl Into<Subject>, who: Mender, href: String, what: String) -> Self {
        Self { code, what, subject: subject.into(), href, who, section: None, figure: None }
    }

    fn of_figure(self, figure: &str) -> Self {
        Self { figure: Some(figure.to_owned()), ..self }
    }

    fn of_section(self, section: ReportSection) -> Self {
        Self { section: Some(section), ..self }
    }
}

/// What the rules of findings look at.
struct Draft<'a> {
    report: &'a ReportRow,
    programme: &'a ProgrammeRow,
    ground: Ground<'a>,
    /// First day, last day, and whether it is the last period.
    from: Day,
    to: Day,
    is_final: bool,
    /// The position that the report before this one was frozen at.
    before: Option<u64>,
}

impl Draft<'_> {
    /// Whether any text of the report names something, capitals aside.
    fn mentions(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.report.sections.iter().any(|section| section.text.as_str().to_lowercase().contains(&name))
    }

    fn holds(&self, day: Day) -> bool {
        self.ground.period.holds(day)
    }
}

/// Everything a report lacks on a day; `None` when there is no such report of a known period.
pub fn findings(tables: &Tables, report: ReportId, day: Day) -> Option<Vec<Finding>> {
    let report = tables.reports.get(report.0)?;
    let programme = tables.programmes.get(report.programme.0)?;
    let period = programme.periods.iter().find(|period| period.number == report.period)?;
    let over = Period { from: Some(period.from), to: Some(period.to) };
    let draft = Draft {
        report,
        programme,
        ground: Ground::of_scope(tables, report.programme, over, day, &report.scope)?,
        from: period.from,
        to: period.to,
        is_final: period.is_final,
        before: before(tables, report, &report.scope),
    };
    let mut found = Vec::new();
    texts::look(&draft, &mut found);
    evidence::look(&draft, &mut found);
    work::look(&draft, &mut found);
    Some(found)
}

/// The position that the last report before this one, of the same scope, was frozen at.
fn before(tables: &Tables, report: &ReportRow, scope: &ReportScope) -> Option<u64> {
    let earlier = tables
        .reports
        .rows()
        .map(|(_, row)| row)
        .filter(|row| row.programme == report.programme && row.period < report.period && row.scope == *scope);
    let handed_in = earlier.filter(|row| matches!(row.status, ReportStatus::Submitted | ReportStatus::Accepted));
    let last = handed_in.max_by_key(|row| row.period)?;
    last.submissions.last().map(|submission| submission.as_of)
}
