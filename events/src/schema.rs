//! The one table of stored names and versions, and the JSON Schemas of all events.

use std::collections::HashMap;
use std::sync::LazyLock;

use schemars::{Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Value, json};

use crate::family::Event;
use crate::upcast;

/// One event as it is stored.
#[derive(Clone, Copy)]
pub struct EventType {
    /// `VisitScheduled`.
    pub name: &'static str,
    /// The version written today.
    pub version: u32,
    /// Describes the event's data.
    pub schema: fn(&mut SchemaGenerator) -> Schema,
}

impl EventType {
    /// The CloudEvents type: `koinon.VisitScheduled.v1`.
    pub fn stored(&self) -> String {
        format!("koinon.{}.v{}", self.name, self.version)
    }
}

/// Every event type, by family.
pub const TABLE: &[(&str, &[EventType])] = Event::FAMILIES;

static BY_NAME: LazyLock<HashMap<&'static str, &'static EventType>> =
    LazyLock::new(|| TABLE.iter().flat_map(|(_, types)| types.iter()).map(|each| (each.name, each)).collect());

/// The event type of that name, if the vocabulary has it.
pub fn event_type(name: &str) -> Option<&'static EventType> {
    BY_NAME.get(name).copied()
}

/// Why recorded data is not an event of this vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SchemaError {
    /// The type is not `koinon.NAME.vN`, or no event has that name.
    #[error("no event type is called {name:?}; a newer version of Koinon may have recorded it")]
    UnknownType {
        /// The type as recorded.
        name: String,
    },
    /// The event is known, but this version of it is newer than this program.
    #[error("{name} is recorded in version {version}, which is newer than this program")]
    NewerVersion {
        /// The event's name.
        name: String,
        /// The version recorded.
        version: u32,
    },
    /// The data does not fit the event.
    #[error("the data of {name} does not fit: {reason}")]
    Data {
        /// The event's name.
        name: String,
        /// What does not fit.
        reason: String,
    },
}

impl Event {
    /// The CloudEvents type written today: `koinon.VisitScheduled.v1`.
    pub fn stored_type(&self) -> String {
        let version = event_type(self.name()).map_or(1, |each| each.version);
        format!("koinon.{}.v{version}", self.name())
    }

    /// Reads an event from its stored type and its data as JSON, bringing older versions up to today's.
    ///
    /// # Errors
    /// [`SchemaError`] when the type is unknown or newer, or the data does not fit.
    pub fn decode(stored: &str, data: &str) -> Result<Self, SchemaError> {
        let unknown = || SchemaError::UnknownType { name: stored.to_owned() };
        let (name, version) =
            stored.strip_prefix("koinon.").and_then(|rest| rest.rsplit_once(".v")).ok_or_else(unknown)?;
        let version: u32 = version.parse().map_err(|_| unknown())?;
        let current = event_type(name).map(|each| each.version);
        if current == Some(version) {
            return Self::decode_current(name, data);
        }
        if current.is_some_and(|current| version > current) {
            return Err(SchemaError::NewerVersion { name: name.to_owned(), version });
        }
        let (name, data) = upcast::to_current(upcast::UPCASTS, name, version, data).ok_or_else(unknown)?;
        Self::decode_current(&name, data.get())
    }
}

/// JSON Schemas (draft 2020-12) of every event's data, by stored type, each self-contained.
pub fn self_contained_schemas() -> serde_json::Map<String, Value> {
    let of = |schema: fn(&mut SchemaGenerator) -> Schema| {
        let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
        schema(&mut settings.into_generator()).to_value()
    };
    TABLE.iter().flat_map(|(_, types)| types.iter()).map(|each| (each.stored(), of(each.schema))).collect()
}

/// JSON Schemas (draft 2020-12) of every event's data, by stored type, with what they share beside them.
pub fn schemas() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let events: serde_json::Map<String, Value> = TABLE
        .iter()
        .flat_map(|(_, types)| types.iter())
        .map(|each| (each.stored(), (each.schema)(&mut generator).to_value()))
        .collect();
    json!({ "events": events, "$defs": generator.take_definitions(true) })
}
