//! What holds for every fold, whatever happened: replayed, folded on, or rebuilt a page at a time over stored rows, the
//! same events give the same bytes; and the first n events give what was answered at n.

#![cfg(test)]

use std::collections::{BTreeMap, HashMap};

use koinon_events::{Actor, Event, Kind, PersonId, Record, Subject};
use koinon_projections::{Entry, Memory, Model};
use proptest::prelude::*;
use uuid::Uuid;

/// Every golden event: its stored type, the kind of its subject, its data.
fn golden() -> Vec<(String, Kind, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../events/tests/golden");
    let mut events: Vec<(String, Kind, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| Record::parse(&std::fs::read(file.unwrap().path()).unwrap()).unwrap())
        .map(|record| (record.stored_type.clone(), record.subject.kind, record.data.get().to_owned()))
        .collect();
    events.sort();
    events
}

/// Ids in golden events are drawn from one small world, so that events meet each other's rows.
fn in_small_world(data: &str, seed: u128) -> String {
    let mut out = String::with_capacity(data.len());
    let mut rest = data;
    let mut nth = seed;
    while let Some(at) = rest.char_indices().map(|(at, _)| at).find(|at| {
        rest.get(*at..at + 36).is_some_and(|text| text.as_bytes()[8] == b'-' && Uuid::try_parse(text).is_ok())
    }) {
        out.push_str(&rest[..at]);
        nth = nth.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        out.push_str(&Uuid::from_u128((nth >> 60) % 4).to_string());
        rest = &rest[at + 36..];
    }
    out + rest
}

/// A log of any events in any order: more than the law allows, since a fold must bear every fact.
fn log() -> impl Strategy<Value = Vec<Entry>> {
    let golden = golden();
    prop::collection::vec((0..golden.len(), 0u128..4, any::<u64>()), 1..120).prop_map(move |picks| {
        let mut versions: HashMap<Subject, u64> = HashMap::new();
        picks
            .into_iter()
            .enumerate()
            .map(|(at, (which, subject, seed))| {
                let (name, kind, data) = &golden[which];
                let data = in_small_world(data, u128::from(seed));
                let event = Event::decode(name, &data).unwrap_or_else(|error| panic!("{name}: {error}"));
                let subject = Subject { kind: *kind, id: Uuid::from_u128(subject) };
                let version = versions.entry(subject).or_default();
                *version += 1;
                Entry {
                    position: at as u64 + 1,
                    version: *version,
                    time: format!("2022-0{}-15T00:00:00Z", 1 + at % 9).parse().unwrap(),
                    actor: Actor::Person(PersonId(Uuid::nil())),
                    subject,
                    programme: None,
                    partnership: None,
                    event,
                }
            })
            .collect()
    })
}

type Docs = BTreeMap<(&'static str, Uuid), Vec<u8>>;

fn docs(memory: &Memory) -> Docs {
    let ids: Vec<Uuid> = (0..4).map(Uuid::from_u128).collect();
    let row = |model: &dyn Model, id: Uuid| Some(((model.shape().name, id), model.doc(id)?));
    memory.tables.models().flat_map(|model| ids.iter().filter_map(move |id| row(model, *id))).collect()
}

/// What the database engines do: rows named by the event are loaded, folded, and written once a page.
fn by_pages(entries: &[Entry], page: usize) -> Docs {
    let mut stored = Docs::new();
    for entries in entries.chunks(page) {
        let mut memory = Memory::default();
        for model in memory.tables.models_mut() {
            let mut touched = Vec::new();
            entries.iter().for_each(|entry| model.touched(entry, &mut touched));
            for id in touched {
                if !model.holds(id) {
                    model.load(id, stored.get(&(model.shape().name, id)).map(Vec::as_slice)).unwrap();
                }
            }
        }
        entries.iter().for_each(|entry| memory.apply(entry));
        for model in memory.tables.models_mut() {
            let name = model.shape().name;
            stored.extend(model.changes().unwrap().into_iter().map(|change| ((name, change.id), change.doc)));
        }
    }
    stored
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn replayed_and_rebuilt_by_pages_of_any_size_are_byte_equal(entries in log(), page in 1usize..40) {
        let mut memory = Memory::default();
        entries.iter().for_each(|entry| memory.apply(entry));
        prop_assert_eq!(docs(&memory), by_pages(&entries, page));
    }

    #[test]
    fn the_past_is_what_the_first_events_give_and_later_ones_leave_a_copy_alone(entries in log(), cut in 0usize..120) {
        let cut = cut.min(entries.len());
        let mut memory = Memory::default();
        entries[..cut].iter().for_each(|entry| memory.apply(entry));
        let past = memory.clone();
        let then = docs(&memory);
        entries[cut..].iter().for_each(|entry| memory.apply(entry));
        prop_assert_eq!(docs(&past), then);
    }
}

#[test]
fn every_family_is_read_by_a_read_model_or_known_to_be_of_none() {
    for (family, _) in koinon_events::TABLE {
        let read = koinon_projections::ALL.iter().any(|shape| shape.reads.contains(family));
        assert!(read || UNREAD.contains(family), "no read model reads the events of {family}");
    }
}

#[test]
fn every_family_a_read_model_declares_is_one_of_the_vocabulary() {
    for shape in koinon_projections::ALL {
        for family in shape.reads {
            assert!(koinon_events::TABLE.iter().any(|(name, _)| name == family), "{} reads {family}", shape.name);
        }
    }
}

/// Families that only the audit trail shows.
const UNREAD: &[&str] = &["log"];
