//! A node that starts beside another finds the read models whole and gets in nobody's way.

use koinon::views::{Moment, Views};
use sqlx::{Connection, Executor};

use super::rebuild::{indexes, on_tables};
use super::story::{caught_up, everything, programme};
use crate::store::on_both_engines;
use crate::support::{self, Place};

on_both_engines!(a_node_makes_an_index_that_is_missing);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_starts_while_another_keeps_a_page() {
    let place = Place::postgres().await;
    let store = place.open().await;
    programme(&store).await;
    let before = everything(&caught_up(&store).await, Moment::Live).await;
    let mut other = support::postgres::connect(&place.url).await;
    let mut page = other.begin().await.unwrap();
    page.execute("UPDATE read_checkpoints SET position = position").await.unwrap();
    page.execute(
        "DO $$ DECLARE name text; BEGIN
           FOR name IN SELECT tablename FROM pg_tables WHERE tablename LIKE 'read\\_%' LOOP
             EXECUTE format('LOCK TABLE %I IN ROW EXCLUSIVE MODE', name);
           END LOOP;
         END $$",
    )
    .await
    .unwrap();
    // Waiting for the page would end after the five seconds that any lock is waited for.
    let views = Views::open(store.clone()).await.unwrap();
    assert_eq!(everything(&views, Moment::Live).await, before);
    page.rollback().await.unwrap();
}

async fn a_node_makes_an_index_that_is_missing(place: Place) {
    let store = place.open().await;
    programme(&store).await;
    let views = caught_up(&store).await;
    let before = indexes(&place).await;
    views.stop().await;
    drop(views);
    on_tables(&place, "DROP INDEX read_visits_v3_0_past_since").await;
    assert_ne!(indexes(&place).await, before);
    drop(Views::open(store.clone()).await.unwrap());
    assert_eq!(indexes(&place).await, before);
}
