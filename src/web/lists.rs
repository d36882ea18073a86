//! The list of any collection: what it holds in words, a filter, a table that becomes cards on a phone.

use axum::extract::{Path, State};
use axum::response::Response;
use koinon_events::Kind;
use maud::{Markup, html};
use serde_json::Value;

use crate::locale::Said;
use crate::web::Site;
use crate::web::api::collections::wanted;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::fields::{subjects_in, value_of};
use crate::web::form::offers;
use crate::web::many::chosen;
use crate::web::parts::{nothing, status, subject_link};
use crate::web::reads::{Names, Rows, subject_in};
use crate::web::shell::{Frame, page};
use crate::web::subjects::kind_of;

/// What a list of each kind shows beside title and status.
fn columns(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Programme => &["on_behalf_of", "starts_on", "ends_on"],
        Kind::City => &["country", "strand", "population"],
        Kind::Partnership => &["themes", "visits", "learnings", "pilots"],
        Kind::Person => &["kind", "organisation", "city"],
        Kind::Visit => &["kind", "from", "to", "themes", "learnings"],
        Kind::Meeting => &["kind", "start", "organisers"],
        Kind::Learning => &["origin_city", "themes", "maturity", "adoptions"],
        Kind::Project => &["partnership", "deliverables"],
        Kind::Pilot => &["cities", "start", "end"],
        Kind::Action => &["city", "due", "from"],
        Kind::Document => &["kind", "classification", "media_type"],
        Kind::Report => &["period", "scope", "acceptance"],
        _ => &[],
    }
}

/// The statuses a list can be filtered by, in the order of a life.
fn statuses(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Programme => &["draft", "running", "closing", "closed"],
        Kind::City => &["applied", "selected", "active", "reserve", "rejected", "withdrawn"],
        Kind::Partnership => &["proposed", "formed", "kicked-off", "active", "suspended", "completed", "dissolved"],
        Kind::Person => &["invited", "active", "inactive", "erased"],
        Kind::Visit => {
            &["proposed", "scheduled", "confirmed", "under-way", "completed", "closed", "postponed", "cancelled"]
        }
        Kind::Meeting => &["scheduled", "held", "minuted", "delivered", "recorded", "cancelled"],
        Kind::Learning => &["recorded", "validated", "published", "superseded", "retracted"],
        Kind::Project => &["idea", "agreed", "active", "completed", "stopped"],
        Kind::Pilot => &[
            "proposed",
            "planned",
            "approved",
            "launched",
            "paused",
            "completed",
            "scaled-up",
            "not-continued",
            "stopped",
        ],
        Kind::Action => &["open", "done", "verified", "dropped"],
        Kind::Document => &["registered", "withdrawn"],
        Kind::Report => &["draft", "submitted", "returned", "accepted", "reopened"],
        _ => &[],
    }
}

/// A list.
///
/// # Errors
/// 404 for what is no collection; 422 for filters that do not fit.
pub async fn list(State(site): State<Site>, Path(collection): Path<String>, asked: Asked) -> Result<Response, Refusal> {
    let kind = kind_of(&collection).ok_or_else(Refusal::absent)?;
    let mut query = wanted(&site, &asked.query).await?;
    query.filters.retain(|(name, _)| name != "seen");
    let rows = asked.view.page(&collection, query).await?;
    let mut named = Vec::new();
    for row in &rows.items {
        named.extend(subject_in(kind, &row["id"]));
        columns(kind).iter().for_each(|field| named.extend(subjects_in(field, &row[*field])));
    }
    let names = asked.view.names(named).await?;
    let locale = asked.locale;
    let title = locale.t(&format!("list-{collection}"));
    let main = html! {
        div.wrap { div.head {
            p.meta { b { (asked.programme_title().unwrap_or_default()) } }
            h1 { (title) }
            p.lede { (locale.t(&format!("list-{collection}-lede"))) }
            (offers::beginnings(&asked, kind))
            @if kind == Kind::Action { (own(&asked)) }
            @if kind == Kind::Visit { (crate::web::visits::board::ways(&asked, "")) }
        } }
        div."wrap pad" {
            (filters(&asked, &collection, kind))
            (table(&asked, &collection, kind, &rows, &names))
        }
    };
    Ok(page(&asked, &Frame::below(&asked, title), &main))
}

/// The actions of everybody, of the reader, and of the cities the reader acts for.
fn own(asked: &Asked) -> Markup {
    let caller = &asked.reader.caller;
    let mut ways: Vec<(String, String)> = vec![(asked.locale.t("actions-all"), "/actions".to_owned())];
    if let koinon_events::Actor::Person(person) = &caller.actor {
        ways.push((asked.locale.t("actions-mine"), format!("/actions?owner={}", person.0)));
    }
    let mut cities: Vec<_> = caller.grants.iter().filter_map(|grant| grant.scope).collect();
    cities.retain(|scope| scope.kind == Kind::City);
    cities.dedup();
    ways.extend(cities.iter().map(|city| (asked.locale.t("actions-city"), format!("/actions?city={}", city.id))));
    let here = asked.here();
    html! {
        @if ways.len() > 1 {
            nav.tabs aria-label=(asked.locale.t("actions-ways")) { ul {
                @for (name, address) in ways { li { a href=(asked.href(&address)) aria-current=[(here == address).then_some("page")] { (name) } } }
            } }
        }
    }
}

