//! `/api/feed.atom`: the newest records in words, as an Atom feed (RFC 4287) for any feed reader. An entry keeps its id for
//! ever, since what was recorded never changes.

use atom_syndication::{Category, Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use koinon_events::value::Timestamp;

use crate::app::{Caller, Failure, record_of};
use crate::locale::locale;
use crate::views::Moment;
use crate::web::Site;
use crate::web::actor::{Api, Reader};
use crate::web::api::{Keep, read_answer, wait_for};
use crate::web::failure::Refusal;
use crate::web::query::{EVENT_FILTERS, Query};
use crate::web::reads::View;
use crate::web::subjects::{has_page, page as subject_page};
use crate::web::told::{Told, newest, tell};

/// Atom's media type.
pub const ATOM: &str = "application/atom+xml; charset=utf-8";

/// How many entries a feed has unless said otherwise.
const ENTRIES: usize = 50;

/// The feed for a program.
///
/// # Errors
/// Parameters that do not fit.
pub async fn feed(State(site): State<Site>, api: Api, query: Query, headers: HeaderMap) -> Result<Response, Refusal> {
    answer(&site, &api.caller, &query, &headers, "/api/feed.atom").await
}

/// The same for who reads pages.
///
/// # Errors
/// Parameters that do not fit.
pub async fn of_page(
    State(site): State<Site>,
    reader: Reader,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    answer(&site, &reader.caller, &query, &headers, "/activity.atom").await
}

async fn answer(
    site: &Site,
    caller: &Caller,
    query: &Query,
    headers: &HeaderMap,
    path: &str,
) -> Result<Response, Refusal> {
    query.only(&[EVENT_FILTERS, &["limit"]].concat())?;
    wait_for(site, headers).await?;
    let view = View::open(site, caller, Moment::Live).await?;
    let filter = view.event_filter(query).await?;
    let records = newest(&view, &filter, view.position, query.limit(ENTRIES)?).await?;
    let mut entries = Vec::with_capacity(records.len());
    for (told, stored) in tell(&view, &records).await?.iter().zip(&records) {
        let record = record_of(stored)?;
        entries.push(entry(site, told, &record.id.to_string())?);
    }
    let whole = query.with("", None);
    let address = if whole.is_empty() { path.to_owned() } else { format!("{path}?{whole}") };
    // The same filters are the same feed, in whatever order they were asked.
    let filters = query.with("limit", None);
    let mut filters: Vec<&str> = filters.split('&').collect();
    filters.sort_unstable();
    let filters = filters.join("&");
    let head = site.koinon.head().await?;
    let feed = Feed {
        title: Text::plain(locale("en").t("atom-title")),
        // The same filter has the same id wherever the log is served; a log has one name for ever.
        id: format!("tag:{},2022:feed?{filters}", site.koinon.origin().replace('/', ":")),
        updated: entries.first().map_or_else(|| date(head.time), |entry| Ok(entry.updated))?,
        links: vec![
            Link {
                href: format!("{}{address}", site.public_url),
                rel: "self".to_owned(),
                mime_type: Some(ATOM.to_owned()),
                ..Link::default()
            },
            Link {
                href: format!("{}/", site.public_url),
                rel: "alternate".to_owned(),
                mime_type: Some("text/html".to_owned()),
                ..Link::default()
            },
        ],
        generator: Some(Generator { value: "Koinon".to_owned(), ..Generator::default() }),
        lang: Some("en".to_owned()),
        entries,
        ..Feed::default()
    };
    Ok(read_answer(headers, ATOM, feed.to_string().into(), view.position, Keep::Nobody))
}

fn entry(site: &Site, told: &Told, id: &str) -> Result<Entry, Failure> {
    let event = format!("{}/events/{}", site.public_url, told.position);
    let link = if has_page(told.subject.kind) && told.opens {
        format!("{}{}", site.public_url, subject_page(told.subject))
    } else {
        event.clone()
    };
    let sentence = format!("{} {}", told.who, told.sentence);
    Ok(Entry {
        title: Text::plain(if told.what.is_empty() { sentence.clone() } else { format!("{}: {sentence}", told.what) }),
        id: format!("urn:uuid:{id}"),
        updated: date(told.time)?,
        published: Some(date(told.time)?),
        authors: vec![Person { name: told.who.clone(), ..Person::default() }],
        categories: vec![Category { term: told.event.clone(), ..Category::default() }],
        links: vec![
            Link {
                href: link,
                rel: "alternate".to_owned(),
                mime_type: Some("text/html".to_owned()),
                ..Link::default()
            },
            Link { href: event, rel: "via".to_owned(), mime_type: Some("text/html".to_owned()), ..Link::default() },
        ],
        content: Some(Content { value: Some(sentence), content_type: Some("text".to_owned()), ..Content::default() }),
        ..Entry::default()
    })
}

fn date(time: Timestamp) -> Result<FixedDateTime, Failure> {
    time.to_string().parse().map_err(|_| Failure::Internal(format!("{time} is no time of a feed")))
}
