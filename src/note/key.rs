//! The keys of signed notes: verifier keys, which may be shown to all, and signing keys, which may not.
//!
//! Written `name+hash+base64` (vkey) and `PRIVATE+KEY+name+hash+base64` (skey). A key's id is the beginning of a hash
//! over its name and public key, so a misspelt key is refused. A signing key is wiped when dropped and never shown.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer, VerifyingKey};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::Signature;

const SECRET: &str = "PRIVATE+KEY+";

/// What a key signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Algorithm {
    /// The text of the note.
    Ed25519 = 1,
    /// The text and a time, as a witness does: cosignature/v1.
    Cosignature = 4,
}

/// The public half of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    id: [u8; 4],
    algorithm: Algorithm,
    point: VerifyingKey,
}

/// A key that signs.
pub struct SigningKey {
    verifier: VerifierKey,
    secret: ed25519_dalek::SigningKey,
}

/// A text that is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The name is empty or has spaces or a plus sign.
    #[error("a key's name has no spaces and no plus sign")]
    Name,
    /// It is not written as keys are.
    #[error("this is not written as a key is")]
    Malformed,
    /// The id does not belong to this name and key: something was misspelt.
    #[error("the key does not match its id: it was changed or cut short")]
    Id,
    /// Neither Ed25519 nor cosignature/v1.
    #[error("keys of this algorithm are not known here")]
    Algorithm,
}

pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.contains(|character: char| character.is_whitespace() || character.is_control() || character == '+')
}

fn key_id(name: &str, algorithm: Algorithm, public: &[u8; 32]) -> [u8; 4] {
    let hash = Sha256::new().chain_update(name).chain_update([b'\n', algorithm as u8]).chain_update(public).finalize();
    [hash[0], hash[1], hash[2], hash[3]]
}

fn hex(id: [u8; 4]) -> String {
    format!("{:08x}", u32::from_be_bytes(id))
}

impl VerifierKey {
    /// The name signatures stand under.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is a witness's key, which signs with a time.
    pub fn is_witness(&self) -> bool {
        self.algorithm == Algorithm::Cosignature
    }

    fn new(name: &str, algorithm: Algorithm, point: VerifyingKey) -> Result<Self, KeyError> {
        if !is_name(name) {
            return Err(KeyError::Name);
        }
        Ok(Self { name: name.to_owned(), id: key_id(name, algorithm, point.as_bytes()), algorithm, point })
    }

    /// Whether that line claims to be of this key.
    pub(super) fn is_of(&self, signature: &Signature) -> bool {
        self.name == signature.name && self.id == signature.key_id
    }

    pub(super) fn verifies(&self, text: &str, signature: &Signature) -> bool {
        match self.algorithm {
            Algorithm::Ed25519 => self.verifies_bytes(text.as_bytes(), &signature.bytes),
            Algorithm::Cosignature => signature.bytes.split_first_chunk::<8>().is_some_and(|(time, bytes)| {
                let time = u64::from_be_bytes(*time);
                self.verifies_bytes(format!("cosignature/v1\ntime {time}\n{text}").as_bytes(), bytes)
            }),
        }
    }

    fn verifies_bytes(&self, message: &[u8], signature: &[u8]) -> bool {
        ed25519_dalek::Signature::from_slice(signature)
            .is_ok_and(|signature| self.point.verify_strict(message, &signature).is_ok())
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = [&[self.algorithm as u8], self.point.as_bytes().as_slice()].concat();
        write!(out, "{}+{}+{}", self.name, hex(self.id), STANDARD.encode(key))
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (name, id, bytes) = parts(text)?;
        let (algorithm, bytes) = bytes.split_first().ok_or(KeyError::Malformed)?;
        let algorithm = match algorithm {
            1 => Algorithm::Ed25519,
            4 => Algorithm::Cosignature,
            _ => return Err(KeyError::Algorithm),
        };
        let public: &[u8; 32] = bytes.try_into().map_err(|_| KeyError::Malformed)?;
        let point = VerifyingKey::from_bytes(public).map_err(|_| KeyError::Malformed)?;
        let key = Self::new(name, algorithm, point)?;
        if hex(key.id) == id { Ok(key) } else { Err(KeyError::Id) }
    }
}

/// Name, id and bytes of a written key.
fn parts(text: &str) -> Result<(&str, &str, Zeroizing<Vec<u8>>), KeyError> {
    let (name, rest) = text.split_once('+').ok_or(KeyError::Malformed)?;
    let (id, encoded) = rest.split_once('+').ok_or(KeyError::Malformed)?;
    let bytes = STANDARD.decode(encoded).map_err(|_| KeyError::Malformed)?;
    Ok((name, id, Zeroizing::new(bytes)))
}

