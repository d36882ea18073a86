//! `/api/{collection}` and `/api/{collection}/{id}`: lists and details as the read models hold them, now or at any
//! moment, also as CSV and XLSX.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use koinon_events::Kind;
use serde_json::json;
use uuid::Uuid;

use crate::views::ListQuery;
use crate::web::Site;
use crate::web::actor::Api;
use crate::web::api::{Keep, csv, read_answer, wait_for, xlsx};
use crate::web::failure::Refusal;
use crate::web::query::Query;
use crate::web::reads::{Rows, View};
use crate::web::subjects::kind_of;

/// The parameters of a list that are no filters.
const BESIDE: &[&str] = &["q", "limit", "cursor", "as_of"];

/// The columns of every list as CSV, also of an empty one.
const ALWAYS: &[&str] = &["id", "position", "status", "version"];

/// A list, or a list as a table when the name ends in `.csv` or `.xlsx`.
///
/// # Errors
/// 404 for what is no collection, 422 for parameters that do not fit.
pub async fn list(
    State(site): State<Site>,
    api: Api,
    Path(name): Path<String>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (collection, ending) = match name.rsplit_once('.') {
        Some((collection, ending @ ("csv" | "xlsx"))) => (collection, ending),
        _ => (name.as_str(), ""),
    };
    let kind = kind_of(collection).ok_or_else(Refusal::absent)?;
    let wanted = wanted(&site, &query).await?;
    wait_for(&site, &headers).await?;
    let view = View::open(&site, &api.caller, query.moment()?).await?;
    if query.text("q").is_some() && !view.is_now() {
        return Err(Refusal::parameter("q", "can be asked for now only, not together with as_of"));
    }
    let rows = view.page(collection, wanted).await?;
    let keep = if kind == Kind::Person { Keep::Nobody } else { Keep::Ask };
    let mut response = match ending {
        "csv" => as_csv(&headers, collection, &rows, keep),
        "xlsx" => as_xlsx(&headers, collection, &rows, keep)?,
        _ => as_json(&headers, &rows, keep),
    };
    if let Some(next) = &rows.next
        && let Ok(link) =
            HeaderValue::from_str(&format!("</api/{name}?{}>; rel=\"next\"", query.with("cursor", Some(next))))
    {
        response.headers_mut().insert(header::LINK, link);
    }
    Ok(response)
}

/// The query of a list as the read models take it; a programme's code becomes its id.
///
/// # Errors
/// 422 when a value does not fit.
pub async fn wanted(site: &Site, query: &Query) -> Result<ListQuery, Refusal> {
    let mut filters = Vec::new();
    for (name, value) in query.pairs().filter(|(name, _)| !BESIDE.contains(name)) {
        let value = match name {
            "programme" => programme_id(site, value).await?,
            "from" | "to" => date(name, value)?,
            "partnership" => bare(Kind::Partnership, value),
            "city" => bare(Kind::City, value),
            _ => value.to_owned(),
        };
        filters.push((name.to_owned(), value));
    }
    Ok(ListQuery {
        filters,
        q: query.text("q").map(str::to_owned),
        limit: Some(query.limit(50)?),
        cursor: query.text("cursor").map(str::to_owned),
        reach: None,
    })
}

/// An id as the read models write it, also where it was given as `kind/uuid`.
fn bare(kind: Kind, value: &str) -> String {
    value.strip_prefix(kind.word()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(value).to_ascii_lowercase()
}

fn date(name: &str, value: &str) -> Result<String, Refusal> {
    let day: Result<koinon_events::value::Day, _> = value.parse();
    day.map(|day| day.to_string()).map_err(|_| Refusal::parameter(name, "must be a date such as 2022-06-13"))
}

/// The id of the programme that a parameter names by id or code; what is no programme matches nothing.
///
/// # Errors
/// When the read models cannot be read.
pub async fn programme_id(site: &Site, value: &str) -> Result<String, Refusal> {
    let views = site.koinon.views();
    let found = views.programme(value, crate::views::Moment::Live).await.map_err(crate::app::Failure::from)?;
    Ok(found.map_or_else(|| Uuid::nil().to_string(), |id| id.to_string()))
}

fn as_json(headers: &HeaderMap, rows: &Rows, keep: Keep) -> Response {
    let body = json!({ "items": rows.items, "position": rows.position }).to_string();
    read_answer(headers, "application/json", body.into(), rows.position, keep)
}

fn as_xlsx(headers: &HeaderMap, collection: &str, rows: &Rows, keep: Keep) -> Result<Response, Refusal> {
    let body = xlsx::table(collection, &rows.items, ALWAYS)?;
    Ok(attached(read_answer(headers, xlsx::XLSX, body.into(), rows.position, keep), &format!("{collection}.xlsx")))
}

/// An answer that a browser keeps as a file.
pub fn attached(mut response: Response, name: &str) -> Response {
    if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    response
}

fn as_csv(headers: &HeaderMap, collection: &str, rows: &Rows, keep: Keep) -> Response {
    let body = csv::table(&rows.items, ALWAYS);
    let response = read_answer(headers, "text/csv; charset=utf-8; header=present", body.into(), rows.position, keep);
    attached(response, &format!("{collection}.csv"))
}

/// One subject.
///
/// # Errors
/// 404 when it is not there, or not for the caller to see.
pub async fn detail(
    State(site): State<Site>,
    api: Api,
    Path((collection, id)): Path<(String, String)>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let kind = kind_of(&collection).ok_or_else(Refusal::absent)?;
    query.only(&["as_of"])?;
    wait_for(&site, &headers).await?;
    let view = View::open(&site, &api.caller, query.moment()?).await?;
    let id: Uuid = id.parse().map_err(|_| Refusal::absent())?;
    let (row, position) = view.answer(kind, id).await?.ok_or_else(Refusal::absent)?;
    let keep = if kind == Kind::Person { Keep::Nobody } else { Keep::Ask };
    Ok(read_answer(&headers, "application/json", row, position, keep))
}
