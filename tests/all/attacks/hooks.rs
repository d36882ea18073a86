//! A receiver of webhooks that sends the server elsewhere: what it answers is an answer, never an address to go to.

use axum::http::{StatusCode, header};
use tokio::sync::mpsc;

use crate::support::Place;
use crate::support::bodies::{create, send, theme};
use crate::webhooks::{register, serve};

/// A server that tells of each request, and answers with a redirect when it has somewhere to lead to.
async fn listens(leads_to: Option<String>) -> (String, mpsc::UnboundedReceiver<()>) {
    let (sender, asked) = mpsc::unbounded_channel();
    let answer = move || {
        let (sender, leads_to) = (sender.clone(), leads_to.clone());
        async move {
            let _ = sender.send(());
            match leads_to {
                Some(elsewhere) => (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, elsewhere)]),
                None => (StatusCode::NO_CONTENT, [(header::LOCATION, String::new())]),
            }
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, axum::Router::new().fallback(answer)).await });
    (url, asked)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_receiver_leads_a_webhook_elsewhere() {
    let place = Place::sqlite();
    let token = place.token("coordinator");
    let server = serve(&place);
    create(&server, &token).await;
    let (inside, mut visited) = listens(None).await;
    let (outside, mut asked) = listens(Some(inside)).await;
    register(&server, &token, &outside).await;
    send(&server, &token, vec![("DefineTheme", theme("leads-astray"))]).await;
    let patience = std::time::Duration::from_secs(60);
    // It is tried again, so the first try is over.
    for _ in 0..2 {
        tokio::time::timeout(patience, asked.recv()).await.expect("it is asked").unwrap();
    }
    assert!(visited.try_recv().is_err(), "the redirect was followed");
    server.stop();
}
