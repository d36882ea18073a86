//! Scenarios of writing, validating, publishing and ending a learning.

use koinon_events::learning::*;
use koinon_events::{Event, LearningId};
use serde_json::{Value, json};

use super::{learning, published, recorded, retracted, validated};
use crate::domain::Fact;
use crate::domain::programme::ProgrammeStatus;
use crate::domain::scenario::pair::*;
use crate::domain::scenario::{Scenario, id};

/// A learning that takes the place of others.
const DIGEST: LearningId = LearningId(id(41));

/// Another one.
const OTHER: LearningId = LearningId(id(42));

fn asked(field: &str, value: Value) -> Scenario {
    a_formed_pair().done("ScheduleVisit", june()).when("RecordLearning", with(ash(VISIT), field, value))
}

#[test]
fn a_learning_is_recorded_in_the_partnership_of_the_visit_it_came_from() {
    asked("learned_by", json!([ETHEKWINI])).then([Event::from(LearningRecorded {
        programme: PROGRAMME,
        partnership: Some(PAIR),
        title: text("Ash is a product"),
        what: text("Bottom ash becomes road base"),
        why_it_works: text("One buyer takes it all"),
        conditions: text("A standard for road base"),
        cost_order: CostOrder::Medium,
        maturity: Maturity::Proven,
        origin_city: PORTO,
        origin: VISIT.subject(),
        learned_by: vec![ETHEKWINI],
        themes: vec![text("waste-to-energy")],
        sdg_targets: vec![text("12.5")],
        language: text("en"),
    })]);
    recorded().when("RecordLearning", ash(VISIT)).then_refused("learning-already-exists");
}

#[test]
fn a_learning_names_only_what_belongs_to_its_programme() {
    asked("origin_city", json!(STRANGER)).then_unfit("/origin_city");
    asked("learned_by", json!([STRANGER])).then_unfit("/learned_by/0");
    asked("themes", json!(["magic"])).then_unfit("/themes/0");
    asked("origin", json!(PORTO.subject())).then_unfit("/origin");
    asked("origin", json!(MEETING.subject())).then_unfit("/origin");
    for wrong in ["12", "0.1", "18.1", "7.e", "12.", "x.1", "1.99"] {
        asked("sdg_targets", json!([wrong])).then_unfit("/sdg_targets/0");
    }
    a_programme(ProgrammeStatus::Draft).when("RecordLearning", ash(VISIT)).then_refused("programme-not-running");
}

#[test]
fn nothing_is_learned_on_a_visit_that_was_cancelled() {
    a_formed_pair()
        .done("ScheduleVisit", june())
        .done("CancelVisit", json!({ "visit": VISIT, "reason": "Floods" }))
        .when("RecordLearning", ash(VISIT))
        .then_unfit("/origin");
}

#[test]
fn a_meeting_teaches_too() {
    let bilateral = json!({ "id": MEETING, "programme": PROGRAMME, "kind": "bilateral", "title": "First bilateral",
        "organisers": [PORTO], "start": "2022-03-10T14:30" });
    a_formed_pair().done("ScheduleMeeting", bilateral).done("RecordLearning", ash(MEETING));
}

#[test]
fn a_revision_says_only_what_changed_and_what_it_was() {
    let better = json!({ "learning": LEARNING, "title": "Ash is a product", "maturity": "established" });
    recorded().when("ReviseLearning", better).then([Event::from(LearningRevised {
        maturity: Some(Maturity::Established),
        was_maturity: Some(Maturity::Proven),
        ..LearningRevised::default()
    })]);
    let same = json!({ "learning": LEARNING, "title": "Ash is a product" });
    recorded().when("ReviseLearning", same).then_refused("learning-already-reads-so");
    recorded().when("ReviseLearning", with(learning(), "reason", "No change")).then_unfit("");
    recorded().when("ReviseLearning", with(learning(), "themes", json!(["magic"]))).then_unfit("/themes/0");
    recorded().when("ReviseLearning", with(learning(), "sdg_targets", json!(["99"]))).then_unfit("/sdg_targets/0");
}

