//! The listener: HTTP/1.1 and HTTP/2 without TLS on one port, each connection with bounds of its own.
//!
//! On the signal to stop nothing new is accepted, streams end, what is under way is finished, and after six seconds
//! whatever is left is cut, so that the process is gone within ten.

use std::future::Future;
use std::time::Duration;

use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tower::Layer;
use tower::util::MapRequestLayer;

use crate::web::patient::Patient;
use crate::web::throttle::Peer;
use crate::web::{Site, routes};

/// How long a client may take to send a request's head.
const HEAD_TIMEOUT: Duration = Duration::from_secs(15);

/// How long what is under way may take after the signal to stop.
const LAST_WORDS: Duration = Duration::from_secs(6);

/// How long a client may take nothing of what it is sent.
const PATIENCE: Duration = Duration::from_secs(60);

/// Largest head of a request, in bytes.
const HEAD_BYTES: usize = 64 * 1024;

/// Serves until `shutdown` is ready.
///
/// # Errors
/// When the listener itself fails for good.
pub async fn serve(listener: TcpListener, site: Site, shutdown: impl Future<Output = ()>) -> std::io::Result<()> {
    let service = routes::routes(site.clone());
    let connections = GracefulShutdown::new();
    let (either, plain) = (either(), plain());
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let (stream, from) = tokio::select! {
            () = &mut shutdown => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, from)) => (stream, from.ip()),
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        let (either, plain, watcher) = (either.clone(), plain.clone(), connections.watcher());
        let site_of = site.clone();
        let told = move |mut request: Request<Incoming>| {
            let origin = site_of.proxies.origin(from, request.headers());
            request.extensions_mut().insert(Peer(Some(origin)));
            request
        };
        let service = TowerToHyperService::new(MapRequestLayer::new(told).layer(service.clone()));
        tokio::spawn(async move {
            // Looking for the preface of HTTP/2 within the connection would cost each stream 8 KB for as long as it lasts.
            let ended = match first_words(&stream).await {
                None => return,
                Some(Words::Plain) => {
                    let connection = plain.serve_connection(TokioIo::new(Patient::new(stream, PATIENCE)), service);
                    watcher.watch(connection).await.map_err(Into::into)
                }
                Some(Words::Either) => {
                    let connection = either.serve_connection(TokioIo::new(Patient::new(stream, PATIENCE)), service);
                    Box::pin(watcher.watch(connection.into_owned())).await
                }
            };
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    site.end();
    if tokio::time::timeout(LAST_WORDS, connections.shutdown()).await.is_err() {
        tracing::warn!("some connections were cut after six seconds");
    }
    Ok(())
}

/// HTTP/1.1 alone.
fn plain() -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT).max_buf_size(HEAD_BYTES).half_close(false);
    builder
}

/// HTTP/1.1 or HTTP/2, whichever the client begins with.
fn either() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(HEAD_BYTES)
        .half_close(false);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(Duration::from_secs(30))
        .keep_alive_timeout(HEAD_TIMEOUT)
        .max_concurrent_streams(250)
        .max_header_list_size(64 * 1024);
    builder
}

/// How a client begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    /// Not as HTTP/2 does.
    Plain,
    /// As HTTP/2 may: `PRI * HTTP/2.0`.
    Either,
}

impl Words {
    fn of(first: &[u8]) -> Self {
        if first.starts_with(b"PR") || first == b"P" { Self::Either } else { Self::Plain }
    }
}

/// Waits for the first bytes, and turns Nagle's delay off: small frames of a stream must not wait for an answer.
async fn first_words(stream: &TcpStream) -> Option<Words> {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "TCP_NODELAY could not be set");
    }
    let mut first = [0; 2];
    // Readiness alone may be told by mistake, and who then says nothing would be waited for without end.
    match tokio::time::timeout(HEAD_TIMEOUT, stream.peek(&mut first)).await {
        Ok(Ok(length @ 1..)) => Some(Words::of(&first[..length])),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_2_is_told_from_what_any_method_begins_with() {
        assert!(
            ["GE", "PO", "PU", "PA", "HE", "G", "\u{16}\u{3}"]
                .iter()
                .all(|first| Words::of(first.as_bytes()) == Words::Plain)
        );
        assert!(["P", "PR"].iter().all(|first| Words::of(first.as_bytes()) == Words::Either));
    }
}
