//! Programmes as people look at them: what is funded, its phases, themes, strands, indicators and reporting periods.

use koinon_events::programme::*;
use koinon_events::value::{Code, Day, Decimal, Line, LocalText, Prose};
use koinon_events::{ActionId, DiscussionId, DocumentId, Event, Kind, ProgrammeId};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::column::{Column, Value};
use crate::entry::Entry;
use crate::links::{self, linked};
use crate::mark::Mark;
use crate::row::{Projection, Row, Title, joined, stamped, statuses};
use crate::table::Table;

statuses! {
    /// How far a programme is.
    ProgrammeStatus {
        /// Being set up.
        Draft,
        /// At work.
        Running,
        /// Nothing new begins.
        Closing,
        /// Over.
        Closed,
    }
}

/// What is counted, and towards which target.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorRow {
    /// Its code.
    pub code: Code,
    /// What people call it.
    pub name: Line,
    /// What it counts.
    pub unit: Option<Line>,
    /// What it measures.
    pub kind: Option<IndicatorKind>,
    /// The code of the figure that counts it from the log.
    pub rule: Option<Code>,
    /// Where it stood at the beginning.
    pub baseline: Option<Decimal>,
    /// Where it has to be at the end.
    pub target: Option<Decimal>,
    /// Why the target was changed.
    pub reason: Option<Prose>,
}

/// A programme.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProgrammeRow {
    /// Its identity.
    pub id: ProgrammeId,
    /// Its short code.
    pub code: Code,
    /// How far it is.
    pub status: ProgrammeStatus,
    /// Its title, by language.
    pub title: LocalText,
    /// Other names it goes by.
    pub aliases: Vec<Line>,
    /// What it is for.
    pub description: Option<Prose>,
    /// Who pays.
    pub funder: Line,
    /// On whose behalf it is carried out.
    pub on_behalf_of: Line,
    /// Who carries it out.
    pub implementing_organisation: Option<Line>,
    /// The reference of the contract.
    pub contract_reference: Option<Line>,
    /// The identifier under which it publishes to IATI.
    pub publisher_reference: Option<Line>,
    /// First day.
    pub starts_on: Day,
    /// Last day.
    pub ends_on: Day,
    /// Its phases.
    pub phases: Vec<PhaseDefined>,
    /// Its themes.
    pub themes: Vec<ThemeDefined>,
    /// Its strands.
    pub strands: Vec<StrandDefined>,
    /// What is counted.
    pub indicators: Vec<IndicatorRow>,
    /// Its reporting periods, by number.
    pub periods: Vec<PeriodDefined>,
    /// Why its last day was moved.
    pub reason: Option<Prose>,
    /// The day it began its work.
    pub started_on: Option<Day>,
    /// The day its closing began.
    pub closing_since: Option<Day>,
    /// The day it was closed.
    pub closed_on: Option<Day>,
    /// What was agreed to do.
    pub actions: Vec<ActionId>,
    /// What is said about it.
    pub discussions: Vec<DiscussionId>,
    /// Documents that show it.
    pub evidence: Vec<DocumentId>,
    /// The event that began it.
    pub begun: Mark,
    /// The subject's version.
    pub version: u64,
    /// The position of its last event.
    pub position: u64,
    /// The UTC day of its last event.
    pub updated: Day,
}

/// The read model `programmes`.
#[derive(Debug, Clone, Copy)]
pub struct Programmes;

impl Projection for Programmes {
    type Row = ProgrammeRow;

    const NAME: &'static str = "programmes";
    const VERSION: u32 = 2;
    const KIND: Kind = Kind::Programme;
    const READS: &'static [&'static str] = &["programme", "action", "discussion", "document"];
    const COLUMNS: &'static [Column] = &[Column::text("status"), Column::text("code"), Column::many("themes", "theme")];

    fn apply(rows: &mut Table<Self>, entry: &Entry) {
        match &entry.event {
            Event::Programme(ProgrammeEvent::ProgrammeCreated(event)) => rows.put(entry, |_| created(entry, event)),
            Event::Programme(event) => rows.own(entry, |row| row.moved_on(entry, event)),
            _ => links::follow(rows, entry),
        }
    }
}

