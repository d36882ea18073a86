//! What a command does beside its events, in the same transaction: names claimed, personal values put into the vault or
//! destroyed, tokens made and revoked.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use koinon_events::value::{Day, Timestamp};
use koinon_events::{Disclosure, PersonId, Subject};

use super::caller::token_hash;
use super::deliveries::secret_of;
use super::execute::{Asked, Order};
use super::repeat::by_commitment;
use super::{Failure, Koinon};
use crate::domain::person::PersonCommand;
use crate::domain::programme::ProgrammeCommand;
use crate::domain::report::ReportCommand;
use crate::domain::token::TokenCommand;
use crate::domain::webhook::WebhookCommand;
use crate::domain::{Command, Sealer};
use crate::store::{Append, Claim, Credential, CredentialChange, VaultEntry};
use crate::vault::DataKey;

impl Koinon {
    /// Adds to the append what the command does beside its events; gives the secret it made, if any.
    pub(super) async fn effects(
        &self,
        asked: &Asked<'_>,
        append: &mut Append,
        sealer: Sealer,
    ) -> Result<Option<String>, Failure> {
        let subject = asked.command.subject();
        let disclosures = sealer.into_disclosures();
        if !disclosures.is_empty() {
            append.superseded = self.superseded(subject, &disclosures).await?;
            append.vault = self.vault_entries(PersonId(subject.id), disclosures).await?;
        }
        match &asked.command {
            Command::Programme(ProgrammeCommand::CreateProgramme(command)) => {
                append.claims.push(Claim { space: "programme-code", name: command.code.to_string(), owner: subject })
            }
            Command::Report(ReportCommand::OpenReport(command)) => {
                append.claims.push(Claim { space: "report", name: command.place(), owner: subject })
            }
            Command::Person(PersonCommand::ErasePerson(_)) => append.forget.push(PersonId(subject.id)),
            Command::Token(TokenCommand::CreateToken(command)) => {
                let secret = format!("koinon_{}", URL_SAFE_NO_PAD.encode(self.inner.clock.chance()));
                append.credentials.push(CredentialChange::Insert(Credential {
                    hash: token_hash(&secret),
                    token: subject.id,
                    role: command.role.to_string(),
                    scopes: serde_json::to_value(command.scope)
                        .map_err(|error| Failure::Internal(error.to_string()))?,
                    person: command.person,
                    name: command.name.to_string(),
                    created: append.time,
                    expires: command.expires.map(end_of),
                    revoked: None,
                }));
                return Ok(Some(secret));
            }
            Command::Webhook(WebhookCommand::RegisterWebhook(_) | WebhookCommand::RotateWebhookSecret(_)) => {
                return Ok(Some(secret_of(&self.inner.vault, subject.id, asked.id)));
            }
            Command::Token(TokenCommand::RevokeToken(_)) => {
                append.credentials.push(CredentialChange::Revoke { token: subject.id, time: append.time });
            }
            _ => {}
        }
        Ok(None)
    }

    /// The values of a person that new ones take the place of: what was wrong, or is no more, is not kept.
    async fn superseded(&self, person: Subject, new: &[Disclosure]) -> Result<Vec<String>, Failure> {
        let (mut old, mut places) = (Vec::new(), Vec::new());
        for disclosure in new {
            let pointer = disclosure.pointer().map_err(|error| Failure::Internal(error.to_string()))?;
            places.push(format!("{pointer}/sealed"));
        }
        for stored in self.inner.store.subject(person).await? {
            let data: serde_json::Value = serde_json::from_str(super::load::parse(&stored)?.data.get())
                .map_err(|error| Failure::Internal(error.to_string()))?;
            let values = places.iter().filter_map(|place| data.pointer(place)?.as_str());
            old.extend(values.map(str::to_owned));
        }
        Ok(old)
    }

    /// Encrypts disclosures under the person's own key, which is made with the first of them.
    async fn vault_entries(&self, person: PersonId, disclosures: Vec<Disclosure>) -> Result<Vec<VaultEntry>, Failure> {
        let held = self.inner.store.vault_key(person).await?;
        let data_key = match &held {
            Some(key) => self.unwrapped(key)?,
            None => DataKey::new(self.inner.clock.chance()),
        };
        let mut new_key = match held {
            Some(_) => None,
            None => Some(self.wrapped(&data_key)?),
        };
        disclosures
            .into_iter()
            .map(|disclosure| {
                let ciphertext = data_key
                    .lock(&disclosure, self.inner.clock.chance())
                    .map_err(|error| Failure::Internal(error.to_string()))?;
                Ok(VaultEntry { person, commitment: disclosure.commitment, ciphertext, key: new_key.take() })
            })
            .collect()
    }

    /// Opens sealed values, whoever asks; the rim asks only for those its caller may see. What was erased, or is not
    /// held here, is absent from the answer.
    pub(super) async fn open_all(&self, commitments: &[String]) -> Result<BTreeMap<String, String>, Failure> {
        let entries = self.inner.store.vault_entries(commitments).await?;
        let mut disclosures = Vec::with_capacity(entries.len());
        for entry in entries {
            let Some(key) = entry.key else { continue };
            let opened = self
                .unwrapped(&key)?
                .unlock(&entry.commitment, &entry.ciphertext)
                .map_err(|error| Failure::Internal(format!("a vault entry cannot be opened: {error}")))?;
            disclosures.push(opened);
        }
        Ok(by_commitment(disclosures))
    }

    /// The keyed hash by which a repeated body is recognised, without keeping the body.
    pub(super) fn body_hash(&self, order: &Order) -> [u8; 32] {
        let body = serde_json::Value::Object(order.body.clone());
        self.inner.vault.keyed_hash("body", format!("{}\n{body}", order.name).as_bytes())
    }
}

/// The first moment after a day in UTC: a token made for a day still works on it.
fn end_of(day: Day) -> Timestamp {
    Timestamp::new(day.plus_days(1).0.and_time(chrono::NaiveTime::MIN).and_utc())
}
