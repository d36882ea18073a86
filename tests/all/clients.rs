//! Programs that others made read what ours sends, without complaint: feedparser the Atom feed, icalendar the calendar,
//! standardwebhooks and the CloudEvents SDK what webhooks send, eventsource and Node's HTTP/2 the stream of records.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{P, S, V, beginning, create, middle, send, theme};
use crate::support::clients;
use crate::webhooks::{self, register};

on_both_engines!(
    what_is_sent_is_read_by_programs_of_others,
    an_event_source_comes_back_by_itself_and_misses_nothing,
    records_come_over_the_second_version_of_http_too,
);

/// What a program found in something.
fn read(how: &str, content: &[u8]) -> Value {
    let mut command = clients::python("read.py");
    let mut child = command.arg(how).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(content).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{how}: it complains of {}", String::from_utf8_lossy(content));
    serde_json::from_slice(&output.stdout).unwrap()
}

async fn what_is_sent_is_read_by_programs_of_others(place: Place) {
    let token = place.token("coordinator");
    let server = webhooks::serve(&place);
    send(&server, &token, beginning()).await;
    let meeting = json!({ "id": "01970000-0000-7000-8000-00000000000a", "programme": P, "kind": "bilateral",
        "title": "Getting ready; slowly, at last", "start": "2026-05-20T10:00", "timezone": "America/St_Johns",
        "partnerships": [S] });
    send(&server, &token, middle()).await;
    let position = send(&server, &token, vec![("ScheduleMeeting", meeting)]).await;

    let feed = server.get_at("/api/feed.atom?limit=100", &token, position).await.expect(200);
    let entries = read("atom", &feed.bytes);
    let entries = entries.as_array().unwrap();
    assert_eq!(entries.len() as u64, position.min(100), "an entry a record");
    let records = server.events(0, &token).await;
    for (entry, record) in entries.iter().zip(records.iter().rev()) {
        assert_eq!(entry["id"], format!("urn:uuid:{}", record["id"].as_str().unwrap()));
        assert_eq!(entry["dated"], true);
        assert!(!entry["title"].as_str().unwrap().is_empty() && entry["link"].as_str().unwrap().starts_with("http"));
    }

    let calendar = server.get_at("/api/calendar.ics", &token, position).await.expect(200);
    let entries = read("calendar", &calendar.bytes);
    let found = |uid: &str| {
        let mut entries = entries.as_array().unwrap().iter();
        entries.find(|entry| entry["uid"].as_str().unwrap().starts_with(uid)).unwrap_or_else(|| panic!("{entries:?}"))
    };
    let visit = found(&format!("visit-{V}@"));
    assert_eq!((visit["status"].as_str(), visit["start"].as_str()), (Some("CANCELLED"), Some("2026-06-20")));
    assert!(visit["sequence"].as_u64() > Some(0), "it grew with each change");
    let meeting = found("meeting-");
    assert_eq!(meeting["start"], "2026-05-20T10:00:00-02:30", "St. John's is half an hour off");
    assert_eq!((meeting["zone"].as_str(), meeting["zone_is_told"].as_bool()), (Some("America/St_Johns"), Some(true)));

    let mut receiver = webhooks::Receiver::refusing(0).await;
    let (_, secret) = register(&server, &token, &receiver.url).await;
    send(&server, &token, vec![("DefineTheme", theme("clients"))]).await;
    let arrived = receiver.next().await;
    let headers: serde_json::Map<String, Value> =
        arrived.headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().into())).collect();
    let body = String::from_utf8(arrived.body.to_vec()).unwrap();
    let event = read("webhook", json!({ "secret": secret, "headers": headers, "body": body }).to_string().as_bytes());
    let record = arrived.record();
    for field in ["id", "type", "source", "subject", "position", "data"] {
        assert_eq!(event[field], record[field], "{field}");
    }
    server.stop();
}

/// A program that listens, and the lines it prints.
struct Listener {
    child: Child,
    lines: Receiver<String>,
}

impl Listener {
    fn start(mut command: Command, arguments: &[&str]) -> Self {
        let mut child = command.args(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let (told, lines) = channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| told.send(line)));
        Self { child, lines }
    }

    /// The next line, which must come.
    fn line(&self) -> String {
        tokio::task::block_in_place(|| self.lines.recv_timeout(Duration::from_secs(60))).expect("it hears something")
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const TYPE: &str = "koinon.ThemeDefined.v1";

async fn an_event_source_comes_back_by_itself_and_misses_nothing(place: Place) {
    let token = place.token("coordinator");
    let server = place.serve();
    create(&server, &token).await;
    let address = server.address().to_owned();
    let feed = format!("{address}/api/feed");
    let listener = Listener::start(clients::node("listen.mjs"), &["eventsource", &feed, &token, TYPE]);
    assert_eq!(listener.line(), "open");
    let first = send(&server, &token, vec![("DefineTheme", theme("before"))]).await;
    assert_eq!(listener.line(), format!("{first} {first}"));
    server.stop();
    let server = place.start_at("serve", address.trim_start_matches("http://"), &[]);
    let last = send(&server, &token, (0..5).map(|at| ("DefineTheme", theme(&format!("while-{at}")))).collect()).await;
    assert_eq!(listener.line(), "open", "it came back");
    for position in first + 1..=last {
        assert_eq!(listener.line(), format!("{position} {position}"));
    }
    server.stop();
}

async fn records_come_over_the_second_version_of_http_too(place: Place) {
    let token = place.token("coordinator");
    let server = place.serve();
    create(&server, &token).await;
    let feed = format!("{}/api/feed", server.address());
    let listener = Listener::start(clients::node("listen.mjs"), &["http2", &feed, &token, TYPE]);
    assert_eq!(listener.line(), "open");
    for at in 0..3 {
        let position = send(&server, &token, vec![("DefineTheme", theme(&format!("theme-{at}")))]).await;
        assert_eq!(listener.line(), format!("{position} {position}"));
    }
    server.stop();
}
