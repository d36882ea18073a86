//! The log as clients read it: pages, lines, single records and the export are the same bytes; filters, tags, moments
//! and waiting; the feed that can be left and resumed.

use std::collections::BTreeMap;
use std::time::Duration;

use futures::StreamExt;
use serde_json::Value;

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{self, C1, P, S, V, theme};
use crate::support::server::{Reply, Server};

on_both_engines!(
    every_way_to_read_the_log_gives_the_same_bytes,
    a_filter_gives_the_records_that_fit_and_no_others,
    an_answer_that_is_held_already_is_not_sent_again,
    a_moment_of_the_past_is_answered_as_it_stood,
    a_feed_that_is_left_and_resumed_loses_and_repeats_nothing,
    a_feed_begins_now_unless_it_is_told_where,
);

/// A place with the whole journey in its log.
async fn told(place: &Place) -> (Server, String, u64) {
    let token = place.token("coordinator");
    let server = place.serve();
    bodies::send(&server, &token, bodies::beginning()).await;
    let position = bodies::send(&server, &token, bodies::middle()).await;
    (server, token, position)
}

fn parsed(lines: &str) -> Vec<Value> {
    lines.split_terminator('\n').map(|line| serde_json::from_str(line).unwrap()).collect()
}

async fn every_way_to_read_the_log_gives_the_same_bytes(place: Place) {
    let (server, token, head) = told(&place).await;
    let export = place.export();
    let lines = server.read("/api/events", &token).header("Accept", "application/x-ndjson");
    let lines = Reply::to(lines).await.expect(200);
    assert_eq!(lines.header("content-type"), "application/x-ndjson");
    assert_eq!(lines.text(), export);
    let page = server.get("/api/events", &token).await.expect(200);
    assert_eq!(page.header("content-type"), "application/json");
    assert_eq!(page.text(), format!("[{}]", export.trim_end().replace('\n', ",")));
    let mut by_pages = String::new();
    let mut next = Some("/api/events?after=0&limit=7".to_owned());
    while let Some(path) = next {
        let page = server.get(&path, &token).await.expect(200);
        next = page.header("link").split_once('>').map(|(path, _)| path.trim_start_matches('<').to_owned());
        let records = page.text();
        by_pages.push_str(records.trim_start_matches('[').trim_end_matches(']'));
        by_pages.push(',');
    }
    assert_eq!(by_pages.trim_matches(','), export.trim_end().replace('\n', ","), "page by page");
    let mut before = String::new();
    for (at, (line, record)) in export.lines().zip(parsed(&export)).enumerate() {
        let position = at as u64 + 1;
        let one = server.get(&format!("/api/events/{position}"), &token).await.expect(200);
        assert_eq!(one.text(), line);
        assert_eq!(record["position"], position, "positions are dense");
        let time = record["time"].as_str().unwrap();
        assert!(time.len() == 27 && time.ends_with('Z') && *time >= *before, "{time} after {before}");
        time.clone_into(&mut before);
        assert_eq!(record["specversion"], "1.0");
    }
    assert_eq!(export.lines().count() as u64, head);
    server.get(&format!("/api/events/{}", head + 1), &token).await.refuses(404, "not-found");
    server.get("/api/events/0", &token).await.refuses(404, "not-found");
    let part = place.run(&["export", "--after", "3", "--until", "6"]);
    let expected: String = export.split_inclusive('\n').skip(3).take(3).collect();
    assert_eq!(String::from_utf8(part.stdout).unwrap(), expected);
}

async fn a_filter_gives_the_records_that_fit_and_no_others(place: Place) {
    let (server, token, _) = told(&place).await;
    let all = parsed(&place.export());
    let about = |record: &Value, subject: &str| record["subject"] == subject;
    let middle = all[all.len() / 2]["time"].as_str().unwrap();
    let actor = all.last().unwrap()["actor"].as_str().unwrap();
    let visit = format!("visit/{V}");
    let expected: BTreeMap<String, Vec<&Value>> = BTreeMap::from([
        (format!("subject={visit}"), all.iter().filter(|record| about(record, &visit)).collect()),
        (
            "type=koinon.VisitRescheduled.v1".to_owned(),
            all.iter().filter(|record| record["type"] == "koinon.VisitRescheduled.v1").collect(),
        ),
        ("type=VisitCancelled".to_owned(), vec![all.last().unwrap()]),
        ("programme=test-1".to_owned(), all.iter().filter(|record| record["programme"] == "test-1").collect()),
        (format!("programme={P}"), all.iter().filter(|record| record["programme"] == "test-1").collect()),
        (format!("partnership={S}"), all.iter().filter(|record| record["partnership"] == S).collect()),
        (format!("actor={actor}"), all.iter().filter(|record| record["actor"] == actor).collect()),
        (format!("since={middle}"), all.iter().filter(|record| record["time"].as_str() >= Some(middle)).collect()),
        (format!("until={middle}"), all.iter().filter(|record| record["time"].as_str() <= Some(middle)).collect()),
        (format!("subject={visit}&after=14&type=VisitCancelled"), vec![all.last().unwrap()]),
        ("programme=no-such".to_owned(), Vec::new()),
    ]);
    for (query, records) in expected {
        let found = server.get(&format!("/api/events?{query}"), &token).await.expect(200).json();
        assert_eq!(found.as_array().unwrap().iter().collect::<Vec<_>>(), records, "{query}");
        let lines = server.read(&format!("/api/events?{query}"), &token).header("Accept", "application/x-ndjson");
        let lines = parsed(&Reply::to(lines).await.expect(200).text());
        assert_eq!(lines.iter().collect::<Vec<_>>(), records, "{query} as lines");
    }
    let of_city = server.get(&format!("/api/events?city={C1}"), &token).await.expect(200).json();
    let kinds: Vec<&str> = of_city.as_array().unwrap().iter().filter_map(|record| record["type"].as_str()).collect();
    for name in ["CityRegistered", "PartnershipProposed", "VisitScheduled"] {
        assert!(kinds.contains(&format!("koinon.{name}.v1").as_str()), "{name} is not among {kinds:?}");
    }
    assert!(!kinds.contains(&"koinon.ThemeDefined.v1"));
}

