//! Files that come in and go out: what is brought is given back as a file that cannot act, and what is taken out as a
//! table cannot calculate.

use std::io::Read;

use reqwest::Method;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::server::Reply;
use crate::support::world::World;

on_both_engines!(what_is_brought_is_given_back_as_a_file_that_cannot_act, no_table_calculates_what_somebody_wrote);

async fn what_is_brought_is_given_back_as_a_file_that_cannot_act(place: Place) {
    let world = World::new(&place).await;
    let chief = world.by("chief");
    let script = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
    let hash: String = Sha256::digest(script).iter().map(|byte| format!("{byte:02x}")).collect();
    for (number, media) in
        ["text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "application/javascript"].iter().enumerate()
    {
        let id = format!("01970000-0000-7000-8000-00000000d{number:03}");
        let body = json!({ "id": id, "programme": world.parts[0].id("programme"), "title": "../../x\".html", "kind": "minutes",
            "sha256": hash, "size": script.len(), "media_type": media });
        world.server.command("RegisterDocument", &body, chief).await.expect(201);
        let path = format!("/api/documents/{id}/content");
        let bring = |media: &str, bytes: &[u8]| {
            Reply::to(
                world.server.request(Method::POST, &path, chief).header("content-type", media).body(bytes.to_vec()),
            )
        };
        bring("text/plain", script).await.expect(415);
        bring(media, b"<svg/>").await.expect(422);
        let mut other = script.to_vec();
        other[1] = b'S';
        bring(media, &other).await.expect(422);
        bring(media, &vec![b'a'; 700]).await.expect(422);
        world.server.get(&path, chief).await.expect(404);
        bring(media, script).await.expect(201);
        let given = world.server.get(&path, chief).await.expect(200);
        assert_eq!(given.bytes, script);
        assert!(given.header("content-disposition").starts_with("attachment; filename=\""), "{:?}", given.headers);
        assert!(!given.header("content-disposition").contains('/'), "{:?}", given.headers);
        assert_eq!(given.header("content-security-policy"), "sandbox; default-src 'none'");
        assert_eq!(given.header("x-content-type-options"), "nosniff");
        assert!(given.header("cache-control").contains("no-store"));
    }
    let left: Vec<_> = std::fs::read_dir(place.folder()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains("html")), "{left:?}");
}

/// What a spreadsheet would take for a formula.
const FORMULAS: [&str; 3] =
    ["=HYPERLINK(\"http://evil.example\")", "@SUM(1+1)*cmd|' /C calc'!A0", "+1+cmd|' /C calc'!A0"];

async fn no_table_calculates_what_somebody_wrote(place: Place) {
    let world = World::marked(&place, FORMULAS).await;
    let chief = world.by("chief");
    let report = format!("/api/reports/{}/report", world.parts[0].id("report"));
    let audit = [
        "/api/audit",
        "/api/learnings",
        "/api/visits",
        "/api/cities",
        "/api/people",
        "/api/actions",
        "/api/pilots",
        &report,
    ];
    for table in audit {
        let text = world.server.get(&format!("{table}.csv"), chief).await.expect(200).text();
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        for record in reader.records() {
            for cell in &record.unwrap() {
                let digits = cell.trim_start_matches('-');
                let is_number = digits.starts_with(|first: char| first.is_ascii_digit());
                assert!(is_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{table}: {cell:?}");
            }
        }
        let book = world.server.get(&format!("{table}.xlsx"), chief).await.expect(200);
        let mut packed = zip::ZipArchive::new(std::io::Cursor::new(&book.bytes)).unwrap();
        for at in 0..packed.len() {
            let mut sheet = packed.by_index(at).unwrap();
            let mut xml = String::new();
            sheet.read_to_string(&mut xml).unwrap();
            if sheet.name().unwrap().contains("worksheets") {
                assert!(!xml.contains("<f>") && !xml.contains("<f ") && !xml.contains("<hyperlink"), "{table}: {xml}");
            }
        }
    }
    let access = world.server.get("/api/access.csv", world.by("administrator")).await.expect(200).text();
    assert!(!access.contains(",=") && !access.contains("\n="), "{access}");
}
