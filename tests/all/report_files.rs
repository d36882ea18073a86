//! Periodic reports over HTTP: the files are those that `koinon report` writes, for whoever may see the report.

use serde_json::Value;

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::server::Server;

on_both_engines!(
    the_files_of_a_report_are_those_that_the_command_writes,
    what_changed_between_two_versions_is_told_with_its_positions,
    what_a_draft_lacks_is_found_at_once_and_not_any_more_when_it_is_there,
);

/// The reports of the sample, by status.
async fn report(server: &Server, token: &str, status: &str) -> Value {
    let list = server.get(&format!("/api/reports?status={status}"), token).await.expect(200).json();
    list["items"][0].clone()
}

async fn the_files_of_a_report_are_those_that_the_command_writes(place: Place) {
    let server = place.start("demo");
    let token = place.token("auditor");
    for status in ["accepted", "draft"] {
        let report = report(&server, &token, status).await;
        let id = report["id"].as_str().unwrap();
        let output = place.run(&["report", id, "-o", status]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        for (name, media) in [
            ("json", "application/json"),
            ("csv", "text/csv"),
            ("html", "text/html"),
            ("xlsx", "application/vnd."),
            ("pdf", "application/pdf"),
            ("iati.xml", "application/xml"),
        ] {
            let address = format!("/api/reports/{id}/report.{name}");
            let answer = server.get(&address, &token).await.expect(200);
            assert!(answer.header("content-type").starts_with(media), "{name}");
            assert!(answer.header("content-disposition").contains(&format!("report.{name}")));
            let written = std::fs::read(place.folder().join(status).join(format!("report.{name}"))).unwrap();
            assert!(answer.bytes == written, "{address} differs from what the command writes");
            let again = server.read(&address, &token).header("if-none-match", answer.header("etag"));
            crate::support::server::Reply::to(again).await.expect(304);
        }
        server.get(&format!("/api/reports/{id}/report.json"), "").await.expect(401);
        server.get(&format!("/api/reports/{id}/report.doc"), &token).await.expect(404);
    }
    let strand = report(&server, &token, "reopened").await;
    let address = format!("/api/reports/{}/report.json", strand["id"].as_str().unwrap());
    let told = server.get(&address, &token).await.expect(200).json();
    let cities = |told: &Value| {
        let mut figures = told["figures"]["figures"].as_array().unwrap().iter();
        figures.find(|figure| figure["code"] == "cities-active").unwrap()["value"].as_u64().unwrap()
    };
    let whole = server.get(&format!("/api/indicators?to={}", told["period"]["to"].as_str().unwrap()), &token).await;
    let whole = serde_json::json!({ "figures": whole.expect(200).json() });
    assert!((1..cities(&whole)).contains(&cities(&told)), "a strand's figures are its own");
    assert_eq!(told["sample"], true);
    let accepted = report(&server, &token, "accepted").await;
    let frozen = accepted["submissions"].as_array().unwrap().last().unwrap()["as_of"].as_u64().unwrap();
    let id = accepted["id"].as_str().unwrap();
    let told = server.get(&format!("/api/reports/{id}/report.json"), &token).await.expect(200);
    let evidence = told.json()["evidence"].clone();
    let shown = evidence.as_array().unwrap().iter();
    assert!(shown.clone().count() > 0 && shown.clone().all(|each| each["sha256"].as_str().unwrap().len() == 64));
    assert_eq!((told.json()["size"].as_u64(), told.header("koinon-position")), (Some(frozen), &*frozen.to_string()));
    let later = server.get(&format!("/api/reports/{id}/report.json?as_of={}", frozen + 1), &token).await.expect(200);
    assert_eq!(later.json()["size"], frozen + 1);
    server.get(&format!("/api/reports/{id}/report.json?as_of=1"), &token).await.expect(404);
    let page = server.get(&format!("/reports/{id}"), "").await.expect(200).text();
    assert!(page.contains(&format!("/reports/{id}/report.xlsx")), "the page leads to the files");
    assert!(page.contains(&format!("/reports/{id}/report.pdf")), "the page leads to the document");
    let file = server.get(&format!("/reports/{id}/report.json"), "").await.expect(200);
    assert!(file.bytes == told.bytes, "the page's file is the same");
    server.stop();
}

async fn what_a_draft_lacks_is_found_at_once_and_not_any_more_when_it_is_there(place: Place) {
    let server = place.start("demo");
    let (token, coordinator) = (place.token("auditor"), place.token("coordinator"));
    let draft = report(&server, &token, "draft").await;
    let id = draft["id"].as_str().unwrap();
    let address = format!("/api/reports/{id}/findings");
    let found = server.get(&address, &token).await.expect(200).json();
    let empty = |found: &Value, section: &str| {
        let mut items = found["items"].as_array().unwrap().iter();
        items.any(|item| item["code"] == "empty-section" && item["fields"]["section"] == section)
    };
    assert!(empty(&found, "activities") && !empty(&found, "highlights"), "{found}");
    for item in found["items"].as_array().unwrap() {
        for field in ["code", "what", "subject", "href", "do"] {
            assert!(item[field].is_string(), "{item} has no {field}");
        }
    }
    let text = serde_json::json!({ "report": id, "section": "activities", "text": "Four pilots and a webinar." });
    let done = server.command("EditSection", &text, &coordinator).await.expect(200).json();
    let position = done["position"].as_u64().unwrap();
    let mended = server.get_at(&address, &token, position).await.expect(200).json();
    assert!(!empty(&mended, "activities"), "{mended}");
    let before = server.get(&format!("{address}?as_of={}", position - 1), &token).await.expect(200).json();
    assert!(empty(&before, "activities"), "as it was before");
    let page = server.get(&format!("/reports/{id}"), "").await.expect(200).text();
    assert!(page.contains("What is still missing"), "the page says so too");
    server.get(&address, "").await.expect(401);
    server.get(&address.replace(id, "00000000-0000-7000-8000-000000000000"), &token).await.expect(404);
    server.stop();
}

async fn what_changed_between_two_versions_is_told_with_its_positions(place: Place) {
    let server = place.start("demo");
    let token = place.token("auditor");
    let list = server.get("/api/reports?limit=50", &token).await.expect(200).json();
    let twice =
        |row: &&Value| row["submissions"].as_array().is_some_and(|all| all.len() > 1) && row["status"] == "accepted";
    let report = list["items"].as_array().unwrap().iter().find(twice).unwrap().clone();
    let id = report["id"].as_str().unwrap();
    let address = format!("/api/reports/{id}/comparison");
    let told = server.get(&address, &token).await.expect(200).json();
    let submissions = report["submissions"].as_array().unwrap();
    assert_eq!((&told["old"], &told["new"]), (&submissions[0]["as_of"], &submissions[1]["as_of"]));
    assert_eq!(told["reasons"], submissions[0]["returned"]);
    let figures = told["figures"].as_array().unwrap();
    let participations = figures.iter().find(|figure| figure["code"] == "RCO 81").unwrap();
    assert!(participations["new"].as_u64() > participations["old"].as_u64(), "the list that was linked counts: {told}");
    let (old, new) = (told["old"].as_u64().unwrap(), told["new"].as_u64().unwrap());
    let entered = participations["entered"].as_array().unwrap();
    assert!(entered.iter().any(|position| (old + 1..=new).contains(&position.as_u64().unwrap())), "{participations}");
    let page = server.get(&format!("/reports/{id}"), "").await.expect(200).text();
    assert!(page.contains("What changed since the last version"));
    let draft = self::report(&server, &token, "draft").await;
    let once = server.get(&format!("/api/reports/{}/comparison", draft["id"].as_str().unwrap()), &token).await;
    assert_eq!(once.expect(200).json()["old"], Value::Null);
    server.get(&address, "").await.expect(401);
    server.stop();
}
