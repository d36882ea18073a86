//! Learnings as people look at them: what works, where it comes from, and which cities took it up.

use koinon_events::learning::*;
use koinon_events::pilot::PilotEvent;
use koinon_events::value::{Code, Day, Language, Line, Prose};
use koinon_events::{
    ActionId, CityId, DiscussionId, DocumentId, Event, Kind, LearningId, MeetingId, PartnershipId, PersonId, PilotId,
    ProgrammeId, Subject, VisitId,
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
    /// How far a learning is.
    LearningStatus {
        /// Written down.
        Recorded,
        /// An expert found it sound.
        Validated,
        /// All cities see it.
        Published,
        /// Another holds it now.
        Superseded,
        /// No longer stands.
        Retracted,
    }
}

statuses! {
    /// How far a city is in using a learning.
    AdoptionStatus {
        /// Interested.
        Interested,
        /// Not for this city.
        Declined,
        /// Decided.
        Committed,
        /// Begun.
        Started,
        /// Laid down and verified.
        Verified,
        /// Given up.
        Abandoned,
    }
}

/// One city's use of a learning.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adoption {
    /// Which city.
    pub city: CityId,
    /// How far it is.
    pub status: AdoptionStatus,
    /// Who is in charge.
    pub owner: Option<Line>,
    /// What the city changes.
    pub adaptation: Option<Prose>,
    /// The day it began.
    pub started_on: Option<Day>,
    /// Where it is laid down.
    pub document: Option<DocumentId>,
    /// Why it was declined or abandoned.
    pub reason: Option<Prose>,
    /// The event that first spoke of it.
    pub begun: Mark,
    /// The event that verified it.
    pub verified: Option<Mark>,
    /// The last event about it.
    pub mark: Mark,
}

/// A city the learning was suggested to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// Which city.
    pub city: CityId,
    /// The event that suggested it.
    pub mark: Mark,
}

/// A learning.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LearningRow {
    /// Its identity.
    pub id: LearningId,
    /// The programme it belongs to.
    pub programme: ProgrammeId,
    /// The partnership it came from.
    pub partnership: Option<PartnershipId>,
    /// How far it is.
    pub status: LearningStatus,
    /// What it is called.
    pub title: Line,
    /// What is done.
    pub what: Prose,
    /// Why it works there.
    pub why_it_works: Prose,
    /// What it takes to work elsewhere.
    pub conditions: Prose,
    /// What it costs.
    pub cost_order: CostOrder,
    /// How well it is proven.
    pub maturity: Maturity,
    /// The city it was learned from.
    pub origin_city: CityId,
    /// The visit or meeting it came from.
    pub origin: Subject,
    /// The cities that learned it there.
    pub learned_by: Vec<CityId>,
    /// Codes of the themes.
    pub themes: Vec<Code>,
    /// SDG targets it serves.
    pub sdg_targets: Vec<Code>,
    /// The language it is written in.
    pub language: Language,
    /// Who validated it.
    pub validated_by: Option<PersonId>,
    /// What the expert adds.
    pub note: Option<Prose>,
    /// Why it was returned or retracted.
    pub reason: Option<Prose>,
    /// Learnings it took the place of.
    pub supersedes: Vec<LearningId>,
    /// The learning that holds it now.
    pub superseded_by: Option<LearningId>,
    /// The meeting that decided so.
    pub at_meeting: Option<MeetingId>,
    /// The cities it was suggested to.
    pub suggestions: Vec<Suggestion>,
    /// Which cities use it, and how far.
    pub adoptions: Vec<Adoption>,
    /// Pilots that try it out.
    pub pilots: Vec<PilotId>,
    /// What was agreed to do.
    pub actions: Vec<ActionId>,
    /// What is said about it.
    pub discussions: Vec<DiscussionId>,
    /// Documents that show it.
    pub evidence: Vec<DocumentId>,
    /// The event that began it.
    pub begun: Mark,
    /// The event that validated it.
    pub validated: Option<Mark>,
    /// The event that published it.
    pub published: Option<Mark>,
    /// The subject's version.
    pub version: u64,
    /// The position of its last event.
    pub position: u64,
    /// The UTC day of its last event.
    pub updated: Day,
}

/// The read model `learnings`.
#[derive(Debug, Clone, Copy)]
pub struct Learnings;

impl Projection for Learnings {
    type Row = LearningRow;

