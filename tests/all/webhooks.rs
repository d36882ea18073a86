//! Webhooks, from the receiver's side: what arrives is the record's exact bytes with a signature that can be checked, in
//! order within a subject; a receiver that fails is tried again and holds up nobody else; a restart loses nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{P, create, send, theme};
use crate::support::server::Server;

on_both_engines!(
    what_arrives_is_signed_and_in_order,
    a_receiver_that_fails_is_tried_again_while_another_receives,
    a_paused_webhook_sends_nothing_until_it_is_resumed,
    a_restart_loses_nothing,
    nothing_is_sent_inside_the_own_network_unless_that_is_allowed,
);

/// What arrived.
pub struct Arrived {
    /// What came before it.
    pub headers: HeaderMap,
    /// Its bytes.
    pub body: Bytes,
}

impl Arrived {
    /// The record in it.
    pub fn record(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn position(&self) -> u64 {
        self.record()["position"].as_u64().unwrap()
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }
}

/// A receiver on loopback that refuses the first so many requests.
pub struct Receiver {
    /// Where it listens.
    pub url: String,
    arrived: mpsc::UnboundedReceiver<Arrived>,
    refused: Arc<Mutex<usize>>,
}

impl Receiver {
    /// One that refuses so many requests first.
    pub async fn refusing(times: usize) -> Self {
        let (sender, arrived) = mpsc::unbounded_channel();
        let left = Arc::new(Mutex::new(times));
        let refused = Arc::new(Mutex::new(0));
        let (count, kept) = (refused.clone(), left.clone());
        let take = move |headers: HeaderMap, body: Bytes| {
            let (sender, left, count) = (sender.clone(), kept.clone(), count.clone());
            async move {
                let mut left = left.lock().unwrap();
                if *left > 0 {
                    *left -= 1;
                    *count.lock().unwrap() += 1;
                    return StatusCode::SERVICE_UNAVAILABLE;
                }
                let _ = sender.send(Arrived { headers, body });
                StatusCode::NO_CONTENT
            }
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let app = axum::Router::new().route("/hook", axum::routing::post(take));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { url, arrived, refused }
    }

    /// What arrives next.
    pub async fn next(&mut self) -> Arrived {
        let patience = std::time::Duration::from_secs(60);
        tokio::time::timeout(patience, self.arrived.recv()).await.expect("nothing arrived").unwrap()
    }
}

/// A server that may send to loopback.
pub fn serve(place: &Place) -> Server {
    std::fs::write(place.folder().join("koinon.toml"), "webhook_allow_private = true\n").unwrap();
    place.serve()
}

/// Registers a webhook; gives its id and its secret.
pub async fn register(server: &Server, token: &str, url: &str) -> (String, String) {
    let made = server.command("RegisterWebhook", &json!({ "url": url }), token).await.expect(201).json();
    (made["id"].as_str().unwrap().to_owned(), made["secret"].as_str().unwrap().to_owned())
}

/// The signature as the specification has it, made without the program.
fn signed(secret: &str, arrived: &Arrived) -> String {
    let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&key).unwrap();
    mac.update(format!("{}.{}.", arrived.header("webhook-id"), arrived.header("webhook-timestamp")).as_bytes());
    mac.update(&arrived.body);
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

async fn what_arrives_is_signed_and_in_order(place: Place) {
    let token = place.token("coordinator");
    let server = serve(&place);
    create(&server, &token).await;
    let mut receiver = Receiver::refusing(0).await;
    let (hook, secret) = register(&server, &token, &receiver.url).await;
    let themes = (0..5).map(|number| ("DefineTheme", theme(&format!("theme-{number}")))).collect();
    let last = send(&server, &token, themes).await;
    let mut seen = Vec::new();
    for _ in 0..5 {
        let arrived = receiver.next().await;
        assert_eq!(arrived.header("content-type"), "application/cloudevents+json");
        assert_eq!(arrived.header("webhook-id"), arrived.record()["id"].as_str().unwrap());
        assert_eq!(arrived.header("webhook-signature"), signed(&secret, &arrived));
        let stored = server.get(&format!("/api/events/{}", arrived.position()), &token).await.expect(200);
        assert_eq!(stored.bytes, arrived.body, "the record's exact bytes");
        seen.push(arrived.position());
    }
    assert_eq!(seen, (last - 4..=last).collect::<Vec<_>>(), "in order, from the registration on");
    let made = server.command("RotateWebhookSecret", &json!({ "webhook": hook }), &token).await.expect(200).json();
    let other = made["secret"].as_str().unwrap();
    assert_ne!(other, secret);
    assert_eq!(receiver.next().await.record()["type"], "koinon.WebhookSecretRotated.v1");
    send(&server, &token, vec![("DefineTheme", theme("later"))]).await;
    let arrived = receiver.next().await;
    assert_eq!(arrived.header("webhook-signature"), signed(other, &arrived));
    let secrets = [secret.as_str(), other];
    assert!(secrets.iter().all(|secret| !place.export().contains(secret)), "no secret is in the log");
}

async fn a_receiver_that_fails_is_tried_again_while_another_receives(place: Place) {
    let token = place.token("coordinator");
    let server = serve(&place);
    create(&server, &token).await;
    let (mut failing, mut other) = (Receiver::refusing(2).await, Receiver::refusing(0).await);
    register(&server, &token, &failing.url).await;
    register(&server, &token, &other.url).await;
    send(&server, &token, (0..3).map(|number| ("DefineTheme", theme(&format!("t-{number}")))).collect()).await;
    for _ in 0..3 {
        other.next().await;
    }
    let mut by_subject: HashMap<String, Vec<u64>> = HashMap::new();
    for _ in 0..4 {
        let arrived = failing.next().await;
        let subject = arrived.record()["subject"].as_str().unwrap().to_owned();
        by_subject.entry(subject).or_default().push(arrived.position());
    }
    assert_eq!(*failing.refused.lock().unwrap(), 2);
    assert_eq!(by_subject[&format!("programme/{P}")].len(), 3);
    assert!(by_subject.values().all(|positions| positions.is_sorted()), "in order within a subject: {by_subject:?}");
}

async fn a_paused_webhook_sends_nothing_until_it_is_resumed(place: Place) {
    let token = place.token("coordinator");
    let server = serve(&place);
    create(&server, &token).await;
    let (mut paused, mut other) = (Receiver::refusing(0).await, Receiver::refusing(0).await);
    register(&server, &token, &other.url).await;
    let (hook, _) = register(&server, &token, &paused.url).await;
    send(&server, &token, vec![("PauseWebhook", json!({ "webhook": hook }))]).await;
    let position = send(&server, &token, vec![("DefineTheme", theme("quiet"))]).await;
    while other.next().await.position() < position {}
    assert!(paused.arrived.try_recv().is_err(), "a paused webhook sends nothing");
    send(&server, &token, vec![("ResumeWebhook", json!({ "webhook": hook }))]).await;
    while paused.next().await.position() != position {}
}

async fn a_restart_loses_nothing(place: Place) {
    let token = place.token("coordinator");
    let server = serve(&place);
    create(&server, &token).await;
    let mut receiver = Receiver::refusing(1).await;
    register(&server, &token, &receiver.url).await;
    let position = send(&server, &token, vec![("DefineTheme", theme("before"))]).await;
    server.stop();
    let server = serve(&place);
    let after = send(&server, &token, vec![("DefineTheme", theme("after"))]).await;
    let mut seen = vec![receiver.next().await.position()];
    while *seen.last().unwrap() != after {
        seen.push(receiver.next().await.position());
    }
    assert!(seen.contains(&position), "{seen:?}");
}

async fn nothing_is_sent_inside_the_own_network_unless_that_is_allowed(place: Place) {
    let token = place.token("coordinator");
    let server = place.serve();
    create(&server, &token).await;
    let mut receiver = Receiver::refusing(0).await;
    register(&server, &token, &receiver.url).await;
    let position = send(&server, &token, vec![("DefineTheme", theme("inside"))]).await;
    server.stop();
    assert!(receiver.arrived.try_recv().is_err(), "nothing was sent");
    let server = serve(&place);
    assert_eq!(receiver.next().await.position(), position, "it waited");
    server.stop();
}
