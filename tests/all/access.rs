//! Who reads what, over real HTTP: strangers read nothing that is not meant for everybody, and each role reads of each
//! collection what the matrix says.

use koinon::web::routes::READS;

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{self, C3, H, P, V, beginning, middle};

on_both_engines!(strangers_read_nothing, each_role_reads_what_is_for_it);

/// What strangers may read: descriptions, and hashes that say nothing of what was hashed.
const FOR_EVERYBODY: [&str; 2] = ["/api/openapi.json", "/api/docs"];

async fn strangers_read_nothing(place: Place) {
    let coordinator = place.token("coordinator");
    let server = place.serve();
    bodies::create(&server, &coordinator).await;
    let fill = |path: &str| {
        let filled = path.replace("{collection}", "visits").replace("{kind}", "programme").replace("{id}", P);
        filled.replace("{position}", "1").replace("{level}", "0").replace("{index}", "000")
    };
    for read in READS.iter().filter(|read| read.path.starts_with("/api/") && !FOR_EVERYBODY.contains(&read.path)) {
        let path = fill(read.path);
        for token in ["", "guess", "person_guess", "koinon_guess"] {
            server.get(&path, token).await.refuses(401, "not-signed-in");
        }
        let answer = server.read(&path, "").header("cookie", "koinon=person_guess").send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 401, "{path} with a made-up cookie");
    }
    for page in [
        "/",
        "/visits",
        "/people.csv",
        "/access",
        "/access.csv",
        "/security-log",
        "/retention",
        "/people/01970000-0000-7000-8000-000000000006/erasure-receipt",
        "/account/sessions",
        "/audit",
        "/data-quality",
        "/data-quality.csv",
        "/many?do=SelectCity",
        "/visits/board",
        "/visits/calendar",
        "/visits/1/itinerary",
        "/visits/1/checklist",
        "/visits/1/sheet",
        "/visits/1/attendance",
        "/visits/1/copy",
        "/visits/1/paste/sessions",
    ] {
        let answer = server.read(page, "").header("accept", "text/html").send().await.unwrap();
        assert!(answer.url().path().starts_with("/sign-in"), "{page} leads to {}", answer.url());
    }
}

async fn each_role_reads_what_is_for_it(place: Place) {
    let coordinator = place.token("coordinator");
    let server = place.serve();
    bodies::send(&server, &coordinator, beginning()).await;
    let position = bodies::send(&server, &coordinator, middle()).await;
    let all = ["programmes", "cities", "partnerships", "people", "visits", "learnings", "pilots"];
    for (role, seen) in [
        ("coordinator", &all[..]),
        ("auditor", &all[..]),
        ("officer", &all[..]),
        ("administrator", &["people"][..]),
        ("delegate", &all[..]),
        ("expert", &all[..]),
    ] {
        let token = place.token(role);
        for collection in all {
            let list = server.get_at(&format!("/api/{collection}"), &token, position).await.expect(200).json();
            let holds = !list["items"].as_array().unwrap().is_empty();
            assert_eq!(holds, seen.contains(&collection), "{role} reads {collection}");
        }
        let visit = if seen.contains(&"visits") { 200 } else { 404 };
        server.get(&format!("/api/visits/{V}"), &token).await.expect(visit);
        let person = server.get(&format!("/api/people/{H}"), &token).await.expect(200).json();
        let named = !["auditor", "officer"].contains(&role);
        assert_eq!(person["name"] == "Thandi Example", named, "{role} reads the name: {person}");
        let log = if role == "administrator" { 200 } else { 404 };
        server.get("/api/security-log", &token).await.expect(log);
    }
    let third = bodies::city(C3, "Ghent", "BE", "Europe/Brussels");
    server.command("RegisterCity", &third, &coordinator).await.expect(201);
    let scope = format!("city/{C3}");
    let token = place.token_with("delegate", &["--scope", &scope]);
    server.get(&format!("/api/visits/{V}"), &token).await.expect(404);
    server.get(&format!("/api/people/{H}"), &token).await.expect(404);
    assert!(!server.get("/api/access", &token).await.expect(200).text().contains("Thandi"));
}
