//! Search: an event by its number, else whatever carries the words, by kind.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use koinon_events::Kind;
use maud::html;

use crate::locale::Said;
use crate::views::ListQuery;
use crate::web::Site;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::parts::{section, status, subject_link};
use crate::web::reads::subject_in;
use crate::web::shell::{Frame, page};
use crate::web::subjects::COLLECTIONS;

/// How many of each kind are shown.
const EACH: usize = 12;

/// What was found.
///
/// # Errors
/// When the read models cannot be read.
pub async fn search(State(_): State<Site>, asked: Asked) -> Result<Response, Refusal> {
    let words = asked.query.text("q").unwrap_or_default().trim().to_owned();
    let number: String = words.chars().filter(|letter| !letter.is_whitespace()).collect();
    if let Ok(position) = number.parse::<u64>()
        && (1..=asked.view.position).contains(&position)
    {
        return Ok(Redirect::to(&format!("/events/{position}")).into_response());
    }
    let locale = asked.locale;
    let mut found = Vec::new();
    for (kind, collection) in COLLECTIONS.iter().filter(|(kind, _)| *kind != Kind::Person && !words.is_empty()) {
        let query = ListQuery { q: Some(words.clone()), limit: Some(EACH), ..ListQuery::default() };
        let rows = asked.view.page(collection, query).await?;
        if !rows.items.is_empty() {
            let names = asked.view.names(rows.items.iter().filter_map(|row| subject_in(*kind, &row["id"]))).await?;
            found.push((*kind, *collection, rows.items, names));
        }
    }
    let main = html! {
        div.wrap { div.head {
            h1 { (locale.say("search-title", &[("words", Said::Text(&words))])) }
            @if found.is_empty() { p.lede { (locale.t("search-nothing")) } }
        } }
        div."wrap pad stack-l" {
            @for (kind, collection, rows, names) in &found {
                (section(&format!("s-{collection}"), &locale.t(&format!("list-{collection}")), &html! {}, &html! {
                    ul.lines { @for row in rows { li {
                        @if let Some(subject) = subject_in(*kind, &row["id"]) { (subject_link(&asked, names, subject)) }
                        " " (status(locale, row["status"].as_str().unwrap_or_default()))
                    } } }
                }))
            }
        }
    };
    Ok(page(&asked, &Frame::below(&asked, locale.t("search")), &main))
}
