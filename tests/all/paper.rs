//! The periodic report as a PDF, read by programs that are not ours: Poppler finds its words, tags, fonts, bookmarks and
//! the data inside, qpdf finds no fault in its form, and a report with hostile texts is a document all the same.

use std::path::Path;
use std::process::Command;

use crate::store::on_both_engines;
use crate::support::Place;

on_both_engines!(a_report_is_a_document_that_other_programs_read, hostile_texts_are_printed_and_keep_their_letters,);

/// What a program says of a file; a program that is not there is a failure that says what to install.
fn told(program: &str, arguments: &[&str], file: &Path) -> String {
    let output = Command::new(program).args(arguments).arg(file).output();
    let output = output.unwrap_or_else(|error| {
        panic!("{program} cannot be run ({error}); install it: apt-get install poppler-utils qpdf")
    });
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What `pdftotext` writes, with lines joined.
fn text(file: &Path) -> String {
    let written = file.with_extension("txt");
    let output = Command::new("pdftotext").arg(file).arg(&written).output();
    let output = output
        .unwrap_or_else(|error| panic!("pdftotext cannot be run ({error}); install it: apt-get install poppler-utils"));
    assert!(output.status.success());
    std::fs::read_to_string(written).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn written(place: &Place, report: &str) -> std::path::PathBuf {
    let output = place.run(&["report", report, "--format", "pdf,json", "-o", "paper"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    place.folder().join("paper/report.pdf")
}

async fn a_report_is_a_document_that_other_programs_read(place: Place) {
    let server = place.start("demo");
    let token = place.token("auditor");
    let list = server.get("/api/reports?status=accepted", &token).await.expect(200).json();
    let id = list["items"][0]["id"].as_str().unwrap().to_owned();
    let file = written(&place, &id);
    let bytes = std::fs::read(&file).unwrap();
    let data: serde_json::Value =
        serde_json::from_slice(&std::fs::read(file.with_file_name("report.json")).unwrap()).unwrap();

    let facts = told("pdfinfo", &[], &file);
    let fact = |name: &str| {
        let line = facts.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line[name.len().min(line.len())..].trim().to_owned()
    };
    assert_eq!((fact("Tagged:").as_str(), fact("Encrypted:").as_str()), ("yes", "no"), "{facts}");
    assert!(fact("Page size:").contains("A4") && fact("Title:").contains("report on period"), "{facts}");
    let pages: usize = fact("Pages:").parse().unwrap();
    assert!((10..60).contains(&pages), "{facts}");
    let meta = told("pdfinfo", &["-meta"], &file);
    for claim in ["<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"] {
        assert!(meta.contains(claim), "{claim} is not claimed: {meta}");
    }
    let structure = told("pdfinfo", &["-struct"], &file);
    for kind in ["H1 ", "H2 ", "Table", "THead", "TH", "TOC", "Figure", "Note", "Link", "LBody"] {
        assert!(structure.contains(kind), "there is no {kind} in the structure");
    }
    let fonts = told("pdffonts", &[], &file);
    assert!(fonts.lines().count() > 4, "{fonts}");
    assert!(fonts.lines().skip(2).all(|line| line.contains(" yes yes yes ")), "every font is embedded: {fonts}");
    told("qpdf", &["--check"], &file);
    let outlines = told("qpdf", &["--json", "--json-key=outlines"], &file);
    assert!(outlines.contains("How to check this report"), "bookmarks lead to the chapters");
    assert!(told("pdfdetach", &["-list"], &file).contains("report.json"), "the report as data lies inside");

    let words = text(&file);
    let root = data["root"].as_str().unwrap();
    for each in
        [root, "Sample data.", "Participations in joint actions across borders", "Who works with whom", "Page 2 of"]
    {
        assert!(words.contains(each), "the document does not say {each}");
    }
    for figure in data["figures"]["figures"].as_array().unwrap() {
        let name = figure["name"].as_str().unwrap();
        assert!(words.contains(name), "the document does not tell {name}");
    }
    for document in data["evidence"].as_array().unwrap() {
        let hash = document["sha256"].as_str().unwrap();
        assert!(words.replace(' ', "").contains(hash), "the annex does not hold {hash}");
    }
    assert!(bytes == std::fs::read(written(&place, &id)).unwrap(), "a second run writes the same bytes");
    server.stop();
}

async fn hostile_texts_are_printed_and_keep_their_letters(place: Place) {
    let server = place.start("demo");
    let (token, coordinator) = (place.token("auditor"), place.token("coordinator"));
    let list = server.get("/api/reports?status=draft", &token).await.expect(200).json();
    let id = list["items"][0]["id"].as_str().unwrap().to_owned();
    let texts = format!(
        "{}\n\nBusan is 부산광역시 and 北京市 is Beijing. שלום עולם 👩‍👩‍👧\n\nΘεσσαλονίκη, София, Łódź.\n\n{}",
        "x".repeat(3000),
        "e\u{301}\u{202e}abc ".repeat(200)
    );
    let section = serde_json::json!({ "report": id, "section": "highlights", "text": texts });
    server.command("EditSection", &section, &coordinator).await.expect(200);
    let file = written(&place, &id);
    told("qpdf", &["--check"], &file);
    let words = text(&file);
    for each in ["Θεσσαλονίκη", "София", "Łódź", "부산광역시", "北京市", "stand as □"] {
        assert!(words.contains(each), "the document does not say {each}");
    }
    server.stop();
}
