//! The log as a contract: an append-only, gapless, hashed sequence of records, and the few tables that move with it.
//!
//! It knows envelopes, never what an event means. It promises: an acknowledged append is durable and appears once;
//! positions are 1, 2, 3 … and versions dense within a subject; time never goes back; the bytes recorded are the
//! bytes read; the tree's frontier moves in the same transaction; a refused append leaves nothing and touches no
//! neighbour. It refuses to change what is recorded, to open a newer schema, and to go on writing after an I/O error.

mod accounts;
mod addresses;
mod append;
mod batch;
mod filter;
mod identities;
mod mails;
mod outbox;
mod page;
pub mod postgres;

mod queue;
mod receipts;
mod rotation;
pub mod sqlite;
mod statement;
mod tiles;
mod visit_links;

use bytes::Bytes;
use koinon_events::value::Timestamp;
use koinon_events::{PersonId, Subject};
use tokio::sync::watch;

use crate::tree::Hash;

pub use accounts::{Account, SecurityEntry, SessionRow};
pub use addresses::Address;
pub use append::*;
pub use filter::Filter;
pub use identities::Identity;
pub use mails::{Due, MailRow};
pub use outbox::{Delivery, Outcome};
pub use postgres::PostgresStore;
pub use receipts::{Destroyed, Receipt};

pub use sqlite::SqliteStore;
pub use tiles::TILE;

/// How long refusals are kept, in microseconds: thirty days.
const REFUSALS_KEPT: i64 = 30 * 86_400_000_000;

/// The log, in whichever engine keeps it. Cheap to clone.
#[derive(Clone)]
pub enum Store {
    /// One file beside the program.
    Sqlite(SqliteStore),
    /// A PostgreSQL database, shared by any number of nodes.
    Postgres(PostgresStore),
}

/// How a store is opened.
#[derive(Debug, Clone)]
pub struct Options {
    /// Appends that may wait; one more is answered [`AppendError::Busy`].
    pub queue: usize,
    /// Connections that read.
    pub readers: usize,
    /// Whether a database that is not there yet is made.
    pub create: bool,
    /// Whether a log whose head and last record are not of one piece is refused. Who looks for what is wrong with a log
    /// opens it all the same.
    pub sound: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { queue: 1024, readers: 4, create: true, sound: true }
    }
}

/// Where the log stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The last position; 0 when the log is empty.
    pub position: u64,
    /// The time of the last record; 1970 when the log is empty.
    pub time: Timestamp,
    /// The root of the tree over all records.
    pub root: Hash,
}

/// A record as it lies in the log. Its bytes share the memory of the page it was read with: copy what is kept long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its place in the log.
    pub position: u64,
    /// The exact bytes recorded.
    pub bytes: Bytes,
}

/// Why the store cannot be opened or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The address names no engine we have.
    #[error("{0:?} is not a database address such as sqlite:koinon.db or postgres://…")]
    Address(String),
    /// The database cannot be reached or read now.
    #[error("the log cannot be reached: {0}")]
    Unavailable(String),
    /// The database refused a statement: a rule or a value of it.
    #[error("the database refused: {0}")]
    Refused(String),
    /// What is kept does not fit together.
    #[error("the log is damaged: {0}")]
    Corrupt(String),
    /// A newer program has written this database.
    #[error("the database has schema {found}; this program knows {known}")]
    Newer {
        /// The schema found.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// The database holds something else.
    #[error("the database holds something that is not a Koinon log")]
    Foreign,
}

macro_rules! engine {
    ($store:expr, $engine:ident => $call:expr) => {
        match $store {
            Store::Sqlite($engine) => $call,
            Store::Postgres($engine) => $call,
        }
    };
}

