//! `koinon verify`: recomputes every hash and the root of a database or an export; checks a report's evidence bundle.
//!
//! Exit code 0: everything matches. 1: something does not, and the first record that does not is named. 2: it could not
//! be looked at.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::Args;

use crate::config::Config;
use crate::note::{Checkpoint, VerifierKey};
use crate::report::bundle;
use crate::store::{Options, Store, Stored};
use crate::tree::Hash;
use crate::verify::{Fault, Looked, Mismatch, Walk, look_at_all};

/// How many records a page holds.
const PAGE: usize = 16_384;

/// What to verify, and against what.
#[derive(Debug, Args)]
pub struct Verify {
    /// A database (sqlite:… or postgres://…), an export file or a report's evidence bundle; the configured database when left out
    #[arg(value_name = "DATABASE|FILE|BUNDLE")]
    what: Option<String>,
    /// The verifier key, or a file that holds it; checks the signature of the checkpoint or the bundle
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
            Err(fault) => {
                println!("NOT VERIFIED: {fault}");
                return Ok(ExitCode::FAILURE);
            }
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
            export(Path::new(what), &mut walk, &mut watch)?
        };
        if let Finding::Fault(fault) = finding {
            println!("NOT VERIFIED: {fault}");
            return Ok(ExitCode::FAILURE);
        }
        if let Some(checkpoint) = &checkpoint
            && root_there != Some(checkpoint.root)
        {
            let size = checkpoint.size;
            if size > walk.size() {
                let (held, missing) = (walk.size(), walk.size() + 1);
                println!(
                    "NOT VERIFIED: the checkpoint signs {size} records, the log has {held}: record {missing} is missing"
                );
                return Ok(ExitCode::FAILURE);
            }
            println!(
                "NOT VERIFIED: the checkpoint signs {size} records with another root than this log's first {size}"
            );
            return Ok(ExitCode::FAILURE);
        }
        println!("Verified: {} records, root {}", walk.size(), STANDARD.encode(walk.root()));
        if let Some(checkpoint) = checkpoint {
            println!("They contain the checkpoint of {} records of {}.", checkpoint.size, checkpoint.origin);
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Checks an evidence bundle in one step.
    fn bundle(&self, path: &str) -> anyhow::Result<ExitCode> {
        let bytes = std::fs::read(path).with_context(|| format!("cannot read {path}"))?;
        let key = self.key.as_ref().map(|_| self.verifier_key()).transpose()?;
        let checked = match bundle::check(&bytes, key.as_ref()) {
            Ok(checked) => checked,
            Err(fault) => {
                println!("NOT VERIFIED: {fault}");
                return Ok(ExitCode::FAILURE);
            }
        };
        let found = &checked.checkpoint;
        match self.trusted_checkpoint()? {
            Ok(Some(other)) if other.size != found.size => {
                let (here, there) = (found.size, other.size);
                bail!("the bundle is of {here} records and the checkpoint of {there}: they cannot be compared")
            }
            Ok(Some(other)) if other != *found => {
                println!("NOT VERIFIED: the bundle's checkpoint has another root than the one given");
                return Ok(ExitCode::FAILURE);
            }
            Ok(_) => {}
            Err(fault) => {
                println!("NOT VERIFIED: {fault}");
                return Ok(ExitCode::FAILURE);
            }
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

    /// The checkpoint, or what is wrong with it.
    fn trusted_checkpoint(&self) -> anyhow::Result<Result<Option<Checkpoint>, String>> {
        let Some(path) = &self.checkpoint else { return Ok(Ok(None)) };
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let file = path.display();
        if self.key.is_none() {
            let read = Checkpoint::parse_unverified(&text);
            return Ok(read.map(Some).map_err(|error| format!("{file} is no checkpoint: {error}")));
        }
        let key = self.verifier_key()?;
        let read = Checkpoint::parse(&text, &[key]);
        Ok(read.map(Some).map_err(|error| format!("{file} is not signed by this key: {error}")))
    }
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
    let finding = walk_through(&store, walk, watch).await;
    store.close().await;
    finding
}

async fn walk_through(store: &Store, walk: &mut Walk, watch: &mut impl FnMut(&Walk)) -> anyhow::Result<Finding> {
    let head = store.head().await?;
    let mut ahead = page_after(store, walk.size(), head.position).await?;
    while walk.size() < head.position {
        let after = walk.size();
        let (page, leaves) = ahead;
        if page.is_empty() {
            return Ok(Finding::Fault(format!("record {} is missing", after + 1)));
        }
        let mut kept = Vec::with_capacity(page.len());
        let mut fault = None;
        for (at, stored) in page.iter().enumerate() {
            let position = after + 1 + at as u64;
            if stored.position != position {
                fault = Some(format!("record {position} is missing"));
                break;
            }
            let Some(leaf) = leaves.get(at) else {
                fault = Some(format!("the hash of record {position} is missing"));
                break;
            };
            kept.push((stored.bytes.as_ref(), Some(leaf)));
        }
        let (next, looked) = tokio::join!(page_after(store, after + page.len() as u64, head.position), async {
            tokio::task::block_in_place(|| look_at_all(&kept))
        });
        if let Some(mismatch) = take_all(looked, walk, watch) {
            return Ok(mismatch.into());
        }
        if let Some(fault) = fault {
            return Ok(Finding::Fault(fault));
        }
        ahead = next?;
    }
    if walk.root() != head.root {
        let root = STANDARD.encode(walk.root());
        return Ok(Finding::Fault(format!("the records' root {root} is not the one kept with the log")));
    }
    Ok(Finding::Sound)
}

/// A page of records and their hashes as kept beside them.
async fn page_after(store: &Store, after: u64, until: u64) -> anyhow::Result<(Vec<Stored>, Vec<Hash>)> {
    let page = store.records(after, Some(until), PAGE).await?;
    let leaves = store.leaves(after, page.len()).await?;
    Ok((page, leaves))
}

/// Goes on by records that were looked at, up to the first that does not match.
fn take_all(looked: Vec<Result<Looked, Fault>>, walk: &mut Walk, watch: &mut impl FnMut(&Walk)) -> Option<Mismatch> {
    for each in looked {
        if let Err(mismatch) = walk.take(each) {
            return Some(mismatch);
        }
        watch(walk);
    }
    None
}

fn export(path: &Path, walk: &mut Walk, watch: &mut impl FnMut(&Walk)) -> anyhow::Result<Finding> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut lines = BufReader::new(file);
    loop {
        let mut page = Vec::with_capacity(PAGE);
        let mut cut_off = false;
        while page.len() < PAGE && !cut_off {
            let mut line = Vec::new();
            lines.read_until(b'\n', &mut line)?;
            match line.pop() {
                None => break,
                Some(b'\n') => page.push(line),
                Some(_) => cut_off = true,
            }
        }
        let records: Vec<_> = page.iter().map(|line| (line.as_slice(), None)).collect();
        if let Some(mismatch) = take_all(look_at_all(&records), walk, watch) {
            return Ok(mismatch.into());
        }
        if cut_off {
            return Ok(Finding::Fault(format!("record {} is cut off", walk.size() + 1)));
        }
        if page.len() < PAGE {
            break;
        }
    }
    if walk.size() == 0 {
        bail!("{} holds no records", path.display());
    }
    Ok(Finding::Sound)
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