    const NAME: &'static str = "learnings";
    const VERSION: u32 = 3;
    const KIND: Kind = Kind::Learning;
    const READS: &'static [&'static str] = &["learning", "pilot", "action", "discussion", "document"];
    const COLUMNS: &'static [Column] = &[
        Column::text("status"),
        Column::text("origin_city"),
        Column::text("origin"),
        Column::text("cost_order"),
        Column::text("maturity"),
        Column::text("language"),
        Column::at_least("recorded_from", "from"),
        Column::at_most("recorded_to", "to"),
        Column::many("themes", "theme"),
    ];

    fn apply(rows: &mut Table<Self>, entry: &Entry) {
        let id = entry.subject.id;
        match &entry.event {
            Event::Learning(LearningEvent::LearningRecorded(event)) => {
                rows.put(entry, |_| recorded(LearningId(id), entry, event));
            }
            Event::Learning(event) => rows.own(entry, |row| row.moved_on(entry, event)),
            Event::Pilot(PilotEvent::PilotProposed(event)) => {
                for learning in &event.from_learnings {
                    rows.change(learning.0, |row| add(&mut row.pilots, PilotId(id)));
                }
            }
            _ => links::follow(rows, entry),
        }
    }
}

fn recorded(id: LearningId, entry: &Entry, event: &LearningRecorded) -> LearningRow {
    LearningRow {
        id,
        programme: event.programme,
        partnership: event.partnership,
        status: LearningStatus::Recorded,
        title: event.title.clone(),
        what: event.what.clone(),
        why_it_works: event.why_it_works.clone(),
        conditions: event.conditions.clone(),
        cost_order: event.cost_order,
        maturity: event.maturity,
        origin_city: event.origin_city,
        origin: event.origin,
        learned_by: event.learned_by.clone(),
        themes: event.themes.clone(),
        sdg_targets: event.sdg_targets.clone(),
        language: event.language.clone(),
        validated_by: None,
        note: None,
        reason: None,
        supersedes: Vec::new(),
        superseded_by: None,
        at_meeting: None,
        suggestions: Vec::new(),
        adoptions: Vec::new(),
        pilots: Vec::new(),
        actions: Vec::new(),
        discussions: Vec::new(),
        evidence: Vec::new(),
        begun: Mark::from(entry),
        validated: None,
        published: None,
        version: 0,
        position: 0,
        updated: entry.time.day(),
    }
}

/// Takes a new value where the event has one.
fn revise<T: Clone>(field: &mut T, value: &Option<T>) {
    if let Some(value) = value {
        field.clone_from(value);
    }
}

impl LearningRow {
    fn moved_on(&mut self, entry: &Entry, event: &LearningEvent) {
        match event {
            LearningEvent::LearningRecorded(_) => {}
            LearningEvent::LearningRevised(event) => {
                revise(&mut self.title, &event.title);
                revise(&mut self.what, &event.what);
                revise(&mut self.why_it_works, &event.why_it_works);
                revise(&mut self.conditions, &event.conditions);
                revise(&mut self.cost_order, &event.cost_order);
                revise(&mut self.maturity, &event.maturity);
                revise(&mut self.themes, &event.themes);
                revise(&mut self.sdg_targets, &event.sdg_targets);
            }
            LearningEvent::LearningValidated(event) => {
                self.status = LearningStatus::Validated;
                self.validated_by = Some(event.expert);
                self.note.clone_from(&event.note);
                self.validated = Some(Mark::from(entry));
                self.reason = None;
            }
            LearningEvent::LearningReturned(event) => {
                self.status = LearningStatus::Recorded;
                self.validated = None;
                self.reason = Some(event.reason.clone());
            }
            LearningEvent::LearningPublished(_) => {
                self.status = LearningStatus::Published;
                self.published = Some(Mark::from(entry));
            }
            LearningEvent::LearningsConsolidated(event) => {
                event.from.iter().for_each(|learning| add(&mut self.supersedes, *learning));
                self.at_meeting = event.at_meeting;
            }
            LearningEvent::LearningSuperseded(event) => {
                self.status = LearningStatus::Superseded;
                self.superseded_by = Some(event.by);
                self.at_meeting = event.at_meeting;
            }
            LearningEvent::LearningRetracted(event) => {
                self.status = LearningStatus::Retracted;
                self.reason = Some(event.reason.clone());
            }
            LearningEvent::LearningSuggested(event) => {
                let mark = Mark::from(entry);
                self.suggestions.retain(|suggestion| !event.cities.contains(&suggestion.city));
                self.suggestions.extend(event.cities.iter().map(|city| Suggestion { city: *city, mark }));
            }
            event => self.adopted(entry, event),
        }
    }

