//! Visits by month, a row a partnership: a real table whose bars are links.

use chrono::{Datelike, Months, NaiveDate};
use koinon_events::Kind;
use koinon_events::value::Day;
use maud::{Markup, html};
use serde_json::Value;

use super::Programme;
use crate::locale::{Said, day_and_month, month, month_name};
use crate::web::asked::Asked;
use crate::web::parts::{called, day_in, day_range, nothing, pair, section as framed};
use crate::web::reads::subject_in;

/// The most months shown at once.
const MONTHS: u32 = 12;

/// The days a timeline shows.
struct Span {
    from: NaiveDate,
    to: NaiveDate,
}

impl Span {
    /// Whole months around the visits, at most [`MONTHS`], those around today first.
    fn around(visits: &[&Value], today: Day) -> Option<Self> {
        let first = visits.iter().filter_map(|visit| day_in(&visit["from"])).min()?.0.with_day(1)?;
        let last = visits.iter().filter_map(|visit| day_in(&visit["to"])).max()?.0.with_day(1)? + Months::new(1);
        let longest = first + Months::new(MONTHS);
        if last <= longest {
            return Some(Self { from: first, to: last });
        }
        let wanted = (today.0.with_day(1)? - Months::new(MONTHS / 2)).max(first).min(last - Months::new(MONTHS));
        Some(Self { from: wanted, to: wanted + Months::new(MONTHS) })
    }

    fn months(&self) -> Vec<NaiveDate> {
        std::iter::successors(Some(self.from), |date| Some(*date + Months::new(1)))
            .take_while(|date| *date < self.to)
            .collect()
    }

    #[allow(clippy::cast_precision_loss)]
    fn at(&self, date: NaiveDate) -> f64 {
        (date - self.from).num_days() as f64 * 100.0 / (self.to - self.from).num_days() as f64
    }

    fn shows(&self, visit: &Value) -> bool {
        day_in(&visit["from"]).is_some_and(|day| day.0 < self.to)
            && day_in(&visit["to"]).is_some_and(|day| day.0 >= self.from)
    }
}

fn class_of(status: &str) -> &'static str {
    match status {
        "under-way" => "v-underway",
        "confirmed" => "v-confirmed",
        "completed" | "closed" => "v-done",
        _ => "v-planned",
    }
}

/// The section.
pub fn section(asked: &Asked, programme: &Programme) -> Markup {
    let locale = asked.locale;
    let dated: Vec<&Value> = programme
        .visits
        .iter()
        .filter(|visit| visit["status"] != "cancelled" && day_in(&visit["from"]).is_some())
        .collect();
    let all = html! {
        a href=(asked.href("/visits")) { (locale.say("dash-visits-all", &[("count", Said::count(programme.visits.len()))])) }
    };
    let Some(span) = Span::around(&dated, asked.day()) else {
        return framed("vis-h", &locale.t("dash-visits-none"), &all, &nothing(&locale.t("visits-empty")));
    };
    let shown: Vec<&Value> = dated.into_iter().filter(|visit| span.shows(visit)).collect();
    let months = span.months();
    let name = |date: NaiveDate| month(locale, Day(date).month());
    let (first, last) = (months.first().copied().unwrap_or(span.from), months.last().copied().unwrap_or(span.from));
    let title = locale.say(
        "dash-visits",
        &[("from", Said::Text(&short(&name(first), first.year() == last.year()))), ("to", Said::Text(&name(last)))],
    );
    let content = html! {
        table.gantt {
            caption.vh { (locale.say("dash-visits-caption", &[("from", Said::Text(&name(first))), ("to", Said::Text(&name(last)))])) }
            thead { tr {
                th scope="col" { span.vh { (locale.t("column-partnership")) } }
                th scope="col" {
                    span.vh { (locale.t("column-visits")) }
                    svg.months aria-hidden="true" {
                        @for date in &months {
                            line.g x1=(percent(span.at(*date))) x2=(percent(span.at(*date))) y1="0" y2="100%" {}
                            text.to x=(percent(span.at(*date))) dx="5" y="17" { (month_name(locale, Day(*date)).chars().take(3).collect::<String>()) }
                        }
                    }
                }
            } }
            tbody {
                @for (partnership, visits) in rows(programme, &shown) {
                    tr {
                        th scope="row" { (row_head(asked, programme, partnership)) }
                        td { (bars(asked, programme, &span, &months, &visits)) }
                    }
                }
            }
        }
        (legend(asked))
    };
    framed("vis-h", &title, &all, &content)
}

