//! `/api/documents/{id}/content`: the bytes of a document. They are taken only when type, size and hash are those that
//! the document was registered with, and given only as an attachment that no browser runs.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use koinon_events::{DocumentId, Kind, Subject};
use serde_json::{Value, json};
use tokio_util::io::ReaderStream;
use uuid::Uuid;

use crate::app::{Barred, Caller, DOCUMENT_BYTES, Failure};
use crate::domain::{Finding, Scope};
use crate::shelf::{Incoming, ShelfError};
use crate::views::Moment;
use crate::web::Site;
use crate::web::actor::{Api, Reader};
use crate::web::failure::Refusal;
use crate::web::reads::{View, wait_until};
use crate::web::subjects::location;

/// How long a document registered a moment ago is waited for.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);

/// A document that the caller may see.
pub struct Paper {
    /// Which.
    pub subject: Subject,
    /// Its row.
    pub row: Value,
    /// What it belongs to.
    pub scope: Scope,
}

/// Finds a document for a caller.
///
/// # Errors
/// 404 when it is not there, or not for the caller to see.
pub async fn paper(site: &Site, caller: &Caller, id: Uuid) -> Result<Paper, Refusal> {
    let view = View::open(site, caller, Moment::Live).await?;
    let subject = Subject { kind: Kind::Document, id };
    let mut found = view.row(Kind::Document, id).await?;
    if found.is_none() {
        // It may have been registered a moment ago.
        wait_until(site, site.koinon.head().await?.position, PATIENCE).await?;
        found = view.row(Kind::Document, id).await?;
    }
    let (row, _) = found.ok_or_else(Refusal::absent)?;
    let scope = view.scope(subject).await?.unwrap_or_default();
    Ok(Paper { subject, row, scope })
}

/// Takes the bytes.
///
/// # Errors
/// 404, 403, 409 for a document that was withdrawn, 413, 415, and 422 for bytes that are not those registered.
pub async fn bring(
    State(site): State<Site>,
    api: Api,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let paper = paper(&site, &api.caller, id).await?;
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let registered = paper.row["media_type"].as_str().unwrap_or_default();
    check(&site, &api.caller, &paper).await?;
    if !media.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(registered) {
        let detail = format!("This document was registered as {registered}. Send it with that Content-Type.");
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "another-media-type", "Another type", detail));
    }
    let told = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if let Some(size) = told {
        check_size(&paper, size)?;
    }
    let held = site.koinon.shelf().holds(id, paper.row["sha256"].as_str().unwrap_or_default()).await;
    let incoming = site.koinon.shelf().take_in(body.into_data_stream(), DOCUMENT_BYTES).await.map_err(refused)?;
    keep(&paper, incoming).await?;
    let body = json!({ "id": id, "sha256": paper.row["sha256"], "size": paper.row["size"], "held": true });
    let status = if held { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, [(header::CACHE_CONTROL, "no-store")], axum::Json(body)).into_response())
}

/// Whether the caller may bring the bytes of this document, and the document still takes any.
///
/// # Errors
/// 403 with whom to ask; 409 when it was withdrawn, 410 when it names somebody who was erased.
pub async fn check(site: &Site, caller: &Caller, paper: &Paper) -> Result<(), Refusal> {
    site.koinon.may_bring(caller, &paper.scope)?;
    if paper.row["status"] == "withdrawn" {
        let detail = "This document was withdrawn, so it takes no bytes any more. Register another one.";
        return Err(Refusal::new(StatusCode::CONFLICT, "document-already-withdrawn", "Document withdrawn", detail));
    }
    not_barred(site, paper).await
}

/// Refuses what is given to nobody, and taken from nobody.
async fn not_barred(site: &Site, paper: &Paper) -> Result<(), Refusal> {
    let (code, detail) = match site.koinon.barred(DocumentId(paper.subject.id)).await? {
        None => return Ok(()),
        Some(Barred::Erased) => (
            "document-names-erased",
            "This document names somebody who was erased. Its bytes are given to nobody; a coordinator puts a redacted \
             copy in its place."
                .to_owned(),
        ),
        Some(Barred::Redacted(copy)) => (
            "document-redacted",
            format!("A redacted copy took the place of this document; see {}.", location(copy.subject())),
        ),
    };
    Err(Refusal::new(StatusCode::GONE, code, "No longer given", detail))
}

fn check_size(paper: &Paper, size: u64) -> Result<(), Refusal> {
    if size > DOCUMENT_BYTES {
        return Err(refused(ShelfError::TooLarge(DOCUMENT_BYTES)));
    }
    if paper.row["size"] != size {
        let message = format!("is {size} bytes, but the document was registered with {}", paper.row["size"]);
        return Err(Refusal::unfit(vec![Finding::new("/size", message)]));
    }
    Ok(())
}

