//! Another site in the browser of somebody who is signed in, and whoever holds a cookie before its owner does.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::rights::routes::site_map;
use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::server::Reply;
use crate::support::world::World;

on_both_engines!(no_other_site_writes_with_a_visitors_cookie, reading_changes_nothing);

/// What browsers say of a request that another site made, and what attackers leave out.
const FOREIGN: &[&[(&str, &str)]] = &[
    &[("sec-fetch-site", "cross-site")],
    &[("sec-fetch-site", "same-site")],
    &[("sec-fetch-site", "none")],
    &[("origin", "https://evil.example")],
    &[("origin", "null")],
    &[("origin", "http://127.0.0.1.evil.example")],
    &[],
];

fn filled(world: &World, route: &str) -> String {
    let own = &world.parts[0];
    let id = match route {
        route if route.contains("people") => own.id("person"),
        route if route.contains("documents") => own.id("document"),
        route if route.contains("webhooks") => own.id("webhook"),
        _ => own.id("visit"),
    };
    let path = route.replace("{id}", &id).replace("{command}", "CancelVisit").replace("{position}", "5");
    path.replace("{secret}", "guess")
}

async fn no_other_site_writes_with_a_visitors_cookie(place: Place) {
    let world = World::new(&place).await;
    let seat = world.seat("chief").await;
    let before = world.server.events(0, world.by("chief")).await.len();
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let cancel = json!({ "visit": world.parts[0].id("visit"), "reason": "Forged" });
    for (_, route) in site_map().into_iter().filter(|(method, _)| *method == Method::POST) {
        let address = format!("{}{}", world.server.address(), filled(&world, &route));
        for foreign in FOREIGN {
            let mut request = client.post(&address).header("cookie", &seat.cookie);
            for (name, value) in *foreign {
                request = request.header(*name, *value);
            }
            let token = [
                ("form_token", seat.form_token.as_str()),
                ("reason", "Forged"),
                ("visit", &world.parts[0].id("visit")),
            ];
            request = if route.starts_with("/api/") {
                request.header("koinon-form-token", &seat.form_token).json(&cancel)
            } else if route.starts_with("/documents") {
                request.multipart(reqwest::multipart::Form::new().text("form_token", seat.form_token.clone()))
            } else {
                request.form(&token)
            };
            let reply = Reply::to(request).await;
            let asks_first = reply.status == StatusCode::SEE_OTHER && reply.header("location").starts_with("/sign-in");
            let refused = asks_first || [400, 403, 404, 422].contains(&reply.status.as_u16());
            assert!(refused, "{route} from {foreign:?}: {} {}", reply.status, reply.text());
            assert!(reply.header("set-cookie").is_empty(), "{route} from {foreign:?}");
        }
    }
    for media in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
        let order =
            client.post(format!("{}/api/commands/CancelVisit", world.server.address())).header("cookie", &seat.cookie);
        let order =
            order.header("sec-fetch-site", "same-origin").header("content-type", media).body(cancel.to_string());
        Reply::to(order).await.refuses(403, "foreign-origin");
    }
    assert_eq!(world.server.events(0, world.by("chief")).await.len(), before, "nothing was recorded");
    let preflight = client.request(Method::OPTIONS, format!("{}/api/commands/CancelVisit", world.server.address()));
    let preflight = preflight.header("origin", "https://evil.example").header("access-control-request-method", "POST");
    let answer = preflight.send().await.unwrap();
    assert!(!answer.headers().keys().any(|name| name.as_str().starts_with("access-control")), "{:?}", answer.headers());
}

