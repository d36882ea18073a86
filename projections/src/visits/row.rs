//! One visit's row.

use std::collections::BTreeMap;

use koinon_events::value::{Code, Day, Decimal, Language, Line, LocalTime, Month, Prose};
use koinon_events::visit::*;
use koinon_events::{
    ActionId, CityId, DiscussionId, DocumentId, LearningId, PartnershipId, PersonId, ProgrammeId, Subject, VisitId,
};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::column::Value;
use crate::links::linked;
use crate::mark::{Mark, add};
use crate::row::{Row, Title, joined, ranked, stamped, statuses};

statuses! {
    /// How far a visit is.
    VisitStatus {
        /// Wanted, without dates.
        Proposed,
        /// Has dates.
        Scheduled,
        /// The host agreed to the dates.
        Confirmed,
        /// Put off without new dates.
        Postponed,
        /// Going on.
        UnderWay,
        /// Over.
        Completed,
        /// Settled.
        Closed,
        /// Will not take place.
        Cancelled,
    }
}

impl VisitStatus {
    /// Whether it took place.
    pub fn is_held(self) -> bool {
        matches!(self, Self::Completed | Self::Closed)
    }
}

/// One who comes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegate {
    /// Who.
    pub person: PersonId,
    /// For which city.
    pub city: Option<CityId>,
}

statuses! {
    /// How far a session is.
    SessionStatus {
        /// In the itinerary.
        Planned,
        /// Taken out of the itinerary.
        Dropped,
        /// Took place.
        Held,
        /// Did not take place.
        Skipped,
    }
}

/// One session of the itinerary.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Its id within the visit.
    pub session: Code,
    /// Its title.
    pub title: Line,
    /// How far it is.
    pub status: SessionStatus,
    /// Code of its theme.
    pub theme: Option<Code>,
    /// The body that receives.
    pub body: Option<Line>,
    /// Where.
    pub place: Option<Line>,
    /// The day, in the host's zone; absent while it is not settled.
    pub day: Option<Day>,
    /// When it starts.
    pub start: Option<LocalTime>,
    /// When it ends.
    pub end: Option<LocalTime>,
    /// Who speaks.
    pub speakers: Vec<PersonId>,
    /// The language spoken.
    pub language: Option<Language>,
    /// Why it was moved, dropped or skipped.
    pub reason: Option<Prose>,
    /// What was noted.
    pub notes: Option<Prose>,
}

/// One thing to arrange.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logistics {
    /// What.
    pub kind: Line,
    /// How far it is.
    pub state: LogisticsState,
    /// By when it has to be settled.
    pub due: Option<Day>,
}

/// Who was present.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// The session; absent for the visit as a whole.
    pub session: Option<Code>,
    /// Persons present.
    pub present: Vec<PersonId>,
    /// How many others, by city.
    pub others: BTreeMap<CityId, u32>,
    /// The signed sheet.
    pub document: Option<DocumentId>,
    /// The event that says so.
    pub mark: Mark,
    /// Records that this one replaced, oldest first.
    pub replaces: Vec<Mark>,
    /// Why it replaced an earlier record.
    pub reason: Option<Prose>,
}

/// An expert's note on the mission.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissionNote {
    /// Whose.
    pub expert: PersonId,
    /// Days worked.
    pub days: Decimal,
    /// The note.
    pub document: Option<DocumentId>,
    /// The note in words.
    pub text: Option<Prose>,
    /// The event that brought it.
    pub mark: Mark,
    /// The event that approved it.
    pub approved: Option<Mark>,
}

