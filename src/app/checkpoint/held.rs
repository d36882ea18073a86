//! The keys that sign, as the key file holds them. A file that was changed is read again before the next checkpoint, and
//! what the log says of its keys while there are several, so that a running server follows a change of the key.

use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;

use crate::app::itself::Itself;
use crate::keys;
use crate::note::{SigningKey, VerifierKey};
use crate::store::Store;

/// What tells one state of a file from the next: inode, length, and seconds and nanoseconds of its last change.
type Stamp = (u64, u64, i64, i64);

/// The keys at hand.
pub(super) struct Held {
    /// Those that sign, the one in force first.
    pub(super) keys: Vec<SigningKey>,
    file: PathBuf,
    stamp: Option<Stamp>,
    /// The head when the log was asked about its keys.
    asked_at: u64,
}

impl Held {
    /// Reads the keys of that log; with what the log says of itself.
    ///
    /// # Errors
    /// When the file is missing, torn, open to others, another log's, or without the key in force.
    pub(super) async fn open(store: &Store, file: PathBuf) -> anyhow::Result<(Self, Itself)> {
        let (stamp, asked_at) = (stamp(&file).await, store.head().await?.position);
        let itself = Itself::of(store).await?;
        let keys = keys::read_signing_keys(&file, &itself.origin)?;
        let keys = keys::in_force_first(keys, itself.in_force(), &file)?;
        Ok((Self { keys, file, stamp, asked_at }, itself))
    }

    /// Reads the keys again when the file is another or, where several sign, the log has grown; says whether it did. Keys
    /// that cannot be read now are told, and those read before go on signing.
    pub(super) async fn follow(&mut self, store: &Store, head: u64) -> bool {
        let stamp = stamp(&self.file).await;
        let changed = stamp != self.stamp;
        if !changed && (self.keys.len() == 1 || head == self.asked_at) {
            return false;
        }
        (self.stamp, self.asked_at) = (stamp, head);
        match Self::open(store, self.file.clone()).await {
            Ok((held, _)) => {
                let before: Vec<VerifierKey> = self.keys.iter().map(SigningKey::verifier).collect();
                *self = held;
                let now: Vec<VerifierKey> = self.keys.iter().map(SigningKey::verifier).collect();
                if before != now {
                    let names: Vec<String> = now.iter().map(ToString::to_string).collect();
                    tracing::info!(keys = names.join(", "), "the keys that sign checkpoints were changed");
                }
                before != now
            }
            Err(error) => {
                tracing::error!("{error:#}. The keys read before go on signing.");
                false
            }
        }
    }
}

async fn stamp(file: &PathBuf) -> Option<Stamp> {
    let found = tokio::fs::metadata(file).await.ok()?;
    Some((found.ino(), found.len(), found.mtime(), found.mtime_nsec()))
}
