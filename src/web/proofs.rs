//! The verifiable log over HTTP: checkpoint, key, tiles and proofs, in the formats of C2SP that any verifier reads.
//!
//! Checkpoint, key and hashes are public: leaf hashes cannot be guessed, and everybody who keeps a checkpoint makes it
//! harder to show different people different histories. Entries need the right to read the whole log, and a proof the
//! right to see its record.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::app::Failure;
use crate::proof::{Content, Tile};
use crate::web::Site;
use crate::web::actor::Api;
use crate::web::api::POSITION;
use crate::web::failure::Refusal;
use crate::web::query::Query;

const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");
const BYTES: HeaderValue = HeaderValue::from_static("application/octet-stream");
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

fn text(body: String) -> Response {
    ([(header::CONTENT_TYPE, TEXT), (header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))], body)
        .into_response()
}

/// `GET /log/checkpoint`: the signed checkpoint of the log as it is now.
///
/// # Errors
/// When the log cannot be read.
pub async fn checkpoint(State(site): State<Site>) -> Result<Response, Refusal> {
    Ok(text(site.koinon.checkpoint().await?))
}

/// `GET /log/key`: the verifier key that checkpoints are signed with, a line each while one is being replaced.
pub async fn key(State(site): State<Site>) -> Response {
    text(site.koinon.verifier_keys().into_iter().map(|key| key + "\n").collect())
}

/// `GET /log/tile/…`: 256 hashes of a level, or as many as a partial tile says. Tiles of entries hold records.
///
/// # Errors
/// 404 when there is no such tile yet, or its path is spelt in another way; 401 for entries without a token.
pub async fn tile(
    State(site): State<Site>,
    Path(path): Path<String>,
    headers: HeaderMap,
    api: Result<Api, Refusal>,
) -> Result<Response, Refusal> {
    let tile: Tile = format!("tile/{path}").parse().map_err(|_| Refusal::absent())?;
    let is_entries = tile.content == Content::Entries;
    if is_entries && !site.koinon.reads_whole_log(&api?.caller) {
        return Err(Refusal::absent());
    }
    let bytes = site.koinon.tile(tile).await?.ok_or_else(Refusal::absent)?;
    let tag = HeaderValue::from_static("\"immutable\"");
    let keep = if is_entries { HeaderValue::from_static("private, no-cache") } else { FOR_EVER };
    if !is_entries && headers.get(header::IF_NONE_MATCH) == Some(&tag) {
        return Ok(StatusCode::NOT_MODIFIED.into_response());
    }
    Ok(([(header::CONTENT_TYPE, BYTES), (header::CACHE_CONTROL, keep), (header::ETAG, tag)], bytes).into_response())
}

/// `GET /api/proofs/inclusion?position=N[&size=S]`: a tlog-proof file.
///
/// # Errors
/// 404 for a record that is not there or not to be seen; 422 for a size above the head.
pub async fn inclusion(State(site): State<Site>, api: Api, query: Query) -> Result<Response, Refusal> {
    query.only(&["position", "size"])?;
    let position = query.value::<u64>("position", "a position")?;
    let position = position.ok_or_else(|| Refusal::parameter("position", "is needed: the position to prove"))?;
    let size = query.value::<u64>("size", "a size of the log")?;
    if size.is_some_and(|size| size < position) {
        return Err(Refusal::parameter("size", "must be at least the position"));
    }
    let proof = site.koinon.inclusion(&api.caller, position, size).await?;
    let mut response = file(&proof.to_string(), &format!("event-{position}.tlog-proof"));
    response.headers_mut().insert(POSITION, HeaderValue::from(position));
    Ok(response)
}

/// `GET /api/proofs/consistency?from=M`: that the log only grew since it had M records.
///
/// # Errors
/// 422 for a size above the head.
pub async fn consistency(State(site): State<Site>, _: Api, query: Query) -> Result<Response, Refusal> {
    query.only(&["from"])?;
    let from = query.value::<u64>("from", "a size of the log")?;
    let from = from.ok_or_else(|| Refusal::parameter("from", "is needed: the size of the log that you know"))?;
    let proof = site.koinon.consistency(from).await.map_err(|failure| match failure {
        Failure::AboveHead { head, .. } => {
            Refusal::parameter("from", format!("must not be above the log's {head} records"))
        }
        other => other.into(),
    })?;
    Ok(file(&proof.to_string(), &format!("consistency-from-{from}.txt")))
}

/// A text to keep as a file.
pub fn file(body: &str, name: &str) -> Response {
    let mut response = text(body.to_owned());
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
