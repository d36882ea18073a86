//! Search: an event by its number, else whatever carries the words, by kind.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use koinon_events::{Kind, Subject};
use koinon_projections::plain;
use maud::html;
use serde_json::Value;

use crate::locale::Said;
use crate::views::{ListQuery, tokens};
use crate::web::Site;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::parts::{section, status, subject_link};
use crate::web::reads::{Names, View, subject_in};
use crate::web::shell::{Frame, page};
use crate::web::subjects::{COLLECTIONS, collection_of};

/// Words shown before and after the one that was found.
const AROUND: usize = 12;

/// How many of each kind are shown.
const EACH: usize = 12;

/// Rows of one kind that carry all the words, best first.
pub struct Found {
    /// Their kind.
    pub kind: Kind,
    /// The rows.
    pub rows: Vec<Value>,
    /// What to call them.
    pub names: Names,
}

/// Looks for words, kind by kind: in the kind asked for, or in every kind but people. At most `each` of a kind. Where no
/// kind has the words as words, parts of words are found, as scripts without spaces need it.
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
    for by_parts in [false, true] {
        for (kind, collection) in COLLECTIONS.iter().filter(|(kind, _)| is_wanted(*kind)) {
            let (q, limit) = (Some(words.to_owned()), Some(each));
            let query = ListQuery { filters: filters.to_vec(), q, limit, ..ListQuery::default() };
            let rows =
                if by_parts { view.page(collection, query).await? } else { view.search(collection, query).await? };
            let rows = rows.items;
            if !rows.is_empty() {
                let names = view.names(rows.iter().filter_map(|row| subject_in(*kind, &row["id"]))).await?;
                found.push(Found { kind: *kind, rows, names });
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    Ok(found)
}

/// One row in the order of the whole answer.
pub struct Hit<'a> {
    /// What was found.
    pub subject: Subject,
    /// Its row.
    pub row: &'a Value,
    /// What it is called.
    pub title: String,
    /// Where the words stand in it.
    pub snippet: String,
}

/// The best of all kinds: first what carries the words in its title, then each kind's best in turn.
pub fn best<'a>(found: &'a [Found], words: &str, limit: usize) -> Vec<Hit<'a>> {
    let tokens = tokens(words);
    let mut hits = Vec::new();
    for (turn, Found { kind, rows, names }) in found.iter().enumerate() {
        for (place, row) in rows.iter().enumerate() {
            let Some(subject) = subject_in(*kind, &row["id"]) else { continue };
            let title = names.of(subject);
            let in_title = tokens.iter().all(|token| plain(&title).contains(token.as_str()));
            let snippet = snippet(row, &tokens).unwrap_or_default();
            hits.push(((!in_title, place, turn), Hit { subject, row, title, snippet }));
        }
    }
    hits.sort_by_key(|(order, _)| *order);
    hits.into_iter().take(limit).map(|(_, hit)| hit).collect()
}

/// The words around the place in a row's texts that carries most of the words searched for; a title, which is shown
/// anyway, only when nothing else does.
fn snippet(row: &Value, tokens: &[String]) -> Option<String> {
    let is_name = |name: &str| ["title", "name"].contains(&name);
    let texts = row.as_object()?.iter().filter(|(name, _)| *name != "id" && !name.ends_with("sha256"));
    let carried = |text: &str| {
        let text = plain(text);
        tokens.iter().filter(|token| text.contains(token.as_str())).count()
    };
    let ranked = texts.filter_map(|(name, value)| value.as_str().map(|text| (carried(text), !is_name(name), text)));
    // The first of equals: `max_by_key` alone would take the last.
    let best = ranked.rev().max_by_key(|(carried, is_text, _)| (*carried > 0, *is_text, *carried))?;
    around(best.2, tokens)
}

fn around(text: &str, tokens: &[String]) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let carries = |word: &&str| {
        let word = plain(word);
        tokens.iter().any(|token| word.contains(token.as_str()))
    };
    let at = words.iter().position(carries)?;
    let (from, to) = (at.saturating_sub(AROUND), words.len().min(at + AROUND + 1));
    let before = if from > 0 { "… " } else { "" };
    let after = if to < words.len() { " …" } else { "" };
    Some(format!("{before}{}{after}", words[from..to].join(" ")))
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
                        @let subject = subject_in(*kind, &row["id"]);
                        @if let Some(subject) = subject { (subject_link(&asked, names, subject)) }
                        " " (status(locale, row["status"].as_str().unwrap_or_default()))
                        @let title = subject.map(|subject| names.of(subject));
                        @if let Some(snippet) = snippet(row, &tokens(&words)).filter(|snippet| title.as_ref() != Some(snippet)) { span.muted { (snippet) } }
                    } } }
                }))
            }
        }
    };
    Ok(page(&asked, &Frame::below(&asked, locale.t("search")), &main))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_shows_where_the_words_stand() {
        let text = "one two three four five six seven eight nine ten eleven twelve thirteen Ásh becomes road";
        let shown = around(text, &["ash".to_owned()]).unwrap();
        assert!(shown.starts_with("… two three") && shown.ends_with("Ásh becomes road"), "{shown}");
        assert_eq!(around(text, &["glass".to_owned()]), None);
    }
}
