//! Walking a log page by page: while the records of a page are looked at, each by itself and on every core, those of the
//! page before are taken in their order and the next page is read.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};

use anyhow::{Context, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Finding;
use crate::store::{Store, Stored};
use crate::tree::Hash;
use crate::verify::{Fault, Looked, Mismatch, Walk, look_at_all};

/// How many records a page of a database holds.
const PAGE: usize = 16_384;

/// How many bytes of an export are read at once: some ten thousand records.
const BLOCK: u64 = 8 * 1024 * 1024;

/// A walk that takes the records of a page while those of the next are looked at.
pub(super) struct Pages<'w, W> {
    walk: &'w mut Walk,
    watch: &'w mut W,
    looked: Vec<Result<Looked, Fault>>,
}

impl<'w, W: FnMut(&Walk)> Pages<'w, W> {
    pub(super) fn new(walk: &'w mut Walk, watch: &'w mut W) -> Self {
        Self { walk, watch, looked: Vec::new() }
    }

    /// Takes what was looked at before, and looks at these.
    fn look(&mut self, records: &[(&[u8], Option<&Hash>)]) -> Option<Mismatch> {
        let (mismatch, looked) = std::thread::scope(|scope| {
            let looking = scope.spawn(|| look_at_all(records));
            (self.take(), looking.join().unwrap_or_else(|_| look_at_all(records)))
        });
        self.looked = looked;
        mismatch
    }

    /// Goes on by records that were looked at, up to the first that does not match.
    fn take(&mut self) -> Option<Mismatch> {
        for each in std::mem::take(&mut self.looked) {
            if let Err(mismatch) = self.walk.take(each) {
                return Some(mismatch);
            }
            (self.watch)(self.walk);
        }
        None
    }

    /// Walks through the log of a database, against the hashes and the root kept there.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) async fn database(mut self, store: &Store) -> anyhow::Result<Finding> {
        let head = store.head().await?;
        let mut after = self.walk.size();
        let mut ahead = page_after(store, after, head.position).await?;
        while after < head.position {
            let (page, leaves) = ahead;
            let mut kept = Vec::with_capacity(page.len());
            let mut fault = page.is_empty().then(|| format!("record {} is missing", after + 1));
            for (at, stored) in page.iter().enumerate() {
                let position = after + 1 + at as u64;
                if stored.position != position {
                    fault = Some(format!("record {position} is missing"));
                    break;
                }
                let Some(leaf) = leaves.get(at) else {
                    fault = Some(format!("the hash of record {position} is missing"));
                    break;
                };
                kept.push((stored.bytes.as_ref(), Some(leaf)));
            }
            after += page.len() as u64;
            let (next, mismatch) = tokio::join!(page_after(store, after, head.position), async {
                tokio::task::block_in_place(|| self.look(&kept))
            });
            if let Some(mismatch) = mismatch {
                return Ok(mismatch.into());
            }
            if let Some(fault) = fault {
                return Ok(self.take().map_or(Finding::Fault(fault), Into::into));
            }
            ahead = next?;
        }
        if let Some(mismatch) = self.take() {
            return Ok(mismatch.into());
        }
        if self.walk.root() != head.root {
            let root = STANDARD.encode(self.walk.root());
            return Ok(Finding::Fault(format!("the records' root {root} is not the one kept with the log")));
        }
        Ok(Finding::Sound)
    }

    /// Walks through an export.
    ///
    /// # Errors
    /// When it cannot be read, or holds nothing.
    pub(super) fn export(mut self, path: &Path) -> anyhow::Result<Finding> {
        let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        let (blocks, received) = sync_channel(1);
        std::thread::scope(|scope| {
            scope.spawn(move || read_ahead(file, &blocks));
            // Owned here, so that whoever reads ahead stops when this does.
            let received = received;
            let mut cut_off = false;
            while let Ok(block) = received.recv() {
                let block = block.with_context(|| format!("cannot read {}", path.display()))?;
                let whole = block.strip_suffix(b"\n");
                cut_off = whole.is_none();
                let mut lines: Vec<&[u8]> = whole.unwrap_or(&block).split(|byte| *byte == b'\n').collect();
                if cut_off {
                    lines.pop();
                }
                let records: Vec<_> = lines.into_iter().map(|line| (line, None)).collect();
                if let Some(mismatch) = self.look(&records) {
                    return Ok(mismatch.into());
                }
            }
            if let Some(mismatch) = self.take() {
                return Ok(mismatch.into());
            }
            if cut_off {
                return Ok(Finding::Fault(format!("record {} is cut off", self.walk.size() + 1)));
            }
            if self.walk.size() == 0 {
                bail!("{} holds no records", path.display());
            }
            Ok(Finding::Sound)
        })
    }
}

/// A page of records and their hashes as kept beside them.
async fn page_after(store: &Store, after: u64, until: u64) -> anyhow::Result<(Vec<Stored>, Vec<Hash>)> {
    let page = store.records(after, Some(until), PAGE).await?;
    let leaves = store.leaves(after, page.len()).await?;
    Ok((page, leaves))
}

/// Sends a file block by block, each of whole lines; the last one may end within a line.
fn read_ahead(mut file: File, blocks: &SyncSender<io::Result<Vec<u8>>>) {
    let mut rest = Vec::new();
    loop {
        let mut block = std::mem::take(&mut rest);
        match file.by_ref().take(BLOCK).read_to_end(&mut block) {
            Ok(0) => {
                if !block.is_empty() {
                    let _nobody_waits_any_more = blocks.send(Ok(block));
                }
                return;
            }
            Ok(_) => {
                let lines = block.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
                rest = block.split_off(lines);
                if !block.is_empty() && blocks.send(Ok(block)).is_err() {
                    return;
                }
            }
            Err(error) => {
                let _nobody_waits_any_more = blocks.send(Err(error));
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.ndjson");
        std::fs::write(&path, text).unwrap();
        let (blocks, received) = sync_channel(8);
        read_ahead(File::open(path).unwrap(), &blocks);
        drop(blocks);
        received.iter().map(|block| String::from_utf8(block.unwrap()).unwrap()).collect()
    }

    #[test]
    fn blocks_end_with_lines_and_only_the_last_may_be_torn() {
        assert!(blocks("").is_empty());
        assert_eq!(blocks("one\ntwo\n"), ["one\ntwo\n"]);
        assert_eq!(blocks("one\ntwo"), ["one\n", "two"]);
        let line = format!("{}\n", "x".repeat(60_000));
        let long = line.repeat(400);
        let read = blocks(&format!("{long}torn"));
        assert_eq!(read.concat(), format!("{long}torn"));
        assert!(read.len() > 2 && read[..read.len() - 1].iter().all(|block| block.ends_with('\n')));
        assert_eq!(read.last().unwrap(), "torn");
    }

    #[test]
    fn an_export_is_walked_to_its_first_fault() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.ndjson");
        let walked = |text: &str| {
            std::fs::write(&path, text).unwrap();
            match Pages::new(&mut Walk::default(), &mut |_: &Walk| {}).export(&path) {
                Ok(Finding::Sound) => "sound".to_owned(),
                Ok(Finding::Fault(fault)) => fault,
                Err(error) => error.to_string(),
            }
        };
        assert!(walked("").contains("holds no records"));
        assert!(walked("{}\n").contains("record 1 does not match"));
        assert!(walked("{").contains("record 1 is cut off"));
        assert!(walked("{}\n{").contains("record 1 does not match"), "what is wrong first is told first");
    }
}
