//! A person is erased: name and address are nowhere any more, and everything that was proved or counted still stands.

use std::path::PathBuf;

use koinon::note::{Checkpoint, VerifierKey};
use koinon::proof::InclusionProof;
use koinon::tree::leaf_hash;
use reqwest::{Client, redirect};
use serde_json::{Value, json};
use sqlx::Row;

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{self, H, beginning, middle};
use crate::support::postgres::connect;
use crate::support::server::Server;

on_both_engines!(
    after_erasure_the_name_is_nowhere_and_every_proof_stands,
    an_erasure_is_applied_again_to_an_older_copy_of_the_database,
    an_erasure_cut_short_by_a_crash_is_carried_out_at_the_next_start,
);

const NAMES: [&str; 2] = ["Thandi", "thandi@example.org"];
const SECRET: &str = "four+green+trams+at+dusk";

/// Sends a form from our own page; gives the status and the cookie.
async fn send_form(server: &Server, path: &str, body: String) -> (u16, String) {
    let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
    let request = client.post(format!("{}{path}", server.address())).header("sec-fetch-site", "same-origin");
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
    let answer = request.send().await.unwrap();
    let cookie = answer.headers().get("set-cookie").map(|cookie| cookie.to_str().unwrap().to_owned());
    let cookie = cookie.unwrap_or_default().split(';').next().unwrap().to_owned();
    (answer.status().as_u16(), cookie)
}

/// The figures of the programme, without the position they stand on.
async fn figures(server: &Server, token: &str, position: u64) -> Value {
    let mut figures = server.get_at("/api/indicators", token, position).await.expect(200).json();
    figures.as_object_mut().unwrap().remove("position");
    figures
}

/// Everything that lies in the database, as bytes.
pub async fn everything(place: &Place) -> Vec<u8> {
    if place.file().is_some() {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(place.folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|path| path.is_file());
        return files.iter().flat_map(|path| std::fs::read(path).unwrap()).collect();
    }
    let mut connection = connect(&place.url).await;
    let tables = "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema')";
    let tables = sqlx::query(tables).fetch_all(&mut connection).await.unwrap();
    let mut all = String::new();
    for table in tables {
        let sql = format!("SELECT coalesce(string_agg(t::text, ' '), '') FROM {} t", table.get::<String, _>(0));
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_one(&mut connection).await.unwrap();
        all.push_str(&rows.get::<String, _>(0));
    }
    all.into_bytes()
}

/// Whether a name stands among the bytes, as it is or in hexadecimal.
pub fn holds(bytes: &[u8], name: &str) -> bool {
    let hex: String = name.bytes().map(|byte| format!("{byte:02x}")).collect();
    [name.as_bytes(), hex.as_bytes()].iter().any(|wanted| bytes.windows(wanted.len()).any(|window| window == *wanted))
}

/// What is read of the programme by programs and people.
async fn readings(server: &Server, token: &str, cookie: &str, before: u64) -> Vec<(String, String)> {
    let person = format!("/api/people/{H}");
    let past = format!("/api/people/{H}?as_of={before}");
    let history = format!("/api/history/person/{H}");
    let programs = [
        "/api/people",
        "/api/people.csv",
        "/api/visits",
        "/api/audit",
        "/api/audit.csv",
        "/api/events?limit=500",
        "/api/feed.atom",
        "/api/access",
        "/api/security-log",
        &person,
        &past,
        &history,
    ];
    let page = format!("/people/{H}");
    let pages = ["/people", "/people.csv", "/audit", "/access", "/security-log", &page];
    let mut all = Vec::new();
    for path in programs {
        all.push((path.to_owned(), server.get(path, token).await.text()));
    }
    let client = Client::new();
    for path in pages {
        let request = client.get(format!("{}{path}", server.address())).header("cookie", cookie);
        all.push((path.to_owned(), request.send().await.unwrap().text().await.unwrap()));
    }
    all
}

async fn after_erasure_the_name_is_nowhere_and_every_proof_stands(place: Place) {
    let (coordinator, administrator) = (place.token("coordinator"), place.token("administrator"));
    let server = place.serve();
    bodies::send(&server, &coordinator, beginning()).await;
    let before = bodies::send(&server, &coordinator, middle()).await;
    let link = String::from_utf8(place.run(&["user", "link", H]).stdout).unwrap();
    let link = link[link.find("/invitation/").unwrap()..].trim().to_owned();
    let (entered, own) = send_form(&server, &link, format!("new={SECRET}&again={SECRET}")).await;
    assert_eq!(entered, 303);
    let (_, cookie) = send_form(&server, "/sign-in", format!("token={administrator}")).await;
    let head = server.get("/api/events?after=0&limit=500", &coordinator).await.json().as_array().unwrap().len() as u64;
    let seen = readings(&server, &administrator, &cookie, before).await;
    assert!(seen.iter().any(|(_, text)| text.contains(NAMES[0])), "the name is read before");
    let counted = figures(&server, &coordinator, head).await;
    let key: VerifierKey = server.get("/log/key", "").await.expect(200).text().trim_end().parse().unwrap();
    let line = |export: &str| {
        let lines = export.lines().enumerate();
        let mut invited = lines.filter(|(_, line)| line.contains("koinon.PersonInvited.v1") && line.contains(H));
        invited.next().map(|(index, line)| (index + 1, line.to_owned())).unwrap()
    };
    let (invited, _) = line(&place.export());
    let proof = server.get(&format!("/api/proofs/inclusion?position={invited}"), &coordinator).await.expect(200).text();

    let body = json!({ "person": H, "basis": "GDPR art. 17(1)(b)", "request": "R-1" });
    let erased = server.command("ErasePerson", &body, &administrator).await.expect(200).json();
    let position = erased["position"].as_u64().unwrap();
    server.get_at("/api/people", &administrator, position).await.expect(200);
    for (path, text) in readings(&server, &administrator, &cookie, before).await {
        assert!(NAMES.iter().all(|name| !text.contains(name)), "{path}: {text}");
    }
    assert_eq!(figures(&server, &coordinator, position).await, counted, "what was counted stays counted");
    let proof: InclusionProof = proof.parse().unwrap();
    let signed = Checkpoint::parse(&proof.checkpoint, &[key]).unwrap();
    let (_, record) = line(&place.export());
    assert_eq!(proof.verify(&leaf_hash(record.as_bytes()), &signed), Ok(()), "a proof from before still verifies");
    let signed = format!("email={}&password={SECRET}", NAMES[1]);
    assert_eq!(send_form(&server, "/sign-in", signed).await.0, 422, "nobody signs in as who is erased");
    let account = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
    let account = account.get(format!("{}/account", server.address())).header("cookie", own).send().await.unwrap();
    assert_eq!(account.status().as_u16(), 303, "the session is over");
    server.stop();

    let lying = everything(&place).await;
    for name in NAMES {
        assert!(!holds(&lying, name), "{name} lies in the database");
        assert!(!place.export().contains(name));
    }
    place.verify();
}

