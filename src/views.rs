//! What people read: the read models as of now or of any moment of the past, kept up with the log.
//!
//! Promises: a read answers one position and says which; the past is answered by the same folds, and for ever the same;
//! rows and checkpoint move in one transaction, whichever node moves them; dropping everything and rebuilding gives the
//! same bytes. Nothing is skipped silently: an event that cannot be folded parks its subject, an unknown type stops the
//! read models it may concern, and both are told.

mod catch_up;
mod error;
mod past;
mod postgres;
mod rebuild;
mod sqlite;
mod tables;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use koinon_events::value::{Day, Timestamp};
use koinon_events::{CityId, PartnershipId, PersonId, ProgrammeId, Sealed, Subject};
use koinon_projections::dashboard::Dashboard;
use koinon_projections::report::{Figures, Period};
use koinon_projections::Reach;
use uuid::Uuid;

pub use error::ViewError;
pub use rebuild::{Difference, Progress, Rebuilt};

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

// The calls, to be relied on by web and cli; every one is cheap to make from many tasks at once:
//
// impl Views {
//     /// Opens the read models of that log and keeps them up with it until dropped.
//     pub async fn open(store: Store) -> Result<Self, ViewError>;
//     /// The position every running read model has reached.
//     pub fn applied(&self) -> u64;
//     /// Waits until every running read model has reached the position; ViewError::Behind when it takes longer.
//     pub async fn wait_for(&self, position: u64, patience: Duration) -> Result<u64, ViewError>;
//     /// Finds a moment in the log; `today` is the UTC day, used when live. Above the head: ViewError::Ahead.
//     pub async fn standpoint(&self, at: Moment, today: Day) -> Result<Standpoint, ViewError>;
//     /// One row's JSON, as `GET /api/{collection}/{id}` answers it; None where there is none.
//     pub async fn get(&self, collection: &str, id: Uuid, at: Moment) -> Result<Option<At<Bytes>>, ViewError>;
//     /// A page of rows. Unknown filter: ViewError::Filter{name, known}; bad cursor: ViewError::Cursor.
//     pub async fn list(&self, collection: &str, query: &ListQuery, at: Moment) -> Result<Page, ViewError>;
//     /// The programme of that id or code.
//     pub async fn programme(&self, id_or_code: &str, at: Moment) -> Result<Option<ProgrammeId>, ViewError>;
//     /// What subjects are called and belong to; subjects that are not known are missing from the map.
//     pub async fn titles(&self, subjects: &[Subject], at: Moment) -> Result<HashMap<Subject, Titled>, ViewError>;
//     pub async fn title(&self, subject: Subject, at: Moment) -> Result<Option<Titled>, ViewError>;
//     /// `/api/dashboard`: `day` is Standpoint::day.
//     pub async fn dashboard(&self, programme: ProgrammeId, at: Moment, day: Day) -> Result<Option<At<Dashboard>>, ViewError>;
//     /// `/api/indicators`: figures counted by business dates within the period (open ends allowed).
//     pub async fn figures(&self, programme: ProgrammeId, period: Period, at: Moment, day: Day) -> Result<Option<At<Figures>>, ViewError>;
//     /// How each read model fares; what is parked.
//     pub async fn health(&self) -> Result<Vec<Health>, ViewError>;
//     pub async fn parked(&self) -> Result<Vec<Parked>, ViewError>;
//     /// Folds a parked subject's events anew.
//     pub async fn retry(&self, projection: &str, subject: Subject) -> Result<bool, ViewError>;
//     /// Rebuilds read models (all when `names` is empty) beside the live ones and swaps; with `check` only compares.
//     pub async fn rebuild(&self, names: &[String], check: bool, progress: impl FnMut(Progress) + Send) -> Result<Vec<Rebuilt>, ViewError>;
// }
