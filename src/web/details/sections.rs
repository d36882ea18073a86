//! The sections of a detail page: what a subject has several of, as tables whose columns stand in reading order.

use koinon_events::Subject;
use maud::{Markup, html};
use serde_json::Value;

use super::chart::chart;
use crate::locale::{Said, day, decimal};
use crate::web::asked::Asked;
use crate::web::fields::{is_nothing, subjects_in, value_of};
use crate::web::lists::label;
use crate::web::parts::{count, day_in, event_link, section as framed, sentence_case, subject_link};
use crate::web::reads::Names;

/// Fields that are sections of their own, in this order, each with the columns of its table.
pub const SECTIONS: &[(&str, &[&str])] = &[
    ("sessions", &[]),
    ("indicators", &["code", "name", "unit", "kind", "baseline", "target"]),
    ("themes", &["label", "code", "parent", "sdg_targets"]),
    ("milestones", &["title", "due", "reached_on", "evidence", "reason"]),
    ("approvals", &["city", "mark"]),
    ("risks", &["text", "likelihood", "impact", "response", "closed"]),
    ("adoptions", &["city", "status", "owner", "adaptation", "document", "mark"]),
    ("answers", &["city", "answer", "reason", "mark"]),
    ("agreements", &["kind", "parties", "signed_on", "document", "mark"]),
    ("plans", &["version", "document", "mark"]),
    ("advice", &["subject", "text", "taken", "reason", "given"]),
    ("continuations", &["bodies", "until", "document", "mark"]),
    ("attendance", &["session", "present", "others", "document", "mark"]),
    ("delegates", &["person", "city"]),
    ("logistics", &["kind", "state", "due"]),
    ("mission_notes", &["expert", "days", "text", "approved"]),
    ("presentations", &["title", "speakers", "city", "document"]),
    ("decisions", &["text", "decision", "document"]),
    ("deliverables", &["title", "due", "delivered_on", "document"]),
    ("funding", &["outcome", "amount", "source", "document"]),
    ("sections", &["section", "city", "text", "mark"]),
    ("queries", &["section", "figure", "text", "due", "answer", "asked", "answered"]),
    ("submissions", &["as_of", "note", "submitted", "returned"]),
    ("phases", &["name", "from", "to"]),
    ("periods", &["number", "from", "to", "due"]),
    ("strands", &["name", "description"]),
    ("bodies", &["name", "body_type"]),
    ("needs", &["theme", "text"]),
    ("offers", &["theme", "text"]),
    ("grants", &["role", "scope", "until", "mark"]),
    ("claims", &["claim", "subject", "position", "mark"]),
    ("partnerships", &[]),
    ("visits", &[]),
    ("meetings", &[]),
    ("learnings", &[]),
    ("projects", &[]),
    ("pilots", &[]),
    ("actions", &[]),
];

/// Whether a field is told in a section of its own: a list, of themes only where they are defined and not named.
pub fn is_section(field: &str, value: &Value) -> bool {
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    !items.is_empty() && (field != "themes" || items.iter().all(Value::is_object))
}

/// One section.
pub fn section(asked: &Asked, names: &Names, field: &str, columns: &[&str], value: &Value) -> Markup {
    let items: Vec<&Value> = value.as_array().into_iter().flatten().collect();
    let content = match field {
        "sessions" => sessions(asked, names, &items),
        "indicators" if items.iter().any(|item| item["measurements"].is_array()) => {
            html! { @for item in &items { (indicator(asked, names, item)) } }
        }
        _ if items.iter().all(|item| item.is_string()) => {
            let subjects: Vec<Subject> = items.iter().flat_map(|item| subjects_in(field, item)).collect();
            html! { ul.lines { @for subject in subjects { li { (subject_link(asked, names, subject)) } } } }
        }
        _ if columns.is_empty() => {
            html! { ul.lines { @for item in &items { li { (value_of(asked, names, field, item)) } } } }
        }
        _ => table(asked, names, &label(asked, field), columns, &items),
    };
    let id = format!("s-{}", field.replace('_', "-"));
    framed(&id, &label(asked, field), &html! { (count(items.len())) }, &content)
}

