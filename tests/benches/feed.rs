//! The feed: how many deliveries a second, how much memory a quiet subscriber, how late, and what stalled readers cost;
//! nginx's push module (nchan) beside it in the same run, where it is installed.
//!
//! `cargo bench --bench feed`. The server runs on core 0, everything else on core 1 (`taskset`). Environment: `SUBSCRIBERS`
//! (`1000,5000,10000`), `BURSTS` (`1,16,64`) of how many events at once, `SECONDS` (5) for each figure, `ROUNDS` (1) of
//! everything, ours and theirs in turns. Needs room for as many open files: `ulimit -n 30000`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "feed/servers.rs"]
mod servers;
#[path = "feed/subscribers.rs"]
mod subscribers;

use std::time::{Duration, Instant};

use servers::{Nchan, Ours, Server};
use subscribers::Subscribers;

fn setting(name: &str, default: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| default.to_owned())
}

fn numbers(name: &str, default: &str) -> Vec<usize> {
    setting(name, default).split(',').map(|number| number.trim().parse().unwrap()).collect()
}

fn main() {
    servers::pin(std::process::id(), 1);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let counts = numbers("SUBSCRIBERS", "1000,5000,10000");
    let rounds: usize = setting("ROUNDS", "1").parse().unwrap();
    for _ in 0..rounds {
        for count in &counts {
            let ours = Ours::start(*count);
            runtime.block_on(measured(&ours, *count));
            let bytes = runtime.block_on(ours.event_bytes());
            println!("an event of koinon has {bytes} bytes, and nchan's as many");
            drop(ours);
            if let Some(nchan) = Nchan::start(bytes) {
                runtime.block_on(measured(&nchan, *count));
            }
        }
        for some in [0, 200] {
            runtime.block_on(stalled(&Ours::start(1000), some));
        }
    }
}

/// Everything that is measured with that many subscribers.
async fn measured(server: &impl Server, count: usize) {
    let name = server.name();
    let before = server.memory();
    let mut all = Subscribers::open(server, 0..count).await;
    let quiet = server.memory().saturating_sub(before);
    println!("{name:<8} {count:>6} subscribers: {:>9.1} KB a quiet one", quiet as f64 / 1024.0 / count as f64);
    for burst in numbers("BURSTS", "1,16,64") {
        let lasting = Duration::from_secs(setting("SECONDS", "5").parse().unwrap());
        let began = Instant::now();
        let mut published = 0;
        while began.elapsed() < lasting {
            server.publish(burst).await;
            published += burst;
            all.until_each_has(published).await;
        }
        let rate = (published * count) as f64 / began.elapsed().as_secs_f64();
        println!("{name:<8} {count:>6} subscribers: {rate:>9.0} deliveries/s in bursts of {burst}");
        all.begin_again();
    }
    if count == 1000 {
        let (half, most) = late(server, &mut all).await;
        println!("{name:<8} {count:>6} subscribers: {half:>9.2} ms half, {most:.2} ms 99 % at 50 events/s");
    }
}

/// How long after it was sent off an event has come to each subscriber: half of all, and 99 of 100.
async fn late(server: &impl Server, all: &mut Subscribers) -> (f64, f64) {
    let mut delays = Vec::new();
    let (mut turn, mut published) = (tokio::time::interval(Duration::from_millis(20)), 0);
    while published < 250 {
        turn.tick().await;
        server.publish(1).await;
        let committed = Instant::now();
        published += 1;
        delays
            .extend(all.until_each_has(published).await.into_iter().map(|at| at.saturating_duration_since(committed)));
    }
    delays.sort();
    let at = |part: f64| delays[((delays.len() - 1) as f64 * part) as usize].as_secs_f64() * 1000.0;
    (at(0.5), at(0.99))
}

/// A thousand subscribers of which some stop reading: how fast the others go on, what the server holds, and whether
/// those that stopped get everything when they read again.
async fn stalled(server: &Ours, some: usize) {
    let mut stopped = Subscribers::open(server, 0..some).await;
    let mut others = Subscribers::open(server, some..1000).await;
    let before = server.memory();
    let (began, mut published) = (Instant::now(), 0);
    while published < 6_400 {
        server.publish(16).await;
        published += 16;
        others.until_each_has(published).await;
    }
    let rate = (published * (1000 - some)) as f64 / began.elapsed().as_secs_f64();
    let held = server.memory().saturating_sub(before) as f64 / 1e6;
    println!(
        "{:<8} {some:>5} of 1000 stalled: {rate:>9.0} deliveries/s to the others, {held:.1} MB more held",
        server.name()
    );
    let began = Instant::now();
    stopped.until_each_has(published).await;
    println!(
        "{:<8} {some:>5} of 1000 stalled: each has all {published} events {:.1} s after it reads again",
        server.name(),
        began.elapsed().as_secs_f64()
    );
}
