//! Search: an event by its number, else whatever carries the words, by kind.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use koinon_events::Kind;
use maud::html;
use serde_json::Value;

use crate::locale::Said;
use crate::views::ListQuery;
use crate::web::Site;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::parts::{section, status, subject_link};
use crate::web::reads::{Names, View, subject_in};
use crate::web::shell::{Frame, page};
use crate::web::subjects::{COLLECTIONS, collection_of};

/// How many of each kind are shown.
const EACH: usize = 12;

/// Rows of one kind that carry all the words.
pub struct Found {
    /// Their kind.
    pub kind: Kind,
    /// The rows.
    pub rows: Vec<Value>,
    /// What to call them.
    pub names: Names,
}

/// Looks for words, kind by kind: in the kind asked for, or in every kind but people. At most `each` of a kind.
///
/// # Errors
/// When the read models cannot be read.
pub async fn look_for(
    view: &View,
    words: &str,
    only: Option<Kind>,
    filters: &[(String, String)],
    each: usize,
) -> Result<Vec<Found>, Refusal> {
    let mut found = Vec::new();
    let is_wanted = |kind: Kind| only.map_or(kind != Kind::Person, |only| only == kind);
    for (kind, collection) in COLLECTIONS.iter().filter(|(kind, _)| is_wanted(*kind)) {
        let (q, limit) = (Some(words.to_owned()), Some(each));
        let query = ListQuery { filters: filters.to_vec(), q, limit, ..ListQuery::default() };
        let rows = view.page(collection, query).await?.items;
        if !rows.is_empty() {
            let names = view.names(rows.iter().filter_map(|row| subject_in(*kind, &row["id"]))).await?;
            found.push(Found { kind: *kind, rows, names });
        }
    }
    Ok(found)
}

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
    let found = if words.is_empty() { Vec::new() } else { look_for(&asked.view, &words, None, &[], EACH).await? };
    let main = html! {
        div.wrap { div.head {
            h1 { (locale.say("search-title", &[("words", Said::Text(&words))])) }
            @if found.is_empty() { p.lede { (locale.t("search-nothing")) } }
        } }
        div."wrap pad stack-l" {
            @for Found { kind, rows, names } in &found {
                @let collection = collection_of(*kind);
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
