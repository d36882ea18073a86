//! Cities as people look at them: who they are, what they need and offer, and what they take part in.

use koinon_events::city::*;
use koinon_events::learning::LearningEvent;
use koinon_events::partnership::PartnershipEvent;
use koinon_events::pilot::PilotEvent;
use koinon_events::value::{Country, Day, Language, Latitude, Line, Longitude, Prose, Zone};
use koinon_events::visit::VisitEvent;
use koinon_events::{
    ActionId, CityId, DiscussionId, DocumentId, Event, Kind, LearningId, PartnershipId, PersonId, PilotId, ProgrammeId,
    Subject, VisitId,
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
    /// How far a city is.
    CityStatus {
        /// Asked to take part.
        Applied,
        /// Takes part.
        Selected,
        /// May take part when another leaves.
        Reserve,
        /// Does not take part.
        Rejected,
        /// Takes part and has a partnership.
        Active,
        /// Left.
        Withdrawn,
    }
}

/// A city.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CityRow {
    /// Its identity.
    pub id: CityId,
    /// The programme it takes part in.
    pub programme: ProgrammeId,
    /// How far it is.
    pub status: CityStatus,
    /// Its name in Latin letters.
    pub name: Line,
    /// Its name in its own language and script.
    pub native_name: Line,
    /// Its country.
    pub country: Country,
    /// The strand it takes part in.
    pub strand: Line,
    /// Degrees north.
    pub latitude: Latitude,
    /// Degrees east.
    pub longitude: Longitude,
    /// How many people live in it.
    pub population: u32,
    /// Its time zone.
    pub timezone: Zone,
    /// The languages it works in.
    pub languages: Vec<Language>,
    /// Bodies of the city, or working with it.
    pub bodies: Vec<BodyAdded>,
    /// The person who coordinates for it.
    pub coordinator: Option<PersonId>,
    /// What it wants to learn.
    pub needs: Vec<NeedStated>,
    /// What others can learn from it.
    pub offers: Vec<OfferStated>,
    /// Why it was put on reserve, rejected, or left.
    pub reason: Option<Prose>,
    /// What was still open when it left, once that is listed.
    pub open_matters: Option<Vec<Subject>>,
    /// Partnerships it was proposed for and has not left.
    pub partnerships: Vec<PartnershipId>,
    /// Visits it receives or makes.
    pub visits: Vec<VisitId>,
    /// Learnings that come from it.
    pub learnings: Vec<LearningId>,
    /// Learnings of others it has to do with.
    pub adoptions: Vec<LearningId>,
    /// Pilots it carries.
    pub pilots: Vec<PilotId>,
    /// Actions it answers for.
    pub actions: Vec<ActionId>,
    /// What is said about it.
    pub discussions: Vec<DiscussionId>,
    /// Documents that show it.
    pub evidence: Vec<DocumentId>,
    /// The event that began it.
    pub begun: Mark,
    /// The event that selected it.
    pub selected: Option<Mark>,
    /// The event that made it active.
    pub activated: Option<Mark>,
    /// The subject's version.
    pub version: u64,
    /// The position of its last event.
    pub position: u64,
    /// The UTC day of its last event.
    pub updated: Day,
}

/// The read model `cities`.
#[derive(Debug, Clone, Copy)]
pub struct Cities;

impl Projection for Cities {
    type Row = CityRow;

