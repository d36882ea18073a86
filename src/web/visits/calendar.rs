//! The visits and meetings of a month as a calendar: a table with a column for each weekday and a row for each week, each
//! day's cell naming what is on. On a narrow screen, and for who prefers it, the same month is a list below.

use axum::extract::State;
use axum::response::Response;
use koinon_events::value::{Day, Month};
use koinon_events::{Kind, Subject};
use maud::{Markup, html};
use serde_json::Value;

use super::board::ways;
use crate::locale::{Said, day_and_month, month as month_called, weekday_and_day};
use crate::web::Site;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::parts::{day_in, day_range, nothing, subject_link};
use crate::web::reads::{Names, subject_in};
use crate::web::shell::{Frame, page};

/// Something that takes place on days.
struct Event<'a> {
    subject: Subject,
    from: Day,
    to: Day,
    row: &'a Value,
}

/// The page; `month=2022-06` names the month, else it is that of the moment shown.
///
/// # Errors
/// 422 for what is no month.
pub async fn calendar(State(_): State<Site>, asked: Asked) -> Result<Response, Refusal> {
    let month = asked.query.value::<Month>("month", "a month such as 2022-06")?.unwrap_or_else(|| asked.day().month());
    let (first, last) = ends(month).ok_or_else(|| Refusal::parameter("month", "must be a month such as 2022-06"))?;
    let visits = asked.view.all("visits", &asked.programme_filter()).await?;
    let meetings = asked.view.all("meetings", &asked.programme_filter()).await?;
    let mut events: Vec<Event> = visits.iter().filter_map(|row| event(Kind::Visit, row)).collect();
    events.extend(meetings.iter().filter_map(|row| event(Kind::Meeting, row)));
    events.retain(|event| event.from <= last && first <= event.to && event.row["status"] != "cancelled");
    events.sort_by_key(|event| (event.from, event.subject));
    let names = asked.view.names(events.iter().map(|event| event.subject)).await?;
    let locale = asked.locale;
    let title = locale.t("visits-calendar");
    let main = html! {
        div.wrap { div.head {
            p.meta { b { (asked.programme_title().unwrap_or_default()) } }
            h1 { (title) ": " (month_called(locale, month)) }
            (ways(&asked, "calendar"))
        } }
        div."wrap pad stack-l" {
            (moves(&asked, first, last))
            (grid(&asked, &names, month, first, last, &events))
            section.sec aria-labelledby="month-list" {
                header { h2 id="month-list" { (locale.t("calendar-as-list")) } p { (locale.say("rows-count", &[("count", Said::count(events.len()))])) } }
                @if events.is_empty() { (nothing(&locale.t("calendar-empty"))) }
                ul.lines { @for event in &events { li {
                    (subject_link(&asked, &names, event.subject)) " · " (day_range(locale, Some(event.from), Some(event.to)))
                    " · " (locale.word(event.row["status"].as_str().unwrap_or_default()))
                } } }
            }
        }
    };
    let frame = Frame::below_list(&asked, locale.t("list-visits"), "/visits", title);
    Ok(page(&asked, &frame, &main))
}

/// The first and the last day of a month.
fn ends(month: Month) -> Option<(Day, Day)> {
    let first: Day = format!("{month}-01").parse().ok()?;
    let next = first.plus_days(31).month();
    let after: Day = format!("{next}-01").parse().ok()?;
    Some((first, after.plus_days(-1)))
}

fn event(kind: Kind, row: &Value) -> Option<Event<'_>> {
    let subject = subject_in(kind, &row["id"])?;
    let from = day_in(&row["from"]).or_else(|| row["start"].as_str()?.get(..10)?.parse().ok())?;
    Some(Event { subject, from, to: day_in(&row["to"]).unwrap_or(from), row })
}

fn moves(asked: &Asked, first: Day, last: Day) -> Markup {
    let locale = asked.locale;
    let link = |month: Month| format!("{}?{}", asked.path, asked.query.with("month", Some(&month.to_string())));
    let (before, after) = (first.plus_days(-1).month(), last.plus_days(1).month());
    html! {
        nav."row moves noprint" aria-label=(locale.t("calendar-months")) {
            a."btn btn--2" rel="prev" href=(link(before)) { span aria-hidden="true" { "‹ " } (month_called(locale, before)) }
            form action=(asked.path) method="get" {
                @for (name, value) in asked.query.pairs().filter(|(name, _)| !["month", "seen", "done"].contains(name)) { input type="hidden" name=(name) value=(value); }
                label.vh for="month" { (locale.t("calendar-month")) }
                input.in id="month" type="month" name="month" value=(first.month().to_string());
                button."btn btn--2" { (locale.t("strip-show")) }
            }
            a."btn btn--2" rel="next" href=(link(after)) { (month_called(locale, after)) span aria-hidden="true" { " ›" } }
        }
    }
}

fn grid(asked: &Asked, names: &Names, month: Month, first: Day, last: Day, events: &[Event<'_>]) -> Markup {
    use chrono::Datelike;
    let locale = asked.locale;
    let monday = first.plus_days(-i64::from(first.0.weekday().num_days_from_monday()));
    let weeks = (monday.days_until(last) / 7) + 1;
    html! {
        table.month {
            caption.vh { (month_called(locale, month)) }
            thead { tr { @for number in 1..=7 { th scope="col" { (weekday(asked, number)) } } } }
            tbody { @for week in 0..weeks { tr { @for offset in 0..7 {
                @let day = monday.plus_days(week * 7 + offset);
                @let on: Vec<&Event> = events.iter().filter(|event| event.from <= day && day <= event.to).collect();
                td.out[day.month() != month].today[day == asked.day()] {
                    p.date { time datetime=(day.to_string()) { span aria-hidden="true" { (day.0.day()) } span.vh { (weekday_and_day(locale, day)) } } @if day == asked.day() { span.vh { ", " (locale.t("calendar-today")) } } }
                    @if day.month() == month { @for event in on { (one(asked, names, event, day)) } }
                }
            } } } }
        }
    }
}

/// A weekday in full, and as short as a phone needs it.
fn weekday(asked: &Asked, number: i64) -> Markup {
    let name = asked.locale.t(&format!("weekday-{number}"));
    let short: String = name.chars().take(if name.is_ascii() { 2 } else { 1 }).collect();
    html! { span.long { (name) } span.short aria-hidden="true" { (short) } }
}

/// What is on, on its first day in the month or week as a link, on further days as the same words again.
fn one(asked: &Asked, names: &Names, event: &Event<'_>, day: Day) -> Markup {
    let status = event.row["status"].as_str().unwrap_or_default();
    html! {
        p class={ "on on--" (status) } title=(asked.locale.word(status)) {
            @if day == event.from || day.0.format("%u").to_string() == "1" || day.0.format("%d").to_string() == "01" {
                (subject_link(asked, names, event.subject))
            } @else {
                span.rest { span.vh { (names.of(event.subject)) } span aria-hidden="true" { "…" } }
            }
            @if day == event.to && event.from != event.to { span.vh { " " (asked.locale.say("calendar-until", &[("day", Said::Text(&day_and_month(asked.locale, event.to)))])) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_ends_on_its_last_day_also_in_february() {
        let ends = |text: &str| {
            let (first, last) = ends(text.parse().unwrap()).unwrap();
            (first.to_string(), last.to_string())
        };
        assert_eq!(ends("2024-02"), ("2024-02-01".to_owned(), "2024-02-29".to_owned()));
        assert_eq!(ends("2022-12"), ("2022-12-01".to_owned(), "2022-12-31".to_owned()));
    }
}
