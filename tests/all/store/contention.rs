//! Many writers at once, in one process and, by a second handle, in two.

use std::collections::HashSet;

use koinon::store::{AppendError, Options, Store};

use super::on_both_engines;
use super::story::{append_one, confirm, id, keyed, second, sound_log, visit};
use crate::support::Place;

on_both_engines!(
    of_many_writers_on_one_subject_one_wins_each_version,
    the_same_key_a_hundred_times_in_parallel_appends_once,
    two_processes_share_one_gapless_log,
    a_refused_append_does_not_touch_its_neighbours,
    a_full_queue_says_so,
    what_is_acknowledged_before_closing_is_kept,
    the_head_is_seen_to_move,
);

async fn of_many_writers_on_one_subject_one_wins_each_version(place: Place) {
    let store = place.open().await;
    let subject = visit();
    let mut won = 0;
    for round in 0..5 {
        let version = store.versions(&[subject]).await.unwrap()[0];
        let attempts = (0..20).map(|_| store.append(confirm(&[(subject, version)], second(round))));
        let outcomes = futures::future::join_all(attempts).await;
        won += outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        let lost = AppendError::Conflict { subject, expected: version, actual: version + 1 };
        assert!(outcomes.into_iter().filter_map(Result::err).all(|refusal| refusal == lost));
    }
    assert_eq!(won, 5);
    assert_eq!(sound_log(&store).await.len(), 5);
}

async fn the_same_key_a_hundred_times_in_parallel_appends_once(place: Place) {
    let (here, there) = (place.open().await, place.open().await);
    let subject = visit();
    let attempts = (0..100).map(|n| {
        let store = if n % 2 == 0 { &here } else { &there };
        store.append(keyed(confirm(&[(subject, 0)], second(1)), "same", 1))
    });
    let outcomes = futures::future::join_all(attempts).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for refusal in outcomes.into_iter().filter_map(Result::err) {
        assert!(matches!(&refusal, AppendError::Known(answer) if answer.position == 1), "{refusal:?}");
    }
    assert_eq!(sound_log(&here).await.len(), 1);
}

async fn two_processes_share_one_gapless_log(place: Place) {
    let stores = [place.open().await, place.open().await];
    let writers = (0..16).map(|writer| {
        let store = stores[writer % 2].clone();
        tokio::spawn(async move {
            let mut positions = Vec::new();
            for n in 0..40 {
                positions.push(append_one(&store, second(n)).await.unwrap().position);
            }
            positions
        })
    });
    let mut positions = HashSet::new();
    for acknowledged in futures::future::join_all(writers).await {
        positions.extend(acknowledged.unwrap());
    }
    assert_eq!(positions, (1..=640).collect::<HashSet<u64>>());
    assert_eq!(sound_log(&stores[0]).await.len(), 640);
    for store in &stores {
        let mut head = store.watch();
        head.wait_for(|position| *position == 640).await.unwrap();
        assert_eq!(store.leaves(0, 1000).await.unwrap().len(), 640);
    }
}

async fn a_refused_append_does_not_touch_its_neighbours(place: Place) {
    let store = place.open().await;
    let twice = id();
    let subject = visit();
    let attempts = (0..60).map(|n| {
        let mut append = match n % 3 {
            0 => confirm(&[(visit(), 0)], second(n)),
            1 => confirm(&[(visit(), 4)], second(n)),
            _ => confirm(&[(subject, 0), (visit(), 0)], second(n)),
        };
        if n % 3 == 2 {
            append.command = twice;
        }
        store.append(append)
    });
    let outcomes = futures::future::join_all(attempts).await;
    let recorded = outcomes.iter().flatten().map(|appended| appended.events.len()).sum::<usize>();
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 21);
    assert_eq!((recorded, sound_log(&store).await.len()), (22, 22));
}

async fn a_full_queue_says_so(place: Place) {
    let store = Store::open(&place.url, &Options { queue: 2, ..Options::default() }).await.unwrap();
    let outcomes = futures::future::join_all((0..200).map(|n| append_one(&store, second(n)))).await;
    let recorded = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert!(outcomes.contains(&Err(AppendError::Busy)));
    assert_eq!(sound_log(&store).await.len(), recorded);
}

async fn what_is_acknowledged_before_closing_is_kept(place: Place) {
    let store = place.open().await;
    let waiting = tokio::spawn({
        let store = store.clone();
        async move { futures::future::join_all((0..50).map(|n| append_one(&store, second(n)))).await }
    });
    tokio::task::yield_now().await;
    store.clone().close().await;
    let outcomes = waiting.await.unwrap();
    let recorded = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert!(matches!(append_one(&store, second(1)).await, Err(AppendError::Unavailable(_))));
    assert_eq!(sound_log(&place.open().await).await.len(), recorded);
}

async fn the_head_is_seen_to_move(place: Place) {
    let (here, there) = (place.open().await, place.open().await);
    let (mut here_head, mut there_head) = (here.watch(), there.watch());
    assert_eq!((*here_head.borrow(), *there_head.borrow()), (0, 0));
    append_one(&here, second(1)).await.unwrap();
    assert_eq!(*here_head.borrow_and_update(), 1, "one's own append is seen at once");
    there_head.wait_for(|position| *position == 1).await.unwrap();
    append_one(&there, second(2)).await.unwrap();
    here_head.wait_for(|position| *position == 2).await.unwrap();
}
