//! The outbox on SQLite: everything that is written goes through the one writer, so no two nodes take the same.

use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use uuid::Uuid;

use super::super::{SqliteStore, StoreError};
use super::{Delivery, Outcome};

const COLUMNS: &str = "position, subject, state, attempts, due, status, error";

fn delivery(row: &Row<'_>) -> rusqlite::Result<Delivery> {
    Ok(Delivery {
        position: row.get(0)?,
        subject: row.get(1)?,
        state: row.get(2)?,
        attempts: row.get(3)?,
        due: row.get(4)?,
        status: row.get(5)?,
        error: row.get(6)?,
    })
}

pub(super) async fn cursor(engine: &SqliteStore, webhook: Uuid) -> Result<Option<u64>, StoreError> {
    let work = move |connection: &Connection| {
        let sql = "SELECT position FROM webhook_cursors WHERE webhook = ?1";
        connection.query_row(sql, [webhook.as_bytes()], |row| row.get(0)).optional()
    };
    engine.read(work).await
}

pub(super) async fn put(
    engine: &SqliteStore,
    webhook: Uuid,
    found: Vec<(u64, String)>,
    until: u64,
) -> Result<(), StoreError> {
    let work = move |transaction: &Transaction<'_>| {
        let sql = "INSERT INTO deliveries (webhook, position, subject, state, attempts, due, leased)
            VALUES (?1, ?2, ?3, 'waiting', 0, 0, 0) ON CONFLICT DO NOTHING";
        for (position, subject) in &found {
            transaction.prepare_cached(sql)?.execute((webhook.as_bytes(), position, subject))?;
        }
        let sql = "INSERT INTO webhook_cursors (webhook, position) VALUES (?1, ?2)
            ON CONFLICT (webhook) DO UPDATE SET position = max(position, excluded.position)";
        transaction.execute(sql, (webhook.as_bytes(), until)).map(drop)
    };
    engine.write(work).await
}

pub(super) async fn take(
    engine: &SqliteStore,
    webhook: Uuid,
    now: i64,
    lease: i64,
    limit: u32,
) -> Result<Vec<Delivery>, StoreError> {
    let work = move |transaction: &Transaction<'_>| {
        let sql = format!(
            "UPDATE deliveries SET leased = ?3 WHERE webhook = ?1 AND position IN (
               SELECT position FROM deliveries AS one
               WHERE webhook = ?1 AND state = 'waiting' AND due <= ?2 AND leased <= ?2 AND NOT EXISTS (
                 SELECT 1 FROM deliveries AS earlier WHERE earlier.webhook = ?1 AND earlier.subject = one.subject
                   AND earlier.state = 'waiting' AND earlier.position < one.position)
               ORDER BY position LIMIT ?4)
             RETURNING {COLUMNS}"
        );
        let mut statement = transaction.prepare_cached(&sql)?;
        statement.query_map((webhook.as_bytes(), now, lease, limit), delivery)?.collect()
    };
    engine.write(work).await
}

pub(super) async fn settle(
    engine: &SqliteStore,
    webhook: Uuid,
    position: u64,
    outcome: Outcome,
) -> Result<(), StoreError> {
    let work = move |transaction: &Transaction<'_>| {
        let sql =
            "UPDATE deliveries SET state = ?3, attempts = attempts + 1, due = ?4, leased = 0, status = ?5, error = ?6
            WHERE webhook = ?1 AND position = ?2";
        let Outcome { state, due, status, error } = &outcome;
        transaction.execute(sql, (webhook.as_bytes(), position, state, due, status, error)).map(drop)
    };
    engine.write(work).await
}

pub(super) async fn list(engine: &SqliteStore, webhook: Uuid, limit: u32) -> Result<Vec<Delivery>, StoreError> {
    let work = move |connection: &Connection| {
        let sql = format!("SELECT {COLUMNS} FROM deliveries WHERE webhook = ?1 ORDER BY position DESC LIMIT ?2");
        let mut statement = connection.prepare_cached(&sql)?;
        statement.query_map((webhook.as_bytes(), limit), delivery)?.collect()
    };
    engine.read(work).await
}

pub(super) async fn token_hash(engine: &SqliteStore, token: Uuid) -> Result<Option<[u8; 32]>, StoreError> {
    let work = move |connection: &Connection| {
        let sql = "SELECT hash FROM credentials WHERE token = ?1";
        connection.query_row(sql, [token.as_bytes()], |row| row.get(0)).optional()
    };
    engine.read(work).await
}

pub(super) async fn renew(engine: &SqliteStore, webhook: Uuid, position: u64) -> Result<bool, StoreError> {
    let work = move |transaction: &Transaction<'_>| {
        let sql = "UPDATE deliveries SET state = 'waiting', attempts = 0, due = 0 WHERE webhook = ?1 AND position = ?2";
        transaction.execute(sql, (webhook.as_bytes(), position))
    };
    Ok(engine.write(work).await? > 0)
}

pub(super) async fn waiting(engine: &SqliteStore, webhook: Uuid) -> Result<u64, StoreError> {
    let work = move |connection: &Connection| {
        let sql = "SELECT count(*) FROM deliveries WHERE webhook = ?1 AND state = 'waiting'";
        connection.query_row(sql, [webhook.as_bytes()], |row| row.get(0))
    };
    engine.read(work).await
}
