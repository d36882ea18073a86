//! All rows of one programme in memory: what dashboards, figures, findings and the inbox are read from. Kept as long as
//! nothing happens, within a bound, so that asking again costs no read of the tables.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use koinon_events::ProgrammeId;
use koinon_projections::Memory;

/// The most programmes kept, each at one moment.
const PROGRAMMES: usize = 64;
/// The most rows that all of them may hold together.
const ROWS: usize = 100_000;

/// One programme at one moment.
struct Kept {
    programme: ProgrammeId,
    /// Where the read models stood, and whether that was now: the past is answered by what was folded for it.
    position: u64,
    live: bool,
    memory: Arc<Memory>,
    rows: usize,
}

/// Programmes that were asked about, the last asked first.
#[derive(Default)]
pub(super) struct Programmes {
    kept: Mutex<Vec<Kept>>,
    /// How often tables had been replaced, by whichever process.
    replaced: AtomicU64,
}

impl Programmes {
    /// The programme as it is kept for that moment.
    pub fn at(&self, programme: ProgrammeId, position: u64, live: bool) -> Option<Arc<Memory>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = |kept: &Kept| kept.programme == programme && kept.position == position && kept.live == live;
        let found = kept.iter().position(asked)?;
        let found = kept.remove(found);
        let memory = Arc::clone(&found.memory);
        kept.insert(0, found);
        Some(memory)
    }

    /// Keeps a programme; of now, only the newest moment is worth it.
    pub fn keep(&self, programme: ProgrammeId, position: u64, live: bool, memory: &Arc<Memory>) {
        let rows = memory.tables.models().map(|model| model.held()).sum::<usize>();
        if rows > ROWS {
            return;
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|known| {
            known.programme != programme || known.live != live || (!live && known.position != position)
        });
        kept.insert(0, Kept { programme, position, live, memory: Arc::clone(memory), rows });
        let mut sum = 0;
        let within = kept.iter().take(PROGRAMMES).take_while(|kept| {
            sum += kept.rows;
            sum <= ROWS
        });
        let within = within.count();
        kept.truncate(within);
    }

    /// Hears how often tables have been replaced; what was read before the last time is forgotten.
    pub fn stand_at(&self, replaced: u64) {
        if self.replaced.swap(replaced, Ordering::Relaxed) != replaced {
            self.forget();
        }
    }

    /// Forgets all: something was rebuilt or passed over.
    pub fn forget(&self) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
