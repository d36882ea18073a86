//! What webhooks are to be sent: each follows the log from its registration, with its filters and with the rights that
//! who registered it has now. The outbox keeps positions; a record is read from the log when it is sent.
//!
//! A webhook's secret is kept nowhere: it follows from the key file and the command that last gave one.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use koinon_events::value::WebAddress;
use koinon_events::webhook::{WebhookEvent, WebhookFilters};
use koinon_events::{Actor, Event, Kind, ProgrammeId, Record, Subject, WebhookId};
use uuid::Uuid;

use super::caller::caller_of;
use super::{Caller, EventFilter, Failure, Koinon};
use crate::domain::webhook::{WebhookStatus, evolve};
pub use crate::store::{Delivery, Outcome};
use crate::vault::Vault;

/// Records looked through at once.
const BATCH: usize = 256;

/// How long a delivery belongs to the node that took it, in microseconds: longer than any attempt lasts.
const LEASE: i64 = 60_000_000;

/// The webhooks of one installation that are followed.
const MOST: usize = 1000;

/// A webhook as the log has it now.
#[derive(Clone)]
pub struct Hook {
    /// Its identity.
    pub id: WebhookId,
    /// Where to.
    pub url: WebAddress,
    /// Whether it sends.
    pub status: WebhookStatus,
    programme: Option<ProgrammeId>,
    filters: WebhookFilters,
    registrar: Actor,
    since: u64,
    secret: [u8; 32],
}

impl Hook {
    /// Whether it sends.
    pub fn is_active(&self) -> bool {
        self.status == WebhookStatus::Active
    }

    /// The position of its registration.
    pub fn since(&self) -> u64 {
        self.since
    }

    /// The key that what is sent is signed with.
    pub fn key(&self) -> &[u8] {
        &self.secret
    }
}

/// The key a command gave a webhook.
fn key_of(vault: &Vault, webhook: Uuid, command: Uuid) -> [u8; 32] {
    vault.keyed_hash("webhook secret", &[*webhook.as_bytes(), *command.as_bytes()].concat())
}

/// A webhook's secret as it is shown, the Standard Webhooks way.
pub(super) fn secret_of(vault: &Vault, webhook: Uuid, command: Uuid) -> String {
    format!("whsec_{}", STANDARD.encode(key_of(vault, webhook, command)))
}

impl Koinon {
    /// Every webhook that was not removed.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the log cannot be read.
    pub async fn hooks(&self) -> Result<Vec<Hook>, Failure> {
        let filter = EventFilter { event_type: Some("WebhookRegistered".to_owned()), ..EventFilter::default() };
        let mut hooks = Vec::new();
        for stored in self.inner.store.select(&filter, 0, MOST).await? {
            let hook = self.hook(WebhookId(parsed(&stored.bytes)?.subject.id)).await?;
            hooks.extend(hook.filter(|hook| hook.status != WebhookStatus::Removed));
        }
        Ok(hooks)
    }

    /// One webhook, read afresh from the log.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the log cannot be read.
    pub async fn hook(&self, id: WebhookId) -> Result<Option<Hook>, Failure> {
        let (mut state, mut begun, mut secret) = (None, None, [0; 32]);
        for stored in self.inner.store.subject(id.subject()).await? {
            let record = parsed(&stored.bytes)?;
            let event = record.event().map_err(|error| Failure::Internal(error.to_string()))?;
            let Event::Webhook(event) = event else { continue };
            if matches!(event, WebhookEvent::WebhookRegistered(_) | WebhookEvent::WebhookSecretRotated(_)) {
                secret = key_of(&self.inner.vault, id.0, record.command);
            }
            begun.get_or_insert((record.actor.clone(), record.position));
            state = evolve(state, record.subject, &event);
        }
        let (Some(state), Some((registrar, since))) = (state, begun) else { return Ok(None) };
        let (url, status, programme, filters) = (state.url, state.status, state.programme, state.filters);
        Ok(Some(Hook { id, url, status, programme, filters, registrar, since, secret }))
    }

