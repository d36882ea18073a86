//! Given, when, then for partnerships: who is in one, and how it lives. Its work is told in `scenarios/work.rs`.

mod work;

use koinon_events::city::CityActivated;
use koinon_events::partnership::*;
use koinon_events::value::{Code, Prose};
use koinon_events::{CityId, Event, PartnershipId, ProgrammeId};
use serde_json::{Value, json};

use crate::domain::city::CityStatus;
use crate::domain::programme::ProgrammeStatus;
use crate::domain::scenario::states::{city_as, programme_as};
use crate::domain::scenario::{Scenario, given, id};
use crate::domain::{Fact, State};

const PROGRAMME: ProgrammeId = ProgrammeId(id(1));
const PORTO: CityId = CityId(id(2));
const ETHEKWINI: CityId = CityId(id(3));
const PAIR: PartnershipId = PartnershipId(id(4));
const BRAGA: CityId = CityId(id(5));
const INCHEON: CityId = CityId(id(6));
const APPLICANT: CityId = CityId(id(7));
const ELSEWHERE: CityId = CityId(id(8));

fn some_cities() -> Scenario {
    let city = |id, programme, country, status| State::City(city_as(id, programme, country, "UTC", status));
    let elsewhere = ProgrammeId(id(11));
    given()
        .state(PROGRAMME, State::Programme(programme_as(PROGRAMME, ProgrammeStatus::Running)))
        .state(PORTO, city(PORTO, PROGRAMME, "PT", CityStatus::Selected))
        .state(ETHEKWINI, city(ETHEKWINI, PROGRAMME, "ZA", CityStatus::Selected))
        .state(BRAGA, city(BRAGA, PROGRAMME, "PT", CityStatus::Active))
        .state(INCHEON, city(INCHEON, PROGRAMME, "KR", CityStatus::Selected))
        .state(APPLICANT, city(APPLICANT, PROGRAMME, "DE", CityStatus::Applied))
        .state(ELSEWHERE, city(ELSEWHERE, elsewhere, "DE", CityStatus::Active))
}

fn proposal() -> Value {
    json!({ "id": PAIR, "programme": PROGRAMME, "cities": [PORTO, ETHEKWINI], "themes": ["waste-to-energy"],
        "rationale": "Both run waste-to-energy plants" })
}

fn with(mut body: Value, field: &str, value: Value) -> Value {
    body[field] = value;
    body
}

fn ask(fields: Value) -> Value {
    let mut body = json!({ "partnership": PAIR });
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    body
}

fn by(city: CityId) -> Value {
    ask(json!({ "city": city }))
}

fn by_with_reason(city: CityId) -> Value {
    ask(json!({ "city": city, "reason": "The council said so" }))
}

fn because() -> Value {
    ask(json!({ "reason": "The council said so" }))
}

fn reason() -> Prose {
    Prose::parse("The council said so").unwrap()
}

fn a_proposed_pair() -> Scenario {
    some_cities().done("ProposePartnership", proposal())
}

fn a_formed_pair() -> Scenario {
    a_proposed_pair().done("AcceptPartnership", by(PORTO)).done("AcceptPartnership", by(ETHEKWINI))
}

fn an_active_pair() -> Scenario {
    a_formed_pair().done("KickOffPartnership", ask(json!({}))).done("AgreeTopics", ask(json!({})))
}

fn a_suspended_pair() -> Scenario {
    a_formed_pair().done("SuspendPartnership", because())
}

fn a_completed_pair() -> Scenario {
    an_active_pair().done("CompletePartnership", ask(json!({})))
}

fn a_dissolved_pair() -> Scenario {
    a_formed_pair().done("DissolvePartnership", because())
}

#[test]
fn cities_of_two_countries_are_proposed_to_work_together() {
    some_cities().when("ProposePartnership", proposal()).then([Event::from(PartnershipProposed {
        programme: PROGRAMME,
        cities: vec![PORTO, ETHEKWINI],
        themes: vec![Code::parse("waste-to-energy").unwrap()],
        rationale: Prose::parse("Both run waste-to-energy plants").unwrap(),
    })]);
    a_proposed_pair().when("ProposePartnership", proposal()).then_refused("partnership-already-exists");
}

