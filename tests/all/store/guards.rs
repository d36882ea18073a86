//! What an append is refused for, and that a refused one leaves nothing.

use koinon::store::{Append, AppendError, Claim, Options, Store, StoreError};
use koinon_events::{Kind, Subject};

use super::on_both_engines;
use super::story::{append_one, confirm, id, keyed, second, sound_log, visit};
use crate::support::Place;

on_both_engines!(
    an_append_decided_at_another_version_is_refused,
    a_relied_on_subject_guards_like_a_written_one,
    a_key_is_answered_once_and_only_for_the_same_body,
    a_command_appears_in_the_log_once,
    a_name_has_one_owner,
    a_command_without_events_may_keep_its_answer,
    recorded_time_never_goes_back,
    what_is_recorded_cannot_be_changed_even_past_the_store,
    a_log_with_a_damaged_end_is_not_opened,
    a_newer_or_foreign_database_is_refused,
    an_append_that_is_too_large_is_refused_alone,
    a_log_goes_on_where_it_stopped,
);

async fn an_append_decided_at_another_version_is_refused(place: Place) {
    let store = place.open().await;
    let subject = visit();
    store.append(confirm(&[(subject, 0)], second(1))).await.unwrap();
    let refused = store.append(confirm(&[(subject, 0)], second(2))).await.unwrap_err();
    assert_eq!(refused, AppendError::Conflict { subject, expected: 0, actual: 1 });
    let appended = store.append(confirm(&[(subject, 1)], second(3))).await.unwrap();
    assert_eq!((appended.events[0].0, appended.events[0].1, appended.position), (2, 2, 2));
    assert_eq!(sound_log(&store).await.len(), 2);
}

async fn a_relied_on_subject_guards_like_a_written_one(place: Place) {
    let store = place.open().await;
    let (partnership, subject) = (Subject { kind: Kind::Partnership, id: id() }, visit());
    let mut append = confirm(&[(subject, 0)], second(1));
    append.expected.push((partnership, 3));
    let refused = store.append(append.clone()).await.unwrap_err();
    assert_eq!(refused, AppendError::Conflict { subject: partnership, expected: 3, actual: 0 });
    append.expected[1].1 = 0;
    assert_eq!(store.append(append).await.unwrap().position, 1);
}

async fn a_key_is_answered_once_and_only_for_the_same_body(place: Place) {
    let store = place.open().await;
    let subject = visit();
    store.append(keyed(confirm(&[(subject, 0)], second(1)), "k", 7)).await.unwrap();
    let AppendError::Known(answer) =
        store.append(keyed(confirm(&[(subject, 1)], second(2)), "k", 7)).await.unwrap_err()
    else {
        panic!("the first answer is given again")
    };
    assert_eq!((answer.subject, answer.version, answer.position), (subject, 1, 1));
    assert_eq!((answer.first, answer.last, answer.created), (Some(1), Some(1), true));
    assert_eq!(store.answer("person/a", "k").await.unwrap(), Some(answer));
    let other = store.append(keyed(confirm(&[(subject, 1)], second(2)), "k", 8)).await.unwrap_err();
    assert_eq!(other, AppendError::KeyUsed);
    let refused = store.append(keyed(confirm(&[(subject, 5)], second(2)), "refused", 1)).await;
    assert!(matches!(refused, Err(AppendError::Conflict { .. })));
    assert_eq!(store.answer("person/a", "refused").await.unwrap(), None, "a key is kept only with a success");
    assert_eq!(sound_log(&store).await.len(), 1);
}

async fn a_command_appears_in_the_log_once(place: Place) {
    let store = place.open().await;
    let (first, second_visit) = (visit(), visit());
    let append = confirm(&[(first, 0), (second_visit, 0), (first, 0)], second(1));
    store.append(append.clone()).await.unwrap();
    let AppendError::Known(answer) = store.append(append).await.unwrap_err() else {
        panic!("a command is known by its id")
    };
    assert_eq!((answer.subject, answer.version, answer.first, answer.last), (first, 2, Some(1), Some(3)));
    assert_eq!(sound_log(&store).await.len(), 3);
}

