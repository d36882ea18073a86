//! Every key is there, every event can be told.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use koinon_events::{Event, Record, TABLE};
use koinon_projections::sentence::{Sentence, Term, sentence};

use super::*;

mod refusals;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// What stands between `before` and the next quote, everywhere in the texts.
fn quoted(texts: &[String], before: &str) -> Vec<String> {
    let mut found: Vec<String> = texts
        .iter()
        .flat_map(|text| text.match_indices(before).map(|(at, _)| &text[at + before.len()..]))
        .filter_map(|rest| rest.split('"').next().map(str::to_owned))
        .collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn every_key_a_page_uses_is_in_english() {
    let mut texts = Vec::new();
    sources(&root().join("src/web"), &mut texts);
    let keys: Vec<String> = [".t(\"", ".say(\"", "key: \""].iter().flat_map(|call| quoted(&texts, call)).collect();
    assert!(keys.len() > 50, "{keys:?}");
    let missing: Vec<&String> = keys.iter().filter(|key| !locale("en").has(key)).collect();
    assert!(missing.is_empty(), "missing in src/locales/en: {missing:?}");
}

#[test]
fn every_sentence_of_the_record_is_in_english() {
    let mut texts = Vec::new();
    sources(&root().join("projections/src/sentence"), &mut texts);
    let missing: Vec<String> =
        quoted(&texts, "Sentence::new(\"").into_iter().filter(|key| !locale("en").has(key)).collect();
    assert!(missing.is_empty(), "missing in src/locales/en: {missing:?}");
}

/// Every message of a language, with the values it takes.
fn messages(tag: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in Files::iter().filter(|path| path.starts_with(&format!("{tag}/"))) {
        let text = String::from_utf8(Files::get(&path).unwrap().data.into_owned()).unwrap();
        let mut key = String::new();
        for line in text.lines() {
            let begins = line.starts_with(|first: char| first.is_ascii_alphabetic());
            if let Some((name, _)) = line.split_once(" =").filter(|_| begins) {
                name.clone_into(&mut key);
                found.entry(key.clone()).or_default();
            }
            for rest in line.split('$').skip(1) {
                let name = rest.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').next();
                found.entry(key.clone()).or_default().extend(name.map(str::to_owned));
            }
        }
    }
    found
}

#[test]
fn every_other_language_has_the_messages_of_english_and_no_others() {
    let english = messages("en");
    assert!(english.len() > 1000 && languages().len() > 1);
    for tag in languages().into_iter().filter(|tag| *tag != "en") {
        let other = messages(tag);
        // The paper of a report is written in English alone.
        let needed = english.keys().filter(|key| !key.starts_with("paper-"));
        let missing: Vec<_> = needed.filter(|key| !other.contains_key(*key)).collect();
        let foreign: Vec<_> = other.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(missing.is_empty() && foreign.is_empty(), "{tag}: missing {missing:?}, unknown {foreign:?}");
    }
}

#[test]
fn every_message_takes_the_same_values_in_every_language() {
    let english = messages("en");
    for tag in languages() {
        for (key, values) in messages(tag) {
            // A language without plural forms has no use for a count that only chooses one.
            let expected = english[&key].iter().filter(|name| *name != "count" || values.contains("count"));
            assert!(expected.eq(values.iter()), "{tag}: {key} takes {values:?}, English {:?}", english[&key]);
        }
    }
}

#[test]
fn dates_numbers_and_lists_are_written_as_each_language_does() {
    let (german, korean) = (locale("de"), locale("ko"));
    assert_eq!(day(german, "2022-06-13".parse().unwrap()), "13. Juni 2022");
    assert_eq!(weekday_and_day(german, "2022-06-15".parse().unwrap()), "Mittwoch, 15. Juni");
    assert_eq!(day(korean, "2022-06-13".parse().unwrap()), "2022년 6월 13일");
    assert_eq!(moment(korean, "2022-06-15T14:03:59Z".parse().unwrap()), "2022년 6월 15일 14:03 UTC");
    assert_eq!(german.list(&["a".into(), "b".into(), "c".into()]), "a, b und c");
}

#[tokio::test]
async fn numbers_are_written_in_the_language_that_is_spoken() {
    let of = |tag: &str| speaking(locale(tag), "/".to_owned(), async { (number(1_482), decimal("12.5")) });
    assert_eq!(of("de").await, ("1\u{202f}482".to_owned(), "12,5".to_owned()));
    assert_eq!(of("ko").await, ("1,482".to_owned(), "12.5".to_owned()));
}

/// The words of every enumeration in a schema.
fn words_in(schema: &serde_json::Value, found: &mut BTreeSet<String>) {
    let word = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    match schema {
        serde_json::Value::Object(fields) => {
            found.extend(fields.get("const").and_then(word));
            found.extend(fields.get("enum").and_then(|list| list.as_array()).into_iter().flatten().filter_map(word));
            fields.values().for_each(|value| words_in(value, found));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| words_in(item, found)),
        _ => {}
    }
}

#[test]
fn every_word_of_an_enumeration_stands_in_a_file() {
    let mut words = BTreeSet::new();
    let settings = schemars::generate::SchemaSettings::draft2020_12();
    let mut generator = settings.with(|settings| settings.inline_subschemas = true).into_generator();
    for shape in crate::domain::command_shapes() {
        words_in(&(shape.schema)(&mut generator).to_value(), &mut words);
    }
    assert!(words.len() > 50, "{words:?}");
    let missing: Vec<_> = words.iter().filter(|word| !locale("en").has(&format!("value-{word}"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_golden_event_is_told_without_a_gap() {
    for tag in languages() {
        told_in(locale(tag));
    }
}

fn told_in(locale: &Locale) {
    let folder = root().join("events/tests/golden");
    let mut told = 0;
    for (_, types) in TABLE {
        for each in *types {
            let path = folder.join(format!("{}.v{}.json", each.name, each.version));
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let event = golden(&text, &each.stored());
            let sentence = sentence(&event);
            let mut args = FluentArgs::new();
            for (name, term) in &sentence.terms {
                args.set(*name, locale.term(term, &|subject| subject.to_string()));
            }
            let (text, errors) = locale.formatted(sentence.key, &args);
            assert!(errors.is_empty(), "{}: {errors:?}", each.name);
            let text = text.unwrap_or_else(|| panic!("{} has no sentence {}", each.name, sentence.key));
            assert!(!text.is_empty() && !text.contains('{'), "{}: {text}", each.name);
            told += 1;
        }
    }
    assert!(told > 20, "only {told} golden events were found");
}

/// A golden file holds a whole record, or an event's data alone.
fn golden(text: &str, stored: &str) -> Event {
    match Record::parse(text.trim().as_bytes()) {
        Ok(record) => record.event().unwrap(),
        Err(_) => Event::decode(stored, text.trim()).unwrap(),
    }
}

#[test]
fn dates_and_numbers_read_as_people_write_them() {
    let english = locale("en");
    assert_eq!(day(english, "2022-06-13".parse().unwrap()), "13 June 2022");
    assert_eq!(weekday_and_day(english, "2022-06-15".parse().unwrap()), "Wednesday 15 June");
    assert_eq!(moment(english, "2022-06-15T14:03:59Z".parse().unwrap()), "15 June 2022, 14:03 UTC");
    assert_eq!(number(1_482), "1\u{202f}482");
    assert_eq!(number(-1_234_567), "−1\u{202f}234\u{202f}567");
    assert_eq!(number(999), "999");
}

#[test]
fn lists_end_in_and() {
    let english = locale("en");
    let list = |items: &[&str]| english.list(&items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>());
    assert_eq!(list(&["a"]), "a");
    assert_eq!(list(&["a", "b"]), "a and b");
    assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    assert_eq!(english.choice(&["a".to_owned(), "b".to_owned()]), "a or b");
}

#[test]
fn a_sentence_calls_subjects_by_their_titles() {
    let subject: Subject = "city/01970000-0000-7000-8000-000000000001".parse().unwrap();
    let told = Sentence {
        key: "visit-scheduled",
        terms: vec![
            ("kind", Term::Word("study-visit")),
            ("visitors", Term::List(vec![Term::Subject(subject)])),
            ("host", Term::Text("Porto".into())),
            ("from", Term::Day("2022-06-13".parse().unwrap())),
            ("to", Term::Day("2022-06-17".parse().unwrap())),
        ],
    };
    let text = locale("en").sentence(&told, &|_| "eThekwini".into());
    assert_eq!(text, "scheduled a study visit of eThekwini to Porto, 13 June 2022 to 17 June 2022");
}

#[test]
fn no_message_stands_twice_in_a_language() {
    for tag in languages() {
        let mut seen = BTreeMap::new();
        for path in Files::iter().filter(|path| path.starts_with(&format!("{tag}/"))) {
            let text = String::from_utf8(Files::get(&path).unwrap().data.into_owned()).unwrap();
            let keys = text.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key.to_owned());
            for key in keys.filter(|key| key.starts_with(|first: char| first.is_ascii_lowercase())) {
                if let Some(other) = seen.insert(key.clone(), path.clone()) {
                    panic!("{key} stands in {path} and in {other}: the second would never be said");
                }
            }
        }
    }
}

/// The sentence of an event, subjects called by their ids.
fn told(stored: &str, data: &serde_json::Value) -> String {
    let event = Event::decode(stored, &data.to_string()).unwrap();
    locale("en").sentence(&sentence(&event), &|subject| subject.kind.word().to_owned())
}

#[test]
fn what_reads_badly_once_reads_well_now() {
    use serde_json::json;
    let id = "01970000-0000-7000-8000-000000000001";
    let of = |stored: &str, data: serde_json::Value| told(&format!("koinon.{stored}.v1"), &data);
    assert_eq!(
        of("PersonErased", json!({"basis": "GDPR art. 17(1)(b)", "request": "R-1"})),
        "erased the person’s data, request R-1, on the basis of GDPR art. 17(1)(b)"
    );
    assert_eq!(
        of("DecisionRecorded", json!({"text": "Go on", "responsible": id})),
        "recorded the decision: Go on. In charge: person"
    );
    assert_eq!(
        of("LogisticsRecorded", json!({"kind": "visa", "state": "settled", "due": "2025-11-01"})),
        "noted visa: settled, due 1 November 2025"
    );
    let again = json!({
        "kind": "visa", "state": "settled", "was_state": "requested", "due": "2025-11-01", "was_due": "2025-11-01",
    });
    assert_eq!(of("LogisticsRecorded", again), "noted visa: settled, until now requested, due 1 November 2025");
    assert_eq!(
        of("QueryRaised", json!({"query": "q1", "section": "highlights", "text": "What?", "due": "2026-03-01"})),
        "asked about highlights (q1, answer due 1 March 2026): What?"
    );
    assert_eq!(
        of("QueryRaised", json!({"query": "q1", "position": 7, "text": "Why?"})),
        "asked about position 7 (q1): Why?"
    );
    assert_eq!(
        of("CityActivated", json!({"partnership": id})),
        "made the city active in the partnership of partnership"
    );
    assert_eq!(
        of("DeliverableDelivered", json!({"deliverable": "d1", "delivered_on": "2026-04-30"})),
        "delivered d1 on 30 April 2026"
    );
}

#[test]
fn a_new_plan_of_a_pilot_says_what_it_cost_and_whose_it_was() {
    let plan = serde_json::json!({
        "start": "2026-02-01", "end": "2026-09-30", "milestones": [], "indicators": [], "owner": "DSW",
        "was_owner": "Lipor", "budget": "60000", "was_budget": "50000", "was_start": "2026-02-01",
        "was_end": "2026-08-31", "reason": "Prices",
    });
    assert_eq!(
        told("koinon.PilotPlanned.v1", &plan),
        "replaced the pilot's plan, from 1 February 2026–31 August 2026 to 1 February 2026–30 September 2026, owner DSW \
         instead of Lipor, budget 60\u{202f}000 euro instead of 50\u{202f}000 euro, 0 milestones. Reason: Prices"
    );
}

#[test]
fn every_message_of_every_language_file_can_be_read() {
    for path in Files::iter() {
        let text = String::from_utf8(Files::get(&path).unwrap().data.into_owned()).unwrap();
        if let Err((_, errors)) = FluentResource::try_new(text) {
            panic!("{path}: {errors:?}");
        }
    }
}
