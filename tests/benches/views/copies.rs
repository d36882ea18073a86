//! The sample programme many times over: every id of a copy is the sample's with the copy's number mixed in.

use std::collections::HashSet;
use std::path::Path;

use koinon::app::{Caller, Koinon, Order, Start};
use koinon::clock::Clock;
use koinon::sample;
use koinon::store::{Append, NewEvent, Options, Store};
use koinon_events::{Draft, Kind, PersonId, ProgrammeId, Record};
use uuid::Uuid;

/// The records of the sample programme, without the log's own first one.
pub async fn sample(folder: &Path) -> Vec<Vec<u8>> {
    let start = Start::within(folder);
    let koinon = Koinon::open(&start, Clock::simulated(sample::before()[0].at)).await.unwrap();
    for step in sample::before() {
        koinon.clock().advance_to(step.at);
        let caller = match step.as_whom {
            sample::SET_UP => Caller::system(sample::SET_UP).unwrap(),
            key => koinon.person(PersonId(sample::person_id(key))).await.unwrap().unwrap(),
        };
        let body = step.body.as_object().cloned().unwrap();
        koinon.execute(&caller, Order { name: step.command.to_owned(), body, ..Order::default() }).await.unwrap();
    }
    koinon.close().await;
    let store = Store::open(&start.database, &Options::default()).await.unwrap();
    let records = store.records(1, None, 100_000).await.unwrap();
    let records = records.iter().map(|stored| stored.bytes.to_vec()).collect();
    store.close().await;
    records
}

/// As many copies side by side as make so many events.
pub struct Copies<'a> {
    sample: &'a [Vec<u8>],
    pub count: usize,
    /// What all copies share, so that they are one programme; nothing where each is a programme of its own.
    shared: HashSet<Uuid>,
}

#[allow(dead_code, reason = "each benchmark grows its log in one of the two ways")]
impl<'a> Copies<'a> {
    pub fn of(sample: &'a [Vec<u8>], events: usize) -> Self {
        Self { sample, count: (events / sample.len()).max(1), shared: HashSet::new() }
    }

    /// One programme, in which everything but itself and its reports happened many times.
    pub fn of_one_programme(sample: &'a [Vec<u8>], events: usize) -> Self {
        let subjects = sample.iter().map(|bytes| Record::parse(bytes).unwrap().subject);
        let shared = subjects.filter(|subject| matches!(subject.kind, Kind::Programme | Kind::Report));
        Self { shared: shared.map(|subject| subject.id).collect(), ..Self::of(sample, events) }
    }

    /// Appends them all, the first record of every copy first; how many events there are then.
    pub async fn fill(&self, store: &Store) -> u64 {
        let mut next = 0;
        for bytes in self.sample {
            let record = Record::parse(bytes).unwrap();
            let time = record.time;
            let once = self.shared.contains(&record.subject.id);
            let copies: Vec<usize> = (0..if once { 1 } else { self.count }).collect();
            for some in copies.chunks(1_000) {
                next += 1;
                let events = some.iter().map(|copy| self.event(bytes, *copy)).collect();
                let command = Uuid::from_u128(0xc0_0000_0000_0000_0000_0000 + next);
                store.append(Append { events, ..Append::new(command, time) }).await.unwrap();
            }
        }
        store.head().await.unwrap().position
    }

    /// Appends one more event of a copy that is not there yet, as a command would.
    pub async fn append_one(&self, store: &Store, turn: u32) {
        let own = |bytes: &&Vec<u8>| !self.shared.contains(&Record::parse(bytes).unwrap().subject.id);
        let last = self.sample.iter().rev().find(own).unwrap();
        let (copy, time) = (self.count + turn as usize, store.head().await.unwrap().time);
        let command = Uuid::from_u128(0xc1_0000_0000_0000_0000_0000 + u128::from(turn));
        let events = vec![self.event(last, copy)];
        store.append(Append { events, ..Append::new(command, time) }).await.unwrap();
    }

    /// The events of one more copy, in their order.
    pub fn one_more(&self) -> impl Iterator<Item = NewEvent> {
        self.sample.iter().map(|bytes| self.event(bytes, self.count))
    }

    fn event(&self, bytes: &[u8], copy: usize) -> NewEvent {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let text = if self.shared.is_empty() {
            let text = text.replace("\"icc-agir\"", &format!("\"icc-agir-{copy}\""));
            text.replace("/programmes/icc-agir", &format!("/programmes/icc-agir-{copy}"))
        } else {
            text
        };
        let record = Record::parse(self.with_own_ids(&text, copy).as_bytes()).unwrap();
        let draft = Draft {
            id: record.id,
            actor: record.actor.clone(),
            causation: record.causation,
            command: record.command,
            correlation: record.correlation,
            subject: record.subject,
            programme: record.programme.clone(),
            partnership: record.partnership,
            event: record.event().unwrap(),
        };
        NewEvent {
            subject: draft.subject,
            template: draft.template().unwrap(),
            event_type: draft.event.stored_type(),
            actor: draft.actor.to_string(),
            programme: draft.programme.as_ref().map(ToString::to_string),
            partnership: draft.partnership.map(|partnership| partnership.0),
        }
    }

    /// The text with the copy's number mixed into every id.
    fn with_own_ids(&self, text: &str, copy: usize) -> String {
        let mut own = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('-') {
            let start = at.saturating_sub(8);
            let id = rest.get(start..start + 36).filter(|_| at >= 8).and_then(|text| Uuid::try_parse(text).ok());
            let id = id.map(|id| if self.shared.contains(&id) { id } else { mixed(id, copy) });
            let end = if let Some(id) = id {
                own.push_str(&rest[..start]);
                own.push_str(&id.to_string());
                start + 36
            } else {
                own.push_str(&rest[..=at]);
                at + 1
            };
            rest = &rest[end..];
        }
        own.push_str(rest);
        own
    }

    /// The programme of a copy.
    pub fn programme(&self, copy: usize) -> ProgrammeId {
        ProgrammeId(mixed(sample::programme_subject().id, copy))
    }

    /// Some visit of a copy.
    pub fn visit(&self, copy: usize) -> Uuid {
        let of = |bytes: &Vec<u8>| Record::parse(bytes).ok().map(|record| record.subject);
        let visits = self.sample.iter().filter_map(of).filter(|subject| subject.kind == Kind::Visit);
        mixed(visits.into_iter().next().unwrap().id, copy)
    }
}

fn mixed(id: Uuid, copy: usize) -> Uuid {
    // The low bits of the time of a version 7 id: version and variant stay what they are.
    Uuid::from_u128(id.as_u128() ^ ((copy as u128) << 80))
}