impl Store {
    /// Opens the log, making or migrating its schema; repeating it changes nothing.
    ///
    /// # Errors
    /// [`StoreError`] when the address is unknown, the database cannot be reached, is newer, foreign or damaged.
    pub async fn open(url: &str, options: &Options) -> Result<Self, StoreError> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            return SqliteStore::open(path, options).await.map(Self::Sqlite);
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return PostgresStore::open(url, options).await.map(Self::Postgres);
        }
        Err(StoreError::Address(url.split('@').next_back().unwrap_or_default().to_owned()))
    }

    /// Records an append, together with whatever else is waiting.
    ///
    /// # Errors
    /// [`AppendError`]; nothing is recorded then, but that [`AppendError::Unavailable`] may mean an unknown outcome.
    pub async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        engine!(self, engine => engine.append(append).await)
    }

    /// Whether the log can be written: an append of nothing, through the writer and its lock.
    ///
    /// # Errors
    /// [`AppendError`] when it cannot.
    pub async fn writable(&self) -> Result<(), AppendError> {
        self.append(Append::probe()).await.map(drop)
    }

    /// Keeps a refusal for auditors, when the writer is idle; dropped with a warning when too many wait.
    pub fn refuse(&self, refusal: Refusal) {
        engine!(self, engine => engine.refuse(refusal));
    }

    /// Refusals below that number, newest first, each with its number.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn latest_refusals(&self, below: u64, limit: usize) -> Result<Vec<(u64, Refusal)>, StoreError> {
        engine!(self, engine => engine.latest_refusals(below, limit).await)
    }

    /// Refusals after that number, oldest first, each with its number.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn refusals(&self, after: u64, limit: usize) -> Result<Vec<(u64, Refusal)>, StoreError> {
        engine!(self, engine => engine.refusals(after, limit).await)
    }

    /// Where the log stands.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn head(&self) -> Result<Head, StoreError> {
        engine!(self, engine => engine.head().await)
    }

    /// A page of the log in order: positions above `after`, up to `until`.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn records(&self, after: u64, until: Option<u64>, limit: usize) -> Result<Vec<Stored>, StoreError> {
        // Positions have no gap, so a page is a range.
        let until = until.unwrap_or(u64::MAX).min(after.saturating_add(limit as u64));
        engine!(self, engine => engine.records(after, until).await)
    }

    /// Records that the filter lets through, in order, above `after`.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn select(&self, filter: &Filter, after: u64, limit: usize) -> Result<Vec<Stored>, StoreError> {
        engine!(self, engine => engine.select(filter, after, limit).await)
    }

    /// A number that is another one as soon as anybody has committed anything; `None` where that costs as much as looking.
    pub fn changes(&self) -> Option<i64> {
        match self {
            Self::Sqlite(store) => store.changes(),
            Self::Postgres(_) => None,
        }
    }

    /// One record's exact bytes.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn record(&self, position: u64) -> Result<Option<Bytes>, StoreError> {
        let Some(after) = position.checked_sub(1) else { return Ok(None) };
        Ok(self.records(after, Some(position), 1).await?.pop().map(|stored| stored.bytes))
    }

    /// A subject's records by version.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn subject(&self, subject: Subject) -> Result<Vec<Stored>, StoreError> {
        self.subjects(&[subject]).await
    }

    /// The records of several subjects at once, by position.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn subjects(&self, subjects: &[Subject]) -> Result<Vec<Stored>, StoreError> {
        engine!(self, engine => engine.subjects(subjects).await)
    }

    /// The version each subject has, in the order asked; 0 where there is none.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn versions(&self, subjects: &[Subject]) -> Result<Vec<u64>, StoreError> {
        engine!(self, engine => engine.versions(subjects).await)
    }

    /// The last position recorded at or before that moment; 0 when there is none.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn position_at(&self, time: Timestamp) -> Result<u64, StoreError> {
        engine!(self, engine => engine.position_at(time).await)
    }

    /// Hashes of neighbouring tree nodes at a tile level: 0 are leaves, n + 1 the roots of full tiles of level n.
    /// Fewer than asked when the log does not reach that far.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn hashes(&self, level: u8, from: u64, count: usize) -> Result<Vec<Hash>, StoreError> {
        engine!(self, engine => engine.hashes(level, from, count).await)
    }

    /// Leaf hashes by index (position − 1).
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn leaves(&self, from: u64, count: usize) -> Result<Vec<Hash>, StoreError> {
        self.hashes(0, from, count).await
    }

    /// The head's position as it moves, by this process or another.
    pub fn watch(&self) -> watch::Receiver<u64> {
        engine!(self, engine => engine.watch())
    }

    /// The answer kept for an idempotency key.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn answer(&self, scope: &str, key: &str) -> Result<Option<Answer>, StoreError> {
        engine!(self, engine => engine.answer(scope, key).await)
    }

    /// Who holds a claimed name.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn claim(&self, space: &str, name: &str) -> Result<Option<Subject>, StoreError> {
        engine!(self, engine => engine.claim(space, name).await)
    }

    /// The API token with that hash, revoked and expired ones too.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn credential(&self, hash: [u8; 32]) -> Result<Option<Credential>, StoreError> {
        engine!(self, engine => engine.credential(hash).await)
    }

    /// A person's wrapped data key.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn vault_key(&self, person: PersonId) -> Result<Option<VaultKey>, StoreError> {
        engine!(self, engine => engine.vault_key(person).await)
    }

    /// The vault's entries for these commitments, each with its person's key; those not held are missing.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn vault_entries(&self, commitments: &[String]) -> Result<Vec<VaultEntry>, StoreError> {
        engine!(self, engine => engine.vault_entries(commitments).await)
    }

    /// Stops taking appends, finishes those that wait, and closes the connections.
    pub async fn close(self) {
        engine!(self, engine => engine.close().await);
    }
}
