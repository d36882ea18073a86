//! Where stories of projects, pilots, actions and reports begin: Porto and eThekwini, paired in a running programme,
//! and another programme beside it.

use koinon_events::{
    CityId, DocumentId, LearningId, MeetingId, PartnershipId, PersonId, ProgrammeId, Subject, VisitId,
};
use serde_json::Value;

use super::states::{city_as, partnership_as, person_as, programme_as};
use super::{Scenario, given, id};
use crate::domain::State;
use crate::domain::city::CityStatus;
use crate::domain::partnership::PartnershipStatus;
use crate::domain::person::PersonStatus;
use crate::domain::programme::ProgrammeStatus;

pub const PROGRAMME: ProgrammeId = ProgrammeId(id(1));
pub const PORTO: CityId = CityId(id(2));
pub const ETHEKWINI: CityId = CityId(id(3));
pub const PAIR: PartnershipId = PartnershipId(id(4));
pub const VISIT: VisitId = VisitId(id(5));
pub const THANDI: PersonId = PersonId(id(6));
pub const LEARNING: LearningId = LearningId(id(7));
pub const SHEET: DocumentId = DocumentId(id(8));
pub const MEETING: MeetingId = MeetingId(id(9));
pub const ERASED: PersonId = PersonId(id(10));
pub const ELSEWHERE: ProgrammeId = ProgrammeId(id(11));
pub const CITY_ELSEWHERE: CityId = CityId(id(12));
pub const GONE: CityId = CityId(id(13));
pub const LEARNING_ELSEWHERE: LearningId = LearningId(id(14));
/// An id that nothing has.
pub const NOTHING: CityId = CityId(id(15));

/// The programme is running and the pair formed.
pub fn stage() -> Scenario {
    stage_with(ProgrammeStatus::Running, PartnershipStatus::Formed)
}

/// The programme and the pair are as far as said.
pub fn stage_with(programme: ProgrammeStatus, pair: PartnershipStatus) -> Scenario {
    let scenario = given()
        .state(PROGRAMME, State::Programme(programme_as(PROGRAMME, programme)))
        .state(ELSEWHERE, State::Programme(programme_as(ELSEWHERE, ProgrammeStatus::Running)))
        .state(PORTO, city(PORTO, PROGRAMME, CityStatus::Active))
        .state(ETHEKWINI, city(ETHEKWINI, PROGRAMME, CityStatus::Active))
        .state(GONE, city(GONE, PROGRAMME, CityStatus::Withdrawn))
        .state(CITY_ELSEWHERE, city(CITY_ELSEWHERE, ELSEWHERE, CityStatus::Active))
        .state(PAIR, State::Partnership(partnership_as(PAIR, PROGRAMME, &[PORTO, ETHEKWINI], pair)))
        .state(THANDI, person(THANDI, PersonStatus::Active))
        .state(ERASED, person(ERASED, PersonStatus::Erased));
    let others = [VISIT.subject(), LEARNING.subject(), MEETING.subject()];
    others
        .into_iter()
        .fold(scenario, |scenario, subject| stand_in(scenario, subject, PROGRAMME))
        .happened(SHEET, super::pair::registered(SHEET))
        .state(LEARNING_ELSEWHERE, city(CITY_ELSEWHERE, ELSEWHERE, CityStatus::Active))
}

/// Something of another room: what names it asks only whether it is there and which programme it belongs to.
fn stand_in(scenario: Scenario, subject: Subject, programme: ProgrammeId) -> Scenario {
    scenario.state(subject, city(CityId(subject.id), programme, CityStatus::Active))
}

fn city(id: CityId, programme: ProgrammeId, status: CityStatus) -> State {
    State::City(city_as(id, programme, "PT", "Europe/Lisbon", status))
}

fn person(id: PersonId, status: PersonStatus) -> State {
    State::Person(person_as(id, Some(PROGRAMME), status))
}

/// A value from its JSON.
pub fn from<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

/// A body with one field changed.
pub fn with(mut body: Value, field: &str, value: Value) -> Value {
    body[field] = value;
    body
}
