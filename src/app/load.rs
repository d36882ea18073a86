//! Subjects in memory: their states folded from the log, kept while they are hot, never trusted for a refusal.
//!
//! A cached state may be behind another node's writes. That is safe for what is appended, since the append is guarded
//! by the versions; a refusal has no such guard, so it is only given on states read afresh.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use koinon_events::{Event, Record, Subject};
use lru::LruCache;
use uuid::Uuid;

use super::{Failure, Koinon};
use crate::domain::{Command, State, World, relies_on};
use crate::store::Stored;

/// How many subjects are kept hot.
const HOT: usize = 4096;

/// What one command did to one subject.
#[derive(Debug, Clone)]
pub(super) struct Deed {
    /// The command.
    pub(super) command: Uuid,
    /// The position of its first event; 0 while that is still being appended.
    pub(super) position: u64,
    /// Who gave it.
    pub(super) actor: String,
    /// The state it was decided on.
    pub(super) before: Option<Arc<State>>,
    /// What followed.
    pub(super) events: Vec<Event>,
}

/// A subject as folded from the log.
#[derive(Debug, Clone, Default)]
pub(super) struct Loaded {
    /// Its version; 0 when it does not exist.
    pub(super) version: u64,
    /// Its state.
    pub(super) state: Option<Arc<State>>,
    /// What the last command did to it.
    pub(super) last: Option<Arc<Deed>>,
}

/// The hot subjects.
pub(super) struct Cache(Mutex<LruCache<Subject, Loaded>>);

impl Cache {
    pub(super) fn new() -> Self {
        Self(Mutex::new(LruCache::new(NonZeroUsize::new(HOT).unwrap_or(NonZeroUsize::MIN))))
    }

    fn get(&self, subject: Subject) -> Option<Loaded> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&subject).cloned()
    }

    /// Keeps what is newest: a slower reader never puts an older state over a newer one.
    pub(super) fn put(&self, subject: Subject, loaded: Loaded) {
        let mut cache = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if cache.peek(&subject).is_none_or(|kept| kept.version <= loaded.version) {
            cache.put(subject, loaded);
        }
    }

    pub(super) fn forget(&self, subject: Subject) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop(&subject);
    }
}

/// The subjects one decision stands on, with their versions.
#[derive(Default)]
pub(super) struct Ground {
    /// Their states, as the deciders see them.
    pub(super) world: World,
    /// Each as loaded.
    pub(super) loaded: HashMap<Subject, Loaded>,
}

impl Ground {
    /// The versions the decision was made on.
    pub(super) fn versions(&self) -> Vec<(Subject, u64)> {
        self.loaded.iter().map(|(subject, loaded)| (*subject, loaded.version)).collect()
    }

    fn insert(&mut self, subject: Subject, loaded: Loaded) {
        self.world.insert(subject, loaded.state.clone());
        self.loaded.insert(subject, loaded);
    }
}

impl Koinon {
    /// Loads the command's subject and everything the decision relies on; afresh when `fresh`, else hot where possible.
    /// A subject whose id was made a moment ago has nothing to load; the append is guarded by its version all the same.
    pub(super) async fn ground(&self, command: &Command, made: bool, fresh: bool) -> Result<Ground, Failure> {
        let mut ground = Ground::default();
        if made && !fresh {
            ground.insert(command.subject(), Loaded::default());
        } else {
            self.load(&mut ground, &[command.subject()], fresh).await?;
        }
        loop {
            let mut missing: Vec<Subject> =
                relies_on(command, &ground.world).into_iter().filter(|subject| !ground.world.knows(*subject)).collect();
            if missing.is_empty() {
                return Ok(ground);
            }
            missing.sort_unstable();
            missing.dedup();
            self.load(&mut ground, &missing, fresh).await?;
        }
    }

