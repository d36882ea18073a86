//! Replay: how the programme came about, as a slider over its whole history. The date in large, how much was recorded
//! each week, what had just happened, the figures and the map as they stood then; milestones as an index.
//!
//! Every moment is a page of its own with an address to share, made of the same answers as any page as of that moment.
//! A script only saves the reader the round trips. Nothing plays by itself, and nothing is ever written.

use axum::extract::State;
use axum::response::Response;
use chrono::Datelike;
use koinon_events::value::{Day, Timestamp};
use maud::{Markup, html};

use crate::app::{EventFilter, Failure};
use crate::locale::{Said, day, month_name, number, time_of_day};
use crate::views::Moment;
use crate::web::Site;
use crate::web::asked::Asked;
use crate::web::dashboard::{self, Programme, figures};
use crate::web::failure::Refusal;
use crate::web::parts::{day_in, event_link, section, sentence_case};
use crate::web::reads::View;
use crate::web::shell::{Frame, page};
use crate::web::told::{Told, newest, tell};

/// The events that are milestones, and how many of each are told.
const MILESTONES: &[(&str, usize)] = &[
    ("ProgrammeStarted", 1),
    ("CitySelected", 1),
    ("PartnershipFormed", 1),
    ("PartnershipKickedOff", 1),
    ("MeetingHeld", 1),
    ("VisitStarted", 1),
    ("VisitCompleted", 1),
    ("LearningPublished", 1),
    ("AdoptionVerified", 1),
    ("ActionPlanAdopted", 1),
    ("PilotLaunched", 2),
    ("PilotCompleted", 1),
    ("ScaleUpDecided", 1),
    ("ReportSubmitted", 1),
    ("ReportAccepted", 2),
    ("ProgrammeClosed", 1),
];

/// How many sentences the story line has.
const STORY: usize = 5;

/// The page.
///
/// # Errors
/// 404 where there is no programme yet; 422 for a moment that is not there.
pub async fn replay(State(_): State<Site>, asked: Asked) -> Result<Response, Refusal> {
    let row = asked.programme().ok_or_else(Refusal::absent)?;
    let begins = day_in(&row["starts_on"]).unwrap_or(asked.view.today);
    let now = asked.site.koinon.clock().now();
    let last = now.day();
    let shown = asked.time.day().clamp(begins, last.max(begins));
    let programme = Programme::read(&asked).await?;
    let records = newest(&asked.view, &EventFilter::default(), asked.view.position, STORY).await?;
    let story = tell(&asked.view, &records).await?;
    let weeks = weeks(&asked, begins, last).await?;
    let milestones = milestones(&asked).await?;
    let locale = asked.locale;
    let main = html! {
        div.wrap { div."head head-grid" {
            div { p.meta { b { (locale.t("menu-replay")) } " · " (locale.say("replay-since", &[("day", Said::Text(&day(locale, begins)))])) } h1 { (locale.t("replay-title")) } }
            p."small muted" { (locale.t("replay-lede")) }
        } }
        p.vh role="status" data-spoken {}
        section.player aria-label=(locale.t("menu-replay")) { div.wrap {
            (when(&asked, begins))
            (track(&asked, &weeks, begins, shown, last))
            (controls(&asked))
        } }
        div."wrap cols cols--wide-aside" {
            div.stack-l data-moment {
                (told(&asked, &story))
                (figures::section(&asked, &programme))
                (dashboard::who_works_with_whom(&asked, &programme))
            }
            aside aria-label=(locale.t("replay-milestones")) { (chapters(&asked, &milestones, begins)) }
        }
    };
    Ok(page(&asked, &Frame::below(&asked, locale.t("menu-replay")), &main))
}

