//! A report is the same bytes wherever it is computed: again on SQLite, from an export of it, and on PostgreSQL from a copy of
//! its records. Every file is compared, the evidence bundle and its signatures among them.

use std::collections::BTreeMap;
use std::fs;

use koinon::store::{Append, NewEvent};
use koinon_events::{Draft, Record};

use crate::support::Place;

type Files = BTreeMap<String, Vec<u8>>;

fn written(place: &Place, period: &str, more: &[&str], folder: &str) -> Files {
    let output = place.run(&[&["report", period, "-o", folder], more].concat());
    assert!(output.status.success(), "{period}: {}", String::from_utf8_lossy(&output.stderr));
    let named = |entry: fs::DirEntry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap());
    fs::read_dir(place.folder().join(folder)).unwrap().map(|entry| named(entry.unwrap())).collect()
}

fn same(one: &Files, other: &Files, what: &str) {
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(one), names(other), "{what}");
    for (name, bytes) in one {
        assert!(*bytes == other[name], "{what}: {name} differs");
    }
}

/// The same log on PostgreSQL: every record of an export appended as it was, and the key files beside it.
async fn copied(from: &Place, export: &str) -> Place {
    let place = Place::postgres().await;
    let store = place.open().await;
    let records: Vec<Record> = export.lines().map(|line| Record::parse(line.as_bytes()).unwrap()).collect();
    for of_command in records.chunk_by(|one, next| one.command == next.command && one.time == next.time) {
        let mut append = Append::new(of_command[0].command, of_command[0].time);
        append.events = of_command.iter().map(new_event).collect();
        store.append(append).await.unwrap();
    }
    store.close().await;
    for key in ["koinon-signing.key", "koinon-vault.key"] {
        fs::copy(from.folder().join(key), place.folder().join(key)).unwrap();
    }
    place
}

fn new_event(record: &Record) -> NewEvent {
    let draft = Draft {
        id: record.id,
        actor: record.actor.clone(),
        causation: record.causation,
        command: record.command,
        correlation: record.correlation,
        subject: record.subject,
        programme: record.programme.clone(),
        partnership: record.partnership,
        event: record.event().unwrap(),
    };
    NewEvent {
        subject: draft.subject,
        template: draft.template().unwrap(),
        event_type: draft.event.stored_type(),
        actor: draft.actor.to_string(),
        programme: draft.programme.as_ref().map(ToString::to_string),
        partnership: draft.partnership.map(|partnership| partnership.0),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_is_the_same_bytes_on_both_engines_and_from_an_export() {
    let here = Place::sqlite();
    here.start("demo").stop();
    let export = here.export();
    let there = copied(&here, &export).await;
    assert!(there.export() == export, "the copy's records are the same bytes");
    fs::write(here.folder().join("log.ndjson"), &export).unwrap();
    let before = export.lines().count().to_string();
    for period in ["1", "2", "3"] {
        let named = |how: &str| format!("{period}-{how}");
        let all = "pdf,xlsx,csv,json,html,iati";
        let with_bundle = &["--format", &format!("{all},bundle")];
        let first = written(&here, period, with_bundle, &named("first"));
        assert_eq!(first.len(), 8, "six forms, their manifest and the bundle: {:?}", first.keys());
        same(&first, &written(&here, period, with_bundle, &named("second")), "again");
        same(&first, &written(&there, period, with_bundle, &named("copy")), "on PostgreSQL");
        let mut without = first.clone();
        without.remove("bundle.zip");
        let exported = &["--format", all, "--from", "log.ndjson"];
        same(&without, &written(&here, period, exported, &named("export")), "from the export");
        let at = &["--format", all, "--as-of", &before, "--from", "log.ndjson"];
        let at = written(&here, period, at, &named("at"));
        same(&at, &written(&there, period, &["--format", all, "--as-of", &before], &named("at")), "as of the head");
    }
    assert!(here.export() == export && there.export() == export, "reports append nothing");
}
