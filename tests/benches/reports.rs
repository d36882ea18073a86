//! Reports, verification and proofs, on one programme of many events; and what signing costs beside a commit.
//!
//! `cargo bench --bench reports [-- sqlite|postgres]`. Environment: `EVENTS` (`100000,1000000`) are the sizes of the logs,
//! `PROOFS` (2000) how many inclusion proofs are made, `FOLDER` where the files are. A log is the sample programme in which
//! everything but the programme and its reports happened many times.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../all/support/postgres.rs"]
mod cluster;
#[path = "views/copies.rs"]
mod copies;

use std::fs::File;
use std::hint::black_box;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use koinon::app::{Caller, Koinon, Start};
use koinon::clock::Clock;
use koinon::note::{Checkpoint, SigningKey};
use koinon::report::{Folded, Format};
use koinon::store::{Options, Store};
use koinon::tree::leaf_hash;
use koinon_events::report::ReportScope;
use koinon_projections::reports::ReportStatus;

use copies::Copies;

/// How many lines are read before they are hashed.
const PAGE: usize = 16_384;

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
    std::fs::create_dir(folder.path().join("sample")).unwrap();
    let sample = runtime.block_on(copies::sample(&folder.path().join("sample")));
    println!("the sample programme has {} events", sample.len());
    for size in setting("EVENTS", "100000,1000000").split(',') {
        let copies = Copies::of_one_programme(&sample, size.trim().parse().unwrap());
        for engine in ["sqlite", "postgres"] {
            if only.as_deref().is_some_and(|only| only != engine) {
                continue;
            }
            let place = folder.path().join(format!("{engine}-{}", size.trim()));
            std::fs::create_dir(&place).unwrap();
            runtime.block_on(async {
                let mut start = Start::within(&place);
                if engine == "postgres" {
                    start.database = cluster::fresh_database().await;
                }
                measure(engine, &start, &place, &copies).await;
            });
        }
    }
}

async fn measure(engine: &str, start: &Start, place: &Path, copies: &Copies<'_>) {
    let koinon = Koinon::open(start, Clock::simulated(koinon::sample::before()[0].at)).await.unwrap();
    koinon.close().await;
    let store = Store::open(&start.database, &Options::default()).await.unwrap();
    copies.fill(&store).await;
    println!("\n{engine}, one programme");
    signing(&store, copies).await;
    let events = store.head().await.unwrap().position;
    line("events in the log", events as f64, "", "");
    let log = place.join("log.ndjson");
    export(&store, &log).await;
    store.close().await;
    verify(&start.database, &log, events);
    report(place, &log);
    proofs(start, events).await;
}

async fn export(store: &Store, file: &Path) {
    let mut out = BufWriter::new(File::create(file).unwrap());
    let mut position = 0;
    loop {
        let page = store.records(position, None, 4096).await.unwrap();
        let Some(last) = page.last() else { break };
        position = last.position;
        for stored in &page {
            out.write_all(&stored.bytes).unwrap();
            out.write_all(b"\n").unwrap();
        }
    }
    out.flush().unwrap();
}

fn line(what: &str, value: f64, unit: &str, more: &str) {
    println!("{what:<60} {value:>12.3} {unit} {more}");
}

/// The program, run to its end; the seconds it took.
fn run(arguments: &[&str]) -> f64 {
    let started = Instant::now();
    let done = Command::new(env!("CARGO_BIN_EXE_koinon")).args(arguments).stdout(Stdio::null()).status().unwrap();
    assert!(done.success(), "{arguments:?}");
    started.elapsed().as_secs_f64()
}

