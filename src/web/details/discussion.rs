//! What is said about a subject: its discussions with every comment, who wrote it and when, and the way to answer.

use koinon_events::{Kind, Subject};
use maud::{Markup, html};
use serde_json::Value;
use uuid::Uuid;

use crate::locale::Said;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::fields::value_of;
use crate::web::form::offers::may_begin;
use crate::web::form::title_of;
use crate::web::parts::{count, section, sentence_case, status};
use crate::web::reads::Names;
use crate::web::told::actor_subject;

/// The section; nothing where nobody has said anything yet.
///
/// # Errors
/// When the read models cannot be read.
pub async fn discussions(asked: &Asked, about: Subject, row: &Value) -> Result<Markup, Refusal> {
    let ids = row["discussions"].as_array().into_iter().flatten();
    let ids: Vec<Uuid> = ids.filter_map(|id| id.as_str()?.parse().ok()).collect();
    let mut rows = Vec::new();
    for id in ids {
        rows.extend(asked.view.row(Kind::Discussion, id).await?.map(|(row, _)| row));
    }
    if rows.is_empty() {
        return Ok(html! {});
    }
    let authors = rows.iter().flat_map(comments).filter_map(author);
    let names = asked.view.names(authors).await?;
    let said = rows.iter().map(|row| comments(row).count()).sum();
    let content = html! { @for row in &rows { (discussion(asked, &names, about, row)) } };
    Ok(section("s-discussions", &asked.locale.t("field-discussions"), &html! { (count(said)) }, &content))
}

fn comments(row: &Value) -> impl Iterator<Item = &Value> {
    row["comments"].as_array().into_iter().flatten()
}

fn author(comment: &Value) -> Option<Subject> {
    actor_subject(&comment["author"].as_str()?.parse().ok()?)
}

fn discussion(asked: &Asked, names: &Names, about: Subject, row: &Value) -> Markup {
    let locale = asked.locale;
    let id = row["id"].as_str().unwrap_or_default();
    let is_open = row["status"] == "open" && asked.is_now() && asked.reader.session.is_some();
    let links = [
        ("PostComment", format!("/do/PostComment?id={id}&subject={about}")),
        (
            "ResolveDiscussion",
            format!("/do/ResolveDiscussion?discussion={id}&next={}", crate::web::subjects::page(about)),
        ),
    ];
    html! {
        div.said {
            @if row["status"] != "open" { p { (status(locale, row["status"].as_str().unwrap_or_default())) } }
            ol.lines { @for comment in comments(row) { li {
                (said(asked, names, comment))
                (changes(asked, comment, &format!("discussion={id}&next={}", crate::web::subjects::page(about))))
            } } }
            @if let Some(conclusion) = row["conclusion"].as_str() {
                p { strong { (locale.t("said-conclusion")) } " " (conclusion) }
            }
            @if is_open {
                p."row noprint" { @for (command, address) in links.iter().filter(|(command, _)| may_begin(asked, command)) {
                    a."btn btn--2 btn--s" href=(address) { (title_of(locale, command)) } " "
                } }
            }
        }
    }
}

fn said(asked: &Asked, names: &Names, comment: &Value) -> Markup {
    let locale = asked.locale;
    let who = author(comment).map_or_else(|| locale.t("actor-system"), |author| names.of(author));
    let was_changed = comment["earlier"].as_array().is_some_and(|earlier| !earlier.is_empty());
    html! {
        @match (comment["text"].as_str(), comment["hidden"].as_str()) {
            (_, Some(reason)) => p.muted { (locale.say("said-hidden", &[("reason", Said::Text(reason))])) },
            (text, None) => p lang=[comment["language"].as_str()] { (text.unwrap_or_default()) },
        }
        p."small muted" {
            (sentence_case(&who)) " · " (value_of(asked, names, "mark", &comment["mark"]))
            @if was_changed { " · " (locale.t("said-changed")) }
        }
    }
}

/// The ways to change a comment, which is its author's, and to hide it.
fn changes(asked: &Asked, comment: &Value, at: &str) -> Markup {
    let is_own = comment["author"] == asked.reader.caller.actor.to_string();
    let is_shown = comment["hidden"].is_null() && asked.is_now() && asked.reader.session.is_some();
    let offered = [("EditComment", is_own), ("HideComment", true)];
    let mut offered = offered.into_iter().filter(|(command, fits)| *fits && may_begin(asked, command)).peekable();
    let code = comment["comment"].as_str().unwrap_or_default();
    html! {
        @if is_shown && offered.peek().is_some() {
            p."row small noprint" { @for (command, _) in offered {
                a href={ "/do/" (command) "?comment=" (code) "&" (at) } { (title_of(asked.locale, command)) } " "
            } }
        }
    }
}
