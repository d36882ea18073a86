//! Pilots by stage, and learnings by theme.

use koinon_events::Kind;
use maud::{Markup, html};
use serde_json::Value;

use super::Programme;
use crate::locale::{Said, decimal};
use crate::web::actor::form_urlencoded;
use crate::web::asked::Asked;
use crate::web::parts::{called, count, section, sentence_case};

/// The stages of a pilot's life, each with the statuses it gathers.
const STAGES: &[(&str, &[&str])] = &[
    ("stage-proposed", &["proposed"]),
    ("stage-planned", &["planned"]),
    ("stage-approved", &["approved"]),
    ("stage-launched", &["launched", "paused"]),
    ("stage-evaluated", &["completed", "scaled-up", "not-continued"]),
];

/// Pilots by stage.
pub fn pilots(asked: &Asked, programme: &Programme) -> Markup {
    let locale = asked.locale;
    let content = html! {
        ol.stages {
            @for (key, statuses) in STAGES {
                @let here: Vec<&Value> = programme.pilots.iter().filter(|pilot| pilot["status"].as_str().is_some_and(|status| statuses.contains(&status))).collect();
                li data-empty[here.is_empty()] data-live[*key == "stage-launched" && !here.is_empty()] {
                    h3 { (locale.t(key)) " " b { (count(here.len())) } }
                    ul {
                        @for pilot in &here { (item(asked, programme, pilot)) }
                        @if here.is_empty() { li.muted { (locale.t("stage-empty")) } }
                    }
                }
            }
        }
    };
    let total = programme.pilots.len();
    let aside =
        html! { a href=(asked.href("/pilots")) { (locale.say("dash-pilots-all", &[("count", Said::count(total))])) } };
    section("pil-h", &locale.t("dash-pilots"), &aside, &content)
}

fn item(asked: &Asked, programme: &Programme, pilot: &Value) -> Markup {
    let cities = called(&programme.names, Kind::City, &pilot["cities"]).join(", ");
    let href = format!("/pilots/{}", pilot["id"].as_str().unwrap_or_default());
    let paused = pilot["status"] == "paused";
    html! {
        li {
            a href=(asked.href(&href)) { (pilot["title"].as_str().unwrap_or_default()) }
            small {
                (cities)
                @if paused { ". " (sentence_case(&asked.locale.word("paused"))) }
                @if let Some(measured) = measured(asked, pilot) { ". " (measured) }
            }
        }
    }
}

/// The last value measured against its target.
fn measured(asked: &Asked, pilot: &Value) -> Option<String> {
    let indicator = pilot["indicators"]
        .as_array()?
        .iter()
        .find(|each| each["measurements"].as_array().is_some_and(|list| !list.is_empty()))?;
    let last = indicator["measurements"].as_array()?.last()?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Some(asked.locale.say(
        "pilot-measured",
        &[
            ("value", Said::Text(&decimal(&text(&last["value"])))),
            ("target", Said::Text(&decimal(&text(&indicator["target"])))),
            ("unit", Said::Text(&text(&indicator["unit"]))),
        ],
    ))
}

/// Learnings by their main theme, as a table first and bars second.
pub fn learnings(asked: &Asked, programme: &Programme) -> Markup {
    let locale = asked.locale;
    let mut themes: Vec<(String, usize)> = Vec::new();
    let standing: Vec<&Value> = programme
        .learnings
        .iter()
        .filter(|learning| !matches!(learning["status"].as_str(), Some("retracted" | "superseded")))
        .collect();
    for learning in &standing {
        let theme = learning["themes"][0].as_str().unwrap_or("none").to_owned();
        match themes.iter_mut().find(|(found, _)| *found == theme) {
            Some((_, count)) => *count += 1,
            None => themes.push((theme, 1)),
        }
    }
    themes.sort_by_key(|(theme, count)| (std::cmp::Reverse(*count), theme.clone()));
    let most = themes.first().map_or(1, |(_, count)| *count);
    let content = html! {
        table.bars {
            caption { (locale.say("dash-learnings-caption", &[("count", Said::count(standing.len()))])) }
            thead.vh { tr {
                th scope="col" { (locale.t("column-theme")) }
                th scope="col" { (locale.t("column-bar")) }
                th scope="col" { (locale.t("column-learnings")) }
            } }
            tbody {
                @for (theme, number) in &themes {
                    tr {
                        th scope="row" { a href=(asked.href(&format!("/learnings?theme={}", form_urlencoded(theme)))) { (theme_name(asked, theme)) } }
                        td { svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" { rect width=(share(*number, most)) height="10" {} } }
                        td { (count(*number)) }
                    }
                }
            }
        }
    };
    let aside = html! { a href=(asked.href("/learnings")) { (locale.t("dash-learnings-all")) } };
    section("lea-h", &locale.t("dash-learnings"), &aside, &content)
}

fn theme_name(asked: &Asked, theme: &str) -> String {
    if theme == "none" { asked.locale.t("theme-none") } else { asked.theme(theme) }
}

#[allow(clippy::cast_precision_loss)]
fn share(count: usize, of: usize) -> String {
    format!("{:.1}", count as f64 * 100.0 / of.max(1) as f64)
}