async fn a_name_has_one_owner(place: Place) {
    let store = place.open().await;
    let (one, other) = (visit(), visit());
    let claiming = |subject, version, names: &[&str]| {
        let claims = names.iter().map(|name| Claim { space: "code", name: (*name).to_owned(), owner: subject });
        Append { claims: claims.collect(), ..confirm(&[(subject, version)], second(1)) }
    };
    store.append(claiming(one, 0, &["icc"])).await.unwrap();
    let taken = AppendError::Taken { space: "code", name: "icc".to_owned() };
    assert_eq!(store.append(claiming(other, 0, &["free", "icc"])).await.unwrap_err(), taken);
    assert_eq!(store.claim("code", "free").await.unwrap(), None, "a refused append claims nothing");
    store.append(claiming(one, 1, &["icc"])).await.unwrap();
    assert_eq!(store.claim("code", "icc").await.unwrap(), Some(one));
}

async fn a_command_without_events_may_keep_its_answer(place: Place) {
    let store = place.open().await;
    let subject = visit();
    store.append(confirm(&[(subject, 0)], second(1))).await.unwrap();
    let mut append = keyed(Append::new(id(), second(9)), "k", 1);
    append.key.as_mut().unwrap().subject = subject;
    let appended = store.append(append).await.unwrap();
    assert_eq!((appended.events.len(), appended.position), (0, 1));
    let answer = store.answer("person/a", "k").await.unwrap().unwrap();
    assert_eq!((answer.version, answer.position, answer.first, answer.last), (1, 1, None, None));
    assert_eq!(store.head().await.unwrap().time, second(1), "nothing happened");
}

async fn recorded_time_never_goes_back(place: Place) {
    let store = place.open().await;
    append_one(&store, second(10)).await.unwrap();
    let appended = append_one(&store, second(5)).await.unwrap();
    assert_eq!(appended.time, second(10));
    append_one(&store, second(11)).await.unwrap();
    let times: Vec<_> = sound_log(&store).await.iter().map(|record| record.time).collect();
    assert_eq!(times, [second(10), second(10), second(11)]);
    assert_eq!(store.position_at(second(4)).await.unwrap(), 0);
    assert_eq!(store.position_at(second(10)).await.unwrap(), 2);
    assert_eq!(store.position_at(second(99)).await.unwrap(), 3);
}

async fn what_is_recorded_cannot_be_changed_even_past_the_store(place: Place) {
    let store = place.open().await;
    for n in 1..=3 {
        append_one(&store, second(n)).await.unwrap();
    }
    let before = sound_log(&store).await;
    let mut forgeries = vec![
        "UPDATE log SET bytes = 'x'",
        "UPDATE log SET actor = 'nobody' WHERE position = 2",
        "DELETE FROM log WHERE position = 3",
        "DELETE FROM log",
        "DELETE FROM head",
        "UPDATE head SET position = 1",
        "INSERT INTO log SELECT * FROM log WHERE position = 2",
    ];
    if place.file().is_some() {
        forgeries.extend([
            "INSERT OR REPLACE INTO log SELECT * FROM log WHERE position = 2",
            "REPLACE INTO log SELECT 4, subject, version, time, NULL, NULL, name, schema, actor, NULL, NULL, leaf, bytes
               FROM log WHERE position = 2",
            "REPLACE INTO log SELECT 4, 'visit/x', 1, time, command, events, name, schema, actor, NULL, NULL, leaf, bytes
               FROM log WHERE position = 2",
            "INSERT INTO log SELECT 9, 'visit/x', 1, time, NULL, NULL, name, schema, actor, NULL, NULL, leaf, bytes
               FROM log WHERE position = 2",
            "INSERT INTO log SELECT NULL, 'visit/x', 2, time, NULL, NULL, name, schema, actor, NULL, NULL, leaf, bytes
               FROM log WHERE position = 2",
            "INSERT OR REPLACE INTO head SELECT * FROM head",
        ]);
    } else {
        forgeries.extend([
            "TRUNCATE log",
            "TRUNCATE head",
            "SET session_replication_role = replica; DELETE FROM log",
            "SET ROLE koinon_service; UPDATE log SET actor = 'nobody'",
            "SET ROLE koinon_service; TRUNCATE log",
            "SET ROLE koinon_service; ALTER TABLE log DISABLE TRIGGER ALL",
            "SET ROLE koinon_service; DROP TABLE log",
        ]);
    }
    for sql in forgeries {
        assert!(place.execute(sql).await.is_err(), "{sql}");
    }
    let after = sound_log(&store).await;
    assert_eq!(after.iter().map(|r| r.id).collect::<Vec<_>>(), before.iter().map(|r| r.id).collect::<Vec<_>>());
}

