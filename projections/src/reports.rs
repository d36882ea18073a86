//! Periodic reports as people look at them: their texts, the questions asked, and how they were decided.

mod clock;

use koinon_events::report::*;
use koinon_events::value::{Code, Day, Language, Line, Prose};
use koinon_events::{
    ActionId, Actor, CityId, DiscussionId, DocumentId, Event, Kind, PartnershipId, PersonId, ProgrammeId, ReportId,
};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

pub use clock::{AcceptanceClock, DECIDED_WITHIN};

use crate::column::{Column, Value};
use crate::entry::Entry;
use crate::links::{self, linked};
use crate::mark::Mark;
use crate::row::{Projection, Row, Title, joined, ranked, stamped, statuses};
use crate::table::Table;

/// The texts that a report holds, in the order in which they are read.
pub const SECTIONS: [ReportSection; 4] = [
    ReportSection::Highlights,
    ReportSection::Activities,
    ReportSection::ProblemsAndDeviations,
    ReportSection::NextPeriod,
];

statuses! {
    /// How far a report is.
    ReportStatus {
        /// Being written.
        Draft,
        /// Handed in.
        Submitted,
        /// Given back to be mended.
        Returned,
        /// Accepted.
        Accepted,
        /// Opened again after it was accepted.
        Reopened,
    }
}

/// One text of the report.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionText {
    /// Which section.
    pub section: ReportSection,
    /// The city that speaks, when one does.
    pub city: Option<CityId>,
    /// The text.
    pub text: Prose,
    /// The language it is written in.
    pub language: Option<Language>,
    /// The last event that changed it.
    pub mark: Mark,
}

/// A question about the report and its answer.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// Its code within the report.
    pub query: Code,
    /// The section it is about.
    pub section: Option<ReportSection>,
    /// The figure it is about.
    pub figure: Option<Line>,
    /// The record it is about.
    pub about: Option<u64>,
    /// The question.
    pub text: Prose,
    /// The day an answer is due.
    pub due: Option<Day>,
    /// Who asked.
    pub asked_by: Actor,
    /// The event that asked.
    pub asked: Mark,
    /// The answer.
    pub answer: Option<Prose>,
    /// The record that shows it.
    pub shown_by: Option<u64>,
    /// The event that answered.
    pub answered: Option<Mark>,
}

/// One time the report was handed in.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// The position whose figures it shows.
    pub as_of: u64,
    /// Who handed it in.
    pub submitted_by: Actor,
    /// What there is to say about it.
    pub note: Option<Prose>,
    /// The event that handed it in.
    pub submitted: Mark,
    /// Why it was returned.
    pub returned: Option<Prose>,
    /// The event that decided on it.
    pub decided: Option<Mark>,
}

/// A report.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportRow {
    /// Its identity.
    pub id: ReportId,
    /// The programme it reports on.
    pub programme: ProgrammeId,
    /// The number of the period.
    pub period: u32,
    /// What part of the programme it is about.
    pub scope: ReportScope,
    /// How far it is.
    pub status: ReportStatus,
    /// What was written.
    pub sections: Vec<SectionText>,
    /// What was asked.
    pub queries: Vec<Query>,
    /// Each time it was handed in.
    pub submissions: Vec<Submission>,
    /// What still has to be met.
    pub conditions: Option<Prose>,
    /// Why it was returned or opened again.
    pub reason: Option<Prose>,
    /// What was agreed to do.
    pub actions: Vec<ActionId>,
    /// What is said about it.
    pub discussions: Vec<DiscussionId>,
    /// Documents that show it.
    pub evidence: Vec<DocumentId>,
    /// The event that began it.
    pub begun: Mark,
    /// The event that accepted it.
    pub accepted: Option<Mark>,
    /// The subject's version.
    pub version: u64,
    /// The position of its last event.
    pub position: u64,
    /// The UTC day of its last event.
    pub updated: Day,
}

/// The read model `reports`.
#[derive(Debug, Clone, Copy)]
pub struct Reports;

impl Projection for Reports {
    type Row = ReportRow;

