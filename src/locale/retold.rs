//! What the law says in English, told in another language.
//!
//! Rules, permissions and fields say in plain English why they refuse; programs get those words, and so does who reads
//! English. The same sentences stand, word for word, in `locales/en/{rules,unfit,refusals,counting}.ftl`, a rule's under its
//! problem type. A sentence is found there by its words, the values in it are taken out, and it is said again in the
//! other language with them. A sentence that stands in no file stays English and says so; a test keeps any from that.

use std::collections::HashMap;
use std::sync::LazyLock;

use koinon_events::value::{Day, Month};

use super::{Files, Locale, Said, day, locale, month};

/// The files that hold the sentences.
const FILES: [&str; 4] = ["en/rules.ftl", "en/unfit.ftl", "en/refusals.ftl", "en/counting.ftl"];

/// Values that are words of an enumeration, or a list of them.
const WORDS: [&str; 7] = ["status", "kind", "wanted", "found", "allowed", "held", "ask"];

/// A sentence with values in it: what stands before, between and after them.
struct Pattern {
    key: String,
    texts: Vec<String>,
    names: Vec<String>,
}

/// The sentences without values by their words, and those with values, the most telling first.
static SENTENCES: LazyLock<(HashMap<String, String>, Vec<Pattern>)> = LazyLock::new(|| {
    let files = FILES.iter().filter_map(|path| String::from_utf8(Files::get(path)?.data.into_owned()).ok());
    let lines: Vec<String> = files.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
    let messages = lines.iter().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = "));
    let (mut plain, mut patterns) = (HashMap::new(), Vec::new());
    for (key, text) in messages {
        let pattern = Pattern::new(key, text);
        if pattern.names.is_empty() {
            plain.entry(text.to_owned()).or_insert_with(|| key.to_owned());
        } else {
            patterns.push(pattern);
        }
    }
    patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.texts.iter().map(String::len).sum::<usize>()));
    (plain, patterns)
});

/// The words of every enumeration, by what English calls them.
static ENGLISH_WORDS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let text = Files::get("en/values.ftl").and_then(|file| String::from_utf8(file.data.into_owned()).ok());
    let mut words = HashMap::new();
    for (key, said) in text.unwrap_or_default().lines().filter_map(|line| line.split_once(" = ")) {
        let word = key.trim_start_matches("value-");
        words.entry(said.to_owned()).or_insert_with(|| word.to_owned());
        words.entry(word.replace('-', " ")).or_insert_with(|| word.to_owned());
        words.entry(word.to_owned()).or_insert_with(|| word.to_owned());
    }
    words
});

impl Pattern {
    fn new(key: &str, text: &str) -> Self {
        let mut pieces = text.split("{ $");
        let mut texts = vec![pieces.next().unwrap_or_default().to_owned()];
        let mut names = Vec::new();
        for (name, rest) in pieces.filter_map(|piece| piece.split_once(" }")) {
            names.push(name.to_owned());
            texts.push(rest.to_owned());
        }
        Self { key: key.to_owned(), texts, names }
    }

    /// The values, when the sentence is this one.
    fn values<'a>(&'a self, sentence: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
        let (first, rest) = self.texts.split_first()?;
        let mut left = sentence.strip_prefix(first.as_str())?;
        let mut values = Vec::new();
        for (at, (name, text)) in self.names.iter().zip(rest).enumerate() {
            let is_last = at + 1 == self.names.len();
            let end = if is_last { left.strip_suffix(text.as_str())?.len() } else { left.find(text.as_str())? };
            values.push((name.as_str(), left.get(..end)?));
            left = left.get(end + text.len()..)?;
        }
        values.iter().all(|(_, value)| !value.is_empty()).then_some(values)
    }
}

impl Locale {
    /// An English sentence of the law in this language, and whether it is.
    pub fn retold(&self, english: &str) -> (String, bool) {
        if self.tag == "en" {
            return (english.to_owned(), true);
        }
        let (plain, patterns) = &*SENTENCES;
        if let Some(key) = plain.get(english) {
            return (self.t(key), true);
        }
        let found = patterns.iter().find_map(|pattern| Some((pattern, pattern.values(english)?)));
        let Some((pattern, values)) = found else { return (english.to_owned(), false) };
        let told: Vec<(&str, String)> =
            values.into_iter().map(|(name, value)| (name, self.value_retold(name, value))).collect();
        let said: Vec<(&str, Said<'_>)> = told.iter().map(|(name, value)| (*name, Said::Text(value))).collect();
        (self.say(&pattern.key, &said), true)
    }

    /// What a rule forbids, as far as it is the same every time.
    pub fn rule(&self, code: &str) -> Option<String> {
        let key = format!("rule-{code}");
        let (plain, _) = &*SENTENCES;
        plain.values().any(|known| *known == key).then(|| self.t(&key))
    }

    fn value_retold(&self, name: &str, value: &str) -> String {
        if let Ok(found) = value.parse::<Day>() {
            return day(self, found);
        }
        if let Ok(found) = value.parse::<Month>() {
            return month(self, found);
        }
        if !WORDS.contains(&name) {
            return value.to_owned();
        }
        let parts: Vec<String> = value
            .split(", ")
            .flat_map(|part| part.split(" or "))
            .flat_map(|part| part.split(" and "))
            .map(|part| self.word_retold(part))
            .collect();
        if parts.len() > 1 { self.list(&parts) } else { parts.concat() }
    }

    /// `an officer` → "ein Referat der GD REGIO"; what is no word of ours stays.
    fn word_retold(&self, english: &str) -> String {
        let bare = english.strip_prefix("an ").or_else(|| english.strip_prefix("a "));
        let with_article = bare.map(|bare| format!("value-a-{bare}")).filter(|key| locale("en").has(key));
        match with_article {
            Some(key) => self.t(&key),
            None => ENGLISH_WORDS.get(english).map_or_else(|| english.to_owned(), |word| self.word(word)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_told_again_with_its_values() {
        let german = locale("de");
        let told = german.retold("There is a visit with this id already; it is under way.");
        assert_eq!(told, ("Es gibt schon einen Besuch mit dieser ID; er ist im Gange.".to_owned(), true));
        let told = german.retold("This action is due on 2022-06-13 already.");
        assert_eq!(told.0, "Diese Maßnahme ist schon am 13. Juni 2022 fällig.");
        let told = locale("ko").retold("must be study-visit or masterclass, not excursion");
        assert!(told.0.contains("시찰 방문") && told.0.contains("excursion"), "{}", told.0);
        let told = german.retold(
            "This is for a coordinator; you act as an expert and a delegate. Ask a coordinator of the programme.",
        );
        assert_eq!(told.0.matches("eine Person der Koordination").count(), 2, "{}", told.0);
    }

    #[test]
    fn english_and_what_no_file_knows_stay_as_they_are() {
        let sentence = "The visit's partnership was eaten by a whale.";
        assert_eq!(locale("en").retold(sentence), (sentence.to_owned(), true));
        assert_eq!(locale("de").retold(sentence), (sentence.to_owned(), false));
    }

    #[test]
    fn the_more_telling_sentence_is_found_first() {
        let told = locale("de").retold("the programme has no theme ash; define the parent first");
        assert!(told.0.contains("übergeordnete"), "{}", told.0);
    }
}
