//! The attendance sheet on paper: programme, host and session named, everybody expected in a row of their own, room for
//! others, a column to sign. A sheet for the visit as a whole and one for each session; each begins on a new page.

use axum::extract::{Path, State};
use axum::response::Response;
use koinon_events::Kind;
use maud::{Markup, html};
use serde_json::Value;
use std::collections::HashMap;

use super::tongues::Tongues;
use super::{Visit, session_called};
use crate::locale::Said;
use crate::web::Site;
use crate::web::asked::{Asked, in_language};
use crate::web::failure::Refusal;
use crate::web::reads::subject_in;
use crate::web::shell::page;

/// Empty rows for whom nobody expected.
const SPARE: usize = 8;

/// The sheet: of the session named by `session=`, else of the whole visit and every session.
///
/// # Errors
/// 404 for what is no visit or no session of it.
pub async fn sheet(State(_): State<Site>, Path(id): Path<String>, asked: Asked) -> Result<Response, Refusal> {
    let visit = Visit::open(&asked, &id).await?;
    let tongues = Tongues::of(&asked, &visit).await?;
    let works_for = organisations(&asked, &visit).await?;
    let wanted: Vec<Option<&Value>> = match asked.query.text("session") {
        Some(code) => vec![Some(visit.session(code).ok_or_else(Refusal::absent)?)],
        None => std::iter::once(None)
            .chain(visit.sessions().into_iter().filter(|session| session["status"] != "skipped").map(Some))
            .collect(),
    };
    let title = asked.locale.t("visit-sheet");
    let main = html! {
        div."wrap pad" {
            div.noprint {
                h1 { (title) }
                p."measure mt-s" { (asked.locale.t("sheet-lede")) }
                (tongues.switch(&asked))
            }
            @for session in wanted { (one(&asked, &visit, tongues, session, &works_for)) }
        }
    };
    let mut frame = visit.frame(&asked, title);
    frame.class = "papered";
    Ok(page(&asked, &frame, &main))
}

/// Where each of those expected works, as far as the reader may know.
async fn organisations(asked: &Asked, visit: &Visit) -> Result<HashMap<uuid::Uuid, String>, Refusal> {
    let mut found = HashMap::new();
    let everybody = visit.sessions().into_iter().flat_map(|session| visit.expected(Some(session)));
    for named in visit.expected(None).into_iter().chain(everybody) {
        if found.contains_key(&named.person.id) {
            continue;
        }
        if let Some((row, _)) = asked.view.row(Kind::Person, named.person.id).await? {
            found.insert(named.person.id, row["organisation"].as_str().unwrap_or_default().to_owned());
        }
    }
    Ok(found)
}

fn one(
    asked: &Asked,
    visit: &Visit,
    tongues: Tongues,
    session: Option<&Value>,
    works_for: &HashMap<uuid::Uuid, String>,
) -> Markup {
    let expected = visit.expected(session);
    let code = session.and_then(|session| session["session"].as_str()).unwrap_or("visit");
    let programme = visit.programme(asked);
    let behalf = programme.and_then(|row| row["on_behalf_of"].as_str()).unwrap_or_default();
    let funder = programme.and_then(|row| row["funder"].as_str()).unwrap_or_default();
    let host = subject_in(Kind::City, &visit.row["host_city"]).map(|city| visit.names.of(city)).unwrap_or_default();
    html! {
        article.sheet tabindex="0" aria-labelledby={ "sheet-" (code) } {
            p.small { (tongues.each(|locale| programme.map(|row| in_language(&row["title"], &locale.tag)).unwrap_or_default())) }
            h2 id={ "sheet-" (code) } { (tongues.t("sheet-title")) }
            dl.kv {
                dt { (tongues.t("sheet-visit")) } dd { (visit.title()) }
                dt { (tongues.t("sheet-host")) } dd { (host) }
                dt { (tongues.t("sheet-days")) } dd { (tongues.each(|locale| visit.days(locale))) }
                dt { (tongues.t("sheet-session")) }
                dd lang=[session.and_then(|session| session["language"].as_str())] {
                    @match session {
                        Some(session) => { (session_called(tongues.first, session)) @if let Some(place) = session["place"].as_str().or(session["body"].as_str()) { " · " (place) } },
                        None => (tongues.t("sheet-whole")),
                    }
                }
                @if !funder.is_empty() { dt { (tongues.t("sheet-funder")) } dd { (funder) @if !behalf.is_empty() { ", " (behalf) } } }
            }
            p."small mt-s" { (tongues.t("sheet-statement")) }
            table."tbl signing" {
                caption.vh { (asked.locale.t("visit-sheet")) }
                thead { tr {
                    th.n scope="col" { "№" }
                    @for key in ["sheet-name", "sheet-organisation", "sheet-city", "sheet-signature"] { th scope="col" { (tongues.t(key)) } }
                } }
                tbody {
                    @for (index, named) in expected.iter().enumerate() { tr {
                        td.n { (index + 1) }
                        th scope="row" { (visit.names.of(named.person)) }
                        td { (works_for.get(&named.person.id).map_or("", String::as_str)) }
                        td { @if let Some(city) = named.city { (visit.names.of(city)) } }
                        td.sign {}
                    } }
                    @for index in 0..SPARE { tr { td.n { (expected.len() + index + 1) } td {} td {} td {} td.sign {} } }
                }
            }
            p.small { (tongues.say("sheet-foot", &[("position", Said::Text(&crate::web::parts::count(usize::try_from(asked.view.position).unwrap_or(usize::MAX))))])) }
        }
    }
}
