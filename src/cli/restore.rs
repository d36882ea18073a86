//! `koinon restore`: a backup put where there is nothing yet, verified first: every record's hash and the root, and each
//! document's bytes by their hash.
//!
//! What is begun is made beside its place. The log gets its name last, so that a restore that was broken off leaves no log,
//! and the keys are put there by whoever keeps them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use rusqlite::OpenFlags;

use super::backup::documents::{Copied, Papers};
use super::backup::{beside, copy, folder_of, into_one_file, put_in_place, remove_unfinished, verified};
use crate::config::Config;
use crate::shelf::Shelf;
use crate::store::{Options, Store};

/// What to restore.
#[derive(Debug, Args)]
pub struct Restore {
    /// A backup made by koinon backup; with --only-documents the folder of its documents
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Brings only the bytes of documents, for a log on either engine that is there already
    #[arg(long)]
    only_documents: bool,
}

impl Restore {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        if self.only_documents {
            let store = Store::open(&config.database, &Options { create: false, ..Options::default() }).await?;
            let copied = bring(&store, &self.file, &config.documents).await;
            store.close().await;
            return Ok(told(&copied?));
        }
        let Some(path) = config.database.strip_prefix("sqlite:") else {
            bail!(
                "koinon restore puts a backup into a SQLite file; bring a PostgreSQL database back with pg_restore, and its \
                 documents with “koinon restore --only-documents FOLDER”"
            );
        };
        if !is_database(&self.file)? {
            bail!("{} is no backup made by “koinon backup”", self.file.display());
        }
        let target = Path::new(path);
        refuse_what_is_there(target, &config.documents)?;
        let unfinished = beside(target)?;
        let made = self.make(&unfinished, target, &config.documents).await;
        if made.is_err() {
            remove_unfinished(&unfinished);
        }
        let (records, copied) = made?;
        println!("{} holds {records} records, verified.", target.display());
        println!("Put the signing key and the vault key in their places before serving it.");
        Ok(told(&copied))
    }

    async fn make(&self, unfinished: &Path, target: &Path, documents: &Path) -> anyhow::Result<(u64, Copied)> {
        copy(&self.file, unfinished, OpenFlags::SQLITE_OPEN_READ_ONLY).await?;
        let store = verified(unfinished).await?;
        let folder = folder_of(unfinished);
        let copied = bring(&store, &folder_of(&self.file), &folder).await;
        let records = store.head().await.map(|head| head.position);
        store.close().await;
        let (copied, records) = (copied?, records?);
        into_one_file(unfinished).await?;
        std::fs::File::open(unfinished)?.sync_all()?;
        if folder.try_exists()? {
            if documents.try_exists()? {
                std::fs::remove_dir(documents)?;
            }
            std::fs::rename(&folder, documents)
                .with_context(|| format!("cannot put the documents at {}", documents.display()))?;
        }
        put_in_place(unfinished, target)?;
        Ok((records, copied))
    }
}

fn told(copied: &Copied) -> ExitCode {
    copied.tell();
    if copied.damaged.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn bring(store: &Store, from: &Path, to: &Path) -> anyhow::Result<Copied> {
    let papers = Papers::of(store).await?;
    let copied = papers.copy(&Shelf::new(from.to_owned()), &Shelf::new(to.to_owned())).await;
    copied.with_context(|| format!("cannot copy the documents from {} to {}", from.display(), to.display()))
}

/// Whether the file is a SQLite database.
fn is_database(file: &Path) -> anyhow::Result<bool> {
    use std::io::Read;
    let mut begin = [0; 16];
    let mut file = std::fs::File::open(file).with_context(|| format!("cannot open {}", file.display()))?;
    Ok(file.read_exact(&mut begin).is_ok() && begin == *b"SQLite format 3\0")
}

/// A restore goes into an empty place: it neither replaces nor mixes.
fn refuse_what_is_there(target: &Path, documents: &Path) -> anyhow::Result<()> {
    // Read models of another log would be taken for this one's.
    let views = target.with_extension("views.db");
    let log = ["", "-wal", "-journal"].map(|ending| PathBuf::from(format!("{}{ending}", target.display())));
    for file in log.into_iter().chain([views]) {
        if file.try_exists()? {
            bail!("{} is there already; a backup is restored only where there is nothing yet", file.display());
        }
    }
    let mut there = match std::fs::read_dir(documents) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", documents.display())),
    };
    if there.next().is_some() {
        bail!("{} holds documents already; a backup is restored only where there is nothing yet", documents.display());
    }
    Ok(())
}
