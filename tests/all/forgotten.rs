//! After an erasure the name is in nothing that leaves the house either: reports in every format, the evidence bundle, search,
//! calendars, feeds, mails that waited, log lines, a backup made afterwards. The receipt says what was destroyed, and proves it.

use std::io::{Cursor, Read};

use koinon::note::{Checkpoint, VerifierKey};
use koinon::proof::InclusionProof;
use koinon::tree::leaf_hash;
use reqwest::{Client, redirect};
use serde_json::{Value, json};

use crate::erasure::{everything, holds};
use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{C2, H, P, V, beginning, middle, send};
use crate::support::mail::free_port;
use crate::support::postgres::connect;
use crate::support::server::Server;

on_both_engines!(nothing_that_leaves_the_house_names_who_was_erased, the_receipt_of_an_erasure_says_what_was_destroyed);

const NAMES: [&str; 3] = ["Thandi", "thandi@example.org", "+27310000000"];
const R: &str = "01970000-0000-7000-8000-0000000000e1";
const SECRET: &str = "four+green+trams+at+dusk";

fn thandi() -> Value {
    json!({ "id": H, "programme": P, "name": "Thandi Example", "email": NAMES[1], "phone": NAMES[2],
        "organisation": "eThekwini Municipality", "city": C2, "languages": ["en"], "kind": "delegate" })
}

/// A programme with a report, and Thandi in it, who has signed in, has a token and a calendar, and for whom a mail waits.
struct Told {
    coordinator: String,
    administrator: String,
    calendar: String,
}

async fn told(place: &Place, server: &Server) -> Told {
    let (coordinator, administrator) = (place.token("coordinator"), place.token("administrator"));
    send(server, &coordinator, beginning()).await;
    let mut steps = middle();
    steps[0].1 = thandi();
    let grant = json!({ "person": H, "role": "delegate", "scope": format!("city/{C2}"), "grant": "g1" });
    let invite = json!({ "visit": V, "person": H, "city": C2 });
    steps.insert(1, ("GrantRole", grant));
    steps.insert(3, ("InviteDelegate", invite));
    steps.push(("DefinePeriod", json!({ "programme": P, "number": 1, "from": "2026-01-01", "to": "2026-06-30" })));
    steps.push(("OpenReport", json!({ "id": R, "programme": P, "period": 1 })));
    steps.push(("EditSection", json!({ "report": R, "section": "highlights", "text": "One visit was planned." })));
    let position = send(server, &coordinator, steps).await;
    server.get_at("/api/people", &administrator, position).await.expect(200);
    let link = String::from_utf8(place.run(&["user", "link", H]).stdout).unwrap();
    let link = link[link.find("/invitation/").unwrap()..].trim().to_owned();
    let cookie = send_form(server, &link, "", format!("new={SECRET}&again={SECRET}")).await.0;
    let page = Client::new().get(format!("{}/calendar/addresses", server.address())).header("cookie", &cookie);
    let page = page.send().await.unwrap().text().await.unwrap();
    let token = between(&page, "name=\"form_token\" value=\"", "\"").to_owned();
    let made = send_form(server, "/calendar/addresses", &cookie, format!("form_token={token}")).await.1;
    let calendar = between(&made, "<code>", "</code>").rsplit('/').next().unwrap().to_owned();
    place.token_with("delegate", &["--person", H]);
    Told { coordinator, administrator, calendar: format!("/calendar/{calendar}") }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}")).1;
    rest.split_once(after).unwrap().0
}

/// Sends a form from our own page; gives the cookie and the answer.
async fn send_form(server: &Server, path: &str, cookie: &str, body: String) -> (String, String) {
    let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
    let request = client.post(format!("{}{path}", server.address())).header("sec-fetch-site", "same-origin");
    let request = request.header("content-type", "application/x-www-form-urlencoded").header("cookie", cookie);
    let answer = request.body(body).send().await.unwrap();
    let cookie = answer.headers().get("set-cookie").map(|cookie| cookie.to_str().unwrap().to_owned());
    let cookie = cookie.unwrap_or_default().split(';').next().unwrap().to_owned();
    (cookie, answer.text().await.unwrap())
}

async fn erase(server: &Server, told: &Told) -> u64 {
    let asked = json!({ "person": H, "reason": "I changed my job" });
    let erased = json!({ "person": H, "basis": "GDPR art. 17(1)(b)", "request": "R-1" });
    send(server, &told.coordinator, vec![("RequestErasure", asked)]).await;
    let position = send(server, &told.administrator, vec![("ErasePerson", erased)]).await;
    server.get_at("/api/people", &told.administrator, position).await.expect(200);
    position
}

/// How many mails the outbox knows of.
async fn mails(place: &Place) -> i64 {
    let sql = "SELECT count(*) FROM mails";
    if let Some(file) = place.file() {
        return rusqlite::Connection::open(file).unwrap().query_row(sql, [], |row| row.get(0)).unwrap();
    }
    sqlx::query_scalar(sql).fetch_one(&mut connect(&place.url).await).await.unwrap()
}

/// What is in an archive, file by file.
fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut all = Vec::new();
    for at in 0..archive.len() {
        archive.by_index(at).unwrap().read_to_end(&mut all).unwrap();
    }
    all
}

/// The words of a PDF.
fn words(place: &Place, bytes: &[u8]) -> Vec<u8> {
    let file = place.folder().join("paper.pdf");
    std::fs::write(&file, bytes).unwrap();
    let output = std::process::Command::new("pdftotext").arg(&file).arg("-").output();
    output.unwrap_or_else(|error| panic!("pdftotext cannot be run ({error}): apt-get install poppler-utils")).stdout
}

