//! Nothing of one partnership reaches another. Random people do random things in three partnerships of two programmes;
//! then every reader asks on every way there is, and no answer may hold an id or a text of what is not theirs. What is
//! theirs is known beforehand, from who they are, not from the program.

use std::collections::BTreeSet;
use std::io::Read;
use std::time::Duration;

use futures::StreamExt;
use serde_json::{Value, json};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::server::Reply;
use crate::support::world::{Part, Seat, World};
use crate::webhooks::Receiver;

on_both_engines!(
    nothing_of_one_partnership_reaches_another_on_any_way,
    what_is_published_is_for_everybody_in_the_programme,
);

/// How many random commands.
const STEPS: u64 = 120;

/// Somebody who reads: their role and scope, and the partnerships (by number) and programmes they may see.
struct Reader {
    role: &'static str,
    scope: (&'static str, usize, &'static str),
    parts: &'static [usize],
    programmes: &'static [usize],
}

const fn reader(
    role: &'static str,
    scope: (&'static str, usize, &'static str),
    parts: &'static [usize],
    programmes: &'static [usize],
) -> Reader {
    Reader { role, scope, parts, programmes }
}

/// The readers. A scope is a kind, the partnership it is taken from, and what of it.
const READERS: &[Reader] = &[
    reader("delegate", ("city", 0, "host"), &[0], &[0]),
    reader("delegate", ("city", 1, "guest"), &[1], &[0]),
    reader("delegate", ("partnership", 2, "partnership"), &[2], &[1]),
    reader("expert", ("partnership", 1, "partnership"), &[1], &[0]),
    reader("coordinator", ("programme", 0, "programme"), &[0, 1], &[0]),
    reader("coordinator", ("partnership", 0, "partnership"), &[0], &[0]),
    reader("officer", ("programme", 2, "programme"), &[2], &[1]),
    reader("auditor", ("partnership", 1, "partnership"), &[1], &[0]),
];

impl Reader {
    /// The ids and texts that no answer to this reader may hold.
    fn foreign(&self, parts: &[Part; 3]) -> BTreeSet<String> {
        let mut foreign = BTreeSet::new();
        for (number, part) in parts.iter().enumerate() {
            let is_near = self.programmes.contains(&(number / 2));
            if self.parts.contains(&number) {
                continue;
            }
            foreign.insert(part.mark.to_owned());
            for name in Part::names() {
                // A city's own records say which partnership made it active; more is not told.
                let is_common = ["programme", "host", "guest", "partnership"].contains(name) && is_near;
                if !is_common {
                    foreign.insert(part.id(name));
                }
            }
            if !is_near {
                foreign.insert(part.land().to_owned());
            }
        }
        foreign
    }
}

/// A small generator of chance whose seed is told.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % most as u64).unwrap()
    }
}

/// A command on a partnership, with its mark in every text.
fn random(part: &Part, chance: &mut Chance) -> (&'static str, Value) {
    let text = format!("{} {}", part.mark, chance.below(10_000));
    let (visit, pilot, learning) = (part.id("visit"), part.id("pilot"), part.id("learning"));
    let day = format!("2026-06-{:02}", 1 + chance.below(20));
    let all = [
        ("RescheduleVisit", json!({ "visit": visit, "from": day, "to": "2026-06-25", "reason": text })),
        ("PostponeVisit", json!({ "visit": visit, "reason": text })),
        ("ConfirmVisit", json!({ "visit": visit })),
        ("AddSession", json!({ "visit": visit, "title": text, "place": text })),
        ("RecordLogistics", json!({ "visit": visit, "kind": text, "state": "open" })),
        ("ReviseLearning", json!({ "learning": learning, "what": text, "reason": text })),
        ("ReturnLearning", json!({ "learning": learning, "reason": text })),
        ("RaiseRisk", json!({ "pilot": pilot, "text": text, "likelihood": 2, "impact": 3 })),
        ("StopPilot", json!({ "pilot": pilot, "reason": text })),
        ("ChangeDue", json!({ "action": part.id("action"), "due": day, "reason": text })),
        ("CompleteAction", json!({ "action": part.id("action"), "note": text })),
        ("ReopenAction", json!({ "action": part.id("action"), "reason": text })),
        ("RecordDecision", json!({ "meeting": part.id("meeting"), "text": text })),
        ("AddPresentation", json!({ "meeting": part.id("meeting"), "title": text, "speaker": part.id("person") })),
        ("HoldMeeting", json!({ "meeting": part.id("meeting"), "cities": { part.id("host"): 3 } })),
        ("PostComment", json!({ "id": part.id("discussion"), "text": text, "mentions": [part.id("person")] })),
        ("EditSection", json!({ "report": part.id("report"), "section": "highlights", "text": text })),
        ("RaiseQuery", json!({ "report": part.id("report"), "text": text })),
        ("AddDeliverable", json!({ "project": part.id("project"), "title": text, "due": "2026-12-01" })),
        ("AdoptActionPlan", json!({ "partnership": part.id("partnership"), "version": 1 })),
        ("AgreeTopics", json!({ "partnership": part.id("partnership") })),
        ("SuspendPartnership", json!({ "partnership": part.id("partnership"), "reason": text })),
        ("ResumePartnership", json!({ "partnership": part.id("partnership"), "reason": text })),
        ("StartVisit", json!({ "visit": visit })),
        ("UpdatePerson", json!({ "person": part.id("person"), "organisation": text })),
        (
            "LinkEvidence",
            json!({ "document": part.id("document"), "subject": format!("visit/{visit}"), "claim": text }),
        ),
    ];
    all[chance.below(all.len())].clone()
}

