//! Records told to people: who did what, when, to what and why, with the names the reader may know.

mod codes;

use std::collections::HashMap;

use koinon_events::value::Timestamp;
use koinon_events::{Actor, Record, Subject};
use koinon_projections::sentence::{Term, sentence};
use serde_json::{Value, json};

use self::codes::Codes;
use crate::app::{EventFilter, Stored, record_of};
use crate::locale::{Locale, spoken};
use crate::web::failure::Refusal;
use crate::web::reads::{Names, View};
use crate::web::subjects::location;

/// How many positions the newest records are first looked for in.
const WINDOW: u64 = 400;

/// One record in words.
#[derive(Debug, Clone)]
pub struct Told {
    /// Its place in the log.
    pub position: u64,
    /// The subject's version after it.
    pub version: u64,
    /// When it was recorded.
    pub time: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// What to call them.
    pub who: String,
    /// What it happened to.
    pub subject: Subject,
    /// What to call that.
    pub what: String,
    /// Whether the reader may open it.
    pub opens: bool,
    /// The sentence, beginning after the actor.
    pub sentence: String,
    /// The event's name: `VisitScheduled`.
    pub event: String,
    /// The programme's code.
    pub programme: Option<String>,
    /// The reason given.
    pub reason: Option<String>,
    /// The position of the event it corrects.
    pub corrects: Option<u64>,
}

impl Told {
    /// The sentence without the reason at its end, for where the reason has a place of its own.
    pub fn without_reason(&self, locale: &Locale) -> &str {
        let Some(reason) = &self.reason else { return &self.sentence };
        let ending = locale.say("reason-ending", &[("reason", crate::locale::Said::Text(reason))]);
        self.sentence.strip_suffix(ending.trim()).map_or(self.sentence.as_str(), str::trim_end)
    }

    /// As `/api/audit` answers it.
    pub fn json(&self) -> Value {
        json!({
            "position": self.position,
            "version": self.version,
            "time": self.time,
            "actor": self.actor,
            "actor_name": self.who,
            "subject": self.subject,
            "subject_title": self.what,
            "href": location(self.subject),
            "sentence": self.sentence,
            "type": self.event,
            "programme": self.programme,
            "reason": self.reason,
            "corrects": self.corrects,
        })
    }
}

/// Tells records.
///
/// # Errors
/// When names cannot be read.
pub async fn tell(view: &View, records: &[Stored]) -> Result<Vec<Told>, Refusal> {
    tell_in(spoken(), view, records).await
}

/// Tells records in a language.
///
/// # Errors
/// When names cannot be read.
pub async fn tell_in(words: &Locale, view: &View, records: &[Stored]) -> Result<Vec<Told>, Refusal> {
    let mut read = Vec::with_capacity(records.len());
    let mut wanted: Vec<Subject> = Vec::new();
    for stored in records {
        let record = record_of(stored)?;
        let told = record.event().ok().map(|event| sentence(&event));
        wanted.push(record.subject);
        wanted.extend(actor_subject(&record.actor));
        if let Some(told) = &told {
            told.terms.iter().for_each(|(_, term)| subjects_in(term, &mut wanted));
        }
        read.push((record, told));
    }
    let names = view.names(wanted).await?;
    let sentences = read.iter().filter_map(|(record, told)| Some((record.subject, told.as_ref()?)));
    let codes = Codes::read(words, view, sentences).await?;
    let mut actors: HashMap<Actor, String> = HashMap::new();
    let mut told: Vec<Told> = read
        .into_iter()
        .map(|(record, told)| {
            let who =
                actors.entry(record.actor.clone()).or_insert_with_key(|actor| called(actor, &names, words)).clone();
            let sentence = match told {
                Some(mut told) => {
                    codes.put_in(words, record.subject, &mut told);
                    words.sentence(&told, &|subject| names.of(subject))
                }
                None => words.t("event-unknown"),
            };
            let data: Value = serde_json::from_str(record.data.get()).unwrap_or_default();
            Told {
                position: record.position,
                version: record.version,
                time: record.time,
                who,
                actor: record.actor,
                subject: record.subject,
                what: names.of(record.subject),
                opens: names.may_open(record.subject),
                sentence,
                event: event_name(&record.stored_type).to_owned(),
                programme: record.programme.map(|code| code.to_string()),
                reason: data["reason"].as_str().map(str::to_owned),
                corrects: None,
            }
        })
        .collect();
    link_corrections(view, &mut told, records).await?;
    Ok(told)
}

