//! Reading the log: records as they were recorded, only those the caller may see.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;
use koinon_events::Subject;

use super::{Caller, Failure, Koinon, record_of};
use crate::access;
use crate::domain::Scope;
use crate::store::{Filter, Stored};

/// Which records are wanted: the store's own filter.
pub type EventFilter = Filter;

/// How many pages a filtered read looks through before it answers with what it found.
const PAGES: usize = 20;

/// What one read of the log found.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The records the caller may see.
    pub records: Vec<Stored>,
    /// Everything up to here was looked at: go on after it.
    pub until: u64,
}

impl Koinon {
    /// Up to `limit` records after a position that fit the filter and that the caller may see.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the log cannot be read.
    pub async fn records(
        &self,
        caller: &Caller,
        filter: &EventFilter,
        after: u64,
        limit: usize,
    ) -> Result<Reading, Failure> {
        let today = self.inner.clock.today();
        let head = self.inner.store.head().await?.position;
        let mut reading = Reading { records: Vec::new(), until: after };
        for _ in 0..PAGES {
            let wanted = limit - reading.records.len();
            let page = self.inner.store.select(filter, reading.until, wanted).await?;
            let full = page.len() == wanted;
            // Records may have been added since the head was read; a page that has them has been looked at up to them.
            reading.until = match page.last() {
                Some(last) if full => last.position,
                Some(last) => head.max(last.position),
                None => head.max(reading.until),
            };
            if access::reads_whole_log(&caller.grants, &caller.actor, today) {
                reading.records.extend(page);
            } else {
                reading.records.extend(self.visible(caller, page).await?);
            }
            if !full || reading.records.len() == limit {
                break;
            }
        }
        Ok(reading)
    }

    /// Those of some records that the caller may see.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the log cannot be read.
    pub async fn seen_by(&self, caller: &Caller, records: Vec<Stored>) -> Result<Vec<Stored>, Failure> {
        if self.reads_whole_log(caller) {
            return Ok(records);
        }
        self.visible(caller, records).await
    }

    /// The exact bytes of one record, if there is one and the caller may see it.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the log cannot be read.
    pub async fn record(&self, caller: &Caller, position: u64) -> Result<Option<Bytes>, Failure> {
        let Some(bytes) = self.inner.store.record(position).await? else { return Ok(None) };
        if access::reads_whole_log(&caller.grants, &caller.actor, self.inner.clock.today()) {
            return Ok(Some(bytes));
        }
        let seen = self.visible(caller, vec![Stored { position, bytes }]).await?;
        Ok(seen.into_iter().next().map(|stored| stored.bytes))
    }

    /// Those of the records whose subjects the caller may see.
    async fn visible(&self, caller: &Caller, records: Vec<Stored>) -> Result<Vec<Stored>, Failure> {
        let today = self.inner.clock.today();
        let mut scopes: HashMap<Subject, Scope> = HashMap::new();
        let mut seen = Vec::with_capacity(records.len());
        for stored in records {
            let record = record_of(&stored)?;
            let scope = match scopes.entry(record.subject) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => place.insert(self.scope(record.subject).await?.unwrap_or_default()),
            };
            if access::may_read(scope, record.subject.kind, &caller.grants, &caller.actor, today) {
                seen.push(stored);
            }
        }
        Ok(seen)
    }

    /// What a subject belongs to, by its state now.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the log cannot be read.
    pub async fn scope(&self, subject: Subject) -> Result<Option<Scope>, Failure> {
        let mut ground = super::load::Ground::default();
        self.load(&mut ground, &[subject], false).await?;
        Ok(ground.world.state(subject).map(crate::domain::State::scope))
    }

    /// Opens sealed values for a reader; what was erased or is not held here is absent from the answer. The rim asks
    /// only for persons the caller may see ([`crate::access::may_read_persons`]).
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the vault cannot be read.
    pub async fn open_sealed(&self, commitments: &[String]) -> Result<BTreeMap<String, String>, Failure> {
        self.open_all(commitments).await
    }
}
