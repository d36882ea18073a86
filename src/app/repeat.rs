//! The repeat law, once for every command: a command repeated on its own outcome yields no events.
//!
//! A deed is what one command did to a subject. A command repeats a deed when, decided on the state before it, it comes
//! to the very same facts. The last deed of the same actor is looked at first; older ones, of whoever, only where the
//! rules say that the thing is done already, and then as the world stood at that time: a learning recorded at a visit
//! is still the same learning when the visit was cancelled since. Sealed values are compared by what they hold, since salts differ.

use std::collections::BTreeMap;

use koinon_events::{Disclosure, Event};
use serde_json::Value;

use super::execute::{Answer, Asked};
use super::load::{Deed, Ground};
use super::{Failure, Koinon};
use crate::domain::{Fact, World};
use crate::store;

impl Koinon {
    /// Whether the command, decided before the deed, comes to the same facts about its subject.
    pub(super) async fn repeats(&self, asked: &Asked<'_>, world: &World, deed: &Deed) -> Result<bool, Failure> {
        let (decision, sealer) = self.decide_on(asked, world, deed.before.as_deref());
        let Ok(facts) = decision else { return Ok(false) };
        let own: Vec<&Event> = own_facts(&facts);
        if own.len() != deed.events.len() || own.iter().zip(&deed.events).any(|(new, old)| new.name() != old.name()) {
            return Ok(false);
        }
        let new = data(own.into_iter())?;
        let old = data(deed.events.iter())?;
        if new == old {
            return Ok(true);
        }
        let disclosures = sealer.into_disclosures();
        if disclosures.is_empty() {
            return Ok(false);
        }
        let mut held = Vec::new();
        old.iter().for_each(|value| commitments(value, &mut held));
        let opened = self.open_all(&held).await?;
        Ok(disclosed(new, &by_commitment(disclosures)) == disclosed(old, &opened))
    }

    /// Whether an earlier deed on the subject is what the command asks for.
    pub(super) async fn did_before(&self, asked: &Asked<'_>, ground: &Ground) -> Result<bool, Failure> {
        let subject = asked.command.subject();
        let histories = self.histories(ground).await?;
        for deed in self.deeds(subject).await?.iter().rev() {
            if self.repeats(asked, &histories.before(deed.position)?, deed).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The answer to a repeat: the subject as it is, and no events.
    pub(super) async fn repeated(&self, asked: &Asked<'_>, version: u64) -> Result<Answer, Failure> {
        let subject = asked.command.subject();
        let position = self.inner.store.subject(subject).await?.last().map_or(0, |stored| stored.position);
        Ok(Answer { subject, version, position, created: false, events: Vec::new(), secret: None })
    }

    /// The first answer to the caller's idempotency key, if it was used before.
    pub(super) async fn known_answer(&self, asked: &Asked<'_>) -> Result<Option<Answer>, Failure> {
        let Some((body, key)) = &asked.key else { return Ok(None) };
        match self.inner.store.answer(&asked.caller.actor.to_string(), key).await? {
            Some(answer) if answer.body == *body => self.same_answer(&answer).await.map(Some),
            Some(_) => Err(Failure::KeyReused),
            None => Ok(None),
        }
    }

    /// Gives a stored answer again, its records read from the log.
    pub(super) async fn same_answer(&self, answer: &store::Answer) -> Result<Answer, Failure> {
        let mut events = Vec::new();
        if let (Some(first), Some(last)) = (answer.first, answer.last) {
            let count = usize::try_from(last - first + 1).unwrap_or(usize::MAX);
            let records = self.inner.store.records(first - 1, Some(last), count).await?;
            events = records.into_iter().map(|stored| stored.bytes).collect();
        }
        Ok(Answer {
            subject: answer.subject,
            version: answer.version,
            position: answer.last.unwrap_or(answer.position),
            created: answer.created,
            events,
            secret: None,
        })
    }
}

fn own_facts(facts: &[Fact]) -> Vec<&Event> {
    facts.iter().filter(|fact| fact.subject.is_none()).map(|fact| &fact.event).collect()
}

fn data<'a>(events: impl Iterator<Item = &'a Event>) -> Result<Vec<Value>, Failure> {
    events.map(Event::data).collect::<Result<_, _>>().map_err(|error| Failure::Internal(error.to_string()))
}

/// Every commitment that stands in a value.
pub fn commitments(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => match fields.get("sealed") {
            Some(Value::String(commitment)) if fields.len() == 1 => found.push(commitment.clone()),
            _ => fields.values().for_each(|value| commitments(value, found)),
        },
        Value::Array(values) => values.iter().for_each(|value| commitments(value, found)),
        _ => {}
    }
}

/// Values with what is sealed in them opened; what cannot be opened stays sealed, and so equals nothing new.
fn disclosed(values: Vec<Value>, opened: &BTreeMap<String, String>) -> Vec<Value> {
    values.into_iter().map(|value| disclose(value, opened)).collect()
}

fn disclose(value: Value, opened: &BTreeMap<String, String>) -> Value {
    match value {
        Value::Object(fields) => {
            let held = fields.get("sealed").and_then(Value::as_str).and_then(|commitment| opened.get(commitment));
            match held {
                Some(text) => Value::String(text.clone()),
                None => fields.into_iter().map(|(name, value)| (name, disclose(value, opened))).collect(),
            }
        }
        Value::Array(values) => values.into_iter().map(|value| disclose(value, opened)).collect(),
        other => other,
    }
}

/// What opens a disclosure, by its commitment.
pub(super) fn by_commitment(disclosures: impl IntoIterator<Item = Disclosure>) -> BTreeMap<String, String> {
    disclosures.into_iter().filter_map(|each| Some((each.commitment.clone(), each.value().ok()?))).collect()
}