async fn a_log_with_a_damaged_end_is_not_opened(place: Place) {
    let store = place.open().await;
    for n in 1..=3 {
        append_one(&store, second(n)).await.unwrap();
    }
    store.close().await;
    let (off, bytes) = if place.file().is_some() {
        ("DROP TRIGGER log_no_update;", "replace(CAST(bytes AS TEXT), 'koinon.', 'koinom.')")
    } else {
        ("ALTER TABLE log DISABLE TRIGGER ALL;", "overlay(bytes placing '\\x20' from 9)")
    };
    let cast = if place.file().is_some() { format!("CAST({bytes} AS BLOB)") } else { bytes.to_owned() };
    place.execute(&format!("{off} UPDATE log SET bytes = {cast} WHERE position = 3")).await.unwrap();
    let refused = Store::open(&place.url, &Options::default()).await.map(drop).unwrap_err();
    assert!(matches!(refused, StoreError::Corrupt(_)), "{refused:?}");
    place
        .execute(&format!(
            "{} DELETE FROM log WHERE position = 3",
            if place.file().is_some() { "DROP TRIGGER log_no_delete;" } else { "" }
        ))
        .await
        .unwrap();
    let refused = Store::open(&place.url, &Options::default()).await.map(drop).unwrap_err();
    assert!(matches!(refused, StoreError::Corrupt(_)), "{refused:?}");
}

async fn a_newer_or_foreign_database_is_refused(place: Place) {
    let open = || async { Store::open(&place.url, &Options::default()).await.map(drop) };
    let foreign = "CREATE TABLE log (note text)";
    place.execute(foreign).await.unwrap();
    assert_eq!(open().await.unwrap_err(), StoreError::Foreign);
    place.execute("DROP TABLE log").await.unwrap();
    open().await.unwrap();
    open().await.unwrap();
    let newer =
        if place.file().is_some() { "PRAGMA user_version = 99" } else { "INSERT INTO koinon_schema VALUES (99)" };
    place.execute(newer).await.unwrap();
    assert!(matches!(open().await.unwrap_err(), StoreError::Newer { found: 99, .. }));
}

async fn an_append_that_is_too_large_is_refused_alone(place: Place) {
    let store = place.open().await;
    let subjects: Vec<_> = (0..10_001).map(|_| (visit(), 0)).collect();
    assert_eq!(store.append(confirm(&subjects, second(1))).await.unwrap_err(), AppendError::TooLarge);
    assert_eq!(append_one(&store, second(1)).await.unwrap().position, 1);
}

async fn a_log_goes_on_where_it_stopped(place: Place) {
    let store = place.open().await;
    for n in 1..=5 {
        append_one(&store, second(n)).await.unwrap();
    }
    let head = store.head().await.unwrap();
    store.close().await;
    let store = place.open().await;
    assert_eq!(store.head().await.unwrap(), head);
    assert_eq!(*store.watch().borrow(), 5);
    assert_eq!(append_one(&store, second(1)).await.unwrap().position, 6);
    assert_eq!(sound_log(&store).await.len(), 6);
}
