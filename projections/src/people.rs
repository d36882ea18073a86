//! People as those who may see them look at them. Names, addresses and phones stay sealed; only the edge opens them.

use koinon_events::action::{ActionEvent, Owner};
use koinon_events::city::CityEvent;
use koinon_events::partnership::PartnershipEvent;
use koinon_events::person::*;
use koinon_events::value::{Code, Day, Language, Line, Prose};
use koinon_events::visit::VisitEvent;
use koinon_events::{ActionId, CityId, Event, Kind, PartnershipId, PersonId, ProgrammeId, Sealed, Subject, VisitId};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::column::{Column, Value};
use crate::entry::Entry;
use crate::mark::{Mark, add};
use crate::row::{Projection, Row, Title, joined, ranked, stamped, statuses};
use crate::table::Table;

statuses! {
    /// How far a person is.
    PersonStatus {
        /// Has an invitation.
        Invited,
        /// Takes part.
        Active,
        /// Takes part no more.
        Inactive,
        /// All personal values are destroyed.
        Erased,
    }
}

/// A role that holds.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Its id within the person.
    pub grant: Code,
    /// The role.
    pub role: Role,
    /// What it holds for; absent when for every programme.
    pub scope: Option<Subject>,
    /// Its last day, if it ends.
    pub until: Option<Day>,
    /// The event that gave it.
    pub mark: Mark,
}

/// A wish to be forgotten, and what was said to it.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// Why it was asked.
    pub asked: Option<Prose>,
    /// Why it was refused or put off.
    pub deferred: Option<Prose>,
    /// Until when it is put off.
    pub until: Option<Day>,
    /// The legal basis.
    pub basis: Option<Line>,
    /// The reference of the request.
    pub request: Option<Line>,
    /// The last event about it.
    pub mark: Mark,
}

/// A person.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonRow {
    /// The person's identity.
    pub id: PersonId,
    /// How far the person is.
    pub status: PersonStatus,
    /// Name, sealed.
    pub name: Sealed,
    /// E-mail address, sealed.
    pub email: Sealed,
    /// Phone number, sealed.
    pub phone: Option<Sealed>,
    /// Where the person works.
    pub organisation: Line,
    /// The programme the person takes part in.
    pub programme: Option<ProgrammeId>,
    /// The city the person works for.
    pub city: Option<CityId>,
    /// The languages the person speaks.
    pub languages: Vec<Language>,
    /// What the person takes part as.
    pub kind: PersonKind,
    /// Why the person takes part no more.
    pub reason: Option<Prose>,
    /// Roles that hold.
    pub grants: Vec<Grant>,
    /// The wish to be forgotten.
    pub erasure: Option<Erasure>,
    /// Visits the person is or was on.
    pub visits: Vec<VisitId>,
    /// Partnerships the person advises.
    pub advises: Vec<PartnershipId>,
    /// Cities the person coordinates for.
    pub coordinates: Vec<CityId>,
    /// Actions the person had to see to.
    pub actions: Vec<ActionId>,
    /// The event that began it.
    pub begun: Mark,
    /// The subject's version.
    pub version: u64,
    /// The position of its last event.
    pub position: u64,
    /// The UTC day of its last event.
    pub updated: Day,
}

/// The read model `people`.
#[derive(Debug, Clone, Copy)]
pub struct People;

impl Projection for People {
    type Row = PersonRow;

    const NAME: &'static str = "people";
    const VERSION: u32 = 3;
    const KIND: Kind = Kind::Person;
    const READS: &'static [&'static str] = &["person", "visit", "partnership", "city", "action"];
    const COLUMNS: &'static [Column] =
        &[Column::text("status"), Column::text("kind"), Column::text("organisation"), Column::many("roles", "role")];

    fn apply(rows: &mut Table<Self>, entry: &Entry) {
        match &entry.event {
            Event::Person(PersonEvent::PersonInvited(event)) => rows.put(entry, |_| invited(entry, event)),
            Event::Person(event) => rows.own(entry, |row| row.moved_on(entry, event)),
            Event::Visit(event) => on_visit(rows, VisitId(entry.subject.id), event),
            Event::Partnership(PartnershipEvent::AdvisorAssigned(event)) => {
                rows.change(event.expert.0, |row| add(&mut row.advises, PartnershipId(entry.subject.id)));
            }
            Event::City(CityEvent::CoordinatorAppointed(event)) => {
                let city = CityId(entry.subject.id);
                if let Some(person) = event.was_person {
                    rows.change(person.0, |row| row.coordinates.retain(|each| *each != city));
                }
                rows.change(event.person.0, |row| add(&mut row.coordinates, city));
            }
            Event::Action(event) => to_do(rows, ActionId(entry.subject.id), event),
            _ => {}
        }
    }
}

