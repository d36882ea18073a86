//! What a report still lacks: everything at once, each with what would mend it and who may. A pure reading of the read
//! models, the report's own texts among them, on a day.
//!
//! Nothing here is forbidden: a report may be handed in with findings, but nobody has to hear of them one at a time.

mod evidence;
#[cfg(test)]
mod stories;
mod texts;

use koinon_events::value::Day;
use koinon_events::{ProgrammeId, ReportId, Role, Subject};
use serde::{Deserialize, Serialize};

use crate::models::Tables;
use crate::report::{Ground, Period, figures_of};

/// Something a report lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What, as a code: `empty-section`.
    pub code: String,
    /// What it is about.
    pub subject: Subject,
    /// What of it, in its own words or as a code; empty when the subject says it all.
    pub name: String,
    /// The figure it concerns: `RCO 81`.
    pub figure: Option<String>,
    /// The command that mends it.
    pub command: String,
    /// What is known of the command's fields.
    pub fields: Vec<(String, String)>,
    /// Who may mend it.
    pub roles: Vec<Role>,
}

/// Everything a report lacks on a day; `None` when the tables hold no such report of a known period.
pub fn findings(tables: &Tables, report: ReportId, day: Day) -> Option<Vec<Finding>> {
    let row = tables.reports.get(report.0)?;
    let programme = tables.programmes.get(row.programme.0)?;
    let period = programme.periods.iter().find(|period| period.number == row.period)?;
    let over = Period { from: Some(period.from), to: Some(period.to) };
    let ground = Ground::of_scope(tables, row.programme, over, day, &row.scope)?;
    let so_far = Period { from: Some(programme.starts_on), to: Some(period.to) };
    let counted = figures_of(&ground.over(so_far));
    let mut check = Check { tables, ground, from: period.from, to: period.to, found: Vec::new() };
    evidence::look(&mut check);
    evidence::corrections(&mut check, row);
    texts::look(&mut check, row, &counted);
    Some(check.found)
}

/// What the record of a whole programme lacks on a day, whatever report it belongs to; `None` without such a programme.
pub(crate) fn of_record(tables: &Tables, programme: ProgrammeId, day: Day) -> Option<Vec<Finding>> {
    let ground = Ground::new(tables, programme, Period::default(), day)?;
    let from = ground.programme.starts_on.min(day);
    let mut check = Check { tables, ground, from, to: day, found: Vec::new() };
    evidence::look(&mut check);
    Some(check.found)
}

/// What is checked, and what was found.
struct Check<'a> {
    tables: &'a Tables,
    ground: Ground<'a>,
    from: Day,
    to: Day,
    found: Vec<Finding>,
}

impl Check<'_> {
    /// Adds a finding that a command on its subject mends.
    fn add(&mut self, code: &str, subject: Subject, command: &str, field: &str, roles: &[Role]) -> &mut Finding {
        self.found.push(Finding::new(code, subject, command, field, roles));
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    fn within(&self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }
}

impl Finding {
    /// A finding that a command on its subject mends.
    pub(crate) fn new(code: &str, subject: Subject, command: &str, field: &str, roles: &[Role]) -> Self {
        let is_address = matches!(field, "origin" | "subject" | "from");
        let value = if is_address { subject.to_string() } else { subject.id.to_string() };
        Self {
            code: code.to_owned(),
            subject,
            name: String::new(),
            figure: None,
            command: command.to_owned(),
            fields: vec![(field.to_owned(), value)],
            roles: roles.to_vec(),
        }
    }

    pub(crate) fn named(&mut self, name: impl std::fmt::Display) -> &mut Self {
        self.name = name.to_string();
        self
    }

    fn field(&mut self, field: &str, value: impl std::fmt::Display) -> &mut Self {
        self.fields.push((field.to_owned(), value.to_string()));
        self
    }

    fn of_figure(&mut self, code: &str) -> &mut Self {
        self.figure = Some(code.to_owned());
        self
    }
}
