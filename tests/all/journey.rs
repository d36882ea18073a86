//! The worked journey of the contract, over real HTTP, on both engines: bodies exactly as a client sends them.

use serde_json::{Value, json};

use crate::support::postgres;
use crate::support::server::{Place, Server};

const P: &str = "01970000-0000-7000-8000-000000000001";
const C1: &str = "01970000-0000-7000-8000-0000000000c1";
const C2: &str = "01970000-0000-7000-8000-0000000000c2";
const S: &str = "01970000-0000-7000-8000-000000000005";
const H: &str = "01970000-0000-7000-8000-000000000006";
const V: &str = "01970000-0000-7000-8000-000000000007";
const L: &str = "01970000-0000-7000-8000-000000000008";
const T: &str = "01970000-0000-7000-8000-000000000009";

fn city(id: &str, name: &str, country: &str, zone: &str) -> Value {
    json!({ "id": id, "programme": P, "name": name, "native_name": name, "country": country, "strand": "Europe",
        "latitude": "41.1485", "longitude": "-8.6110", "population": 231_800, "timezone": zone, "languages": ["pt"] })
}

/// The journey up to the formed partnership.
fn beginning() -> Vec<(&'static str, Value)> {
    vec![
        (
            "CreateProgramme",
            json!({ "id": P, "code": "test-1", "title": { "en": "Test programme" }, "funder": "European Union",
                "on_behalf_of": "DG REGIO", "starts_on": "2026-01-01", "ends_on": "2027-06-30" }),
        ),
        (
            "DefineTheme",
            json!({ "programme": P, "code": "waste-to-energy", "label": { "en": "Waste to energy" },
                "sdg_targets": ["7.2", "12.5"] }),
        ),
        ("StartProgramme", json!({ "programme": P })),
        ("RegisterCity", city(C1, "Porto", "PT", "Europe/Lisbon")),
        ("RegisterCity", city(C2, "eThekwini", "ZA", "Africa/Johannesburg")),
        ("SelectCity", json!({ "city": C1 })),
        ("SelectCity", json!({ "city": C2 })),
        (
            "ProposePartnership",
            json!({ "id": S, "programme": P, "cities": [C1, C2], "themes": ["waste-to-energy"],
                "rationale": "Both run waste-to-energy plants" }),
        ),
        ("AcceptPartnership", json!({ "partnership": S, "city": C1 })),
        ("AcceptPartnership", json!({ "partnership": S, "city": C2 })),
    ]
}

/// The rest of it, up to the cancelled visit.
fn middle() -> Vec<(&'static str, Value)> {
    let mut steps = vec![
        (
            "InvitePerson",
            json!({ "id": H, "programme": P, "name": "Thandi Example", "email": "thandi@example.org",
                "organisation": "eThekwini Municipality", "city": C2, "languages": ["en"], "kind": "delegate" }),
        ),
        (
            "ScheduleVisit",
            json!({ "id": V, "programme": P, "partnership": S, "kind": "study-visit", "format": "in-person",
                "host_city": C1, "visiting_cities": [C2], "from": "2026-06-13", "to": "2026-06-17",
                "themes": ["waste-to-energy"], "objectives": "See the plant at work" }),
        ),
        (
            "RescheduleVisit",
            json!({ "visit": V, "from": "2026-06-20", "to": "2026-06-24", "reason": "Strike at the airport" }),
        ),
        (
            "RecordLearning",
            json!({ "id": L, "programme": P, "title": "Ash is a product", "what": "Bottom ash becomes road base",
                "why_it_works": "…", "conditions": "…", "cost_order": "medium", "maturity": "proven",
                "origin_city": C1, "origin": format!("visit/{V}"), "themes": ["waste-to-energy"], "language": "en" }),
        ),
    ];
    steps.extend(pilot());
    steps.push(("CancelVisit", json!({ "visit": V, "reason": "Floods" })));
    steps
}

fn pilot() -> Vec<(&'static str, Value)> {
    vec![
        (
            "ProposePilot",
            json!({ "id": T, "programme": P, "partnership": S, "title": "Ash to road base", "cities": [C1, C2],
                "from_learnings": [L], "problem": "…", "solution": "…", "beneficiaries": "…" }),
        ),
        (
            "PlanPilot",
            json!({ "pilot": T, "start": "2026-09-01", "end": "2027-03-31",
                "milestones": [{ "id": "m1", "title": "Site chosen", "due": "2026-10-15" }],
                "indicators": [{ "code": "ash", "name": "Ash reused", "unit": "t", "baseline": "0", "target": "1200" }],
                "owner": "Durban Solid Waste", "risks": [] }),
        ),
        ("ApprovePilot", json!({ "pilot": T, "city": C1 })),
        ("ApprovePilot", json!({ "pilot": T, "city": C2 })),
        ("LaunchPilot", json!({ "pilot": T, "date": "2026-09-01" })),
        (
            "RecordMeasurement",
            json!({ "pilot": T, "indicator": "ash", "value": "310.5", "period": "2026-10", "evidence": [] }),
        ),
    ]
}

