//! Words for people: every text of a page and every sentence of the record, in the reader's language.
//!
//! Texts are Fluent messages in `locales/LANGUAGE/*.ftl`, inside the binary; a further language is only files. A key
//! that a language lacks is looked up in English, and a key that English lacks fails a test. How dates, numbers and
//! lists are written stands in [`written`].

mod retold;
mod spoken;
mod written;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use koinon_events::Subject;
use koinon_projections::sentence::{Sentence, Term};
use rust_embed::RustEmbed;

pub use spoken::{here, preferred, speaking, spoken};
pub use written::{day, day_and_month, decimal, moment, month, month_name, number, time_of_day, weekday_and_day};

#[derive(RustEmbed)]
#[folder = "src/locales/"]
struct Files;

/// One language.
pub struct Locale {
    /// Its tag: `en`.
    pub tag: String,
    /// What stands between thousands, and before decimals.
    marks: (String, String),
    bundle: FluentBundle<FluentResource>,
}

static LOCALES: LazyLock<HashMap<String, Locale>> = LazyLock::new(|| {
    let mut tags: Vec<String> =
        Files::iter().filter_map(|path| path.split_once('/').map(|(tag, _)| tag.to_owned())).collect();
    tags.sort();
    tags.dedup();
    tags.into_iter().filter_map(|tag| Some((tag.clone(), Locale::load(&tag)?))).collect()
});

/// The language of that tag, or English.
///
/// # Panics
/// Never: English is inside the binary, as a test makes sure.
pub fn locale(tag: &str) -> &'static Locale {
    static EMPTY: LazyLock<Locale> =
        LazyLock::new(|| Locale::new("en".to_owned(), FluentBundle::new_concurrent(Vec::new())));
    LOCALES.get(tag).or_else(|| LOCALES.get("en")).unwrap_or(&EMPTY)
}

/// The tags of every language there is.
pub fn languages() -> Vec<&'static str> {
    let mut tags: Vec<&str> = LOCALES.keys().map(String::as_str).collect();
    tags.sort_unstable();
    tags
}

impl Locale {
    fn load(tag: &str) -> Option<Self> {
        let mut bundle = FluentBundle::new_concurrent(vec![tag.parse().ok()?]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(plain_number));
        let prefix = format!("{tag}/");
        for path in Files::iter().filter(|path| path.starts_with(&prefix)) {
            let text = String::from_utf8(Files::get(&path)?.data.into_owned()).ok()?;
            let resource = match FluentResource::try_new(text) {
                Ok(resource) => resource,
                Err((resource, errors)) => {
                    tracing::error!(%path, ?errors, "a language file has messages that cannot be read");
                    resource
                }
            };
            if let Err(errors) = bundle.add_resource(resource) {
                tracing::error!(%path, ?errors, "a language file has messages that stand twice");
            }
        }
        Some(Self::new(tag.to_owned(), bundle))
    }

    fn new(tag: String, bundle: FluentBundle<FluentResource>) -> Self {
        let mark = |key: &str| {
            let pattern = bundle.get_message(key).and_then(|message| message.value());
            pattern
                .map(|pattern| bundle.format_pattern(pattern, None, &mut Vec::new()).into_owned())
                .unwrap_or_default()
        };
        let marks = (mark("number-thousands"), mark("number-decimals"));
        Self { tag, marks, bundle }
    }

    /// A text without values.
    pub fn t(&self, key: &str) -> String {
        self.say(key, &[])
    }

    /// A text with values; numbers choose plural forms.
    pub fn say(&self, key: &str, values: &[(&str, Said<'_>)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(*name, value.fluent());
        }
        self.formatted(key, &args).0.unwrap_or_else(|| words_of(key))
    }

    fn formatted(&self, key: &str, args: &FluentArgs<'_>) -> (Option<String>, Vec<FluentError>) {
        let mut errors = Vec::new();
        let pattern = self.bundle.get_message(key).and_then(|message| message.value());
        match pattern {
            Some(pattern) => {
                let text = self.bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
                (Some(text), errors)
            }
            None if self.tag == "en" => (None, errors),
            None => locale("en").formatted(key, args),
        }
    }

    /// Whether the language itself has the key.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// An enumeration's word: `study-visit` → "study visit".
    pub fn word(&self, word: &str) -> String {
        let key = format!("value-{word}");
        if self.has(&key) || locale("en").has(&key) { self.t(&key) } else { word.replace('-', " ") }
    }

    /// An event's sentence, each subject in it called by `title`.
    pub fn sentence(&self, sentence: &Sentence, title: &dyn Fn(Subject) -> String) -> String {
        let mut args = FluentArgs::new();
        for (name, term) in &sentence.terms {
            args.set(*name, self.term(term, title));
        }
        one_full_stop(self.formatted(sentence.key, &args).0.unwrap_or_else(|| words_of(sentence.key)))
    }

    fn term(&self, term: &Term, title: &dyn Fn(Subject) -> String) -> FluentValue<'static> {
        match term {
            Term::Number(number) => FluentValue::Number(FluentNumber::from(*number)),
            other => FluentValue::String(Cow::Owned(self.term_text(other, title))),
        }
    }

    fn term_text(&self, term: &Term, title: &dyn Fn(Subject) -> String) -> String {
        match term {
            Term::Text(text) => text.clone(),
            // The branch of a message, never shown.
            Term::Word("none") => "none".to_owned(),
            Term::Word(word) => self.word(word),
            Term::Day(value) => day(self, *value),
            Term::Month(value) => month(self, *value),
            Term::Moment(value) => moment(self, *value),
            Term::Number(value) => number(*value),
            Term::Decimal(value) => decimal(&value.to_string()),
            Term::Subject(subject) => title(*subject),
            Term::List(terms) => self.list(&terms.iter().map(|term| self.term_text(term, title)).collect::<Vec<_>>()),
        }
    }

    /// Several as one: "a, b and c".
    pub fn list(&self, items: &[String]) -> String {
        self.joined("list-last", items)
    }

    /// One of several: "a, b or c".
    pub fn choice(&self, items: &[String]) -> String {
        self.joined("list-or", items)
    }

    fn joined(&self, last_two: &str, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => self.say(
                last_two,
                &[("first", Said::Text(&first.join(&self.t("list-between")))), ("last", Said::Text(last))],
            ),
        }
    }
}

/// A value in a text.
#[derive(Debug, Clone, Copy)]
pub enum Said<'a> {
    /// As it stands.
    Text(&'a str),
    /// A whole number.
    Number(i64),
}

impl Said<'_> {
    /// A count.
    pub fn count(count: usize) -> Self {
        Self::Number(i64::try_from(count).unwrap_or(i64::MAX))
    }

    fn fluent(self) -> FluentValue<'static> {
        match self {
            Self::Text(text) => FluentValue::String(Cow::Owned(text.to_owned())),
            Self::Number(number) => FluentValue::Number(FluentNumber::from(number)),
        }
    }
}

/// Numbers in texts are written as everywhere.
fn plain_number<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match value {
        #[allow(clippy::cast_possible_truncation)]
        FluentValue::Number(found) if found.value.fract() == 0.0 => Some(number(found.value as i64)),
        _ => None,
    }
}

/// Where a text brings its own full stop, the sentence around it needs no other; three of them are left.
fn one_full_stop(text: String) -> String {
    if !text.contains("..") || text.contains("...") { text } else { text.replace("..", ".") }
}

/// A key in words, for what no file says.
fn words_of(key: &str) -> String {
    key.replace('-', " ")
}

#[cfg(test)]
mod tests;
