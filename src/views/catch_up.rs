//! Keeping the read models up with the log: pages of records folded in memory, the rows they touch loaded in one query
//! a read model, each changed row written once, rows and checkpoint kept together.
//!
//! Any number of nodes may do so at once. A page is kept only where the checkpoint still stands where the page began;
//! who comes second drops what it folded and looks again.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use koinon_projections::ALL;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::ViewError;
use super::epoch::end_of;
use super::fold::{Fold, Loaded, Progress};
use super::hot::{Changed, Hot};
use super::page::{Page, Reader};
use super::pending::Pending;
use super::programme::Programmes;
use super::rebuild::RebuildOptions;
use super::sql::Slot;
use super::tables::{Batch, Move, Tables};
use crate::store::Store;

/// The most records of a page beside the live log, where memory counts for more than the last tenth of speed.
const LIVE_PAGE: usize = 2_048;
/// From how many records on the log is far ahead of read models that are opened, and the most records of a page then.
const FAR: usize = 16_384;
/// The most rows kept in memory between pages, and the same for a rebuild and where the log is far ahead.
const ROWS: usize = 8_000;
const MANY_ROWS: usize = 100_000;
/// Under steady load, pages of fewer records than this are not worth a transaction each: so long is gathered first.
const FEW: usize = 512;
const GATHER: Duration = Duration::from_millis(10);
/// How often the log is looked at, whatever was heard.
const LOOK: Duration = Duration::from_secs(1);

/// One chain of pages: from the log, through the fold, into the tables of one slot.
pub(super) struct Chain {
    pub tables: Tables,
    pub slot: Slot,
    /// Which read models take part, by their place in [`ALL`].
    pub wanted: Vec<bool>,
    pub fold: Fold,
    reader: Reader,
    /// The most rows kept in memory between pages.
    rows: usize,
    /// Whether the log is far ahead of the live tables.
    far: bool,
    /// The most records folded before what rows are now is written.
    gathered: usize,
    /// The rows of the live tables that are kept for readers.
    hot: Option<Hot>,
    /// Whether tables that nobody reads yet are written: then pages are read and folded while others are written, and
    /// what rows are now is written after several pages. They are this chain's alone, by this mark in them.
    claim: Option<u64>,
    /// Where each read model stands in the tables, when what is being written has been.
    stored: Vec<Progress>,
    pending: Pending,
    writing: Option<Writing>,
}

/// What is being written, and whether it was kept.
struct Writing {
    batch: Arc<Batch>,
    task: JoinHandle<Result<bool, ViewError>>,
}

impl Chain {
    /// The chain that keeps all read models up with the log.
    pub fn live(store: Store, tables: Tables, hot: Hot) -> Self {
        let reader = Reader::new(store, LIVE_PAGE, false);
        Self { hot: Some(hot), ..Self::new(tables, Slot::Live, vec![true; ALL.len()], reader, ROWS) }
    }

    /// The chain that folds the wanted read models anew beside the live ones, in tables that bear that mark.
    pub fn beside(store: Store, tables: Tables, wanted: Vec<bool>, claim: u64, options: RebuildOptions) -> Self {
        let reader = Reader::new(store, options.page, true);
        let chain = Self::new(tables, Slot::Next, wanted, reader, MANY_ROWS);
        Self { claim: Some(claim), gathered: options.gathered, ..chain }
    }

    fn new(tables: Tables, slot: Slot, wanted: Vec<bool>, reader: Reader, rows: usize) -> Self {
        Self {
            tables,
            slot,
            wanted,
            fold: Fold::default(),
            reader,
            rows,
            far: false,
            gathered: 0,
            hot: None,
            claim: None,
            stored: Vec::new(),
            pending: Pending::default(),
            writing: None,
        }
    }

    /// Reads and keeps more at a time until it has come up with a log that is far ahead, as it is when read models were
    /// dropped or a copy was brought back.
    pub async fn come_up(&mut self, head: u64) -> Result<(), ViewError> {
        self.sync().await?;
        let far = self.reached().is_some_and(|reached| head.saturating_sub(reached) > FAR as u64);
        if far { self.pace(far).await } else { Ok(()) }
    }

    async fn pace(&mut self, far: bool) -> Result<(), ViewError> {
        let (page, rows) = if far { (FAR, MANY_ROWS) } else { (LIVE_PAGE, ROWS) };
        self.reader.pace(page, far);
        (self.far, self.rows) = (far, rows);
        self.tables.building(far).await
    }

    /// The position that every read model taking part has reached, of those that have not stopped.
    pub fn reached(&self) -> Option<u64> {
        let running = self
            .fold
            .progress
            .iter()
            .zip(&self.wanted)
            .filter(|(progress, wanted)| **wanted && progress.stopped.is_none());
        running.map(|(progress, _)| progress.position).min()
    }

