//! Meetings and webinars as people look at them.

use std::collections::BTreeMap;

use koinon_events::learning::LearningEvent;
use koinon_events::meeting::*;
use koinon_events::pilot::PilotEvent;
use koinon_events::value::{Code, Country, Day, Language, Line, LocalMoment, Prose, WebAddress, Zone};
use koinon_events::visit::VisitEvent;
use koinon_events::{
    ActionId, CityId, DiscussionId, DocumentId, Event, Kind, LearningId, MeetingId, PartnershipId, PersonId, PilotId,
    ProgrammeId, Subject,
};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::column::{Column, Value};
use crate::entry::Entry;
use crate::links::{self, linked};
use crate::mark::{Mark, add};
use crate::row::{Projection, Row, Title, joined, stamped, statuses};
use crate::table::Table;

statuses! {
    /// How far a meeting is.
    MeetingStatus {
        /// Has a start.
        Scheduled,
        /// Took place.
        Held,
        /// Took place, and its minutes are there.
        Minuted,
        /// A webinar that took place.
        Delivered,
        /// A webinar whose recording is there, or announced.
        Recorded,
        /// Will not take place.
        Cancelled,
    }
}

impl MeetingStatus {
    /// Whether it took place.
    pub fn is_held(self) -> bool {
        !matches!(self, Self::Scheduled | Self::Cancelled)
    }
}

/// Who was at a meeting.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// Persons present.
    pub present: Vec<PersonId>,
    /// How many others, by city.
    pub cities: BTreeMap<CityId, u32>,
    /// How many others whose city is not known, by country.
    pub countries: BTreeMap<Country, u32>,
    /// The attendance list.
    pub document: Option<DocumentId>,
    /// The event that says so.
    pub mark: Mark,
}

/// A webinar's recording.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recording {
    /// Where it can be watched; absent while it is only announced.
    pub url: Option<WebAddress>,
    /// The platform or channel that holds it.
    pub host: Option<Line>,
    /// How long it is, in minutes.
    pub duration: Option<u32>,
    /// Languages it has captions in.
    pub captions: Vec<Language>,
    /// The transcript.
    pub transcript: Option<DocumentId>,
}

/// A meeting or webinar.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeetingRow {
    /// Its identity.
    pub id: MeetingId,
    /// The programme it belongs to.
    pub programme: ProgrammeId,
    /// What it is for.
    pub kind: MeetingKind,
    /// How far it is.
    pub status: MeetingStatus,
    /// What it is called.
    pub title: Line,
    /// The partnerships it is held for.
    pub partnerships: Vec<PartnershipId>,
    /// Whether cities of every partnership may come.
    pub open: bool,
    /// Whether people outside the programme may come.
    pub public: bool,
    /// Whether it is part of a masterclass series.
    pub training_scheme: bool,
    /// The cities that organise it.
    pub organisers: Vec<CityId>,
    /// The cities it is held for.
    pub cities: Vec<CityId>,
    /// When it starts, in its zone.
    pub start: LocalMoment,
    /// The zone of the start.
    pub timezone: Zone,
    /// Where people join online.
    pub link: Option<WebAddress>,
    /// Where people meet.
    pub place: Option<Line>,
    /// The language spoken.
    pub language: Option<Language>,
    /// Codes of the themes.
    pub themes: Vec<Code>,
    /// What it is about.
    pub description: Option<Prose>,
    /// Meetings and visits it continues.
    pub follows: Vec<Subject>,
    /// Visits and meetings that continue it.
    pub followed_by: Vec<Subject>,
    /// Why it was moved or cancelled.
    pub reason: Option<Prose>,
    /// The day it took place.
    pub held_on: Option<Day>,
    /// Who was there.
    pub attendance: Option<Presence>,
    /// What was presented.
    pub presentations: Vec<PresentationAdded>,
    /// What was decided.
    pub decisions: Vec<DecisionRecorded>,
    /// The minutes.
    pub minutes: Option<MinutesPublished>,
    /// The recording of a webinar.
    pub recording: Option<Recording>,
    /// What was learned there.
    pub learnings: Vec<LearningId>,
    /// Pilots planned there.
    pub pilots: Vec<PilotId>,
    /// What was agreed to do.
    pub actions: Vec<ActionId>,
    /// What is said about it.
    pub discussions: Vec<DiscussionId>,
    /// Documents that show it.
    pub evidence: Vec<DocumentId>,
    /// The event that began it.
    pub begun: Mark,
    /// The subject's version.
    pub version: u64,
    /// The position of its last event.
    pub position: u64,
    /// The UTC day of its last event.
    pub updated: Day,
}

/// The read model `meetings`.
#[derive(Debug, Clone, Copy)]
pub struct Meetings;

impl Projection for Meetings {
    type Row = MeetingRow;

    const NAME: &'static str = "meetings";
    const VERSION: u32 = 2;
    const KIND: Kind = Kind::Meeting;
    const READS: &'static [&'static str] =
        &["meeting", "visit", "learning", "pilot", "action", "discussion", "document"];
    const COLUMNS: &'static [Column] = &[
        Column::text("status"),
        Column::text("kind"),
        Column::at_least("first_day", "from"),
        Column::at_most("last_day", "to"),
        Column::text("public"),
        Column::many("themes", "theme"),
    ];

    fn apply(rows: &mut Table<Self>, entry: &Entry) {
        let id = entry.subject.id;
        match &entry.event {
            Event::Meeting(MeetingEvent::MeetingScheduled(event)) => {
                rows.put(entry, |_| scheduled(MeetingId(id), entry, event));
                event.follows.iter().for_each(|on| rows.link(*on, |row| add(&mut row.followed_by, entry.subject)));
            }
            Event::Meeting(event) => rows.own(entry, |row| row.moved_on(entry, event)),
            Event::Visit(VisitEvent::VisitScheduled(event)) => {
                event.follows.iter().for_each(|on| rows.link(*on, |row| add(&mut row.followed_by, entry.subject)));
            }
            Event::Learning(LearningEvent::LearningRecorded(event)) => {
                rows.link(event.origin, |row| add(&mut row.learnings, LearningId(id)));
            }
            Event::Pilot(PilotEvent::PilotPlanned(event)) => {
                if let Some(meeting) = event.at_meeting {
                    rows.change(meeting.0, |row| add(&mut row.pilots, PilotId(id)));
                }
            }
            _ => links::follow(rows, entry),
        }
    }
}

