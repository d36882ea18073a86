//! `/healthz`, `/readyz`, `/metrics`: for whoever runs it.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::web::Site;
use crate::web::actor::Api;
use crate::web::failure::Refusal;

/// The process is up.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// The log can be written and the read models keep up.
pub async fn readyz(State(site): State<Site>) -> Response {
    let ready = site.koinon.ready().await;
    let is_ready = ready.writable && ready.problems.is_empty();
    let status = if is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let body = json!({ "ready": is_ready, "writable": ready.writable, "lag": ready.lag, "problems": ready.problems });
    let mut response = (status, body.to_string()).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// Figures in Prometheus' text format, for whoever bears a token.
///
/// # Errors
/// 401 without a token; 404 when no figures are kept.
pub async fn metrics(State(site): State<Site>, _: Api) -> Result<Response, Refusal> {
    let backlog = site.koinon.webhook_backlog().await?;
    metrics::gauge!("koinon_webhook_backlog").set(backlog as f64);
    let figures = site.metrics.as_ref().ok_or_else(Refusal::absent)?.render();
    let mut response = figures.into_response();
    let media = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, media);
    Ok(response)
}
