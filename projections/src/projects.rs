//! Cooperation projects as people look at them.

use koinon_events::pilot::PilotEvent;
use koinon_events::project::*;
use koinon_events::value::{Code, Day, Decimal, Language, Line, Prose};
use koinon_events::{
    ActionId, CityId, DiscussionId, DocumentId, Event, Kind, PartnershipId, PilotId, ProgrammeId, ProjectId,
};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::column::{Column, Value};
use crate::discussions::first_words;
use crate::entry::Entry;
use crate::links::{self, linked};
use crate::mark::{Mark, add};
use crate::row::{Projection, Row, Title, joined, ranked, stamped, statuses};
use crate::table::Table;

statuses! {
    /// How far a cooperation project is.
    ProjectStatus {
        /// Thought of.
        Idea,
        /// Agreed by those who carry it.
        Agreed,
        /// At work.
        Active,
        /// Did what it set out to do.
        Completed,
        /// Ended before its time.
        Stopped,
    }
}

/// Something to be delivered.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deliverable {
    /// Its code within the project.
    pub deliverable: Code,
    /// What it is.
    pub title: Line,
    /// The day it is due.
    pub due: Day,
    /// The day it was delivered.
    pub delivered_on: Option<Day>,
    /// Where it can be read.
    pub document: Option<DocumentId>,
}

/// A cooperation project.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProjectRow {
    /// Its identity.
    pub id: ProjectId,
    /// The programme it belongs to.
    pub programme: ProgrammeId,
    /// The partnership it belongs to.
    pub partnership: PartnershipId,
    /// How far it is.
    pub status: ProjectStatus,
    /// What it is called.
    pub title: Option<Line>,
    /// What it is to reach.
    pub objective: Prose,
    /// The bodies that carry it.
    pub bodies: Vec<ProjectBody>,
    /// What it is expected to bring, or brought.
    pub results: Option<Prose>,
    /// The funds it looks for, in euro.
    pub funding_sought: Option<Decimal>,
    /// The language its texts are written in.
    pub language: Option<Language>,
    /// The day it was agreed.
    pub agreed_on: Option<Day>,
    /// What was agreed, in writing.
    pub document: Option<DocumentId>,
    /// What it delivers.
    pub deliverables: Vec<Deliverable>,
    /// What became of requests for funds.
    pub funding: Vec<FundingRecorded>,
    /// Why it was stopped.
    pub reason: Option<Prose>,
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
    /// The event that ended it.
    pub ended: Option<Mark>,
    /// The subject's version.
    pub version: u64,
    /// The position of its last event.
    pub position: u64,
    /// The UTC day of its last event.
    pub updated: Day,
}

/// The read model `projects`.
#[derive(Debug, Clone, Copy)]
pub struct Projects;

impl Projection for Projects {
    type Row = ProjectRow;

    const NAME: &'static str = "projects";
    const VERSION: u32 = 2;
    const KIND: Kind = Kind::Project;
    const READS: &'static [&'static str] = &["project", "pilot", "action", "discussion", "document"];
    const COLUMNS: &'static [Column] = &[Column::text("status")];

    fn apply(rows: &mut Table<Self>, entry: &Entry) {
        match &entry.event {
            Event::Project(ProjectEvent::ProjectProposed(event)) => rows.put(entry, |_| ProjectRow {
                id: ProjectId(entry.subject.id),
                programme: event.programme,
                partnership: event.partnership,
                status: ProjectStatus::Idea,
                title: event.title.clone(),
                objective: event.objective.clone(),
                bodies: event.bodies.clone(),
                results: event.results.clone(),
                funding_sought: event.funding_sought.clone(),
                language: event.language.clone(),
                agreed_on: None,
                document: None,
                deliverables: Vec::new(),
                funding: Vec::new(),
                reason: None,
                pilots: Vec::new(),
                actions: Vec::new(),
                discussions: Vec::new(),
                evidence: Vec::new(),
                begun: Mark::from(entry),
                ended: None,
                version: 0,
                position: 0,
                updated: entry.time.day(),
            }),
            Event::Project(event) => rows.own(entry, |row| row.moved_on(entry, event)),
            Event::Pilot(PilotEvent::PilotProposed(event)) => {
                if let Some(project) = event.project {
                    rows.change(project.0, |row| add(&mut row.pilots, PilotId(entry.subject.id)));
                }
            }
            _ => links::follow(rows, entry),
        }
    }
}

impl ProjectRow {
    fn moved_on(&mut self, entry: &Entry, event: &ProjectEvent) {
        match event {
            ProjectEvent::ProjectProposed(_) => {}
            ProjectEvent::ProjectAgreed(event) => {
                self.status = ProjectStatus::Agreed;
                self.agreed_on = Some(event.agreed_on.unwrap_or(entry.time.day()));
                self.document = event.document;
            }
            ProjectEvent::DeliverableAdded(event) => self.deliverables.push(Deliverable {
                deliverable: event.deliverable.clone(),
                title: event.title.clone(),
                due: event.due,
                delivered_on: None,
                document: None,
            }),
            ProjectEvent::DeliverableDelivered(event) => {
                let mut deliverables = self.deliverables.iter_mut();
                if let Some(deliverable) = deliverables.find(|each| each.deliverable == event.deliverable) {
                    deliverable.delivered_on = Some(event.delivered_on.unwrap_or(entry.time.day()));
                    deliverable.document = event.document;
                }
            }
            ProjectEvent::ProjectActivated(_) => self.status = ProjectStatus::Active,
            ProjectEvent::FundingRecorded(event) => self.funding.push(event.clone()),
            ProjectEvent::ProjectCompleted(event) => {
                self.status = ProjectStatus::Completed;
                self.results = Some(event.results.clone());
                event.evidence.iter().for_each(|document| add(&mut self.evidence, *document));
                self.ended = Some(Mark::from(entry));
            }
            ProjectEvent::ProjectStopped(event) => {
                self.status = ProjectStatus::Stopped;
                self.reason = Some(event.reason.clone());
                self.ended = Some(Mark::from(entry));
            }
        }
    }
}

linked!(ProjectRow);

impl Row for ProjectRow {
    stamped!();

    fn values(&self) -> Vec<Value> {
        vec![Value::from(&self.status)]
    }

    fn sort(&self) -> String {
        ranked(self.begun.position)
    }

    fn words(&self) -> String {
        let bodies = self.bodies.iter().map(|body| body.name.as_str());
        let title = self.title.as_ref().map(Line::as_str);
        joined([self.objective.as_str()].into_iter().chain(title).chain(bodies))
    }

    fn title(&self) -> Title {
        Title::Text(self.title.as_ref().map_or_else(|| first_words(self.objective.as_str()), ToString::to_string))
    }

    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }

    fn partnerships(&self) -> Vec<PartnershipId> {
        vec![self.partnership]
    }

    fn cities(&self) -> Vec<CityId> {
        let mut cities = Vec::new();
        self.bodies.iter().for_each(|body| add(&mut cities, body.city));
        cities
    }
}