fn when(asked: &Asked, begins: Day) -> Markup {
    let locale = asked.locale;
    let shown = asked.time.day();
    let position = number(i64::try_from(asked.view.position).unwrap_or(i64::MAX));
    let month = months(begins, shown) + 1;
    let sub = [("time", time_of_day(asked.time)), ("position", position), ("month", month.max(1).to_string())];
    let sub: Vec<(&str, Said<'_>)> = sub.iter().map(|(name, value)| (*name, Said::Text(value))).collect();
    html! {
        div.when data-when {
            @if !asked.is_now() { p.past-flag { (locale.t("replay-past")) } }
            p.big { time datetime=(asked.time.to_string()) { (day(locale, shown)) } " " span { (locale.say("replay-sub", &sub)) } }
        }
    }
}

fn months(from: Day, to: Day) -> i32 {
    (to.0.year() - from.0.year()) * 12 + i32::try_from(to.0.month()).unwrap_or(0)
        - i32::try_from(from.0.month()).unwrap_or(0)
}

/// How many events each week of the programme recorded, with its first day.
async fn weeks(asked: &Asked, begins: Day, last: Day) -> Result<Vec<(Day, u64)>, Refusal> {
    let views = asked.site.koinon.views();
    let at = |day: Day| Timestamp::new(day.0.and_time(chrono::NaiveTime::MIN).and_utc());
    let (mut weeks, mut first, mut before) = (Vec::new(), begins, 0);
    while first <= last {
        let next = first.plus_days(7);
        let until = if next > last { Moment::Live } else { Moment::Time(at(next)) };
        let upto = views.standpoint(until, asked.view.today).await.map_err(Failure::from)?.position;
        weeks.push((first, upto.saturating_sub(before)));
        (first, before) = (next, upto);
    }
    Ok(weeks)
}

fn track(asked: &Asked, weeks: &[(Day, u64)], begins: Day, shown: Day, last: Day) -> Markup {
    let locale = asked.locale;
    let most = weeks.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
    let days = begins.days_until(last).max(0);
    let at = begins.days_until(shown).clamp(0, days);
    let total: u64 = weeks.iter().map(|(_, count)| count).sum();
    let told = [
        ("total", number(i64::try_from(total).unwrap_or(i64::MAX))),
        ("most", number(i64::try_from(most).unwrap_or(i64::MAX))),
    ];
    let told: Vec<(&str, Said<'_>)> = told.iter().map(|(name, value)| (*name, Said::Text(value))).collect();
    let spoken = locale.say(
        "replay-spoken",
        &[("day", Said::Text(&day(locale, shown))), ("position", Said::Text(&asked.view.position.to_string()))],
    );
    html! {
        div.track {
            svg.histo viewBox={ "0 0 " (weeks.len() * 10) " 100" } preserveAspectRatio="none" role="img" aria-label=(locale.say("replay-density", &told)) {
                @for (index, (first, count)) in weeks.iter().enumerate() {
                    @let height = if *count == 0 { 0 } else { (count * 100 / most).max(2) };
                    @let class = if *first > shown { Some("after") } else if first.plus_days(7) > shown { Some("cur") } else { None };
                    rect x=(index * 10 + 1) y=(100 - height) width="8" height=(height) class=[class] data-first=(first.to_string()) {}
                }
            }
            form.scrub method="get" action="/replay" {
                label.vh for="scrub" { (locale.t("replay-slider")) }
                input.js-only id="scrub" type="range" min="0" max=(days) step="1" value=(at) aria-valuetext=(spoken) data-scrub=(begins.to_string()) data-last=(last.to_string());
                p."no-js row" {
                    label for="r-asof" { (locale.t("replay-moment")) } " "
                    input."in in--date" id="r-asof" name="as_of" type="datetime-local" value=(asked.time.moment().format("%Y-%m-%dT%H:%M"));
                    button."btn btn--s" { (locale.t("strip-show")) }
                }
            }
            svg.axl aria-hidden="true" { @for (first, place) in month_marks(begins, days) {
                text x=(format!("{place:.2}%")) y="1em" {
                    (month_name(locale, first).chars().take(3).collect::<String>())
                    @if first.0.month() == 1 || first == begins { tspan { " " (first.0.year()) } }
                }
            } }
        }
    }
}

/// The months named below the track, nine at most, each with its place as a share of so many days.
fn month_marks(begins: Day, days: i64) -> Vec<(Day, f64)> {
    let next = |day: &Day| day.0.with_day(1)?.checked_add_months(chrono::Months::new(1)).map(Day);
    let months: Vec<Day> =
        std::iter::successors(Some(begins), next).take_while(|first| begins.days_until(*first) <= days).collect();
    let step = months.len().div_ceil(9).max(1);
    let share = |first: Day| {
        #[allow(clippy::cast_precision_loss, reason = "a programme has few days")]
        let share = begins.days_until(first) as f64 * 100.0 / days.max(1) as f64;
        share
    };
    let marks = months.into_iter().step_by(step).map(|first| (first, share(first)));
    // A name that would hang over the end is left out.
    marks.filter(|(_, place)| *place <= 96.0).collect()
}

fn controls(asked: &Asked) -> Markup {
    let locale = asked.locale;
    html! {
        div.ctrl role="group" aria-label=(locale.t("replay-playback")) {
            button."btn btn--s btn--2 js-only" type="button" data-step="-1" { (locale.t("replay-back")) }
            button."btn btn--s js-only" type="button" data-play aria-pressed="false" data-stop=(locale.t("replay-pause")) { (locale.t("replay-play")) }
            button."btn btn--s btn--2 js-only" type="button" data-step="1" { (locale.t("replay-on")) }
            label."small js-only" for="spd" { (locale.t("replay-speed")) }
            select."js-only spd" id="spd" {
                option value="1" { (locale.t("replay-speed-day")) }
                option value="7" selected { (locale.t("replay-speed-week")) }
                option value="30" { (locale.t("replay-speed-month")) }
            }
            span.share { a data-link href=(asked.href("/replay")) { (locale.t("replay-link")) } " · " a href="/replay" { (locale.t("strip-return")) } }
        }
        details.keys { summary { (locale.t("replay-keys")) } p.small { (locale.t("replay-keys-more")) } }
    }
}

/// What had just happened: the newest sentence in large, those before it below.
fn told(asked: &Asked, story: &[Told]) -> Markup {
    let locale = asked.locale;
    let Some((newest, before)) = story.split_first() else { return html! {} };
    html! {
        section.story aria-labelledby="st-h" {
            p."small muted" { (day(locale, newest.time.day())) " · " (event_link(asked, newest.position)) }
            h2 #st-h { (newest.what) }
            p."serif big-p" { (sentence_case(&newest.who)) " " (newest.sentence) }
            @if !before.is_empty() {
                ol.hist { @for told in before {
                    li { (sentence_case(&told.who)) " " (told.sentence) time datetime=(told.time.to_string()) { (day(locale, told.time.day())) " · " (event_link(asked, told.position)) } }
                } }
            }
        }
    }
}

/// The first of each kind of milestone over the whole history, whatever moment is shown.
async fn milestones(asked: &Asked) -> Result<Vec<Told>, Refusal> {
    let now = View::open(&asked.site, &asked.reader.caller, Moment::Live).await?;
    let mut found = Vec::new();
    for (name, most) in MILESTONES {
        let filter = EventFilter { event_type: Some((*name).to_owned()), ..EventFilter::default() };
        found.extend(asked.site.koinon.records(&asked.reader.caller, &filter, 0, *most).await?.records);
    }
    found.sort_by_key(|stored| stored.position);
    tell(&now, &found).await
}

fn chapters(asked: &Asked, milestones: &[Told], begins: Day) -> Markup {
    let locale = asked.locale;
    let reached = milestones.iter().rposition(|told| told.position <= asked.view.position);
    let content = html! {
        ol.chapters { @for (index, told) in milestones.iter().enumerate() {
            @let current = reached == Some(index);
            li class=[current.then_some("cur")] aria-current=[current.then_some("true")] {
                a href={ "/replay?as_of=" (told.position) } data-day=(begins.days_until(told.time.day())) {
                    time datetime=(told.time.day().to_string()) { (day(locale, told.time.day())) }
                    span { (told.what) ": " (told.sentence) }
                }
            }
        } }
    };
    section("ch-h", &locale.t("replay-milestones"), &html! {}, &content)
}
