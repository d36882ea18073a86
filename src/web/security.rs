//! The security log: sign-ins, links, refusals and exports, for 30 days, for administrators. What is written to it
//! names accounts by their ids and addresses of the network, never a secret and never what was typed.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use koinon_events::Subject;
use maud::html;
use serde_json::{Value, json};

use crate::app::SecurityEntry;
use crate::locale::{Locale, Said, moment};
use crate::web::Site;
use crate::web::actor::{self, Api};
use crate::web::api::{Keep, read_answer};
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::parts::nothing;
use crate::web::query::Query;
use crate::web::shell::{Frame, page};
use crate::web::throttle::Peer;

/// Entries on one page.
const SOME: usize = 100;

/// The log for programs, newest first; `before` goes on below a number.
///
/// # Errors
/// 404 for who is no administrator of everything; parameters that do not fit.
pub async fn list(State(site): State<Site>, api: Api, query: Query, headers: HeaderMap) -> Result<Response, Refusal> {
    query.only(&["before", "limit"])?;
    let (below, limit) = (query.value::<i64>("before", "a number")?.unwrap_or(i64::MAX), query.limit(SOME)?);
    let entries = site.koinon.security_log(&api.caller, below, limit).await?;
    let items: Vec<Value> = entries.iter().map(json_of).collect();
    let next = entries.last().filter(|_| entries.len() == limit).map(|last| last.number);
    let position = site.koinon.head().await?.position;
    let body = json!({ "items": items, "before": next }).to_string();
    Ok(read_answer(&headers, "application/json", body.into(), position, Keep::Nobody))
}

fn json_of(entry: &SecurityEntry) -> Value {
    json!({ "number": entry.number, "time": entry.time, "what": entry.what, "actor": entry.actor,
        "address": entry.address, "detail": entry.detail })
}

/// The page.
///
/// # Errors
/// 404 for who is no administrator of everything.
pub async fn log(asked: Asked) -> Result<Response, Refusal> {
    let below = asked.query.value::<i64>("before", "a number")?.unwrap_or(i64::MAX);
    let entries = asked.site.koinon.security_log(&asked.reader.caller, below, SOME).await?;
    let people = entries.iter().filter_map(|entry| entry.actor.parse::<Subject>().ok());
    let names = asked.view.names(people.collect::<Vec<_>>()).await?;
    let locale = asked.locale;
    let who = |entry: &SecurityEntry| entry.actor.parse().map_or_else(|_| entry.actor.clone(), |who| names.of(who));
    let main = html! {
        div.wrap { div.head { h1 { (locale.t("security")) } p.lede { (locale.t("security-lede")) } } }
        div."wrap pad" {
            @if entries.is_empty() { (nothing(&locale.t("security-none"))) } @else {
                table."tbl tbl--cards" role="table" {
                    caption.vh { (locale.t("security")) }
                    thead role="rowgroup" { tr role="row" {
                        @for column in ["when", "what", "who", "address", "detail"] {
                            th scope="col" role="columnheader" { (locale.t(&format!("security-{column}"))) }
                        }
                    } }
                    tbody role="rowgroup" { @for entry in &entries { tr role="row" {
                        th scope="row" role="rowheader" { (moment(locale, entry.time)) }
                        td role="cell" data-l=(locale.t("security-what")) { (locale.t(&format!("security-{}", entry.what))) }
                        td role="cell" data-l=(locale.t("security-who")) { (who(entry)) }
                        td role="cell" data-l=(locale.t("security-address")) { (entry.address) }
                        td role="cell" data-l=(locale.t("security-detail")) { (detail_of(locale, &entry.detail)) }
                    } } }
                }
                @if let Some(last) = entries.last().filter(|_| entries.len() == SOME) {
                    nav.pager aria-label=(locale.t("pages")) {
                        a href={ "/security-log?before=" (last.number) } rel="next" { (locale.t("pages-next")) }
                    }
                }
            }
            p.small { (locale.say("security-kept", &[("days", Said::count(30))])) }
        }
    };
    Ok(page(&asked, &Frame::below(&asked, locale.t("security")), &main))
}

/// Notes what was forbidden to somebody signed in, and what of persons or lists was taken out as a file.
pub async fn watch(State(site): State<Site>, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<Peer>().copied().unwrap_or(Peer(None));
    let route = request.extensions().get::<MatchedPath>().map(|route| route.as_str().to_owned()).unwrap_or_default();
    let path = request.uri().path();
    let is_file = path.ends_with("/export") || path.ends_with(".csv") || path.ends_with(".xlsx");
    // An address may hold a secret; of the others the route alone says which command or list it was about.
    let told = if is_file || route.starts_with("/api/commands/") { path } else { route.as_str() };
    let told = format!("{} {told}", request.method());
    let mut asked = HeaderMap::new();
    for name in [header::AUTHORIZATION, header::COOKIE] {
        request.headers().get(&name).cloned().and_then(|value| asked.insert(name, value));
    }
    let response = next.run(request).await;
    let what = match response.status() {
        StatusCode::FORBIDDEN => "denied",
        StatusCode::OK if is_file => "exported",
        _ => return response,
    };
    if let Some(actor) = actor_of(&site, &asked).await {
        site.koinon.note_security(what, &actor, &peer.to_string(), &told).await;
    }
    response
}

async fn actor_of(site: &Site, headers: &HeaderMap) -> Option<String> {
    let bearer = match actor::bearer(headers) {
        Some(token) => token.to_owned(),
        None => actor::session(site, headers)?.bearer,
    };
    let caller = site.koinon.authenticate(&bearer).await.ok()??;
    Some(caller.actor.to_string())
}

/// By what somebody signed in is a word of ours; an address, a person or a version stays as it was noted.
fn detail_of(locale: &Locale, detail: &str) -> String {
    let key = detail.replace(' ', "-");
    if locale.has(&format!("value-{key}")) { locale.word(&key) } else { detail.to_owned() }
}
