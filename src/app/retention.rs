//! How long personal data are kept: until some years after the last programme that knows of a person was closed
//! (Financial Regulation (EU) 2024/2509 art. 133: five years after the balance). A fold over the log says who is due and since
//! when; erasing them is a command like any other, given by whoever asks for it.
//!
//! Refuses to call anybody due who belongs to no programme, acts in a role for every programme, or is held: an erasure
//! that was put off until a day which is not over is a legal hold.

use std::collections::{BTreeMap, BTreeSet};

use koinon_events::programme::ProgrammeEvent;
use koinon_events::value::Day;
use koinon_events::{Actor, Event, Kind, PersonId, Record, Role, Subject};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{Caller, Failure, Koinon, Order, record_of};
use crate::access;
use crate::domain::State;
use crate::domain::person::{Person, PersonStatus};

/// The years that records are kept where nothing else is set.
pub const RETENTION_YEARS: u32 = 5;

/// The legal basis that such an erasure is recorded with.
pub const BASIS: &str = "Financial Regulation (EU) 2024/2509 art. 133; GDPR art. 5(1)(e)";

/// How many records are read at once.
const PAGE: usize = 2_000;

/// Somebody whose time is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// Who, by the opaque id.
    pub person: PersonId,
    /// The programmes that know of the person, by code.
    pub programmes: Vec<String>,
    /// The day the last of them was closed.
    pub closed_on: Day,
    /// The first day on which the data are kept no more.
    pub since: Day,
    /// The last day of the hold that keeps the person all the same.
    pub held_until: Option<Day>,
    /// The reference that the erasure is recorded with.
    pub request: String,
}

/// What the rule comes to on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Retention {
    /// The years after the closing.
    pub years: u32,
    /// The UTC day it was looked at.
    pub day: Day,
    /// The position it stands on.
    pub position: u64,
    /// Who is due for erasure.
    pub due: Vec<Kept>,
    /// Who would be, and is held.
    pub held: Vec<Kept>,
}

impl Koinon {
    /// Who is due for erasure today, for an administrator of everything. Nothing is erased by looking.
    ///
    /// # Errors
    /// [`Failure::Absent`] for anybody else; [`Failure::Unavailable`] when the log cannot be read.
    pub async fn retention(&self, caller: &Caller) -> Result<Retention, Failure> {
        let day = self.inner.clock.today();
        let is_rule = matches!(caller.actor, Actor::System(_));
        if !is_rule && !access::holds_everywhere(&[Role::Administrator], &caller.grants, day) {
            return Err(Failure::Absent);
        }
        let (mut seen, mut position) = (Seen::default(), 0);
        loop {
            let page = self.inner.store.records(position, None, PAGE).await?;
            let Some(last) = page.last() else { break };
            position = last.position;
            for stored in &page {
                let record = record_of(stored)?;
                seen.apply(&record, &stored.bytes).map_err(|error| Failure::Internal(error.to_string()))?;
            }
        }
        let (held, due) = seen.over(self.inner.retention_years, day).partition(|kept| kept.held_until.is_some());
        Ok(Retention { years: self.inner.retention_years, day, position, due, held })
    }

    /// Erases somebody who is due, as the caller; says at which position.
    ///
    /// # Errors
    /// As any command.
    pub async fn erase_due(&self, caller: &Caller, kept: &Kept) -> Result<u64, Failure> {
        let body = json!({ "person": kept.person, "basis": BASIS, "request": kept.request });
        let body = body.as_object().cloned().unwrap_or_default();
        let order = Order { name: "ErasePerson".to_owned(), body, ..Order::default() };
        Ok(self.execute(caller, order).await?.position)
    }
}

/// What the log tells of people and programmes, as far as the rule asks.
#[derive(Default)]
struct Seen {
    /// The day each programme was closed, by code.
    programmes: BTreeMap<String, Option<Day>>,
    /// The programme, by code, of everything that a role may be granted for.
    places: BTreeMap<Subject, String>,
    people: BTreeMap<Uuid, Somebody>,
}

struct Somebody {
    state: Option<State>,
    programmes: BTreeSet<String>,
}

