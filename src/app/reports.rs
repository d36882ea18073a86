//! Periodic reports while serving: composed from the log as `koinon report` does, and kept for the next reader.
//!
//! What is composed at a position never changes, so that it may be kept; one report is folded at a time. Nothing here
//! looks at who asks: the rim answers only those who may see the report itself.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use koinon_events::ReportId;
use koinon_projections::reports::ReportRow;
use lru::LruCache;

use super::{Failure, Koinon};
use crate::report::{Composed, Folded, Format, ReportError, frozen};

/// How many records are folded between two looks at the log.
const PAGE: usize = 1024;

/// How many reports are kept.
const KEPT: usize = 16;

/// A report at a position.
type Key = (ReportId, u64);

/// Reports that were asked for lately.
pub(super) struct Written {
    composed: Mutex<LruCache<Key, Arc<Composed>>>,
    written: Mutex<LruCache<(Key, Format), Bytes>>,
    turn: tokio::sync::Mutex<()>,
}

impl Default for Written {
    fn default() -> Self {
        let kept = NonZeroUsize::MIN.saturating_add(KEPT);
        Self {
            composed: Mutex::new(LruCache::new(kept)),
            written: Mutex::new(LruCache::new(kept.saturating_mul(NonZeroUsize::MIN.saturating_add(4)))),
            turn: tokio::sync::Mutex::default(),
        }
    }
}

impl Written {
    fn composed(&self, key: Key) -> Option<Arc<Composed>> {
        self.composed.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned()
    }

    fn written(&self, key: Key, format: Format) -> Option<Bytes> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner).get(&(key, format)).cloned()
    }
}

impl Koinon {
    /// The position a report is shown at: the one asked for, else the one it was frozen at, else `now`.
    pub fn shown_at(row: &ReportRow, asked: Option<u64>, now: u64) -> u64 {
        asked.or_else(|| frozen(row)).unwrap_or(now)
    }

    /// A report as composed from the first records.
    ///
    /// # Errors
    /// [`Failure::Absent`] when these records do not hold it; [`Failure::Unavailable`] when they cannot be read.
    pub async fn report(&self, report: ReportId, position: u64) -> Result<Arc<Composed>, Failure> {
        let shelf = &self.inner.written;
        if let Some(kept) = shelf.composed((report, position)) {
            return Ok(kept);
        }
        let _turn = shelf.turn.lock().await;
        if let Some(kept) = shelf.composed((report, position)) {
            return Ok(kept);
        }
        let mut folded = Folded::default();
        while folded.size() < position {
            let page = self.inner.store.records(folded.size(), Some(position), PAGE).await?;
            if page.is_empty() {
                return Err(Failure::AboveHead { asked: position, head: folded.size() });
            }
            let task = tokio::task::spawn_blocking(move || {
                page.iter().try_for_each(|stored| folded.next(&stored.bytes)).map(|()| folded)
            });
            folded = task.await.map_err(|error| Failure::Internal(error.to_string()))??;
        }
        let task = tokio::task::spawn_blocking(move || folded.compose(report));
        let composed = Arc::new(task.await.map_err(|error| Failure::Internal(error.to_string()))??);
        let mut kept = shelf.composed.lock().unwrap_or_else(PoisonError::into_inner);
        kept.put((report, position), Arc::clone(&composed));
        Ok(composed)
    }

    /// A report as a file of a format: the bytes that `koinon report` writes.
    ///
    /// # Errors
    /// As [`Self::report`].
    pub async fn report_file(&self, report: ReportId, position: u64, format: Format) -> Result<Bytes, Failure> {
        let shelf = &self.inner.written;
        if let Some(kept) = shelf.written((report, position), format) {
            return Ok(kept);
        }
        let composed = self.report(report, position).await?;
        let task = tokio::task::spawn_blocking(move || format.write(&composed));
        let bytes = Bytes::from(task.await.map_err(|error| Failure::Internal(error.to_string()))??);
        let mut kept = shelf.written.lock().unwrap_or_else(PoisonError::into_inner);
        kept.put(((report, position), format), bytes.clone());
        Ok(bytes)
    }

    /// How many bytes a report's file has, when it was written lately.
    pub fn report_size(&self, report: ReportId, position: u64, format: Format) -> Option<usize> {
        self.inner.written.written((report, position), format).map(|bytes| bytes.len())
    }
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::Absent(_) => Self::Absent,
            other => Self::Internal(other.to_string()),
        }
    }
}
