//! What the rules stand on: the rows of one programme, in the order things began, and what several rules ask of them.

use std::collections::{BTreeMap, BTreeSet};

use koinon_events::report::ReportScope;
use koinon_events::value::{Country, Day};
use koinon_events::{CityId, DocumentId, PartnershipId, PersonId, ProgrammeId, Subject};

use super::{Amount, Counted, NotCounted, Part, Period};
use crate::actions::ActionRow;
use crate::cities::CityRow;
use crate::documents::{DocumentRow, DocumentStatus};
use crate::learnings::LearningRow;
use crate::mark::Mark;
use crate::meetings::MeetingRow;
use crate::models::Tables;
use crate::partnerships::PartnershipRow;
use crate::pilots::PilotRow;
use crate::programmes::ProgrammeRow;
use crate::row::Row;
use crate::visits::VisitRow;

/// What part of a programme is looked at.
#[derive(Clone)]
enum Share {
    /// All of it.
    Whole,
    /// What concerns any of these cities.
    Cities(BTreeSet<CityId>),
    /// What belongs to this partnership.
    Partnership(PartnershipId),
}

impl Share {
    fn holds(&self, row: &impl Row) -> bool {
        match self {
            Self::Whole => true,
            Self::Cities(cities) => row.cities().iter().any(|city| cities.contains(city)),
            Self::Partnership(partnership) => row.partnerships().contains(partnership),
        }
    }
}

/// The rows of one programme, the period to count over, and the day by which lateness is judged.
pub struct Ground<'a> {
    tables: &'a Tables,
    part: Share,
    /// The programme.
    pub programme: &'a ProgrammeRow,
    /// The period to count over.
    pub period: Period,
    /// The day by which lateness is judged.
    pub day: Day,
}

macro_rules! rows_of {
    ($($(#[$doc:meta])* $name:ident: $row:ident;)+) => {$(
        $(#[$doc])*
        pub fn $name(&self) -> Vec<&'a $row> {
            let of_programme = self.tables.$name.rows().filter(|(_, row)| {
                row.programme == self.programme.id && self.part.holds(*row)
            });
            let mut rows: Vec<_> = of_programme.map(|(_, row)| row).collect();
            rows.sort_by_key(|row| (row.begun.position, row.id));
            rows
        }
    )+};
}

impl<'a> Ground<'a> {
    /// The ground of a programme; `None` when there is no such programme.
    pub fn new(tables: &'a Tables, programme: ProgrammeId, period: Period, day: Day) -> Option<Self> {
        Self::of_scope(tables, programme, period, day, &ReportScope::Programme {})
    }

    /// The ground of a part of a programme: what concerns its cities or its partnership.
    pub fn of_scope(
        tables: &'a Tables,
        programme: ProgrammeId,
        period: Period,
        day: Day,
        scope: &ReportScope,
    ) -> Option<Self> {
        let part = match scope {
            ReportScope::Programme {} => Share::Whole,
            ReportScope::Strand { strand } => {
                let cities = tables.cities.rows().map(|(_, city)| city);
                let within = cities.filter(|city| city.programme == programme && city.strand == *strand);
                Share::Cities(within.map(|city| city.id).collect())
            }
            ReportScope::City { city } => Share::Cities(BTreeSet::from([*city])),
            ReportScope::Partnership { partnership } => Share::Partnership(*partnership),
        };
        Some(Self { tables, part, programme: tables.programmes.get(programme.0)?, period, day })
    }

    /// The same ground over another period.
    pub fn over(&self, period: Period) -> Self {
        Self { tables: self.tables, part: self.part.clone(), programme: self.programme, period, day: self.day }
    }

    rows_of! {
        /// Its cities.
        cities: CityRow;
        /// Its partnerships.
        partnerships: PartnershipRow;
        /// Its visits.
        visits: VisitRow;
        /// Its meetings and webinars.
        meetings: MeetingRow;
        /// Its learnings.
        learnings: LearningRow;
        /// Its pilots.
        pilots: PilotRow;
        /// Its actions.
        actions: ActionRow;
    }

    /// Its documents, whatever part is looked at.
    pub fn documents(&self) -> Vec<&'a DocumentRow> {
        let rows = self.tables.documents.rows().map(|(_, row)| row);
        let mut rows: Vec<_> = rows.filter(|row| row.programme == self.programme.id).collect();
        rows.sort_by_key(|row| (row.begun.position, row.id));
        rows
    }

    /// A city of any programme.
    pub fn city(&self, city: CityId) -> Option<&'a CityRow> {
        self.tables.cities.get(city.0)
    }

    /// The countries of cities.
    pub fn countries(&self, cities: impl IntoIterator<Item = CityId>) -> BTreeSet<Country> {
        cities.into_iter().filter_map(|city| self.city(city)).map(|city| city.country).collect()
    }

    /// The countries of the cities that persons work for, as far as they are known.
    pub fn countries_of_persons(&self, persons: &[PersonId]) -> BTreeSet<Country> {
        self.countries(persons.iter().filter_map(|person| self.tables.people.get(person.0)?.city))
    }

    /// Whether a document is registered and was not withdrawn.
    pub fn stands(&self, document: DocumentId) -> bool {
        self.tables.documents.get(document.0).is_some_and(|row| row.status == DocumentStatus::Registered)
    }

    /// Whether any of these documents stands.
    pub fn any_stands<'d>(&self, documents: impl IntoIterator<Item = &'d DocumentId>) -> bool {
        documents.into_iter().any(|document| self.stands(*document))
    }

    /// The event that linked a standing document to an event, or an attendance sheet to the subject it is about.
    pub fn linked_sheet(&self, mark: Mark, subject: Subject, evidence: &[DocumentId]) -> Option<u64> {
        let of_subject = evidence.iter().filter_map(|document| self.tables.documents.get(document.0));
        let by_subject = of_subject
            .filter(|row| row.status == DocumentStatus::Registered && row.kind.as_str() == "attendance-sheet")
            .flat_map(|row| &row.claims)
            .filter(|claim| claim.subject == Some(subject))
            .map(|claim| claim.mark.position);
        let standing = self.tables.documents.rows().filter(|(_, row)| row.status == DocumentStatus::Registered);
        let by_position = standing
            .flat_map(|(_, row)| &row.claims)
            .filter(|claim| claim.position == Some(mark.position))
            .map(|claim| claim.mark.position);
        by_subject.chain(by_position).min()
    }
}

