//! Signed notes (C2SP signed-note) and the checkpoint of the log as one (C2SP tlog-checkpoint).
//!
//! A note is a text, an empty line and signature lines. A verifier ignores signatures of keys it does not know, refuses
//! the note for one bad signature of a key it knows, and needs one good one. Ed25519 only, strictly verified; a
//! witness's cosignature/v1 is verified too.

mod checkpoint;
mod key;
mod rotation;

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub use checkpoint::Checkpoint;
pub use key::{KeyError, SigningKey, VerifierKey};
pub use rotation::{Rotation, RotationError, trusted};

/// No note is longer; a longer one is refused unread.
const LONGEST_NOTE: usize = 1_000_000;

/// No note has more signatures.
const MOST_SIGNATURES: usize = 100;

/// What begins a signature line.
const DASH: &str = "\u{2014} ";

/// A text with its signatures, none of them verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The text signed, with its last line feed.
    pub text: String,
    /// Its signatures, in order.
    pub signatures: Vec<Signature>,
}

/// One signature line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The name of the key.
    pub name: String,
    /// The id of the key.
    pub key_id: [u8; 4],
    /// What the key's algorithm makes.
    pub bytes: Vec<u8>,
}

/// Why a note is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// It is not a signed note at all.
    #[error("this is no signed note")]
    Malformed,
    /// A known key did not sign this.
    #[error("the signature of {0} does not fit the text")]
    BadSignature(String),
    /// No known key signed it.
    #[error("no known key has signed it")]
    Unsigned,
    /// Its text is no checkpoint.
    #[error("its text is no checkpoint of a log: {0}")]
    NotACheckpoint(&'static str),
}

impl FromStr for Note {
    type Err = NoteError;

    fn from_str(note: &str) -> Result<Self, NoteError> {
        let stray = |character: char| character.is_control() && character != '\n';
        if note.len() > LONGEST_NOTE || note.contains(stray) {
            return Err(NoteError::Malformed);
        }
        let end = note.rfind("\n\n").ok_or(NoteError::Malformed)?;
        let (text, lines) = (&note[..=end], &note[end + 2..]);
        let lines = lines.strip_suffix('\n').ok_or(NoteError::Malformed)?;
        let signatures: Vec<Signature> = lines.split('\n').map(str::parse).collect::<Result<_, _>>()?;
        if signatures.len() > MOST_SIGNATURES {
            return Err(NoteError::Malformed);
        }
        Ok(Self { text: text.to_owned(), signatures })
    }
}

impl FromStr for Signature {
    type Err = NoteError;

    /// Reads one line, without its line feed.
    fn from_str(line: &str) -> Result<Self, NoteError> {
        let (name, encoded) =
            line.strip_prefix(DASH).and_then(|rest| rest.split_once(' ')).ok_or(NoteError::Malformed)?;
        let decoded = STANDARD.decode(encoded).map_err(|_| NoteError::Malformed)?;
        match decoded.split_first_chunk::<4>() {
            Some((key_id, bytes)) if key::is_name(name) && !bytes.is_empty() => {
                Ok(Self { name: name.to_owned(), key_id: *key_id, bytes: bytes.to_vec() })
            }
            _ => Err(NoteError::Malformed),
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| writeln!(out, "{signature}"))
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{DASH}{} {}", self.name, STANDARD.encode([&self.key_id, self.bytes.as_slice()].concat()))
    }
}

impl Note {
    /// A text signed by these keys. The text ends with a line feed.
    pub fn sign(text: String, keys: &[&SigningKey]) -> Self {
        let signatures = keys.iter().map(|key| key.sign(&text)).collect();
        Self { text, signatures }
    }

    /// Verifies every signature of a known key; says which of the keys signed.
    ///
    /// # Errors
    /// When a known key's signature is bad, or no known key signed.
    pub fn verify<'k>(&self, keys: &'k [VerifierKey]) -> Result<Vec<&'k VerifierKey>, NoteError> {
        let mut signers = Vec::new();
        for signature in &self.signatures {
            for key in keys.iter().filter(|key| key.is_of(signature)) {
                if !key.verifies(&self.text, signature) {
                    return Err(NoteError::BadSignature(key.to_string()));
                }
                signers.push(key);
            }
        }
        if signers.is_empty() { Err(NoteError::Unsigned) } else { Ok(signers) }
    }
}

