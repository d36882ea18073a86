//! Every key is there, every event can be told.

use std::path::{Path, PathBuf};

use koinon_events::{Event, Record, TABLE};
use koinon_projections::sentence::{Sentence, Term, sentence};

use super::*;

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

#[test]
fn every_other_language_has_every_key_of_english() {
    let mut texts = Vec::new();
    sources(&root().join("src/web"), &mut texts);
    for tag in languages().into_iter().filter(|tag| *tag != "en") {
        let missing: Vec<String> = quoted(&texts, ".t(\"").into_iter().filter(|key| !locale(tag).has(key)).collect();
        assert!(missing.is_empty(), "missing in src/locales/{tag}: {missing:?}");
    }
}

#[test]
fn every_golden_event_is_told_without_a_gap() {
    let english = locale("en");
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
                args.set(*name, english.term(term, &|subject| subject.to_string()));
            }
            let (text, errors) = english.formatted(sentence.key, &args);
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
        Err(_) => Event::decode(stored, &serde_json::from_str::<Box<_>>(text.trim()).unwrap()).unwrap(),
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
        let mut seen = std::collections::BTreeMap::new();
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
    let event = Event::decode(stored, &serde_json::from_str::<Box<_>>(&data.to_string()).unwrap()).unwrap();
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
         instead of Lipor, budget 60000 euro instead of 50000 euro, 0 milestones. Reason: Prices"
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
