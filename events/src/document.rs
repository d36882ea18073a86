//! What can be known about a document: its registration, what it proves, whom it names. The bytes lie beside the log.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::family::family;
use crate::value::{Code, Day, Digest256, Language, Line, Prose};
use crate::{CityId, DocumentId, PersonId, ProgrammeId, Subject};

/// Who may see a document.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Classification {
    /// Everybody.
    Public,
    /// Everybody in the programme.
    Internal,
    /// Those it concerns, and those who check.
    Restricted,
    /// Those who check, on the record.
    Confidential,
}

/// A document was registered with the hash of its bytes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentRegistered {
    /// The programme it belongs to.
    pub programme: ProgrammeId,
    /// The city it comes from, whose people may see and use it.
    pub city: Option<CityId>,
    /// What it is called.
    pub title: Line,
    /// What it is: attendance-sheet, agreement, minutes, report.
    pub kind: Code,
    /// The language it is written in.
    pub language: Option<Language>,
    /// Who may see it.
    pub classification: Classification,
    /// The SHA-256 of its bytes.
    pub sha256: Digest256,
    /// How many bytes.
    pub size: u64,
    /// Its media type, such as application/pdf.
    pub media_type: Line,
}

/// The document was named as evidence for a claim.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceLinked {
    /// The recorded event it proves.
    pub position: Option<u64>,
    /// The subject it proves something about.
    pub subject: Option<Subject>,
    /// What it proves.
    pub claim: Prose,
}

/// Persons were noted whom the document names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonsTagged {
    /// Who, as far as they were not noted before.
    #[serde(default)]
    pub persons: Vec<PersonId>,
}

/// Somebody who checks opened the document for a while, on the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceOpened {
    /// What for.
    pub purpose: Prose,
    /// The last day it is open.
    pub until: Day,
}

/// The document no longer counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentWithdrawn {
    /// Why.
    pub reason: Prose,
}

/// A copy without the names of persons who were erased took the place of the document's bytes, which were deleted. Its
/// hash stays on record, and so does all that it proves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentRedacted {
    /// The redacted copy.
    pub copy: DocumentId,
}

family! {
    /// Events of a document.
    Document: DocumentEvent {
        DocumentRegistered, EvidenceLinked, PersonsTagged, EvidenceOpened, DocumentWithdrawn, DocumentRedacted,
    }
}