/// A number in its only spelling: decimal digits without a leading zero or a sign.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number: &u64| number.to_string() == text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(name: &str, seed: u8) -> SigningKey {
        SigningKey::new(name, [seed; 32]).unwrap()
    }

    #[test]
    fn a_note_verifies_with_each_key_that_signed_it_during_a_rotation() {
        let (old, new) = (key("log.example", 1), key("log.example", 2));
        let text = Note::sign("hello\n".to_owned(), &[&old, &new]).to_string();
        let note: Note = text.parse().unwrap();
        assert_eq!(note.to_string(), text);
        assert_eq!(note.verify(&[old.verifier()]).unwrap(), [&old.verifier()]);
        assert_eq!(note.verify(&[new.verifier()]).unwrap(), [&new.verifier()]);
        assert_eq!(note.verify(&[old.verifier(), new.verifier()]).unwrap().len(), 2);
    }

    #[test]
    fn one_bad_signature_of_a_known_key_spoils_the_good_ones() {
        let (good, other) = (key("log.example", 1), key("log.example", 2));
        let mut note = Note::sign("hello\n".to_owned(), &[&good, &other]);
        note.signatures[1].bytes[5] ^= 1;
        assert!(note.verify(&[good.verifier()]).is_ok());
        let keys = [good.verifier(), other.verifier()];
        assert_eq!(note.verify(&keys), Err(NoteError::BadSignature(other.verifier().to_string())));
    }

    #[test]
    fn a_signature_of_the_wrong_length_is_bad() {
        let key = key("log.example", 1);
        let mut note = Note::sign("hello\n".to_owned(), &[&key]);
        note.signatures[0].bytes.push(0);
        assert!(matches!(note.verify(&[key.verifier()]), Err(NoteError::BadSignature(_))));
    }

    #[test]
    fn a_note_nobody_known_signed_is_refused() {
        let note = Note::sign("hello\n".to_owned(), &[&key("log.example", 1)]);
        assert_eq!(note.verify(&[]), Err(NoteError::Unsigned));
        assert_eq!(note.verify(&[key("other.example", 1).verifier()]), Err(NoteError::Unsigned));
    }

    #[test]
    fn a_text_may_hold_empty_lines_and_lines_that_look_like_signatures() {
        let key = key("log.example", 1);
        let inner = Note::sign("inner\n".to_owned(), &[&key]).to_string();
        let note: Note = Note::sign(inner.clone(), &[&key]).to_string().parse().unwrap();
        assert_eq!(note.text, inner);
        assert!(note.verify(&[key.verifier()]).is_ok());
    }

    #[test]
    fn control_characters_and_missing_signatures_are_refused() {
        for wrong in
            ["", "\n\n", "text\n", "text\n\n", "te\0xt\n\n\u{2014} a AAAAAAA=\n", "text\n\n\u{2014} a+b AAAAAAA=\n"]
        {
            assert_eq!(wrong.parse::<Note>(), Err(NoteError::Malformed), "{wrong:?}");
        }
    }

    #[test]
    fn a_number_has_one_spelling() {
        assert_eq!(decimal("0"), Some(0));
        assert_eq!(decimal("18446744073709551615"), Some(u64::MAX));
        for wrong in ["", "00", "01", "+1", "-1", " 1", "1 ", "1.0", "18446744073709551616"] {
            assert_eq!(decimal(wrong), None, "{wrong:?}");
        }
    }

    proptest! {
        #[test]
        fn what_parses_is_written_back_the_same(note in "(a|\n|\u{2014} k AAAAAAAA|\u{2014} |=|\\+){0,12}") {
            if let Ok(parsed) = note.parse::<Note>() {
                prop_assert_eq!(parsed.to_string(), note);
            }
        }
    }
}
