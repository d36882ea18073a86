//! The outbox of webhooks: one node takes a delivery, a later record of a subject waits for the earlier, and a database
//! of the version before gets its tables.

use std::collections::BTreeSet;

use koinon::store::Outcome;
use koinon_events::PersonId;
use uuid::Uuid;

use super::on_both_engines;
use crate::support::Place;

on_both_engines!(
    two_nodes_never_take_the_same_delivery,
    a_later_record_of_a_subject_waits_for_the_earlier,
    a_database_of_the_version_before_is_opened,
);

const LEASE: i64 = 100;

async fn two_nodes_never_take_the_same_delivery(place: Place) {
    let (one, other) = (place.open().await, place.open().await);
    let hook = Uuid::from_u128(1);
    one.put_deliveries(hook, (1..=40).map(|at| (at, format!("visit/{at}"))).collect(), 40).await.unwrap();
    let mut taken = BTreeSet::new();
    for _ in 0..5 {
        let both = tokio::join!(one.take_deliveries(hook, 1, LEASE, 4), other.take_deliveries(hook, 1, LEASE, 4));
        for delivery in both.0.unwrap().into_iter().chain(both.1.unwrap()) {
            assert!(taken.insert(delivery.position), "{} was taken twice", delivery.position);
        }
    }
    assert!(!taken.is_empty());
    let rest = one.take_deliveries(hook, 1, LEASE, 40).await.unwrap().len();
    assert_eq!(taken.len() + rest, 40, "nothing is lost");
    assert_eq!(other.take_deliveries(hook, LEASE + 1, 2 * LEASE, 40).await.unwrap().len(), 40, "a lease ends");
}

async fn a_later_record_of_a_subject_waits_for_the_earlier(place: Place) {
    let store = place.open().await;
    let hook = Uuid::from_u128(1);
    let found = [(1, "visit/a"), (2, "visit/a"), (3, "visit/b")].map(|(at, subject)| (at, subject.to_owned()));
    store.put_deliveries(hook, found.to_vec(), 3).await.unwrap();
    let positions = async |now: i64| {
        let taken = store.take_deliveries(hook, now, now, 10).await.unwrap();
        taken.into_iter().map(|delivery| delivery.position).collect::<BTreeSet<u64>>()
    };
    assert_eq!(positions(1).await, BTreeSet::from([1, 3]));
    let later = Outcome { state: "waiting", due: 50, status: Some(503), error: Some("refused".to_owned()) };
    store.settle_delivery(hook, 1, later).await.unwrap();
    assert_eq!(positions(2).await, BTreeSet::from([3]), "the second waits with the first, the other subject goes on");
    let sent = Outcome { state: "sent", due: 50, status: Some(200), error: None };
    store.settle_delivery(hook, 1, sent).await.unwrap();
    assert_eq!(positions(51).await, BTreeSet::from([2, 3]));
    assert_eq!(store.waiting_deliveries(hook).await.unwrap(), 2);
    store.put_deliveries(hook, vec![(1, "visit/a".to_owned())], 1).await.unwrap();
    assert_eq!(store.webhook_cursor(hook).await.unwrap(), Some(3), "a cursor never goes back");
    assert_eq!(store.waiting_deliveries(hook).await.unwrap(), 2, "what was sent is not sent again by itself");
}

async fn a_database_of_the_version_before_is_opened(place: Place) {
    place.open().await.close().await;
    let back = match place.file() {
        Some(file) => {
            let connection = rusqlite::Connection::open(file).unwrap();
            let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
            format!("PRAGMA user_version = {}", version - 1)
        }
        None => "DELETE FROM koinon_schema WHERE version = (SELECT max(version) FROM koinon_schema)".to_owned(),
    };
    place.execute(&format!("DROP TABLE erasure_receipts; {back}")).await.unwrap();
    let store = place.open().await;
    assert_eq!(store.waiting_deliveries(Uuid::from_u128(1)).await.unwrap(), 0);
    assert_eq!(store.receipt(PersonId(Uuid::from_u128(1))).await.unwrap(), None);
}
