//! One subject: what it is called, how far it is, what is recorded of it, and its history with the reason of each change.

mod chart;
mod discussion;
mod sections;

use axum::extract::{Path, State};
use axum::response::Response;
use koinon_events::{Kind, Subject};
use maud::{Markup, html};
use serde_json::Value;
use uuid::Uuid;

use crate::app::EventFilter;
use crate::locale::{Said, day, time_of_day};
use crate::web::Site;
use crate::web::api::person_export;
use crate::web::asked::{Asked, in_language};
use crate::web::failure::Refusal;
use crate::web::fields::{is_nothing, subjects_of, value_of};
use crate::web::findings;
use crate::web::form::{self, offers};
use crate::web::lists::label;
use crate::web::papers;
use crate::web::parts::{called, day_in, day_range, event_link, pair, section, sentence_case, status};
use crate::web::reads::Names;
use crate::web::shell::{Frame, page};
use crate::web::subjects::kind_of;
use crate::web::told::{Told, newest, tell};

/// How many events the history shows.
const HISTORY: usize = 40;

/// Fields that the head of the page tells, or nobody reads.
const TOLD: &[&str] = &[
    "id",
    "status",
    "version",
    "position",
    "title",
    "name",
    "text",
    "programme",
    "from",
    "to",
    "was",
    "begun",
    "language",
    "launched",
    "scheduled",
    "cancelled",
    "planned",
    "decided",
    "validated",
    "published",
    "discussions",
];

/// The order of fields that matters to readers; what is not named here follows after.
const ORDER: &[&str] = &[
    "on_behalf_of",
    "funder",
    "implementing_organisation",
    "starts_on",
    "ends_on",
    "native_name",
    "country",
    "strand",
    "population",
    "timezone",
    "languages",
    "coordinator",
    "kind",
    "format",
    "host_city",
    "visiting_cities",
    "cities",
    "origin_city",
    "origin",
    "organisation",
    "email",
    "phone",
    "city",
    "partnership",
    "project",
    "themes",
    "experts",
    "advisors",
    "objectives",
    "what",
    "why_it_works",
    "conditions",
    "cost_order",
    "maturity",
    "problem",
    "solution",
    "beneficiaries",
    "from_learnings",
    "at_meeting",
    "start",
    "end",
    "owner",
    "budget",
    "budget_source",
    "started_on",
    "ended_on",
    "launched_on",
    "held_on",
    "summary",
    "results",
    "lessons",
    "take_up_note",
    "reason",
    "validated_by",
    "note",
];

/// The texts of which one is told as the page's lede.
const LEDES: &[&str] = &["objectives", "what", "rationale", "objective", "solution", "description", "summary"];

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
    let lacking = if kind == Kind::Report {
        findings::missing(&asked, &row).await?
    } else {
        html! {}
    };
    let reported = if kind == Kind::Report {
        crate::web::reports::sections(&asked, id, &row).await?
    } else {
        html! {}
    };
    let bytes = if kind == Kind::Document {
        papers::panel(&asked, id).await?
    } else {
        html! {}
    };
    let exported = person_export::is_offered(&asked.view, subject).await?;
    let receipted = crate::web::receipt::is_offered(&asked, subject, &row).await;
    let said = discussion::discussions(&asked, subject, &row).await?;
    let offered = offers::panel(&asked, subject, &row).await?;
    let main = html! {
        (form::recorded(&asked))
        div.wrap {
            (head(&asked, kind, &row, &names, &title))
            (offered)
            @if kind == Kind::Visit { (crate::web::visits::papers(&asked, &id.to_string(), row["status"].as_str().unwrap_or_default())) }
            (bytes)
            @if receipted { p.small { a href={ "/people/" (id) "/erasure-receipt" } { (asked.locale.t("receipt")) } } }
            (counts_in(&asked, kind, &row))
            @if exported { p.small { a href={ "/people/" (id) "/export" } { (asked.locale.t("detail-export")) } } }
        }
        div."wrap cols" {
            div.stack-l {
                (lacking)
                @if kind == Kind::Report { (reported) }
                (facts(&asked, &row, &names))
                @for (field, columns) in sections::SECTIONS {
                    @if sections::is_section(field, &row[*field]) && !(kind == Kind::Report && *field == "queries") { (sections::section(&asked, &names, field, columns, &row[*field])) }
                }
                (said)
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
        _ => as_a_title(called),
    }
}

/// A name stays as it is written (eThekwini); "a delegate of Porto" begins with a capital.
pub fn as_a_title(called: &str) -> String {
    if called.starts_with("a ") || called.starts_with("an ") { sentence_case(called) } else { called.to_owned() }
}

fn head(asked: &Asked, kind: Kind, row: &Value, names: &Names, title: &str) -> Markup {
    let locale = asked.locale;
    let days = day_range(locale, day_in(&row["from"]), day_in(&row["to"]));
    let lede = lede(row).and_then(|field| row[field].as_str());
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

/// The key figure that counts it, with the events behind: the way from what was done to what is reported.
fn counts_in(asked: &Asked, kind: Kind, row: &Value) -> Markup {
    let status = row["status"].as_str().unwrap_or_default();
    let figure = match (kind, status) {
        (Kind::City, "selected" | "active") => "cities",
        (Kind::Partnership, status) if !["proposed", "dissolved", "declined"].contains(&status) => "partnerships",
        (Kind::Visit, status) if status != "cancelled" => "visits",
        (Kind::Learning, status) if !["retracted", "superseded"].contains(&status) => "learnings",
        (Kind::Project, status) if !["idea", "stopped"].contains(&status) => "projects",
        (Kind::Pilot, status) if status != "stopped" => "pilots",
        _ => return html! {},
    };
    let name = asked.locale.say(&format!("figure-{figure}"), &[("count", Said::count(2))]);
    let said = asked.locale.say("detail-counts-in", &[("figure", Said::Text(&name))]);
    html! { p { a."btn btn--2 btn--s" href=(asked.href(&format!("/audit?figure={figure}"))) { (said) } } }
}

fn lede(row: &Value) -> Option<&'static str> {
    LEDES.iter().copied().find(|field| row[*field].is_string())
}

/// What is recorded, field by field.
fn facts(asked: &Asked, row: &Value, names: &Names) -> Markup {
    let mut fields: Vec<(&String, &Value)> = row
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(field, value)| {
            let name = field.as_str();
            let is_section = sections::SECTIONS.iter().any(|(section, _)| *section == name);
            let is_section = is_section && sections::is_section(name, value);
            !TOLD.contains(&name) && lede(row) != Some(name) && !is_nothing(value) && !is_section
        })
        .collect();
    fields.sort_by_key(|(field, _)| (ORDER.iter().position(|each| each == field).unwrap_or(ORDER.len()), *field));
    let content = html! {
        dl.dl {
            @for (field, value) in fields {
                div { dt { (label(asked, field)) } dd { (value_of(asked, names, field, value)) } }
            }
        }
    };
    let signs_in = asked.path.starts_with("/people/") && asked.reader.session.is_some() && asked.site.demo.is_none();
    let link =
        html! { @if signs_in { a.small href={ (asked.path) "/sign-in-link" } { (asked.locale.t("link-title")) } } };
    section("facts-h", &asked.locale.t("detail-facts"), &link, &content)
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
