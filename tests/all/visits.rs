//! A visit's own pages over HTTP, as a browser without scripts sends them: who was there ticked with the signed sheet in one
//! step, papers and lists for whom they are, a visit like another one with its itinerary.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{C1, C2, C3, H, P, V, beginning, city, middle, send};
use crate::support::page::Page;
use crate::support::server::Server;

on_both_engines!(
    who_was_there_is_ticked_and_the_signed_sheet_brought_in_one_step,
    a_record_of_who_was_there_is_never_replaced_unseen,
    the_papers_of_a_visit_are_for_whom_it_is_for,
    a_visit_is_scheduled_like_another_and_takes_over_its_itinerary
);

const SHEET: &[u8] = b"%PDF-1.4 a signed sheet of paper";

/// The visit of the journey with its delegate and two sessions.
async fn planned(server: &Server, token: &str) -> u64 {
    send(server, token, beginning()).await;
    send(server, token, middle().into_iter().take(2).collect()).await;
    let session = |code: &str, title: &str, day: &str| json!({ "visit": V, "session": code, "title": title, "place": "Plant", "day": day, "start": "09:30", "end": "11:00" });
    let steps = vec![
        ("InviteDelegate", json!({ "visit": V, "person": H, "city": C2 })),
        ("AddSession", session("s1", "The plant at work", "2026-06-14")),
        ("AddSession", session("s2", "Where the ash goes", "2026-06-15")),
    ];
    send(server, token, steps).await
}

async fn begun(server: &Server, token: &str) -> u64 {
    planned(server, token).await;
    send(server, token, vec![("StartVisit", json!({ "visit": V, "date": "2026-06-13" }))]).await
}

/// The page's controls with everybody ticked and so many others from the visiting city.
async fn ticked(page: &Page<'_>, address: &str, others: &str) -> Vec<(String, String)> {
    let shown = page.get(address).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text);
    let mut fields = shown.controls();
    fields.retain(|(name, _)| name != "file" && name != "present" && *name != format!("others.{C2}"));
    fields.push(("present".to_owned(), H.to_owned()));
    fields.push((format!("others.{C2}"), others.to_owned()));
    fields
}

async fn visit(server: &Server, token: &str, position: u64) -> Value {
    server.get_at(&format!("/api/visits/{V}"), token, position).await.expect(200).json()
}

async fn who_was_there_is_ticked_and_the_signed_sheet_brought_in_one_step(place: Place) {
    let (coordinator, auditor) = (place.token("coordinator"), place.token("auditor"));
    let server = place.serve();
    let position = begun(&server, &coordinator).await;
    visit(&server, &coordinator, position).await;
    let page = Page::signed_in(&server, &coordinator).await;
    let address = format!("/visits/{V}/attendance?session=s1");
    let shown = page.get(&address).await;
    assert!(shown.text.contains("Thandi Example") && shown.text.contains("The plant at work"), "{}", shown.text);

    let nobody: Vec<_> = shown.controls().into_iter().filter(|(name, _)| name != "file").collect();
    let refused = page.send(&address, &nobody, None).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("Tick somebody"), "{}", refused.text);
    assert!(page.get(&format!("{address}&all=1")).await.controls().iter().any(|(name, _)| name == "present"));

    let fields = ticked(&page, &address, "4").await;
    let done = page.send(&address, &fields, Some(SHEET)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let again = page.send(&address, &fields, Some(SHEET)).await;
    assert_eq!(again.location, done.location, "sent twice, done once: {}", again.text);
    let row = visit(&server, &coordinator, done.position()).await;
    let late = page.send(&address, &fields, Some(SHEET)).await;
    assert_eq!(late.location, done.location, "also when it is seen already: {}", late.text);
    let sheet = &row["attendance"][0];
    assert_eq!((&sheet["session"], &sheet["present"], &sheet["others"][C2]), (&json!("s1"), &json!([H]), &json!(4)));
    let document = sheet["document"].as_str().unwrap();
    let bytes = server.get(&format!("/api/documents/{document}/content"), &coordinator).await.expect(200).bytes;
    assert_eq!(bytes, SHEET);
    let events = server.events(position, &coordinator).await;
    assert_eq!(events.len(), 2, "the document and who was there");
    assert_eq!(events[0]["correlation"], events[1]["correlation"], "they belong together");

    let reader = Page::signed_in(&server, &auditor).await;
    let read = reader.get(&address).await;
    assert!(read.status == StatusCode::OK && read.text.contains("Ask the host"), "{}", read.text);
    let refused = reader.send(&address, &fields, None).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "another session's form");
}