#[test]
fn a_published_learning_is_revised_only_with_a_reason() {
    let title = with(learning(), "title", "Ash is a good product");
    published().when("ReviseLearning", title.clone()).then_unfit("/reason");
    published().when("ReviseLearning", with(title.clone(), "reason", "Clearer")).then_accepted();
    retracted().when("ReviseLearning", title).then_refused("learning-already-retracted");
}

#[test]
fn an_expert_validates_a_learning_once() {
    let ines = with(with(learning(), "expert", json!(INES)), "note", "Mind the standard");
    recorded()
        .when("ValidateLearning", ines.clone())
        .then([Event::from(LearningValidated { expert: INES, note: Some(text("Mind the standard")) })]);
    recorded()
        .when("ValidateLearning", learning())
        .then([Event::from(LearningValidated { expert: ACTOR, note: None })]);
    validated().when("ValidateLearning", ines.clone()).then_refused("learning-already-validated");
    recorded().when("ValidateLearning", with(ines, "expert", json!(INACTIVE))).then_unfit("/expert");
}

#[test]
fn a_returned_learning_waits_for_its_authors() {
    let back = with(learning(), "reason", "Who bought the ash?");
    let returned = || validated().done("ReturnLearning", back.clone());
    validated()
        .when("ReturnLearning", back.clone())
        .then([Event::from(LearningReturned { reason: text("Who bought the ash?") })]);
    returned().when("ReturnLearning", back.clone()).then_refused("learning-already-returned");
    returned().when("PublishLearning", learning()).then_refused("learning-not-validated");
    returned().done("ReviseLearning", with(learning(), "what", "A firm buys it")).done("ReturnLearning", back.clone());
    published().when("ReturnLearning", back).then_refused("learning-already-published");
}

#[test]
fn only_a_validated_learning_is_published_and_once() {
    validated().when("PublishLearning", learning()).then([Event::from(LearningPublished {})]);
    recorded().when("PublishLearning", learning()).then_refused("learning-not-validated");
    published().when("PublishLearning", learning()).then_refused("learning-already-published");
}

fn consolidated(from: Value) -> Value {
    json!({ "into": DIGEST, "from": from })
}

fn with_digest(scenario: Scenario) -> Scenario {
    scenario.done("RecordLearning", with(ash(VISIT), "id", json!(DIGEST)))
}

#[test]
fn published_learnings_are_brought_together_in_one_that_takes_their_place() {
    with_digest(published()).when("ConsolidateLearnings", consolidated(json!([LEARNING]))).then_facts([
        Fact::from(LearningsConsolidated { from: vec![LEARNING], at_meeting: None }),
        Fact::on(LEARNING, LearningSuperseded { by: DIGEST, at_meeting: None }),
    ]);
    let superseded = || with_digest(published()).done("ConsolidateLearnings", consolidated(json!([LEARNING])));
    superseded()
        .when("ConsolidateLearnings", consolidated(json!([LEARNING])))
        .then_refused("learnings-already-consolidated");
    superseded()
        .done("RecordLearning", with(ash(VISIT), "id", json!(OTHER)))
        .when("ConsolidateLearnings", json!({ "into": OTHER, "from": [LEARNING] }))
        .then_refused("learning-already-superseded");
    superseded().when("RetractLearning", with(learning(), "reason", "Old")).then_refused("learning-already-superseded");
}

#[test]
fn only_published_learnings_are_brought_together_and_never_one_in_itself() {
    let into = |from: Value| with_digest(recorded()).when("ConsolidateLearnings", consolidated(from));
    into(json!([LEARNING])).then_refused("learning-not-published");
    into(json!([DIGEST])).then_unfit("/from/0");
    into(json!([])).then_unfit("/from");
    into(json!([VISIT])).then_unfit("/from/0");
    with_digest(published())
        .when("ConsolidateLearnings", with(consolidated(json!([LEARNING])), "at_meeting", json!(MEETING)))
        .then_unfit("/at_meeting");
}

#[test]
fn a_learning_is_retracted_once() {
    let away = with(learning(), "reason", "The plant closed");
    published()
        .when("RetractLearning", away.clone())
        .then([Event::from(LearningRetracted { reason: text("The plant closed") })]);
    retracted().when("RetractLearning", away).then_refused("learning-already-retracted");
}
