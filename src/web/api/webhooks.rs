//! `/api/webhooks/{id}/deliveries` and beside it: what a webhook was sent, sending one delivery again, sending a test.
//! Positions are told, never what stands there.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use koinon_events::WebhookId;
use koinon_events::value::Timestamp;
use serde_json::{Value, json};

use crate::app::{Caller, Delivery};
use crate::web::Site;
use crate::web::actor::Api;
use crate::web::api::{Keep, read_answer};
use crate::web::failure::Refusal;
use crate::web::query::Query;

/// The newest deliveries of a webhook.
///
/// # Errors
/// 404 for a webhook that the caller may not see; 403 when they may not change it.
pub async fn deliveries(
    State(site): State<Site>,
    api: Api,
    Path(id): Path<String>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    query.only(&[])?;
    let found = site.koinon.deliveries(&api.caller, webhook(&id)?).await?;
    let position = site.koinon.head().await?.position;
    let items: Vec<Value> = found.iter().map(told).collect();
    let body = json!({ "items": items, "position": position }).to_string();
    Ok(read_answer(&headers, "application/json", body.into(), position, Keep::Nobody))
}

/// Sends one delivery again.
///
/// # Errors
/// As [`deliveries`]; 404 for a position that was not to be sent; 409 while the webhook does not send.
pub async fn send_again(
    State(site): State<Site>,
    api: Api,
    Path((id, position)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let id = webhook(&id)?;
    let position = position.parse().map_err(|_| Refusal::absent())?;
    must_send(&site, &api.caller, id).await?;
    site.koinon.send_again(&api.caller, id, position).await?;
    Ok(accepted(position))
}

/// Sends the record of the webhook's own registration, as a test.
///
/// # Errors
/// As [`deliveries`]; 409 while the webhook does not send.
pub async fn test(State(site): State<Site>, api: Api, Path(id): Path<String>) -> Result<Response, Refusal> {
    let id = webhook(&id)?;
    must_send(&site, &api.caller, id).await?;
    Ok(accepted(site.koinon.test_hook(&api.caller, id).await?))
}

/// Refuses while the webhook is paused or removed.
///
/// # Errors
/// 409 then; as [`deliveries`].
pub async fn must_send(site: &Site, caller: &Caller, id: WebhookId) -> Result<(), Refusal> {
    if site.koinon.own_hook(caller, id).await?.is_active() {
        return Ok(());
    }
    let detail = "The webhook is paused or removed, so nothing is sent. Resume it first.";
    Err(Refusal::new(StatusCode::CONFLICT, "webhook-does-not-send", "Webhook does not send", detail))
}

fn webhook(id: &str) -> Result<WebhookId, Refusal> {
    id.parse().map(WebhookId).map_err(|_| Refusal::absent())
}

fn accepted(position: u64) -> Response {
    let body = json!({ "position": position, "state": "waiting" }).to_string();
    (StatusCode::ACCEPTED, [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")], body)
        .into_response()
}

fn told(delivery: &Delivery) -> Value {
    let waits = delivery.state == "waiting" && delivery.due > 0;
    json!({
        "position": delivery.position,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "next_attempt": waits.then(|| Timestamp::from_micros(delivery.due).to_string()),
        "status": delivery.status,
        "error": delivery.error,
    })
}

/// The addresses that are written to, as the API's description has them.
pub fn described() -> [(&'static str, Value); 2] {
    let post = |name: &str, summary: &str, parameters: &[&str]| {
        let parameters: Vec<Value> = parameters
            .iter()
            .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
            .collect();
        let refused = json!({ "$ref": "#/components/responses/Refused" });
        json!({ "post": {
            "operationId": name, "tags": ["webhook"], "summary": summary, "parameters": parameters,
            "responses": { "202": { "description": "It will be sent" }, "default": refused },
        } })
    };
    [
        (
            "/api/webhooks/{id}/deliveries/{position}/send-again",
            post("sendAgain", "Sends one delivery again", &["id", "position"]),
        ),
        ("/api/webhooks/{id}/test", post("testWebhook", "Sends a test: the webhook's own registration", &["id"])),
    ]
}
