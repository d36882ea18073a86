//! Rows and lists: what is asked, in what order, how far.

use koinon::views::{ListQuery, Moment, Reach, ViewError};
use koinon_events::{CityId, Kind, PartnershipId};
use serde_json::{Value, json};

use super::story::{caught_up, id, programme, row, subject, tell, wait};
use crate::store::on_both_engines;
use crate::support::Place;

on_both_engines!(
    a_row_is_answered_as_it_is_stored_with_its_position,
    what_happens_is_read_as_soon_as_its_position_is_reached,
    a_list_is_filtered_searched_and_ordered,
    a_list_is_read_page_by_page_without_loss_or_repeat,
    a_reader_sees_only_what_is_within_reach,
    subjects_are_called_by_their_titles,
    what_a_list_cannot_be_asked_is_refused_by_name,
    every_list_answers_the_same_now_and_as_of_the_head,
);

fn query(filters: &[(&str, &str)]) -> ListQuery {
    let filters = filters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    ListQuery { filters, ..ListQuery::default() }
}

async fn ids(views: &koinon::views::Views, collection: &str, query: &ListQuery, at: Moment) -> Vec<Value> {
    let page = views.list(collection, query, at).await.unwrap();
    page.items.iter().map(|item| serde_json::from_slice::<Value>(item).unwrap()["id"].clone()).collect()
}

async fn a_row_is_answered_as_it_is_stored_with_its_position(place: Place) {
    let store = place.open().await;
    let head = programme(&store).await;
    let views = caught_up(&store).await;
    let found = views.get("visits", id(10), Moment::Live).await.unwrap().unwrap();
    assert_eq!(found.position, head);
    let visit: Value = serde_json::from_slice(&found.value).unwrap();
    assert_eq!(visit["status"], "confirmed");
    assert_eq!((&visit["host_city"], &visit["version"]), (&json!(id(2)), &json!(2)));
    assert_eq!(views.get("visits", id(99), Moment::Live).await.unwrap(), None);
    assert_eq!(row(&views, "cities", 3, Moment::Live).await.unwrap()["visits"], json!([id(10), id(11), id(12)]));
}

async fn what_happens_is_read_as_soon_as_its_position_is_reached(place: Place) {
    let store = place.open().await;
    programme(&store).await;
    let views = caught_up(&store).await;
    for reason in ["One", "Two", "Three"] {
        let at = tell(&store, subject(Kind::Visit, 12), "VisitPostponed", json!({"reason": reason})).await;
        wait(&views, at).await;
        assert_eq!(row(&views, "visits", 12, Moment::Live).await.unwrap()["reason"], reason);
    }
}

async fn a_list_is_filtered_searched_and_ordered(place: Place) {
    let store = place.open().await;
    programme(&store).await;
    let views = caught_up(&store).await;
    let visits = |filters: &'static [(&'static str, &'static str)]| {
        let (views, query) = (views.clone(), query(filters));
        async move { ids(&views, "visits", &query, Moment::Live).await }
    };
    assert_eq!(visits(&[]).await, [id(12), id(10), id(11), id(13)].map(|id| json!(id)), "by first day");
    assert_eq!(visits(&[("status", "cancelled")]).await, [json!(id(11))]);
    assert_eq!(visits(&[("status", "cancelled"), ("status", "confirmed")]).await, [json!(id(10)), json!(id(11))]);
    assert_eq!(visits(&[("from", "2022-06-17"), ("to", "2022-07-04")]).await, [json!(id(10)), json!(id(11))]);
    assert_eq!(visits(&[("theme", "waste"), ("programme", "test-1")]).await.len(), 4);
    assert_eq!(visits(&[("programme", "other")]).await.len(), 0);
    let named = query(&[("city", &id(4).to_string().to_uppercase())]);
    assert_eq!(ids(&views, "visits", &named, Moment::Live).await, [json!(id(12)), json!(id(13))]);
    let malaga = ListQuery { q: Some("MALAGA".to_owned()), ..ListQuery::default() };
    assert_eq!(ids(&views, "cities", &malaga, Moment::Live).await, [json!(id(4))]);
    let wild = ListQuery { q: Some("%".to_owned()), ..ListQuery::default() };
    assert_eq!(ids(&views, "cities", &wild, Moment::Live).await.len(), 0);
    assert_eq!(ids(&views, "cities", &query(&[]), Moment::Live).await, [id(3), id(4), id(2)].map(|id| json!(id)));
}

