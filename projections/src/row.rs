//! What every read model says of itself, and every row of itself.

use koinon_events::{CityId, Kind, PartnershipId, PersonId, ProgrammeId, Sealed, VisitId};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::column::{Column, Value};
use crate::entry::Entry;
use crate::table::Table;

/// A read model: a pure fold of the events of some families into rows, one row a subject of one kind.
///
/// The fold cannot fail. Which rows it touches must follow from the event alone, never from what another row holds:
/// the runtime asks the fold for them beforehand, by running it on a table that only listens.
pub trait Projection: Sized + Send + Sync + 'static {
    /// One row.
    type Row: Row;

    /// The collection's name: `visits`.
    const NAME: &'static str;
    /// Raised with every change of the fold or of a row's form; a new version is built beside the old.
    const VERSION: u32;
    /// The kind of subject a row is about.
    const KIND: Kind;
    /// The families of events it reads; no other reaches it.
    const READS: &'static [&'static str];
    /// What people filter and analyse by; real columns in a database.
    const COLUMNS: &'static [Column];

    /// Folds one event into the rows.
    fn apply(rows: &mut Table<Self>, entry: &Entry);
}

/// What a row tells the runtime.
pub trait Row: Serialize + DeserializeOwned + Clone + PartialEq + std::fmt::Debug + Send + Sync + 'static {
    /// Notes the subject's version, and the position and day of its last event.
    fn stamp(&mut self, entry: &Entry);

    /// The values of the projection's columns, in their order.
    fn values(&self) -> Vec<Value>;

    /// What lists are sorted by, as text that sorts by its bytes; the id decides between equals.
    fn sort(&self) -> String {
        String::new()
    }

    /// The words a search finds the row by; never a personal value.
    fn words(&self) -> String {
        String::new()
    }

    /// What the subject is called.
    fn title(&self) -> Title;

    /// The programme it belongs to.
    fn programme(&self) -> Option<ProgrammeId>;

    /// The partnerships it belongs to.
    fn partnerships(&self) -> Vec<PartnershipId> {
        Vec::new()
    }

    /// The cities it concerns.
    fn cities(&self) -> Vec<CityId> {
        Vec::new()
    }

    /// The visit it is, or came from.
    fn visit(&self) -> Option<VisitId> {
        None
    }

    /// The persons it concerns: assigned experts, owners, the person itself.
    fn persons(&self) -> Vec<PersonId> {
        Vec::new()
    }

    /// Whether it is published, so that everybody in its programme may see it. A list then asks for the status
    /// `published`.
    fn is_published(&self) -> bool {
        false
    }
}

/// What a subject is called, as far as its own row knows.
#[derive(Debug, Clone, PartialEq)]
pub enum Title {
    /// In these words.
    Text(String),
    /// By a personal value that only the edge may open.
    Sealed(Sealed),
    /// By the cities that come and the city that receives: "eThekwini → Porto".
    Journey(Vec<CityId>, CityId),
    /// By its cities: "eThekwini and Porto".
    Cities(Vec<CityId>),
    /// Nothing is known to call it by.
    Unknown,
}

/// Gives a row with fields `version`, `position` and `updated` its stamp.
macro_rules! stamped {
    () => {
        fn stamp(&mut self, entry: &$crate::Entry) {
            self.version = entry.version;
            self.position = entry.position;
            self.updated = entry.time.day();
        }
    };
}
pub(crate) use stamped;

/// Defines the statuses of one noun, as words in kebab-case.
macro_rules! statuses {
    ($(#[$doc:meta])* $name:ident { $($(#[$word:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
            schemars::JsonSchema, strum::Display, strum::EnumIter, strum::IntoStaticStr,
        )]
        #[serde(rename_all = "kebab-case")]
        #[strum(serialize_all = "kebab-case")]
        pub enum $name {
            $($(#[$word])* $variant,)+
        }
    };
}
pub(crate) use statuses;

/// The text of some words a search finds a row by.
pub(crate) fn joined<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    crate::column::plain(&words.into_iter().collect::<Vec<_>>().join(" "))
}

/// A number as text that sorts like it.
pub(crate) fn ranked(number: u64) -> String {
    format!("{number:020}")
}
