//! The bytes of documents, for who may read and bring them. They lie beside the log; bringing them is no event, since
//! the log holds their hash from the start.

use koinon_events::Subject;
use koinon_events::value::Day;
use serde_json::Value;

use super::{Caller, EventFilter, Failure, Koinon};
use crate::access;
use crate::domain::{Scope, command_shape, example_body, parse};
use crate::shelf::Shelf;

/// The largest upload, in bytes.
pub const MOST: u64 = 50 * 1024 * 1024;

impl Koinon {
    /// Where the bytes lie.
    pub fn shelf(&self) -> &Shelf {
        &self.inner.shelf
    }

    /// Whether the caller may bring the bytes of a document: whoever may register one there.
    ///
    /// # Errors
    /// [`Failure::Denied`], saying whom to ask.
    pub fn may_bring(&self, caller: &Caller, scope: &Scope) -> Result<(), Failure> {
        let Some(shape) = command_shape("RegisterDocument") else { return Ok(()) };
        let mut body = example_body(shape);
        body.insert(shape.subject_field.to_owned(), Value::String(uuid::Uuid::nil().to_string()));
        let command = parse(shape, &Value::Object(body)).map_err(Failure::Unfit)?;
        access::may(&command, scope, &caller.grants, &caller.actor, self.inner.clock.today())
            .map_err(|denied| Failure::Denied(denied.to_string()))
    }

    /// Whether the caller may read the bytes of a document that names persons: who may know the names, and who opened
    /// it on the record for a while.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the log cannot be read.
    pub async fn may_read_names(&self, caller: &Caller, document: Subject, scope: &Scope) -> Result<bool, Failure> {
        let today = self.inner.clock.today();
        if access::may_read_persons(scope, &caller.grants, &caller.actor, today) {
            return Ok(true);
        }
        let filter = EventFilter {
            subject: Some(document),
            event_type: Some("EvidenceOpened".to_owned()),
            actor: Some(caller.actor.to_string()),
            ..EventFilter::default()
        };
        let opened = self.records(caller, &filter, 0, 1_000).await?;
        Ok(opened.records.iter().any(|stored| {
            let record = koinon_events::Record::parse(&stored.bytes).ok();
            let data = record.and_then(|record| serde_json::from_str::<Value>(record.data.get()).ok());
            let until = data.and_then(|data| data["until"].as_str()?.parse::<Day>().ok());
            until.is_some_and(|until| today <= until)
        }))
    }
}
