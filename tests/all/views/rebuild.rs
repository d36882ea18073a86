//! Read models are disposable: dropped, rebuilt beside, compared, swapped; by several nodes at once.

use std::sync::Mutex;
use std::time::Duration;

use koinon::store::Store;
use koinon::views::{Moment, RebuildOptions, Rebuilt, ViewError, Views};
use koinon_events::Kind;
use serde_json::json;

use super::story::{caught_up, city, everything, id, programme, row, subject, tell, tell_all, wait};
use crate::store::on_both_engines;
use crate::support::{self, Place};

on_both_engines!(
    a_rebuild_gives_the_same_bytes_and_goes_on_from_there,
    a_check_finds_the_row_that_somebody_changed_and_a_rebuild_mends_it,
    dropping_every_read_table_and_opening_again_gives_the_same_bytes,
    reopened_read_models_go_on_where_they_were,
    two_nodes_keep_the_same_read_models,
    a_rebuild_of_several_pages_is_what_followed_the_log,
    a_rebuild_that_another_takes_over_says_so,
    a_check_that_begins_just_before_the_switch_leaves_the_live_read_models_alone,
    a_rebuild_after_one_was_taken_back_has_its_indexes,
);

/// Runs SQL where the read models lie.
pub async fn on_tables(place: &Place, sql: &str) {
    match place.file() {
        Some(file) => {
            let connection = rusqlite::Connection::open(file.replace("koinon.db", "koinon.views.db")).unwrap();
            connection.execute_batch(sql).unwrap();
        }
        None => place.execute(sql).await.unwrap(),
    }
}

async fn a_rebuild_gives_the_same_bytes_and_goes_on_from_there(place: Place) {
    let store = place.open().await;
    let head = programme(&store).await;
    let views = caught_up(&store).await;
    let before = everything(&views, Moment::Live).await;
    for _ in 0..3 {
        let mut seen = Vec::new();
        let rebuilt = views.rebuild(&[], false, |progress| seen.push(progress)).await.unwrap();
        assert_eq!(rebuilt.iter().map(|each| each.different).sum::<u64>(), 0);
        assert!(rebuilt.iter().all(|each| each.swapped));
        assert!(seen.iter().any(|progress| progress.done == head));
        assert_eq!(everything(&views, Moment::Live).await, before);
    }
    let at = tell(&store, subject(Kind::Visit, 12), "VisitPostponed", json!({"reason": "Fog"})).await;
    wait(&views, at).await;
    assert_eq!(row(&views, "visits", 12, Moment::Live).await.unwrap()["status"], "postponed");
}

/// Three thousand records for each thousand cities: each is registered, and later selected and withdrawn.
pub(super) async fn many_cities(store: &Store, thousands: u128) {
    programme(store).await;
    for name in ["CityRegistered", "CitySelected", "CityWithdrawn"] {
        for thousand in 1..=thousands {
            let happened = (0..1_000).map(|number| {
                let data = match name {
                    "CityRegistered" => city(&format!("City {thousand} {number}"), "PT"),
                    "CitySelected" => json!({}),
                    _ => json!({"reason": "Elections"}),
                };
                (subject(Kind::City, 1_000 * thousand + number), name, data)
            });
            tell_all(store, happened).await;
        }
    }
}

async fn a_rebuild_of_several_pages_is_what_followed_the_log(place: Place) {
    let store = place.open().await;
    many_cities(&store, 12).await;
    let views = Views::open(store.clone()).await.unwrap();
    let head = store.head().await.unwrap().position;
    views.wait_for(head, Duration::from_secs(300)).await.unwrap();
    let moments = [13_000, 24_100, 32_768, 32_900].map(Moment::Position);
    let mut before = Vec::new();
    for at in moments {
        before.push((everything(&views, at).await, row(&views, "cities", 5_007, at).await));
    }
    let rebuilt = views.rebuild(&[], false, |_| ()).await.unwrap();
    assert_eq!(rebuilt.iter().map(|each| each.different).sum::<u64>(), 0);
    assert_eq!(rebuilt.iter().find(|each| each.name == "cities").unwrap().rows, 12_003);
    for (at, before) in moments.into_iter().zip(before) {
        assert!((everything(&views, at).await, row(&views, "cities", 5_007, at).await) == before, "as of {at:?}");
    }
}

async fn a_rebuild_that_another_takes_over_says_so(place: Place) {
    let store = place.open().await;
    many_cities(&store, 12).await;
    let (views, other) = (Views::open(store.clone()).await.unwrap(), Views::open(store.clone()).await.unwrap());
    views.wait_for(store.head().await.unwrap().position, Duration::from_secs(300)).await.unwrap();
    let (other, begin) = when_asked(other, false);
    assert_eq!(views.rebuild(&[], false, |_| begin()).await.unwrap_err(), ViewError::TakenOver);
    assert!(other.await.unwrap().unwrap().iter().all(|each| each.swapped && each.different == 0));
}

async fn a_check_that_begins_just_before_the_switch_leaves_the_live_read_models_alone(place: Place) {
    let store = place.open().await;
    programme(&store).await;
    let views = caught_up(&store).await;
    let before = everything(&views, Moment::Live).await;
    let (other, begin) = when_asked(caught_up(&store).await, true);
    let refused = views.rebuild_telling(&[], RebuildOptions::default(), |_| (), |_| begin()).await.unwrap_err();
    assert_eq!(refused, ViewError::TakenOver);
    assert!(other.await.unwrap().unwrap().iter().all(|each| !each.swapped && each.different == 0));
    assert_eq!(everything(&views, Moment::Live).await, before);
    assert!(views.rebuild(&[], false, |_| ()).await.unwrap().iter().all(|each| each.swapped && each.different == 0));
}

