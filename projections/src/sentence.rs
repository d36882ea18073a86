//! Every event as one plain, translatable sentence: a key into the locales and the values it speaks of. Total: a new
//! event does not compile without its sentence.
//!
//! The sentence begins after its actor: "moved the visit from 13 June to 20 June. Reason: strike". It names each value
//! that changed, from what to what, and the reason wherever there is one.

mod action;
mod city;
mod discussion;
mod document;
mod following;
mod learning;
mod log;
mod meeting;
mod partnership;
mod person;
mod pilot;
mod programme;
mod project;
mod report;
mod token;
mod visit;
mod webhook;

use koinon_events::value::{Day, Decimal, Month, Timestamp};
use koinon_events::{Event, Subject};

/// A value a sentence speaks of. The rim writes it in the reader's language, and opens persons for those who may.
#[derive(Debug, Clone, PartialEq)]
pub enum Term {
    /// Text as somebody wrote it, or a code.
    Text(String),
    /// An enumeration's kebab-case word, translated by the rim (`value-study-visit`).
    Word(&'static str),
    /// A day.
    Day(Day),
    /// A month.
    Month(Month),
    /// A moment.
    Moment(Timestamp),
    /// A whole number; plural forms follow it.
    Number(i64),
    /// An exact decimal.
    Decimal(Decimal),
    /// A subject, called by its title (a person by name where the reader may see it).
    Subject(Subject),
    /// Several, joined as a list.
    List(Vec<Term>),
}

/// One event in words: the key of the sentence in the locales, and what it speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// The message in `locales/LANGUAGE/NOUN.ftl`: the event's name in kebab-case, with a suffix for variants.
    pub key: &'static str,
    /// What it speaks of, by the name the message uses.
    pub terms: Vec<(&'static str, Term)>,
}

impl Sentence {
    pub(crate) fn new(key: &'static str) -> Self {
        Self { key, terms: Vec::new() }
    }

    /// Adds a value.
    pub(crate) fn with(mut self, name: &'static str, term: impl Into<Term>) -> Self {
        self.terms.push((name, term.into()));
        self
    }

    /// Adds a value where there is one; the message chooses by its presence (`{ $reason -> [none] … }`).
    pub(crate) fn with_optional(mut self, name: &'static str, term: Option<impl Into<Term>>) -> Self {
        self.terms.push((name, term.map_or(Term::Word("none"), Into::into)));
        self
    }
}

/// The event's sentence.
pub fn sentence(event: &Event) -> Sentence {
    match event {
        Event::Log(event) => log::sentence(event),
        Event::Programme(event) => programme::sentence(event),
        Event::City(event) => city::sentence(event),
        Event::Partnership(event) => partnership::sentence(event),
        Event::Person(event) => person::sentence(event),
        Event::Visit(event) => visit::sentence(event),
        Event::Meeting(event) => meeting::sentence(event),
        Event::Learning(event) => learning::sentence(event),
        Event::Document(event) => document::sentence(event),
        Event::Discussion(event) => discussion::sentence(event),
        Event::Project(event) => project::sentence(event),
        Event::Pilot(event) => pilot::sentence(event),
        Event::Action(event) => action::sentence(event),
        Event::Report(event) => report::sentence(event),
        Event::Webhook(event) => webhook::sentence(event),
        Event::Token(event) => token::sentence(event),
        Event::Following(event) => following::sentence(event),
    }
}

macro_rules! terms {
    ($($source:ty => |$value:ident| $term:expr;)+) => {$(
        impl From<$source> for Term {
            fn from($value: $source) -> Self {
                $term
            }
        }
    )+};
}

terms! {
    &koinon_events::value::Line => |value| Term::Text(value.to_string());
    &koinon_events::value::Prose => |value| Term::Text(value.to_string());
    &koinon_events::value::Code => |value| Term::Text(value.to_string());
    &koinon_events::value::Language => |value| Term::Text(value.to_string());
    &koinon_events::value::LocalTime => |value| Term::Text(value.to_string());
    &koinon_events::value::WebAddress => |value| Term::Text(value.to_string());
    &koinon_events::value::LocalText => |value| Term::Text(value.in_language("en").to_owned());
    Day => |value| Term::Day(value);
    Month => |value| Term::Month(value);
    u32 => |value| Term::Number(value.into());
    &Decimal => |value| Term::Decimal(value.clone());
    Subject => |value| Term::Subject(value);
}

/// How many people were present: those named, and the others counted.
fn head_count<'a>(named: usize, others: impl IntoIterator<Item = &'a u32>) -> u32 {
    let named = u32::try_from(named).unwrap_or(u32::MAX);
    others.into_iter().fold(named, |sum, count| sum.saturating_add(*count))
}

impl<T: Into<Term>> From<Vec<T>> for Term {
    fn from(values: Vec<T>) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }
}
