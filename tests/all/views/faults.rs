//! Records that cannot be folded: nothing is skipped in silence, and the others go on.

use std::time::Duration;

use koinon::views::{Moment, Skipped, ViewError, Views};
use koinon_events::Kind;
use serde_json::json;

use super::story::{caught_up, programme, row, subject, tell, wait};
use crate::store::on_both_engines;
use crate::support::Place;

on_both_engines!(
    an_unknown_type_stops_the_read_models_it_may_concern_and_no_other,
    data_that_does_not_fit_parks_its_subject_and_no_other,
    what_cannot_be_folded_is_passed_over_for_a_reason,
    waiting_for_a_position_that_does_not_come_ends,
);

/// Changes the words of a record where it lies, as no program of ours can.
async fn forge(place: &Place, position: u64, from: &str, to: &str) {
    let sql = if place.file().is_some() {
        format!(
            "DROP TRIGGER log_no_update;
             UPDATE log SET bytes = CAST(replace(CAST(bytes AS TEXT), '{from}', '{to}') AS BLOB) WHERE position = {position}"
        )
    } else {
        format!(
            "ALTER TABLE log DISABLE TRIGGER USER;
             UPDATE log SET bytes = convert_to(replace(convert_from(bytes, 'UTF8'), '{from}', '{to}'), 'UTF8')
             WHERE position = {position}"
        )
    };
    for statement in sql.split(';') {
        place.execute(statement).await.unwrap();
    }
}

async fn an_unknown_type_stops_the_read_models_it_may_concern_and_no_other(place: Place) {
    let store = place.open().await;
    programme(&store).await;
    let strange = tell(&store, subject(Kind::Visit, 10), "ItineraryPublished", json!({})).await;
    forge(&place, strange, "ItineraryPublished", "ItineraryTeleported").await;
    let last = tell(&store, subject(Kind::Programme, 1), "ProgrammeStarted", json!({})).await;
    let views = caught_up(&store).await;
    let health = views.health().await.unwrap();
    let of = |name: &str| health.iter().find(|health| health.name == name).unwrap();
    assert_eq!(of("visits").position, strange - 1);
    assert!(of("visits").stopped.as_ref().unwrap().contains("ItineraryTeleported"));
    assert_eq!((of("programmes").position, &of("programmes").stopped), (last, &None));
    assert_eq!(row(&views, "programmes", 1, Moment::Live).await.unwrap()["status"], "running");
    let later = tell(&store, subject(Kind::Programme, 1), "ClosingStarted", json!({})).await;
    wait(&views, later).await;
    assert_eq!(
        views.get("visits", subject(Kind::Visit, 10).id, Moment::Live).await.unwrap().unwrap().position,
        strange - 1
    );
}

async fn data_that_does_not_fit_parks_its_subject_and_no_other(place: Place) {
    let store = place.open().await;
    programme(&store).await;
    let bad = tell(&store, subject(Kind::Visit, 12), "VisitPostponed", json!({"reason": "Fog"})).await;
    forge(&place, bad, "\"reason\":", "\"raisin\":").await;
    tell(&store, subject(Kind::Visit, 12), "VisitCancelled", json!({"reason": "Floods"})).await;
    tell(&store, subject(Kind::Visit, 13), "VisitConfirmed", json!({})).await;
    let views = caught_up(&store).await;
    assert_eq!(row(&views, "visits", 12, Moment::Live).await.unwrap()["status"], "scheduled");
    assert_eq!(row(&views, "visits", 13, Moment::Live).await.unwrap()["status"], "confirmed");
    let parked = views.parked().await.unwrap();
    let parked = parked.iter().find(|parked| parked.projection == "visits").unwrap();
    assert_eq!((parked.subject, parked.position), (subject(Kind::Visit, 12), bad));
    // Still held back after a restart.
    views.stop().await;
    drop(views);
    let later = tell(&store, subject(Kind::Visit, 12), "VisitConfirmed", json!({})).await;
    let views = Views::open(store.clone()).await.unwrap();
    wait(&views, later).await;
    assert_eq!(row(&views, "visits", 12, Moment::Live).await.unwrap()["status"], "scheduled");
}

async fn what_cannot_be_folded_is_passed_over_for_a_reason(place: Place) {
    let store = place.open().await;
    programme(&store).await;
    let bad = tell(&store, subject(Kind::Visit, 12), "VisitPostponed", json!({"reason": "Fog"})).await;
    forge(&place, bad, "\"reason\":", "\"raisin\":").await;
    let last = tell(&store, subject(Kind::Visit, 12), "VisitCancelled", json!({"reason": "Floods"})).await;
    let views = caught_up(&store).await;
    let past = row(&views, "visits", 12, Moment::Position(last)).await.unwrap();
    assert_eq!(past["status"], "scheduled", "held back");
    let skip = |position| Skipped { position, reason: "Written by a tool".to_owned(), at: "2026".to_owned() };
    assert!(!views.skip(skip(bad - 1)).await.unwrap(), "what holds nothing back is not passed over");
    assert!(views.skip(skip(bad)).await.unwrap());
    let ailing = views.ailing().await.unwrap();
    assert!(ailing.contains(&"visits".to_owned()), "{ailing:?}");
    views.rebuild(&ailing, false, |_| ()).await.unwrap();
    assert_eq!(views.ailing().await.unwrap(), [""; 0]);
    for moment in [Moment::Live, Moment::Position(last)] {
        assert_eq!(row(&views, "visits", 12, moment).await.unwrap()["status"], "cancelled");
    }
    assert_eq!(views.skipped().await.unwrap(), [skip(bad)]);
    views.stop().await;
    drop(views);
    let later = tell(&store, subject(Kind::Visit, 13), "VisitConfirmed", json!({})).await;
    let views = Views::open(store.clone()).await.unwrap();
    wait(&views, later).await;
    assert_eq!(views.rebuild(&[], true, |_| ()).await.unwrap().iter().map(|one| one.different).sum::<u64>(), 0);
}

async fn waiting_for_a_position_that_does_not_come_ends(place: Place) {
    let store = place.open().await;
    let head = programme(&store).await;
    let views = caught_up(&store).await;
    let waited = views.wait_for(head + 1, Duration::from_millis(50)).await;
    assert_eq!(waited, Err(ViewError::Behind { wanted: head + 1, applied: head }));
}
