//! Proofs as files: C2SP tlog-proof for inclusion, and for consistency the body a C2SP witness takes at
//! add-checkpoint. Both end with a signed checkpoint, handed on as text: whoever verifies it knows the keys.
//!
//! Read strictly: one proof has one text.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{NotProven, verify_consistency, verify_inclusion};
use crate::note::{Checkpoint, decimal};
use crate::tree::Hash;

const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// A tree has at most 2⁶⁴ leaves, so no proof has more hashes than this.
const LONGEST: usize = 64;

/// Proof that a record stands at an index of the log, with the checkpoint it holds for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InclusionProof {
    /// The record's position − 1.
    pub index: u64,
    /// The hashes from the leaf up.
    pub path: Vec<Hash>,
    /// The signed checkpoint.
    pub checkpoint: String,
}

/// Proof that a log grew from an earlier size to a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsistencyProof {
    /// The earlier size.
    pub old: u64,
    /// The hashes.
    pub path: Vec<Hash>,
    /// The signed checkpoint.
    pub checkpoint: String,
}

/// A text that is no proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no proof: {0}")]
pub struct NotAProof(&'static str);

impl InclusionProof {
    /// Checks that the leaf of that hash is in the tree of a checkpoint whose signature was verified.
    ///
    /// # Errors
    /// [`NotProven`] when it does not follow from the proof.
    pub fn verify(&self, leaf: &Hash, checkpoint: &Checkpoint) -> Result<(), NotProven> {
        verify_inclusion(self.index, leaf, checkpoint.size, &checkpoint.root, &self.path)
    }
}

impl ConsistencyProof {
    /// Checks that the tree of a verified checkpoint grew from the tree with that earlier root.
    ///
    /// # Errors
    /// [`NotProven`] when it does not follow from the proof.
    pub fn verify(&self, old_root: &Hash, checkpoint: &Checkpoint) -> Result<(), NotProven> {
        verify_consistency(self.old, old_root, checkpoint.size, &checkpoint.root, &self.path)
    }
}

impl fmt::Display for InclusionProof {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{HEADER}\nindex {}", self.index)?;
        write_rest(out, &self.path, &self.checkpoint)
    }
}

impl fmt::Display for ConsistencyProof {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "old {}", self.old)?;
        write_rest(out, &self.path, &self.checkpoint)
    }
}

fn write_rest(out: &mut fmt::Formatter<'_>, path: &[Hash], checkpoint: &str) -> fmt::Result {
    for hash in path {
        writeln!(out, "{}", STANDARD.encode(hash))?;
    }
    write!(out, "\n{checkpoint}")
}

impl FromStr for InclusionProof {
    type Err = NotAProof;

    fn from_str(text: &str) -> Result<Self, NotAProof> {
        let rest = text.strip_prefix(HEADER).and_then(|rest| rest.strip_prefix('\n'));
        let rest = rest.ok_or(NotAProof("its first line is not c2sp.org/tlog-proof@v1"))?;
        let (index, path, checkpoint) = read(rest, "index ")?;
        Ok(Self { index, path, checkpoint })
    }
}

impl FromStr for ConsistencyProof {
    type Err = NotAProof;

    fn from_str(text: &str) -> Result<Self, NotAProof> {
        let (old, path, checkpoint) = read(text, "old ")?;
        Ok(Self { old, path, checkpoint })
    }
}

fn read(text: &str, word: &str) -> Result<(u64, Vec<Hash>, String), NotAProof> {
    let (number, rest) = text
        .strip_prefix(word)
        .and_then(|rest| rest.split_once('\n'))
        .and_then(|(number, rest)| Some((decimal(number)?, rest)))
        .ok_or(NotAProof("the line with its number is missing or malformed"))?;
    let (hashes, checkpoint) = match rest.strip_prefix('\n') {
        Some(checkpoint) => ("", checkpoint),
        None => rest.split_once("\n\n").ok_or(NotAProof("the checkpoint is missing"))?,
    };
    let path: Option<Vec<Hash>> = hashes.split('\n').filter(|_| !hashes.is_empty()).map(hash).collect();
    let path = path.filter(|path| path.len() <= LONGEST).ok_or(NotAProof("a hash is malformed"))?;
    Checkpoint::parse_unverified(checkpoint).map_err(|_| NotAProof("the checkpoint is malformed"))?;
    Ok((number, path, checkpoint.to_owned()))
}

fn hash(line: &str) -> Option<Hash> {
    STANDARD.decode(line).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::SigningKey;
    use crate::proof::vectors::Grown;
    use crate::proof::{consistency, inclusion};

    fn log() -> (Grown, SigningKey) {
        (Grown::of(&["a", "b", "c", "d", "e"]), SigningKey::new("log.example", [7; 32]).unwrap())
    }

    fn signed(log: &Grown, key: &SigningKey) -> String {
        Checkpoint { origin: "log.example".to_owned(), size: log.size(), root: log.root(log.size()) }.sign(&[key])
    }

    #[test]
    fn an_inclusion_proof_reads_back_and_proves_its_record_and_no_other() {
        let (log, key) = log();
        let path = inclusion(2, 5, log.reader()).unwrap();
        let text = InclusionProof { index: 2, path, checkpoint: signed(&log, &key) }.to_string();
        let proof: InclusionProof = text.parse().unwrap();
        let checkpoint = Checkpoint::parse(&proof.checkpoint, &[key.verifier()]).unwrap();
        assert_eq!(proof.to_string(), text);
        assert_eq!(proof.verify(&log.leaf(2), &checkpoint), Ok(()));
        assert_eq!(proof.verify(&log.leaf(3), &checkpoint), Err(NotProven));
    }

    #[test]
    fn a_consistency_proof_reads_back_and_proves_its_earlier_root_and_no_other() {
        let (log, key) = log();
        for old in 0..=5 {
            let path = consistency(old, 5, log.reader()).unwrap();
            let text = ConsistencyProof { old, path, checkpoint: signed(&log, &key) }.to_string();
            let proof: ConsistencyProof = text.parse().unwrap();
            let checkpoint = Checkpoint::parse(&proof.checkpoint, &[key.verifier()]).unwrap();
            assert_eq!(proof.to_string(), text);
            assert_eq!(proof.verify(&log.root(old), &checkpoint), Ok(()));
            assert_eq!(proof.verify(&[9; 32], &checkpoint).is_ok(), old == 0, "a log always grew from nothing");
        }
    }

    #[test]
    fn a_proof_spelt_in_another_way_is_refused() {
        let (log, key) = log();
        let path = inclusion(2, 5, log.reader()).unwrap();
        let text = InclusionProof { index: 2, path, checkpoint: signed(&log, &key) }.to_string();
        for (this, that) in [
            ("tlog-proof@v1", "tlog-proof@v2"),
            ("index 2", "index 02"),
            ("index 2", "index +2"),
            ("index 2", "index"),
            ("=\n\n", "=\n"),
            ("=\n\n", "=\n\n\n"),
            ("=\n\n", "\n\n"),
            ("\n", "\r\n"),
            ("log.example\n5", "log.example\nfive"),
        ] {
            assert!(text.contains(this));
            assert!(text.replacen(this, that, 1).parse::<InclusionProof>().is_err(), "{that:?}");
        }
        assert!(text.parse::<ConsistencyProof>().is_err());
    }
}
