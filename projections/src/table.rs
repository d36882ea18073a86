//! The rows of one read model in memory: what a fold reads and changes, and what changed since it was last written.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Place;
use std::sync::Arc;

use koinon_events::Subject;
use uuid::Uuid;

use crate::column::{Value, all_values};
use crate::entry::Entry;
use crate::row::{Projection, Row};

/// A row as it lies in memory. Copies of a table share rows until one changes them.
#[derive(Debug, Clone)]
struct Slot<R> {
    row: Option<Arc<R>>,
    dirty: bool,
}

/// The rows of one read model, by id.
#[derive(Debug)]
pub struct Table<P: Projection> {
    slots: HashMap<Uuid, Slot<P::Row>>,
    dirty: Vec<Uuid>,
    listening: Option<Vec<Uuid>>,
}

/// One row that changed since the table was last written.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The row's id.
    pub id: Uuid,
    /// Its JSON: what is answered.
    pub doc: Vec<u8>,
    /// The values of its columns.
    pub values: Vec<Value>,
    /// What lists are sorted by.
    pub sort: String,
}

impl<P: Projection> Default for Table<P> {
    fn default() -> Self {
        Self { slots: HashMap::new(), dirty: Vec::new(), listening: None }
    }
}

impl<P: Projection> Clone for Table<P> {
    fn clone(&self) -> Self {
        Self { slots: self.slots.clone(), dirty: self.dirty.clone(), listening: self.listening.clone() }
    }
}

impl<P: Projection> Table<P> {
    /// Makes the row of that id, or makes it anew from what it was.
    pub fn put(&mut self, entry: &Entry, make: impl FnOnce(Option<&P::Row>) -> P::Row) {
        let id = entry.subject.id;
        if self.listens(id) {
            return;
        }
        let slot = match self.slots.entry(id) {
            Place::Occupied(place) => place.into_mut(),
            Place::Vacant(place) => place.insert(Slot { row: None, dirty: false }),
        };
        let mut row = make(slot.row.as_deref());
        row.stamp(entry);
        Self::mark(&mut self.dirty, id, slot);
        slot.row = Some(Arc::new(row));
    }

    /// Changes the row of the entry's own subject, and notes the subject's version and position.
    pub fn own(&mut self, entry: &Entry, change: impl FnOnce(&mut P::Row)) {
        self.change(entry.subject.id, |row| {
            change(row);
            row.stamp(entry);
        });
    }

    /// Changes the row of a subject, if it is one of this table's kind.
    pub fn link(&mut self, subject: Subject, change: impl FnOnce(&mut P::Row)) {
        if subject.kind == P::KIND {
            self.change(subject.id, change);
        }
    }

    /// Changes the row of that id, if there is one.
    pub fn change(&mut self, id: Uuid, change: impl FnOnce(&mut P::Row)) {
        if self.listens(id) {
            return;
        }
        let Some(slot) = self.slots.get_mut(&id) else { return };
        if slot.row.is_none() {
            return;
        }
        Self::mark(&mut self.dirty, id, slot);
        if let Some(row) = slot.row.as_mut() {
            change(Arc::make_mut(row));
        }
    }

    fn listens(&mut self, id: Uuid) -> bool {
        match &mut self.listening {
            Some(heard) => {
                heard.push(id);
                true
            }
            None => false,
        }
    }

    fn mark(dirty: &mut Vec<Uuid>, id: Uuid, slot: &mut Slot<P::Row>) {
        if !slot.dirty {
            slot.dirty = true;
            dirty.push(id);
        }
    }

    /// The row of that id.
    pub fn get(&self, id: Uuid) -> Option<&P::Row> {
        self.slots.get(&id)?.row.as_deref()
    }

    /// Every row, in no order.
    pub fn rows(&self) -> impl Iterator<Item = (Uuid, &P::Row)> {
        self.slots.iter().filter_map(|(id, slot)| slot.row.as_deref().map(|row| (*id, row)))
    }

    /// Every id that is held, with or without a row, in no order.
    pub fn ids(&self) -> impl Iterator<Item = Uuid> + use<'_, P> {
        self.slots.keys().copied()
    }

    /// How many ids are held, with or without a row.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether nothing is held.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    pub(crate) fn listen(&mut self, heard: Vec<Uuid>) {
        self.listening = Some(heard);
    }

    pub(crate) fn heard(&mut self) -> Vec<Uuid> {
        self.listening.take().unwrap_or_default()
    }

    pub(crate) fn holds(&self, id: Uuid) -> bool {
        self.slots.contains_key(&id)
    }

    pub(crate) fn load(&mut self, id: Uuid, row: Option<P::Row>) {
        self.slots.insert(id, Slot { row: row.map(Arc::new), dirty: false });
    }

    pub(crate) fn retain(&mut self, keeps: impl Fn(&P::Row) -> bool) {
        self.slots.retain(|_, slot| slot.row.as_deref().is_none_or(&keeps));
    }

    pub(crate) fn forget(&mut self) {
        self.slots.clear();
        self.dirty.clear();
    }

    /// What changed since it was last asked, by id; from now on that counts as stored.
    pub(crate) fn changes(&mut self) -> Result<Vec<Change>, serde_json::Error> {
        let mut dirty = std::mem::take(&mut self.dirty);
        dirty.sort_unstable();
        let mut changes = Vec::with_capacity(dirty.len());
        // Written here first, so that each row's JSON takes no more memory than it is long.
        let mut doc = Vec::new();
        for id in dirty {
            let Some(slot) = self.slots.get_mut(&id) else { continue };
            slot.dirty = false;
            let Some(row) = slot.row.as_deref() else { continue };
            doc.clear();
            serde_json::to_writer(&mut doc, row)?;
            changes.push(Change { id, doc: doc.as_slice().to_vec(), values: all_values(row), sort: row.sort() });
        }
        Ok(changes)
    }
}
