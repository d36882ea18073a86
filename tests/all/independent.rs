//! A verifier that has none of our code in it accepts what the log gives out, and rejects every forgery that one thinks of
//! first. It is a script on Python's standard library and openssl. It trusts the first key of a log whose key was changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use koinon::note::{Checkpoint, Rotation, SigningKey};
use koinon::tree::{leaf_hash, root_of};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{beginning, middle, send};

on_both_engines!(what_the_log_gives_out_is_accepted_and_every_forgery_rejected, a_bundle_is_accepted_by_public_tools);

fn verify(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/independent.py");
    let run = Command::new("python3").arg(script).args(arguments).current_dir(folder).output();
    let output = run.expect("this test needs python3: apt-get install python3 openssl");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

/// Changes one file, which must be rejected with those words, and puts it back.
fn forge(folder: &Path, arguments: &[&str], file: &str, words: &str, change: impl FnOnce(&str) -> String) {
    let path = folder.join(file);
    let before = fs::read_to_string(&path).unwrap();
    let after = change(&before);
    assert_ne!(before, after, "{file} is changed");
    fs::write(&path, after).unwrap();
    let (accepted, said) = verify(folder, arguments);
    assert!(!accepted && said.contains(words), "{file} with “{words}”: {said}");
    fs::write(&path, before).unwrap();
}

/// A key of the same name that never signed.
fn stranger(key: &str) -> String {
    SigningKey::new(key.split('+').next().unwrap(), [7; 32]).unwrap().verifier().to_string()
}

fn lines(text: &str, change: impl FnOnce(&mut Vec<&str>)) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    change(&mut lines);
    lines.concat()
}

async fn what_the_log_gives_out_is_accepted_and_every_forgery_rejected(place: Place) {
    let token = place.token("coordinator");
    let server = place.serve();
    let folder = place.folder().join("given");
    fs::create_dir_all(folder.join("inclusion")).unwrap();
    let keep = |name: &str, text: String| fs::write(folder.join(name), text).unwrap();
    let from = send(&server, &token, beginning()).await;
    keep("key", server.get("/log/key", "").await.expect(200).text());
    keep("older", server.get("/log/checkpoint", "").await.expect(200).text());
    for change in ["rotate", "retire"] {
        assert!(place.run(&["key", change]).status.success(), "{change}");
    }
    let size = send(&server, &token, middle()).await;
    let newer = server.get("/log/key", "").await.expect(200).text();
    assert_ne!(fs::read_to_string(folder.join("key")).unwrap(), newer, "another key signs now");
    keep("checkpoint", server.get("/log/checkpoint", "").await.expect(200).text());
    let consistency = format!("/api/proofs/consistency?from={from}");
    keep("consistency", server.get(&consistency, &token).await.expect(200).text());
    keep("log.ndjson", place.export());
    for position in 1..=size {
        let proof = server.get(&format!("/api/proofs/inclusion?position={position}"), &token).await.expect(200);
        keep(&format!("inclusion/{position}"), proof.text());
    }
    server.stop();
    let (accepted, said) = verify(&folder, &[]);
    assert!(accepted && said.starts_with("accepted: "), "{said}");
    forge(&folder, &[], "key", "did not sign the checkpoint", stranger);
    // Who trusts the newer key does not trust the older one, which signed the older checkpoint.
    forge(&folder, &[], "key", "did not sign the checkpoint", |_| newer);
    rewritten(&folder);

    let not_signed = "not those that were signed";
    forge(&folder, &[], "log.ndjson", not_signed, |text| text.replacen("Porto", "Ports", 1));
    forge(&folder, &[], "log.ndjson", "the export has", |text| {
        lines(text, |lines| {
            lines.remove(4);
        })
    });
    forge(&folder, &[], "log.ndjson", not_signed, |text| lines(text, |lines| lines.swap(4, 5)));
    forge(&folder, &[], "checkpoint", "signature is not the key's", |text| lines(text, |lines| lines[1] = "9\n"));
    forge(&folder, &[], "older", "signature is not the key's", |text| text.replacen("localhost/", "localhosu/", 1));
    let signature = |text: &str| lines(text, |lines| lines.truncate(4));
    forge(&folder, &[], "checkpoint", "did not sign the checkpoint", signature);
    forge(&folder, &[], "log.ndjson", "is cut off", |text| text.trim_end().to_owned());
    let other = fs::read_to_string(folder.join("inclusion/6")).unwrap();
    forge(&folder, &[], "inclusion/5", "of another record", |_| other);
    let reordered = |text: &str| lines(text, |lines| lines.swap(2, 3));
    forge(&folder, &[], "inclusion/5", "not in the log", reordered);
    forge(&folder, &[], "consistency", "did not only grow", |text| lines(text, |lines| lines.swap(1, 2)));
    assert!(verify(&folder, &[]).0, "put back, it is accepted again");
}