fn created(entry: &Entry, event: &ProgrammeCreated) -> ProgrammeRow {
    ProgrammeRow {
        id: ProgrammeId(entry.subject.id),
        code: event.code.clone(),
        status: ProgrammeStatus::Draft,
        title: event.title.clone(),
        aliases: event.aliases.clone(),
        description: event.description.clone(),
        funder: event.funder.clone(),
        on_behalf_of: event.on_behalf_of.clone(),
        implementing_organisation: event.implementing_organisation.clone(),
        contract_reference: event.contract_reference.clone(),
        publisher_reference: event.publisher_reference.clone(),
        starts_on: event.starts_on,
        ends_on: event.ends_on,
        phases: Vec::new(),
        themes: Vec::new(),
        strands: Vec::new(),
        indicators: Vec::new(),
        periods: Vec::new(),
        reason: None,
        started_on: None,
        closing_since: None,
        closed_on: None,
        actions: Vec::new(),
        discussions: Vec::new(),
        evidence: Vec::new(),
        begun: Mark::from(entry),
        version: 0,
        position: 0,
        updated: entry.time.day(),
    }
}

impl ProgrammeRow {
    fn moved_on(&mut self, entry: &Entry, event: &ProgrammeEvent) {
        let today = entry.time.day();
        match event {
            ProgrammeEvent::ProgrammeCreated(_) => {}
            ProgrammeEvent::PhaseDefined(event) => {
                self.phases.retain(|phase| phase.name != event.name);
                self.phases.push(event.clone());
            }
            ProgrammeEvent::ThemeDefined(event) => {
                self.themes.retain(|theme| theme.code != event.code);
                self.themes.push(event.clone());
            }
            ProgrammeEvent::StrandDefined(event) => {
                self.strands.retain(|strand| strand.name != event.name);
                self.strands.push(event.clone());
            }
            ProgrammeEvent::IndicatorDefined(event) => {
                self.indicators.retain(|indicator| indicator.code != event.code);
                self.indicators.push(IndicatorRow {
                    code: event.code.clone(),
                    name: event.name.clone(),
                    unit: event.unit.clone(),
                    kind: event.kind,
                    rule: event.rule.clone(),
                    baseline: event.baseline.clone(),
                    target: event.target.clone(),
                    reason: None,
                });
            }
            ProgrammeEvent::TargetRevised(event) => {
                let mut indicators = self.indicators.iter_mut();
                if let Some(indicator) = indicators.find(|indicator| indicator.code == event.indicator) {
                    indicator.target = Some(event.target.clone());
                    indicator.reason = Some(event.reason.clone());
                }
            }
            ProgrammeEvent::PeriodDefined(event) => {
                self.periods.retain(|period| period.number != event.number);
                self.periods.push(event.clone());
                self.periods.sort_by_key(|period| period.number);
            }
            ProgrammeEvent::PeriodReminded(_) => {}
            ProgrammeEvent::ProgrammeStarted(event) => {
                self.status = ProgrammeStatus::Running;
                self.started_on = Some(event.date.unwrap_or(today));
            }
            ProgrammeEvent::EndDateChanged(event) => {
                self.ends_on = event.ends_on;
                self.reason = Some(event.reason.clone());
            }
            ProgrammeEvent::ClosingStarted(event) => {
                self.status = ProgrammeStatus::Closing;
                self.closing_since = Some(event.date.unwrap_or(today));
            }
            ProgrammeEvent::ProgrammeClosed(event) => {
                self.status = ProgrammeStatus::Closed;
                self.closed_on = Some(event.date.unwrap_or(today));
            }
        }
    }

    /// The theme that a theme counts under: its topmost parent, or itself.
    pub fn counted_under(&self, theme: &Code) -> Code {
        let mut at = theme.clone();
        for _ in 0..self.themes.len() {
            match self.themes.iter().find(|each| each.code == at).and_then(|each| each.parent.clone()) {
                Some(parent) => at = parent,
                None => break,
            }
        }
        at
    }
}

linked!(ProgrammeRow);

impl Row for ProgrammeRow {
    stamped!();

    fn values(&self) -> Vec<Value> {
        let themes: Vec<&Code> = self.themes.iter().map(|theme| &theme.code).collect();
        vec![Value::from(&self.status), Value::from(&self.code), Value::from(themes.as_slice())]
    }

    fn sort(&self) -> String {
        self.code.to_string()
    }

    fn words(&self) -> String {
        let titles = self.title.iter().map(|(_, title)| title.as_str());
        let aliases = self.aliases.iter().map(Line::as_str);
        joined([self.code.as_str()].into_iter().chain(titles).chain(aliases))
    }

    fn title(&self) -> Title {
        Title::Text(self.title.in_language("en").to_owned())
    }

    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.id)
    }
}
