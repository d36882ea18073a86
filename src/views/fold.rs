//! Folding pages of records with nothing skipped in silence: what cannot be decoded parks its subject, an unknown type
//! stops the read models it may concern, and a fold that panics parks the subject it panicked on.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use koinon_events::{Record, RecordError, SchemaError, Subject};
use koinon_projections::{ALL, Entry, Memory, Model};
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
        match Entry::read(&stored.bytes) {
            Ok(entry) => Self::Entry(Box::new(entry)),
            Err(error) => Self::unread(stored, &error),
        }
    }

    fn unread(stored: &Stored, error: &RecordError) -> Self {
        let (position, reason) = (stored.position, error.to_string());
        let subject = Record::parse(&stored.bytes).ok().map(|record| record.subject);
        match (subject, error) {
            (Some(subject), RecordError::Schema(SchemaError::Data { .. })) => Self::Unfit { position, subject, reason },
            (subject, _) => Self::Unknown { position, family: subject.map(|subject| subject.kind.word()), reason },
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
    /// Subjects held back, for each read model.
    pub parked: Vec<HashSet<Subject>>,
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
            parked: vec![HashSet::new(); ALL.len()],
            skipped: HashSet::new(),
            news: Vec::new(),
            forgot: false,
        }
    }
}

impl Fold {
    /// Each read model by itself: no fold looks at another's rows.
    pub fn parts(&mut self) -> impl Iterator<Item = Part<'_>> {
        let Self { memory, progress, parked, skipped, .. } = self;
        let parts = memory.tables.models_mut().zip(progress).zip(parked).enumerate();
        parts.map(|(model, ((table, progress), parked))| Part { model, table, progress, parked, skipped })
    }

    /// Takes over which subjects are held back.
    pub fn hold_back(&mut self, held: impl IntoIterator<Item = Held>) {
        self.parked = vec![HashSet::new(); ALL.len()];
        for held in held {
            self.parked[held.model].insert(held.subject);
        }
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
}

/// Rows that were not in memory: what is stored of them, and that there is nothing of the others.
#[derive(Debug)]
pub(super) struct Loaded {
    pub missing: Vec<Uuid>,
    pub stored: Vec<(Uuid, Bytes)>,
}

/// One read model of a fold.
pub(super) struct Part<'a> {
    /// Its place in [`ALL`].
    pub model: usize,
    pub table: &'a mut dyn Model,
    progress: &'a mut Progress,
    parked: &'a mut HashSet<Subject>,
    skipped: &'a HashSet<u64>,
}

impl Part<'_> {
    /// Puts rows into memory.
    pub fn load(&mut self, loaded: Loaded) -> Result<(), ViewError> {
        for id in loaded.missing {
            self.table.load(id, None)?;
        }
        for (id, doc) in loaded.stored {
            self.table.load(id, Some(&doc))?;
        }
        Ok(())
    }

    /// Folds one record, unless the read model has come past it; tells in `news` what is held back from then on.
    pub fn apply(&mut self, read: &Read, news: &mut Vec<Held>) {
        let Self { model, table, progress, parked, skipped } = self;
        let (model, position, reads) = (*model, read.position(), ALL[*model].reads);
        if progress.stopped.is_some() || position <= progress.position {
            return;
        }
        match read {
            _ if skipped.contains(&position) => {}
            Read::Entry(entry) if !reads.contains(&entry.event.family()) => {}
            Read::Entry(entry) if parked.contains(&entry.subject) => {}
            Read::Entry(entry) => {
                if catch_unwind(AssertUnwindSafe(|| table.apply(entry))).is_err() {
                    let reason = format!("the fold of {} failed", entry.event.name());
                    parked.insert(entry.subject);
                    news.push(Held { model, subject: entry.subject, position, reason });
                }
            }
            Read::Unfit { subject, reason, .. } => {
                if reads.contains(&subject.kind.word()) && parked.insert(*subject) {
                    news.push(Held { model, subject: *subject, position, reason: reason.clone() });
                }
            }
            Read::Unknown { family, reason, .. } => {
                if family.is_none_or(|family| reads.contains(&family)) {
                    progress.stopped = Some(format!("record {position}: {reason}"));
                    return;
                }
            }
        }
        progress.position = position;
    }
}
