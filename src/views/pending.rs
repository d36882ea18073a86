//! What was folded and is not written yet.
//!
//! What a row was for a while never changes again, so it may be written as soon as it is known; what it is now is worth
//! writing once, when its page, or the last of some pages, has been folded.

use std::collections::HashMap;

use koinon_projections::ALL;
use uuid::Uuid;

use super::ViewError;
use super::epoch::end_of;
use super::fold::{Fold, Loaded, Read};
use super::tables::Changes;

/// The changes that wait, for each read model of [`ALL`] in its place.
#[derive(Debug)]
pub(super) struct Pending {
    changes: Vec<Changes>,
    places: Vec<HashMap<Uuid, usize>>,
    records: usize,
}

impl Default for Pending {
    fn default() -> Self {
        Self { changes: vec![Changes::default(); ALL.len()], places: vec![HashMap::new(); ALL.len()], records: 0 }
    }
}

impl Pending {
    /// How many records were folded since all was written.
    pub fn records(&self) -> usize {
        self.records
    }

    /// Folds records into the wanted read models, in which the rows they touch are put first, for each of [`ALL`] in its
    /// place; and adds what that changes, epoch by epoch.
    pub fn fold(
        &mut self,
        fold: &mut Fold,
        loaded: Vec<Loaded>,
        reads: &[Read],
        wanted: &[bool],
    ) -> Result<(), ViewError> {
        let changes = self.changes.iter_mut().zip(&mut self.places).zip(loaded);
        let parts = fold.parts().zip(changes).filter(|(part, _)| wanted[part.model]);
        let mut news = Vec::new();
        for (mut part, ((changes, places), loaded)) in parts {
            part.load(loaded)?;
            for epoch in reads.chunk_by(|one, other| end_of(one.position()) == end_of(other.position())) {
                epoch.iter().for_each(|read| part.apply(read, &mut news));
                changes.add(places, part.table.changes()?, end_of(epoch[0].position()));
            }
        }
        news.sort_by_key(|held| (held.position, held.model));
        fold.news.append(&mut news);
        if let Some(last) = reads.last() {
            fold.memory.pass(last.position());
        }
        self.records += reads.len();
        Ok(())
    }

    /// Takes what rows were; what they are now goes on waiting.
    pub fn take_past(&mut self) -> Vec<Changes> {
        let past = |changes: &mut Changes| Changes { past: std::mem::take(&mut changes.past), now: Vec::new() };
        self.changes.iter_mut().map(past).collect()
    }

    /// Takes everything; each row's words are made from how it is in memory.
    pub fn take(&mut self, fold: &Fold) -> Vec<Changes> {
        let mut changes = std::mem::take(self).changes;
        for (table, changes) in fold.memory.tables.models().zip(&mut changes) {
            changes.now.iter_mut().for_each(|now| now.words = table.words(now.row.id));
            // In the order in which they lie, so that neighbours are written together.
            changes.now.sort_unstable_by_key(|now| now.row.id);
        }
        changes
    }
}
