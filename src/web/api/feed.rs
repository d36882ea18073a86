//! `/api/feed`: Server-Sent Events from the log. `id:` is the position and stands only on records, `event:` the type,
//! `data:` the record's bytes.
//!
//! A stream is a cursor into the log and nothing else: it reads what follows its cursor, sends it, and waits for the
//! head to move. A slow reader simply reads later; there is no queue that could overflow. A comment keeps a quiet
//! stream open, and the token is looked at again while it lasts, so that what is revoked ends soon.

use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use bytes::{BufMut, Bytes, BytesMut};
use futures::{Stream, stream};
use tokio::sync::watch;
use tokio::time::Instant;

use crate::app::{Caller, EventFilter, Failure, Stored};
use crate::views::Moment;
use crate::web::actor::Api;
use crate::web::failure::Refusal;
use crate::web::query::{EVENT_FILTERS, Query};
use crate::web::reads::View;
use crate::web::{OpenStream, Site};

/// How often a quiet stream says that it lives.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// How often the token is looked at again.
pub const RECHECK: Duration = Duration::from_secs(4);

/// Records read at once.
const BATCH: usize = 256;

/// Where a stream is.
pub struct Tail {
    site: Site,
    caller: Caller,
    bearer: String,
    filter: EventFilter,
    after: u64,
    head: watch::Receiver<u64>,
    ending: watch::Receiver<bool>,
    beat: Instant,
    checked: Instant,
    _open: OpenStream,
}

/// What a stream has next.
pub enum Next {
    /// Records, in order.
    Records(Vec<Stored>),
    /// Nothing happened for a while.
    Quiet,
}

impl Tail {
    /// A tail that begins after a position, or at the head as it is now.
    ///
    /// # Errors
    /// 429 when the actor holds too many streams; what the log refuses.
    pub async fn open(
        site: Site,
        caller: Caller,
        bearer: String,
        filter: EventFilter,
        after: Option<u64>,
    ) -> Result<Self, Refusal> {
        let open = site.open_stream(&caller.actor).ok_or_else(Refusal::too_many_streams)?;
        let head = site.koinon.watch();
        let after = match after {
            Some(after) => after,
            None => site.koinon.head().await?.position,
        };
        let (ending, now) = (site.ending(), Instant::now());
        Ok(Self { site, caller, bearer, filter, after, head, ending, beat: now, checked: now, _open: open })
    }

    /// What comes next; `None` when the stream ends.
    pub async fn next(&mut self) -> Result<Option<Next>, Failure> {
        loop {
            if *self.ending.borrow() || !self.is_still_allowed().await? {
                return Ok(None);
            }
            let seen = *self.head.borrow_and_update();
            let reading = self.site.koinon.records(&self.caller, &self.filter, self.after, BATCH).await?;
            self.after = self.after.max(reading.until);
            if !reading.records.is_empty() {
                self.beat = Instant::now();
                return Ok(Some(Next::Records(reading.records)));
            }
            if self.after < seen {
                continue;
            }
            let due = (self.beat + HEARTBEAT).min(self.checked + RECHECK);
            tokio::select! {
                moved = self.head.changed() => if moved.is_err() { return Ok(None) },
                _ = self.ending.changed() => return Ok(None),
                () = tokio::time::sleep_until(due) => {}
            }
            if self.beat.elapsed() >= HEARTBEAT {
                self.beat = Instant::now();
                return Ok(Some(Next::Quiet));
            }
        }
    }

    async fn is_still_allowed(&mut self) -> Result<bool, Failure> {
        if self.checked.elapsed() < RECHECK {
            return Ok(true);
        }
        self.checked = Instant::now();
        match self.site.koinon.authenticate(&self.bearer).await? {
            Some(caller) => {
                self.caller = caller;
                Ok(true)
            }
            None => Ok(false),
        }
    }

    /// The tail as a body, each step written by `frame`.
    pub fn into_stream<F, W>(self, frame: F) -> impl Stream<Item = Result<Bytes, Failure>> + Send
    where
        F: FnMut(Site, Caller, Next) -> W + Send + 'static,
        W: Future<Output = Result<Bytes, Failure>> + Send,
    {
        stream::try_unfold((self, frame), |(mut tail, mut frame)| async move {
            let Some(next) = tail.next().await? else { return Ok(None) };
            let bytes = frame(tail.site.clone(), tail.caller.clone(), next).await?;
            Ok(Some((bytes, (tail, frame))))
        })
    }
}

