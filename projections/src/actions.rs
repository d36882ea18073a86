//! Actions as people look at them. Whether one is late is for the day of reading to say.

use koinon_events::action::*;
use koinon_events::value::{Day, Language, Prose};
use koinon_events::{
    ActionId, CityId, DiscussionId, DocumentId, Event, Kind, PartnershipId, PersonId, ProgrammeId, Subject,
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
    /// How far an action is.
    ActionStatus {
        /// Has to be done.
        Open,
        /// Done.
        Done,
        /// Somebody saw that it was done.
        Verified,
        /// Need not be done any more.
        Dropped,
    }
}

/// An action.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActionRow {
    /// Its identity.
    pub id: ActionId,
    /// The programme it belongs to.
    pub programme: ProgrammeId,
    /// The partnership it belongs to, if one.
    pub partnership: Option<PartnershipId>,
    /// How far it is.
    pub status: ActionStatus,
    /// What has to be done.
    pub text: Prose,
    /// What it came up in.
    pub from: Option<Subject>,
    /// The action plan it carries out.
    pub plan: Option<PlanReference>,
    /// Who has to do it.
    pub owner: Option<Owner>,
    /// The city that answers for it.
    pub city: Option<CityId>,
    /// The day it is due.
    pub due: Option<Day>,
    /// The language the text is written in.
    pub language: Option<Language>,
    /// What was done.
    pub note: Option<Prose>,
    /// Why it was moved, opened again or dropped.
    pub reason: Option<Prose>,
    /// What was agreed to do.
    pub actions: Vec<ActionId>,
    /// What is said about it.
    pub discussions: Vec<DiscussionId>,
    /// Documents that show it.
    pub evidence: Vec<DocumentId>,
    /// The event that began it.
    pub begun: Mark,
    /// The event that says it was done.
    pub done: Option<Mark>,
    /// The subject's version.
    pub version: u64,
    /// The position of its last event.
    pub position: u64,
    /// The UTC day of its last event.
    pub updated: Day,
}

/// The read model `actions`.
#[derive(Debug, Clone, Copy)]
pub struct Actions;

impl Projection for Actions {
    type Row = ActionRow;

    const NAME: &'static str = "actions";
    const VERSION: u32 = 2;
    const KIND: Kind = Kind::Action;
    const READS: &'static [&'static str] = &["action", "discussion", "document"];
    const COLUMNS: &'static [Column] = &[
        Column::text("status"),
        Column::text("origin"),
        Column::at_least("due_from", "from"),
        Column::at_most("due_to", "to"),
        Column::text("owner"),
    ];

    fn apply(rows: &mut Table<Self>, entry: &Entry) {
        match &entry.event {
            Event::Action(ActionEvent::ActionRaised(event)) => {
                rows.put(entry, |_| ActionRow {
                    id: ActionId(entry.subject.id),
                    programme: event.programme,
                    partnership: event.partnership,
                    status: ActionStatus::Open,
                    text: event.text.clone(),
                    from: event.from,
                    plan: event.plan.clone(),
                    owner: event.owner.clone(),
                    city: event.city,
                    due: event.due,
                    language: event.language.clone(),
                    note: None,
                    reason: None,
                    actions: Vec::new(),
                    discussions: Vec::new(),
                    evidence: Vec::new(),
                    begun: Mark::from(entry),
                    done: None,
                    version: 0,
                    position: 0,
                    updated: entry.time.day(),
                });
                links::follow(rows, entry);
            }
            Event::Action(event) => rows.own(entry, |row| row.moved_on(entry, event)),
            _ => links::follow(rows, entry),
        }
    }
}

impl ActionRow {
    fn moved_on(&mut self, entry: &Entry, event: &ActionEvent) {
        match event {
            ActionEvent::ActionRaised(_) => {}
            ActionEvent::ActionReassigned(event) => {
                self.owner = Some(event.owner.clone());
                self.reason.clone_from(&event.reason);
            }
            ActionEvent::ActionDueChanged(event) => {
                self.due = Some(event.due);
                self.reason = Some(event.reason.clone());
            }
            ActionEvent::ActionCompleted(event) => {
                self.status = ActionStatus::Done;
                self.note.clone_from(&event.note);
                event.evidence.iter().for_each(|document| add(&mut self.evidence, *document));
                self.done = Some(Mark::from(entry));
            }
            ActionEvent::ActionVerified(event) => {
                self.status = ActionStatus::Verified;
                if event.note.is_some() {
                    self.note.clone_from(&event.note);
                }
            }
            ActionEvent::ActionReopened(event) => {
                self.status = ActionStatus::Open;
                self.done = None;
                self.reason = Some(event.reason.clone());
            }
            ActionEvent::ActionDropped(event) => {
                self.status = ActionStatus::Dropped;
                self.reason = Some(event.reason.clone());
            }
        }
    }

    /// Whether it is open past the day it was due.
    pub fn is_late(&self, today: Day) -> bool {
        self.status == ActionStatus::Open && self.due.is_some_and(|due| due < today)
    }
}

linked!(ActionRow);

impl Row for ActionRow {
    stamped!();

    fn values(&self) -> Vec<Value> {
        let owner = match &self.owner {
            Some(Owner::Person(person)) => Value::from(person),
            Some(Owner::Body(body)) => Value::from(body),
            None => Value::Null,
        };
        vec![Value::from(&self.status), Value::from(self.from), Value::from(self.due), Value::from(self.due), owner]
    }

    /// By the day it is due; those without a day come last.
    fn sort(&self) -> String {
        self.due.map_or_else(|| format!("~{}", ranked(self.begun.position)), |due| due.to_string())
    }

    fn words(&self) -> String {
        joined([self.text.as_str()])
    }

    fn title(&self) -> Title {
        Title::Text(first_words(self.text.as_str()))
    }

    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }

    fn partnerships(&self) -> Vec<PartnershipId> {
        self.partnership.into_iter().collect()
    }

    fn cities(&self) -> Vec<CityId> {
        self.city.into_iter().collect()
    }

    fn persons(&self) -> Vec<PersonId> {
        match &self.owner {
            Some(Owner::Person(person)) => vec![*person],
            _ => Vec::new(),
        }
    }
}
