//! Scenarios of cities that take a learning up.

use koinon_events::Event;
use koinon_events::learning::*;
use serde_json::{Value, json};

use super::{published, recorded, retracted};
use crate::domain::scenario::Scenario;
use crate::domain::scenario::pair::*;

fn ethekwini() -> Value {
    json!({ "learning": LEARNING, "city": ETHEKWINI })
}

fn because() -> Value {
    with(ethekwini(), "reason", "No ash here")
}

fn plan() -> Value {
    with(with(ethekwini(), "owner", "Durban Solid Waste"), "adaptation", "Landfill roads first")
}

fn laid_down() -> Value {
    with(ethekwini(), "document", json!(SHEET))
}

fn interested() -> Scenario {
    published().done("ExpressInterest", ethekwini())
}

fn committed() -> Scenario {
    interested().done("CommitAdoption", plan())
}

fn started() -> Scenario {
    committed().done("StartAdoption", ethekwini())
}

fn verified() -> Scenario {
    started().done("VerifyAdoption", laid_down())
}

#[test]
fn a_city_takes_a_published_learning_up_step_by_step() {
    published().when("ExpressInterest", ethekwini()).then([Event::from(InterestExpressed { city: ETHEKWINI })]);
    interested().when("CommitAdoption", plan()).then([Event::from(AdoptionCommitted {
        city: ETHEKWINI,
        owner: text("Durban Solid Waste"),
        adaptation: text("Landfill roads first"),
    })]);
    committed().when("StartAdoption", ethekwini()).then([Event::from(AdoptionStarted { city: ETHEKWINI, date: None })]);
    started()
        .when("VerifyAdoption", laid_down())
        .then([Event::from(AdoptionVerified { city: ETHEKWINI, document: SHEET })]);
}

#[test]
fn no_step_is_left_out() {
    published().when("CommitAdoption", plan()).then_refused("interest-not-expressed");
    interested().when("StartAdoption", ethekwini()).then_refused("adoption-not-committed");
    committed().when("VerifyAdoption", laid_down()).then_refused("adoption-not-started");
    published().when("AbandonAdoption", because()).then_refused("interest-not-expressed");
}

#[test]
fn no_step_is_taken_twice() {
    interested().when("ExpressInterest", ethekwini()).then_refused("interest-already-expressed");
    committed().when("CommitAdoption", plan()).then_refused("adoption-already-committed");
    started().when("StartAdoption", ethekwini()).then_refused("adoption-already-started");
    verified().when("VerifyAdoption", laid_down()).then_refused("adoption-already-verified");
}

#[test]
fn a_city_says_that_a_learning_is_not_for_it_and_may_think_again() {
    published()
        .when("DeclineLearning", because())
        .then([Event::from(LearningDeclined { city: ETHEKWINI, reason: text("No ash here") })]);
    let declined = || published().done("DeclineLearning", because());
    declined().when("DeclineLearning", because()).then_refused("learning-already-declined");
    declined().done("ExpressInterest", ethekwini());
    committed().when("DeclineLearning", because()).then_refused("adoption-already-committed");
}

#[test]
fn a_city_gives_up_with_a_reason_and_may_begin_again() {
    started()
        .when("AbandonAdoption", because())
        .then([Event::from(AdoptionAbandoned { city: ETHEKWINI, reason: text("No ash here") })]);
    let abandoned = || started().done("AbandonAdoption", because());
    abandoned().when("AbandonAdoption", because()).then_refused("adoption-already-abandoned");
    abandoned().done("ExpressInterest", ethekwini());
    verified().when("AbandonAdoption", because()).then_refused("adoption-already-verified");
}

#[test]
fn only_a_published_learning_is_taken_up() {
    recorded().when("ExpressInterest", ethekwini()).then_refused("learning-not-published");
    retracted().when("ExpressInterest", ethekwini()).then_refused("learning-already-retracted");
    recorded().when("StartAdoption", ethekwini()).then_refused("learning-not-published");
}

#[test]
fn a_city_does_not_adopt_what_was_learned_from_itself() {
    published().when("ExpressInterest", with(ethekwini(), "city", json!(PORTO))).then_unfit("/city");
    published().when("ExpressInterest", with(ethekwini(), "city", json!(STRANGER))).then_unfit("/city");
    published().when("ExpressInterest", with(ethekwini(), "city", json!(LEFT))).then_refused("city-not-taking-part");
}

#[test]
fn an_adoption_is_verified_only_by_a_document_that_counts() {
    started().when("VerifyAdoption", with(ethekwini(), "document", json!(WITHDRAWN))).then_unfit("/document");
}

#[test]
fn an_adoption_goes_on_after_another_learning_took_the_place_of_the_first() {
    let digest = "01970000-0000-7000-8000-000000000041";
    committed()
        .done("RecordLearning", with(ash(VISIT), "id", digest))
        .done("ConsolidateLearnings", json!({ "into": digest, "from": [LEARNING] }))
        .done("StartAdoption", ethekwini())
        .done("VerifyAdoption", laid_down());
}

#[test]
fn a_published_learning_is_suggested_to_cities_it_does_not_come_from() {
    let to = |cities: Value| json!({ "learning": LEARNING, "cities": cities });
    published()
        .when("SuggestLearning", to(json!([ETHEKWINI])))
        .then([Event::from(LearningSuggested { cities: vec![ETHEKWINI] })]);
    let suggested = published().done("SuggestLearning", to(json!([ETHEKWINI])));
    suggested.when("SuggestLearning", to(json!([ETHEKWINI]))).then_refused("learning-already-suggested");
    published().when("SuggestLearning", to(json!([PORTO]))).then_unfit("/cities/0");
    published().when("SuggestLearning", to(json!([]))).then_unfit("/cities");
    recorded().when("SuggestLearning", to(json!([ETHEKWINI]))).then_refused("learning-not-published");
    let left = published().done("WithdrawCity", json!({ "city": ETHEKWINI, "reason": "Elections" }));
    left.when("SuggestLearning", to(json!([ETHEKWINI]))).then_unfit("/cities/0");
}
