//! The read models: folded in memory, rebuilt on disk, and asked about the past, on logs of several sizes.
//!
//! `cargo bench --bench views [-- sqlite|postgres]`. Environment: `EVENTS` (`100000,1000000`) are the sizes of the logs,
//! `MOMENTS` (20) how many moments of the past are asked about, `FOLDER` where the files are. A log is the sample programme
//! many times side by side, each copy with ids of its own: what one programme does lies scattered over the whole log.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../all/support/postgres.rs"]
mod cluster;
#[path = "views/copies.rs"]
mod copies;

use std::future::Future;
use std::time::{Duration, Instant};

use futures::StreamExt;
use koinon::store::{Append, Options, Store};
use koinon::views::{ListQuery, Moment, Views};
use koinon_projections::{Entry, Memory, Sight};
use sqlx::Executor;
use uuid::Uuid;

use copies::Copies;

/// As the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn setting(name: &str, default: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| default.to_owned())
}

fn main() {
    let only: Option<String> = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let folder = tempfile::tempdir_in(setting("FOLDER", &std::env::temp_dir().display().to_string())).unwrap();
    let sample = runtime.block_on(copies::sample(folder.path()));
    println!("the sample programme has {} events", sample.len());
    for size in setting("EVENTS", "100000,1000000").split(',') {
        let copies = Copies::of(&sample, size.trim().parse().unwrap());
        if only.as_deref() != Some("postgres") {
            let url = format!("sqlite:{}", folder.path().join(format!("log-{size}.db")).display());
            runtime.block_on(measure("SQLite", &url, &copies));
        }
        if only.as_deref() != Some("sqlite") {
            runtime.block_on(async { measure("PostgreSQL", &cluster::fresh_database().await, &copies).await });
        }
    }
}

async fn measure(engine: &str, url: &str, copies: &Copies<'_>) {
    let store = Store::open(url, &Options::default()).await.unwrap();
    let events = copies.fill(&store).await;
    println!("\n{engine}, {events} events of {} programmes", copies.count);
    rate("read and decode every event", read_all(&store)).await;
    rate("the same, the next pages read meanwhile", read_ahead(&store)).await;
    rate("read and fold in memory (all read models)", fold_all(&store)).await;
    if engine == "SQLite" {
        let entries = entries(&store, events.min(200_000)).await;
        let started = Instant::now();
        let mut memory = Memory::default();
        entries.iter().for_each(|entry| memory.apply(entry));
        let seconds = started.elapsed().as_secs_f64();
        println!("{:<52} {:>12.0} events/s", "fold alone, decoded before", entries.len() as f64 / seconds);
    }
    let views = Views::open(store.clone()).await.unwrap();
    rate("all read models from nothing, as they follow the log", async {
        views.wait_for(events, Duration::from_secs(3600)).await.unwrap()
    })
    .await;
    if engine == "PostgreSQL" {
        // What it does by itself, sooner or later, with tables that were filled.
        cluster::connect(url).await.execute("VACUUM ANALYZE").await.unwrap();
    }
    let (began, mut folded) = (Instant::now(), Duration::ZERO);
    rate("koinon rebuild, written to disk", async {
        views.rebuild(&[], false, |_| folded = began.elapsed()).await.unwrap();
        events
    })
    .await;
    let (folded, whole) = (folded.as_secs_f64(), began.elapsed().as_secs_f64());
    println!("{:<52} {folded:>9.1} s of {whole:.1} s", "of it folded and written, then compared and indexed");
    past(&views, copies, events).await;
    late(&views, &store, copies).await;
    store.close().await;
}

/// How long after an event was committed the read models have it, while 500 are appended each second by one writer.
async fn late(views: &Views, store: &Store, copies: &Copies<'_>) {
    let mut turn = tokio::time::interval(Duration::from_millis(2));
    let mut waiting = Vec::new();
    for (number, event) in copies.one_more().enumerate() {
        turn.tick().await;
        let (command, time) = (Uuid::from_u128(0xc2 << 88 | number as u128), store.head().await.unwrap().time);
        store.append(Append { events: vec![event], ..Append::new(command, time) }).await.unwrap();
        let (committed, views, position) = (Instant::now(), views.clone(), store.head().await.unwrap().position);
        waiting.push(tokio::spawn(async move {
            views.wait_for(position, Duration::from_secs(60)).await.unwrap();
            committed.elapsed()
        }));
    }
    let mut delays = Vec::new();
    for delay in waiting {
        delays.push(delay.await.unwrap());
    }
    delays.sort_unstable();
    let (half, most) = (delays[delays.len() / 2], delays[delays.len() * 99 / 100]);
    let (half, most) = (milliseconds(half), milliseconds(most));
    println!("{:<52} {half:>9.1} ms, 99 % {most:.1} ms", "behind the log at 500 events/s, half");
}