    const NAME: &'static str = "cities";
    const VERSION: u32 = 4;
    const KIND: Kind = Kind::City;
    const READS: &'static [&'static str] =
        &["city", "partnership", "visit", "learning", "pilot", "action", "discussion", "document"];
    const COLUMNS: &'static [Column] = &[
        Column::text("status"),
        Column::text("country"),
        Column::text("strand"),
        Column::text("name"),
        Column::many("needs", "need"),
        Column::many("offers", "offer"),
    ];

    fn apply(rows: &mut Table<Self>, entry: &Entry) {
        match &entry.event {
            Event::City(CityEvent::CityRegistered(event)) => rows.put(entry, |_| registered(entry, event)),
            Event::City(event) => rows.own(entry, |row| row.moved_on(entry, event)),
            Event::Partnership(event) => joined_or_left(rows, PartnershipId(entry.subject.id), event),
            Event::Visit(event) => visited(rows, VisitId(entry.subject.id), event),
            Event::Learning(event) => learned(rows, LearningId(entry.subject.id), event),
            Event::Pilot(PilotEvent::PilotProposed(event)) => {
                let pilot = PilotId(entry.subject.id);
                event.cities.iter().for_each(|city| rows.change(city.0, |row| add(&mut row.pilots, pilot)));
            }
            Event::Action(koinon_events::action::ActionEvent::ActionRaised(event)) => {
                if let Some(city) = event.city {
                    rows.change(city.0, |row| add(&mut row.actions, ActionId(entry.subject.id)));
                }
                links::follow(rows, entry);
            }
            _ => links::follow(rows, entry),
        }
    }
}

fn joined_or_left(rows: &mut Table<Cities>, partnership: PartnershipId, event: &PartnershipEvent) {
    let mut join = |city: CityId| rows.change(city.0, |row| add(&mut row.partnerships, partnership));
    match event {
        PartnershipEvent::PartnershipProposed(event) => event.cities.iter().for_each(|city| join(*city)),
        PartnershipEvent::CityAdded(event) => join(event.city),
        PartnershipEvent::CityRemoved(event) => {
            rows.change(event.city.0, |row| row.partnerships.retain(|each| *each != partnership));
        }
        PartnershipEvent::PartnershipDeclined(event) => {
            rows.change(event.city.0, |row| row.partnerships.retain(|each| *each != partnership));
        }
        _ => {}
    }
}

fn visited(rows: &mut Table<Cities>, visit: VisitId, event: &VisitEvent) {
    let (host, visiting) = match event {
        VisitEvent::VisitProposed(event) => (event.host_city, &event.visiting_cities),
        VisitEvent::VisitScheduled(event) => (event.host_city, &event.visiting_cities),
        _ => return,
    };
    rows.change(host.0, |row| add(&mut row.visits, visit));
    visiting.iter().for_each(|city| rows.change(city.0, |row| add(&mut row.visits, visit)));
}

fn learned(rows: &mut Table<Cities>, learning: LearningId, event: &LearningEvent) {
    let mut adopts = |city: CityId| rows.change(city.0, |row| add(&mut row.adoptions, learning));
    match event {
        LearningEvent::LearningRecorded(event) => {
            rows.change(event.origin_city.0, |row| add(&mut row.learnings, learning));
        }
        LearningEvent::InterestExpressed(event) => adopts(event.city),
        LearningEvent::AdoptionCommitted(event) => adopts(event.city),
        LearningEvent::AdoptionStarted(event) => adopts(event.city),
        LearningEvent::AdoptionVerified(event) => adopts(event.city),
        _ => {}
    }
}

fn registered(entry: &Entry, event: &CityRegistered) -> CityRow {
    CityRow {
        id: CityId(entry.subject.id),
        programme: event.programme,
        status: CityStatus::Applied,
        name: event.name.clone(),
        native_name: event.native_name.clone(),
        country: event.country,
        strand: event.strand.clone(),
        latitude: event.latitude.clone(),
        longitude: event.longitude.clone(),
        population: event.population,
        timezone: event.timezone,
        languages: event.languages.clone(),
        bodies: Vec::new(),
        coordinator: None,
        needs: Vec::new(),
        offers: Vec::new(),
        reason: None,
        open_matters: None,
        partnerships: Vec::new(),
        visits: Vec::new(),
        learnings: Vec::new(),
        adoptions: Vec::new(),
        pilots: Vec::new(),
        actions: Vec::new(),
        discussions: Vec::new(),
        evidence: Vec::new(),
        begun: Mark::from(entry),
        selected: None,
        activated: None,
        version: 0,
        position: 0,
        updated: entry.time.day(),
    }
}

