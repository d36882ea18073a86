//! The evidence bundle, from outside: the same bytes each time, checked in one step, and every way to forge it that one
//! thinks of first is rejected by name.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use serde_json::Value;
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

use crate::store::on_both_engines;
use crate::support::Place;

on_both_engines!(a_bundle_is_checked_in_one_step_and_every_forgery_is_named);

pub type Files = BTreeMap<String, Vec<u8>>;

fn unpacked(bytes: &[u8]) -> Files {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut read = |name: String| {
        let mut content = Vec::new();
        archive.by_name(&name).unwrap().read_to_end(&mut content).unwrap();
        (name, content)
    };
    names.into_iter().map(&mut read).collect()
}

/// Packs what a forger changed, with new sums: a forger can count too.
pub fn forged(bytes: &[u8], change: impl FnOnce(&mut Files)) -> Vec<u8> {
    let mut files = unpacked(bytes);
    change(&mut files);
    files.remove("SHA256SUMS");
    let hex = |bytes: &[u8]| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let sums: String = files.iter().map(|(name, bytes)| format!("{}  {name}\n", hex(bytes))).collect();
    files.insert("SHA256SUMS".to_owned(), sums.into_bytes());
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default()).unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in &files {
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn records(files: &Files) -> Vec<String> {
    files.keys().filter(|name| name.starts_with("records/")).cloned().collect()
}

async fn a_bundle_is_checked_in_one_step_and_every_forgery_is_named(place: Place) {
    let server = place.start("demo");
    let token = place.token("auditor");
    let list = server.get("/api/reports?status=accepted", &token).await.expect(200).json();
    let id = list["items"][0]["id"].as_str().unwrap().to_owned();
    let key = server.get("/log/key", "").await.expect(200).text();
    let address = format!("/api/reports/{id}/bundle.zip");
    let served = server.get(&address, &token).await.expect(200);
    assert_eq!(served.header("content-type"), "application/zip");
    assert!(served.header("content-disposition").contains("bundle.zip"));
    server.get(&address, "").await.expect(401);
    server.get(&address, &place.token("expert")).await.expect(404);
    server.stop();

    let before = place.export();
    let output = place.run(&["report", &id, "--format", "bundle", "-o", "evidence"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let bytes = std::fs::read(place.folder().join("evidence/bundle.zip")).unwrap();
    assert!(bytes == served.bytes, "the command writes what the address serves");
    assert_eq!(place.export(), before, "a bundle appends nothing");

    let verify = |bytes: &[u8], arguments: &[&str]| {
        std::fs::write(place.folder().join("held.zip"), bytes).unwrap();
        let output = place.run(&[&["verify", "held.zip"], arguments].concat());
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, said) = verify(&bytes, &[]);
    assert!(code == 0 && said.starts_with("Verified: ") && said.contains("compare it"), "{said}");
    assert_eq!(verify(&bytes, &["--key", key.trim_end()]).0, 0);
    let other = koinon::note::SigningKey::new(key.split('+').next().unwrap(), [7; 32]).unwrap().verifier().to_string();
    assert_eq!(verify(&bytes, &["--key", &other]).0, 1, "another key did not sign it");

    let files = unpacked(&bytes);
    let told: Value = serde_json::from_slice(&files["report.json"]).unwrap();
    assert_eq!(told["report"], id.as_str());
    let names = records(&files);
    assert!(names.len() > 2);
    let (one, two) = (names[0].clone(), names[1].clone());
    let number =
        |name: &str| name.trim_start_matches("records/").trim_end_matches(".json").trim_start_matches('0').to_owned();

    let rejected = |forgery: &[u8], naming: &str| {
        let (code, said) = verify(forgery, &[]);
        assert!(code == 1 && said.starts_with("NOT VERIFIED: ") && said.contains(naming), "{naming}: {said}");
    };
    let mut torn = bytes.clone();
    torn[bytes.len() / 2] ^= 1;
    rejected(&torn, "");
    for at in (0..bytes.len()).step_by(bytes.len() / 60 + 1).chain([10, bytes.len() - 1]) {
        let mut torn = bytes.clone();
        torn[at] ^= 1;
        assert!(koinon::report::bundle::check(&torn, None).is_err(), "byte {at} changed unnoticed");
    }
    let changed = forged(&bytes, |files| {
        let text = String::from_utf8(files[&one].clone()).unwrap();
        let time = text.find("\"time\":\"20").unwrap() + 10;
        files.get_mut(&one).unwrap()[time] ^= 1;
    });
    rejected(&changed, &format!("record {}", number(&one)));
    let dropped = forged(&bytes, |files| {
        files.remove(&two);
    });
    rejected(&dropped, &format!("{two} is missing"));
    let reordered = forged(&bytes, |files| {
        let (first, second) = (files[&one].clone(), files[&two].clone());
        files.insert(one.clone(), second);
        files.insert(two.clone(), first);
    });
    rejected(&reordered, &format!("record {}", number(&one)));
    let rewritten = forged(&bytes, |files| {
        let text = String::from_utf8(files["checkpoint"].clone()).unwrap();
        let size = text.lines().nth(1).unwrap().to_owned();
        files.insert("checkpoint".to_owned(), text.replacen(&size, "999999", 1).into_bytes());
    });
    rejected(&rewritten, "checkpoint is not signed by the key");
    let raised = forged(&bytes, |files| {
        let text = String::from_utf8(files["report.csv"].clone()).unwrap();
        files.insert("report.csv".to_owned(), text.replacen(",1,", ",9,", 1).into_bytes());
    });
    rejected(&raised, "report.csv");
    rejected(
        &forged(&bytes, |files| drop(files.insert("records/none.json".to_owned(), b"{}".to_vec()))),
        "records/none.json",
    );
}
