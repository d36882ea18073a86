//! The log in PostgreSQL, shared by any number of nodes: positions under the head's row lock, readers from a pool.
//!
//! Every connection acts as `koinon_service` where that role can be made: it may read the log and add to it, nothing
//! else. Each node has one writer; a node that hangs loses the lock to the timeouts. A lost COMMIT is looked up on a
//! new connection, never sent again.

mod forget;
mod open;
mod read;
mod statement;
mod write;
mod writer;

use std::sync::Arc;
use std::time::Duration;

use koinon_events::value::Timestamp;
use koinon_events::{PersonId, Subject};
use sqlx::Postgres;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgListener, PgPool};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::AbortHandle;

use super::queue::{self, Job};
use super::{
    Answer, Append, AppendError, Appended, Credential, Filter, Head, Options, Refusal, StoreError, Stored, VaultEntry,
    VaultKey,
};
pub(super) use open::failed;

use crate::tree::Hash;

/// How often the head is read whatever was notified: a notification nobody heard is lost.
const LOOK: Duration = Duration::from_secs(1);

/// The log in a PostgreSQL database. Cheap to clone.
#[derive(Clone)]
pub struct PostgresStore {
    inner: Arc<Inner>,
}

struct Inner {
    pool: PgPool,
    queue: mpsc::Sender<Job<Refusal>>,
    head: watch::Sender<u64>,
    listener: AbortHandle,
    service: bool,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

impl PostgresStore {
    pub(super) async fn open(url: &str, options: &Options) -> Result<Self, StoreError> {
        let address = open::prepare(url).await?;
        let pool = address.pool(options);
        let position = open::verify_tail(&pool, options.sound).await?.position;
        let (queue, jobs) = mpsc::channel(options.queue.max(1));
        let head = watch::Sender::new(position);
        let service = address.service;
        tokio::spawn(writer::Writer::new(address, head.clone()).run(jobs));
        let listener = tokio::spawn(watch_others(pool.clone(), head.clone())).abort_handle();
        Ok(Self { inner: Arc::new(Inner { pool, queue, head, listener, service }) })
    }

    /// The readers' pool; its connections act as `koinon_service` and may make tables of their own.
    pub fn pool(&self) -> &PgPool {
        &self.inner.pool
    }

    /// Whether the database itself lets the service only read the log and add to it.
    pub fn restricted(&self) -> bool {
        self.inner.service
    }

    async fn reader(&self) -> Result<PoolConnection<Postgres>, StoreError> {
        self.inner.pool.acquire().await.map_err(open::failed)
    }

    pub(super) async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        queue::ask(&self.inner.queue, append).await
    }

    pub(super) fn refuse(&self, refusal: Refusal) {
        if self.inner.queue.try_send(Job::Other(refusal)).is_err() {
            tracing::warn!("a refusal was not kept: too many commands are waiting");
        }
    }

    pub(super) async fn refusals(&self, after: u64, limit: usize) -> Result<Vec<(u64, Refusal)>, StoreError> {
        read::refusals(&mut *self.reader().await?, after, limit).await
    }

    pub(super) async fn latest_refusals(&self, below: u64, limit: usize) -> Result<Vec<(u64, Refusal)>, StoreError> {
        read::latest_refusals(&mut *self.reader().await?, below, limit).await
    }

    pub(super) async fn head(&self) -> Result<Head, StoreError> {
        read::head(&mut *self.reader().await?).await
    }

    pub(super) async fn records(&self, after: u64, until: u64) -> Result<Vec<Stored>, StoreError> {
        read::records(&mut *self.reader().await?, after, until).await
    }

    pub(super) async fn select(&self, filter: &Filter, after: u64, limit: usize) -> Result<Vec<Stored>, StoreError> {
        read::select(&mut *self.reader().await?, filter, after, limit).await
    }

    pub(super) async fn subjects(&self, subjects: &[Subject]) -> Result<Vec<Stored>, StoreError> {
        read::subjects(&mut *self.reader().await?, subjects).await
    }

    pub(super) async fn versions(&self, subjects: &[Subject]) -> Result<Vec<u64>, StoreError> {
        read::versions(&mut *self.reader().await?, subjects).await
    }

    pub(super) async fn position_at(&self, time: Timestamp) -> Result<u64, StoreError> {
        read::position_at(&mut *self.reader().await?, time).await
    }

    pub(super) async fn hashes(&self, level: u8, from: u64, count: usize) -> Result<Vec<Hash>, StoreError> {
        read::hashes(&mut *self.reader().await?, level, from, count).await
    }

    pub(super) fn watch(&self) -> watch::Receiver<u64> {
        self.inner.head.subscribe()
    }

    pub(super) async fn answer(&self, scope: &str, key: &str) -> Result<Option<Answer>, StoreError> {
        let mut answers = read::answers(&mut *self.reader().await?, &[scope], &[key]).await?;
        Ok(answers.pop().map(|(_, answer)| answer))
    }

    pub(super) async fn claim(&self, space: &str, name: &str) -> Result<Option<Subject>, StoreError> {
        let mut claims = read::claims(&mut *self.reader().await?, &[space], &[name]).await?;
        Ok(claims.pop().map(|(_, owner)| owner))
    }

    pub(super) async fn credential(&self, hash: [u8; 32]) -> Result<Option<Credential>, StoreError> {
        read::credential(&mut *self.reader().await?, hash).await
    }

    pub(super) async fn vault_key(&self, person: PersonId) -> Result<Option<VaultKey>, StoreError> {
        let mut keys = read::vault_keys(&mut *self.reader().await?, &[person.0]).await?;
        Ok(keys.pop().map(|(_, key)| key))
    }

    pub(super) async fn vault_entries(&self, commitments: &[String]) -> Result<Vec<VaultEntry>, StoreError> {
        read::vault_entries(&mut *self.reader().await?, commitments).await
    }

    pub(super) async fn close(self) {
        let (done, finished) = oneshot::channel();
        if self.inner.queue.send(Job::Close(done)).await.is_ok() {
            // An error means the writer is gone already.
            let _ = finished.await;
        }
        self.inner.listener.abort();
        self.inner.pool.close().await;
    }
}

/// Follows the head: on every notification, every second, and on every new connection.
async fn watch_others(pool: PgPool, head: watch::Sender<u64>) {
    loop {
        if let Err(error) = listen(&pool, &head).await {
            tracing::debug!(%error, "listening for the head again");
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn listen(pool: &PgPool, head: &watch::Sender<u64>) -> Result<(), StoreError> {
    let mut listener = PgListener::connect_with(pool).await.map_err(open::failed)?;
    listener.listen("koinon").await.map_err(open::failed)?;
    loop {
        let mut reader = pool.acquire().await.map_err(open::failed)?;
        moved(head, read::head(&mut reader).await?.position);
        drop(reader);
        if let Ok(notified) = tokio::time::timeout(LOOK, listener.recv()).await {
            notified.map_err(open::failed)?;
        }
    }
}

/// Tells the watchers, who never see the head go back.
fn moved(head: &watch::Sender<u64>, position: u64) {
    head.send_if_modified(|seen| {
        let higher = position > *seen;
        *seen = position.max(*seen);
        higher
    });
}
