//! The one task that writes: it drains what waits into one transaction under the head's row lock.
//!
//! What failed before COMMIT was sent is not recorded and may be tried once more on a new connection. What failed at
//! COMMIT may be recorded or not: the head is locked on a new connection, which waits for the old transaction to be
//! over, and the log is asked. It is never sent again.

use std::time::Duration;

use sqlx::{Connection, Executor, PgConnection, Row};
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;
use uuid::Uuid;

use super::super::queue::{Job, Outcome, draw, gathers, tell};
use super::super::tiles::Tiler;
use super::super::{Append, AppendError, Refusal, StoreError};
use super::open::{Address, failed};
use super::{moved, write};

/// How long the database may take over one step before the connection is given up.
const STEP: Duration = Duration::from_secs(12);
/// How often, and how far apart, an unknown outcome is asked for.
const ASKED: usize = 8;
const PAUSE: Duration = Duration::from_millis(250);
/// How many turns others get, again and again, while those just answered come back.
const TURNS: usize = 16;
/// Refusals written at once, at most.
const REFUSALS: usize = 256;

type Queue = mpsc::Receiver<Job<Refusal>>;

/// The task's state.
pub(super) struct Writer {
    address: Address,
    connection: Option<PgConnection>,
    head: watch::Sender<u64>,
    tiler: Option<Tiler>,
    refusals: Vec<Refusal>,
}

/// A transaction that did not come to its end.
enum Failure {
    /// The database refused a statement; it may lie in one append of several.
    Refused(StoreError),
    /// The database cannot now, as when another node holds the lock: nothing is recorded.
    Unable(StoreError),
    /// The connection was lost before COMMIT was sent: nothing is recorded.
    Lost(StoreError),
    /// COMMIT was sent and not answered.
    Unknown { outcomes: Vec<Outcome>, cause: StoreError },
}

/// Lets those just answered come back before the next transaction; at once over when nobody comes.
async fn gather(before: usize, queue: &Queue) {
    let (mut seen, mut grown) = (queue.len(), true);
    while gathers(before, seen, grown) {
        for _ in 0..TURNS {
            tokio::task::yield_now().await;
        }
        grown = queue.len() > seen;
        seen = queue.len();
    }
}

impl Writer {
    pub fn new(address: Address, head: watch::Sender<u64>) -> Self {
        Self { address, connection: None, head, tiler: None, refusals: Vec::new() }
    }

    /// Works until the queue is closed.
    pub async fn run(mut self, mut queue: Queue) {
        let (mut next, mut before) = (None, 0);
        let mut done = None;
        loop {
            let job = match next.take() {
                Some(job) => Some(job),
                None => self.wait(&mut queue).await,
            };
            match job {
                Some(Job::Append(waiting)) => {
                    gather(before, &queue).await;
                    let (appends, answers, other) = draw(*waiting, &mut queue);
                    (next, before) = (other, appends.len());
                    tell(answers, self.commit(&appends).await);
                }
                Some(Job::Other(refusal)) => self.refusals.push(refusal),
                Some(Job::Close(asked)) => {
                    queue.close();
                    done = Some(asked);
                }
                None => break,
            }
            if self.refusals.len() >= REFUSALS {
                self.keep_refusals().await;
            }
        }
        self.keep_refusals().await;
        if let Some(connection) = self.connection.take() {
            // What could not be said goodbye to is closed by dropping it.
            let _ = connection.close().await;
        }
        if let Some(done) = done {
            // Whoever asked may have gone.
            let _ = done.send(());
        }
    }

    /// The next job; refusals are written while nothing else waits.
    async fn wait(&mut self, queue: &mut Queue) -> Option<Job<Refusal>> {
        if let Ok(job) = queue.try_recv() {
            return Some(job);
        }
        self.keep_refusals().await;
        queue.recv().await
    }

    /// One transaction for all; when the database refuses it, one for each.
    async fn commit(&mut self, appends: &[Append]) -> Vec<Outcome> {
        match self.attempt_twice(appends).await {
            Ok(outcomes) => outcomes,
            Err(Failure::Refused(_)) if appends.len() > 1 => {
                let mut outcomes = Vec::with_capacity(appends.len());
                for append in appends {
                    outcomes.extend(Box::pin(self.commit(std::slice::from_ref(append))).await);
                }
                outcomes
            }
            Err(Failure::Refused(error) | Failure::Unable(error) | Failure::Lost(error)) => {
                let refused = match error {
                    StoreError::Corrupt(why) => AppendError::ReadOnly(why),
                    other => AppendError::Unavailable(other.to_string()),
                };
                vec![Err(refused); appends.len()]
            }
            Err(Failure::Unknown { outcomes, cause }) => self.ask(appends, outcomes, cause).await,
        }
    }

    async fn attempt_twice(&mut self, appends: &[Append]) -> Result<Vec<Outcome>, Failure> {
        match self.attempt(appends).await {
            Err(Failure::Lost(error)) => {
                tracing::warn!(%error, "the database was lost before anything was recorded; trying once more");
                self.attempt(appends).await
            }
            other => other,
        }
    }