#[test]
fn a_partnership_within_one_country_is_refused() {
    for cities in [json!([PORTO, BRAGA]), json!([PORTO]), json!([])] {
        some_cities().when("ProposePartnership", with(proposal(), "cities", cities)).then_unfit("/cities");
    }
    let crowd: Vec<_> = (100..151).map(id).collect();
    some_cities().when("ProposePartnership", with(proposal(), "cities", json!(crowd))).then_unfit("/cities");
}

#[test]
fn cities_and_themes_of_a_partnership_are_those_of_its_programme() {
    let propose = |field, value| some_cities().when("ProposePartnership", with(proposal(), field, value));
    propose("cities", json!([PORTO, ELSEWHERE])).then_unfit("/cities/1");
    propose("cities", json!([PORTO, ETHEKWINI, PORTO])).then_unfit("/cities/2");
    propose("cities", json!([PORTO, id(99)])).then_unfit("/cities/1");
    propose("themes", json!(["waste-to-energy", "magic"])).then_unfit("/themes/1");
    propose("themes", json!(vec!["waste-to-energy"; 101])).then_unfit("/themes");
    propose("cities", json!([PORTO, APPLICANT])).then_refused("city-not-selected");
}

#[test]
fn no_partnership_begins_in_a_programme_that_closes() {
    some_cities()
        .state(PROGRAMME, State::Programme(programme_as(PROGRAMME, ProgrammeStatus::Closing)))
        .when("ProposePartnership", proposal())
        .then_refused("programme-closing");
}

#[test]
fn the_last_acceptance_forms_the_partnership_and_makes_its_cities_active() {
    a_proposed_pair().when("AcceptPartnership", by(PORTO)).then([Event::from(PartnershipAccepted { city: PORTO })]);
    a_proposed_pair().done("AcceptPartnership", by(PORTO)).when("AcceptPartnership", by(ETHEKWINI)).then_facts([
        Fact::from(PartnershipAccepted { city: ETHEKWINI }),
        Fact::from(PartnershipFormed { cities: vec![PORTO, ETHEKWINI] }),
        Fact::on(PORTO, CityActivated { partnership: PAIR }),
        Fact::on(ETHEKWINI, CityActivated { partnership: PAIR }),
    ]);
}

#[test]
fn a_city_that_is_active_already_stays_so() {
    some_cities()
        .done("ProposePartnership", with(proposal(), "cities", json!([BRAGA, ETHEKWINI])))
        .done("AcceptPartnership", by(ETHEKWINI))
        .when("AcceptPartnership", by(BRAGA))
        .then_facts([
            Fact::from(PartnershipAccepted { city: BRAGA }),
            Fact::from(PartnershipFormed { cities: vec![BRAGA, ETHEKWINI] }),
            Fact::on(ETHEKWINI, CityActivated { partnership: PAIR }),
        ]);
}

#[test]
fn a_city_accepts_once_and_only_for_itself() {
    a_proposed_pair()
        .done("AcceptPartnership", by(PORTO))
        .when("AcceptPartnership", by(PORTO))
        .then_refused("partnership-already-accepted");
    a_proposed_pair().when("AcceptPartnership", by(INCHEON)).then_unfit("/city");
}

#[test]
fn a_city_that_has_left_the_programme_cannot_accept() {
    a_proposed_pair()
        .done("WithdrawCity", json!({ "city": PORTO, "reason": "Elections" }))
        .when("AcceptPartnership", by(PORTO))
        .then_refused("city-not-selected");
}

