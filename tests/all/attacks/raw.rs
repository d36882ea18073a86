//! Requests that no client sends: two lengths, half a head, a body that never ends, paths that climb. Written to the
//! socket byte by byte.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::Place;
use crate::support::bodies::create;
use crate::support::server::Server;

/// Longer than the server waits for anything.
const PATIENCE: Duration = Duration::from_secs(40);

/// What the server says to these bytes until it closes the connection, and after how long it does.
async fn said(server: &Server, bytes: &[u8]) -> (String, Duration) {
    let began = Instant::now();
    let mut stream = TcpStream::connect(server.address().trim_start_matches("http://")).await.unwrap();
    // The server may close before all is written.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let end = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut answer)).await;
    assert!(end.is_ok(), "the connection stays open: {}", String::from_utf8_lossy(&answer));
    (String::from_utf8_lossy(&answer).into_owned(), began.elapsed())
}

fn answers(text: &str) -> usize {
    text.matches("HTTP/1.1 ").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_request_hides_in_another() {
    let place = Place::sqlite();
    let server = place.serve();
    let hidden = "GET /log/key HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    for (why, head) in [
        ("a length and pieces", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
        ("pieces and a length", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"),
    ] {
        let request = format!("POST /sign-in HTTP/1.1\r\nHost: x\r\n{head}\r\n0\r\n\r\n{hidden}");
        let (text, _) = said(&server, request.as_bytes()).await;
        assert_eq!(answers(&text), 1, "{why}: {text}");
        assert!(!text.contains("koinon+"), "{why}: {text}");
    }
    for (why, head) in [
        ("two lengths", "Content-Length: 5\r\nContent-Length: 50\r\n"),
        ("two lengths in one", "Content-Length: 5, 50\r\n"),
        ("a length below nothing", "Content-Length: -5\r\n"),
        ("a length with a sign", "Content-Length: +5\r\n"),
        ("pieces of another kind", "Transfer-Encoding: xchunked\r\n"),
        ("pieces and then none", "Transfer-Encoding: chunked, identity\r\n"),
        ("a folded head", "X: a\r\n b\r\nContent-Length: 0\r\n"),
        ("a space before the colon", "Content-Length : 5\r\n"),
    ] {
        let request = format!("POST /sign-in HTTP/1.1\r\nHost: x\r\n{head}\r\n0\r\n\r\n{hidden}");
        let (text, _) = said(&server, request.as_bytes()).await;
        assert!(text.starts_with("HTTP/1.1 400") && answers(&text) == 1, "{why}: {text}");
    }
    let pieces = "POST /sign-in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n";
    assert!(answers(&said(&server, pieces.as_bytes()).await.0) <= 1);
    server.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sends_slowly_or_without_end_is_cut_off() {
    let place = Place::sqlite();
    let token = place.token("coordinator");
    let server = place.serve();
    create(&server, &token).await;
    let body = format!(
        "POST /api/commands/CancelVisit HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{{\"visit\":"
    );
    let form = "POST /sign-in HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\n\
                Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\ntoken=";
    let head = "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ";
    let (silent, half, body, form) = tokio::join!(
        said(&server, b""),
        said(&server, head.as_bytes()),
        said(&server, body.as_bytes()),
        said(&server, form.as_bytes())
    );
    for (why, (text, took)) in [("silent", silent), ("half a head", half), ("half a body", body), ("half a form", form)]
    {
        assert!(took < Duration::from_secs(30), "{why} holds a connection for {took:?}");
        assert!(!text.contains("HTTP/1.1 2"), "{why}: {text}");
    }
    let long = format!("GET / HTTP/1.1\r\nHost: x\r\nX-Long: {}\r\n\r\n", "a".repeat(200_000));
    assert!(said(&server, long.as_bytes()).await.0.starts_with("HTTP/1.1 431"));
    let many = format!("GET / HTTP/1.1\r\nHost: x\r\n{}\r\n", "X-Many: a\r\n".repeat(500));
    assert!(said(&server, many.as_bytes()).await.0.starts_with("HTTP/1.1 431"));
    server.get("/healthz", "").await.expect(200);
    server.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn no_path_leads_out_of_its_place() {
    let place = Place::sqlite();
    let token = place.token("coordinator");
    let server = place.serve();
    create(&server, &token).await;
    let climbs = [
        "../../../../etc/passwd",
        "..%2f..%2f..%2f..%2fetc%2fpasswd",
        "....//....//etc/passwd",
        "%2e%2e/%2e%2e/etc/passwd",
        "..%5c..%5cetc%5cpasswd",
        "..%c0%af..%c0%afetc/passwd",
        "%00/etc/passwd",
        "/etc/passwd",
        "..%252f..%252fetc%252fpasswd",
    ];
    let places = [
        "/assets/",
        "/log/tile/",
        "/log/tile/entries/",
        "/api/documents/",
        "/documents/",
        "/api/reports/",
        "/open/",
        "/calendar/",
        "/",
    ];
    for place in places {
        for climb in climbs {
            let request = format!(
                "GET {place}{climb} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
            );
            let (text, _) = said(&server, request.as_bytes()).await;
            let is_refused = ["HTTP/1.1 404", "HTTP/1.1 400", "HTTP/1.1 303", "HTTP/1.1 422"]
                .iter()
                .any(|each| text.starts_with(each));
            assert!(is_refused && !text.contains("root:"), "{place}{climb}: {text}");
        }
    }
    server.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_in_a_head_never_comes_back_as_one() {
    let place = Place::sqlite();
    let token = place.token("coordinator");
    let server = place.serve();
    create(&server, &token).await;
    for path in [
        "/sign-in?next=%2F%0d%0aSet-Cookie:%20owned=1",
        "/visits?status=%0d%0aSet-Cookie:%20owned=1",
        "/api/visits?q=%0d%0aSet-Cookie:%20owned=1&limit=1",
        "/api/events?limit=1&type=%0d%0aSet-Cookie:%20owned=1",
        "/log/tile/%0d%0aSet-Cookie:%20owned=1",
        "/problems/%0d%0aSet-Cookie:%20owned=1",
    ] {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-For: 6.6.6.6\r\n\
             Forwarded: host=evil.example\r\ntraceparent: 00-owned-owned-01\r\nAuthorization: Bearer {token}\r\n\
             Connection: close\r\n\r\n"
        );
        let (text, _) = said(&server, request.as_bytes()).await;
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        let head = head.to_lowercase();
        assert!(
            !head.contains("\r\nset-cookie") && !head.contains("evil.example") && !head.contains(": owned"),
            "{path}: {text}"
        );
        assert!(!text.contains("evil.example"), "{path} believes the Host header: {text}");
    }
    let feed = "/api/feed.atom";
    let request = format!(
        "GET {feed} HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
    );
    assert!(
        !said(&server, request.as_bytes()).await.0.contains("evil.example"),
        "the feed's own address is not the client's"
    );
    server.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_method_in_disguise_does_nothing() {
    let place = Place::sqlite();
    let token = place.token("coordinator");
    let server = place.serve();
    let position = create(&server, &token).await;
    for request in [
        "TRACE / HTTP/1.1\r\nX-Secret: hidden\r\n",
        "CONNECT evil.example:443 HTTP/1.1\r\n",
        "PUT /api/commands/StartProgramme HTTP/1.1\r\n",
        "DELETE /api/events/1 HTTP/1.1\r\n",
        "PATCH /api/events/1 HTTP/1.1\r\n",
        "GET /api/commands/StartProgramme?_method=POST HTTP/1.1\r\nX-HTTP-Method-Override: POST\r\n",
        "POST /api/events/1?_method=DELETE HTTP/1.1\r\nX-HTTP-Method: DELETE\r\nContent-Length: 0\r\n",
        "GET /api/events HTTP/1.1\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nX-A: b\r\n",
    ] {
        let whole = format!("{request}Host: x\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n");
        let (text, _) = said(&server, whole.as_bytes()).await;
        assert!(
            !text.contains("hidden") && !text.contains("HTTP/1.1 101") && !text.contains("HTTP/1.1 5"),
            "{request}: {text}"
        );
        assert!(text.starts_with("HTTP/1.1 4") || request.contains("Upgrade"), "{request}: {text}");
    }
    assert_eq!(server.events(position, &token).await.len(), 0, "nothing was recorded");
    server.stop();
}
