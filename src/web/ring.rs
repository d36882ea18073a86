//! The end of the log in memory, read and framed once for everybody who follows it.
//!
//! One task reads what was committed and puts it into a ring of blocks; each block holds the frames of some records, one
//! after the other, in one piece of memory. Whoever follows has a cursor into the ring and shares the bytes. There is no
//! queue for anybody: who falls behind the ring reads the log until the ring has what comes next. The ring holds a
//! bounded number of bytes, never skips a position, and holds nothing that was not committed.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::Duration;

use bytes::{BufMut, Bytes, BytesMut};
use koinon_events::Record;
use tokio::sync::watch;

use crate::app::{Caller, EventFilter, Failure, Stored};
use crate::web::Site;

/// Bytes kept at most, about.
const MOST: usize = 8 * 1024 * 1024;
/// Bytes of one block at most, about: what one stalled reader may hold on to.
const BLOCK: usize = 64 * 1024;
/// Records read at once.
const BATCH: usize = 256;
/// How soon a log that could not be read is tried again.
const RETRY: Duration = Duration::from_millis(200);

/// The end of the log.
pub struct Ring {
    blocks: RwLock<Blocks>,
    /// The last position looked at.
    moved: watch::Sender<u64>,
    begun: AtomicBool,
}

#[derive(Default)]
struct Blocks {
    blocks: VecDeque<Arc<Block>>,
    bytes: usize,
}

/// Some records, one after the other, as they are sent.
pub struct Block {
    first: u64,
    frames: Bytes,
    /// Where each record's own bytes begin and end; its frame ends two bytes later.
    marks: Vec<(usize, usize)>,
    parsed: OnceLock<Vec<Record>>,
}

/// The rest of a block after a position.
pub struct Piece {
    block: Arc<Block>,
    from: usize,
}

impl Default for Ring {
    fn default() -> Self {
        Self { blocks: RwLock::default(), moved: watch::channel(0).0, begun: AtomicBool::new(false) }
    }
}

impl Ring {
    /// What turns with every block; the ring begins to be filled with the first who follows.
    pub fn follow(&self, site: &Site) -> watch::Receiver<u64> {
        if !self.begun.swap(true, Ordering::AcqRel) {
            tokio::spawn(fill(site.clone()));
        }
        self.moved.subscribe()
    }

    /// What comes after a position, when the ring has it.
    pub fn after(&self, position: u64) -> Option<Piece> {
        let wanted = position + 1;
        let ring = self.blocks.read().unwrap_or_else(PoisonError::into_inner);
        let newest = ring.blocks.back()?;
        // Almost everybody is at the newest block; who is not is found by halving.
        let block = if newest.holds(wanted) {
            newest
        } else {
            ring.blocks.get(ring.blocks.partition_point(|block| block.last() < wanted))?
        };
        block
            .holds(wanted)
            .then(|| Piece { from: usize::try_from(wanted - block.first).unwrap_or(0), block: block.clone() })
    }

    /// Wakes everybody who follows, so that they look whether they are to end.
    pub fn wake(&self) {
        self.moved.send_modify(|_| {});
    }

    fn put(&self, block: Block) {
        let last = block.last();
        let mut ring = self.blocks.write().unwrap_or_else(PoisonError::into_inner);
        ring.bytes += block.frames.len();
        ring.blocks.push_back(Arc::new(block));
        while ring.bytes > MOST && ring.blocks.len() > 1 {
            let oldest = ring.blocks.pop_front().map_or(0, |oldest| oldest.frames.len());
            ring.bytes -= oldest;
        }
        drop(ring);
        self.moved.send_replace(last);
    }
}

impl Block {
    /// Frames records that follow one another without a gap.
    fn of(records: &[Stored]) -> Self {
        let mut frames = BytesMut::with_capacity(records.iter().map(|record| record.bytes.len() + 96).sum());
        let mut marks = Vec::with_capacity(records.len());
        for stored in records {
            marks.push(put(&mut frames, stored));
        }
        let first = records.first().map_or(0, |record| record.position);
        Self { first, frames: frames.freeze(), marks, parsed: OnceLock::new() }
    }

    fn last(&self) -> u64 {
        self.first + self.marks.len() as u64 - 1
    }

    fn holds(&self, position: u64) -> bool {
        (self.first..=self.last()).contains(&position)
    }
}

impl Piece {
    /// The last position in it.
    pub fn last(&self) -> u64 {
        self.block.last()
    }

    /// Its frames, which share the block's memory.
    pub fn frames(&self) -> Bytes {
        let start = self.from.checked_sub(1).map_or(0, |before| self.block.marks[before].1 + 2);
        self.block.frames.slice(start..)
    }

    /// Its records.
    pub fn records(&self) -> Vec<Stored> {
        (self.from..self.block.marks.len()).map(|at| self.stored(at)).collect()
    }

    /// Those of its records that a filter lets through.
    ///
    /// # Errors
    /// [`Failure::Internal`] when a record does not parse.
    pub fn fitting(&self, filter: &EventFilter) -> Result<Vec<Stored>, Failure> {
        let parsed = self.parsed()?;
        let fits = (self.from..self.block.marks.len()).filter(|at| filter.lets_through(&parsed[*at]));
        Ok(fits.map(|at| self.stored(at)).collect())
    }

    fn stored(&self, at: usize) -> Stored {
        let (start, end) = self.block.marks[at];
        Stored { position: self.block.first + at as u64, bytes: self.block.frames.slice(start..end) }
    }

