//! Lists and the trail as CSV and XLSX, for those who read pages: the same rows as the page shows.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};

use crate::locale::Said;
use crate::web::Site;
use crate::web::api::collections::{attached, wanted};
use crate::web::api::{Keep, csv, read_answer, xlsx};
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::parts::count;
use crate::web::subjects::kind_of;
use crate::web::told::{Told, newest, tell};

/// CSV's media type.
const CSV: &str = "text/csv; charset=utf-8; header=present";

/// The most events one table of the trail holds; what is left out is said in its last row.
const EVENTS: usize = 10_000;

/// The rows as a file of that ending: `csv` or `xlsx`.
fn file(asked: &Asked, name: &str, ending: &str, items: &[Value]) -> Result<Response, Refusal> {
    let (media, bytes) = match ending {
        "xlsx" => (xlsx::XLSX, xlsx::table(name, items, &[])?),
        _ => (CSV, csv::table(items, &[])),
    };
    let response = read_answer(&HeaderMap::new(), media, bytes.into(), asked.view.position, Keep::Nobody);
    Ok(attached(response, &format!("{name}.{ending}")))
}

/// Whether an address names a table.
pub fn is_table(name: &str) -> bool {
    name.ends_with(".csv") || name.ends_with(".xlsx")
}

/// A list as a table, all of its pages.
///
/// # Errors
/// 404 for what is no collection.
pub async fn list(State(site): State<Site>, Path(name): Path<String>, asked: Asked) -> Result<Response, Refusal> {
    let (collection, ending) = name.rsplit_once('.').ok_or_else(Refusal::absent)?;
    kind_of(collection).ok_or_else(Refusal::absent)?;
    let mut query = wanted(&site, &asked.query).await?;
    query.limit = Some(500);
    let mut items = Vec::new();
    loop {
        let rows = asked.view.page(collection, query.clone()).await?;
        items.extend(rows.items);
        query.cursor = rows.next;
        if query.cursor.is_none() {
            break;
        }
    }
    file(&asked, collection, ending, &items)
}

/// The trail as a table, newest first; where it does not hold all, the last row says so.
///
/// # Errors
/// 422 for filters that do not fit.
pub async fn trail(State(_): State<Site>, asked: Asked) -> Result<Response, Refusal> {
    let filter = asked.view.event_filter(&asked.query).await?;
    let mut records = newest(&asked.view, &filter, asked.view.position, EVENTS + 1).await?;
    let is_cut = records.len() > EVENTS;
    records.truncate(EVENTS);
    let mut items: Vec<Value> = tell(&asked.view, &records).await?.iter().map(Told::json).collect();
    if is_cut {
        let said = asked.locale.say("table-cut", &[("count", Said::Text(&count(EVENTS)))]);
        items.push(json!({ "sentence": said }));
    }
    let ending = if asked.path.ends_with(".xlsx") { "xlsx" } else { "csv" };
    file(&asked, "audit", ending, &items)
}
