//! `/api/people/{id}/export`: everything that is held on a person, for the person and for a coordinator on their behalf
//! (GDPR art. 15 and 20, EUDPR art. 17 and 22). For anybody else there is nothing here.
//!
//! What others did is told only as far as it concerns the person; the names in it are those the reader may know.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use koinon_events::{Actor, Kind, PersonId, Subject};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access;
use crate::app::{Caller, EventFilter, Failure, Stored, record_of};
use crate::views::Moment;
use crate::web::Site;
use crate::web::actor::{Api, Reader};
use crate::web::failure::Refusal;
use crate::web::reads::View;
use crate::web::told::tell;

/// How many records are looked through at once.
const PAGE: usize = 2_000;

/// The export for a program.
///
/// # Errors
/// 404 for who may not have it.
pub async fn export(State(site): State<Site>, api: Api, Path(id): Path<Uuid>) -> Result<Response, Refusal> {
    answer(&site, &api.caller, PersonId(id)).await
}

/// The same for who reads pages.
///
/// # Errors
/// As [`export`].
pub async fn of_page(State(site): State<Site>, reader: Reader, Path(id): Path<Uuid>) -> Result<Response, Refusal> {
    answer(&site, &reader.caller, PersonId(id)).await
}

async fn answer(site: &Site, caller: &Caller, person: PersonId) -> Result<Response, Refusal> {
    let view = View::open(site, caller, Moment::Live).await?;
    let scope = view.scope(person.subject()).await?.ok_or_else(Refusal::absent)?;
    if !access::may_export(person, &scope, &caller.grants, &caller.actor, view.today) {
        return Err(Refusal::absent());
    }
    let (row, position) = view.row(Kind::Person, person.0).await?.ok_or_else(Refusal::absent)?;
    let records = concerning(site, person).await?;
    let sessions = site.koinon.browser_sessions(person).await?;
    let sessions: Vec<Value> =
        sessions.iter().map(|session| json!({ "begun": session.begun, "seen": session.seen })).collect();
    let body = json!({
        "identities": site.koinon.identities(person).await?.iter().map(|linked| json!({ "linked": linked })).collect::<Vec<_>>(),
        "sessions": sessions,
        "person": row,
        "values": values(site, person, &records).await?,
        "tokens": of_person(&view, "tokens", person).await?,
        "following": view_row(&view, "followings", person.0).await?,
        "documents": documents(&view, person, &records).await?,
        "records": told(&view, person, &records).await?,
        "position": position,
    });
    let mut response = body.to_string().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"person-{}.json\"", person.0)) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

/// Every record that the person gave, is the subject of, or is named in.
async fn concerning(site: &Site, person: PersonId) -> Result<Vec<Stored>, Refusal> {
    let whole = Caller::system("person-export")?;
    let (id, mut after, mut found) = (person.0.to_string(), 0, Vec::new());
    loop {
        let page = site.koinon.records(&whole, &EventFilter::default(), after, PAGE).await?;
        let is_last = page.records.len() < PAGE;
        after = page.until;
        let names = |stored: &Stored| memmem(&stored.bytes, id.as_bytes());
        found.extend(page.records.into_iter().filter(names));
        if is_last {
            return Ok(found);
        }
    }
}

fn memmem(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Every personal value that was ever recorded of the person and is still held, with the event that recorded it.
async fn values(site: &Site, person: PersonId, records: &[Stored]) -> Result<Vec<Value>, Refusal> {
    let mut sealed = Vec::new();
    for stored in records {
        let record = record_of(stored)?;
        if record.subject == person.subject() {
            let data: Value = serde_json::from_str(record.data.get()).unwrap_or_default();
            let fields = data.as_object().into_iter().flatten();
            sealed.extend(fields.filter_map(|(field, value)| {
                Some((record.position, field.clone(), value["sealed"].as_str()?.to_owned()))
            }));
        }
    }
    let commitments: Vec<String> = sealed.iter().map(|(_, _, commitment)| commitment.clone()).collect();
    let opened = site.koinon.open_sealed(&commitments).await?;
    let held = sealed.into_iter().filter_map(|(position, field, commitment)| {
        opened.get(&commitment).map(|value| json!({ "position": position, "field": field, "value": value }))
    });
    Ok(held.collect())
}

async fn told(view: &View, person: PersonId, records: &[Stored]) -> Result<Vec<Value>, Refusal> {
    let mut all = Vec::with_capacity(records.len());
    for (told, stored) in tell(view, records).await?.iter().zip(records) {
        let record = record_of(stored)?;
        let part = match &record.actor {
            Actor::Person(actor) if *actor == person => "actor",
            _ if record.subject == person.subject() => "subject",
            _ => "named",
        };
        all.push(json!({
            "position": told.position,
            "time": told.time,
            "type": told.event,
            "subject": told.subject,
            "subject_title": told.what,
            "sentence": format!("{} {}", told.who, told.sentence),
            "as": part,
        }));
    }
    Ok(all)
}

/// Rows of a collection without pages that are the person's; they hold no secret.
async fn of_person(view: &View, collection: &str, person: PersonId) -> Result<Vec<Value>, Refusal> {
    let records = EventFilter { event_type: Some("TokenCreated".to_owned()), ..EventFilter::default() };
    let whole = Caller::system("person-export")?;
    let found = view.site.koinon.records(&whole, &records, 0, usize::MAX >> 1).await?;
    let mut rows = Vec::new();
    for stored in &found.records {
        let record = record_of(stored)?;
        let data: Value = serde_json::from_str(record.data.get()).unwrap_or_default();
        if data["person"] == person.0.to_string()
            && let Some(row) = view_row(view, collection, record.subject.id).await?
        {
            rows.push(row);
        }
    }
    Ok(rows)
}

/// The documents that name the person: what they are, not their bytes, which may name others.
async fn documents(view: &View, person: PersonId, records: &[Stored]) -> Result<Vec<Value>, Refusal> {
    let subjects =
        records.iter().map(|stored| Ok(record_of(stored)?.subject)).collect::<Result<BTreeSet<_>, Failure>>()?;
    let mut found = Vec::new();
    for document in subjects.into_iter().filter(|subject| subject.kind == Kind::Document) {
        let Some(row) = view_row(view, "documents", document.id).await? else { continue };
        if row["names"].as_array().is_some_and(|names| names.contains(&json!(person))) {
            let told = ["id", "title", "kind", "status", "language", "sha256", "size", "media_type", "copy"];
            found.push(told.iter().map(|field| ((*field).to_owned(), row[*field].clone())).collect());
        }
    }
    Ok(found)
}

async fn view_row(view: &View, collection: &str, id: Uuid) -> Result<Option<Value>, Refusal> {
    let row = view.site.koinon.views().get(collection, id, Moment::Live).await.map_err(Failure::from)?;
    let row = row.map(|row| serde_json::from_slice(&row.value)).transpose();
    row.map_err(|error| Failure::Internal(format!("a row cannot be read: {error}")).into())
}

/// Whether the page of a subject offers the export to its reader.
///
/// # Errors
/// When the subject's place cannot be read.
pub async fn is_offered(view: &View, subject: Subject) -> Result<bool, Refusal> {
    let Some(scope) = view.scope(subject).await?.filter(|_| subject.kind == Kind::Person && view.is_now()) else {
        return Ok(false);
    };
    let caller = &view.caller;
    Ok(access::may_export(PersonId(subject.id), &scope, &caller.grants, &caller.actor, view.today))
}
