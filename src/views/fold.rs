//! Folding pages of records with nothing skipped in silence: what cannot be decoded parks its subject, an unknown type
//! stops the read models it may concern, and a fold that panics parks the subject it panicked on.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use koinon_events::{Record, SchemaError, Subject};
use koinon_projections::{ALL, Entry, Memory};
use uuid::Uuid;

use super::ViewError;
use crate::store::Stored;

/// A record as far as it could be read.
#[derive(Debug)]
pub(super) enum Read {
    /// Whole.
    Entry(Box<Entry>),
    /// The envelope, but not the event: its data does not fit.
    Unfit { position: u64, subject: Subject, reason: String },
    /// A type or an envelope that this program does not know; `family` is absent when not even the subject's kind is
    /// known.
    Unknown { position: u64, family: Option<&'static str>, reason: String },
}

impl Read {
    /// Reads a stored record.
    pub fn of(stored: &Stored) -> Self {
        let position = stored.position;
        let record = match Record::parse(&stored.bytes) {
            Ok(record) => record,
            Err(error) => return Self::Unknown { position, family: None, reason: error.to_string() },
        };
        let subject = record.subject;
        match Entry::of(record) {
            Ok(entry) => Self::Entry(Box::new(entry)),
            Err(error @ SchemaError::Data { .. }) => Self::Unfit { position, subject, reason: error.to_string() },
            Err(error) => Self::Unknown { position, family: Some(subject.kind.word()), reason: error.to_string() },
        }
    }

    pub fn position(&self) -> u64 {
        match self {
            Self::Entry(entry) => entry.position,
            Self::Unfit { position, .. } | Self::Unknown { position, .. } => *position,
        }
    }
}

/// A subject held back in one read model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Held {
    /// The read model, by its place in [`ALL`].
    pub model: usize,
    pub subject: Subject,
    pub position: u64,
    pub reason: String,
}

/// How far one read model is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Progress {
    pub position: u64,
    pub stopped: Option<String>,
    /// How often its table was replaced.
    pub serial: u64,
}

/// The read models in memory, and how far each is.
#[derive(Debug, Clone)]
pub(super) struct Fold {
    pub memory: Memory,
    pub progress: Vec<Progress>,
    pub parked: HashSet<(usize, Subject)>,
    /// Records that somebody decided to pass over, for a reason that is kept.
    pub skipped: HashSet<u64>,
    /// Parked since last asked.
    pub news: Vec<Held>,
    /// Whether rows were forgotten that may be stored.
    pub forgot: bool,
}

impl Default for Fold {
    fn default() -> Self {
        Self {
            memory: Memory::default(),
            progress: vec![Progress::default(); ALL.len()],
            parked: HashSet::new(),
            skipped: HashSet::new(),
            news: Vec::new(),
            forgot: false,
        }
    }
}

impl Fold {
    /// Folds one record into the read models that `wanted` names, where they have not come past it.
    pub fn apply(&mut self, read: &Read, wanted: &[bool]) {
        let position = read.position();
        let Self { memory, progress, parked, skipped, news, .. } = self;
        for (model, table) in memory.tables.models_mut().enumerate() {
            let at = &mut progress[model];
            if !wanted[model] || at.stopped.is_some() || position <= at.position {
                continue;
            }
            let reads = ALL[model].reads;
            match read {
                _ if skipped.contains(&position) => {}
                Read::Entry(entry) if !reads.contains(&entry.event.family()) => {}
                Read::Entry(entry) if parked.contains(&(model, entry.subject)) => {}
                Read::Entry(entry) => {
                    if catch_unwind(AssertUnwindSafe(|| table.apply(entry))).is_err() {
                        let reason = format!("the fold of {} failed", entry.event.name());
                        parked.insert((model, entry.subject));
                        news.push(Held { model, subject: entry.subject, position, reason });
                    }
                }
                Read::Unfit { subject, reason, .. } => {
                    if reads.contains(&subject.kind.word()) && parked.insert((model, *subject)) {
                        news.push(Held { model, subject: *subject, position, reason: reason.clone() });
                    }
                }
                Read::Unknown { family, reason, .. } => {
                    if family.is_none_or(|family| reads.contains(&family)) {
                        at.stopped = Some(format!("record {position}: {reason}"));
                        continue;
                    }
                }
            }
            at.position = position;
        }
        memory.pass(position);
    }

    /// Forgets every row in memory.
    pub fn forget(&mut self) {
        self.memory.tables.models_mut().for_each(|model| model.forget());
        self.forgot = true;
    }

    /// Whether no row of a read model is stored that is not in memory.
    pub fn has_all(&self, model: usize) -> bool {
        !self.forgot || self.progress[model].position == 0
    }

    /// The rows of a read model that the records will touch and that are not in memory.
    pub fn missing(&mut self, model: usize, reads: &[Read]) -> Vec<Uuid> {
        let progress = &self.progress[model];
        let from = progress.position;
        let Some(table) = self.memory.tables.models_mut().nth(model).filter(|_| progress.stopped.is_none()) else {
            return Vec::new();
        };
        let mut touched: Vec<Uuid> = Vec::new();
        for read in reads {
            if let Read::Entry(entry) = read
                && entry.position > from
            {
                table.touched(entry, &mut touched);
            }
        }
        touched.sort_unstable();
        touched.dedup();
        touched.retain(|id| !table.holds(*id));
        touched
    }

    /// Puts rows into memory: those that are stored, and that there is none of the others.
    pub fn put(&mut self, model: usize, missing: Vec<Uuid>, stored: Vec<(Uuid, Bytes)>) -> Result<(), ViewError> {
        let Some(table) = self.memory.tables.models_mut().nth(model) else { return Ok(()) };
        for id in missing {
            table.load(id, None)?;
        }
        for (id, doc) in stored {
            table.load(id, Some(&doc))?;
        }
        Ok(())
    }

    /// Folds one record into every read model.
    pub fn apply_to_all(&mut self, read: &Read) {
        self.apply(read, &[true; ALL.len()]);
    }
}
