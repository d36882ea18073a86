//! **Needs you**: what waits for the reader, each with the day it is due and one button to the form that settles it.

use std::collections::HashMap;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use koinon_events::value::Day;
use koinon_events::{Actor, Kind, ProgrammeId, Subject};
use koinon_projections::inbox::Item;
use maud::{Markup, html};

use crate::access;
use crate::app::Failure;
use crate::domain::Scope;
use crate::locale::{Locale, Said, day, spoken};
use crate::web::Site;
use crate::web::actor::form_urlencoded;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::form::title_of;
use crate::web::papers::attendance_sheet_for;
use crate::web::parts::{nothing, section, status};
use crate::web::reads::{Names, View};
use crate::web::shell::{Frame, page};
use crate::web::subjects::page as page_of;

/// The days that count as soon.
const SOON: i64 = 7;

/// One item as its reader is told it.
pub struct Waiting {
    /// The item.
    pub item: Item,
    /// What waits, in a plain sentence.
    pub what: String,
    /// What it is about.
    pub about: String,
    /// The address of the form that settles it.
    pub settle: String,
    /// The address of what it is about.
    pub href: String,
}

/// What waits for whoever reads, in a programme or in all of them, and the position it stands for.
///
/// # Errors
/// When the read models cannot be read.
pub async fn waiting(view: &View, programme: Option<ProgrammeId>) -> Result<(Vec<Waiting>, u64), Refusal> {
    let programmes = match programme {
        Some(programme) => vec![programme],
        None => {
            let rows = view.all("programmes", &[]).await?;
            rows.iter().filter_map(|row| row["id"].as_str()?.parse().ok().map(ProgrammeId)).collect()
        }
    };
    let (mut items, mut position) = (Vec::new(), view.position);
    for programme in programmes {
        let views = view.site.koinon.views();
        if let Some(found) = views.inbox(programme, view.at, view.day).await.map_err(Failure::from)? {
            position = found.position;
            items.extend(found.value);
        }
    }
    let subjects: Vec<Subject> = items.iter().map(|item| item.subject).collect();
    let scopes = view.scopes(&subjects).await?;
    items.retain(|item| is_for(view, item, scopes.get(&item.subject)));
    items.sort_by_key(|item| (item.due, item.since));
    items.dedup_by(|one, other| (&one.kind, one.subject, &one.fields) == (&other.kind, other.subject, &other.fields));
    let cities = items.iter().filter_map(|item| item.whom.city).map(|city| city.subject());
    let names = view.names(items.iter().map(|item| item.subject).chain(cities)).await?;
    let words = spoken();
    Ok((items.into_iter().map(|item| told(words, &names, item)).collect(), position))
}

/// Whether an item waits for the reader, who must be able to see what it is about.
fn is_for(view: &View, item: &Item, scope: Option<&Scope>) -> bool {
    let Some(scope) = scope else { return false };
    let caller = &view.caller;
    if matches!(&caller.actor, Actor::Person(person) if item.whom.persons.contains(person)) {
        return true;
    }
    let acts = access::acts(&item.whom.roles, scope, item.whom.city, &caller.grants, view.today);
    acts && view.may_read(item.subject.kind, scope)
}

fn told(words: &Locale, names: &Names, item: Item) -> Waiting {
    let city = item.whom.city.map(|city| names.of(city.subject())).unwrap_or_default();
    let name = match item.kind.as_str() {
        "write-section" => words.word(&item.name),
        _ => item.name.clone(),
    };
    let values = [("name", Said::Text(&name)), ("city", Said::Text(&city))];
    let what = words.say(&format!("inbox-{}", item.kind), &values);
    let fields: Vec<String> =
        item.fields.iter().map(|(field, value)| format!("{field}={}", form_urlencoded(value))).collect();
    let settle = match item.kind.as_str() {
        "attendance-sheet" => attendance_sheet_for(item.subject),
        _ => format!("/do/{}?{}", item.command, fields.join("&")),
    };
    let (about, href) = (names.of(item.subject), page_of(item.subject));
    Waiting { what, about, settle, href, item }
}

/// The page.
///
/// # Errors
/// When the read models cannot be read.
pub async fn needs_you(State(_): State<Site>, asked: Asked) -> Result<Response, Refusal> {
    if asked.reader.session.is_none() {
        return Ok(Redirect::to("/sign-in?next=%2Fneeds-you").into_response());
    }
    let (waiting, _) = waiting(&asked.view, None).await?;
    let today = asked.day();
    let (mut groups, order) = (HashMap::new(), ["late", "soon", "later"]);
    for each in &waiting {
        groups.entry(group(each.item.due, today)).or_insert_with(Vec::new).push(each);
    }
    let words = asked.locale;
    let main = html! {
        (crate::web::form::recorded(&asked))
        div.wrap { div.head {
            p.meta { b { (asked.reader.caller.name) } }
            h1 { (words.t("menu-needs-you")) }
            p.lede { (words.say("inbox-lede", &[("count", Said::count(waiting.len()))])) }
        } }
        div."wrap stack-l pad" {
            @if waiting.is_empty() { (nothing(&words.t("inbox-nothing"))) }
            @for key in order {
                @if let Some(items) = groups.get(key) {
                    (section(&format!("{key}-h"), &words.t(&format!("inbox-{key}")), &html! { (crate::web::parts::count(items.len())) }, &list(&asked, items, today)))
                }
            }
        }
    };
    Ok(page(&asked, &Frame::below(&asked, words.t("menu-needs-you")), &main))
}

fn group(due: Day, today: Day) -> &'static str {
    match today.days_until(due) {
        days if days < 0 => "late",
        days if days <= SOON => "soon",
        _ => "later",
    }
}

fn list(asked: &Asked, items: &[&Waiting], today: Day) -> Markup {
    html! {
        ul."lines waiting" { @for each in items { li {
            div {
                p { b { (each.what) } }
                p.small {
                    @if each.item.subject.kind != Kind::Programme { a href=(each.href) { (each.about) } " · " }
                    @let late = each.item.due.days_until(today);
                    @if late > 0 { (status(asked.locale, "late")) " " (asked.locale.say("inbox-was-due", &[("day", Said::Text(&day(asked.locale, each.item.due)))])) }
                    @else { (asked.locale.say("inbox-due", &[("day", Said::Text(&day(asked.locale, each.item.due)))])) }
                }
            }
            @if asked.is_now() {
                a."btn btn--2 btn--s" href={ (each.settle) "&next=%2Fneeds-you" } { (title_of(asked.locale, &each.item.command)) span.vh { ": " (each.about) } }
            }
        } } }
    }
}
