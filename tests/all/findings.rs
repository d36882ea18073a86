//! What a report lacks is told at once, with who mends it; once it is mended the finding is gone and the figure rises, and
//! nobody typed a number into the report.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{C1, C2, P, S, beginning, send};
use crate::support::page::{Page, selector};
use crate::support::server::{Reply, Server};

on_both_engines!(a_signed_sheet_mends_a_finding_and_raises_the_figure);

const V: &str = "01970000-0000-7000-8000-0000000000f1";
const R: &str = "01970000-0000-7000-8000-0000000000f2";
const D: &str = "01970000-0000-7000-8000-0000000000f3";

async fn found(server: &Server, token: &str, position: u64) -> Value {
    server.get_at(&format!("/api/reports/{R}/findings"), token, position).await.expect(200).json()
}

fn codes(findings: &Value) -> Vec<&str> {
    findings["items"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

async fn participations(server: &Server, token: &str) -> String {
    let figures = server.get("/api/indicators?from=2026-01-01&to=2026-06-30", token).await.expect(200).json();
    let figures = figures["figures"].as_array().unwrap().clone();
    figures.iter().find(|figure| figure["code"] == "RCO 81").unwrap()["value"].to_string()
}

async fn a_signed_sheet_mends_a_finding_and_raises_the_figure(place: Place) {
    let coordinator = place.token("coordinator");
    let server = place.serve();
    send(&server, &coordinator, beginning()).await;
    let visit = json!({ "id": V, "programme": P, "partnership": S, "kind": "study-visit", "format": "in-person",
        "host_city": C1, "visiting_cities": [C2], "from": "2026-06-13", "to": "2026-06-17",
        "themes": ["waste-to-energy"], "objectives": "See the plant at work" });
    let steps = vec![
        ("DefinePeriod", json!({ "programme": P, "number": 1, "from": "2026-01-01", "to": "2026-06-30" })),
        ("ScheduleVisit", visit),
        ("ConfirmVisit", json!({ "visit": V })),
        ("StartVisit", json!({ "visit": V, "date": "2026-06-13" })),
        ("RecordAttendance", json!({ "visit": V, "others": { C1: 3, C2: 4 } })),
        ("CompleteVisit", json!({ "visit": V, "date": "2026-06-17" })),
        ("OpenReport", json!({ "id": R, "programme": P, "period": 1 })),
    ];
    let position = send(&server, &coordinator, steps).await;
    let before = found(&server, &coordinator, position).await;
    let lacking = codes(&before);
    assert!(lacking.contains(&"attendance-without-sheet"), "{lacking:?}");
    assert_eq!(lacking.iter().filter(|code| **code == "empty-section").count(), 4, "all at once: {lacking:?}");
    assert_eq!(participations(&server, &coordinator).await, "0", "nobody counts without the sheet");
    let sheet = json!({ "id": D, "programme": P, "title": "Signed sheet", "kind": "attendance-sheet",
        "classification": "restricted", "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "size": 4, "media_type": "text/plain" });
    let link = json!({ "document": D, "subject": format!("visit/{V}"), "claim": "The signed sheet" });
    let position = send(&server, &coordinator, vec![("RegisterDocument", sheet), ("LinkEvidence", link)]).await;
    let after = found(&server, &coordinator, position).await;
    assert!(!codes(&after).contains(&"attendance-without-sheet"), "{after}");
    assert!(codes(&after).contains(&"document-without-bytes"), "its bytes are still to come: {after}");
    let bytes = server
        .request(reqwest::Method::POST, &format!("/api/documents/{D}/content"), &coordinator)
        .header("content-type", "text/plain")
        .body("test");
    Reply::to(bytes).await.expect(201);
    let brought = found(&server, &coordinator, position).await;
    assert!(!codes(&brought).contains(&"document-without-bytes"), "they were brought: {brought}");
    assert_eq!(participations(&server, &coordinator).await, "7", "the figure rises by those who were there");
    let asked = format!("/api/reports/{R}/findings?as_of={}", position - 2);
    let then = server.get(&asked, &coordinator).await.expect(200).json();
    assert!(codes(&then).contains(&"attendance-without-sheet"), "as it stood before");
}

/// Every kind of finding that the sample's open reports have, for whoever mends it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_finding_leads_whoever_mends_it_to_the_form_that_does() {
    let place = Place::sqlite();
    let server = place.start("demo");
    let mut kinds = BTreeMap::new();
    let auditor = place.token("auditor");
    let reports = server.get("/api/reports?limit=100", &auditor).await.expect(200).json();
    for report in reports["items"].as_array().unwrap() {
        let address = format!("/api/reports/{}/findings", report["id"].as_str().unwrap());
        let found = server.get(&address, &auditor).await.expect(200).json();
        for item in found["items"].as_array().unwrap() {
            kinds.entry(item["code"].as_str().unwrap().to_owned()).or_insert(item.clone());
        }
    }
    assert!(kinds.len() >= 6, "{:?}", kinds.keys());
    for (code, item) in kinds {
        let role = item["roles"][0].as_str().unwrap();
        let page = Page::signed_in(&server, &place.token(role)).await;
        let shown = page.get(item["do"].as_str().unwrap()).await;
        assert_eq!(shown.status, 200, "{code}: {} for {role}: {}", item["do"], shown.text);
        assert!(
            shown.html().select(&selector("main form button")).next().is_some(),
            "{code}: {} has a form",
            item["do"]
        );
        server.get(item["href"].as_str().unwrap(), &place.token(role)).await.expect(200);
    }
    server.stop();
}
