//! What can be asked of a document.

use koinon_events::document::Classification;
use koinon_events::value::{Code, Day, Digest256, Language, Line, Prose};
use koinon_events::{CityId, DocumentId, PersonId, ProgrammeId, Subject};
use schemars::JsonSchema;
use serde::Deserialize;

/// Registers a document with the hash of its bytes; the bytes are uploaded apart.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterDocument {
    /// The new document's id.
    pub id: DocumentId,
    /// The programme it belongs to.
    pub programme: ProgrammeId,
    /// The city it comes from, whose people may see and use it.
    pub city: Option<CityId>,
    /// What it is called.
    pub title: Line,
    /// What it is, in a short code: attendance-sheet, agreement, minutes, report.
    pub kind: Code,
    /// The language it is written in.
    pub language: Option<Language>,
    /// Who may see it; internal when left out.
    pub classification: Option<Classification>,
    /// The SHA-256 of its bytes.
    pub sha256: Digest256,
    /// How many bytes; 1 to 5368709120 (5 GiB).
    pub size: u64,
    /// Its media type, such as application/pdf.
    pub media_type: Line,
    /// The document whose place it takes, as a copy without the names of persons who were erased; the bytes of that one
    /// are deleted at once, and its hash and what it proves stay.
    pub redacts: Option<DocumentId>,
}

/// Names the document as evidence for a claim about an event or a subject.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkEvidence {
    /// Which document.
    pub document: DocumentId,
    /// The position of the recorded event it proves.
    pub position: Option<u64>,
    /// The subject it proves something about.
    pub subject: Option<Subject>,
    /// What it proves.
    pub claim: Prose,
}

/// Notes persons whom the document names.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TagPersons {
    /// Which document.
    pub document: DocumentId,
    /// Who.
    pub persons: Vec<PersonId>,
}

/// Opens a document with names for a while, on the record.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenEvidence {
    /// Which document.
    pub document: DocumentId,
    /// What for.
    pub purpose: Prose,
    /// The last day it is open; today or within 90 days.
    pub until: Day,
}

/// Withdraws a document, so that it no longer counts as evidence.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawDocument {
    /// Which document.
    pub document: DocumentId,
    /// Why.
    pub reason: Prose,
}

commands! {
    /// Commands on a document.
    Document: DocumentCommand {
        new RegisterDocument(id), on LinkEvidence(document), on TagPersons(document), on OpenEvidence(document), on WithdrawDocument(document),
    }
}
