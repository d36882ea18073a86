//! The bytes of documents, in a folder beside the log: each file is named by its SHA-256, so that it can neither be mistaken
//! nor changed unnoticed, and by its document, so that nobody comes to bytes by registering another document with their
//! hash. A file appears whole or not at all; what was broken off leaves nothing behind.
//!
//! Folders are made when the first bytes come. Several nodes may share one folder.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use futures::{Stream, StreamExt};
use sha2::{Digest, Sha256};
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt;
use tokio_util::io::ReaderStream;
use uuid::Uuid;

/// Where the bytes lie.
#[derive(Debug, Clone)]
pub struct Shelf {
    folder: PathBuf,
}

/// Why bytes were not taken in.
#[derive(Debug, thiserror::Error)]
pub enum ShelfError {
    /// More than is taken.
    #[error("a document may have at most {0} bytes")]
    TooLarge(u64),
    /// The sender stopped before the end.
    #[error("the bytes ended early: {0}")]
    Ended(String),
    /// The bytes are not those of their hash any more.
    #[error("the bytes of a document are not those it was registered with")]
    Damaged,
    /// The folder cannot be written or read.
    #[error("the folder of the documents cannot be used: {0}")]
    Disk(#[from] std::io::Error),
}

/// Bytes taken in and not yet kept; dropped, they are gone.
#[derive(Debug)]
pub struct Incoming {
    path: PathBuf,
    folder: PathBuf,
    /// The SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
    /// How many there are.
    pub size: u64,
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // Kept bytes are no longer at this path.
        let _ = std::fs::remove_file(&self.path);
    }
}

