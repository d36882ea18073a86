//! What a client sees, told against the whole rim: each story asks and looks at the answer.

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::app::{Caller, Grant, Koinon};
use crate::web::{Site, routes};

const TOKEN: &str = "koinon_test";
const VISIT: &str = "01970000-0000-7000-8000-0000000000aa";

/// An answer, read to its end.
struct Answered {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answered {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn problem(&self) -> (u16, String) {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text());
        let problem = self.json();
        assert_eq!(problem["status"], self.status.as_u16());
        (self.status.as_u16(), problem["type"].as_str().unwrap().trim_start_matches("/problems/").to_owned())
    }
}

async fn site() -> Site {
    let koinon = Koinon::in_memory();
    let actor = "person/01970000-0000-7000-8000-000000000001".parse().unwrap();
    let grants = vec![Grant { role: "coordinator".into(), scope: None, until: None }];
    koinon.admit(TOKEN, Caller { actor, grants, name: "Test".into() });
    Site::new(koinon, "http://127.0.0.1", None, None)
}

async fn ask(site: &Site, request: axum::http::request::Builder, body: impl Into<Body>) -> Answered {
    let response = routes::routes(site.clone()).oneshot(request.body(body.into()).unwrap()).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.into_body().collect().await.unwrap().to_bytes().to_vec();
    Answered { status, headers, body }
}

fn get(path: &str) -> axum::http::request::Builder {
    Request::get(path).header("authorization", format!("Bearer {TOKEN}"))
}

fn post(path: &str) -> axum::http::request::Builder {
    Request::post(path).header("authorization", format!("Bearer {TOKEN}")).header("content-type", "application/json")
}

async fn command(site: &Site, name: &str, body: Value) -> Answered {
    ask(site, post(&format!("/api/commands/{name}")), body.to_string()).await
}

#[tokio::test]
async fn who_asks_is_looked_at_before_anything_else() {
    let site = site().await;
    for request in [
        Request::post("/api/commands/Nonsense"),
        Request::get("/api/events"),
        Request::get("/api/no-such-thing"),
        Request::get("/metrics"),
        Request::get("/api/events").header("authorization", "Bearer wrong"),
        Request::get("/api/events").header("authorization", "Basic x"),
    ] {
        let answered = ask(&site, request, "{").await;
        assert_eq!(answered.problem(), (401, "not-signed-in".into()));
        assert!(answered.header("www-authenticate").starts_with("Bearer"));
    }
}

#[tokio::test]
async fn what_is_public_needs_no_token() {
    let site = site().await;
    for path in ["/healthz", "/readyz", "/api/openapi.json", "/api/docs"] {
        assert_eq!(ask(&site, Request::get(path), "").await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn a_body_is_checked_before_the_command_is_looked_up() {
    let site = site().await;
    let path = "/api/commands/ScheduleVisit";
    let plain = Request::post(path).header("authorization", format!("Bearer {TOKEN}"));
    assert_eq!(ask(&site, plain, "{}").await.problem(), (415, "not-json".into()));
    assert_eq!(ask(&site, post(path), "{").await.problem().0, 400);
    assert_eq!(ask(&site, post(path), "[]").await.problem().0, 400);
    assert_eq!(ask(&site, post(path), vec![b' '; 1024 * 1024 + 1]).await.problem(), (413, "body-too-large".into()));
    assert_eq!(ask(&site, post("/api/commands/Nonsense"), "{").await.problem().0, 400);
    assert_eq!(ask(&site, post("/api/commands/Nonsense"), "{}").await.problem(), (404, "unknown-command".into()));
}

#[tokio::test]
async fn each_field_that_does_not_fit_is_named_by_its_pointer() {
    let site = site().await;
    let answered = command(&site, "ScheduleVisit", json!({ "from": "2026-02-30", "wrong": 1 })).await;
    assert_eq!(answered.problem(), (422, "fields-do-not-fit".into()));
    let errors = answered.json()["errors"].clone();
    let pointers: Vec<&str> =
        errors.as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect();
    assert!(["/from", "/wrong", "/to", "/programme"].iter().all(|pointer| pointers.contains(pointer)), "{pointers:?}");
}

#[tokio::test]
async fn numbers_that_no_record_can_hold_are_refused_where_they_stand() {
    let site = site().await;
    let answered = ask(&site, post("/api/commands/ScheduleVisit"), r#"{"a":{"b":[1.5]}}"#).await;
    assert_eq!(answered.json()["errors"][0]["pointer"], "/a/b/0");
}

#[tokio::test]
async fn a_method_that_is_not_taken_says_so() {
    let site = site().await;
    let answered = ask(&site, get("/api/commands/ScheduleVisit"), "").await;
    assert_eq!(answered.problem().0, 405);
    assert_eq!(answered.header("allow"), "POST");
}

#[tokio::test]
async fn every_answer_wears_the_headers_that_protect_it() {
    let site = site().await;
    for path in ["/healthz", "/api/events", "/nowhere"] {
        let answered = ask(&site, Request::get(path), "").await;
        assert!(answered.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(answered.header("x-content-type-options"), "nosniff");
        assert_eq!(answered.header("referrer-policy"), "no-referrer");
        assert!(!answered.header("x-request-id").is_empty());
    }
}

#[tokio::test]
async fn a_subject_that_is_not_there_is_404() {
    let site = site().await;
    let answered = command(&site, "CancelVisit", json!({ "visit": VISIT, "reason": "Floods" })).await;
    assert_eq!(answered.problem().0, 404);
}
