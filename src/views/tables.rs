//! Where rows, checkpoints and parked subjects are kept: the engine's own tables, beside the log and never in it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use bytes::Bytes;
use koinon_events::ProgrammeId;
use koinon_projections::{ALL, Change, Cursor, Memory, Shape, Wanted};
use uuid::Uuid;

use super::ViewError;
use super::fold::{Held, Progress};
use super::history::Then;
use super::postgres::PostgresTables;
use super::sql::{Dialect, Slot, Statement};
use super::sqlite::SqliteTables;
use crate::store::Store;

/// The read models' tables, in whichever engine keeps them. Cheap to clone.
#[derive(Clone)]
pub(super) enum Tables {
    Sqlite(SqliteTables),
    Postgres(PostgresTables),
}

/// How far one read model moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Move {
    /// The read model, by its place in [`ALL`].
    pub model: usize,
    pub from: u64,
    pub to: u64,
    pub stopped: Option<String>,
}

/// Everything one page changes: kept as a whole or not at all.
#[derive(Debug, Clone, Default)]
pub(super) struct Batch {
    pub moves: Vec<Move>,
    /// What changed, for each read model of [`ALL`] in its place.
    pub changes: Vec<Changes>,
    pub held: Vec<Held>,
    /// The last record read: its position and the hash of its bytes, by which the log is known again.
    pub seen: Option<(u64, String)>,
    /// The mark that the tables must bear.
    pub claim: Option<u64>,
}

impl Batch {
    /// Whether it is a read model's first page: nothing is stored of it yet.
    pub fn is_first(&self, model: usize) -> bool {
        self.moves.iter().any(|moved| moved.model == model && moved.from == 0)
    }

    /// How a row will stand when this has been written, if it is among the changed rows, which lie in order.
    pub fn row(&self, model: usize, id: Uuid) -> Option<Bytes> {
        let now = &self.changes.get(model)?.now;
        let at = now.binary_search_by_key(&id, |now| now.row.id).ok()?;
        Some(Bytes::copy_from_slice(&now[at].row.doc))
    }

    /// The rows that change: a read model's place and an id.
    pub fn changed(&self) -> impl Iterator<Item = (usize, Uuid)> {
        let of =
            |(model, changes): (usize, &Changes)| changes.now.iter().map(|now| (model, now.row.id)).collect::<Vec<_>>();
        self.changes.iter().enumerate().flat_map(of)
    }
}

/// What one read model changed.
#[derive(Debug, Clone, Default)]
pub(super) struct Changes {
    /// Each row as it is now.
    pub now: Vec<Now>,
    /// What rows were in between, for each epoch after which they changed again.
    pub past: Vec<Was>,
}

/// A row that changed.
#[derive(Debug, Clone)]
pub(super) struct Now {
    pub row: Change,
    /// The words a search finds it by: what a row was is not searched, so that only these are made.
    pub words: String,
    /// The end of the epoch in which it first changed: until then it was as it is stored.
    pub first: u64,
    /// The end of the epoch in which it last changed.
    pub since: u64,
}

/// What a row was for a while.
#[derive(Debug, Clone)]
pub(super) struct Was {
    pub row: Change,
    pub since: u64,
    pub until: u64,
}

impl Changes {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.now.is_empty() && self.past.is_empty()
    }

    /// Adds what changed in the epoch that ends there.
    pub fn add(&mut self, places: &mut HashMap<Uuid, usize>, rows: Vec<Change>, since: u64) {
        for row in rows {
            match places.entry(row.id) {
                Entry::Vacant(place) => {
                    place.insert(self.now.len());
                    self.now.push(Now { row, words: String::new(), first: since, since });
                }
                Entry::Occupied(place) => {
                    let now = &mut self.now[*place.get()];
                    let (row, earlier) = (std::mem::replace(&mut now.row, row), now.since);
                    now.since = since;
                    self.past.push(Was { row, since: earlier, until: since });
                }
            }
        }
    }
}

