//! The vault's crypto: personal values outside the log, each person's under a key of its own.
//!
//! A disclosure is encrypted with its person's data key (AES-256-GCM, random nonce, the commitment as additional data);
//! data keys are wrapped by a key from a file outside database and backups. Destroying a person's rows and key erases
//! the person, and no proof breaks. No I/O here: the store keeps the rows, `keys.rs` the file.

use std::sync::{PoisonError, RwLock};

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use hmac::{Hmac, Mac};
use koinon_events::Disclosure;
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Bytes of a GCM nonce.
const NONCE: usize = 12;

/// Why a value cannot be locked or opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The key file does not hold the key that wrapped this.
    #[error("the vault key file holds no key of generation {0}; restore the file that was in use when it was made")]
    NoSuchGeneration(u32),
    /// The bytes were changed, or belong to another key or value.
    #[error("the stored value does not open with its key")]
    DoesNotOpen,
}

/// A key that wraps data keys, with its place in the order of rotation.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct WrappingKey {
    /// 1, 2, 3 …: which key of the file it is.
    pub generation: u32,
    /// The key.
    pub key: [u8; 32],
}

/// Wraps and unwraps data keys, and hashes under a key of its own.
pub struct Vault {
    keys: RwLock<Vec<WrappingKey>>,
}

/// One person's key.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DataKey([u8; 32]);

impl Vault {
    /// A vault with these wrapping keys; the one of the highest generation wraps what is new.
    pub fn new(keys: Vec<WrappingKey>) -> Self {
        let vault = Self { keys: RwLock::default() };
        vault.learn(keys);
        vault
    }

    /// Takes the keys that the file holds now in place of those before.
    pub fn learn(&self, mut keys: Vec<WrappingKey>) {
        keys.sort_by_key(|key| key.generation);
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
    }

    /// The highest generation known; 0 without a key.
    pub fn newest(&self) -> u32 {
        self.known().last().map_or(0, |key| key.generation)
    }

    fn known(&self) -> std::sync::RwLockReadGuard<'_, Vec<WrappingKey>> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wraps a data key; gives the wrapping key's generation and the wrapped bytes.
    ///
    /// # Errors
    /// [`VaultError::NoSuchGeneration`] when there is no wrapping key at all.
    pub fn wrap_key(&self, data_key: &DataKey, chance: [u8; 32]) -> Result<(u32, Vec<u8>), VaultError> {
        let keys = self.known();
        let key = keys.last().ok_or(VaultError::NoSuchGeneration(1))?;
        Ok((key.generation, lock(&key.key, &chance, &key.generation.to_be_bytes(), &data_key.0)?))
    }

    /// Unwraps a data key.
    ///
    /// # Errors
    /// When the file lacks the generation, or the bytes were changed.
    pub fn unwrap_key(&self, generation: u32, wrapped: &[u8]) -> Result<DataKey, VaultError> {
        let keys = self.known();
        let key =
            keys.iter().find(|key| key.generation == generation).ok_or(VaultError::NoSuchGeneration(generation))?;
        let opened = open(&key.key, &generation.to_be_bytes(), wrapped)?;
        opened.try_into().map(DataKey).map_err(|_| VaultError::DoesNotOpen)
    }

    /// A hash that nobody without the key file can make or test: for repeated bodies and e-mail look-ups. It hangs on
    /// the first key, so that rotation does not change it.
    pub fn keyed_hash(&self, purpose: &str, value: &[u8]) -> [u8; 32] {
        let first = self.known().first().map_or([0; 32], |key| key.key);
        let Ok(mut mac) = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&first) else { return [0; 32] };
        mac.update(b"koinon keyed hash\n");
        mac.update(purpose.as_bytes());
        mac.update(b"\n");
        mac.update(value);
        mac.finalize().into_bytes().into()
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Vault({} keys)", self.known().len())
    }
}

impl DataKey {
    /// A new key from 32 random bytes.
    pub fn new(chance: [u8; 32]) -> Self {
        Self(chance)
    }

    /// Encrypts a disclosure: nonce, then ciphertext with tag.
    ///
    /// # Errors
    /// [`VaultError::DoesNotOpen`] when the cipher refuses, which it does for no value we make.
    pub fn lock(&self, disclosure: &Disclosure, chance: [u8; 32]) -> Result<Vec<u8>, VaultError> {
        lock(&self.0, &chance, disclosure.commitment.as_bytes(), disclosure.text.as_bytes())
    }

    /// Decrypts the disclosure of a commitment.
    ///
    /// # Errors
    /// [`VaultError::DoesNotOpen`] when the bytes were changed or belong to another commitment or person.
    pub fn unlock(&self, commitment: &str, locked: &[u8]) -> Result<Disclosure, VaultError> {
        let text =
            String::from_utf8(open(&self.0, commitment.as_bytes(), locked)?).map_err(|_| VaultError::DoesNotOpen)?;
        let disclosure = Disclosure::from_text(text);
        if disclosure.commitment == commitment { Ok(disclosure) } else { Err(VaultError::DoesNotOpen) }
    }
}

