//! Scenarios of who comes.

use koinon_events::Event;
use koinon_events::visit::*;
use serde_json::{Value, json};

use super::{cancelled, completed, planned};
use crate::domain::scenario::Scenario;
use crate::domain::scenario::pair::*;

fn thandi() -> Value {
    json!({ "visit": VISIT, "person": THANDI, "city": ETHEKWINI })
}

fn with_thandi() -> Scenario {
    planned().done("InviteDelegate", thandi())
}

fn swap(from: impl serde::Serialize, to: impl serde::Serialize) -> Value {
    json!({ "visit": VISIT, "from": from, "to": to, "reason": "Fell ill" })
}

#[test]
fn a_person_is_invited_to_the_delegation_once() {
    planned()
        .when("InviteDelegate", thandi())
        .then([Event::from(DelegateInvited { person: THANDI, city: Some(ETHEKWINI) })]);
    with_thandi().when("InviteDelegate", thandi()).then_refused("delegate-already-invited");
}

#[test]
fn nobody_is_invited_who_is_unknown_or_gone_or_for_a_city_that_does_not_come() {
    planned().when("InviteDelegate", with(thandi(), "person", json!(ACTOR))).then_unfit("/person");
    planned().when("InviteDelegate", with(thandi(), "person", json!(ERASED))).then_unfit("/person");
    planned().when("InviteDelegate", with(thandi(), "person", json!(INACTIVE))).then_unfit("/person");
    planned().when("InviteDelegate", with(thandi(), "city", json!(HAMBURG))).then_unfit("/city");
}

#[test]
fn nobody_is_invited_to_a_visit_that_is_over_or_called_off() {
    cancelled().when("InviteDelegate", thandi()).then_refused("visit-already-cancelled");
    completed().when("InviteDelegate", thandi()).then_refused("visit-already-held");
}

#[test]
fn a_delegate_is_replaced_by_another_person() {
    with_thandi().when("ReplaceDelegate", swap(THANDI, SIPHO)).then([Event::from(DelegateReplaced {
        from: THANDI,
        to: SIPHO,
        reason: Some(text("Fell ill")),
    })]);
    with_thandi()
        .done("ReplaceDelegate", swap(THANDI, SIPHO))
        .when("ReplaceDelegate", swap(THANDI, SIPHO))
        .then_refused("delegate-already-replaced");
    with_thandi().when("ReplaceDelegate", swap(SIPHO, INES)).then_refused("delegate-not-invited");
    with_thandi().when("ReplaceDelegate", swap(THANDI, THANDI)).then_unfit("/to");
}

#[test]
fn a_delegate_leaves_the_delegation_with_a_reason() {
    let away = json!({ "visit": VISIT, "person": THANDI, "reason": "No visa" });
    with_thandi()
        .when("WithdrawDelegate", away.clone())
        .then([Event::from(DelegateWithdrawn { person: THANDI, reason: text("No visa") })]);
    with_thandi()
        .done("WithdrawDelegate", away.clone())
        .when("WithdrawDelegate", away.clone())
        .then_refused("delegate-already-withdrawn");
    planned().when("WithdrawDelegate", away).then_refused("delegate-not-invited");
}

#[test]
fn a_delegation_is_confirmed_and_again_after_it_changed() {
    let five = json!({ "visit": VISIT, "size": 5 });
    with_thandi()
        .when("ConfirmDelegation", five.clone())
        .then([Event::from(DelegationConfirmed { size: Some(5), was_size: None })]);
    let confirmed = || with_thandi().done("ConfirmDelegation", five.clone());
    confirmed().when("ConfirmDelegation", five.clone()).then_refused("delegation-already-confirmed");
    confirmed()
        .done("InviteDelegate", with(thandi(), "person", json!(SIPHO)))
        .when("ConfirmDelegation", json!({ "visit": VISIT, "size": 6 }))
        .then([Event::from(DelegationConfirmed { size: Some(6), was_size: Some(5) })]);
}

#[test]
fn a_delegation_is_no_smaller_than_the_persons_it_names() {
    with_thandi()
        .done("InviteDelegate", with(thandi(), "person", json!(SIPHO)))
        .when("ConfirmDelegation", json!({ "visit": VISIT, "size": 1 }))
        .then_unfit("/size");
    planned().when("ConfirmDelegation", json!({ "visit": VISIT, "size": 10_001 })).then_unfit("/size");
}

#[test]
fn an_expert_is_assigned_once_and_replaced() {
    let ines = json!({ "visit": VISIT, "expert": INES });
    planned().when("AssignExpert", ines.clone()).then([Event::from(ExpertAssigned { expert: INES })]);
    planned().when("AssignExpert", with(ines.clone(), "expert", json!(THANDI))).then_unfit("/expert");
    let accompanied = || planned().done("AssignExpert", ines.clone());
    accompanied().when("AssignExpert", ines.clone()).then_refused("expert-already-assigned");
    accompanied().when("ReplaceExpert", swap(INES, MATEUS)).then([Event::from(ExpertReplaced {
        from: INES,
        to: MATEUS,
        reason: Some(text("Fell ill")),
    })]);
    accompanied()
        .done("ReplaceExpert", swap(INES, MATEUS))
        .when("ReplaceExpert", swap(INES, MATEUS))
        .then_refused("expert-already-replaced");
    planned().when("ReplaceExpert", swap(INES, MATEUS)).then_refused("expert-not-assigned");
}
