//! Koinon as one thing to talk to: execute a command, read the log, read what the log means.
//!
//! The rim (pages, API, command line) knows this room and no other behind it. Everything here takes a [`Caller`] and
//! answers only what that caller may do or see.

pub mod accounts;
mod addresses;
mod caller;
mod checkpoint;
mod deliveries;
mod documents;
mod effects;
mod erasures;
mod execute;
mod failure;
mod itself;
mod load;
mod mails;
mod outbox;
mod readiness;
mod reading;
mod receipt;
mod redaction;
mod refusal;
mod repeat;
mod reports;
mod retention;
mod rotation;
pub(crate) mod scope;
mod set_up;
mod signing;
mod standing;
mod start;
#[cfg(test)]
mod stories;
mod turns;

use std::sync::Arc;

use tokio::sync::watch;

pub use crate::store::SecurityEntry;
pub use caller::Caller;
pub use checkpoint::Signed;
pub use deliveries::{Delivery, Hook, Outcome};
pub use documents::MOST as DOCUMENT_BYTES;
pub use execute::{Answer, Order};
pub use failure::Failure;
pub use load::parse as record_of;
pub use mails::{Letter, Letters, MailReader, MailRow};
pub use readiness::Readiness;
pub use reading::{EventFilter, Reading};
pub use receipt::ErasureReceipt;
pub use redaction::Barred;
pub use refusal::Refused;
pub use repeat::commitments;
pub use retention::{BASIS as RETENTION_BASIS, Kept, RETENTION_YEARS, Retention};
pub use set_up::FirstAdministrator;
pub use signing::{SigningError, SigningKeys};
pub use standing::{RULES, Standing};
pub use start::Start;

use crate::clock::Clock;
use crate::shelf::Shelf;
use crate::store::Store;
pub use crate::store::{Head, Stored};
use crate::vault::Vault;
use crate::views::Views;

/// The service. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Koinon {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    views: Views,
    clock: Clock,
    vault: Vault,
    vault_file: std::path::PathBuf,
    cache: load::Cache,
    admissions: caller::Admissions,
    recent: caller::Recent,
    turns: turns::Turns,
    seal: checkpoint::Seal,
    shelf: Shelf,
    erasures: crate::erasures::Erasures,
    written: reports::Written,
    refused: refusal::Kept,
    retention_years: u32,
}

impl Koinon {
    /// What reads the clock and makes ids.
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// The read models.
    pub fn views(&self) -> &Views {
        &self.inner.views
    }

    /// The head of the log: its last position, time and root.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the log cannot be read.
    pub async fn head(&self) -> Result<Head, Failure> {
        Ok(self.inner.store.head().await?)
    }

    /// The head's position as it moves.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.inner.store.watch()
    }
}
