//! The bytes of documents: taken only when they are those registered, kept whole or not at all, given as an attachment to
//! who may read them, and brought through a form as evidence in one step.

use reqwest::{Client, Method, StatusCode, multipart, redirect};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{C1, P, V, beginning, middle, send};
use crate::support::server::{Reply, Server};

on_both_engines!(
    bytes_are_taken_only_when_they_are_those_registered,
    a_document_with_names_is_opened_on_the_record,
    a_signed_sheet_is_brought_and_named_as_evidence_in_one_step,
    a_hash_alone_opens_nothing
);

const SHEET: &[u8] = b"%PDF-1.4 signed by everybody";
const D: &str = "01970000-0000-7000-8000-0000000000d1";

fn registered(classification: &str) -> serde_json::Value {
    let hash: String = Sha256::digest(SHEET).iter().map(|byte| format!("{byte:02x}")).collect();
    json!({ "id": D, "programme": P, "city": C1, "title": "Sheet \"1\"", "kind": "attendance-sheet",
        "classification": classification, "sha256": hash, "size": SHEET.len(), "media_type": "application/pdf" })
}

async fn bring(server: &Server, token: &str, media: &str, bytes: &'static [u8]) -> Reply {
    let request = server.request(Method::POST, &format!("/api/documents/{D}/content"), token);
    Reply::to(request.header("content-type", media).body(bytes)).await
}

/// Every file under the folder of the documents.
fn files(place: &Place) -> usize {
    fn count(folder: &std::path::Path) -> usize {
        let entries = std::fs::read_dir(folder).into_iter().flatten().map(Result::unwrap);
        entries.map(|entry| if entry.path().is_dir() { count(&entry.path()) } else { 1 }).sum()
    }
    count(&place.folder().join("koinon-documents"))
}

async fn bytes_are_taken_only_when_they_are_those_registered(place: Place) {
    let (coordinator, officer) = (place.token("coordinator"), place.token("officer"));
    let server = place.serve();
    send(&server, &coordinator, beginning()).await;
    let position = send(&server, &coordinator, vec![("RegisterDocument", registered("internal"))]).await;
    let address = format!("/api/documents/{D}/content");
    server.get_at(&address, &coordinator, position).await.refuses(404, "content-missing");
    bring(&server, &coordinator, "text/plain", SHEET).await.refuses(415, "another-media-type");
    bring(&server, &coordinator, "application/pdf", b"short").await.refuses(422, "fields-do-not-fit");
    let other = bring(&server, &coordinator, "application/pdf", b"%PDF-1.4 forged by somebody!").await;
    assert_eq!(other.refuses(422, "fields-do-not-fit").pointers(), ["/sha256"]);
    bring(&server, &officer, "application/pdf", SHEET).await.refuses(403, "not-yours-to-do");
    assert_eq!(bring(&server, "", "application/pdf", SHEET).await.status, 401);
    assert_eq!(files(&place), 0, "what was refused leaves nothing behind");
    bring(&server, &coordinator, "application/pdf", SHEET).await.expect(201);
    bring(&server, &coordinator, "application/pdf", SHEET).await.expect(200);
    assert_eq!(files(&place), 1);
    let given = server.get(&address, &officer).await.expect(200);
    assert_eq!(given.bytes, SHEET);
    assert!(given.header("content-disposition").starts_with("attachment; filename=\"Sheet--1-.pdf\""));
    assert_eq!(given.header("content-security-policy").split(';').next(), Some("sandbox"));
    assert_eq!(given.header("content-type"), "application/pdf");
    let withdrawn = json!({ "document": D, "reason": "A draft" });
    let position = send(&server, &coordinator, vec![("WithdrawDocument", withdrawn)]).await;
    server.get_at("/api/documents", &coordinator, position).await.expect(200);
    bring(&server, &coordinator, "application/pdf", SHEET).await.refuses(409, "document-already-withdrawn");
    assert_eq!(server.events(position, &coordinator).await.len(), 0, "bytes are no events");
}

