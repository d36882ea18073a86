//! A record with its event decoded: what a fold sees.

use koinon_events::value::{Code, Timestamp};
use koinon_events::{Actor, Envelope, Event, PartnershipId, Record, RecordError, Subject};

/// One event of the log, with what its envelope says.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its place in the log.
    pub position: u64,
    /// Its place within its subject.
    pub version: u64,
    /// When it was recorded.
    pub time: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// What it happened to.
    pub subject: Subject,
    /// The programme's code.
    pub programme: Option<Code>,
    /// The partnership it belongs to.
    pub partnership: Option<PartnershipId>,
    /// What happened.
    pub event: Event,
}

impl Entry {
    /// Reads an entry from a record's bytes.
    ///
    /// # Errors
    /// [`RecordError`] when the bytes are no record, or the event is not of this vocabulary.
    pub fn read(bytes: &[u8]) -> Result<Self, RecordError> {
        match Self::in_canonical_form(bytes) {
            Some(entry) => Ok(entry),
            None => Ok(Self::of(Record::parse(bytes)?)?),
        }
    }

    /// What [`Self::of`] gives for the record, sooner; `None` where there is anything to object to.
    fn in_canonical_form(bytes: &[u8]) -> Option<Self> {
        let envelope = Envelope::of(bytes)?;
        Some(Self {
            position: envelope.position,
            version: envelope.version,
            time: envelope.time.parse().ok()?,
            actor: envelope.actor.parse().ok()?,
            subject: envelope.subject.parse().ok()?,
            programme: envelope.programme.map(Code::parse).transpose().ok()?,
            partnership: envelope.partnership.map(PartnershipId),
            event: Event::decode(envelope.stored_type, envelope.data).ok()?,
        })
    }

    /// Decodes a record's event.
    ///
    /// # Errors
    /// [`koinon_events::SchemaError`] when the event is not of this vocabulary.
    pub fn of(record: Record) -> Result<Self, koinon_events::SchemaError> {
        let event = record.event()?;
        Ok(Self {
            position: record.position,
            version: record.version,
            time: record.time,
            actor: record.actor,
            subject: record.subject,
            programme: record.programme,
            partnership: record.partnership,
            event,
        })
    }
}