    async fn attempt(&mut self, appends: &[Append]) -> Result<Vec<Outcome>, Failure> {
        // Taken, so that a connection is only ever kept after a transaction that came to its end.
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.address.writer().await.map_err(|error| Failure::Lost(failed(error)))?,
        };
        let mut tiler = self.tiler.take();
        let known = *self.head.borrow();
        let batch = match timeout(STEP, write::batch(&mut connection, &mut tiler, appends, known)).await {
            Err(_) => return Err(Failure::Lost(StoreError::Unavailable("the database does not answer".to_owned()))),
            Ok(Ok(batch)) => batch,
            Ok(Err(error)) => {
                return Err(match timeout(STEP, connection.execute("ROLLBACK")).await {
                    Ok(Ok(_)) => {
                        self.connection = Some(connection);
                        if matches!(error, StoreError::Refused(_)) {
                            Failure::Refused(error)
                        } else {
                            Failure::Unable(error)
                        }
                    }
                    _ => Failure::Lost(error),
                });
            }
        };
        let end = if batch.writes_nothing() { "ROLLBACK" } else { "COMMIT" };
        let cause = match timeout(STEP, connection.execute(end)).await {
            Ok(Ok(_)) => {
                self.connection = Some(connection);
                self.tiler = tiler;
                moved(&self.head, batch.position);
                return Ok(batch.outcomes);
            }
            Ok(Err(error)) => failed(error),
            Err(_) => StoreError::Unavailable("the database does not answer".to_owned()),
        };
        Err(if batch.writes_nothing() {
            Failure::Lost(cause)
        } else {
            Failure::Unknown { outcomes: batch.outcomes, cause }
        })
    }

    /// Finds out what became of a COMMIT that was not answered. A batch is recorded whole or not at all, so one of its
    /// appends found at its position says that all outcomes stand.
    async fn ask(&mut self, appends: &[Append], outcomes: Vec<Outcome>, cause: StoreError) -> Vec<Outcome> {
        tracing::warn!(%cause, "a COMMIT was not answered; asking the log what became of it");
        let unknown = format!("{cause}; the outcome is not known, ask again with the same key");
        let Some(sign) = appends.iter().zip(&outcomes).find_map(|(append, outcome)| Sign::of(append, outcome)) else {
            return vec![Err(AppendError::Unavailable(unknown)); appends.len()];
        };
        for _ in 0..ASKED {
            match timeout(STEP, recorded(&self.address, &sign)).await {
                Ok(Ok(true)) => return outcomes,
                Ok(Ok(false)) => {
                    let refused = AppendError::Unavailable(format!("{cause}; nothing was recorded"));
                    return vec![Err(refused); appends.len()];
                }
                Ok(Err(error)) => tracing::debug!(%error, "asking again"),
                Err(_) => tracing::debug!("asking again"),
            }
            tokio::time::sleep(PAUSE).await;
        }
        vec![Err(AppendError::Unavailable(unknown)); appends.len()]
    }

    async fn keep_refusals(&mut self) {
        let refusals = std::mem::take(&mut self.refusals);
        if refusals.is_empty() {
            return;
        }
        let result = async {
            let mut connection = match self.connection.take() {
                Some(connection) => connection,
                None => self.address.writer().await.map_err(failed)?,
            };
            write::refusals(&mut connection, &refusals).await?;
            self.connection = Some(connection);
            Ok::<_, StoreError>(())
        };
        match timeout(STEP, result).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, count = refusals.len(), "refusals were not kept"),
            Err(_) => tracing::warn!(count = refusals.len(), "refusals were not kept: the database does not answer"),
        }
    }
}

/// What shows in the database whether a batch was recorded.
enum Sign {
    Record { command: Uuid, position: i64 },
    Answer { command: Uuid, scope: String, key: String },
}

impl Sign {
    fn of(append: &Append, outcome: &Outcome) -> Option<Self> {
        let command = append.command;
        let appended = outcome.as_ref().ok()?;
        match (appended.events.first(), &append.key) {
            (Some((position, ..)), _) => Some(Self::Record { command, position: position.cast_signed() }),
            (None, Some(key)) => Some(Self::Answer { command, scope: key.scope.clone(), key: key.key.clone() }),
            (None, None) => None,
        }
    }
}

/// Asks on a new connection, under the head's lock: the transaction in question is over then.
async fn recorded(address: &Address, sign: &Sign) -> Result<bool, sqlx::Error> {
    let mut connection = address.writer().await?;
    sqlx::raw_sql(write::LOCK).fetch_one(&mut connection).await?;
    let query = match sign {
        Sign::Record { command, position } => {
            sqlx::query("SELECT EXISTS (SELECT FROM log WHERE command = $1 AND position = $2)")
                .bind(*command)
                .bind(*position)
        }
        Sign::Answer { command, scope, key } => {
            sqlx::query("SELECT EXISTS (SELECT FROM answers WHERE scope = $2 AND key = $3 AND command = $1)")
                .bind(*command)
                .bind(scope)
                .bind(key)
        }
    };
    let found = query.fetch_one(&mut connection).await?.try_get(0);
    connection.close().await?;
    found
}
