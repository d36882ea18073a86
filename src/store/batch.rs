//! The decision over a batch: which appends stand, and the rows they become. Pure, and the same for every engine.
//!
//! An engine locks the head, reads what it knows about everything the batch names, and lets this number the events.
//! Each append is decided against what the earlier ones of the batch have moved; one that is refused moves nothing.

use std::collections::{HashMap, HashSet};

use bytes::Bytes;
use koinon_events::value::Timestamp;
use koinon_events::{PersonId, Subject};
use uuid::Uuid;

use super::tiles::{Tile, Tiler};
use super::{
    Answer, AnswerKey, Append, AppendError, Appended, Claim, CredentialChange, NewEvent, VaultEntry, VaultKey,
};
use crate::tree::{Frontier, Hash, leaf_hash};

/// What one batch names, and the engine has to look up under the lock.
pub(super) struct Asked<'a> {
    pub subjects: Vec<Subject>,
    pub commands: Vec<Uuid>,
    pub keys: Vec<&'a AnswerKey>,
    pub claims: Vec<&'a Claim>,
    pub persons: Vec<PersonId>,
}

impl<'a> Asked<'a> {
    pub fn by(appends: &'a [Append]) -> Self {
        let mut subjects = HashSet::new();
        for append in appends {
            subjects.extend(append.events.iter().map(|event| event.subject));
            subjects.extend(append.expected.iter().map(|(subject, _)| *subject));
            subjects.extend(append.key.iter().map(|key| key.subject));
        }
        let vault = appends.iter().flat_map(|append| &append.vault);
        Self {
            subjects: subjects.into_iter().collect(),
            commands: appends.iter().map(|append| append.command).collect(),
            keys: appends.iter().filter_map(|append| append.key.as_ref()).collect(),
            claims: appends.iter().flat_map(|append| &append.claims).collect(),
            persons: vault.filter(|entry| entry.key.is_some()).map(|entry| entry.person).collect(),
        }
    }
}

/// What the log knows of what was asked, and its head.
pub(super) struct Known {
    pub position: u64,
    pub time: Timestamp,
    pub frontier: Frontier,
    pub versions: HashMap<Subject, u64>,
    pub commands: HashMap<Uuid, Answer>,
    pub answers: HashMap<(String, String), Answer>,
    pub claims: HashMap<(String, String), Subject>,
    pub vault_keys: HashMap<PersonId, VaultKey>,
}

impl Known {
    pub fn at(position: u64, time: Timestamp, frontier: Frontier) -> Self {
        Self {
            position,
            time,
            frontier,
            versions: HashMap::new(),
            commands: HashMap::new(),
            answers: HashMap::new(),
            claims: HashMap::new(),
            vault_keys: HashMap::new(),
        }
    }
}

/// One record with the columns that index it.
pub(super) struct Row<'a> {
    pub position: u64,
    pub version: u64,
    pub time: Timestamp,
    /// The command and how many events it has, on its first event only.
    pub command: Option<(Uuid, u32)>,
    pub event: &'a NewEvent,
    pub leaf: Hash,
    pub bytes: Bytes,
}

/// What is written beside the log, in this order.
pub(super) enum Effect<'a> {
    Answer(&'a AnswerKey, Answer),
    Claim(&'a Claim),
    Vault(&'a VaultEntry),
    Supersede(&'a str),
    Forget(Forget),
    Credential(&'a CredentialChange),
}

/// A person whose values and keys are destroyed.
pub(super) struct Forget {
    pub person: PersonId,
    /// The position of the event that records it, when one does.
    pub position: Option<u64>,
    pub time: Timestamp,
}

/// What the batch comes to.
pub(super) struct Batch<'a> {
    pub rows: Vec<Row<'a>>,
    pub effects: Vec<Effect<'a>>,
    pub tiles: Vec<Tile>,
    pub outcomes: Vec<Result<Appended, AppendError>>,
    pub position: u64,
    pub time: Timestamp,
    pub frontier: Frontier,
}

impl Batch<'_> {
    pub fn writes_nothing(&self) -> bool {
        self.rows.is_empty() && self.effects.is_empty()
    }

    pub fn forgets(&self) -> bool {
        self.effects.iter().any(|effect| matches!(effect, Effect::Forget(_) | Effect::Supersede(_)))
    }
}

/// Decides every append in order.
pub(super) fn decide<'a>(mut known: Known, tiler: &mut Tiler, appends: &'a [Append]) -> Batch<'a> {
    let mut rows = Vec::with_capacity(appends.len());
    let mut effects = Vec::new();
    let mut tiles = Vec::new();
    let mut outcomes = Vec::with_capacity(appends.len());
    for append in appends {
        if let Err(refusal) = allowed(&known, append) {
            outcomes.push(Err(refusal));
            continue;
        }
        let first_row = rows.len();
        number(&mut known, append, &mut rows);
        for row in &rows[first_row..] {
            tiles.extend(tiler.push(row.leaf));
        }
        let answer = answer(&known, append, &rows[first_row..]);
        let recorded = rows[first_row..].last().map(|row| row.position);
        beside(&mut known, append, answer, recorded, &mut effects);
        let events = rows[first_row..].iter().map(|row| (row.position, row.version, row.bytes.clone())).collect();
        outcomes.push(Ok(Appended { events, time: known.time.max(append.time), position: known.position }));
    }
    Batch { rows, effects, tiles, outcomes, position: known.position, time: known.time, frontier: known.frontier }
}