impl Shelf {
    /// The shelf in a folder.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    fn place(&self, document: Uuid, sha256: &str) -> Option<PathBuf> {
        let is_hash = sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hash.then(|| self.folder.join(&sha256[..2]).join(format!("{sha256}.{document}")))
    }

    /// Whether the document's bytes of that hash are here.
    pub async fn holds(&self, document: Uuid, sha256: &str) -> bool {
        match self.place(document, sha256) {
            Some(path) => fs::try_exists(path).await.unwrap_or(false),
            None => false,
        }
    }

    /// The document's file of that hash and its size, if it is here.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub async fn open(&self, document: Uuid, sha256: &str) -> Result<Option<(File, u64)>, ShelfError> {
        let Some(path) = self.place(document, sha256) else { return Ok(None) };
        match File::open(path).await {
            Ok(file) => {
                let size = file.metadata().await?.len();
                Ok(Some((file, size)))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Copies the document's file of that hash to another shelf, where it is not yet; says whether it is there now.
    ///
    /// # Errors
    /// [`ShelfError::Damaged`] when the bytes, here or there, are not those of the hash; nothing is copied then.
    pub async fn copy(&self, to: &Self, document: Uuid, sha256: &str) -> Result<bool, ShelfError> {
        if let Some((file, _)) = to.open(document, sha256).await? {
            return if hash_of(file).await? == sha256 { Ok(true) } else { Err(ShelfError::Damaged) };
        }
        let Some((file, _)) = self.open(document, sha256).await? else { return Ok(false) };
        let incoming = to.take_in(ReaderStream::new(file), u64::MAX).await?;
        if incoming.sha256 != sha256 {
            return Err(ShelfError::Damaged);
        }
        incoming.keep(document).await?;
        Ok(true)
    }

    /// Deletes the document's file of that hash; says whether there was one.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub async fn remove(&self, document: Uuid, sha256: &str) -> Result<bool, ShelfError> {
        let Some(path) = self.place(document, sha256) else { return Ok(false) };
        match fs::remove_file(&path).await {
            Ok(()) => {
                sync_folder(path.parent().unwrap_or(&self.folder)).await?;
                Ok(true)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes in bytes as they come, hashing them on the way, at most `most` of them.
    ///
    /// # Errors
    /// [`ShelfError`]; nothing is left behind then.
    pub async fn take_in<E: std::fmt::Display>(
        &self,
        bytes: impl Stream<Item = Result<Bytes, E>>,
        most: u64,
    ) -> Result<Incoming, ShelfError> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        fs::create_dir_all(&self.folder).await?;
        let name = format!("incoming-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let path = self.folder.join(name);
        let mut file = File::create(&path).await?;
        let mut incoming = Incoming { path, folder: self.folder.clone(), sha256: String::new(), size: 0 };
        let mut hash = Sha256::new();
        let mut bytes = std::pin::pin!(bytes);
        while let Some(part) = bytes.next().await {
            let part = part.map_err(|error| ShelfError::Ended(error.to_string()))?;
            incoming.size += part.len() as u64;
            if incoming.size > most {
                return Err(ShelfError::TooLarge(most));
            }
            hash.update(&part);
            file.write_all(&part).await?;
        }
        file.sync_all().await?;
        incoming.sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(incoming)
    }

    /// Puts bytes that are at hand on the shelf.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub async fn put(&self, document: Uuid, bytes: Vec<u8>) -> Result<(), ShelfError> {
        let whole = futures::stream::iter([Ok::<_, std::convert::Infallible>(Bytes::from(bytes))]);
        self.take_in(whole, u64::MAX).await?.keep(document).await
    }
}

impl Incoming {
    /// Keeps the bytes as those of a document, on the disk for good.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub async fn keep(self, document: Uuid) -> Result<(), ShelfError> {
        let folder = self.folder.join(&self.sha256[..2]);
        fs::create_dir_all(&folder).await?;
        fs::rename(&self.path, folder.join(format!("{}.{document}", self.sha256))).await?;
        sync_folder(&folder).await?;
        Ok(())
    }
}

async fn hash_of(file: File) -> Result<String, ShelfError> {
    let (mut hash, mut parts) = (Sha256::new(), ReaderStream::new(file));
    while let Some(part) = parts.next().await {
        hash.update(&part?);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A rename is only on the disk once its folder is.
async fn sync_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder).await?.sync_all().await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(parts: &[&'static str]) -> impl Stream<Item = Result<Bytes, String>> {
        let parts: Vec<_> = parts.iter().map(|part| Ok(Bytes::from_static(part.as_bytes()))).collect();
        futures::stream::iter(parts)
    }

    fn files(folder: &Path) -> usize {
        std::fs::read_dir(folder).map_or(0, |entries| entries.count())
    }

    #[tokio::test]
    async fn bytes_are_found_by_their_hash_once_they_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(folder.path().join("documents"));
        let incoming = shelf.take_in(parts(&["Signed ", "sheet"]), 100).await.unwrap();
        let hash = incoming.sha256.clone();
        let (document, another) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!((incoming.size, shelf.holds(document, &hash).await), (12, false));
        incoming.keep(document).await.unwrap();
        assert!(shelf.holds(document, &hash).await);
        assert_eq!(shelf.open(document, &hash).await.unwrap().unwrap().1, 12);
        assert!(!shelf.holds(another, &hash).await, "a hash alone opens nothing");
        assert!(shelf.open(document, "../../etc/passwd").await.unwrap().is_none());
        assert!(!shelf.remove(another, &hash).await.unwrap());
        assert!(shelf.remove(document, &hash).await.unwrap());
        assert!(!shelf.holds(document, &hash).await && !shelf.remove(document, &hash).await.unwrap());
    }

    #[tokio::test]
    async fn what_is_too_large_or_broken_off_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(folder.path().to_owned());
        assert!(matches!(shelf.take_in(parts(&["too much"]), 3).await, Err(ShelfError::TooLarge(3))));
        let broken = futures::stream::iter([Ok(Bytes::from_static(b"half")), Err("gone")]);
        assert!(matches!(shelf.take_in(broken, 100).await, Err(ShelfError::Ended(_))));
        assert_eq!(files(folder.path()), 0);
    }
}