/// A copy of the database as it stands; the server is stopped.
async fn copy(place: &Place) -> String {
    if place.file().is_some() {
        assert!(place.run(&["backup", "copy.db"]).status.success());
        return "copy.db".to_owned();
    }
    let name = place.url.rsplit('/').next().unwrap().split('?').next().unwrap().to_owned();
    let server = place.url.replace(&format!("/{name}"), "/postgres");
    let mut connection = connect(&server).await;
    let sql = format!("CREATE DATABASE {name}_copy TEMPLATE {name}");
    sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
    place.url.replace(&format!("/{name}"), &format!("/{name}_copy"))
}

/// Puts a copy in the database's place.
fn put_back(place: &mut Place, copy: String) {
    let Some(file) = place.file().map(PathBuf::from) else {
        place.url = copy;
        return;
    };
    for old in ["koinon.db", "koinon.db-wal", "koinon.db-shm", "koinon.views.db"] {
        let _there_or_not = std::fs::remove_file(place.folder().join(old));
    }
    std::fs::copy(place.folder().join(copy), file).unwrap();
}

fn list(place: &Place) -> PathBuf {
    place.folder().join("koinon-vault.key.erasures")
}

async fn holds_a_key(place: &Place) -> bool {
    let store = place.open().await;
    let key = store.vault_key(koinon_events::PersonId(H.parse().unwrap())).await.unwrap();
    store.close().await;
    key.is_some()
}

async fn an_erasure_is_applied_again_to_an_older_copy_of_the_database(mut place: Place) {
    let (coordinator, administrator) = (place.token("coordinator"), place.token("administrator"));
    let server = place.serve();
    bodies::send(&server, &coordinator, beginning()).await;
    bodies::send(&server, &coordinator, middle()).await;
    server.stop();
    let copy = copy(&place).await;
    let server = place.serve();
    let body = json!({ "person": H, "basis": "GDPR art. 17(1)(b)", "request": "R-1" });
    server.command("ErasePerson", &body, &administrator).await.expect(200);
    server.stop();
    let known = std::fs::read_to_string(list(&place)).unwrap();
    assert!(known.contains(H) && !known.contains("Thandi") && !known.contains("example.org"), "{known}");

    put_back(&mut place, copy);
    assert!(holds_a_key(&place).await, "the older copy still knows the person");
    if place.file().is_some() {
        let server = place.serve();
        server.get("/readyz", "").await.expect(503);
        assert!(!holds_a_key(&place).await, "also a log that is only read opens no name");
        assert!(!server.get("/api/people", &coordinator).await.text().contains("Thandi"));
        server.stop();
        std::fs::remove_file(place.folder().join("koinon.db.checkpoint")).unwrap();
    }
    let server = place.serve();
    let head = server.get("/api/events?after=0&limit=500", &coordinator).await.json().as_array().unwrap().len() as u64;
    let person = server.get_at(&format!("/api/people/{H}"), &coordinator, head).await.expect(200);
    assert_eq!(person.json()["status"], "erased");
    for path in ["/api/people", "/api/people.csv", "/api/audit"] {
        let text = server.get(path, &coordinator).await.text();
        assert!(NAMES.iter().all(|name| !text.contains(name)), "{path}");
    }
    server.stop();
    assert!(!holds_a_key(&place).await);
    let log = place.export();
    let again = log.lines().find(|line| line.contains("koinon.PersonErased.v1")).expect("it is recorded anew");
    let hash = known.lines().last().unwrap().split(' ').next_back().unwrap();
    assert!(again.contains("system/erasures") && again.contains(hash), "{again}");
    place.verify();
}

async fn an_erasure_cut_short_by_a_crash_is_carried_out_at_the_next_start(place: Place) {
    let coordinator = place.token("coordinator");
    let server = place.serve();
    bodies::send(&server, &coordinator, beginning()).await;
    bodies::send(&server, &coordinator, middle()).await;
    server.stop();
    let decided = format!("decided {H} {H}\nerased {H} 7 torn by the cra");
    std::fs::write(list(&place), decided).unwrap();
    place.serve().stop();
    assert!(!holds_a_key(&place).await);
    let log = place.export();
    assert_eq!(log.matches("koinon.PersonErased.v1").count(), 1);
    place.serve().stop();
    assert_eq!(place.export(), log, "once");
    assert!(std::fs::read_to_string(list(&place)).unwrap().lines().last().unwrap().starts_with(&format!("erased {H}")));
    place.verify();
}
