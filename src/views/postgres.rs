//! The read models in PostgreSQL, beside the log in the same database, shared by any number of nodes.

mod rows;

use std::sync::Arc;

use bytes::Bytes;
use koinon_events::ProgrammeId;
use koinon_projections::{ALL, Cursor, Memory, Shape, Wanted};
use sqlx::postgres::{PgPool, PgRow};
use sqlx::{AssertSqlSafe, Executor, Postgres, Row, Transaction};
use uuid::Uuid;

use super::ViewError;
use super::analyst;
use super::epoch::end_of;
use super::fold::{Held, Progress};
use super::full_text;
use super::history;
use super::sql::{self, Dialect, Index, Slot, Statement};
use super::tables::{Batch, Move, Rows, Skipped, id_of, model_of};

/// Keeps nodes from making the same tables at once.
const LOCK: &str = "SELECT pg_advisory_xact_lock(7740561860)";

/// The tables. Cheap to clone.
#[derive(Clone)]
pub(super) struct PostgresTables {
    pool: PgPool,
}

type Given<'q> = sqlx::query::Query<'q, Postgres, sqlx::postgres::PgArguments>;

fn query(statement: &Statement) -> Given<'_> {
    let mut query = sqlx::query(AssertSqlSafe(statement.text.clone()));
    for given in &statement.given {
        query = query.bind(given.as_str());
    }
    query
}

fn text(text: &str) -> AssertSqlSafe<String> {
    AssertSqlSafe(text.to_owned())
}

fn position(row: &PgRow, column: usize) -> Result<u64, ViewError> {
    Ok(row.try_get::<i64, _>(column)?.cast_unsigned())
}

fn pair(row: &PgRow) -> Result<(Uuid, Bytes), ViewError> {
    Ok((id_of(row.try_get(0)?)?, Bytes::from(row.try_get::<String, _>(1)?)))
}

impl PostgresTables {
    pub fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    pub async fn prepare(&self) -> Result<(), ViewError> {
        let mut transaction = self.pool.begin().await?;
        transaction.execute(LOCK).await?;
        transaction.execute(text(&sql::bookkeeping(Dialect::Postgres))).await?;
        let mut missing = Vec::new();
        for shape in ALL {
            if !is_whole(&mut transaction, shape).await? {
                missing.push(shape);
            }
        }
        hold(&mut transaction, &missing).await?;
        for shape in missing {
            transaction.execute(text(&sql::create(Dialect::Postgres, shape, Slot::Live))).await?;
            transaction.execute(text(&history::create(Dialect::Postgres, shape, Slot::Live))).await?;
            let serial = serial(&mut transaction, shape).await?;
            make_indexes(&mut transaction, shape, Slot::Live, serial).await?;
            let sql = "INSERT INTO read_checkpoints (projection, version, slot, position) VALUES ($1, $2, 'live', 0) ON CONFLICT DO NOTHING";
            sqlx::query(sql).bind(shape.name).bind(i64::from(shape.version)).execute(&mut *transaction).await?;
        }
        for table in ALL.iter().flat_map(|shape| tables(shape, Slot::Live)).chain(["read_checkpoints".to_owned()]) {
            transaction.execute(text(&analyst::may_read(&table))).await?;
        }
        Ok(transaction.commit().await?)
    }

    pub async fn drop_all(&self) -> Result<(), ViewError> {
        let mut transaction = self.pool.begin().await?;
        transaction.execute(LOCK).await?;
        let sql = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema() AND tablename LIKE 'read\\_%'";
        for row in transaction.fetch_all(sql).await? {
            let name: String = row.try_get(0)?;
            transaction.execute(text(&format!("DROP TABLE {name}"))).await?;
        }
        Ok(transaction.commit().await?)
    }