impl Seen {
    fn apply(&mut self, record: &Record, bytes: &[u8]) -> Result<(), koinon_events::SchemaError> {
        let code = record.programme.as_ref().map(ToString::to_string);
        if record.subject.kind == Kind::Programme
            && let Some(code) = &code
        {
            let closed = self.programmes.entry(code.clone()).or_default();
            if let Event::Programme(ProgrammeEvent::ProgrammeClosed(event)) = record.event()? {
                *closed = Some(event.date.unwrap_or(record.time.day()));
            }
        }
        if record.subject.kind == Kind::Person {
            let id = record.subject.id;
            let somebody =
                self.people.entry(id).or_insert_with(|| Somebody { state: None, programmes: BTreeSet::new() });
            somebody.state = State::evolve(somebody.state.take(), record.subject, &record.event()?);
        }
        let Some(code) = code else { return Ok(()) };
        if matches!(record.subject.kind, Kind::Programme | Kind::City | Kind::Partnership) {
            self.places.insert(record.subject, code.clone());
        }
        for id in ids(bytes) {
            if let Some(somebody) = self.people.get_mut(&id) {
                somebody.programmes.insert(code.clone());
            }
        }
        Ok(())
    }

    /// Everybody whose programmes were all closed so many years ago, and who is not erased.
    fn over(&self, years: u32, today: Day) -> impl Iterator<Item = Kept> {
        self.people.iter().filter_map(move |(id, somebody)| {
            let Some(State::Person(person)) = &somebody.state else { return None };
            if person.status == PersonStatus::Erased || acts_everywhere(person, today) {
                return None;
            }
            let mut programmes = somebody.programmes.clone();
            for place in person.grants.values().filter_map(|grant| grant.scope) {
                programmes.insert(self.places.get(&place)?.clone());
            }
            let closed = programmes.iter().map(|code| self.programmes.get(code).copied().flatten());
            let closed: Vec<Day> = closed.collect::<Option<_>>()?;
            let closed_on = closed.into_iter().max()?;
            let since = years_after(closed_on, years)?;
            let programmes: Vec<String> = programmes.into_iter().collect();
            let request = format!("retention rule: {} years after {closed_on}", years);
            let held_until = person.held_until.filter(|until| today <= *until);
            let kept = Kept { person: PersonId(*id), programmes, closed_on, since, held_until, request };
            (since <= today).then_some(kept)
        })
    }
}

/// Whether the person holds a role for every programme, those to come among them.
fn acts_everywhere(person: &Person, today: Day) -> bool {
    let mut grants = person.grants.values();
    person.status != PersonStatus::Inactive && grants.any(|grant| grant.scope.is_none() && grant.holds_on(today))
}

fn years_after(day: Day, years: u32) -> Option<Day> {
    day.0.checked_add_months(chrono::Months::new(years.checked_mul(12)?)).map(Day)
}

/// Every id that stands in a record.
fn ids(bytes: &[u8]) -> impl Iterator<Item = Uuid> + '_ {
    const LENGTH: usize = 36;
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(part) = bytes.get(at..at + LENGTH) {
            let id = (part[8] == b'-' && part[13] == b'-').then(|| Uuid::try_parse_ascii(part).ok()).flatten();
            at += if id.is_some() { LENGTH } else { 1 };
            if id.is_some() {
                return id;
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_later_is_the_same_day_of_the_calendar() {
        let after = |day: &str, years| years_after(day.parse().unwrap(), years).unwrap().to_string();
        assert_eq!(after("2018-12-31", 5), "2023-12-31");
        assert_eq!(after("2020-02-29", 5), "2025-02-28");
    }

    #[test]
    fn every_id_in_a_record_is_found() {
        let (one, other) = (Uuid::from_u128(7), Uuid::from_u128(8));
        let record = format!("{{\"actor\":\"person/{one}\",\"data\":{{\"present\":[\"{other}\"]}},\"x\":\"a-b-c\"}}");
        assert_eq!(ids(record.as_bytes()).collect::<Vec<_>>(), [one, other]);
    }
}