    /// Brings subjects into the ground.
    pub(super) async fn load(&self, ground: &mut Ground, subjects: &[Subject], fresh: bool) -> Result<(), Failure> {
        let mut cold = Vec::new();
        for subject in subjects {
            match self.inner.cache.get(*subject).filter(|_| !fresh) {
                Some(loaded) => ground.insert(*subject, loaded),
                None => cold.push(*subject),
            }
        }
        if cold.is_empty() {
            return Ok(());
        }
        let mut histories: HashMap<Subject, Vec<Record>> = HashMap::new();
        for stored in self.inner.store.subjects(&cold).await? {
            let record = parse(&stored)?;
            histories.entry(record.subject).or_default().push(record);
        }
        for subject in cold {
            let loaded = fold(subject, &histories.remove(&subject).unwrap_or_default())?;
            self.inner.cache.put(subject, loaded.clone());
            ground.insert(subject, loaded);
        }
        Ok(())
    }

    /// The histories of everything a decision stands on.
    pub(super) async fn histories(&self, ground: &Ground) -> Result<Histories, Failure> {
        let subjects: Vec<Subject> = ground.loaded.keys().copied().collect();
        let mut histories: HashMap<Subject, Vec<Record>> =
            subjects.iter().map(|subject| (*subject, Vec::new())).collect();
        for stored in self.inner.store.subjects(&subjects).await? {
            let record = parse(&stored)?;
            histories.entry(record.subject).or_default().push(record);
        }
        Ok(Histories(histories))
    }

    /// Every deed on a subject, oldest first.
    pub(super) async fn deeds(&self, subject: Subject) -> Result<Vec<Deed>, Failure> {
        let history: Vec<Record> =
            self.inner.store.subject(subject).await?.iter().map(parse).collect::<Result<_, _>>()?;
        let mut deeds = Vec::new();
        walk(subject, &history, |deed| deeds.push(deed))?;
        Ok(deeds)
    }
}

/// What subjects went through.
pub(super) struct Histories(HashMap<Subject, Vec<Record>>);

impl Histories {
    /// The world as it stood before a position.
    pub(super) fn before(&self, position: u64) -> Result<World, Failure> {
        let mut world = World::default();
        for (subject, history) in &self.0 {
            let until = history.partition_point(|record| record.position < position);
            world.insert(*subject, walk(*subject, &history[..until], |_| ())?);
        }
        Ok(world)
    }
}

/// Folds a subject's whole history.
fn fold(subject: Subject, history: &[Record]) -> Result<Loaded, Failure> {
    let mut last = None;
    let state = walk(subject, history, |deed| last = Some(deed))?;
    Ok(Loaded { version: history.len() as u64, state, last: last.map(Arc::new) })
}

/// Walks a history deed by deed; gives the state at its end.
fn walk(subject: Subject, history: &[Record], mut each: impl FnMut(Deed)) -> Result<Option<Arc<State>>, Failure> {
    let mut state: Option<Arc<State>> = None;
    let mut open: Option<Deed> = None;
    for record in history {
        let event = record.event().map_err(|error| unreadable(record.position, &error.to_string()))?;
        if open.as_ref().is_none_or(|deed| deed.command != record.command) {
            let deed = Deed {
                command: record.command,
                position: record.position,
                actor: record.actor.to_string(),
                before: state.clone(),
                events: Vec::new(),
            };
            if let Some(done) = open.replace(deed) {
                each(done);
            }
        }
        state = State::evolve(state.map(Arc::unwrap_or_clone), subject, &event).map(Arc::new);
        if let Some(deed) = &mut open {
            deed.events.push(event);
        }
    }
    if let Some(done) = open {
        each(done);
    }
    Ok(state)
}

/// The envelope of a stored record.
///
/// # Errors
/// [`Failure::Internal`] when the bytes are no record.
pub fn parse(stored: &Stored) -> Result<Record, Failure> {
    Record::parse(&stored.bytes).map_err(|error| unreadable(stored.position, &error.to_string()))
}

fn unreadable(position: u64, cause: &str) -> Failure {
    Failure::Internal(format!("the record at position {position} cannot be read: {cause}"))
}