    fn parsed(&self) -> Result<&[Record], Failure> {
        if let Some(known) = self.block.parsed.get() {
            return Ok(known);
        }
        let all = Self { block: self.block.clone(), from: 0 };
        let parsed: Result<Vec<Record>, _> = all.records().iter().map(|stored| Record::parse(&stored.bytes)).collect();
        let parsed = parsed.map_err(|error| Failure::Internal(format!("block {}: {error}", self.block.first)))?;
        Ok(self.block.parsed.get_or_init(|| parsed))
    }
}

/// Reads what is committed from now on, until the server ends.
async fn fill(site: Site) {
    let (mut head, mut ending) = (site.koinon.watch(), site.ending());
    let mut after = loop {
        match site.koinon.head().await {
            Ok(head) => break head.position,
            Err(_) => tokio::time::sleep(RETRY).await,
        }
    };
    site.ring.moved.send_replace(after);
    let Ok(everything) = Caller::system("feed") else { return };
    loop {
        head.borrow_and_update();
        match site.koinon.records(&everything, &EventFilter::default(), after, BATCH).await {
            Ok(reading) if reading.records.is_empty() => {
                tokio::select! {
                    moved = head.changed() => if moved.is_err() { return },
                    _ = ending.changed() => return,
                }
            }
            Ok(reading) => {
                blocks(&reading.records).for_each(|block| site.ring.put(block));
                after = reading.records.last().map_or(after, |last| last.position);
            }
            Err(error) => {
                tracing::warn!(%error, "the feed cannot read the log; trying again");
                tokio::time::sleep(RETRY).await;
            }
        }
    }
}

/// The records in blocks that are not too large.
fn blocks(records: &[Stored]) -> impl Iterator<Item = Block> {
    let mut size = 0;
    let parts = records.chunk_by(move |before, _| {
        size += before.bytes.len();
        let goes_on = size < BLOCK;
        size = if goes_on { size } else { 0 };
        goes_on
    });
    parts.map(Block::of)
}

/// Writes one record as a frame; gives where its own bytes begin and end.
fn put(out: &mut BytesMut, Stored { position, bytes }: &Stored) -> (usize, usize) {
    out.put_slice(format!("id: {position}\nevent: ").as_bytes());
    out.put_slice(stored_type(bytes));
    out.put_slice(b"\ndata: ");
    let start = out.len();
    out.put_slice(bytes);
    let end = out.len();
    out.put_slice(b"\n\n");
    (start, end)
}

/// Records as frames of a stream, `id:` first.
pub fn frames(records: &[Stored]) -> Bytes {
    Block::of(records).frames
}

/// The type of a record, cut from its canonical bytes: keys are sorted, so it is the last but one.
pub fn stored_type(record: &[u8]) -> &[u8] {
    const KEY: &[u8] = b"\",\"type\":\"";
    let from = record.windows(KEY.len()).rposition(|window| window == KEY).map(|at| at + KEY.len());
    let rest = from.map_or(&b""[..], |from| &record[from..]);
    let until = rest.iter().position(|byte| *byte == b'"').unwrap_or(rest.len());
    &rest[..until]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(positions: std::ops::RangeInclusive<u64>) -> Vec<Stored> {
        positions.map(|position| Stored { position, bytes: Bytes::from(format!("record {position}")) }).collect()
    }

    #[test]
    fn a_frame_carries_the_records_own_bytes() {
        let record = Bytes::from_static(
            br#"{"data":{"note":"\",\"type\":\"x"},"time":"2022-04-04T09:30:00.123456Z","type":"koinon.VisitScheduled.v1","version":1}"#,
        );
        let frame = frames(&[Stored { position: 413, bytes: record.clone() }]);
        let expected = [&b"id: 413\nevent: koinon.VisitScheduled.v1\ndata: "[..], &record, b"\n\n"].concat();
        assert_eq!(frame, expected);
    }

    #[test]
    fn a_cursor_finds_what_comes_next_in_any_block() {
        let ring = Ring::default();
        ring.put(Block::of(&records(5..=7)));
        ring.put(Block::of(&records(8..=8)));
        ring.put(Block::of(&records(9..=12)));
        for after in 4..12 {
            let piece = ring.after(after).unwrap();
            let found: Vec<u64> = piece.records().iter().map(|stored| stored.position).collect();
            assert_eq!(found, (after + 1..=piece.last()).collect::<Vec<_>>());
            assert_eq!(piece.frames(), frames(&piece.records()));
        }
        assert!(ring.after(3).is_none() && ring.after(12).is_none(), "what is too old or not yet there is not found");
        assert_eq!(*ring.moved.borrow(), 12);
    }

    #[test]
    fn a_ring_that_is_full_gives_up_its_oldest() {
        let ring = Ring::default();
        let large = |position| Stored { position, bytes: Bytes::from(vec![b'x'; MOST / 2]) };
        (1..=4).for_each(|position| ring.put(Block::of(&[large(position)])));
        assert!(ring.after(0).is_none());
        assert_eq!(ring.after(3).unwrap().last(), 4);
    }

    #[test]
    fn many_records_are_cut_into_blocks() {
        let records: Vec<Stored> =
            (1..=20).map(|position| Stored { position, bytes: Bytes::from(vec![b'x'; BLOCK / 4]) }).collect();
        let blocks: Vec<Block> = blocks(&records).collect();
        assert_eq!(blocks.iter().map(|block| block.marks.len()).collect::<Vec<_>>(), [4; 5]);
    }
}
