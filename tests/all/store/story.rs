//! Appends as tests write them: confirmed visits, since the store does not mind what happened.

use std::sync::atomic::{AtomicU64, Ordering};

use koinon::store::{AnswerKey, Append, AppendError, Appended, NewEvent, Store};
use koinon::tree::{Frontier, leaf_hash};
use koinon_events::value::{Code, Timestamp};
use koinon_events::visit::{VisitCancelled, VisitConfirmed};
use koinon_events::{Actor, Draft, Event, Kind, Record, Subject};
use uuid::Uuid;

static IDS: AtomicU64 = AtomicU64::new(1);

/// An id that no other test has.
pub fn id() -> Uuid {
    Uuid::from_u128(0x0197_a8c2_0000_7000_8000_0000_0000_0000 + u128::from(IDS.fetch_add(1, Ordering::Relaxed)))
}

/// A visit that does not exist yet.
pub fn visit() -> Subject {
    Subject { kind: Kind::Visit, id: id() }
}

/// A moment so many seconds into the story.
pub fn second(seconds: i64) -> Timestamp {
    Timestamp::from_micros(1_655_000_000_000_000 + seconds * 1_000_000)
}

/// What varies about an event.
#[derive(Clone, Default)]
pub struct Telling {
    pub programme: Option<&'static str>,
    pub partnership: Option<Uuid>,
    pub actor: Option<&'static str>,
    pub cancelled: Option<&'static str>,
}

/// An event of that command, told so.
pub fn told(command: Uuid, subject: Subject, telling: &Telling) -> NewEvent {
    let actor = Actor::System(Code::parse(telling.actor.unwrap_or("test")).unwrap());
    let event: Event = match telling.cancelled {
        Some(reason) => VisitCancelled { reason: serde_json::from_value(reason.into()).unwrap() }.into(),
        None => VisitConfirmed {}.into(),
    };
    let draft = Draft {
        id: id(),
        actor: actor.clone(),
        causation: None,
        command,
        correlation: command,
        subject,
        programme: telling.programme.map(|code| Code::parse(code).unwrap()),
        partnership: telling.partnership.map(koinon_events::PartnershipId),
        event,
    };
    NewEvent {
        subject,
        template: draft.template().unwrap(),
        event_type: draft.event.stored_type(),
        actor: actor.to_string(),
        programme: telling.programme.map(str::to_owned),
        partnership: telling.partnership,
    }
}

/// One command: the subjects it writes an event on, each expected at that version.
pub fn confirm(subjects: &[(Subject, u64)], time: Timestamp) -> Append {
    let command = id();
    let events = subjects.iter().map(|(subject, _)| told(command, *subject, &Telling::default())).collect();
    Append { expected: subjects.to_vec(), events, ..Append::new(command, time) }
}

/// The same with an idempotency key.
pub fn keyed(append: Append, key: &str, body: u8) -> Append {
    let subject = append.events.first().map_or_else(visit, |event| event.subject);
    let key = AnswerKey { scope: "person/a".to_owned(), key: key.to_owned(), body: [body; 32], created: true, subject };
    Append { key: Some(key), ..append }
}

/// Appends one event on a new visit.
pub async fn append_one(store: &Store, time: Timestamp) -> Result<Appended, AppendError> {
    store.append(confirm(&[(visit(), 0)], time)).await
}

/// Appends so many events, each on a visit of its own.
pub async fn append_many(store: &Store, count: u64) {
    for chunk in 0..count.div_ceil(500) {
        let subjects: Vec<_> = (chunk * 500..count.min(chunk * 500 + 500)).map(|_| (visit(), 0)).collect();
        store.append(confirm(&subjects, second(0))).await.unwrap();
    }
}

/// The whole log, read back and held against everything a log promises.
pub async fn sound_log(store: &Store) -> Vec<Record> {
    let mut frontier = Frontier::default();
    let mut versions = std::collections::HashMap::new();
    let mut records: Vec<Record> = Vec::new();
    loop {
        let after = records.len() as u64;
        let page = store.records(after, None, 1000).await.unwrap();
        if page.is_empty() {
            break;
        }
        for stored in page {
            let record = Record::parse(&stored.bytes).unwrap();
            frontier.push(leaf_hash(&stored.bytes));
            assert_eq!((stored.position, record.position), (frontier.size(), frontier.size()), "no gap, no repeat");
            let version = versions.entry(record.subject).or_insert(0);
            *version += 1;
            assert_eq!(record.version, *version, "versions of {} are dense", record.subject);
            assert!(records.last().is_none_or(|last| last.time <= record.time), "time never goes back");
            records.push(record);
        }
    }
    let head = store.head().await.unwrap();
    assert_eq!((head.position, head.root), (frontier.size(), frontier.root()));
    records
}
