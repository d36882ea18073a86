//! Whose personal data are kept long enough: the dry run of the retention rule, for administrators, with the two commands
//! that decide on each. People stand here by what their reader may know of them.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use maud::{Markup, html};

use crate::app::{Failure, Kept, RETENTION_BASIS};
use crate::locale::{Said, day};
use crate::web::Site;
use crate::web::actor::{Api, form_urlencoded};
use crate::web::api::{Keep, read_answer, wait_for};
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::form::{recorded, title_of};
use crate::web::parts::nothing;
use crate::web::query::Query;
use crate::web::reads::Names;
use crate::web::shell::{Frame, page};

/// The dry run for programs.
///
/// # Errors
/// 404 for who is no administrator of everything.
pub async fn list(State(site): State<Site>, api: Api, query: Query, headers: HeaderMap) -> Result<Response, Refusal> {
    query.only(&[])?;
    wait_for(&site, &headers).await?;
    let found = site.koinon.retention(&api.caller).await?;
    let body = serde_json::to_vec(&found).map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(read_answer(&headers, "application/json", body.into(), found.position, Keep::Nobody))
}

/// The page.
///
/// # Errors
/// As [`list`].
pub async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, Refusal> {
    let found = site.koinon.retention(&asked.reader.caller).await?;
    let names = asked.view.names(found.due.iter().chain(&found.held).map(|kept| kept.person.subject())).await?;
    let locale = asked.locale;
    let years = Said::Number(found.years.into());
    let main = html! {
        (recorded(&asked))
        div.wrap { div.head { h1 { (locale.t("retention")) } p.lede { (locale.say("retention-lede", &[("years", years)])) } } }
        div."wrap pad stack-l" {
            @if found.due.is_empty() && found.held.is_empty() { (nothing(&locale.t("retention-none"))) } @else {
                table."tbl tbl--cards" role="table" {
                    caption.vh { (locale.t("retention")) }
                    thead role="rowgroup" { tr role="row" {
                        @for column in ["who", "programmes", "closed", "since", "do"] {
                            th scope="col" role="columnheader" { (locale.t(&format!("retention-{column}"))) }
                        }
                    } }
                    tbody role="rowgroup" {
                        @for kept in found.due.iter().chain(&found.held) { (line(&asked, &names, kept)) }
                    }
                }
            }
            p.small { (locale.t("retention-more")) }
        }
    };
    Ok(page(&asked, &Frame::below(&asked, locale.t("retention")), &main))
}

fn line(asked: &Asked, names: &Names, kept: &Kept) -> Markup {
    let locale = asked.locale;
    let who = names.of(kept.person.subject());
    let person = kept.person.0;
    let erase = format!(
        "/do/ErasePerson?person={person}&basis={}&request={}&next=%2Fretention",
        form_urlencoded(RETENTION_BASIS),
        form_urlencoded(&kept.request)
    );
    html! {
        tr role="row" {
            th scope="row" role="rowheader" { a href={ "/people/" (person) } { (who) } }
            td role="cell" data-l=(locale.t("retention-programmes")) { (kept.programmes.join(", ")) }
            td role="cell" data-l=(locale.t("retention-closed")) { (day(locale, kept.closed_on)) }
            td role="cell" data-l=(locale.t("retention-since")) {
                @match kept.held_until {
                    Some(until) => (locale.say("retention-held", &[("day", Said::Text(&day(locale, until)))])),
                    None => (day(locale, kept.since)),
                }
            }
            td role="cell" data-l=(locale.t("retention-do")) { div.row {
                @if kept.held_until.is_none() {
                    a."btn btn--s btn--2" href=(erase) { (title_of(locale, "ErasePerson")) span.vh { ": " (who) } }
                }
                a."btn btn--s btn--2" href={ "/do/DeferErasure?person=" (person) "&next=%2Fretention" } {
                    (title_of(locale, "DeferErasure")) span.vh { ": " (who) }
                }
            } }
        }
    }
}
