//! The read models in a SQLite file beside the log's: `koinon.db` has `koinon.views.db`.
//!
//! A file of its own, so that folding and rebuilding never make a command wait, and with synchronous=NORMAL, since a
//! power cut may take the last pages along with their checkpoint and nothing else: the log folds them again.

mod file;
mod rows;

use std::path::PathBuf;
use std::sync::{Arc, PoisonError};

use bytes::Bytes;
use koinon_events::ProgrammeId;
use koinon_projections::{ALL, Cursor, Memory, Shape, Wanted};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params_from_iter};
use uuid::Uuid;

use self::file::{AHEAD, BUILDING, CARRIED, CARRY, FOLLOWING, File, MOST_AHEAD};
use super::ViewError;
use super::epoch::end_of;
use super::fold::{Held, Progress};
use super::full_text;
use super::history;
use super::sql::{self, Dialect, Slot, Statement};
use super::tables::{Batch, Move, Rows, Skipped, id_of, model_of};

/// The tables. Cheap to clone.
#[derive(Clone)]
pub(super) struct SqliteTables {
    inner: Arc<File>,
}

impl SqliteTables {
    pub async fn open(log: &str) -> Result<Self, ViewError> {
        let path = PathBuf::from(log).with_extension("views.db");
        let opened = tokio::task::spawn_blocking(move || File::open(path));
        Ok(Self { inner: Arc::new(opened.await??) })
    }

