//! The one thread that writes: it drains what waits into one transaction, and stops at the first I/O error.
//!
//! After an I/O error nothing is retried on the same handle, since a repeated fsync may claim what never reached the
//! disk. The file is opened anew and its end verified before anything is written again; until then the log is
//! read-only and says why. A full disk is no such error: the transaction is rolled back and the next one tried.

use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, TransactionBehavior};
use tokio::sync::{mpsc, oneshot, watch};

use super::super::queue::{Job, Outcome, draw, tell};
use super::super::tiles::Tiler;
use super::super::{Append, AppendError, Refusal, StoreError};
use super::{Other, moved, open, write};

/// Pages in the write-ahead log, about, after which they are copied into the file.
const CHECKPOINT: u64 = 4096;
/// What a commit adds to it, about, and how many changed rows add a page more.
const PAGES_A_COMMIT: u64 = 8;
const CHANGES_A_PAGE: u64 = 2;
/// How long after an I/O error the file is opened anew, at the earliest.
const REOPEN: Duration = Duration::from_millis(500);
/// How soon emptying the write-ahead log is tried again while a reader holds it.
const RETRY: Duration = Duration::from_millis(50);
/// Refusals written at once, at most.
const REFUSALS: usize = 256;
/// Bytes there must be room for before a full disk counts as no longer full: a large append with its pages.
const ROOM: usize = 512 * 1024;

type Queue = mpsc::Receiver<Job<Other>>;

/// The thread's state.
pub(super) struct Writer {
    path: String,
    state: State,
    head: watch::Sender<u64>,
    tiler: Option<Tiler>,
    refusals: Vec<Refusal>,
    /// Destroyed values still lie in the write-ahead log.
    truncate: bool,
    /// Pages in it since it was last copied, and the rows changed by then.
    pages: u64,
    changes: u64,
    /// The disk was full when something was last to be written: whoever asks whether the log can be written has to try.
    full: bool,
}

enum State {
    Open(Connection),
    Stopped { cause: String, since: Instant },
}

impl Writer {
    pub fn new(path: String, connection: Connection, head: watch::Sender<u64>) -> Self {
        let (state, refusals) = (State::Open(connection), Vec::new());
        // A process that was killed after an erasure may have left what was destroyed in the write-ahead log.
        Self { path, state, head, tiler: None, refusals, truncate: true, pages: 0, changes: 0, full: false }
    }

    /// Works until the queue is closed.
    pub fn run(mut self, mut queue: Queue) {
        let mut next = None;
        while let Some(job) = next.take().or_else(|| self.wait(&mut queue)) {
            match job {
                Job::Append(waiting) => {
                    let (appends, answers, other) = draw(*waiting, &mut queue);
                    next = other;
                    tell(answers, self.commit(&appends));
                    self.checkpoint();
                }
                Job::Other(Other::Refusal(refusal)) => {
                    self.refusals.push(refusal);
                    if self.refusals.len() >= REFUSALS {
                        self.keep_refusals();
                    }
                }
                Job::Other(Other::Write(work)) => {
                    work(self.connection().map_err(|cause| StoreError::Unavailable(cause.to_string())));
                    self.checkpoint();
                }
                Job::Close(done) => return self.finish(queue, done),
            }
        }
        self.keep_refusals();
    }

    /// The next job; what can wait for an idle moment is done first.
    fn wait(&mut self, queue: &mut Queue) -> Option<Job<Other>> {
        if let Ok(job) = queue.try_recv() {
            return Some(job);
        }
        self.keep_refusals();
        while self.truncate {
            self.checkpoint();
            match queue.try_recv() {
                Ok(job) => return Some(job),
                Err(mpsc::error::TryRecvError::Disconnected) => return None,
                Err(mpsc::error::TryRecvError::Empty) if self.truncate => std::thread::sleep(RETRY),
                Err(mpsc::error::TryRecvError::Empty) => {}
            }
        }
        queue.blocking_recv()
    }

    /// Answers everyone who is in the queue, then lets go of the file.
    fn finish(mut self, mut queue: Queue, done: oneshot::Sender<()>) {
        queue.close();
        while let Ok(job) = queue.try_recv() {
            match job {
                Job::Append(waiting) => {
                    let (appends, answers, _) = draw(*waiting, &mut queue);
                    tell(answers, self.commit(&appends));
                }
                Job::Other(Other::Refusal(refusal)) => self.refusals.push(refusal),
                Job::Other(Other::Write(work)) => {
                    work(self.connection().map_err(|cause| StoreError::Unavailable(cause.to_string())));
                }
                Job::Close(_) => {}
            }
        }
        self.keep_refusals();
        self.checkpoint();
        drop(self);
        // Whoever asked may have gone.
        let _ = done.send(());
    }

