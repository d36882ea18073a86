//! Pages kept for a second, so that a page many times asked for is rendered once: a scrubber dragged to and fro, a screen
//! in a meeting room, a reload that will not wait.
//!
//! What is kept is one reader's page at one position, in one language, within one minute of the clock, and nothing else is
//! ever given: who reads is looked up for each request as always. Whatever is written here empties it. Pages that carry the
//! key of a form are never kept, since two tabs would then send one command.

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use lru::LruCache;

use crate::locale::spoken;
use crate::web::Site;
use crate::web::actor::Reader;
use crate::web::api::POSITION;
use crate::web::failure::Refusal;

/// How long a page is kept: what is not in the log (a document's bytes, the state of a read model) is no older than this.
const FRESH: Duration = Duration::from_secs(1);
/// The most pages kept, and the most bytes of one: 16 MB in all.
const PAGES: NonZeroUsize = NonZeroUsize::MIN.saturating_add(63);
const LARGEST: usize = 256 * 1024;

/// The pages that say nothing but what the read models and the log do.
const KEPT: &[&str] = &[
    "/",
    "/{collection}",
    "/{collection}/{id}",
    "/activity",
    "/audit",
    "/data-quality",
    "/events/{position}",
    "/replay",
    "/search",
    "/visits/board",
    "/visits/calendar",
    "/visits/{id}/checklist",
    "/visits/{id}/itinerary",
];

/// The pages of the last second.
pub struct Pages(Mutex<LruCache<Key, Page>>);

/// What a page depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    actor: String,
    form_token: Option<String>,
    address: String,
    language: String,
    position: u64,
    minute: i64,
}

#[derive(Clone)]
struct Page {
    headers: HeaderMap,
    body: Bytes,
    made: Instant,
}

impl Default for Pages {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(PAGES)))
    }
}

impl Pages {
    fn find(&self, key: &Key, now: Instant) -> Option<Page> {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = pages.get(key)?;
        if now.saturating_duration_since(found.made) < FRESH {
            return Some(found.clone());
        }
        pages.pop(key);
        None
    }

    fn keep(&self, key: Key, page: Page) {
        if page.body.len() <= LARGEST && !carries_a_key(&page.body) {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).put(key, page);
        }
    }

    fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        (self.headers, self.body).into_response()
    }
}

/// Gives a page of the last second again, or renders it and keeps it.
///
/// # Errors
/// When a page that was rendered cannot be read to its end.
pub async fn keep(State(site): State<Site>, request: Request, next: Next) -> Result<Response, Refusal> {
    if !request.method().is_safe() {
        let response = next.run(request).await;
        site.pages.clear();
        return Ok(response);
    }
    if !is_kept(&request) {
        return Ok(next.run(request).await);
    }
    let (mut parts, body) = request.into_parts();
    let Ok(reader) = Reader::from_request_parts(&mut parts, &site).await else {
        return Ok(next.run(Request::from_parts(parts, body)).await);
    };
    let key = Key {
        actor: reader.caller.actor.to_string(),
        form_token: reader.session.map(|session| session.form_token),
        address: parts.uri.path_and_query().map_or("/", |address| address.as_str()).to_owned(),
        language: spoken().tag.to_string(),
        position: site.koinon.views().applied(),
        minute: site.koinon.clock().now().moment().timestamp().div_euclid(60),
    };
    let made = Instant::now();
    if let Some(page) = site.pages.find(&key, made) {
        return Ok(page.into_response());
    }
    let response = next.run(Request::from_parts(parts, body)).await;
    if !may_be_kept(&response) {
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX)
        .await
        .map_err(|error| Refusal::from(crate::app::Failure::Internal(error.to_string())))?;
    // While it was rendered the read models may have moved: then it is a page of neither position.
    if site.koinon.views().applied() == key.position {
        site.pages.keep(key, Page { headers: parts.headers.clone(), body: body.clone(), made });
    }
    Ok(Response::from_parts(parts, Body::from(body)))
}

fn is_kept(request: &Request) -> bool {
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let query = request.uri().query().unwrap_or_default();
    // What a reader has just done is told once.
    let tells = query.split('&').any(|pair| pair.starts_with("seen=") || pair.starts_with("done="));
    request.method() == Method::GET && !tells && route.is_some_and(|route| KEPT.contains(&route))
}

fn may_be_kept(response: &Response) -> bool {
    let headers = response.headers();
    let is_page = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    response.status() == StatusCode::OK
        && is_page
        && headers.contains_key(POSITION)
        && !headers.contains_key(header::SET_COOKIE)
}

/// Whether a page holds a form that may be sent once.
fn carries_a_key(page: &[u8]) -> bool {
    const KEY: &[u8] = b"name=\"key\"";
    page.windows(KEY.len()).any(|window| window == KEY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(position: u64) -> Key {
        Key {
            actor: "person:1".to_owned(),
            form_token: None,
            address: "/".to_owned(),
            language: "en".to_owned(),
            position,
            minute: 0,
        }
    }

    fn page(body: &'static str, made: Instant) -> Page {
        Page { headers: HeaderMap::new(), body: Bytes::from_static(body.as_bytes()), made }
    }

    #[test]
    fn a_page_is_given_again_for_a_second_and_at_its_position_only() {
        let (pages, now) = (Pages::default(), Instant::now());
        pages.keep(key(7), page("seven", now));
        assert_eq!(pages.find(&key(7), now).map(|page| page.body), Some(Bytes::from_static(b"seven")));
        assert!(pages.find(&key(8), now).is_none());
        assert!(pages.find(&Key { actor: "person:2".to_owned(), ..key(7) }, now).is_none());
        assert!(pages.find(&Key { form_token: Some("other".to_owned()), ..key(7) }, now).is_none());
        assert!(pages.find(&key(7), now + FRESH).is_none());
    }

    #[test]
    fn a_page_with_a_form_that_may_be_sent_once_is_not_kept() {
        let (pages, now) = (Pages::default(), Instant::now());
        pages.keep(key(7), page(r#"<input type="hidden" name="key" value="x">"#, now));
        assert!(pages.find(&key(7), now).is_none());
    }

    #[test]
    fn what_is_written_empties_it() {
        let (pages, now) = (Pages::default(), Instant::now());
        pages.keep(key(7), page("seven", now));
        pages.clear();
        assert!(pages.find(&key(7), now).is_none());
    }
}