/// An event stream's response.
pub fn event_stream<S>(body: S) -> Response
where
    S: Stream<Item = Result<Bytes, Failure>> + Send + 'static,
{
    let opening = stream::once(async { Ok(Bytes::from_static(b": koinon\n\n")) });
    let mut response = Response::new(Body::from_stream(futures::StreamExt::chain(opening, body)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

/// Where to begin: `Last-Event-ID` wins over `?after=`.
///
/// # Errors
/// 422 when either is no position.
pub fn resume_after(headers: &HeaderMap, query: &Query) -> Result<Option<u64>, Refusal> {
    match headers.get("last-event-id").filter(|value| !value.is_empty()) {
        Some(value) => {
            let position = value.to_str().ok().and_then(|text| text.trim().parse().ok());
            position.map(Some).ok_or_else(|| Refusal::parameter("Last-Event-ID", "must be a position"))
        }
        None => query.value("after", "a position"),
    }
}

/// The stream of records.
///
/// # Errors
/// Parameters that do not fit; 429 when too many streams are open.
pub async fn feed(State(site): State<Site>, api: Api, query: Query, headers: HeaderMap) -> Result<Response, Refusal> {
    query.only(&[EVENT_FILTERS, &["after"]].concat())?;
    let view = View::open(&site, &api.caller, Moment::Live).await?;
    let filter = view.event_filter(&query).await?;
    let after = resume_after(&headers, &query)?;
    let tail = Tail::open(site, api.caller, api.bearer, filter, after).await?;
    Ok(event_stream(tail.into_stream(|_, _, next| std::future::ready(Ok(frames(&next))))))
}

fn frames(next: &Next) -> Bytes {
    let Next::Records(records) = next else { return Bytes::from_static(b": still here\n\n") };
    let mut out = BytesMut::with_capacity(records.iter().map(|record| record.bytes.len() + 64).sum());
    records.iter().for_each(|stored| put(&mut out, stored));
    out.freeze()
}

/// One record as a frame of a stream.
pub fn frame(stored: &Stored) -> Bytes {
    let mut out = BytesMut::with_capacity(stored.bytes.len() + 64);
    put(&mut out, stored);
    out.freeze()
}

fn put(out: &mut BytesMut, Stored { position, bytes }: &Stored) {
    out.put_slice(format!("id: {position}\nevent: ").as_bytes());
    out.put_slice(stored_type(bytes));
    out.put_slice(b"\ndata: ");
    out.put_slice(bytes);
    out.put_slice(b"\n\n");
}

/// The type of a record, cut from its canonical bytes: keys are sorted, so it is the last but one.
pub fn stored_type(record: &[u8]) -> &[u8] {
    const KEY: &[u8] = b"\",\"type\":\"";
    let from = record.windows(KEY.len()).rposition(|window| window == KEY).map(|at| at + KEY.len());
    let rest = from.map_or(&b""[..], |from| &record[from..]);
    let until = rest.iter().position(|byte| *byte == b'"').unwrap_or(rest.len());
    &rest[..until]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_carries_the_records_own_bytes() {
        let record = Bytes::from_static(
            br#"{"data":{"note":"\",\"type\":\"x"},"time":"2022-04-04T09:30:00.123456Z","type":"koinon.VisitScheduled.v1","version":1}"#,
        );
        let frame = frames(&Next::Records(vec![Stored { position: 413, bytes: record.clone() }]));
        let expected = [&b"id: 413\nevent: koinon.VisitScheduled.v1\ndata: "[..], &record, b"\n\n"].concat();
        assert_eq!(frame, expected);
    }

    #[test]
    fn a_quiet_stream_says_so_without_an_id() {
        assert_eq!(frames(&Next::Quiet), &b": still here\n\n"[..]);
    }

    #[test]
    fn the_last_event_seen_wins_over_the_address() {
        let query = Query::parse("after=3");
        let headers: HeaderMap =
            [(header::HeaderName::from_static("last-event-id"), HeaderValue::from_static("9"))].into_iter().collect();
        assert_eq!(resume_after(&headers, &query).ok(), Some(Some(9)));
        assert_eq!(resume_after(&HeaderMap::new(), &query).ok(), Some(Some(3)));
        assert_eq!(resume_after(&HeaderMap::new(), &Query::parse("")).ok(), Some(None));
    }
}
