//! A page of records in one piece of memory, handed out as slices of it.

use bytes::Bytes;

use super::Stored;

/// A page being read.
#[derive(Default)]
pub(super) struct Page {
    buffer: Vec<u8>,
    ends: Vec<(u64, usize)>,
}

impl Page {
    pub fn with_capacity(records: usize) -> Self {
        let records = records.min(16_384);
        Self { buffer: Vec::with_capacity(records * 640), ends: Vec::with_capacity(records) }
    }

    /// Adds a record.
    pub fn push(&mut self, position: u64, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
        self.ends.push((position, self.buffer.len()));
    }

    /// The records, each a slice of the page.
    pub fn records(self) -> Vec<Stored> {
        let whole = Bytes::from(self.buffer);
        let mut start = 0;
        self.ends
            .into_iter()
            .map(|(position, end)| {
                let bytes = whole.slice(start..end);
                start = end;
                Stored { position, bytes }
            })
            .collect()
    }
}

/// Records joined with newlines, from that position on; none when they are not as many as said, which only damaged
/// records can cause: a recorded byte is never a newline.
pub(super) fn split(first: u64, count: usize, joined: Bytes) -> Option<Vec<Stored>> {
    let mut records = Vec::with_capacity(count);
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', &joined).chain([joined.len()]) {
        records.push(Stored { position: first + records.len() as u64, bytes: joined.slice(start..end) });
        start = end + 1;
    }
    (records.len() == count).then_some(records)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_gives_back_each_record() {
        let mut page = Page::with_capacity(2);
        page.push(4, b"first");
        page.push(7, b"second");
        let read: Vec<_> = page.records().into_iter().map(|each| (each.position, each.bytes)).collect();
        assert_eq!(read, [(4, Bytes::from("first")), (7, Bytes::from("second"))]);
    }

    #[test]
    fn joined_records_that_do_not_count_up_are_not_split() {
        assert_eq!(split(3, 2, Bytes::from("a\nbc")).unwrap()[1], Stored { position: 4, bytes: Bytes::from("bc") });
        assert!(split(3, 2, Bytes::from("a\nb\nc")).is_none());
    }
}