    /// Takes over where the tables stand; what is in memory is kept only if nobody else moved them.
    pub async fn sync(&mut self) -> Result<(), ViewError> {
        let progress = self.tables.progress(self.slot).await?;
        if progress != self.stored {
            self.fold.forget();
            self.fold.forgot = progress.iter().any(|progress| progress.position > 0);
            self.fold.progress.clone_from(&progress);
            self.pending = Pending::default();
            self.stored = progress;
            let held = self.tables.held(self.slot).await?;
            self.fold.skipped = self.tables.skipped().await?.iter().map(|skipped| skipped.position).collect();
            self.fold.hold_back(held);
            if let Some(hot) = &self.hot {
                hot.start(self.positions());
            }
        }
        Ok(())
    }

    /// Folds and keeps one page; how many records it had. None when another node was faster.
    ///
    /// # Errors
    /// [`ViewError::TakenOver`] when the tables beside the live ones are another rebuild's by now.
    pub async fn step(&mut self) -> Result<Option<usize>, ViewError> {
        let result = self.page().await;
        if !matches!(result, Ok(Some(_))) {
            // What is being written comes to its end, however that is; then everything begins from the tables.
            let _ = self.written().await;
            self.fold.forget();
            self.fold.progress.clear();
            self.fold.news.clear();
            self.stored.clear();
        }
        if self.far && matches!(result, Ok(Some(count)) if count < FAR) {
            self.pace(false).await?;
        }
        match result {
            Ok(None) if self.claim.is_some() => Err(ViewError::TakenOver),
            result => result,
        }
    }

    async fn page(&mut self) -> Result<Option<usize>, ViewError> {
        if self.writing.is_none() {
            self.sync().await?;
        }
        let page = match self.reached() {
            Some(from) => self.reader.after(from).await?,
            None => Page::default(),
        };
        let count = page.reads.len();
        if (count > 0 || self.pending.records() > 0) && !self.keep(page).await? {
            return Ok(None);
        }
        if count == 0 && !self.written().await? {
            return Ok(None);
        }
        Ok(Some(count))
    }

    /// Waits for what is being written; whether it was kept.
    async fn written(&mut self) -> Result<bool, ViewError> {
        match self.writing.take() {
            Some(writing) => writing.task.await?,
            None => Ok(true),
        }
    }

    /// Whether what rows are now may wait after this page. It may not where the log ends; nor where a read model does
    /// not stand at the end of an epoch, since after a kill what was written ahead is known by the epoch it lies in.
    fn may_wait(&self, page: &Page) -> bool {
        let running =
            self.stored.iter().zip(&self.wanted).filter(|(stored, wanted)| **wanted && stored.stopped.is_none());
        let mut positions = running.map(|(stored, _)| stored.position);
        let first = positions.next();
        self.claim.is_some()
            && self.reader.is_full(page)
            && first.is_some_and(|first| first == end_of(first) && positions.all(|position| position == first))
            && self.pending.records() + page.reads.len() < self.gathered
    }

    async fn keep(&mut self, page: Page) -> Result<bool, ViewError> {
        let loaded = self.load(&page).await?;
        let (may_wait, is_full, before) = (self.may_wait(&page), self.reader.is_full(&page), self.stored.clone());
        let (mut fold, mut pending) = (std::mem::take(&mut self.fold), std::mem::take(&mut self.pending));
        let (wanted, rows) = (self.wanted.clone(), self.rows);
        let Page { reads, last } = page;
        let (fold, pending, mut batch) = tokio::task::spawn_blocking(move || {
            pending.fold(&mut fold, loaded, &reads, &wanted)?;
            let too_many = fold.memory.tables.models().map(|model| model.held()).sum::<usize>() > rows;
            let batch = if may_wait && !too_many {
                Batch { changes: pending.take_past(), moves: stay(&before, &wanted), ..Batch::default() }
            } else {
                Batch { changes: pending.take(&fold), ..moved(&mut fold, &before, &wanted) }
            };
            if too_many {
                fold.forget();
            }
            Ok::<_, ViewError>((fold, pending, batch))
        })
        .await??;
        (self.fold, self.pending) = (fold, pending);
        if self.pending.records() == 0 {
            self.stored.clone_from(&self.fold.progress);
        }
        batch.claim = self.claim;
        batch.seen = last.filter(|_| self.slot == Slot::Live);
        tell(&batch);
        let changed: Changed = self.hot.iter().flat_map(|_| batch.changed()).collect();
        if let Some(hot) = &self.hot {
            hot.begin();
        }
        if !self.written().await? {
            return Ok(false);
        }
        let (tables, slot, batch) = (self.tables.clone(), self.slot, Arc::new(batch));
        let task = tokio::spawn({
            let batch = Arc::clone(&batch);
            async move { tables.commit(slot, batch).await }
        });
        self.writing = Some(Writing { batch, task });
        // At the end of the log nothing is left to do meanwhile.
        if self.claim.is_some() && is_full {
            return Ok(true);
        }
        let kept = self.written().await?;
        if let Some(hot) = self.hot.as_ref().filter(|_| kept) {
            hot.moved(self.positions(), &changed);
        }
        Ok(kept)
    }

