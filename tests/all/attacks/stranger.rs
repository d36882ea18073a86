//! A stranger with nothing but the network address: every address there is, with every method, of an installation as it
//! begins and of one that is used. It says that it is there, and nothing else.

use reqwest::Method;
use serde_json::json;

use crate::rights::routes::site_map;
use crate::support::Place;
use crate::support::server::{Reply, Server};
use crate::support::world::{MARKS, PROGRAMMES, World};

/// What is for everybody: descriptions, keys, hashes, how the service fares, and forms that ask who is there.
const OPEN: &[&str] = &[
    "/sign-in",
    "/sign-in/by-mail",
    "/sign-in/link/{secret}",
    "/unsubscribe/{person}/{mark}",
    "/accessibility",
    "/privacy",
    "/problems/{code}",
    "/api/openapi.json",
    "/api/docs",
    "/log/checkpoint",
    "/log/key",
    "/log/tile/{*path}",
    "/healthz",
    "/readyz",
];

/// The headers of every answer.
const WORN: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("content-security-policy", "frame-ancestors 'none'"),
    ("content-security-policy", "default-src"),
    ("cross-origin-opener-policy", "same-origin"),
];

fn wears_its_headers(path: &str, reply: &Reply) {
    for (name, value) in WORN {
        assert!(reply.header(name).contains(value), "{path} has no {name}: {:?}", reply.headers);
    }
    let policy = reply.header("content-security-policy");
    assert!(!policy.contains("unsafe"), "{path}: {policy}");
    for name in ["server", "x-powered-by", "access-control-allow-origin"] {
        assert!(reply.header(name).is_empty(), "{path} tells {name}");
    }
}

/// Asks for every address with every method, and for some that are not there.
async fn crawl(server: &Server, place: &Place, ids: &[String]) {
    let mut routes: Vec<(Method, String)> = site_map();
    for path in [
        "/nowhere",
        "/api/nowhere",
        "/api",
        "/api/commands/MakeCoffee",
        "/.git/config",
        "/koinon.db",
        "/koinon-vault.key",
        "/koinon.toml",
    ] {
        routes.push((Method::GET, path.to_owned()));
        routes.push((Method::POST, path.to_owned()));
    }
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let folder = place.folder().display().to_string();
    for (method, route) in routes {
        for id in ids {
            let path = route.replace("{id}", id).replace("{position}", "2").replace("{command}", "CancelVisit");
            let path = path.replace("{collection}", "visits").replace("{kind}", "visit").replace("{code}", "not-found");
            let path =
                path.replace("{*path}", "0/000.p/2").replace("{secret}", "guess").replace("{file}", "report.csv");
            let path = path.replace("{name}", "koinon.css").replace("{person}", id).replace("{mark}", "guess");
            let path = path.replace("{what}", "sessions");
            for accept in ["text/html", "application/json"] {
                let request =
                    client.request(method.clone(), format!("{}{path}", server.address())).header("accept", accept);
                let request = if method == Method::POST {
                    request
                        .header("sec-fetch-site", "same-origin")
                        .header("content-type", "application/json")
                        .body("{}")
                } else {
                    request
                };
                let reply = Reply::to(request).await;
                let status = reply.status.as_u16();
                wears_its_headers(&path, &reply);
                let is_open = OPEN.contains(&route.as_str());
                let is_closed = [303, 401, 404, 405, 415, 422].contains(&status);
                assert!(is_closed || (is_open && status == 200), "{method} {path}: {status} {}", reply.text());
                if status == 303 {
                    assert!(reply.header("location").starts_with("/sign-in"), "{path}: {}", reply.header("location"));
                    assert!(reply.bytes.is_empty(), "{path}: {}", reply.text());
                }
                if path.starts_with("/api/") && !is_open {
                    assert_eq!(status, 401, "{method} {path}: who asks is looked at before anything else");
                }
                let secrets = [folder.as_str(), env!("CARGO_PKG_VERSION"), "koinon.db", "sqlite", "postgres", "/src/"];
                for secret in secrets.iter().chain(&MARKS).chain(&PROGRAMMES) {
                    assert!(
                        is_open && route.contains("openapi")
                            // What was asked for may be said back.
                            || path.contains(secret)
                            || !reply.text().contains(secret),
                        "{path} tells {secret}: {}",
                        reply.text()
                    );
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_installation_tells_a_stranger_that_it_is_there_and_nothing_else() {
    let place = Place::sqlite();
    let server = place.serve();
    crawl(&server, &place, &["01970000-0000-7000-8000-000000000001".to_owned()]).await;
    server.get("/metrics", "").await.refuses(401, "not-signed-in");
    server.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_installation_in_use_tells_a_stranger_no_more() {
    let place = Place::sqlite();
    let world = World::new(&place).await;
    let own = &world.parts[0];
    crawl(&world.server, &place, &[own.id("visit"), own.id("report")]).await;
    // A guess that is right and one that is wrong are answered alike.
    let known = world.server.get(&format!("/api/visits/{}", own.id("visit")), "").await;
    let unknown = world.server.get(&format!("/api/visits/{}", own.id("pilot")), "").await;
    assert_eq!((known.status, known.text()), (unknown.status, unknown.text()));
}

#[tokio::test(flavor = "multi_thread")]
async fn private_pages_are_kept_by_nobody_and_wear_their_headers() {
    let place = Place::sqlite();
    let world = World::new(&place).await;
    let seat = world.seat("chief").await;
    let own = &world.parts[0];
    for path in [
        "/".to_owned(),
        "/visits".to_owned(),
        format!("/visits/{}", own.id("visit")),
        format!("/people/{}", own.id("person")),
        "/people.csv".to_owned(),
        "/audit".to_owned(),
        "/account".to_owned(),
        "/access".to_owned(),
        "/needs-you".to_owned(),
        "/search?q=a".to_owned(),
        "/do/ScheduleVisit".to_owned(),
        "/calendar.ics".to_owned(),
        format!("/people/{}/export", own.id("person")),
        "/nowhere".to_owned(),
    ] {
        let reply =
            Reply::to(world.server.read(&path, "").header("cookie", &seat.cookie).header("accept", "text/html")).await;
        assert!(reply.header("cache-control").contains("no-store"), "{path}: {:?}", reply.headers);
        wears_its_headers(&path, &reply);
    }
    let wrong = json!({ "visit": own.id("visit") });
    let refused = world.server.command("CancelVisit", &wrong, world.by("chief")).await.expect(422);
    wears_its_headers("a refusal", &refused);
    assert!(refused.header("cache-control").contains("no-store"));
}
