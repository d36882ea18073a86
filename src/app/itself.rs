//! What the log records of itself: its name, given once, and how its signing key was handed over from one to the next.

use anyhow::{Context, bail};
use koinon_events::log::LogEvent;
use koinon_events::value::Line;
use koinon_events::{Draft, Event, Record, Subject};

use super::{Caller, Failure};
use crate::clock::Clock;
use crate::note::{Rotation, VerifierKey};
use crate::store::{Append, Claim, NewEvent, Store};

/// What the log says of itself.
pub(super) struct Itself {
    /// The subject of these records.
    pub(super) subject: Subject,
    /// How many there are.
    pub(super) version: u64,
    /// The name checkpoints are signed under, whatever the settings say now.
    pub(super) origin: String,
    /// Each change of the signing key with its position, in order, up to the first that does not hold.
    pub(super) rotations: Vec<(u64, Rotation)>,
    /// What is wrong with the first that does not hold.
    pub(super) fault: Option<String>,
}

impl Itself {
    /// Reads it.
    ///
    /// # Errors
    /// When the log cannot be read, or does not begin as a log does.
    pub(super) async fn of(store: &Store) -> anyhow::Result<Self> {
        let first = Record::parse(&store.record(1).await?.context("the log has no first record")?)?;
        let Event::Log(LogEvent::LogCreated(created)) = first.event()? else {
            bail!("the first record of the log does not say that it was created");
        };
        let mut itself = Self {
            subject: first.subject,
            version: 0,
            origin: created.origin.to_string(),
            rotations: Vec::new(),
            fault: None,
        };
        for stored in store.subject(first.subject).await? {
            itself.version += 1;
            if itself.fault.is_none() {
                itself.fault = itself.take(&Record::parse(&stored.bytes)?)?;
            }
        }
        Ok(itself)
    }

    /// Goes on by one record; what is wrong with it.
    fn take(&mut self, record: &Record) -> anyhow::Result<Option<String>> {
        let Event::Log(LogEvent::SigningKeyRotated(told)) = record.event()? else { return Ok(None) };
        let position = record.position;
        let signature = told.signature.as_ref().map(Line::as_str);
        match Rotation::read(told.from.as_str(), told.to.as_str(), signature) {
            Err(error) => return Ok(Some(format!("record {position} changes the signing key, and {error}"))),
            Ok(rotation) if self.in_force().is_some_and(|last| last != rotation.from()) => {
                return Ok(Some(format!("record {position} changes the signing key from one that did not sign then")));
            }
            Ok(rotation) => self.rotations.push((position, rotation)),
        }
        Ok(None)
    }

    /// The key the log was handed over to last; none while it has its first.
    pub(super) fn in_force(&self) -> Option<&VerifierKey> {
        self.rotations.last().map(|(_, last)| last.to())
    }

    /// Every key that is named.
    pub(super) fn keys(&self) -> Vec<VerifierKey> {
        let named = self.rotations.iter().flat_map(|(_, each)| [each.from(), each.to()]);
        named.cloned().collect()
    }
}

/// Appends an event of the log about itself, which must be at that version; the claims must be free. Gives its position.
///
/// # Errors
/// [`Failure::VersionLost`] and [`Failure::Rule`] when somebody was faster; else as any append.
pub(super) async fn append(
    store: &Store,
    clock: &Clock,
    (subject, version): (Subject, u64),
    event: Event,
    claims: Vec<Claim>,
) -> Result<u64, Failure> {
    let caller = Caller::system("log")?;
    let command = clock.id();
    let draft = Draft {
        id: clock.id(),
        actor: caller.actor.clone(),
        causation: None,
        command,
        correlation: command,
        subject,
        programme: None,
        partnership: None,
        event,
    };
    let mut append = Append::new(command, clock.now());
    append.expected = vec![(subject, version)];
    append.events = vec![NewEvent {
        subject,
        template: draft.template().map_err(|error| Failure::Internal(error.to_string()))?,
        event_type: draft.event.stored_type(),
        actor: caller.actor.to_string(),
        programme: None,
        partnership: None,
    }];
    append.claims = claims;
    Ok(store.append(append).await?.position)
}

/// A text as an event keeps it.
///
/// # Errors
/// When it is no line.
pub(super) fn line(text: &str) -> Result<Line, Failure> {
    Line::parse(text).map_err(Failure::Internal)
}
