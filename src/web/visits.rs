//! What a visit needs beside its own page: who was there, papers to print in two languages, what is still to be arranged,
//! the visits of a month and of each state, a visit like another one. Each page reads the visit's row at the moment asked
//! for; what is recorded goes through commands like everything else.

pub mod attendance;
pub mod board;
pub mod calendar;
pub mod checklist;
pub mod copy;
pub mod itinerary;
pub mod sheet;
pub mod tongues;

use koinon_events::{Kind, Subject};
use maud::{Markup, html};
use serde_json::Value;

use crate::domain::Scope;
use crate::locale::Locale;
use crate::web::asked::Asked;
use crate::web::details::as_a_title;
use crate::web::failure::Refusal;
use crate::web::fields::subjects_of;
use crate::web::form::allowed::may_at;
use crate::web::parts::{day_in, day_range, subjects};
use crate::web::reads::{Names, subject_in};
use crate::web::shell::Frame;
use crate::web::subjects::page as page_of;

/// One visit as its reader may see it.
pub struct Visit {
    /// Which.
    pub subject: Subject,
    /// Its row.
    pub row: Value,
    /// What to call whom it names.
    pub names: Names,
    scope: Scope,
}

/// Somebody the visit names, and the city they come for.
pub struct Named {
    /// Who.
    pub person: Subject,
    /// For which city; absent for experts, speakers and who comes for none.
    pub city: Option<Subject>,
}

impl Visit {
    /// Opens a visit.
    ///
    /// # Errors
    /// 404 when it is not there, or not for the reader to see.
    pub async fn open(asked: &Asked, id: &str) -> Result<Self, Refusal> {
        let id = id.parse().map_err(|_| Refusal::absent())?;
        let (row, _) = asked.view.row(Kind::Visit, id).await?.ok_or_else(Refusal::absent)?;
        let subject = Subject { kind: Kind::Visit, id };
        let speakers = row["sessions"]
            .as_array()
            .into_iter()
            .flatten()
            .flat_map(|session| subjects(Kind::Person, &session["speakers"]));
        let named: Vec<Subject> = subjects_of(&row).into_iter().chain(speakers).chain([subject]).collect();
        let names = asked.view.names(named).await?;
        let scope = asked.view.scope(subject).await?.unwrap_or_default();
        Ok(Self { subject, row, names, scope })
    }

    /// What it is called.
    pub fn title(&self) -> String {
        as_a_title(&self.names.of(self.subject))
    }

    /// Its days in words.
    pub fn days(&self, locale: &Locale) -> String {
        day_range(locale, day_in(&self.row["from"]), day_in(&self.row["to"]))
    }

    /// The frame of a page below the visit's own.
    pub fn frame(&self, asked: &Asked, title: impl Into<String>) -> Frame {
        let mut frame = Frame::below_list(asked, asked.locale.t("list-visits"), "/visits", title);
        frame.crumbs.insert(2, (self.title(), Some(asked.href(&page_of(self.subject)))));
        frame
    }

    /// Whether the reader may give a command here, now.
    pub fn may(&self, asked: &Asked, command: &str) -> bool {
        may_at(asked, command, self.subject, &self.scope)
    }

    /// The visit's page, or one below it.
    pub fn href(&self, below: &str) -> String {
        format!("{}{below}", page_of(self.subject))
    }

    /// The sessions that are not dropped, in the order they take place; those without a day come last.
    pub fn sessions(&self) -> Vec<&Value> {
        let all = self.row["sessions"].as_array().into_iter().flatten();
        let mut sessions: Vec<&Value> = all.filter(|session| session["status"] != "dropped").collect();
        sessions.sort_by_key(|session| (session["day"].is_null(), session["day"].as_str(), session["start"].as_str()));
        sessions
    }

    /// A session by its code.
    pub fn session(&self, code: &str) -> Option<&Value> {
        self.sessions().into_iter().find(|session| session["session"] == code)
    }

