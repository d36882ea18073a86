//! Access review: which person or token acts in which role, for what, since when and until when, and who granted it.
//! For programs as JSON and CSV, for people as a page.
//!
//! Promises: it holds only persons and tokens that the reader may see, and names only where the reader may know them;
//! like every read it can be asked for a moment of the past. Grants that have ended are not in it.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use koinon_events::{Actor, Kind, Record, Subject};
use maud::html;
use serde_json::{Value, json};

use crate::access;
use crate::app::Failure;
use crate::locale::{Locale, day};
use crate::views::ListQuery;
use crate::web::Site;
use crate::web::actor::Api;
use crate::web::api::collections::attached;
use crate::web::api::{Keep, csv, read_answer, wait_for};
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::parts::{day_in, nothing, sentence_case};
use crate::web::query::Query;
use crate::web::reads::{View, subject_in};
use crate::web::shell::{Frame, page};

const CSV: &str = "text/csv; charset=utf-8; header=present";

/// The columns of the table, also without a row.
const COLUMNS: &[&str] =
    &["holder", "name", "role", "scope", "scope_name", "since", "until", "granted_by", "granted_by_name", "position"];

/// Everything as one JSON answer.
///
/// # Errors
/// Parameters that do not fit.
pub async fn list(State(site): State<Site>, api: Api, query: Query, headers: HeaderMap) -> Result<Response, Refusal> {
    query.only(&["as_of"])?;
    wait_for(&site, &headers).await?;
    let view = View::open(&site, &api.caller, query.moment()?).await?;
    let body = json!({ "items": grants(&view).await?, "position": view.position }).to_string();
    Ok(read_answer(&headers, "application/json", body.into(), view.position, Keep::Nobody))
}

/// The same as a table.
///
/// # Errors
/// Parameters that do not fit.
pub async fn table(State(site): State<Site>, api: Api, query: Query, headers: HeaderMap) -> Result<Response, Refusal> {
    query.only(&["as_of"])?;
    wait_for(&site, &headers).await?;
    let view = View::open(&site, &api.caller, query.moment()?).await?;
    answer_table(&view).await
}

/// The table for who reads pages.
///
/// # Errors
/// Parameters that do not fit.
pub async fn table_of_page(asked: Asked) -> Result<Response, Refusal> {
    answer_table(&asked.view).await
}

async fn answer_table(view: &View) -> Result<Response, Refusal> {
    let bytes = csv::table(&grants(view).await?, COLUMNS);
    Ok(attached(read_answer(&HeaderMap::new(), CSV, bytes.into(), view.position, Keep::Nobody), "access.csv"))
}

/// The page.
///
/// # Errors
/// Parameters that do not fit.
pub async fn review(asked: Asked) -> Result<Response, Refusal> {
    let grants = grants(&asked.view).await?;
    let locale = asked.locale;
    let word = |grant: &Value, field: &str| grant[field].as_str().unwrap_or_default().to_owned();
    let in_words = |value: &Value| day_in(value).map(|found| day(locale, found)).unwrap_or_default();
    let main = html! {
        div.wrap { div.head { h1 { (locale.t("access")) } p.lede { (locale.t("access-lede")) } } }
        div."wrap pad" {
            div.resbar { p {} div."row exp" { a."btn btn--s btn--2" href=(asked.href("/access.csv")) { "CSV" } } }
            @if grants.is_empty() { (nothing(&locale.t("access-none"))) } @else {
                table."tbl tbl--cards" role="table" {
                    caption.vh { (locale.t("access")) }
                    thead role="rowgroup" { tr role="row" {
                        @for column in ["who", "role", "scope", "since", "until", "by"] {
                            th scope="col" role="columnheader" { (locale.t(&format!("access-{column}"))) }
                        }
                    } }
                    tbody role="rowgroup" { @for grant in &grants { tr role="row" {
                        th scope="row" role="rowheader" {
                            @match grant["holder"].as_str().and_then(|holder| holder.strip_prefix("person/")) {
                                Some(id) => a href=(asked.href(&format!("/people/{id}"))) { (name_of(grant, asked.locale)) },
                                None => { (locale.t("access-token")) " " (word(grant, "name")) },
                            }
                        }
                        td role="cell" data-l=(locale.t("access-role")) { (sentence_case(&locale.word(&word(grant, "role")))) }
                        td role="cell" data-l=(locale.t("access-scope")) {
                            @if grant["scope"].is_null() { (locale.t("access-everything")) } @else { (word(grant, "scope_name")) }
                        }
                        td role="cell" data-l=(locale.t("access-since")) {
                            a href=(asked.href(&format!("/events/{}", grant["position"]))) { (in_words(&grant["since"])) }
                        }
                        td role="cell" data-l=(locale.t("access-until")) { (in_words(&grant["until"])) }
                        td role="cell" data-l=(locale.t("access-by")) {
                            @if word(grant, "granted_by").starts_with("system/") { (locale.t("actor-system")) } @else { (word(grant, "granted_by_name")) }
                        }
                    } } }
                }
            }
        }
    };
    Ok(page(&asked, &Frame::below(&asked, locale.t("access")), &main))
}