fn scheduled(id: MeetingId, entry: &Entry, event: &MeetingScheduled) -> MeetingRow {
    MeetingRow {
        id,
        programme: event.programme,
        kind: event.kind,
        status: MeetingStatus::Scheduled,
        title: event.title.clone(),
        partnerships: event.partnerships.clone(),
        open: event.open,
        public: event.public,
        training_scheme: event.training_scheme,
        organisers: event.organisers.clone(),
        cities: event.cities.clone(),
        start: event.start,
        timezone: event.timezone,
        link: event.link.clone(),
        place: event.place.clone(),
        language: event.language.clone(),
        themes: event.themes.clone(),
        description: event.description.clone(),
        follows: event.follows.clone(),
        followed_by: Vec::new(),
        reason: None,
        held_on: None,
        attendance: None,
        presentations: Vec::new(),
        decisions: Vec::new(),
        minutes: None,
        recording: None,
        learnings: Vec::new(),
        pilots: Vec::new(),
        actions: Vec::new(),
        discussions: Vec::new(),
        evidence: Vec::new(),
        begun: Mark::from(entry),
        version: 0,
        position: 0,
        updated: entry.time.day(),
    }
}

impl MeetingRow {
    fn moved_on(&mut self, entry: &Entry, event: &MeetingEvent) {
        match event {
            MeetingEvent::MeetingScheduled(_) => {}
            MeetingEvent::MeetingRescheduled(event) => {
                self.start = event.start;
                self.timezone = event.timezone;
                self.reason.clone_from(&event.reason);
            }
            MeetingEvent::MeetingCancelled(event) => {
                self.status = MeetingStatus::Cancelled;
                self.reason = Some(event.reason.clone());
            }
            MeetingEvent::MeetingHeld(event) => {
                let webinar = self.kind == MeetingKind::Webinar;
                self.status = if webinar { MeetingStatus::Delivered } else { MeetingStatus::Held };
                self.held_on = Some(event.date.unwrap_or(self.start.day()));
                self.attendance = Some(Presence {
                    present: event.present.clone(),
                    cities: event.cities.clone(),
                    countries: event.countries.clone(),
                    document: event.document,
                    mark: Mark::from(entry),
                });
            }
            MeetingEvent::PresentationAdded(event) => self.presentations.push(event.clone()),
            MeetingEvent::DecisionRecorded(event) => self.decisions.push(event.clone()),
            MeetingEvent::MinutesPublished(event) => {
                if self.status == MeetingStatus::Held {
                    self.status = MeetingStatus::Minuted;
                }
                self.minutes = Some(event.clone());
            }
            MeetingEvent::RecordingPublished(event) => {
                self.status = MeetingStatus::Recorded;
                self.recording = Some(Recording {
                    url: event.url.clone(),
                    host: event.host.clone(),
                    duration: event.duration,
                    captions: event.captions.clone(),
                    transcript: event.transcript,
                });
            }
            MeetingEvent::RecordingReplaced(event) => {
                if let Some(recording) = &mut self.recording {
                    recording.url.clone_from(&event.url);
                }
                self.reason = Some(event.reason.clone());
            }
        }
    }

    /// The day it takes or took place.
    pub fn day(&self) -> Day {
        self.held_on.unwrap_or(self.start.day())
    }
}

linked!(MeetingRow);

impl Row for MeetingRow {
    stamped!();

    fn values(&self) -> Vec<Value> {
        let day = Value::Text(self.day().to_string());
        vec![
            Value::from(&self.status),
            Value::Text(<&str>::from(self.kind).to_owned()),
            day.clone(),
            day,
            Value::from(&self.public),
            Value::from(self.themes.as_slice()),
        ]
    }

    fn sort(&self) -> String {
        self.start.to_string()
    }

    fn words(&self) -> String {
        let description = self.description.as_ref().map(Prose::as_str);
        joined([self.title.as_str()].into_iter().chain(description).chain(self.themes.iter().map(Code::as_str)))
    }

    fn title(&self) -> Title {
        Title::Text(self.title.to_string())
    }

    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }

    fn partnerships(&self) -> Vec<PartnershipId> {
        self.partnerships.clone()
    }

    fn cities(&self) -> Vec<CityId> {
        let mut cities = self.organisers.clone();
        let present = self.attendance.iter().flat_map(|attendance| attendance.cities.keys());
        self.cities.iter().chain(present).for_each(|city| add(&mut cities, *city));
        cities
    }

    fn persons(&self) -> Vec<PersonId> {
        let mut persons: Vec<PersonId> = self.presentations.iter().filter_map(|each| each.speaker).collect();
        let responsible = self.decisions.iter().filter_map(|decision| decision.responsible);
        let present = self.attendance.iter().flat_map(|attendance| attendance.present.iter().copied());
        responsible.chain(present).for_each(|person| add(&mut persons, person));
        persons
    }
}
