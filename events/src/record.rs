//! The record: one CloudEvents 1.0 document in RFC 8785 canonical form, and the template it is numbered from.
//!
//! Everything but position, version and time is known before the log is locked, so the bytes are prepared outside and
//! the numbers are set in between. Nothing ever re-serialises a record.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::canonical::canonical;
use crate::value::{Code, Text, Timestamp};
use crate::{Event, PartnershipId, PersonId, SchemaError, Subject, TokenId};

/// The largest record, in bytes: what a tile entry's 16-bit length can say.
pub const MAX_RECORD: usize = 65_535;

/// Who did it: a person, an API token, or a standing rule of the system.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    /// `person/UUID`
    Person(PersonId),
    /// `token/UUID`
    Token(TokenId),
    /// `system/RULE`
    System(Code),
}

/// A text that names no actor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("must be person/UUID, token/UUID or system/RULE")]
pub struct NotAnActor;

impl fmt::Display for Actor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(id) => id.subject().fmt(out),
            Self::Token(id) => id.subject().fmt(out),
            Self::System(rule) => write!(out, "system/{rule}"),
        }
    }
}

impl FromStr for Actor {
    type Err = NotAnActor;

    fn from_str(text: &str) -> Result<Self, NotAnActor> {
        if let Some(rule) = text.strip_prefix("system/") {
            return Code::parse(rule).map(Self::System).map_err(|_| NotAnActor);
        }
        let subject: Subject = text.parse().map_err(|_| NotAnActor)?;
        match subject.kind {
            crate::Kind::Person => Ok(Self::Person(PersonId(subject.id))),
            crate::Kind::Token => Ok(Self::Token(TokenId(subject.id))),
            _ => Err(NotAnActor),
        }
    }
}

impl Serialize for Actor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Actor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Text::deserialize(deserializer)?.0.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Actor {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Actor".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "person/UUID, token/UUID or system/RULE" })
    }
}

/// An event about to be recorded: all of its envelope but position, version and time.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The record's own id (UUID v7).
    pub id: Uuid,
    /// Who did it.
    pub actor: Actor,
    /// The event that caused it, for what a standing rule did.
    pub causation: Option<Uuid>,
    /// The command that caused it.
    pub command: Uuid,
    /// What belongs together: the first command of the chain.
    pub correlation: Uuid,
    /// What it happened to.
    pub subject: Subject,
    /// The programme's code.
    pub programme: Option<Code>,
    /// The partnership it belongs to.
    pub partnership: Option<PartnershipId>,
    /// What happened.
    pub event: Event,
}

/// A record's canonical bytes around the three numbers that only the log can give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    before_position: Vec<u8>,
    before_time: Vec<u8>,
    before_version: Vec<u8>,
}

/// The most that position, time and version add to a template.
const NUMBERS: usize = 20 + 27 + 20 + 1;

impl Draft {
    /// Prepares the canonical bytes.
    ///
    /// # Errors
    /// [`RecordError::TooLarge`] when the record could exceed 65 535 bytes; [`RecordError::Schema`] when the event's
    /// data cannot be written.
    pub fn template(&self) -> Result<Template, RecordError> {
        let mut head = String::with_capacity(640);
        head.push_str("{\"actor\":\"");
        head.push_str(&self.actor.to_string());
        if let Some(causation) = self.causation {
            head.push_str(&format!("\",\"causation\":\"{causation}"));
        }
        head.push_str(&format!(
            "\",\"command\":\"{}\",\"correlation\":\"{}\",\"data\":",
            self.command, self.correlation
        ));
        head.push_str(&canonical(&self.event.data()?));
        head.push_str(&format!(",\"datacontenttype\":\"application/json\",\"id\":\"{}\"", self.id));
        if let Some(partnership) = self.partnership {
            head.push_str(&format!(",\"partnership\":\"{partnership}\""));
        }
        head.push_str(",\"position\":");
        let (programme, source) = match &self.programme {
            Some(code) => (format!(",\"programme\":\"{code}\""), format!("/programmes/{code}")),
            None => (String::new(), "/".to_owned()),
        };
        let middle = format!(
            "{programme},\"source\":\"{source}\",\"specversion\":\"1.0\",\"subject\":\"{}\",\"time\":\"",
            self.subject
        );
        let tail = format!("\",\"type\":\"{}\",\"version\":", self.event.stored_type());
        let length = head.len() + middle.len() + tail.len() + NUMBERS;
        if length > MAX_RECORD {
            return Err(RecordError::TooLarge { bytes: length });
        }
        Ok(Template { before_position: head.into(), before_time: middle.into(), before_version: tail.into() })
    }
}

