//! Writers side by side: two on one subject, one key a hundred times, two servers on one database, the shell beside a
//! running server. Whoever loses is told so; nothing is recorded twice.

use futures::future::join_all;
use serde_json::{Value, json};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{self, P, V, create, theme};
use crate::support::server::Reply;

on_both_engines!(
    of_two_writers_who_saw_the_same_version_one_wins,
    writers_on_one_subject_are_serialised,
    one_key_is_one_event_however_often_it_is_sent,
    a_command_equal_in_all_fields_is_done_once_and_another_is_a_conflict,
    two_servers_share_one_log,
    a_token_made_beside_a_running_server_works_at_once_and_ends_when_revoked,
);

async fn of_two_writers_who_saw_the_same_version_one_wins(place: Place) {
    let token = place.token("coordinator");
    let server = place.serve();
    let position = create(&server, &token).await;
    for round in 0..10 {
        let seen = 1 + round;
        let writers = (0..2).map(|writer| {
            let order = server.order("DefineTheme", &theme(&format!("theme-{round}-{writer}")), &token);
            Reply::to(order.header("If-Match", format!("\"{seen}\"")))
        });
        let replies = join_all(writers).await;
        let (won, lost): (Vec<&Reply>, Vec<&Reply>) = replies.iter().partition(|reply| reply.status == 200);
        assert_eq!((won.len(), lost.len()), (1, 1), "{replies:?}");
        assert_eq!(won[0].header("etag"), format!("\"{}\"", seen + 1));
        let problem = lost[0].json();
        assert_eq!((lost[0].status.as_u16(), &problem["type"]), (412, &json!("/problems/version-lost")));
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(&format!("version {}", seen + 1)), "what is there now is said: {detail}");
    }
    assert_eq!(server.events(position, &token).await.len(), 10);
}

async fn writers_on_one_subject_are_serialised(place: Place) {
    let token = place.token("coordinator");
    let server = place.serve();
    let position = create(&server, &token).await;
    let orders = (0..24).map(|at| Reply::to(server.order("DefineTheme", &theme(&format!("theme-{at}")), &token)));
    let replies = join_all(orders).await;
    let (done, refused): (Vec<&Reply>, Vec<&Reply>) = replies.iter().partition(|reply| reply.status == 200);
    for reply in refused {
        assert_eq!((reply.status.as_u16(), &reply.json()["type"]), (409, &json!("/problems/changed-meanwhile")));
    }
    let mut versions: Vec<u64> = done.iter().map(|reply| reply.json()["version"].as_u64().unwrap()).collect();
    versions.sort_unstable();
    assert_eq!(versions, (2..2 + done.len() as u64).collect::<Vec<_>>(), "versions are dense");
    assert_eq!(server.events(position, &token).await.len(), done.len());
    assert!(done.len() >= 12, "only {} of 24 got through", done.len());
}

async fn one_key_is_one_event_however_often_it_is_sent(place: Place) {
    let token = place.token("coordinator");
    let other = place.token("coordinator");
    let server = place.serve();
    create(&server, &token).await;
    let body = bodies::city(bodies::C1, "Porto", "PT", "Europe/Lisbon");
    let send = |body: Value, token: &str, key: &str| {
        Reply::to(server.order("RegisterCity", &body, token).header("Idempotency-Key", key))
    };
    let replies = join_all((0..100).map(|_| send(body.clone(), &token, "porto"))).await;
    let first = &replies[0];
    for reply in &replies {
        assert_eq!(reply.status, 201, "{}", reply.text());
        assert_eq!(reply.bytes, first.bytes, "byte for byte the first answer");
        for name in ["etag", "location", "koinon-position", "content-type"] {
            assert_eq!(reply.header(name), first.header(name));
        }
    }
    let mut another = body.clone();
    another["name"] = json!("Oporto");
    send(another, &token, "porto").await.refuses(422, "idempotency-key-reused");
    // Another caller's key is another key; the same city again is a conflict then, not the answer of somebody else.
    let foreign = send(body.clone(), &other, "porto").await;
    assert!(foreign.status == 409 || foreign.json()["events"] == json!([]), "{}", foreign.text());
    let with_made_id = |key: &str| {
        let mut body = body.clone();
        body.as_object_mut().unwrap().remove("id");
        body["name"] = json!("Gaia");
        send(body, &token, key)
    };
    let made = with_made_id("gaia").await.expect(201);
    assert_eq!(with_made_id("gaia").await.expect(201).bytes, made.bytes, "the made id is answered again");
    let refused = json!({ "city": V });
    let refused = || Reply::to(server.order("SelectCity", &refused, &token).header("Idempotency-Key", "later"));
    refused().await.expect(404);
    let position = made.json()["position"].as_u64().unwrap();
    assert_eq!(server.events(3, &token).await.len() as u64, position - 3);
    let chosen = json!({ "city": bodies::C1 });
    let chosen = server.order("SelectCity", &chosen, &token).header("Idempotency-Key", "later");
    Reply::to(chosen).await.expect(200);
    let export = place.export();
    assert_eq!(export.matches("koinon.CityRegistered.v1").count(), 2);
    server.stop();
    let server = place.serve();
    let again = server.order("RegisterCity", &body, &token).header("Idempotency-Key", "porto");
    assert_eq!(Reply::to(again).await.expect(201).bytes, first.bytes, "also after a restart");
}