    const NAME: &'static str = "reports";
    const VERSION: u32 = 2;
    const KIND: Kind = Kind::Report;
    const READS: &'static [&'static str] = &["report", "action", "discussion", "document"];
    const COLUMNS: &'static [Column] = &[Column::text("status"), Column::text("period"), Column::text("scope")];

    fn apply(rows: &mut Table<Self>, entry: &Entry) {
        match &entry.event {
            Event::Report(ReportEvent::ReportOpened(event)) => rows.put(entry, |_| ReportRow {
                id: ReportId(entry.subject.id),
                programme: event.programme,
                period: event.period,
                scope: event.scope.clone(),
                status: ReportStatus::Draft,
                sections: Vec::new(),
                queries: Vec::new(),
                submissions: Vec::new(),
                conditions: None,
                reason: None,
                actions: Vec::new(),
                discussions: Vec::new(),
                evidence: Vec::new(),
                begun: Mark::from(entry),
                accepted: None,
                version: 0,
                position: 0,
                updated: entry.time.day(),
            }),
            Event::Report(event) => rows.own(entry, |row| row.moved_on(entry, event)),
            _ => links::follow(rows, entry),
        }
    }
}

impl ReportRow {
    fn moved_on(&mut self, entry: &Entry, event: &ReportEvent) {
        let mark = Mark::from(entry);
        match event {
            ReportEvent::ReportOpened(_) => {}
            ReportEvent::SectionEdited(event) => {
                let same = |text: &SectionText| text.section == event.section && text.city == event.city;
                self.sections.retain(|text| !same(text));
                self.sections.push(SectionText {
                    section: event.section,
                    city: event.city,
                    text: event.text.clone(),
                    language: event.language.clone(),
                    mark,
                });
                self.sections.sort_by_key(|text| (text.section, text.city));
            }
            ReportEvent::ReportSubmitted(event) => {
                self.status = ReportStatus::Submitted;
                self.submissions.push(Submission {
                    as_of: event.as_of.unwrap_or(entry.position - 1),
                    submitted_by: event.submitted_by.clone(),
                    note: event.note.clone(),
                    submitted: mark,
                    returned: None,
                    decided: None,
                });
            }
            ReportEvent::ReportReturned(event) => {
                self.status = ReportStatus::Returned;
                self.reason = Some(event.reasons.clone());
                if let Some(submission) = self.submissions.last_mut() {
                    submission.returned = Some(event.reasons.clone());
                    submission.decided = Some(mark);
                }
            }
            ReportEvent::ReportAccepted(event) => {
                self.status = ReportStatus::Accepted;
                self.conditions.clone_from(&event.conditions);
                self.accepted = Some(mark);
                if let Some(submission) = self.submissions.last_mut() {
                    submission.decided = Some(mark);
                }
            }
            ReportEvent::ReportReopened(event) => {
                self.status = ReportStatus::Reopened;
                self.reason = Some(event.reason.clone());
            }
            event => self.asked(entry, event),
        }
    }

    fn asked(&mut self, entry: &Entry, event: &ReportEvent) {
        match event {
            ReportEvent::QueryRaised(event) => self.queries.push(Query {
                query: event.query.clone(),
                section: event.section,
                figure: event.figure.clone(),
                about: event.position,
                text: event.text.clone(),
                due: event.due,
                asked_by: entry.actor.clone(),
                asked: Mark::from(entry),
                answer: None,
                shown_by: None,
                answered: None,
            }),
            ReportEvent::QueryAnswered(event) => {
                if let Some(query) = self.queries.iter_mut().find(|query| query.query == event.query) {
                    query.answer = Some(event.text.clone());
                    query.shown_by = event.position;
                    query.answered = Some(Mark::from(entry));
                }
            }
            _ => {}
        }
    }
}

linked!(ReportRow);

impl Row for ReportRow {
    stamped!();

    fn values(&self) -> Vec<Value> {
        let scope = match &self.scope {
            ReportScope::Programme {} => "programme",
            ReportScope::Strand { .. } => "strand",
            ReportScope::City { .. } => "city",
            ReportScope::Partnership { .. } => "partnership",
        };
        vec![Value::from(&self.status), Value::from(&self.period), Value::Text(scope.to_owned())]
    }

    fn sort(&self) -> String {
        format!("{}{}", ranked(self.period.into()), ranked(self.begun.position))
    }

    fn words(&self) -> String {
        joined(self.sections.iter().map(|section| section.text.as_str()))
    }

    fn title(&self) -> Title {
        Title::Text(format!("Report on period {}", self.period))
    }

    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }

    fn partnerships(&self) -> Vec<PartnershipId> {
        match &self.scope {
            ReportScope::Partnership { partnership } => vec![*partnership],
            _ => Vec::new(),
        }
    }

    fn cities(&self) -> Vec<CityId> {
        match &self.scope {
            ReportScope::City { city } => vec![*city],
            _ => Vec::new(),
        }
    }

    fn persons(&self) -> Vec<PersonId> {
        Vec::new()
    }
}
