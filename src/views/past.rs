//! The past: the same folds over the first n records. States once folded are kept, within a bound, and folded on from.

use std::collections::HashSet;
use std::sync::Arc;

use koinon_projections::Memory;
use tokio::sync::Mutex;

use super::ViewError;
use super::fold::{Fold, Read};
use super::tables::Tables;
use crate::store::Store;

/// Records folded at a time.
const PAGE: usize = 8_192;
/// The most states kept.
const STATES: usize = 16;
/// The most rows that all states kept may hold together; states share the rows that did not change between them.
const ROWS: usize = 400_000;

/// States of the past that were asked for, the last asked first.
#[derive(Clone)]
pub(super) struct Past {
    store: Store,
    tables: Tables,
    kept: Arc<Mutex<Vec<Kept>>>,
}

/// A state and the position it stands for.
type Kept = (u64, Arc<Fold>);

impl Past {
    pub fn new(store: Store, tables: Tables) -> Self {
        Self { store, tables, kept: Arc::default() }
    }

    /// All read models after that position, which the caller knows to be in the log.
    pub async fn at(&self, position: u64) -> Result<Arc<Fold>, ViewError> {
        let skipped: HashSet<u64> = self.tables.skipped().await?.iter().map(|skipped| skipped.position).collect();
        let mut kept = self.kept.lock().await;
        // What is passed over now was never there: every moment is answered like the present.
        kept.retain(|(_, fold)| fold.skipped == skipped);
        if let Some(at) = kept.iter().position(|(known, _)| *known == position) {
            let found = kept.remove(at);
            let state = Arc::clone(&found.1);
            kept.insert(0, found);
            return Ok(state);
        }
        let nearest = kept.iter().filter(|(known, _)| *known < position).max_by_key(|(known, _)| *known);
        let (from, mut fold) =
            nearest.map_or_else(|| (0, Fold { skipped, ..Fold::default() }), |(from, fold)| (*from, Fold::clone(fold)));
        let mut at = from;
        while at < position {
            let records = self.store.records(at, Some(position), PAGE).await?;
            let Some(last) = records.last() else { break };
            at = last.position;
            fold = tokio::task::spawn_blocking(move || {
                records.iter().for_each(|stored| fold.apply_to_all(&Read::of(stored)));
                fold
            })
            .await?;
        }
        let state = Arc::new(fold);
        kept.insert(0, (position, Arc::clone(&state)));
        bound(&mut kept);
        Ok(state)
    }
}

fn bound(kept: &mut Vec<Kept>) {
    let rows = |memory: &Memory| memory.tables.models().map(|model| model.held()).sum::<usize>();
    let mut sum = 0;
    let within = kept.iter().take(STATES).take_while(|(_, fold)| {
        sum += rows(&fold.memory);
        sum <= ROWS
    });
    let within = within.count().max(1);
    kept.truncate(within);
}