    /// Host first, then those who come.
    pub fn cities(&self) -> Vec<Subject> {
        let mut cities: Vec<Subject> = subject_in(Kind::City, &self.row["host_city"]).into_iter().collect();
        cities.extend(subjects(Kind::City, &self.row["visiting_cities"]));
        cities
    }

    /// Who is expected: the delegation, the experts, and who speaks in a session.
    pub fn expected(&self, session: Option<&Value>) -> Vec<Named> {
        let mut expected: Vec<Named> = Vec::new();
        let mut add = |person: Subject, city: Option<Subject>| {
            if !expected.iter().any(|named| named.person == person) {
                expected.push(Named { person, city });
            }
        };
        for delegate in self.row["delegates"].as_array().into_iter().flatten() {
            if let Some(person) = subject_in(Kind::Person, &delegate["person"]) {
                add(person, subject_in(Kind::City, &delegate["city"]));
            }
        }
        subjects(Kind::Person, &self.row["experts"]).into_iter().for_each(|person| add(person, None));
        let speakers = session.map(|session| subjects(Kind::Person, &session["speakers"])).unwrap_or_default();
        speakers.into_iter().for_each(|person| add(person, None));
        expected
    }

    /// What is recorded of who was at a session; at the visit as a whole when none is named.
    pub fn recorded(&self, session: &str) -> Option<&Value> {
        let sheets = self.row["attendance"].as_array().into_iter().flatten();
        sheets.into_iter().find(|sheet| sheet["session"].as_str().unwrap_or_default() == session)
    }

    /// Whether it has begun, so that who was there can be recorded.
    pub fn has_begun(&self) -> bool {
        matches!(self.row["status"].as_str(), Some("under-way" | "completed"))
    }

    /// The programme's row.
    pub fn programme<'a>(&self, asked: &'a Asked) -> Option<&'a Value> {
        asked.programmes.iter().find(|row| row["id"] == self.row["programme"])
    }
}

/// What a session is called, with when it is: "Tuesday, 09:30: Drone flights".
pub fn session_called(locale: &Locale, session: &Value) -> String {
    let title = session["title"].as_str().unwrap_or_default();
    let day = day_in(&session["day"]).map(|day| crate::locale::weekday_and_day(locale, day));
    let when: Vec<String> = day.into_iter().chain(session["start"].as_str().map(str::to_owned)).collect();
    if when.is_empty() { title.to_owned() } else { format!("{}: {title}", when.join(", ")) }
}

/// The links of a visit's page to its papers and lists.
pub fn papers(asked: &Asked, id: &str, status: &str) -> Markup {
    let locale = asked.locale;
    let href = |below: &str| asked.href(&format!("/visits/{id}{below}"));
    let acting = asked.is_now() && asked.reader.session.is_some();
    html! {
        nav."papers small noprint" aria-label=(locale.t("visit-papers")) { ul.row {
            li { a href=(href("/itinerary")) { (locale.t("visit-itinerary")) } }
            li { a href=(href("/checklist")) { (locale.t("visit-checklist")) } }
            li { a href=(href("/sheet")) { (locale.t("visit-sheet")) } }
            li { a href=(href("/attendance")) { (locale.t("visit-attendance")) } }
            @if acting {
                li { a href={ "/do/ScheduleVisit?like=" (id) } { (locale.t("visit-clone")) } }
                @if matches!(status, "under-way" | "completed") { li { a href={ "/visits/" (id) "/paste/attendance" } { (locale.t("paste-attendance")) } } }
                @if matches!(status, "proposed" | "scheduled" | "confirmed" | "postponed" | "under-way") {
                    li { a href={ "/visits/" (id) "/copy" } { (locale.t("visit-copy")) } }
                    li { a href={ "/visits/" (id) "/paste/sessions" } { (locale.t("paste-sessions")) } }
                    li { a href={ "/visits/" (id) "/paste/delegation" } { (locale.t("paste-delegation")) } }
                }
            }
        } }
    }
}
