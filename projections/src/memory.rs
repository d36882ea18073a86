//! The engine that holds every read model in memory: for the past, for tests, and as the working copy of a rebuild.

use crate::entry::Entry;
use crate::models::Tables;

/// Every read model as it stands after a position. Copies share their rows.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// The rows.
    pub tables: Tables,
    position: u64,
}

impl Memory {
    /// The position of the last event folded.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// Moves on past an event that no read model can fold.
    pub fn pass(&mut self, position: u64) {
        self.position = position;
    }

    /// Folds one event into every read model that reads it.
    pub fn apply(&mut self, entry: &Entry) {
        self.position = entry.position;
        for model in self.tables.models_mut() {
            model.apply(entry);
        }
    }
}
