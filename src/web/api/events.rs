//! `/api/events`: the log's own bytes, a page as a JSON array or all of it as NDJSON, a line a record. Nothing here
//! re-serialises a record.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use bytes::{BufMut, Bytes, BytesMut};
use futures::stream;

use crate::app::{Caller, EventFilter, Failure, Stored};
use crate::views::Moment;
use crate::web::Site;
use crate::web::actor::Api;
use crate::web::api::{Keep, POSITION, read_answer, wait_for};
use crate::web::failure::Refusal;
use crate::web::query::{EVENT_FILTERS, Query};
use crate::web::reads::View;

/// NDJSON's media type.
pub const NDJSON: &str = "application/x-ndjson";

/// Records fetched at once while streaming.
const BATCH: usize = 500;

/// Whether the client wants NDJSON.
pub fn wants_lines(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.split(',').filter_map(|part| part.split(';').next()).any(|media| {
        let media = media.trim();
        media.eq_ignore_ascii_case(NDJSON) || media.eq_ignore_ascii_case("application/ndjson")
    })
}

/// A page of records, or all that follow as lines.
///
/// # Errors
/// Parameters that do not fit, and what the log refuses.
pub async fn list(State(site): State<Site>, api: Api, query: Query, headers: HeaderMap) -> Result<Response, Refusal> {
    query.only(&[EVENT_FILTERS, &["after", "limit"]].concat())?;
    let view = View::open(&site, &api.caller, Moment::Live).await?;
    let filter = view.event_filter(&query).await?;
    let after = query.value::<u64>("after", "a position")?.unwrap_or(0);
    let lines = wants_lines(&headers);
    let limit =
        if lines { query.value::<usize>("limit", "a number")?.unwrap_or(usize::MAX) } else { query.limit(500)? };
    wait_for(&site, &headers).await?;
    let head = site.koinon.head().await?.position;
    if lines {
        return Ok(stream_lines(site, api.caller, filter, after, limit, head));
    }
    let reading = site.koinon.records(&api.caller, &filter, after, limit).await?;
    let mut body = BytesMut::with_capacity(size(&reading.records) + 2);
    body.put_u8(b'[');
    for (index, record) in reading.records.iter().enumerate() {
        if index > 0 {
            body.put_u8(b',');
        }
        body.put_slice(&record.bytes);
    }
    body.put_u8(b']');
    let mut response = read_answer(&headers, "application/json", body.freeze(), head, Keep::Nobody);
    if reading.until < head {
        let next = query.with("after", Some(&reading.until.to_string()));
        if let Ok(link) = HeaderValue::from_str(&format!("</api/events?{next}>; rel=\"next\"")) {
            response.headers_mut().insert(header::LINK, link);
        }
    }
    Ok(response)
}

/// Every record up to the head as it stood when asked, a batch at a time, as fast as the client reads.
fn stream_lines(site: Site, caller: Caller, filter: EventFilter, after: u64, limit: usize, head: u64) -> Response {
    let first = (site, caller, filter, after, limit);
    let body = stream::try_unfold(first, move |(site, caller, filter, after, left)| async move {
        if left == 0 || after >= head || *site.ending().borrow() {
            return Ok::<_, Failure>(None);
        }
        let mut reading = site.koinon.records(&caller, &filter, after, left.min(BATCH)).await?;
        reading.records.retain(|record| record.position <= head);
        let left = left - reading.records.len();
        Ok(Some((lines(&reading.records), (site, caller, filter, reading.until, left))))
    });
    let mut response = Response::new(Body::from_stream(body));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(NDJSON));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(POSITION, HeaderValue::from(head));
    response
}

fn size(records: &[Stored]) -> usize {
    records.iter().map(|record| record.bytes.len() + 1).sum()
}

fn lines(records: &[Stored]) -> Bytes {
    let mut body = BytesMut::with_capacity(size(records));
    for record in records {
        body.put_slice(&record.bytes);
        body.put_u8(b'\n');
    }
    body.freeze()
}

/// One record, its exact bytes.
///
/// # Errors
/// 404 when there is none, or none the caller may see.
pub async fn one(
    State(site): State<Site>,
    api: Api,
    Path(position): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    wait_for(&site, &headers).await?;
    let position: u64 = position.parse().map_err(|_| Refusal::absent())?;
    let bytes = site.koinon.record(&api.caller, position).await?.ok_or_else(Refusal::absent)?;
    Ok(read_answer(&headers, "application/json", bytes, position, Keep::Ask))
}