/// A record that somebody decided to pass over, since no read model can fold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Which record.
    pub position: u64,
    /// Why.
    pub reason: String,
    /// When that was decided.
    pub at: String,
}

/// A page of stored rows.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub position: u64,
    pub items: Vec<(Cursor, Bytes)>,
}

macro_rules! engine {
    ($tables:expr, $engine:ident => $call:expr) => {
        match $tables {
            Tables::Sqlite($engine) => $call,
            Tables::Postgres($engine) => $call,
        }
    };
}

impl Tables {
    /// Opens the tables of that log, making those that are missing.
    pub async fn open(store: &Store) -> Result<Self, ViewError> {
        let tables = match store {
            Store::Sqlite(store) => Self::Sqlite(SqliteTables::open(store.path()).await?),
            Store::Postgres(store) => Self::Postgres(PostgresTables::new(store.pool().clone())),
        };
        tables.prepare().await?;
        Ok(tables)
    }

    /// Makes what is missing.
    pub async fn prepare(&self) -> Result<(), ViewError> {
        engine!(self, engine => engine.prepare().await)
    }

    /// Drops every table of every version: the read models are disposable.
    pub async fn drop_all(&self) -> Result<(), ViewError> {
        engine!(self, engine => engine.drop_all().await)
    }

    /// How far each read model of [`ALL`] is.
    pub async fn progress(&self, slot: Slot) -> Result<Vec<Progress>, ViewError> {
        engine!(self, engine => engine.progress(slot).await)
    }

    /// Subjects held back.
    pub async fn held(&self, slot: Slot) -> Result<Vec<Held>, ViewError> {
        engine!(self, engine => engine.held(slot).await)
    }

    /// Records that somebody decided to pass over.
    pub async fn skipped(&self) -> Result<Vec<Skipped>, ViewError> {
        engine!(self, engine => engine.skipped().await)
    }

    /// Notes that a record is passed over.
    pub async fn skip(&self, skipped: Skipped) -> Result<(), ViewError> {
        engine!(self, engine => engine.skip(skipped).await)
    }

    /// The last record read, as [`Batch::seen`] gave it.
    pub async fn seen(&self) -> Result<Option<(u64, String)>, ViewError> {
        engine!(self, engine => engine.seen().await)
    }

    /// Stored rows by id.
    pub async fn load(
        &self,
        shape: &'static Shape,
        slot: Slot,
        ids: Vec<Uuid>,
    ) -> Result<Vec<(Uuid, Bytes)>, ViewError> {
        engine!(self, engine => engine.load(shape, slot, ids).await)
    }

    /// Keeps a page, when every read model still is where the page began and bears its mark; `false` when another node was
    /// faster.
    pub async fn commit(&self, slot: Slot, batch: Arc<Batch>) -> Result<bool, ViewError> {
        engine!(self, engine => engine.commit(slot, batch).await)
    }

    /// One row and the position it stands for.
    pub async fn row(&self, shape: &'static Shape, id: Uuid) -> Result<(u64, Option<Bytes>), ViewError> {
        engine!(self, engine => engine.row(shape, id).await)
    }

    /// A page of a list.
    pub async fn list(&self, shape: &'static Shape, wanted: Wanted) -> Result<Rows, ViewError> {
        engine!(self, engine => engine.list(shape, wanted).await)
    }

    /// Rows that carry the words, best first; at most so many.
    pub async fn search(&self, shape: &'static Shape, tokens: Vec<String>, wanted: Wanted) -> Result<Rows, ViewError> {
        engine!(self, engine => engine.search(shape, tokens, wanted).await)
    }

    /// Rows by id, as they stood at the end of an epoch.
    pub async fn load_then(
        &self,
        shape: &'static Shape,
        ids: Vec<Uuid>,
        at: u64,
    ) -> Result<Vec<(Uuid, Bytes)>, ViewError> {
        let ids: Vec<String> = ids.iter().map(Uuid::to_string).collect();
        self.pairs(self.then(shape, at).by_ids(&ids)).await
    }

