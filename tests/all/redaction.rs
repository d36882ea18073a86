//! A document names somebody who is erased: its bytes are given to nobody from then on, a coordinator is asked for a redacted
//! copy, and once that is there the bytes are gone, while the hash, the evidence and the figures stay.

use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{C2, H, P, V, beginning, middle, send};
use crate::support::server::{Reply, Server};

on_both_engines!(
    a_document_that_names_somebody_erased_gives_way_to_a_redacted_copy,
    bytes_that_were_to_go_are_gone_after_the_next_start
);

const SHEET: &[u8] = b"Thandi Example and Sipho Example were there";
const REDACTED: &[u8] = b"[redacted] and Sipho Example were there";
const D: &str = "01970000-0000-7000-8000-0000000000d1";
const COPY: &str = "01970000-0000-7000-8000-0000000000d2";
const SIPHO: &str = "01970000-0000-7000-8000-0000000000d3";

fn document(id: &str, bytes: &[u8]) -> Value {
    let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    json!({ "id": id, "programme": P, "title": "Sheet", "kind": "attendance-sheet", "classification": "internal",
        "sha256": hash, "size": bytes.len(), "media_type": "text/plain" })
}

async fn bring(server: &Server, token: &str, id: &str, bytes: &'static [u8]) -> Reply {
    let request = server.request(Method::POST, &format!("/api/documents/{id}/content"), token);
    Reply::to(request.header("content-type", "text/plain").body(bytes)).await
}

/// The names of the files under the folder of the documents.
fn files(place: &Place) -> Vec<String> {
    fn gather(folder: &std::path::Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().map(Result::unwrap) {
            match entry.path().is_dir() {
                true => gather(&entry.path(), found),
                false => found.push(entry.file_name().into_string().unwrap()),
            }
        }
    }
    let mut found = Vec::new();
    gather(&place.folder().join("koinon-documents"), &mut found);
    found.sort();
    found
}

/// A sheet that shows a visit and names Thandi and Sipho, brought with its bytes.
async fn a_sheet_with_names(server: &Server, coordinator: &str) -> u64 {
    send(server, coordinator, beginning()).await;
    send(server, coordinator, middle()).await;
    let sipho = json!({ "id": SIPHO, "programme": P, "name": "Sipho Example", "email": "sipho@example.org",
        "organisation": "eThekwini Municipality", "city": C2, "languages": ["en"], "kind": "delegate" });
    let claim = json!({ "document": D, "subject": format!("visit/{V}"), "claim": "Two came" });
    let steps = vec![
        ("InvitePerson", sipho),
        ("RegisterDocument", document(D, SHEET)),
        ("LinkEvidence", claim),
        ("TagPersons", json!({ "document": D, "persons": [H, SIPHO] })),
    ];
    let position = send(server, coordinator, steps).await;
    server.get_at("/api/documents", coordinator, position).await.expect(200);
    bring(server, coordinator, D, SHEET).await.expect(201);
    position
}

async fn erase(server: &Server, administrator: &str) -> u64 {
    let erased = json!({ "person": H, "basis": "GDPR art. 17(1)(b)", "request": "R-1" });
    send(server, administrator, vec![("ErasePerson", erased)]).await
}

async fn item(server: &Server, token: &str, position: u64) -> Option<Value> {
    let inbox = server.get_at("/api/inbox", token, position).await.expect(200).json();
    let items = inbox["items"].as_array().unwrap().clone();
    items.into_iter().find(|item| item["kind"] == "redact-document")
}

async fn figures(server: &Server, token: &str, position: u64) -> Value {
    let mut figures = server.get_at("/api/indicators", token, position).await.expect(200).json();
    figures.as_object_mut().unwrap().remove("position");
    figures
}