fn on_visit(rows: &mut Table<People>, visit: VisitId, event: &VisitEvent) {
    let mut comes = |person: PersonId| rows.change(person.0, |row| add(&mut row.visits, visit));
    match event {
        VisitEvent::DelegateInvited(event) => comes(event.person),
        VisitEvent::ExpertAssigned(event) => comes(event.expert),
        VisitEvent::AttendanceRecorded(event) => event.present.iter().for_each(|person| comes(*person)),
        VisitEvent::SessionAdded(event) => event.speakers.iter().for_each(|person| comes(*person)),
        VisitEvent::DelegateReplaced(event) => comes(event.to),
        VisitEvent::ExpertReplaced(event) => comes(event.to),
        _ => {}
    }
}

fn to_do(rows: &mut Table<People>, action: ActionId, event: &ActionEvent) {
    let owner = match event {
        ActionEvent::ActionRaised(event) => event.owner.as_ref(),
        ActionEvent::ActionReassigned(event) => Some(&event.owner),
        _ => None,
    };
    if let Some(Owner::Person(person)) = owner {
        rows.change(person.0, |row| add(&mut row.actions, action));
    }
}

fn invited(entry: &Entry, event: &PersonInvited) -> PersonRow {
    PersonRow {
        id: PersonId(entry.subject.id),
        status: PersonStatus::Invited,
        name: event.name.clone(),
        email: event.email.clone(),
        phone: event.phone.clone(),
        organisation: event.organisation.clone(),
        programme: event.programme,
        city: event.city,
        languages: event.languages.clone(),
        kind: event.kind,
        reason: None,
        grants: Vec::new(),
        erasure: None,
        visits: Vec::new(),
        advises: Vec::new(),
        coordinates: Vec::new(),
        actions: Vec::new(),
        begun: Mark::from(entry),
        version: 0,
        position: 0,
        updated: entry.time.day(),
    }
}

impl PersonRow {
    fn moved_on(&mut self, entry: &Entry, event: &PersonEvent) {
        match event {
            PersonEvent::PersonInvited(_) => {}
            PersonEvent::InvitationAccepted(_) => self.status = PersonStatus::Active,
            PersonEvent::PersonUpdated(event) => self.updated(event),
            PersonEvent::PersonDeactivated(event) => {
                self.status = PersonStatus::Inactive;
                self.reason.clone_from(&event.reason);
            }
            PersonEvent::ErasureRequested(event) => self.erasure(entry).asked = Some(event.reason.clone()),
            PersonEvent::ErasureDeferred(event) => {
                let erasure = self.erasure(entry);
                erasure.deferred = Some(event.reason.clone());
                erasure.until = event.until;
                erasure.basis.clone_from(&event.basis);
            }
            PersonEvent::PersonErased(event) => {
                self.status = PersonStatus::Erased;
                let erasure = self.erasure(entry);
                erasure.basis = Some(event.basis.clone());
                erasure.request = Some(event.request.clone());
            }
            PersonEvent::RoleGranted(event) => self.grants.push(Grant {
                grant: event.grant.clone(),
                role: event.role,
                scope: event.scope,
                until: event.until,
                mark: Mark::from(entry),
            }),
            PersonEvent::PersonReminded(_) => {}
            PersonEvent::RoleRevoked(event) => self.grants.retain(|grant| grant.grant != event.grant),
        }
    }

    fn updated(&mut self, event: &PersonUpdated) {
        if let Some(name) = &event.name {
            self.name.clone_from(name);
        }
        if let Some(email) = &event.email {
            self.email.clone_from(email);
        }
        if event.phone.is_some() {
            self.phone.clone_from(&event.phone);
        }
        if let Some(organisation) = &event.organisation {
            self.organisation.clone_from(organisation);
        }
        self.city = event.city.or(self.city);
        if let Some(languages) = &event.languages {
            self.languages.clone_from(languages);
        }
        self.kind = event.kind.unwrap_or(self.kind);
    }

    fn erasure(&mut self, entry: &Entry) -> &mut Erasure {
        let mark = Mark::from(entry);
        let erasure = self.erasure.get_or_insert(Erasure {
            asked: None,
            deferred: None,
            until: None,
            basis: None,
            request: None,
            mark,
        });
        erasure.mark = mark;
        erasure
    }
}

impl Row for PersonRow {
    stamped!();

    fn values(&self) -> Vec<Value> {
        let roles = self.grants.iter().map(|grant| <&str>::from(grant.role).to_owned()).collect();
        vec![
            Value::from(&self.status),
            Value::Text(<&str>::from(self.kind).to_owned()),
            Value::from(&self.organisation),
            Value::Many(roles),
        ]
    }

    /// In the order they were invited: a name is no key.
    fn sort(&self) -> String {
        ranked(self.begun.position)
    }

    fn words(&self) -> String {
        joined([self.organisation.as_str()])
    }

    fn title(&self) -> Title {
        Title::Sealed(self.name.clone())
    }

    fn programme(&self) -> Option<ProgrammeId> {
        self.programme
    }

    fn cities(&self) -> Vec<CityId> {
        self.city.into_iter().collect()
    }

    fn persons(&self) -> Vec<PersonId> {
        vec![self.id]
    }
}
