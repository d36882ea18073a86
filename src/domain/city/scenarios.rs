//! Given, when, then for cities.

use koinon_events::city::*;
use koinon_events::{CityId, Event, PersonId, ProgrammeId};
use serde_json::{Value, json};

use crate::domain::State;
use crate::domain::person::PersonStatus;
use crate::domain::programme::ProgrammeStatus;
use crate::domain::scenario::states::{person_as, programme_as};
use crate::domain::scenario::{Scenario, given, id};

const PROGRAMME: ProgrammeId = ProgrammeId(id(1));
const PORTO: CityId = CityId(id(2));
const OTHER: CityId = CityId(id(3));
const THANDI: PersonId = PersonId(id(6));
const GONE: PersonId = PersonId(id(7));
const ELSEWHERE: PersonId = PersonId(id(8));

fn in_a(status: ProgrammeStatus) -> Scenario {
    let elsewhere =
        crate::domain::person::Person { city: Some(OTHER), ..person_as(ELSEWHERE, None, PersonStatus::Active) };
    given()
        .state(PROGRAMME, State::Programme(programme_as(PROGRAMME, status)))
        .state(THANDI, State::Person(person_as(THANDI, Some(PROGRAMME), PersonStatus::Invited)))
        .state(GONE, State::Person(person_as(GONE, Some(PROGRAMME), PersonStatus::Inactive)))
        .state(ELSEWHERE, State::Person(elsewhere))
}

fn porto() -> Value {
    json!({ "id": PORTO, "programme": PROGRAMME, "name": "Porto", "native_name": "Porto", "country": "PT",
        "strand": "Europe", "latitude": "41.1485", "longitude": "-8.6110", "population": 231_800,
        "timezone": "Europe/Lisbon", "languages": ["pt"] })
}

fn ask(fields: Value) -> Value {
    let mut body = json!({ "city": PORTO });
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    body
}

fn with(mut body: Value, field: &str, value: Value) -> Value {
    body[field] = value;
    body
}

fn an_applicant() -> Scenario {
    in_a(ProgrammeStatus::Running).done("RegisterCity", porto())
}

fn a_selected_city() -> Scenario {
    an_applicant().done("SelectCity", ask(json!({})))
}

fn a_withdrawn_city() -> Scenario {
    a_selected_city().done("WithdrawCity", ask(json!({ "reason": "Elections" })))
}

fn a_rejected_city() -> Scenario {
    an_applicant().done("RejectCity", ask(json!({ "reason": "Outside the strands" })))
}

fn a_city_on_reserve() -> Scenario {
    an_applicant().done("PutOnReserve", ask(json!({})))
}

fn prose(text: &str) -> koinon_events::value::Prose {
    koinon_events::value::Prose::parse(text).unwrap()
}

#[test]
fn a_city_is_registered_while_the_programme_is_set_up_or_runs() {
    for status in [ProgrammeStatus::Draft, ProgrammeStatus::Running] {
        let facts = in_a(status).when("RegisterCity", porto()).decided().unwrap();
        assert!(matches!(&facts[..], [fact] if fact.event.name() == "CityRegistered"));
    }
    in_a(ProgrammeStatus::Closing).when("RegisterCity", porto()).then_refused("programme-closing");
    in_a(ProgrammeStatus::Closed).when("RegisterCity", porto()).then_refused("programme-closed");
}

#[test]
fn a_city_is_registered_once_and_in_a_programme_that_exists() {
    an_applicant().when("RegisterCity", porto()).then_refused("city-already-exists");
    given().when("RegisterCity", porto()).then_unfit("/programme");
}

#[test]
fn a_city_larger_than_any_is_refused() {
    let vast = with(porto(), "population", json!(100_000_001));
    in_a(ProgrammeStatus::Running).when("RegisterCity", vast).then_unfit("/population");
    let babel = with(porto(), "languages", json!(vec!["pt"; 41]));
    in_a(ProgrammeStatus::Running).when("RegisterCity", babel).then_unfit("/languages");
}

#[test]
fn an_applicant_or_a_city_on_reserve_is_selected() {
    an_applicant().when("SelectCity", ask(json!({}))).then([Event::from(CitySelected {})]);
    a_city_on_reserve().when("SelectCity", ask(json!({}))).then([Event::from(CitySelected {})]);
    a_selected_city().when("SelectCity", ask(json!({}))).then_refused("city-already-selected");
    a_rejected_city().when("SelectCity", ask(json!({}))).then_refused("city-already-rejected");
    a_withdrawn_city().when("SelectCity", ask(json!({}))).then_refused("city-already-withdrawn");
}

#[test]
fn an_applicant_waits_on_reserve_or_is_rejected_with_a_reason() {
    an_applicant().when("PutOnReserve", ask(json!({}))).then([Event::from(CityPutOnReserve { reason: None })]);
    a_city_on_reserve().when("PutOnReserve", ask(json!({}))).then_refused("city-already-on-reserve");
    a_selected_city().when("PutOnReserve", ask(json!({}))).then_refused("city-already-selected");
    let rejection = ask(json!({ "reason": "Outside the strands" }));
    a_city_on_reserve()
        .when("RejectCity", rejection.clone())
        .then([Event::from(CityRejected { reason: prose("Outside the strands") })]);
    a_rejected_city().when("RejectCity", rejection.clone()).then_refused("city-already-rejected");
    a_selected_city().when("RejectCity", rejection).then_refused("city-already-selected");
}

#[test]
fn only_what_differs_is_changed_and_says_what_it_was() {
    let change = ask(json!({ "population": 232_000, "strand": "Europe" }));
    a_selected_city().when("UpdateCity", change.clone()).then([Event::from(CityUpdated {
        population: Some(232_000),
        was_population: Some(231_800),
        ..CityUpdated::default()
    })]);
    a_selected_city().done("UpdateCity", change.clone()).when("UpdateCity", change).then_refused("city-already-so");
}

