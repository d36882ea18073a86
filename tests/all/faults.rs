//! Faults that really happen: the process is killed while eight writers write, the disk is full, the database is killed or
//! lost, a bit turns. Every acknowledged command is there afterwards, once, at the position that was answered.

mod cluster;
mod disk;
mod primary;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{create, theme};
use crate::support::server::{Reply, Server};

on_both_engines!(nothing_acknowledged_is_lost_when_the_process_is_killed);

/// What a writer was told: idempotency key → position.
type Acknowledged = Arc<Mutex<BTreeMap<String, u64>>>;

/// Defines themes, each under a key of its own, until the server is gone.
async fn write(
    client: reqwest::Client,
    address: String,
    token: String,
    acknowledged: Acknowledged,
    stop: Arc<AtomicBool>,
) {
    while !stop.load(Ordering::Relaxed) {
        let key = Uuid::from_u128(chance()).to_string();
        let body = theme(&format!("theme-{key}"));
        let sent = client
            .post(format!("{address}/api/commands/DefineTheme"))
            .bearer_auth(&token)
            .header("Idempotency-Key", &key)
            .json(&body)
            .send()
            .await;
        let Ok(response) = sent else { return };
        let status = response.status().as_u16();
        assert!([200, 409, 503].contains(&status), "{status}: {}", response.text().await.unwrap_or_default());
        if status != 200 {
            tokio::time::sleep(Duration::from_millis(5)).await;
            continue;
        }
        let Ok(answer) = response.json::<Value>().await else { return };
        acknowledged.lock().unwrap().insert(key, answer["position"].as_u64().unwrap());
    }
}

/// Defines one theme under a key of its own.
async fn write_one(server: &Server, token: &str, acknowledged: &Acknowledged) -> Reply {
    let key = Uuid::from_u128(chance()).to_string();
    let order = server.order("DefineTheme", &theme(&format!("theme-{key}")), token).header("Idempotency-Key", &key);
    let reply = Reply::to(order).await;
    if reply.status == 200 {
        acknowledged.lock().unwrap().insert(key, reply.json()["position"].as_u64().unwrap());
    }
    reply
}

/// A number no other call gives.
fn chance() -> u128 {
    use std::hash::{BuildHasher, RandomState};
    let half = || u128::from(RandomState::new().hash_one(std::thread::current().id()));
    half() << 64 | half()
}

async fn nothing_acknowledged_is_lost_when_the_process_is_killed(place: Place) {
    let token = place.token("coordinator");
    let acknowledged = Acknowledged::default();
    let first = place.serve();
    create(&first, &token).await;
    first.kill();
    for _ in 0..4 {
        let server = place.serve();
        let stop = Arc::new(AtomicBool::new(false));
        let writers: Vec<_> = (0..8)
            .map(|_| {
                let (address, token) = (server.address().to_owned(), token.clone());
                tokio::spawn(write(reqwest::Client::new(), address, token, acknowledged.clone(), stop.clone()))
            })
            .collect();
        let before = acknowledged.lock().unwrap().len();
        while acknowledged.lock().unwrap().len() < before + 60 && !writers.iter().any(JoinHandle::is_finished) {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        server.kill();
        stop.store(true, Ordering::Relaxed);
        for writer in writers {
            writer.await.unwrap();
        }
    }
    let acknowledged = acknowledged.lock().unwrap().clone();
    everything_is_there_once(&place, &token, &acknowledged).await;
}

async fn everything_is_there_once(place: &Place, token: &str, acknowledged: &BTreeMap<String, u64>) {
    let export = place.export();
    let records: Vec<Value> = export.split_terminator('\n').map(|line| serde_json::from_str(line).unwrap()).collect();
    for (at, record) in records.iter().enumerate() {
        assert_eq!(record["position"], at as u64 + 1, "positions are dense");
    }
    for (key, position) in acknowledged {
        let at = usize::try_from(*position).unwrap() - 1;
        assert_eq!(
            records[at]["data"]["code"],
            format!("theme-{key}"),
            "the acknowledged event stands at its position"
        );
        let times = records.iter().filter(|record| record["data"]["code"] == format!("theme-{key}")).count();
        assert_eq!(times, 1, "it is there once");
    }
    place.verify();

    let server = place.serve();
    let (key, position) = acknowledged.first_key_value().unwrap();
    let again = server.order("DefineTheme", &theme(&format!("theme-{key}")), token).header("Idempotency-Key", key);
    let again = Reply::to(again).await.expect(200).json();
    assert_eq!(again["position"], *position, "the same key answers what happened");
}

/// Flips one bit behind a text of the database's file, past everything that guards the log.
fn damage(place: &Place, text: &str) {
    let file = place.file().unwrap();
    let database = rusqlite::Connection::open(file).unwrap();
    database.pragma_update(None, "journal_mode", "DELETE").unwrap();
    drop(database);
    let mut bytes = std::fs::read(file).unwrap();
    let at = bytes.windows(text.len()).position(|window| window == text.as_bytes()).unwrap();
    bytes[at + text.len() - 3] ^= 1;
    std::fs::write(file, bytes).unwrap();
}

fn found(place: &Place, arguments: &[&str]) -> String {
    let output = place.run(arguments);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_changed_byte_is_found_and_its_record_named() {
    let place = Place::sqlite();
    let token = place.token("coordinator");
    let server = place.serve();
    create(&server, &token).await;
    for code in ["water", "waste"] {
        server.command("DefineTheme", &theme(code), &token).await.expect(200);
    }
    server.stop();
    place.verify();
    let whole = place.export();
    std::fs::write(place.folder().join("log.ndjson"), &whole).unwrap();

    damage(&place, "\"data\":{\"code\":\"waste\"");
    let last = found(&place, &["verify"]);
    assert!(last.contains("record 5 "), "{last}");
    damage(&place, "\"on_behalf_of\":\"DG REGIO\",\"starts_on\"");
    let first = found(&place, &["verify"]);
    assert!(first.contains("record 3 "), "the first that does not match is named: {first}");

    assert!(place.run(&["verify", "log.ndjson"]).status.success());
    let torn = whole.trim_end();
    std::fs::write(place.folder().join("torn.ndjson"), &torn[..torn.len() - 1]).unwrap();
    assert!(found(&place, &["verify", "torn.ndjson"]).contains("record 5 "));
    let without: String =
        whole.split_inclusive('\n').enumerate().filter(|(at, _)| *at != 2).map(|(_, line)| line).collect();
    std::fs::write(place.folder().join("without.ndjson"), without).unwrap();
    assert!(found(&place, &["verify", "without.ndjson"]).contains("record 3 "));
}
