//! Why a request was not answered: the union of the layers' errors, and nothing more. `web/failure.rs` and the command
//! line turn each into its status and words.

use koinon_events::Subject;

use crate::domain::{Finding, Rejection, Rule};
use crate::store::{AppendError, StoreError};
use crate::views::ViewError;

/// Why a request was not answered.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Failure {
    /// No command has this name.
    #[error("There is no command {0}.")]
    UnknownCommand(String),
    /// The body cannot be read at all.
    #[error("{0}")]
    Malformed(String),
    /// Fields do not fit.
    #[error("{} field(s) do not fit", .0.len())]
    Unfit(Vec<Finding>),
    /// There is no such subject, or the caller may not see it.
    #[error("There is nothing here, or nothing that you may see.")]
    Absent,
    /// The caller may not do this; the sentence says why and whom to ask.
    #[error("{0}")]
    Denied(String),
    /// A rule forbids it as things stand.
    #[error("{}", .0.sentence)]
    Rule(Rule),
    /// The subject is not at the version the caller named.
    #[error("The {} is at version {actual}, not {expected}: it was changed meanwhile. Look at it again.", subject.kind.word())]
    VersionLost {
        /// Which subject.
        subject: Subject,
        /// The version named.
        expected: u64,
        /// The version it has.
        actual: u64,
    },
    /// The subject kept changing while the command was decided.
    #[error("The {} kept changing while this was decided. Try again.", subject.kind.word())]
    Contended {
        /// Which subject.
        subject: Subject,
    },
    /// The idempotency key was used with another body.
    #[error("This Idempotency-Key was used with another request. Use a new key.")]
    KeyReused,
    /// The event would be larger than the log takes.
    #[error("This is more text than one event can hold (65 535 bytes).")]
    TooLarge,
    /// Too many commands wait; try again.
    #[error("Too many commands are waiting. Try again in a moment.")]
    Busy,
    /// The log is only read, because it is not the one that was signed; the sentence says why.
    #[error("{0}")]
    ReadOnly(String),
    /// The log cannot be written or read now.
    #[error("the log cannot be reached now: {0}")]
    Unavailable(String),
    /// The read models have not reached the position asked for.
    #[error("The read models have not reached position {0} yet.")]
    NotYet(u64),
    /// The position asked for is above the head.
    #[error("The log has {head} events; there is no position {asked} yet.")]
    AboveHead {
        /// What was asked for.
        asked: u64,
        /// The head.
        head: u64,
    },
    /// Something that should not be.
    #[error("internal: {0}")]
    Internal(String),
}

impl From<Rejection> for Failure {
    fn from(rejection: Rejection) -> Self {
        match rejection {
            Rejection::Unfit(findings) => Self::Unfit(findings),
            Rejection::Absent => Self::Absent,
            Rejection::Rule(rule) => Self::Rule(rule),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl From<ViewError> for Failure {
    fn from(error: ViewError) -> Self {
        match error {
            ViewError::Collection(_) => Self::Absent,
            ViewError::Filter { ref name, .. } => {
                let pointer = format!("/{name}");
                Self::Unfit(vec![Finding::new(pointer, error.to_string())])
            }
            ViewError::Cursor => Self::Unfit(vec![Finding::new("/cursor", error.to_string())]),
            ViewError::SearchInThePast => Self::Unfit(vec![Finding::new("/q", error.to_string())]),
            ViewError::Ahead { asked, head } => Self::AboveHead { asked, head },
            ViewError::Behind { wanted, .. } => Self::NotYet(wanted),
            ViewError::Store(error) => error.into(),
            ViewError::TakenOver => Self::Unavailable(error.to_string()),
            ViewError::Unavailable(cause) => Self::Unavailable(cause),
            ViewError::Corrupt(_) => Self::Internal(error.to_string()),
        }
    }
}

impl From<AppendError> for Failure {
    fn from(error: AppendError) -> Self {
        match error {
            AppendError::Conflict { subject, expected, actual } => Self::VersionLost { subject, expected, actual },
            AppendError::KeyUsed => Self::KeyReused,
            AppendError::Known(_) => Self::Internal("a known answer reached the rim".to_owned()),
            AppendError::Taken { space, name } => Self::Rule(Rule {
                code: taken(space),
                sentence: format!("{name} is taken already ({}). Choose another.", space.replace('-', " ")),
            }),
            AppendError::TooLarge => Self::TooLarge,
            AppendError::Busy => Self::Busy,
            AppendError::Unavailable(cause) | AppendError::ReadOnly(cause) => Self::Unavailable(cause),
        }
    }
}

/// The problem code of a name that has another owner.
fn taken(space: &str) -> &'static str {
    match space {
        "programme-code" => "programme-code-taken",
        "report" => "report-taken",
        _ => "name-taken",
    }
}
