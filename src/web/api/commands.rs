//! `POST /api/commands/{Command}`: a command's fields in, what it did out.
//!
//! The order of checks is the contract's: who asks, the body, whether the subject is there and theirs, the idempotency
//! key, If-Match, the rule. The first two are made here, the others by the service.

use axum::body::{Body, to_bytes};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use tracing::Instrument;
use uuid::Uuid;

use crate::app::{Answer, Failure, Order};
use crate::domain::command_shape;
use crate::web::Site;
use crate::web::actor::Api;
use crate::web::api::POSITION;
use crate::web::failure::Refusal;
use crate::web::strict;
use crate::web::subjects::location;

/// The largest body.
pub const MOST: usize = 1024 * 1024;

/// Runs a command.
///
/// # Errors
/// Every refusal of the contract.
pub async fn execute(
    State(site): State<Site>,
    api: Api,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Refusal> {
    let headers = request.headers().clone();
    let body = read_body(&headers, request.into_body()).await?;
    let body = strict::object(&body)?;
    let shape = command_shape(&name).ok_or(Failure::UnknownCommand(name))?;
    let order = Order {
        name: shape.name.to_owned(),
        body,
        idempotency_key: idempotency_key(&headers)?,
        if_match: if_match(&headers)?,
        correlation: correlation(&headers)?,
        causation: None,
    };
    let span = tracing::info_span!("command", name = shape.name, position = tracing::field::Empty);
    let answer = site.koinon.execute(&api.caller, order).instrument(span.clone()).await?;
    span.record("position", answer.position);
    Ok(told(&answer))
}

/// Media type, then size, then the bytes.
async fn read_body(headers: &HeaderMap, body: Body) -> Result<bytes::Bytes, Refusal> {
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = media.split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|media| media.eq_ignore_ascii_case("application/json"));
    let is_utf8 = parts.all(|parameter| {
        parameter.split_once('=').is_none_or(|(name, value)| {
            !name.eq_ignore_ascii_case("charset") || value.trim_matches('"').eq_ignore_ascii_case("utf-8")
        })
    });
    let encoding = headers.get(header::CONTENT_ENCODING).is_none_or(|value| value == "identity");
    if !(is_json && is_utf8 && encoding) {
        return Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "not-json",
            "Not JSON",
            "Send the command's fields as Content-Type: application/json, in UTF-8 and not compressed.",
        ));
    }
    to_bytes(body, MOST).await.map_err(|error| {
        let source = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        if source.contains("length limit") {
            let detail = "A command's body may have at most 1 MiB.";
            Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", "The body is too large", detail)
        } else {
            Failure::Malformed("the body ended early".to_owned()).into()
        }
    })
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let key = value.to_str().ok().map(|key| key.trim().trim_matches('"'));
    match key {
        Some(key) if (1..=200).contains(&key.len()) => Ok(Some(key.to_owned())),
        _ => Err(Refusal::parameter("Idempotency-Key", "must be 1 to 200 visible ASCII characters")),
    }
}

fn if_match(headers: &HeaderMap) -> Result<Option<u64>, Refusal> {
    let Some(value) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    let version = text.strip_prefix("W/").unwrap_or(text).trim_matches('"').parse();
    version.map(Some).map_err(|_| Refusal::parameter("If-Match", "must be the subject's version, such as \"7\""))
}

fn correlation(headers: &HeaderMap) -> Result<Option<Uuid>, Refusal> {
    let Some(value) = headers.get("koinon-correlation") else { return Ok(None) };
    let id = value.to_str().ok().and_then(|text| text.parse().ok());
    id.map(Some).ok_or_else(|| Refusal::parameter("Koinon-Correlation", "must be a UUID"))
}

fn told(answer: &Answer) -> Response {
    let mut body = format!(
        "{{\"id\":\"{}\",\"subject\":\"{}\",\"version\":{},\"position\":{},\"events\":[",
        answer.subject.id, answer.subject, answer.version, answer.position
    )
    .into_bytes();
    for (index, event) in answer.events.iter().enumerate() {
        if index > 0 {
            body.push(b',');
        }
        body.extend_from_slice(event);
    }
    body.push(b']');
    if let Some(secret) = &answer.secret {
        body.extend_from_slice(format!(",\"secret\":{}", serde_json::Value::from(secret.as_str())).as_bytes());
    }
    body.push(b'}');
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = if answer.created { StatusCode::CREATED } else { StatusCode::OK };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(POSITION, HeaderValue::from(answer.position));
    let texts: [(HeaderName, String); 2] =
        [(header::ETAG, format!("\"{}\"", answer.version)), (header::LOCATION, location(answer.subject))];
    for (name, text) in texts {
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.insert(name, value);
        }
    }
    response
}
