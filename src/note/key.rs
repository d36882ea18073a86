//! Keys as text: the vkey anyone may have and the skey that stays in its file (C2SP signed-note, Ed25519).

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer, VerifyingKey};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::SignatureLine;

/// The kind byte of an Ed25519 key.
const ED25519: u8 = 1;

/// The kind byte of a witness's key (cosignature/v1).
const COSIGNATURE: u8 = 4;

/// A text that is no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is no {0}")]
pub struct KeyTextError(&'static str);

/// Whether a key may be called that: no space, no plus, nothing empty.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|letter| letter.is_whitespace() || letter == '+')
}

/// The key's id: the first four bytes of SHA-256(name ‖ 0A ‖ kind ‖ public key).
fn key_id(name: &str, kind: u8, public: &[u8; 32]) -> [u8; 4] {
    let digest = Sha256::new().chain_update(name).chain_update([b'\n', kind]).chain_update(public).finalize();
    [digest[0], digest[1], digest[2], digest[3]]
}

/// A public key with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    kind: u8,
    key: VerifyingKey,
}

impl VerifierKey {
    /// The key's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The key's id.
    pub fn id(&self) -> [u8; 4] {
        key_id(&self.name, self.kind, self.key.as_bytes())
    }

    /// Whether the signature is this key's for the text.
    pub fn accepts(&self, text: &[u8], signature: &[u8]) -> bool {
        if self.kind == COSIGNATURE {
            return super::Cosignature::parse(signature).is_some_and(|cosignature| {
                self.verifies(&super::cosigned_message(cosignature.time, text), &cosignature.signature)
            });
        }
        self.verifies(text, signature)
    }

    fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|signature| self.key.verify_strict(message, &signature).is_ok())
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let encoded = STANDARD.encode([&[self.kind], &self.key.as_bytes()[..]].concat());
        write!(out, "{}+{:08x}+{encoded}", self.name, u32::from_be_bytes(self.id()))
    }
}

/// Takes a key's text apart: its name, its id, its kind and 32 bytes.
fn parts(text: &str, what: &'static str) -> Result<(String, [u8; 4], u8, [u8; 32]), KeyTextError> {
    let wrong = || KeyTextError(what);
    let (name, rest) = text.split_once('+').ok_or_else(wrong)?;
    let (id, encoded) = rest.split_once('+').ok_or_else(wrong)?;
    let id = u32::from_str_radix(id, 16).ok().filter(|_| id.len() == 8).ok_or_else(wrong)?;
    let bytes = Zeroizing::new(STANDARD.decode(encoded).map_err(|_| wrong())?);
    let (kind, key) = bytes.split_first().ok_or_else(wrong)?;
    let key: [u8; 32] = key.try_into().map_err(|_| wrong())?;
    if !is_name(name) || !matches!(*kind, ED25519 | COSIGNATURE) {
        return Err(wrong());
    }
    Ok((name.to_owned(), id.to_be_bytes(), *kind, key))
}

impl FromStr for VerifierKey {
    type Err = KeyTextError;

    fn from_str(text: &str) -> Result<Self, KeyTextError> {
        let (name, id, kind, bytes) = parts(text, "verifier key")?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| KeyTextError("verifier key"))?;
        let key = Self { name, kind, key };
        if key.id() == id { Ok(key) } else { Err(KeyTextError("verifier key")) }
    }
}

/// A key that signs.
pub struct SigningKey {
    name: String,
    key: ed25519_dalek::SigningKey,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SigningKey({})", self.name)
    }
}

impl SigningKey {
    /// A key of that name from 32 random bytes.
    pub fn new(name: &str, seed: [u8; 32]) -> Self {
        Self { name: name.to_owned(), key: ed25519_dalek::SigningKey::from_bytes(&seed) }
    }

    /// The key's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The key that verifies what this one signs.
    pub fn verifier(&self) -> VerifierKey {
        VerifierKey { name: self.name.clone(), kind: ED25519, key: self.key.verifying_key() }
    }

    /// Signs a text.
    pub fn sign(&self, text: &[u8]) -> SignatureLine {
        SignatureLine {
            name: self.name.clone(),
            key_id: self.verifier().id(),
            signature: self.key.sign(text).to_bytes().to_vec(),
        }
    }

    /// The key as its file holds it.
    pub fn to_text(&self) -> Zeroizing<String> {
        let secret = Zeroizing::new([&[ED25519], &self.key.to_bytes()[..]].concat());
        let id = u32::from_be_bytes(self.verifier().id());
        Zeroizing::new(format!("PRIVATE+KEY+{}+{id:08x}+{}", self.name, STANDARD.encode(&*secret)))
    }
}

impl FromStr for SigningKey {
    type Err = KeyTextError;

    fn from_str(text: &str) -> Result<Self, KeyTextError> {
        let rest = text.strip_prefix("PRIVATE+KEY+").ok_or(KeyTextError("signing key"))?;
        let (name, id, kind, seed) = parts(rest, "signing key")?;
        let key = Self::new(&name, seed);
        if kind == ED25519 && key.verifier().id() == id { Ok(key) } else { Err(KeyTextError("signing key")) }
    }
}
