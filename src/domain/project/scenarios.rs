//! Given, when, then for cooperation projects.

use koinon_events::project::*;
use koinon_events::{Event, ProjectId};
use serde_json::{Value, json};

use crate::domain::partnership::PartnershipStatus;
use crate::domain::programme::ProgrammeStatus;
use crate::domain::scenario::stage::*;
use crate::domain::scenario::{Scenario, id};

const PROJECT: ProjectId = ProjectId(id(40));

fn vision() -> Value {
    json!({ "id": PROJECT, "programme": PROGRAMME, "partnership": PAIR, "title": "A vision for waste",
        "objective": "A shared vision for waste in 2030", "bodies": [{ "city": PORTO, "name": "LIPOR" }],
        "funding_sought": "250000" })
}

fn proposed() -> Scenario {
    stage().done("ProposeProject", vision())
}

fn agreed() -> Scenario {
    proposed().done("AgreeProject", on(json!({})))
}

fn with_a_deliverable() -> Scenario {
    agreed().done("AddDeliverable", on(json!({ "deliverable": "d1", "title": "The vision", "due": "2022-12-31" })))
}

fn active() -> Scenario {
    with_a_deliverable().done("DeliverDeliverable", on(json!({ "deliverable": "d1", "document": SHEET })))
}

fn on(fields: Value) -> Value {
    let mut body = json!({ "project": PROJECT });
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    body
}

fn reason() -> Value {
    on(json!({ "reason": "No funds" }))
}

#[test]
fn a_cooperation_project_is_proposed_in_a_partnership_at_work() {
    stage().when("ProposeProject", vision()).then([Event::from(ProjectProposed {
        programme: PROGRAMME,
        partnership: PAIR,
        title: Some(from(json!("A vision for waste"))),
        objective: from(json!("A shared vision for waste in 2030")),
        bodies: vec![ProjectBody { city: PORTO, name: from(json!("LIPOR")) }],
        results: None,
        funding_sought: Some("250000".parse().unwrap()),
        language: None,
    })]);
    stage_with(ProgrammeStatus::Running, PartnershipStatus::Dissolved)
        .when("ProposeProject", vision())
        .then_refused("partnership-not-working");
}

#[test]
fn what_a_cooperation_project_names_must_fit() {
    let cases = [
        ("partnership", json!(id(99)), "/partnership"),
        ("bodies", json!([{ "city": CITY_ELSEWHERE, "name": "Elsewhere" }]), "/bodies/0/city"),
        ("funding_sought", json!("-1"), "/funding_sought"),
        ("programme", json!(ELSEWHERE), "/bodies/0/city"),
    ];
    for (field, value, pointer) in cases {
        stage().when("ProposeProject", with(vision(), field, value)).then_unfit(pointer);
    }
    let too_many = vec![json!({ "city": PORTO, "name": "LIPOR" }); 501];
    stage().when("ProposeProject", with(vision(), "bodies", json!(too_many))).then_unfit("/bodies");
}

#[test]
fn a_cooperation_project_is_proposed_and_agreed_once() {
    proposed().when("ProposeProject", vision()).then_refused("project-already-exists");
    proposed()
        .when("AgreeProject", on(json!({ "agreed_on": "2022-10-24", "document": SHEET })))
        .then([Event::from(ProjectAgreed { agreed_on: Some("2022-10-24".parse().unwrap()), document: Some(SHEET) })]);
    proposed().when("AgreeProject", on(json!({ "document": id(99) }))).then_unfit("/document");
    proposed().when("AgreeProject", on(json!({ "document": SHEET_ELSEWHERE }))).then_unfit("/document");
    agreed().when("AgreeProject", on(json!({}))).then_refused("project-already-agreed");
}

