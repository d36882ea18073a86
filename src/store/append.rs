//! What is asked of the log in one append, and what it answers: all of it happens, or none.

use bytes::Bytes;
use koinon_events::value::Timestamp;
use koinon_events::{PersonId, Subject, Template};
use uuid::Uuid;

/// One command's outcome, to be recorded in one transaction.
#[derive(Debug, Clone)]
pub struct Append {
    /// The command's id; it appears in the log once.
    pub command: Uuid,
    /// The command's time; the record's is the later of it and the head's.
    pub time: Timestamp,
    /// The idempotency key, if the caller gave one.
    pub key: Option<AnswerKey>,
    /// Every subject written or relied on, with the version it was decided at (0 = it does not exist).
    pub expected: Vec<(Subject, u64)>,
    /// What happened, in order.
    pub events: Vec<NewEvent>,
    /// Names that may have one owner only.
    pub claims: Vec<Claim>,
    /// Personal values to keep outside the log.
    pub vault: Vec<VaultEntry>,
    /// Persons whose values and keys are destroyed.
    pub forget: Vec<PersonId>,
    /// API tokens made and revoked.
    pub credentials: Vec<CredentialChange>,
}

impl Append {
    /// An append that does nothing yet.
    pub fn new(command: Uuid, time: Timestamp) -> Self {
        Self {
            command,
            time,
            key: None,
            expected: Vec::new(),
            events: Vec::new(),
            claims: Vec::new(),
            vault: Vec::new(),
            forget: Vec::new(),
            credentials: Vec::new(),
        }
    }

    /// One that only asks whether the log can be written: it records nothing.
    pub fn probe() -> Self {
        Self::new(Uuid::nil(), Timestamp::from_micros(0))
    }

    /// Whether it is such a one.
    pub(super) fn is_probe(&self) -> bool {
        self.command.is_nil()
    }

    /// The most bytes its records and vault entries can come to.
    pub(super) fn bytes(&self) -> usize {
        let records: usize = self.events.iter().map(|event| event.template.largest()).sum();
        let values: usize = self.vault.iter().map(|entry| entry.ciphertext.len()).sum();
        records + values
    }
}

/// An event on its way into the log; the columns beside its template only index.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// What it happened to.
    pub subject: Subject,
    /// The record's bytes but for its numbers.
    pub template: Template,
    /// `koinon.VisitScheduled.v1`.
    pub event_type: String,
    /// Who did it, as the record says it.
    pub actor: String,
    /// The programme's code.
    pub programme: Option<String>,
    /// The partnership it belongs to.
    pub partnership: Option<Uuid>,
}

/// An idempotency key and what is needed to give the same answer again. Kept only with a success.
#[derive(Debug, Clone)]
pub struct AnswerKey {
    /// Whose key it is: keys are per actor.
    pub scope: String,
    /// The key as sent.
    pub key: String,
    /// A keyed hash of the body.
    pub body: [u8; 32],
    /// Whether the answer was 201.
    pub created: bool,
    /// The subject the answer is about.
    pub subject: Subject,
}

/// The first answer to a key or command: positions, never the bytes again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The keyed hash of the body; zeros when the command was known by its id alone.
    pub body: [u8; 32],
    /// Whether it was 201.
    pub created: bool,
    /// The command that was answered.
    pub command: Uuid,
    /// The subject it is about.
    pub subject: Subject,
    /// The subject's version after it.
    pub version: u64,
    /// The head after it.
    pub position: u64,
    /// Its first event, if it had any.
    pub first: Option<u64>,
    /// Its last event, if it had any.
    pub last: Option<u64>,
}

/// A name that one owner may hold in a space, such as a programme's code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Where the name must be unique: `programme-code`.
    pub space: &'static str,
    /// The name.
    pub name: String,
    /// Who holds it.
    pub owner: Subject,
}

/// One personal value, encrypted under its person's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultEntry {
    /// Whose value it is.
    pub person: PersonId,
    /// The commitment that stands in the log for it.
    pub commitment: String,
    /// The disclosure, encrypted.
    pub ciphertext: Vec<u8>,
    /// The person's wrapped key: given when it is new, always there when read.
    pub key: Option<VaultKey>,
}

/// A person's data key, wrapped by the key file's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultKey {
    /// Which key of the key file wraps it.
    pub generation: u32,
    /// The wrapped key.
    pub wrapped: Vec<u8>,
}

/// A change to the API tokens, made with the event that records it.
#[derive(Debug, Clone, PartialEq)]
pub enum CredentialChange {
    /// A token was made.
    Insert(Credential),
    /// A token no longer works.
    Revoke {
        /// Which one.
        token: Uuid,
        /// Since when.
        time: Timestamp,
    },
}

/// An API token as it is kept: never the token itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Credential {
    /// The hash of the token.
    pub hash: [u8; 32],
    /// The token's subject id.
    pub token: Uuid,
    /// The role it acts in.
    pub role: String,
    /// Where it may act; the caller's JSON.
    pub scopes: serde_json::Value,
    /// The person it acts as, if one.
    pub person: Option<PersonId>,
    /// What it is called.
    pub name: String,
    /// When it was made.
    pub created: Timestamp,
    /// When it stops working.
    pub expires: Option<Timestamp>,
    /// When it was revoked.
    pub revoked: Option<Timestamp>,
}

/// What was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// Position, version and bytes of each event.
    pub events: Vec<(u64, u64, Bytes)>,
    /// The time recorded.
    pub time: Timestamp,
    /// The head after it.
    pub position: u64,
}

/// Why nothing was recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    /// A subject moved since the command was decided.
    #[error("{subject} is at version {actual}, not {expected}")]
    Conflict {
        /// Which subject.
        subject: Subject,
        /// The version it was decided at.
        expected: u64,
        /// The version it has.
        actual: u64,
    },
    /// The key was used with another body.
    #[error("this idempotency key was used for another request")]
    KeyUsed,
    /// The same key and body, or the same command: the first answer.
    #[error("this was answered before, at position {}", .0.position)]
    Known(Answer),
    /// The name has another owner.
    #[error("{name:?} is taken ({space})")]
    Taken {
        /// The space in which it is unique.
        space: &'static str,
        /// The name.
        name: String,
    },
    /// More than one append may hold.
    #[error("this is more than one append may hold")]
    TooLarge,
    /// The queue is full; try again later.
    #[error("too many commands are waiting for the log")]
    Busy,
    /// The log cannot be written now, or the outcome is not known: ask again with the same key.
    #[error("the log cannot be written now: {0}")]
    Unavailable(String),
    /// Writing stopped until the log was opened and verified again.
    #[error("the log is read-only: {0}")]
    ReadOnly(String),
}

/// A command that was refused, for auditors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// When.
    pub time: Timestamp,
    /// Who.
    pub actor: String,
    /// The command's name.
    pub command: String,
    /// What it was about.
    pub subject: Option<Subject>,
    /// The rule that forbade it.
    pub rule: String,
    /// The request it came with.
    pub correlation: Uuid,
}
