//! Given, when, then for visits.

use koinon_events::visit::*;
use serde_json::{Value, json};

use crate::domain::scenario::states::{city_as, partnership_as, programme_as};
use crate::domain::scenario::{Scenario, given, id};
use crate::domain::{State, city, partnership, programme};
use koinon_events::{CityId, Event, PartnershipId, ProgrammeId, VisitId};

const PROGRAMME: ProgrammeId = ProgrammeId(id(1));
const PORTO: CityId = CityId(id(2));
const ETHEKWINI: CityId = CityId(id(3));
const PAIR: PartnershipId = PartnershipId(id(4));
const VISIT: VisitId = VisitId(id(5));

/// Porto and eThekwini, paired in a running programme with one theme.
fn a_formed_pair() -> Scenario {
    pair(partnership::PartnershipStatus::Formed)
}

fn pair(status: partnership::PartnershipStatus) -> Scenario {
    let city = |id, country, zone| State::City(city_as(id, PROGRAMME, country, zone, city::CityStatus::Active));
    given()
        .state(PROGRAMME, State::Programme(programme_as(PROGRAMME, programme::ProgrammeStatus::Running)))
        .state(PORTO, city(PORTO, "PT", "Europe/Lisbon"))
        .state(ETHEKWINI, city(ETHEKWINI, "ZA", "Africa/Johannesburg"))
        .state(PAIR, State::Partnership(partnership_as(PAIR, PROGRAMME, &[PORTO, ETHEKWINI], status)))
}

fn june() -> Value {
    json!({ "id": VISIT, "programme": PROGRAMME, "partnership": PAIR, "kind": "study-visit", "format": "in-person",
        "host_city": PORTO, "visiting_cities": [ETHEKWINI], "from": "2022-06-13", "to": "2022-06-17",
        "themes": ["waste-to-energy"], "objectives": "See the plant at work" })
}

fn with(mut body: Value, field: &str, value: Value) -> Value {
    body[field] = value;
    body
}

#[test]
fn a_visit_is_scheduled_at_once() {
    a_formed_pair().when("ScheduleVisit", june()).then([Event::from(VisitScheduled {
        programme: PROGRAMME,
        partnership: Some(PAIR),
        kind: VisitKind::StudyVisit,
        format: VisitFormat::InPerson,
        host_city: PORTO,
        visiting_cities: vec![ETHEKWINI],
        from: "2022-06-13".parse().unwrap(),
        to: "2022-06-17".parse().unwrap(),
        themes: vec![serde_json::from_value(json!("waste-to-energy")).unwrap()],
        objectives: Some(serde_json::from_value(json!("See the plant at work")).unwrap()),
        follows: Vec::new(),
    })]);
}

#[test]
fn a_visit_that_ends_before_it_begins_is_refused() {
    a_formed_pair().when("ScheduleVisit", with(june(), "to", json!("2022-06-12"))).then_unfit("/to");
}

#[test]
fn a_city_cannot_visit_itself() {
    a_formed_pair()
        .when("ScheduleVisit", with(june(), "visiting_cities", json!([PORTO])))
        .then_unfit("/visiting_cities/0");
}

#[test]
fn a_theme_the_programme_does_not_have_is_named() {
    a_formed_pair()
        .when("ScheduleVisit", with(june(), "themes", json!(["waste-to-energy", "magic"])))
        .then_unfit("/themes/1");
}

#[test]
fn no_visit_is_planned_in_a_partnership_that_is_not_formed() {
    pair(partnership::PartnershipStatus::Proposed)
        .when("ScheduleVisit", june())
        .then_refused("partnership-not-working");
}

#[test]
fn a_visit_moves_with_its_reason_and_says_where_it_was() {
    a_formed_pair()
        .done("ScheduleVisit", june())
        .when(
            "RescheduleVisit",
            json!({ "visit": VISIT, "from": "2022-06-20", "to": "2022-06-24", "reason": "Strike at the airport" }),
        )
        .then([Event::from(VisitRescheduled {
            from: "2022-06-20".parse().unwrap(),
            to: "2022-06-24".parse().unwrap(),
            was_from: Some("2022-06-13".parse().unwrap()),
            was_to: Some("2022-06-17".parse().unwrap()),
            reason: serde_json::from_value(json!("Strike at the airport")).unwrap(),
        })]);
}

#[test]
fn a_cancelled_visit_cannot_be_moved() {
    a_formed_pair()
        .done("ScheduleVisit", june())
        .done("CancelVisit", json!({ "visit": VISIT, "reason": "Floods" }))
        .when(
            "RescheduleVisit",
            json!({ "visit": VISIT, "from": "2022-06-20", "to": "2022-06-24", "reason": "Dry again" }),
        )
        .then_refused("visit-already-cancelled");
}

#[test]
fn a_visit_is_confirmed_once_it_has_dates() {
    a_formed_pair()
        .done("ScheduleVisit", june())
        .when("ConfirmVisit", json!({ "visit": VISIT }))
        .then([Event::from(VisitConfirmed {})]);
}
