//! `/api/dashboard` and `/api/indicators`: what the record adds up to, each figure with the positions it counts.

use crate::views::Period;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use koinon_events::value::Day;
use koinon_events::{Kind, ProgrammeId};

use crate::app::Failure;
use crate::domain::Scope;
use crate::web::Site;
use crate::web::actor::Api;
use crate::web::api::{Keep, read_answer, wait_for};
use crate::web::failure::Refusal;
use crate::web::query::Query;
use crate::web::reads::View;

/// The dashboard of one programme.
///
/// # Errors
/// 404 when there is no such programme; 422 when several are there and none is named.
pub async fn dashboard(
    State(site): State<Site>,
    api: Api,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    query.only(&["programme", "as_of"])?;
    wait_for(&site, &headers).await?;
    let view = View::open(&site, &api.caller, query.moment()?).await?;
    let programme = programme_of(&view, &query).await?;
    let found =
        site.koinon.views().dashboard(programme, view.at, view.day, view.sight()).await.map_err(Failure::from)?;
    let found = found.ok_or_else(Refusal::absent)?;
    let body = serde_json::to_vec(&found.value).map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(read_answer(&headers, "application/json", body.into(), found.position, Keep::Ask))
}

/// The figures of one programme, over a period.
///
/// # Errors
/// As [`dashboard`], and dates that do not fit.
pub async fn indicators(
    State(site): State<Site>,
    api: Api,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    query.only(&["programme", "from", "to", "as_of"])?;
    wait_for(&site, &headers).await?;
    let view = View::open(&site, &api.caller, query.moment()?).await?;
    let programme = programme_of(&view, &query).await?;
    let day = |name| query.value::<Day>(name, "a date such as 2022-06-13");
    let period = Period { from: day("from")?, to: day("to")? };
    if let (Some(from), Some(to)) = (period.from, period.to)
        && to < from
    {
        return Err(Refusal::parameter("to", "must not be before from"));
    }
    let found =
        site.koinon.views().figures(programme, period, view.at, view.day, view.sight()).await.map_err(Failure::from)?;
    let found = found.ok_or_else(Refusal::absent)?;
    let body = serde_json::to_vec(&found.value).map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(read_answer(&headers, "application/json", body.into(), found.position, Keep::Ask))
}

/// The programme an address names by id or code; the only one there is when it names none.
///
/// # Errors
/// 404 when there is no such programme; 422 when several are there and none is named.
pub async fn programme_of(view: &View, query: &Query) -> Result<ProgrammeId, Refusal> {
    let id = match query.text("programme") {
        Some(named) => {
            let found = view.site.koinon.views().programme(named, view.at).await.map_err(Failure::from)?;
            found.ok_or_else(Refusal::absent)?
        }
        None => {
            let rows = view.all("programmes", &[]).await?;
            let mut ids = rows.iter().filter_map(|row| row["id"].as_str()?.parse().ok().map(ProgrammeId));
            match (ids.next(), ids.next()) {
                (Some(only), None) => only,
                (None, _) => return Err(Refusal::absent()),
                _ => return Err(Refusal::parameter("programme", "is required: there are several programmes")),
            }
        }
    };
    let scope = Scope { programme: Some(id), ..Scope::default() };
    if view.may_read(Kind::Programme, &scope) { Ok(id) } else { Err(Refusal::absent()) }
}
