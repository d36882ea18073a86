//! The person: invited, at work, inactive, erased; and the roles the person holds.

use koinon_events::{CityId, PersonId, ProgrammeId};

use super::state::Scope;

/// How far a person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonStatus {
    /// Has an invitation.
    Invited,
    /// Takes part.
    Active,
    /// Takes part no more.
    Inactive,
    /// All personal values are destroyed.
    Erased,
}

/// What the rules need to know of a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// The person's identity.
    pub id: PersonId,
    /// The programme the person is invited to, when to one.
    pub programme: Option<ProgrammeId>,
    /// The city the person works for, when for one.
    pub city: Option<CityId>,
    /// How far the person is.
    pub status: PersonStatus,
}

impl Person {
    /// What the person belongs to.
    pub fn scope(&self) -> Scope {
        Scope {
            programme: self.programme,
            cities: self.city.into_iter().collect(),
            persons: vec![self.id],
            ..Scope::default()
        }
    }
}
