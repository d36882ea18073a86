//! Old recorded events decode for ever: one golden record per event and version, added and never edited.

#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected stops there")]

use std::collections::BTreeSet;
use std::path::PathBuf;

use koinon_events::{Record, TABLE, canonical};

fn golden_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn golden_files() -> BTreeSet<String> {
    std::fs::read_dir(golden_folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
        .collect()
}

#[test]
fn every_event_and_version_has_a_golden_record() {
    let files = golden_files();
    let missing: Vec<String> = TABLE
        .iter()
        .flat_map(|(_, types)| types.iter())
        .flat_map(|each| (1..=each.version).map(|version| format!("{}.v{version}", each.name)))
        .filter(|name| !files.contains(name))
        .collect();
    assert!(missing.is_empty(), "add events/tests/golden/NAME.json for: {missing:?}");
}

#[test]
fn every_golden_record_decodes_and_keeps_its_bytes() {
    for name in golden_files() {
        let bytes = std::fs::read(golden_folder().join(format!("{name}.json"))).unwrap();
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
        let record = Record::parse(bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(record.stored_type, format!("koinon.{name}"), "the file is named after the type");
        let event = record.event().unwrap_or_else(|error| panic!("{name}: {error}"));
        if event.stored_type() == record.stored_type {
            assert_eq!(
                canonical(&event.data().unwrap()),
                record.data.get(),
                "{name}: the data is not in canonical form"
            );
        }
        let whole: serde_json::Value = serde_json::from_slice(bytes).unwrap();
        assert_eq!(canonical(&whole).as_bytes(), bytes, "{name}: the record is not in canonical form");
    }
}
