//! `/api/reports/{id}/report.{pdf,json,csv,xlsx,html,iati.xml}`: a periodic report as files, the bytes that `koinon report`
//! writes; and `/api/reports/{id}/findings`: what it still lacks; `comparison`: what changed since
//! its last version; `bundle.zip`: its evidence.
//!
//! A report that was handed in shows the position it was frozen at, a draft the head; with `as_of` any moment. Whoever
//! may see the report may have its files; they name nobody.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use koinon_events::Kind;
use koinon_projections::report::{Comparison, compare};
use koinon_projections::reports::ReportRow;
use serde_json::json;
use uuid::Uuid;

use crate::app::{Failure, Koinon};
use crate::report::{Format, bundle, frozen};
use crate::web::Site;
use crate::web::actor::Api;
use crate::web::api::collections::attached;
use crate::web::api::{Keep, read_answer, wait_for};
use crate::web::failure::Refusal;
use crate::web::query::Query;
use crate::web::reads::View;

/// A report and the position it is shown at.
pub struct Shown {
    /// The report.
    pub row: ReportRow,
    /// The position.
    pub position: u64,
}

/// The report an address names, if the reader may see it.
///
/// # Errors
/// 404 when it is not there, or not for the reader to see.
pub async fn shown(view: &View, id: &str) -> Result<Shown, Refusal> {
    let id: Uuid = id.parse().map_err(|_| Refusal::absent())?;
    let (row, _) = view.row(Kind::Report, id).await?.ok_or_else(Refusal::absent)?;
    let row: ReportRow = serde_json::from_value(row)
        .map_err(|error| Failure::Internal(format!("report {id} cannot be read: {error}")))?;
    let asked = (!view.is_now()).then_some(view.position);
    Ok(Shown { position: Koinon::shown_at(&row, asked, view.position), row })
}

/// A report as a file, by the file's name.
///
/// # Errors
/// 404 for what is no report, or no file of one.
pub async fn answer(view: &View, id: &str, file: &str, headers: &HeaderMap) -> Result<Response, Refusal> {
    if file == bundle::FILE {
        return bundle_answer(view, id, headers).await;
    }
    let format = Format::of_file(file).ok_or_else(Refusal::absent)?;
    let Shown { row, position } = shown(view, id).await?;
    let bytes = view.site.koinon.report_file(row.id, position, format).await?;
    Ok(attached(read_answer(headers, format.media(), bytes, position, Keep::Ask), &format.file()))
}

/// The evidence bundle, for those who may read the whole log: it holds records of every kind.
async fn bundle_answer(view: &View, id: &str, headers: &HeaderMap) -> Result<Response, Refusal> {
    let Shown { row, position } = shown(view, id).await?;
    if !view.site.koinon.reads_whole_log(&view.caller) {
        return Err(Refusal::absent());
    }
    let bytes = view.site.koinon.report_bundle(row.id, position).await?;
    Ok(attached(read_answer(headers, bundle::MEDIA, bytes, position, Keep::Ask), bundle::FILE))
}

/// A file of a report, for programs.
///
/// # Errors
/// As [`answer`].
pub async fn file(
    State(site): State<Site>,
    api: Api,
    Path((id, file)): Path<(String, String)>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    query.only(&["as_of"])?;
    wait_for(&site, &headers).await?;
    let view = View::open(&site, &api.caller, query.moment()?).await?;
    answer(&view, &id, &file, &headers).await
}

/// Two versions of a report.
pub struct Versions {
    /// The position of the earlier one.
    pub old: u64,
    /// The position of the later one.
    pub new: u64,
    /// Why the earlier one was returned, when it was.
    pub reasons: Option<String>,
}

/// The last two versions of a report: what was handed in twice, or what was handed in and what it is now. None before
/// there are two.
pub fn versions(row: &ReportRow, now: u64) -> Option<Versions> {
    let last = row.submissions.last()?;
    let (earlier, new) = match frozen(row) {
        Some(position) => (row.submissions.iter().rev().nth(1)?, position),
        None => (last, now),
    };
    Some(Versions { old: earlier.as_of, new, reasons: earlier.returned.as_ref().map(ToString::to_string) })
}

/// What changed between two versions of a report.
///
/// # Errors
/// When the log cannot be read.
pub async fn compared(view: &View, row: &ReportRow, versions: &Versions) -> Result<Comparison, Refusal> {
    let old = view.site.koinon.report(row.id, versions.old).await?;
    let new = view.site.koinon.report(row.id, versions.new).await?;
    Ok(compare(&old.document, &new.document))
}

/// What changed since a report's last version, for programs.
///
/// # Errors
/// 404 when the report is not there, or not for the caller to see.
pub async fn comparison(
    State(site): State<Site>,
    api: Api,
    Path(id): Path<String>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    query.only(&["as_of"])?;
    wait_for(&site, &headers).await?;
    let view = View::open(&site, &api.caller, query.moment()?).await?;
    let Shown { row, .. } = shown(&view, &id).await?;
    let mut body = json!({
        "report": row.id, "old": null, "new": null, "reasons": null, "sections": [], "figures": [],
        "position": view.position,
    });
    if let Some(versions) = versions(&row, view.position) {
        let found = compared(&view, &row, &versions).await?;
        body["old"] = versions.old.into();
        body["new"] = versions.new.into();
        body["reasons"] = versions.reasons.into();
        body["sections"] = json!(found.sections);
        body["figures"] = json!(found.figures);
    }
    Ok(read_answer(&headers, "application/json", body.to_string().into(), view.position, Keep::Ask))
}