/// Random people do random things; what a refusal tells is looked at as well.
async fn act(world: &World, tokens: &[String], seed: u64) -> u64 {
    let (mut chance, mut position) = (Chance(seed), world.position);
    for _ in 0..STEPS {
        let who = chance.below(READERS.len() + 2);
        let part = &world.parts[chance.below(3)];
        let (name, body) = random(part, &mut chance);
        let token = tokens.get(who).map_or_else(|| world.by("chief"), String::as_str);
        let reply = world.server.command(name, &body, token).await;
        assert!(reply.status.as_u16() < 500, "{name}: {}", reply.text());
        position = position.max(reply.json()["position"].as_u64().unwrap_or_default());
        if let Some(reader) = READERS.get(who).filter(|_| !reply.status.is_success()) {
            // What was sent may be told back; nothing else may be.
            let sent = body.to_string();
            let foreign = reader.foreign(&world.parts);
            let leaks: Vec<_> =
                foreign.iter().filter(|each| !sent.contains(*each) && reply.text().contains(*each)).collect();
            assert!(leaks.is_empty(), "{name} by {} tells {leaks:?}: {}", reader.role, reply.text());
        }
    }
    position
}

/// Every path a program may ask, as far as it needs no patience.
fn paths(world: &World, head: u64) -> Vec<String> {
    let mut paths: Vec<String> = Vec::new();
    let collections = [
        "programmes",
        "cities",
        "partnerships",
        "people",
        "visits",
        "meetings",
        "learnings",
        "projects",
        "pilots",
        "actions",
        "documents",
        "reports",
    ];
    for collection in collections {
        for ending in ["", ".csv", ".xlsx"] {
            paths.push(format!("/api/{collection}{ending}?limit=500"));
        }
        paths.push(format!("/api/{collection}?as_of={head}"));
    }
    for part in &world.parts {
        let (programme, report) = (part.id("programme"), part.id("report"));
        for name in Part::names() {
            let (id, kind) = (part.id(name), kind_of(name));
            for collection in collections {
                if collection.starts_with(&kind[..3]) || (kind == "person" && collection == "people") {
                    paths.push(format!("/api/{collection}/{id}"));
                }
            }
            paths.push(format!("/api/history/{kind}/{id}"));
            paths.push(format!("/api/events?subject={kind}/{id}"));
        }
        for read in ["dashboard", "indicators", "inbox"] {
            paths.push(format!("/api/{read}?programme={programme}"));
            paths.push(format!("/api/{read}?programme={programme}&as_of={head}"));
        }
        for query in [part.mark.to_owned(), part.land().to_owned(), part.id("visit")] {
            paths.push(format!("/api/search?q={query}"));
            paths.push(format!("/api/visits?q={query}"));
        }
        paths.push(format!("/api/events?city={}", part.id("host")));
        paths.push(format!("/api/audit?city={}", part.id("host")));
        paths.push(format!("/api/visits?city={}", part.id("host")));
        for file in [
            "report.json",
            "report.csv",
            "report.xlsx",
            "report.html",
            "report.iati.xml",
            "bundle.zip",
            "findings",
            "comparison",
        ] {
            paths.push(format!("/api/reports/{report}/{file}"));
        }
        paths.push(format!("/api/documents/{}/content", part.id("document")));
        paths.push(format!("/api/people/{}/export", part.id("person")));
        paths.push(format!("/api/webhooks/{}/deliveries", part.id("webhook")));
    }
    for path in [
        "/api/events",
        "/api/audit?limit=500",
        "/api/audit.csv",
        "/api/audit.xlsx",
        "/api/feed.atom?limit=500",
        "/api/calendar.ics",
        "/api/inbox",
        "/api/access",
        "/api/access.csv",
        "/api/status",
        "/api/security-log",
        "/api/replay",
        "/log/tile/entries/000",
    ] {
        paths.push(path.to_owned());
    }
    paths.extend((1..=head).step_by(11).map(|position| format!("/api/events/{position}")));
    paths.extend((1..=head).step_by(31).map(|position| format!("/api/proofs/inclusion?position={position}")));
    paths
}