#[test]
fn a_city_that_declines_leaves_the_partnership_proposed_and_may_still_accept() {
    let declined = || a_proposed_pair().done("DeclinePartnership", by_with_reason(PORTO));
    a_proposed_pair()
        .when("DeclinePartnership", by_with_reason(PORTO))
        .then([Event::from(PartnershipDeclined { city: PORTO, reason: reason() })]);
    declined().when("DeclinePartnership", by_with_reason(PORTO)).then_refused("partnership-already-declined");
    declined().when("AcceptPartnership", by(ETHEKWINI)).then([Event::from(PartnershipAccepted { city: ETHEKWINI })]);
    declined().when("AcceptPartnership", by(PORTO)).then([Event::from(PartnershipAccepted { city: PORTO })]);
}

#[test]
fn a_formed_partnership_is_not_declined() {
    a_formed_pair().when("DeclinePartnership", by_with_reason(PORTO)).then_refused("partnership-already-formed");
    a_suspended_pair().when("DeclinePartnership", by_with_reason(PORTO)).then_refused("partnership-already-formed");
}

#[test]
fn a_city_added_to_a_formed_partnership_is_active_at_once() {
    a_formed_pair().when("AddCity", by(INCHEON)).then_facts([
        Fact::from(CityAdded { city: INCHEON, reason: None }),
        Fact::on(INCHEON, CityActivated { partnership: PAIR }),
    ]);
    a_proposed_pair().when("AddCity", by(INCHEON)).then_facts([Fact::from(CityAdded { city: INCHEON, reason: None })]);
}

#[test]
fn a_city_added_to_a_proposed_partnership_has_to_accept_too() {
    a_proposed_pair()
        .done("AddCity", by(INCHEON))
        .done("AcceptPartnership", by(PORTO))
        .when("AcceptPartnership", by(ETHEKWINI))
        .then([Event::from(PartnershipAccepted { city: ETHEKWINI })]);
}

#[test]
fn only_a_city_that_takes_part_is_added_and_once() {
    a_formed_pair().when("AddCity", by(PORTO)).then_refused("city-already-in-partnership");
    a_formed_pair().when("AddCity", by(APPLICANT)).then_refused("city-not-selected");
    a_formed_pair().when("AddCity", by(ELSEWHERE)).then_unfit("/city");
    a_dissolved_pair().when("AddCity", by(INCHEON)).then_refused("partnership-already-dissolved");
}

#[test]
fn a_partnership_has_at_most_fifty_cities() {
    let another = |number: u128| CityId(id(200 + number));
    let full = (0..48).fold(a_formed_pair(), |story, number| {
        let city = State::City(city_as(another(number), PROGRAMME, "DE", "UTC", CityStatus::Active));
        story.state(another(number), city).done("AddCity", by(another(number)))
    });
    full.when("AddCity", by(INCHEON)).then_refused("partnership-full");
}

#[test]
fn a_city_leaves_as_long_as_two_countries_remain() {
    a_formed_pair().when("RemoveCity", by_with_reason(PORTO)).then_refused("partnership-needs-two-countries");
    let three = || a_formed_pair().done("AddCity", by(INCHEON));
    three()
        .when("RemoveCity", by_with_reason(PORTO))
        .then([Event::from(CityRemoved { city: PORTO, reason: reason() })]);
    three()
        .done("RemoveCity", by_with_reason(PORTO))
        .when("RemoveCity", by_with_reason(PORTO))
        .then_refused("city-already-removed");
    a_formed_pair().when("RemoveCity", by_with_reason(INCHEON)).then_unfit("/city");
}

#[test]
fn taking_out_the_city_that_declined_forms_the_rest() {
    a_proposed_pair()
        .done("AddCity", by(INCHEON))
        .done("AcceptPartnership", by(PORTO))
        .done("AcceptPartnership", by(ETHEKWINI))
        .done("DeclinePartnership", by_with_reason(INCHEON))
        .when("RemoveCity", by_with_reason(INCHEON))
        .then_facts([
            Fact::from(CityRemoved { city: INCHEON, reason: reason() }),
            Fact::from(PartnershipFormed { cities: vec![PORTO, ETHEKWINI] }),
            Fact::on(PORTO, CityActivated { partnership: PAIR }),
            Fact::on(ETHEKWINI, CityActivated { partnership: PAIR }),
        ]);
}