/// Everything that people and programs take away, each with its address.
async fn taken_away(place: &Place, server: &Server, told: &Told) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    let formats = ["json", "csv", "html", "iati.xml", "xlsx", "pdf"].map(|format| format!("report.{format}"));
    for file in formats.iter().map(String::as_str).chain(["bundle.zip"]) {
        let address = format!("/api/reports/{R}/{file}");
        let bytes = server.get(&address, &told.coordinator).await.expect(200).bytes;
        let bytes = match file {
            "report.xlsx" | "bundle.zip" => unpacked(&bytes),
            "report.pdf" => words(place, &bytes),
            _ => bytes,
        };
        assert!(bytes.len() > 100, "{address} says something");
        all.push((address, bytes));
    }
    let person = format!("/api/people/{H}/export");
    let lists = [
        "/api/search?q=Thandi",
        "/api/feed.atom",
        "/api/calendar.ics",
        "/api/people.csv",
        "/api/visits.csv",
        "/api/inbox",
        "/api/dashboard",
        &person,
    ];
    for address in lists {
        all.push((address.to_owned(), server.get(address, &told.coordinator).await.expect(200).bytes));
    }
    for address in ["/api/people.xlsx", "/api/visits.xlsx", "/api/audit.xlsx"] {
        let bytes = server.get(address, &told.coordinator).await.expect(200).bytes;
        all.push((address.to_owned(), unpacked(&bytes)));
    }
    all
}

async fn nothing_that_leaves_the_house_names_who_was_erased(place: Place) {
    let lines = format!("smtp_url = 'smtp+plain://127.0.0.1:{}'\nmail_from = 'koinon@example.org'\n", free_port());
    std::fs::write(place.folder().join("koinon.toml"), lines + "log = 'koinon=debug'\n").unwrap();
    let server = place.serve();
    let told = told(&place, &server).await;
    let waits = async {
        while mails(&place).await == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(60), waits).await.expect("the outbox knows of no mail");
    let before = taken_away(&place, &server, &told).await;
    assert!(before.iter().filter(|(_, bytes)| holds(bytes, NAMES[0])).count() > 2, "the name is taken away before");

    erase(&server, &told).await;
    assert_eq!(mails(&place).await, 0, "the outbox knows of no mail to who was erased");
    for (address, bytes) in taken_away(&place, &server, &told).await {
        for name in NAMES {
            assert!(!holds(&bytes, name), "{name} is in {address}");
        }
    }
    server.get(&told.calendar, "").await.expect(404);
    if place.file().is_some() {
        assert!(place.run(&["backup", "after.db"]).status.success());
        let backup = std::fs::read(place.folder().join("after.db")).unwrap();
        assert!(NAMES.iter().all(|name| !holds(&backup, name)), "a backup made afterwards names nobody");
    }
    let said = server.heard().join("\n");
    assert!(said.contains("answered"), "its log lines were listened to");
    assert!(NAMES.iter().all(|name| !said.contains(name)), "{said}");
    server.stop();
    let lying = everything(&place).await;
    assert!(NAMES.iter().all(|name| !holds(&lying, name)), "and none lies in the database");
    place.verify();
}

async fn the_receipt_of_an_erasure_says_what_was_destroyed(place: Place) {
    let server = place.serve();
    let told = told(&place, &server).await;
    let address = format!("/api/people/{H}/erasure-receipt");
    server.get(&address, &told.administrator).await.expect(404);
    let position = erase(&server, &told).await;
    let receipt = server.get(&address, &told.administrator).await.expect(200);
    assert_eq!(receipt.header("cache-control"), "no-store");
    assert!(NAMES.iter().all(|name| !receipt.text().contains(name)), "it names nobody: {}", receipt.text());
    let receipt = receipt.json();
    assert_eq!((&receipt["person"], receipt["position"].as_u64()), (&json!(H), Some(position)));
    assert_eq!((&receipt["request"], &receipt["basis"]), (&json!("R-1"), &json!("GDPR art. 17(1)(b)")));
    let counted = &receipt["destroyed"];
    let expected = [("values", 3), ("accounts", 1), ("sessions", 1), ("tokens", 1), ("addresses", 1)];
    assert!(expected.iter().all(|(what, count)| counted[what] == *count), "{counted}");
    assert!(counted["links"].as_u64().unwrap() >= 1, "{counted}");

    let key: VerifierKey = server.get("/log/key", "").await.expect(200).text().trim_end().parse().unwrap();
    let proof: InclusionProof = receipt["inclusion"].as_str().unwrap().parse().unwrap();
    let signed = Checkpoint::parse(receipt["checkpoint"].as_str().unwrap(), &[key]).unwrap();
    let record = server.get(&format!("/api/events/{position}"), &told.coordinator).await.expect(200).bytes;
    let hash = leaf_hash(&record);
    assert_eq!(proof.verify(&hash, &signed), Ok(()));
    let hexadecimal: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(receipt["record_hash"], json!(hexadecimal));

    server.get(&address, &told.coordinator).await.expect(200);
    for role in ["coordinator", "auditor", "officer", "delegate"] {
        server.get(&address, &place.token(role)).await.expect(404);
    }
    let cookie = send_form(&server, "/sign-in", "", format!("token={}", told.administrator)).await.0;
    let page = |path: String| Client::new().get(format!("{}{path}", server.address())).header("cookie", &cookie).send();
    let person = page(format!("/people/{H}")).await.unwrap().text().await.unwrap();
    assert!(person.contains(&format!("/people/{H}/erasure-receipt")), "the person's page leads to it");
    let printed = page(format!("/people/{H}/erasure-receipt")).await.unwrap().text().await.unwrap();
    assert!(printed.contains(&hexadecimal) && printed.contains("R-1"), "{printed}");
    assert!(NAMES.iter().all(|name| !printed.contains(name)));
    server.stop();
}
