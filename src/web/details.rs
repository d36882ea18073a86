//! One subject: what it is called, how far it is, what is recorded of it, and its history with the reason of each change.

use axum::extract::{Path, State};
use axum::response::Response;
use koinon_events::{Kind, Subject};
use maud::{Markup, html};
use serde_json::Value;
use uuid::Uuid;

use crate::app::EventFilter;
use crate::locale::{Said, day, time_of_day};
use crate::web::Site;
use crate::web::asked::{Asked, in_language};
use crate::web::failure::Refusal;
use crate::web::fields::{is_nothing, subjects_in, subjects_of, value_of};
use crate::web::lists::label;
use crate::web::parts::{
    called, count, day_in, day_range, event_link, pair, section, sentence_case, status, subject_link,
};
use crate::web::reads::Names;
use crate::web::shell::{Frame, page};
use crate::web::subjects::kind_of;
use crate::web::told::{Told, newest, tell};

/// How many events the history shows.
const HISTORY: usize = 40;

/// Fields that the head of the page tells, or nobody reads.
const TOLD: &[&str] =
    &["id", "status", "version", "position", "title", "name", "text", "programme", "from", "to", "was", "begun"];

/// Fields that are sections of their own, in this order.
const SECTIONS: &[&str] = &[
    "sessions",
    "milestones",
    "indicators",
    "risks",
    "adoptions",
    "advice",
    "agreements",
    "plans",
    "continuations",
    "attendance",
    "presentations",
    "decisions",
    "deliverables",
    "funding",
    "sections",
    "queries",
    "submissions",
    "phases",
    "themes_defined",
    "periods",
    "bodies",
    "claims",
    "delegates",
    "logistics",
    "mission_notes",
    "visits",
    "meetings",
    "learnings",
    "projects",
    "pilots",
    "actions",
];

/// A detail page.
///
/// # Errors
/// 404 when it is not there, or not for the reader to see.
pub async fn detail(
    State(_): State<Site>,
    Path((collection, id)): Path<(String, String)>,
    asked: Asked,
) -> Result<Response, Refusal> {
    let kind = kind_of(&collection).ok_or_else(Refusal::absent)?;
    let id: Uuid = id.parse().map_err(|_| Refusal::absent())?;
    let (row, _) = asked.view.row(kind, id).await?.ok_or_else(Refusal::absent)?;
    let subject = Subject { kind, id };
    let names = asked.view.names(subjects_of(&row).into_iter().chain([subject])).await?;
    let filter = EventFilter { subject: Some(subject), ..EventFilter::default() };
    let records = newest(&asked.view, &filter, asked.view.position, HISTORY).await?;
    let history = tell(&asked.view, &records).await?;
    let title = title(&asked, kind, &row, &names.of(subject));
    let main = html! {
        div.wrap { (head(&asked, kind, &row, &names, &title)) }
        div."wrap cols" {
            div.stack-l {
                (facts(&asked, &row, &names))
                @for field in SECTIONS {
                    @if row[*field].is_array() && !is_nothing(&row[*field]) { (own_section(&asked, &names, field, &row[*field])) }
                }
            }
            aside.stack-l aria-label=(asked.locale.t("detail-aside")) { (told_history(&asked, &history, &row)) }
        }
    };
    let list = asked.locale.t(&format!("list-{collection}"));
    let frame = Frame::below_list(&asked, list, &format!("/{collection}"), title);
    Ok(page(&asked, &frame, &main))
}

fn title(asked: &Asked, kind: Kind, row: &Value, called: &str) -> String {
    match kind {
        Kind::Programme => in_language(&row["title"], &asked.locale.tag),
        Kind::Report => asked.locale.say("report-number", &[("number", Said::Text(&row["period"].to_string()))]),
        _ => sentence_case(called),
    }
}