impl DataKey {
    /// Encrypts a secret that no commitment stands for; what it is for is bound to it.
    ///
    /// # Errors
    /// [`VaultError::DoesNotOpen`] when the cipher refuses, which it does for no value we make.
    pub fn lock_secret(&self, purpose: &str, secret: &[u8], chance: [u8; 32]) -> Result<Vec<u8>, VaultError> {
        lock(&self.0, &chance, purpose.as_bytes(), secret)
    }

    /// Decrypts such a secret.
    ///
    /// # Errors
    /// [`VaultError::DoesNotOpen`] when the bytes were changed, or are for another purpose or person.
    pub fn open_secret(&self, purpose: &str, locked: &[u8]) -> Result<Vec<u8>, VaultError> {
        open(&self.0, purpose.as_bytes(), locked)
    }
}

fn lock(key: &[u8; 32], chance: &[u8; 32], aad: &[u8], message: &[u8]) -> Result<Vec<u8>, VaultError> {
    let nonce = &chance[..NONCE];
    let cipher = Aes256Gcm::new(Key::<Aes256Gcm>::from_slice(key));
    let sealed =
        cipher.encrypt(Nonce::from_slice(nonce), Payload { msg: message, aad }).map_err(|_| VaultError::DoesNotOpen)?;
    Ok([nonce, &sealed].concat())
}

fn open(key: &[u8; 32], aad: &[u8], locked: &[u8]) -> Result<Vec<u8>, VaultError> {
    let (nonce, sealed) = locked.split_at_checked(NONCE).ok_or(VaultError::DoesNotOpen)?;
    Aes256Gcm::new(Key::<Aes256Gcm>::from_slice(key))
        .decrypt(Nonce::from_slice(nonce), Payload { msg: sealed, aad })
        .map_err(|_| VaultError::DoesNotOpen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault() -> Vault {
        Vault::new(vec![WrappingKey { generation: 1, key: [1; 32] }, WrappingKey { generation: 2, key: [2; 32] }])
    }

    fn unhex(text: &str) -> Vec<u8> {
        (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
    }

    #[test]
    fn the_published_vectors_open() {
        let vectors: serde_json::Value = serde_json::from_str(include_str!("../tests/vectors.json")).unwrap();
        for vector in vectors["sealed_fields"]["disclosures"].as_array().unwrap() {
            let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
            let aead = &vector["aead"];
            let key = DataKey(unhex(&text(&aead["key_hex"])).try_into().unwrap());
            let nonce = unhex(&text(&aead["nonce_hex"]));
            let locked = [nonce.clone(), unhex(&text(&aead["ciphertext_and_tag_hex"]))].concat();
            let opened = key.unlock(&text(&vector["digest"]), &locked).unwrap();
            assert_eq!(opened.text, text(&vector["disclosure"]));
            assert_eq!(opened.value().unwrap(), text(&vector["value"]));
            let mut chance = [0; 32];
            chance[..NONCE].copy_from_slice(&nonce);
            assert_eq!(key.lock(&opened, chance).unwrap(), locked, "and lock the same way");
        }
    }

    #[test]
    fn a_wrapped_key_opens_with_its_generation_only() {
        let vault = vault();
        let (generation, wrapped) = vault.wrap_key(&DataKey::new([9; 32]), [5; 32]).unwrap();
        assert_eq!(generation, 2);
        assert_eq!(vault.unwrap_key(2, &wrapped).unwrap().0, [9; 32]);
        assert_eq!(vault.unwrap_key(1, &wrapped).err(), Some(VaultError::DoesNotOpen));
        assert_eq!(vault.unwrap_key(3, &wrapped).err(), Some(VaultError::NoSuchGeneration(3)));
    }

    #[test]
    fn a_value_moved_to_another_commitment_or_changed_does_not_open() {
        let key = DataKey::new([3; 32]);
        let (_, disclosure) = koinon_events::seal([1; 16], "/name", "Thandi");
        let (other, _) = koinon_events::seal([2; 16], "/name", "Thandi");
        let mut locked = key.lock(&disclosure, [4; 32]).unwrap();
        assert_eq!(key.unlock(&other.sealed, &locked), Err(VaultError::DoesNotOpen));
        locked[20] ^= 1;
        assert_eq!(key.unlock(&disclosure.commitment, &locked), Err(VaultError::DoesNotOpen));
        assert_eq!(key.unlock(&disclosure.commitment, &[]), Err(VaultError::DoesNotOpen));
    }

    #[test]
    fn keyed_hashes_differ_by_purpose_and_stay_after_a_rotation() {
        let before = Vault::new(vec![WrappingKey { generation: 1, key: [1; 32] }]);
        assert_eq!(before.keyed_hash("email", b"a@b.c"), vault().keyed_hash("email", b"a@b.c"));
        assert_ne!(before.keyed_hash("email", b"a@b.c"), before.keyed_hash("body", b"a@b.c"));
    }
}
