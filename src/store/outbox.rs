//! The outbox of webhooks: which positions are to be sent to whom, how that went, and how far each webhook has been
//! looked through. Positions only, never records. One node takes a delivery at a time, by a lease; a later record of a
//! subject is not taken while an earlier one waits.

mod postgres;
mod sqlite;

use uuid::Uuid;

use super::{Credential, Store, StoreError};

/// One record on its way to one webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The record's position.
    pub position: u64,
    /// The record's subject.
    pub subject: String,
    /// `waiting`, `sent` or `dead`.
    pub state: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next, in microseconds since 1970.
    pub due: i64,
    /// The HTTP status last answered.
    pub status: Option<u16>,
    /// What was wrong the last time.
    pub error: Option<String>,
}

/// How one attempt went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What the delivery is now: `waiting`, `sent` or `dead`.
    pub state: &'static str,
    /// When to try again.
    pub due: i64,
    /// The HTTP status answered.
    pub status: Option<u16>,
    /// What was wrong.
    pub error: Option<String>,
}

impl Store {
    /// The API token with that subject id, revoked and expired ones too.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn credential_of(&self, token: Uuid) -> Result<Option<Credential>, StoreError> {
        let hash = match self {
            Self::Sqlite(engine) => sqlite::token_hash(engine, token).await?,
            Self::Postgres(engine) => postgres::token_hash(engine, token).await?,
        };
        match hash {
            Some(hash) => self.credential(hash).await,
            None => Ok(None),
        }
    }

    /// Up to where a webhook has been looked through; absent when it never was.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn webhook_cursor(&self, webhook: Uuid) -> Result<Option<u64>, StoreError> {
        match self {
            Self::Sqlite(engine) => sqlite::cursor(engine, webhook).await,
            Self::Postgres(engine) => postgres::cursor(engine, webhook).await,
        }
    }

    /// Puts positions into the outbox and moves the cursor, in one transaction; what is there already stays as it is.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn put_deliveries(&self, webhook: Uuid, found: Vec<(u64, String)>, until: u64) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(engine) => sqlite::put(engine, webhook, found, until).await,
            Self::Postgres(engine) => postgres::put(engine, webhook, &found, until).await,
        }
    }

    /// Takes what is due and not taken by another node, at most one record a subject, until the lease ends.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn take_deliveries(
        &self,
        webhook: Uuid,
        now: i64,
        lease: i64,
        limit: u32,
    ) -> Result<Vec<Delivery>, StoreError> {
        match self {
            Self::Sqlite(engine) => sqlite::take(engine, webhook, now, lease, limit).await,
            Self::Postgres(engine) => postgres::take(engine, webhook, now, lease, limit).await,
        }
    }

    /// Notes how an attempt went; the lease ends.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn settle_delivery(&self, webhook: Uuid, position: u64, outcome: Outcome) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(engine) => sqlite::settle(engine, webhook, position, outcome).await,
            Self::Postgres(engine) => postgres::settle(engine, webhook, position, &outcome).await,
        }
    }

    /// A webhook's deliveries, newest first.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn deliveries(&self, webhook: Uuid, limit: u32) -> Result<Vec<Delivery>, StoreError> {
        match self {
            Self::Sqlite(engine) => sqlite::list(engine, webhook, limit).await,
            Self::Postgres(engine) => postgres::list(engine, webhook, limit).await,
        }
    }

    /// Makes a delivery wait again, due at once and as if never tried; says whether there was one.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn renew_delivery(&self, webhook: Uuid, position: u64) -> Result<bool, StoreError> {
        match self {
            Self::Sqlite(engine) => sqlite::renew(engine, webhook, position).await,
            Self::Postgres(engine) => postgres::renew(engine, webhook, position).await,
        }
    }

    /// How many deliveries of a webhook wait.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn waiting_deliveries(&self, webhook: Uuid) -> Result<u64, StoreError> {
        match self {
            Self::Sqlite(engine) => sqlite::waiting(engine, webhook).await,
            Self::Postgres(engine) => postgres::waiting(engine, webhook).await,
        }
    }
}
