//! `/api/replay`: history in order as Server-Sent Events, paced as it happened but faster. It reads and nothing else.

use std::time::Duration;

use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use futures::stream;
use koinon_events::value::Timestamp;

use crate::app::{Caller, EventFilter, Failure, Stored};
use crate::views::Moment;
use crate::web::actor::Api;
use crate::web::api::feed::{event_stream, frame};
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
    checked: tokio::time::Instant,
    _open: OpenStream,
}

/// The history from one moment to another; both may be positions or times. Without `speed`, as fast as it is read.
///
/// # Errors
/// Parameters that do not fit; 429 when too many streams are open.
pub async fn replay(State(site): State<Site>, api: Api, query: Query) -> Result<Response, Refusal> {
    query.only(&[EVENT_FILTERS, &["from", "to", "speed"]].concat())?;
    let view = View::open(&site, &api.caller, Moment::Live).await?;
    let filter = view.event_filter(&query).await?;
    let speed = query.value::<f64>("speed", "how many times faster than it happened, such as 100000")?;
    if speed.is_some_and(|speed| !speed.is_finite() || speed <= 0.0) {
        return Err(Refusal::parameter("speed", "must be above zero"));
    }
    let head = site.koinon.head().await?.position;
    let first = match query.text("from") {
        Some(text) => position_of(&view, "from", text).await?,
        None => 0,
    };
    // A position is where it begins; a time has all that was recorded until then behind it.
    let is_position = query.text("from").is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let after = if is_position { first.saturating_sub(1) } else { first };
    let until = match query.text("to") {
        Some(text) => position_of(&view, "to", text).await?.min(head),
        None => head,
    };
    let open = site.open_stream(&api.caller.actor).ok_or_else(Refusal::too_many_streams)?;
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
        checked: tokio::time::Instant::now(),
        _open: open,
    };
    Ok(event_stream(stream::try_unfold(Some(replay), |replay| async move {
        let Some(mut replay) = replay else { return Ok(None) };
        Ok(Some(match replay.next().await? {
            Some(frame) => (frame, Some(replay)),
            None => (Bytes::from_static(b": the end\n\n"), None),
        }))
    })))
}

async fn position_of(view: &View, name: &str, text: &str) -> Result<u64, Refusal> {
    let moment = Query::parse(&format!("as_of={text}")).moment();
    let moment =
        moment.map_err(|_| Refusal::parameter(name, "must be a position or a time such as 2022-06-30T12:00:00Z"))?;
    if let Moment::Position(position) = moment {
        return Ok(position);
    }
    Ok(View::open(&view.site, &view.caller, moment).await?.position)
}

impl Replay {
    /// The next record, after the wait that the speed asks for; `None` at the end.
    async fn next(&mut self) -> Result<Option<Bytes>, Failure> {
        loop {
            if let Some(stored) = self.page.next() {
                if stored.position > self.until {
                    return Ok(None);
                }
                self.wait(&stored).await;
                if !self.is_still_allowed().await? {
                    return Ok(None);
                }
                return Ok(Some(frame(&stored)));
            }
            if self.after >= self.until || *self.site.ending().borrow() {
                return Ok(None);
            }
            let reading = self.site.koinon.records(&self.caller, &self.filter, self.after, BATCH).await?;
            self.after = reading.until;
            self.page = reading.records.into_iter();
        }
    }

    async fn wait(&mut self, stored: &Stored) {
        let Some(speed) = self.speed else { return };
        let Ok(record) = koinon_events::Record::parse(&stored.bytes) else { return };
        if let Some(last) = self.last {
            let apart = u64::try_from(record.time.micros() - last.micros()).unwrap_or_default();
            let wait = Duration::try_from_secs_f64(Duration::from_micros(apart).as_secs_f64() / speed);
            let mut ending = self.site.ending();
            tokio::select! {
                () = tokio::time::sleep(wait.unwrap_or(LONGEST).min(LONGEST)) => {}
                _ = ending.changed() => {}
            }
        }
        self.last = Some(record.time);
    }

    async fn is_still_allowed(&mut self) -> Result<bool, Failure> {
        if self.checked.elapsed() < crate::web::api::feed::RECHECK {
            return Ok(true);
        }
        self.checked = tokio::time::Instant::now();
        Ok(self.site.koinon.authenticate(&self.bearer).await?.is_some())
    }
}
