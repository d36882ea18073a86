//! `/api/search`: subjects by the words in them, best first, in any script and without accents, only those the reader may
//! see.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use koinon_events::Kind;
use serde_json::{Value, json};

use crate::views::Moment;
use crate::web::Site;
use crate::web::actor::Api;
use crate::web::api::collections::programme_id;
use crate::web::api::{Keep, read_answer, wait_for};
use crate::web::failure::Refusal;
use crate::web::query::Query;
use crate::web::reads::View;
use crate::web::search::{Hit, best, look_for};
use crate::web::subjects::{kind_of, location};

/// How many are answered unless said otherwise.
const SOME: usize = 20;

/// What carries all the words, best first, at most `limit` of them.
///
/// # Errors
/// 422 without words, and for a moment of the past: the present alone is searched.
pub async fn search(State(site): State<Site>, api: Api, query: Query, headers: HeaderMap) -> Result<Response, Refusal> {
    if query.text("as_of").is_some() {
        return Err(Refusal::parameter("as_of", "cannot be asked for here: the present alone is searched"));
    }
    query.only(&["q", "kind", "programme", "limit"])?;
    let words = query.text("q").map(str::trim).filter(|words| !words.is_empty());
    let words = words.ok_or_else(|| Refusal::parameter("q", "is needed: the words to search for"))?;
    let only: Option<Kind> = match query.text("kind") {
        Some(text) => {
            let kind = text.parse().ok().or_else(|| kind_of(text));
            Some(kind.ok_or_else(|| Refusal::parameter("kind", "must be a kind such as visit"))?)
        }
        None => None,
    };
    let limit = query.limit(SOME)?;
    wait_for(&site, &headers).await?;
    let view = View::open(&site, &api.caller, Moment::Live).await?;
    let mut filters = Vec::new();
    if let Some(programme) = query.text("programme") {
        filters.push(("programme".to_owned(), programme_id(&site, programme).await?));
    }
    let found = look_for(&view, words, only, &filters, limit).await?;
    let told = |hit: &Hit<'_>| {
        json!({
            "kind": hit.subject.kind.word(), "id": hit.subject.id, "subject": hit.subject, "title": hit.title,
            "status": hit.row["status"], "snippet": hit.snippet, "href": location(hit.subject),
        })
    };
    let items: Vec<Value> = best(&found, words, limit).iter().map(told).collect();
    let body = json!({ "items": items, "position": view.position }).to_string();
    Ok(read_answer(&headers, "application/json", body.into(), view.position, Keep::Nobody))
}
