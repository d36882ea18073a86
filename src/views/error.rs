//! Why a read cannot be answered.

use crate::store::StoreError;

/// Why the read models cannot answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ViewError {
    /// There is no such collection.
    #[error("there is no collection called {0:?}")]
    Collection(String),
    /// The list cannot be asked about that.
    #[error("is no filter of this list; its filters are {}", known.join(", "))]
    Filter {
        /// The parameter.
        name: String,
        /// The parameters it knows.
        known: Vec<&'static str>,
    },
    /// The cursor is not one that a page of this list gave.
    #[error("does not lead to a page of this list")]
    Cursor,
    /// The moment lies beyond the end of the log.
    #[error("position {asked} is not in the log yet; it ends at {head}")]
    Ahead {
        /// The position asked for.
        asked: u64,
        /// The end of the log.
        head: u64,
    },
    /// The read models have not come that far in time.
    #[error("the read models are at position {applied}; {wanted} was waited for")]
    Behind {
        /// The position waited for.
        wanted: u64,
        /// How far they are.
        applied: u64,
    },
    /// Another rebuild began and took over the tables beside the live ones.
    #[error("another rebuild has begun and taken this one over; wait until it has ended")]
    TakenOver,
    /// Words can be searched for in the present only.
    #[error("words can be searched for in the present only, not as of an earlier moment")]
    SearchInThePast,
    /// The log or the database cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The read models' own database cannot be used now.
    #[error("the read models cannot be reached: {0}")]
    Unavailable(String),
    /// What is stored is not what was written.
    #[error("the read models are damaged: {0}; rebuild them")]
    Corrupt(String),
}

impl From<rusqlite::Error> for ViewError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl From<sqlx::Error> for ViewError {
    fn from(error: sqlx::Error) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl From<serde_json::Error> for ViewError {
    fn from(error: serde_json::Error) -> Self {
        Self::Corrupt(error.to_string())
    }
}

impl From<tokio::task::JoinError> for ViewError {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::Unavailable(error.to_string())
    }
}
