//! A page of the log, read and decoded; where all of the log is folded, the next page is read meanwhile.

use sha2::{Digest, Sha256};
use tokio::task::JoinHandle;

use super::ViewError;
use super::fold::Read;
use crate::store::Store;

/// Some records in their order.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub reads: Vec<Read>,
    /// The last of them: its position and the hash of its bytes.
    pub last: Option<(u64, String)>,
}

impl Page {
    async fn read(store: Store, after: u64, limit: usize) -> Result<Self, ViewError> {
        let records = store.records(after, None, limit).await?;
        let decoded = tokio::task::spawn_blocking(move || Self {
            last: records.last().map(|stored| (stored.position, mark_of(&stored.bytes))),
            reads: records.iter().map(Read::of).collect(),
        });
        Ok(decoded.await?)
    }
}

/// Reads page after page.
pub(super) struct Reader {
    store: Store,
    /// The most records of a page.
    limit: usize,
    /// Whether the next page is read before it is asked for.
    ahead: bool,
    /// The page that is being read, and after which position.
    next: Option<(u64, JoinHandle<Result<Page, ViewError>>)>,
}

impl Reader {
    pub fn new(store: Store, limit: usize, ahead: bool) -> Self {
        Self { store, limit, ahead, next: None }
    }

    /// Reads so many records a page from now on, and ahead or not.
    pub fn pace(&mut self, limit: usize, ahead: bool) {
        (self.limit, self.ahead, self.next) = (limit, ahead, None);
    }

    /// Whether the page has all the records a page can have: then the log may go on after it.
    pub fn is_full(&self, page: &Page) -> bool {
        page.reads.len() >= self.limit
    }

    /// The page after that position; empty at the end of the log.
    pub async fn after(&mut self, position: u64) -> Result<Page, ViewError> {
        let page = match self.next.take() {
            Some((after, reading)) if after == position => reading.await??,
            _ => Page::read(self.store.clone(), position, self.limit).await?,
        };
        if let Some((last, _)) = page.last.as_ref().filter(|_| self.ahead && self.is_full(&page)) {
            self.next = Some((*last, tokio::spawn(Page::read(self.store.clone(), *last, self.limit))));
        }
        Ok(page)
    }
}

/// By which a record is known again.
pub(super) fn mark_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
