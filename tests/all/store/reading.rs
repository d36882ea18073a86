//! What comes back out: the exact bytes, in order, by every way of asking.

use koinon::store::{Append, Filter, Store, Stored};
use koinon::tree::{leaf_hash, root_of};
use koinon_events::{Kind, Record, Subject};
use proptest::prelude::Strategy;
use uuid::Uuid;

use super::on_both_engines;
use super::story::{Telling, append_many, confirm, id, second, sound_log, told, visit};
use crate::support::Place;

on_both_engines!(
    an_empty_log_answers_emptily,
    records_are_the_bytes_that_were_appended,
    pages_follow_one_another_without_loss,
    every_filter_finds_its_records_and_no_others,
    subjects_are_read_whole,
    tiles_hold_the_hashes_of_the_log,
);

async fn an_empty_log_answers_emptily(place: Place) {
    let store = place.open().await;
    let head = store.head().await.unwrap();
    assert_eq!((head.position, head.root), (0, root_of(&[])));
    assert!(store.records(0, None, 10).await.unwrap().is_empty());
    assert_eq!(store.record(0).await.unwrap(), None);
    assert_eq!(store.record(1).await.unwrap(), None);
    assert_eq!(store.position_at(second(1)).await.unwrap(), 0);
    assert!(store.subjects(&[]).await.unwrap().is_empty());
    assert_eq!(store.versions(&[visit()]).await.unwrap(), [0]);
    assert!(store.leaves(0, 10).await.unwrap().is_empty());
    store.writable().await.unwrap();
}

async fn records_are_the_bytes_that_were_appended(place: Place) {
    let store = place.open().await;
    let mut appended = Vec::new();
    for (n, reason) in ["Überschwemmung – 홍수", "a \u{2028} b", "\"\\\n\t"].into_iter().enumerate() {
        let (command, subject) = (id(), visit());
        let event = told(command, subject, &Telling { cancelled: Some(reason), ..Telling::default() });
        let append = Append { events: vec![event], ..Append::new(command, second(n as i64)) };
        appended.extend(store.append(append).await.unwrap().events);
    }
    for (position, version, bytes) in &appended {
        assert_eq!(store.record(*position).await.unwrap().as_ref(), Some(bytes));
        assert_eq!(Record::parse(bytes).unwrap().version, *version);
    }
    let read = store.records(0, None, 10).await.unwrap();
    assert_eq!(read, appended.into_iter().map(|(position, _, bytes)| Stored { position, bytes }).collect::<Vec<_>>());
}

async fn pages_follow_one_another_without_loss(place: Place) {
    let store = place.open().await;
    append_many(&store, 1300).await;
    let all = store.records(0, None, 5000).await.unwrap();
    assert_eq!(all.len(), 1300);
    for limit in [1, 7, 255, 256, 257, 1000] {
        let mut read: Vec<Stored> = Vec::new();
        while let Some(page) =
            Some(store.records(read.len() as u64, None, limit).await.unwrap()).filter(|p| !p.is_empty())
        {
            assert!(page.len() == limit || read.len() + page.len() == 1300);
            read.extend(page);
            if limit == 1 && read.len() == 20 {
                break;
            }
        }
        assert_eq!(read, all[..read.len()]);
    }
    let between = store.records(300, Some(310), 500).await.unwrap();
    assert_eq!(between, all[300..310]);
    assert!(store.records(1300, None, 5).await.unwrap().is_empty());
    assert!(store.records(u64::MAX, None, 5).await.unwrap().is_empty());
}

/// Forty events over two programmes, three partnerships, two actors, two types, five subjects.
async fn varied(store: &Store) -> (Vec<Record>, [Uuid; 3], Vec<Subject>) {
    let partnerships = [id(), id(), id()];
    let subjects: Vec<Subject> = (0..5).map(|_| visit()).collect();
    for n in 0..40_usize {
        let telling = Telling {
            programme: [None, Some("one"), Some("two")][n % 3],
            partnership: [None, Some(0), Some(1), Some(2)][n % 4].map(|index: usize| partnerships[index]),
            actor: [None, Some("other")][n % 2],
            cancelled: (n % 5 == 0).then_some("Floods"),
        };
        let command = id();
        let events = vec![told(command, subjects[n % 5], &telling)];
        store.append(Append { events, ..Append::new(command, second(n as i64 / 2)) }).await.unwrap();
    }
    (sound_log(store).await, partnerships, subjects)
}

