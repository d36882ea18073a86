//! The outbox on PostgreSQL: nodes take deliveries side by side, each skipping what another is about to take.

use sqlx::Row as _;
use sqlx::postgres::PgRow;
use uuid::Uuid;

use super::super::postgres::failed;
use super::super::{PostgresStore, StoreError};
use super::{Delivery, Outcome};

fn delivery(row: &PgRow) -> Result<Delivery, sqlx::Error> {
    let status: Option<i64> = row.try_get(5)?;
    Ok(Delivery {
        position: row.try_get::<i64, _>(0)?.cast_unsigned(),
        subject: row.try_get(1)?,
        state: row.try_get(2)?,
        attempts: u32::try_from(row.try_get::<i64, _>(3)?).unwrap_or(u32::MAX),
        due: row.try_get(4)?,
        status: status.and_then(|status| u16::try_from(status).ok()),
        error: row.try_get(6)?,
    })
}

pub(super) async fn cursor(engine: &PostgresStore, webhook: Uuid) -> Result<Option<u64>, StoreError> {
    let query = sqlx::query_scalar("SELECT position FROM webhook_cursors WHERE webhook = $1").bind(webhook);
    let found: Option<i64> = query.fetch_optional(engine.pool()).await.map_err(failed)?;
    Ok(found.map(i64::cast_unsigned))
}

pub(super) async fn put(
    engine: &PostgresStore,
    webhook: Uuid,
    found: &[(u64, String)],
    until: u64,
) -> Result<(), StoreError> {
    let mut transaction = engine.pool().begin().await.map_err(failed)?;
    let positions: Vec<i64> = found.iter().map(|(position, _)| position.cast_signed()).collect();
    let subjects: Vec<&str> = found.iter().map(|(_, subject)| subject.as_str()).collect();
    let sql = "INSERT INTO deliveries (webhook, position, subject, state, attempts, due, leased)
        SELECT $1, position, subject, 'waiting', 0, 0, 0 FROM unnest($2::bigint[], $3::text[]) AS found (position, subject)
        ON CONFLICT DO NOTHING";
    let query = sqlx::query(sql).bind(webhook).bind(positions).bind(subjects);
    query.execute(&mut *transaction).await.map_err(failed)?;
    let sql = "INSERT INTO webhook_cursors AS kept (webhook, position) VALUES ($1, $2)
        ON CONFLICT (webhook) DO UPDATE SET position = greatest(kept.position, excluded.position)";
    let query = sqlx::query(sql).bind(webhook).bind(until.cast_signed());
    query.execute(&mut *transaction).await.map_err(failed)?;
    transaction.commit().await.map_err(failed)
}

const TAKE: &str = "UPDATE deliveries SET leased = $3 WHERE webhook = $1 AND position IN (
    SELECT position FROM deliveries AS one
    WHERE webhook = $1 AND state = 'waiting' AND due <= $2 AND leased <= $2 AND NOT EXISTS (
      SELECT 1 FROM deliveries AS earlier WHERE earlier.webhook = $1 AND earlier.subject = one.subject
        AND earlier.state = 'waiting' AND earlier.position < one.position)
    ORDER BY position LIMIT $4 FOR UPDATE SKIP LOCKED)
  RETURNING position, subject, state, attempts, due, status, error";

pub(super) async fn take(
    engine: &PostgresStore,
    webhook: Uuid,
    now: i64,
    lease: i64,
    limit: u32,
) -> Result<Vec<Delivery>, StoreError> {
    let query = sqlx::query(TAKE).bind(webhook).bind(now).bind(lease).bind(i64::from(limit));
    let rows = query.fetch_all(engine.pool()).await.map_err(failed)?;
    rows.iter().map(delivery).collect::<Result<_, _>>().map_err(failed)
}

pub(super) async fn settle(
    engine: &PostgresStore,
    webhook: Uuid,
    position: u64,
    outcome: &Outcome,
) -> Result<(), StoreError> {
    let sql = "UPDATE deliveries SET state = $3, attempts = attempts + 1, due = $4, leased = 0, status = $5, error = $6
        WHERE webhook = $1 AND position = $2";
    let query = sqlx::query(sql).bind(webhook).bind(position.cast_signed()).bind(outcome.state).bind(outcome.due);
    let query = query.bind(outcome.status.map(i64::from)).bind(&outcome.error);
    query.execute(engine.pool()).await.map(drop).map_err(failed)
}

pub(super) async fn list(engine: &PostgresStore, webhook: Uuid, limit: u32) -> Result<Vec<Delivery>, StoreError> {
    let sql = "SELECT position, subject, state, attempts, due, status, error FROM deliveries WHERE webhook = $1
        ORDER BY position DESC LIMIT $2";
    let query = sqlx::query(sql).bind(webhook).bind(i64::from(limit));
    let rows = query.fetch_all(engine.pool()).await.map_err(failed)?;
    rows.iter().map(delivery).collect::<Result<_, _>>().map_err(failed)
}

pub(super) async fn token_hash(engine: &PostgresStore, token: Uuid) -> Result<Option<[u8; 32]>, StoreError> {
    let query = sqlx::query_scalar("SELECT hash FROM credentials WHERE token = $1").bind(token);
    query.fetch_optional(engine.pool()).await.map_err(failed)
}

pub(super) async fn renew(engine: &PostgresStore, webhook: Uuid, position: u64) -> Result<bool, StoreError> {
    let sql = "UPDATE deliveries SET state = 'waiting', attempts = 0, due = 0 WHERE webhook = $1 AND position = $2";
    let query = sqlx::query(sql).bind(webhook).bind(position.cast_signed());
    Ok(query.execute(engine.pool()).await.map_err(failed)?.rows_affected() > 0)
}

pub(super) async fn waiting(engine: &PostgresStore, webhook: Uuid) -> Result<u64, StoreError> {
    let sql = "SELECT count(*) FROM deliveries WHERE webhook = $1 AND state = 'waiting'";
    let found: i64 = sqlx::query_scalar(sql).bind(webhook).fetch_one(engine.pool()).await.map_err(failed)?;
    Ok(found.cast_unsigned())
}
