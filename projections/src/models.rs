//! The table of all read models, and what the runtime does with one whatever it is about.

use koinon_events::{Kind, Subject};
use uuid::Uuid;

use crate::column::{Asked, Column, Filter, Listing, Reach, Wanted, list};
use crate::entry::Entry;
use crate::memory::Memory;
use crate::row::{Projection, Row, Title};
use crate::table::{Change, Table};

/// What is known of a read model without its rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// The collection's name: `visits`.
    pub name: &'static str,
    /// The version of its fold.
    pub version: u32,
    /// The kind of subject a row is about.
    pub kind: Kind,
    /// The families of events it reads.
    pub reads: &'static [&'static str],
    /// Its own columns, after [`Column::STANDARD`].
    pub columns: &'static [Column],
}

impl Shape {
    pub(crate) const fn of<P: Projection>() -> Self {
        Self { name: P::NAME, version: P::VERSION, kind: P::KIND, reads: P::READS, columns: P::COLUMNS }
    }

    /// Every column: the standard ones, then its own.
    pub fn all_columns(&self) -> impl Iterator<Item = &'static Column> + use<> {
        Column::STANDARD.iter().chain(self.columns)
    }

    /// The condition a query parameter asks for; `None` when no column is asked by that name.
    pub fn filter(&self, parameter: &str, values: &[String]) -> Option<Filter> {
        let (column, found) = self.all_columns().enumerate().find(|(_, column)| column.parameter == parameter)?;
        let values = values.iter().map(|value| canonical(value)).collect();
        Some(Filter { column, asked: if found.many { Asked::Is } else { found.asked }, values })
    }
}

/// Ids are compared as they are written: in small letters.
fn canonical(value: &str) -> String {
    if value.len() == 36 && Uuid::try_parse(value).is_ok() { value.to_ascii_lowercase() } else { value.to_owned() }
}

/// What a subject is called and what it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// What it is called.
    pub title: Title,
    /// The programme it belongs to.
    pub programme: Option<koinon_events::ProgrammeId>,
    /// The partnerships it belongs to.
    pub partnerships: Vec<koinon_events::PartnershipId>,
    /// The cities it concerns.
    pub cities: Vec<koinon_events::CityId>,
    /// The persons it concerns.
    pub persons: Vec<koinon_events::PersonId>,
    /// Whether everybody in its programme may see it.
    pub is_published: bool,
    /// The visit it is, or came from.
    pub visit: Option<koinon_events::VisitId>,
}

/// One read model in memory, whatever it is about.
pub trait Model: Send + Sync {
    /// What is known of it without its rows.
    fn shape(&self) -> Shape;

    /// Adds the rows an event touches; nothing changes.
    fn touched(&mut self, entry: &Entry, touched: &mut Vec<Uuid>);

    /// Whether the row is in memory, or known not to be there.
    fn holds(&self, id: Uuid) -> bool;

    /// Puts a stored row into memory, or notes that there is none.
    ///
    /// # Errors
    /// When the JSON is not a row of this read model.
    fn load(&mut self, id: Uuid, doc: Option<&[u8]>) -> Result<(), serde_json::Error>;

    /// Folds an event, if it is of a family that the read model reads.
    fn apply(&mut self, entry: &Entry);

    /// What changed since it was last asked; from then on it counts as stored.
    ///
    /// # Errors
    /// When a row cannot be written as JSON; no row holds such a value.
    fn changes(&mut self) -> Result<Vec<Change>, serde_json::Error>;

    /// How many rows are in memory.
    fn held(&self) -> usize;

    /// The ids that are in memory, with or without a row, in no order.
    fn ids(&self) -> Vec<Uuid>;

    /// Forgets every row in memory.
    fn forget(&mut self);

    /// The words a search finds the row by.
    fn words(&self, id: Uuid) -> String;

    /// The row's JSON.
    fn doc(&self, id: Uuid) -> Option<Vec<u8>>;

    /// A page of rows.
    fn list(&self, wanted: &Wanted) -> Listing;

    /// What the subject is called and what it belongs to.
    fn card(&self, id: Uuid) -> Option<Card>;

    /// Forgets the rows that a reader may not see.
    fn keep(&mut self, reach: &Reach);
}

