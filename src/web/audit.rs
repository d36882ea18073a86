//! The audit trail: who did what, when, to what and why. Each row opens to what was recorded; nothing is overwritten.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::Response;
use koinon_events::{Actor, Subject, TABLE};
use maud::{Markup, html};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::app::Stored;
use crate::locale::{Said, number};
use crate::web::Site;
use crate::web::asked::Asked;
use crate::web::dashboard::{Programme, figures};
use crate::web::failure::Refusal;
use crate::web::parts::{event_link, sentence_case, short_time};
use crate::web::shell::{Frame, page};
use crate::web::subjects::{has_page, page as subject_page};
use crate::web::told::{Told, newest, tell};

/// How many events a page shows.
const SHOWN: usize = 50;

/// The trail, newest first.
///
/// # Errors
/// 422 for filters that do not fit.
pub async fn trail(State(_): State<Site>, asked: Asked) -> Result<Response, Refusal> {
    let figure = match asked.query.text("figure") {
        Some(name) => Some(figure(&asked, name).await?),
        None => None,
    };
    let mut filter = asked.view.event_filter(&asked.query).await?;
    if let Some(figure) = &figure {
        filter.positions = Some(figure.positions.clone());
    }
    let before = asked.query.value::<u64>("before", "a position")?.unwrap_or(u64::MAX);
    let upto = before.saturating_sub(1).min(asked.view.position);
    let records = newest(&asked.view, &filter, upto, SHOWN).await?;
    let told = tell(&asked.view, &records).await?;
    let locale = asked.locale;
    let total = i64::try_from(asked.view.position).unwrap_or(i64::MAX);
    let main = html! {
        div.wrap { div.head {
            p.meta { b { (locale.t("menu-audit")) } }
            h1 { @match &figure {
                Some(figure) => (sentence_case(&locale.say("audit-figure", &[("figure", Said::Text(&locale.say(&format!("figure-{}", figure.name), &[("count", Said::count(figure.count))]))), ("count", Said::count(figure.positions.len()))]))),
                None => (locale.say("audit-title", &[("count", Said::Number(total))])),
            } }
            p.lede { (locale.t("audit-lede")) }
        } }
        div."wrap pad" {
            (filters(&asked, &told).await?)
            (results(&asked, &records, &told, asked.query.value::<u64>("open", "a position")?))
            (crate::web::log::foot(&asked).await?)
        }
    };
    let frame = Frame { class: "audit-page", ..Frame::below(&asked, locale.t("menu-audit")) };
    Ok(page(&asked, &frame, &main))
}

async fn figure(asked: &Asked, name: &str) -> Result<figures::Figure, Refusal> {
    let programme = Programme::read(asked).await?;
    figures::all(asked, &programme).into_iter().find(|figure| figure.name == name).ok_or_else(Refusal::absent)
}

/// Filters; who acted is chosen among those that the list names.
async fn filters(asked: &Asked, told: &[Told]) -> Result<Markup, Refusal> {
    let locale = asked.locale;
    let by = asked.query.text("actor").unwrap_or_default();
    let people = told.iter().filter(|told| !matches!(told.actor, Actor::System(_)));
    let mut actors: BTreeMap<String, String> =
        people.map(|told| (told.actor.to_string(), sentence_case(&told.who))).collect();
    if !by.is_empty() {
        let name = match by.parse::<Subject>() {
            Ok(actor) => sentence_case(&asked.view.names([actor]).await?.of(actor)),
            Err(_) => locale.t("actor-system"),
        };
        actors.insert(by.to_owned(), name);
    }
    let mut actors: Vec<(String, String)> = actors.into_iter().collect();
    actors.sort_by_key(|(_, who)| who.to_lowercase());
    let text = |name: &str| asked.query.text(name).unwrap_or_default().to_owned();
    let chosen = text("type");
    Ok(html! {
        form.filters action="/audit" method="get" role="search" aria-label=(locale.t("filter-label")) {
            @for (name, value) in asked.query.pairs().filter(|(name, _)| ["as_of", "programme", "partnership", "city", "subject", "figure"].contains(name)) {
                input type="hidden" name=(name) value=(value);
            }
            div { label for="f-since" { (locale.t("filter-since")) } input.in id="f-since" name="since" type="date" value=(text("since")); }
            div { label for="f-until" { (locale.t("filter-until")) } input.in id="f-until" name="until" type="date" value=(text("until")); }
            div {
                label for="f-type" { (locale.t("filter-type")) }
                select.in id="f-type" name="type" {
                    option value="" { (locale.t("filter-any-type")) }
                    @for (family, types) in TABLE {
                        optgroup label=(sentence_case(&locale.word(family))) {
                            @for each in *types { option value=(each.name) selected[each.name == chosen] { (locale.t(&format!("event-is-{}", each.name))) } }
                        }
                    }
                }
            }
            div { label for="f-actor" { (locale.t("filter-actor")) }
                select.in id="f-actor" name="actor" {
                    option value="" { (locale.t("filter-anybody")) }
                    @for (actor, who) in &actors { option value=(actor) selected[actor == by] { (who) } }
                }
            }
            div.go { button.btn { (locale.t("filter-go")) } a href=(asked.href("/audit")) { (locale.t("filter-clear")) } }
        }
    })
}

