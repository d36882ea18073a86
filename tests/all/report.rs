//! The periodic report, from outside: the same records give the same bytes, from the database as from its export, and
//! its figures are those that the API answers.

use std::path::Path;

use serde_json::Value;

use crate::store::on_both_engines;
use crate::support::Place;

on_both_engines!(a_report_is_the_same_from_the_database_as_from_its_export);

const FILES: [&str; 7] =
    ["manifest.json", "report.csv", "report.html", "report.iati.xml", "report.json", "report.xlsx", "report.pdf"];

fn write(place: &Place, arguments: &[&str], folder: &str) -> Vec<Vec<u8>> {
    let output = place.run(&[&["report"], arguments, &["-o", folder]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read = |name: &&str| std::fs::read(place.folder().join(folder).join(name)).unwrap();
    FILES.iter().map(read).collect()
}

fn names(people: &Value) -> Vec<String> {
    let rows = people["items"].as_array().unwrap().iter();
    rows.filter_map(|row| row["name"].as_str()).filter(|name| name.contains(' ')).map(str::to_owned).collect()
}

async fn a_report_is_the_same_from_the_database_as_from_its_export(place: Place) {
    let server = place.start("demo");
    let token = place.token("auditor");
    let before = place.export();
    std::fs::write(place.folder().join("log.ndjson"), &before).unwrap();

    let first = write(&place, &["1"], "first");
    assert!(first == write(&place, &["1"], "second"), "two runs differ");
    assert!(first == write(&place, &["1", "--from", "log.ndjson"], "again"), "the export gives other files");
    assert_eq!(place.export(), before, "a report appends nothing");

    let manifest: Value = serde_json::from_slice(&first[0]).unwrap();
    let told: Value = serde_json::from_slice(&first[4]).unwrap();
    assert_eq!(manifest["root"], told["root"]);
    assert_eq!(manifest["outputs"].as_object().unwrap().len(), 6);
    assert!(first[5].starts_with(b"PK"), "a workbook is a ZIP file");
    assert!(first[6].starts_with(b"%PDF-1.7"), "a document is a PDF file");
    for bytes in &first[..5] {
        let text = String::from_utf8_lossy(bytes);
        for fact in ["origin", "root"] {
            assert!(text.contains(told[fact].as_str().unwrap()), "every file prints the {fact}");
        }
    }

    let text = |name: &str| told["period"][name].as_str().unwrap().to_owned();
    let (from, to, size) = (text("from"), text("to"), &told["size"]);
    let address = format!("/api/indicators?from={from}&to={to}&as_of={size}");
    let answered = server.get(&address, &token).await.expect(200).json();
    assert_eq!(answered["figures"], told["figures"]["figures"], "the API counts the same");

    let labels: Vec<&str> =
        told["figures"]["figures"].as_array().unwrap().iter().map(|one| one["label"].as_str().unwrap()).collect();
    assert!(labels.contains(&"by-analogy") || labels.contains(&"in-the-contract"), "{labels:?}");
    let html = String::from_utf8_lossy(&first[2]).into_owned();
    assert!(
        labels.iter().all(|label| html.contains(&label.replace('-', " "))),
        "every figure says on what ground its code is used"
    );

    let people = names(&server.get("/api/people?limit=500", &token).await.expect(200).json());
    for (file, bytes) in FILES.iter().zip(&first) {
        let text = String::from_utf8_lossy(bytes);
        let named: Vec<&String> = people.iter().filter(|name| text.contains(name.as_str())).collect();
        assert!(named.is_empty(), "{file} names {named:?}");
    }
    server.stop();

    let refused = |arguments: &[&str]| {
        let output = place.run(&[&["report"], arguments, &["-o", "refused"]].concat());
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(refused(&["1", "--format", "docx"]).contains("the formats are pdf, xlsx, csv, json, html and iati"));
    assert!(refused(&["99"]).contains("there is no report on period 99"));
    assert!(refused(&["1", "--as-of", "999999"]).contains("fewer than the 999999 asked for"));
    assert!(!Path::new(&place.folder().join("refused")).exists(), "what is refused writes nothing");
}
