//! **Needs you**: what waits for the reader, each with the day it is due and one button to the form that settles it.

use std::collections::{BTreeSet, HashMap};

use axum::extract::{Form, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use koinon_events::value::Day;
use koinon_events::{Actor, Kind, PersonId, ProgrammeId, Role, Subject};
use koinon_projections::inbox::Item;
use maud::{Markup, html};
use serde_json::Value;

use crate::access;
use crate::app::{Failure, Order};
use crate::domain::Scope;
use crate::locale::{Locale, Said, day, spoken};
use crate::web::Site;
use crate::web::actor::form_urlencoded;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::form::title_of;
use crate::web::papers::{attendance_sheet_for, redacted_copy_for};
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
    waiting_in(spoken(), view, programme).await
}

/// The same, told in a language.
///
/// # Errors
/// As above.
pub async fn waiting_in(
    words: &Locale,
    view: &View,
    programme: Option<ProgrammeId>,
) -> Result<(Vec<Waiting>, u64), Refusal> {
    let (mut items, position) = all_items(view, programme).await?;
    let subjects: Vec<Subject> = items.iter().map(|item| item.subject).collect();
    let scopes = view.scopes(&subjects).await?;
    items.retain(|item| is_for(view, item, scopes.get(&item.subject)));
    Ok((in_words(words, view, items).await?, position))
}

/// Everything that waits, for whomever.
async fn all_items(view: &View, programme: Option<ProgrammeId>) -> Result<(Vec<Item>, u64), Refusal> {
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
    Ok((items, position))
}

/// Items as they are told, the most urgent first.
async fn in_words(words: &Locale, view: &View, mut items: Vec<Item>) -> Result<Vec<Waiting>, Refusal> {
    items.sort_by_key(|item| (item.due, item.since));
    items.dedup_by(|one, other| (&one.kind, one.subject, &one.fields) == (&other.kind, other.subject, &other.fields));
    let cities = items.iter().filter_map(|item| item.whom.city).map(|city| city.subject());
    let names = view.names(items.iter().map(|item| item.subject).chain(cities)).await?;
    Ok(items.into_iter().map(|item| told(words, &names, item)).collect())
}

/// What waits for others in the programmes that the reader coordinates, each with the persons it waits for; the reader
/// left out.
///
/// # Errors
/// As above.
pub async fn waiting_for_others(words: &Locale, view: &View) -> Result<Vec<(Waiting, Vec<PersonId>)>, Refusal> {
    let coordinates = view.caller.grants.iter().any(|grant| grant.role == Role::Coordinator);
    if !coordinates || !view.is_now() {
        return Ok(Vec::new());
    }
    let (mut items, _) = all_items(view, None).await?;
    let scopes = view.scopes(&items.iter().map(|item| item.subject).collect::<Vec<_>>()).await?;
    let mine = |scope: &Scope| access::acts(&[Role::Coordinator], scope, None, &view.caller.grants, view.today);
    items.retain(|item| scopes.get(&item.subject).is_some_and(mine) && !is_for(view, item, scopes.get(&item.subject)));
    let people = view.all("people", &[]).await?;
    let mut found = Vec::new();
    for waiting in in_words(words, view, items).await? {
        let Some(scope) = scopes.get(&waiting.item.subject) else { continue };
        let persons: Vec<PersonId> =
            people.iter().filter_map(|row| waits_for(&waiting.item, scope, row, view.today)).collect();
        if !persons.is_empty() {
            found.push((waiting, persons));
        }
    }
    Ok(found)
}

/// The person of a row, if an item waits for them.
fn waits_for(item: &Item, scope: &Scope, row: &Value, today: Day) -> Option<PersonId> {
    let person = PersonId(row["id"].as_str()?.parse().ok()?);
    if !matches!(row["status"].as_str(), Some("invited" | "active")) {
        return None;
    }
    let grants: Vec<access::Grant> = row["grants"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|grant| {
            let role = serde_json::from_value(grant["role"].clone()).ok()?;
            Some(access::Grant::new(role, read_scope(grant)?, day_of(grant)?))
        })
        .collect();
    let acts = access::acts(&item.whom.roles, scope, item.whom.city, &grants, today);
    (acts || item.whom.persons.contains(&person)).then_some(person)
}