fn results(asked: &Asked, records: &[Stored], told: &[Told], open: Option<u64>) -> Markup {
    let locale = asked.locale;
    let export = asked.query.with("before", None);
    let range = match (told.first(), told.last()) {
        (Some(first), Some(last)) => locale.say(
            "audit-range",
            &[("first", Said::Text(&position(first.position))), ("last", Said::Text(&position(last.position)))],
        ),
        _ => String::new(),
    };
    let more = told.len() == SHOWN && told.last().is_some_and(|last| last.position > 1);
    html! {
        h2.vh { (locale.t("audit-events")) }
        div.resbar {
            p role="status" { b { (locale.say("events-shown", &[("count", Said::count(told.len()))])) } " " (locale.t("audit-newest")) }
            @if asked.query.text("figure").is_none() {
                div."row exp" { a."btn btn--s btn--2" href={ "/audit.csv?" (export) } { "CSV" } }
            }
        }
        @if told.is_empty() { p.muted { (locale.t("audit-empty")) } } @else {
            table."tbl tbl--cards audit" role="table" {
                caption.vh { (locale.t("audit-caption")) }
                thead role="rowgroup" { tr role="row" {
                    th.n scope="col" role="columnheader" { (locale.t("column-event")) }
                    th scope="col" role="columnheader" aria-sort="descending" { (locale.t("column-when")) }
                    th scope="col" role="columnheader" { (locale.t("column-who")) }
                    th scope="col" role="columnheader" { (locale.t("column-what")) }
                    th scope="col" role="columnheader" { (locale.t("column-on")) }
                    th scope="col" role="columnheader" { (locale.t("column-why")) }
                } }
                tbody role="rowgroup" { @for (record, told) in records.iter().zip(told) { (row(asked, told)) (details(asked, record, told, open == Some(told.position))) } }
            }
            nav.pager aria-label=(locale.t("pages")) {
                span { (range) }
                @if more && let Some(last) = told.last() {
                    a rel="next" href={ "/audit?" (asked.query.with("before", Some(&last.position.to_string()))) } {
                        (locale.say("audit-older", &[("last", Said::Text(&position(last.position - 1)))]))
                    }
                }
            }
        }
    }
}

fn position(value: u64) -> String {
    number(i64::try_from(value).unwrap_or(i64::MAX))
}

fn row(asked: &Asked, told: &Told) -> Markup {
    let locale = asked.locale;
    let detail = format!("d{}", told.position);
    html! {
        tr role="row" id={ "e" (told.position) } class=[told.corrects.map(|_| "is-fix")] {
            td.n role="cell" { a.tog href={ "#" (detail) } data-toggle=(detail) { span { (position(told.position)) } span.vh { (locale.t("audit-show")) } } }
            td.nb role="cell" data-l=(locale.t("column-when")) { (short_time(locale, told.time)) }
            td role="cell" data-l=(locale.t("column-who")) { (sentence_case(&told.who)) }
            td role="cell" data-l=(locale.t("column-what")) {
                (told.without_reason(locale)) small.mono { (told.event) }
                @if let Some(corrects) = told.corrects { small { (locale.t("audit-corrects")) " " (event_link(asked, corrects)) } }
            }
            td role="cell" data-l=(locale.t("column-on")) { (on(asked, told)) }
            td role="cell" data-l=(locale.t("column-why")) { (told.reason.as_deref().unwrap_or_default()) }
        }
    }
}

