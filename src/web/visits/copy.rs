//! An itinerary taken over from another visit: its sessions with the days moved along, each to be kept or left out, then
//! added here under one correlation with a result for each.

use axum::extract::{Form as Sent, Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use koinon_events::value::Day;
use koinon_events::{Kind, Subject};
use maud::{Markup, html};
use serde_json::{Map, Value, json};

use super::Visit;
use crate::app::Failure;
use crate::locale::Said;
use crate::web::Site;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::form::typed::Typed;
use crate::web::form::{received, to_sign_in};
use crate::web::many::{DENIED, Row, give, results};
use crate::web::parts::{day_in, day_range};
use crate::web::reads::subject_in;
use crate::web::session::{Session, chance};
use crate::web::shell::page;

/// What of a session is taken over as it is.
const KEPT: [&str; 5] = ["title", "theme", "start", "end", "language"];

/// What belongs to the place, and is taken over only within the same city.
const OF_PLACE: [&str; 3] = ["body", "place", "speakers"];

/// Choose the visit, then the sessions.
///
/// # Errors
/// 404 for what is no visit; 403 for who may not plan it.
pub async fn show(State(_): State<Site>, Path(id): Path<String>, asked: Asked) -> Result<Response, Refusal> {
    let Some(session) = asked.reader.session.clone() else { return Ok(to_sign_in(&asked)) };
    let visit = allowed(&asked, &id).await?;
    let from = match asked.query.text("from") {
        Some(from) => Some(Visit::open(&asked, from).await?),
        None => None,
    };
    let locale = asked.locale;
    let title = locale.t("visit-copy");
    let main = html! {
        div."wrap pad stack-l" {
            div { p."small muted" { (visit.title()) " · " (visit.days(locale)) } h1.mt-s { (title) } p."measure mt-s" { (locale.t("copy-lede")) } }
            (choose(&asked, &visit, from.as_ref()).await?)
            @if let Some(from) = &from { (sessions(&asked, &visit, from, &session)) }
        }
    };
    Ok(page(&asked, &visit.frame(&asked, title), &main))
}

async fn allowed(asked: &Asked, id: &str) -> Result<Visit, Refusal> {
    let visit = Visit::open(asked, id).await?;
    if visit.may(asked, "AddSession") {
        return Ok(visit);
    }
    Err(Failure::Denied(DENIED.to_owned()).into())
}

async fn choose(asked: &Asked, visit: &Visit, from: Option<&Visit>) -> Result<Markup, Refusal> {
    let rows = asked.view.all("visits", &[]).await?;
    let with: Vec<&Value> = rows
        .iter()
        .filter(|row| row["id"] != visit.row["id"] && row["sessions"].as_array().is_some_and(|all| !all.is_empty()))
        .collect();
    let subjects: Vec<Subject> = with.iter().filter_map(|row| subject_in(Kind::Visit, &row["id"])).collect();
    let names = asked.view.names(subjects).await?;
    let locale = asked.locale;
    if with.is_empty() {
        return Ok(html! { p { (locale.t("copy-none")) } });
    }
    let chosen = from.map(|from| from.row["id"].clone()).unwrap_or_default();
    Ok(html! {
        form."row ends" action=(asked.path) method="get" {
            div {
                label for="from" { (locale.t("copy-from")) }
                select.in id="from" name="from" { @for row in with {
                    @if let Some(subject) = subject_in(Kind::Visit, &row["id"]) {
                        option value=(subject.id) selected[row["id"] == chosen] { (names.of(subject)) " · " (day_range(locale, day_in(&row["from"]), day_in(&row["to"]))) " · " (locale.say("copy-sessions", &[("count", Said::count(row["sessions"].as_array().map_or(0, Vec::len)))])) }
                    }
                } }
            }
            button."btn btn--2" { (locale.t("copy-show")) }
        }
    })
}

fn sessions(asked: &Asked, visit: &Visit, from: &Visit, session: &Session) -> Markup {
    let locale = asked.locale;
    html! {
        form method="post" action=(asked.here()) data-form="AddSession" {
            input type="hidden" name="form_token" value=(session.form_token);
            input type="hidden" name="key" value=(chance().unwrap_or_default());
            input type="hidden" name="from" value=(from.subject.id);
            table."tbl tbl--cards" role="table" {
                caption { (locale.say("copy-caption", &[("visit", Said::Text(&from.title()))])) }
                thead role="rowgroup" { tr role="row" {
                    th scope="col" role="columnheader" { (locale.t("copy-take")) }
                    th scope="col" role="columnheader" { (locale.t("sheet-session")) }
                    th scope="col" role="columnheader" { (locale.t("copy-day")) }
                    th scope="col" role="columnheader" { (locale.t("copy-begins")) }
                    th scope="col" role="columnheader" { (locale.t("copy-ends")) }
                } }
                tbody role="rowgroup" { @for each in from.sessions() {
                    @let code = each["session"].as_str().unwrap_or_default();
                    @let title = each["title"].as_str().unwrap_or_default();
                    tr role="row" {
                        td role="cell" { label.pick { input type="checkbox" name="take" value=(code) checked; span.vh { (locale.t("copy-take")) ": " (title) } } }
                        th scope="row" role="rowheader" lang=[each["language"].as_str()] { (title) }
                        td role="cell" { input.in.in--date type="date" name={ "day." (code) } aria-label={ (locale.t("copy-day")) ": " (title) } value=[moved(visit, from, each).map(|day| day.to_string())] min=[visit.row["from"].as_str()] max=[visit.row["to"].as_str()]; }
                        td role="cell" { input.in.in--time type="time" name={ "start." (code) } aria-label={ (locale.t("copy-begins")) ": " (title) } value=[each["start"].as_str()]; }
                        td role="cell" { input.in.in--time type="time" name={ "end." (code) } aria-label={ (locale.t("copy-ends")) ": " (title) } value=[each["end"].as_str()]; }
                    }
                } }
            }
            div."row mt-l" { button.btn { (locale.t("copy-do")) } a."btn btn--2" href=(visit.href("")) { (locale.t("form-leave")) } }
        }
    }
}

/// A session's day moved along with the visit, if it still lies within it.
fn moved(visit: &Visit, from: &Visit, session: &Value) -> Option<Day> {
    shifted(
        day_in(&from.row["from"])?,
        day_in(&session["day"])?,
        day_in(&visit.row["from"])?,
        day_in(&visit.row["to"])?,
    )
}

fn shifted(was_first: Day, was: Day, first: Day, last: Day) -> Option<Day> {
    Some(first.plus_days(was_first.days_until(was))).filter(|day| first <= *day && *day <= last)
}

/// Adds the sessions that are taken over.
///
/// # Errors
/// 403 from elsewhere and for who may not plan the visit.
pub async fn enter(
    State(_): State<Site>,
    Path(id): Path<String>,
    headers: HeaderMap,
    asked: Asked,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let Some((_, typed)) = received(&asked, &headers, pairs)? else { return Ok(to_sign_in(&asked)) };
    let visit = allowed(&asked, &id).await?;
    let from = Visit::open(&asked, typed.one("from")).await?;
    let taken =
        from.sessions().into_iter().filter(|each| typed.holds("take", each["session"].as_str().unwrap_or_default()));
    let rows = taken.map(|each| Row {
        about: each["title"].as_str().unwrap_or_default().to_owned(),
        href: None,
        commands: vec![("AddSession", body(&visit, &from, each, &typed))],
    });
    let came = give(&asked, typed.one("key"), rows.collect()).await;
    let frame = visit.frame(&asked, asked.locale.t("visit-copy"));
    Ok(results(&asked, frame, &came, (&visit.href("/itinerary"), &asked.locale.t("visit-itinerary"))))
}

fn body(visit: &Visit, from: &Visit, session: &Value, typed: &Typed) -> Map<String, Value> {
    let code = session["session"].as_str().unwrap_or_default();
    let mut body = Map::new();
    body.insert("visit".to_owned(), json!(visit.subject.id));
    let same_place = visit.row["host_city"] == from.row["host_city"];
    for field in KEPT.into_iter().chain(OF_PLACE.into_iter().filter(|_| same_place)) {
        if !session[field].is_null() {
            body.insert(field.to_owned(), session[field].clone());
        }
    }
    for field in ["day", "start", "end"] {
        match typed.one(&format!("{field}.{code}")).trim() {
            "" => body.remove(field),
            text => body.insert(field.to_owned(), json!(text)),
        };
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_move_along_and_what_falls_outside_stays_open() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let shift = |was: &str| {
            shifted(day("2022-06-13"), day(was), day("2022-10-03"), day("2022-10-05")).map(|day| day.to_string())
        };
        assert_eq!(shift("2022-06-14").as_deref(), Some("2022-10-04"));
        assert_eq!(shift("2022-06-17"), None);
    }
}
