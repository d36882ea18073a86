//! Verification: walks a log record by record and says whether it is what its hashes say, or names the first record
//! that is not.
//!
//! What it checks of each record: that it is a record in canonical form, that its position follows the last one, that
//! its version follows its subject's, that time does not go back, that a change of the signing key is signed by the key
//! before it, and (where leaf hashes are kept) that its bytes are the ones hashed. What it cannot know: whether an entry is true, or whether something was never recorded.

use std::borrow::Cow;
use std::collections::HashMap;
use std::num::NonZeroUsize;

use koinon_events::log::SigningKeyRotated;
use koinon_events::value::{Code, Timestamp};
use koinon_events::{Actor, Record, Subject};
use serde::Deserialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::note::{Rotation, RotationError};
use crate::tree::{Frontier, Hash, leaf_hash};

/// The fewest records that are worth a thread of their own.
const SHARE: usize = 256;

/// The stored type of the record that hands the log over to another key.
const ROTATED: &str = "koinon.SigningKeyRotated.v1";

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
    /// It hands the log over to another key, and not as the old key would.
    #[error("it changes the signing key, and {0}")]
    Rotation(RotationError),
    /// It hands the log over from a key that is not the last.
    #[error("it changes the signing key from one that did not sign then")]
    NotInForce,
}

/// A walk over a log from its first record.
#[derive(Debug, Default)]
pub struct Walk {
    frontier: Frontier,
    versions: HashMap<Subject, u64>,
    time: Option<Timestamp>,
    rotations: Vec<(u64, Rotation)>,
}

/// What a walk needs of a record that was looked at by itself.
#[derive(Debug)]
pub struct Looked {
    hash: Hash,
    position: u64,
    subject: Subject,
    version: u64,
    time: Timestamp,
    rotation: Option<Box<Rotation>>,
}

/// What a record's envelope must say; its other fields are read for their form alone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read, so that what is there and what it must look like are one list")]
struct Envelope<'a> {
    #[serde(borrow)]
    actor: Cow<'a, str>,
    causation: Option<Uuid>,
    command: Uuid,
    correlation: Uuid,
    #[serde(borrow)]
    data: &'a RawValue,
    datacontenttype: &'a str,
    id: Uuid,
    partnership: Option<Uuid>,
    position: u64,
    programme: Option<&'a str>,
    source: &'a str,
    specversion: &'a str,
    subject: Subject,
    time: Timestamp,
    #[serde(borrow, rename = "type")]
    stored_type: &'a str,
    version: u64,
}

/// Looks at one record by itself: whatever of verification does not depend on those before it, so that several may be
/// looked at side by side. `leaf` is its hash as kept beside it, where one is.
///
/// # Errors
/// How it does not match.
pub fn look(bytes: &[u8], leaf: Option<&Hash>) -> Result<Looked, Fault> {
    let hash = leaf_hash(bytes);
    if leaf.is_some_and(|leaf| *leaf != hash) {
        return Err(Fault::Leaf);
    }
    let not_a_record = |error: serde_json::Error| Fault::NotARecord(error.to_string());
    let Ok(envelope) = serde_json::from_slice::<Envelope<'_>>(bytes) else {
        // The slow reading says what is wrong in the words that people know.
        Record::parse(bytes).map_err(|error| Fault::NotARecord(error.to_string()))?;
        return Err(if koinon_events::is_canonical(bytes).map_err(not_a_record)? {
            Fault::NotARecord("this is not a record: an attribute is not of its form".to_owned())
        } else {
            Fault::NotCanonical
        });
    };
    let names_no_programme = envelope.programme.is_some_and(|code| Code::parse(code).is_err());
    if names_no_programme || envelope.actor.parse::<Actor>().is_err() {
        Record::parse(bytes).map_err(|error| Fault::NotARecord(error.to_string()))?;
    }
    if !koinon_events::is_canonical(bytes).map_err(not_a_record)? {
        return Err(Fault::NotCanonical);
    }
    let Envelope { position, subject, version, time, data, stored_type, .. } = envelope;
    let rotation = if stored_type == ROTATED { Some(Box::new(rotation(data)?)) } else { None };
    Ok(Looked { hash, position, subject, version, time, rotation })
}

/// The hand-over that a record tells.
fn rotation(data: &RawValue) -> Result<Rotation, Fault> {
    let told: SigningKeyRotated =
        serde_json::from_str(data.get()).map_err(|error| Fault::NotARecord(error.to_string()))?;
    let signature = told.signature.as_ref().map(|signature| signature.as_str());
    Rotation::read(told.from.as_str(), told.to.as_str(), signature).map_err(Fault::Rotation)
}