async fn a_record_of_who_was_there_is_never_replaced_unseen(place: Place) {
    let coordinator = place.token("coordinator");
    let server = place.serve();
    let position = begun(&server, &coordinator).await;
    visit(&server, &coordinator, position).await;
    let page = Page::signed_in(&server, &coordinator).await;
    let address = format!("/visits/{V}/attendance");
    let (mine, theirs) = (ticked(&page, &address, "4").await, ticked(&page, &address, "5").await);
    let first = page.send(&address, &theirs, None).await;
    visit(&server, &coordinator, first.position()).await;
    let conflict = page.send(&address, &mine, None).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT, "{}", conflict.text);
    assert!(
        conflict.text.contains("Somebody recorded this meanwhile") && conflict.text.contains("5 others"),
        "{}",
        conflict.text
    );
    let kept: Vec<_> = conflict.controls().into_iter().filter(|(name, _)| name != "file").collect();
    assert!(kept.contains(&(format!("others.{C2}"), "4".to_owned())), "mine is kept: {kept:?}");
    let on_top = page.send(&address, &kept, None).await;
    assert_eq!(on_top.status, StatusCode::SEE_OTHER, "{}", on_top.text);
    let row = visit(&server, &coordinator, on_top.position()).await;
    assert_eq!(row["attendance"][0]["others"][C2], 4);
    assert_eq!(row["attendance"][0]["replaces"].as_array().unwrap().len(), 1);
}

async fn the_papers_of_a_visit_are_for_whom_it_is_for(place: Place) {
    let (coordinator, officer) = (place.token("coordinator"), place.token("officer"));
    let server = place.serve();
    let position = planned(&server, &coordinator).await;
    send(&server, &coordinator, vec![("RegisterCity", city(C3, "Ghent", "BE", "Europe/Brussels"))]).await;
    visit(&server, &coordinator, position + 1).await;
    let page = Page::signed_in(&server, &coordinator).await;
    let sheet = page.get(&format!("/visits/{V}/sheet")).await;
    assert_eq!(sheet.text.matches("<article class=\"sheet\"").count(), 3, "for the visit and each session");
    assert!(sheet.text.contains("Thandi Example") && sheet.text.contains("eThekwini Municipality"));
    assert!(sheet.text.contains("Test programme") && sheet.text.contains("Porto"), "programme and host are named");
    let itinerary = page.get(&format!("/visits/{V}/itinerary")).await;
    assert!(
        itinerary.text.contains("09:30–11:00") && itinerary.text.contains("Where the ash goes"),
        "{}",
        itinerary.text
    );
    let checklist = page.get(&format!("/visits/{V}/checklist")).await;
    assert!(checklist.text.contains(&format!("/do/PublishItinerary?visit={V}")), "{}", checklist.text);
    let past = page.get(&format!("/visits/{V}/checklist?as_of={position}")).await;
    assert!(past.status == StatusCode::OK && !past.text.contains("/do/"), "the past offers no forms");
    let month = page.get("/visits/calendar?month=2026-06").await;
    assert_eq!(month.text.matches("eThekwini → Porto").count(), 6, "five days and the list: {}", month.text);
    assert_eq!(page.get("/visits/calendar?month=June").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.get("/visits/board").await.text.contains("eThekwini → Porto"));

    let reader = Page::signed_in(&server, &officer).await;
    let unnamed = reader.get(&format!("/visits/{V}/sheet")).await;
    assert!(unnamed.status == StatusCode::OK && !unnamed.text.contains("Thandi"), "an officer reads no names");
    let scope = format!("city/{C3}");
    let elsewhere = place.token_with("delegate", &["--scope", &scope]);
    let guest = Page::signed_in(&server, &elsewhere).await;
    for below in ["itinerary", "checklist", "sheet", "attendance", "copy", "paste/sessions", "paste/nonsense"] {
        let shown = guest.get(&format!("/visits/{V}/{below}")).await;
        assert_eq!(shown.status, StatusCode::NOT_FOUND, "{below} of a visit that one may not see");
    }
    assert!(!guest.get("/visits/board").await.text.contains("Porto"));
}

async fn a_visit_is_scheduled_like_another_and_takes_over_its_itinerary(place: Place) {
    let coordinator = place.token("coordinator");
    let server = place.serve();
    let position = planned(&server, &coordinator).await;
    visit(&server, &coordinator, position).await;
    let page = Page::signed_in(&server, &coordinator).await;
    let days = [("from", "2026-10-05"), ("to", "2026-10-06")];
    let cloned = page.done(&format!("/do/ScheduleVisit?like={V}"), &days).await;
    let id = cloned.location.split(['/', '?']).nth(2).unwrap().to_owned();
    let row = server.get_at(&format!("/api/visits/{id}"), &coordinator, cloned.position()).await.expect(200).json();
    assert_ne!(id, V);
    assert_eq!((&row["programme"], &row["host_city"], &row["visiting_cities"]), (&json!(P), &json!(C1), &json!([C2])));
    assert_eq!((&row["from"], &row["objectives"]), (&json!("2026-10-05"), &json!("See the plant at work")));

    let address = format!("/visits/{id}/copy?from={V}");
    let fields = page.get(&address).await.controls();
    assert!(fields.contains(&("day.s1".to_owned(), "2026-10-06".to_owned())), "days move along: {fields:?}");
    assert!(fields.contains(&("day.s2".to_owned(), String::new())), "what falls outside stays open: {fields:?}");
    let copied = page.post(&address, &fields, "same-origin").await;
    assert!(copied.status == StatusCode::OK && copied.text.contains("2 of 2 done"), "{}", copied.text);
    page.post(&address, &fields, "same-origin").await;
    let events = server.events(cloned.position(), &coordinator).await;
    assert_eq!(events.len(), 2, "sent twice, added once");
    assert_eq!(events[0]["correlation"], events[1]["correlation"]);
    assert_eq!(events[0]["data"]["place"], "Plant", "within the same city places come along");
    place.verify();
}
