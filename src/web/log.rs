//! The verifiable log over HTTP: checkpoint, key, tiles and proofs, as C2SP clients read them.
//!
//! Checkpoint, key and hash tiles are public: hashes of records tell nothing about them. Records, and proofs of single
//! records, are for whoever may see them; everybody else is answered as if there were none.

use axum::body::Body;
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use maud::{Markup, html};

use crate::web::Site;
use crate::web::actor::{Api, Reader};
use crate::web::api::POSITION;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::query::Query;

const TEXT: &str = "text/plain; charset=utf-8";
const BYTES: &str = "application/octet-stream";

/// Asked anew each time: the log grows.
const FRESH: &str = "no-cache";
/// A tile never changes.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// Nor do records, but only their reader keeps them.
const FOREVER_PRIVATE: &str = "private, max-age=31536000, immutable";
/// Who may see it differs.
const NOBODY: &str = "no-store";

fn answer(media: &'static str, cache: &'static str, bytes: impl Into<Body>) -> Response {
    let mut response = Response::new(bytes.into());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}

/// The signed checkpoint of the log as it stands.
///
/// # Errors
/// 503 when the log cannot be read or is not trusted.
pub async fn checkpoint(State(site): State<Site>) -> Result<Response, Refusal> {
    let signed = site.koinon.checkpoint().await?;
    let mut response = answer(TEXT, FRESH, signed.text);
    response.headers_mut().insert(POSITION, HeaderValue::from(signed.size));
    Ok(response)
}

/// The key that verifies checkpoints: the one in force. Who holds an older one follows the log's own records to it.
///
/// # Errors
/// When there is none, which cannot be.
pub async fn key(State(site): State<Site>) -> Result<Response, Refusal> {
    Ok(answer(TEXT, FRESH, format!("{}\n", site.koinon.verifier_key().await?)))
}

/// A tile of hashes, or of records for whoever may read the whole log.
///
/// # Errors
/// 404 for a path that is none or is beyond the tree; 401 for records without a token.
pub async fn tile(State(site): State<Site>, Path(path): Path<String>, request: Request) -> Result<Response, Refusal> {
    let named = format!("tile/{path}");
    let (bytes, cache): (Option<Bytes>, _) = if path.starts_with("entries/") {
        let api = Api::from_request_parts(&mut request.into_parts().0, &site).await?;
        (site.koinon.entries(&api.caller, &named).await?, FOREVER_PRIVATE)
    } else {
        (site.koinon.tile(&named).await?, FOREVER)
    };
    let mut response = answer(BYTES, cache, bytes.ok_or_else(Refusal::absent)?);
    if cache == FOREVER_PRIVATE {
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("authorization, cookie"));
    }
    Ok(response)
}

/// Proof that a record is in the log, as a tlog-proof file.
///
/// # Errors
/// 404 when there is no such record, or none the caller may see; 422 for parameters that do not fit.
pub async fn inclusion(State(site): State<Site>, api: Api, query: Query) -> Result<Response, Refusal> {
    query.only(&["position", "size"])?;
    let position = query.value::<u64>("position", "a position")?;
    let position = position.ok_or_else(|| Refusal::parameter("position", "says of which event; it is missing"))?;
    let size = query.value::<u64>("size", "a size of the log")?;
    Ok(answer(TEXT, NOBODY, site.koinon.inclusion(&api.caller, position, size).await?))
}

/// Proof that the log grew from an earlier size to what it is, as a witness takes it.
///
/// # Errors
/// 422 for a size that does not fit or is above the head.
pub async fn consistency(State(site): State<Site>, _: Api, query: Query) -> Result<Response, Refusal> {
    query.only(&["from"])?;
    let from = query.value::<u64>("from", "a size of the log")?;
    let from = from.ok_or_else(|| Refusal::parameter("from", "says from which size; it is missing"))?;
    Ok(answer(TEXT, FRESH, site.koinon.consistency(from).await?))
}

/// The same proof as [`inclusion`], as a file for whoever reads the event's page.
///
/// # Errors
/// As [`inclusion`].
pub async fn proof_file(
    State(site): State<Site>,
    Path(position): Path<String>,
    reader: Reader,
) -> Result<Response, Refusal> {
    let position: u64 = position.parse().map_err(|_| Refusal::absent())?;
    let mut response = answer(TEXT, NOBODY, site.koinon.inclusion(&reader.caller, position, None).await?);
    let named = format!("attachment; filename=\"event-{position}.tlog-proof\"");
    if let Ok(named) = HeaderValue::from_str(&named) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, named);
    }
    Ok(response)
}

/// What an event's page says about the log it is in: name, size, root, and the proof.
///
/// # Errors
/// When the log cannot be read.
pub async fn panel(asked: &Asked, position: u64) -> Result<Markup, Refusal> {
    let locale = asked.locale;
    Ok(html! {
        section."stack mt-m" aria-labelledby="proof" {
            h2 id="proof" { (locale.t("proof-title")) }
            (head(asked).await?)
            p.small { (locale.t("proof-more")) }
            p.row {
                a."btn btn--s btn--2" href={ "/events/" (position) "/proof" } { (locale.t("proof-file")) }
                " " a href="/log/checkpoint" { (locale.t("proof-checkpoint")) }
            }
        }
    })
}

/// What stands at the foot of the trail, so that whoever prints or keeps it can hold the log to it later.
///
/// # Errors
/// When the log cannot be read.
pub async fn foot(asked: &Asked) -> Result<Markup, Refusal> {
    let locale = asked.locale;
    Ok(html! {
        section."stack mt-m" aria-labelledby="log" {
            h2 id="log" { (locale.t("proof-log")) }
            (head(asked).await?)
            p.small { a href="/log/checkpoint" { (locale.t("proof-checkpoint")) } }
        }
    })
}

async fn head(asked: &Asked) -> Result<Markup, Refusal> {
    let head = asked.site.koinon.head().await?;
    let size = crate::locale::number(i64::try_from(head.position).unwrap_or(i64::MAX));
    let locale = asked.locale;
    Ok(html! {
        dl.kv {
            dt { (locale.t("proof-origin")) } dd { code { (asked.site.koinon.origin()) } }
            dt { (locale.t("proof-size")) } dd { (size) }
            dt { (locale.t("proof-root")) } dd { code { (STANDARD.encode(head.root)) } }
        }
    })
}
