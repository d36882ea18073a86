//! What can be known about a visit: a study visit, an expert mission, a return visit or a masterclass.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::family::family;
use crate::value::{Code, Day, Decimal, Language, Line, LocalTime, Month, Prose};
use crate::{CityId, DocumentId, LearningId, PartnershipId, PersonId, ProgrammeId, Subject};

/// What a visit is for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum VisitKind {
    /// A delegation comes to learn.
    StudyVisit,
    /// An expert comes to advise.
    ExpertMission,
    /// The hosts of an earlier visit come in turn.
    ReturnVisit,
    /// A training of several sessions.
    Masterclass,
}

/// Whether people travel.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum VisitFormat {
    /// Face to face.
    InPerson,
    /// Over the network.
    Online,
    /// Both at once.
    Hybrid,
}

/// One item that has to be arranged for a visit.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum LogisticsState {
    /// Somebody has still to arrange it.
    Open,
    /// Under way.
    Requested,
    /// Done.
    Settled,
    /// Turned out not to be needed.
    NotNeeded,
}

/// A visit was proposed for some window, such as a month, before dates are known.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitProposed {
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

/// Dates were set, for a proposed visit or at once.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitScheduled {
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

/// The dates were moved, with the reason.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitRescheduled {
    /// New first day.
    pub from: Day,
    /// New last day.
    pub to: Day,
    /// First day until now; absent when the visit had none.
    pub was_from: Option<Day>,
    /// Last day until now; absent when the visit had none.
    pub was_to: Option<Day>,
    /// Why.
    pub reason: Prose,
}

/// The visit was put off without new dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitPostponed {
    /// Why.
    pub reason: Prose,
}

/// The visit will not take place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitCancelled {
    /// Why.
    pub reason: Prose,
}

/// The host confirmed the dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitConfirmed {}

/// A person was invited to the delegation.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DelegateInvited {
    /// Who.
    pub person: PersonId,
    /// The city the person comes for.
    pub city: Option<CityId>,
}

/// One delegate comes in another's place.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DelegateReplaced {
    /// Who comes no more.
    pub from: PersonId,
    /// Who comes instead.
    pub to: PersonId,
    /// Why.
    pub reason: Option<Prose>,
}

/// A delegate left the delegation.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DelegateWithdrawn {
    /// Who.
    pub person: PersonId,
    /// Why.
    pub reason: Prose,
}

/// The delegation is complete.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DelegationConfirmed {
    /// How many people come, named or not.
    pub size: Option<u32>,
    /// How many were to come when it was confirmed before.
    pub was_size: Option<u32>,
}

/// An expert will accompany the visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpertAssigned {
    /// Who.
    pub expert: PersonId,
}

/// Another expert accompanies the visit.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpertReplaced {
    /// Who no longer does.
    pub from: PersonId,
    /// Who does instead.
    pub to: PersonId,
    /// Why.
    pub reason: Option<Prose>,
}

/// A session entered the itinerary.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionAdded {
    /// Its id within the visit.
    pub session: Code,
    /// Its title.
    pub title: Line,
    /// Code of its theme.
    pub theme: Option<Code>,
    /// The body that receives.
    pub body: Option<Line>,
    /// Where.
    pub place: Option<Line>,
    /// The day, in the host's zone; absent while it is not settled.
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

/// A session moved in time or place.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionMoved {
    /// Which session.
    pub session: Code,
    /// Its day now.
    pub day: Option<Day>,
    /// Its start now.
    pub start: Option<LocalTime>,
    /// Its end now.
    pub end: Option<LocalTime>,
    /// Its place now.
    pub place: Option<Line>,
    /// Its day until now.
    pub was_day: Option<Day>,
    /// Its start until now.
    pub was_start: Option<LocalTime>,
    /// Its end until now.
    pub was_end: Option<LocalTime>,
    /// Its place until now.
    pub was_place: Option<Line>,
    /// Why.
    pub reason: Option<Prose>,
}

/// A session left the itinerary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionDropped {
    /// Which session.
    pub session: Code,
    /// Why.
    pub reason: Prose,
}

/// The itinerary was given to all who take part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ItineraryPublished {}

/// The state of one thing to arrange was noted.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LogisticsRecorded {
    /// What: travel, visa, hotel, interpreting.
    pub kind: Line,
    /// How far it is.
    pub state: LogisticsState,
    /// By when it has to be settled.
    pub due: Option<Day>,
    /// How far it was until now; absent when it is noted for the first time.
    pub was_state: Option<LogisticsState>,
    /// By when it had to be settled until now.
    pub was_due: Option<Day>,
}

/// The visit began.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitStarted {
    /// The day it began, when recorded later.
    pub date: Option<Day>,
}

/// A session took place.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionHeld {
    /// Which session.
    pub session: Code,
    /// What was noted.
    pub notes: Option<Prose>,
}

/// A planned session did not take place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionSkipped {
    /// Which session.
    pub session: Code,
    /// Why.
    pub reason: Prose,
}

/// Who was present: persons named by id, others counted by city. Participations are derived from this, never typed.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttendanceRecorded {
    /// The session; absent for the visit as a whole.
    pub session: Option<Code>,
    /// Persons present.
    #[serde(default)]
    pub present: Vec<PersonId>,
    /// How many others were present, by city.
    #[serde(default)]
    pub others: BTreeMap<CityId, u32>,
    /// The signed sheet.
    pub document: Option<DocumentId>,
    /// How many people the record that this one replaces had counted; absent when it replaces none.
    pub was_count: Option<u32>,
    /// Why the earlier record is replaced.
    pub reason: Option<Prose>,
}

/// The visit ended.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitCompleted {
    /// What came of it, in short.
    pub summary: Option<Prose>,
    /// The day it ended, when recorded later.
    pub date: Option<Day>,
}

/// An accompanying expert handed in a note with the days worked.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MissionNoteSubmitted {
    /// Who.
    pub expert: PersonId,
    /// Days worked.
    pub days: Decimal,
    /// The note.
    pub document: Option<DocumentId>,
    /// The note in words.
    pub text: Option<Prose>,
    /// Days worked as the note that this one replaces said.
    pub was_days: Option<Decimal>,
}

/// An expert's mission note was approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MissionNoteApproved {
    /// Whose.
    pub expert: PersonId,
}

/// The visit is settled: attendance and a learning are there, or the reason why not.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitClosed {
    /// A learning that came from it.
    pub learning: Option<LearningId>,
    /// Why it closes without attendance or a learning.
    pub reason: Option<Prose>,
}

/// Learnings of the visit are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LearningsRequested {
    /// By when they are expected.
    pub due: Day,
}

family! {
    /// Events of a visit.
    Visit: VisitEvent {
        VisitProposed, VisitScheduled, VisitRescheduled, VisitPostponed, VisitCancelled, VisitConfirmed,
        DelegateInvited, DelegateReplaced, DelegateWithdrawn, DelegationConfirmed,
        ExpertAssigned, ExpertReplaced,
        SessionAdded, SessionMoved, SessionDropped, ItineraryPublished, LogisticsRecorded,
        VisitStarted, SessionHeld, SessionSkipped, AttendanceRecorded, VisitCompleted,
        MissionNoteSubmitted, MissionNoteApproved, VisitClosed, LearningsRequested,
    }
}
