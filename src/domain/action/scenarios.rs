//! Given, when, then for actions.

use koinon_events::action::*;
use koinon_events::{ActionId, Event};
use serde_json::{Value, json};

use crate::domain::partnership::PartnershipStatus;
use crate::domain::programme::ProgrammeStatus;
use crate::domain::scenario::stage::*;
use crate::domain::scenario::{Scenario, id};

const ACTION: ActionId = ActionId(id(30));

fn draft_the_agreement() -> Value {
    json!({ "id": ACTION, "programme": PROGRAMME, "partnership": PAIR, "text": "Draft the agreement",
        "from": MEETING.subject(), "plan": { "partnership": PAIR, "version": 1 }, "owner": THANDI,
        "city": PORTO, "due": "2022-09-30" })
}

fn raised() -> Scenario {
    stage().done("RaiseAction", draft_the_agreement())
}

fn on(fields: Value) -> Value {
    let mut body = json!({ "action": ACTION });
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    body
}

fn done() -> Scenario {
    raised().done("CompleteAction", on(json!({ "evidence": [SHEET] })))
}

fn dropped() -> Scenario {
    raised().done("DropAction", on(json!({ "reason": "The universities found another way" })))
}

#[test]
fn an_action_is_raised_from_a_meeting_and_an_action_plan() {
    stage().when("RaiseAction", draft_the_agreement()).then([Event::from(ActionRaised {
        programme: PROGRAMME,
        partnership: Some(PAIR),
        text: from(json!("Draft the agreement")),
        from: Some(MEETING.subject()),
        plan: Some(PlanReference { partnership: PAIR, version: 1 }),
        owner: Some(Owner::Person(THANDI)),
        city: Some(PORTO),
        due: Some("2022-09-30".parse().unwrap()),
        language: None,
    })]);
}

#[test]
fn an_action_needs_no_more_than_a_programme_and_a_text() {
    let body = json!({ "id": ACTION, "programme": PROGRAMME, "text": "Draft the agreement" });
    stage().done("RaiseAction", body).when("VerifyAction", on(json!({}))).then_refused("action-not-done");
}

#[test]
fn an_action_is_owned_by_a_body_as_well() {
    let owned = with(draft_the_agreement(), "owner", json!("Durban Solid Waste"));
    stage().done("RaiseAction", owned).when("ReassignAction", on(json!({ "owner": THANDI }))).then([Event::from(
        ActionReassigned {
            owner: Owner::Person(THANDI),
            was_owner: Some(Owner::Body(from(json!("Durban Solid Waste")))),
            reason: None,
        },
    )]);
}

#[test]
fn what_an_action_names_must_fit() {
    let cases = [
        ("programme", json!(id(99)), "/programme"),
        ("partnership", json!(id(99)), "/partnership"),
        ("from", json!(THANDI.subject()), "/from"),
        ("from", json!(format!("visit/{}", id(99))), "/from"),
        ("plan", json!({ "partnership": PAIR, "version": 3 }), "/plan/version"),
        ("owner", json!(id(99)), "/owner"),
        ("owner", json!(ERASED), "/owner"),
        ("city", json!(CITY_ELSEWHERE), "/city"),
        ("city", json!(GONE), "/city"),
    ];
    for (field, value, pointer) in cases {
        stage().when("RaiseAction", with(draft_the_agreement(), field, value)).then_unfit(pointer);
    }
}

#[test]
fn an_action_is_raised_once() {
    raised().when("RaiseAction", draft_the_agreement()).then_refused("action-already-exists");
}

#[test]
fn nobody_is_given_an_action_they_have() {
    raised().when("ReassignAction", on(json!({ "owner": THANDI }))).then_refused("action-already-theirs");
}

#[test]
fn a_due_day_moves_with_its_reason_and_says_where_it_was() {
    raised().when("ChangeDue", on(json!({ "due": "2022-10-31", "reason": "Summer break" }))).then([Event::from(
        ActionDueChanged {
            due: "2022-10-31".parse().unwrap(),
            was_due: Some("2022-09-30".parse().unwrap()),
            reason: from(json!("Summer break")),
        },
    )]);
    raised()
        .when("ChangeDue", on(json!({ "due": "2022-09-30", "reason": "Summer break" })))
        .then_refused("action-already-due-then");
}

#[test]
fn an_action_is_done_with_its_evidence_and_then_verified() {
    raised()
        .when("CompleteAction", on(json!({ "evidence": [SHEET] })))
        .then([Event::from(ActionCompleted { note: None, evidence: vec![SHEET] })]);
    done().when("VerifyAction", on(json!({}))).then([Event::from(ActionVerified { note: None })]);
}

#[test]
fn evidence_that_is_not_there_is_named() {
    raised().when("CompleteAction", on(json!({ "evidence": [SHEET, id(99)] }))).then_unfit("/evidence/1");
    raised().when("CompleteAction", on(json!({ "evidence": [SHEET, SHEET] }))).then_unfit("/evidence/1");
}

#[test]
fn an_action_is_done_and_verified_once() {
    done().when("CompleteAction", on(json!({}))).then_refused("action-already-done");
    let verified = || done().done("VerifyAction", on(json!({})));
    verified().when("VerifyAction", on(json!({}))).then_refused("action-already-verified");
    verified().when("DropAction", on(json!({ "reason": "Too late" }))).then_refused("action-already-verified");
}

#[test]
fn an_action_is_opened_again_with_its_reason() {
    done()
        .when("ReopenAction", on(json!({ "reason": "The draft was lost" })))
        .then([Event::from(ActionReopened { reason: from(json!("The draft was lost")) })]);
    raised().when("ReopenAction", on(json!({ "reason": "Again" }))).then_refused("action-already-open");
}

#[test]
fn a_dropped_action_takes_only_its_reopening() {
    dropped().when("CompleteAction", on(json!({}))).then_refused("action-already-dropped");
    dropped().when("VerifyAction", on(json!({}))).then_refused("action-already-dropped");
    dropped().done("ReopenAction", on(json!({ "reason": "They did not" }))).done("CompleteAction", on(json!({})));
}

#[test]
fn actions_are_raised_and_moved_only_while_the_programme_runs() {
    let in_draft = stage_with(ProgrammeStatus::Draft, PartnershipStatus::Formed);
    let body = json!({ "id": ACTION, "programme": PROGRAMME, "text": "Draft the agreement" });
    in_draft.when("RaiseAction", body).then_refused("programme-not-running");
    let closing =
        || stage_with(ProgrammeStatus::Closing, PartnershipStatus::Formed).done("RaiseAction", draft_the_agreement());
    closing().done("CompleteAction", on(json!({})));
    closed(closing()).when("CompleteAction", on(json!({}))).then_refused("programme-closed");
}
