//! `/api/feed`: Server-Sent Events from the log. `id:` is the position and stands only on records, `event:` the type,
//! `data:` the record's bytes.
//!
//! A stream is a cursor and nothing else: into the [ring](crate::web::ring) of frames that all share, and into the log
//! where the ring no longer has what comes next. A slow reader simply reads later; there is no queue that could overflow.
//! A comment keeps a quiet stream open, and the token is looked at again while it lasts, so that what is revoked ends soon.

use std::pin::Pin;
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use bytes::Bytes;
use futures::{Stream, stream};
use tokio::sync::watch;
use tokio::time::{Instant, Sleep};

use crate::app::{Caller, EventFilter, Failure, Stored};
use crate::views::Moment;
use crate::web::actor::Api;
use crate::web::failure::Refusal;
use crate::web::query::{EVENT_FILTERS, Query};
use crate::web::reads::View;
use crate::web::ring::{self, Piece};
use crate::web::{OpenStream, Site};

/// How often a quiet stream says that it lives.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// How often the token is looked at again.
pub const RECHECK: Duration = Duration::from_secs(3);

/// Records read at once, by who is behind the ring.
const BATCH: usize = 256;

/// Where a stream is.
pub struct Tail {
    site: Site,
    caller: Caller,
    bearer: String,
    filter: Box<EventFilter>,
    /// Whether every record is for this stream, so that frames are passed on as they are.
    whole: bool,
    after: u64,
    moved: watch::Receiver<u64>,
    ending: watch::Receiver<bool>,
    beat: Instant,
    checked: Instant,
    timer: Pin<Box<Sleep>>,
    _open: OpenStream,
}

/// What a stream has next.
pub enum Next {
    /// Records in order, framed already.
    Piece(Piece),
    /// Records in order.
    Records(Vec<Stored>),
    /// Nothing happened for a while.
    Quiet,
}

impl Next {
    /// The records; none when nothing happened.
    pub fn records(self) -> Vec<Stored> {
        match self {
            Self::Piece(piece) => piece.records(),
            Self::Records(records) => records,
            Self::Quiet => Vec::new(),
        }
    }
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
        let moved = site.ring.follow(&site);
        let after = match after {
            Some(after) => after,
            None => site.koinon.head().await?.position,
        };
        let (ending, now) = (site.ending(), Instant::now());
        let timer = Box::pin(tokio::time::sleep_until(now + RECHECK));
        let filter = Box::new(filter);
        let mut tail = Self {
            site,
            caller,
            bearer,
            filter,
            whole: false,
            after,
            moved,
            ending,
            beat: now,
            checked: now,
            timer,
            _open: open,
        };
        tail.whole = tail.is_whole();
        Ok(tail)
    }

    fn is_whole(&self) -> bool {
        *self.filter == EventFilter::default() && self.site.koinon.reads_whole_log(&self.caller)
    }

    /// What comes next; `None` when the stream ends.
    pub async fn next(&mut self) -> Result<Option<Next>, Failure> {
        loop {
            if *self.ending.borrow() || !self.is_still_allowed().await? {
                return Ok(None);
            }
            let last = *self.moved.borrow_and_update();
            let found = match self.site.ring.after(self.after) {
                Some(piece) => self.chosen(piece).await?,
                None if self.after < last => Box::pin(self.read_the_log()).await?,
                None => {
                    if self.quiet().await? {
                        return Ok(Some(Next::Quiet));
                    }
                    continue;
                }
            };
            if let Some(next) = found {
                self.beat = Instant::now();
                return Ok(Some(next));
            }
        }
    }

    /// What of a piece of the ring is for this stream.
    async fn chosen(&mut self, piece: Piece) -> Result<Option<Next>, Failure> {
        self.after = piece.last();
        if self.whole {
            return Ok(Some(Next::Piece(piece)));
        }
        let fitting = piece.fitting(&self.filter)?;
        let records = Box::pin(self.site.koinon.seen_by(&self.caller, fitting)).await?;
        Ok((!records.is_empty()).then_some(Next::Records(records)))
    }

    /// What follows in the log, for who is behind the ring.
    async fn read_the_log(&mut self) -> Result<Option<Next>, Failure> {
        let reading = self.site.koinon.records(&self.caller, &self.filter, self.after, BATCH).await?;
        self.after = self.after.max(reading.until);
        Ok((!reading.records.is_empty()).then_some(Next::Records(reading.records)))
    }

    /// Waits until something moved, or it is time to look around; says whether nothing was sent for long.
    async fn quiet(&mut self) -> Result<bool, Failure> {
        tokio::select! {
            moved = self.moved.changed() => moved.map_err(|_| Failure::Internal("the ring is gone".to_owned()))?,
            () = &mut self.timer => self.timer.as_mut().reset(Instant::now() + RECHECK),
        }
        let quiet = self.beat.elapsed() >= HEARTBEAT;
        if quiet {
            self.beat = Instant::now();
        }
        Ok(quiet)
    }

    async fn is_still_allowed(&mut self) -> Result<bool, Failure> {
        if self.checked.elapsed() < RECHECK {
            return Ok(true);
        }
        self.checked = Instant::now();
        match Box::pin(self.site.koinon.authenticate(&self.bearer)).await? {
            Some(caller) => {
                self.caller = caller;
                self.whole = self.is_whole();
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

    /// The tail as a body of frames as they are: what most streams are.
    fn into_frames(self) -> impl Stream<Item = Result<Bytes, Failure>> + Send {
        stream::try_unfold(self, |mut tail| async move {
            let Some(next) = tail.next().await? else { return Ok(None) };
            Ok(Some((frames(&next), tail)))
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
    Ok(event_stream(tail.into_frames()))
}

fn frames(next: &Next) -> Bytes {
    match next {
        Next::Piece(piece) => piece.frames(),
        Next::Records(records) => ring::frames(records),
        Next::Quiet => Bytes::from_static(b": still here\n\n"),
    }
}

/// One record as a frame of a stream.
pub fn frame(stored: &Stored) -> Bytes {
    ring::frames(std::slice::from_ref(stored))
}

#[cfg(test)]
mod tests {
    use super::*;

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
