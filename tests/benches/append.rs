//! Append and read: ours against a bare group-commit loop through the same driver, in one run on the same disk.
//!
//! `cargo bench --bench append [-- sqlite|postgres]`. Environment: `EVENTS` (200000) is the size of the log loaded and
//! read, `TURNS` (7) how often each is measured in turn, `MILLIS` (1000) for how long, `FOLDER` where the files are.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "append/bare.rs"]
mod bare;

#[path = "../all/support/postgres.rs"]
mod cluster;
#[path = "../all/store/story.rs"]
#[allow(dead_code)]
mod story;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use koinon::store::{Append, Options, Store};
use koinon_events::Subject;

use bare::Bare;
use story::{Telling, confirm, id, second, told, visit};

/// Events of a subject: peers are measured with ten.
const STREAM: u64 = 10;

/// As the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

fn main() {
    let only: Option<String> = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let folder = std::env::var_os("FOLDER").map_or_else(std::env::temp_dir, Into::into);
    let folder = tempfile::tempdir_in(folder).unwrap();
    println!("{:<44} {:>12} {:>12} {:>8}", "events/s (subjects/s for loads)", "bare", "ours", "ratio");
    if only.as_deref() != Some("postgres") {
        let bare = folder.path().join("bare.db").display().to_string();
        let ours = format!("sqlite:{}", folder.path().join("ours.db").display());
        runtime.block_on(measure("SQLite", Bare::sqlite(&bare), &ours));
    }
    if only.as_deref() != Some("sqlite") {
        runtime.block_on(async {
            let bare = Bare::postgres(&cluster::fresh_database().await).await;
            measure("PostgreSQL", bare, &cluster::fresh_database().await).await;
        });
    }
}

fn line(what: &str, bare: f64, ours: f64) {
    println!("{what:<44} {bare:>12.0} {ours:>12.0} {:>8.2}", ours / bare);
}

async fn measure(engine: &str, bare: Bare, url: &str) {
    let store = Store::open(url, &Options::default()).await.unwrap();
    let say = |what: &str, (theirs, ours)| line(&format!("{engine}: {what}"), theirs, ours);
    say(
        "append, 1 writer",
        by_turns(async || (rate(1, &bare, Bare::append).await, rate(1, &store, append).await)).await,
    );
    say(
        "append, 64 writers",
        by_turns(async || (rate(64, &bare, Bare::append).await, rate(64, &store, append).await)).await,
    );
    let wanted = setting("EVENTS", 200_000);
    say("append, a thousand at once", (timed(bare.fill(wanted)).await, timed(fill(&store, wanted)).await));
    say(
        "load a subject, 1 reader",
        by_turns(async || (rate(1, &bare, Bare::load).await, rate(1, &store, load).await)).await,
    );
    say(
        "load a subject, 4 readers",
        by_turns(async || (rate(4, &bare, Bare::load).await, rate(4, &store, load).await)).await,
    );
    let whole = async || (timed(bare.read_all()).await, timed(read_all(&store, false)).await);
    say("read the whole log", by_turns(whole).await);
    let decoded = async || (timed(bare.read_all()).await, timed(read_all(&store, true)).await);
    say("read it and decode every envelope", by_turns(decoded).await);
    println!("{engine}: the log has {} events", store.head().await.unwrap().position);
    store.close().await;
}

/// The medians of both, measured in turns so that what else the machine does falls on both.
async fn by_turns(turn: impl AsyncFn() -> (f64, f64)) -> (f64, f64) {
    let (mut theirs, mut ours) = (Vec::new(), Vec::new());
    for _ in 0..setting("TURNS", 7) {
        let (one, other) = turn().await;
        theirs.push(one);
        ours.push(other);
    }
    let median = |mut rates: Vec<f64>| {
        rates.sort_by(f64::total_cmp);
        rates[rates.len() / 2]
    };
    (median(theirs), median(ours))
}

/// How often a second the task is done by so many at once.
async fn rate<S, F>(workers: u64, on: &S, task: impl Fn(S, u64) -> F + Clone + Send + 'static) -> f64
where
    S: Clone + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let stop = Arc::new(AtomicBool::new(false));
    let done = Arc::new(AtomicU64::new(0));
    let started = Instant::now();
    let working: Vec<_> = (0..workers)
        .map(|worker| {
            let (stop, done, task, on) = (Arc::clone(&stop), Arc::clone(&done), task.clone(), on.clone());
            tokio::spawn(async move {
                let mut turn = worker;
                while !stop.load(Ordering::Relaxed) {
                    task(on.clone(), turn).await;
                    turn += workers;
                    done.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(setting("MILLIS", 1000))).await;
    stop.store(true, Ordering::Relaxed);
    for each in working {
        each.await.unwrap();
    }
    done.load(Ordering::Relaxed) as f64 / started.elapsed().as_secs_f64()
}

async fn timed(reading: impl Future<Output = u64>) -> f64 {
    let started = Instant::now();
    let events = reading.await;
    events as f64 / started.elapsed().as_secs_f64()
}

/// One event as the sample programme has them, guarded by its subject's version.
async fn append(store: Store, _: u64) {
    let (command, subject) = (id(), visit());
    let telling = Telling { programme: Some("icc-agir"), partnership: Some(PARTNERSHIP), ..Telling::default() };
    let events = vec![told(command, subject, &telling)];
    let append = Append { expected: vec![(subject, 0)], events, ..Append::new(command, second(0)) };
    store.append(append).await.unwrap();
}

const PARTNERSHIP: uuid::Uuid = uuid::Uuid::from_u128(0x0197_a8c2_0000_7000_9000_0000_0000_0001);

/// The n-th subject of those that were filled in.
fn filled(n: u64) -> Subject {
    Subject { kind: koinon_events::Kind::Visit, id: uuid::Uuid::from_u128(0xf_0000_0000_0000_0000 + u128::from(n)) }
}

fn some_subject(n: u64) -> u64 {
    n.wrapping_mul(7_919) % (setting("EVENTS", 200_000) / STREAM)
}

/// Fills in subjects of ten, interleaved, as commands of ten events.
async fn fill(store: &Store, events: u64) -> u64 {
    let subjects = events / STREAM;
    for version in 0..STREAM {
        for block in 0..subjects.div_ceil(1000) {
            let some: Vec<_> =
                (block * 1000..subjects.min(block * 1000 + 1000)).map(|n| (filled(n), version)).collect();
            store.append(confirm(&some, second(0))).await.unwrap();
        }
    }
    events
}

async fn load(store: Store, n: u64) {
    let records = store.subject(filled(some_subject(n))).await.unwrap();
    assert_eq!(records.len() as u64, STREAM);
}

async fn read_all(store: &Store, decode: bool) -> u64 {
    let mut position = 0;
    loop {
        let page = store.records(position, None, 4096).await.unwrap();
        let Some(last) = page.last() else { return position };
        position = last.position;
        if decode {
            for stored in &page {
                let record = koinon_events::Record::parse(&stored.bytes).unwrap();
                assert_eq!(record.position, stored.position);
            }
        }
    }
}
