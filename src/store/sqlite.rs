//! The log in one SQLite file: one writer thread, a few readers that can only read, and an eye on other processes.
//!
//! WAL with synchronous=FULL, so that what is acknowledged survives a power cut; speed comes from group commit. Other
//! processes may append to the same file at any time: the head is read inside every transaction.

mod forget;
mod open;
mod read;
mod statement;
mod write;
mod writer;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use koinon_events::value::Timestamp;
use koinon_events::{PersonId, Subject};
use rusqlite::{Connection, Transaction};
use tokio::sync::{Semaphore, mpsc, oneshot, watch};

use super::queue::{self, Job};
use super::{
    Answer, Append, AppendError, Appended, Credential, Filter, Head, Options, Refusal, StoreError, Stored, VaultEntry,
    VaultKey,
};
use crate::tree::Hash;

/// How often another process's appends are looked for; one word of shared memory each time.
const LOOK: Duration = Duration::from_millis(25);

/// The log in one SQLite file. Cheap to clone.
#[derive(Clone)]
pub struct SqliteStore {
    inner: Arc<Inner>,
}

struct Inner {
    path: String,
    queue: mpsc::Sender<Job<Other>>,
    head: watch::Sender<u64>,
    readers: Mutex<Vec<Connection>>,
    permits: Semaphore,
    /// Only asked whether anything changed.
    peek: Mutex<Connection>,
}

/// Work for the writer thread beside appends.
enum Other {
    Refusal(Refusal),
    Write(Write),
}

/// Given the open connection, or why there is none.
type Write = Box<dyn FnOnce(Result<&mut Connection, StoreError>) + Send>;

impl SqliteStore {
    pub(super) async fn open(path: &str, options: &Options) -> Result<Self, StoreError> {
        let (path, options) = (path.to_owned(), options.clone());
        tokio::task::spawn_blocking(move || Self::start(path, &options)).await.map_err(stopped)?
    }

    fn start(path: String, options: &Options) -> Result<Self, StoreError> {
        let mut connection = open::writer(&path, options.create)?;
        open::migrate(&mut connection)?;
        let position = open::verify_tail(&connection, options.sound)?.position;
        let (queue, jobs) = mpsc::channel(options.queue.max(1));
        let head = watch::Sender::new(position);
        let writer = writer::Writer::new(path.clone(), connection, head.clone());
        let look = open::reader(&path)?;
        let readers = Mutex::new(vec![open::reader(&path)?]);
        let permits = Semaphore::new(options.readers.max(1));
        let peek = Mutex::new(open::reader(&path)?);
        let inner = Arc::new(Inner { path, queue, head: head.clone(), readers, permits, peek });
        let spawn = |name: &str, work: Box<dyn FnOnce() + Send>| {
            std::thread::Builder::new().name(name.to_owned()).spawn(work).map_err(stopped)
        };
        spawn("log-writer", Box::new(move || writer.run(jobs)))?;
        let alive = Arc::downgrade(&inner);
        spawn("log-watch", Box::new(move || watch_others(&look, &head, || alive.strong_count() > 0)))?;
        Ok(Self { inner })
    }