type Other = tokio::task::JoinHandle<Result<Vec<Rebuilt>, ViewError>>;

/// A rebuild, or a check, that begins when it is asked to; who asks goes on once it has folded its first page.
fn when_asked(views: Views, check: bool) -> (Other, impl Fn() + Send) {
    let (ask, asked) = tokio::sync::oneshot::channel();
    let (tell, told) = std::sync::mpsc::channel();
    let other = tokio::spawn(async move {
        asked.await.unwrap();
        views.rebuild(&[], check, |_| tell.send(()).unwrap_or_default()).await
    });
    let ask = Mutex::new(Some((ask, told)));
    let begin = move || {
        if let Some((ask, told)) = ask.lock().unwrap().take() {
            ask.send(()).unwrap();
            tokio::task::block_in_place(|| told.recv()).unwrap();
        }
    };
    (other, begin)
}

async fn a_rebuild_after_one_was_taken_back_has_its_indexes(place: Place) {
    let store = place.open().await;
    programme(&store).await;
    let views = caught_up(&store).await;
    let names = ["visits".to_owned()];
    let before = indexes(&place).await;
    views.rebuild(&names, false, |_| ()).await.unwrap();
    views.back(&names).await.unwrap();
    views.rebuild(&names, false, |_| ()).await.unwrap();
    assert_eq!(indexes(&place).await, before);
    // Nor does a node that starts after some rebuilds make any a second time.
    views.rebuild(&names, false, |_| ()).await.unwrap();
    drop(views);
    caught_up(&store).await;
    assert_eq!(indexes(&place).await, before);
}

/// How many indexes the visits and what they were have, and how they are stored.
pub async fn indexes(place: &Place) -> (i64, Option<String>) {
    let tables = "('read_visits_v3', 'read_visits_v3_past')";
    match place.file() {
        Some(file) => {
            let connection = rusqlite::Connection::open(file.replace("koinon.db", "koinon.views.db")).unwrap();
            let sql = format!("SELECT count(*), NULL FROM sqlite_schema WHERE type = 'index' AND tbl_name IN {tables}");
            connection.query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
        }
        None => {
            let mut connection = support::postgres::connect(&place.url).await;
            let sql = format!(
                "SELECT (SELECT count(*) FROM pg_indexes WHERE schemaname = 'public' AND tablename IN {tables}),
                   (SELECT string_agg(reloptions::text, ' ') FROM pg_class WHERE relname IN {tables})"
            );
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_one(&mut connection).await.unwrap()
        }
    }
}

async fn a_check_finds_the_row_that_somebody_changed_and_a_rebuild_mends_it(place: Place) {
    let store = place.open().await;
    programme(&store).await;
    let views = caught_up(&store).await;
    let before = everything(&views, Moment::Live).await;
    on_tables(&place, "UPDATE read_visits_v3 SET doc = replace(doc, 'Floods', 'Sunshine')").await;
    let names = ["visits".to_owned()];
    for (check, swapped) in [(true, false), (false, true)] {
        let found = views.rebuild(&names, check, |_| ()).await.unwrap();
        assert_eq!((found[0].different, found[0].swapped), (1, swapped));
        assert_eq!(found[0].differences[0].id, id(11));
    }
    assert_eq!(everything(&views, Moment::Live).await, before);
    assert_eq!(views.rebuild(&names, true, |_| ()).await.unwrap()[0].different, 0);
}

async fn dropping_every_read_table_and_opening_again_gives_the_same_bytes(place: Place) {
    let store = place.open().await;
    programme(&store).await;
    let views = caught_up(&store).await;
    let before = everything(&views, Moment::Live).await;
    views.stop().await;
    drop(views);
    let mut names: Vec<String> =
        koinon_projections::ALL.iter().map(|shape| format!("read_{}_v{}", shape.name, shape.version)).collect();
    names.extend(["read_checkpoints", "read_parked", "read_log"].map(str::to_owned));
    let sql: String = names.iter().map(|name| format!("DROP TABLE {name};")).collect();
    if place.file().is_some() {
        on_tables(&place, &sql).await;
    } else {
        for name in names {
            on_tables(&place, &format!("DROP TABLE {name}")).await;
        }
    }
    let views = caught_up(&store).await;
    assert_eq!(everything(&views, Moment::Live).await, before);
}

async fn reopened_read_models_go_on_where_they_were(place: Place) {
    let store = place.open().await;
    programme(&store).await;
    let views = caught_up(&store).await;
    views.stop().await;
    drop(views);
    tell(&store, subject(Kind::Visit, 10), "VisitPostponed", json!({"reason": "Fog"})).await;
    let views = caught_up(&store).await;
    assert_eq!(row(&views, "visits", 10, Moment::Live).await.unwrap()["version"], 3);
    let found = views.rebuild(&[], true, |_| ()).await.unwrap();
    assert_eq!(found.iter().map(|each| each.different).sum::<u64>(), 0);
}

async fn two_nodes_keep_the_same_read_models(place: Place) {
    let (here, there): (Store, Store) = (place.open().await, place.open().await);
    programme(&here).await;
    let (one, other) = (caught_up(&here).await, caught_up(&there).await);
    let mut last = 0;
    for round in 0..40_u128 {
        let store = if round % 2 == 0 { &here } else { &there };
        let reason = json!({"reason": format!("Round {round}")});
        last = tell(store, subject(Kind::Visit, 10 + round % 4), "VisitPostponed", reason).await;
    }
    wait(&one, last).await;
    wait(&other, last).await;
    assert_eq!(everything(&one, Moment::Live).await, everything(&other, Moment::Live).await);
    let found = one.rebuild(&[], true, |_| ()).await.unwrap();
    assert_eq!(found.iter().map(|each| each.different).sum::<u64>(), 0);
}
