//! The city: how it joins, what it needs and offers, how it leaves.

use koinon_events::value::{Country, Line, Zone};
use koinon_events::{CityId, ProgrammeId};

use super::state::Scope;

/// How far a city is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CityStatus {
    /// Asked to take part.
    Applied,
    /// Takes part.
    Selected,
    /// May take part when another leaves.
    Reserve,
    /// Does not take part.
    Rejected,
    /// Takes part and has a partnership.
    Active,
    /// Left.
    Withdrawn,
}

/// What the rules need to know of a city.
#[derive(Debug, Clone, PartialEq)]
pub struct City {
    /// Its identity.
    pub id: CityId,
    /// The programme it takes part in.
    pub programme: ProgrammeId,
    /// How far it is.
    pub status: CityStatus,
    /// Its name.
    pub name: Line,
    /// Its country.
    pub country: Country,
    /// Its time zone.
    pub timezone: Zone,
}

impl City {
    /// What it belongs to.
    pub fn scope(&self) -> Scope {
        Scope { programme: Some(self.programme), cities: vec![self.id], ..Scope::default() }
    }
}
