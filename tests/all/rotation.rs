//! The key that signs checkpoints is changed while the log is served: both sign for a while, the log records it, signed by
//! the old key, and whoever trusts the old key follows. A change that was cut short is finished; a wrong key file is named.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output};

use koinon::note::{Checkpoint, NoteError, Rotation, SigningKey, VerifierKey};
use koinon_events::log::{LogEvent, SigningKeyRotated};
use koinon_events::value::Line;
use koinon_events::{Actor, Draft, Event, Record};
use serde_json::json;

use crate::bundle::forged;
use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{P, beginning, send};
use crate::support::server::Server;

on_both_engines!(
    the_key_is_changed_while_serving_and_who_trusts_the_old_one_follows,
    a_change_that_was_cut_short_is_finished_and_a_wrong_file_is_named,
    a_key_that_never_signed_the_log_signs_nothing_and_a_forged_hand_over_is_found,
);

const R: &str = "01970000-0000-7000-8000-0000000000f2";

fn file(place: &Place) -> PathBuf {
    place.folder().join("koinon-signing.key")
}

fn secrets(place: &Place) -> Vec<SigningKey> {
    let text = fs::read_to_string(file(place)).unwrap();
    text.lines().map(|line| SigningKey::from_secret_text(line).unwrap()).collect()
}

fn put(place: &Place, keys: &[&SigningKey]) {
    let text: String = keys.iter().map(|key| format!("{}\n", *key.secret_text())).collect();
    fs::write(file(place), text).unwrap();
}

fn said(output: &Output) -> String {
    [&output.stdout[..], &output.stderr[..]].map(String::from_utf8_lossy).concat()
}

