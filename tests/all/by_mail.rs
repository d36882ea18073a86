//! Signing in by a link in a mail: asked for with the same answer for known and unknown addresses, used up by a click and
//! not by opening it, and good for one visit and nothing else.

use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{C1, C2, H, P, S, V, beginning, send};
use crate::support::mail::{MailServer, free_port};
use crate::support::server::Server;

on_both_engines!(a_link_signs_in_once_for_one_visit_and_nothing_else);

/// Another visit of the same partnership, on which she does not come.
const OTHER: &str = "01970000-0000-7000-8000-0000000000f2";

fn in_days(days: i64) -> String {
    koinon::clock::Clock::System.today().plus_days(days).to_string()
}

fn visit(id: &str) -> Value {
    json!({ "id": id, "programme": P, "partnership": S, "kind": "study-visit", "format": "in-person", "host_city": C1,
        "visiting_cities": [C2], "from": in_days(10), "to": in_days(14), "themes": ["waste-to-energy"],
        "objectives": "See the plant at work" })
}

/// A browser that goes nowhere by itself.
struct Browser {
    client: Client,
    address: String,
}

impl Browser {
    fn of(server: &Server) -> Self {
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { client, address: server.address().to_owned() }
    }

    async fn get(&self, path: &str, cookie: &str) -> Response {
        self.client.get(format!("{}{path}", self.address)).header("cookie", cookie).send().await.unwrap()
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let request = self.client.request(Method::POST, format!("{}{path}", self.address));
        request.header("sec-fetch-site", "same-origin").form(fields).send().await.unwrap()
    }
}

async fn a_link_signs_in_once_for_one_visit_and_nothing_else(place: Place) {
    let port = free_port();
    let lines = format!("smtp_url = 'smtp+plain://127.0.0.1:{port}'\nmail_from = 'koinon@example.org'\n");
    std::fs::write(place.folder().join("koinon.toml"), lines).unwrap();
    let mut mails = MailServer::at(port);
    let coordinator = place.token("coordinator");
    let server = place.serve();
    send(&server, &coordinator, beginning()).await;
    let thandi = json!({ "id": H, "programme": P, "name": "Thandi Example", "email": "thandi@example.org",
        "organisation": "eThekwini Municipality", "city": C2, "languages": ["en"], "kind": "delegate" });
    let steps = vec![
        ("InvitePerson", thandi),
        ("ScheduleVisit", visit(V)),
        ("ScheduleVisit", visit(OTHER)),
        ("InviteDelegate", json!({ "visit": V, "person": H, "city": C2 })),
    ];
    let position = send(&server, &coordinator, steps).await;
    server.get_at("/api/visits", &coordinator, position).await.expect(200);
    assert_eq!(mails.next().await["headers"]["subject"], "You are invited to Koinon");

    let browser = Browser::of(&server);
    let known = browser.post("/sign-in/by-mail", &[("email", " Thandi@example.org ")]).await;
    let unknown = browser.post("/sign-in/by-mail", &[("email", "nobody@example.org")]).await;
    assert_eq!((known.status(), unknown.status()), (StatusCode::OK, StatusCode::OK));
    assert_eq!(known.text().await.unwrap(), unknown.text().await.unwrap(), "nothing tells them apart");
    let mail = mails.next().await;
    let text = mail["text"].as_str().unwrap();
    assert!(text.contains("eThekwini → Porto"), "{text}");
    let path =
        format!("/sign-in/link/{}", text.split("/sign-in/link/").nth(1).unwrap().split_whitespace().next().unwrap());

    for _ in 0..2 {
        assert_eq!(browser.get(&path, "").await.status(), StatusCode::OK, "opening it uses nothing up");
    }
    let elsewhere = browser.client.post(format!("{}{path}", browser.address)).send().await.unwrap();
    assert_eq!(elsewhere.status(), StatusCode::FORBIDDEN, "the click comes from our own page");
    let entered = browser.post(&path, &[]).await;
    assert_eq!(entered.headers()["location"], format!("/visits/{V}"));
    let cookie = entered.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    assert_eq!(browser.post(&path, &[]).await.status(), StatusCode::NOT_FOUND, "once");

    assert_eq!(browser.get(&format!("/visits/{V}"), &cookie).await.status(), StatusCode::OK);
    assert_eq!(browser.get(&format!("/api/visits/{OTHER}"), &cookie).await.status(), StatusCode::NOT_FOUND);
    let listed: Value = browser.get("/api/visits", &cookie).await.json().await.unwrap();
    let ids: Vec<&str> = listed["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(ids, [V], "lists follow the same rule");
    let partnerships: Value = browser.get("/api/partnerships", &cookie).await.json().await.unwrap();
    assert_eq!(partnerships["items"], json!([]));
    let events: Value = browser.get("/api/events?after=0", &cookie).await.json().await.unwrap();
    let foreign =
        |event: &&Value| event["subject"] == format!("visit/{OTHER}") || event["subject"] == format!("partnership/{S}");
    assert_eq!(events.as_array().unwrap().iter().find(foreign), None);
    let password = browser.get("/account/password", &cookie).await;
    assert_ne!(password.status(), StatusCode::OK, "it sets no password");

    let weighty = json!({ "person": H, "grant": "weighty", "role": "officer", "scope": format!("programme/{P}") });
    send(&server, &coordinator, vec![("GrantRole", weighty)]).await;
    let path_of_visit = format!("/api/visits/{V}");
    let more = browser.get(&path_of_visit, &cookie).await;
    assert_eq!(more.status(), StatusCode::UNAUTHORIZED, "a role that asks for more asks for another way in");
    send(
        &server,
        &coordinator,
        vec![("RevokeRole", json!({ "person": H, "grant": "weighty", "reason": "Given by mistake" }))],
    )
    .await;
    assert_eq!(browser.get(&path_of_visit, &cookie).await.status(), StatusCode::OK);

    let cancelled = json!({ "visit": V, "reason": "Floods" });
    send(&server, &coordinator, vec![("CancelVisit", cancelled)]).await;
    assert_eq!(browser.get(&format!("/api/visits/{V}"), &cookie).await.status(), StatusCode::UNAUTHORIZED);
    server.stop();
    assert_eq!(mails.waiting(), 0, "nobody else got one");
    assert!(!place.export().contains(path.rsplit('/').next().unwrap()), "no secret is in the log");
}
