//! Given, when, then for API tokens.

use koinon_events::token::*;
use koinon_events::{Event, TokenId};
use serde_json::{Value, json};

use crate::domain::scenario::stage::*;
use crate::domain::scenario::{Scenario, id};

const TOKEN: TokenId = TokenId(id(60));

fn for_the_importer() -> Value {
    json!({ "id": TOKEN, "name": "Importer", "role": "coordinator", "scope": PROGRAMME.subject(),
        "person": THANDI, "expires": "2022-12-31" })
}

fn created() -> Scenario {
    stage().done("CreateToken", for_the_importer())
}

#[test]
fn a_token_is_created_without_any_secret() {
    stage().when("CreateToken", for_the_importer()).then([Event::from(TokenCreated {
        name: from(json!("Importer")),
        role: Role::Coordinator,
        scope: Some(PROGRAMME.subject()),
        person: Some(THANDI),
        expires: Some("2022-12-31".parse().unwrap()),
    })]);
}

#[test]
fn the_first_token_needs_nothing_but_a_name_and_a_role() {
    crate::domain::scenario::given()
        .done("CreateToken", json!({ "id": TOKEN, "name": "First", "role": "administrator" }));
}

#[test]
fn what_a_token_names_must_fit() {
    let cases = [
        ("scope", json!(format!("visit/{}", id(5))), "/scope"),
        ("scope", json!(format!("city/{}", id(99))), "/scope"),
        ("person", json!(id(99)), "/person"),
        ("person", json!(ERASED), "/person"),
        ("expires", json!("2022-06-14"), "/expires"),
    ];
    for (field, value, pointer) in cases {
        stage().when("CreateToken", with(for_the_importer(), field, value)).then_unfit(pointer);
    }
    stage().done("CreateToken", with(for_the_importer(), "expires", json!("2022-06-15")));
}

#[test]
fn a_token_is_created_and_revoked_once() {
    created().when("CreateToken", for_the_importer()).then_refused("token-already-exists");
    let lost = json!({ "token": TOKEN, "reason": "The laptop was stolen" });
    created()
        .when("RevokeToken", lost.clone())
        .then([Event::from(TokenRevoked { reason: from(json!("The laptop was stolen")) })]);
    created().done("RevokeToken", lost.clone()).when("RevokeToken", lost).then_refused("token-already-revoked");
}
