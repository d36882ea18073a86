//! Where stories of projects, pilots, actions and reports begin: Porto and eThekwini, paired in a running programme
//! with two adopted versions of an action plan, and another programme beside it. Told in commands, so that it stands on
//! the same law as the stories themselves.

use koinon_events::{CityId, DocumentId, LearningId, MeetingId, PartnershipId, PersonId, ProgrammeId, VisitId};
use serde_json::{Value, json};

use super::{Scenario, given, id};
use crate::domain::partnership::PartnershipStatus;
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
pub const SHEET_ELSEWHERE: DocumentId = DocumentId(id(14));
/// An id that nothing has.
pub const NOTHING: CityId = CityId(id(15));

/// The programme is running and the pair formed.
pub fn stage() -> Scenario {
    stage_with(ProgrammeStatus::Running, PartnershipStatus::Formed)
}

/// The programme and the pair are as far as said.
pub fn stage_with(programme: ProgrammeStatus, pair: PartnershipStatus) -> Scenario {
    let mut scenario = set_up();
    if programme != ProgrammeStatus::Draft {
        scenario = what_happened(scenario.done("StartProgramme", json!({ "programme": PROGRAMME })));
    }
    let over = json!({ "partnership": PAIR, "reason": "Elections" });
    scenario = match pair {
        PartnershipStatus::Suspended => scenario.done("SuspendPartnership", over),
        PartnershipStatus::Dissolved => scenario.done("DissolvePartnership", over),
        _ => scenario,
    };
    if matches!(programme, ProgrammeStatus::Closing | ProgrammeStatus::Closed) {
        scenario = scenario.done("StartClosing", json!({ "programme": PROGRAMME }));
    }
    if programme == ProgrammeStatus::Closed { closed(scenario) } else { scenario }
}

/// The programme is over.
pub fn closed(scenario: Scenario) -> Scenario {
    scenario.done("CloseProgramme", json!({ "programme": PROGRAMME }))
}

/// Both programmes, their cities, the pair and two people.
fn set_up() -> Scenario {
    let scenario = programme(programme(given(), PROGRAMME, "test-1"), ELSEWHERE, "test-2")
        .done(
            "DefineTheme",
            json!({ "programme": PROGRAMME, "code": "waste-to-energy", "label": { "en": "Waste to energy" },
                "sdg_targets": ["7.2"] }),
        )
        .done("DefinePeriod", json!({ "programme": PROGRAMME, "number": 1, "from": "2021-10-01", "to": "2022-03-31" }))
        .done("StartProgramme", json!({ "programme": ELSEWHERE }));
    let cities = [
        (PORTO, PROGRAMME, "PT"),
        (ETHEKWINI, PROGRAMME, "ZA"),
        (GONE, PROGRAMME, "DE"),
        (CITY_ELSEWHERE, ELSEWHERE, "GR"),
    ];
    let accept = |city: CityId| json!({ "partnership": PAIR, "city": city });
    let scenario = cities.into_iter().fold(scenario, |scenario, (id, of, country)| city(scenario, id, of, country));
    let scenario = scenario
        .done("WithdrawCity", json!({ "city": GONE, "reason": "No staff" }))
        .done(
            "ProposePartnership",
            json!({ "id": PAIR, "programme": PROGRAMME, "cities": [PORTO, ETHEKWINI], "themes": ["waste-to-energy"],
                "rationale": "Both run waste-to-energy plants" }),
        )
        .done("AcceptPartnership", accept(PORTO))
        .done("AcceptPartnership", accept(ETHEKWINI));
    person(person(scenario, THANDI), ERASED)
        .done("ErasePerson", json!({ "person": ERASED, "basis": "GDPR art. 17(1)(b)", "request": "R-1" }))
}

/// A visit, a meeting, a learning, attendance sheets and two versions of an action plan.
fn what_happened(scenario: Scenario) -> Scenario {
    let visit = json!({ "id": VISIT, "programme": PROGRAMME, "partnership": PAIR, "kind": "study-visit",
        "format": "in-person", "host_city": PORTO, "visiting_cities": [ETHEKWINI], "from": "2022-06-13",
        "to": "2022-06-17", "themes": ["waste-to-energy"], "objectives": "See the plant at work" });
    let meeting = json!({ "id": MEETING, "programme": PROGRAMME, "kind": "bilateral", "title": "First bilateral",
        "partnerships": [PAIR], "start": "2022-03-22T09:00", "timezone": "Europe/Lisbon" });
    let learning = json!({ "id": LEARNING, "programme": PROGRAMME, "title": "Ash is a product",
        "what": "Bottom ash becomes road base", "why_it_works": "…", "conditions": "…", "cost_order": "medium",
        "maturity": "proven", "origin_city": PORTO, "origin": VISIT.subject(), "themes": ["waste-to-energy"],
        "language": "en" });
    let adopted = |version: u32| json!({ "partnership": PAIR, "version": version, "document": SHEET });
    sheet(sheet(scenario, SHEET, PROGRAMME), SHEET_ELSEWHERE, ELSEWHERE)
        .done("ScheduleVisit", visit)
        .done("ScheduleMeeting", meeting)
        .done("RecordLearning", learning)
        .done("AdoptActionPlan", adopted(1))
        .done("AdoptActionPlan", adopted(2))
}

fn programme(scenario: Scenario, id: ProgrammeId, code: &str) -> Scenario {
    let body = json!({ "id": id, "code": code, "title": { "en": "Test" }, "funder": "European Union",
        "on_behalf_of": "DG REGIO", "starts_on": "2021-10-01", "ends_on": "2023-03-31" });
    scenario.done("CreateProgramme", body)
}

fn city(scenario: Scenario, id: CityId, programme: ProgrammeId, country: &str) -> Scenario {
    let body = json!({ "id": id, "programme": programme, "name": "A city", "native_name": "A city",
        "country": country, "strand": "Europe", "latitude": "41.1485", "longitude": "-8.6110", "population": 231_800,
        "timezone": "Europe/Lisbon", "languages": ["pt"] });
    scenario.done("RegisterCity", body).done("SelectCity", json!({ "city": id }))
}

fn person(scenario: Scenario, id: PersonId) -> Scenario {
    let body = json!({ "id": id, "programme": PROGRAMME, "name": "Thandi Example", "email": "thandi@example.org",
        "organisation": "eThekwini Municipality", "city": ETHEKWINI, "languages": ["en"], "kind": "delegate" });
    scenario.done("InvitePerson", body).done("AcceptInvitation", json!({ "person": id }))
}

fn sheet(scenario: Scenario, id: DocumentId, programme: ProgrammeId) -> Scenario {
    let body = json!({ "id": id, "programme": programme, "title": "A sheet", "kind": "attendance-sheet",
        "sha256": "0".repeat(64), "size": 1, "media_type": "application/pdf" });
    scenario.done("RegisterDocument", body)
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
