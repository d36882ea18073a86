//! A programme as those who publish aid read it (IATI): the programme, its formed partnerships and their pilots as
//! activities above and below each other, with the codes of the IATI lists.
//!
//! A pure reading up to a day; it names bodies and cities, never people. What has no dates yet (a partnership that is
//! not formed, a pilot without a plan) is no activity.

mod levels;

use koinon_events::ProgrammeId;
use koinon_events::report::ReportScope;
use koinon_events::value::{Country, Day, Decimal};

use crate::models::Tables;
use crate::report::Ground;

/// One activity.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Activity {
    /// Its identifier behind the publisher's: `icc-agir` or `icc-agir-UUID`.
    pub identifier: String,
    /// 1 for the programme, 2 for a partnership, 3 for a pilot.
    pub hierarchy: u8,
    /// The activity above it.
    pub parent: Option<String>,
    /// The activities below it.
    pub children: Vec<String>,
    /// The language its texts are written in.
    pub language: String,
    /// What it is called, by language.
    pub title: Vec<(String, String)>,
    /// What there is to say about it, each with its code of the list `DescriptionType`.
    pub descriptions: Vec<(u8, String)>,
    /// Who takes part.
    pub organisations: Vec<Organisation>,
    /// How far it is, by the list `ActivityStatus`.
    pub status: u8,
    /// Its days, each with its code of the list `ActivityDateType`.
    pub dates: Vec<(u8, Day)>,
    /// The countries it works in.
    pub countries: Vec<Country>,
    /// The cities it works in.
    pub places: Vec<Place>,
    /// Its sectors (OECD DAC).
    pub sectors: Vec<String>,
    /// Targets of the Sustainable Development Goals it serves.
    pub goals: Vec<String>,
    /// What it costs, over at most a year.
    pub budget: Option<Budget>,
    /// What it is measured by.
    pub indicators: Vec<Measured>,
}

/// Who takes part, and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// As what, by the list `OrganisationRole`.
    pub role: u8,
    /// What it is, by the list `OrganisationType`, when that is known.
    pub kind: Option<u8>,
}

/// A city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// Degrees north and east.
    pub point: (String, String),
}

/// What something costs, in euro.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// First and last day.
    pub span: (Day, Day),
    /// How much.
    pub value: Decimal,
}

/// What is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// What.
    pub name: String,
    /// In what.
    pub unit: Option<String>,
    /// Whether it is an outcome; else it is an output.
    pub outcome: bool,
    /// Where it stood at the beginning, and in which year that was.
    pub baseline: Option<(i32, String)>,
    /// Whether more is better.
    pub ascending: bool,
    /// Spans of time with what was aimed at or reached in them.
    pub spans: Vec<Span>,
}

/// What was aimed at or reached in a span of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// First and last day.
    pub days: (Day, Day),
    /// What is aimed at.
    pub target: Option<String>,
    /// What was reached.
    pub actual: Option<String>,
}

/// The activities that a report is about, the programme's own first; none when there is no such programme.
pub fn activities(tables: &Tables, programme: ProgrammeId, scope: &ReportScope, until: Day, day: Day) -> Vec<Activity> {
    let period = crate::report::Period { from: None, to: Some(until) };
    Ground::of_scope(tables, programme, period, day, scope).map(|ground| levels::all(&ground)).unwrap_or_default()
}