fn filters(asked: &Asked, collection: &str, kind: Kind) -> Markup {
    let locale = asked.locale;
    let chosen = asked.query.text("status").unwrap_or_default();
    let kept = ["partnership", "city", "theme", "programme", "owner", "as_of"];
    html! {
        form.filters action={ "/" (collection) } method="get" role="search" aria-label=(locale.t("filter-label")) {
            @for (name, value) in asked.query.pairs().filter(|(name, _)| kept.contains(name)) {
                input type="hidden" name=(name) value=(value);
            }
            @if asked.is_now() {
                div {
                    label for="f-q" { (locale.t("filter-words")) }
                    input.in id="f-q" name="q" type="search" value=(asked.query.text("q").unwrap_or_default());
                }
            }
            div {
                label for="f-status" { (locale.t("filter-status")) }
                select.in id="f-status" name="status" {
                    option value="" { (locale.t("filter-any")) }
                    @for word in statuses(kind) { option value=(word) selected[*word == chosen] { (locale.word(word)) } }
                }
            }
            div.go { button.btn { (locale.t("filter-go")) } a href=(asked.href(&format!("/{collection}"))) { (locale.t("filter-clear")) } }
        }
    }
}

fn table(asked: &Asked, collection: &str, kind: Kind, rows: &Rows, names: &Names) -> Markup {
    let locale = asked.locale;
    let fields = columns(kind);
    let csv = match asked.query.with("seen", None) {
        query if query.is_empty() => format!("/{collection}.csv"),
        query => format!("/{collection}.csv?{query}"),
    };
    let theme = asked.query.text("theme").map(|theme| asked.theme(theme));
    let chooses = !rows.items.is_empty() && chosen::can_choose(asked, kind);
    html! {
        div.resbar {
            p role="status" {
                b { (locale.say("rows-count", &[("count", Said::count(rows.items.len()))])) }
                @if let Some(theme) = theme { " " (locale.say("rows-theme", &[("theme", Said::Text(&theme))])) }
            }
            div."row exp" {
                a."btn btn--s btn--2" href=(csv) { "CSV" }
                @if matches!(kind, Kind::Visit | Kind::Meeting) { " " a."btn btn--s btn--2" href=(asked.href("/calendar.ics")) { (locale.t("calendar-subscribe")) } }
                " "
                a."btn btn--s btn--2" href=(csv.replacen(".csv", ".xlsx", 1)) { "XLSX" }
            }
        }
        @if chooses { (chosen::bar(asked, kind)) }
        @if rows.items.is_empty() {
            (nothing(&locale.t(&format!("list-{collection}-empty"))))
        } @else {
            table."tbl tbl--cards" role="table" {
                caption.vh { (locale.t(&format!("list-{collection}"))) }
                thead role="rowgroup" { tr role="row" {
                    @if chooses { th."pick-h noprint" scope="col" role="columnheader" { label.pick.js-only { input type="checkbox" data-all="many"; span.vh { (locale.t("many-all")) } } span.vh { (locale.t("many-chosen")) } } }
                    th scope="col" role="columnheader" { (locale.word(&format!("title-{}", kind.word()))) }
                    th scope="col" role="columnheader" { (locale.t("column-status")) }
                    @for field in fields { th scope="col" role="columnheader" { (label(asked, field)) } }
                } }
                tbody role="rowgroup" { @for row in &rows.items { tr role="row" {
                    @if chooses { td.noprint role="cell" { @if let Some(subject) = subject_in(kind, &row["id"]) { (chosen::pick(asked, subject, &names.of(subject))) } } }
                    th scope="row" role="rowheader" { @if let Some(subject) = subject_in(kind, &row["id"]) { (subject_link(asked, names, subject)) } }
                    td role="cell" data-l=(locale.t("column-status")) { (status(locale, row["status"].as_str().unwrap_or_default())) }
                    @for field in fields { td role="cell" data-l=(label(asked, field)) { (cell(asked, names, field, &row[*field])) } }
                } } }
            }
            @if let Some(next) = &rows.next {
                nav.pager aria-label=(locale.t("pages")) {
                    a href={ "/" (collection) "?" (asked.query.with("cursor", Some(next))) } rel="next" { (locale.t("pages-next")) }
                }
            }
        }
    }
}

/// In a list, several subjects are told by their number.
fn cell(asked: &Asked, names: &Names, field: &str, value: &Value) -> Markup {
    match value {
        Value::Object(_) if field == "acceptance" => acceptance(asked, value),
        Value::Array(items) if matches!(field, "visits" | "learnings" | "pilots" | "adoptions" | "deliverables") => {
            html! { (crate::web::parts::count(items.len())) }
        }
        other => value_of(asked, names, field, other),
    }
}

/// How many of the days for deciding on a report are used, and whether the clock stands.
fn acceptance(asked: &Asked, clock: &Value) -> Markup {
    let days = |field: &str| Said::Number(clock[field].as_i64().unwrap_or_default());
    let key = if clock["stopped_since"].is_null() { "acceptance-small" } else { "acceptance-small-stopped" };
    html! { (asked.locale.say(key, &[("used", days("days_used")), ("days", days("days"))])) }
}

/// What a field is called.
pub fn label(asked: &Asked, field: &str) -> String {
    let key = format!("field-{}", field.replace('_', "-"));
    let text = asked.locale.t(&key);
    if asked.locale.has(&key) { text } else { crate::web::parts::sentence_case(&field.replace('_', " ")) }
}
