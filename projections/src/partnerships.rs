//! Partnerships as people look at them: which cities, what they agreed, and what came of it.

use koinon_events::learning::LearningEvent;
use koinon_events::meeting::MeetingEvent;
use koinon_events::partnership::*;
use koinon_events::pilot::PilotEvent;
use koinon_events::project::ProjectEvent;
use koinon_events::value::{Code, Day, Line, Prose};
use koinon_events::visit::VisitEvent;
use koinon_events::{
    ActionId, CityId, DiscussionId, DocumentId, Event, Kind, LearningId, MeetingId, PartnershipId, PersonId, PilotId,
    ProgrammeId, ProjectId, VisitId,
};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::column::{Column, Value};
use crate::entry::Entry;
use crate::links::{self, linked};
use crate::mark::{Mark, add};
use crate::row::{Projection, Row, Title, joined, ranked, stamped, statuses};
use crate::table::Table;

statuses! {
    /// How far a partnership is.
    PartnershipStatus {
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
}

statuses! {
    /// What a city said to a proposed partnership.
    Answer {
        /// Yes.
        Accepted,
        /// No.
        Declined,
    }
}

/// A city's word on the partnership.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CityAnswer {
    /// Which city.
    pub city: CityId,
    /// What it said.
    pub answer: Answer,
    /// Why it declined.
    pub reason: Option<Prose>,
    /// The event that says so.
    pub mark: Mark,
}

/// An advice and what became of it.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// Its id within the partnership.
    pub advice: Code,
    /// What it is about.
    pub subject: Line,
    /// What was advised.
    pub text: Prose,
    /// Who gave it.
    pub expert: Option<PersonId>,
    /// Whether the cities take it.
    pub taken: Option<bool>,
    /// Why, or why not.
    pub reason: Option<Prose>,
    /// The event that gave it.
    pub given: Mark,
    /// The event that answered it.
    pub answered: Option<Mark>,
}

/// An agreement between bodies.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// What kind of agreement.
    pub kind: Option<Line>,
    /// The bodies that signed.
    pub parties: Vec<Party>,
    /// The signed paper.
    pub document: Option<DocumentId>,
    /// The day it was signed; absent while it is agreed but not signed.
    pub signed_on: Option<Day>,
    /// The event that says so.
    pub mark: Mark,
}

/// One version of the action plan.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Its version, from 1.
    pub version: u32,
    /// The plan itself.
    pub document: Option<DocumentId>,
    /// The event that adopted it.
    pub mark: Mark,
}

/// Bodies that go on beyond the programme.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Continuation {
    /// The bodies.
    pub bodies: Vec<Party>,
    /// Where it is laid down.
    pub document: Option<DocumentId>,
    /// Until when, if it is limited.
    pub until: Option<Day>,
    /// The event that says so.
    pub mark: Mark,
}

/// A partnership.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartnershipRow {
    /// Its identity.
    pub id: PartnershipId,
    /// The programme it belongs to.
    pub programme: ProgrammeId,
    /// How far it is.
    pub status: PartnershipStatus,
    /// Its cities.
    pub cities: Vec<CityId>,
    /// Codes of the themes it is about.
    pub themes: Vec<Code>,
    /// Why these cities.
    pub rationale: Prose,
    /// What the cities said.
    pub answers: Vec<CityAnswer>,
    /// Why it was declined, suspended or dissolved, or lost a city.
    pub reason: Option<Prose>,
    /// The day it met for the first time.
    pub kicked_off_on: Option<Day>,
    /// Experts who advise it.
    pub advisors: Vec<PersonId>,
    /// What was advised.
    pub advice: Vec<Advice>,
    /// What its bodies agreed.
    pub agreements: Vec<Agreement>,
    /// Versions of its action plan.
    pub plans: Vec<Plan>,
    /// How the cities judge their work.
    pub self_assessment: Option<Prose>,
    /// What goes on beyond the programme.
    pub continuations: Vec<Continuation>,
    /// Its visits.
    pub visits: Vec<VisitId>,
    /// Its meetings.
    pub meetings: Vec<MeetingId>,
    /// What it learned.
    pub learnings: Vec<LearningId>,
    /// Its cooperation projects.
    pub projects: Vec<ProjectId>,
    /// Its pilots.
    pub pilots: Vec<PilotId>,
    /// What was agreed to do.
    pub actions: Vec<ActionId>,
    /// What is said about it.
    pub discussions: Vec<DiscussionId>,
    /// Documents that show it.
    pub evidence: Vec<DocumentId>,
    /// The event that began it.
    pub begun: Mark,
    /// The event that formed it.
    pub formed: Option<Mark>,
    /// How far it was before it was suspended.
    pub was: Option<PartnershipStatus>,
    /// The subject's version.
    pub version: u64,
    /// The position of its last event.
    pub position: u64,
    /// The UTC day of its last event.
    pub updated: Day,
}