impl<P: Projection> Model for Table<P> {
    fn shape(&self) -> Shape {
        Shape::of::<P>()
    }

    fn touched(&mut self, entry: &Entry, touched: &mut Vec<Uuid>) {
        self.listen(std::mem::take(touched));
        Model::apply(self, entry);
        *touched = self.heard();
    }

    fn holds(&self, id: Uuid) -> bool {
        Table::holds(self, id)
    }

    fn load(&mut self, id: Uuid, doc: Option<&[u8]>) -> Result<(), serde_json::Error> {
        let row = doc.map(serde_json::from_slice).transpose()?;
        Table::load(self, id, row);
        Ok(())
    }

    fn apply(&mut self, entry: &Entry) {
        if P::READS.contains(&entry.event.family()) {
            P::apply(self, entry);
        }
    }

    fn changes(&mut self) -> Result<Vec<Change>, serde_json::Error> {
        Table::changes(self)
    }

    fn held(&self) -> usize {
        self.len()
    }

    fn ids(&self) -> Vec<Uuid> {
        self.ids().collect()
    }

    fn forget(&mut self) {
        Table::forget(self);
    }

    fn words(&self, id: Uuid) -> String {
        self.get(id).map(Row::words).unwrap_or_default()
    }

    fn doc(&self, id: Uuid) -> Option<Vec<u8>> {
        self.get(id).and_then(|row| serde_json::to_vec(row).ok())
    }

    fn list(&self, wanted: &Wanted) -> Listing {
        list(self.rows(), wanted)
    }

    fn card(&self, id: Uuid) -> Option<Card> {
        self.get(id).map(|row| Card {
            title: row.title(),
            programme: row.programme(),
            partnerships: row.partnerships(),
            cities: row.cities(),
            persons: row.persons(),
            is_published: row.is_published(),
            visit: row.visit(),
        })
    }

    fn keep(&mut self, reach: &Reach) {
        self.retain(|row| reach.covers(row));
    }
}

/// The read model of that name.
pub fn shape(name: &str) -> Option<&'static Shape> {
    ALL.iter().find(|shape| shape.name == name)
}

/// The read model whose rows are about subjects of that kind.
pub fn shape_of(kind: Kind) -> Option<&'static Shape> {
    ALL.iter().find(|shape| shape.kind == kind)
}

macro_rules! models {
    ($($name:ident: $module:ident::$projection:ident),+ $(,)?) => {
        /// Every read model.
        pub const ALL: &[Shape] = &[$(Shape::of::<crate::$module::$projection>()),+];

        /// The rows of every read model.
        #[derive(Debug, Clone, Default)]
        pub struct Tables {
            $(#[doc = concat!("The rows of `", stringify!($name), "`.")]
            pub $name: Table<crate::$module::$projection>,)+
        }

        impl Tables {
            /// Every read model, in the order of [`ALL`].
            pub fn models(&self) -> impl Iterator<Item = &dyn Model> {
                [$(&self.$name as &dyn Model),+].into_iter()
            }

            /// Every read model, in the order of [`ALL`], to be changed.
            pub fn models_mut(&mut self) -> impl Iterator<Item = &mut dyn Model> {
                [$(&mut self.$name as &mut dyn Model),+].into_iter()
            }
        }
    };
}

models! {
    programmes: programmes::Programmes,
    cities: cities::Cities,
    partnerships: partnerships::Partnerships,
    people: people::People,
    visits: visits::Visits,
    meetings: meetings::Meetings,
    learnings: learnings::Learnings,
    projects: projects::Projects,
    pilots: pilots::Pilots,
    actions: actions::Actions,
    documents: documents::Documents,
    discussions: discussions::Discussions,
    reports: reports::Reports,
    tokens: settings::Tokens,
    webhooks: settings::Webhooks,
    followings: settings::Followings,
}

impl Memory {
    /// The read model of that name.
    pub fn model(&self, name: &str) -> Option<&dyn Model> {
        self.tables.models().find(|model| model.shape().name == name)
    }

    /// What a subject is called and what it belongs to.
    pub fn card(&self, subject: Subject) -> Option<Card> {
        self.tables.models().find(|model| model.shape().kind == subject.kind)?.card(subject.id)
    }
}