fn head(asked: &Asked, kind: Kind, row: &Value, names: &Names, title: &str) -> Markup {
    let locale = asked.locale;
    let days = day_range(locale, day_in(&row["from"]), day_in(&row["to"]));
    let lede = ["objectives", "what", "rationale", "objective", "solution", "description", "summary"]
        .iter()
        .find_map(|field| row[*field].as_str());
    html! {
        div.head {
            p.meta {
                b { (sentence_case(&locale.word(row["kind"].as_str().filter(|_| kind == Kind::Visit || kind == Kind::Meeting).unwrap_or(kind.word())))) }
                " · " (status(locale, row["status"].as_str().unwrap_or_default()))
                @if !days.is_empty() { " · " (days) }
            }
            h1 lang=[row["language"].as_str().filter(|_| matches!(kind, Kind::Learning | Kind::Pilot))] {
                @if kind == Kind::Partnership { (pair(&called(names, Kind::City, &row["cities"]))) } @else { (title) }
            }
            @if let Some(lede) = lede { p.lede lang=[row["language"].as_str()] { (lede) } }
        }
    }
}

/// What is recorded, field by field.
fn facts(asked: &Asked, row: &Value, names: &Names) -> Markup {
    let fields: Vec<(&String, &Value)> = row
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(field, value)| {
            let name = field.as_str();
            !TOLD.contains(&name) && !is_nothing(value) && !(SECTIONS.contains(&name) && value.is_array())
        })
        .collect();
    let content = html! {
        dl.dl {
            @for (field, value) in fields {
                div { dt { (label(asked, field)) } dd { (value_of(asked, names, field, value)) } }
            }
        }
    };
    section("facts-h", &asked.locale.t("detail-facts"), &html! {}, &content)
}

fn own_section(asked: &Asked, names: &Names, field: &str, value: &Value) -> Markup {
    let items: Vec<&Value> = value.as_array().into_iter().flatten().collect();
    let content = match field {
        "sessions" => sessions(asked, names, &items),
        "indicators" => html! { @for item in &items { (indicator(asked, names, item)) } },
        _ if items.iter().all(|item| item.is_string()) => html! {
            ul.lines { @for item in &items { @for subject in subjects_in(field, item) { li { (subject_link(asked, names, subject)) } } } }
        },
        _ => html! { ul.lines { @for item in &items { li { (value_of(asked, names, field, item)) } } } },
    };
    section(&format!("s-{}", field.replace('_', "-")), &label(asked, field), &html! { (count(items.len())) }, &content)
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
    html! {
        table.tbl {
            caption {
                strong { (text("name")) } " · "
                (locale.say("indicator-from-to", &[("baseline", Said::Text(&text("baseline"))), ("target", Said::Text(&text("target"))), ("unit", Said::Text(&text("unit")))]))
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
                    td.n { (each["value"].as_str().unwrap_or_default()) }
                    td { @if is_nothing(&each["evidence"]) { span.muted { (locale.t("no-evidence")) } } @else { (value_of(asked, names, "evidence", &each["evidence"])) } }
                    td { @if let Some(position) = each["mark"]["position"].as_u64() { (event_link(asked, position)) } }
                } }
                @if measurements.is_empty() { tr { td colspan="4" { span.muted { (locale.t("not-measured")) } } } }
            }
        }
    }
}

fn told_history(asked: &Asked, history: &[Told], row: &Value) -> Markup {
    let locale = asked.locale;
    let version = row["version"].as_u64().unwrap_or_default();
    let content = html! {
        ol.hist {
            @for told in history {
                li class=[class_of(told)] {
                    (sentence_case(&told.who)) " " (told.sentence)
                    time datetime=(told.time.to_string()) {
                        (day(locale, told.time.day())) ", " (time_of_day(told.time)) " UTC · " (event_link(asked, told.position))
                    }
                }
            }
        }
    };
    let aside = html! { (locale.say("detail-version", &[("version", Said::Text(&version.to_string()))])) };
    section("hist-h", &locale.t("detail-history"), &aside, &content)
}

fn class_of(told: &Told) -> Option<&'static str> {
    if told.reason.is_some() {
        return Some("fix");
    }
    ["Completed", "Published", "Accepted", "Verified", "Launched", "Formed", "Approved"]
        .iter()
        .any(|ending| told.event.ends_with(ending))
        .then_some("done")
}
