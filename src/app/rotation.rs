//! The vault's key is replaced while the service runs: a new one is written into the key file, then every person's key is
//! wrapped with it.
//!
//! Promises: at every moment each person's key opens with a key of the file, so that a crash in the middle loses nothing
//! and the rest is done by asking again. A process that meets a newer key than it knows reads the file anew. The first key
//! of the file is never dropped, since addresses and repeated requests are looked up by hashes that hang on it.

use super::{Failure, Koinon};
use crate::keys;
use crate::store::VaultKey;
use crate::vault::{DataKey, VaultError};

/// Persons' keys wrapped between two looks at the database.
const AT_ONCE: u32 = 500;

impl Koinon {
    /// Unwraps a person's key, also when another process has begun to use a newer key of the file.
    pub(super) fn unwrapped(&self, key: &VaultKey) -> Result<DataKey, Failure> {
        let vault = &self.inner.vault;
        let opened = match vault.unwrap_key(key.generation, &key.wrapped) {
            Err(VaultError::NoSuchGeneration(_)) => {
                let keys = keys::read_vault_keys(&self.inner.vault_file);
                vault.learn(keys.map_err(|error| Failure::Internal(error.to_string()))?);
                vault.unwrap_key(key.generation, &key.wrapped)
            }
            opened => opened,
        };
        opened.map_err(|error| Failure::Internal(error.to_string()))
    }

    /// Wraps a new person's key with the newest key of the file, which another process may have added a moment ago: with
    /// one that this process remembers, and that was dropped since, it would never open again.
    pub(super) fn wrapped(&self, data_key: &DataKey) -> Result<VaultKey, Failure> {
        let keys = keys::read_vault_keys(&self.inner.vault_file);
        self.inner.vault.learn(keys.map_err(|error| Failure::Internal(error.to_string()))?);
        let wrapped = self.inner.vault.wrap_key(data_key, self.inner.clock.chance());
        let (generation, wrapped) = wrapped.map_err(|error| Failure::Internal(error.to_string()))?;
        Ok(VaultKey { generation, wrapped })
    }

    /// Adds a new key to the vault's file and wraps every person's key with it; gives its generation and how many were
    /// wrapped.
    ///
    /// # Errors
    /// [`Failure::Internal`] when the file cannot be written; else as [`Self::rewrap_vault`].
    pub async fn rotate_vault(&self) -> Result<(u32, u64), Failure> {
        let added = keys::add_vault_key(&self.inner.vault_file, self.inner.clock.chance());
        self.inner.vault.learn(added.map_err(|error| Failure::Internal(error.to_string()))?);
        self.rewrap_vault().await
    }

    /// Wraps every person's key with the newest key of the file; gives its generation and how many were wrapped.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the keys cannot be read or written.
    pub async fn rewrap_vault(&self) -> Result<(u32, u64), Failure> {
        let (newest, mut wrapped) = (self.inner.vault.newest(), 0);
        loop {
            let old = self.inner.store.wrapped_before(newest, AT_ONCE).await?;
            if old.is_empty() {
                return Ok((newest, wrapped));
            }
            for (person, key) in old {
                let data_key = self.unwrapped(&key)?;
                let anew = self.wrapped(&data_key)?;
                wrapped += u64::from(self.inner.store.rewrap(person, key.generation, &anew).await?);
            }
        }
    }

    /// Drops from the file what is neither the first key nor the newest; gives how many were dropped.
    ///
    /// # Errors
    /// [`Failure::Denied`] while a person's key is still wrapped with an older one.
    pub async fn drop_old_vault_keys(&self) -> Result<usize, Failure> {
        if !self.inner.store.wrapped_before(self.inner.vault.newest(), 1).await?.is_empty() {
            let words = "Some persons' keys are still wrapped with an older key. Run “koinon vault rewrap” first.";
            return Err(Failure::Denied(words.to_owned()));
        }
        let dropped = keys::drop_old_vault_keys(&self.inner.vault_file);
        dropped.map_err(|error| Failure::Internal(error.to_string()))
    }
}