fn kind_of(name: &str) -> &str {
    match name {
        "host" | "guest" => "city",
        "expert" | "comer" => "person",
        name => name,
    }
}

/// Every page a person may open.
fn pages(world: &World, head: u64) -> Vec<String> {
    let mut pages: Vec<String> = [
        "/",
        "/visits",
        "/cities",
        "/partnerships",
        "/people",
        "/meetings",
        "/learnings",
        "/projects",
        "/pilots",
        "/actions",
        "/documents",
        "/reports",
        "/programmes",
        "/audit",
        "/activity",
        "/needs-you",
        "/access",
        "/status",
        "/account",
        "/replay",
        "/webhooks",
        "/activity.atom",
        "/calendar.ics",
        "/visits.csv",
        "/audit.csv",
        "/do/ScheduleVisit",
        "/do/RecordLearning",
        "/do/ProposePilot",
        "/do/RaiseAction",
        "/do/ScheduleMeeting",
        "/do/InvitePerson",
        "/do/OpenReport",
        "/documents/new",
    ]
    .map(str::to_owned)
    .to_vec();
    for part in &world.parts {
        for (collection, name) in [
            ("programmes", "programme"),
            ("cities", "host"),
            ("partnerships", "partnership"),
            ("people", "person"),
            ("visits", "visit"),
            ("meetings", "meeting"),
            ("learnings", "learning"),
            ("projects", "project"),
            ("pilots", "pilot"),
            ("actions", "action"),
            ("documents", "document"),
            ("reports", "report"),
        ] {
            pages.push(format!("/{collection}/{}", part.id(name)));
        }
        pages.push(format!("/search?q={}", part.mark));
        pages.push(format!("/?programme={}", part.id("programme")));
        pages.push(format!("/?programme={}&as_of={head}", part.id("programme")));
        pages.push(format!("/do/RescheduleVisit?visit={}", part.id("visit")));
    }
    pages.extend((1..=head).step_by(37).map(|position| format!("/events/{position}")));
    pages
}

/// What an answer says, with what lies packed in it.
fn told(reply: &Reply) -> String {
    let mut text = reply.text();
    if reply.bytes.starts_with(b"PK") {
        let mut packed = zip::ZipArchive::new(std::io::Cursor::new(&reply.bytes)).unwrap();
        for at in 0..packed.len() {
            let mut bytes = Vec::new();
            packed.by_index(at).unwrap().read_to_end(&mut bytes).unwrap();
            text.push_str(&String::from_utf8_lossy(&bytes));
        }
    }
    text.push_str(&format!("{:?}", reply.headers));
    text
}

fn check(reader: &Reader, foreign: &BTreeSet<String>, path: &str, text: &str, leaks: &mut Vec<String>) {
    for each in foreign.iter().filter(|each| !path.contains(*each) && text.contains(*each)) {
        let at = text.find(each.as_str()).unwrap_or_default();
        let around: String = text.get(at.saturating_sub(160)..).unwrap_or(text).chars().take(260).collect();
        leaks.push(format!("{} of {:?} at {path}: {each} in …{around}…", reader.role, reader.scope));
    }
}

