//! What the rules need to know of a visit, folded from its events.

use std::collections::{BTreeMap, BTreeSet};

use koinon_events::value::{Code, Day, Decimal, Line, LocalTime, Prose};
use koinon_events::visit::{LogisticsState, VisitEvent};
use koinon_events::{CityId, DocumentId, PartnershipId, PersonId, ProgrammeId, Subject, VisitId};

use super::{delegation, itinerary, outcome};
use crate::domain::Scope;

/// How far a visit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum VisitStatus {
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

/// What the rules need to know of a visit.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// Its identity.
    pub id: VisitId,
    /// Its programme.
    pub programme: ProgrammeId,
    /// Its partnership, when of one.
    pub partnership: Option<PartnershipId>,
    /// How far it is.
    pub status: VisitStatus,
    /// The city that receives.
    pub host_city: CityId,
    /// The cities that come.
    pub visiting_cities: Vec<CityId>,
    /// First day and last day, once set.
    pub days: Option<(Day, Day)>,
    /// The experts who accompany it.
    pub experts: Vec<PersonId>,
    /// Experts who accompanied it until they were replaced.
    pub former_experts: BTreeSet<PersonId>,
    /// The delegates, with the city each comes for.
    pub delegates: BTreeMap<PersonId, Option<CityId>>,
    /// Persons who were delegates until they were replaced or withdrawn.
    pub former_delegates: BTreeSet<PersonId>,
    /// Whether the delegation was confirmed and has not changed since.
    pub is_delegation_confirmed: bool,
    /// How many people come, as last confirmed.
    pub delegation_size: Option<u32>,
    /// The itinerary.
    pub sessions: BTreeMap<Code, Session>,
    /// Whether the itinerary was published and has not changed since.
    pub is_itinerary_published: bool,
    /// What has to be arranged, how far it is and by when it is due.
    pub logistics: BTreeMap<Line, (LogisticsState, Option<Day>)>,
    /// Who was present, by session (`None`: at the visit as a whole).
    pub attendance: BTreeMap<Option<Code>, Attendance>,
    /// The experts' mission notes.
    pub notes: BTreeMap<PersonId, MissionNote>,
    /// By when its learnings were asked for, once they were.
    pub learnings_due: Option<Day>,
}

/// How far a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum SessionStatus {
    /// In the itinerary.
    Planned,
    /// Out of the itinerary.
    Dropped,
    /// Took place.
    Held,
    /// Did not take place.
    Skipped,
}

/// What the rules need to know of one session.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// Its title.
    pub title: Line,
    /// Its day, once settled.
    pub day: Option<Day>,
    /// When it starts.
    pub start: Option<LocalTime>,
    /// When it ends.
    pub end: Option<LocalTime>,
    /// Where.
    pub place: Option<Line>,
    /// How far it is.
    pub status: SessionStatus,
}

/// Who was present.
#[derive(Debug, Clone, PartialEq)]
pub struct Attendance {
    /// Persons.
    pub present: Vec<PersonId>,
    /// Others, by city.
    pub others: BTreeMap<CityId, u32>,
    /// The signed sheet.
    pub document: Option<DocumentId>,
}

impl Attendance {
    /// How many people, named or not.
    pub fn count(&self) -> u32 {
        let named = u32::try_from(self.present.len()).unwrap_or(u32::MAX);
        self.others.values().fold(named, |sum, count| sum.saturating_add(*count))
    }
}

/// What the rules need to know of an expert's mission note.
#[derive(Debug, Clone, PartialEq)]
pub struct MissionNote {
    /// Days worked.
    pub days: Decimal,
    /// The document that holds it.
    pub document: Option<DocumentId>,
    /// The note in words.
    pub text: Option<Prose>,
    /// Whether it was approved.
    pub is_approved: bool,
}

impl Visit {
    /// What it belongs to.
    pub fn scope(&self) -> Scope {
        let mut cities = vec![self.host_city];
        cities.extend(&self.visiting_cities);
        let partnerships = self.partnership.into_iter().collect();
        let scope =
            Scope { programme: Some(self.programme), partnerships, visit: Some(self.id), cities, ..Scope::default() };
        scope.with_persons(self.experts.iter().chain(self.delegates.keys()).copied())
    }

