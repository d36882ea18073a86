//! Given, when, then for webhooks.

use koinon_events::webhook::*;
use koinon_events::{Event, WebhookId};
use serde_json::{Value, json};

use crate::domain::scenario::stage::*;
use crate::domain::scenario::{Scenario, id};

const WEBHOOK: WebhookId = WebhookId(id(50));

fn to_the_newsroom() -> Value {
    json!({ "id": WEBHOOK, "url": "https://example.org/hook", "programme": PROGRAMME,
        "filters": { "types": ["PilotLaunched", "koinon.VisitScheduled.v1"], "partnership": PAIR, "city": PORTO },
        "description": "The newsroom" })
}

fn registered() -> Scenario {
    stage().done("RegisterWebhook", to_the_newsroom())
}

fn paused() -> Scenario {
    registered().done("PauseWebhook", it())
}

fn it() -> Value {
    json!({ "webhook": WEBHOOK })
}

#[test]
fn a_webhook_is_registered_without_any_secret() {
    stage().when("RegisterWebhook", to_the_newsroom()).then([Event::from(WebhookRegistered {
        url: from(json!("https://example.org/hook")),
        programme: Some(PROGRAMME),
        filters: WebhookFilters {
            types: from(json!(["PilotLaunched", "koinon.VisitScheduled.v1"])),
            partnership: Some(PAIR),
            city: Some(PORTO),
        },
        description: Some(from(json!("The newsroom"))),
    })]);
}

#[test]
fn a_webhook_without_filters_lets_all_records_pass() {
    stage().when("RegisterWebhook", json!({ "id": WEBHOOK, "url": "http://localhost:9000/" })).then([Event::from(
        WebhookRegistered {
            url: from(json!("http://localhost:9000/")),
            programme: None,
            filters: WebhookFilters::default(),
            description: None,
        },
    )]);
}

#[test]
fn what_a_webhook_names_must_fit() {
    let cases = [
        ("url", json!("https://user:secret@example.org/"), "/url"),
        ("programme", json!(id(99)), "/programme"),
        ("filters", json!({ "types": ["PilotLaunched", "Launched"] }), "/filters/types/1"),
        ("filters", json!({ "partnership": id(99) }), "/filters/partnership"),
        ("filters", json!({ "city": CITY_ELSEWHERE }), "/filters/city"),
    ];
    for (field, value, pointer) in cases {
        stage().when("RegisterWebhook", with(to_the_newsroom(), field, value)).then_unfit(pointer);
    }
    let anywhere = json!({ "id": WEBHOOK, "url": "https://example.org/", "filters": { "city": NOTHING } });
    stage().when("RegisterWebhook", anywhere).then_unfit("/filters/city");
}

#[test]
fn a_webhook_is_registered_once() {
    registered().when("RegisterWebhook", to_the_newsroom()).then_refused("webhook-already-exists");
}

#[test]
fn a_webhook_is_paused_and_resumed() {
    registered().when("PauseWebhook", it()).then([Event::from(WebhookPaused { reason: None })]);
    paused().when("PauseWebhook", it()).then_refused("webhook-already-paused");
    paused().when("ResumeWebhook", it()).then([Event::from(WebhookResumed {})]);
    registered().when("ResumeWebhook", it()).then_refused("webhook-already-sends");
}

#[test]
fn every_rotation_of_the_secret_is_a_new_one() {
    let rotated = registered().done("RotateWebhookSecret", it());
    rotated.when("RotateWebhookSecret", it()).then([Event::from(WebhookSecretRotated {})]);
}

#[test]
fn a_removed_webhook_takes_no_more_commands() {
    registered().when("RemoveWebhook", it()).then([Event::from(WebhookRemoved { reason: None })]);
    for command in ["RemoveWebhook", "PauseWebhook", "ResumeWebhook", "RotateWebhookSecret"] {
        paused().done("RemoveWebhook", it()).when(command, it()).then_refused("webhook-already-removed");
    }
}
