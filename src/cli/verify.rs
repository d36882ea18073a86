//! `koinon verify`: recomputes every hash and the root of a database or an export; checks a report's evidence bundle.
//!
//! Exit code 0: everything matches. 1: something does not, and the first record that does not is named. 2: it could not
//! be looked at.

mod pages;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::Args;

use crate::config::Config;
use crate::note::{Checkpoint, Rotation, VerifierKey, trusted};
use crate::report::bundle;
use crate::store::{Options, Store};
use crate::verify::{Mismatch, Walk};
use pages::Pages;

/// What to verify, and against what.
#[derive(Debug, Args)]
pub struct Verify {
    /// A database (sqlite:… or postgres://…), an export file or a report's evidence bundle; the configured database when left out
    #[arg(value_name = "DATABASE|FILE|BUNDLE")]
    what: Option<String>,
    /// The verifier key, or a file that holds it; checks the signature of the checkpoint or the bundle. An older key of the
    /// log is followed to the one that signed
    #[arg(long, value_name = "VKEY")]
    key: Option<String>,
    /// A signed checkpoint the log must contain
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
}

/// What was found.
enum Finding {
    /// Everything matches.
    Sound,
    /// Something does not.
    Fault(String),
}

impl From<Mismatch> for Finding {
    fn from(mismatch: Mismatch) -> Self {
        Self::Fault(mismatch.to_string())
    }
}

/// Whether a file is an archive (ZIP), as evidence bundles are.
fn is_archive(path: &str) -> bool {
    let mut begin = [0; 4];
    File::open(path).and_then(|mut file| file.read_exact(&mut begin)).is_ok() && begin[..2] == *b"PK"
}

/// The address of a database that is named by its address or, on SQLite, by its file.
fn database_url(what: &str) -> Option<String> {
    const SQLITE: &[u8; 16] = b"SQLite format 3\0";
    if ["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| what.starts_with(scheme)) {
        return Some(what.to_owned());
    }
    let mut begin = [0; SQLITE.len()];
    File::open(what).and_then(|mut file| file.read_exact(&mut begin)).ok()?;
    (begin == *SQLITE).then(|| format!("sqlite:{what}"))
}

impl Verify {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let what = self.what.as_deref().unwrap_or(&config.database);
        if is_archive(what) {
            return self.bundle(what);
        }
        if self.key.is_some() && self.checkpoint.is_none() {
            bail!("--key checks a checkpoint's signature: give --checkpoint too");
        }
        let checkpoint = match self.trusted_checkpoint()? {
            Ok(checkpoint) => checkpoint,
            Err(fault) => return Ok(not_verified(&fault)),
        };
        let mut walk = Walk::default();
        let mut root_there = None;
        let mut watch = |walk: &Walk| {
            if checkpoint.as_ref().is_some_and(|checkpoint| checkpoint.size == walk.size()) {
                root_there = Some(walk.root());
            }
        };
        watch(&walk);
        let finding = if let Some(url) = database_url(what) {
            database(&url, &mut walk, &mut watch).await?
        } else {
            Pages::new(&mut walk, &mut watch).export(Path::new(what))?
        };
        if let Finding::Fault(fault) = finding {
            return Ok(not_verified(&fault));
        }
        let followed = match self.signed_by(walk.rotations())? {
            Ok(followed) => followed,
            Err(fault) => return Ok(not_verified(&fault)),
        };
        if let Some(checkpoint) = &checkpoint
            && root_there != Some(checkpoint.root)
        {
            let size = checkpoint.size;
            if size > walk.size() {
                let (held, missing) = (walk.size(), walk.size() + 1);
                return Ok(not_verified(&format!(
                    "the checkpoint signs {size} records, the log has {held}: record {missing} is missing"
                )));
            }
            return Ok(not_verified(&format!(
                "the checkpoint signs {size} records with another root than this log's first {size}"
            )));
        }
        println!("Verified: {} records, root {}", walk.size(), STANDARD.encode(walk.root()));
        if let Some(checkpoint) = checkpoint {
            println!("They contain the checkpoint of {} records of {}.", checkpoint.size, checkpoint.origin);
        }
        if let Some(position) = followed {
            println!("It is signed by a key that yours handed the log over to, by record {position}.");
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Checks an evidence bundle in one step.
    fn bundle(&self, path: &str) -> anyhow::Result<ExitCode> {
        let bytes = std::fs::read(path).with_context(|| format!("cannot read {path}"))?;
        let key = self.key.as_ref().map(|_| self.verifier_key()).transpose()?;
        let checked = match bundle::check(&bytes, key.as_ref()) {
            Ok(checked) => checked,
            Err(fault) => return Ok(not_verified(&fault.to_string())),
        };
        let found = &checked.checkpoint;
        match self.trusted_checkpoint()? {
            Ok(Some(other)) if other.size != found.size => {
                let (here, there) = (found.size, other.size);
                bail!("the bundle is of {here} records and the checkpoint of {there}: they cannot be compared")
            }
            Ok(Some(other)) if other != *found => {
                return Ok(not_verified("the bundle's checkpoint has another root than the one given"));
            }
            Ok(_) => {}
            Err(fault) => return Ok(not_verified(&fault)),
        }
        if let Err(fault) = self.signed_by(&checked.rotations)? {
            return Ok(not_verified(&fault));
        }
        println!("Verified: {} records are in the log {} of {} records.", checked.records, found.origin, found.size);
        if key.is_none() {
            println!("Signed by the key in the bundle, {}: compare it with one you have from elsewhere.", checked.key);
        }
        Ok(ExitCode::SUCCESS)
    }

    /// The verifier key that was given.
    fn verifier_key(&self) -> anyhow::Result<VerifierKey> {
        let given = self.key.as_deref().unwrap_or_default();
        let key = std::fs::read_to_string(given).unwrap_or_else(|_| given.to_owned());
        key.trim().parse().context("--key is no verifier key")
    }

    /// The checkpoint as it was given, or what is wrong with it. Who signed it is only known after the log was walked.
    fn trusted_checkpoint(&self) -> anyhow::Result<Result<Option<Checkpoint>, String>> {
        let Some(text) = self.checkpoint_text()? else { return Ok(Ok(None)) };
        let read = Checkpoint::parse_unverified(&text).map(Some);
        Ok(read.map_err(|error| format!("{} is no checkpoint: {error}", self.checkpoint_named())))
    }

    fn checkpoint_named(&self) -> String {
        self.checkpoint.as_deref().map(|path| path.display().to_string()).unwrap_or_default()
    }

    fn checkpoint_text(&self) -> anyhow::Result<Option<String>> {
        let Some(path) = &self.checkpoint else { return Ok(None) };
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Some(text))
    }

