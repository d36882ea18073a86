//! Koinon as one thing to talk to: execute a command, read the log, read what the log means.
//!
//! The rim (pages, API, command line) knows this room and no other behind it. Everything here takes a [`Caller`] and
//! answers only what that caller may do or see.

mod caller;
mod effects;
mod execute;
mod failure;
mod load;
mod reading;
mod refusal;
mod repeat;
mod start;

use std::sync::Arc;

use tokio::sync::watch;

pub use caller::Caller;
pub use execute::{Answer, Order};
pub use failure::Failure;
pub use reading::EventFilter;
pub use start::Start;

use crate::clock::Clock;
use crate::store::{Head, Store};
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
    cache: load::Cache,
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
//! The service in memory, until the store is joined to it: the types the rim is built against, and enough behind them
//! to answer.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use koinon_events::value::{Day, Timestamp};
use koinon_events::{Actor, Draft, Record, Subject};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::domain::{self, Context, Finding, Rejection, Rule, Sealer, State, World};

/// Who asks, and what they may.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The actor in the record.
    pub actor: Actor,
    /// What they were granted.
    pub grants: Vec<Grant>,
    /// What to call them.
    pub name: String,
}

/// One role, where it holds and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The role's word.
    pub role: String,
    /// Where it holds; everywhere when absent.
    pub scope: Option<Subject>,
    /// Its last day.
    pub until: Option<Day>,
}

/// A command as it was asked.
pub struct Order {
    /// `ScheduleVisit`.
    /// Its fields.
    pub body: Map<String, Value>,
    /// The key under which the answer is kept.
    pub idempotency_key: Option<String>,
    /// The version the subject must have.
    pub if_match: Option<u64>,
    /// What it belongs to.
    pub correlation: Option<Uuid>,
}

/// What a command did.
pub struct Answer {
    /// Its subject.
    pub subject: Subject,
    /// The subject's version now.
    pub version: u64,
    /// The last position written.
    pub position: u64,
    /// Whether the subject is new.
    pub created: bool,
    /// The records written.
    pub events: Vec<Bytes>,
}

/// Why not.
#[derive(Debug, Clone, thiserror::Error)]
#[allow(missing_docs)]
pub enum Failure {
    #[error("there is no command {0}")]
    UnknownCommand(String),
    #[error("{0}")]
    Malformed(String),
    #[error("some fields do not fit")]
    Unfit(Vec<Finding>),
    #[error("there is no such subject, or you may not see it")]
    Absent,
    Denied(String),
    #[error("{}", .0.sentence)]
    Rule(Rule),
    #[error("{subject} has version {actual}, not {expected}")]
    VersionLost { subject: Subject, expected: u64, actual: u64 },
    #[error("the subject changed meanwhile; send the command again")]
    Contended { subject: Subject },
    #[error("this idempotency key was used with another body")]
    KeyReused,
    #[error("the event would be larger than 65 535 bytes")]
    TooLarge,
    #[error("too much is waiting to be written")]
    Busy,
    #[error("the log can't be reached: {0}")]
    Unavailable(String),
    #[error("the read models have not reached {0} yet")]
    NotYet(u64),
    #[error("the log has {head} events; there is no position {asked} yet")]
    AboveHead { asked: u64, head: u64 },
    #[error("internal error: {0}")]
    Internal(String),
}

/// Where the log stands.
pub struct Head {
    /// The last position.
    /// When it was recorded.
    pub time: Timestamp,
    /// The root of the tree.
    pub root: [u8; 32],
}

/// Which records.
#[derive(Debug, Clone, Default)]
pub struct EventFilter {
    pub programme: Option<String>,
    pub partnership: Option<Uuid>,
    pub subject: Option<Subject>,
    pub subjects: Option<Vec<Subject>>,
    pub event_type: Option<String>,
    pub actor: Option<String>,
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
    pub upto: Option<u64>,
    pub positions: Option<Vec<u64>>,
}

/// A record as it lies in the log.
pub struct Stored {
    /// Its place.
    /// Its bytes.
    pub bytes: Bytes,
}

/// What one read of the log found.
pub struct Reading {
    /// The records the caller may see.
    pub records: Vec<Stored>,
    /// Everything up to here was looked at: go on after it.
    pub until: u64,
}

/// Whether it can serve.
pub struct Readiness {
    /// The log can be written.
    pub writable: bool,
    /// How far each read model is behind, in events.
    pub lag: BTreeMap<String, u64>,
    /// What is wrong.
    pub problems: Vec<String>,
}

#[derive(Default)]
struct Memory {
    records: Vec<Bytes>,
    states: HashMap<Subject, (Arc<State>, u64)>,
    keys: HashMap<String, (Value, Answer)>,
    tokens: HashMap<String, Caller>,
}

