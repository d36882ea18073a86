//! The past: rows as they stood at the end of an epoch, with the records since then folded on, by the same folds.
//!
//! Only the rows that those records touch are in memory; every other row is read as it was kept. What was folded for a
//! moment is kept, within a bound, and folded on from for later moments of the same epoch.

use std::sync::Arc;

use bytes::Bytes;
use koinon_events::ProgrammeId;
use koinon_projections::{ALL, Cursor, Memory, Model, Shape, Wanted};
use tokio::sync::Mutex;
use uuid::Uuid;

use super::ViewError;
use super::epoch::end_before;
use super::fold::{Fold, Loaded, Read};
use super::sql::Slot;
use super::tables::{Tables, model_of};
use crate::store::Store;

/// Records folded at a time.
const PAGE: usize = 2_048;
/// The most moments kept.
const MOMENTS: usize = 64;
/// The most rows that all moments kept may hold together; they share the rows that did not change between them.
const ROWS: usize = 100_000;

/// Moments of the past that were asked for, the last asked first.
#[derive(Clone)]
pub(super) struct Past {
    store: Store,
    tables: Tables,
    kept: Arc<Mutex<Vec<Kept>>>,
}

/// A position and all read models after it.
type Kept = (u64, Arc<Then>);

/// All read models after a position.
pub(super) struct Then {
    tables: Tables,
    /// The end of the epoch from which records were folded on.
    base: u64,
    /// The rows that they touched.
    fold: Fold,
    /// How often each read model's table had been replaced.
    serials: Vec<u64>,
}

impl Past {
    pub fn new(store: Store, tables: Tables) -> Self {
        Self { store, tables, kept: Arc::default() }
    }

    /// All read models after that position, which the caller knows to be in the log.
    pub async fn at(&self, position: u64) -> Result<Arc<Then>, ViewError> {
        let start = self.start(position).await?;
        let mut kept = self.kept.lock().await;
        // What is passed over or was rebuilt now was never otherwise: every moment is answered like the present.
        kept.retain(|(_, then)| then.fold.skipped == start.fold.skipped && then.serials == start.serials);
        if let Some(at) = kept.iter().position(|(known, _)| *known == position) {
            let found = kept.remove(at);
            let then = Arc::clone(&found.1);
            kept.insert(0, found);
            return Ok(then);
        }
        let nearer = kept.iter().filter(|(known, then)| *known < position && then.base == start.base);
        let nearest = nearer.max_by_key(|(known, _)| *known);
        let (from, fold) = nearest.map_or((start.base, start.fold), |(from, then)| (*from, then.fold.clone()));
        let fold = self.fold_on(fold, start.base, from, position).await?;
        let then = Arc::new(Then { fold, ..start_of(&self.tables, start.base, start.serials) });
        kept.insert(0, (position, Arc::clone(&then)));
        bound(&mut kept);
        Ok(then)
    }

    /// The end of the epoch to begin from, with nothing folded on.
    async fn start(&self, position: u64) -> Result<Then, ViewError> {
        let mut progress = self.tables.progress(Slot::Live).await?;
        let running = progress.iter().filter(|progress| progress.stopped.is_none());
        let reached = running.map(|progress| progress.position).min().unwrap_or(position);
        let base = end_before(position.min(reached));
        let serials = progress.iter().map(|progress| progress.serial).collect();
        for progress in &mut progress {
            // Where a read model stopped later, it folds on as it did then, and stops again.
            if progress.stopped.is_none() || progress.position > base {
                progress.position = base;
                progress.stopped = None;
            }
        }
        let held = self.tables.held(Slot::Live).await?;
        let skipped = self.tables.skipped().await?.iter().map(|skipped| skipped.position).collect();
        let mut fold = Fold { progress, skipped, ..Fold::default() };
        fold.hold_back(held.into_iter().filter(|held| held.position <= base));
        Ok(Then { fold, ..start_of(&self.tables, base, serials) })
    }

