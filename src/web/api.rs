//! What programs are answered. Every answer says which position of the log it stands on.

pub mod atom;
pub mod audit;
pub mod calendar;
pub mod collections;
pub mod commands;
pub mod content;
pub mod csv;
pub mod documentation;
pub mod events;
pub mod feed;
pub mod figures;
pub mod inbox;
pub mod openapi;
pub mod operations;
pub mod person_export;
pub mod replay;
pub mod reports;
pub mod search;
pub mod status;
pub mod webhooks;
pub mod xlsx;

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::web::Site;
use crate::web::failure::Refusal;

/// The position an answer stands on.
pub const POSITION: HeaderName = HeaderName::from_static("koinon-position");

/// The position a reader wants to have seen.
pub const MIN_POSITION: &str = "koinon-min-position";

/// How long a reader waits for it.
const PATIENCE: Duration = Duration::from_secs(5);

/// Who may keep an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Names people, or who may see it differs: kept by nobody.
    Nobody,
    /// Asked anew each time, by its tag.
    Ask,
}

/// An answer to a read: its bytes, tagged with their hash; 304 when the client holds the same already.
pub fn read_answer(asked: &HeaderMap, media: &'static str, bytes: Bytes, position: u64, keep: Keep) -> Response {
    let tag = format!("\"{}\"", &URL_SAFE_NO_PAD.encode(Sha256::digest(&bytes))[..22]);
    let held = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let is_held = held
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|held| held == "*" || held.strip_prefix("W/").unwrap_or(held) == tag);
    let mut response = if is_held {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Response::new(Body::from(bytes));
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
        response
    };
    let headers = response.headers_mut();
    headers.insert(POSITION, HeaderValue::from(position));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    let cache = match keep {
        Keep::Nobody => "no-store",
        Keep::Ask => "private, no-cache",
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("authorization, cookie, accept"));
    response
}

/// Waits until what the reader wants to have seen is there, when it says so.
///
/// # Errors
/// 422 when the header is no position; 504 when it is not there after five seconds.
pub async fn wait_for(site: &Site, asked: &HeaderMap) -> Result<(), Refusal> {
    let Some(value) = asked.get(MIN_POSITION) else { return Ok(()) };
    let wanted: u64 = value
        .to_str()
        .ok()
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| Refusal::parameter(MIN_POSITION, "must be a position"))?;
    crate::web::reads::wait_until(site, wanted, PATIENCE).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unchanged_answer_is_not_sent_again() {
        let body = Bytes::from_static(b"{}");
        let first = read_answer(&HeaderMap::new(), "application/json", body.clone(), 7, Keep::Ask);
        let tag = first.headers()[header::ETAG].clone();
        let asked: HeaderMap = [(header::IF_NONE_MATCH, tag)].into_iter().collect();
        assert_eq!(read_answer(&asked, "application/json", body, 8, Keep::Ask).status(), StatusCode::NOT_MODIFIED);
        let other = read_answer(&asked, "application/json", Bytes::from_static(b"[]"), 8, Keep::Ask);
        assert_eq!((other.status(), &other.headers()[POSITION]), (StatusCode::OK, &HeaderValue::from(8)));
    }

    #[test]
    fn what_names_people_is_kept_by_nobody() {
        let answer = read_answer(&HeaderMap::new(), "application/json", Bytes::new(), 1, Keep::Nobody);
        assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store");
    }
}