/// Looks at many records, on as many threads as there are cores; the answers stand in the records' order.
pub fn look_at_all(records: &[(&[u8], Option<&Hash>)]) -> Vec<Result<Looked, Fault>> {
    let threads = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let share = records.len().div_ceil(threads).max(SHARE);
    let look_at = |records: &[(&[u8], Option<&Hash>)]| -> Vec<Result<Looked, Fault>> {
        records.iter().map(|(bytes, leaf)| look(bytes, *leaf)).collect()
    };
    if records.len() <= share {
        return look_at(records);
    }
    std::thread::scope(|scope| {
        let shares: Vec<_> = records.chunks(share).map(|part| (part, scope.spawn(move || look_at(part)))).collect();
        let looked = shares.into_iter().flat_map(|(part, thread)| thread.join().unwrap_or_else(|_| look_at(part)));
        looked.collect()
    })
}

impl Walk {
    /// Checks the next record; `leaf` is its hash as kept beside it, where one is.
    ///
    /// # Errors
    /// [`Mismatch`] naming the record's position.
    pub fn next(&mut self, bytes: &[u8], leaf: Option<&Hash>) -> Result<(), Mismatch> {
        self.take(look(bytes, leaf))
    }

    /// Goes on by a record that was looked at.
    ///
    /// # Errors
    /// [`Mismatch`] naming the record's position.
    pub fn take(&mut self, looked: Result<Looked, Fault>) -> Result<(), Mismatch> {
        let position = self.frontier.size() + 1;
        let hash = looked.and_then(|looked| self.follows(position, looked));
        self.frontier.push(hash.map_err(|fault| Mismatch { position, fault })?);
        Ok(())
    }

    fn follows(&mut self, position: u64, record: Looked) -> Result<Hash, Fault> {
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
        if let Some(rotation) = record.rotation {
            if self.rotations.last().is_some_and(|(_, last)| last.to() != rotation.from()) {
                return Err(Fault::NotInForce);
            }
            self.rotations.push((position, *rotation));
        }
        Ok(record.hash)
    }

    /// How the log was handed over from key to key so far, each with its record's position.
    pub fn rotations(&self) -> &[(u64, Rotation)] {
        &self.rotations
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
    use crate::note::SigningKey;

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

    fn handed_over(position: u64, from: &SigningKey, to: &SigningKey, signature: Option<&str>) -> String {
        let signature = signature.map_or(String::new(), |signature| format!("\"signature\":\"{signature}\","));
        let data = format!("{{\"from\":\"{}\",{signature}\"to\":\"{}\"}}", from.verifier(), to.verifier());
        record(position, position, NOON)
            .replace("{\"reason\":\"Floods\"}", &data)
            .replace("visit/", "log/")
            .replace("koinon.VisitCancelled.v1", ROTATED)
    }

    #[test]
    fn a_log_is_handed_over_from_key_to_key_and_by_the_last_one_only() {
        let [first, second, third] = [1, 2, 3].map(|seed| SigningKey::new("log.example", [seed; 32]).unwrap());
        let signed = |from: &SigningKey, to: &SigningKey| Rotation::sign(from, to.verifier()).unwrap().signature();
        let one = handed_over(1, &first, &second, Some(&signed(&first, &second)));
        let two = handed_over(2, &second, &third, Some(&signed(&second, &third)));
        let walked = walk(&[one.clone(), two]).unwrap();
        let keys = crate::note::trusted(&first.verifier(), walked.rotations().iter().map(|(_, each)| each));
        assert_eq!(keys, [first.verifier(), second.verifier(), third.verifier()]);
        let again = handed_over(2, &first, &third, Some(&signed(&first, &third)));
        assert_eq!(walk(&[one, again]).unwrap_err(), Mismatch { position: 2, fault: Fault::NotInForce });
        let forged = handed_over(1, &first, &third, Some(&signed(&first, &second)));
        assert_eq!(walk(&[forged]).unwrap_err().fault, Fault::Rotation(RotationError::Forged));
        let unsigned = handed_over(1, &first, &second, None);
        assert_eq!(walk(&[unsigned]).unwrap_err().fault, Fault::Rotation(RotationError::Unsigned));
    }

    #[test]
    fn a_record_that_is_not_canonical_is_named() {
        let loose = record(1, 1, NOON).replace(",\"version\"", ", \"version\"");
        assert_eq!(walk(&[loose]).unwrap_err().fault, Fault::NotCanonical);
    }
}