/// The checks, in the order a caller is told about them.
fn allowed(known: &Known, append: &Append) -> Result<(), AppendError> {
    if let Some(key) = &append.key
        && let Some(answer) = known.answers.get(&(key.scope.clone(), key.key.clone()))
    {
        return Err(if answer.body == key.body { AppendError::Known(answer.clone()) } else { AppendError::KeyUsed });
    }
    if let Some(answer) = known.commands.get(&append.command) {
        return Err(AppendError::Known(answer.clone()));
    }
    for (subject, expected) in &append.expected {
        let actual = known.versions.get(subject).copied().unwrap_or(0);
        if actual != *expected {
            return Err(AppendError::Conflict { subject: *subject, expected: *expected, actual });
        }
    }
    for claim in &append.claims {
        let owner = known.claims.get(&(claim.space.to_owned(), claim.name.clone()));
        let within = append.claims.iter().find(|other| other.space == claim.space && other.name == claim.name);
        let owner = owner.or(within.map(|other| &other.owner));
        if owner.is_some_and(|owner| *owner != claim.owner) {
            return Err(AppendError::Taken { space: claim.space, name: claim.name.clone() });
        }
    }
    for entry in &append.vault {
        let kept = known.vault_keys.get(&entry.person);
        if entry.key.is_some() && kept.is_some() && kept != entry.key.as_ref() {
            return Err(AppendError::Taken { space: "vault-key", name: entry.person.to_string() });
        }
    }
    Ok(())
}

/// Gives the events their numbers and moves the head over them.
fn number<'a>(known: &mut Known, append: &'a Append, rows: &mut Vec<Row<'a>>) {
    if !append.events.is_empty() {
        known.time = known.time.max(append.time);
    }
    let count = u32::try_from(append.events.len()).unwrap_or(u32::MAX);
    for (index, event) in append.events.iter().enumerate() {
        known.position += 1;
        let version = known.versions.entry(event.subject).or_insert(0);
        *version += 1;
        let bytes = Bytes::from(event.template.number(known.position, *version, known.time));
        let leaf = leaf_hash(&bytes);
        known.frontier.push(leaf);
        rows.push(Row {
            position: known.position,
            version: *version,
            time: known.time,
            command: (index == 0).then_some((append.command, count)),
            event,
            leaf,
            bytes,
        });
    }
}

/// What the same command or key will be answered from now on; nothing when there is neither event nor key.
fn answer(known: &Known, append: &Append, rows: &[Row<'_>]) -> Option<Answer> {
    let subject = append.key.as_ref().map(|key| key.subject).or(rows.first().map(|row| row.event.subject))?;
    Some(Answer {
        body: append.key.as_ref().map_or([0; 32], |key| key.body),
        created: append.key.as_ref().map_or(rows.first().is_some_and(|row| row.version == 1), |key| key.created),
        command: append.command,
        subject,
        version: known.versions.get(&subject).copied().unwrap_or(0),
        position: known.position,
        first: rows.first().map(|row| row.position),
        last: rows.last().map(|row| row.position),
    })
}

/// Notes what is written beside the log, and lets the rest of the batch know.
fn beside<'a>(
    known: &mut Known,
    append: &'a Append,
    answer: Option<Answer>,
    recorded: Option<u64>,
    effects: &mut Vec<Effect<'a>>,
) {
    if let Some(answer) = answer {
        if !append.events.is_empty() {
            known.commands.insert(append.command, answer.clone());
        }
        if let Some(key) = &append.key {
            known.answers.insert((key.scope.clone(), key.key.clone()), answer.clone());
            effects.push(Effect::Answer(key, answer));
        }
    }
    for claim in &append.claims {
        if known.claims.insert((claim.space.to_owned(), claim.name.clone()), claim.owner).is_none() {
            effects.push(Effect::Claim(claim));
        }
    }
    for entry in &append.vault {
        if let Some(key) = &entry.key {
            known.vault_keys.insert(entry.person, key.clone());
        }
        effects.push(Effect::Vault(entry));
    }
    effects.extend(append.superseded.iter().map(|commitment| Effect::Supersede(commitment)));
    for person in &append.forget {
        known.vault_keys.remove(person);
        effects.push(Effect::Forget(Forget { person: *person, position: recorded, time: append.time }));
    }
    effects.extend(append.credentials.iter().map(Effect::Credential));
}
