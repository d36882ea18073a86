//! The worked journey of the contract: bodies exactly as a client sends them. Stories about other things use its
//! first steps to have something to talk about.

use serde_json::{Value, json};

use super::server::Server;

/// The programme.
pub const P: &str = "01970000-0000-7000-8000-000000000001";
/// Porto.
pub const C1: &str = "01970000-0000-7000-8000-0000000000c1";
/// eThekwini.
pub const C2: &str = "01970000-0000-7000-8000-0000000000c2";
/// A third city, for stories that need one; not in the journey.
pub const C3: &str = "01970000-0000-7000-8000-0000000000c3";
/// The partnership.
pub const S: &str = "01970000-0000-7000-8000-000000000005";
/// The delegate.
pub const H: &str = "01970000-0000-7000-8000-000000000006";
/// The visit.
pub const V: &str = "01970000-0000-7000-8000-000000000007";
/// The learning.
pub const L: &str = "01970000-0000-7000-8000-000000000008";
/// The pilot.
pub const T: &str = "01970000-0000-7000-8000-000000000009";

/// A city of the programme.
pub fn city(id: &str, name: &str, country: &str, zone: &str) -> Value {
    json!({ "id": id, "programme": P, "name": name, "native_name": name, "country": country, "strand": "Europe",
        "latitude": "41.1485", "longitude": "-8.6110", "population": 231_800, "timezone": zone, "languages": ["pt"] })
}

/// The journey up to the formed partnership.
pub fn beginning() -> Vec<Step> {
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
pub fn middle() -> Vec<Step> {
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

fn pilot() -> Vec<Step> {
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

/// A command's name and its body.
pub type Step = (&'static str, Value);

/// A theme with that code; each adds one event to the programme.
pub fn theme(code: &str) -> Value {
    json!({ "programme": P, "code": code, "label": { "en": code }, "sdg_targets": [] })
}

/// Sends the steps, which must all be done, and gives the last position.
pub async fn send(server: &Server, token: &str, steps: Vec<Step>) -> u64 {
    let mut position = 0;
    for (name, body) in steps {
        let reply = server.command(name, &body, token).await;
        assert!(reply.status.is_success(), "{name}: {}", reply.text());
        position = reply.json()["position"].as_u64().unwrap();
    }
    position
}

/// Creates the programme and nothing else.
pub async fn create(server: &Server, token: &str) -> u64 {
    send(server, token, beginning().into_iter().take(1).collect()).await
}
