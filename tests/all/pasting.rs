//! Rows pasted from a spreadsheet, over HTTP: looking records nothing and says what stands in each row's way; what is right
//! is recorded together; who is not known is invited only when the sender says so.

use reqwest::StatusCode;
use serde_json::json;

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{C1, C2, H, V, beginning, middle, send};
use crate::support::page::{Page, Shown};
use crate::support::server::Server;

on_both_engines!(
    sessions_are_pasted_and_what_is_wrong_is_told_row_by_row,
    a_delegation_is_pasted_and_the_unknown_are_offered_as_invitations,
    attendance_is_pasted_by_session_and_replaces_nothing_unsaid
);

async fn with_a_visit(server: &Server, token: &str) -> u64 {
    send(server, token, beginning()).await;
    let position = send(server, token, middle().into_iter().take(2).collect()).await;
    server.get_at("/api/visits", token, position).await.expect(200);
    position
}

/// Pastes rows, looks, and gives the page with everything it holds.
async fn look(page: &Page<'_>, address: &str, rows: &str) -> Shown {
    let mut fields = page.get(address).await.controls();
    fields.retain(|(name, _)| name != "rows");
    fields.extend([("rows".to_owned(), rows.to_owned()), ("go".to_owned(), "look".to_owned())]);
    let shown = page.post(address, &fields, "same-origin").await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text);
    shown
}

/// Sends what the page shows, with what is ticked beside.
async fn sent(page: &Page<'_>, address: &str, shown: &Shown, ticked: &[&str]) -> Shown {
    let mut fields = shown.controls();
    fields.push(("go".to_owned(), "send".to_owned()));
    fields.extend(ticked.iter().map(|name| ((*name).to_owned(), "yes".to_owned())));
    let first = page.post(address, &fields, "same-origin").await;
    let second = page.post(address, &fields, "same-origin").await;
    assert_eq!((first.status, second.status), (StatusCode::OK, StatusCode::OK), "sent twice: {}", second.text);
    first
}

async fn sessions_are_pasted_and_what_is_wrong_is_told_row_by_row(place: Place) {
    let (coordinator, auditor) = (place.token("coordinator"), place.token("auditor"));
    let server = place.serve();
    let position = with_a_visit(&server, &coordinator).await;
    let page = Page::signed_in(&server, &coordinator).await;
    let address = format!("/visits/{V}/paste/sessions");
    let rows = "Title\tDay\tBegins\tEnds\tTheme\n\
        The plant at work\t14.06.2026\t9:30\t11:00\tWaste to energy\n\
        Too late\t2026-07-01\t9:30\t11:00\t\n\
        \t2026-06-15\t9:30\t25:00\tMoonlight\n\
        Where the ash goes\t2026-06-15\t14.00\t\t\n";
    let shown = look(&page, &address, rows).await;
    assert!(shown.text.contains("2 of 4 are right"), "{}", shown.text);
    for finding in [
        "Choose a day of the visit",
        "is no theme of the programme",
        "“25:00” is no time",
        "Write what the session is called",
    ] {
        assert!(shown.text.contains(finding), "{finding} is told: {}", shown.text);
    }
    assert!(server.events(position, &coordinator).await.is_empty(), "looking records nothing");
    let done = sent(&page, &address, &shown, &[]).await;
    assert!(done.text.contains("2 of 2 done"), "{}", done.text);
    let events = server.events(position, &coordinator).await;
    assert_eq!(events.len(), 2, "each row that is right, once");
    assert_eq!(events[0]["correlation"], events[1]["correlation"]);
    assert_eq!(events[0]["data"]["theme"], "waste-to-energy");
    assert_eq!(
        (&events[1]["data"]["title"], &events[1]["data"]["start"]),
        (&json!("Where the ash goes"), &json!("14:00"))
    );
    let reader = Page::signed_in(&server, &auditor).await;
    assert_eq!(reader.get(&address).await.status, StatusCode::FORBIDDEN);
}

async fn a_delegation_is_pasted_and_the_unknown_are_offered_as_invitations(place: Place) {
    let coordinator = place.token("coordinator");
    let server = place.serve();
    let position = with_a_visit(&server, &coordinator).await;
    let page = Page::signed_in(&server, &coordinator).await;
    let address = format!("/visits/{V}/paste/delegation");
    let rows = "\"Example, Thandi\",,eThekwini,\nThandi Exampel,,,\nElena Example,elena@example.org,Porto,Institute\nNobody,,Ghent,\n";
    let shown = look(&page, &address, rows).await;
    assert!(shown.text.contains("1 of 4 are right"), "{}", shown.text);
    assert!(shown.text.contains("Perhaps meant: Thandi Example") && shown.text.contains("add an e-mail address"));
    assert!(shown.text.contains("Write one of Porto and eThekwini"), "{}", shown.text);
    let done = sent(&page, &address, &shown, &["invite.3"]).await;
    assert!(done.text.contains("2 of 2 done"), "{}", done.text);
    let events = server.events(position, &coordinator).await;
    let types: Vec<&str> = events.iter().map(|event| event["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["koinon.DelegateInvited.v1", "koinon.PersonInvited.v1", "koinon.DelegateInvited.v1"]);
    assert_eq!((&events[0]["data"]["person"], &events[0]["data"]["city"]), (&json!(H), &json!(C2)));
    assert_eq!(events[2]["data"]["city"], C1);
    assert!(events.iter().all(|event| event["correlation"] == events[0]["correlation"]));
}

async fn attendance_is_pasted_by_session_and_replaces_nothing_unsaid(place: Place) {
    let coordinator = place.token("coordinator");
    let server = place.serve();
    with_a_visit(&server, &coordinator).await;
    let steps = vec![
        ("AddSession", json!({ "visit": V, "session": "s1", "title": "The plant", "day": "2026-06-14" })),
        ("StartVisit", json!({ "visit": V, "date": "2026-06-13" })),
    ];
    let position = send(&server, &coordinator, steps).await;
    server.get_at("/api/visits", &coordinator, position).await.expect(200);
    let page = Page::signed_in(&server, &coordinator).await;
    let address = format!("/visits/{V}/paste/attendance");
    let rows = "Name;Session;City;Others\nThandi Example;The plant;;\n;The plant;eThekwini;4\nSomebody Else;;;\n;Moon;Porto;x\n";
    let shown = look(&page, &address, rows).await;
    assert!(shown.text.contains("1 of 3 are right"), "{}", shown.text);
    assert!(shown.text.contains("has no session “Moon”") && shown.text.contains("count them among the others"));
    let done = sent(&page, &address, &shown, &[]).await;
    assert!(done.text.contains("1 of 1 done"), "{}", done.text);
    let events = server.events(position, &coordinator).await;
    assert_eq!(events.len(), 1);
    let data = &events[0]["data"];
    assert_eq!((&data["session"], &data["present"], &data["others"][C2]), (&json!("s1"), &json!([H]), &json!(4)));
    server.get_at("/api/visits", &coordinator, position + 1).await.expect(200);
    let again = look(&page, &address, "Thandi Example;The plant;;").await;
    assert!(again.text.contains("Takes the place of what is recorded"), "{}", again.text);
}