async fn tell(server: &Server, token: &str, steps: Vec<(&'static str, Value)>) -> u64 {
    let mut position = 0;
    for (name, body) in steps {
        let reply = server.command(name, &body, token).await;
        let expected = if body.get("id").is_some() { 201 } else { 200 };
        assert_eq!(reply.status.as_u16(), expected, "{name}: {}", String::from_utf8_lossy(&reply.bytes));
        let answer = reply.json();
        position = answer["position"].as_u64().unwrap();
        assert_eq!(reply.header("etag"), format!("\"{}\"", answer["version"]), "{name}");
        assert_eq!(reply.header("koinon-position"), position.to_string(), "{name}");
        assert!(!answer["events"].as_array().unwrap().is_empty(), "{name}");

        let again = server.command(name, &body, token).await.expect(200).json();
        assert_eq!(again["events"], json!([]), "{name} repeated on its own outcome");
        assert_eq!(again["version"], answer["version"], "{name} repeated");
    }
    position
}

async fn the_journey_runs(place: Place) {
    let coordinator = place.token("coordinator");
    let administrator = place.token("administrator");
    let server = place.serve();
    tell(&server, &coordinator, beginning()).await;
    let position = tell(&server, &coordinator, middle()).await;

    let read = server.request(reqwest::Method::GET, &format!("/api/visits/{V}"), &coordinator);
    let read = read.header("Koinon-Min-Position", position.to_string()).send().await.unwrap();
    let visit: Value = read.json().await.unwrap();
    assert_eq!(visit["status"], "cancelled");
    assert_eq!(visit["from"], "2026-06-20");
    assert_eq!(visit["host_city"], C1);
    assert_eq!(visit["visiting_cities"], json!([C2]));
    assert_eq!(visit["version"], 3);
    assert_eq!(visit["position"], position);
    let pilot = server.get(&format!("/api/pilots/{T}"), &coordinator).await.expect(200).json();
    assert_eq!(pilot["status"], "launched");
    let city = server.get(&format!("/api/cities/{C1}"), &coordinator).await.expect(200).json();
    assert_eq!(city["status"], "active");

    refusals(&server, &coordinator, position).await;
    erase(&place, &server, &administrator).await;
    assert!(server.stop(), "the server stops when asked");
    let verified = place.run(&["verify"]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}

/// What is refused says so in its status and type, and leaves no event.
async fn refusals(server: &Server, token: &str, position: u64) {
    let with = |status: u16, code: &str, reply: super::support::server::Reply| {
        let reply = reply.expect(status);
        assert_eq!(reply.header("content-type"), "application/problem+json");
        assert_eq!(reply.json()["type"], format!("/problems/{code}"));
    };
    let moved = json!({ "visit": V, "from": "2026-07-01", "to": "2026-07-02", "reason": "Dry again" });
    with(409, "visit-already-cancelled", server.command("RescheduleVisit", &moved, token).await);
    with(
        409,
        "visit-already-cancelled",
        server.command("CancelVisit", &json!({ "visit": V, "reason": "Fire" }), token).await,
    );
    let unfit = json!({ "visit": V, "from": "2026-02-30", "to": 7, "why": "x" });
    let reply = server.command("RescheduleVisit", &unfit, token).await.expect(422).json();
    let pointers: Vec<&str> =
        reply["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect();
    assert_eq!(pointers, ["/from", "/reason", "/to", "/why"]);
    server.command("CancelVisit", &json!({ "visit": P, "reason": "Floods" }), token).await.expect(404);
    server.command("CancelVisit", &json!({}), "").await.expect(401);
    server.command("MakeCoffee", &json!({}), token).await.expect(404);
    let events = server.get(&format!("/api/events?after={position}"), token).await.expect(200).json();
    assert_eq!(events, json!([]), "a refused command leaves no event");
}

/// After erasure the name is nowhere in the log, and was never there.
async fn erase(place: &Place, server: &Server, administrator: &str) {
    let body = json!({ "person": H, "basis": "GDPR art. 17(1)(b)", "request": "R-1" });
    server.command("ErasePerson", &body, administrator).await.expect(200);
    let export = place.run(&["export"]);
    assert!(export.status.success());
    let log = String::from_utf8(export.stdout).unwrap();
    assert!(log.contains("koinon.PersonErased.v1"));
    assert!(!log.contains("Thandi") && !log.contains("thandi@example.org"));
}

#[tokio::test]
async fn the_worked_journey_runs_on_sqlite() {
    the_journey_runs(Place::sqlite()).await;
}

#[tokio::test]
async fn the_worked_journey_runs_on_postgresql() {
    the_journey_runs(Place::postgres(postgres::database().await)).await;
}
