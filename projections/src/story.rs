//! Stories for tests of folds: what happened, told in the words of the vocabulary, numbered as a log numbers it.

use std::collections::HashMap;

use koinon_events::{Actor, Event, PersonId, Subject};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::entry::Entry;
use crate::memory::Memory;

/// A small stable id: the same number is the same subject.
pub const fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0000 + number)
}

/// What has happened so far.
pub struct Story {
    entries: Vec<Entry>,
    versions: HashMap<Subject, u64>,
    time: String,
}

/// Nothing has happened yet.
pub fn story() -> Story {
    Story { entries: Vec::new(), versions: HashMap::new(), time: "2022-04-04T09:30:00Z".to_owned() }
}

impl Story {
    /// From here on things happen on that day.
    pub fn on(mut self, day: &str) -> Self {
        self.time = format!("{day}T09:30:00Z");
        self
    }

    /// Something happened: the event by its name, its data as recorded.
    pub fn happened(mut self, subject: impl Into<Subject>, name: &str, data: Value) -> Self {
        let subject = subject.into();
        let event = Event::decode(&format!("koinon.{name}.v1"), &data.to_string()).unwrap();
        let version = self.versions.entry(subject).or_default();
        *version += 1;
        self.entries.push(Entry {
            position: self.entries.len() as u64 + 1,
            version: *version,
            time: self.time.parse().unwrap(),
            actor: Actor::Person(PersonId(id(999))),
            subject,
            programme: None,
            partnership: None,
            event,
        });
        self
    }

    /// Everything folded.
    pub fn told(&self) -> Memory {
        let mut memory = Memory::default();
        self.entries.iter().for_each(|entry| memory.apply(entry));
        memory
    }

    /// The row of a subject as it is answered, without what is null or empty.
    pub fn row(&self, collection: &str, id: Uuid) -> Value {
        let memory = self.told();
        let doc = memory.model(collection).unwrap().doc(id).unwrap_or_else(|| panic!("no {collection} {id}"));
        slim(serde_json::from_slice(&doc).unwrap())
    }
}

fn slim(mut row: Value) -> Value {
    if let Some(fields) = row.as_object_mut() {
        fields.retain(|_, value| {
            !(value.is_null() || *value == json!([]) || *value == json!({}) || *value == json!(false))
        });
    }
    row
}
