//! Keeping the read models up with the log: pages of records folded in memory, the rows they touch loaded in one query
//! a read model, each changed row written once, rows and checkpoint kept together.
//!
//! Any number of nodes may do so at once. A page is kept only where the checkpoint still stands where the page began;
//! who comes second drops what it folded and looks again.

use std::collections::HashMap;
use std::time::Duration;

use koinon_projections::ALL;
use sha2::{Digest, Sha256};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::ViewError;
use super::epoch::end_of;
use super::fold::{Fold, Progress, Read};
use super::hot::{Changed, Hot};
use super::programme::Programmes;
use super::sql::Slot;
use super::tables::{Batch, Changes, Move, Tables};
use crate::store::{Store, Stored};

/// The most records a rebuild folds before their rows are written.
pub(super) const PAGE: usize = 32_768;
/// The same beside the live log, where memory counts for more than the last tenth of speed.
const LIVE_PAGE: usize = 2_048;
/// The most rows kept in memory between pages.
const ROWS: usize = 8_000;
/// Under steady load, pages of fewer records than this are not worth a transaction each: so long is gathered first.
const FEW: usize = 512;
const GATHER: Duration = Duration::from_millis(10);
/// How often the log is looked at, whatever was heard.
const LOOK: Duration = Duration::from_secs(1);

/// One chain of pages: from the log, through the fold, into the tables of one slot.
pub(super) struct Chain {
    pub store: Store,
    pub tables: Tables,
    pub slot: Slot,
    /// Which read models take part, by their place in [`ALL`].
    pub wanted: Vec<bool>,
    pub fold: Fold,
    /// The most rows kept in memory between pages.
    pub rows: usize,
    /// The most records folded before their rows are written.
    pub page: usize,
    /// The rows of the live tables that are kept for readers.
    pub hot: Option<Hot>,
    /// Whether a page is folded while the one before is written, and the page that is being written now.
    pub ahead: bool,
    pub writing: Option<JoinHandle<Result<bool, ViewError>>>,
}

impl Chain {
    /// The chain that keeps all read models up with the log.
    pub fn live(store: Store, tables: Tables, hot: Hot) -> Self {
        let (wanted, fold) = (vec![true; ALL.len()], Fold::default());
        let (rows, page, hot) = (ROWS, LIVE_PAGE, Some(hot));
        Self { store, tables, slot: Slot::Live, wanted, fold, rows, page, hot, ahead: false, writing: None }
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
        if progress != self.fold.progress {
            self.fold.forget();
            self.fold.progress = progress;
            let held = self.tables.held(self.slot).await?;
            self.fold.skipped = self.tables.skipped().await?.iter().map(|skipped| skipped.position).collect();
            self.fold.parked = held.into_iter().map(|held| (held.model, held.subject)).collect();
            if let Some(hot) = &self.hot {
                hot.start(self.positions());
            }
        }
        Ok(())
    }

    /// Folds and keeps one page; how many records it had. None when another node was faster.
    pub async fn step(&mut self) -> Result<Option<usize>, ViewError> {
        let result = self.page().await;
        if !matches!(result, Ok(Some(_))) {
            // What is being written comes to its end, however that is; then everything begins from the tables.
            let _ = self.written().await;
            self.fold.forget();
            self.fold.progress.clear();
            self.fold.news.clear();
        }
        result
    }

    async fn page(&mut self) -> Result<Option<usize>, ViewError> {
        if self.writing.is_none() {
            self.sync().await?;
        }
        let records = match self.reached() {
            Some(from) => self.store.records(from, None, self.page).await?,
            None => Vec::new(),
        };
        if records.is_empty() {
            return Ok(self.written().await?.then_some(0));
        }
        self.keep(records).await
    }

    /// Waits for the page that is being written; whether it was kept.
    async fn written(&mut self) -> Result<bool, ViewError> {
        match self.writing.take() {
            Some(writing) => writing.await?,
            None => Ok(true),
        }
    }

    async fn keep(&mut self, records: Vec<Stored>) -> Result<Option<usize>, ViewError> {
        let count = records.len();
        let seen = records.last().map(|stored| (stored.position, mark_of(&stored.bytes)));
        let reads: Vec<Read> = tokio::task::spawn_blocking(move || records.iter().map(Read::of).collect()).await?;
        if !self.load(&reads).await? {
            return Ok(None);
        }
        let before = self.fold.progress.clone();
        let mut fold = std::mem::take(&mut self.fold);
        let (wanted, slot, rows) = (self.wanted.clone(), self.slot, self.rows);
        let (fold, mut batch) = tokio::task::spawn_blocking(move || {
            let mut changes = vec![Changes::default(); ALL.len()];
            let mut places = vec![HashMap::new(); ALL.len()];
            for epoch in reads.chunk_by(|one, other| end_of(one.position()) == end_of(other.position())) {
                epoch.iter().for_each(|read| fold.apply(read, &wanted));
                let since = end_of(epoch[0].position());
                for (model, table) in fold.memory.tables.models_mut().enumerate() {
                    changes[model].add(&mut places[model], table.changes()?, since);
                }
            }
            for (table, changes) in fold.memory.tables.models().zip(&mut changes) {
                changes.now.iter_mut().for_each(|now| now.words = table.words(now.row.id));
                // In the order in which they lie, so that neighbours are written together.
                changes.now.sort_unstable_by_key(|now| now.row.id);
            }
            let batch = Batch { changes, ..moved(&mut fold, &before, &wanted) };
            if fold.memory.tables.models().map(|model| model.held()).sum::<usize>() > rows {
                fold.forget();
            }
            Ok::<_, ViewError>((fold, batch))
        })
        .await??;
        self.fold = fold;
        batch.seen = seen.filter(|_| slot == Slot::Live);
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
        let changed: Changed = self.hot.iter().flat_map(|_| batch.changed()).collect();
        if let Some(hot) = &self.hot {
            hot.begin();
        }
        if !self.written().await? {
            return Ok(None);
        }
        if self.ahead {
            let tables = self.tables.clone();
            self.writing = Some(tokio::spawn(async move { tables.commit(slot, batch).await }));
            return Ok(Some(count));
        }
        let kept = self.tables.commit(slot, batch).await?;
        if let Some(hot) = self.hot.as_ref().filter(|_| kept) {
            hot.moved(self.positions(), &changed);
        }
        Ok(kept.then_some(count))
    }

    /// Where each read model stands.
    pub fn positions(&self) -> Vec<u64> {
        self.fold.progress.iter().map(|progress| progress.position).collect()
    }

    /// Loads the rows that a page will touch; not when another node was faster with the page before.
    async fn load(&mut self, reads: &[Read]) -> Result<bool, ViewError> {
        for (model, shape) in ALL.iter().enumerate() {
            let missing = if self.wanted[model] { self.fold.missing(model, reads) } else { Vec::new() };
            if missing.is_empty() {
                continue;
            }
            // A table that is still empty, or whose rows are all in memory, has nothing to load.
            let stored = if self.fold.has_all(model) {
                Vec::new()
            } else {
                if !self.written().await? {
                    return Ok(false);
                }
                self.tables.load(shape, self.slot, missing.clone()).await?
            };
            self.fold.put(model, missing, stored)?;
        }
        Ok(true)
    }
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

/// By which a record is known again.
pub(super) fn mark_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Follows the log until nobody reads the views any more.
pub(super) async fn follow(
    chain: std::sync::Arc<tokio::sync::Mutex<Chain>>,
    applied: watch::Sender<u64>,
    programmes: std::sync::Arc<Programmes>,
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
