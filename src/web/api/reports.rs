//! `/api/reports/{id}/report.{json,csv,xlsx,html,iati.xml}`: a periodic report as files, the bytes that `koinon report`
//! writes; and `/api/reports/{id}/findings`: what it still lacks; `bundle.zip`: its evidence.
//!
//! A report that was handed in shows the position it was frozen at, a draft the head; with `as_of` any moment. Whoever
//! may see the report may have its files; they name nobody.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use koinon_events::{Kind, Subject};
use koinon_projections::findings::Finding;
use koinon_projections::reports::ReportRow;
use serde_json::json;
use uuid::Uuid;

use crate::app::{Failure, Koinon};
use crate::report::{Format, bundle};
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

/// What a report lacks, as far as the reader may see what it is about; judged on the day of the moment that is read.
///
/// # Errors
/// When the read models cannot be read.
pub async fn lacking(view: &View, row: &ReportRow) -> Result<Vec<Finding>, Refusal> {
    let views = view.site.koinon.views();
    let found = views.findings(row.programme, row.id, view.at, view.day).await.map_err(Failure::from)?;
    let found = found.map(|found| found.value).unwrap_or_default();
    let subjects: Vec<Subject> = found.iter().map(|finding| finding.subject).collect();
    let names = view.names(subjects).await?;
    Ok(found.into_iter().filter(|finding| names.may_open(finding.subject)).collect())
}

/// What a report lacks, for programs.
///
/// # Errors
/// 404 when the report is not there, or not for the caller to see.
pub async fn findings(
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
    let items = lacking(&view, &row).await?;
    let body = json!({ "report": row.id, "items": items, "position": view.position }).to_string();
    Ok(read_answer(&headers, "application/json", body.into(), view.position, Keep::Ask))
}
