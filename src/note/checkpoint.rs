//! The checkpoint (C2SP tlog-checkpoint): the log's origin, size and root, three lines and no more, signed.
//!
//! It is the only thing that vouches for a size. Whoever signs has committed that size before.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Note, NoteError, SigningKey, VerifierKey, decimal};
use crate::tree::{EMPTY_ROOT, Hash};

/// How many records a log has, and what they hash to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The name of the log.
    pub origin: String,
    /// How many records it has.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

impl Checkpoint {
    /// The checkpoint as a note signed by these keys: one, or two while a key is being replaced.
    pub fn sign(&self, keys: &[&SigningKey]) -> String {
        Note::sign(self.to_string(), keys).to_string()
    }

    /// Reads a signed checkpoint and verifies it. A key of the log itself must have signed: a witness's word alone
    /// does not make a checkpoint.
    ///
    /// # Errors
    /// When it is no checkpoint, a known key's signature is bad, or no known key of that origin signed.
    pub fn parse(note: &str, keys: &[VerifierKey]) -> Result<Self, NoteError> {
        let note: Note = note.parse()?;
        let signers = note.verify(keys)?;
        let checkpoint: Self = note.text.parse()?;
        let by_log = signers.iter().any(|key| !key.is_witness() && key.name() == checkpoint.origin);
        if by_log { Ok(checkpoint) } else { Err(NoteError::Unsigned) }
    }

    /// Reads a signed checkpoint without looking at who signed it.
    ///
    /// # Errors
    /// When it is no signed checkpoint.
    pub fn parse_unverified(note: &str) -> Result<Self, NoteError> {
        note.parse::<Note>()?.text.parse()
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}\n{}\n{}", self.origin, self.size, STANDARD.encode(self.root))
    }
}

impl FromStr for Checkpoint {
    type Err = NoteError;

    /// Reads the three lines, each with its line feed.
    fn from_str(text: &str) -> Result<Self, NoteError> {
        let mut lines = text.split('\n');
        let mut line = || lines.next().filter(|line| !line.is_empty());
        let origin = line().ok_or(NoteError::NotACheckpoint("it has no origin"))?;
        let size = line().and_then(decimal).ok_or(NoteError::NotACheckpoint("its size is malformed"))?;
        let root = line().and_then(root).ok_or(NoteError::NotACheckpoint("its root is malformed"))?;
        if (lines.next(), lines.next()) != (Some(""), None) {
            return Err(NoteError::NotACheckpoint("it has more than three lines"));
        }
        if size == 0 && root != EMPTY_ROOT {
            return Err(NoteError::NotACheckpoint("its root is not that of an empty log"));
        }
        Ok(Self { origin: origin.to_owned(), size, root })
    }
}

fn root(line: &str) -> Option<Hash> {
    STANDARD.decode(line).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checkpoint() -> Checkpoint {
        Checkpoint { origin: "log.example".to_owned(), size: 7, root: [3; 32] }
    }

    #[test]
    fn a_checkpoint_reads_back_from_its_lines() {
        assert_eq!(checkpoint().to_string().parse::<Checkpoint>().unwrap(), checkpoint());
    }

    #[test]
    fn lines_spelt_in_another_way_are_refused() {
        let text = checkpoint().to_string();
        let root = STANDARD.encode([3; 32]);
        for wrong in [
            String::new(),
            text.trim_end().to_owned(),
            format!("{text}extension\n"),
            text.replace("7\n", "07\n"),
            text.replace("7\n", "-7\n"),
            text.replace("7\n", "7 \n"),
            text.replace("log.example", ""),
            text.replace(&root, &root[..40]),
            text.replace(&root, root.trim_end_matches('=')),
            text.replace("7\n", "0\n"),
        ] {
            assert!(wrong.parse::<Checkpoint>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_key_of_another_log_does_not_vouch_for_a_checkpoint() {
        let other = SigningKey::new("other.example", [7; 32]).unwrap();
        let note = checkpoint().sign(&[&other]);
        assert_eq!(Checkpoint::parse(&note, &[other.verifier()]), Err(NoteError::Unsigned));
        assert_eq!(Checkpoint::parse_unverified(&note), Ok(checkpoint()));
    }

    #[test]
    fn a_rotated_key_vouches_beside_the_old_one() {
        let [old, new] = [[7; 32], [8; 32]].map(|seed| SigningKey::new("log.example", seed).unwrap());
        let note = checkpoint().sign(&[&old, &new]);
        for key in [old.verifier(), new.verifier()] {
            assert_eq!(Checkpoint::parse(&note, &[key]), Ok(checkpoint()));
        }
    }
}
