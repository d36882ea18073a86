//! Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint): what makes a root a promise.
//!
//! A note is text, an empty line, and signature lines. A verifier ignores keys it does not know, rejects a bad signature
//! of a key it does, and needs one good one.

mod cosignature;
mod key;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub use cosignature::{Cosignature, cosigned_message};
pub use key::{KeyTextError, SigningKey, VerifierKey};

use crate::tree::Hash;

/// What begins a signature line: an em dash and a space.
const MARK: &str = "\u{2014} ";

/// Why a text is not a note, or not one to be trusted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// The text is not laid out as a note.
    #[error("this is no signed note: {0}")]
    Layout(&'static str),
    /// A key that is known signed something else.
    #[error("the signature of {0} does not match the text")]
    BadSignature(String),
    /// No key that is known signed it.
    #[error("no key that is trusted here has signed it")]
    NotSigned,
    /// The text is a note, but no checkpoint.
    #[error("this is no checkpoint: {0}")]
    NoCheckpoint(&'static str),
}

/// One signature line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureLine {
    /// The key's name.
    pub name: String,
    /// The key's id: 4 bytes that tell keys of one name apart.
    pub key_id: [u8; 4],
    /// The signature as the key's kind defines it.
    pub signature: Vec<u8>,
}

impl SignatureLine {
    /// The line with its line feed.
    pub fn to_text(&self) -> String {
        format!("{MARK}{} {}\n", self.name, STANDARD.encode([&self.key_id[..], &self.signature].concat()))
    }

    fn parse(line: &str) -> Result<Self, NoteError> {
        let (name, encoded) = line
            .strip_prefix(MARK)
            .and_then(|rest| rest.split_once(' '))
            .ok_or(NoteError::Layout("a signature line does not fit"))?;
        let bytes = STANDARD.decode(encoded).map_err(|_| NoteError::Layout("a signature is not base64"))?;
        let (key_id, signature) =
            bytes.split_first_chunk::<4>().ok_or(NoteError::Layout("a signature is too short"))?;
        if !key::is_name(name) || signature.is_empty() {
            return Err(NoteError::Layout("a signature line does not fit"));
        }
        Ok(Self { name: name.to_owned(), key_id: *key_id, signature: signature.to_vec() })
    }
}

/// A note taken apart, nothing verified yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The text that is signed, with its last line feed.
    pub text: String,
    /// Its signatures.
    pub signatures: Vec<SignatureLine>,
}

impl Note {
    /// Takes a note apart.
    ///
    /// # Errors
    /// [`NoteError::Layout`] when it is not laid out as one.
    pub fn parse(note: &str) -> Result<Self, NoteError> {
        if note.len() > 1_000_000 {
            return Err(NoteError::Layout("it is too long"));
        }
        if note.chars().any(|letter| letter < ' ' && letter != '\n') {
            return Err(NoteError::Layout("it holds control characters"));
        }
        let at = note.rfind("\n\n").ok_or(NoteError::Layout("no empty line stands before the signatures"))?;
        let (text, signatures) = (&note[..=at], &note[at + 2..]);
        let lines = signatures.strip_suffix('\n').ok_or(NoteError::Layout("its last line has no end"))?;
        let signatures: Vec<SignatureLine> = lines.split('\n').map(SignatureLine::parse).collect::<Result<_, _>>()?;
        if signatures.len() > 100 {
            return Err(NoteError::Layout("it has too many signatures"));
        }
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// Checks every signature of a key given; gives how many were good.
    ///
    /// # Errors
    /// A bad signature of a key given, or none by any of them.
    pub fn verify(&self, keys: &[VerifierKey]) -> Result<usize, NoteError> {
        let mut good = Vec::new();
        for line in &self.signatures {
            for key in keys.iter().filter(|key| key.name() == line.name && key.id() == line.key_id) {
                if good.contains(&line.key_id) {
                    continue;
                }
                if !key.accepts(self.text.as_bytes(), &line.signature) {
                    return Err(NoteError::BadSignature(key.name().to_owned()));
                }
                good.push(line.key_id);
            }
        }
        if good.is_empty() { Err(NoteError::NotSigned) } else { Ok(good.len()) }
    }
}

/// A tree of that size has that root, says that log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name.
    pub origin: String,
    /// How many records it has.
    pub size: u64,
    /// The Merkle root over them.
    pub root: Hash,
}

impl Checkpoint {
    /// The text that is signed: three lines.
    pub fn body(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root))
    }

    /// The signed note, by one key or more.
    pub fn signed(&self, keys: &[&SigningKey]) -> String {
        let body = self.body();
        let lines: String = keys.iter().map(|key| key.sign(body.as_bytes()).to_text()).collect();
        format!("{body}\n{lines}")
    }

    /// Reads a checkpoint that one of the keys must have signed.
    ///
    /// # Errors
    /// [`NoteError`] when it is no checkpoint or not signed by them.
    pub fn parse(note: &str, keys: &[VerifierKey]) -> Result<Self, NoteError> {
        let parts = Note::parse(note)?;
        parts.verify(keys)?;
        let checkpoint = Self::parse_body(&parts.text)?;
        Ok(checkpoint)
    }

    /// Reads a checkpoint without looking at who signed it.
    ///
    /// # Errors
    /// [`NoteError`] when it is no checkpoint.
    pub fn parse_unverified(note: &str) -> Result<Self, NoteError> {
        Self::parse_body(&Note::parse(note)?.text)
    }

    /// Reads the three lines; extension lines are refused, since this log writes none.
    fn parse_body(text: &str) -> Result<Self, NoteError> {
        let mut lines = text.split_terminator('\n');
        let (Some(origin), Some(size), Some(root), None) = (lines.next(), lines.next(), lines.next(), lines.next()) else {
            return Err(NoteError::NoCheckpoint("it does not have three lines"));
        };
        let plain = !size.is_empty()
            && size.bytes().all(|digit| digit.is_ascii_digit())
            && (size == "0" || !size.starts_with('0'));
        let size = size.parse().ok().filter(|_| plain).ok_or(NoteError::NoCheckpoint("its size is no number"))?;
        let root = STANDARD
            .decode(root)
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(NoteError::NoCheckpoint("its root is no hash"))?;
        if origin.is_empty() {
            return Err(NoteError::NoCheckpoint("it names no log"));
        }
        Ok(Self { origin: origin.to_owned(), size, root })
    }
}