impl SigningKey {
    /// The Ed25519 key of that name made from a random seed.
    ///
    /// # Errors
    /// [`KeyError::Name`] when no key can have that name.
    pub fn new(name: &str, seed: [u8; 32]) -> Result<Self, KeyError> {
        let seed = Zeroizing::new(seed);
        let secret = ed25519_dalek::SigningKey::from_bytes(&seed);
        Ok(Self { verifier: VerifierKey::new(name, Algorithm::Ed25519, secret.verifying_key())?, secret })
    }

    /// The name its signatures stand under.
    pub fn name(&self) -> &str {
        &self.verifier.name
    }

    /// The half that may be shown.
    pub fn verifier(&self) -> VerifierKey {
        self.verifier.clone()
    }

    /// The key as its file holds it; a secret.
    pub fn secret_text(&self) -> Zeroizing<String> {
        let mut key = Zeroizing::new([Algorithm::Ed25519 as u8; 33]);
        key[1..].copy_from_slice(self.secret.as_bytes());
        let encoded = Zeroizing::new(STANDARD.encode(*key));
        Zeroizing::new(format!("{SECRET}{}+{}+{}", self.verifier.name, hex(self.verifier.id), *encoded))
    }

    /// Reads a key as its file holds it.
    ///
    /// # Errors
    /// When the text is no signing key, or was changed or cut short.
    pub fn from_secret_text(text: &str) -> Result<Self, KeyError> {
        let (name, id, bytes) = parts(text.strip_prefix(SECRET).ok_or(KeyError::Malformed)?)?;
        let (algorithm, seed) = bytes.split_first().ok_or(KeyError::Malformed)?;
        if *algorithm != Algorithm::Ed25519 as u8 {
            return Err(KeyError::Algorithm);
        }
        let key = Self::new(name, seed.try_into().map_err(|_| KeyError::Malformed)?)?;
        if hex(key.verifier.id) == id { Ok(key) } else { Err(KeyError::Id) }
    }

    /// Signs the text of a note.
    pub fn sign(&self, text: &str) -> Signature {
        let bytes = self.secret.sign(text.as_bytes()).to_bytes().to_vec();
        Signature { name: self.verifier.name.clone(), key_id: self.verifier.id, bytes }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SigningKey({})", self.verifier)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> SigningKey {
        SigningKey::new("log.example", [7; 32]).unwrap()
    }

    #[test]
    fn both_halves_of_a_key_read_back_as_written() {
        let again = SigningKey::from_secret_text(&key().secret_text()).unwrap();
        assert_eq!(again.verifier(), key().verifier());
        assert_eq!(key().verifier().to_string().parse::<VerifierKey>().unwrap(), key().verifier());
    }

    #[test]
    fn a_key_that_was_changed_or_cut_short_is_refused() {
        let secret = key().secret_text();
        assert!((1..secret.len()).all(|cut| SigningKey::from_secret_text(&secret[..cut]).is_err()));
        let renamed = secret.replace("log.example", "lag.example");
        assert_eq!(SigningKey::from_secret_text(&renamed).unwrap_err(), KeyError::Id);
        let public = key().verifier().to_string();
        assert_eq!(public.replace("log", "lag").parse::<VerifierKey>(), Err(KeyError::Id));
        assert!((1..public.len()).all(|cut| public[..cut].parse::<VerifierKey>().is_err()));
    }

    #[test]
    fn a_name_with_a_space_or_a_plus_sign_is_refused() {
        for name in ["", "a b", "a+b", "a\nb", "a\u{a0}b"] {
            assert_eq!(SigningKey::new(name, [7; 32]).unwrap_err(), KeyError::Name, "{name:?}");
        }
    }

    #[test]
    fn a_signing_key_never_shows_its_secret() {
        let shown = format!("{:?}", key());
        assert!(shown.contains(&key().verifier().to_string()));
        assert!(!shown.contains(&STANDARD.encode([7; 32])) && !shown.contains("7, 7"));
    }

    #[test]
    fn a_key_of_an_unknown_algorithm_is_refused() {
        let written = format!("log.example+00000000+{}", STANDARD.encode([2; 33]));
        assert_eq!(written.parse::<VerifierKey>(), Err(KeyError::Algorithm));
    }
}
