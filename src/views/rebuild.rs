//! Rebuilding read models beside the live ones, while these go on answering; then comparing, and swapping in one step.
//! A rebuild that was killed goes on where it was.

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt};
use koinon_projections::{ALL, Shape};
use uuid::Uuid;

use super::catch_up::Chain;
use super::sql::Slot;
use super::tables::{Tables, model_of};
use super::{Health, Skipped, ViewError, Views};

/// Rows compared at a time.
const SCAN: usize = 2_000;
/// Tables whose indexes are made at a time, where the engine does more than one thing at once.
const INDEXED: usize = 2;
/// The most differences told in full.
const TOLD: usize = 20;

/// How a rebuild goes about its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RebuildOptions {
    /// Whether it compares only, and switches nothing.
    pub check: bool,
    /// The most records read, folded and written at once.
    pub page: usize,
    /// The most records folded before what rows are now is written, and so the most that are folded again after a kill.
    /// More are quicker and take more memory.
    pub gathered: usize,
}

impl Default for RebuildOptions {
    fn default() -> Self {
        Self { check: false, page: 32_768, gathered: 524_288 }
    }
}

/// How far a rebuild is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Records folded.
    pub done: u64,
    /// Records there are.
    pub of: u64,
}

/// One row that the rebuilt read model has otherwise than the live one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The row.
    pub id: Uuid,
    /// As it was answered; absent when it was not there.
    pub live: Option<Bytes>,
    /// As it was rebuilt; absent when it should not be there.
    pub rebuilt: Option<Bytes>,
}

/// What a rebuild of one read model found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuilt {
    /// The read model.
    pub name: &'static str,
    /// Rows it has now.
    pub rows: u64,
    /// Rows that differ.
    pub different: u64,
    /// The first of them.
    pub differences: Vec<Difference>,
    /// Whether the rebuilt one took the live one's place.
    pub swapped: bool,
}

impl Views {
    /// Rebuilds read models (all when `names` is empty) beside the live ones and swaps; with `check` only compares.
    /// Readers go on being answered meanwhile. `progress` hears after each page.
    ///
    /// # Errors
    /// [`ViewError`] when a name is unknown or log or tables cannot be reached; what was rebuilt so far is kept and
    /// gone on with the next time.
    pub async fn rebuild(
        &self,
        names: &[String],
        check: bool,
        progress: impl FnMut(Progress) + Send,
    ) -> Result<Vec<Rebuilt>, ViewError> {
        self.rebuild_telling(names, RebuildOptions { check, ..RebuildOptions::default() }, progress, |_| ()).await
    }

    /// The same, as the options say; `found` hears how each read model differs before it is switched.
    ///
    /// # Errors
    /// As [`Self::rebuild`].
    pub async fn rebuild_telling(
        &self,
        names: &[String],
        options: RebuildOptions,
        mut progress: impl FnMut(Progress) + Send,
        mut found: impl FnMut(&Rebuilt) + Send,
    ) -> Result<Vec<Rebuilt>, ViewError> {
        let wanted = wanted(names)?;
        let tables = self.tables().clone();
        tables.building(true).await?;
        let rebuilt = self.rebuild_wanted(wanted, options, &mut progress, &mut found).await;
        // Why a rebuild failed is worth more than that the cache could not be given back.
        let given_back = tables.building(false).await;
        rebuilt.and_then(|rebuilt| given_back.map(|()| rebuilt))
    }

    async fn rebuild_wanted(
        &self,
        wanted: Vec<bool>,
        options: RebuildOptions,
        mut progress: impl FnMut(Progress) + Send,
        mut found: impl FnMut(&Rebuilt) + Send,
    ) -> Result<Vec<Rebuilt>, ViewError> {
        let tables = self.tables().clone();
        let shapes = || ALL.iter().enumerate().filter(|(model, _)| wanted[*model]);
        let check = options.check;
        let begun = tables.progress(Slot::Next).await?;
        let claim = u64::from(Uuid::new_v4().as_fields().0);
        for (model, shape) in shapes() {
            if begun[model].position == 0 || check {
                tables.begin(shape).await?;
            }
            if !tables.claim(shape, claim).await? {
                return Err(ViewError::TakenOver);
            }
        }
        let mut chain = Chain::beside(self.store().clone(), tables.clone(), wanted.clone(), claim, options);
        let head = self.store().head().await?.position;
        run(&mut chain, |done| progress(Progress { done, of: head.max(done) })).await?;
        if !check {
            let made: Vec<_> = shapes().map(|(_, shape)| tables.index(shape)).collect();
            futures::stream::iter(made).buffer_unordered(INDEXED).try_for_each(|()| std::future::ready(Ok(()))).await?;
        }
        // From here on the live read models wait, so that both stand at the same position when they are compared.
        let live = self.chain().lock().await;
        self.hot().begin();
        let rebuilt = async {
            run(&mut chain, |done| progress(Progress { done, of: done })).await?;
            let mut rebuilt = Vec::new();
            for (_, shape) in shapes() {
                let mut outcome = compare(&tables, shape).await?;
                found(&outcome);
                let kept = if check { tables.abandon(shape, claim).await? } else { tables.swap(shape, claim).await? };
                if !kept {
                    return Err(ViewError::TakenOver);
                }
                outcome.swapped = !check;
                rebuilt.push(outcome);
            }
            Ok(rebuilt)
        }
        .await;
        // Some may have been switched before one could not be.
        self.forget(live).await?;
        rebuilt
    }
}

