//! Forgetting a person, on PostgreSQL.

use sqlx::Executor;
use sqlx::postgres::PgConnection;

use super::super::StoreError;
use super::super::batch::Forget;
use super::super::receipts::{BY_BYTES, BY_ID, Destroyed, RECEIPT, TOKENS};
use super::open::failed;

/// Destroys what is the person's, and keeps the receipt when an event records it.
pub(super) async fn forget(connection: &mut PgConnection, forget: &Forget) -> Result<(), StoreError> {
    let (id, bytes) = (forget.person.0, forget.person.0.as_bytes().as_slice());
    let mut destroyed = Destroyed::default();
    for (sql, counted) in BY_ID {
        let done = connection.execute(sqlx::query(sql).bind(id)).await.map_err(failed)?;
        destroyed.count(counted, done.rows_affected());
    }
    for (sql, counted) in BY_BYTES {
        let done = connection.execute(sqlx::query(sql).bind(bytes)).await.map_err(failed)?;
        destroyed.count(counted, done.rows_affected());
    }
    let tokens = sqlx::query(TOKENS).bind(forget.time.moment()).bind(id);
    destroyed.tokens = connection.execute(tokens).await.map_err(failed)?.rows_affected();
    if let Some(position) = forget.position {
        let receipt = sqlx::query(RECEIPT).bind(bytes).bind(position.cast_signed());
        let receipt = destroyed.columns().into_iter().fold(receipt, |query, count| query.bind(count));
        connection.execute(receipt).await.map_err(failed)?;
    }
    Ok(())
}
