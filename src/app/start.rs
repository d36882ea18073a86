//! Opening the service: the store, the keys, the first event of a new log, the read models.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::bail;
use koinon_events::LogId;
use koinon_events::log::LogCreated;

use super::caller::{Admissions, Recent};
use super::checkpoint::{self, Seal};
use super::load::Cache;
use super::retention::RETENTION_YEARS;
use super::{Failure, Inner, Koinon, itself};
use crate::clock::Clock;
use crate::erasures::Erasures;
use crate::keys;
use crate::shelf::Shelf;
use crate::store::{Claim, Options, Store};
use crate::vault::Vault;
use crate::views::Views;

/// What the service is opened with.
#[derive(Debug, Clone)]
pub struct Start {
    /// `sqlite:koinon.db` or `postgres://…`.
    pub database: String,
    /// The file with the key that signs checkpoints.
    pub signing_key: PathBuf,
    /// The file with the keys that wrap persons' keys.
    pub vault_key: PathBuf,
    /// The address the public reaches it under; a new log takes its origin from it.
    pub public_url: Option<String>,
    /// The folder with the bytes of documents.
    pub documents: PathBuf,
    /// How many years personal data are kept after a person's last programme closed.
    pub retention_years: u32,
    /// A file with a signed checkpoint that the log must contain, else it is only read.
    pub trusted_checkpoint: Option<PathBuf>,
}

impl Start {
    /// Everything in one folder, on SQLite.
    pub fn within(folder: &Path) -> Self {
        Self {
            database: format!("sqlite:{}", folder.join("koinon.db").display()),
            signing_key: folder.join("signing.key"),
            vault_key: folder.join("vault.key"),
            public_url: None,
            documents: folder.join("documents"),
            retention_years: RETENTION_YEARS,
            trusted_checkpoint: None,
        }
    }
}

impl Koinon {
    /// Opens the service on its database; a new log gets its keys and its first event.
    ///
    /// # Errors
    /// What is wrong with the database or the key files, in words that say what to do.
    pub async fn open(start: &Start, clock: Clock) -> anyhow::Result<Self> {
        let store = Store::open(&start.database, &Options::default()).await?;
        Self::on(store, start, clock).await
    }

    /// Opens the service on a log that is there; a new one is not begun.
    ///
    /// # Errors
    /// When there is no log; else as [`Koinon::open`].
    pub async fn open_existing(start: &Start, clock: Clock) -> anyhow::Result<Self> {
        let store = Store::open(&start.database, &Options { create: false, ..Options::default() }).await?;
        if store.head().await?.position == 0 {
            bail!("the log of this database has not begun; start it with “koinon serve” or “koinon demo”");
        }
        Self::on(store, start, clock).await
    }

    async fn on(store: Store, start: &Start, clock: Clock) -> anyhow::Result<Self> {
        let fresh = store.head().await?.position == 0;
        let state = checkpoint::place(start);
        if fresh {
            checkpoint::refuse_forgotten_log(start, state.as_deref())?;
            let origin = origin(start.public_url.as_deref(), &clock);
            let key = keys::create_for_new_log(&start.signing_key, &start.vault_key, &origin, &clock)?;
            begin(&store, &clock, key.name()).await?;
        }
        let seal = Seal::open(&store, start, state).await?;
        let vault = Vault::new(keys::read_vault_keys(&start.vault_key)?);
        let views = Views::open(store.clone()).await?;
        let koinon = Self {
            inner: Arc::new(Inner {
                store,
                views,
                clock,
                vault,
                vault_file: start.vault_key.clone(),
                cache: Cache::new(),
                admissions: Admissions::default(),
                recent: Recent::default(),
                turns: super::turns::Turns::new(),
                seal,
                erasures: Erasures::beside(&start.vault_key)?,
                shelf: Shelf::new(start.documents.clone()),
                written: super::reports::Written::default(),
                refused: super::refusal::Kept::default(),
                retention_years: start.retention_years,
            }),
        };
        koinon.apply_erasures().await?;
        if let Err(failure) = koinon.clear_shelf().await {
            tracing::error!(%failure, "bytes of documents that name erased persons could not be deleted yet");
        }
        koinon.keep_remembering();
        Ok(koinon)
    }

    /// Finishes what is under way and lets go of the database.
    pub async fn close(&self) {
        if self.read_only().is_none()
            && let Err(error) = self.checkpoint().await
        {
            tracing::warn!(%error, "the head could not be signed at the end");
        }
        self.inner.views.stop().await;
        self.inner.store.clone().close().await;
    }
}

/// The name checkpoints are signed under: the public host, or a name nobody else has.
fn origin(public_url: Option<&str>, clock: &Clock) -> String {
    let host = public_url
        .and_then(|url| url.split_once("://"))
        .map(|(_, rest)| rest.split('/').next().unwrap_or(rest).to_owned())
        .filter(|host| !host.is_empty());
    match host {
        Some(host) => format!("{host}/log"),
        None => format!("localhost/{}/log", clock.id()),
    }
}

/// Appends the first event; another process may have been faster, which is as good.
async fn begin(store: &Store, clock: &Clock, origin: &str) -> anyhow::Result<()> {
    let event = LogCreated { origin: itself::line(origin)? };
    let subject = LogId(clock.id()).subject();
    let claim = Claim { space: "log", name: "first".to_owned(), owner: subject };
    match itself::append(store, clock, (subject, 0), event.into(), vec![claim]).await {
        Ok(_) | Err(Failure::Rule(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
