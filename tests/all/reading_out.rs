//! What is read out of the log by other programs: search, workbooks, the Atom feed and history as a stream.

use serde_json::Value;

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{create, theme};

on_both_engines!(the_same_record_is_searched_tabled_fed_and_replayed, a_paced_replay_ends_when_its_token_is_revoked,);

async fn the_same_record_is_searched_tabled_fed_and_replayed(place: Place) {
    let (token, auditor) = (place.token("coordinator"), place.token("auditor"));
    let server = place.serve();
    create(&server, &token).await;
    for number in 0..10 {
        let answer = server.order("DefineTheme", &theme(&format!("theme-{number}")), &token).send().await.unwrap();
        assert_eq!(answer.status(), 200);
    }
    let export = place.export();
    let head = export.lines().count();
    let read = async |path: &str| {
        let answer = server.read(path, &auditor).header("koinon-min-position", head).send().await.unwrap();
        let status = answer.status().as_u16();
        let media = answer.headers()["content-type"].to_str().unwrap().to_owned();
        (status, media, answer.bytes().await.unwrap())
    };
    let (status, _, found) = read("/api/search?q=TEST").await;
    let found: Value = serde_json::from_slice(&found).unwrap();
    assert_eq!((status, &found["items"][0]["kind"]), (200, &Value::from("programme")), "{found}");
    let none: Value = serde_json::from_slice(&read("/api/search?q=nowhere-at-all").await.2).unwrap();
    assert_eq!(none["items"].as_array().unwrap().len(), 0);
    for refused in ["/api/search", "/api/search?q=", "/api/search?q=a&as_of=2", "/api/search?q=a&kind=nothing"] {
        assert_eq!(read(refused).await.0, 422, "{refused}");
    }
    let (status, media, workbook) = read("/api/programmes.xlsx").await;
    assert!(status == 200 && media.ends_with("spreadsheetml.sheet") && workbook.starts_with(b"PK"));
    assert_eq!(workbook, read("/api/programmes.xlsx").await.2, "the same rows are the same bytes");
    let (status, media, feed) = read("/api/feed.atom?limit=5").await;
    assert!(status == 200 && media.starts_with("application/atom+xml"), "{media}");
    let feed = atom_syndication::Feed::read_from(&feed[..]).unwrap();
    let last: Value = serde_json::from_str(export.lines().last().unwrap()).unwrap();
    assert_eq!(feed.entries().len(), 5);
    assert_eq!(feed.entries()[0].id(), format!("urn:uuid:{}", last["id"].as_str().unwrap()), "newest first");
    let (_, media, replayed) = read("/api/replay").await;
    let replayed = String::from_utf8(replayed.to_vec()).unwrap();
    let lines: Vec<&str> = replayed.lines().filter_map(|line| line.strip_prefix("data: ")).collect();
    assert!(media.starts_with("text/event-stream"));
    assert_eq!(lines, export.lines().collect::<Vec<_>>(), "every record, its own bytes, in order");
    let part = String::from_utf8(read("/api/replay?from=3&to=5&speed=1000000000").await.2.to_vec()).unwrap();
    let ids: Vec<&str> = part.lines().filter_map(|line| line.strip_prefix("id: ")).collect();
    assert_eq!(ids, ["3", "4", "5"]);
    let resumed = server.read("/api/replay?to=6", &auditor).header("last-event-id", "4").send().await.unwrap();
    let resumed = resumed.text().await.unwrap();
    let ids: Vec<&str> = resumed.lines().filter_map(|line| line.strip_prefix("id: ")).collect();
    assert_eq!(ids, ["5", "6"], "what was seen is not sent again");
    assert!(resumed.ends_with(": the end\n\n"));
    let time = last["time"].as_str().unwrap();
    let at = String::from_utf8(read(&format!("/api/replay?from={time}")).await.2.to_vec()).unwrap();
    assert!(at.contains(&format!("id: {head}\n")), "a time has what was recorded at that time: {at}");
    for refused in ["speed=0", "from=yesterday", "to=100000", "from=100000", "from=5%26x"] {
        assert_eq!(read(&format!("/api/replay?{refused}")).await.0, 422, "{refused}");
    }
    let one = read("/api/feed.atom?type=ThemeDefined&programme=test-1&limit=2").await.2;
    let other = read("/api/feed.atom?programme=test-1&type=ThemeDefined").await.2;
    let [one, other] = [one, other].map(|bytes| atom_syndication::Feed::read_from(&bytes[..]).unwrap());
    assert_eq!(one.id(), other.id(), "the same filters are one feed");
    assert!(one.links()[0].href().ends_with("limit=2"));
    assert_eq!(place.export(), export, "reading appends nothing");
}

/// Slow enough to be under way for a long time; it is cut, and does not say that it came to its end.
async fn a_paced_replay_ends_when_its_token_is_revoked(place: Place) {
    let (token, auditor) = (place.token("coordinator"), place.token("auditor"));
    let server = place.serve();
    create(&server, &token).await;
    for number in 0..30 {
        server.order("DefineTheme", &theme(&format!("theme-{number}")), &token).send().await.unwrap();
    }
    let replay = server.read("/api/replay?speed=0.001", &auditor).send().await.unwrap();
    let made = place.export();
    let made: Vec<Value> = made.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let tokens: Vec<&Value> = made.iter().filter(|record| record["type"] == "koinon.TokenCreated.v1").collect();
    let id = tokens[1]["subject"].as_str().unwrap().strip_prefix("token/").unwrap().to_owned();
    assert!(place.run(&["token", "revoke", &id, "--reason", "Lost"]).status.success());
    let told = replay.text().await.unwrap();
    assert!(told.contains("id: 1\n") && !told.contains(": the end"), "{told}");
}