/// Nothing happens by following a link, whatever it says.
async fn reading_changes_nothing(place: Place) {
    let world = World::new(&place).await;
    let seat = world.seat("chief").await;
    let before = world.server.events(0, world.by("chief")).await.len();
    let own = &world.parts[0];
    for (_, route) in site_map().into_iter().filter(|(method, _)| *method == Method::GET) {
        if ["/live", "/api/feed", "/api/replay"].contains(&route.as_str()) {
            continue;
        }
        let path = filled(&world, &route)
            .replace("{collection}", "visits")
            .replace("{kind}", "visit")
            .replace("{file}", "report.csv");
        let path = format!("{path}?visit={}&reason=Forged&form_token={}", own.id("visit"), seat.form_token);
        for method in [Method::GET, Method::HEAD] {
            let request = world.server.request(method, &path, "").header("cookie", &seat.cookie);
            let reply = Reply::to(request.header("accept", "text/html")).await;
            assert!(reply.status.as_u16() < 500, "{path}: {}", reply.text());
        }
    }
    assert_eq!(world.server.events(0, world.by("chief")).await.len(), before, "nothing was recorded");
    let account = world.server.read("/account", "").header("cookie", &seat.cookie);
    Reply::to(account).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_planted_before_signing_in_opens_nothing_after() {
    let place = Place::sqlite();
    let token = place.token("coordinator");
    let server = place.serve();
    let stays = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let planted = "koinon=planted-by-somebody-else";
    let enter = |cookie: &str, next: &str| {
        let request = stays.post(format!("{}/sign-in", server.address())).header("sec-fetch-site", "same-origin");
        Reply::to(request.header("cookie", cookie).form(&[("token", token.as_str()), ("next", next)]))
    };
    let first = enter(planted, "/").await.expect(303);
    let cookie = first.header("set-cookie").to_owned();
    for wanted in ["koinon=", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(wanted), "{cookie}");
    }
    let own = cookie.split(';').next().unwrap().to_owned();
    assert_ne!(own, planted);
    let asked = |cookie: &str| server.read("/api/events", "").header("cookie", cookie).send();
    assert_eq!(asked(planted).await.unwrap().status(), StatusCode::UNAUTHORIZED);
    assert_eq!(asked(&own).await.unwrap().status(), StatusCode::OK);
    let second = enter(&own, "/").await.expect(303);
    assert!(!second.header("set-cookie").starts_with(&own), "another session");
    assert_eq!(asked(&own).await.unwrap().status(), StatusCode::UNAUTHORIZED, "the one before has ended");
    for next in [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "///evil.example",
        "/%09/evil.example",
        "http:evil.example",
    ] {
        let gone = enter("", next).await.expect(303);
        let to = gone.header("location");
        let leaves = to.starts_with("//") || to.contains('\\') || to.contains('\t') || !to.starts_with('/');
        assert!(!leaves, "{next:?} leads to {to}");
    }
    server.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn under_tls_cookies_and_headers_are_bound_to_it() {
    let place = Place::sqlite();
    let token = place.token("coordinator");
    std::fs::write(place.folder().join("koinon.toml"), "public_url = \"https://koinon.example\"\n").unwrap();
    let server = place.serve();
    let stays = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let request = stays.post(format!("{}/sign-in", server.address())).header("sec-fetch-site", "same-origin");
    let entered = Reply::to(request.form(&[("token", token.as_str())])).await.expect(303);
    let cookie = entered.header("set-cookie");
    assert!(cookie.starts_with("__Host-koinon=") && cookie.contains("; Secure"), "{cookie}");
    assert!(cookie.contains("Path=/") && !cookie.contains("Domain"), "{cookie}");
    assert!(entered.header("strict-transport-security").starts_with("max-age=31536000"));
    let plain = cookie.split(';').next().unwrap().replace("__Host-", "");
    let asked = server.read("/api/events", "").header("cookie", plain).send().await.unwrap();
    assert_eq!(asked.status(), StatusCode::UNAUTHORIZED, "the name without its prefix opens nothing");
    server.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn known_and_unknown_accounts_cost_the_same_work() {
    let place = Place::sqlite();
    let made =
        place.run(&["user", "create", "--name", "Ada Example", "--email", "ada@cities.example", "--kind", "expert"]);
    let link = String::from_utf8(made.stdout).unwrap();
    let link = link[link.find("/invitation/").unwrap()..].trim().to_owned();
    let server = place.serve();
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let post = |path: String, fields: Vec<(&'static str, &'static str)>| {
        let request = client.post(format!("{}{path}", server.address())).header("sec-fetch-site", "same-origin");
        Reply::to(request.form(&fields))
    };
    let password = "four green trams at dusk";
    post(link, vec![("new", password), ("again", password)]).await.expect(303);
    let mut least = Vec::new();
    for email in ["ada@cities.example", "nobody@cities.example"] {
        let mut times = Vec::new();
        for _ in 0..3 {
            let began = std::time::Instant::now();
            post("/sign-in".to_owned(), vec![("email", email), ("password", "seven blue boats")]).await.expect(422);
            times.push(began.elapsed());
        }
        least.push(times.into_iter().min().unwrap());
    }
    assert!(least[0] < least[1] * 3 && least[1] < least[0] * 3, "known {:?}, unknown {:?}", least[0], least[1]);
    server.stop();
}