impl Template {
    /// The most bytes the record can have.
    pub fn largest(&self) -> usize {
        self.before_position.len() + self.before_time.len() + self.before_version.len() + NUMBERS
    }

    /// The record's bytes at that place in the log.
    pub fn number(&self, position: u64, version: u64, time: Timestamp) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.largest());
        bytes.extend_from_slice(&self.before_position);
        bytes.extend_from_slice(position.to_string().as_bytes());
        bytes.extend_from_slice(&self.before_time);
        bytes.extend_from_slice(time.to_string().as_bytes());
        bytes.extend_from_slice(&self.before_version);
        bytes.extend_from_slice(version.to_string().as_bytes());
        bytes.push(b'}');
        bytes
    }
}

/// Why bytes are not a record, or an event cannot become one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// The envelope does not parse.
    #[error("this is not a record: {reason}")]
    Envelope {
        /// What does not fit.
        reason: String,
    },
    /// The event inside is not of this vocabulary.
    #[error(transparent)]
    Schema(#[from] SchemaError),
    /// The record would be larger than 65 535 bytes.
    #[error("the record would be {bytes} bytes, more than 65 535")]
    TooLarge {
        /// How large it would be.
        bytes: usize,
    },
}

/// A record read back: the envelope, with the event's data still as it was stored.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Who did it.
    pub actor: Actor,
    /// The event that caused it, for what a standing rule did.
    #[serde(default)]
    pub causation: Option<Uuid>,
    /// The command that caused it.
    pub command: Uuid,
    /// What belongs together.
    pub correlation: Uuid,
    /// The event's data as stored.
    pub data: Box<RawValue>,
    /// Always `application/json`.
    pub datacontenttype: String,
    /// The record's own id.
    pub id: Uuid,
    /// The partnership it belongs to.
    #[serde(default)]
    pub partnership: Option<PartnershipId>,
    /// 1, 2, 3 … over the whole log.
    pub position: u64,
    /// The programme's code.
    #[serde(default)]
    pub programme: Option<Code>,
    /// `/programmes/CODE` or `/`.
    pub source: String,
    /// Always `1.0`.
    pub specversion: String,
    /// What it happened to.
    pub subject: Subject,
    /// When it was recorded.
    pub time: Timestamp,
    /// `koinon.VisitScheduled.v1`.
    #[serde(rename = "type")]
    pub stored_type: String,
    /// 1, 2, 3 … within the subject.
    pub version: u64,
}

impl Record {
    /// Reads the envelope.
    ///
    /// # Errors
    /// [`RecordError::Envelope`] when the bytes are no record.
    pub fn parse(bytes: &[u8]) -> Result<Self, RecordError> {
        let no_record = |reason: String| RecordError::Envelope { reason };
        // Looked at as text once, and not anew with each text in it.
        let text = std::str::from_utf8(bytes).map_err(|error| no_record(error.to_string()))?;
        serde_json::from_str(text).map_err(|error| no_record(error.to_string()))
    }

    /// Reads the event inside.
    ///
    /// # Errors
    /// [`SchemaError`] when its type or data is not of this vocabulary.
    pub fn event(&self) -> Result<Event, SchemaError> {
        Event::decode(&self.stored_type, self.data.get())
    }
}