/// What a rule counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Count {
    /// What counts.
    pub counted: Vec<Counted>,
    /// What was looked at and does not.
    pub not_counted: Vec<NotCounted>,
    /// Shares, by name.
    pub parts: Vec<Part>,
    /// The value, where it is not the sum of what counts.
    pub value: Option<Amount>,
}

impl Count {
    /// Something counts.
    pub fn yes(&mut self, subject: impl Into<Subject>, positions: impl IntoIterator<Item = u64>, amount: Amount) {
        self.counted.push(Counted { subject: subject.into(), positions: sorted(positions), amount });
    }

    /// Something does not count.
    pub fn no(
        &mut self,
        subject: impl Into<Subject>,
        positions: impl IntoIterator<Item = u64>,
        cause: &str,
        why: impl Into<String>,
    ) {
        self.not_counted.push(NotCounted {
            subject: subject.into(),
            positions: sorted(positions),
            cause: cause.to_owned(),
            why: why.into(),
        });
    }

    /// Sets the shares, by name.
    pub fn shares(&mut self, shares: BTreeMap<String, Amount>) {
        self.parts = shares.into_iter().map(|(name, value)| Part { name, value }).collect();
    }

    /// Adds a share.
    pub fn share(&mut self, name: &str, value: usize) {
        self.parts.push(Part { name: name.to_owned(), value: Amount::of(value) });
    }
}

fn sorted(positions: impl IntoIterator<Item = u64>) -> Vec<u64> {
    let mut positions: Vec<u64> = positions.into_iter().collect();
    positions.sort_unstable();
    positions.dedup();
    positions
}

/// Why something that is shown does not count yet.
pub(super) const NO_EVIDENCE: &str = "no-evidence-yet";
/// Why something of one country does not count.
pub(super) const ONE_COUNTRY: &str = "one-country";