/// Somebody who can write everything but has no key of the log: a record is changed, the log is handed over to a key of
/// theirs, and a checkpoint of it all is signed by that one. Nothing but the signature on the hand-over is wrong.
fn rewritten(folder: &Path) {
    let before = ["log.ndjson", "checkpoint"].map(|name| fs::read_to_string(folder.join(name)).unwrap());
    let log = before[0].replacen("Porto", "Ports", 1);
    let record = log.lines().find(|line| line.contains("koinon.SigningKeyRotated.v1")).unwrap();
    let told: serde_json::Value = serde_json::from_str(record).unwrap();
    let told = ["from", "to", "signature"].map(|field| told["data"][field].as_str().unwrap().to_owned());
    let theirs = SigningKey::new(told[0].split('+').next().unwrap(), [7; 32]).unwrap();
    let to_them = record.replace(&told[1], &theirs.verifier().to_string());
    let other = Rotation::sign(&theirs, told[1].parse().unwrap()).unwrap().signature();
    let mut by_them = STANDARD.decode(&other).unwrap();
    by_them[..4].copy_from_slice(&STANDARD.decode(&told[2]).unwrap()[..4]);
    for handed in
        [to_them.clone(), to_them.replace(&told[2], &other), to_them.replace(&told[2], &STANDARD.encode(by_them))]
    {
        let log = log.replace(record, &handed);
        let leaves: Vec<_> = log.lines().map(|line| leaf_hash(line.as_bytes())).collect();
        let checkpoint =
            Checkpoint { origin: theirs.name().to_owned(), size: leaves.len() as u64, root: root_of(&leaves) };
        fs::write(folder.join("log.ndjson"), log).unwrap();
        fs::write(folder.join("checkpoint"), checkpoint.sign(&[&theirs])).unwrap();
        let (accepted, said) = verify(folder, &[]);
        assert!(!accepted && said.contains("did not hand the log over to the new one"), "{said}");
    }
    for (name, text) in ["log.ndjson", "checkpoint"].iter().zip(before) {
        fs::write(folder.join(name), text).unwrap();
    }
}

fn unpack(bytes: &[u8], folder: &Path) {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    archive.extract(folder).unwrap();
}

async fn a_bundle_is_accepted_by_public_tools(place: Place) {
    let server = place.start("demo");
    let token = place.token("auditor");
    let list = server.get("/api/reports?status=accepted", &token).await.expect(200).json();
    let id = list["items"][0]["id"].as_str().unwrap().to_owned();
    let bytes = server.get(&format!("/api/reports/{id}/bundle.zip"), &token).await.expect(200).bytes;
    server.stop();
    let folder = place.folder().join("unpacked");
    unpack(&bytes, &folder);
    let (accepted, said) = verify(&folder, &["bundle", "."]);
    assert!(accepted, "{said}");
    let records: Vec<PathBuf> =
        fs::read_dir(folder.join("records")).unwrap().map(|each| each.unwrap().path()).collect();
    let record = records.iter().min().unwrap();
    let name = format!("records/{}", record.file_name().unwrap().display());
    forge(&folder, &["bundle", "."], &name, "not in the log", |text| {
        text.replacen("\"specversion\":\"1.0\"", "\"specversion\":\"1.1\"", 1)
    });
    forge(&folder, &["bundle", "."], "report.json", "not the file of the manifest", |text| format!("{text} "));
    let proof = name.replacen("records", "proofs", 1).replacen(".json", ".tlog-proof", 1);
    let last = |of: &str| {
        let all = fs::read_dir(folder.join(of)).unwrap().map(|each| each.unwrap().path());
        fs::read_to_string(all.max().unwrap()).unwrap()
    };
    let (swapped, its_proof) = (last("records"), last("proofs"));
    forge(&folder, &["bundle", "."], &name, "is another", |_| swapped);
    forge(&folder, &["bundle", "."], &proof, "of another record", |_| its_proof);
    forge(&folder, &["bundle", "."], "checkpoint", "signature is not the key's", |text| {
        lines(text, |lines| lines[1] = "9999\n")
    });
    forge(&folder, &["bundle", "."], "key", "did not sign the checkpoint", stranger);
    let kept = fs::read(record).unwrap();
    fs::remove_file(record).unwrap();
    let (accepted, said) = verify(&folder, &["bundle", "."]);
    assert!(!accepted && said.contains("is missing"), "{said}");
    fs::write(record, kept).unwrap();
    assert!(verify(&folder, &["bundle", "."]).0);
}