/// A month's name without its year when the other end says it.
fn short(name: &str, same_year: bool) -> String {
    if same_year { name.rsplit_once(' ').map_or(name, |(month, _)| month).to_owned() } else { name.to_owned() }
}

/// Visits by partnership, in the order of each partnership's first; visits without one at the end.
fn rows<'a>(programme: &'a Programme, visits: &[&'a Value]) -> Vec<(Option<&'a Value>, Vec<&'a Value>)> {
    let mut sorted = visits.to_vec();
    sorted.sort_by_key(|visit| day_in(&visit["from"]));
    let mut rows: Vec<(Option<&Value>, Vec<&Value>)> = Vec::new();
    for visit in sorted {
        let partnership = programme.partnerships.iter().find(|each| each["id"] == visit["partnership"]);
        match rows.iter_mut().find(|(found, _)| found.map(|row| &row["id"]) == partnership.map(|row| &row["id"])) {
            Some((_, visits)) => visits.push(visit),
            None => rows.push((partnership, vec![visit])),
        }
    }
    rows.sort_by_key(|(partnership, _)| partnership.is_none());
    rows
}

fn row_head(asked: &Asked, programme: &Programme, partnership: Option<&Value>) -> Markup {
    match partnership {
        Some(row) => {
            let href = format!("/partnerships/{}", row["id"].as_str().unwrap_or_default());
            html! { a href=(asked.href(&href)) { (pair(&called(&programme.names, Kind::City, &row["cities"]))) } }
        }
        None => html! { span.muted { (asked.locale.t("visits-without-partnership")) } },
    }
}

fn percent(value: f64) -> String {
    format!("{:.2}%", value.clamp(0.0, 100.0))
}

/// Where a bar's words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    After,
    Before,
    /// There is no room; the link still has its name.
    Nowhere,
}

/// Where each bar's words find room between its neighbours, from left to right.
fn sides(asked: &Asked, programme: &Programme, span: &Span, visits: &[&Value]) -> Vec<Side> {
    let ends: Vec<(f64, f64, usize)> = visits
        .iter()
        .filter_map(|visit| {
            let (from, to) = (day_in(&visit["from"])?, day_in(&visit["to"])?);
            Some((span.at(from.0), span.at(to.plus_days(1).0), place(asked, programme, visit).chars().count()))
        })
        .collect();
    find_room(&ends)
}

/// A letter takes about one per cent of the width.
#[allow(clippy::cast_precision_loss)]
fn find_room(bars: &[(f64, f64, usize)]) -> Vec<Side> {
    let mut taken = 0.0_f64;
    bars.iter()
        .enumerate()
        .map(|(index, (left, right, letters))| {
            let needed = *letters as f64 * 1.05 + 2.0;
            let limit = bars.get(index + 1).map_or(100.0, |next| next.0);
            let before = taken;
            taken = *right;
            if right + needed <= limit {
                taken = right + needed;
                Side::After
            } else if left - needed >= before {
                Side::Before
            } else {
                Side::Nowhere
            }
        })
        .collect()
}

