//! `/api/replay`: history in order as Server-Sent Events, paced as it happened but faster. It reads and nothing else.
//!
//! A comment says “the end” when all that was asked for was sent, and only then: a stream that ends without it was cut,
//! because the token or the server ended, and goes on from its `Last-Event-ID`.

use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use bytes::Bytes;
use futures::stream;
use koinon_events::value::Timestamp;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::app::{Caller, EventFilter, Failure, Stored};
use crate::views::Moment;
use crate::web::actor::Api;
use crate::web::api::feed::{RECHECK, event_stream, frame, resume_after};
use crate::web::failure::Refusal;
use crate::web::query::{EVENT_FILTERS, Query};
use crate::web::reads::View;
use crate::web::{OpenStream, Site};

/// Records read at once.
const BATCH: usize = 256;

/// The longest wait between two records.
const LONGEST: Duration = Duration::from_secs(5);

/// Where a replay is.
struct Replay {
    site: Site,
    caller: Caller,
    bearer: String,
    filter: EventFilter,
    after: u64,
    until: u64,
    speed: Option<f64>,
    last: Option<Timestamp>,
    page: std::vec::IntoIter<Stored>,
    /// Everything up to here was looked at for the page at hand.
    read: u64,
    checked: Instant,
    ending: watch::Receiver<bool>,
    _open: OpenStream,
}

/// What a replay has next.
enum Next {
    Record(Stored),
    End,
    Cut,
}

/// The history from one moment to another, both included; each may be a position or a time. Without `speed`, as fast as it
/// is read.
///
/// # Errors
/// Parameters that do not fit; 429 when too many streams are open.
pub async fn replay(State(site): State<Site>, api: Api, query: Query, headers: HeaderMap) -> Result<Response, Refusal> {
    query.only(&[EVENT_FILTERS, &["from", "to", "speed"]].concat())?;
    let view = View::open(&site, &api.caller, Moment::Live).await?;
    let filter = view.event_filter(&query).await?;
    let speed = query.value::<f64>("speed", "how many times faster than it happened, such as 100000")?;
    if speed.is_some_and(|speed| !speed.is_finite() || speed <= 0.0) {
        return Err(Refusal::parameter("speed", "must be above zero"));
    }
    let before = match query.moment_named("from")? {
        None | Some(Moment::Live) => 0,
        Some(Moment::Position(position)) => {
            position_at(&view, "from", Moment::Position(position)).await?.saturating_sub(1)
        }
        Some(Moment::Time(time)) => {
            let just_before = Timestamp::from_micros(time.micros().saturating_sub(1));
            position_at(&view, "from", Moment::Time(just_before)).await?
        }
    };
    let until = match query.moment_named("to")? {
        Some(moment) => position_at(&view, "to", moment).await?,
        None => site.koinon.head().await?.position,
    };
    let after = resume_after(&headers, &Query::default())?.map_or(before, |seen| seen.max(before));
    let open = site.open_stream(&api.caller.actor).ok_or_else(Refusal::too_many_streams)?;
    let ending = site.ending();
    let replay = Replay {
        site,
        caller: api.caller,
        bearer: api.bearer,
        filter,
        after,
        until,
        speed,
        last: None,
        page: Vec::new().into_iter(),
        read: after,
        checked: Instant::now(),
        ending,
        _open: open,
    };
    Ok(event_stream(stream::try_unfold(Some(replay), |replay| async move {
        let Some(mut replay) = replay else { return Ok(None) };
        Ok(match replay.next().await? {
            Next::Record(stored) => Some((frame(&stored), Some(replay))),
            Next::End => Some((Bytes::from_static(b": the end\n\n"), None)),
            Next::Cut => None,
        })
    })))
}

async fn position_at(view: &View, name: &str, moment: Moment) -> Result<u64, Refusal> {
    let position = View::open(&view.site, &view.caller, moment).await.map(|view| view.position);
    position.map_err(|refusal| match refusal.code.as_str() {
        "above-the-head" => Refusal::parameter(name, refusal.detail),
        _ => refusal,
    })
}

impl Replay {
    /// The next record, after the wait that the speed asks for.
    async fn next(&mut self) -> Result<Next, Failure> {
        loop {
            let Some(stored) = self.page.next() else {
                self.after = self.read;
                if self.after >= self.until {
                    return Ok(Next::End);
                }
                if *self.ending.borrow() {
                    return Ok(Next::Cut);
                }
                let reading = self.site.koinon.records(&self.caller, &self.filter, self.after, BATCH).await?;
                self.read = reading.until;
                self.page = reading.records.into_iter();
                continue;
            };
            if stored.position > self.until {
                return Ok(Next::End);
            }
            self.wait(&stored).await;
            if *self.ending.borrow() {
                return Ok(Next::Cut);
            }
            match self.still_allowed().await? {
                Allowed::As => {}
                Allowed::Anew => continue,
                Allowed::No => return Ok(Next::Cut),
            }
            self.after = stored.position;
            return Ok(Next::Record(stored));
        }
    }

    async fn wait(&mut self, stored: &Stored) {
        let Some(speed) = self.speed else { return };
        let Ok(record) = koinon_events::Record::parse(&stored.bytes) else { return };
        if let Some(last) = self.last.filter(|_| !*self.ending.borrow()) {
            let apart = u64::try_from(record.time.micros() - last.micros()).unwrap_or_default();
            let wait = Duration::try_from_secs_f64(Duration::from_micros(apart).as_secs_f64() / speed);
            tokio::select! {
                () = tokio::time::sleep(wait.unwrap_or(LONGEST).min(LONGEST)) => {}
                _ = self.ending.changed() => {}
            }
        }
        self.last = Some(record.time);
    }

    /// Looks at the token again now and then. Whatever was read for the rights held before is read anew.
    async fn still_allowed(&mut self) -> Result<Allowed, Failure> {
        if self.checked.elapsed() < RECHECK {
            return Ok(Allowed::As);
        }
        self.checked = Instant::now();
        let Some(caller) = self.site.koinon.authenticate(&self.bearer).await? else { return Ok(Allowed::No) };
        self.caller = caller;
        self.page = Vec::new().into_iter();
        self.read = self.after;
        Ok(Allowed::Anew)
    }
}

/// Whether a replay goes on.
enum Allowed {
    /// With what is at hand.
    As,
    /// With a page read anew.
    Anew,
    /// No more.
    No,
}
