//! What is known of the log outside its database: the last signed checkpoint, in a file beside the signing key, and one
//! that whoever starts the service trusts.
//!
//! A log that is shorter than a checkpoint it once signed, or has another root there, is a restored old backup, a
//! failover that lost commits, or a forgery. Such a log is read but not written: a second history must not begin.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::Koinon;
use crate::note::{Checkpoint, VerifierKey};

/// The file that remembers the last signed checkpoint: `koinon-signing.checkpoint` beside `koinon-signing.key`.
pub(super) fn file_beside(signing_key: &Path) -> PathBuf {
    signing_key.with_extension("checkpoint")
}

/// Reads a checkpoint of this log; `None` where there is no file.
pub(super) fn read(path: &Path, keys: &[VerifierKey]) -> anyhow::Result<Option<Checkpoint>> {
    match fs::read_to_string(path) {
        Ok(text) => Checkpoint::parse(&text, keys).map(Some).with_context(|| {
            format!(
                "{} is no checkpoint signed by this log; if it was damaged, look at the log with “koinon verify” and then \
                 remove the file",
                path.display()
            )
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// Puts the text there whole and durable, in place of what stood there.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
    let beside = folder.join(format!(".{name}.{}", std::process::id()));
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    File::open(folder)?.sync_all()
}

impl Koinon {
    /// Why the log may only be read, when it contradicts a checkpoint that it signed.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub(super) async fn contradiction(&self, known: &Checkpoint) -> anyhow::Result<Option<String>> {
        let (size, head) = (known.size, self.head().await?.position);
        if size > head {
            return Ok(Some(format!(
                "this log has {head} records, but a checkpoint of {size} was signed: it looks like an old backup or a \
                 failover that lost records. Bring the newer database back."
            )));
        }
        let there = Checkpoint::parse_unverified(&self.checkpoint_of(size).await?)?;
        Ok((there.root != known.root).then(|| {
            format!(
                "the first {size} records of this log are not the ones that a checkpoint was signed for. Bring the right \
                 database back, and keep this one to look into."
            )
        }))
    }

    /// Writes the checkpoint of now into the file that remembers it, unless the log may only be read.
    ///
    /// # Errors
    /// When the log cannot be read or the file not written.
    pub async fn remember_checkpoint(&self) -> anyhow::Result<()> {
        if self.inner.read_only.is_some() {
            return Ok(());
        }
        let note = self.checkpoint().await?;
        let path = self.inner.remembered.clone();
        let size = Checkpoint::parse_unverified(&note)?.size;
        let held = fs::read_to_string(&path).ok().and_then(|text| Checkpoint::parse_unverified(&text).ok());
        if held.is_some_and(|held| held.size >= size) {
            return Ok(());
        }
        let shown = path.display().to_string();
        tokio::task::spawn_blocking(move || replace(&path, &note))
            .await?
            .with_context(|| format!("cannot write {shown}"))
    }
}
