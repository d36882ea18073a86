//! A backup carries the bytes of documents, each by its hash, never a key; it is put back only where there is nothing yet; and what
//! has no bytes, or others than its own, is told.

use std::path::{Path, PathBuf};

use reqwest::Method;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{H, P, beginning, middle, send};
use crate::support::server::{Reply, Server};

on_both_engines!(the_bytes_of_documents_are_copied_and_brought_back_by_themselves);

const SIGNED: &[u8] = b"Signed by both cities";
const NAMED: &[u8] = b"Thandi Example was there";

fn document(number: u8) -> String {
    format!("01970000-0000-7000-8000-0000000000d{number}")
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn register(server: &Server, token: &str, number: u8, bytes: &'static [u8], brought: bool) {
    let body = json!({ "id": document(number), "programme": P, "title": "Paper", "kind": "agreement",
        "classification": "internal", "sha256": hash(bytes), "size": bytes.len(), "media_type": "text/plain" });
    let position = send(server, token, vec![("RegisterDocument", body)]).await;
    server.get_at("/api/documents", token, position).await.expect(200);
    if brought {
        let address = format!("/api/documents/{}/content", document(number));
        let request = server.request(Method::POST, &address, token).header("content-type", "text/plain");
        Reply::to(request.body(bytes)).await.expect(201);
    }
}

/// A log with a signed paper, one that names Thandi, and one without its bytes.
async fn with_papers(place: &Place) -> (Server, String) {
    let coordinator = place.token("coordinator");
    let server = place.serve();
    send(&server, &coordinator, beginning()).await;
    send(&server, &coordinator, middle()).await;
    register(&server, &coordinator, 1, SIGNED, true).await;
    register(&server, &coordinator, 2, NAMED, true).await;
    register(&server, &coordinator, 3, b"never brought", false).await;
    send(&server, &coordinator, vec![("TagPersons", json!({ "document": document(2), "persons": [H] }))]).await;
    (server, coordinator)
}

fn run(place: &Place, arguments: &[&str]) -> (bool, String) {
    let output = place.run(arguments);
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    (output.status.success(), said)
}

/// Where the bytes of a document lie in a folder.
fn file(folder: &Path, number: u8, bytes: &[u8]) -> PathBuf {
    let hash = hash(bytes);
    folder.join(&hash[..2]).join(format!("{hash}.{}", document(number)))
}

/// Everything under a folder, as bytes.
fn everything(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().map(Result::unwrap) {
        match entry.path().is_dir() {
            true => all.extend(everything(&entry.path())),
            false => all.extend(std::fs::read(entry.path()).unwrap()),
        }
    }
    all
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

async fn the_bytes_of_documents_are_copied_and_brought_back_by_themselves(place: Place) {
    let (server, coordinator) = with_papers(&place).await;
    let administrator = place.token("administrator");
    let kept = place.folder().join("kept");
    let (done, said) = run(&place, &["backup", "--only-documents", "kept"]);
    assert!(done && said.contains("2 documents were copied"), "{said}");
    assert!(said.contains(&format!("document/{}: its bytes were never brought", document(3))), "{said}");
    assert_eq!(std::fs::read(file(&kept, 1, SIGNED)).unwrap(), SIGNED);
    std::fs::remove_file(file(&kept, 2, NAMED)).unwrap();
    let (done, said) = run(&place, &["backup", "--only-documents", "kept"]);
    assert!(done && said.contains("2 documents were copied"), "it goes on where it was: {said}");
    assert_eq!(std::fs::read(file(&kept, 2, NAMED)).unwrap(), NAMED);

    std::fs::write(file(&kept, 1, SIGNED), b"Signed by both citiez").unwrap();
    let (done, said) = run(&place, &["restore", "--only-documents", "kept", "--documents", "elsewhere"]);
    assert!(!done && said.contains(&format!("document/{}: its bytes are not those", document(1))), "{said}");
    let elsewhere = place.folder().join("elsewhere");
    assert!(!file(&elsewhere, 1, SIGNED).exists() && file(&elsewhere, 2, NAMED).exists());

    let erased = json!({ "person": H, "basis": "GDPR art. 17(1)(b)", "request": "R-1" });
    send(&server, &administrator, vec![("ErasePerson", erased)]).await;
    let (done, said) = run(&place, &["backup", "--only-documents", "later"]);
    assert!(done && said.contains(&format!("document/{}: it names somebody who was erased", document(2))), "{said}");
    assert!(!holds(&everything(&place.folder().join("later")), b"Thandi"));
    let refused = server.get(&format!("/api/documents/{}/content", document(2)), &coordinator).await;
    refused.refuses(410, "document-names-erased");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_is_put_back_with_its_documents_where_nothing_is_yet() {
    let place = Place::sqlite();
    let (server, _) = with_papers(&place).await;
    let held = place.export();
    let (done, said) = run(&place, &["backup", "copy.db"]);
    assert!(done && said.contains("2 documents were copied") && said.contains("verified"), "{said}");
    server.stop();
    let copied: Vec<String> = std::fs::read_dir(place.folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("copy.db"))
        .collect();
    assert_eq!(copied.len(), 2, "the log and the folder, nothing unfinished: {copied:?}");
    for key in ["koinon-signing.key", "koinon-vault.key"] {
        let key = std::fs::read_to_string(place.folder().join(key)).unwrap();
        let line = key.lines().last().unwrap();
        let secret = match line.starts_with("PRIVATE+KEY+") {
            true => line.splitn(5, '+').last().unwrap(),
            false => line.rsplit(' ').next().unwrap(),
        };
        assert!(secret.len() > 40, "it is the secret that is looked for");
        assert!(!holds(&everything(&place.folder().join("copy.db.documents")), secret.as_bytes()));
        assert!(!holds(&std::fs::read(place.folder().join("copy.db")).unwrap(), secret.as_bytes()));
    }

    let (done, said) = run(&place, &["restore", "copy.db"]);
    assert!(!done && said.contains("is there already"), "{said}");
    let again = ["--database", "sqlite:again/koinon.db"];
    std::fs::create_dir(place.folder().join("again")).unwrap();
    let (done, said) = run(&place, &["restore", "copy.db", again[0], again[1]]);
    assert!(done && said.contains("2 documents were copied"), "{said}");
    assert_eq!(run(&place, &["export", again[0], again[1]]).1, held);
    let documents = place.folder().join("again/koinon-documents");
    assert_eq!(std::fs::read(file(&documents, 1, SIGNED)).unwrap(), SIGNED);
    let (done, said) = run(&place, &["restore", "copy.db", again[0], "sqlite:again/second.db"]);
    assert!(!done && said.contains("holds documents already"), "{said}");

    let export = place.folder().join("log.ndjson");
    std::fs::write(&export, &held).unwrap();
    let (done, said) = run(&place, &["restore", "log.ndjson", again[0], "sqlite:fresh/koinon.db"]);
    assert!(!done && said.contains("is no backup"), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_with_a_flipped_bit_is_not_put_back() {
    let place = Place::sqlite();
    let (server, _) = with_papers(&place).await;
    assert!(run(&place, &["backup", "copy.db"]).0);
    server.stop();
    let copy = place.folder().join("copy.db");
    let mut bytes = std::fs::read(&copy).unwrap();
    let at = bytes.windows(14).rposition(|window| window == b"Test programme").unwrap();
    bytes[at] ^= 1;
    std::fs::write(&copy, bytes).unwrap();
    std::fs::create_dir(place.folder().join("again")).unwrap();
    let (done, said) = run(&place, &["restore", "copy.db", "--database", "sqlite:again/koinon.db"]);
    assert!(!done && said.contains("not sound"), "{said}");
    let left = std::fs::read_dir(place.folder().join("again")).unwrap().count();
    assert_eq!(left, 0, "nothing is left where it was to be");
}
