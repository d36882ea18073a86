//! `koinon backup`: a consistent copy of a SQLite log while it is served, verified before it gets its name.
//!
//! The copy carries the sealed values' vault but never the key that opens it. It is made beside its place and renamed,
//! so that an unfinished one never stands there; an existing file is never replaced.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::Args;
use rusqlite::backup::Backup as Copying;
use rusqlite::{Connection, OpenFlags};

use crate::config::Config;
use crate::store::{Options, Store};

/// Pages copied at a time, so that writers wait no longer than for that many.
const PAGES: i32 = 1_024;

/// Where to put the copy.
#[derive(Debug, Args)]
pub struct Backup {
    /// The new file
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Backup {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let Some(path) = config.database.strip_prefix("sqlite:") else {
            bail!(
                "koinon backup copies SQLite logs; of a PostgreSQL database make a copy with pg_dump, which is as consistent, \
                 and keep “koinon export” beside it"
            );
        };
        if self.file.try_exists()? {
            bail!("{} is there already; name a new file", self.file.display());
        }
        let (source, file) = (PathBuf::from(path), self.file.clone());
        let unfinished = beside(&file)?;
        let copied = {
            let (unfinished, source) = (unfinished.clone(), source.clone());
            tokio::task::spawn_blocking(move || copy(&source, &unfinished)).await?
        };
        let finished = match copied {
            Ok(()) => self.finish(&unfinished).await,
            Err(error) => Err(error),
        };
        if finished.is_err() {
            for ending in ["", "-wal", "-shm", "-journal"] {
                let _never_there = std::fs::remove_file(format!("{}{ending}", unfinished.display()));
            }
        }
        let records = finished?;
        println!("{} holds {records} records, verified. Keep the vault key apart from it.", file.display());
        Ok(ExitCode::SUCCESS)
    }

    /// Verifies the copy and gives it its name.
    async fn finish(&self, unfinished: &Path) -> anyhow::Result<u64> {
        let url = format!("sqlite:{}", unfinished.display());
        if let Some(fault) = super::verify::fault_in(&url).await? {
            bail!("the copy is not sound, so it was not kept: {fault}");
        }
        let store = Store::open(&url, &Options { create: false, ..Options::default() }).await?;
        let records = store.head().await?.position;
        store.close().await;
        into_one_file(unfinished).await?;
        std::fs::File::open(unfinished)?.sync_all()?;
        std::fs::hard_link(unfinished, &self.file)
            .with_context(|| format!("cannot put the copy at {}", self.file.display()))?;
        std::fs::remove_file(unfinished)?;
        Ok(records)
    }
}

/// One file is what is kept: nothing may be left in a write-ahead log beside it. The connections that verified it close
/// in threads of their own, so a lock is waited for.
async fn into_one_file(unfinished: &Path) -> anyhow::Result<()> {
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

fn beside(file: &Path) -> anyhow::Result<PathBuf> {
    let name = file.file_name().with_context(|| format!("{} is no file name", file.display()))?;
    Ok(file.with_file_name(format!(".{}.{}", name.to_string_lossy(), std::process::id())))
}

fn copy(source: &Path, target: &Path) -> anyhow::Result<()> {
    let open = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let from =
        Connection::open_with_flags(source, open).with_context(|| format!("cannot open {}", source.display()))?;
    from.busy_timeout(Duration::from_secs(10))?;
    let mut to = Connection::open(target).with_context(|| format!("cannot write {}", target.display()))?;
    // One read transaction pins the moment: a writer beside us does not make the copying begin again.
    let pinned = from.unchecked_transaction()?;
    pinned.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
    Copying::new(&pinned, &mut to)?.run_to_completion(PAGES, Duration::ZERO, None)?;
    Ok(())
}
