//! The sample programme: International City Cooperation – Acting for Green and Inclusive Recovery, told as commands.
//!
//! A pure script. [`story`] answers every step in time order; the demo executes the steps up to [`STOPS_AT`] under a
//! simulated clock, and [`next_day`] is what “play the next day” issues. Ids are made from names, so the same story has
//! the same ids everywhere. Each row of `sample/history.csv` is one or more steps (`from_row`) or stands in [`LEFT_OUT`];
//! what the rows lack is added. Facts come from the two tables; persons, figures and papers are invented.

mod actions;
mod cities;
mod documents;
mod dossiers;
mod extras;
mod history;
mod learnings;
mod meetings;
mod pairs;
mod people;
mod pilots;
mod pilots_done;
mod programme;
mod projects;
#[cfg(test)]
pub(crate) mod rehearsal;
mod reports;
mod told;
mod visits;
mod visits_later;

use koinon_events::Subject;
use koinon_events::value::{Day, Timestamp};
use serde_json::{Map, Value};
use uuid::Uuid;

pub use documents::Paper;
pub use history::LEFT_OUT;
pub use people::{PEOPLE, SET_UP, SamplePerson};
pub use told::told;

use history::Row;

/// Where the simulated clock stops: month 17 of 18, a pilot paused, the last period open.
pub const STOPS_AT: &str = "2023-02-14T16:00:00Z";

/// All ids of the story are made from names within this namespace.
const NAMESPACE: Uuid = Uuid::from_u128(0x6b6f_696e_6f6e_5a4d_8a4d_0000_0000_2021);

/// One command of the story.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// When it is given.
    pub at: Timestamp,
    /// The sample person who gives it, a key of [`PEOPLE`]; or [`SET_UP`], the system before anybody can act.
    pub as_whom: &'static str,
    /// The command's name.
    pub command: &'static str,
    /// Its fields.
    pub body: Value,
    /// The row of the history it tells; absent where it was added.
    pub from_row: Option<u32>,
    /// Its own name within the story, the same each time the story is told.
    pub key: String,
}

impl Step {
    /// A name for the step that no other step has: the key under which its command is given once.
    pub fn key(&self) -> String {
        let told = format!("{}/{}/{}/{}", self.at, self.as_whom, self.command, koinon_events::canonical(&self.body));
        format!("sample/{}", Uuid::new_v5(&NAMESPACE, told.as_bytes()))
    }
}

/// The whole story, in time order.
pub fn story() -> Vec<Step> {
    script().steps
}

/// The steps up to the moment where the clock stops.
pub fn before() -> Vec<Step> {
    story().into_iter().filter(|step| step.at <= stops_at()).collect()
}

/// The steps of the first day after `day` on which something happens; none when the story is over. Days are UTC.
pub fn next_day(day: Day) -> Vec<Step> {
    let rest: Vec<Step> = story().into_iter().filter(|step| step.at.day() > day).collect();
    let next = rest.first().map(|step| step.at.day());
    rest.into_iter().filter(|step| Some(step.at.day()) == next).collect()
}

/// The bytes of every document the story registers.
pub fn papers() -> Vec<Paper> {
    script().papers
}

/// The moment where the clock stops.
pub fn stops_at() -> Timestamp {
    moment(STOPS_AT)
}

/// The id of a sample city.
pub fn city_id(key: &str) -> Uuid {
    uuid("city", key)
}

/// The id of a sample person.
pub fn person_id(key: &str) -> Uuid {
    uuid("person", key)
}

/// The subject of the sample programme.
pub fn programme_subject() -> Subject {
    Subject { kind: koinon_events::Kind::Programme, id: uuid("programme", "icc-agir") }
}

fn uuid(kind: &str, name: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, format!("{kind}/{name}").as_bytes())
}

/// The id of a subject of the story, as it stands in a body.
fn id(kind: &str, name: &str) -> String {
    uuid(kind, name).to_string()
}

/// The address of a subject of the story.
fn address(kind: &str, name: &str) -> String {
    format!("{kind}/{}", id(kind, name))
}

fn programme() -> String {
    id("programme", "icc-agir")
}

fn city(key: &str) -> String {
    id("city", key)
}

fn cities(keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| city(key)).collect()
}

fn person(key: &str) -> String {
    id("person", key)
}

fn pair(key: &str) -> String {
    id("partnership", key)
}

/// How many came, by city.
fn counts(of: &[(&str, u32)]) -> Value {
    Value::Object(of.iter().map(|(key, count)| (city(key), Value::from(*count))).collect::<Map<_, _>>())
}

/// The moment a text says; the beginning of 1970 when it says none, which the rehearsal would notice.
fn moment(text: &str) -> Timestamp {
    text.parse().unwrap_or(Timestamp::from_micros(0))
}

/// The story while it is written.
struct Script {
    steps: Vec<Step>,
    papers: Vec<Paper>,
    rows: Vec<Row>,
}

impl Script {
    /// A command that tells a row, at the row's time.
    fn row(&mut self, number: u32, as_whom: &'static str, command: &'static str, body: Value) {
        let at = self.told(number).utc;
        self.step(at, as_whom, command, body, Some(number));
    }

    /// A command that the history lacks. `at` is UTC to the minute, such as `2022-06-13T08:00`.
    fn add(&mut self, at: &str, as_whom: &'static str, command: &'static str, body: Value) {
        self.step(moment(&format!("{at}:00Z")), as_whom, command, body, None);
    }

    fn step(
        &mut self,
        at: Timestamp,
        as_whom: &'static str,
        command: &'static str,
        body: Value,
        from_row: Option<u32>,
    ) {
        let key = uuid("step", &format!("{at} {command} {body}")).to_string();
        self.steps.push(Step { at, as_whom, command, body, from_row, key });
    }

    /// What the history says in a row.
    fn told(&self, number: u32) -> Row {
        self.rows.iter().find(|row| row.number == number).cloned().unwrap_or_default()
    }
}

fn script() -> Script {
    let mut script = Script { steps: Vec::new(), papers: Vec::new(), rows: history::rows() };
    people::staff(&mut script);
    programme::tell(&mut script);
    cities::tell(&mut script);
    people::tell(&mut script);
    pairs::tell(&mut script);
    dossiers::tell(&mut script);
    meetings::tell(&mut script);
    visits::tell(&mut script);
    visits_later::tell(&mut script);
    learnings::tell(&mut script);
    projects::tell(&mut script);
    pilots::tell(&mut script);
    pilots_done::tell(&mut script);
    actions::tell(&mut script);
    reports::tell(&mut script);
    extras::tell(&mut script);
    programme::end(&mut script);
    script.steps.sort_by_key(|step| step.at);
    script
}
