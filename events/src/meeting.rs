//! What can be known about a meeting or a webinar.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::family::family;
use crate::value::{Code, Country, Day, Language, Line, LocalMoment, Prose, WebAddress, Zone};
use crate::{CityId, DocumentId, PartnershipId, PersonId, ProgrammeId, Subject};

/// What a meeting is for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum MeetingKind {
    /// The first meeting of a partnership or strand.
    KickOff,
    /// The cities of one partnership among themselves.
    Bilateral,
    /// On one theme, across partnerships.
    Thematic,
    /// Brings the learnings of several visits together.
    Consolidation,
    /// Prepares a pilot.
    PilotPreparation,
    /// The last meeting.
    Closing,
    /// An online event that is delivered and may be recorded.
    Webinar,
}

/// A meeting was set.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingScheduled {
    /// The programme it belongs to.
    pub programme: ProgrammeId,
    /// What it is for.
    pub kind: MeetingKind,
    /// What it is called.
    pub title: Line,
    /// The partnerships it is held for; none when it is open.
    #[serde(default)]
    pub partnerships: Vec<PartnershipId>,
    /// Whether cities of every partnership may come.
    #[serde(default)]
    pub open: bool,
    /// Whether people outside the programme may come.
    #[serde(default)]
    pub public: bool,
    /// Whether it is part of a masterclass series.
    #[serde(default)]
    pub training_scheme: bool,
    /// The cities that organise it.
    #[serde(default)]
    pub organisers: Vec<CityId>,
    /// The cities it is held for, where that is not said by partnerships.
    #[serde(default)]
    pub cities: Vec<CityId>,
    /// When it starts, in its zone.
    pub start: LocalMoment,
    /// The zone the start is given in.
    pub timezone: Zone,
    /// Where people join online.
    pub link: Option<WebAddress>,
    /// Where people meet.
    pub place: Option<Line>,
    /// The language spoken.
    pub language: Option<Language>,
    /// Codes of the themes.
    #[serde(default)]
    pub themes: Vec<Code>,
    /// What it is about.
    pub description: Option<Prose>,
    /// Meetings and visits it continues.
    #[serde(default)]
    pub follows: Vec<Subject>,
}

/// The start was moved.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingRescheduled {
    /// When it starts now.
    pub start: LocalMoment,
    /// The zone of the start now.
    pub timezone: Zone,
    /// When it started until now.
    pub was_start: LocalMoment,
    /// The zone of the start until now.
    pub was_timezone: Zone,
    /// Why.
    pub reason: Option<Prose>,
}

/// The meeting will not take place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingCancelled {
    /// Why.
    pub reason: Prose,
}

/// The meeting took place (a webinar: was delivered), with who came.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingHeld {
    /// The day, where it was not the day planned.
    pub date: Option<Day>,
    /// Persons present.
    #[serde(default)]
    pub present: Vec<PersonId>,
    /// How many others were present, by city.
    #[serde(default)]
    pub cities: BTreeMap<CityId, u32>,
    /// How many others were present whose city is not known, by country.
    #[serde(default)]
    pub countries: BTreeMap<Country, u32>,
    /// The attendance list.
    pub document: Option<DocumentId>,
}

/// A presentation was part of the meeting.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PresentationAdded {
    /// Its title.
    pub title: Line,
    /// Who spoke.
    pub speaker: Option<PersonId>,
    /// The city it came from.
    pub city: Option<CityId>,
    /// The slides.
    pub document: Option<DocumentId>,
}

/// The meeting decided something.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionRecorded {
    /// What was decided.
    pub text: Prose,
    /// Who sees to it.
    pub responsible: Option<PersonId>,
}

/// The minutes were published.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MinutesPublished {
    /// The minutes as a document.
    pub document: Option<DocumentId>,
    /// The minutes in words.
    pub text: Option<Prose>,
}

/// A webinar's recording was published, or announced while it has no address yet.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordingPublished {
    /// Where it can be watched; absent while it is only announced.
    pub url: Option<WebAddress>,
    /// The platform or channel that holds it.
    pub host: Option<Line>,
    /// How long it is, in minutes.
    pub duration: Option<u32>,
    /// Languages it has captions in.
    #[serde(default)]
    pub captions: Vec<Language>,
    /// The transcript.
    pub transcript: Option<DocumentId>,
}

/// The recording moved to another address, or was taken down.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordingReplaced {
    /// Where it can be watched now; absent when it was taken down.
    pub url: Option<WebAddress>,
    /// Where it could be watched until now.
    pub was_url: Option<WebAddress>,
    /// Why.
    pub reason: Prose,
}

family! {
    /// Events of a meeting or webinar.
    Meeting: MeetingEvent {
        MeetingScheduled, MeetingRescheduled, MeetingCancelled, MeetingHeld, PresentationAdded, DecisionRecorded, MinutesPublished, RecordingPublished, RecordingReplaced,
    }
}