/// Bare reading and bare hashing of the export on one core, then the program on the export and on the database.
fn verify(database: &str, log: &Path, events: u64) {
    let mut lines = BufReader::new(File::open(log).unwrap());
    let (mut reading, mut hashing) = (Duration::ZERO, Duration::ZERO);
    loop {
        let started = Instant::now();
        let mut page = Vec::with_capacity(PAGE);
        while page.len() < PAGE {
            let mut line = Vec::new();
            if lines.read_until(b'\n', &mut line).unwrap() == 0 {
                break;
            }
            page.push(line);
        }
        reading += started.elapsed();
        let started = Instant::now();
        for line in &page {
            black_box(leaf_hash(line));
        }
        hashing += started.elapsed();
        if page.len() < PAGE {
            break;
        }
    }
    let rate = |seconds: f64| events as f64 / seconds / 1_000.0;
    let (reading, hashing) = (rate(reading.as_secs_f64()), rate(hashing.as_secs_f64()));
    line("bare reading of an export", reading, "k events/s", "");
    line("bare SHA-256, one core", hashing, "k events/s", "");
    for (what, target) in [("koinon verify EXPORT", log.to_str().unwrap()), ("koinon verify DATABASE", database)] {
        let found = rate(run(&["verify", target]));
        let ratios = format!("{:.2} of reading, {:.2} of SHA-256", found / reading, found / hashing);
        line(what, found, "k events/s", &ratios);
    }
}

/// The last open report of the whole programme: folded and written here form by form, then by the program as a whole.
fn report(place: &Path, log: &Path) {
    let started = Instant::now();
    let mut folded = Folded::default();
    for record in BufReader::new(File::open(log).unwrap()).split(b'\n') {
        folded.next(&record.unwrap()).unwrap();
    }
    line("report: verify and fold the log", started.elapsed().as_secs_f64(), "s", "");
    let reports = folded.memory.tables.reports.rows().map(|(_, row)| row);
    let open = reports.filter(|row| row.status == ReportStatus::Draft && row.scope == ReportScope::Programme {});
    let row = open.max_by_key(|row| row.period).unwrap();
    let started = Instant::now();
    let composed = folded.compose(row.id).unwrap();
    line("report: compose", started.elapsed().as_secs_f64(), "s", "");
    for format in Format::ALL {
        let started = Instant::now();
        let bytes = format.write(&composed).unwrap();
        let size = format!("{} kB", bytes.len() / 1_000);
        line(&format!("report: {}", format.name()), started.elapsed().as_secs_f64(), "s", &size);
    }
    let (out, id) = (place.join("report"), row.id.to_string());
    let arguments = ["report", &id, "--from", log.to_str().unwrap(), "-o", out.to_str().unwrap()];
    line("koinon report, every form, from the export", run(&arguments), "s", "");
}

async fn proofs(start: &Start, events: u64) {
    let koinon = Koinon::open(start, Clock::System).await.unwrap();
    let caller = Caller::system("benchmark").unwrap();
    // Read models that follow the log would be measured too.
    koinon.views().wait_for(events, Duration::from_secs(3_600)).await.unwrap();
    koinon.checkpoint().await.unwrap();
    let count: u64 = setting("PROOFS", "2000").parse().unwrap();
    let mut times = Vec::new();
    for turn in 0..count {
        let position = 1 + turn.wrapping_mul(0x9E37_79B9_7F4A_7C15) % events;
        let started = Instant::now();
        koinon.inclusion(&caller, position, None).await.unwrap();
        times.push(started.elapsed());
    }
    times.sort_unstable();
    let milliseconds = |at: usize| times[at].as_secs_f64() * 1_000.0;
    let rest =
        format!("99 % {:.3} ms, at most {:.3} ms", milliseconds(times.len() * 99 / 100), milliseconds(times.len() - 1));
    line("an inclusion proof, server time", milliseconds(times.len() / 2), "ms", &rest);
    koinon.close().await;
}

/// One checkpoint's signature against one commit. No command waits for a signature: the head is signed when it is asked
/// for, and each ten seconds.
async fn signing(store: &Store, copies: &Copies<'_>) {
    let key = SigningKey::new("koinon.example/log", [7; 32]).unwrap();
    let checkpoint = Checkpoint { origin: key.name().to_owned(), size: 1_000_000, root: [7; 32] };
    let started = Instant::now();
    (0..1_000).for_each(|_| drop(black_box(checkpoint.sign(&[&key]))));
    let signature = started.elapsed().as_secs_f64() * 1_000.0;
    let commits = 200;
    let started = Instant::now();
    for turn in 0..commits {
        copies.append_one(store, turn).await;
    }
    let commit = started.elapsed().as_secs_f64() * 1_000_000.0 / f64::from(commits);
    line("a checkpoint's signature", signature, "µs", "");
    line(
        "a commit of one event, one after another",
        commit,
        "µs",
        &format!("{:.1} % of it is a signature", signature / commit * 100.0),
    );
}
