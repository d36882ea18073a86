//! What webhooks were sent, for whoever looks after them: read over HTTP and on a page, sent again, tested, counted.

use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{create, send, theme};
use crate::support::server::{Reply, Server};
use crate::webhooks::{Receiver, register, serve};

on_both_engines!(what_was_sent_is_told_and_sent_again, what_failed_is_on_the_page_and_counted);

async fn post(server: &Server, path: &str, token: &str) -> Reply {
    Reply::to(server.request(Method::POST, path, token)).await
}

/// Asks until the delivery of that position is in that state.
async fn told(server: &Server, token: &str, hook: &str, position: u64, until: impl Fn(&Value) -> bool) -> Value {
    loop {
        let list = server.get(&format!("/api/webhooks/{hook}/deliveries"), token).await.expect(200).json();
        let items = list["items"].as_array().unwrap();
        if let Some(found) = items.iter().find(|one| one["position"] == position && until(one)) {
            return found.clone();
        }
    }
}

async fn what_was_sent_is_told_and_sent_again(place: Place) {
    let (token, delegate) = (place.token("coordinator"), place.token("delegate"));
    let server = serve(&place);
    create(&server, &token).await;
    let mut receiver = Receiver::refusing(0).await;
    let (hook, _) = register(&server, &token, &receiver.url).await;
    let position = send(&server, &token, vec![("DefineTheme", theme("one"))]).await;
    let first = receiver.next().await;
    let sent = told(&server, &token, &hook, position, |one| one["state"] == "sent").await;
    assert_eq!((&sent["status"], &sent["attempts"], &sent["error"]), (&json!(204), &json!(1), &Value::Null));

    let again = format!("/api/webhooks/{hook}/deliveries/{position}/send-again");
    let test = format!("/api/webhooks/{hook}/test");
    post(&server, &again, &token).await.expect(202);
    let second = receiver.next().await;
    assert_eq!((second.header("webhook-id"), &second.body), (first.header("webhook-id"), &first.body));
    post(&server, &test, &token).await.expect(202);
    assert_eq!(receiver.next().await.record()["type"], "koinon.WebhookRegistered.v1");

    post(&server, &again, "").await.expect(401);
    post(&server, &test, &delegate).await.refuses(403, "not-yours-to-do");
    let list = format!("/api/webhooks/{hook}/deliveries");
    server.get(&list, &delegate).await.refuses(403, "not-yours-to-do");
    let never = format!("/api/webhooks/{hook}/deliveries/1/send-again");
    post(&server, &never, &token).await.refuses(404, "not-found");
    send(&server, &token, vec![("PauseWebhook", json!({ "webhook": hook }))]).await;
    post(&server, &test, &token).await.refuses(409, "webhook-does-not-send");
}

async fn what_failed_is_on_the_page_and_counted(place: Place) {
    let token = place.token("coordinator");
    let server = serve(&place);
    create(&server, &token).await;
    let receiver = Receiver::refusing(usize::MAX).await;
    let (hook, _) = register(&server, &token, &receiver.url).await;
    let position = send(&server, &token, vec![("DefineTheme", theme("one"))]).await;
    let failed = told(&server, &token, &hook, position, |one| one["status"] == 503).await;
    assert_eq!((&failed["state"], &failed["error"]), (&json!("waiting"), &json!("the receiver answered 503")));
    assert!(failed["next_attempt"].is_string());
    let figures = server.get("/metrics", &token).await.expect(200).text();
    assert!(figures.lines().any(|line| line == "koinon_webhook_backlog 1"), "{figures}");

    let browser = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let at = |path: &str| format!("{}{path}", server.address());
    let form = |path: &str, origin: &'static str, body: String| {
        let request = browser.post(at(path)).header("sec-fetch-site", origin).body(body);
        request.header("content-type", "application/x-www-form-urlencoded")
    };
    let entered = form("/sign-in", "same-origin", format!("token={token}&next=/")).send().await.unwrap();
    let cookie = entered.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let page = browser.get(at("/webhooks")).header("cookie", &cookie).send().await.unwrap().text().await.unwrap();
    assert!(page.contains(&receiver.url) && page.contains("the receiver answered 503"), "{page}");
    let secret = page.split_once("name=\"form_token\" value=\"").unwrap().1.split('"').next().unwrap();
    let again = format!("form_token={secret}&webhook={hook}&position={position}");
    let foreign = form("/webhooks", "cross-site", again.clone()).header("cookie", &cookie).send().await.unwrap();
    assert_eq!(foreign.status(), 403);
    let done = form("/webhooks", "same-origin", again).header("cookie", &cookie).send().await.unwrap();
    assert_eq!(done.status(), 303);
}
