//! The worked journey of the contract, over real HTTP, on both engines: bodies exactly as a client sends them.

use serde_json::{Value, json};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{C1, C2, H, P, Step, T, V, beginning, middle};
use crate::support::server::Server;

on_both_engines!(the_worked_journey_runs);

async fn tell(server: &Server, token: &str, steps: Vec<Step>) -> u64 {
    let mut position = 0;
    for (name, body) in steps {
        let reply = server.command(name, &body, token).await;
        let expected = if body.get("id").is_some() { 201 } else { 200 };
        assert_eq!(reply.status.as_u16(), expected, "{name}: {}", reply.text());
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

async fn the_worked_journey_runs(place: Place) {
    let coordinator = place.token("coordinator");
    let administrator = place.token("administrator");
    let server = place.serve();
    tell(&server, &coordinator, beginning()).await;
    let position = tell(&server, &coordinator, middle()).await;

    let visit = server.get_at(&format!("/api/visits/{V}"), &coordinator, position).await.expect(200).json();
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
    server.stop();
    place.verify();
}

/// What is refused says so in its status and type, and leaves no event.
async fn refusals(server: &Server, token: &str, position: u64) {
    let moved = json!({ "visit": V, "from": "2026-07-01", "to": "2026-07-02", "reason": "Dry again" });
    server.command("RescheduleVisit", &moved, token).await.refuses(409, "visit-already-cancelled");
    let other = json!({ "visit": V, "reason": "Fire" });
    server.command("CancelVisit", &other, token).await.refuses(409, "visit-already-cancelled");
    let unfit = json!({ "visit": V, "from": "2026-02-30", "to": 7, "why": "x" });
    let reply = server.command("RescheduleVisit", &unfit, token).await.refuses(422, "fields-do-not-fit");
    assert_eq!(reply.pointers(), ["/from", "/reason", "/to", "/why"]);
    server.command("CancelVisit", &json!({ "visit": P, "reason": "Floods" }), token).await.expect(404);
    server.command("CancelVisit", &json!({}), "").await.expect(401);
    server.command("MakeCoffee", &json!({}), token).await.expect(404);
    assert_eq!(server.events(position, token).await, [Value::Null; 0], "a refused command leaves no event");
}

/// After erasure the name is nowhere in the log, and was never there.
async fn erase(place: &Place, server: &Server, administrator: &str) {
    let body = json!({ "person": H, "basis": "GDPR art. 17(1)(b)", "request": "R-1" });
    server.command("ErasePerson", &body, administrator).await.expect(200);
    let log = place.export();
    assert!(log.contains("koinon.PersonErased.v1"));
    assert!(!log.contains("Thandi") && !log.contains("thandi@example.org"));
}
