//! What can be asked of a visit.

use std::collections::BTreeMap;

use koinon_events::value::{Code, Day, Decimal, Language, Line, LocalTime, Month, Prose};
use koinon_events::visit::{LogisticsState, VisitFormat, VisitKind};
use koinon_events::{CityId, DocumentId, LearningId, PartnershipId, PersonId, ProgrammeId, Subject, VisitId};
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
    pub themes: Vec<Code>,
    /// What the visitors want to learn.
    pub objectives: Prose,
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

/// Invites a person to the delegation.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteDelegate {
    /// Which visit.
    pub visit: VisitId,
    /// Who.
    pub person: PersonId,
    /// The city the person comes for.
    pub city: Option<CityId>,
}

/// Lets one delegate come in another's place.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplaceDelegate {
    /// Which visit.
    pub visit: VisitId,
    /// Who comes no more.
    pub from: PersonId,
    /// Who comes instead.
    pub to: PersonId,
    /// Why.
    pub reason: Option<Prose>,
}

/// Takes a delegate off the delegation.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawDelegate {
    /// Which visit.
    pub visit: VisitId,
    /// Who.
    pub person: PersonId,
    /// Why.
    pub reason: Prose,
}

/// Says that the delegation is complete.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmDelegation {
    /// Which visit.
    pub visit: VisitId,
    /// How many people come, named or not; 1 to 10000.
    pub size: Option<u32>,
}

/// Asks an expert to accompany the visit.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignExpert {
    /// Which visit.
    pub visit: VisitId,
    /// Who.
    pub expert: PersonId,
}

/// Lets another expert accompany the visit.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplaceExpert {
    /// Which visit.
    pub visit: VisitId,
    /// Who no longer does.
    pub from: PersonId,
    /// Who does instead.
    pub to: PersonId,
    /// Why.
    pub reason: Option<Prose>,
}

/// Adds a session to the itinerary.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddSession {
    /// Which visit.
    pub visit: VisitId,
    /// The session's id within the visit, such as s1; made when left out.
    pub session: Option<Code>,
    /// Its title.
    pub title: Line,
    /// Code of its theme.
    pub theme: Option<Code>,
    /// The body that receives.
    pub body: Option<Line>,
    /// Where.
    pub place: Option<Line>,
    /// The day, in the host's zone, within the days of the visit.
    pub day: Option<Day>,
    /// When it starts, in the host's zone.
    pub start: Option<LocalTime>,
    /// When it ends, in the host's zone.
    pub end: Option<LocalTime>,
    /// Who speaks.
    #[serde(default)]
    pub speakers: Vec<PersonId>,
    /// The language spoken.
    pub language: Option<Language>,
}

/// Moves a session in time or place. What is left out stays as it is.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveSession {
    /// Which visit.
    pub visit: VisitId,
    /// Which session.
    pub session: Code,
    /// Its new day.
    pub day: Option<Day>,
    /// Its new start.
    pub start: Option<LocalTime>,
    /// Its new end.
    pub end: Option<LocalTime>,
    /// Its new place.
    pub place: Option<Line>,
    /// Why.
    pub reason: Option<Prose>,
}

/// Takes a session out of the itinerary.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DropSession {
    /// Which visit.
    pub visit: VisitId,
    /// Which session.
    pub session: Code,
    /// Why.
    pub reason: Prose,
}

/// Gives the itinerary to all who take part.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishItinerary {
    /// Which visit.
    pub visit: VisitId,
}

/// Notes how far one thing to arrange is.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordLogistics {
    /// Which visit.
    pub visit: VisitId,
    /// What: travel, visa, hotel, interpreting.
    pub kind: Line,
    /// How far it is.
    pub state: LogisticsState,
    /// By when it has to be settled.
    pub due: Option<Day>,
}

/// Says that the visit began.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartVisit {
    /// Which visit.
    pub visit: VisitId,
    /// The day it began, when recorded later.
    pub date: Option<Day>,
}

/// Says that a session took place.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldSession {
    /// Which visit.
    pub visit: VisitId,
    /// Which session.
    pub session: Code,
    /// What was noted.
    pub notes: Option<Prose>,
}

/// Says that a planned session did not take place.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SkipSession {
    /// Which visit.
    pub visit: VisitId,
    /// Which session.
    pub session: Code,
    /// Why.
    pub reason: Prose,
}

/// Records who was present. Recording the same session again replaces what was recorded.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordAttendance {
    /// Which visit.
    pub visit: VisitId,
    /// The session; left out for the visit as a whole.
    pub session: Option<Code>,
    /// Persons present.
    #[serde(default)]
    pub present: Vec<PersonId>,
    /// How many others were present, by city; 0 to 10000 each.
    #[serde(default)]
    pub others: BTreeMap<CityId, u32>,
    /// The signed sheet.
    pub document: Option<DocumentId>,
    /// Why an earlier record is replaced.
    pub reason: Option<Prose>,
}

/// Says that the visit ended.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompleteVisit {
    /// Which visit.
    pub visit: VisitId,
    /// What came of it, in short.
    pub summary: Option<Prose>,
    /// The day it ended, when recorded later.
    pub date: Option<Day>,
}

/// Hands in an accompanying expert's note with the days worked.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmitMissionNote {
    /// Which visit.
    pub visit: VisitId,
    /// Who.
    pub expert: PersonId,
    /// Days worked; more than 0, at most 366.
    pub days: Decimal,
    /// The note.
    pub document: Option<DocumentId>,
    /// The note in words.
    pub text: Option<Prose>,
}

/// Approves an expert's mission note.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveMissionNote {
    /// Which visit.
    pub visit: VisitId,
    /// Whose.
    pub expert: PersonId,
}

/// Settles a visit: with its attendance sheet and a learning that came from it, or with the reason why not.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseVisit {
    /// Which visit.
    pub visit: VisitId,
    /// A learning that came from it.
    pub learning: Option<LearningId>,
    /// Why it closes without attendance or a learning.
    pub reason: Option<Prose>,
}

/// Asks those who took part for the learnings of a completed visit.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestLearnings {
    /// Which visit.
    pub visit: VisitId,
    /// By when they are expected.
    pub due: Day,
}

commands! {
    /// Commands on a visit.
    Visit: VisitCommand {
        new ProposeVisit(id), new ScheduleVisit(id), on RescheduleVisit(visit), on PostponeVisit(visit),
        on CancelVisit(visit), on ConfirmVisit(visit),
        on InviteDelegate(visit), on ReplaceDelegate(visit), on WithdrawDelegate(visit), on ConfirmDelegation(visit), on AssignExpert(visit), on ReplaceExpert(visit), on AddSession(visit), on MoveSession(visit), on DropSession(visit), on PublishItinerary(visit), on RecordLogistics(visit), on StartVisit(visit), on HoldSession(visit), on SkipSession(visit), on RecordAttendance(visit), on CompleteVisit(visit), on SubmitMissionNote(visit), on ApproveMissionNote(visit), on CloseVisit(visit), on RequestLearnings(visit),
    }
}