/// Takes a new value where the event has one.
fn update<T: Clone>(field: &mut T, value: &Option<T>) {
    if let Some(value) = value {
        field.clone_from(value);
    }
}

impl CityRow {
    fn moved_on(&mut self, entry: &Entry, event: &CityEvent) {
        match event {
            CityEvent::CityRegistered(_) => {}
            CityEvent::CitySelected(_) => {
                self.status = CityStatus::Selected;
                self.selected = Some(Mark::from(entry));
                self.reason = None;
            }
            CityEvent::CityPutOnReserve(event) => {
                self.status = CityStatus::Reserve;
                self.reason.clone_from(&event.reason);
            }
            CityEvent::CityRejected(event) => {
                self.status = CityStatus::Rejected;
                self.reason = Some(event.reason.clone());
            }
            CityEvent::CityActivated(_) => {
                self.status = CityStatus::Active;
                self.activated = Some(Mark::from(entry));
            }
            CityEvent::CityUpdated(event) => {
                update(&mut self.name, &event.name);
                update(&mut self.native_name, &event.native_name);
                update(&mut self.strand, &event.strand);
                update(&mut self.latitude, &event.latitude);
                update(&mut self.longitude, &event.longitude);
                update(&mut self.population, &event.population);
                update(&mut self.timezone, &event.timezone);
                update(&mut self.languages, &event.languages);
            }
            CityEvent::BodyAdded(event) => {
                self.bodies.retain(|body| body.name != event.name);
                self.bodies.push(event.clone());
            }
            CityEvent::CoordinatorAppointed(event) => self.coordinator = Some(event.person),
            CityEvent::NeedStated(event) => {
                self.needs.retain(|need| need.theme != event.theme);
                self.needs.push(event.clone());
            }
            CityEvent::OfferStated(event) => {
                self.offers.retain(|offer| offer.theme != event.theme);
                self.offers.push(event.clone());
            }
            CityEvent::OpenMattersListed(event) => self.open_matters = Some(event.matters.clone()),
            CityEvent::CityWithdrawn(event) => {
                self.status = CityStatus::Withdrawn;
                self.reason = Some(event.reason.clone());
            }
        }
    }

    /// Whether it takes part in the programme.
    pub fn takes_part(&self) -> bool {
        matches!(self.status, CityStatus::Selected | CityStatus::Active)
    }
}

linked!(CityRow);

impl Row for CityRow {
    stamped!();

    fn values(&self) -> Vec<Value> {
        let needs: Vec<_> = self.needs.iter().map(|need| &need.theme).collect();
        let offers: Vec<_> = self.offers.iter().map(|offer| &offer.theme).collect();
        vec![
            Value::from(&self.status),
            Value::from(&self.country),
            Value::from(&self.strand),
            Value::from(&self.name),
            Value::from(needs.as_slice()),
            Value::from(offers.as_slice()),
        ]
    }

    /// By Latin name, without accents and capitals.
    fn sort(&self) -> String {
        joined([self.name.as_str()])
    }

    fn words(&self) -> String {
        let bodies = self.bodies.iter().map(|body| body.name.as_str());
        let latin = crate::latin::latin(self.native_name.as_str());
        let names = [self.name.as_str(), self.native_name.as_str(), latin.as_str(), self.country.as_str()];
        joined(names.into_iter().chain(bodies)).trim_end().to_owned()
    }

    fn title(&self) -> Title {
        Title::Text(self.name.to_string())
    }

    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }

    fn partnerships(&self) -> Vec<PartnershipId> {
        self.partnerships.clone()
    }

    fn cities(&self) -> Vec<CityId> {
        vec![self.id]
    }

    fn persons(&self) -> Vec<PersonId> {
        self.coordinator.into_iter().collect()
    }
}
