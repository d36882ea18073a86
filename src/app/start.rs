//! Opening the service: the store, the keys, the first event of a new log, the read models.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use koinon_events::log::{LogCreated, LogEvent};
use koinon_events::value::Line;
use koinon_events::{Draft, Event, LogId, Record};

use super::caller::{Admissions, Recent};
use super::checkpoint::{self, Seal};
use super::load::Cache;
use super::retention::RETENTION_YEARS;
use super::{Caller, Failure, Inner, Koinon};
use crate::clock::Clock;
use crate::erasures::Erasures;
use crate::keys;
use crate::shelf::Shelf;
use crate::store::{Append, AppendError, NewEvent, Options, Store};
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
        let origin = origin_of(&store).await?;
        let keys = keys::read_signing_keys(&start.signing_key, &origin)?;
        let seal = Seal::open(&store, origin, keys, start, state).await?;
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

/// The name this log was begun under, whatever the settings say now.
async fn origin_of(store: &Store) -> anyhow::Result<String> {
    let first = store.record(1).await?.context("the log has no first record")?;
    match Record::parse(&first)?.event()? {
        Event::Log(LogEvent::LogCreated(created)) => Ok(created.origin.to_string()),
        _ => bail!("the first record of the log does not say that it was created"),
    }
}

/// Appends the first event; another process may have been faster, which is as good.
async fn begin(store: &Store, clock: &Clock, origin: &str) -> anyhow::Result<()> {
    let caller = Caller::system("log")?;
    let event = LogCreated { origin: Line::parse(origin).map_err(Failure::Internal)? };
    let command = clock.id();
    let subject = LogId(clock.id()).subject();
    let draft = Draft {
        id: clock.id(),
        actor: caller.actor.clone(),
        causation: None,
        command,
        correlation: command,
        subject,
        programme: None,
        partnership: None,
        event: event.into(),
    };
    let mut append = Append::new(command, clock.now());
    append.expected = vec![(subject, 0)];
    append.events = vec![NewEvent {
        subject,
        template: draft.template()?,
        event_type: draft.event.stored_type(),
        actor: caller.actor.to_string(),
        programme: None,
        partnership: None,
    }];
    append.claims = vec![crate::store::Claim { space: "log", name: "first".to_owned(), owner: subject }];
    match store.append(append).await {
        Ok(_) | Err(AppendError::Taken { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