async fn rate(what: &str, work: impl Future<Output = u64>) {
    let started = Instant::now();
    let events = work.await;
    println!("{what:<52} {:>12.0} events/s", events as f64 / started.elapsed().as_secs_f64());
}

async fn pages(store: &Store, until: u64, mut each: impl FnMut(Entry)) -> u64 {
    let mut position = 0;
    while position < until {
        let page = store.records(position, Some(until), 4096).await.unwrap();
        let Some(last) = page.last() else { break };
        position = last.position;
        for stored in &page {
            each(Entry::read(&stored.bytes).unwrap());
        }
    }
    position
}

async fn read_all(store: &Store) -> u64 {
    pages(store, u64::MAX, |entry| assert!(entry.position > 0)).await
}

/// Reads and decodes two pages at a time, as a rebuild reads the next one while it folds.
async fn read_ahead(store: &Store) -> u64 {
    const PAGE: usize = 8_192;
    let read = async |after: u64| {
        let page = store.records(after, None, PAGE).await.unwrap();
        let decode = move || page.iter().map(|stored| Entry::read(&stored.bytes).unwrap()).collect();
        let entries: Vec<Entry> = tokio::task::spawn_blocking(decode).await.unwrap();
        entries.last().map_or(after, |entry| entry.position)
    };
    let head = store.head().await.unwrap().position;
    let pages = futures::stream::iter((0..head).step_by(PAGE)).map(read).buffered(2);
    pages.fold(0, async |_, last| last).await
}

async fn fold_all(store: &Store) -> u64 {
    let mut memory = Memory::default();
    pages(store, u64::MAX, |entry| memory.apply(&entry)).await
}

async fn entries(store: &Store, until: u64) -> Vec<Entry> {
    let mut entries = Vec::new();
    pages(store, until, |entry| entries.push(entry)).await;
    entries
}

/// Details, lists and dashboards as of moments spread over the whole log: asked first, and asked again.
async fn past(views: &Views, copies: &Copies<'_>, events: u64) {
    let moments: u64 = setting("MOMENTS", "20").parse().unwrap();
    let today = "2023-02-14".parse().unwrap();
    let mut times: [Vec<Duration>; 8] = Default::default();
    for turn in 0..moments {
        let position = 1 + turn.wrapping_mul(0x9E37_79B9_7F4A_7C15) % events;
        let copy = usize::try_from(turn * 7 % copies.count as u64).unwrap();
        let (programme, visit) = (copies.programme(copy), copies.visit(copy));
        for (at, slot) in [(Moment::Position(position), 0), (Moment::Position(position), 1), (Moment::Live, 3)] {
            let started = Instant::now();
            views.get("visits", visit, at).await.unwrap();
            times[slot].push(started.elapsed());
        }
        // Another moment, so that the list is the first to ask.
        let at = Moment::Position(position - position % 3);
        for slot in [2, 4] {
            let started = Instant::now();
            views.list("visits", &ListQuery::default(), at).await.unwrap();
            times[slot].push(started.elapsed());
        }
        for (at, slot) in [(Moment::Position(position.max(2) - 1), 5), (at, 6), (Moment::Live, 7)] {
            let started = Instant::now();
            views.dashboard(programme, at, today, Sight::default()).await.unwrap();
            times[slot].push(started.elapsed());
        }
    }
    let names = [
        "a detail as of a moment, first",
        "the same again",
        "a list as of a moment, first",
        "a detail now",
        "the same list again",
        "a dashboard as of a moment, first",
        "a dashboard as of a moment asked about before",
        "a dashboard now",
    ];
    for (name, mut times) in names.into_iter().zip(times) {
        times.sort_unstable();
        let (median, most) = (times[times.len() / 2], times[times.len() - 1]);
        println!("{name:<52} {:>9.1} ms, at most {:.1} ms", milliseconds(median), milliseconds(most));
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