    /// Runs on a connection that can only read, off the async threads.
    ///
    /// # Errors
    /// [`StoreError`] when the database refuses.
    pub async fn read<R: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<R> + Send + 'static,
    ) -> Result<R, StoreError> {
        let _permit = self.inner.permits.acquire().await.map_err(|_| closed())?;
        let inner = Arc::clone(&self.inner);
        tokio::task::spawn_blocking(move || {
            let pooled = inner.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let connection = pooled.map_or_else(|| open::reader(&inner.path), Ok)?;
            let result = work(&connection).map_err(open::failed);
            inner.readers.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            result
        })
        .await
        .map_err(stopped)?
    }

    /// Runs in a transaction of its own on the one writer thread, between batches. The log's tables only let in what
    /// the log itself writes; keep it short, appends wait meanwhile.
    ///
    /// # Errors
    /// [`StoreError`] when the transaction fails; nothing of it is kept then.
    pub async fn write<R: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<R> + Send + 'static,
    ) -> Result<R, StoreError> {
        let (answer, outcome) = oneshot::channel();
        let run = move |connection: Result<&mut Connection, StoreError>| {
            let result = connection.and_then(|connection| {
                let transaction = connection
                    .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
                    .map_err(open::failed)?;
                let result = work(&transaction).map_err(open::failed)?;
                transaction.commit().map_err(open::failed)?;
                Ok(result)
            });
            // Whoever asked may have gone.
            let _ = answer.send(result);
        };
        self.inner.queue.send(Job::Other(Other::Write(Box::new(run)))).await.map_err(|_| closed())?;
        outcome.await.map_err(|_| closed())?
    }

    /// A number that is another one as soon as anybody, in this process or another, has committed anything. Cheap: one
    /// look at shared memory. `None` when it cannot be told.
    pub fn changes(&self) -> Option<i64> {
        let connection = self.inner.peek.lock().unwrap_or_else(PoisonError::into_inner);
        let mut statement = connection.prepare_cached("PRAGMA data_version").ok()?;
        statement.query_row([], |row| row.get(0)).ok()
    }

    /// The path of the database file.
    pub fn path(&self) -> &str {
        &self.inner.path
    }

    pub(super) async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        queue::ask(&self.inner.queue, append).await
    }

    pub(super) fn refuse(&self, refusal: Refusal) {
        if self.inner.queue.try_send(Job::Other(Other::Refusal(refusal))).is_err() {
            tracing::warn!("a refusal was not kept: too many commands are waiting");
        }
    }

    pub(super) async fn refusals(&self, after: u64, limit: usize) -> Result<Vec<(u64, Refusal)>, StoreError> {
        self.read(move |connection| read::refusals(connection, after, limit)).await
    }

    pub(super) async fn latest_refusals(&self, below: u64, limit: usize) -> Result<Vec<(u64, Refusal)>, StoreError> {
        self.read(move |connection| read::latest_refusals(connection, below, limit)).await
    }

    pub(super) async fn head(&self) -> Result<Head, StoreError> {
        self.read(|connection| read::head(connection).map(|(head, _)| head)).await
    }

    pub(super) async fn records(&self, after: u64, until: u64) -> Result<Vec<Stored>, StoreError> {
        self.read(move |connection| read::records(connection, after, until)).await
    }

    pub(super) async fn select(&self, filter: &Filter, after: u64, limit: usize) -> Result<Vec<Stored>, StoreError> {
        let filter = filter.clone();
        self.read(move |connection| read::select(connection, &filter, after, limit)).await
    }

    pub(super) async fn subjects(&self, subjects: &[Subject]) -> Result<Vec<Stored>, StoreError> {
        let subjects = subjects.to_vec();
        self.read(move |connection| read::subjects(connection, &subjects)).await
    }

    pub(super) async fn versions(&self, subjects: &[Subject]) -> Result<Vec<u64>, StoreError> {
        let subjects = subjects.to_vec();
        self.read(move |connection| subjects.iter().map(|subject| read::version(connection, *subject)).collect()).await
    }

    pub(super) async fn position_at(&self, time: Timestamp) -> Result<u64, StoreError> {
        self.read(move |connection| read::position_at(connection, time)).await
    }

    pub(super) async fn hashes(&self, level: u8, from: u64, count: usize) -> Result<Vec<Hash>, StoreError> {
        self.read(move |connection| read::hashes(connection, level, from, count)).await
    }

    pub(super) fn watch(&self) -> watch::Receiver<u64> {
        self.inner.head.subscribe()
    }

    pub(super) async fn answer(&self, scope: &str, key: &str) -> Result<Option<Answer>, StoreError> {
        let (scope, key) = (scope.to_owned(), key.to_owned());
        self.read(move |connection| read::answer(connection, &scope, &key)).await
    }

    pub(super) async fn claim(&self, space: &str, name: &str) -> Result<Option<Subject>, StoreError> {
        let (space, name) = (space.to_owned(), name.to_owned());
        self.read(move |connection| read::claim(connection, &space, &name)).await
    }

    pub(super) async fn credential(&self, hash: [u8; 32]) -> Result<Option<Credential>, StoreError> {
        self.read(move |connection| read::credential(connection, hash)).await
    }

    pub(super) async fn vault_key(&self, person: PersonId) -> Result<Option<VaultKey>, StoreError> {
        self.read(move |connection| read::vault_key(connection, person)).await
    }

    pub(super) async fn vault_entries(&self, commitments: &[String]) -> Result<Vec<VaultEntry>, StoreError> {
        let commitments = commitments.to_vec();
        self.read(move |connection| read::vault_entries(connection, &commitments)).await
    }

    pub(super) async fn close(self) {
        let (done, finished) = oneshot::channel();
        if self.inner.queue.send(Job::Close(done)).await.is_ok() {
            // An error means the writer is gone already.
            let _ = finished.await;
        }
        self.inner.permits.close();
        self.inner.readers.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// Looks for appends of other processes until the store is dropped.
fn watch_others(connection: &Connection, head: &watch::Sender<u64>, alive: impl Fn() -> bool) {
    let mut seen: Option<i64> = None;
    while alive() {
        let version = connection.query_row("PRAGMA data_version", [], |row| row.get(0)).ok();
        if version.is_none() || version != seen {
            match read::head(connection) {
                Ok((now, _)) => {
                    seen = version;
                    moved(head, now.position);
                }
                Err(error) => tracing::debug!(%error, "the head could not be read; looking again"),
            }
        }
        std::thread::sleep(LOOK);
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

fn closed() -> StoreError {
    StoreError::Unavailable("the log is closed".to_owned())
}

fn stopped(error: impl std::fmt::Display) -> StoreError {
    StoreError::Unavailable(error.to_string())
}
