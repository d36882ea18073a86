//! Identities: one newtype per kind of subject, and the subject address `kind/uuid` that stands in every record.
//!
//! An id promises only that it is a UUID; whether the subject exists is the log's to say.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use crate::value::Text;

/// What a subject is. The word is the first half of the subject address.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, strum::IntoStaticStr, strum::EnumString, strum::EnumIter,
)]
#[strum(serialize_all = "kebab-case")]
pub enum Kind {
    /// The log itself.
    Log,
    /// A funded programme.
    Programme,
    /// A city taking part, or asking to.
    City,
    /// Two or more cities working together.
    Partnership,
    /// A person known to the programme.
    Person,
    /// A study visit, expert mission, return visit or masterclass.
    Visit,
    /// A meeting or webinar.
    Meeting,
    /// Something learned, with what it takes to use it elsewhere.
    Learning,
    /// A cooperation project.
    Project,
    /// A pilot.
    Pilot,
    /// A follow-up action.
    Action,
    /// A registered document.
    Document,
    /// A discussion on another subject.
    Discussion,
    /// A periodic report.
    Report,
    /// A webhook.
    Webhook,
    /// An API token.
    Token,
    /// What one person follows.
    Following,
}

impl Kind {
    /// The word used in subject addresses, e.g. `visit`.
    pub fn word(self) -> &'static str {
        self.into()
    }
}

/// The address of a subject: `kind/uuid`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// What it is.
    pub kind: Kind,
    /// Which one.
    pub id: Uuid,
}

/// A text that is not `kind/uuid` with a known kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("must be a kind and a UUID, such as visit/0197a8c2-0000-7000-8000-000000000000")]
pub struct NotASubject;

impl fmt::Display for Subject {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.kind.word(), self.id)
    }
}

impl FromStr for Subject {
    type Err = NotASubject;

    fn from_str(text: &str) -> Result<Self, NotASubject> {
        let (kind, id) = text.split_once('/').ok_or(NotASubject)?;
        Ok(Self { kind: kind.parse().map_err(|_| NotASubject)?, id: parse_uuid(id).ok_or(NotASubject)? })
    }
}

/// Only the hyphenated form is accepted, in any case, so that one subject has one address.
pub(crate) fn parse_uuid(text: &str) -> Option<Uuid> {
    (text.len() == 36).then(|| Uuid::try_parse(text).ok()).flatten()
}

impl Serialize for Subject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Subject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Text(text) = Text::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Subject {
    fn schema_name() -> Cow<'static, str> {
        "Subject".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[a-z]+/[0-9a-fA-F-]{36}$", "description": "A subject's address, kind/uuid" })
    }
}

macro_rules! define_id {
    ($($(#[$doc:meta])* $name:ident => $kind:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The address of this subject.
            pub fn subject(self) -> Subject {
                Subject { kind: Kind::$kind, id: self.0 }
            }
        }

        impl From<$name> for Subject {
            fn from(id: $name) -> Subject {
                id.subject()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(out)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let Text(text) = Text::deserialize(deserializer)?;
                parse_uuid(&text).map($name).ok_or_else(|| serde::de::Error::custom("must be a UUID"))
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "format": "uuid", "description": concat!("The id of a ", stringify!($kind)) })
            }
        }
    )+};
}

define_id! {
    /// Identity of the log.
    LogId => Log;
    /// Identity of a programme.
    ProgrammeId => Programme;
    /// Identity of a city.
    CityId => City;
    /// Identity of a partnership.
    PartnershipId => Partnership;
    /// Identity of a person.
    PersonId => Person;
    /// Identity of a visit.
    VisitId => Visit;
    /// Identity of a meeting.
    MeetingId => Meeting;
    /// Identity of a learning.
    LearningId => Learning;
    /// Identity of a cooperation project.
    ProjectId => Project;
    /// Identity of a pilot.
    PilotId => Pilot;
    /// Identity of an action.
    ActionId => Action;
    /// Identity of a document.
    DocumentId => Document;
    /// Identity of a discussion.
    DiscussionId => Discussion;
    /// Identity of a report.
    ReportId => Report;
    /// Identity of a webhook.
    WebhookId => Webhook;
    /// Identity of an API token.
    TokenId => Token;
    /// Identity of one person's following.
    FollowingId => Following;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_reads_back_as_written() {
        let text = "visit/0197a8c2-0000-7000-8000-000000000001";
        assert_eq!(text.parse::<Subject>().unwrap().to_string(), text);
    }

    #[test]
    fn a_subject_of_an_unknown_kind_is_refused() {
        assert_eq!("excursion/0197a8c2-0000-7000-8000-000000000001".parse::<Subject>(), Err(NotASubject));
        assert_eq!("visit/42".parse::<Subject>(), Err(NotASubject));
    }
}
