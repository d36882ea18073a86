//! The partnership: cities of two or more countries that agree to work together.

use koinon_events::value::Code;
use koinon_events::{CityId, PartnershipId, ProgrammeId};

use super::state::Scope;

/// How far a partnership is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartnershipStatus {
    /// Waits for its cities' word.
    Proposed,
    /// Every city accepted.
    Formed,
    /// Met for the first time.
    KickedOff,
    /// Agreed its topics.
    Active,
    /// Did what it set out to do.
    Completed,
    /// Rests.
    Suspended,
    /// Ended before its time.
    Dissolved,
}

/// What the rules need to know of a partnership.
#[derive(Debug, Clone, PartialEq)]
pub struct Partnership {
    /// Its identity.
    pub id: PartnershipId,
    /// Its programme.
    pub programme: ProgrammeId,
    /// How far it is.
    pub status: PartnershipStatus,
    /// Its cities.
    pub cities: Vec<CityId>,
    /// Codes of its themes.
    pub themes: Vec<Code>,
}

impl Partnership {
    /// What it belongs to.
    pub fn scope(&self) -> Scope {
        Scope {
            programme: Some(self.programme),
            partnership: Some(self.id),
            cities: self.cities.clone(),
            ..Scope::default()
        }
    }

    /// Whether visits, meetings and pilots can be planned in it.
    pub fn is_working(&self) -> bool {
        matches!(self.status, PartnershipStatus::Formed | PartnershipStatus::KickedOff | PartnershipStatus::Active)
    }
}
