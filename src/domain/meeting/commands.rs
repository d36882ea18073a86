//! What can be asked of a meeting.

use std::collections::BTreeMap;

use koinon_events::meeting::MeetingKind;
use koinon_events::value::{Code, Country, Day, Language, Line, LocalMoment, Prose, WebAddress, Zone};
use koinon_events::{CityId, DocumentId, MeetingId, PartnershipId, PersonId, ProgrammeId, Subject};
use schemars::JsonSchema;
use serde::Deserialize;

/// Sets a meeting or webinar.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScheduleMeeting {
    /// The new meeting's id.
    pub id: MeetingId,
    /// The programme it belongs to.
    pub programme: ProgrammeId,
    /// What it is for.
    pub kind: MeetingKind,
    /// What it is called.
    pub title: Line,
    /// The partnerships it is held for.
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
    /// When it starts, on the clocks of its zone.
    pub start: LocalMoment,
    /// The zone of the start; the first organiser's when left out.
    pub timezone: Option<Zone>,
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

/// Moves a meeting to another time.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RescheduleMeeting {
    /// Which meeting.
    pub meeting: MeetingId,
    /// When it starts now, on the clocks of its zone.
    pub start: LocalMoment,
    /// The zone of the start; unchanged when left out.
    pub timezone: Option<Zone>,
    /// Why.
    pub reason: Option<Prose>,
}

/// Cancels a meeting.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelMeeting {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Why.
    pub reason: Prose,
}

/// Says that the meeting took place (a webinar: was delivered), and who came.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldMeeting {
    /// Which meeting.
    pub meeting: MeetingId,
    /// The day, where it was not the day planned.
    pub date: Option<Day>,
    /// Persons present.
    #[serde(default)]
    pub present: Vec<PersonId>,
    /// How many others were present, by city; 0 to 10000 each.
    #[serde(default)]
    pub cities: BTreeMap<CityId, u32>,
    /// How many others were present whose city is not known, by country; 0 to 100000 each.
    #[serde(default)]
    pub countries: BTreeMap<Country, u32>,
    /// The attendance list.
    pub document: Option<DocumentId>,
}

/// Adds a presentation to the meeting.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddPresentation {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Its title.
    pub title: Line,
    /// Who speaks.
    pub speaker: Option<PersonId>,
    /// The city it comes from.
    pub city: Option<CityId>,
    /// The slides.
    pub document: Option<DocumentId>,
}

/// Records what the meeting decided.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordDecision {
    /// Which meeting.
    pub meeting: MeetingId,
    /// What was decided.
    pub text: Prose,
    /// Who sees to it.
    pub responsible: Option<PersonId>,
}

/// Publishes the minutes, as a document or in words.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishMinutes {
    /// Which meeting.
    pub meeting: MeetingId,
    /// The minutes as a document.
    pub document: Option<DocumentId>,
    /// The minutes in words.
    pub text: Option<Prose>,
}

/// Publishes a webinar's recording; without an address it is announced.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishRecording {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Where it can be watched; left out while it is only announced.
    pub url: Option<WebAddress>,
    /// The platform or channel that holds it.
    pub host: Option<Line>,
    /// How long it is, in minutes; 1 to 1440.
    pub duration: Option<u32>,
    /// Languages it has captions in.
    #[serde(default)]
    pub captions: Vec<Language>,
    /// The transcript.
    pub transcript: Option<DocumentId>,
}

/// Moves the recording to another address, or takes it down.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplaceRecording {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Where it can be watched now; left out when it is taken down.
    pub url: Option<WebAddress>,
    /// Why.
    pub reason: Prose,
}

commands! {
    /// Commands on a meeting.
    Meeting: MeetingCommand {
        new ScheduleMeeting(id), on RescheduleMeeting(meeting), on CancelMeeting(meeting), on HoldMeeting(meeting), on AddPresentation(meeting), on RecordDecision(meeting), on PublishMinutes(meeting), on PublishRecording(meeting), on ReplaceRecording(meeting),
    }
}
