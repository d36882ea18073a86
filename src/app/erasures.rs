//! Erasures hold whatever database is served: what the list outside of it knows is applied again before anybody reads.
//!
//! After an older backup was put back, its people who were erased since are in it again. Their values and keys are
//! destroyed at once, also while the log is only read; where it can be written, the erasure is recorded anew, with the
//! event that recorded it first named as its reason.

use koinon_events::PersonId;
use serde_json::{Map, json};
use uuid::Uuid;

use super::load::Ground;
use super::{Caller, EventFilter, Failure, Koinon, Order, record_of};
use crate::domain::person::PersonStatus;
use crate::erasures::{ListError, Recorded};
use crate::store::{Append, AppendError, Appended};
use crate::tree::leaf_hash;

impl From<ListError> for Failure {
    fn from(error: ListError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

fn recorded(position: u64, bytes: &[u8]) -> Recorded {
    let hash = leaf_hash(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    Recorded { position, hash }
}

impl Koinon {
    /// Applies to this database every erasure known outside of it, and takes into the list what only the log knows.
    ///
    /// # Errors
    /// When the list, the log or the vault cannot be used: nothing may be served then.
    pub(super) async fn apply_erasures(&self) -> Result<(), Failure> {
        let known = self.inner.erasures.all();
        let filter = EventFilter { event_type: Some("PersonErased".to_owned()), ..EventFilter::default() };
        let mut after = 0;
        loop {
            let page = self.inner.store.select(&filter, after, 1_000).await?;
            let Some(last) = page.last() else { break };
            after = last.position;
            for stored in &page {
                let record = record_of(stored)?;
                let person = PersonId(record.subject.id);
                if known.get(&person).is_none_or(Option::is_none) {
                    self.inner.erasures.erased(person, &recorded(stored.position, &stored.bytes))?;
                }
            }
        }
        for (person, first) in known {
            self.erase_again(person, first.as_ref()).await?;
        }
        Ok(())
    }

    async fn erase_again(&self, person: PersonId, first: Option<&Recorded>) -> Result<(), Failure> {
        let mut ground = Ground::default();
        self.load(&mut ground, &[person.subject()], false).await?;
        let status = ground.world.person(person).map(|state| state.status);
        if status.is_some_and(|status| status != PersonStatus::Erased) && self.read_only().is_none() {
            let why = match first {
                Some(first) => format!("event {} at position {}", first.hash, first.position),
                None => "an erasure that was decided and not seen to its end".to_owned(),
            };
            let body = json!({ "person": person, "basis": "Erased before this database was restored", "request": why });
            let body: Map<_, _> = body.as_object().cloned().unwrap_or_default();
            let order = Order { name: "ErasePerson".to_owned(), body, ..Order::default() };
            self.execute(&Caller::system("erasures")?, order).await?;
            tracing::warn!(%person, "erased again: this database is older than the erasure");
        }
        if self.inner.store.vault_key(person).await?.is_some() {
            self.destroy(person).await?;
            tracing::warn!(%person, "personal values were destroyed again: this database is older than the erasure");
        }
        Ok(())
    }

    /// Destroys a person's values and keys without a word in the log.
    async fn destroy(&self, person: PersonId) -> Result<(), Failure> {
        let mut append = Append::new(self.inner.clock.id(), self.inner.clock.now());
        append.forget.push(person);
        self.inner.store.append(append).await?;
        Ok(())
    }

    /// Notes outside the database who is about to be erased.
    ///
    /// # Errors
    /// When the list cannot be written; nothing is erased then.
    pub(super) fn note_decided(&self, persons: &[PersonId], command: Uuid) -> Result<(), Failure> {
        Ok(persons.iter().try_for_each(|person| self.inner.erasures.decided(*person, command))?)
    }

    /// Notes how it went. What cannot be noted is told, and taken into the list at the next start: until then it counts
    /// as decided. So does an erasure whose outcome is not known.
    pub(super) fn note_outcome(&self, persons: &[PersonId], command: Uuid, done: &Result<Appended, AppendError>) {
        for person in persons {
            let noted = match done {
                Ok(appended) => match appended.events.last() {
                    Some((position, _, bytes)) => self.inner.erasures.erased(*person, &recorded(*position, bytes)),
                    None => Ok(()),
                },
                Err(AppendError::Unavailable(_) | AppendError::Known(_)) => Ok(()),
                Err(_) => self.inner.erasures.withdrawn(*person, command),
            };
            if let Err(error) = noted {
                tracing::error!(%error, "the list of erasures was not brought up to date");
            }
        }
    }
}