fn bars(asked: &Asked, programme: &Programme, span: &Span, months: &[NaiveDate], visits: &[&Value]) -> Markup {
    let today = asked.day().0;
    let sides = sides(asked, programme, span, visits);
    html! {
        svg role="group" aria-label=(asked.locale.t("column-visits")) {
            @for date in months.iter().skip(1) { line.g x1=(percent(span.at(*date))) x2=(percent(span.at(*date))) y1="0" y2="100%" {} }
            @if today >= span.from && today < span.to { line.today x1=(percent(span.at(today))) x2=(percent(span.at(today))) y1="0" y2="100%" {} }
            @for (visit, side) in visits.iter().zip(&sides) {
                @let (from, to) = (day_in(&visit["from"]), day_in(&visit["to"]));
                @if let (Some(from), Some(to)) = (from, to) {
                    @let left = span.at(from.0).max(0.0);
                    @let right = span.at(to.plus_days(1).0).min(100.0);
                    a href=(asked.href(&format!("/visits/{}", visit["id"].as_str().unwrap_or_default()))) aria-label=(label(asked, programme, visit)) {
                        rect class=(class_of(visit["status"].as_str().unwrap_or_default())) x=(percent(left)) y="9" width=(percent((right - left).max(0.9))) height="15" {}
                        @match side {
                            Side::After => text.to y="21" x=(percent(right)) dx="6" { (place(asked, programme, visit)) },
                            Side::Before => text.to y="21" x=(percent(left)) dx="-6" text-anchor="end" { (place(asked, programme, visit)) },
                            Side::Nowhere => {},
                        }
                    }
                }
            }
        }
    }
}

fn place(asked: &Asked, programme: &Programme, visit: &Value) -> String {
    let host = called(&programme.names, Kind::City, &visit["host_city"]).join("");
    asked.locale.say("visit-in", &[("host", Said::Text(&host))])
}

fn label(asked: &Asked, programme: &Programme, visit: &Value) -> String {
    let title = subject_in(Kind::Visit, &visit["id"]).map(|subject| programme.names.of(subject)).unwrap_or_default();
    let days = day_range(asked.locale, day_in(&visit["from"]), day_in(&visit["to"]));
    let status = asked.locale.word(visit["status"].as_str().unwrap_or_default());
    format!("{}: {title}, {days}, {status}", place(asked, programme, visit))
}

fn legend(asked: &Asked) -> Markup {
    let locale = asked.locale;
    let kinds = [
        ("v-planned", "legend-planned"),
        ("v-confirmed", "legend-confirmed"),
        ("v-underway", "legend-now"),
        ("v-done", "legend-done"),
    ];
    html! {
        p.legend aria-hidden="true" {
            @for (class, key) in kinds {
                span { svg width="22" height="10" { rect class=(class) x="1" y="1" width="20" height="8" {} } (locale.t(key)) }
            }
            span {
                svg width="6" height="12" { path.today d="M3 0V12" stroke="currentColor" stroke-dasharray="3 3" {} }
                (locale.say("legend-today", &[("day", Said::Text(&day_and_month(locale, asked.day())))]))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_span_holds_whole_months_around_the_visits() {
        let visits =
            [json!({"from": "2022-06-06", "to": "2022-06-09"}), json!({"from": "2022-11-07", "to": "2022-11-10"})];
        let span = Span::around(&visits.iter().collect::<Vec<_>>(), "2022-06-15".parse().unwrap()).unwrap();
        assert_eq!((span.from.to_string(), span.to.to_string()), ("2022-06-01".into(), "2022-12-01".into()));
        assert_eq!(span.months().len(), 6);
        assert!((span.at("2022-07-01".parse().unwrap()) - 16.39).abs() < 0.01);
    }

    #[test]
    fn words_never_cover_a_neighbour() {
        assert_eq!(find_room(&[(10.0, 12.0, 8)]), [Side::After]);
        assert_eq!(find_room(&[(90.0, 92.0, 10)]), [Side::Before]);
        assert_eq!(find_room(&[(80.0, 82.0, 10), (90.0, 92.0, 10)]), [Side::Before, Side::Nowhere]);
    }

    #[test]
    fn a_long_programme_shows_the_months_around_today() {
        let visits =
            [json!({"from": "2021-01-06", "to": "2021-01-09"}), json!({"from": "2023-03-07", "to": "2023-03-10"})];
        let span = Span::around(&visits.iter().collect::<Vec<_>>(), "2022-06-15".parse().unwrap()).unwrap();
        assert_eq!(span.months().len(), 12);
        assert!(span.from.to_string() == "2021-12-01", "{}", span.from);
    }
}