async fn every_filter_finds_its_records_and_no_others(place: Place) {
    let store = place.open().await;
    let (log, partnerships, subjects) = varied(&store).await;
    let some = |given: bool| given;
    let filters = proptest::collection::vec(proptest::bool::ANY, 10);
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..60 {
        let picks = filters.new_tree(&mut runner).map(|tree| proptest::strategy::ValueTree::current(&tree)).unwrap();
        let filter = Filter {
            programme: some(picks[0]).then(|| "one".to_owned()),
            partnership: some(picks[1]).then(|| partnerships[2]),
            subject: some(picks[2]).then(|| subjects[0]),
            subjects: some(picks[3]).then(|| subjects[..3].to_vec()),
            event_type: some(picks[4])
                .then(|| ["koinon.VisitCancelled.v1", "VisitConfirmed"][usize::from(picks[0])].to_owned()),
            actor: some(picks[5]).then(|| "system/other".to_owned()),
            since: some(picks[6]).then(|| second(4)),
            until: some(picks[7]).then(|| second(15)),
            upto: some(picks[8]).then_some(30),
            positions: some(picks[9]).then(|| (1..=40).step_by(3).collect()),
        };
        let name = filter
            .event_type
            .as_deref()
            .map(|name| name.trim_start_matches("koinon.").trim_end_matches(".v1").to_owned());
        let fits = |record: &&Record| {
            filter
                .programme
                .as_ref()
                .is_none_or(|code| record.programme.as_ref().is_some_and(|p| p.to_string() == *code))
                && filter.partnership.is_none_or(|id| record.partnership.is_some_and(|p| p.0 == id))
                && filter.subject.is_none_or(|subject| record.subject == subject)
                && filter.subjects.as_ref().is_none_or(|any| any.contains(&record.subject))
                && name.as_ref().is_none_or(|name| record.stored_type == format!("koinon.{name}.v1"))
                && filter.actor.as_ref().is_none_or(|actor| record.actor.to_string() == *actor)
                && filter.since.is_none_or(|since| record.time >= since)
                && filter.until.is_none_or(|until| record.time <= until)
                && filter.upto.is_none_or(|upto| record.position <= upto)
                && filter.positions.as_ref().is_none_or(|any| any.contains(&record.position))
                && record.position > 2
        };
        let expected: Vec<u64> = log.iter().filter(fits).map(|record| record.position).take(9).collect();
        let found = store.select(&filter, 2, 9).await.unwrap();
        assert_eq!(found.iter().map(|stored| stored.position).collect::<Vec<_>>(), expected, "{filter:?}");
    }
}

async fn subjects_are_read_whole(place: Place) {
    let store = place.open().await;
    let (log, _, subjects) = varied(&store).await;
    let one = store.subject(subjects[1]).await.unwrap();
    let versions: Vec<u64> = one.iter().map(|stored| Record::parse(&stored.bytes).unwrap().version).collect();
    assert_eq!(versions, (1..=8).collect::<Vec<_>>());
    let several = store.subjects(&subjects[..2]).await.unwrap();
    let expected = log.iter().filter(|record| subjects[..2].contains(&record.subject)).map(|record| record.position);
    assert_eq!(several.iter().map(|stored| stored.position).collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    let absent = Subject { kind: Kind::Pilot, id: subjects[0].id };
    assert_eq!(store.versions(&[subjects[4], absent, subjects[0]]).await.unwrap(), [8, 0, 8]);
}

async fn tiles_hold_the_hashes_of_the_log(place: Place) {
    let store = place.open().await;
    append_many(&store, 255).await;
    for count in [1, 1, 300, 520] {
        store.append(confirm(&(0..count).map(|_| (visit(), 0)).collect::<Vec<_>>(), second(1))).await.unwrap();
    }
    let leaves: Vec<_> = store.records(0, None, 5000).await.unwrap().iter().map(|s| leaf_hash(&s.bytes)).collect();
    assert_eq!(leaves.len(), 1077);
    assert_eq!(store.leaves(0, 5000).await.unwrap(), leaves);
    for (from, count) in [(0, 1), (255, 2), (200, 400), (1000, 70), (1024, 60), (1077, 1)] {
        let end = (from + count).min(1077);
        assert_eq!(store.leaves(from as u64, count).await.unwrap(), leaves[from..end], "{from} {count}");
    }
    let roots: Vec<_> = leaves.chunks_exact(256).map(root_of).collect();
    assert_eq!(store.hashes(1, 0, 256).await.unwrap(), roots);
    assert_eq!(store.hashes(1, 2, 1).await.unwrap(), roots[2..3]);
    assert!(store.hashes(2, 0, 256).await.unwrap().is_empty());
    let again = place.open().await;
    append_many(&again, 300).await;
    append_many(&store, 300).await;
    assert_eq!(sound_log(&store).await.len(), 1677);
    assert_eq!(store.hashes(1, 0, 256).await.unwrap().len(), 6);
}