async fn a_list_is_read_page_by_page_without_loss_or_repeat(place: Place) {
    let store = place.open().await;
    let head = programme(&store).await;
    let views = caught_up(&store).await;
    for at in [Moment::Live, Moment::Position(head)] {
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let query = ListQuery { limit: Some(1), cursor, ..ListQuery::default() };
            let page = views.list("visits", &query, at).await.unwrap();
            assert_eq!((page.items.len(), page.position), (1, head));
            seen.extend(page.items);
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        let whole = views.list("visits", &ListQuery::default(), at).await.unwrap();
        assert_eq!(whole.items, seen);
    }
}

async fn a_reader_sees_only_what_is_within_reach(place: Place) {
    let store = place.open().await;
    let head = programme(&store).await;
    let views = caught_up(&store).await;
    for at in [Moment::Live, Moment::Position(head)] {
        let reach = |reach: Reach| ListQuery { reach: Some(reach), ..ListQuery::default() };
        let own = reach(Reach { cities: vec![CityId(id(4))], ..Reach::default() });
        assert_eq!(ids(&views, "visits", &own, at).await, [json!(id(12)), json!(id(13))]);
        let shared = reach(Reach { partnerships: vec![PartnershipId(id(5))], ..Reach::default() });
        assert_eq!(ids(&views, "visits", &shared, at).await.len(), 4);
        assert_eq!(ids(&views, "visits", &reach(Reach::default()), at).await.len(), 0);
    }
}

async fn subjects_are_called_by_their_titles(place: Place) {
    let store = place.open().await;
    let head = programme(&store).await;
    let views = caught_up(&store).await;
    for at in [Moment::Live, Moment::Position(head)] {
        let (visit, partnership) = (subject(Kind::Visit, 10), subject(Kind::Partnership, 5));
        let titles = views.titles(&[visit, partnership, subject(Kind::Visit, 98)], at).await.unwrap();
        assert_eq!(titles[&visit].title, "eThekwini → Porto");
        assert_eq!(titles[&partnership].title, "Porto and eThekwini");
        assert_eq!(titles.len(), 2);
        assert_eq!(titles[&visit].cities, [CityId(id(2)), CityId(id(3))]);
    }
}

async fn what_a_list_cannot_be_asked_is_refused_by_name(place: Place) {
    let store = place.open().await;
    let head = programme(&store).await;
    let views = caught_up(&store).await;
    let colour = views.list("visits", &query(&[("colour", "red")]), Moment::Live).await.unwrap_err();
    assert!(matches!(colour, ViewError::Filter { name, known } if name == "colour" && known.contains(&"status")));
    let nowhere = ListQuery { cursor: Some("AAAA".to_owned()), ..ListQuery::default() };
    assert_eq!(views.list("visits", &nowhere, Moment::Live).await, Err(ViewError::Cursor));
    let words = ListQuery { q: Some("plant".to_owned()), ..ListQuery::default() };
    assert_eq!(views.list("visits", &words, Moment::Position(1)).await, Err(ViewError::SearchInThePast));
    let ahead = views.get("visits", id(10), Moment::Position(head + 1)).await;
    assert_eq!(ahead, Err(ViewError::Ahead { asked: head + 1, head }));
    assert_eq!(
        views.list("excursions", &query(&[]), Moment::Live).await,
        Err(ViewError::Collection("excursions".to_owned()))
    );
}

async fn every_list_answers_the_same_now_and_as_of_the_head(place: Place) {
    let store = place.open().await;
    let head = programme(&store).await;
    let views = caught_up(&store).await;
    let now = super::story::everything(&views, Moment::Live).await;
    assert_eq!(now, super::story::everything(&views, Moment::Position(head)).await);
    assert!(now.iter().any(|(name, rows)| *name == "visits" && rows.len() == 4));
}
