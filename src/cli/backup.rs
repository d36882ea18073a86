//! `koinon backup`: a consistent copy of a SQLite log while it is served, verified before it gets its name, and the bytes
//! of its documents beside it, in a folder that is called like it with `.documents` at the end.
//!
//! The copy carries the sealed values' vault but never the key that opens it. It is made beside its place and renamed,
//! so that an unfinished one never stands there; an existing file is never replaced.

pub(super) mod documents;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::Args;
use rusqlite::backup::Backup as Copying;
use rusqlite::{Connection, OpenFlags};

use self::documents::{Copied, Papers};
use crate::config::Config;
use crate::shelf::Shelf;
use crate::store::{Options, Store};

/// Pages copied at a time, so that writers wait no longer than for that many.
const PAGES: i32 = 1_024;

/// Where to put the copy.
#[derive(Debug, Args)]
pub struct Backup {
    /// The new file; with --only-documents a folder, which may hold an earlier copy
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Copies only the bytes of documents, of a log on either engine; what is there already stays
    #[arg(long)]
    only_documents: bool,
}

impl Backup {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        if self.only_documents {
            let store = Store::open(&config.database, &Options { create: false, ..Options::default() }).await?;
            let copied = copy_documents(&store, &config.documents, &self.file).await;
            store.close().await;
            return Ok(told(&copied?));
        }
        let Some(path) = config.database.strip_prefix("sqlite:") else {
            bail!(
                "koinon backup copies SQLite logs; of a PostgreSQL database make a copy with pg_dump, which is as consistent, \
                 keep “koinon export” beside it, and copy the documents with “koinon backup --only-documents FOLDER”"
            );
        };
        let folder = folder_of(&self.file);
        if self.file.try_exists()? || folder.try_exists()? {
            bail!("{} or {} is there already; name a new file", self.file.display(), folder.display());
        }
        let unfinished = beside(&self.file)?;
        let made = self.make(Path::new(path), &unfinished, config).await;
        if made.is_err() {
            remove_unfinished(&unfinished);
        }
        let (records, copied) = made?;
        println!("{} holds {records} records, verified. Keep the vault key apart from it.", self.file.display());
        Ok(told(&copied))
    }

    /// Copies, verifies, and gives log and folder their names, the log last.
    async fn make(&self, path: &Path, unfinished: &Path, config: &Config) -> anyhow::Result<(u64, Copied)> {
        copy(path, unfinished, OpenFlags::SQLITE_OPEN_READ_WRITE).await?;
        let store = verified(unfinished).await?;
        let copied = copy_documents(&store, &config.documents, &folder_of(unfinished)).await;
        let records = store.head().await.map(|head| head.position);
        store.close().await;
        let (copied, records) = (copied?, records?);
        into_one_file(unfinished).await?;
        std::fs::File::open(unfinished)?.sync_all()?;
        let folder = folder_of(unfinished);
        if folder.try_exists()? {
            std::fs::rename(&folder, folder_of(&self.file))?;
        }
        put_in_place(unfinished, &self.file)?;
        Ok((records, copied))
    }
}

/// The folder of the documents that belongs to a backup.
pub(super) fn folder_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".documents");
    PathBuf::from(name)
}

/// Removes what was begun and not finished.
pub(super) fn remove_unfinished(unfinished: &Path) {
    for ending in ["", "-wal", "-shm", "-journal"] {
        let _never_there = std::fs::remove_file(format!("{}{ending}", unfinished.display()));
    }
    let _never_there = std::fs::remove_dir_all(folder_of(unfinished));
}

fn told(copied: &Copied) -> ExitCode {
    copied.tell();
    if copied.damaged.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn copy_documents(store: &Store, from: &Path, to: &Path) -> anyhow::Result<Copied> {
    let papers = Papers::of(store).await?;
    let copied = papers.copy(&Shelf::new(from.to_owned()), &Shelf::new(to.to_owned())).await;
    copied.with_context(|| format!("cannot copy the documents from {} to {}", from.display(), to.display()))
}

/// Opens a copy whose every hash was recomputed.
pub(super) async fn verified(copy: &Path) -> anyhow::Result<Store> {
    let url = format!("sqlite:{}", copy.display());
    if let Some(fault) = super::verify::fault_in(&url).await? {
        bail!("the copy is not sound, so it was not kept: {fault}");
    }
    Ok(Store::open(&url, &Options { create: false, ..Options::default() }).await?)
}

/// Gives a finished copy its name, unless something stands there.
pub(super) fn put_in_place(unfinished: &Path, file: &Path) -> anyhow::Result<()> {
    std::fs::hard_link(unfinished, file).with_context(|| format!("cannot put the copy at {}", file.display()))?;
    Ok(std::fs::remove_file(unfinished)?)
}

/// One file is what is kept: nothing may be left in a write-ahead log beside it. The connections that verified it close
/// in threads of their own, so a lock is waited for.
pub(super) async fn into_one_file(unfinished: &Path) -> anyhow::Result<()> {
    let mut tries = 50;
    loop {
        let plain = Connection::open(unfinished)?;
        match plain.pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get::<_, String>(0)) {
            Ok(mode) if mode == "delete" => return Ok(plain.close().map_err(|(_, error)| error)?),
            Ok(_) | Err(rusqlite::Error::SqliteFailure(_, _)) if tries > 0 => tries -= 1,
            Ok(mode) => bail!("the copy stays in journal mode {mode}"),
            Err(error) => return Err(error.into()),
        }
        drop(plain);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// The place beside a file where it is made.
pub(super) fn beside(file: &Path) -> anyhow::Result<PathBuf> {
    let name = file.file_name().with_context(|| format!("{} is no file name", file.display()))?;
    Ok(file.with_file_name(format!(".{}.{}", name.to_string_lossy(), std::process::id())))
}

/// Copies a database at one moment, whoever writes to it meanwhile.
pub(super) async fn copy(source: &Path, target: &Path, open: OpenFlags) -> anyhow::Result<()> {
    let (source, target) = (source.to_owned(), target.to_owned());
    let copying = move || -> anyhow::Result<()> {
        let from = Connection::open_with_flags(&source, open | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .with_context(|| format!("cannot open {}", source.display()))?;
        from.busy_timeout(Duration::from_secs(10))?;
        let mut to = Connection::open(&target).with_context(|| format!("cannot write {}", target.display()))?;
        // One read transaction pins the moment: a writer beside us does not make the copying begin again.
        let pinned = from.unchecked_transaction()?;
        pinned.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
        Copying::new(&pinned, &mut to)?.run_to_completion(PAGES, Duration::ZERO, None)?;
        Ok(())
    };
    tokio::task::spawn_blocking(copying).await?
}
