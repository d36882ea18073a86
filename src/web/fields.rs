//! The fields of rows as people read them: days in words, subjects by name, themes by label, enumerations by word.

use koinon_events::value::{Decimal, LocalMoment, Month, Timestamp};
use koinon_events::{Kind, Subject};
use maud::{Markup, html};
use serde_json::Value;

use crate::locale::{Said, day, decimal, moment, month, number};
use crate::web::actor::form_urlencoded;
use crate::web::asked::{Asked, in_language};
use crate::web::lists::label;
use crate::web::parts::{day_in, event_link, status, subject_link, subjects};
use crate::web::reads::Names;
use crate::web::tongue::own_name;

/// The kind of subject whose ids stand in a field of that name.
pub fn kind_in(field: &str) -> Option<Kind> {
    Some(match field {
        "city" | "cities" | "host_city" | "visiting_cities" | "origin_city" | "organisers" | "learned_by" => Kind::City,
        "person" | "expert" | "experts" | "speakers" | "coordinator" | "advisors" | "validated_by" | "present"
        | "coordinates_for" | "names" => Kind::Person,
        "programme" => Kind::Programme,
        "partnership" | "partnerships" | "advises" => Kind::Partnership,
        "visits" => Kind::Visit,
        "meetings" | "at_meeting" => Kind::Meeting,
        "learnings" | "from_learnings" | "superseded_by" | "supersedes" => Kind::Learning,
        "project" | "projects" => Kind::Project,
        "pilots" | "pilot" => Kind::Pilot,
        "actions" => Kind::Action,
        "document" | "documents" | "evidence" | "copy" | "copy_of" | "redacts" | "transcript" | "take_up_document"
        | "scale_up_document" => Kind::Document,
        _ => return None,
    })
}

/// Every subject named in a field, and in what it holds.
pub fn subjects_in(field: &str, value: &Value) -> Vec<Subject> {
    if let Some(kind) = kind_in(field) {
        let found = subjects(kind, value);
        if !found.is_empty() {
            return found;
        }
    }
    match value {
        Value::String(text) => text.parse().into_iter().collect(),
        Value::Array(items) => items.iter().flat_map(|item| subjects_in(field, item)).collect(),
        Value::Object(fields) => {
            let keys = fields.keys().flat_map(|key| city_key(field, key));
            keys.chain(fields.iter().flat_map(|(field, value)| subjects_in(field, value))).collect()
        }
        _ => Vec::new(),
    }
}

/// Counts per city are kept by the city's id.
fn city_key(field: &str, key: &str) -> Option<Subject> {
    if field != "others" && field != "cities" {
        return None;
    }
    key.parse().ok().map(|id| Subject { kind: Kind::City, id })
}

/// Every subject a whole row names.
pub fn subjects_of(row: &Value) -> Vec<Subject> {
    let fields = row.as_object().into_iter().flatten();
    fields.flat_map(|(field, value)| subjects_in(field, value)).collect()
}

/// A field's value.
pub fn value_of(asked: &Asked, names: &Names, field: &str, value: &Value) -> Markup {
    let locale = asked.locale;
    let found = subjects_in(field, value);
    if !found.is_empty() && !contains_objects(value) {
        return html! { @for (index, subject) in found.iter().enumerate() { @if index > 0 { ", " } (subject_link(asked, names, *subject)) } };
    }
    match value {
        Value::Null => html! {},
        Value::Bool(yes) => html! { (locale.t(if *yes { "yes" } else { "no" })) },
        Value::Number(found) if field == "size" => html! {
            (locale.say("size-in-bytes", &[("size", Said::Text(&number(found.as_i64().unwrap_or_default())))]))
        },
        Value::Number(found) => html! { (found.as_i64().map_or_else(|| found.to_string(), number)) },
        Value::String(text) => text_of(asked, field, text),
        Value::Array(items) if field == "themes" => html! {
            span.tags { @for code in items.iter().filter_map(Value::as_str) {
                a.tag href=(asked.href(&format!("/learnings?theme={}", form_urlencoded(code)))) { (asked.theme(code)) }
            } }
        },
        Value::Array(items) if BODIES.contains(&field) && contains_objects(value) => html! {
            ul.lines { @for item in items { li { (body(asked, names, item)) } } }
        },
        Value::Array(items) if contains_objects(value) => html! {
            ul.lines { @for item in items { li { (value_of(asked, names, field, item)) } } }
        },
        Value::Array(items) => html! {
            @for (index, item) in items.iter().enumerate() { @if index > 0 { ", " } (value_of(asked, names, field, item)) }
        },
        Value::Object(fields) if field == "scope" && fields.get("kind").is_some_and(|kind| kind == "programme") => {
            html! { (locale.t("form-scope-programme")) }
        }
        Value::Object(fields) => object(asked, names, fields),
    }
}