/// The read model `partnerships`.
#[derive(Debug, Clone, Copy)]
pub struct Partnerships;

impl Projection for Partnerships {
    type Row = PartnershipRow;

    const NAME: &'static str = "partnerships";
    const VERSION: u32 = 2;
    const KIND: Kind = Kind::Partnership;
    const READS: &'static [&'static str] =
        &["partnership", "visit", "meeting", "learning", "project", "pilot", "action", "discussion", "document"];
    const COLUMNS: &'static [Column] = &[Column::text("status"), Column::many("themes", "theme")];

    fn apply(rows: &mut Table<Self>, entry: &Entry) {
        match &entry.event {
            Event::Partnership(PartnershipEvent::PartnershipProposed(event)) => {
                rows.put(entry, |_| proposed(entry, event));
            }
            Event::Partnership(event) => rows.own(entry, |row| row.moved_on(entry, event)),
            event => {
                hang_on(rows, entry, event);
                links::follow(rows, entry);
            }
        }
    }
}

/// Visits, meetings, learnings, projects, pilots and actions that name the partnership.
fn hang_on(rows: &mut Table<Partnerships>, entry: &Entry, event: &Event) {
    let id = entry.subject.id;
    let mut on = |partnership: Option<PartnershipId>, note: &dyn Fn(&mut PartnershipRow)| {
        if let Some(partnership) = partnership {
            rows.change(partnership.0, |row| note(row));
        }
    };
    match event {
        Event::Visit(VisitEvent::VisitProposed(event)) => {
            on(event.partnership, &|row| add(&mut row.visits, VisitId(id)));
        }
        Event::Visit(VisitEvent::VisitScheduled(event)) => {
            on(event.partnership, &|row| add(&mut row.visits, VisitId(id)));
        }
        Event::Meeting(MeetingEvent::MeetingScheduled(event)) => {
            for partnership in &event.partnerships {
                on(Some(*partnership), &|row| add(&mut row.meetings, MeetingId(id)));
            }
        }
        Event::Learning(LearningEvent::LearningRecorded(event)) => {
            on(event.partnership, &|row| add(&mut row.learnings, LearningId(id)));
        }
        Event::Project(ProjectEvent::ProjectProposed(event)) => {
            on(Some(event.partnership), &|row| add(&mut row.projects, ProjectId(id)));
        }
        Event::Pilot(PilotEvent::PilotProposed(event)) => {
            on(event.partnership, &|row| add(&mut row.pilots, PilotId(id)));
        }
        Event::Action(koinon_events::action::ActionEvent::ActionRaised(event)) => {
            on(event.partnership, &|row| add(&mut row.actions, ActionId(id)));
        }
        _ => {}
    }
}

fn proposed(entry: &Entry, event: &PartnershipProposed) -> PartnershipRow {
    PartnershipRow {
        id: PartnershipId(entry.subject.id),
        programme: event.programme,
        status: PartnershipStatus::Proposed,
        cities: event.cities.clone(),
        themes: event.themes.clone(),
        rationale: event.rationale.clone(),
        answers: Vec::new(),
        reason: None,
        kicked_off_on: None,
        advisors: Vec::new(),
        advice: Vec::new(),
        agreements: Vec::new(),
        plans: Vec::new(),
        self_assessment: None,
        continuations: Vec::new(),
        visits: Vec::new(),
        meetings: Vec::new(),
        learnings: Vec::new(),
        projects: Vec::new(),
        pilots: Vec::new(),
        actions: Vec::new(),
        discussions: Vec::new(),
        evidence: Vec::new(),
        begun: Mark::from(entry),
        formed: None,
        was: None,
        version: 0,
        position: 0,
        updated: entry.time.day(),
    }
}

impl PartnershipRow {
    fn answered(&mut self, entry: &Entry, city: CityId, answer: Answer, reason: Option<&Prose>) {
        self.answers.retain(|each| each.city != city);
        self.answers.push(CityAnswer { city, answer, reason: reason.cloned(), mark: Mark::from(entry) });
    }