async fn a_document_with_names_is_opened_on_the_record(place: Place) {
    let (coordinator, auditor) = (place.token("coordinator"), place.token("auditor"));
    let server = place.serve();
    send(&server, &coordinator, beginning()).await;
    let position = send(&server, &coordinator, vec![("RegisterDocument", registered("restricted"))]).await;
    server.get_at("/api/documents", &coordinator, position).await.expect(200);
    bring(&server, &coordinator, "application/pdf", SHEET).await.expect(201);
    let address = format!("/api/documents/{D}/content");
    server.get(&address, &auditor).await.refuses(403, "evidence-not-opened");
    let until =
        server.get("/api/events?after=0&limit=1", &auditor).await.json()[0]["time"].as_str().unwrap()[..10].to_owned();
    let opened = json!({ "document": D, "purpose": "Sample check of period 1", "until": until });
    send(&server, &auditor, vec![("OpenEvidence", opened)]).await;
    assert_eq!(server.get(&address, &auditor).await.expect(200).bytes, SHEET);
}

async fn a_signed_sheet_is_brought_and_named_as_evidence_in_one_step(place: Place) {
    let coordinator = place.token("coordinator");
    let server = place.serve();
    send(&server, &coordinator, beginning()).await;
    let steps: Vec<_> = middle().into_iter().take(2).collect();
    send(&server, &coordinator, steps).await;
    let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
    let request = client.post(format!("{}/sign-in", server.address())).header("sec-fetch-site", "same-origin");
    let entered = request.form(&[("token", coordinator.as_str())]).send().await.unwrap();
    let cookie = entered.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let address = format!("{}/documents/new", server.address());
    let form = client.get(format!("{address}?kind=attendance-sheet&classification=restricted&subject=visit/{V}"));
    let form = form.header("cookie", &cookie).send().await.unwrap().text().await.unwrap();
    let token = form.split("name=\"form_token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let fill = |token: &str| {
        let file = multipart::Part::bytes(SHEET).file_name("sheet.pdf").mime_str("application/pdf").unwrap();
        let texts = [
            ("form_token", token.to_owned()),
            ("key", "one-key".to_owned()),
            ("subject", format!("visit/{V}")),
            ("title", "Signed sheet".to_owned()),
            ("kind", "attendance-sheet".to_owned()),
            ("classification", "restricted".to_owned()),
            ("language", "en".to_owned()),
        ];
        texts.into_iter().fold(multipart::Form::new(), |form, (name, text)| form.text(name, text)).part("file", file)
    };
    let post = |form: multipart::Form, site: &str| {
        client.post(&address).header("cookie", &cookie).header("sec-fetch-site", site).multipart(form).send()
    };
    assert_eq!(post(fill(&token), "cross-site").await.unwrap().status(), StatusCode::FORBIDDEN);
    assert_eq!(post(fill("guess"), "same-origin").await.unwrap().status(), StatusCode::FORBIDDEN);
    let done = post(fill(&token), "same-origin").await.unwrap();
    assert_eq!(done.status(), StatusCode::SEE_OTHER, "{}", done.text().await.unwrap());
    let location = done.headers()["location"].to_str().unwrap().to_owned();
    let again = post(fill(&token), "same-origin").await.unwrap();
    assert_eq!(again.headers()["location"].to_str().unwrap(), location, "sent twice, done once");
    let position: u64 = location.split("done=").nth(1).unwrap().parse().unwrap();
    let visit = server.get_at(&format!("/api/visits/{V}"), &coordinator, position).await.expect(200).json();
    assert_eq!(visit["evidence"].as_array().unwrap().len(), 1, "it is evidence of the visit");
    let document = visit["evidence"][0].as_str().unwrap().to_owned();
    let bytes = server.get(&format!("/api/documents/{document}/content"), &coordinator).await.expect(200).bytes;
    assert_eq!(bytes, SHEET);
}

/// Whoever knows a hash, but not the bytes, comes to nothing by registering it again.
async fn a_hash_alone_opens_nothing(place: Place) {
    let coordinator = place.token("coordinator");
    let server = place.serve();
    send(&server, &coordinator, beginning()).await;
    send(&server, &coordinator, vec![("RegisterDocument", registered("restricted"))]).await;
    bring(&server, &coordinator, "application/pdf", SHEET).await.expect(201);
    let mut copy = registered("public");
    copy["id"] = json!("01970000-0000-7000-8000-0000000000d2");
    let position = send(&server, &coordinator, vec![("RegisterDocument", copy)]).await;
    let address = "/api/documents/01970000-0000-7000-8000-0000000000d2/content";
    server.get_at(address, &coordinator, position).await.expect(404);
}
