//! The feed under violence: subscribers that are killed and resumed at random while eight writers run see every position
//! they may see exactly once, in order; on both engines, and across two nodes on one PostgreSQL.

use std::collections::BTreeSet;
use std::time::Duration;

use futures::StreamExt;
use proptest::prelude::Rng;

use crate::support::Place;
use crate::support::bodies::{self, C1, C2};
use crate::support::chance::chance;
use crate::support::server::Server;

/// Cities registered by each of the writers.
const EACH: usize = 40;
const WRITERS: usize = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite_nothing_is_lost_or_repeated() {
    let place = Place::sqlite();
    let server = place.serve();
    everything_comes_once(&place, &[server]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn across_two_nodes_on_one_postgresql_nothing_is_lost_or_repeated() {
    let place = Place::postgres().await;
    let (one, other) = (place.serve(), place.serve());
    everything_comes_once(&place, &[one, other]).await;
}

async fn everything_comes_once(place: &Place, nodes: &[Server]) {
    let coordinator = place.token("coordinator");
    let begun = bodies::send(&nodes[0], &coordinator, bodies::beginning()).await;
    let scope = format!("city/{C1}");
    let delegate = place.token_with("delegate", &["--scope", &scope]);
    let mut chance = chance();
    let until = begun + (WRITERS * EACH) as u64;
    let of_type = "?type=NeedStated&city=";
    let readers = [
        (coordinator.clone(), String::new()),
        (coordinator.clone(), "?type=NeedStated".to_owned()),
        (coordinator.clone(), format!("{of_type}{C2}")),
        (delegate, String::new()),
    ];
    let writing =
        futures::future::join_all((0..WRITERS).map(|writer| write(&nodes[writer % nodes.len()], &coordinator, writer)));
    let reading = readers.iter().map(|(token, query)| {
        let chances: Vec<u32> = (0..400).map(|_| chance.next_u32()).collect();
        read(nodes, token, query, begun, until, chances)
    });
    let (_, seen) = futures::join!(writing, futures::future::join_all(reading));
    for ((token, query), seen) in readers.iter().zip(seen) {
        let filter = query.replacen('?', "&", 1);
        let allowed =
            nodes[0].get(&format!("/api/events?after={begun}&limit=500{filter}"), token).await.expect(200).json();
        let allowed: Vec<u64> =
            allowed.as_array().unwrap().iter().map(|record| record["position"].as_u64().unwrap()).collect();
        assert!(allowed.len() >= EACH, "{query} sees something: {allowed:?}");
        assert_eq!(seen, allowed, "{query}");
    }
}

/// One writer: needs of cities and themes of the programme, turn and turn about.
async fn write(server: &Server, token: &str, writer: usize) {
    for at in 0..EACH {
        let city = if at % 2 == 0 { C1 } else { C2 };
        let body =
            serde_json::json!({ "city": city, "theme": "waste-to-energy", "text": format!("Need {writer} {at}") });
        // Eight at once about two cities: some are told to try again.
        loop {
            let reply = server.command("StateNeed", &body, token).await;
            if reply.status.is_success() {
                break;
            }
            reply.refuses(409, "changed-meanwhile");
        }
    }
}

/// A subscriber that is killed after a random number of records, also in the middle of one, and resumed at either node.
async fn read(nodes: &[Server], token: &str, query: &str, begun: u64, until: u64, chances: Vec<u32>) -> Vec<u64> {
    let (mut seen, mut last) = (Vec::new(), begun);
    let mut chances = chances.into_iter().cycle();
    loop {
        let node = &nodes[chances.next().unwrap() as usize % nodes.len()];
        let request = node.read(&format!("/api/feed{query}"), token).header("Last-Event-ID", last);
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        let (mut stream, mut rest) = (response.bytes_stream(), Vec::new());
        let life = chances.next().unwrap() % 12_000;
        let mut got = 0;
        while got < life {
            let Ok(chunk) = tokio::time::timeout(Duration::from_secs(2), stream.next()).await else {
                if head(&nodes[0], token).await >= until {
                    return seen;
                }
                break;
            };
            let chunk = chunk.expect("the stream goes on").unwrap();
            got += u32::try_from(chunk.len()).unwrap();
            rest.extend_from_slice(&chunk);
            for position in whole_frames(&mut rest) {
                assert!(position > last, "{position} after {last}");
                seen.push(position);
                last = position;
            }
        }
    }
}

/// The positions of the frames that came whole; what came in part is thrown away with the connection.
fn whole_frames(rest: &mut Vec<u8>) -> Vec<u64> {
    let mut found = Vec::new();
    while let Some(end) = rest.windows(2).position(|pair| pair == b"\n\n") {
        let frame: Vec<u8> = rest.drain(..end + 2).collect();
        let frame = String::from_utf8(frame).unwrap();
        if let Some(id) = frame.lines().find_map(|line| line.strip_prefix("id: ")) {
            found.push(id.parse().unwrap());
        }
    }
    assert!(found.iter().collect::<BTreeSet<_>>().len() == found.len());
    found
}

async fn head(server: &Server, token: &str) -> u64 {
    server.get("/api/cities?limit=1", token).await.expect(200).json()["position"].as_u64().unwrap()
}