    /// The rows of a programme, as they stood at the end of an epoch.
    pub async fn of_programme_then(
        &self,
        shape: &'static Shape,
        programme: ProgrammeId,
        at: u64,
    ) -> Result<Vec<(Uuid, Bytes)>, ViewError> {
        self.pairs(self.then(shape, at).by_programme(&programme.to_string())).await
    }

    /// A page of a list as it stood at the end of an epoch, but for some rows; one row more than asked if there is one.
    /// `early` says that few of the rows kept had begun by then.
    pub async fn list_then(
        &self,
        shape: &'static Shape,
        wanted: &Wanted,
        without: &[Uuid],
        at: u64,
        early: bool,
    ) -> Result<Vec<(Cursor, Bytes)>, ViewError> {
        let without: Vec<String> = without.iter().map(Uuid::to_string).collect();
        let asked = Then { early, ..self.then(shape, at) }.list(wanted, &without);
        engine!(self, engine => engine.places(asked).await)
    }

    fn then<'a>(&self, shape: &'a Shape, at: u64) -> Then<'a> {
        let dialect = match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        };
        Then { dialect, shape, at, early: false }
    }

    async fn pairs(&self, asked: Statement) -> Result<Vec<(Uuid, Bytes)>, ViewError> {
        engine!(self, engine => engine.pairs(asked).await)
    }

    /// Every row of a programme in every read model, as of one position.
    pub async fn of_programme(&self, programme: ProgrammeId) -> Result<Memory, ViewError> {
        engine!(self, engine => engine.of_programme(programme).await)
    }

    /// Makes an empty table beside the live one, with its checkpoint at 0.
    pub async fn begin(&self, shape: &'static Shape) -> Result<(), ViewError> {
        engine!(self, engine => engine.begin(shape).await)
    }

    /// Marks the table beside the live one as of one rebuild, and drops what another wrote ahead of its checkpoint; `false`
    /// when that other one has just ended, so that there is no such table.
    pub async fn claim(&self, shape: &'static Shape, claim: u64) -> Result<bool, ViewError> {
        engine!(self, engine => engine.claim(shape, claim).await)
    }

    /// Makes the indexes of the table beside the live one, so that the switch need not.
    pub async fn index(&self, shape: &'static Shape) -> Result<(), ViewError> {
        engine!(self, engine => engine.index(shape).await)
    }

    /// All is built anew from here on, or no longer.
    pub async fn building(&self, building: bool) -> Result<(), ViewError> {
        match self {
            Self::Sqlite(engine) => engine.building(building).await,
            Self::Postgres(_) => Ok(()),
        }
    }

    /// Makes the table beside the live one the live one, and keeps that one as the old; `false` when it bears another's
    /// mark.
    pub async fn swap(&self, shape: &'static Shape, claim: u64) -> Result<bool, ViewError> {
        engine!(self, engine => engine.swap(shape, claim).await)
    }

    /// Puts the table before the last swap back in the live one's place, and that one in its; `false` when none is kept.
    pub async fn back(&self, shape: &'static Shape) -> Result<bool, ViewError> {
        engine!(self, engine => engine.back(shape).await)
    }

    /// Drops the table beside the live one; `false` when it bears another's mark.
    pub async fn abandon(&self, shape: &'static Shape, claim: u64) -> Result<bool, ViewError> {
        engine!(self, engine => engine.abandon(shape, claim).await)
    }

    /// Up to `limit` rows in the order of their ids, after that id.
    pub async fn scan(
        &self,
        shape: &'static Shape,
        slot: Slot,
        after: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<(Uuid, Bytes)>, ViewError> {
        engine!(self, engine => engine.scan(shape, slot, after, limit).await)
    }
}

/// A stored id.
pub(super) fn id_of(text: &str) -> Result<Uuid, ViewError> {
    Uuid::try_parse(text).map_err(|_| ViewError::Corrupt(format!("{text:?} is no id")))
}

/// The read model of that name, by its place in [`ALL`].
pub(super) fn model_of(name: &str) -> Option<usize> {
    ALL.iter().position(|shape| shape.name == name)
}
