//! How a log's name is handed over from one key to the next: the old key signs the new one, so that whoever trusts the
//! old key follows from the log alone.
//!
//! What is signed is the text of a note: the log's name, a line that no checkpoint has in that place, and the new verifier
//! key, each with its line feed. It can be taken for no checkpoint, and no checkpoint for it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{KeyError, Signature, SigningKey, VerifierKey};

/// The second line, where a checkpoint has its size.
const SAYS: &str = "koinon: this log is signed from now on by";

/// A hand-over whose signature was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotation {
    from: VerifierKey,
    to: VerifierKey,
    signature: Signature,
}

/// Why something is no hand-over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RotationError {
    /// One of the keys is none.
    #[error("one of its keys cannot be read: {0}")]
    Key(#[from] KeyError),
    /// The keys are of two logs, of a witness, or the same.
    #[error("its two keys are not two keys of one log")]
    Keys,
    /// Nobody signed it.
    #[error("the key that it hands over from did not sign it")]
    Unsigned,
    /// Somebody else signed it, or it was changed.
    #[error("its signature is not that of the key that it hands over from")]
    Forged,
}

fn text(from: &VerifierKey, to: &VerifierKey) -> String {
    format!("{}\n{SAYS}\n{to}\n", from.name())
}

impl Rotation {
    /// Hands over from a key to the next.
    ///
    /// # Errors
    /// [`RotationError::Keys`] when they are not two keys of one log.
    pub fn sign(from: &SigningKey, to: VerifierKey) -> Result<Self, RotationError> {
        let signature = from.sign(&text(&from.verifier(), &to));
        Self::verified(from.verifier(), to, signature)
    }

    /// Reads a hand-over as it is recorded, and verifies it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(from: &str, to: &str, signature: Option<&str>) -> Result<Self, RotationError> {
        let (from, to): (VerifierKey, VerifierKey) = (from.parse()?, to.parse()?);
        let signature =
            STANDARD.decode(signature.ok_or(RotationError::Unsigned)?).map_err(|_| RotationError::Forged)?;
        let (key_id, bytes) = signature.split_first_chunk::<4>().ok_or(RotationError::Forged)?;
        let signature = Signature { name: from.name().to_owned(), key_id: *key_id, bytes: bytes.to_vec() };
        Self::verified(from, to, signature)
    }

    fn verified(from: VerifierKey, to: VerifierKey, signature: Signature) -> Result<Self, RotationError> {
        if from.name() != to.name() || from == to || from.is_witness() || to.is_witness() {
            return Err(RotationError::Keys);
        }
        if !from.is_of(&signature) || !from.verifies(&text(&from, &to), &signature) {
            return Err(RotationError::Forged);
        }
        Ok(Self { from, to, signature })
    }

    /// The key that signed until then.
    pub fn from(&self) -> &VerifierKey {
        &self.from
    }

    /// The key that signs from then on.
    pub fn to(&self) -> &VerifierKey {
        &self.to
    }

    /// The signature as it is recorded.
    pub fn signature(&self) -> String {
        STANDARD.encode([&self.signature.key_id, self.signature.bytes.as_slice()].concat())
    }
}

/// The keys to trust for whoever trusts one and reads these hand-overs in the order of the log, that one first.
pub fn trusted<'r>(key: &VerifierKey, rotations: impl IntoIterator<Item = &'r Rotation>) -> Vec<VerifierKey> {
    let mut keys = vec![key.clone()];
    for rotation in rotations {
        if keys.contains(&rotation.from) && !keys.contains(&rotation.to) {
            keys.push(rotation.to.clone());
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::{Checkpoint, Note};

    fn key(seed: u8) -> SigningKey {
        SigningKey::new("log.example", [seed; 32]).unwrap()
    }

    fn read(from: &SigningKey, to: &SigningKey, signature: &str) -> Result<Rotation, RotationError> {
        Rotation::read(&from.verifier().to_string(), &to.verifier().to_string(), Some(signature))
    }

    #[test]
    fn a_hand_over_reads_back_and_leads_from_the_old_key_to_the_new() {
        let (first, second, third) = (key(1), key(2), key(3));
        let rotations =
            [Rotation::sign(&first, second.verifier()).unwrap(), Rotation::sign(&second, third.verifier()).unwrap()];
        assert_eq!(read(&first, &second, &rotations[0].signature()).unwrap(), rotations[0]);
        assert_eq!(trusted(&first.verifier(), &rotations), [first.verifier(), second.verifier(), third.verifier()]);
        assert_eq!(trusted(&second.verifier(), &rotations), [second.verifier(), third.verifier()], "never back");
        assert_eq!(trusted(&key(9).verifier(), &rotations), [key(9).verifier()], "a stranger leads nowhere");
    }

    #[test]
    fn a_hand_over_that_the_old_key_did_not_sign_is_none() {
        let (old, new, forger) = (key(1), key(2), key(3));
        let signature = Rotation::sign(&old, new.verifier()).unwrap().signature();
        assert_eq!(read(&old, &forger, &signature), Err(RotationError::Forged), "of another key");
        assert_eq!(read(&forger, &new, &signature), Err(RotationError::Forged), "by another key");
        let by_forger = STANDARD.encode(
            [&old.verifier().to_string().as_bytes()[..4], &forger.sign(&text(&old.verifier(), &new.verifier())).bytes]
                .concat(),
        );
        assert_eq!(read(&old, &new, &by_forger), Err(RotationError::Forged));
        for torn in ["", "AAAA", &signature[..40], "no base64"] {
            assert_eq!(read(&old, &new, torn), Err(RotationError::Forged), "{torn}");
        }
        let (from, to) = (old.verifier().to_string(), new.verifier().to_string());
        assert_eq!(Rotation::read(&from, &to, None), Err(RotationError::Unsigned));
        assert_eq!(Rotation::read(&from, "none", Some(&signature)), Err(RotationError::Key(KeyError::Malformed)));
    }

    #[test]
    fn a_key_hands_over_to_another_of_the_same_log_only() {
        let other = SigningKey::new("other.example", [2; 32]).unwrap();
        for to in [other.verifier(), key(1).verifier()] {
            assert_eq!(Rotation::sign(&key(1), to).unwrap_err(), RotationError::Keys);
        }
    }

    #[test]
    fn a_hand_over_is_no_checkpoint_and_a_checkpoint_no_hand_over() {
        let (old, new) = (key(1), key(2));
        let note = Note::sign(text(&old.verifier(), &new.verifier()), &[&old]).to_string();
        assert!(Checkpoint::parse(&note, &[old.verifier()]).is_err());
        let checkpoint = Checkpoint { origin: "log.example".to_owned(), size: 7, root: [3; 32] };
        let signed = old.sign(&checkpoint.to_string());
        let signature = STANDARD.encode([&signed.key_id, signed.bytes.as_slice()].concat());
        assert_eq!(read(&old, &new, &signature), Err(RotationError::Forged));
    }
}