    async fn fold_on(&self, mut fold: Fold, base: u64, from: u64, position: u64) -> Result<Fold, ViewError> {
        let mut at = from;
        while at < position {
            let records = self.store.records(at, Some(position), PAGE).await?;
            let Some(last) = records.last() else { break };
            at = last.position;
            let reads = tokio::task::spawn_blocking(move || records.iter().map(Read::of).collect::<Vec<_>>()).await?;
            let mut loaded = Vec::with_capacity(ALL.len());
            for (model, shape) in ALL.iter().enumerate() {
                let missing = fold.missing(model, &reads);
                let stored = match missing.as_slice() {
                    [] => Vec::new(),
                    missing => self.tables.load_then(shape, missing.to_vec(), base).await?,
                };
                loaded.push(Loaded { missing, stored });
            }
            fold = tokio::task::spawn_blocking(move || {
                fold.parts().zip(loaded).try_for_each(|(mut part, loaded)| part.load(loaded))?;
                reads.iter().for_each(|read| fold.apply(read));
                Ok::<_, ViewError>(fold)
            })
            .await??;
        }
        Ok(fold)
    }
}

fn start_of(tables: &Tables, base: u64, serials: Vec<u64>) -> Then {
    Then { tables: tables.clone(), base, fold: Fold::default(), serials }
}

impl Then {
    fn model(&self, shape: &Shape) -> Result<&dyn Model, ViewError> {
        self.fold.memory.model(shape.name).ok_or_else(|| ViewError::Collection(shape.name.to_owned()))
    }

    /// Rows by id, as they stood then.
    pub async fn load(&self, shape: &'static Shape, mut ids: Vec<Uuid>) -> Result<Vec<(Uuid, Bytes)>, ViewError> {
        let model = self.model(shape)?;
        let mut rows: Vec<(Uuid, Bytes)> =
            ids.iter().filter_map(|id| Some((*id, Bytes::from(model.doc(*id)?)))).collect();
        ids.retain(|id| !model.holds(*id));
        if !ids.is_empty() && self.base > 0 {
            rows.extend(self.tables.load_then(shape, ids, self.base).await?);
        }
        Ok(rows)
    }

    /// A page of a list as it stood then, and whether there are more rows.
    pub async fn list(
        &self,
        shape: &'static Shape,
        wanted: &Wanted,
    ) -> Result<(Vec<(Cursor, Bytes)>, bool), ViewError> {
        let model = self.model(shape)?;
        let touched = model.list(wanted);
        let mut more = touched.more;
        let mut rows: Vec<(Cursor, Bytes)> =
            touched.items.into_iter().map(|(cursor, doc)| (cursor, Bytes::from(doc))).collect();
        if self.base > 0 {
            rows.extend(self.tables.list_then(shape, wanted, &model.ids(), self.base).await?);
            rows.sort_by(|(one, _), (other, _)| one.cmp(other));
            more |= rows.len() > wanted.limit;
            rows.truncate(wanted.limit);
        }
        Ok((rows, more))
    }

    /// Every row of a programme in every read model, and what else was touched.
    pub async fn of_programme(&self, programme: ProgrammeId, position: u64) -> Result<Memory, ViewError> {
        let mut memory = self.fold.memory.clone();
        memory.pass(position);
        if self.base > 0 {
            for (model, shape) in memory.tables.models_mut().zip(ALL) {
                let rows = self.tables.of_programme_then(shape, programme, self.base).await?;
                for (id, doc) in rows.into_iter().filter(|(id, _)| !self.holds(shape, *id)) {
                    model.load(id, Some(&doc))?;
                }
            }
        }
        Ok(memory)
    }

    fn holds(&self, shape: &Shape, id: Uuid) -> bool {
        let model = model_of(shape.name).and_then(|model| self.fold.memory.tables.models().nth(model));
        model.is_some_and(|model| model.holds(id))
    }
}

fn bound(kept: &mut Vec<Kept>) {
    let rows = |memory: &Memory| memory.tables.models().map(|model| model.held()).sum::<usize>();
    let mut sum = 0;
    let within = kept.iter().take(MOMENTS).take_while(|(_, then)| {
        sum += rows(&then.fold.memory);
        sum <= ROWS
    });
    let within = within.count().max(1);
    kept.truncate(within);
}