    pub async fn progress(&self, slot: Slot) -> Result<Vec<Progress>, ViewError> {
        let sql = "SELECT projection, version, position, stopped, serial FROM read_checkpoints WHERE slot = $1";
        let rows = sqlx::query(sql).bind(slot.word()).fetch_all(&self.pool).await?;
        let mut progress = vec![Progress::default(); ALL.len()];
        for row in rows {
            let Some(model) = model_of(row.try_get(0)?) else { continue };
            if i64::from(ALL[model].version) == row.try_get::<i64, _>(1)? {
                progress[model] =
                    Progress { position: position(&row, 2)?, stopped: row.try_get(3)?, serial: position(&row, 4)? };
            }
        }
        Ok(progress)
    }

    pub async fn held(&self, slot: Slot) -> Result<Vec<Held>, ViewError> {
        let sql = "SELECT projection, version, subject, position, reason FROM read_parked WHERE slot = $1
                   ORDER BY position, projection, subject";
        let mut held = Vec::new();
        for row in sqlx::query(sql).bind(slot.word()).fetch_all(&self.pool).await? {
            let Some(model) = model_of(row.try_get(0)?) else { continue };
            if i64::from(ALL[model].version) != row.try_get::<i64, _>(1)? {
                continue;
            }
            let subject: &str = row.try_get(2)?;
            let subject = subject.parse().map_err(|_| ViewError::Corrupt(format!("{subject:?} is no subject")))?;
            held.push(Held { model, subject, position: position(&row, 3)?, reason: row.try_get(4)? });
        }
        Ok(held)
    }

    pub async fn skipped(&self) -> Result<Vec<Skipped>, ViewError> {
        let rows = self.pool.fetch_all("SELECT position, reason, at FROM read_skipped ORDER BY position").await?;
        let of =
            |row: &PgRow| Ok(Skipped { position: position(row, 0)?, reason: row.try_get(1)?, at: row.try_get(2)? });
        rows.iter().map(of).collect()
    }

