//! The receipt of an erasure: who by an opaque id, on which request and basis, when and where it stands in the log, what was
//! destroyed, and the proof. It holds nobody's name, so that it can be filed with the request.

use koinon_events::person::PersonEvent;
use koinon_events::value::Timestamp;
use koinon_events::{DocumentId, Event, PersonId, Role};
use serde::Serialize;

use super::{Caller, Failure, Koinon, record_of};
use crate::access;
use crate::domain::Scope;
use crate::store::Destroyed;
use crate::tree::leaf_hash;

/// The receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErasureReceipt {
    /// Who, by the opaque id.
    pub person: PersonId,
    /// The legal basis.
    pub basis: String,
    /// The reference of the request.
    pub request: String,
    /// Where the erasure stands in the log.
    pub position: u64,
    /// When it was recorded.
    pub time: Timestamp,
    /// What was destroyed; absent where the erasure was made by an earlier version or in another database.
    pub destroyed: Option<Destroyed>,
    /// Documents that name the person and are given to nobody until a redacted copy takes their place.
    pub documents_to_redact: Vec<DocumentId>,
    /// The record's hash (RFC 6962 leaf hash), in hexadecimal.
    pub record_hash: String,
    /// The proof that the record is in the log, as a tlog-proof file; the checkpoint stands in it.
    pub inclusion: String,
    /// The signed checkpoint that the proof leads to.
    pub checkpoint: String,
}

impl Koinon {
    /// The receipt of a person's erasure, for an administrator and for whoever asked for it.
    ///
    /// # Errors
    /// [`Failure::Absent`] for anybody else, and where nobody was erased; [`Failure::Unavailable`] when the log cannot be
    /// read.
    pub async fn erasure_receipt(&self, caller: &Caller, person: PersonId) -> Result<ErasureReceipt, Failure> {
        let scope = self.scope(person.subject()).await?.ok_or(Failure::Absent)?;
        let (mut erased, mut asked) = (None, false);
        for stored in self.inner.store.subject(person.subject()).await? {
            let record = record_of(&stored)?;
            match record.event().map_err(|error| Failure::Internal(error.to_string()))? {
                Event::Person(PersonEvent::ErasureRequested(_)) => asked |= record.actor == caller.actor,
                Event::Person(PersonEvent::PersonErased(event)) => erased = Some((record, event, stored.bytes)),
                _ => {}
            }
        }
        if !(asked || self.administers(caller, &scope)) {
            return Err(Failure::Absent);
        }
        let (record, event, bytes) = erased.ok_or(Failure::Absent)?;
        let kept = self.inner.store.receipt(person).await?.filter(|kept| kept.position == record.position);
        let mut documents_to_redact = Vec::new();
        for document in self.tagged(Some(person.subject())).await? {
            if self.waits_for_copy(document).await? {
                documents_to_redact.push(document);
            }
        }
        let inclusion = self.inclusion(&Caller::system("receipts")?, record.position, None).await?;
        let checkpoint = inclusion.split_once("\n\n").map(|(_, checkpoint)| checkpoint.to_owned()).unwrap_or_default();
        Ok(ErasureReceipt {
            person,
            basis: event.basis.to_string(),
            request: event.request.to_string(),
            position: record.position,
            time: record.time,
            destroyed: kept.map(|kept| kept.destroyed),
            documents_to_redact,
            record_hash: leaf_hash(&bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
            inclusion,
            checkpoint,
        })
    }

    fn administers(&self, caller: &Caller, scope: &Scope) -> bool {
        access::acts(&[Role::Administrator], scope, None, &caller.grants, self.inner.clock.today())
    }
}
