//! Many rows at once over HTTP: chosen in a list, done under one correlation, each with a result of its own; and the data
//! quality page, from which what is missing is mended.

use reqwest::StatusCode;
use serde_json::json;

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{C1, P, V, beginning, middle, send};
use crate::support::page::Page;

on_both_engines!(
    rows_of_a_list_are_done_together_and_each_says_what_became_of_it,
    what_is_incomplete_stands_in_one_place
);

const ACTIONS: [&str; 3] = [
    "01970000-0000-7000-8000-0000000000a1",
    "01970000-0000-7000-8000-0000000000a2",
    "01970000-0000-7000-8000-0000000000a3",
];

async fn rows_of_a_list_are_done_together_and_each_says_what_became_of_it(place: Place) {
    let (coordinator, auditor) = (place.token("coordinator"), place.token("auditor"));
    let server = place.serve();
    send(&server, &coordinator, beginning()).await;
    let raise = |id: &str| {
        (
            "RaiseAction",
            json!({ "id": id, "programme": P, "text": format!("Do {id}"), "city": C1, "due": "2026-07-01" }),
        )
    };
    send(&server, &coordinator, ACTIONS.iter().map(|id| raise(id)).collect()).await;
    let position = send(&server, &coordinator, vec![("CompleteAction", json!({ "action": ACTIONS[1] }))]).await;
    server.get_at("/api/actions", &coordinator, position).await.expect(200);
    let page = Page::signed_in(&server, &coordinator).await;
    let list = page.get("/actions").await;
    assert_eq!(list.text.matches("name=\"of\"").count(), 3, "each row can be chosen: {}", list.text);

    let chosen: String = ACTIONS.iter().map(|id| format!("&of={id}")).collect();
    let address = format!("/many?do=ChangeDue{chosen}");
    let mut fields = page.get(&address).await.controls();
    let unsaid = page.post(&address, &fields, "same-origin").await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is asked for");
    fields.retain(|(name, _)| !matches!(name.as_str(), "due" | "reason"));
    fields.extend(
        [("due", "2026-08-01"), ("reason", "The hall is closed in July")]
            .map(|(name, value)| (name.to_owned(), value.to_owned())),
    );
    assert_eq!(page.post(&address, &fields, "cross-site").await.status, StatusCode::FORBIDDEN);
    let done = page.post(&address, &fields, "same-origin").await;
    assert!(done.status == StatusCode::OK && done.text.contains("2 of 3 done"), "{}", done.text);
    let refused = done.html();
    let refused = refused.select(&crate::support::page::selector("tr[data-refused]")).next().unwrap();
    assert!(refused.text().collect::<String>().contains("done already"), "the reason is told: {}", done.text);
    page.post(&address, &fields, "same-origin").await;
    let events = server.events(position, &coordinator).await;
    assert_eq!(events.len(), 2, "sent twice, done once");
    assert_eq!(events[0]["correlation"], events[1]["correlation"]);

    let reader = Page::signed_in(&server, &auditor).await;
    assert!(!reader.get("/actions").await.text.contains("name=\"of\""), "who may do nothing chooses nothing");
    assert_eq!(reader.get(&address).await.status, StatusCode::FORBIDDEN);
    assert_eq!(page.get("/many?do=ErasePerson").await.status, StatusCode::NOT_FOUND, "not everything is done to many");
    assert!(page.get("/many?do=DropAction").await.text.contains("No row is chosen"));
    let past = page.get(&format!("/actions?as_of={position}")).await;
    assert!(!past.text.contains("name=\"of\""), "the past offers no forms");
}

async fn what_is_incomplete_stands_in_one_place(place: Place) {
    let (coordinator, officer) = (place.token("coordinator"), place.token("officer"));
    let server = place.serve();
    send(&server, &coordinator, beginning()).await;
    send(&server, &coordinator, middle().into_iter().take(2).collect()).await;
    let steps = vec![
        ("StartVisit", json!({ "visit": V, "date": "2026-06-13" })),
        ("CompleteVisit", json!({ "visit": V, "date": "2026-06-17" })),
    ];
    let position = send(&server, &coordinator, steps).await;
    server.get_at("/api/visits", &coordinator, position).await.expect(200);
    let page = Page::signed_in(&server, &coordinator).await;
    let shown = page.get("/data-quality").await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(
        shown.text.contains("Nobody is recorded as present") && shown.text.contains(&format!("/visits/{V}/attendance")),
        "{}",
        shown.text
    );
    let csv = page.get("/data-quality.csv?code=visit-without-attendance").await;
    assert_eq!(csv.text.lines().count(), 2, "{}", csv.text);
    let before = page.get(&format!("/data-quality?as_of={}", position - 1)).await;
    assert!(!before.text.contains("Nobody is recorded as present"), "it was not over yet");
    let recorded =
        send(&server, &coordinator, vec![("RecordAttendance", json!({ "visit": V, "others": { C1: 3 } }))]).await;
    server.get_at("/api/visits", &coordinator, recorded).await.expect(200);
    let mended = page.get("/data-quality").await;
    assert!(
        !mended.text.contains("Nobody is recorded as present") && mended.text.contains("without a signed sheet"),
        "{}",
        mended.text
    );
    let reader = Page::signed_in(&server, &officer).await;
    let read = reader.get("/data-quality").await;
    assert!(
        read.text.contains("without a signed sheet") && !read.text.contains(">Mend it"),
        "an officer reads it and mends nothing"
    );
}
