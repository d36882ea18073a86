//! `/api/status`: how far each read model is, whether it stopped, and which subjects it holds back since one of their
//! events could not be folded. Subjects are named to those alone who may see them; everybody is told how many there are.
//! What was passed over, and why, is told to those who read the whole log.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};

use crate::app::Failure;
use crate::views::{Moment, Skipped};
use crate::web::Site;
use crate::web::actor::Api;
use crate::web::api::{Keep, read_answer, wait_for};
use crate::web::failure::Refusal;
use crate::web::query::Query;
use crate::web::reads::View;

/// How the read models fare.
///
/// # Errors
/// When the read models cannot be read.
pub async fn status(State(site): State<Site>, api: Api, query: Query, headers: HeaderMap) -> Result<Response, Refusal> {
    query.only(&[])?;
    wait_for(&site, &headers).await?;
    let view = View::open(&site, &api.caller, Moment::Live).await?;
    let health = site.koinon.views().health().await.map_err(Failure::from)?;
    let parked = site.koinon.views().parked().await.map_err(Failure::from)?;
    let names = view.names(parked.iter().map(|parked| parked.subject)).await?;
    let held_back: Vec<Value> = parked
        .iter()
        .filter(|parked| names.may_open(parked.subject))
        .map(|parked| {
            json!({
                "read_model": parked.projection, "subject": parked.subject, "position": parked.position,
                "reason": parked.reason,
            })
        })
        .collect();
    let read_models: Vec<Value> = health
        .iter()
        .map(|health| {
            json!({
                "name": health.name, "version": health.version, "position": health.position,
                "stopped": health.stopped, "held_back": health.parked,
            })
        })
        .collect();
    let mut body = json!({ "read_models": read_models, "held_back": held_back, "position": view.position });
    if crate::access::reads_whole_log(&view.caller.grants, &view.caller.actor, view.today) {
        let skipped = site.koinon.views().skipped().await.map_err(Failure::from)?;
        let told = |one: &Skipped| json!({ "position": one.position, "reason": one.reason, "at": one.at });
        body["passed_over"] = skipped.iter().map(told).collect();
    }
    let body = body.to_string();
    Ok(read_answer(&headers, "application/json", body.into(), view.position, Keep::Nobody))
}