async fn a_command_equal_in_all_fields_is_done_once_and_another_is_a_conflict(place: Place) {
    let token = place.token("coordinator");
    let server = place.serve();
    create(&server, &token).await;
    let first = server.command("DefineTheme", &theme("water"), &token).await.expect(200).json();
    let again = server.command("DefineTheme", &theme("water"), &token).await.expect(200);
    assert_eq!(again.json()["events"], json!([]));
    assert_eq!(again.header("etag"), format!("\"{}\"", first["version"]));
    let mut other = theme("water");
    other["label"] = json!({ "en": "Water in the city" });
    server.command("DefineTheme", &other, &token).await.expect(409);
    let created = bodies::beginning().remove(0).1;
    let reply = server.command("CreateProgramme", &created, &token).await.expect(200);
    assert_eq!(reply.json()["events"], json!([]), "created before, not created now");
    let mut other = created;
    other["funder"] = json!("Somebody else");
    server.command("CreateProgramme", &other, &token).await.expect(409);
}

async fn two_servers_share_one_log(place: Place) {
    let token = place.token("coordinator");
    let servers = [place.serve(), place.serve()];
    let position = create(&servers[0], &token).await;
    let mut done = 0;
    for round in 0..6 {
        let key = format!("same-{round}");
        let send = |at: usize, code: String, key: String| {
            let (server, token) = (&servers[at % 2], &token);
            Reply::to(server.order("DefineTheme", &theme(&code), token).header("Idempotency-Key", key))
        };
        let same = join_all((0..10).map(|at| send(at, key.clone(), key.clone())));
        let own = join_all((0..10).map(|at| send(at, format!("own-{round}-{at}"), format!("own-{round}-{at}"))));
        let (same, own) = futures::join!(same, own);
        assert!(same.iter().chain(&own).all(|reply| [200, 409].contains(&reply.status.as_u16())), "{same:?} {own:?}");
        let answered: Vec<&Reply> = same.iter().filter(|reply| reply.status == 200).collect();
        assert!(answered.iter().all(|reply| reply.bytes == answered[0].bytes), "one key, one answer, on both servers");
        let own: Vec<&Reply> = own.iter().filter(|reply| reply.status == 200).collect();
        done += own.len() + usize::from(!answered.is_empty());
        // What either server acknowledged, the other shows to whoever waits for it.
        let last = answered.iter().chain(&own).map(|reply| reply.json()["position"].as_u64().unwrap()).max().unwrap();
        for server in &servers {
            let seen = server.get_at(&format!("/api/programmes/{P}"), &token, last).await.expect(200).json();
            assert_eq!(seen["version"], done + 1);
        }
    }
    assert!(done >= 36, "only {done} of 66 got through");
    assert_eq!(servers[1].events(position, &token).await.len(), done);
    for server in servers {
        server.stop();
    }
    place.verify();
}

async fn a_token_made_beside_a_running_server_works_at_once_and_ends_when_revoked(place: Place) {
    let administrator = place.token("administrator");
    let server = place.serve();
    for _ in 0..3 {
        let token = place.token("coordinator");
        server.get("/api/programmes", &token).await.expect(200);
        let created = place.export();
        let last: Value = serde_json::from_str(created.lines().last().unwrap()).unwrap();
        assert_eq!(last["type"], "koinon.TokenCreated.v1");
        assert!(!created.contains(&token), "the token itself is not in the log");
        let id = last["subject"].as_str().unwrap().strip_prefix("token/").unwrap();
        let output = place.run(&["token", "revoke", id, "--reason", "Laptop lost"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        server.get("/api/programmes", &token).await.refuses(401, "not-signed-in");
    }
    server.get("/api/programmes", &administrator).await.expect(200);
}
