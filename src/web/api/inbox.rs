//! `GET /api/inbox`: what waits for whoever asks, each with the command that settles it and the day it is due.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;

use crate::web::Site;
use crate::web::actor::Api;
use crate::web::api::figures::programme_of;
use crate::web::api::{Keep, read_answer, wait_for};
use crate::web::failure::Refusal;
use crate::web::inbox::waiting;
use crate::web::query::Query;
use crate::web::reads::View;
use crate::web::subjects::location;

/// What waits for the caller.
///
/// # Errors
/// 404 when there is no such programme; 422 for a moment that is not there.
pub async fn inbox(State(site): State<Site>, api: Api, query: Query, headers: HeaderMap) -> Result<Response, Refusal> {
    query.only(&["programme", "as_of"])?;
    wait_for(&site, &headers).await?;
    let view = View::open(&site, &api.caller, query.moment()?).await?;
    let programme = match query.text("programme") {
        Some(_) => Some(programme_of(&view, &query).await?),
        None => None,
    };
    let (waiting, position) = waiting(&view, programme).await?;
    let items: Vec<_> = waiting
        .iter()
        .map(|each| {
            let fields: serde_json::Map<_, _> =
                each.item.fields.iter().map(|(field, value)| (field.clone(), json!(value))).collect();
            json!({
                "kind": each.item.kind,
                "what": each.what,
                "subject": each.item.subject,
                "subject_title": each.about,
                "href": location(each.item.subject),
                "command": each.item.command,
                "fields": fields,
                "do": each.settle,
                "due": each.item.due,
                "late": each.item.due < view.day,
                "since": each.item.since,
            })
        })
        .collect();
    let body = json!({ "items": items, "position": position }).to_string();
    Ok(read_answer(&headers, "application/json", body.into_bytes().into(), position, Keep::Nobody))
}
