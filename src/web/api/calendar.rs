//! `/api/calendar.ics`: visits with their sessions, and meetings, as iCalendar (RFC 5545) for any calendar program.
//!
//! An entry keeps its UID for ever and its SEQUENCE grows with each change; what was cancelled stays, as cancelled. Times
//! are in the zone of the place, whose rules come along. Nobody's name is in it.

mod zone;

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::{Datelike, NaiveDate, NaiveDateTime};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};
use koinon_events::value::{Day, LocalMoment};
use koinon_events::{Kind, Subject};
use serde_json::Value;

use crate::app::Caller;
use crate::locale::{Said, locale};
use crate::web::Site;
use crate::web::actor::{Api, Reader};
use crate::web::api::{Keep, read_answer, wait_for};
use crate::web::countries::country;
use crate::web::failure::Refusal;
use crate::web::fields::subjects_in;
use crate::web::parts::sentence_case;
use crate::web::query::Query;
use crate::web::reads::{Names, View, subject_in};
use crate::web::subjects::page;

/// iCalendar's media type.
pub const CALENDAR: &str = "text/calendar; charset=utf-8";

/// Filters a calendar takes.
const FILTERS: &[&str] = &["programme", "partnership", "city", "theme", "as_of"];

/// The calendar for a program.
///
/// # Errors
/// Parameters that do not fit.
pub async fn calendar(
    State(site): State<Site>,
    api: Api,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    answer(&site, &api.caller, &query, &headers).await
}

/// The same for who reads pages.
///
/// # Errors
/// Parameters that do not fit.
pub async fn of_page(
    State(site): State<Site>,
    reader: Reader,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    answer(&site, &reader.caller, &query, &headers).await
}

/// The calendar of one caller.
///
/// # Errors
/// Parameters that do not fit, and a read that fails.
pub async fn answer(site: &Site, caller: &Caller, query: &Query, headers: &HeaderMap) -> Result<Response, Refusal> {
    query.only(FILTERS)?;
    wait_for(site, headers).await?;
    let view = View::open(site, caller, query.moment()?).await?;
    let filters: Vec<(&str, &str)> =
        FILTERS.iter().filter(|name| **name != "as_of").filter_map(|name| Some((*name, query.text(name)?))).collect();
    let visits = view.all("visits", &filters).await?;
    let meetings = view.all("meetings", &filters).await?;
    let cities: BTreeMap<String, Value> = view
        .all("cities", &[])
        .await?
        .into_iter()
        .map(|row| (row["id"].as_str().unwrap_or_default().to_owned(), row))
        .collect();
    let rows = visits.iter().map(|row| (Kind::Visit, row)).chain(meetings.iter().map(|row| (Kind::Meeting, row)));
    let wanted: Vec<Subject> = rows.filter_map(|(kind, row)| subject_in(kind, &row["id"])).collect();
    let places = visits.iter().flat_map(|row| subjects_in("host_city", &row["host_city"]));
    let names = view.names(wanted.iter().copied().chain(places)).await?;
    let book = Book { site, names, cities, origin: site.koinon.origin().replace('/', ".") };
    let mut pages = Pages::default();
    visits.iter().for_each(|row| book.visit(row, &mut pages));
    meetings.iter().for_each(|row| book.meeting(row, &mut pages));
    let bytes = pages.written().into_bytes();
    Ok(read_answer(headers, CALENDAR, bytes.into(), view.position, Keep::Nobody))
}

/// What entries are written from.
struct Book<'a> {
    site: &'a Site,
    names: Names,
    cities: BTreeMap<String, Value>,
    origin: String,
}

/// The entries, and the zones they name with the years they are used in.
#[derive(Default)]
struct Pages {
    events: Vec<Event>,
    zones: BTreeMap<String, BTreeSet<i32>>,
}

