//! Refusals on record: who was refused which command on what, and by which rule, for 30 days. For auditors, who ask
//! whether the rules hold, and for administrators. What was typed is not in it.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use koinon_events::Subject;
use maud::html;
use serde_json::{Value, json};

use crate::app::Refused;
use crate::locale::{Said, moment};
use crate::web::Site;
use crate::web::actor::Api;
use crate::web::api::collections::attached;
use crate::web::api::{Keep, csv, read_answer};
use crate::web::asked::Asked;
use crate::web::failure::{Refusal, words_of};
use crate::web::form::title_of;
use crate::web::parts::nothing;
use crate::web::query::Query;
use crate::web::shell::{Frame, page};

/// Entries on one page.
const SOME: usize = 100;

/// Entries in one table.
const MOST: usize = 10_000;

/// The columns of the table.
const COLUMNS: &[&str] = &["number", "time", "actor", "command", "subject", "rule", "correlation"];

/// The refusals for programs, newest first; `before` goes on below a number.
///
/// # Errors
/// 404 for who is neither auditor nor administrator of everything; parameters that do not fit.
pub async fn list(State(site): State<Site>, api: Api, query: Query, headers: HeaderMap) -> Result<Response, Refusal> {
    query.only(&["before", "limit"])?;
    let (below, limit) = (query.value::<u64>("before", "a number")?.unwrap_or(u64::MAX), query.limit(SOME)?);
    let refused = site.koinon.refusals(&api.caller, below, limit).await?;
    let next = refused.last().filter(|_| refused.len() == limit).map(|last| last.number);
    let items: Vec<Value> = refused.iter().map(json_of).collect();
    let position = site.koinon.head().await?.position;
    let body = json!({ "items": items, "before": next }).to_string();
    Ok(read_answer(&headers, "application/json", body.into(), position, Keep::Nobody))
}

/// The newest as a table.
///
/// # Errors
/// As [`list`].
pub async fn table(State(site): State<Site>, api: Api) -> Result<Response, Refusal> {
    answer_table(&site, &api.caller).await
}

/// The same for who reads pages.
///
/// # Errors
/// As [`list`].
pub async fn table_of_page(asked: Asked) -> Result<Response, Refusal> {
    answer_table(&asked.site, &asked.reader.caller).await
}

async fn answer_table(site: &Site, caller: &crate::app::Caller) -> Result<Response, Refusal> {
    let refused = site.koinon.refusals(caller, u64::MAX, MOST).await?;
    let items: Vec<Value> = refused.iter().map(json_of).collect();
    let position = site.koinon.head().await?.position;
    let bytes = csv::table(&items, COLUMNS).into();
    Ok(attached(
        read_answer(&HeaderMap::new(), "text/csv; charset=utf-8; header=present", bytes, position, Keep::Nobody),
        "refusals.csv",
    ))
}

fn json_of(refused: &Refused) -> Value {
    json!({ "number": refused.number, "time": refused.time, "actor": refused.actor, "command": refused.command,
        "subject": refused.subject, "rule": refused.rule, "correlation": refused.correlation })
}

/// The page.
///
/// # Errors
/// 404 for who is neither auditor nor administrator of everything.
pub async fn log(asked: Asked) -> Result<Response, Refusal> {
    let below = asked.query.value::<u64>("before", "a number")?.unwrap_or(u64::MAX);
    let refused = asked.site.koinon.refusals(&asked.reader.caller, below, SOME).await?;
    let people = refused.iter().filter_map(|entry| entry.actor.parse::<Subject>().ok());
    let subjects = refused.iter().filter_map(|entry| entry.subject);
    let names = asked.view.names(people.chain(subjects).collect::<Vec<_>>()).await?;
    let locale = asked.locale;
    let who = |entry: &Refused| entry.actor.parse().map_or_else(|_| entry.actor.clone(), |who| names.of(who));
    let main = html! {
        div.wrap { div.head { h1 { (locale.t("refusals")) } p.lede { (locale.t("refusals-lede")) } } }
        div."wrap pad" {
            div.resbar { p {} div."row exp" { a."btn btn--s btn--2" href="/refusals.csv" { "CSV" } } }
            @if refused.is_empty() { (nothing(&locale.t("refusals-none"))) } @else {
                table."tbl tbl--cards" role="table" {
                    caption.vh { (locale.t("refusals")) }
                    thead role="rowgroup" { tr role="row" {
                        @for column in ["when", "who", "command", "subject", "rule"] {
                            th scope="col" role="columnheader" { (locale.t(&format!("refusals-{column}"))) }
                        }
                    } }
                    tbody role="rowgroup" { @for entry in &refused { tr role="row" {
                        th scope="row" role="rowheader" { (moment(locale, entry.time)) }
                        td role="cell" data-l=(locale.t("refusals-who")) { (who(entry)) }
                        td role="cell" data-l=(locale.t("refusals-command")) { (title_of(locale, &entry.command)) }
                        td role="cell" data-l=(locale.t("refusals-subject")) { (entry.subject.map(|subject| names.of(subject)).unwrap_or_default()) }
                        td role="cell" data-l=(locale.t("refusals-rule")) { (words_of(&entry.rule)) }
                    } } }
                }
                @if let Some(last) = refused.last().filter(|_| refused.len() == SOME) {
                    nav.pager aria-label=(locale.t("pages")) {
                        a href={ "/refusals?before=" (last.number) } rel="next" { (locale.t("pages-next")) }
                    }
                }
            }
            p.small { (locale.say("refusals-kept", &[("days", Said::count(30))])) }
        }
    };
    Ok(page(&asked, &Frame::below(&asked, locale.t("refusals")), &main))
}