/// The service.
    memory: Arc<Mutex<Memory>>,
    head: watch::Sender<u64>,
    clock: Arc<crate::clock::Clock>,
}

    /// An empty one.
    pub fn in_memory() -> Self {
        Self { memory: Arc::default(), head: watch::channel(0).0, clock: Arc::default() }
    }

    fn memory(&self) -> std::sync::MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a token in.
    pub fn admit(&self, token: &str, caller: Caller) {
        self.memory().tokens.insert(token.to_owned(), caller);
    }

    /// Who bears that token.
    /// When the log can't be reached.
    pub async fn authenticate(&self, bearer: &str) -> Result<Option<Caller>, Failure> {
        Ok(self.memory().tokens.get(bearer).cloned())
    }

    /// Runs a command.
    /// Why it is refused.
    pub async fn execute(&self, caller: &Caller, mut order: Order) -> Result<Answer, Failure> {
        let shape = domain::command_shape(&order.name).ok_or_else(|| Failure::UnknownCommand(order.name.clone()))?;
        let asked = Value::Object(order.body.clone());
        if shape.creates && !order.body.contains_key(shape.subject_field) {
            order.body.insert(shape.subject_field.into(), self.clock.id().to_string().into());
        }
        let command = domain::parse(shape, &Value::Object(order.body)).map_err(Failure::Unfit)?;
        let subject = command.subject();
        let mut memory = self.memory();
        if let Some((body, answer)) = order.idempotency_key.as_ref().and_then(|key| memory.keys.get(key)) {
            return if *body == asked { Ok(answer.clone()) } else { Err(Failure::KeyReused) };
        }
        let before = memory.states.get(&subject).cloned();
        let version = before.as_ref().map_or(0, |(_, version)| *version);
        if let Some(expected) = order.if_match.filter(|expected| *expected != version) {
            return Err(Failure::VersionLost { subject, expected, actual: version });
        }
        let mut world = World::default();
        world.insert(subject, before.as_ref().map(|(state, _)| state.clone()));
        loop {
            let missing: Vec<Subject> =
                domain::relies_on(&command, &world).into_iter().filter(|subject| !world.knows(*subject)).collect();
            if missing.is_empty() {
                break;
            }
            for subject in missing {
                let state = memory.states.get(&subject).map(|(state, _)| state.clone());
                world.insert(subject, state);
            }
        }
        let sealer = Sealer::new([9; 32]);
        let context = Context { actor: &caller.actor, today: self.clock.today(), world: &world, sealer: &sealer };
        let facts =
            domain::decide(before.as_ref().map(|(state, _)| &**state), &command, &context).map_err(|refusal| {
                match refusal {
                    Rejection::Unfit(findings) => Failure::Unfit(findings),
                    Rejection::Absent => Failure::Absent,
                    Rejection::Rule(rule) => Failure::Rule(rule),
                }
            })?;
        let command_id = self.clock.id();
        let mut events = Vec::new();
        for fact in facts {
            let subject = fact.subject.unwrap_or(subject);
            let position = memory.records.len() as u64 + 1;
            let (state, version) =
                memory.states.remove(&subject).map_or((None, 0), |(state, version)| (Some((*state).clone()), version));
            let draft = Draft {
                id: self.clock.id(),
                actor: caller.actor.clone(),
                causation: None,
                command: command_id,
                correlation: order.correlation.unwrap_or(command_id),
                subject,
                programme: None,
                partnership: None,
                event: fact.event.clone(),
            };
            let template = draft.template().map_err(|_| Failure::TooLarge)?;
            let bytes = Bytes::from(template.number(position, version + 1, self.clock.now()));
            if let Some(state) = State::evolve(state, subject, &fact.event) {
                memory.states.insert(subject, (Arc::new(state), version + 1));
            }
            memory.records.push(bytes.clone());
            events.push(bytes);
        }
        let position = memory.records.len() as u64;
        let version = memory.states.get(&subject).map_or(version, |(_, version)| *version);
        let answer = Answer { subject, version, position, created: before.is_none(), events };
        if let Some(key) = order.idempotency_key {
            memory.keys.insert(key, (asked, answer.clone()));
        }
        drop(memory);
        self.head.send_replace(position);
        Ok(answer)
    }

    /// Records after a position, in order.
    pub async fn records(
        &self,
        _caller: &Caller,
        filter: &EventFilter,
        after: u64,
        limit: usize,
    ) -> Result<Reading, Failure> {
        let memory = self.memory();
        let fits = |bytes: &Bytes| {
            Record::parse(bytes).is_ok_and(|record| {
                filter.subject.is_none_or(|subject| subject == record.subject)
                    && filter.event_type.as_ref().is_none_or(|kind| record.stored_type.contains(kind.as_str()))
                    && filter.actor.as_ref().is_none_or(|actor| *actor == record.actor.to_string())
                    && filter.since.is_none_or(|since| record.time >= since)
                    && filter.until.is_none_or(|until| record.time <= until)
            })
        };
        let numbered = memory.records.iter().enumerate().map(|(index, bytes)| (index as u64 + 1, bytes));
        let records: Vec<Stored> = numbered
            .filter(|(position, bytes)| *position > after && fits(bytes))
            .take(limit)
            .map(|(position, bytes)| Stored { position, bytes: bytes.clone() })
            .collect();
        let until = match records.last() {
            Some(last) if records.len() == limit => last.position,
            _ => (memory.records.len() as u64).max(after),
        Ok(Reading { records, until })
    }

    /// One record.
    pub async fn record(&self, _caller: &Caller, position: u64) -> Result<Option<Bytes>, Failure> {
        let index = usize::try_from(position).ok().and_then(|position| position.checked_sub(1));
        Ok(index.and_then(|index| self.memory().records.get(index).cloned()))
    }

    /// Where the log stands.
        let time = memory.records.last().and_then(|bytes| Record::parse(bytes).ok()).map(|record| record.time);
        let time = time.unwrap_or(Timestamp::from_micros(0));
        Ok(Head { position: memory.records.len() as u64, time, root: [0; 32] })
    }

    /// Tells of each new head.
        self.head.subscribe()
    }

    /// Opens sealed values, as far as the caller may see them.
    /// When the vault can't be reached.
    pub async fn open_sealed(&self, _commitments: &[String]) -> Result<BTreeMap<String, String>, Failure> {
        Ok(BTreeMap::new())
    }

    /// The clock.
    pub fn clock(&self) -> &crate::clock::Clock {
        &self.clock
    }

    /// Whether it can serve.
    pub fn ready(&self) -> Readiness {
        Readiness { writable: true, ..Readiness::default() }
    }
}