#[test]
fn every_field_of_a_city_but_country_and_programme_can_be_changed() {
    let change =
        ask(json!({ "name": "Oporto", "native_name": "O Porto", "strand": "South Africa", "latitude": "41.15",
        "longitude": "-8.61", "population": 1, "timezone": "Europe/Madrid", "languages": ["pt", "en"] }));
    a_selected_city().done("UpdateCity", change.clone()).when("UpdateCity", change).then_refused("city-already-so");
}

#[test]
fn a_body_is_added_once_whatever_its_capitals() {
    let body = ask(json!({ "name": "Lipor", "type": "utility" }));
    a_selected_city().when("AddBody", body.clone()).then([Event::from(BodyAdded {
        name: koinon_events::value::Line::parse("Lipor").unwrap(),
        body_type: Some(BodyType::Utility),
    })]);
    a_selected_city()
        .done("AddBody", body)
        .when("AddBody", ask(json!({ "name": "LIPOR" })))
        .then_refused("body-already-added");
}

#[test]
fn a_city_cannot_have_more_than_five_hundred_bodies() {
    let crowded = (0..500)
        .fold(a_selected_city(), |city, number| city.done("AddBody", ask(json!({ "name": format!("Body {number}") }))));
    crowded.when("AddBody", ask(json!({ "name": "One more" }))).then_refused("too-many-bodies");
}

#[test]
fn a_coordinator_is_somebody_who_takes_part_for_this_city() {
    let appointment = ask(json!({ "person": THANDI }));
    a_selected_city()
        .when("AppointCoordinator", appointment.clone())
        .then([Event::from(CoordinatorAppointed { person: THANDI, was_person: None })]);
    a_selected_city()
        .done("AppointCoordinator", appointment.clone())
        .when("AppointCoordinator", appointment)
        .then_refused("coordinator-already-appointed");
    a_selected_city().when("AppointCoordinator", ask(json!({ "person": GONE }))).then_refused("person-takes-no-part");
    a_selected_city().when("AppointCoordinator", ask(json!({ "person": ELSEWHERE }))).then_unfit("/person");
    a_selected_city().when("AppointCoordinator", ask(json!({ "person": id(99) }))).then_unfit("/person");
}

#[test]
fn a_need_and_an_offer_are_stated_anew_in_other_words() {
    let first = ask(json!({ "theme": "waste-to-energy", "text": "What to do with ash" }));
    let second = with(first.clone(), "text", json!("How to sell ash"));
    a_selected_city().done("StateNeed", first.clone()).when("StateNeed", second.clone()).then([Event::from(
        NeedStated {
            theme: serde_json::from_value(json!("waste-to-energy")).unwrap(),
            text: Some(prose("How to sell ash")),
            was_text: Some(prose("What to do with ash")),
        },
    )]);
    a_selected_city()
        .done("StateNeed", first.clone())
        .when("StateNeed", first.clone())
        .then_refused("need-already-stated");
    a_selected_city().done("StateOffer", first.clone()).when("StateOffer", second).then([Event::from(OfferStated {
        theme: serde_json::from_value(json!("waste-to-energy")).unwrap(),
        text: Some(prose("How to sell ash")),
        was_text: Some(prose("What to do with ash")),
    })]);
    a_selected_city().done("StateOffer", first.clone()).when("StateOffer", first).then_refused("offer-already-stated");
}

#[test]
fn needs_and_offers_are_about_themes_of_the_programme() {
    for command in ["StateNeed", "StateOffer"] {
        a_selected_city().when(command, ask(json!({ "theme": "magic" }))).then_unfit("/theme");
    }
}

#[test]
fn a_city_leaves_once_and_for_good() {
    let departure = ask(json!({ "reason": "Elections" }));
    a_selected_city()
        .when("WithdrawCity", departure.clone())
        .then([Event::from(CityWithdrawn { reason: prose("Elections") })]);
    a_withdrawn_city().when("WithdrawCity", departure).then_refused("city-already-withdrawn");
    a_withdrawn_city().when("AddBody", ask(json!({ "name": "Lipor" }))).then_refused("city-already-withdrawn");
    a_rejected_city()
        .when("StateNeed", ask(json!({ "theme": "waste-to-energy" })))
        .then_refused("city-already-rejected");
}

#[test]
fn nothing_is_recorded_for_a_city_of_a_closed_programme() {
    a_selected_city()
        .state(PROGRAMME, State::Programme(programme_as(PROGRAMME, ProgrammeStatus::Closed)))
        .when("AddBody", ask(json!({ "name": "Lipor" })))
        .then_refused("programme-closed");
}

#[test]
fn what_a_city_leaves_open_is_listed_once_it_has_left() {
    let list = |matters: Value| ask(json!({ "matters": matters }));
    a_withdrawn_city()
        .when("ListOpenMatters", list(json!([THANDI.subject()])))
        .then([Event::from(OpenMattersListed { matters: vec![THANDI.subject()] })]);
    let listed = a_withdrawn_city().done("ListOpenMatters", list(json!([])));
    listed.when("ListOpenMatters", list(json!([]))).then_refused("open-matters-already-listed");
    a_selected_city().when("ListOpenMatters", list(json!([]))).then_refused("city-still-takes-part");
    a_withdrawn_city().when("ListOpenMatters", list(json!([OTHER.subject()]))).then_unfit("/matters/0");
    let many: Vec<_> = (0..501).map(|_| THANDI.subject()).collect();
    a_withdrawn_city().when("ListOpenMatters", list(json!(many))).then_unfit("/matters");
}