#[test]
fn a_formed_partnership_is_kicked_off_once() {
    a_formed_pair().when("KickOffPartnership", ask(json!({}))).then([Event::from(PartnershipKickedOff { date: None })]);
    an_active_pair().when("KickOffPartnership", ask(json!({}))).then_refused("partnership-already-kicked-off");
    a_proposed_pair().when("KickOffPartnership", ask(json!({}))).then_refused("partnership-not-formed");
    a_formed_pair()
        .done("AgreeTopics", ask(json!({})))
        .when("KickOffPartnership", ask(json!({})))
        .then_refused("topics-already-agreed");
}

#[test]
fn agreed_topics_make_a_partnership_active() {
    let theme = || vec![Code::parse("waste-to-energy").unwrap()];
    a_formed_pair()
        .when("AgreeTopics", ask(json!({ "themes": ["waste-to-energy"] })))
        .then([Event::from(TopicsAgreed { themes: theme(), was_themes: theme() })]);
    an_active_pair().when("AgreeTopics", ask(json!({}))).then_refused("topics-already-agreed");
    a_formed_pair().when("AgreeTopics", ask(json!({ "themes": ["magic"] }))).then_unfit("/themes/0");
    a_proposed_pair().when("AgreeTopics", ask(json!({}))).then_refused("partnership-not-formed");
}

#[test]
fn topics_are_named_where_none_was_proposed() {
    some_cities()
        .done("ProposePartnership", with(proposal(), "themes", json!([])))
        .done("AcceptPartnership", by(PORTO))
        .done("AcceptPartnership", by(ETHEKWINI))
        .when("AgreeTopics", ask(json!({})))
        .then_unfit("/themes");
}

#[test]
fn a_suspended_partnership_is_taken_up_where_it_was() {
    a_formed_pair()
        .when("SuspendPartnership", because())
        .then([Event::from(PartnershipSuspended { reason: reason() })]);
    a_suspended_pair().when("SuspendPartnership", because()).then_refused("partnership-already-suspended");
    a_suspended_pair()
        .when("ResumePartnership", ask(json!({})))
        .then([Event::from(PartnershipResumed { reason: None })]);
    a_suspended_pair()
        .done("ResumePartnership", ask(json!({})))
        .when("CompletePartnership", ask(json!({})))
        .then_refused("partnership-not-active");
    a_formed_pair().when("ResumePartnership", ask(json!({}))).then_refused("partnership-already-at-work");
    a_proposed_pair().when("ResumePartnership", ask(json!({}))).then_refused("partnership-not-formed");
}

#[test]
fn a_partnership_is_dissolved_with_its_reason_until_it_is_completed() {
    for story in [a_proposed_pair(), a_formed_pair(), a_suspended_pair()] {
        story.when("DissolvePartnership", because()).then([Event::from(PartnershipDissolved { reason: reason() })]);
    }
    a_dissolved_pair().when("DissolvePartnership", because()).then_refused("partnership-already-dissolved");
    a_completed_pair().when("DissolvePartnership", because()).then_refused("partnership-already-completed");
}

#[test]
fn only_an_active_partnership_is_completed() {
    let assessed = ask(json!({ "self_assessment": "The council said so" }));
    an_active_pair()
        .when("CompletePartnership", assessed)
        .then([Event::from(PartnershipCompleted { self_assessment: Some(reason()) })]);
    a_formed_pair().when("CompletePartnership", ask(json!({}))).then_refused("partnership-not-active");
    a_completed_pair().when("CompletePartnership", ask(json!({}))).then_refused("partnership-already-completed");
}

#[test]
fn nothing_is_done_in_a_partnership_of_a_closed_programme() {
    let closed = State::Programme(programme_as(PROGRAMME, ProgrammeStatus::Closed));
    an_active_pair()
        .state(PROGRAMME, closed)
        .when("CompletePartnership", ask(json!({})))
        .then_refused("programme-closed");
}
