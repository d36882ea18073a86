//! Verification: walks a log record by record and says whether it is what its hashes say, or names the first record
//! that is not.
//!
//! What it checks of each record: that it is a record in canonical form, that its position follows the last one, that
//! its version follows its subject's, that time does not go back, and (where leaf hashes are kept) that its bytes are
//! the ones hashed. What it cannot know: whether an entry is true, or whether something was never recorded.

use std::collections::HashMap;

use koinon_events::value::Timestamp;
use koinon_events::{Record, Subject};

use crate::tree::{Frontier, Hash, leaf_hash};

/// The first record that does not match, and how.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("record {position} does not match: {fault}")]
pub struct Mismatch {
    /// Its position in the log (its line in an export that begins at 1).
    pub position: u64,
    /// What does not match.
    pub fault: Fault,
}

/// How a record does not match.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The bytes are not the ones hashed when the record was made.
    #[error("its bytes are not the ones that were hashed when it was recorded")]
    Leaf,
    /// The bytes are no record.
    #[error("{0}")]
    NotARecord(String),
    /// The bytes are a record, but not in canonical form.
    #[error("it is not in canonical form (RFC 8785)")]
    NotCanonical,
    /// The position inside is another.
    #[error("it says position {0}")]
    Position(u64),
    /// The version does not follow.
    #[error("it says version {found} of {subject}, where version {expected} follows")]
    Version {
        /// Which subject.
        subject: Subject,
        /// The version inside.
        found: u64,
        /// The version that follows.
        expected: u64,
    },
    /// The time lies before the record before it.
    #[error("its time lies before that of the record before it")]
    Time,
}

/// A walk over a log from its first record.
#[derive(Debug, Default)]
pub struct Walk {
    frontier: Frontier,
    versions: HashMap<Subject, u64>,
    time: Option<Timestamp>,
}

impl Walk {
    /// Checks the next record; `leaf` is its hash as kept beside it, where one is.
    ///
    /// # Errors
    /// [`Mismatch`] naming the record's position.
    pub fn next(&mut self, bytes: &[u8], leaf: Option<&Hash>) -> Result<(), Mismatch> {
        let position = self.frontier.size() + 1;
        let hash = leaf_hash(bytes);
        self.check(position, bytes, &hash, leaf).map_err(|fault| Mismatch { position, fault })?;
        self.frontier.push(hash);
        Ok(())
    }

    fn check(&mut self, position: u64, bytes: &[u8], hash: &Hash, leaf: Option<&Hash>) -> Result<(), Fault> {
        if leaf.is_some_and(|leaf| leaf != hash) {
            return Err(Fault::Leaf);
        }
        let record = Record::parse(bytes).map_err(|error| Fault::NotARecord(error.to_string()))?;
        let canonical: serde_json::Value =
            serde_json::from_slice(bytes).map_err(|error| Fault::NotARecord(error.to_string()))?;
        if koinon_events::canonical(&canonical).as_bytes() != bytes {
            return Err(Fault::NotCanonical);
        }
        if record.position != position {
            return Err(Fault::Position(record.position));
        }
        let version = self.versions.entry(record.subject).or_default();
        if record.version != *version + 1 {
            return Err(Fault::Version { subject: record.subject, found: record.version, expected: *version + 1 });
        }
        *version += 1;
        if self.time.is_some_and(|last| record.time < last) {
            return Err(Fault::Time);
        }
        self.time = Some(record.time);
        Ok(())
    }

    /// How many records were walked.
    pub fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// The root over the records so far.
    pub fn root(&self) -> Hash {
        self.frontier.root()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(position: u64, version: u64, time: &str) -> String {
        format!(
            "{{\"actor\":\"system/log\",\"command\":\"01970000-0000-7000-8000-00000000c001\",\
             \"correlation\":\"01970000-0000-7000-8000-00000000c001\",\"data\":{{\"reason\":\"Floods\"}},\
             \"datacontenttype\":\"application/json\",\"id\":\"01970000-0000-7000-8000-00000000e001\",\
             \"position\":{position},\"source\":\"/\",\"specversion\":\"1.0\",\
             \"subject\":\"visit/01970000-0000-7000-8000-000000000005\",\"time\":\"{time}\",\
             \"type\":\"koinon.VisitCancelled.v1\",\"version\":{version}}}"
        )
    }

    const NOON: &str = "2022-04-04T12:00:00.000000Z";
    const LATER: &str = "2022-04-04T12:00:01.000000Z";

    fn walk(records: &[String]) -> Result<Walk, Mismatch> {
        let mut walk = Walk::default();
        for record in records {
            walk.next(record.as_bytes(), None)?;
        }
        Ok(walk)
    }

    #[test]
    fn a_sound_log_is_walked_to_its_end() {
        assert_eq!(walk(&[record(1, 1, NOON), record(2, 2, LATER)]).unwrap().size(), 2);
    }

    #[test]
    fn a_changed_byte_is_named_by_its_record() {
        let sound = record(1, 1, NOON);
        let changed = sound.replace("Floods", "Fluods");
        let mut walk = Walk::default();
        let mismatch = walk.next(changed.as_bytes(), Some(&leaf_hash(sound.as_bytes()))).unwrap_err();
        assert_eq!(mismatch, Mismatch { position: 1, fault: Fault::Leaf });
    }

    #[test]
    fn a_dropped_or_swapped_record_is_named() {
        assert_eq!(walk(&[record(2, 1, NOON)]).unwrap_err().fault, Fault::Position(2));
        let swapped = walk(&[record(1, 2, NOON)]).unwrap_err();
        assert!(matches!(swapped.fault, Fault::Version { found: 2, expected: 1, .. }));
    }

    #[test]
    fn time_that_goes_back_is_named() {
        assert_eq!(
            walk(&[record(1, 1, LATER), record(2, 2, NOON)]).unwrap_err(),
            Mismatch { position: 2, fault: Fault::Time }
        );
    }

    #[test]
    fn a_record_that_is_not_canonical_is_named() {
        let loose = record(1, 1, NOON).replace(",\"version\"", ", \"version\"");
        assert_eq!(walk(&[loose]).unwrap_err().fault, Fault::NotCanonical);
    }
}