/// A visit.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VisitRow {
    /// Its identity.
    pub id: VisitId,
    /// The programme it belongs to.
    pub programme: ProgrammeId,
    /// The partnership it belongs to, if one.
    pub partnership: Option<PartnershipId>,
    /// What it is for.
    pub kind: VisitKind,
    /// Whether people travel.
    pub format: VisitFormat,
    /// How far it is.
    pub status: VisitStatus,
    /// The city that receives.
    pub host_city: CityId,
    /// The cities that come.
    pub visiting_cities: Vec<CityId>,
    /// The month it may fall in.
    pub window: Option<Month>,
    /// First day, in the host's zone.
    pub from: Option<Day>,
    /// Last day, in the host's zone.
    pub to: Option<Day>,
    /// Codes of the themes.
    pub themes: Vec<Code>,
    /// What the visitors want to learn.
    pub objectives: Option<Prose>,
    /// Meetings and visits it continues.
    pub follows: Vec<Subject>,
    /// Visits that continue it.
    pub followed_by: Vec<Subject>,
    /// The day it began.
    pub started_on: Option<Day>,
    /// The day it ended.
    pub ended_on: Option<Day>,
    /// Why it was last moved, put off, cancelled or closed without what it needs.
    pub reason: Option<Prose>,
    /// Who comes.
    pub delegates: Vec<Delegate>,
    /// Whether the delegation is complete.
    pub delegation_confirmed: bool,
    /// How many come, named or not.
    pub delegation_size: Option<u32>,
    /// Who accompanies it.
    pub experts: Vec<PersonId>,
    /// The itinerary.
    pub sessions: Vec<Session>,
    /// Whether the itinerary was given to all who take part.
    pub itinerary_published: bool,
    /// What has to be arranged.
    pub logistics: Vec<Logistics>,
    /// Who was present.
    pub attendance: Vec<Attendance>,
    /// What came of it, in short.
    pub summary: Option<Prose>,
    /// The experts' notes.
    pub mission_notes: Vec<MissionNote>,
    /// By when its learnings were asked for.
    pub learnings_due: Option<Day>,
    /// What was learned there.
    pub learnings: Vec<LearningId>,
    /// What was agreed to do.
    pub actions: Vec<ActionId>,
    /// What is said about it.
    pub discussions: Vec<DiscussionId>,
    /// Documents that show it.
    pub evidence: Vec<DocumentId>,
    /// The event that began it.
    pub begun: Mark,
    /// The event that first gave it dates.
    pub scheduled: Option<Mark>,
    /// The event that completed it.
    pub completed: Option<Mark>,
    /// The event that cancelled it.
    pub cancelled: Option<Mark>,
    /// The first learning from it.
    pub first_learning: Option<Mark>,
    /// The subject's version.
    pub version: u64,
    /// The position of its last event.
    pub position: u64,
    /// The UTC day of its last event.
    pub updated: Day,
}

linked!(VisitRow);

impl Row for VisitRow {
    stamped!();

    fn values(&self) -> Vec<Value> {
        vec![
            Value::from(&self.status),
            Value::Text(<&str>::from(self.kind).to_owned()),
            Value::Text(<&str>::from(self.format).to_owned()),
            Value::from(&self.host_city),
            Value::from(self.from),
            Value::from(self.to),
            Value::from(self.themes.as_slice()),
        ]
    }

    /// By first day; those without dates come last, in the order they were begun.
    fn sort(&self) -> String {
        match self.from {
            Some(day) => day.to_string(),
            None => format!("~{}", ranked(self.begun.position)),
        }
    }

    fn words(&self) -> String {
        let texts = [&self.objectives, &self.summary].into_iter().flatten().map(Prose::as_str);
        let sessions = self.sessions.iter().map(|session| session.title.as_str());
        joined(texts.chain(sessions).chain(self.themes.iter().map(Code::as_str)))
    }

    fn title(&self) -> Title {
        Title::Journey(self.visiting_cities.clone(), self.host_city)
    }

    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }

    fn partnerships(&self) -> Vec<PartnershipId> {
        self.partnership.into_iter().collect()
    }

    fn visit(&self) -> Option<VisitId> {
        Some(self.id)
    }

    fn cities(&self) -> Vec<CityId> {
        let mut cities = vec![self.host_city];
        self.visiting_cities.iter().for_each(|city| add(&mut cities, *city));
        cities
    }

    fn persons(&self) -> Vec<PersonId> {
        let mut persons = self.experts.clone();
        self.delegates.iter().for_each(|delegate| add(&mut persons, delegate.person));
        persons
    }
}
