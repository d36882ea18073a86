//! `/api/audit` and `/api/history/{kind}/{id}`: the log in words.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use koinon_events::{Kind, Subject};
use serde_json::{Value, json};

use crate::app::EventFilter;
use crate::web::Site;
use crate::web::actor::Api;
use crate::web::api::collections::attached;
use crate::web::api::events::{NDJSON, wants_lines};
use crate::web::api::{Keep, csv, read_answer, wait_for, xlsx};
use crate::web::failure::Refusal;
use crate::web::query::{EVENT_FILTERS, Query};
use crate::web::reads::View;
use crate::web::subjects::{collection_of, kind_of};
use crate::web::told::{Told, tell};

/// The columns of every table of the trail, also of an empty one.
const COLUMNS: &[&str] = &["position", "time", "sentence"];

/// Records in words, oldest first, a page at a time.
///
/// # Errors
/// Parameters that do not fit.
pub async fn list(State(site): State<Site>, api: Api, query: Query, headers: HeaderMap) -> Result<Response, Refusal> {
    query.only(&[EVENT_FILTERS, &["after", "limit", "as_of"]].concat())?;
    wait_for(&site, &headers).await?;
    let view = View::open(&site, &api.caller, query.moment()?).await?;
    let filter = view.event_filter(&query).await?;
    answer(&view, filter, &query, &headers, "/api/audit").await
}

/// The same as a table.
///
/// # Errors
/// Parameters that do not fit.
pub async fn table(State(site): State<Site>, api: Api, query: Query, headers: HeaderMap) -> Result<Response, Refusal> {
    let (items, position) = rows(&site, &api, &query, &headers).await?;
    let media = "text/csv; charset=utf-8; header=present";
    let body = csv::table(&items, COLUMNS).into();
    Ok(attached(read_answer(&headers, media, body, position, Keep::Nobody), "audit.csv"))
}

/// The same as a workbook.
///
/// # Errors
/// Parameters that do not fit.
pub async fn workbook(
    State(site): State<Site>,
    api: Api,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (items, position) = rows(&site, &api, &query, &headers).await?;
    let body = xlsx::table("audit", &items, COLUMNS)?.into();
    Ok(attached(read_answer(&headers, xlsx::XLSX, body, position, Keep::Nobody), "audit.xlsx"))
}

async fn rows(site: &Site, api: &Api, query: &Query, headers: &HeaderMap) -> Result<(Vec<Value>, u64), Refusal> {
    query.only(&[EVENT_FILTERS, &["after", "limit", "as_of"]].concat())?;
    wait_for(site, headers).await?;
    let view = View::open(site, &api.caller, query.moment()?).await?;
    let filter = view.event_filter(query).await?;
    let (told, _) = page(&view, filter, query).await?;
    Ok((told.iter().map(Told::json).collect(), view.position))
}

/// The history of one subject, in words.
///
/// # Errors
/// 404 when it is not there, or not for the caller to see.
pub async fn history(
    State(site): State<Site>,
    api: Api,
    Path((kind, id)): Path<(String, String)>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    query.only(&["after", "limit", "as_of"])?;
    wait_for(&site, &headers).await?;
    let kind: Kind = kind.parse().ok().or_else(|| kind_of(&kind)).ok_or_else(Refusal::absent)?;
    let id = id.parse().map_err(|_| Refusal::absent())?;
    let view = View::open(&site, &api.caller, query.moment()?).await?;
    view.row(kind, id).await?.ok_or_else(Refusal::absent)?;
    let filter = EventFilter { subject: Some(Subject { kind, id }), ..EventFilter::default() };
    answer(&view, filter, &query, &headers, &format!("/api/history/{}/{id}", collection_of(kind))).await
}

async fn page(view: &View, mut filter: EventFilter, query: &Query) -> Result<(Vec<Told>, u64), Refusal> {
    let after = query.value::<u64>("after", "a position")?.unwrap_or(0);
    filter.upto = Some(view.position);
    let reading = view.site.koinon.records(&view.caller, &filter, after, query.limit(100)?).await?;
    Ok((tell(view, &reading.records).await?, reading.until))
}

async fn answer(
    view: &View,
    filter: EventFilter,
    query: &Query,
    headers: &HeaderMap,
    address: &str,
) -> Result<Response, Refusal> {
    let (told, until) = page(view, filter, query).await?;
    let mut response = if wants_lines(headers) {
        let lines: String = told.iter().map(|told| format!("{}\n", told.json())).collect();
        read_answer(headers, NDJSON, lines.into(), view.position, Keep::Nobody)
    } else {
        let items: Vec<Value> = told.iter().map(Told::json).collect();
        let body = json!({ "items": items, "position": view.position }).to_string();
        read_answer(headers, "application/json", body.into(), view.position, Keep::Nobody)
    };
    if until < view.position
        && let Ok(link) = HeaderValue::from_str(&format!(
            "<{address}?{}>; rel=\"next\"",
            query.with("after", Some(&until.to_string()))
        ))
    {
        response.headers_mut().insert(header::LINK, link);
    }
    Ok(response)
}
