//! Whether the log is the one whose checkpoints are known outside the database: a restored old backup, a failover that
//! lost commits and a forged database all look like a log that is smaller than, or inconsistent with, what was signed.
//!
//! The last signed checkpoint is remembered in a small file beside the database, written whole or not at all. It never
//! gives a right: the worst a false one does is that the log is only read until somebody has looked.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::root_at;
use crate::app::Start;
use crate::note::{Checkpoint, NoteError, VerifierKey};
use crate::store::Store;

/// Where the last signed checkpoint of that database is remembered: beside a file, or beside the signing key when the
/// database is a server's.
pub(crate) fn place(start: &Start) -> Option<PathBuf> {
    if let Some(path) = start.database.strip_prefix("sqlite:") {
        let in_memory = path.is_empty() || path.contains(":memory:");
        return (!in_memory).then(|| PathBuf::from(format!("{path}.checkpoint")));
    }
    let name = start.database.split('?').next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    let name: String = name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
    Some(start.signing_key.with_file_name(format!("{name}.checkpoint")))
}

/// Writes beside it, then takes its place, so that a power cut leaves the old one or the new one.
pub(super) fn remember(file: &Path, text: &str) -> io::Result<()> {
    let name = file.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
    let beside = file.with_file_name(format!(".{name}.{}", std::process::id()));
    let mut written = File::create(&beside)?;
    written.write_all(text.as_bytes())?;
    written.sync_all()?;
    fs::rename(&beside, file)?;
    let folder = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    File::open(folder)?.sync_all()
}

/// An empty database is no new log when a checkpoint of it is remembered.
///
/// # Errors
/// When one is, with what to do.
pub(crate) fn refuse_forgotten_log(start: &Start, state: Option<&Path>) -> anyhow::Result<()> {
    for file in state.into_iter().chain(start.trusted_checkpoint.as_deref()) {
        if file.try_exists().with_context(|| format!("cannot look at {}", file.display()))? {
            bail!(
                "the database is empty, but {} knows a log that was there. Put the database back from your backup, or \
                 move that file away if a new log is meant",
                file.display()
            );
        }
    }
    Ok(())
}

/// Why the log may only be read: the sentence names the file and what does not fit. `None` when all is well. `keys` are
/// all that the log ever had.
///
/// # Errors
/// When the log cannot be read, or the trusted checkpoint is not there.
pub(crate) async fn why_not_trusted(
    store: &Store,
    origin: &str,
    keys: &[VerifierKey],
    start: &Start,
    state: Option<&Path>,
) -> anyhow::Result<Option<String>> {
    let remembered = state.map(|file| (file, false));
    let trusted = start.trusted_checkpoint.as_deref().map(|file| (file, true));
    for (file, must_exist) in remembered.into_iter().chain(trusted) {
        let text = match fs::read_to_string(file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && !must_exist => continue,
            Err(error) if error.kind() == io::ErrorKind::InvalidData => String::new(),
            text => text.with_context(|| format!("cannot read the checkpoint {}", file.display()))?,
        };
        if let Some(fault) = fault(store, origin, keys, start, &text).await? {
            return Ok(Some(format!("The log is only read, because {} {fault}.", file.display())));
        }
    }
    Ok(None)
}

/// What does not fit between a checkpoint and the log.
async fn fault(
    store: &Store,
    origin: &str,
    keys: &[VerifierKey],
    start: &Start,
    text: &str,
) -> anyhow::Result<Option<String>> {
    let read = match (Checkpoint::parse(text, keys), Checkpoint::parse_unverified(text)) {
        (Err(NoteError::Unsigned), Ok(told)) if told.origin == origin => {
            return Ok(Some(format!(
                "is signed by a key that this log never had: {} holds another key than the one that signed. Put back \
                 the right key file",
                start.signing_key.display()
            )));
        }
        (Err(NoteError::Unsigned), told) => told,
        (read, _) => read,
    };
    let checkpoint = match read {
        Ok(checkpoint) => checkpoint,
        Err(error) => return Ok(Some(format!("cannot be trusted ({error})"))),
    };
    if checkpoint.origin != origin {
        return Ok(Some(format!("is a checkpoint of {}, and this log is {origin}", checkpoint.origin)));
    }
    let kept = store.head().await?;
    let (size, head) = (checkpoint.size, kept.position);
    if size > head {
        return Ok(Some(format!(
            "signs {size} events and the log has {head}: events that were there are lost, as when an old backup is \
             restored"
        )));
    }
    let is_kept = size < head || kept.root == checkpoint.root;
    if !is_kept || root_at(store, size).await? != Some(checkpoint.root) {
        return Ok(Some(format!("signs another history than the first {size} events of this log")));
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(database: &str) -> Start {
        Start {
            database: database.to_owned(),
            signing_key: "keys/signing.key".into(),
            vault_key: "keys/vault.key".into(),
            public_url: None,
            documents: std::path::PathBuf::from("unused"),
            retention_years: 5,
            trusted_checkpoint: None,
        }
    }

    #[test]
    fn the_last_checkpoint_lies_beside_the_database_or_the_key() {
        assert_eq!(place(&start("sqlite:a/koinon.db")), Some("a/koinon.db.checkpoint".into()));
        assert_eq!(place(&start("sqlite::memory:")), None);
        assert_eq!(place(&start("postgres://u@h:1/koi_non?x=/y")), Some("keys/koi-non.checkpoint".into()));
    }

    #[test]
    fn what_is_remembered_replaces_what_was_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("koinon.db.checkpoint");
        remember(&file, "one").unwrap();
        remember(&file, "two").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