/// Fields that name bodies, each with the city it works for.
const BODIES: &[&str] = &["parties", "bodies"];

fn body(asked: &Asked, names: &Names, item: &Value) -> Markup {
    html! {
        (item["name"].as_str().unwrap_or_default())
        @for city in subjects(Kind::City, &item["city"]) { " (" (subject_link(asked, names, city)) ")" }
    }
}

fn contains_objects(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(Value::is_object),
        other => other.is_object(),
    }
}

/// Something with fields of its own: its event, texts in languages, else each field by its name.
fn object(asked: &Asked, names: &Names, fields: &serde_json::Map<String, Value>) -> Markup {
    if fields.len() == 2
        && let (Some(position), Some(recorded)) =
            (fields.get("position").and_then(Value::as_u64), fields.get("recorded"))
    {
        return html! { (value_of(asked, names, "recorded", recorded)) " · " (event_link(asked, position)) };
    }
    if fields.keys().all(|key| key.len() == 2) {
        return html! { (in_language(&Value::Object(fields.clone()), &asked.locale.tag)) };
    }
    html! {
        dl.kv {
            @for (field, value) in fields.iter().filter(|(_, value)| !is_nothing(value)) {
                dt { @match city_key("others", field) { Some(city) => (names.of(city)), None => (label(asked, field)) } }
                dd { (value_of(asked, names, field, value)) }
            }
        }
    }
}

/// Whether there is nothing to show.
pub fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

/// Fields whose words are an enumeration's.
const WORDS: &[&str] = &[
    "kind",
    "format",
    "state",
    "cost_order",
    "maturity",
    "classification",
    "role",
    "body_type",
    "answer",
    "scope",
    "section",
    "outcome",
    "digest",
];

fn text_of(asked: &Asked, field: &str, text: &str) -> Markup {
    let locale = asked.locale;
    if field == "status" {
        return status(locale, text);
    }
    if matches!(field, "theme" | "parent") {
        return html! { (asked.theme(text)) };
    }
    if WORDS.contains(&field) {
        return html! { (crate::web::parts::sentence_case(&locale.word(text))) };
    }
    if field == "country" {
        return html! { (crate::web::countries::country(text)) };
    }
    if matches!(field, "languages" | "captions") {
        return html! { (own_name(text)) };
    }
    if matches!(field, "budget" | "amount" | "funding_sought") && text.parse::<Decimal>().is_ok() {
        return html! { (locale.say("in-euro", &[("amount", Said::Text(&decimal(text)))])) };
    }
    if matches!(field, "baseline" | "target") && text.parse::<Decimal>().is_ok() {
        return html! { (decimal(text)) };
    }
    if let Ok(found) = text.parse::<LocalMoment>() {
        return html! { time.nb datetime=(text) { (day(locale, found.day())) ", " (found.time().to_string()) } };
    }
    if let Some(found) = day_in(&Value::String(text.to_owned())) {
        return html! { time.nb datetime=(text) { (day(locale, found)) } };
    }
    if let Ok(found) = text.parse::<Month>() {
        return html! { time datetime=(text) { (month(locale, found)) } };
    }
    if text.ends_with('Z')
        && let Ok(found) = text.parse::<Timestamp>()
    {
        return html! { time datetime=(text) { (moment(locale, found)) } };
    }
    if text.starts_with("https://") || text.starts_with("http://") {
        return html! { a href=(text) rel="noreferrer" { (text) } };
    }
    html! { @for (index, line) in text.split('\n').enumerate() { @if index > 0 { br; } (line) } }
}
