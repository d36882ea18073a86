//! What every test starts from: a fresh place for a log, on either engine.

pub mod bodies;
pub mod browser;
pub mod chance;
pub mod clients;
pub mod mail;
pub mod page;
pub mod postgres;
pub mod server;
pub mod world;

use std::path::Path;

use koinon::store::{Options, Store};
use sqlx::Executor;
use tempfile::TempDir;

/// A fresh, empty database.
pub struct Place {
    /// Its address.
    pub url: String,
    /// A folder of its own for files and keys, removed with it.
    folder: TempDir,
}

impl Place {
    /// A file in a folder of its own.
    pub fn sqlite() -> Self {
        choose_tls();
        let folder = tempfile::tempdir().unwrap();
        Self { url: format!("sqlite:{}", folder.path().join("koinon.db").display()), folder }
    }

    /// A database of its own in the test run's cluster.
    pub async fn postgres() -> Self {
        choose_tls();
        Self { url: postgres::fresh_database().await, folder: tempfile::tempdir().unwrap() }
    }

    /// A place whose database is somewhere else.
    pub fn at(url: String) -> Self {
        choose_tls();
        Self { url, folder: tempfile::tempdir().unwrap() }
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The file, on SQLite.
    pub fn file(&self) -> Option<&str> {
        self.url.strip_prefix("sqlite:")
    }

    /// Opens the log there.
    pub async fn open(&self) -> Store {
        Store::open(&self.url, &Options::default()).await.unwrap()
    }

    /// Runs SQL as the owner of the database, past the store.
    pub async fn execute(&self, sql: &str) -> Result<(), String> {
        if let Some(file) = self.file() {
            let connection = rusqlite::Connection::open(file).map_err(|error| error.to_string())?;
            return connection.execute_batch(sql).map_err(|error| error.to_string());
        }
        let mut connection = postgres::connect(&self.url).await;
        connection.execute(sqlx::AssertSqlSafe(sql)).await.map(drop).map_err(|error| error.to_string())
    }
}

/// The client of the stories takes the provider of TLS that the process has; whoever is first gives it one.
fn choose_tls() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}
