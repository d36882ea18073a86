//! The itinerary to print and to hand out: when, where, what and with whom, a day at a time in the host's own time, in two
//! languages side by side.

use axum::extract::{Path, State};
use axum::response::Response;
use koinon_events::Kind;
use koinon_events::value::Day;
use maud::{Markup, html};
use serde_json::Value;

use super::Visit;
use super::tongues::Tongues;
use crate::locale::weekday_and_day;
use crate::web::Site;
use crate::web::asked::{Asked, in_language};
use crate::web::failure::Refusal;
use crate::web::fields::{is_nothing, value_of};
use crate::web::parts::{called, day_in, sentence_case};
use crate::web::reads::subject_in;
use crate::web::shell::page;

/// The page.
///
/// # Errors
/// 404 for what is no visit.
pub async fn itinerary(State(_): State<Site>, Path(id): Path<String>, asked: Asked) -> Result<Response, Refusal> {
    let visit = Visit::open(&asked, &id).await?;
    let tongues = Tongues::of(&asked, &visit).await?;
    let host = subject_in(Kind::City, &visit.row["host_city"]);
    let zone = match host {
        Some(city) => {
            asked.view.row(Kind::City, city.id).await?.and_then(|(row, _)| row["timezone"].as_str().map(str::to_owned))
        }
        None => None,
    };
    let sessions: Vec<&Value> = visit.sessions().into_iter().filter(|session| session["status"] != "skipped").collect();
    let mut days: Vec<Option<Day>> = sessions.iter().map(|session| day_in(&session["day"])).collect();
    days.dedup();
    let title = asked.locale.t("visit-itinerary");
    let main = html! {
        div."wrap pad paper-page" {
            div.noprint { (tongues.switch(&asked)) }
            p.small { (tongues.each(|locale| visit.programme(&asked).map(|row| in_language(&row["title"], &locale.tag)).unwrap_or_default())) }
            p.muted { (tongues.t("visit-itinerary")) }
            h1 { (visit.title()) }
            p.lede { (tongues.each(|locale| visit.days(locale))) }
            @if visit.row["itinerary_published"] != true { p."note note--warn" { (tongues.t("itinerary-draft")) } }
            @if let Some(objectives) = visit.row["objectives"].as_str() { p."measure mt-s" { (objectives) } }
            p."small muted mt-s" { (tongues.t("sessions-local")) @if let Some(zone) = &zone { " " (zone) } }
            @if sessions.is_empty() { p.mt-l { (tongues.t("itinerary-empty")) } }
            @for day in &days { (one_day(&asked, &visit, tongues, *day, &sessions)) }
            section."mt-l day" {
                h2 { (tongues.t("itinerary-people")) }
                table.tbl {
                    caption.vh { (asked.locale.t("itinerary-people")) }
                    thead { tr { th scope="col" { (tongues.t("sheet-name")) } th scope="col" { (tongues.t("sheet-city")) } } }
                    tbody { @for named in visit.expected(None) { tr {
                        th scope="row" { (visit.names.of(named.person)) }
                        td { @match named.city { Some(city) => (visit.names.of(city)), None => (tongues.t("itinerary-expert")) } }
                    } } }
                }
            }
            (arranged(&asked, &visit, tongues))
        }
    };
    let mut frame = visit.frame(&asked, title);
    frame.class = "papered";
    Ok(page(&asked, &frame, &main))
}

fn one_day(asked: &Asked, visit: &Visit, tongues: Tongues, day: Option<Day>, sessions: &[&Value]) -> Markup {
    let has_speakers = sessions.iter().any(|session| !is_nothing(&session["speakers"]));
    let of_day: Vec<&&Value> = sessions.iter().filter(|session| day_in(&session["day"]) == day).collect();
    html! {
        section."day mt-l" {
            h2 { @match day {
                Some(day) => (tongues.each(|locale| weekday_and_day(locale, day))),
                None => (tongues.t("itinerary-no-day")),
            } }
            table."tbl itinerary" {
                caption.vh { (asked.locale.t("visit-itinerary")) @if let Some(day) = day { ", " (weekday_and_day(asked.locale, day)) } }
                thead { tr {
                    th scope="col" { (tongues.t("itinerary-time")) }
                    th scope="col" { (tongues.t("itinerary-what")) }
                    th scope="col" { (tongues.t("itinerary-where")) }
                    @if has_speakers { th scope="col" { (tongues.t("itinerary-who")) } }
                } }
                tbody { @for session in of_day { tr {
                    td.nb { (session["start"].as_str().unwrap_or("–")) @if let Some(end) = session["end"].as_str() { "–" (end) } }
                    th scope="row" lang=[session["language"].as_str()] {
                        (session["title"].as_str().unwrap_or_default())
                        @if let Some(theme) = session["theme"].as_str() { br; span."small muted" { (asked.theme(theme)) } }
                    }
                    td { (session["place"].as_str().unwrap_or_default()) @if let Some(body) = session["body"].as_str() { @if session["place"].is_string() { br; } (body) } }
                    @if has_speakers { td { (called(&visit.names, Kind::Person, &session["speakers"]).join(", ")) } }
                } } }
            }
        }
    }
}

/// What is arranged around it: travel, visa, hotel, interpreting.
fn arranged(asked: &Asked, visit: &Visit, tongues: Tongues) -> Markup {
    if is_nothing(&visit.row["logistics"]) {
        return html! {};
    }
    html! {
        section."mt-l day" {
            h2 { (tongues.t("itinerary-arranged")) }
            table.tbl {
                caption.vh { (asked.locale.t("itinerary-arranged")) }
                thead { tr { th scope="col" { (tongues.t("itinerary-what")) } th scope="col" { (tongues.t("itinerary-state")) } th scope="col" { (tongues.t("itinerary-due")) } } }
                tbody { @for item in visit.row["logistics"].as_array().into_iter().flatten() { tr {
                    th scope="row" { (tongues.each(|locale| sentence_case(&locale.word(item["kind"].as_str().unwrap_or_default())))) }
                    td { (tongues.each(|locale| locale.word(item["state"].as_str().unwrap_or_default()))) }
                    td { (value_of(asked, &visit.names, "due", &item["due"])) }
                } } }
            }
        }
    }
}