    pub async fn skip(&self, skipped: Skipped) -> Result<(), ViewError> {
        sqlx::query("INSERT INTO read_skipped VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
            .bind(skipped.position.cast_signed())
            .bind(skipped.reason)
            .bind(skipped.at)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    pub async fn seen(&self) -> Result<Option<(u64, String)>, ViewError> {
        let sql = "SELECT position, record FROM read_log ORDER BY position DESC LIMIT 1";
        let row = self.pool.fetch_optional(sql).await?;
        row.map(|row| Ok((position(&row, 0)?, row.try_get(1)?))).transpose()
    }

    pub async fn load(
        &self,
        shape: &'static Shape,
        slot: Slot,
        ids: Vec<Uuid>,
    ) -> Result<Vec<(Uuid, Bytes)>, ViewError> {
        let ids: Vec<String> = ids.iter().map(Uuid::to_string).collect();
        let sql = text(&sql::by_ids(Dialect::Postgres, shape, slot));
        sqlx::query(sql).bind(ids).fetch_all(&self.pool).await?.iter().map(pair).collect()
    }

    pub async fn pairs(&self, asked: Statement) -> Result<Vec<(Uuid, Bytes)>, ViewError> {
        query(&asked).fetch_all(&self.pool).await?.iter().map(pair).collect()
    }

    pub async fn places(&self, asked: Statement) -> Result<Vec<(Cursor, Bytes)>, ViewError> {
        let place = |row: &PgRow| {
            let cursor = Cursor { id: id_of(row.try_get(0)?)?, sort: row.try_get(1)? };
            Ok((cursor, Bytes::from(row.try_get::<String, _>(2)?)))
        };
        query(&asked).fetch_all(&self.pool).await?.iter().map(place).collect()
    }

    pub async fn commit(&self, slot: Slot, batch: Arc<Batch>) -> Result<bool, ViewError> {
        let mut transaction = self.pool.begin().await?;
        // A page that was lost is folded again from the log: its commit need not wait for the disk.
        transaction.execute("SET LOCAL synchronous_commit = off").await?;
        if !advance(&mut transaction, slot, &batch.moves, batch.claim).await? {
            transaction.rollback().await?;
            return Ok(false);
        }
        for (model, changes) in batch.changes.iter().enumerate() {
            rows::write(&mut transaction, &ALL[model], slot, changes, batch.is_first(model)).await?;
        }
        for held in &batch.held {
            let shape = &ALL[held.model];
            sqlx::query("INSERT INTO read_parked VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING")
                .bind(shape.name)
                .bind(i64::from(shape.version))
                .bind(slot.word())
                .bind(held.subject.to_string())
                .bind(held.position.cast_signed())
                .bind(held.reason.as_str())
                .execute(&mut *transaction)
                .await?;
        }
        if let Some((position, record)) = &batch.seen {
            transaction.execute("DELETE FROM read_log").await?;
            let sql = "INSERT INTO read_log VALUES ($1, $2)";
            sqlx::query(sql).bind(position.cast_signed()).bind(record).execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    pub async fn row(&self, shape: &'static Shape, id: Uuid) -> Result<(u64, Option<Bytes>), ViewError> {
        let asked = sql::row(Dialect::Postgres, shape, &id.to_string());
        let Some(row) = query(&asked).fetch_optional(&self.pool).await? else { return Ok((0, None)) };
        Ok((position(&row, 0)?, row.try_get::<Option<String>, _>(1)?.map(Bytes::from)))
    }

    pub async fn list(&self, shape: &'static Shape, wanted: Wanted) -> Result<Rows, ViewError> {
        self.rows(&sql::list(Dialect::Postgres, shape, &wanted)).await
    }

    pub async fn search(&self, shape: &'static Shape, tokens: Vec<String>, wanted: Wanted) -> Result<Rows, ViewError> {
        self.rows(&full_text::search(Dialect::Postgres, shape, &tokens, &wanted)).await
    }

    async fn rows(&self, asked: &Statement) -> Result<Rows, ViewError> {
        let mut rows = Rows::default();
        for row in query(asked).fetch_all(&self.pool).await? {
            rows.position = position(&row, 0)?;
            let Some(id) = row.try_get::<Option<&str>, _>(1)? else { continue };
            let cursor = Cursor { sort: row.try_get(2)?, id: id_of(id)? };
            rows.items.push((cursor, Bytes::from(row.try_get::<String, _>(3)?)));
        }
        Ok(rows)
    }

    pub async fn of_programme(&self, programme: ProgrammeId) -> Result<Memory, ViewError> {
        let mut snapshot = self.pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
        let mut memory = Memory::default();
        for (model, shape) in memory.tables.models_mut().zip(ALL) {
            let sql = text(&sql::by_programme(Dialect::Postgres, shape));
            for row in sqlx::query(sql).bind(programme.to_string()).fetch_all(&mut *snapshot).await? {
                let (id, doc) = pair(&row)?;
                model.load(id, Some(&doc))?;
            }
        }
        let names: Vec<String> = ALL.iter().map(|shape| format!("{} {}", shape.name, shape.version)).collect();
        let sql = "SELECT coalesce(min(position), 0) FROM read_checkpoints
                   WHERE slot = 'live' AND stopped IS NULL AND projection || ' ' || version = ANY($1)";
        memory.pass(position(&sqlx::query(sql).bind(names).fetch_one(&mut *snapshot).await?, 0)?);
        snapshot.commit().await?;
        Ok(memory)
    }

    pub async fn begin(&self, shape: &'static Shape) -> Result<(), ViewError> {
        let mut transaction = self.pool.begin().await?;
        transaction.execute(LOCK).await?;
        hold(&mut transaction, &[shape]).await?;
        forget(&mut transaction, shape, Slot::Next).await?;
        transaction.execute(text(&sql::create(Dialect::Postgres, shape, Slot::Next))).await?;
        transaction.execute(text(&history::create(Dialect::Postgres, shape, Slot::Next))).await?;
        for table in tables(shape, Slot::Next) {
            transaction.execute(text(&analyst::may_read(&table))).await?;
            // Nothing is there to tidy up until it is answered from.
            transaction.execute(text(&format!("ALTER TABLE {table} SET (autovacuum_enabled = off)"))).await?;
        }
        let sql = "INSERT INTO read_checkpoints (projection, version, slot, position) VALUES ($1, $2, 'next', 0)";
        sqlx::query(sql).bind(shape.name).bind(i64::from(shape.version)).execute(&mut *transaction).await?;
        Ok(transaction.commit().await?)
    }

    pub async fn claim(&self, shape: &'static Shape, claim: u64) -> Result<bool, ViewError> {
        let mut transaction = self.pool.begin().await?;
        transaction.execute("SET LOCAL statement_timeout = 0").await?;
        let sql = "UPDATE read_checkpoints SET serial = $1 WHERE projection = $2 AND version = $3 AND slot = 'next'
                   RETURNING position";
        let claimed = sqlx::query(sql).bind(claim.cast_signed()).bind(shape.name).bind(i64::from(shape.version));
        let Some(claimed) = claimed.fetch_optional(&mut *transaction).await? else { return Ok(false) };
        let end = end_of(position(&claimed, 0)?);
        let ahead = text(&history::ahead(Dialect::Postgres, shape, Slot::Next));
        sqlx::query(ahead).bind(end.cast_signed()).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(true)
    }

    pub async fn index(&self, shape: &'static Shape) -> Result<(), ViewError> {
        let mut transaction = self.pool.begin().await?;
        let serial = next_serial(&mut transaction, shape).await?;
        make_indexes(&mut transaction, shape, Slot::Next, serial).await?;
        // Questions are planned by what a table holds, which the server itself looks at some time later; a few rows do.
        transaction.execute("SET LOCAL default_statistics_target = 10").await?;
        transaction.execute(text(&format!("ANALYZE {}", tables(shape, Slot::Next).join(", ")))).await?;
        stop_tidying(&mut transaction, shape).await?;
        Ok(transaction.commit().await?)
    }

    pub async fn swap(&self, shape: &'static Shape, claim: u64) -> Result<bool, ViewError> {
        let mut transaction = self.pool.begin().await?;
        transaction.execute(LOCK).await?;
        let serial = next_serial(&mut transaction, shape).await?;
        hold(&mut transaction, &[shape]).await?;
        if !mark(&mut transaction, shape, claim, serial).await? {
            return Ok(false);
        }
        stop_tidying(&mut transaction, shape).await?;
        make_indexes(&mut transaction, shape, Slot::Next, serial).await?;
        forget(&mut transaction, shape, Slot::Old).await?;
        for (from, to) in [(Slot::Live, Slot::Old), (Slot::Next, Slot::Live)] {
            let (one, other) = (sql::table(shape, from), sql::table(shape, to));
            transaction.execute(text(&sql::rename(&one, &other))).await?;
            for books in ["read_checkpoints", "read_parked"] {
                let sql = format!("UPDATE {books} SET slot = $1 WHERE projection = $2 AND version = $3 AND slot = $4");
                let moved = sqlx::query(text(&sql)).bind(to.word()).bind(shape.name).bind(i64::from(shape.version));
                moved.bind(from.word()).execute(&mut *transaction).await?;
            }
        }
        for table in tables(shape, Slot::Live) {
            transaction.execute(text(&format!("ALTER TABLE {table} RESET (autovacuum_enabled)"))).await?;
        }
        // The new table's key keeps the name it was made with; the next rebuild needs that name free.
        let (key, name) = (format!("{}_pkey", sql::table(shape, Slot::Next)), sql::table(shape, Slot::Live));
        let sql = format!("ALTER INDEX IF EXISTS {key} RENAME TO {name}_{serial}_key");
        transaction.execute(text(&sql)).await?;
        transaction.commit().await?;
        Ok(true)
    }

    pub async fn back(&self, shape: &'static Shape) -> Result<bool, ViewError> {
        let mut transaction = self.pool.begin().await?;
        transaction.execute(LOCK).await?;
        let kept = "SELECT to_regclass($1) IS NOT NULL";
        let kept = sqlx::query(kept).bind(sql::table(shape, Slot::Old)).fetch_one(&mut *transaction).await?;
        if !kept.try_get::<bool, _>(0)? {
            return Ok(false);
        }
        hold(&mut transaction, &[shape]).await?;
        for (one, other, from, to) in sql::exchange(shape) {
            transaction.execute(text(&sql::rename(&one, &other))).await?;
            for books in ["read_checkpoints", "read_parked"] {
                let sql = format!("UPDATE {books} SET slot = $1 WHERE projection = $2 AND version = $3 AND slot = $4");
                let moved = sqlx::query(text(&sql)).bind(to).bind(shape.name).bind(i64::from(shape.version));
                moved.bind(from).execute(&mut *transaction).await?;
            }
        }
        transaction.commit().await?;
        Ok(true)
    }

    pub async fn abandon(&self, shape: &'static Shape, claim: u64) -> Result<bool, ViewError> {
        let mut transaction = self.pool.begin().await?;
        if !mark(&mut transaction, shape, claim, claim).await? {
            return Ok(false);
        }
        forget(&mut transaction, shape, Slot::Next).await?;
        transaction.commit().await?;
        Ok(true)
    }

    pub async fn scan(
        &self,
        shape: &'static Shape,
        slot: Slot,
        after: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<(Uuid, Bytes)>, ViewError> {
        let table = sql::table(shape, slot);
        let sql = text(&format!("SELECT id, doc FROM {table} WHERE id > $1 ORDER BY id LIMIT {limit}"));
        let after = after.map_or_else(String::new, |id| id.to_string());
        sqlx::query(sql).bind(after).fetch_all(&self.pool).await?.iter().map(pair).collect()
    }
}

fn tables(shape: &Shape, slot: Slot) -> [String; 2] {
    [sql::table(shape, slot), history::past(shape, slot)]
}

/// Whether a read model has all its live tables and indexes. It is only looked at, since a statement that makes an index
/// waits for every page that is being kept even where there is nothing to make.
async fn is_whole(transaction: &mut Transaction<'_, Postgres>, shape: &Shape) -> Result<bool, ViewError> {
    let serial = serial(transaction, shape).await?;
    let indexes = all_indexes(shape, Slot::Live, serial).map(|index| index.name);
    let names: Vec<String> = tables(shape, Slot::Live).into_iter().chain(indexes).collect();
    let sql = "SELECT bool_and(to_regclass(name) IS NOT NULL) FROM UNNEST($1::text[]) AS given(name)";
    Ok(sqlx::query(sql).bind(names).fetch_one(&mut **transaction).await?.try_get(0)?)
}

/// Takes read models' checkpoints before their tables, as whoever keeps a page does, so that the two never wait for each
/// other.
async fn hold(transaction: &mut Transaction<'_, Postgres>, shapes: &[&Shape]) -> Result<(), ViewError> {
    let names: Vec<&str> = shapes.iter().map(|shape| shape.name).collect();
    let versions: Vec<i64> = shapes.iter().map(|shape| i64::from(shape.version)).collect();
    let sql =
        "SELECT 1 FROM read_checkpoints WHERE (projection, version) IN (SELECT * FROM UNNEST($1::text[], $2::bigint[]))
               ORDER BY projection, version, slot FOR UPDATE";
    sqlx::query(sql).bind(names).bind(versions).execute(&mut **transaction).await?;
    Ok(())
}

/// Stops the server where it tidies up the live tables. It would give way to the switch by itself, but a second later each
/// time, with every reader waiting behind; for this lock none waits.
async fn stop_tidying(transaction: &mut Transaction<'_, Postgres>, shape: &Shape) -> Result<(), ViewError> {
    let live = tables(shape, Slot::Live).join(", ");
    transaction.execute(text(&format!("LOCK TABLE {live} IN SHARE UPDATE EXCLUSIVE MODE"))).await?;
    Ok(())
}

async fn advance(
    transaction: &mut Transaction<'_, Postgres>,
    slot: Slot,
    moves: &[Move],
    claim: Option<u64>,
) -> Result<bool, ViewError> {
    let names: Vec<&str> = moves.iter().map(|moved| ALL[moved.model].name).collect();
    let versions: Vec<i64> = moves.iter().map(|moved| i64::from(ALL[moved.model].version)).collect();
    let from: Vec<i64> = moves.iter().map(|moved| moved.from.cast_signed()).collect();
    let to: Vec<i64> = moves.iter().map(|moved| moved.to.cast_signed()).collect();
    let stopped: Vec<Option<&str>> = moves.iter().map(|moved| moved.stopped.as_deref()).collect();
    // Locked in one order, so that two nodes never wait for each other.
    let locked = "SELECT 1 FROM read_checkpoints WHERE slot = $1 AND projection = ANY($2) ORDER BY projection, version FOR UPDATE";
    sqlx::query(locked).bind(slot.word()).bind(&names).execute(&mut **transaction).await?;
    let sql = "UPDATE read_checkpoints c SET position = m.until, stopped = m.stopped
               FROM UNNEST($2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[])
                 AS m(projection, version, since, until, stopped)
               WHERE c.projection = m.projection AND c.version = m.version AND c.slot = $1 AND c.position = m.since
                 AND c.stopped IS NULL AND ($7::bigint IS NULL OR c.serial = $7)";
    let query = sqlx::query(sql).bind(slot.word()).bind(names).bind(versions).bind(from).bind(to).bind(stopped);
    let query = query.bind(claim.map(u64::cast_signed));
    Ok(query.execute(&mut **transaction).await?.rows_affected() == moves.len() as u64)
}

/// Replaces the mark that the table beside the live one must bear; whether it did.
async fn mark(
    transaction: &mut Transaction<'_, Postgres>,
    shape: &Shape,
    claim: u64,
    serial: u64,
) -> Result<bool, ViewError> {
    let sql = "UPDATE read_checkpoints SET serial = $1
               WHERE projection = $2 AND version = $3 AND slot = 'next' AND serial = $4";
    let marked = sqlx::query(sql).bind(serial.cast_signed()).bind(shape.name).bind(i64::from(shape.version));
    Ok(marked.bind(claim.cast_signed()).execute(&mut **transaction).await?.rows_affected() == 1)
}

async fn serial(transaction: &mut Transaction<'_, Postgres>, shape: &Shape) -> Result<u64, ViewError> {
    position(&transaction.fetch_one(text(&sql::serial(shape))).await?, 0)
}

async fn next_serial(transaction: &mut Transaction<'_, Postgres>, shape: &Shape) -> Result<u64, ViewError> {
    position(&transaction.fetch_one(text(&sql::next_serial(shape))).await?, 0)
}

fn all_indexes(shape: &Shape, slot: Slot, serial: u64) -> impl Iterator<Item = Index> {
    let now = sql::indexes(shape, slot, serial).into_iter().chain([full_text::index(shape, slot, serial)]);
    now.chain(history::indexes(shape, slot, serial))
}

async fn make_indexes(
    transaction: &mut Transaction<'_, Postgres>,
    shape: &Shape,
    slot: Slot,
    serial: u64,
) -> Result<(), ViewError> {
    // Indexes over many rows take longer than a statement may otherwise, and are made sooner with more memory.
    transaction.execute("SET LOCAL statement_timeout = 0; SET LOCAL maintenance_work_mem = '256MB'").await?;
    let indexes: String = all_indexes(shape, slot, serial).map(|index| index.make()).collect();
    transaction.execute(text(&indexes)).await?;
    Ok(())
}

async fn forget(transaction: &mut Transaction<'_, Postgres>, shape: &Shape, slot: Slot) -> Result<(), ViewError> {
    transaction.execute(text(&format!("DROP TABLE IF EXISTS {}", tables(shape, slot).join(", ")))).await?;
    for books in ["read_checkpoints", "read_parked"] {
        let sql = format!("DELETE FROM {books} WHERE projection = $1 AND version = $2 AND slot = $3");
        let gone = sqlx::query(text(&sql)).bind(shape.name).bind(i64::from(shape.version)).bind(slot.word());
        gone.execute(&mut **transaction).await?;
    }
    Ok(())
}
