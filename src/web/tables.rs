//! Lists and the trail as CSV, for those who read pages: the same rows as the page shows.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use serde_json::Value;

use crate::web::Site;
use crate::web::api::collections::wanted;
use crate::web::api::{Keep, csv, read_answer};
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::subjects::kind_of;
use crate::web::told::{Told, newest, tell};

/// CSV's media type.
const CSV: &str = "text/csv; charset=utf-8; header=present";

/// The most events one table holds.
const EVENTS: usize = 10_000;

fn attached(asked: &Asked, name: &str, items: &[Value]) -> Response {
    let mut response = read_answer(&HeaderMap::new(), CSV, csv::table(items).into(), asked.view.position, Keep::Nobody);
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}.csv\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// A list as CSV, all of its pages.
///
/// # Errors
/// 404 for what is no collection.
pub async fn list(State(site): State<Site>, Path(file): Path<String>, asked: Asked) -> Result<Response, Refusal> {
    let collection = file.strip_suffix(".csv").ok_or_else(Refusal::absent)?;
    kind_of(collection).ok_or_else(Refusal::absent)?;
    let mut query = wanted(&site, &asked.query).await?;
    query.limit = Some(500);
    let mut items = Vec::new();
    loop {
        let rows = asked.view.page(collection, query.clone()).await?;
        items.extend(rows.items);
        query.cursor = rows.next;
        if query.cursor.is_none() || items.len() >= EVENTS {
            break;
        }
    }
    Ok(attached(&asked, collection, &items))
}

/// The trail as CSV, newest first.
///
/// # Errors
/// 422 for filters that do not fit.
pub async fn trail(State(_): State<Site>, asked: Asked) -> Result<Response, Refusal> {
    let filter = asked.view.event_filter(&asked.query).await?;
    let records = newest(&asked.view, &filter, asked.view.position, EVENTS).await?;
    let items: Vec<Value> = tell(&asked.view, &records).await?.iter().map(Told::json).collect();
    Ok(attached(&asked, "audit", &items))
}
