//! Turns: commands that lost a race on a subject try again one after the other, so that each gets through however many
//! there are.
//!
//! Between processes the guard of the append decides alone; within one, waiting in line is cheaper than losing again.

use std::hash::{BuildHasher, RandomState};

use koinon_events::Subject;
use tokio::sync::{Mutex, MutexGuard};

/// How many lines there are; subjects that share one wait for each other, which costs time and nothing else.
const LINES: usize = 64;

/// The lines in which commands wait.
pub(super) struct Turns {
    lines: Vec<Mutex<()>>,
    hash: RandomState,
}

impl Turns {
    pub(super) fn new() -> Self {
        Self { lines: (0..LINES).map(|_| Mutex::new(())).collect(), hash: RandomState::new() }
    }

    /// Waits for a turn on the subject; it lasts until the guard is dropped.
    pub(super) async fn of(&self, subject: Subject) -> MutexGuard<'_, ()> {
        let line = self.hash.hash_one(subject) % LINES as u64;
        self.lines[usize::try_from(line).unwrap_or(0)].lock().await
    }
}

#[cfg(test)]
mod tests {
    use koinon_events::VisitId;
    use uuid::Uuid;

    use super::*;

    #[tokio::test]
    async fn a_subject_has_one_turn_at_a_time() {
        let turns = Turns::new();
        let subject = VisitId(Uuid::nil()).subject();
        let turn = turns.of(subject).await;
        let waited = tokio::time::timeout(std::time::Duration::from_millis(20), turns.of(subject)).await;
        assert!(waited.is_err());
        drop(turn);
        drop(turns.of(subject).await);
    }
}