#[test]
fn deliverables_are_named_once_the_project_is_agreed() {
    let deliverable = on(json!({ "deliverable": "d1", "title": "The vision", "due": "2022-12-31" }));
    proposed().when("AddDeliverable", deliverable.clone()).then_refused("project-not-agreed");
    agreed().when("AddDeliverable", deliverable.clone()).then([Event::from(DeliverableAdded {
        deliverable: from(json!("d1")),
        title: from(json!("The vision")),
        due: "2022-12-31".parse().unwrap(),
    })]);
    with_a_deliverable().when("AddDeliverable", deliverable).then_refused("deliverable-already-added");
    let unnamed = on(json!({ "title": "The plan", "due": "2022-12-31" }));
    with_a_deliverable().when("AddDeliverable", unnamed).then([Event::from(DeliverableAdded {
        deliverable: from(json!("d2")),
        title: from(json!("The plan")),
        due: "2022-12-31".parse().unwrap(),
    })]);
}

#[test]
fn the_first_deliverable_puts_the_project_to_work() {
    let delivered =
        || DeliverableDelivered { deliverable: from(json!("d1")), document: Some(SHEET), delivered_on: None };
    with_a_deliverable()
        .when("DeliverDeliverable", on(json!({ "deliverable": "d1", "document": SHEET })))
        .then([Event::from(delivered()), Event::from(ProjectActivated {})]);
    active()
        .done("AddDeliverable", on(json!({ "deliverable": "d2", "title": "The map", "due": "2023-01-31" })))
        .when("DeliverDeliverable", on(json!({ "deliverable": "d2", "document": SHEET })))
        .then([Event::from(DeliverableDelivered { deliverable: from(json!("d2")), ..delivered() })]);
}

#[test]
fn a_deliverable_is_delivered_once_and_only_when_named() {
    active()
        .when("DeliverDeliverable", on(json!({ "deliverable": "d1" })))
        .then_refused("deliverable-already-delivered");
    active().when("DeliverDeliverable", on(json!({ "deliverable": "d9" }))).then_unfit("/deliverable");
}

#[test]
fn funding_is_noted_once_for_each_outcome() {
    let granted = on(json!({ "outcome": "granted", "source": "Interreg", "amount": "120000" }));
    agreed().when("RecordFunding", granted.clone()).then([Event::from(FundingRecorded {
        outcome: FundingOutcome::Granted,
        source: Some(from(json!("Interreg"))),
        amount: Some("120000".parse().unwrap()),
        document: None,
    })]);
    let recorded = || agreed().done("RecordFunding", granted.clone());
    recorded().when("RecordFunding", granted.clone()).then_refused("funding-already-recorded");
    recorded().done("RecordFunding", on(json!({ "outcome": "refused", "source": "A bank" })));
    agreed().when("RecordFunding", on(json!({ "outcome": "granted", "amount": "-5" }))).then_unfit("/amount");
    agreed()
        .done("StopProject", reason())
        .when("RecordFunding", granted.clone())
        .then_refused("project-already-stopped");
}

#[test]
fn a_project_that_delivered_is_completed_once() {
    let results = on(json!({ "results": "A vision both councils adopted", "evidence": [SHEET] }));
    active().when("CompleteProject", results.clone()).then([Event::from(ProjectCompleted {
        results: from(json!("A vision both councils adopted")),
        evidence: vec![SHEET],
    })]);
    agreed().when("CompleteProject", results.clone()).then_refused("project-not-active");
    let completed = || active().done("CompleteProject", results.clone());
    completed().when("CompleteProject", results.clone()).then_refused("project-already-completed");
    completed().when("StopProject", reason()).then_refused("project-already-completed");
}

#[test]
fn a_project_is_stopped_with_its_reason_and_stays_so() {
    proposed().when("StopProject", reason()).then([Event::from(ProjectStopped { reason: from(json!("No funds")) })]);
    let stopped = || proposed().done("StopProject", reason());
    stopped().when("AgreeProject", on(json!({}))).then_refused("project-already-stopped");
    stopped().when("StopProject", reason()).then_refused("project-already-stopped");
}

#[test]
fn no_project_is_proposed_in_a_programme_that_does_not_run() {
    stage_with(ProgrammeStatus::Closed, PartnershipStatus::Formed)
        .when("ProposeProject", vision())
        .then_refused("programme-closed");
}
