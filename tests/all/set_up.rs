//! The first administrator: made once, through the link that a server prints on an empty database.

use reqwest::{Client, StatusCode, redirect};

use crate::store::on_both_engines;
use crate::support::Place;

on_both_engines!(whoever_holds_the_link_becomes_the_administrator_once, a_log_that_somebody_uses_offers_no_link);

const MARK: &str = "Set up the first administrator, once and within 24 hours: ";

const FIRST: [(&str, &str); 3] =
    [("name", "Ada Example"), ("email", "ada@example.org"), ("organisation", "Secretariat")];

async fn whoever_holds_the_link_becomes_the_administrator_once(place: Place) {
    let server = place.serve();
    let link = server.said().iter().find_map(|line| line.strip_prefix(MARK)).expect("a link is printed").to_owned();
    assert!(link.starts_with(server.address()), "{link}");
    let browser = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
    let page = browser.get(&link).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);
    assert_eq!(page.headers()["cache-control"], "no-store");
    let send = |fields: &[(&str, &str)], origin: &str| {
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", value.replace(' ', "+"))).collect();
        let request = browser.post(&link).header("sec-fetch-site", origin);
        request.header("content-type", "application/x-www-form-urlencoded").body(body.join("&")).send()
    };
    assert_eq!(send(&FIRST, "cross-site").await.unwrap().status(), StatusCode::FORBIDDEN);
    let unfit =
        send(&[("name", "Ada Example"), ("email", "no address"), ("organisation", "S")], "same-origin").await.unwrap();
    assert_eq!(unfit.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let text = unfit.text().await.unwrap();
    assert!(text.contains("value=\"Ada Example\"") && text.contains("aria-invalid"), "what was typed is kept: {text}");
    let done = send(&FIRST, "same-origin").await.unwrap();
    assert_eq!(done.status(), StatusCode::CREATED);
    let cookie = done.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let text = done.text().await.unwrap();
    let token = text.split_once("<code>").and_then(|(_, rest)| rest.split_once("</code>")).unwrap().0.to_owned();
    let signed_in = browser.get(format!("{}/account", server.address())).header("cookie", cookie).send().await.unwrap();
    assert_eq!(signed_in.status(), StatusCode::OK);
    let people = server.get("/api/people", &token).await.expect(200).json();
    assert_eq!(people["items"][0]["name"], "Ada Example");
    assert_eq!(browser.get(&link).send().await.unwrap().status(), StatusCode::NOT_FOUND);
    assert_eq!(send(&FIRST, "same-origin").await.unwrap().status(), StatusCode::NOT_FOUND);
    assert!(!place.export().contains("Ada"), "the name is not in the log");
}

async fn a_log_that_somebody_uses_offers_no_link(place: Place) {
    place.token("coordinator");
    let server = place.serve();
    assert!(server.said().iter().all(|line| !line.contains("/set-up/")), "{:?}", server.said());
}