    /// Whether the city receives or comes.
    pub fn concerns(&self, city: CityId) -> bool {
        self.host_city == city || self.visiting_cities.contains(&city)
    }

    /// Whether attendance was recorded with a document that proves it.
    pub fn has_attendance_sheet(&self) -> bool {
        self.attendance.values().any(|attendance| attendance.document.is_some())
    }

    fn proposed(id: VisitId, programme: ProgrammeId, partnership: Option<PartnershipId>, host_city: CityId) -> Self {
        Self {
            id,
            programme,
            partnership,
            status: VisitStatus::Proposed,
            host_city,
            visiting_cities: Vec::new(),
            days: None,
            experts: Vec::new(),
            former_experts: BTreeSet::new(),
            delegates: BTreeMap::new(),
            former_delegates: BTreeSet::new(),
            is_delegation_confirmed: false,
            delegation_size: None,
            sessions: BTreeMap::new(),
            is_itinerary_published: false,
            logistics: BTreeMap::new(),
            attendance: BTreeMap::new(),
            notes: BTreeMap::new(),
            learnings_due: None,
        }
    }
}

/// The state after one more event.
pub fn evolve(state: Option<Visit>, subject: Subject, event: &VisitEvent) -> Option<Visit> {
    let id = VisitId(subject.id);
    let visit = match (state, event) {
        (Some(visit), _) => visit,
        (None, VisitEvent::VisitProposed(it)) => Visit {
            visiting_cities: it.visiting_cities.clone(),
            ..Visit::proposed(id, it.programme, it.partnership, it.host_city)
        },
        (None, VisitEvent::VisitScheduled(it)) => Visit::proposed(id, it.programme, it.partnership, it.host_city),
        (None, _) => return None,
    };
    Some(evolve_known(visit, event))
}

fn evolve_known(mut visit: Visit, event: &VisitEvent) -> Visit {
    match event {
        VisitEvent::VisitProposed(_) => {}
        VisitEvent::VisitScheduled(scheduled) => {
            visit.partnership = scheduled.partnership;
            visit.host_city = scheduled.host_city;
            visit.visiting_cities.clone_from(&scheduled.visiting_cities);
            visit.days = Some((scheduled.from, scheduled.to));
            visit.status = VisitStatus::Scheduled;
        }
        VisitEvent::VisitRescheduled(moved) => {
            visit.days = Some((moved.from, moved.to));
            visit.status = VisitStatus::Scheduled;
        }
        VisitEvent::VisitPostponed(_) => {
            visit.days = None;
            visit.status = VisitStatus::Postponed;
        }
        VisitEvent::VisitCancelled(_) => visit.status = VisitStatus::Cancelled,
        VisitEvent::VisitConfirmed(_) => visit.status = VisitStatus::Confirmed,
        VisitEvent::VisitStarted(_) => visit.status = VisitStatus::UnderWay,
        VisitEvent::VisitCompleted(_) => visit.status = VisitStatus::Completed,
        VisitEvent::VisitClosed(_) => visit.status = VisitStatus::Closed,
        VisitEvent::LearningsRequested(asked) => visit.learnings_due = Some(asked.due),
        VisitEvent::DelegateInvited(_)
        | VisitEvent::DelegateReplaced(_)
        | VisitEvent::DelegateWithdrawn(_)
        | VisitEvent::DelegationConfirmed(_)
        | VisitEvent::ExpertAssigned(_)
        | VisitEvent::ExpertReplaced(_) => delegation::apply(&mut visit, event),
        VisitEvent::SessionAdded(_)
        | VisitEvent::SessionMoved(_)
        | VisitEvent::SessionDropped(_)
        | VisitEvent::ItineraryPublished(_)
        | VisitEvent::LogisticsRecorded(_) => itinerary::apply(&mut visit, event),
        VisitEvent::SessionHeld(_)
        | VisitEvent::SessionSkipped(_)
        | VisitEvent::AttendanceRecorded(_)
        | VisitEvent::MissionNoteSubmitted(_)
        | VisitEvent::MissionNoteApproved(_) => outcome::apply(&mut visit, event),
    }
    visit
}