async fn a_document_that_names_somebody_erased_gives_way_to_a_redacted_copy(place: Place) {
    let (coordinator, administrator) = (place.token("coordinator"), place.token("administrator"));
    let (delegate, auditor) = (place.token("delegate"), place.token("auditor"));
    let server = place.serve();
    let position = a_sheet_with_names(&server, &coordinator).await;
    let counted = figures(&server, &coordinator, position).await;
    let visit = |position| server.get_at("/api/visits/01970000-0000-7000-8000-000000000007", &coordinator, position);
    let shown = visit(position).await.expect(200).json()["evidence"].clone();
    let address = format!("/api/documents/{D}/content");
    assert_eq!(server.get(&address, &coordinator).await.expect(200).bytes, SHEET);
    assert!(item(&server, &coordinator, position).await.is_none());
    let early = json!({ "redacts": D });
    let mut early_copy = document(COPY, REDACTED);
    early_copy.as_object_mut().unwrap().extend(early.as_object().unwrap().clone());
    server.command("RegisterDocument", &early_copy, &coordinator).await.refuses(409, "nothing-to-redact");

    let erased = erase(&server, &administrator).await;
    server.get(&address, &coordinator).await.refuses(410, "document-names-erased");
    server.get(&address, &administrator).await.expect(404);
    bring(&server, &coordinator, D, SHEET).await.refuses(410, "document-names-erased");
    let waiting = item(&server, &coordinator, erased).await.unwrap();
    assert_eq!(
        (waiting["command"].as_str(), waiting["fields"]["redacts"].as_str()),
        (Some("RegisterDocument"), Some(D))
    );
    assert!(waiting["do"].as_str().unwrap().starts_with(&format!("/documents/new?redacts={D}")), "{waiting}");
    for other in [&delegate, &auditor, &administrator] {
        assert!(item(&server, other, erased).await.is_none(), "it waits for a coordinator");
    }

    let copy = early_copy;
    server.command("RegisterDocument", &copy, &delegate).await.refuses(403, "not-yours-to-do");
    let redacted = send(&server, &coordinator, vec![("RegisterDocument", copy.clone())]).await;
    assert_eq!(files(&place), Vec::<String>::new(), "the old bytes are gone");
    let again = server.command("RegisterDocument", &copy, &coordinator).await.expect(200).json();
    assert_eq!(again["events"], json!([]), "a repeat records nothing");
    assert!(item(&server, &coordinator, redacted).await.is_none());
    bring(&server, &coordinator, COPY, REDACTED).await.expect(201);
    let of_copy = format!("/api/documents/{COPY}/content");
    assert_eq!(server.get(&of_copy, &coordinator).await.expect(200).bytes, REDACTED);
    server.get(&of_copy, &auditor).await.refuses(403, "evidence-not-opened");
    let gone = server.get(&address, &coordinator).await.refuses(410, "document-redacted").json();
    assert!(gone["detail"].as_str().unwrap().contains(COPY), "it says where the copy is: {gone}");
    let old = server.get(&format!("/api/documents/{D}"), &coordinator).await.expect(200).json();
    assert_eq!((&old["status"], &old["copy"]), (&json!("registered"), &json!(COPY)));
    assert_eq!(old["sha256"], document(D, SHEET)["sha256"], "the hash stays");
    let new = server.get(&format!("/api/documents/{COPY}"), &coordinator).await.expect(200).json();
    assert_eq!((&new["copy_of"], &new["names"]), (&json!(D), &json!([SIPHO])), "the names left are guarded");
    assert_eq!(visit(redacted).await.expect(200).json()["evidence"], shown);
    assert_eq!(figures(&server, &coordinator, redacted).await, counted, "what was counted stays counted");
    server.stop();
    place.verify();
}

async fn bytes_that_were_to_go_are_gone_after_the_next_start(place: Place) {
    let (coordinator, administrator) = (place.token("coordinator"), place.token("administrator"));
    let server = place.serve();
    a_sheet_with_names(&server, &coordinator).await;
    let kept = files(&place);
    assert_eq!(kept.len(), 1);
    erase(&server, &administrator).await;
    let away = json!({ "document": D, "reason": "The wrong scan" });
    send(&server, &coordinator, vec![("WithdrawDocument", away)]).await;
    assert_eq!(files(&place), Vec::<String>::new(), "what was withdrawn needs no copy");
    server.stop();
    // As if the process had been killed between the event and the deletion.
    let folder = place.folder().join("koinon-documents").join(&kept[0][..2]);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(&kept[0]), SHEET).unwrap();
    place.serve().stop();
    assert_eq!(files(&place), Vec::<String>::new());
}