async fn an_answer_that_is_held_already_is_not_sent_again(place: Place) {
    let (server, token, position) = told(&place).await;
    let visit = format!("/api/visits/{V}");
    for path in ["/api/events/3", "/api/events?limit=3", "/api/visits", &visit, "/api/visits?as_of=15"] {
        let first = server.get_at(path, &token, position).await.expect(200);
        let tag = first.header("etag");
        assert!(tag.starts_with('"') && tag.ends_with('"'), "{path}: {tag}");
        let again = Reply::to(server.read(path, &token).header("If-None-Match", tag)).await.expect(304);
        assert!(again.bytes.is_empty() && again.header("etag") == tag, "{path}");
        let other = Reply::to(server.read(path, &token).header("If-None-Match", "\"another\"")).await.expect(200);
        assert_eq!(other.bytes, first.bytes, "{path}");
    }
    let people = server.get("/api/people", &token).await.expect(200);
    assert_eq!(people.header("cache-control"), "no-store", "what names people is kept by nobody");
}

async fn a_moment_of_the_past_is_answered_as_it_stood(place: Place) {
    let (server, token, head) = told(&place).await;
    let all = parsed(&place.export());
    let visit = format!("/api/visits/{V}");
    let at = |name: &str| {
        let record = all.iter().find(|record| record["type"] == format!("koinon.{name}.v1")).unwrap();
        (record["position"].as_u64().unwrap(), record["time"].as_str().unwrap().to_owned())
    };
    let (scheduled, _) = at("VisitScheduled");
    let (moved, moved_at) = at("VisitRescheduled");
    let as_of = |moment: String| {
        let path = format!("{visit}?as_of={moment}");
        let (server, token) = (&server, &token);
        async move { server.get(&path, token).await }
    };
    as_of((scheduled - 1).to_string()).await.refuses(404, "not-found");
    let then = as_of(scheduled.to_string()).await.expect(200);
    assert_eq!(then.header("koinon-position"), scheduled.to_string());
    let then = then.json();
    assert_eq!(
        (&then["from"], &then["status"], &then["version"]),
        (&"2026-06-13".into(), &"scheduled".into(), &1.into())
    );
    let by_time = as_of(moved_at).await.expect(200);
    assert_eq!(by_time.header("koinon-position"), moved.to_string());
    assert_eq!(
        by_time.bytes,
        as_of(moved.to_string()).await.expect(200).bytes,
        "a time and its position are one moment"
    );
    assert_eq!(by_time.json()["from"], "2026-06-20");
    let live = server.get_at(&visit, &token, head).await.expect(200);
    assert_eq!(as_of(head.to_string()).await.expect(200).bytes, live.bytes, "as of the head is now");
    as_of((head + 1).to_string()).await.refuses(422, "above-the-head");
    as_of("yesterday".to_owned()).await.refuses(422, "fields-do-not-fit");
    server.get("/api/visits?as_of=3&q=plant", &token).await.refuses(422, "fields-do-not-fit");
    let began = std::time::Instant::now();
    server.get_at(&visit, &token, head + 1).await.refuses(504, "not-yet");
    assert!((4..9).contains(&began.elapsed().as_secs()), "it waits five seconds: {:?}", began.elapsed());
    let waiting = server.get_at(&visit, &token, head + 1);
    let written = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        server.command("DefineTheme", &theme("later"), &token).await.expect(200)
    };
    let (waited, _) = futures::join!(waiting, written);
    waited.expect(200);
}

/// What a feed sent: the position and the record of each frame, and whether a comment was among them.
struct Feed {
    stream: std::pin::Pin<Box<dyn futures::Stream<Item = reqwest::Result<Vec<u8>>> + Send>>,
    rest: Vec<u8>,
}