/// A table of those columns that any item fills.
fn table(asked: &Asked, names: &Names, caption: &str, columns: &[&str], items: &[&Value]) -> Markup {
    let filled: Vec<&str> =
        columns.iter().copied().filter(|column| items.iter().any(|item| !is_nothing(&item[*column]))).collect();
    html! {
        div.scroll { table."tbl tbl--cards" role="table" {
            caption.vh { (caption) }
            thead role="rowgroup" { tr role="row" {
                @for column in &filled { th scope="col" role="columnheader" { (label(asked, column)) } }
            } }
            tbody role="rowgroup" { @for item in items { tr role="row" {
                @for column in &filled {
                    td role="cell" data-l=(label(asked, column)) lang=[item["language"].as_str().filter(|_| *column == "text")] {
                        (value_of(asked, names, column, &item[*column]))
                    }
                }
            } } }
        } }
    }
}

/// The itinerary, a day at a time, in the host's own time.
fn sessions(asked: &Asked, names: &Names, items: &[&Value]) -> Markup {
    let locale = asked.locale;
    let mut sorted: Vec<&Value> = items.iter().copied().filter(|session| session["status"] != "dropped").collect();
    sorted.sort_by_key(|session| (session["day"].as_str(), session["start"].as_str()));
    let mut days: Vec<&str> = sorted.iter().filter_map(|session| session["day"].as_str()).collect();
    days.dedup();
    html! {
        p."muted small" { (locale.t("sessions-local")) }
        @for each in &days {
            div.day {
                h3 { @match day_in(&Value::String((*each).to_owned())) { Some(found) => (day(locale, found)), None => (each) } }
                ol { @for session in sorted.iter().filter(|session| session["day"] == **each) {
                    li.sess.past[session["status"] == "held"] {
                        span.t { (session["start"].as_str().unwrap_or_default()) @if let Some(end) = session["end"].as_str() { "–" (end) } }
                        div {
                            h4 lang=[session["language"].as_str()] { (session["title"].as_str().unwrap_or_default()) }
                            p."small muted" {
                                (session["place"].as_str().or(session["body"].as_str()).unwrap_or_default())
                                @if !is_nothing(&session["speakers"]) { " · " (value_of(asked, names, "speakers", &session["speakers"])) }
                                @if session["status"] == "skipped" { " · " (locale.word("skipped")) }
                                @if let Some(reason) = session["reason"].as_str() { " · " (reason) }
                            }
                        }
                    }
                } }
            }
        }
    }
}

/// One indicator of a pilot: baseline, target and each value with its event.
fn indicator(asked: &Asked, names: &Names, item: &Value) -> Markup {
    let locale = asked.locale;
    let text = |field: &str| item[field].as_str().unwrap_or_default().to_owned();
    let measurements: Vec<&Value> = item["measurements"].as_array().into_iter().flatten().collect();
    let value = |field: &str| decimal(&text(field));
    html! {
        h3 { (text("name")) }
        (chart(asked, item))
        table.tbl {
            caption {
                (sentence_case(&locale.say("indicator-from-to", &[("baseline", Said::Text(&value("baseline"))), ("target", Said::Text(&value("target"))), ("unit", Said::Text(&text("unit")))])))
            }
            thead { tr {
                th scope="col" { (locale.t("column-period")) }
                th scope="col" class="n" { (locale.t("column-value")) }
                th scope="col" { (locale.t("column-evidence")) }
                th scope="col" { (locale.t("column-event")) }
            } }
            tbody {
                @for each in &measurements { tr {
                    th scope="row" { (value_of(asked, names, "period", &each["period"])) }
                    td.n { (decimal(each["value"].as_str().unwrap_or_default())) }
                    td { @if is_nothing(&each["evidence"]) { span.muted { (locale.t("no-evidence")) } } @else { (value_of(asked, names, "evidence", &each["evidence"])) } }
                    td { @if let Some(position) = each["mark"]["position"].as_u64() { (event_link(asked, position)) } }
                } }
                @if measurements.is_empty() { tr { td colspan="4" { span.muted { (locale.t("not-measured")) } } } }
            }
        }
    }
}