/// Every grant in force that the reader may see: those of persons, then those of tokens.
async fn grants(view: &View) -> Result<Vec<Value>, Refusal> {
    let mut all = Vec::new();
    for row in view.all("people", &[]).await? {
        let Some(person) = subject_in(Kind::Person, &row["id"]) else { continue };
        for grant in row["grants"].as_array().into_iter().flatten() {
            let until = &grant["until"];
            if until.as_str().and_then(|day| day.parse().ok()).is_none_or(|until| view.day <= until) {
                all.push(entry(person, &row["name"], grant, until, &grant["mark"]));
            }
        }
    }
    for row in tokens(view).await? {
        let Some(token) = subject_in(Kind::Token, &row["id"]) else { continue };
        let expires = &row["expires"];
        let lasts = expires.as_str().and_then(|day| day.parse().ok()).is_none_or(|until| view.day <= until);
        if lasts && row["status"] != "revoked" {
            all.push(entry(token, &row["name"], &row, expires, &row["begun"]));
        }
    }
    tell_names(view, &mut all).await?;
    Ok(all)
}

/// The holder's name, in the reader's language where it was erased.
fn name_of(grant: &Value, locale: &Locale) -> String {
    let name = grant["name"].as_str().unwrap_or_default().to_owned();
    if name == crate::web::reads::ERASED { locale.t("called-erased") } else { name }
}

fn entry(holder: Subject, name: &Value, grant: &Value, until: &Value, mark: &Value) -> Value {
    json!({
        "holder": holder, "name": name, "role": grant["role"], "scope": grant["scope"], "until": until,
        "since": mark["recorded"], "position": mark["position"],
    })
}

async fn tokens(view: &View) -> Result<Vec<Value>, Refusal> {
    let (mut rows, mut cursor) = (Vec::new(), None);
    let reach = access::reach(Kind::Token, &view.caller.grants, &view.caller.actor, view.today);
    loop {
        let query = ListQuery { limit: Some(500), cursor, reach: reach.clone(), ..ListQuery::default() };
        let page = view.site.koinon.views().list("tokens", &query, view.at).await.map_err(Failure::from)?;
        for bytes in &page.items {
            let row = serde_json::from_slice(bytes);
            rows.push(row.map_err(|error| Failure::Internal(format!("a row cannot be read: {error}")))?);
        }
        cursor = page.next;
        if cursor.is_none() {
            return Ok(rows);
        }
    }
}

/// Adds who granted, and what scopes and granters are called.
async fn tell_names(view: &View, all: &mut [Value]) -> Result<(), Refusal> {
    let mut known = std::collections::HashMap::new();
    for grant in &mut *all {
        let position = grant["position"].as_u64().unwrap_or_default();
        if let std::collections::hash_map::Entry::Vacant(place) = known.entry(position) {
            place.insert(granter(view, position).await?);
        }
        grant["granted_by"] = json!(known[&position]);
    }
    let subject = |value: &Value| value.as_str().and_then(|text| text.parse::<Subject>().ok());
    let named = all.iter().flat_map(|grant| [subject(&grant["scope"]), subject(&grant["granted_by"])]).flatten();
    let names = view.names(named.collect::<Vec<_>>()).await?;
    let called = |value: &Value| match subject(value) {
        Some(subject) => json!(names.of(subject)),
        None => value.clone(),
    };
    for grant in all {
        (grant["scope_name"], grant["granted_by_name"]) = (called(&grant["scope"]), called(&grant["granted_by"]));
    }
    Ok(())
}

/// Who gave a grant, as far as the reader may read the record of it.
async fn granter(view: &View, position: u64) -> Result<Option<Actor>, Refusal> {
    let Some(bytes) = view.site.koinon.record(&view.caller, position).await? else { return Ok(None) };
    let record = Record::parse(&bytes).map_err(|error| Failure::Internal(format!("record {position}: {error}")))?;
    Ok(Some(record.actor))
}