impl Book<'_> {
    fn visit(&self, row: &Value, pages: &mut Pages) {
        let Some(subject) = subject_in(Kind::Visit, &row["id"]) else { return };
        let host = self.cities.get(row["host_city"].as_str().unwrap_or_default());
        if let (Some(from), Some(to)) = (day(&row["from"]), day(&row["to"])) {
            let kind = sentence_case(&locale("en").word(row["kind"].as_str().unwrap_or_default()));
            let mut event = self.event(subject, "", row);
            event.summary(&format!("{kind}: {}", self.names.of(subject)));
            all_day(&mut event, "DTSTART", from.0);
            all_day(&mut event, "DTEND", to.plus_days(1).0);
            self.place(&mut event, host, None);
            text(&mut event, "DESCRIPTION", &row["objectives"]);
            event.status(status_of(row["status"].as_str().unwrap_or_default()));
            pages.events.push(event.done());
        }
        for session in row["sessions"].as_array().into_iter().flatten() {
            self.session(subject, row, host, session, pages);
        }
    }

    fn session(&self, visit: Subject, row: &Value, host: Option<&Value>, session: &Value, pages: &mut Pages) {
        let zone = host.and_then(|host| host["timezone"].as_str()).unwrap_or("UTC");
        let moment = |time: &Value| -> Option<NaiveDateTime> {
            let text = format!("{}T{}", session["day"].as_str()?, time.as_str()?);
            Some(text.parse::<LocalMoment>().ok()?.0)
        };
        let Some(start) = moment(&session["start"]) else { return };
        let mut event = self.event(visit, session["session"].as_str().unwrap_or_default(), row);
        event.summary(session["title"].as_str().unwrap_or_default());
        pages.at(&mut event, "DTSTART", start, zone);
        if let Some(end) = moment(&session["end"]).filter(|end| *end > start) {
            pages.at(&mut event, "DTEND", end, zone);
        }
        self.place(&mut event, host, session["place"].as_str());
        let called = locale("en").say("calendar-session-of", &[("visit", Said::Text(&self.names.of(visit)))]);
        event.description(&called);
        let dropped = matches!(session["status"].as_str(), Some("dropped" | "skipped")) || row["status"] == "cancelled";
        event.status(if dropped { EventStatus::Cancelled } else { EventStatus::Confirmed });
        pages.events.push(event.done());
    }

    fn meeting(&self, row: &Value, pages: &mut Pages) {
        let Some(subject) = subject_in(Kind::Meeting, &row["id"]) else { return };
        let Some(start) = row["start"].as_str().and_then(|text| text.parse::<LocalMoment>().ok()) else { return };
        let mut event = self.event(subject, "", row);
        event.summary(row["title"].as_str().unwrap_or_default());
        pages.at(&mut event, "DTSTART", start.0, row["timezone"].as_str().unwrap_or("UTC"));
        text(&mut event, "LOCATION", &row["place"]);
        text(&mut event, "DESCRIPTION", &row["description"]);
        event.status(if row["status"] == "cancelled" { EventStatus::Cancelled } else { EventStatus::Confirmed });
        pages.events.push(event.done());
    }

    /// What every entry says: who it is, how often it changed, when it did last, where to read more.
    fn event(&self, subject: Subject, part: &str, row: &Value) -> Event {
        let mut event = Event::new();
        let part = if part.is_empty() { String::new() } else { format!("-{part}") };
        event.uid(&format!("{}-{}{part}@{}", subject.kind.word(), subject.id, self.origin));
        event.add_property("SEQUENCE", row["version"].as_u64().unwrap_or(1).saturating_sub(1).to_string());
        // The day of the last change: the same prefix of the log has the same calendar, byte for byte.
        let changed = day(&row["updated"]).map(|day| format!("{}T000000Z", day.0.format("%Y%m%d")));
        event.add_property("DTSTAMP", changed.as_deref().unwrap_or("19700101T000000Z"));
        event.add_property("URL", format!("{}{}", self.site.public_url, page(subject)));
        event
    }

    fn place(&self, event: &mut Event, city: Option<&Value>, place: Option<&str>) {
        let Some(city) = city else { return };
        let name = city["name"].as_str().unwrap_or_default();
        let land = country(city["country"].as_str().unwrap_or_default());
        let place = place.map(|place| format!("{place}, ")).unwrap_or_default();
        event.location(&format!("{place}{name}, {land}"));
        if let (Some(latitude), Some(longitude)) = (city["latitude"].as_str(), city["longitude"].as_str()) {
            event.add_property("GEO", format!("{latitude};{longitude}"));
        }
    }
}

impl Pages {
    /// A moment in a zone, whose rules are sent along.
    fn at(&mut self, event: &mut Event, name: &str, moment: NaiveDateTime, zone: &str) {
        let text = moment.format("%Y%m%dT%H%M%S").to_string();
        match zone.parse::<chrono_tz::Tz>() {
            Ok(known) if known != chrono_tz::UTC => {
                self.zones.entry(known.name().to_owned()).or_default().insert(moment.year());
                event.append_property(Property::new(name, &text).add_parameter("TZID", known.name()).done());
            }
            _ => {
                event.add_property(name, format!("{text}Z"));
            }
        }
    }

    /// The whole calendar.
    fn written(self) -> String {
        let mut calendar = Calendar::empty();
        calendar.append_property(("VERSION", "2.0"));
        calendar.append_property(("PRODID", "-//Koinon//Calendar//EN"));
        calendar.append_property(("CALSCALE", "GREGORIAN"));
        calendar.append_property(("METHOD", "PUBLISH"));
        calendar.append_property(("X-WR-CALNAME", locale("en").t("calendar-title").as_str()));
        calendar.append_property(("REFRESH-INTERVAL;VALUE=DURATION", "PT1H"));
        self.events.into_iter().for_each(|event| {
            calendar.push(event);
        });
        let text = calendar.to_string();
        let zones: String = self.zones.iter().map(|(zone, years)| zone::rules(zone, years)).collect();
        // The library has no zones of its own: they stand before the first entry.
        let first = text.find("BEGIN:VEVENT").or_else(|| text.find("END:VCALENDAR")).unwrap_or(text.len());
        let (before, after) = text.split_at(first);
        format!("{before}{zones}{after}")
    }
}

fn day(value: &Value) -> Option<Day> {
    value.as_str()?.parse().ok()
}

fn all_day(event: &mut Event, name: &str, day: NaiveDate) {
    let text = day.format("%Y%m%d").to_string();
    event.append_property(Property::new(name, &text).add_parameter("VALUE", "DATE").done());
}

fn text(event: &mut Event, name: &str, value: &Value) {
    if let Some(text) = value.as_str().filter(|text| !text.is_empty()) {
        match name {
            "LOCATION" => event.location(text),
            _ => event.description(text),
        };
    }
}

fn status_of(status: &str) -> EventStatus {
    match status {
        "cancelled" => EventStatus::Cancelled,
        "proposed" | "scheduled" | "postponed" => EventStatus::Tentative,
        _ => EventStatus::Confirmed,
    }
}