/// Runs `koinon key …`, which must be done; what it printed.
fn key(place: &Place, verb: &str) -> String {
    let output = place.run(&["key", verb]);
    assert!(output.status.success(), "{verb}: {}", said(&output));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Runs `koinon key …`, which must be refused with those words.
fn refused(place: &Place, verb: &str, words: &str) {
    let output = place.run(&["key", verb]);
    assert!(!output.status.success() && said(&output).contains(words), "{verb}: {}", said(&output));
}

async fn current(server: &Server) -> VerifierKey {
    server.get("/log/key", "").await.expect(200).text().trim_end().parse().unwrap()
}

async fn note(server: &Server) -> String {
    server.get("/log/checkpoint", "").await.expect(200).text()
}

fn is_signed_by(note: &str, key: &VerifierKey) -> bool {
    match Checkpoint::parse(note, std::slice::from_ref(key)) {
        Ok(_) => true,
        Err(NoteError::Unsigned) => false,
        Err(error) => panic!("{error}"),
    }
}

fn verified(place: &Place, arguments: &[&str]) -> (i32, String) {
    let output = place.run(&[&["verify"], arguments].concat());
    (output.status.code().unwrap(), said(&output))
}

async fn the_key_is_changed_while_serving_and_who_trusts_the_old_one_follows(place: Place) {
    let token = place.token("coordinator");
    let server = place.serve();
    send(&server, &token, beginning()).await;
    let period = json!({ "programme": P, "number": 1, "from": "2026-01-01", "to": "2026-06-30" });
    let opened = json!({ "id": R, "programme": P, "period": 1 });
    let text = json!({ "report": R, "section": "highlights", "text": "Two cities." });
    let steps = vec![
        ("DefinePeriod", period),
        ("OpenReport", opened),
        ("EditSection", text),
        ("SubmitReport", json!({ "report": R })),
    ];
    send(&server, &token, steps).await;
    let old = current(&server).await;
    assert!(is_signed_by(&note(&server).await, &old));

    let new: VerifierKey = key(&place, "rotate").parse().unwrap();
    let both = note(&server).await;
    assert!(is_signed_by(&both, &old) && is_signed_by(&both, &new), "both keys sign: {both}");
    assert_eq!(current(&server).await, new, "the new one is handed out");
    assert_eq!(fs::metadata(file(&place)).unwrap().permissions().mode() & 0o7777, 0o600);
    refused(&place, "rotate", "two keys sign already");
    let shown = key(&place, "show");
    assert!(
        shown.contains(&format!("{new}  in force")) && shown.contains(&format!("{old}  signs beside it")),
        "{shown}"
    );

    assert_eq!(key(&place, "retire"), old.to_string());
    let single = note(&server).await;
    assert!(is_signed_by(&single, &new) && !is_signed_by(&single, &old), "only the new one signs: {single}");
    refused(&place, "retire", "only one key signs");

    let log = place.export();
    let told: Vec<Record> = log.lines().map(|line| Record::parse(line.as_bytes()).unwrap()).collect();
    let handed = told.iter().find(|record| record.stored_type == "koinon.SigningKeyRotated.v1").unwrap();
    let Event::Log(LogEvent::SigningKeyRotated(event)) = handed.event().unwrap() else { panic!("another event") };
    let signature = event.signature.unwrap().to_string();
    assert_eq!((event.from.to_string(), event.to.to_string()), (old.to_string(), new.to_string()));

    fs::write(place.folder().join("log.ndjson"), &log).unwrap();
    fs::write(place.folder().join("checkpoint"), &single).unwrap();
    let (old_text, stranger) = (old.to_string(), SigningKey::new(old.name(), [7; 32]).unwrap());
    let followed = format!("by record {}", handed.position);
    for what in [&["log.ndjson"][..], &[]] {
        let (code, told) = verified(&place, &[what, &["--checkpoint", "checkpoint", "--key", &old_text]].concat());
        assert!(code == 0 && told.contains(&followed), "{told}");
        let other = stranger.verifier().to_string();
        let (code, told) = verified(&place, &[what, &["--checkpoint", "checkpoint", "--key", &other]].concat());
        assert!(code == 1 && told.contains("not signed by this key"), "{told}");
    }
    let forger = Rotation::sign(&stranger, new.clone()).unwrap().signature();
    for (forgery, words) in [
        (log.replace(&signature, &forger), "its signature is not that of the key"),
        (
            log.replace(&format!("\"to\":\"{new}\""), &format!("\"to\":\"{}\"", stranger.verifier())),
            "its signature is not",
        ),
        (log.replace(&format!("\"signature\":\"{signature}\","), ""), "did not sign it"),
    ] {
        assert_ne!(forgery, log);
        fs::write(place.folder().join("log.ndjson"), forgery).unwrap();
        let (code, told) = verified(&place, &["log.ndjson"]);
        assert!(code == 1 && told.contains(&format!("record {}", handed.position)) && told.contains(words), "{told}");
    }
    bundle_is_followed(&place, &old, &stranger, &signature, handed.position);

    let third: VerifierKey = key(&place, "rotate").parse().unwrap();
    key(&place, "retire");
    fs::write(place.folder().join("checkpoint"), note(&server).await).unwrap();
    let (code, told) = verified(&place, &["--checkpoint", "checkpoint", "--key", &old_text]);
    assert!(code == 0, "from the first to the third: {told}");
    server.stop();
    let server = place.serve();
    assert_eq!(current(&server).await, third, "it starts with the key in force");
    server.get("/readyz", "").await.expect(200);
    server.stop();
    place.verify();
}

/// The report was frozen before the key was changed, and is signed by the new key.
fn bundle_is_followed(place: &Place, old: &VerifierKey, stranger: &SigningKey, signature: &str, position: u64) {
    let output = place.run(&["report", "1", "--format", "bundle", "-o", "evidence"]);
    assert!(output.status.success(), "{}", said(&output));
    let bytes = fs::read(place.folder().join("evidence/bundle.zip")).unwrap();
    let with = |bytes: &[u8], key: &VerifierKey| {
        fs::write(place.folder().join("held.zip"), bytes).unwrap();
        verified(place, &["held.zip", "--key", &key.to_string()])
    };
    assert_eq!(with(&bytes, old).0, 0, "{}", with(&bytes, old).1);
    assert_eq!(with(&bytes, &stranger.verifier()).0, 1);
    let name = format!("rotations/{position:012}.json");
    let without = forged(&bytes, |files| drop(files.remove(&name)));
    let (code, told) = with(&without, old);
    assert!(code == 1 && told.contains("not signed by the key"), "{told}");
    let by_another = forged(&bytes, |files| {
        let record = String::from_utf8(files[&name].clone()).unwrap();
        let other = Rotation::sign(stranger, old.clone()).unwrap().signature();
        files.insert(name.clone(), record.replace(signature, &other).into_bytes());
    });
    let (code, told) = with(&by_another, old);
    assert!(code == 1 && told.contains(&name), "{told}");

    let folder = place.folder().join("unpacked");
    zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap().extract(&folder).unwrap();
    let script = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/independent.py");
    for (key, accepted) in [(old, true), (&stranger.verifier(), false)] {
        let run =
            Command::new("python3").arg(&script).args(["bundle", ".", &key.to_string()]).current_dir(&folder).output();
        let run = run.unwrap();
        assert_eq!(run.status.success(), accepted, "{}", said(&run));
    }
}

async fn a_change_that_was_cut_short_is_finished_and_a_wrong_file_is_named(place: Place) {
    let token = place.token("coordinator");
    let server = place.serve();
    send(&server, &token, beginning()).await;
    let old = current(&server).await;
    let first = secrets(&place).remove(0);
    let made = SigningKey::new(old.name(), [9; 32]).unwrap();

    // Killed after the file was written and before the log was told.
    put(&place, &[&first, &made]);
    server.kill();
    let server = place.serve();
    server.get("/readyz", "").await.expect(200);
    assert_eq!(current(&server).await, old, "the log was not handed over yet");
    let output = place.run(&["key", "show"]);
    assert!(said(&output).contains("“koinon key rotate” finishes it"), "{}", said(&output));
    refused(&place, "retire", "Finish it first");
    assert_eq!(key(&place, "rotate"), made.verifier().to_string(), "the key made then is the one recorded");
    assert!(is_signed_by(&note(&server).await, &made.verifier()));
    assert_eq!(current(&server).await, made.verifier());
    key(&place, "retire");
    assert_eq!(secrets(&place).len(), 1);

    // A running server goes on with what it has; what is asked for says which file is wrong.
    fs::write(file(&place), "PRIVATE+KEY+to").unwrap();
    assert!(is_signed_by(&note(&server).await, &made.verifier()));
    refused(&place, "rotate", "koinon-signing.key");
    server.stop();
    put(&place, &[&first]);
    for arguments in [&["key", "show"][..], &["serve"], &["token", "create", "--name", "n", "--role", "auditor"]] {
        let output = place.run(arguments);
        assert!(!output.status.success());
        let told = said(&output);
        assert!(
            told.contains("koinon-signing.key") && told.contains("signed by") && told.contains("key rotate"),
            "{told}"
        );
    }
    fs::remove_file(file(&place)).unwrap();
    refused(&place, "rotate", "it is missing");
    assert!(!file(&place).exists(), "none is made");
    put(&place, &[&made]);
    fs::set_permissions(file(&place), fs::Permissions::from_mode(0o600)).unwrap();
    place.serve().stop();
}

async fn a_key_that_never_signed_the_log_signs_nothing_and_a_forged_hand_over_is_found(place: Place) {
    let token = place.token("coordinator");
    let server = place.serve();
    send(&server, &token, beginning()).await;
    let (old, first) = (current(&server).await, server.events(0, &token).await.remove(0));
    server.stop();
    let (own, stranger) = (secrets(&place).remove(0), SigningKey::new(old.name(), [7; 32]).unwrap());
    put(&place, &[&stranger]);
    is_only_read(&place, "koinon-signing.key holds another key than the one that signed").await;
    put(&place, &[&own]);
    let line = |text: String| Line::parse(&text).unwrap();
    let event = SigningKeyRotated {
        from: line(old.to_string()),
        to: line(stranger.verifier().to_string()),
        signature: Some(line(Rotation::sign(&stranger, old).unwrap().signature())),
    };
    let position = append(&place, first["subject"].as_str().unwrap(), event.into()).await;
    let (code, told) = verified(&place, &[]);
    assert!(code == 1 && told.contains(&format!("record {position}")) && told.contains("signing key"), "{told}");
    is_only_read(&place, &format!("record {position} changes the signing key")).await;
}

async fn is_only_read(place: &Place, why: &str) {
    let server = place.serve();
    let ready = server.get("/readyz", "").await.expect(503).text();
    assert!(ready.contains(why), "{ready}");
    server.get("/log/checkpoint", "").await.refuses(503, "read-only");
    server.stop();
    let refused = place.run(&["key", "rotate"]);
    assert!(!refused.status.success() && said(&refused).contains(why), "{}", said(&refused));
}

/// Appends to the log past the law, as whoever owns the database can.
async fn append(place: &Place, subject: &str, event: Event) -> u64 {
    let store = place.open().await;
    let subject = subject.parse().unwrap();
    let id = R.parse().unwrap();
    let draft = Draft {
        id,
        actor: "system/log".parse::<Actor>().unwrap(),
        causation: None,
        command: id,
        correlation: id,
        subject,
        programme: None,
        partnership: None,
        event,
    };
    let mut append = koinon::store::Append::new(id, store.head().await.unwrap().time);
    append.expected = vec![(subject, 1)];
    append.events = vec![koinon::store::NewEvent {
        subject,
        template: draft.template().unwrap(),
        event_type: draft.event.stored_type(),
        actor: draft.actor.to_string(),
        programme: None,
        partnership: None,
    }];
    let position = store.append(append).await.unwrap().position;
    store.close().await;
    position
}