fn on(asked: &Asked, told: &Told) -> Markup {
    if told.opens && has_page(told.subject.kind) {
        html! { a href=(asked.href(&subject_page(told.subject))) { (sentence_case(&told.what)) } }
    } else {
        html! { (sentence_case(&told.what)) }
    }
}

fn details(asked: &Asked, record: &Stored, told: &Told, open: bool) -> Markup {
    html! {
        tr role="row" id={ "d" (told.position) } class={ "det" @if open { " is-open" } } {
            td role="cell" colspan="6" { (inside(asked, record, told)) }
        }
    }
}

/// What was recorded, byte for byte but for the spaces, and by what it can be checked.
fn inside(asked: &Asked, record: &Stored, told: &Told) -> Markup {
    let locale = asked.locale;
    let pretty = serde_json::from_slice::<Value>(&record.bytes)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| String::from_utf8_lossy(&record.bytes).into_owned());
    let hash: String = Sha256::new()
        .chain_update([0])
        .chain_update(&record.bytes)
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    html! {
        div.ev {
            div {
                h3 { (locale.t("audit-recorded")) }
                pre tabindex="0" role="region" aria-label=(locale.say("audit-data-of", &[("position", Said::Text(&told.position.to_string()))])) { (pretty) }
            }
            div.stack {
                h3 { (locale.t("audit-intact")) }
                p.small { (locale.t("audit-check")) }
                dl.kv {
                    dt { (locale.t("audit-hash")) } dd { code { (hash) } }
                    dt { (locale.t("audit-version")) } dd { (told.version) }
                    @if let Some(programme) = &told.programme { dt { (locale.word("programme")) } dd { code { (programme) } } }
                }
                p.small { a href=(asked.href(&format!("/audit?subject={}", told.subject))) { (locale.t("audit-history")) } }
            }
        }
    }
}

/// One event on a page of its own.
///
/// # Errors
/// 404 when there is none, or none the reader may see.
pub async fn event(State(_): State<Site>, Path(position): Path<String>, asked: Asked) -> Result<Response, Refusal> {
    let position: u64 = position.parse().map_err(|_| Refusal::absent())?;
    if position > asked.view.position {
        return Err(Refusal::absent());
    }
    let bytes = asked.site.koinon.record(&asked.view.caller, position).await?.ok_or_else(Refusal::absent)?;
    let record = Stored { position, bytes };
    let told = tell(&asked.view, std::slice::from_ref(&record)).await?;
    let told = told.first().ok_or_else(Refusal::absent)?;
    let locale = asked.locale;
    let title = locale.say("event-title", &[("number", Said::Text(&self::position(position)))]);
    let main = html! {
        div.wrap { div.head {
            p.meta { b { code { (told.event) } } " · " (crate::locale::moment(locale, told.time)) }
            h1 { (title) }
            p.lede { (sentence_case(&told.who)) " " (told.sentence) }
            p.mt-s { (on(&asked, told)) }
        } }
        div."wrap pad" {
            h2.vh { (locale.t("event-inside")) }
            (inside(&asked, &record, told))
            (crate::web::log::panel(&asked, position).await?)
            nav.pager aria-label=(locale.t("pages")) {
                @if position > 1 { a rel="prev" href=(asked.href(&format!("/events/{}", position - 1))) { (locale.t("event-before")) } }
                @if position < asked.view.position { a rel="next" href=(asked.href(&format!("/events/{}", position + 1))) { (locale.t("event-after")) } }
            }
        }
    };
    Ok(page(&asked, &Frame::below_list(&asked, locale.t("menu-audit"), "/audit", title), &main))
}