fn read_scope(grant: &Value) -> Option<Option<Subject>> {
    grant["scope"].as_str().map_or(Some(None), |text| text.parse().ok().map(Some))
}

fn day_of(grant: &Value) -> Option<Option<Day>> {
    grant["until"].as_str().map_or(Some(None), |text| text.parse().ok().map(Some))
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
        "redact-document" => redacted_copy_for(&fields.join("&")),
        "record-attendance" => format!("{}/attendance?", page_of(item.subject)),
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
    let others = waiting_for_others(words, &asked.view).await?;
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
            @if asked.query.text("reminded").is_some() { p."note note--ok" role="status" { (words.t("inbox-reminded")) } }
            @if !others.is_empty() {
                (section("others-h", &words.t("inbox-others"), &html! { (crate::web::parts::count(others.len())) }, &reminders(&asked, &others)))
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
            @if asked.is_now() && each.item.kind == "answer-suggestion" {
                a."btn btn--2 btn--s" href={ (each.settle.replacen("ExpressInterest", "DeclineLearning", 1)) "&next=%2Fneeds-you" } { (asked.locale.t("inbox-decline")) span.vh { ": " (each.about) } }
            }
            @if asked.is_now() {
                a."btn btn--2 btn--s" href={ (each.settle) "&next=%2Fneeds-you" } { (title_of(asked.locale, &each.item.command)) span.vh { ": " (each.about) } }
            }
        } } }
    }
}

/// The most that is shown of what waits for others.
const OTHERS: usize = 50;

fn reminders(asked: &Asked, others: &[(Waiting, Vec<PersonId>)]) -> Markup {
    let token = asked.reader.session.as_ref().map(|session| session.form_token.as_str()).unwrap_or_default();
    html! {
        ul."lines waiting" { @for (each, _) in others.iter().take(OTHERS) { li {
            div {
                p { b { (each.what) } }
                p.small { a href=(each.href) { (each.about) } " · " (asked.locale.say("inbox-due", &[("day", Said::Text(&day(asked.locale, each.item.due)))])) }
            }
            form action="/needs-you/remind" method="post" {
                input type="hidden" name="form_token" value=(token);
                input type="hidden" name="subject" value=(each.item.subject.to_string());
                input type="hidden" name="matter" value=(each.item.kind);
                button."btn btn--2 btn--s" { (asked.locale.t("inbox-remind")) span.vh { ": " (each.what) ", " (each.about) } }
            }
        } } }
    }
}

/// What the button sends.
#[derive(serde::Deserialize)]
pub struct Remind {
    #[serde(default)]
    form_token: String,
    subject: Subject,
    matter: String,
}

/// Reminds everybody a thing waits for; who was reminded today already is not reminded again.
///
/// # Errors
/// 403 when the form comes from elsewhere; 404 when nothing of that kind waits for others.
pub async fn remind(
    State(site): State<Site>,
    asked: Asked,
    headers: HeaderMap,
    Form(sent): Form<Remind>,
) -> Result<Response, Refusal> {
    let session = asked.reader.session.as_ref().ok_or_else(Refusal::foreign_origin)?;
    session.takes_form(&headers, &sent.form_token)?;
    let others = waiting_for_others(asked.locale, &asked.view).await?;
    let is_meant = |each: &Waiting| each.item.subject == sent.subject && each.item.kind == sent.matter;
    let persons: BTreeSet<PersonId> =
        others.iter().filter(|(each, _)| is_meant(each)).flat_map(|(_, persons)| persons.iter().copied()).collect();
    if persons.is_empty() {
        return Err(Refusal::absent());
    }
    for person in persons {
        let body = serde_json::json!({ "person": person, "subject": sent.subject, "matter": sent.matter });
        let body = body.as_object().cloned().unwrap_or_default();
        let order = Order { name: "RemindPerson".to_owned(), body, ..Order::default() };
        match site.koinon.execute(&asked.reader.caller, order).await {
            Ok(_) | Err(Failure::Rule(_)) => {}
            Err(failure) => return Err(failure.into()),
        }
    }
    Ok(Redirect::to("/needs-you?reminded=1").into_response())
}
