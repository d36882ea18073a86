//! What needs somebody: late visits and actions, visits without learnings, pilots that wait for a city's word.

use koinon_events::Kind;
use koinon_events::value::Day;
use maud::{Markup, html};
use serde_json::Value;

use super::Programme;
use crate::locale::Said;
use crate::web::asked::Asked;
use crate::web::parts::{called, count, day_in, section as framed, status};
use crate::web::subjects::collection_of;

/// Learnings are asked for within so many days after a visit.
const LEARNINGS_WITHIN: i64 = 14;

/// The most that is shown.
const SHOWN: usize = 6;

/// One thing that waits.
struct Need {
    words: String,
    about: String,
    href: String,
    due: Day,
}

/// The section; absent for those who only look on.
pub fn section(asked: &Asked, programme: &Programme) -> Markup {
    let locale = asked.locale;
    let mut needs = needs(asked, programme);
    needs.sort_by_key(|need| need.due);
    let total = needs.len();
    let content = html! {
        @if needs.is_empty() { p."muted small" { (locale.t("needs-nothing")) } }
        ul."lines need" {
            @for need in needs.into_iter().take(SHOWN) {
                @let late = need.due.days_until(asked.day());
                li {
                    @if late > 0 { (late_by(asked, late)) " " }
                    a href=(asked.href(&need.href)) { (need.words) }
                    span.muted { (need.about) }
                }
            }
        }
    };
    let aside = if total > SHOWN {
        html! { (locale.say("needs-of", &[("shown", Said::count(SHOWN)), ("total", Said::Text(&count(total)))])) }
    } else {
        html! {}
    };
    framed("needs-h", &locale.t("dash-needs"), &aside, &content)
}

fn late_by(asked: &Asked, days: i64) -> Markup {
    let icon = status(asked.locale, "late").into_string();
    let (before, _) = icon.rsplit_once("</svg>").unwrap_or((&icon, ""));
    html! { (maud::PreEscaped(before)) (maud::PreEscaped("</svg>")) (asked.locale.say("days-late", &[("days", Said::Number(days))])) (maud::PreEscaped("</span>")) }
}

fn needs(asked: &Asked, programme: &Programme) -> Vec<Need> {
    let mut found = Vec::new();
    for visit in &programme.visits {
        found.extend(visit_need(asked, programme, visit));
    }
    for pilot in programme.pilots.iter().filter(|pilot| pilot["status"] == "planned") {
        let approved: Vec<&str> =
            pilot["approvals"].as_array().into_iter().flatten().filter_map(|each| each["city"].as_str()).collect();
        let waiting: Vec<Value> = pilot["cities"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|city| city.as_str().is_some_and(|city| !approved.contains(&city)))
            .cloned()
            .collect();
        let cities = asked.locale.list(&called(&programme.names, Kind::City, &Value::Array(waiting)));
        let due = day_in(&pilot["start"]).unwrap_or(asked.day());
        found.push(need(
            Kind::Pilot,
            pilot,
            asked.locale.say("need-approve", &[("cities", Said::Text(&cities))]),
            title(pilot),
            due,
        ));
    }
    for action in programme.actions.iter().filter(|action| action["status"] == "open") {
        if let Some(due) = day_in(&action["due"])
            && due < asked.day().plus_days(LEARNINGS_WITHIN)
        {
            let about = called(&programme.names, Kind::City, &action["city"]).join("");
            found.push(need(Kind::Action, action, action["text"].as_str().unwrap_or_default().to_owned(), about, due));
        }
    }
    for report in programme.reports.iter().filter(|report| report["status"] == "returned") {
        let number = report["period"].as_u64().unwrap_or_default().to_string();
        let about = report["reason"].as_str().unwrap_or_default().to_owned();
        found.push(need(
            Kind::Report,
            report,
            asked.locale.say("need-report", &[("number", Said::Text(&number))]),
            about,
            asked.day(),
        ));
    }
    found
}

fn visit_need(asked: &Asked, programme: &Programme, visit: &Value) -> Option<Need> {
    let (locale, today) = (asked.locale, asked.day());
    let (from, to) = (day_in(&visit["from"]), day_in(&visit["to"]));
    let subject: koinon_events::Subject = format!("visit/{}", visit["id"].as_str()?).parse().ok()?;
    let about = programme.names.of(subject);
    let host = called(&programme.names, Kind::City, &visit["host_city"]).join("");
    match visit["status"].as_str()? {
        "scheduled" if from? < today.plus_days(30) => {
            let words = locale.say("need-confirm", &[("host", Said::Text(&host))]);
            Some(need(Kind::Visit, visit, words, about, from?))
        }
        "confirmed" if from? < today => Some(need(Kind::Visit, visit, locale.t("need-start"), about, from?)),
        "under-way" if to? < today => Some(need(Kind::Visit, visit, locale.t("need-complete"), about, to?)),
        "completed" if visit["learnings"].as_array().is_none_or(Vec::is_empty) => {
            Some(need(Kind::Visit, visit, locale.t("need-learning"), about, to?.plus_days(LEARNINGS_WITHIN)))
        }
        "postponed" => Some(need(Kind::Visit, visit, locale.t("need-new-days"), about, today)),
        _ => None,
    }
}

fn title(row: &Value) -> String {
    row["title"].as_str().unwrap_or_default().to_owned()
}

fn need(kind: Kind, row: &Value, words: String, about: String, due: Day) -> Need {
    let href = format!("/{}/{}", collection_of(kind), row["id"].as_str().unwrap_or_default());
    Need { words, about, href, due }
}