/// Keeps bytes that are those of the document.
///
/// # Errors
/// 422 when they are not.
pub async fn keep(paper: &Paper, incoming: Incoming) -> Result<(), Refusal> {
    check_size(paper, incoming.size)?;
    if paper.row["sha256"] != incoming.sha256.as_str() {
        let message = format!("is {}, but the document was registered with {}", incoming.sha256, paper.row["sha256"]);
        return Err(Refusal::unfit(vec![Finding::new("/sha256", message)]));
    }
    incoming.keep(paper.subject.id).await.map_err(refused)
}

/// Why bytes were not taken, as an answer.
pub fn refused(error: ShelfError) -> Refusal {
    match error {
        ShelfError::TooLarge(most) => {
            let detail = format!("A document may have at most {} MiB.", most / 1024 / 1024);
            Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", "The document is too large", detail)
        }
        ShelfError::Ended(cause) => Failure::Malformed(format!("the bytes ended early: {cause}")).into(),
        ShelfError::Damaged => Failure::Internal(ShelfError::Damaged.to_string()).into(),
        ShelfError::Disk(cause) => Failure::Unavailable(format!("the folder of the documents: {cause}")).into(),
    }
}

/// Gives the bytes to a program.
///
/// # Errors
/// 404 when they, or the document, are not there; 403 when it names persons the caller may not know; 410 when it names
/// somebody who was erased.
pub async fn give(State(site): State<Site>, api: Api, Path(id): Path<Uuid>) -> Result<Response, Refusal> {
    answer(&site, &api.caller, id).await
}

/// The same for who reads pages.
///
/// # Errors
/// As [`give`].
pub async fn give_page(State(site): State<Site>, reader: Reader, Path(id): Path<Uuid>) -> Result<Response, Refusal> {
    answer(&site, &reader.caller, id).await
}

async fn answer(site: &Site, caller: &Caller, id: Uuid) -> Result<Response, Refusal> {
    let paper = paper(site, caller, id).await?;
    let names = paper.row["names"].as_array().is_some_and(|names| !names.is_empty());
    let guarded = matches!(paper.row["classification"].as_str(), Some("restricted" | "confidential"));
    if (names || guarded) && !site.koinon.may_read_names(caller, paper.subject, &paper.scope).await? {
        let detail =
            "This document names persons. Open it for a stated purpose first (OpenEvidence); that is recorded.";
        return Err(Refusal::new(StatusCode::FORBIDDEN, "evidence-not-opened", "Not opened", detail));
    }
    not_barred(site, &paper).await?;
    let sha256 = paper.row["sha256"].as_str().unwrap_or_default();
    let Some((file, size)) = site.koinon.shelf().open(id, sha256).await.map_err(refused)? else {
        let detail = "The bytes of this document were not brought yet; only its hash is on record.";
        return Err(Refusal::new(StatusCode::NOT_FOUND, "content-missing", "No bytes yet", detail));
    };
    let mut response = Response::new(Body::from_stream(ReaderStream::new(file)));
    let headers = response.headers_mut();
    let media = paper.row["media_type"].as_str().unwrap_or("application/octet-stream");
    let media = HeaderValue::from_str(media).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, media);
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(size));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    if let Ok(value) =
        HeaderValue::from_str(&disposition(paper.row["title"].as_str().unwrap_or("document"), media_ending(&paper.row)))
    {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// The usual ending of a file of that type.
fn media_ending(row: &Value) -> &'static str {
    match row["media_type"].as_str().unwrap_or_default() {
        "application/pdf" => ".pdf",
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        "text/plain" => ".txt",
        "text/csv" => ".csv",
        _ => "",
    }
}

/// An attachment's name: plain for old clients, whole for others (RFC 6266).
fn disposition(title: &str, ending: &str) -> String {
    let plain: String =
        title.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).take(80).collect();
    let whole = crate::web::actor::form_urlencoded(&format!("{title}{ending}"));
    format!("attachment; filename=\"{plain}{ending}\"; filename*=UTF-8''{whole}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_leave_its_header() {
        let told = disposition("Sheet \"1\"\r\nSet-Cookie: x; 인천", ".pdf");
        assert!(!told.contains(['\r', '\n']), "{told}");
        assert!(told.starts_with("attachment; filename=\"Sheet--1"), "{told}");
        assert!(told.ends_with("%EC%9D%B8%EC%B2%9C.pdf"), "{told}");
    }
}