    /// The open file, opened anew when an error closed it a while ago.
    fn connection(&mut self) -> Result<&mut Connection, AppendError> {
        if let State::Stopped { cause, since } = &self.state {
            if since.elapsed() < REOPEN {
                return Err(AppendError::ReadOnly(cause.clone()));
            }
            let opened = open::writer(&self.path, false).and_then(|connection| {
                let head = open::verify_tail(&connection, true)?;
                Ok((connection, head))
            });
            match opened {
                Ok((connection, head)) => {
                    tracing::warn!(position = head.position, "the log was verified and is written again");
                    self.changes = connection.total_changes();
                    self.state = State::Open(connection);
                }
                Err(error) => self.stop(error.to_string()),
            }
        }
        match &mut self.state {
            State::Open(connection) => Ok(connection),
            State::Stopped { cause, .. } => Err(AppendError::ReadOnly(cause.clone())),
        }
    }

    fn stop(&mut self, cause: String) {
        tracing::error!(%cause, "the log is read-only until it can be opened and verified");
        self.tiler = None;
        self.state = State::Stopped { cause, since: Instant::now() };
    }

    /// One transaction for all; when it fails for a reason that may lie in one of them, one for each.
    fn commit(&mut self, appends: &[Append]) -> Vec<Outcome> {
        match self.attempt(appends) {
            Ok(outcomes) => outcomes,
            Err(Failure::Theirs(_)) if appends.len() > 1 => {
                appends.iter().flat_map(|append| self.commit(std::slice::from_ref(append))).collect()
            }
            Err(Failure::Theirs(error) | Failure::All(error)) => vec![Err(error); appends.len()],
        }
    }

    fn attempt(&mut self, appends: &[Append]) -> Result<Vec<Outcome>, Failure> {
        if self.full && appends.iter().all(Append::is_probe) {
            has_room(&self.path).map_err(|error| Failure::All(AppendError::Unavailable(error.to_string())))?;
        }
        let mut tiler = self.tiler.take();
        let connection = self.connection().map_err(Failure::All)?;
        let result = (|| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let batch = write::batch(&transaction, &mut tiler, appends)?;
            if batch.writes_nothing() {
                transaction.rollback()?
            } else {
                transaction.commit()?
            }
            Ok(batch)
        })();
        match result {
            Ok(batch) => {
                self.full = false;
                self.tiler = tiler;
                self.truncate |= batch.forgets();
                moved(&self.head, batch.position);
                Ok(batch.outcomes)
            }
            Err(error) => Err(self.failure(&error)),
        }
    }

    /// What an error means for those who wait, and for whether anything is written again.
    fn failure(&mut self, error: &rusqlite::Error) -> Failure {
        let text = error.to_string();
        match error.sqlite_error_code() {
            Some(code @ (ErrorCode::DiskFull | ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)) => {
                self.full |= code == ErrorCode::DiskFull;
                Failure::All(AppendError::Unavailable(text))
            }
            Some(
                ErrorCode::SystemIoFailure
                | ErrorCode::DatabaseCorrupt
                | ErrorCode::NotADatabase
                | ErrorCode::ReadOnly
                | ErrorCode::CannotOpen,
            ) => {
                self.stop(text.clone());
                Failure::All(AppendError::ReadOnly(text))
            }
            _ => Failure::Theirs(AppendError::Unavailable(text)),
        }
    }

    fn keep_refusals(&mut self) {
        let refusals = std::mem::take(&mut self.refusals);
        if refusals.is_empty() {
            return;
        }
        let Ok(connection) = self.connection() else { return };
        let result = (|| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            refusals.iter().try_for_each(|refusal| write::refusal(&transaction, refusal))?;
            transaction.commit()
        })();
        if let Err(error) = result {
            tracing::warn!(%error, count = refusals.len(), "refusals were not kept");
            self.failure(&error);
        }
    }

    /// Copies the write-ahead log into the file once it is long, or empties it when it holds destroyed values.
    fn checkpoint(&mut self) {
        let State::Open(connection) = &self.state else { return };
        let changes = connection.total_changes();
        self.pages += PAGES_A_COMMIT + (changes - self.changes) / CHANGES_A_PAGE;
        self.changes = changes;
        if self.pages < CHECKPOINT && !self.truncate {
            return;
        }
        match copy(connection, self.truncate) {
            Ok(busy) => self.truncate &= busy,
            Err(error) => {
                self.failure(&error);
            }
        }
        self.pages = 0;
    }
}

/// Whether an append would find room beside the log. What is already the log's own may take a small one and not a large.
fn has_room(path: &str) -> std::io::Result<()> {
    let file = format!("{path}.room");
    let written = std::fs::write(&file, [0; ROOM]);
    let removed = std::fs::remove_file(&file);
    written.and(removed)
}

/// Whether a reader kept the write-ahead log from being copied whole. It is not waited for: appends go before.
fn copy(connection: &Connection, truncate: bool) -> rusqlite::Result<bool> {
    if !truncate {
        return connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| row.get(0));
    }
    connection.busy_timeout(Duration::from_millis(20))?;
    let busy = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
    connection.busy_timeout(open::BUSY)?;
    busy
}

/// A transaction that was not committed.
enum Failure {
    /// It may lie in one append of several.
    Theirs(AppendError),
    /// It concerns them all.
    All(AppendError),
}