impl Views {
    /// Puts back the read models as they were before their last switch (all that have one when `names` is empty), and
    /// says which; they catch up with the log from where they were left. Doing it again takes it back.
    ///
    /// # Errors
    /// [`ViewError`] when a name is unknown or the tables cannot be reached.
    pub async fn back(&self, names: &[String]) -> Result<Vec<&'static str>, ViewError> {
        let wanted = wanted(names)?;
        // The live read models wait, so that no page is kept half before and half after.
        let live = self.chain().lock().await;
        self.hot().begin();
        let mut back = Vec::new();
        for (_, shape) in ALL.iter().enumerate().filter(|(model, _)| wanted[*model]) {
            if self.tables().back(shape).await? {
                back.push(shape.name);
            }
        }
        self.forget(live).await?;
        Ok(back)
    }

    /// Tables were replaced: what was read from them before is not kept.
    async fn forget(&self, mut live: tokio::sync::MutexGuard<'_, Chain>) -> Result<(), ViewError> {
        self.programmes().forget();
        live.sync().await?;
        self.hot().start(live.positions());
        Ok(())
    }

    /// Passes over a record that holds a subject back or stopped a read model, for a reason that is kept; the read
    /// models that it ailed are to be rebuilt then. Whether there was such a record.
    ///
    /// # Errors
    /// [`ViewError`] when the tables cannot be reached.
    pub async fn skip(&self, skipped: Skipped) -> Result<bool, ViewError> {
        let parked = self.parked().await?.iter().any(|parked| parked.position == skipped.position);
        let stopped = format!("record {}:", skipped.position);
        let stops = |health: &Health| health.stopped.as_ref().is_some_and(|why| why.starts_with(&stopped));
        if !parked && !self.health().await?.iter().any(stops) {
            return Ok(false);
        }
        self.tables().skip(skipped).await?;
        Ok(true)
    }

    /// The records that are passed over, and why.
    ///
    /// # Errors
    /// [`ViewError`] when the tables cannot be read.
    pub async fn skipped(&self) -> Result<Vec<Skipped>, ViewError> {
        self.tables().skipped().await
    }

    /// The read models that hold a subject back or have stopped.
    ///
    /// # Errors
    /// [`ViewError`] when the tables cannot be read.
    pub async fn ailing(&self) -> Result<Vec<String>, ViewError> {
        let health = self.health().await?;
        let ailing = health.into_iter().filter(|health| health.parked > 0 || health.stopped.is_some());
        Ok(ailing.map(|health| health.name.to_owned()).collect())
    }
}

/// Which read models are named, by their place in [`ALL`]; all of them when none is.
fn wanted(names: &[String]) -> Result<Vec<bool>, ViewError> {
    let mut wanted = vec![names.is_empty(); ALL.len()];
    for name in names {
        wanted[model_of(name).ok_or_else(|| ViewError::Collection(name.clone()))?] = true;
    }
    Ok(wanted)
}

/// Folds until the end of the log.
async fn run(chain: &mut Chain, mut progress: impl FnMut(u64)) -> Result<(), ViewError> {
    loop {
        match chain.step().await? {
            Some(0) => return Ok(()),
            _ => progress(chain.reached().unwrap_or_default()),
        }
    }
}

/// Walks through both tables in the order of their ids.
async fn compare(tables: &Tables, shape: &'static Shape) -> Result<Rebuilt, ViewError> {
    let mut outcome = Rebuilt { name: shape.name, rows: 0, different: 0, differences: Vec::new(), swapped: false };
    let (mut live, mut next) = (Walk::new(tables, shape, Slot::Live), Walk::new(tables, shape, Slot::Next));
    loop {
        let (one, other) = (live.peek().await?, next.peek().await?);
        let id = match (&one, &other) {
            (None, None) => return Ok(outcome),
            (Some((id, _)), None) | (None, Some((id, _))) => *id,
            (Some((one, _)), Some((other, _))) => *one.min(other),
        };
        let one = one.filter(|(known, _)| *known == id).map(|(_, doc)| doc);
        let other = other.filter(|(known, _)| *known == id).map(|(_, doc)| doc);
        if one.is_some() {
            live.pass();
        }
        if other.is_some() {
            next.pass();
            outcome.rows += 1;
        }
        if one != other {
            outcome.different += 1;
            if outcome.differences.len() < TOLD {
                outcome.differences.push(Difference { id, live: one, rebuilt: other });
            }
        }
    }
}

/// A walk through a table in the order of its ids.
struct Walk<'a> {
    tables: &'a Tables,
    shape: &'static Shape,
    slot: Slot,
    page: std::collections::VecDeque<(Uuid, Bytes)>,
    last: Option<Uuid>,
    ended: bool,
}

impl<'a> Walk<'a> {
    fn new(tables: &'a Tables, shape: &'static Shape, slot: Slot) -> Self {
        Self { tables, shape, slot, page: std::collections::VecDeque::new(), last: None, ended: false }
    }

    async fn peek(&mut self) -> Result<Option<(Uuid, Bytes)>, ViewError> {
        if self.page.is_empty() && !self.ended {
            self.page = self.tables.scan(self.shape, self.slot, self.last, SCAN).await?.into();
            self.ended = self.page.len() < SCAN;
        }
        Ok(self.page.front().cloned())
    }

    fn pass(&mut self) {
        self.last = self.page.pop_front().map(|(id, _)| id);
    }
}
