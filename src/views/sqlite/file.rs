//! The connections to the file, and how its write-ahead log is carried into it.

use std::cell::Cell;
use std::ffi::c_int;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::Connection;

/// How much of the file is kept in memory while it follows the log, and while all of it is built anew: then it is also
/// read where the system has it, and not copied.
pub(super) const FOLLOWING: &str = "PRAGMA cache_size = -6144; PRAGMA mmap_size = 0;";
pub(super) const BUILDING: &str = "PRAGMA cache_size = -65536; PRAGMA mmap_size = 1073741824;";
/// From how many pages of 4 KiB in the write-ahead log on they are carried into the file beside the writing, and from how
/// many on the writing waits for it.
pub(super) const CARRIED: c_int = 1_000;
pub(super) const MOST_AHEAD: c_int = 131_072;
pub(super) const CARRY: &str = "PRAGMA wal_checkpoint(PASSIVE)";
/// How long another process's page is waited for.
const BUSY: Duration = Duration::from_secs(10);

/// One connection that writes and some that read.
pub(super) struct File {
    path: PathBuf,
    pub writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    /// Whether pages are being carried from the write-ahead log into the file.
    carrying: AtomicBool,
}

thread_local! {
    /// How many pages the write-ahead log has after this thread's last commit.
    pub(super) static AHEAD: Cell<c_int> = const { Cell::new(0) };
}

impl File {
    pub fn open(path: PathBuf) -> rusqlite::Result<Self> {
        let writer = connect(&path)?;
        writer.wal_hook(Some(|_, pages| {
            AHEAD.set(pages);
            Ok(())
        }));
        let (writer, readers) = (Mutex::new(writer), Mutex::default());
        Ok(Self { path, writer, readers, carrying: AtomicBool::new(false) })
    }

    pub fn reader(&self) -> rusqlite::Result<Connection> {
        let pooled = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        pooled.map_or_else(|| connect(&self.path), Ok)
    }

    pub fn give_back(&self, reader: Connection) {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
    }

    /// Carries pages from the write-ahead log into the file, where nobody waits for it: the disk takes its time.
    pub fn carry(self: Arc<Self>) {
        if self.carrying.swap(true, Ordering::AcqRel) {
            return;
        }
        tokio::task::spawn_blocking(move || {
            let carried = self.reader().and_then(|reader| {
                reader.query_row(CARRY, [], |_| Ok(()))?;
                self.give_back(reader);
                Ok(())
            });
            self.carrying.store(false, Ordering::Release);
            if let Err(error) = carried {
                tracing::warn!(%error, "the write-ahead log of the read models was not carried into their file; trying again later");
            }
        });
    }
}

fn connect(path: &PathBuf) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY)?;
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    connection.execute_batch("PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA threads = 2;")?;
    connection.execute_batch(FOLLOWING)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}
