//! What happened last, in sentences; and the stream by which an open page learns of more. What is new waits behind a
//! button: nothing moves while it is being read.

use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use bytes::Bytes;
use koinon_events::value::Day;
use maud::{Markup, html};
use serde_json::json;

use crate::app::{EventFilter, Stored};
use crate::locale::{Locale, Said, spoken, time_of_day, weekday_and_day};
use crate::views::Moment;
use crate::web::Site;
use crate::web::actor::Reader;
use crate::web::api::feed::{Next, Tail, event_stream, resume_after};
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::parts::sentence_case;
use crate::web::query::Query;
use crate::web::reads::{View, wait_until};
use crate::web::subjects::{has_page, page};
use crate::web::told::{Told, newest, tell};

/// How many events the page shows.
const SHOWN: usize = 12;

/// How long the stream waits for the read models to know what it tells of.
const PATIENCE: Duration = Duration::from_secs(5);

/// The section.
///
/// # Errors
/// When the log cannot be read.
pub async fn feed(asked: &Asked) -> Result<Markup, Refusal> {
    let code = asked.programme().and_then(|row| row["code"].as_str()).map(str::to_owned);
    section(asked, &EventFilter { programme: code, ..EventFilter::default() }, SHOWN, asked.is_now()).await
}

/// The newest records that fit a filter, as a section; `live` when an open page is to learn of more.
///
/// # Errors
/// When the log cannot be read.
pub async fn section(asked: &Asked, filter: &EventFilter, most: usize, live: bool) -> Result<Markup, Refusal> {
    let records = newest(&asked.view, filter, asked.view.position, most).await?;
    let told = tell(&asked.view, &records).await?;
    let locale = asked.locale;
    let total = i64::try_from(asked.view.position).unwrap_or(i64::MAX);
    Ok(html! {
        section.sec.feed aria-labelledby="feed-h" {
            header { h2 #feed-h { (locale.t("dash-activity")) } }
            @if live {
                div.feed-bar {
                    span data-feed-status role="status" {
                        span.dot data-live-dot {}
                        span.js-only { (locale.t("feed-live")) }
                        span.no-js { (locale.t("feed-utc")) " " a href=(asked.path) { (locale.t("feed-reload")) } }
                    }
                    button.link.js-only type="button" data-feed-pause data-go-on=(locale.t("feed-go-on")) aria-pressed="false" { (locale.t("feed-pause")) }
                }
                button."btn btn--y btn--s newer js-only" type="button" data-feed-new data-one=(locale.t("feed-show-one")) data-many=(locale.t("feed-show-many")) hidden {}
            }
            div data-feed=[live.then(|| asked.view.position)] {
                @for (day, items) in by_day(&told) {
                    h3 { (day_name(asked, day)) }
                    ol data-feed-today[Some(day) == told.first().map(|told| told.time.day())] {
                        @for told in items { (feed_item(locale, told, &|path| asked.href(path))) }
                    }
                }
                @if told.is_empty() { ol data-feed-today {} }
            }
            p.small { a href=(asked.href("/audit")) { (locale.say("feed-all", &[("count", Said::Number(total))])) } }
        }
    })
}

fn by_day(told: &[Told]) -> Vec<(Day, Vec<&Told>)> {
    let mut days: Vec<(Day, Vec<&Told>)> = Vec::new();
    for each in told {
        match days.last_mut() {
            Some((day, items)) if *day == each.time.day() => items.push(each),
            _ => days.push((each.time.day(), vec![each])),
        }
    }
    days
}

fn day_name(asked: &Asked, day: Day) -> String {
    let locale = asked.locale;
    let name = weekday_and_day(locale, day);
    match day.days_until(asked.time.day()) {
        0 if asked.is_now() => locale.say("day-today", &[("day", Said::Text(&name))]),
        1 if asked.is_now() => locale.say("day-yesterday", &[("day", Said::Text(&name))]),
        _ => crate::locale::day(locale, day),
    }
}

/// One event of the feed.
pub fn feed_item(locale: &Locale, told: &Told, href: &dyn Fn(&str) -> String) -> Markup {
    let number = crate::locale::number(i64::try_from(told.position).unwrap_or(i64::MAX));
    html! {
        li {
            time datetime=(told.time.to_string()) { (time_of_day(told.time)) }
            div {
                @if told.opens && has_page(told.subject.kind) {
                    a href=(href(&page(told.subject))) { (told.what) }
                } @else { (sentence_case(&told.what)) }
                ": " (told.sentence)
                span.who {
                    (sentence_case(&told.who)) " · "
                    a href=(href(&format!("/events/{}", told.position))) { (locale.say("event-number", &[("number", Said::Text(&number))])) }
                }
            }
        }
    }
}

/// The stream an open page listens to: each event as the same item the page would show.
///
/// # Errors
/// 429 when too many streams are open.
pub async fn live(
    State(site): State<Site>,
    reader: Reader,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    query.only(&["after", "programme"])?;
    let filter = EventFilter { programme: query.text("programme").map(str::to_owned), ..EventFilter::default() };
    let after = resume_after(&headers, &query)?;
    let tail = Tail::open(site, reader.caller, reader.bearer, filter, after).await?;
    Ok(event_stream(tail.into_stream(|site, caller, next| async move {
        if matches!(next, Next::Quiet) {
            return Ok(Bytes::from_static(b": still here\n\n"));
        }
        let records = next.records();
        match shown(&site, &caller, &records).await {
            Ok(frames) => Ok(frames),
            Err(refusal) => Err(crate::app::Failure::Internal(refusal.detail)),
        }
    })))
}

async fn shown(site: &Site, caller: &crate::app::Caller, records: &[Stored]) -> Result<Bytes, Refusal> {
    if let Some(last) = records.last() {
        wait_until(site, last.position, PATIENCE).await?;
    }
    let view = View::open(site, caller, Moment::Live).await?;
    let words = spoken();
    let frames = tell(&view, records).await?.iter().fold(String::new(), |mut frames, told| {
        let item = feed_item(words, told, &|path| path.to_owned()).into_string();
        let data = json!({ "position": told.position, "item": item });
        frames.push_str(&format!("id: {}\ndata: {data}\n\n", told.position));
        frames
    });
    Ok(frames.into())
}
