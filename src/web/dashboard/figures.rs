//! The six key figures: a number, what it is made of, and the events that make it so.

use maud::{Markup, html};
use serde_json::Value;

use super::Programme;
use crate::locale::Said;
use crate::web::asked::Asked;
use crate::web::parts::count;

/// One figure.
pub struct Figure {
    /// Its name in addresses: `cities`.
    pub name: &'static str,
    /// How many.
    pub count: usize,
    /// What the number is made of.
    pub made_of: String,
    /// The positions of the events it counts.
    pub positions: Vec<u64>,
}

fn is_any(row: &Value, statuses: &[&str]) -> bool {
    row["status"].as_str().is_some_and(|status| statuses.contains(&status))
}

/// Cities that take part.
pub fn taking_part(programme: &Programme) -> Vec<&Value> {
    programme.cities.iter().filter(|city| is_any(city, &["selected", "active"])).collect()
}

/// Partnerships that every city accepted.
pub fn formed(programme: &Programme) -> Vec<&Value> {
    let not = ["proposed", "dissolved", "declined"];
    programme.partnerships.iter().filter(|partnership| !is_any(partnership, &not)).collect()
}

/// Visits that took place.
pub fn held(programme: &Programme) -> Vec<&Value> {
    programme.visits.iter().filter(|visit| is_any(visit, &["completed", "closed"])).collect()
}

/// Whether a visit is still to come.
pub fn is_coming(visit: &Value) -> bool {
    is_any(visit, &["proposed", "scheduled", "confirmed", "postponed"])
}

fn standing<'a>(rows: &'a [Value], not: &[&str]) -> Vec<&'a Value> {
    rows.iter().filter(|row| !is_any(row, not)).collect()
}

/// The events behind rows: those that began them, and those that the named fields point to.
fn positions(rows: &[&Value], marks: &[&str]) -> Vec<u64> {
    let mut found: Vec<u64> =
        rows.iter().flat_map(|row| marks.iter().filter_map(|mark| row[*mark]["position"].as_u64())).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn counted(rows: &[&Value], statuses: &[&str]) -> Said<'static> {
    Said::count(rows.iter().filter(|row| is_any(row, statuses)).count())
}

/// Every key figure of the programme.
pub fn all(asked: &Asked, programme: &Programme) -> Vec<Figure> {
    let locale = asked.locale;
    let cities = taking_part(programme);
    let in_europe =
        cities.iter().filter(|city| city["timezone"].as_str().is_some_and(|zone| zone.starts_with("Europe/"))).count();
    let partnerships = formed(programme);
    let visits = standing(&programme.visits, &["cancelled"]);
    let learnings = standing(&programme.learnings, &["retracted", "superseded"]);
    let projects = standing(&programme.projects, &["idea", "stopped"]);
    let pilots = standing(&programme.pilots, &["stopped"]);
    let from_visits = learnings
        .iter()
        .filter(|learning| learning["origin"].as_str().is_some_and(|origin| origin.starts_with("visit/")))
        .count();
    let figure = |name, rows: &[&Value], made_of, marks: &[&str]| Figure {
        name,
        count: rows.len(),
        made_of,
        positions: positions(rows, marks),
    };
    vec![
        figure(
            "cities",
            &cities,
            locale.say(
                "figure-cities-of",
                &[("europe", Said::count(in_europe)), ("elsewhere", Said::count(cities.len() - in_europe))],
            ),
            &["selected"],
        ),
        figure(
            "partnerships",
            &partnerships,
            locale.say(
                "figure-partnerships-of",
                &[("active", counted(&partnerships, &["active"])), ("done", counted(&partnerships, &["completed"]))],
            ),
            &["formed"],
        ),
        figure(
            "visits",
            &visits,
            locale.say(
                "figure-visits-of",
                &[("done", counted(&visits, &["completed", "closed"])), ("now", counted(&visits, &["under-way"]))],
            ),
            &["begun", "scheduled", "completed"],
        ),
        figure(
            "learnings",
            &learnings,
            locale.say(
                "figure-learnings-of",
                &[("visits", Said::count(from_visits)), ("meetings", Said::count(learnings.len() - from_visits))],
            ),
            &["begun"],
        ),
        figure(
            "projects",
            &projects,
            locale.say(
                "figure-projects-of",
                &[("active", counted(&projects, &["active"])), ("done", counted(&projects, &["completed"]))],
            ),
            &["begun"],
        ),
        figure(
            "pilots",
            &pilots,
            locale.say(
                "figure-pilots-of",
                &[
                    ("launched", counted(&pilots, &["launched", "paused"])),
                    ("done", counted(&pilots, &["completed", "scaled-up", "not-continued"])),
                ],
            ),
            &["begun", "launched", "completed"],
        ),
    ]
}

/// The row of figures.
pub fn section(asked: &Asked, programme: &Programme) -> Markup {
    let locale = asked.locale;
    html! {
        section aria-labelledby="fig-h" {
            h2.vh #fig-h { (locale.t("dash-figures")) }
            ul."figs figs--6" {
                @for figure in all(asked, programme) {
                    @let name = locale.say(&format!("figure-{}", figure.name), &[("count", Said::count(figure.count))]);
                    li {
                        b { (count(figure.count)) }
                        span { (name) }
                        small { (figure.made_of) }
                        a href=(asked.href(&format!("/audit?figure={}", figure.name))) {
                            (locale.say("events-count", &[("count", Said::count(figure.positions.len()))]))
                            span.vh { " " (locale.say("events-behind", &[("name", Said::Text(&name))])) }
                        }
                    }
                }
            }
        }
    }
}
