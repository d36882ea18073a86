//! The past: rows as they stood at the end of an epoch, with the records since then folded on, by the same folds.
//!
//! Only the read models that are asked are folded on, and of them only the rows that those records touch are in memory;
//! every other row is read as it was kept. What was folded for a moment is kept, within a bound, and folded on from for
//! later moments of the same epoch.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use koinon_events::ProgrammeId;
use koinon_projections::{ALL, Cursor, Memory, Model, Shape, Wanted};
use tokio::sync::Mutex as Turn;
use uuid::Uuid;

use super::ViewError;
use super::epoch::end_before;
use super::fold::{Fold, Loaded, Read};
use super::sql::Slot;
use super::tables::{Tables, model_of};
use crate::store::Store;

/// Records read at a time.
const PAGE: usize = 2_048;
/// The most moments kept.
const MOMENTS: usize = 64;
/// The most rows that all moments kept may hold together; they share the rows that did not change between them.
const ROWS: usize = 100_000;
/// The first one in so many parts of the log is early: there, what had begun is fewer than what lies between rows that
/// stood then, in the order of a list.
const EARLY: u64 = 20;
/// Of how many epochs the records are kept.
const EPOCHS: usize = 4;

/// Moments of the past that were asked for, the last asked first.
#[derive(Clone)]
pub(super) struct Past {
    tables: Tables,
    kept: Arc<Mutex<Vec<Arc<Then>>>>,
    records: Arc<Turn<Records>>,
}

/// The records of the epochs asked about last. Whoever folds has them: one moment at a time, so that memory stays bounded.
struct Records {
    store: Store,
    /// From the end of which epoch on, and the records.
    kept: Vec<(u64, Arc<Vec<Read>>)>,
}

/// All read models after a position.
pub(super) struct Then {
    tables: Tables,
    records: Arc<Turn<Records>>,
    position: u64,
    /// The end of the epoch from which records are folded on.
    base: u64,
    /// Whether that is near the start of the log.
    early: bool,
    /// How often each read model's table had been replaced.
    serials: Vec<u64>,
    state: Mutex<State>,
}

/// The rows that the records after the epoch touched.
struct State {
    fold: Arc<Fold>,
    /// The read models that are folded on as far as the position.
    folded: Vec<bool>,
}

impl Past {
    pub fn new(store: Store, tables: Tables) -> Self {
        let records = Arc::new(Turn::new(Records { store, kept: Vec::new() }));
        Self { tables, kept: Arc::default(), records }
    }

    /// All read models after that position, which the caller knows to be in the log.
    pub async fn at(&self, position: u64) -> Result<Arc<Then>, ViewError> {
        let start = self.start(position).await?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        // What is passed over or was rebuilt now was never otherwise: every moment is answered like the present.
        let skipped = start.state().fold.skipped.clone();
        kept.retain(|then| then.state().fold.skipped == skipped && then.serials == start.serials);
        let then = match kept.iter().position(|then| then.position == position) {
            Some(known) => kept.remove(known),
            None => {
                let nearer = kept.iter().filter(|then| then.position < position && then.base == start.base);
                if let Some(nearest) = nearer.max_by_key(|then| then.position) {
                    start.state().fold = Arc::clone(&nearest.state().fold);
                }
                Arc::new(start)
            }
        };
        kept.insert(0, Arc::clone(&then));
        bound(&mut kept);
        Ok(then)
    }

    /// The end of the epoch to begin from, with nothing folded on.
    async fn start(&self, position: u64) -> Result<Then, ViewError> {
        let mut progress = self.tables.progress(Slot::Live).await?;
        let running = progress.iter().filter(|progress| progress.stopped.is_none());
        let reached = running.map(|progress| progress.position).min().unwrap_or(position);
        let base = end_before(position.min(reached));
        let early = base.saturating_mul(EARLY) < reached;
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
        let state = Mutex::new(State { fold: Arc::new(fold), folded: vec![false; ALL.len()] });
        let (tables, records) = (self.tables.clone(), Arc::clone(&self.records));
        Ok(Then { tables, records, position, base, early, serials, state })
    }
}

impl Records {
    /// The records after the end of an epoch, as far as that position at least.
    async fn after(&mut self, base: u64, position: u64) -> Result<Arc<Vec<Read>>, ViewError> {
        let reaches = |reads: &[Read]| reads.last().is_some_and(|last| last.position() >= position);
        if let Some(known) = self.kept.iter().position(|(from, reads)| *from == base && reaches(reads)) {
            let found = self.kept.remove(known);
            let reads = Arc::clone(&found.1);
            self.kept.insert(0, found);
            return Ok(reads);
        }
        let mut reads: Vec<Read> = Vec::new();
        loop {
            let after = reads.last().map_or(base, Read::position);
            let records = self.store.records(after, Some(position), PAGE).await?;
            if records.is_empty() {
                break;
            }
            let decoded = tokio::task::spawn_blocking(move || records.iter().map(Read::of).collect::<Vec<_>>()).await?;
            reads.extend(decoded);
        }
        let reads = Arc::new(reads);
        self.kept.retain(|(from, _)| *from != base);
        self.kept.insert(0, (base, Arc::clone(&reads)));
        self.kept.truncate(EPOCHS);
        Ok(reads)
    }
}