/// Links each correction to the record it corrects.
///
/// # Errors
/// When the log cannot be read.
async fn link_corrections(view: &View, told: &mut [Told], records: &[Stored]) -> Result<(), Refusal> {
    for (told, stored) in told.iter_mut().zip(records) {
        let Some((earlier, same)) = corrected_by(&told.event) else { continue };
        let data = data_of(stored);
        let filter =
            EventFilter { subject: Some(told.subject), upto: Some(told.position - 1), ..EventFilter::default() };
        let history = newest(view, &filter, told.position - 1, usize::MAX).await?;
        told.corrects = history
            .iter()
            .filter(|stored| {
                let record = Record::parse(&stored.bytes).ok();
                let name = record.map(|record| event_name(&record.stored_type).to_owned()).unwrap_or_default();
                earlier.contains(&name.as_str())
            })
            .find(|stored| same.iter().all(|field| data_of(stored)[field] == data[field]))
            .map(|stored| stored.position);
    }
    Ok(())
}

/// Which events an event of that name corrects, and the fields both must share.
fn corrected_by(event: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    match event {
        "MeasurementCorrected" => Some((&["MeasurementRecorded", "MeasurementCorrected"], &["indicator", "period"])),
        "AttendanceRecorded" => Some((&["AttendanceRecorded"], &["session"])),
        "MissionNoteSubmitted" => Some((&["MissionNoteSubmitted"], &["expert"])),
        "RecordingReplaced" => Some((&["RecordingPublished", "RecordingReplaced"], &[])),
        "CommentEdited" => Some((&["CommentPosted", "CommentEdited"], &["comment"])),
        _ => None,
    }
}

fn data_of(stored: &Stored) -> Value {
    let record = Record::parse(&stored.bytes).ok();
    record.and_then(|record| serde_json::from_str(record.data.get()).ok()).unwrap_or_default()
}

/// `koinon.VisitScheduled.v1` → `VisitScheduled`.
fn event_name(stored_type: &str) -> &str {
    let name = stored_type.trim_start_matches("koinon.");
    name.rsplit_once(".v").map_or(name, |(name, _)| name)
}

/// The person or token that acted; none where it was a rule of the system.
pub fn actor_subject(actor: &Actor) -> Option<Subject> {
    match actor {
        Actor::Person(id) => Some(id.subject()),
        Actor::Token(id) => Some(id.subject()),
        Actor::System(_) => None,
    }
}

fn called(actor: &Actor, names: &Names, words: &Locale) -> String {
    match actor_subject(actor) {
        Some(subject) => names.of(subject),
        None => words.t("actor-system"),
    }
}

fn subjects_in(term: &Term, found: &mut Vec<Subject>) {
    match term {
        Term::Subject(subject) => found.push(*subject),
        Term::List(terms) => terms.iter().for_each(|term| subjects_in(term, found)),
        _ => {}
    }
}

/// The newest records up to a position, newest first: the log is looked through backwards in growing windows.
///
/// # Errors
/// When the log cannot be read.
pub async fn newest(view: &View, filter: &EventFilter, upto: u64, count: usize) -> Result<Vec<Stored>, Refusal> {
    let mut found: Vec<Stored> = Vec::new();
    let (mut high, mut window) = (upto, WINDOW);
    while high > 0 && found.len() < count {
        let low = high.saturating_sub(window);
        let filter = EventFilter { upto: Some(high), ..filter.clone() };
        let (mut after, mut part) = (low, Vec::new());
        while after < high {
            let reading = view.site.koinon.records(&view.caller, &filter, after, 500).await?;
            part.extend(reading.records.into_iter().filter(|record| record.position <= high));
            if reading.until <= after {
                break;
            }
            after = reading.until;
        }
        part.reverse();
        found.append(&mut part);
        (high, window) = (low, window.saturating_mul(4));
    }
    found.truncate(count);
    Ok(found)
}
