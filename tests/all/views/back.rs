//! A rebuild can be taken back at once, and what could not be folded is tried again when it can be.

use koinon::views::{Moment, RebuildOptions, Rebuilt};
use koinon_events::Kind;
use serde_json::json;

use super::story::{caught_up, everything, programme, row, subject, tell, wait};
use crate::store::on_both_engines;
use crate::support::Place;

on_both_engines!(
    a_rebuild_is_taken_back_at_once_and_catches_up,
    how_a_read_model_differs_is_told_before_it_is_switched,
);

async fn a_rebuild_is_taken_back_at_once_and_catches_up(place: Place) {
    let store = place.open().await;
    programme(&store).await;
    let views = caught_up(&store).await;
    assert_eq!(views.back(&[]).await.unwrap(), [""; 0], "nothing was switched yet");
    let names = ["visits".to_owned()];
    views.rebuild(&names, false, |_| ()).await.unwrap();
    let at = tell(&store, subject(Kind::Visit, 12), "VisitPostponed", json!({"reason": "Fog"})).await;
    wait(&views, at).await;
    let before = everything(&views, Moment::Live).await;
    for _ in 0..2 {
        assert_eq!(views.back(&[]).await.unwrap(), ["visits"]);
        let at = tell(&store, subject(Kind::Programme, 1), "ProgrammeStarted", json!({})).await;
        wait(&views, at).await;
        assert_eq!(row(&views, "visits", 12, Moment::Live).await.unwrap()["status"], "postponed");
    }
    let found = views.rebuild(&names, false, |_| ()).await.unwrap();
    assert_eq!(found[0].different, 0);
    let after = everything(&views, Moment::Live).await;
    let place = before.iter().position(|(name, _)| *name == "visits").unwrap();
    assert_eq!(after[place], before[place]);
}

async fn how_a_read_model_differs_is_told_before_it_is_switched(place: Place) {
    let store = place.open().await;
    programme(&store).await;
    let views = caught_up(&store).await;
    let mut told = Vec::new();
    let names = ["visits".to_owned(), "cities".to_owned()];
    let found = |one: &Rebuilt| told.push((one.name, one.swapped));
    let rebuilt = views.rebuild_telling(&names, RebuildOptions::default(), |_| (), found).await.unwrap();
    assert_eq!(told.len(), 2);
    assert!(told.iter().all(|(_, swapped)| !swapped) && rebuilt.iter().all(|one| one.swapped));
}