    fn adopted(&mut self, entry: &Entry, event: &LearningEvent) {
        match event {
            LearningEvent::InterestExpressed(event) => {
                self.adoption(entry, event.city, AdoptionStatus::Interested);
            }
            LearningEvent::LearningDeclined(event) => {
                self.adoption(entry, event.city, AdoptionStatus::Declined).reason = Some(event.reason.clone());
            }
            LearningEvent::AdoptionCommitted(event) => {
                let adoption = self.adoption(entry, event.city, AdoptionStatus::Committed);
                adoption.owner = Some(event.owner.clone());
                adoption.adaptation = Some(event.adaptation.clone());
            }
            LearningEvent::AdoptionStarted(event) => {
                self.adoption(entry, event.city, AdoptionStatus::Started).started_on =
                    Some(event.date.unwrap_or(entry.time.day()));
            }
            LearningEvent::AdoptionVerified(event) => {
                let adoption = self.adoption(entry, event.city, AdoptionStatus::Verified);
                adoption.document = Some(event.document);
                adoption.verified = Some(Mark::from(entry));
            }
            LearningEvent::AdoptionAbandoned(event) => {
                self.adoption(entry, event.city, AdoptionStatus::Abandoned).reason = Some(event.reason.clone());
            }
            _ => {}
        }
    }

    fn adoption(&mut self, entry: &Entry, city: CityId, status: AdoptionStatus) -> &mut Adoption {
        let mark = Mark::from(entry);
        let at = self.adoptions.iter().position(|adoption| adoption.city == city).unwrap_or_else(|| {
            self.adoptions.push(Adoption {
                city,
                status,
                owner: None,
                adaptation: None,
                started_on: None,
                document: None,
                reason: None,
                begun: mark,
                verified: None,
                mark,
            });
            self.adoptions.len() - 1
        });
        let adoption = &mut self.adoptions[at];
        adoption.status = status;
        adoption.mark = mark;
        adoption
    }

    /// Whether another city than its own has decided to use it.
    pub fn travelled(&self) -> bool {
        self.adoptions.iter().any(|adoption| {
            adoption.city != self.origin_city
                && matches!(
                    adoption.status,
                    AdoptionStatus::Committed | AdoptionStatus::Started | AdoptionStatus::Verified
                )
        })
    }
}

linked!(LearningRow);

impl Row for LearningRow {
    stamped!();

    fn values(&self) -> Vec<Value> {
        let recorded = Value::Text(self.begun.recorded.to_string());
        vec![
            Value::from(&self.status),
            Value::from(&self.origin_city),
            Value::from(&self.origin),
            Value::Text(<&str>::from(self.cost_order).to_owned()),
            Value::Text(<&str>::from(self.maturity).to_owned()),
            Value::from(&self.language),
            recorded.clone(),
            recorded,
            Value::from(self.themes.as_slice()),
        ]
    }

    fn sort(&self) -> String {
        ranked(self.begun.position)
    }

    fn words(&self) -> String {
        let texts = [&self.what, &self.why_it_works, &self.conditions].into_iter().map(Prose::as_str);
        joined([self.title.as_str()].into_iter().chain(texts).chain(self.themes.iter().map(Code::as_str)))
    }

    fn title(&self) -> Title {
        Title::Text(self.title.to_string())
    }

    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }

    fn is_published(&self) -> bool {
        self.status == LearningStatus::Published
    }

    fn partnerships(&self) -> Vec<PartnershipId> {
        self.partnership.into_iter().collect()
    }

    fn visit(&self) -> Option<VisitId> {
        (self.origin.kind == Kind::Visit).then_some(VisitId(self.origin.id))
    }

    fn cities(&self) -> Vec<CityId> {
        let mut cities = vec![self.origin_city];
        let adopting = self.adoptions.iter().map(|adoption| adoption.city);
        let adopting = adopting.chain(self.suggestions.iter().map(|suggestion| suggestion.city));
        self.learned_by.iter().copied().chain(adopting).for_each(|city| add(&mut cities, city));
        cities
    }
}