async fn nothing_of_one_partnership_reaches_another_on_any_way(place: Place) {
    let seed = u64::from(std::process::id()).wrapping_mul(2_654_435_761);
    println!("the seed is {seed}");
    std::fs::write(place.folder().join("koinon.toml"), "webhook_allow_private = true\n").unwrap();
    let world = World::new(&place).await;
    let mut tokens = Vec::new();
    for (at, reader) in READERS.iter().enumerate() {
        let (kind, part, name) = reader.scope;
        let scope = format!("{kind}/{}", world.parts[part].id(name));
        let body = json!({ "name": format!("reader {at}"), "role": reader.role, "scope": scope });
        let made = world.server.command("CreateToken", &body, world.by("keeper")).await.expect(201).json();
        tokens.push(made["secret"].as_str().unwrap().to_owned());
    }
    let mut receiver = Receiver::refusing(0).await;
    let hook = json!({ "url": receiver.url, "filters": { "partnership": world.parts[0].id("partnership") } });
    world.server.command("RegisterWebhook", &hook, &tokens[5]).await.expect(201);
    let head = act(&world, &tokens, seed).await;
    let text = json!({ "id": world.parts[0].id("discussion"), "text": "the last of it" });
    let last = world.server.command("PostComment", &text, world.by("chief")).await.expect(200).json();
    let head = head.max(last["position"].as_u64().unwrap());
    world.server.get_at("/api/visits", world.by("chief"), head).await.expect(200);
    let (paths, pages, mut leaks) = (paths(&world, head), pages(&world, head), Vec::new());
    // The rule is the same on both engines, and what each makes of it in SQL shows with a few readers.
    let asked = if place.file().is_some() { READERS.len() } else { 3 };
    for (reader, token) in READERS.iter().zip(&tokens).take(asked) {
        let foreign = reader.foreign(&world.parts);
        for path in &paths {
            let reply = world.server.get(path, token).await;
            assert!(reply.status.as_u16() < 500, "{path}: {}", reply.text());
            check(reader, &foreign, path, &told(&reply), &mut leaks);
        }
        let seat = world.seated_with(token).await;
        for page in &pages {
            let reply = opened(&world, page, &seat).await;
            assert!(reply.status.as_u16() < 500, "{page}: {}", reply.text());
            check(reader, &foreign, page, &told(&reply), &mut leaks);
        }
        check(reader, &foreign, "/api/feed", &fed(&world, token).await, &mut leaks);
        own_is_there(&world, reader, token).await;
    }
    let (hooked, foreign) = (&READERS[5], READERS[5].foreign(&world.parts));
    loop {
        let arrived = receiver.next().await;
        let text = String::from_utf8_lossy(&arrived.body).into_owned();
        check(hooked, &foreign, "a webhook", &text, &mut leaks);
        if arrived.record()["position"] == json!(head) {
            break;
        }
    }
    leaks.sort();
    let count = leaks.len();
    leaks.truncate(40);
    assert!(leaks.is_empty(), "{count} leaks with the seed {seed}:\n{}", leaks.join("\n"));
}

async fn opened(world: &World, page: &str, seat: &Seat) -> Reply {
    Reply::to(world.server.read(page, "").header("cookie", &seat.cookie).header("accept", "text/html")).await
}

/// The oracle's other half: what is theirs, they see.
async fn own_is_there(world: &World, reader: &Reader, token: &str) {
    for number in reader.parts {
        let part = &world.parts[*number];
        world.server.get(&format!("/api/visits/{}", part.id("visit")), token).await.expect(200);
        assert!(world.server.get("/api/visits", token).await.text().contains(part.mark), "{}", reader.role);
    }
}

/// What the feed sends up to the last record that the reader may see.
async fn fed(world: &World, token: &str) -> String {
    let events = world.server.get("/api/events?limit=500", token).await.expect(200).json();
    let last = events.as_array().unwrap().last().expect("something is theirs")["position"].to_string();
    let mut stream = world.server.read("/api/feed?after=0", token).send().await.unwrap().bytes_stream();
    let mut text = String::new();
    while !text.contains(&format!("id: {last}\n")) {
        let next = tokio::time::timeout(Duration::from_secs(30), stream.next()).await.expect("the feed goes on");
        text.push_str(&String::from_utf8_lossy(&next.unwrap().unwrap()));
    }
    text
}

async fn what_is_published_is_for_everybody_in_the_programme(place: Place) {
    let world = World::new(&place).await;
    let learning = world.parts[0].id("learning");
    let path = format!("/api/learnings/{learning}");
    world.read(&path, "delegate-elsewhere").await.expect(404);
    let keeper = json!({ "name": "judge", "role": "expert" });
    let judge = world.server.command("CreateToken", &keeper, world.by("keeper")).await.expect(201).json();
    let on = json!({ "learning": learning });
    let sound = json!({ "learning": learning, "expert": world.parts[0].id("expert") });
    world.server.command("ValidateLearning", &sound, judge["secret"].as_str().unwrap()).await.expect(200);
    let told = world.server.command("PublishLearning", &on, world.by("chief")).await.expect(200).json();
    let position = told["position"].as_u64().unwrap();
    for (who, sees) in [("delegate-elsewhere", true), ("coordinator-elsewhere", false), ("administrator", false)] {
        let list = world.server.get_at("/api/learnings", world.by(who), position).await.expect(200);
        assert_eq!(list.text().contains(&learning), sees, "{who}");
        world.server.get(&path, world.by(who)).await.expect(if sees { 200 } else { 404 });
        let records =
            world.server.get(&format!("/api/events?subject=learning/{learning}"), world.by(who)).await.expect(200);
        assert_eq!(records.text().contains(&learning), sees, "{who}");
    }
    let city = world.parts[1].id("host");
    let interest = json!({ "learning": learning, "city": city });
    world.server.command("ExpressInterest", &interest, world.by("delegate-elsewhere")).await.expect(200);
}