    fn moved_on(&mut self, entry: &Entry, event: &PartnershipEvent) {
        match event {
            PartnershipEvent::PartnershipProposed(_) => {}
            PartnershipEvent::PartnershipAccepted(event) => self.answered(entry, event.city, Answer::Accepted, None),
            PartnershipEvent::PartnershipDeclined(event) => {
                self.answered(entry, event.city, Answer::Declined, Some(&event.reason));
                self.reason = Some(event.reason.clone());
            }
            PartnershipEvent::PartnershipFormed(_) => {
                self.status = PartnershipStatus::Formed;
                self.formed = Some(Mark::from(entry));
                self.reason = None;
            }
            PartnershipEvent::CityAdded(event) => add(&mut self.cities, event.city),
            PartnershipEvent::CityRemoved(event) => {
                self.cities.retain(|city| *city != event.city);
                self.reason = Some(event.reason.clone());
            }
            PartnershipEvent::PartnershipKickedOff(event) => {
                self.status = PartnershipStatus::KickedOff;
                self.kicked_off_on = Some(event.date.unwrap_or(entry.time.day()));
            }
            PartnershipEvent::TopicsAgreed(event) => {
                self.status = PartnershipStatus::Active;
                self.themes.clone_from(&event.themes);
            }
            PartnershipEvent::PartnershipSuspended(event) => {
                self.was = Some(self.status);
                self.status = PartnershipStatus::Suspended;
                self.reason = Some(event.reason.clone());
            }
            PartnershipEvent::PartnershipResumed(event) => {
                self.status = self.was.take().unwrap_or(PartnershipStatus::Formed);
                self.reason.clone_from(&event.reason);
            }
            PartnershipEvent::PartnershipDissolved(event) => {
                self.status = PartnershipStatus::Dissolved;
                self.reason = Some(event.reason.clone());
            }
            PartnershipEvent::PartnershipCompleted(event) => {
                self.status = PartnershipStatus::Completed;
                self.self_assessment.clone_from(&event.self_assessment);
            }
            event => self.agreed(entry, event),
        }
    }

    fn agreed(&mut self, entry: &Entry, event: &PartnershipEvent) {
        let mark = Mark::from(entry);
        match event {
            PartnershipEvent::AdvisorAssigned(event) => add(&mut self.advisors, event.expert),
            PartnershipEvent::AdviceRecorded(event) => self.advice.push(Advice {
                advice: event.advice.clone(),
                subject: event.subject.clone(),
                text: event.text.clone(),
                expert: event.expert,
                taken: None,
                reason: None,
                given: mark,
                answered: None,
            }),
            PartnershipEvent::AdviceAnswered(event) => {
                if let Some(advice) = self.advice.iter_mut().find(|advice| advice.advice == event.advice) {
                    advice.taken = Some(event.taken);
                    advice.reason.clone_from(&event.reason);
                    advice.answered = Some(mark);
                }
            }
            PartnershipEvent::AgreementSigned(event) => self.agreements.push(Agreement {
                kind: event.kind.clone(),
                parties: event.parties.clone(),
                document: event.document,
                signed_on: event.signed_on,
                mark,
            }),
            PartnershipEvent::ActionPlanAdopted(event) => {
                self.plans.retain(|plan| plan.version != event.version);
                self.plans.push(Plan { version: event.version, document: event.document, mark });
            }
            PartnershipEvent::ContinuationCommitted(event) => self.continuations.push(Continuation {
                bodies: event.bodies.clone(),
                document: event.document,
                until: event.until,
                mark,
            }),
            _ => {}
        }
    }
}

linked!(PartnershipRow);

impl Row for PartnershipRow {
    stamped!();

    fn values(&self) -> Vec<Value> {
        vec![Value::from(&self.status), Value::from(self.themes.as_slice())]
    }

    fn sort(&self) -> String {
        ranked(self.begun.position)
    }

    fn words(&self) -> String {
        joined([self.rationale.as_str()].into_iter().chain(self.themes.iter().map(Code::as_str)))
    }

    fn title(&self) -> Title {
        Title::Cities(self.cities.clone())
    }

    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }

    fn partnerships(&self) -> Vec<PartnershipId> {
        vec![self.id]
    }

    fn cities(&self) -> Vec<CityId> {
        self.cities.clone()
    }

    fn persons(&self) -> Vec<PersonId> {
        self.advisors.clone()
    }
}
