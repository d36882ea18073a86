//! Private calendar addresses as they are kept: whose they are and a hash, never the address itself.

use koinon_events::PersonId;
use koinon_events::value::Timestamp;
use rusqlite::OptionalExtension;
use sqlx::Row as _;
use uuid::Uuid;

use super::postgres::failed;
use super::{Store, StoreError};

/// One person's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// What it is revoked by.
    pub id: Uuid,
    /// Whose it is.
    pub person: PersonId,
    /// When it was made.
    pub created: Timestamp,
}

impl Store {
    /// Keeps an address.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn keep_address(&self, hash: [u8; 32], address: Address) -> Result<(), StoreError> {
        let sql = "INSERT INTO calendar_addresses (id, hash, person, created) VALUES ($1, $2, $3, $4)";
        match self {
            Self::Sqlite(engine) => {
                let work = move |transaction: &rusqlite::Transaction<'_>| {
                    let (id, person) = (address.id.as_bytes().as_slice(), address.person.0);
                    transaction.execute(sql, (id, hash.as_slice(), person.as_bytes(), address.created.micros()))
                };
                engine.write(work).await.map(drop)
            }
            Self::Postgres(engine) => {
                let query = sqlx::query(sql).bind(address.id).bind(hash).bind(address.person.0);
                query.bind(address.created.micros()).execute(engine.pool()).await.map(drop).map_err(failed)
            }
        }
    }

    /// Forgets an address of that person; says whether there was one.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn forget_address(&self, person: PersonId, id: Uuid) -> Result<bool, StoreError> {
        let sql = "DELETE FROM calendar_addresses WHERE id = $1 AND person = $2";
        match self {
            Self::Sqlite(engine) => {
                let work = move |transaction: &rusqlite::Transaction<'_>| {
                    transaction.execute(sql, (id.as_bytes(), person.0.as_bytes()))
                };
                Ok(engine.write(work).await? > 0)
            }
            Self::Postgres(engine) => {
                let done = sqlx::query(sql).bind(id).bind(person.0).execute(engine.pool()).await.map_err(failed)?;
                Ok(done.rows_affected() > 0)
            }
        }
    }

    /// Whose address has that hash.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn address_of(&self, hash: [u8; 32]) -> Result<Option<PersonId>, StoreError> {
        let sql = "SELECT person FROM calendar_addresses WHERE hash = $1";
        let found: Option<Uuid> = match self {
            Self::Sqlite(engine) => {
                let work = move |connection: &rusqlite::Connection| {
                    connection.query_row(sql, [hash.as_slice()], |row| row.get::<_, [u8; 16]>(0)).optional()
                };
                engine.read(work).await?.map(Uuid::from_bytes)
            }
            Self::Postgres(engine) => {
                let row = sqlx::query(sql).bind(hash).fetch_optional(engine.pool()).await.map_err(failed)?;
                row.map(|row| row.try_get(0)).transpose().map_err(failed)?
            }
        };
        Ok(found.map(PersonId))
    }

    /// A person's addresses, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn addresses(&self, person: PersonId) -> Result<Vec<Address>, StoreError> {
        let sql = "SELECT id, created FROM calendar_addresses WHERE person = $1 ORDER BY created, id";
        let found: Vec<(Uuid, i64)> = match self {
            Self::Sqlite(engine) => {
                let work = move |connection: &rusqlite::Connection| {
                    let mut statement = connection.prepare_cached(sql)?;
                    let rows = statement.query_map([person.0.as_bytes()], |row| {
                        Ok((Uuid::from_bytes(row.get::<_, [u8; 16]>(0)?), row.get(1)?))
                    })?;
                    rows.collect()
                };
                engine.read(work).await?
            }
            Self::Postgres(engine) => {
                let rows = sqlx::query(sql).bind(person.0).fetch_all(engine.pool()).await.map_err(failed)?;
                let pair = |row: &sqlx::postgres::PgRow| Ok((row.try_get(0)?, row.try_get(1)?));
                rows.iter().map(pair).collect::<Result<_, sqlx::Error>>().map_err(failed)?
            }
        };
        let address = |(id, created)| Address { id, person, created: Timestamp::from_micros(created) };
        Ok(found.into_iter().map(address).collect())
    }
}
