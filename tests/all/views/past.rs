//! The past: what was answered then is answered for ever.

use koinon::views::{ListQuery, Moment};
use koinon_events::Kind;
use serde_json::json;

use super::story::{caught_up, everything, programme, row, subject, tell_all, tell_on, wait};
use crate::store::on_both_engines;
use crate::support::Place;

on_both_engines!(
    what_was_answered_at_a_position_is_what_it_answers_for_ever,
    a_moment_is_found_by_position_and_by_time
);

async fn what_was_answered_at_a_position_is_what_it_answers_for_ever(place: Place) {
    let store = place.open().await;
    let mut then = Vec::new();
    let head = programme(&store).await;
    let views = caught_up(&store).await;
    then.push((head, everything(&views, Moment::Live).await));
    for reason in ["Strike", "Fog"] {
        let postponed = json!({"reason": reason});
        let at = tell_on(&store, subject(Kind::Visit, 13), "VisitPostponed", postponed, "2022-05-01T00:00:00Z").await;
        wait(&views, at).await;
        then.push((at, everything(&views, Moment::Live).await));
    }
    // Far enough on that those moments are early ones, with rows that have changed often since.
    let often =
        |time: u32| (subject(Kind::Visit, 12 + u128::from(time % 2)), "VisitPostponed", json!({"reason": "Heat"}));
    let at = tell_all(&store, (0..2_000).map(often)).await;
    wait(&views, at).await;
    for (at, answered) in then.into_iter().rev() {
        assert_eq!(everything(&views, Moment::Position(at)).await, answered, "as of {at}");
    }
    assert_eq!(row(&views, "visits", 10, Moment::Position(1)).await, None);
    let empty = views.list("programmes", &ListQuery::default(), Moment::Position(0)).await.unwrap();
    assert_eq!((empty.items.len(), empty.position), (0, 0));
}

async fn a_moment_is_found_by_position_and_by_time(place: Place) {
    let store = place.open().await;
    let before = programme(&store).await;
    let postponed = json!({"reason": "Fog"});
    let at = tell_on(&store, subject(Kind::Visit, 13), "VisitPostponed", postponed, "2022-05-01T10:00:00Z").await;
    let views = caught_up(&store).await;
    let today = "2022-06-30".parse().unwrap();
    let found = |moment| {
        let views = views.clone();
        async move {
            let standpoint = views.standpoint(moment, today).await.unwrap();
            (standpoint.position, standpoint.day.to_string())
        }
    };
    assert_eq!(found(Moment::Live).await, (at, "2022-06-30".to_owned()));
    assert_eq!(found(Moment::Position(before)).await, (before, "2022-04-04".to_owned()));
    let noon = Moment::Time("2022-04-20T12:00:00Z".parse().unwrap());
    assert_eq!(found(noon).await, (before, "2022-04-20".to_owned()));
    assert_eq!(row(&views, "visits", 13, noon).await.unwrap()["status"], "scheduled");
    assert_eq!(row(&views, "visits", 13, Moment::Live).await.unwrap()["status"], "postponed");
}