    /// Who registered a webhook, with the rights of now; `None` when they have none any more.
    async fn registrar(&self, hook: &Hook) -> Result<Option<Caller>, Failure> {
        match &hook.registrar {
            Actor::Person(person) => self.person(*person).await,
            Actor::System(_) => {
                Ok(Some(Caller { actor: hook.registrar.clone(), grants: Vec::new(), name: "Koinon".to_owned() }))
            }
            Actor::Token(token) => {
                let credential = self.inner.store.credential_of(token.0).await?;
                let now = self.clock().now();
                let works = |end: Option<_>| end.is_none_or(|end| end > now);
                let credential = credential.filter(|found| found.revoked.is_none() && works(found.expires));
                match credential {
                    Some(credential) => Ok(Some(self.placed(caller_of(&credential)?).await?)),
                    None => Ok(None),
                }
            }
        }
    }

    /// Looks through the next part of the log for a webhook and puts what fits into its outbox; says whether there was
    /// something to look through.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the log cannot be read or the outbox not written.
    pub async fn gather(&self, hook: &Hook) -> Result<bool, Failure> {
        let Some(caller) = self.registrar(hook).await? else { return Ok(false) };
        let after = self.inner.store.webhook_cursor(hook.id.0).await?.unwrap_or(hook.since);
        let partnership = hook.filters.partnership.map(|partnership| partnership.0);
        let filter = EventFilter { partnership, ..EventFilter::default() };
        let reading = self.records(&caller, &filter, after, BATCH).await?;
        if reading.until <= after {
            return Ok(false);
        }
        let mut found = Vec::new();
        for stored in &reading.records {
            let record = parsed(&stored.bytes)?;
            if self.fits(hook, &record).await? {
                found.push((stored.position, record.subject.to_string()));
            }
        }
        self.inner.store.put_deliveries(hook.id.0, found, reading.until).await?;
        Ok(true)
    }

    /// Whether a record is one that the webhook wants.
    async fn fits(&self, hook: &Hook, record: &Record) -> Result<bool, Failure> {
        let name = record.stored_type.strip_prefix("koinon.").and_then(|rest| rest.rsplit_once(".v"));
        let name = name.map_or(record.stored_type.as_str(), |(name, _)| name);
        let is_named = |wanted: &str| wanted == name || wanted == record.stored_type;
        let types = &hook.filters.types;
        if !types.is_empty() && !types.iter().any(|wanted| is_named(wanted.as_str())) {
            return Ok(false);
        }
        if hook.programme.is_none() && hook.filters.city.is_none() {
            return Ok(true);
        }
        let scope = self.scope(record.subject).await?.unwrap_or_default();
        let is_itself = |kind, id| record.subject == Subject { kind, id };
        let in_programme =
            |wanted: ProgrammeId| scope.programme == Some(wanted) || is_itself(Kind::Programme, wanted.0);
        let in_city = |wanted: koinon_events::CityId| scope.cities.contains(&wanted) || is_itself(Kind::City, wanted.0);
        Ok(hook.programme.is_none_or(in_programme) && hook.filters.city.is_none_or(in_city))
    }

    /// Takes what is due for a webhook: at most one record a subject, and none that another node has.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the outbox cannot be written.
    pub async fn take(&self, hook: &Hook, limit: u32) -> Result<Vec<Delivery>, Failure> {
        let now = self.clock().now().micros();
        Ok(self.inner.store.take_deliveries(hook.id.0, now, now.saturating_add(LEASE), limit).await?)
    }

    /// The record a delivery is about: its id and exact bytes; `None` when who registered the webhook may not see it
    /// any more.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the log cannot be read.
    pub async fn delivered(&self, hook: &Hook, position: u64) -> Result<Option<(Uuid, Bytes)>, Failure> {
        let Some(caller) = self.registrar(hook).await? else { return Ok(None) };
        let Some(bytes) = self.record(&caller, position).await? else { return Ok(None) };
        Ok(Some((parsed(&bytes)?.id, bytes)))
    }

    /// Notes how an attempt went.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the outbox cannot be written.
    pub async fn settle(&self, hook: &Hook, position: u64, outcome: Outcome) -> Result<(), Failure> {
        Ok(self.inner.store.settle_delivery(hook.id.0, position, outcome).await?)
    }
}

fn parsed(bytes: &[u8]) -> Result<Record, Failure> {
    Record::parse(bytes).map_err(|error| Failure::Internal(format!("a record cannot be read: {error}")))
}