    /// Where each read model stands.
    pub fn positions(&self) -> Vec<u64> {
        self.fold.progress.iter().map(|progress| progress.position).collect()
    }

    /// Loads the rows that a page will touch: from what is being written, or else as they are stored.
    async fn load(&mut self, page: &Page) -> Result<Vec<Loaded>, ViewError> {
        let mut loaded = Vec::with_capacity(ALL.len());
        for (model, shape) in ALL.iter().enumerate() {
            let missing = if self.wanted[model] { self.fold.missing(model, &page.reads) } else { Vec::new() };
            let mut stored: Vec<(Uuid, Bytes)> = Vec::new();
            // A table that is still empty, or whose rows are all in memory, has nothing to load.
            if !missing.is_empty() && !self.fold.has_all(model) {
                let mut others: Vec<Uuid> = Vec::new();
                for id in &missing {
                    match self.writing.as_ref().and_then(|writing| writing.batch.row(model, *id)) {
                        Some(doc) => stored.push((*id, doc)),
                        None => others.push(*id),
                    }
                }
                if !others.is_empty() {
                    stored.extend(self.tables.load(shape, self.slot, others).await?);
                }
            }
            loaded.push(Loaded { missing, stored });
        }
        Ok(loaded)
    }
}

/// Tells the operator what was held back and what stopped.
fn tell(batch: &Batch) {
    for held in &batch.held {
        let (projection, subject) = (ALL[held.model].name, held.subject.to_string());
        tracing::error!(
            projection,
            subject,
            position = held.position,
            reason = held.reason,
            "an event cannot be folded; its subject is held back"
        );
    }
    for moved in batch.moves.iter().filter(|moved| moved.stopped.is_some()) {
        tracing::error!(
            projection = ALL[moved.model].name,
            position = moved.to,
            reason = moved.stopped,
            "a read model has stopped"
        );
    }
}

/// That every read model taking part is kept where it is.
fn stay(stored: &[Progress], wanted: &[bool]) -> Vec<Move> {
    let running = stored.iter().enumerate().filter(|(model, stored)| wanted[*model] && stored.stopped.is_none());
    let stay =
        |(model, stored): (usize, &Progress)| Move { model, from: stored.position, to: stored.position, stopped: None };
    running.map(stay).collect()
}

/// What a folded page has to keep but for its rows.
fn moved(fold: &mut Fold, before: &[Progress], wanted: &[bool]) -> Batch {
    let moves = fold.progress.iter().zip(before).enumerate();
    let moves = moves.filter(|(model, (progress, before))| wanted[*model] && progress != before);
    let moves = moves.map(|(model, (progress, before))| Move {
        model,
        from: before.position,
        to: progress.position,
        stopped: progress.stopped.clone(),
    });
    Batch { moves: moves.collect(), held: std::mem::take(&mut fold.news), ..Batch::default() }
}

/// Follows the log until nobody reads the views any more.
pub(super) async fn follow(
    chain: Arc<tokio::sync::Mutex<Chain>>,
    applied: watch::Sender<u64>,
    programmes: Arc<Programmes>,
    mut head: watch::Receiver<u64>,
) {
    loop {
        let result = {
            let mut chain = chain.lock().await;
            let result = chain.step().await;
            programmes.stand_at(chain.fold.progress.iter().map(|progress| progress.serial).sum());
            if let Some(reached) = chain.reached() {
                applied.send_replace(reached);
            }
            result
        };
        match result {
            Ok(Some(0)) => {
                tokio::select! {
                    changed = head.changed() => if changed.is_err() { return },
                    () = applied.closed() => return,
                    () = tokio::time::sleep(LOOK) => {}
                }
            }
            Ok(Some(count)) if count < FEW => tokio::time::sleep(GATHER).await,
            Ok(Some(_)) => {}
            Ok(None) => tokio::time::sleep(Duration::from_millis(5)).await,
            Err(_) if applied.is_closed() => return,
            Err(error) => {
                tracing::warn!(%error, "the read models could not be moved on; trying again");
                tokio::time::sleep(LOOK).await;
            }
        }
    }
}