    async fn read<R: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<R, ViewError> + Send + 'static,
    ) -> Result<R, ViewError> {
        let inner = Arc::clone(&self.inner);
        tokio::task::spawn_blocking(move || {
            let mut connection = inner.reader()?;
            let snapshot = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
            let result = work(&snapshot)?;
            drop(snapshot);
            inner.give_back(connection);
            Ok(result)
        })
        .await?
    }

    async fn write<R: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<Option<R>, ViewError> + Send + 'static,
    ) -> Result<Option<R>, ViewError> {
        let inner = Arc::clone(&self.inner);
        tokio::task::spawn_blocking(move || {
            let mut connection = inner.writer.lock().unwrap_or_else(PoisonError::into_inner);
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let result = work(&transaction)?;
            if result.is_none() {
                return Ok(None);
            }
            transaction.commit()?;
            let ahead = AHEAD.get();
            if ahead > MOST_AHEAD {
                connection.query_row(CARRY, [], |_| Ok(()))?;
            }
            drop(connection);
            if ahead > CARRIED {
                inner.carry();
            }
            Ok(result)
        })
        .await?
    }

    pub async fn prepare(&self) -> Result<(), ViewError> {
        self.write(|transaction| {
            transaction.execute_batch(&sql::bookkeeping(Dialect::Sqlite))?;
            for shape in ALL {
                transaction.execute_batch(&sql::create(Dialect::Sqlite, shape, Slot::Live))?;
                transaction.execute_batch(&history::create(Dialect::Sqlite, shape, Slot::Live))?;
                let serial = transaction.query_row(&sql::serial(shape), [], |row| row.get(0))?;
                make_indexes(transaction, shape, Slot::Live, serial)?;
                let kept = "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND name = ?1 AND tbl_name = ?2";
                let given = (format!("{}_come", full_text::words(shape)), sql::table(shape, Slot::Live));
                if transaction.query_row(kept, given, |row| row.get::<_, u64>(0))? == 0 {
                    transaction.execute_batch(&full_text::drop(shape))?;
                    transaction.execute_batch(&full_text::make(shape))?;
                }
                let sql = "INSERT INTO read_checkpoints (projection, version, slot, position) VALUES (?1, ?2, 'live', 0) ON CONFLICT DO NOTHING";
                transaction.execute(sql, (shape.name, shape.version))?;
            }
            Ok(Some(()))
        })
        .await
        .map(drop)
    }

    pub async fn drop_all(&self) -> Result<(), ViewError> {
        self.write(|transaction| {
            // Full-text indexes first: each takes tables of its own with it.
            for kind in ["sql LIKE 'CREATE VIRTUAL%'", "type = 'table'"] {
                let sql = format!("SELECT name FROM sqlite_schema WHERE {kind} AND name GLOB 'read_*'");
                let mut names = transaction.prepare(&sql)?;
                let names: Vec<String> = names.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
                names.iter().try_for_each(|name| transaction.execute_batch(&format!("DROP TABLE \"{name}\"")))?;
            }
            Ok(Some(()))
        })
        .await
        .map(drop)
    }

    pub async fn progress(&self, slot: Slot) -> Result<Vec<Progress>, ViewError> {
        self.read(move |snapshot| {
            let sql = "SELECT position, stopped, serial FROM read_checkpoints WHERE projection = ?1 AND version = ?2 AND slot = ?3";
            let mut statement = snapshot.prepare_cached(sql)?;
            let of = |row: &rusqlite::Row<'_>| {
                Ok(Progress { position: row.get(0)?, stopped: row.get(1)?, serial: row.get(2)? })
            };
            ALL.iter()
                .map(|shape| {
                    let found = statement.query_row((shape.name, shape.version, slot.word()), of).optional()?;
                    Ok(found.unwrap_or_default())
                })
                .collect()
        })
        .await
    }

    pub async fn held(&self, slot: Slot) -> Result<Vec<Held>, ViewError> {
        self.read(move |snapshot| {
            let sql = "SELECT projection, version, subject, position, reason FROM read_parked WHERE slot = ?1
                       ORDER BY position, projection, subject";
            let mut statement = snapshot.prepare_cached(sql)?;
            let mut rows = statement.query([slot.word()])?;
            let mut held = Vec::new();
            while let Some(row) = rows.next()? {
                let Some(model) = model_of(&row.get::<_, String>(0)?) else { continue };
                if ALL[model].version != row.get::<_, u32>(1)? {
                    continue;
                }
                let subject: String = row.get(2)?;
                let subject = subject.parse().map_err(|_| ViewError::Corrupt(format!("{subject:?} is no subject")))?;
                held.push(Held { model, subject, position: row.get(3)?, reason: row.get(4)? });
            }
            Ok(held)
        })
        .await
    }

    pub async fn skipped(&self) -> Result<Vec<Skipped>, ViewError> {
        self.read(|snapshot| {
            let mut statement =
                snapshot.prepare_cached("SELECT position, reason, at FROM read_skipped ORDER BY position")?;
            let rows = statement
                .query_map([], |row| Ok(Skipped { position: row.get(0)?, reason: row.get(1)?, at: row.get(2)? }))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }

    pub async fn skip(&self, skipped: Skipped) -> Result<(), ViewError> {
        self.write(move |transaction| {
            let sql = "INSERT INTO read_skipped VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
            transaction.execute(sql, (skipped.position, &skipped.reason, &skipped.at))?;
            Ok(Some(()))
        })
        .await
        .map(drop)
    }

    pub async fn seen(&self) -> Result<Option<(u64, String)>, ViewError> {
        self.read(|snapshot| {
            let sql = "SELECT position, record FROM read_log ORDER BY position DESC LIMIT 1";
            Ok(snapshot.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
        })
        .await
    }

    pub async fn load(
        &self,
        shape: &'static Shape,
        slot: Slot,
        ids: Vec<Uuid>,
    ) -> Result<Vec<(Uuid, Bytes)>, ViewError> {
        self.read(move |snapshot| {
            let ids = serde_json::to_string(&ids)?;
            pairs(snapshot, &sql::by_ids(Dialect::Sqlite, shape, slot), &[ids])
        })
        .await
    }

    pub async fn pairs(&self, asked: Statement) -> Result<Vec<(Uuid, Bytes)>, ViewError> {
        self.read(move |snapshot| pairs(snapshot, &asked.text, &asked.given)).await
    }

    pub async fn places(&self, asked: Statement) -> Result<Vec<(Cursor, Bytes)>, ViewError> {
        self.read(move |snapshot| {
            let mut statement = snapshot.prepare_cached(&asked.text)?;
            let mut found = statement.query(params_from_iter(&asked.given))?;
            let mut places = Vec::new();
            while let Some(row) = found.next()? {
                let cursor = Cursor { id: id_of(&row.get::<_, String>(0)?)?, sort: row.get(1)? };
                places.push((cursor, Bytes::from(row.get::<_, String>(2)?)));
            }
            Ok(places)
        })
        .await
    }

    pub async fn commit(&self, slot: Slot, batch: Arc<Batch>) -> Result<bool, ViewError> {
        let kept = self.write(move |transaction| {
            for moved in &batch.moves {
                if !advance(transaction, slot, moved, batch.claim)? {
                    return Ok(None);
                }
            }
            for (model, changes) in batch.changes.iter().enumerate().filter(|(_, changes)| !changes.is_empty()) {
                rows::write(transaction, &ALL[model], slot, changes, batch.is_first(model))?;
            }
            let sql = "INSERT INTO read_parked VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING";
            for held in &batch.held {
                let shape = &ALL[held.model];
                let subject = held.subject.to_string();
                let given = (shape.name, shape.version, slot.word(), subject, held.position, &held.reason);
                transaction.execute(sql, given)?;
            }
            if let Some((position, record)) = &batch.seen {
                transaction.execute("DELETE FROM read_log", [])?;
                transaction.execute("INSERT INTO read_log VALUES (?1, ?2)", (position, record))?;
            }
            Ok(Some(()))
        });
        Ok(kept.await?.is_some())
    }

    pub async fn row(&self, shape: &'static Shape, id: Uuid) -> Result<(u64, Option<Bytes>), ViewError> {
        self.read(move |snapshot| {
            let asked = sql::row(Dialect::Sqlite, shape, &id.to_string());
            let mut statement = snapshot.prepare_cached(&asked.text)?;
            let found = statement.query_row(params_from_iter(&asked.given), |row| {
                Ok((row.get(0)?, row.get::<_, Option<String>>(1)?.map(Bytes::from)))
            });
            Ok(found.optional()?.unwrap_or_default())
        })
        .await
    }

    pub async fn list(&self, shape: &'static Shape, wanted: Wanted) -> Result<Rows, ViewError> {
        self.rows(sql::list(Dialect::Sqlite, shape, &wanted)).await
    }

    pub async fn search(&self, shape: &'static Shape, tokens: Vec<String>, wanted: Wanted) -> Result<Rows, ViewError> {
        self.rows(full_text::search(Dialect::Sqlite, shape, &tokens, &wanted)).await
    }

    async fn rows(&self, asked: Statement) -> Result<Rows, ViewError> {
        self.read(move |snapshot| {
            let mut statement = snapshot.prepare_cached(&asked.text)?;
            let mut found = statement.query(params_from_iter(&asked.given))?;
            let mut rows = Rows::default();
            while let Some(row) = found.next()? {
                rows.position = row.get(0)?;
                let Some(id) = row.get::<_, Option<String>>(1)? else { continue };
                let cursor = Cursor { sort: row.get(2)?, id: id_of(&id)? };
                rows.items.push((cursor, Bytes::from(row.get::<_, String>(3)?)));
            }
            Ok(rows)
        })
        .await
    }

    pub async fn of_programme(&self, programme: ProgrammeId) -> Result<Memory, ViewError> {
        self.read(move |snapshot| {
            let mut memory = Memory::default();
            for (model, shape) in memory.tables.models_mut().zip(ALL) {
                let text = sql::by_programme(Dialect::Sqlite, shape);
                for (id, doc) in pairs(snapshot, &text, &[programme.to_string()])? {
                    model.load(id, Some(&doc))?;
                }
            }
            let sql = "SELECT coalesce(min(position), 0) FROM read_checkpoints WHERE slot = 'live' AND stopped IS NULL
                       AND (projection, version) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?1))";
            memory.pass(snapshot.query_row(sql, [current()], |row| row.get(0))?);
            Ok(memory)
        })
        .await
    }

    pub async fn begin(&self, shape: &'static Shape) -> Result<(), ViewError> {
        self.write(move |transaction| {
            forget(transaction, shape, Slot::Next)?;
            transaction.execute_batch(&sql::create(Dialect::Sqlite, shape, Slot::Next))?;
            transaction.execute_batch(&history::create(Dialect::Sqlite, shape, Slot::Next))?;
            let sql = "INSERT INTO read_checkpoints (projection, version, slot, position) VALUES (?1, ?2, 'next', 0)";
            transaction.execute(sql, (shape.name, shape.version))?;
            Ok(Some(()))
        })
        .await
        .map(drop)
    }

    pub async fn claim(&self, shape: &'static Shape, claim: u64) -> Result<bool, ViewError> {
        let claimed = self.write(move |transaction| {
            let sql = "UPDATE read_checkpoints SET serial = ?1 WHERE projection = ?2 AND version = ?3 AND slot = 'next'
                       RETURNING position";
            let claimed = transaction.query_row(sql, (claim, shape.name, shape.version), |row| row.get(0));
            let Some(position) = claimed.optional()? else { return Ok(None) };
            transaction.execute(&history::ahead(Dialect::Sqlite, shape, Slot::Next), [end_of(position)])?;
            Ok(Some(()))
        });
        Ok(claimed.await?.is_some())
    }

    pub async fn index(&self, shape: &'static Shape) -> Result<(), ViewError> {
        self.write(move |transaction| {
            let serial = next_serial(transaction, shape)?;
            make_indexes(transaction, shape, Slot::Next, serial).map(Some)
        })
        .await
        .map(drop)
    }

    pub async fn building(&self, building: bool) -> Result<(), ViewError> {
        let inner = Arc::clone(&self.inner);
        tokio::task::spawn_blocking(move || {
            let writer = inner.writer.lock().unwrap_or_else(PoisonError::into_inner);
            Ok(writer.execute_batch(if building { BUILDING } else { FOLLOWING })?)
        })
        .await?
    }

    pub async fn swap(&self, shape: &'static Shape, claim: u64) -> Result<bool, ViewError> {
        let kept = self.write(move |transaction| {
            let serial = next_serial(transaction, shape)?;
            if !mark(transaction, shape, claim, serial)? {
                return Ok(None);
            }
            make_indexes(transaction, shape, Slot::Next, serial)?;
            forget(transaction, shape, Slot::Old)?;
            transaction.execute_batch(&full_text::drop(shape))?;
            for (from, to) in [(Slot::Live, Slot::Old), (Slot::Next, Slot::Live)] {
                let (one, other) = (sql::table(shape, from), sql::table(shape, to));
                transaction.execute_batch(&sql::rename(&one, &other))?;
                for books in ["read_checkpoints", "read_parked"] {
                    let sql =
                        format!("UPDATE {books} SET slot = ?1 WHERE projection = ?2 AND version = ?3 AND slot = ?4");
                    transaction.execute(&sql, (to.word(), shape.name, shape.version, from.word()))?;
                }
            }
            transaction.execute_batch(&full_text::make(shape))?;
            Ok(Some(()))
        });
        Ok(kept.await?.is_some())
    }

    pub async fn back(&self, shape: &'static Shape) -> Result<bool, ViewError> {
        let kept = self.write(move |transaction| {
            if !transaction.table_exists(None, sql::table(shape, Slot::Old).as_str())? {
                return Ok(None);
            }
            transaction.execute_batch(&full_text::drop(shape))?;
            for (one, other, from, to) in sql::exchange(shape) {
                transaction.execute_batch(&sql::rename(&one, &other))?;
                for books in ["read_checkpoints", "read_parked"] {
                    let sql =
                        format!("UPDATE {books} SET slot = ?1 WHERE projection = ?2 AND version = ?3 AND slot = ?4");
                    transaction.execute(&sql, (to, shape.name, shape.version, from))?;
                }
            }
            transaction.execute_batch(&full_text::make(shape))?;
            Ok(Some(()))
        });
        Ok(kept.await?.is_some())
    }

    pub async fn abandon(&self, shape: &'static Shape, claim: u64) -> Result<bool, ViewError> {
        let kept = self.write(move |transaction| {
            if !mark(transaction, shape, claim, claim)? {
                return Ok(None);
            }
            forget(transaction, shape, Slot::Next).map(Some)
        });
        Ok(kept.await?.is_some())
    }

    pub async fn scan(
        &self,
        shape: &'static Shape,
        slot: Slot,
        after: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<(Uuid, Bytes)>, ViewError> {
        self.read(move |snapshot| {
            let table = sql::table(shape, slot);
            let text = format!("SELECT id, doc FROM {table} WHERE id > ?1 ORDER BY id LIMIT {limit}");
            pairs(snapshot, &text, &[after.map_or_else(String::new, |id| id.to_string())])
        })
        .await
    }
}

/// The read models this program knows, as JSON pairs of name and version.
fn current() -> String {
    let pairs: Vec<(&str, u32)> = ALL.iter().map(|shape| (shape.name, shape.version)).collect();
    serde_json::to_string(&pairs).unwrap_or_default()
}

fn pairs(snapshot: &Transaction<'_>, text: &str, given: &[String]) -> Result<Vec<(Uuid, Bytes)>, ViewError> {
    let mut statement = snapshot.prepare_cached(text)?;
    let mut rows = statement.query(params_from_iter(given))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((
            id_of(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?,
            Bytes::from(row.get::<_, String>(1)?),
        ));
    }
    Ok(found)
}

fn advance(transaction: &Transaction<'_>, slot: Slot, moved: &Move, claim: Option<u64>) -> Result<bool, ViewError> {
    let shape = &ALL[moved.model];
    let sql = "UPDATE read_checkpoints SET position = ?1, stopped = ?2
               WHERE projection = ?3 AND version = ?4 AND slot = ?5 AND position = ?6 AND stopped IS NULL
                 AND (?7 IS NULL OR serial = ?7)";
    let given = (moved.to, &moved.stopped, shape.name, shape.version, slot.word(), moved.from, claim);
    Ok(transaction.prepare_cached(sql)?.execute(given)? == 1)
}

/// Replaces the mark that the table beside the live one must bear; whether it did.
fn mark(transaction: &Transaction<'_>, shape: &Shape, claim: u64, serial: u64) -> Result<bool, ViewError> {
    let sql = "UPDATE read_checkpoints SET serial = ?1
               WHERE projection = ?2 AND version = ?3 AND slot = 'next' AND serial = ?4";
    Ok(transaction.execute(sql, (serial, shape.name, shape.version, claim))? == 1)
}

fn next_serial(transaction: &Transaction<'_>, shape: &Shape) -> Result<u64, ViewError> {
    Ok(transaction.query_row(&sql::next_serial(shape), [], |row| row.get(0))?)
}

fn make_indexes(transaction: &Transaction<'_>, shape: &Shape, slot: Slot, serial: u64) -> Result<(), ViewError> {
    let indexes = sql::indexes(shape, slot, serial).into_iter().chain(history::indexes(shape, slot, serial));
    Ok(transaction.execute_batch(&indexes.map(|index| index.make()).collect::<String>())?)
}

fn forget(transaction: &Transaction<'_>, shape: &Shape, slot: Slot) -> Result<(), ViewError> {
    let (table, past) = (sql::table(shape, slot), history::past(shape, slot));
    transaction.execute_batch(&format!("DROP TABLE IF EXISTS {table}; DROP TABLE IF EXISTS {past}"))?;
    for books in ["read_checkpoints", "read_parked"] {
        let sql = format!("DELETE FROM {books} WHERE projection = ?1 AND version = ?2 AND slot = ?3");
        transaction.execute(&sql, (shape.name, shape.version, slot.word()))?;
    }
    Ok(())
}
