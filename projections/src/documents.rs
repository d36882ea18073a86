//! Documents as people look at them: what they are and what they prove.

use koinon_events::document::*;
use koinon_events::value::{Code, Day, Digest256, Language, Line, Prose};
use koinon_events::{CityId, DiscussionId, DocumentId, Event, Kind, PersonId, ProgrammeId, Subject};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::column::{Column, Value};
use crate::entry::Entry;
use crate::mark::{Mark, add};
use crate::row::{Projection, Row, Title, joined, ranked, stamped, statuses};
use crate::table::Table;

statuses! {
    /// How far a document is.
    DocumentStatus {
        /// Counts as evidence.
        Registered,
        /// No longer counts.
        Withdrawn,
    }
}

/// What a document proves.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The recorded event it proves.
    pub position: Option<u64>,
    /// The subject it proves something about.
    pub subject: Option<Subject>,
    /// What it proves.
    pub claim: Prose,
    /// The event that says so.
    pub mark: Mark,
}

/// A document.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentRow {
    /// Its identity.
    pub id: DocumentId,
    /// The programme it belongs to.
    pub programme: ProgrammeId,
    /// The city it comes from.
    pub city: Option<CityId>,
    /// How far it is.
    pub status: DocumentStatus,
    /// What it is called.
    pub title: Line,
    /// What it is.
    pub kind: Code,
    /// The language it is written in.
    pub language: Option<Language>,
    /// Who may see it.
    pub classification: Classification,
    /// The SHA-256 of its bytes.
    pub sha256: Digest256,
    /// How many bytes.
    pub size: u64,
    /// Its media type.
    pub media_type: Line,
    /// What it proves.
    pub claims: Vec<Claim>,
    /// Persons it names.
    pub names: Vec<PersonId>,
    /// The redacted copy that took the place of its bytes.
    pub copy: Option<DocumentId>,
    /// The document whose bytes it took the place of.
    pub copy_of: Option<DocumentId>,
    /// Why it was withdrawn.
    pub reason: Option<Prose>,
    /// What is said about it.
    pub discussions: Vec<DiscussionId>,
    /// The event that began it.
    pub begun: Mark,
    /// The subject's version.
    pub version: u64,
    /// The position of its last event.
    pub position: u64,
    /// The UTC day of its last event.
    pub updated: Day,
}

/// The read model `documents`.
#[derive(Debug, Clone, Copy)]
pub struct Documents;

impl Projection for Documents {
    type Row = DocumentRow;

    const NAME: &'static str = "documents";
    const VERSION: u32 = 4;
    const KIND: Kind = Kind::Document;
    const READS: &'static [&'static str] = &["document", "discussion"];
    const COLUMNS: &'static [Column] = &[
        Column::text("status"),
        Column::text("kind"),
        Column::text("classification"),
        Column::text("language"),
        Column::text("sha256"),
    ];

    fn apply(rows: &mut Table<Self>, entry: &Entry) {
        match &entry.event {
            Event::Document(DocumentEvent::DocumentRegistered(event)) => rows.put(entry, |_| DocumentRow {
                id: DocumentId(entry.subject.id),
                programme: event.programme,
                city: event.city,
                status: DocumentStatus::Registered,
                title: event.title.clone(),
                kind: event.kind.clone(),
                language: event.language.clone(),
                classification: event.classification,
                sha256: event.sha256.clone(),
                size: event.size,
                media_type: event.media_type.clone(),
                claims: Vec::new(),
                names: Vec::new(),
                copy: None,
                copy_of: None,
                reason: None,
                discussions: Vec::new(),
                begun: Mark::from(entry),
                version: 0,
                position: 0,
                updated: entry.time.day(),
            }),
            Event::Document(event) => {
                rows.own(entry, |row| row.moved_on(entry, event));
                if let DocumentEvent::DocumentRedacted(event) = event {
                    rows.change(event.copy.0, |row| row.copy_of = Some(DocumentId(entry.subject.id)));
                }
            }
            Event::Discussion(koinon_events::discussion::DiscussionEvent::CommentPosted(event)) => {
                rows.link(event.subject, |row| {
                    add(&mut row.discussions, DiscussionId(entry.subject.id));
                });
            }
            _ => {}
        }
    }
}

impl DocumentRow {
    fn moved_on(&mut self, entry: &Entry, event: &DocumentEvent) {
        match event {
            DocumentEvent::DocumentRegistered(_) | DocumentEvent::EvidenceOpened(_) => {}
            DocumentEvent::EvidenceLinked(event) => self.claims.push(Claim {
                position: event.position,
                subject: event.subject,
                claim: event.claim.clone(),
                mark: Mark::from(entry),
            }),
            DocumentEvent::PersonsTagged(event) => {
                event.persons.iter().for_each(|person| add(&mut self.names, *person));
            }
            DocumentEvent::DocumentWithdrawn(event) => {
                self.status = DocumentStatus::Withdrawn;
                self.reason = Some(event.reason.clone());
            }
            DocumentEvent::DocumentRedacted(event) => self.copy = Some(event.copy),
        }
    }
}

impl Row for DocumentRow {
    stamped!();

    fn values(&self) -> Vec<Value> {
        vec![
            Value::from(&self.status),
            Value::from(&self.kind),
            Value::Text(<&str>::from(self.classification).to_owned()),
            Value::from(self.language.as_ref()),
            Value::from(&self.sha256),
        ]
    }

    fn sort(&self) -> String {
        ranked(self.begun.position)
    }

    fn words(&self) -> String {
        joined([self.title.as_str(), self.kind.as_str()])
    }

    fn title(&self) -> Title {
        Title::Text(self.title.to_string())
    }

    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }

    fn cities(&self) -> Vec<CityId> {
        self.city.into_iter().collect()
    }
}
