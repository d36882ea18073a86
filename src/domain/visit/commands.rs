//! What can be asked of a visit.

use koinon_events::value::{Code, Day, Month, Prose};
use koinon_events::visit::{VisitFormat, VisitKind};
use koinon_events::{CityId, PartnershipId, ProgrammeId, Subject, VisitId};
use schemars::JsonSchema;
use serde::Deserialize;

/// Proposes a visit for some window, such as a month, before dates are known.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposeVisit {
    /// The new visit's id.
    pub id: VisitId,
    /// The programme it belongs to.
    pub programme: ProgrammeId,
    /// The partnership it belongs to, if one.
    pub partnership: Option<PartnershipId>,
    /// What it is for.
    pub kind: VisitKind,
    /// Whether people travel.
    pub format: VisitFormat,
    /// The city that receives.
    pub host_city: CityId,
    /// The cities that come.
    pub visiting_cities: Vec<CityId>,
    /// The month it may fall in.
    pub window: Option<Month>,
    /// Codes of the themes.
    #[serde(default)]
    pub themes: Vec<Code>,
    /// What the visitors want to learn.
    pub objectives: Option<Prose>,
}

/// Sets the dates of a visit, proposed before or new.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScheduleVisit {
    /// The visit's id.
    #[serde(alias = "visit")]
    pub id: VisitId,
    /// The programme it belongs to.
    pub programme: ProgrammeId,
    /// The partnership it belongs to, if one.
    pub partnership: Option<PartnershipId>,
    /// What it is for.
    pub kind: VisitKind,
    /// Whether people travel.
    pub format: VisitFormat,
    /// The city that receives.
    pub host_city: CityId,
    /// The cities that come.
    pub visiting_cities: Vec<CityId>,
    /// First day, in the host's zone.
    pub from: Day,
    /// Last day, in the host's zone.
    pub to: Day,
    /// Codes of the themes.
    #[serde(default)]
    pub themes: Vec<Code>,
    /// What the visitors want to learn.
    pub objectives: Option<Prose>,
    /// Meetings and visits it continues.
    #[serde(default)]
    pub follows: Vec<Subject>,
}

/// Moves a visit to other days.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RescheduleVisit {
    /// Which visit.
    pub visit: VisitId,
    /// New first day.
    pub from: Day,
    /// New last day.
    pub to: Day,
    /// Why.
    pub reason: Prose,
}

/// Puts a visit off without new dates.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostponeVisit {
    /// Which visit.
    pub visit: VisitId,
    /// Why.
    pub reason: Prose,
}

/// Cancels a visit.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelVisit {
    /// Which visit.
    pub visit: VisitId,
    /// Why.
    pub reason: Prose,
}

/// The host agrees to the dates.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmVisit {
    /// Which visit.
    pub visit: VisitId,
}

commands! {
    /// Commands on a visit.
    Visit: VisitCommand {
        new ProposeVisit(id), new ScheduleVisit(id), on RescheduleVisit(visit), on PostponeVisit(visit),
        on CancelVisit(visit), on ConfirmVisit(visit),
    }
}
