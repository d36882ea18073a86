//! The world most scenarios start from: Porto and eThekwini, paired in a running programme, with people and papers.

use koinon_events::person::PersonKind;
use koinon_events::{
    CityId, DiscussionId, DocumentId, LearningId, MeetingId, PartnershipId, PersonId, ProgrammeId, Subject, VisitId,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::states::{city_as, partnership_as, person_as, programme_as};
use super::{Scenario, given, id};
use crate::domain::State;
use crate::domain::city::CityStatus;
use crate::domain::partnership::PartnershipStatus;
use crate::domain::person::{Person, PersonStatus};
use crate::domain::programme::ProgrammeStatus;

pub const PROGRAMME: ProgrammeId = ProgrammeId(id(1));
pub const PORTO: CityId = CityId(id(2));
pub const ETHEKWINI: CityId = CityId(id(3));
pub const PAIR: PartnershipId = PartnershipId(id(4));
pub const VISIT: VisitId = VisitId(id(5));
/// Another visit.
pub const SECOND: VisitId = VisitId(id(13));
pub const MEETING: MeetingId = MeetingId(id(6));
pub const LEARNING: LearningId = LearningId(id(7));
/// A registered document.
pub const SHEET: DocumentId = DocumentId(id(8));
/// A document that was withdrawn.
pub const WITHDRAWN: DocumentId = DocumentId(id(9));
pub const DISCUSSION: DiscussionId = DiscussionId(id(10));
/// Another city of the programme.
pub const HAMBURG: CityId = CityId(id(11));
/// A city that left the programme.
pub const LEFT: CityId = CityId(id(12));
pub const THANDI: PersonId = PersonId(id(21));
pub const SIPHO: PersonId = PersonId(id(22));
/// Experts.
pub const INES: PersonId = PersonId(id(23));
pub const MATEUS: PersonId = PersonId(id(24));
/// A person whose data were erased.
pub const ERASED: PersonId = PersonId(id(25));
/// A person who takes part no more.
pub const INACTIVE: PersonId = PersonId(id(26));
/// The person who asks in every scenario.
pub const ACTOR: PersonId = PersonId(id(999));
/// Another programme, with one city.
pub const ELSEWHERE: ProgrammeId = ProgrammeId(id(31));
pub const STRANGER: CityId = CityId(id(32));

/// A value as a client would write it.
pub fn text<T: DeserializeOwned>(value: impl Into<Value>) -> T {
    serde_json::from_value(value.into()).unwrap()
}

/// The body with one field changed.
pub fn with(mut body: Value, field: &str, value: impl Into<Value>) -> Value {
    body[field] = value.into();
    body
}

/// The body without one field.
pub fn without(mut body: Value, field: &str) -> Value {
    body.as_object_mut().unwrap().remove(field);
    body
}

/// Porto and eThekwini, paired in a running programme with a theme, with people and papers.
pub fn a_formed_pair() -> Scenario {
    a_pair(PartnershipStatus::Formed)
}

/// As [`a_formed_pair`], with the partnership where the scenario wants it.
pub fn a_pair(status: PartnershipStatus) -> Scenario {
    a_programme(ProgrammeStatus::Running)
        .state(PAIR, State::Partnership(partnership_as(PAIR, PROGRAMME, &[PORTO, ETHEKWINI], status)))
        .with_sheet(SHEET)
        .with_sheet(WITHDRAWN)
        .done("WithdrawDocument", json!({ "document": WITHDRAWN, "reason": "The wrong scan" }))
}

/// The programme, where the scenario wants it, with its cities and persons but without a partnership.
pub fn a_programme(status: ProgrammeStatus) -> Scenario {
    given()
        .state(PROGRAMME, State::Programme(programme_as(PROGRAMME, status)))
        .state(ELSEWHERE, State::Programme(programme_as(ELSEWHERE, ProgrammeStatus::Running)))
        .state(PORTO, city(PORTO, PROGRAMME, "PT", "Europe/Lisbon", CityStatus::Active))
        .state(ETHEKWINI, city(ETHEKWINI, PROGRAMME, "ZA", "Africa/Johannesburg", CityStatus::Active))
        .state(HAMBURG, city(HAMBURG, PROGRAMME, "DE", "Europe/Berlin", CityStatus::Selected))
        .state(LEFT, city(LEFT, PROGRAMME, "CA", "America/Halifax", CityStatus::Withdrawn))
        .state(STRANGER, city(STRANGER, ELSEWHERE, "KR", "Asia/Seoul", CityStatus::Active))
        .state(THANDI, person(THANDI, PersonKind::Delegate, PersonStatus::Active))
        .state(SIPHO, person(SIPHO, PersonKind::Delegate, PersonStatus::Active))
        .state(INES, person(INES, PersonKind::Expert, PersonStatus::Active))
        .state(MATEUS, person(MATEUS, PersonKind::Expert, PersonStatus::Active))
        .state(ERASED, person(ERASED, PersonKind::Delegate, PersonStatus::Erased))
        .state(INACTIVE, person(INACTIVE, PersonKind::Expert, PersonStatus::Inactive))
}

fn city(id: CityId, programme: ProgrammeId, country: &str, zone: &str, status: CityStatus) -> State {
    State::City(city_as(id, programme, country, zone, status))
}

fn person(id: PersonId, kind: PersonKind, status: PersonStatus) -> State {
    State::Person(Person { kind, ..person_as(id, Some(PROGRAMME), status) })
}

/// A document's registration as a client sends it.
pub fn sheet(id: DocumentId) -> Value {
    json!({ "id": id, "programme": PROGRAMME, "title": "Attendance sheet", "kind": "attendance-sheet", "language": "en",
        "classification": "restricted", "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "size": 4096, "media_type": "application/pdf" })
}

/// A visit of June as a client sends it.
pub fn june() -> Value {
    json!({ "id": VISIT, "programme": PROGRAMME, "partnership": PAIR, "kind": "study-visit", "format": "in-person",
        "host_city": PORTO, "visiting_cities": [ETHEKWINI], "from": "2022-06-13", "to": "2022-06-17",
        "themes": ["waste-to-energy"], "objectives": "See the plant at work" })
}

/// A learning of that visit as a client sends it.
pub fn ash(origin: impl Into<Subject>) -> Value {
    json!({ "id": LEARNING, "programme": PROGRAMME, "title": "Ash is a product", "what": "Bottom ash becomes road base",
        "why_it_works": "One buyer takes it all", "conditions": "A standard for road base", "cost_order": "medium",
        "maturity": "proven", "origin_city": PORTO, "origin": origin.into(), "themes": ["waste-to-energy"],
        "sdg_targets": ["12.5"], "language": "en" })
}

impl Scenario {
    /// A document of the programme was registered.
    pub fn with_sheet(self, id: DocumentId) -> Self {
        self.done("RegisterDocument", sheet(id))
    }
}
