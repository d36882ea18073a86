//! Documents that name somebody who was erased: their bytes are given to nobody from the erasure on, and deleted once a
//! redacted copy has taken their place or the document was withdrawn. The log keeps their hash.
//!
//! What is barred is read from the log itself, never from a read model that may be a moment behind.

use std::collections::BTreeSet;

use koinon_events::{DocumentId, Subject};

use super::load::Ground;
use super::{EventFilter, Failure, Koinon, Order, record_of};
use crate::domain::document::DocumentStatus;
use crate::domain::person::PersonStatus;

/// How many records, and documents, are looked at at once.
const PAGE: usize = 500;

/// Why the bytes of a document are given to nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barred {
    /// It names somebody who was erased.
    Erased,
    /// A redacted copy took its place.
    Redacted(DocumentId),
}

impl Koinon {
    /// Whether the bytes of a document are given to nobody any more, and why.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the log cannot be read.
    pub async fn barred(&self, document: DocumentId) -> Result<Option<Barred>, Failure> {
        Ok(self.barrier(document).await?.map(|(barred, _)| barred))
    }

    /// Whether a document waits for its redacted copy.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the log cannot be read.
    pub(super) async fn waits_for_copy(&self, document: DocumentId) -> Result<bool, Failure> {
        Ok(self.barrier(document).await? == Some((Barred::Erased, DocumentStatus::Registered)))
    }

    async fn barrier(&self, document: DocumentId) -> Result<Option<(Barred, DocumentStatus)>, Failure> {
        let mut ground = Ground::default();
        self.load(&mut ground, &[document.subject()], true).await?;
        let Some(state) = ground.world.document(document) else { return Ok(None) };
        if let Some(copy) = state.copy {
            return Ok(Some((Barred::Redacted(copy), state.status)));
        }
        let status = state.status;
        let persons: Vec<Subject> = state.persons.iter().map(|person| person.subject()).collect();
        self.load(&mut ground, &persons, true).await?;
        Ok(names_erased(&ground, document).then_some((Barred::Erased, status)))
    }

    /// The documents that name a person, whatever became of them.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the log cannot be read.
    pub(super) async fn tagged(&self, person: Option<Subject>) -> Result<BTreeSet<DocumentId>, Failure> {
        let filter = EventFilter { event_type: Some("PersonsTagged".to_owned()), ..EventFilter::default() };
        let (mut documents, mut after) = (BTreeSet::new(), 0);
        let wanted = person.map(|person| person.id.to_string());
        loop {
            let page = self.inner.store.select(&filter, after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(documents) };
            after = last.position;
            for stored in &page {
                let record = record_of(stored)?;
                if wanted.as_ref().is_none_or(|wanted| record.data.get().contains(wanted)) {
                    documents.insert(DocumentId(record.subject.id));
                }
            }
        }
    }

    /// Deletes from the folder the bytes that must not lie there any more; also what an earlier process left.
    ///
    /// # Errors
    /// When the log cannot be read or the folder cannot be written.
    pub(super) async fn clear_shelf(&self) -> Result<(), Failure> {
        let documents: Vec<DocumentId> = self.tagged(None).await?.into_iter().collect();
        for some in documents.chunks(PAGE) {
            let mut ground = Ground::default();
            let subjects: Vec<Subject> = some.iter().map(|document| document.subject()).collect();
            self.load(&mut ground, &subjects, true).await?;
            let states = some.iter().filter_map(|document| ground.world.document(*document));
            let persons: BTreeSet<Subject> =
                states.flat_map(|state| &state.persons).map(|person| person.subject()).collect();
            self.load(&mut ground, &persons.into_iter().collect::<Vec<_>>(), true).await?;
            for document in some {
                let Some(state) = ground.world.document(*document) else { continue };
                let is_withdrawn = state.status == DocumentStatus::Withdrawn;
                if (state.copy.is_some() || is_withdrawn && names_erased(&ground, *document))
                    && self.inner.shelf.remove(document.0, state.sha256.as_str()).await.map_err(unusable)?
                {
                    tracing::info!(%document, "the bytes of a document were deleted: it named somebody who was erased");
                }
            }
        }
        Ok(())
    }

    /// Clears the shelf after a command by which bytes may have to go. What cannot be deleted now is given to nobody,
    /// and deleted at the next start.
    pub(super) async fn clear_after(&self, order: &Order) {
        let clears = match order.name.as_str() {
            "RegisterDocument" => order.body.contains_key("redacts"),
            "ErasePerson" | "WithdrawDocument" => true,
            _ => false,
        };
        if clears && let Err(failure) = self.clear_shelf().await {
            tracing::error!(%failure, "bytes of documents that name erased persons could not be deleted yet");
        }
    }
}

fn names_erased(ground: &Ground, document: DocumentId) -> bool {
    let mut persons = ground.world.document(document).into_iter().flat_map(|state| &state.persons);
    persons.any(|person| ground.world.person(*person).is_some_and(|person| person.status == PersonStatus::Erased))
}

fn unusable(error: crate::shelf::ShelfError) -> Failure {
    Failure::Unavailable(error.to_string())
}