impl Feed {
    async fn open(server: &Server, query: &str, last: Option<u64>, token: &str) -> Self {
        let mut request = server.read(&format!("/api/feed{query}"), token);
        if let Some(last) = last {
            request = request.header("Last-Event-ID", last);
        }
        let response = request.send().await.unwrap();
        assert_eq!(
            (response.status().as_u16(), &response.headers()["content-type"]),
            (200, &"text/event-stream".parse().unwrap())
        );
        let stream = response.bytes_stream().map(|chunk| chunk.map(|bytes| bytes.to_vec()));
        Self { stream: Box::pin(stream), rest: Vec::new() }
    }

    /// The next frame, whatever it is; none when the stream ended.
    async fn frame(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.rest.windows(2).position(|pair| pair == b"\n\n") {
                let frame: Vec<u8> = self.rest.drain(..end + 2).collect();
                return Some(String::from_utf8(frame[..end].to_vec()).unwrap());
            }
            let patience = Duration::from_secs(30);
            let chunk =
                tokio::time::timeout(patience, self.stream.next()).await.expect("a feed is never silent that long");
            self.rest.extend(chunk?.unwrap());
        }
    }

    /// The next record: its `id:` and its bytes.
    async fn record(&mut self) -> Option<(u64, String)> {
        loop {
            let frame = self.frame().await?;
            if frame.starts_with(':') {
                assert!(!frame.contains("id:"), "a comment has no id");
                continue;
            }
            let field = |name: &str| frame.lines().find_map(|line| line.strip_prefix(name)).unwrap().to_owned();
            let (id, data) = (field("id: ").parse().unwrap(), field("data: "));
            let record: Value = serde_json::from_str(&data).unwrap();
            assert_eq!((&record["position"], &record["type"]), (&Value::from(id), &Value::from(field("event: "))));
            return Some((id, data));
        }
    }
}

async fn a_feed_that_is_left_and_resumed_loses_and_repeats_nothing(place: Place) {
    let token = place.token("coordinator");
    let server = place.serve();
    let begun = bodies::create(&server, &token).await;
    let writers = 3;
    let each = 30;
    let writing = futures::future::join_all((0..writers).map(|writer| {
        let (server, token) = (&server, &token);
        async move {
            let mut last = 0;
            for at in 0..each {
                let mut body = bodies::city(
                    &uuid::Uuid::from_u128(writer * 1000 + at + 1).to_string(),
                    "Town",
                    "PT",
                    "Europe/Lisbon",
                );
                body["population"] = Value::from(at as u64);
                last =
                    server.command("RegisterCity", &body, token).await.expect(201).json()["position"].as_u64().unwrap();
            }
            last
        }
    }));
    let until = begun + (writers * each) as u64;
    let reading = async {
        let (mut seen, mut bytes) = (begun, String::new());
        // Left after every fifth record, in the middle of whatever was on its way.
        while seen < until {
            let mut feed = Feed::open(&server, "?after=0", Some(seen), &token).await;
            for _ in 0..5 {
                let (position, record) = feed.record().await.unwrap();
                assert_eq!(position, seen + 1, "nothing is lost and nothing comes twice");
                seen = position;
                bytes.push_str(&record);
                bytes.push('\n');
                if seen == until {
                    break;
                }
            }
        }
        bytes
    };
    let (_, bytes) = futures::join!(writing, reading);
    let export: String = place.export().split_inclusive('\n').skip(usize::try_from(begun).unwrap()).collect();
    assert_eq!(bytes, export, "the feed carries the records' own bytes");
}

async fn a_feed_begins_now_unless_it_is_told_where(place: Place) {
    let token = place.token("coordinator");
    let server = place.serve();
    let begun = bodies::create(&server, &token).await;
    let mut all = Feed::open(&server, "?after=0", None, &token).await;
    for position in 1..=begun {
        assert_eq!(all.record().await.unwrap().0, position);
    }
    let mut quiet = Feed::open(&server, "", None, &token).await;
    let mut cities = Feed::open(&server, "?type=CityRegistered", None, &token).await;
    assert!(quiet.frame().await.unwrap().starts_with(':'), "a comment opens the stream");
    // Nothing happens: the next thing is a comment too, within its fifteen seconds and some.
    let began = std::time::Instant::now();
    assert!(quiet.frame().await.unwrap().starts_with(':'));
    assert!((10..25).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
    let theme = server.command("DefineTheme", &theme("water"), &token).await.expect(200).json();
    let city = bodies::city(C1, "Porto", "PT", "Europe/Lisbon");
    let city = server.command("RegisterCity", &city, &token).await.expect(201).json();
    assert_eq!(quiet.record().await.unwrap().0, theme["position"]);
    assert_eq!(quiet.record().await.unwrap().0, city["position"]);
    assert_eq!(cities.record().await.unwrap().0, city["position"], "a filtered feed brings only what fits");
    Reply::to(server.read("/api/feed", &token).header("Last-Event-ID", "x")).await.refuses(422, "fields-do-not-fit");
    server.get("/api/feed", "").await.refuses(401, "not-signed-in");
}
