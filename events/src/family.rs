//! The one [`Event`] type: a variant per family, a family per noun. The macros give every event its stored name and
//! version, its way into bytes and back, and its line in the schema table.

use crate::schema::{EventType, SchemaError};
use crate::{
    action, city, discussion, document, following, learning, log, meeting, partnership, person, pilot, programme,
    project, report, token, visit, webhook,
};

/// Defines the enum of one noun's events. Each event is a struct of the same name beside it; `Name = 2` gives the
/// version written today (1 when unsaid).
macro_rules! family {
    ($(#[$doc:meta])* $variant:ident: $family:ident { $($event:ident $(= $version:literal)?),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        #[allow(clippy::large_enum_variant)]
        pub enum $family {
            $(#[doc = concat!("See [`struct@", stringify!($event), "`].")] $event($event),)+
        }

        impl $family {
            /// Every event of the family, in the order of its life-cycle.
            pub const TYPES: &'static [$crate::EventType] = &[
                $($crate::EventType { name: stringify!($event), version: 1 $(* $version)?, schema: |generator| generator.subschema_for::<$event>() },)+
            ];

            /// The stored name, without prefix and version: `VisitScheduled`.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$event(_) => stringify!($event),)+ }
            }

            pub(crate) fn data(&self) -> serde_json::Result<serde_json::Value> {
                match self { $(Self::$event(event) => serde_json::to_value(event),)+ }
            }

            pub(crate) fn decode(name: &str, data: &str) -> Option<serde_json::Result<Self>> {
                match name {
                    $(stringify!($event) => Some(serde_json::from_str(data).map(Self::$event)),)+
                    _ => None,
                }
            }
        }

        $(impl From<$event> for $crate::Event {
            fn from(event: $event) -> Self {
                $crate::Event::$variant($family::$event(event))
            }
        })+
    };
}
pub(crate) use family;

macro_rules! families {
    ($($variant:ident($module:ident::$family:ident)),+ $(,)?) => {
        /// Something that happened. One variant per family.
        #[derive(Debug, Clone, PartialEq)]
        #[allow(clippy::large_enum_variant)]
        pub enum Event {
            $(#[doc = concat!("An event of [`", stringify!($module), "`].")] $variant($module::$family),)+
        }

        impl Event {
            /// The tables of all families.
            pub(crate) const FAMILIES: &'static [(&'static str, &'static [EventType])] =
                &[$((stringify!($module), $module::$family::TYPES)),+];

            /// The stored name, without prefix and version: `VisitScheduled`.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$variant(event) => event.name(),)+ }
            }

            /// The noun whose family the event belongs to: `visit`.
            pub fn family(&self) -> &'static str {
                match self { $(Self::$variant(_) => stringify!($module),)+ }
            }

            /// The event's data as JSON, keys sorted.
            ///
            /// # Errors
            /// When a value cannot be written as JSON; no event of the vocabulary holds one.
            pub fn data(&self) -> Result<serde_json::Value, SchemaError> {
                match self { $(Self::$variant(event) => event.data(),)+ }
                    .map_err(|error| SchemaError::Data { name: self.name().to_owned(), reason: error.to_string() })
            }

            /// Reads the current version of an event from its name and data.
            pub(crate) fn decode_current(name: &str, data: &str) -> Result<Self, SchemaError> {
                $(if let Some(decoded) = $module::$family::decode(name, data) {
                    return decoded.map(Self::$variant)
                        .map_err(|error| SchemaError::Data { name: name.to_owned(), reason: error.to_string() });
                })+
                Err(SchemaError::UnknownType { name: name.to_owned() })
            }
        }
    };
}

families! {
    Log(log::LogEvent),
    Programme(programme::ProgrammeEvent),
    City(city::CityEvent),
    Partnership(partnership::PartnershipEvent),
    Person(person::PersonEvent),
    Visit(visit::VisitEvent),
    Meeting(meeting::MeetingEvent),
    Learning(learning::LearningEvent),
    Document(document::DocumentEvent),
    Discussion(discussion::DiscussionEvent),
    Project(project::ProjectEvent),
    Pilot(pilot::PilotEvent),
    Action(action::ActionEvent),
    Report(report::ReportEvent),
    Webhook(webhook::WebhookEvent),
    Token(token::TokenEvent),
    Following(following::FollowingEvent),
}
