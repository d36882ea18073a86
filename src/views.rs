//! What people read: the read models as of now or of any moment of the past, kept up with the log.
//!
//! Promises: a read answers one position and says which; the past is answered by the same folds, and for ever the same;
//! rows and checkpoint move in one transaction, whichever node moves them; dropping everything and rebuilding gives the
//! same bytes. Nothing is skipped silently: an event that cannot be folded parks its subject, an unknown type stops the
//! read models it may concern, and both are told.

mod analyst;
mod catch_up;
mod epoch;
mod error;
mod figures;
mod fold;
mod full_text;
mod history;
mod hot;
mod page;
mod past;
mod pending;
mod postgres;
mod programme;
mod read;
mod rebuild;
mod search;
mod sql;
mod sqlite;
mod tables;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use koinon_events::value::{Day, Timestamp};
use koinon_events::{CityId, PartnershipId, PersonId, ProgrammeId, Sealed, Subject, VisitId};
use koinon_projections::ALL;
pub use koinon_projections::Reach;
pub use koinon_projections::report::Period;
use tokio::sync::{Mutex, watch};
use tokio::task::AbortHandle;

pub use error::ViewError;
pub use read::{cursor_of, cursor_text};
pub use rebuild::{Difference, Progress, RebuildOptions, Rebuilt};
pub use search::tokens;
pub use tables::Skipped;

use self::catch_up::Chain;
use self::hot::Hot;
use self::past::Past;
use self::programme::Programmes;
use self::sql::Slot;
use self::tables::Tables;
use crate::store::Store;

/// The moment a read is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Now: as far as the read models have come.
    Live,
    /// After that position.
    Position(u64),
    /// After all that was recorded until then.
    Time(Timestamp),
}

/// A moment, found in the log: the position it stands for and the day by which lateness is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standpoint {
    /// The position.
    pub position: u64,
    /// The UTC day: today when live, record n's for position n, T's for a time.
    pub day: Day,
}

/// What is asked of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// Query parameters by name (`status`, `partnership`, `from` …); a name given twice lets either value through.
    pub filters: Vec<(String, String)>,
    /// Words to search for. Answered for now only.
    pub q: Option<String>,
    /// At most so many; 50 when absent, never more than 500.
    pub limit: Option<usize>,
    /// Where the page before ended: its [`Page::next`].
    pub cursor: Option<String>,
    /// Only what the reader may see; everything when absent.
    pub reach: Option<Reach>,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The rows' JSON, exactly as stored and answered.
    pub items: Vec<Bytes>,
    /// Where the next page begins, when there is one.
    pub next: Option<String>,
    /// The position the answer stands for.
    pub position: u64,
}

/// One answer and the position it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At<T> {
    /// The answer.
    pub value: T,
    /// The position it stands for.
    pub position: u64,
}

/// What a subject is called and what it belongs to: for sentences, links and the right to see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Titled {
    /// What it is called, in English where the words are ours: "eThekwini → Porto". Empty for a person: open `name`.
    pub title: String,
    /// The cities the title is made of, where it is: who work together; or who travel, and then where to.
    pub made_of: Vec<Vec<String>>,
    /// A person's name as sealed in the log.
    pub name: Option<Sealed>,
    /// The programme it belongs to.
    pub programme: Option<ProgrammeId>,
    /// The partnerships it belongs to.
    pub partnerships: Vec<PartnershipId>,
    /// The cities it concerns.
    pub cities: Vec<CityId>,
    /// The persons it concerns: assigned experts, delegates, owners, the person itself.
    pub persons: Vec<PersonId>,
    /// Whether everybody in its programme may see it.
    pub is_published: bool,
    /// The visit it is, or came from.
    pub visit: Option<VisitId>,
}

/// How a read model fares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// Its name.
    pub name: &'static str,
    /// The version of its fold.
    pub version: u32,
    /// The position it has come to.
    pub position: u64,
    /// Why it stopped, when it did.
    pub stopped: Option<String>,
    /// Subjects whose events it holds back.
    pub parked: u64,
}

/// A subject whose events a read model holds back, since one of them could not be folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parked {
    /// The read model.
    pub projection: String,
    /// The subject.
    pub subject: Subject,
    /// The first event held back.
    pub position: u64,
    /// Why.
    pub reason: String,
}

/// The read models of one log. Cheap to clone; dropped with its last clone, it stops following the log.
#[derive(Clone)]
pub struct Views {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    tables: Tables,
    past: Past,
    programmes: Arc<Programmes>,
    hot: Hot,
    applied: watch::Receiver<u64>,
    chain: Arc<Mutex<Chain>>,
    follower: AbortHandle,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.follower.abort();
    }
}