impl Then {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The rows of these read models, given by their place in [`ALL`], that records touched after the epoch.
    async fn folded(&self, models: &[usize]) -> Result<Arc<Fold>, ViewError> {
        let ready = || {
            let state = self.state();
            models.iter().all(|model| state.folded[*model]).then(|| Arc::clone(&state.fold))
        };
        if let Some(fold) = ready() {
            return Ok(fold);
        }
        let mut records = self.records.lock().await;
        if let Some(fold) = ready() {
            return Ok(fold);
        }
        let reads = records.after(self.base, self.position).await?;
        let count = reads.partition_point(|read| read.position() <= self.position);
        let (mut fold, mut folded) = {
            let state = self.state();
            (Fold::clone(&state.fold), state.folded.clone())
        };
        let mut loaded: Vec<Option<Loaded>> = ALL.iter().map(|_| None).collect();
        for model in models.iter().copied().filter(|model| !folded[*model]) {
            let missing = fold.missing(model, &reads[..count]);
            let stored = match missing.as_slice() {
                [] => Vec::new(),
                missing => self.tables.load_then(&ALL[model], missing.to_vec(), self.base).await?,
            };
            loaded[model] = Some(Loaded { missing, stored });
        }
        models.iter().for_each(|model| folded[*model] = true);
        let fold = tokio::task::spawn_blocking(move || {
            let mut news = Vec::new();
            for (mut part, loaded) in fold.parts().zip(loaded) {
                let Some(loaded) = loaded else { continue };
                part.load(loaded)?;
                reads[..count].iter().for_each(|read| part.apply(read, &mut news));
            }
            Ok::<_, ViewError>(Arc::new(fold))
        })
        .await??;
        *self.state() = State { fold: Arc::clone(&fold), folded };
        Ok(fold)
    }

    /// Rows by id, as they stood then.
    pub async fn load(&self, shape: &'static Shape, mut ids: Vec<Uuid>) -> Result<Vec<(Uuid, Bytes)>, ViewError> {
        let (place, fold) = self.of(shape).await?;
        let model = model(&fold, place)?;
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
        let (place, fold) = self.of(shape).await?;
        let model = model(&fold, place)?;
        let touched = model.list(wanted);
        let mut more = touched.more;
        let mut rows: Vec<(Cursor, Bytes)> =
            touched.items.into_iter().map(|(cursor, doc)| (cursor, Bytes::from(doc))).collect();
        if self.base > 0 {
            rows.extend(self.tables.list_then(shape, wanted, &model.ids(), self.base, self.early).await?);
            rows.sort_by(|(one, _), (other, _)| one.cmp(other));
            more |= rows.len() > wanted.limit;
            rows.truncate(wanted.limit);
        }
        Ok((rows, more))
    }

    /// Every row of a programme in every read model, and what else was touched.
    pub async fn of_programme(&self, programme: ProgrammeId) -> Result<Memory, ViewError> {
        let all: Vec<usize> = (0..ALL.len()).collect();
        let fold = self.folded(&all).await?;
        let mut memory = fold.memory.clone();
        memory.pass(self.position);
        if self.base > 0 {
            for (place, (table, shape)) in memory.tables.models_mut().zip(ALL).enumerate() {
                let rows = self.tables.of_programme_then(shape, programme, self.base).await?;
                let touched = model(&fold, place)?;
                for (id, doc) in rows.into_iter().filter(|(id, _)| !touched.holds(*id)) {
                    table.load(id, Some(&doc))?;
                }
            }
        }
        Ok(memory)
    }

    /// A read model's place in [`ALL`], and its rows that records touched after the epoch.
    async fn of(&self, shape: &Shape) -> Result<(usize, Arc<Fold>), ViewError> {
        let place = model_of(shape.name).ok_or_else(|| ViewError::Collection(shape.name.to_owned()))?;
        Ok((place, self.folded(&[place]).await?))
    }

    /// How many rows are in memory.
    fn rows(&self) -> usize {
        self.state().fold.memory.tables.models().map(|model| model.held()).sum()
    }
}

fn model(fold: &Fold, place: usize) -> Result<&dyn Model, ViewError> {
    let model = fold.memory.tables.models().nth(place);
    model.ok_or_else(|| ViewError::Collection(place.to_string()))
}

fn bound(kept: &mut Vec<Arc<Then>>) {
    let mut sum = 0;
    let within = kept.iter().take(MOMENTS).take_while(|then| {
        sum += then.rows();
        sum <= ROWS
    });
    let within = within.count().max(1);
    kept.truncate(within);
}
