//! A record in canonical form is read sooner, and never otherwise than with all care.

#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected stops there")]

use std::path::Path;

use koinon_events::{Envelope, Record};
use koinon_projections::Entry;
use proptest::prelude::*;

/// Every golden record.
fn golden() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../events/tests/golden");
    let mut records: Vec<Vec<u8>> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap().trim_end().as_bytes().to_vec())
        .collect();
    records.sort();
    records
}

/// Read by the names of its keys, in whatever order.
fn with_care(bytes: &[u8]) -> Option<Entry> {
    Record::parse(bytes).ok().and_then(|record| Entry::of(record).ok())
}

#[test]
fn every_golden_record_is_in_the_form_that_is_read_sooner() {
    for bytes in golden() {
        let said = String::from_utf8_lossy(&bytes).into_owned();
        let envelope = Envelope::of(&bytes).unwrap_or_else(|| panic!("{said}"));
        let record = Record::parse(&bytes).unwrap();
        assert_eq!((envelope.data, envelope.version), (record.data.get(), record.version), "{said}");
        assert_eq!(Entry::read(&bytes).ok(), with_care(&bytes), "{said}");
    }
}

#[test]
fn a_record_in_another_order_of_its_keys_is_read_all_the_same() {
    let bytes = golden().remove(0);
    let fields: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&bytes).unwrap();
    let fields: Vec<String> = fields.iter().rev().map(|(name, value)| format!(" \"{name}\" : {value}")).collect();
    let turned = format!("{{{}}}", fields.join(",")).into_bytes();
    assert!(Envelope::of(&turned).is_none());
    assert_eq!(Entry::read(&turned).unwrap(), Entry::read(&bytes).unwrap());
}

/// What may have become of a byte and those after it.
#[derive(Debug, Clone)]
enum Damage {
    Changed(u8),
    Lost(usize),
    Put(&'static str),
    /// What stands there is there again further on.
    Again(usize, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let text = prop::sample::select(vec![
        "\"",
        "\\",
        "}",
        ",",
        " ",
        "0",
        "\n",
        "\u{e9}",
        "\\u0041",
        ",\"datacontenttype\":\"application/json\",\"id\":\"",
    ]);
    prop_oneof![
        any::<u8>().prop_map(Damage::Changed),
        (1usize..90).prop_map(Damage::Lost),
        text.prop_map(Damage::Put),
        (1usize..200, 0usize..300).prop_map(|(length, further)| Damage::Again(length, further)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn a_damaged_record_is_read_as_with_care_or_not_at_all(
        which in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        damage in damage(),
    ) {
        let golden = GOLDEN.get_or_init(golden);
        let mut bytes = which.get(golden).clone();
        let at = at.index(bytes.len());
        match damage {
            Damage::Changed(byte) => bytes[at] = byte,
            Damage::Lost(count) => drop(bytes.drain(at..(at + count).min(bytes.len()))),
            Damage::Put(text) => drop(bytes.splice(at..at, text.bytes())),
            Damage::Again(length, further) => {
                let copied = bytes[at..(at + length).min(bytes.len())].to_vec();
                let place = (at + further).min(bytes.len());
                drop(bytes.splice(place..place, copied));
            }
        }
        prop_assert_eq!(Entry::read(&bytes).ok(), with_care(&bytes));
    }
}

static GOLDEN: std::sync::OnceLock<Vec<Vec<u8>>> = std::sync::OnceLock::new();