impl Views {
    /// Opens the read models of that log and keeps them up with it until the last clone is dropped. Tables that belong
    /// to another log, or to one that was longer, are dropped and built anew.
    ///
    /// # Errors
    /// [`ViewError`] when log or tables cannot be reached.
    pub async fn open(store: Store) -> Result<Self, ViewError> {
        let tables = Tables::open(&store).await?;
        if !same_log(&store, &tables).await? {
            tracing::warn!("the read models belong to another log, or to one that was longer; building them anew");
            tables.drop_all().await?;
            tables.prepare().await?;
        }
        let hot = Hot::default();
        let mut chain = Chain::live(store.clone(), tables.clone(), hot.clone());
        chain.fold.skipped = tables.skipped().await?.iter().map(|skipped| skipped.position).collect();
        chain.come_up(store.head().await?.position).await?;
        let applied = watch::Sender::new(chain.reached().unwrap_or_default());
        let (chain, seen) = (Arc::new(Mutex::new(chain)), applied.subscribe());
        let programmes = Arc::<Programmes>::default();
        let following = catch_up::follow(Arc::clone(&chain), applied, Arc::clone(&programmes), store.watch());
        let follower = tokio::spawn(following).abort_handle();
        let past = Past::new(store.clone(), tables.clone());
        Ok(Self { inner: Arc::new(Inner { store, tables, past, programmes, hot, applied: seen, chain, follower }) })
    }

    /// The position every running read model has reached.
    pub fn applied(&self) -> u64 {
        *self.inner.applied.borrow()
    }

    /// Waits until every running read model has reached the position.
    ///
    /// # Errors
    /// [`ViewError::Behind`] when it takes longer than the patience given.
    pub async fn wait_for(&self, position: u64, patience: Duration) -> Result<u64, ViewError> {
        let mut applied = self.inner.applied.clone();
        let reached = tokio::time::timeout(patience, applied.wait_for(|applied| *applied >= position)).await;
        match reached {
            Ok(Ok(applied)) => Ok(*applied),
            _ => Err(ViewError::Behind { wanted: position, applied: self.applied() }),
        }
    }

    /// Stops following the log, after the page at hand; reads go on being answered.
    pub async fn stop(&self) {
        let _page = self.inner.chain.lock().await;
        self.inner.follower.abort();
    }

    /// How each read model fares.
    ///
    /// # Errors
    /// [`ViewError`] when the tables cannot be read.
    pub async fn health(&self) -> Result<Vec<Health>, ViewError> {
        let (progress, held) = (self.tables().progress(Slot::Live).await?, self.tables().held(Slot::Live).await?);
        let health = ALL.iter().enumerate().zip(progress).map(|((model, shape), progress)| Health {
            name: shape.name,
            version: shape.version,
            position: progress.position,
            stopped: progress.stopped,
            parked: held.iter().filter(|held| held.model == model).count() as u64,
        });
        Ok(health.collect())
    }

    /// The subjects that read models hold back.
    ///
    /// # Errors
    /// [`ViewError`] when the tables cannot be read.
    pub async fn parked(&self) -> Result<Vec<Parked>, ViewError> {
        let held = self.tables().held(Slot::Live).await?;
        let parked = held.into_iter().map(|held| Parked {
            projection: ALL[held.model].name.to_owned(),
            subject: held.subject,
            position: held.position,
            reason: held.reason,
        });
        Ok(parked.collect())
    }

    /// The position to answer from the past; `None` to answer from the tables.
    async fn position_of(&self, at: Moment) -> Result<Option<u64>, ViewError> {
        match at {
            Moment::Live => Ok(None),
            Moment::Time(time) => Ok(Some(self.store().position_at(time).await?)),
            Moment::Position(position) => {
                let head = *self.store().watch().borrow();
                let head = if head < position { self.store().head().await?.position } else { head };
                if position > head {
                    return Err(ViewError::Ahead { asked: position, head });
                }
                Ok(Some(position))
            }
        }
    }

    fn store(&self) -> &Store {
        &self.inner.store
    }

    fn tables(&self) -> &Tables {
        &self.inner.tables
    }

    fn past(&self) -> &Past {
        &self.inner.past
    }

    fn programmes(&self) -> &Programmes {
        &self.inner.programmes
    }

    fn hot(&self) -> &Hot {
        &self.inner.hot
    }

    fn chain(&self) -> &Mutex<Chain> {
        &self.inner.chain
    }
}

/// Whether the last record that the tables saw is in this log.
async fn same_log(store: &Store, tables: &Tables) -> Result<bool, ViewError> {
    let Some((position, mark)) = tables.seen().await? else { return Ok(true) };
    let record = store.record(position).await?;
    Ok(record.is_some_and(|bytes| page::mark_of(&bytes) == mark))
}