    /// Whether the key that was given signed the checkpoint, or one that it handed the log over to: then the position of
    /// the last record that did.
    fn signed_by(&self, rotations: &[(u64, Rotation)]) -> anyhow::Result<Result<Option<u64>, String>> {
        let (Some(text), Some(_)) = (self.checkpoint_text()?, &self.key) else { return Ok(Ok(None)) };
        let key = self.verifier_key()?;
        if Checkpoint::parse(&text, std::slice::from_ref(&key)).is_ok() {
            return Ok(Ok(None));
        }
        let keys = trusted(&key, rotations.iter().map(|(_, rotation)| rotation));
        let last = rotations.iter().rev().find(|(_, rotation)| keys[1..].contains(rotation.to()));
        let read = Checkpoint::parse(&text, &keys).map(|_| last.map(|(position, _)| *position));
        Ok(read.map_err(|error| format!("{} is not signed by this key: {error}", self.checkpoint_named())))
    }
}

fn not_verified(fault: &str) -> ExitCode {
    println!("NOT VERIFIED: {fault}");
    ExitCode::FAILURE
}

/// What is wrong with a database's log; `None` when every record and the root match.
///
/// # Errors
/// When it cannot be looked at.
pub(super) async fn fault_in(url: &str) -> anyhow::Result<Option<String>> {
    Ok(match database(url, &mut Walk::default(), &mut |_| {}).await? {
        Finding::Sound => None,
        Finding::Fault(fault) => Some(fault),
    })
}

async fn database(url: &str, walk: &mut Walk, watch: &mut impl FnMut(&Walk)) -> anyhow::Result<Finding> {
    let store = Store::open(url, &Options { create: false, sound: false, ..Options::default() }).await?;
    let finding = Pages::new(walk, watch).database(&store).await;
    store.close().await;
    finding
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_known_by_its_address_or_by_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();
        rusqlite::Connection::open(path("log.db")).unwrap().execute_batch("CREATE TABLE t (n)").unwrap();
        std::fs::write(path("log.ndjson"), "{}\n").unwrap();
        assert_eq!(database_url(&path("log.db")), Some(format!("sqlite:{}", path("log.db"))));
        assert_eq!(database_url(&path("log.ndjson")), None);
        assert_eq!(database_url(&path("nothing")), None);
        assert_eq!(database_url("postgres://localhost/koinon"), Some("postgres://localhost/koinon".to_owned()));
    }
}
