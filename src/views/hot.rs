//! Rows of now that were read lately, so that a subject many look at is not read from its table each time.
//!
//! What is kept stands where this node's read models stand: whoever moves them here says so before and after, and takes
//! out what changed; where somebody else moved them, everything is forgotten. A row read from its table while they moved
//! is not kept, since nobody knows whether it is of before or after.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use lru::LruCache;
use uuid::Uuid;

/// The most rows kept.
const ROWS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(8_191);
/// The most bytes of a row that is kept.
const LARGEST: usize = 16 * 1024;

/// A row by its read model's place in [`koinon_projections::ALL`] and its id.
pub(super) type Key = (usize, Uuid);

/// What is known of a row: its JSON, or that there is none.
type Doc = Option<Bytes>;

/// Which rows a page of records changed.
pub(super) type Changed = Vec<Key>;

/// The rows. Cheap to clone.
#[derive(Clone)]
pub(super) struct Hot {
    inner: Arc<Mutex<Inner>>,
}

struct Inner {
    rows: LruCache<Key, Doc>,
    /// Where each read model stands.
    positions: Vec<u64>,
    /// Counts moves; odd while one is under way.
    moves: u64,
}

impl Default for Hot {
    fn default() -> Self {
        let inner = Inner { rows: LruCache::new(ROWS), positions: Vec::new(), moves: 0 };
        Self { inner: Arc::new(Mutex::new(inner)) }
    }
}

impl Hot {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known of a row, and the position it stands for.
    pub fn get(&self, key: Key) -> Option<(u64, Doc)> {
        let mut inner = self.lock();
        let position = inner.positions.get(key.0).copied()?;
        let doc = inner.rows.get(&key)?.clone();
        Some((position, doc))
    }

    /// To be asked before rows are read from their tables, and given back with them.
    pub fn moves(&self) -> u64 {
        self.lock().moves
    }

    /// Keeps rows that were read from their tables, if nothing moved meanwhile.
    pub fn keep(&self, moves: u64, rows: impl IntoIterator<Item = (Key, Doc)>) {
        let mut inner = self.lock();
        if inner.moves != moves || moves % 2 == 1 {
            return;
        }
        for (key, doc) in rows {
            if doc.as_ref().is_none_or(|doc| doc.len() <= LARGEST) {
                inner.rows.put(key, doc);
            }
        }
    }

    /// The read models are about to move.
    pub fn begin(&self) {
        let mut inner = self.lock();
        inner.moves += 1 + inner.moves % 2;
    }

    /// They stand at these positions now, and these rows changed.
    pub fn moved(&self, positions: Vec<u64>, changed: &Changed) {
        let mut inner = self.lock();
        for key in changed {
            inner.rows.pop(key);
        }
        inner.positions = positions;
        inner.moves += 1 + (1 - inner.moves % 2);
    }

    /// They stand at these positions, and nobody here knows what changed.
    pub fn start(&self, positions: Vec<u64>) {
        let mut inner = self.lock();
        inner.rows.clear();
        inner.positions = positions;
        inner.moves += 1 + (1 - inner.moves % 2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VISIT: Key = (4, Uuid::nil());

    fn doc(text: &str) -> Doc {
        Some(Bytes::from(text.to_owned()))
    }

    #[test]
    fn a_row_is_kept_until_it_changes() {
        let hot = Hot::default();
        hot.start(vec![7; 5]);
        hot.keep(hot.moves(), [(VISIT, doc("a")), ((0, Uuid::nil()), None)]);
        hot.begin();
        hot.moved(vec![8; 5], &vec![(0, Uuid::nil())]);
        assert_eq!(hot.get(VISIT), Some((8, doc("a"))), "another row changed");
        assert_eq!(hot.get((0, Uuid::nil())), None);
        hot.begin();
        hot.moved(vec![9; 5], &vec![VISIT]);
        assert_eq!(hot.get(VISIT), None);
    }

    #[test]
    fn what_was_read_while_the_read_models_moved_is_not_kept() {
        let hot = Hot::default();
        hot.start(vec![7; 5]);
        let before = hot.moves();
        hot.begin();
        let during = hot.moves();
        hot.keep(before, [(VISIT, doc("old"))]);
        hot.keep(during, [(VISIT, doc("old"))]);
        hot.moved(vec![8; 5], &vec![VISIT]);
        hot.keep(before, [(VISIT, doc("old"))]);
        hot.keep(during, [(VISIT, doc("old"))]);
        assert_eq!(hot.get(VISIT), None);
        hot.keep(hot.moves(), [(VISIT, doc("new"))]);
        assert_eq!(hot.get(VISIT), Some((8, doc("new"))));
        hot.begin();
        hot.start(vec![8; 5]);
        assert_eq!(hot.get(VISIT), None, "somebody else moved them");
    }
}
