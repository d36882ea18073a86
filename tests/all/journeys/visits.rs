//! A visit from its delegation to its end with the keyboard alone, and the actions that it leaves.

use serde_json::{Value, json};

use super::typist::Typist;
use super::{Cast, daily, journey};
use crate::support::Place;
use crate::support::bodies::{C1, C2, H, P, S, V, beginning, middle, send};

/// The expert.
const E: &str = "01970000-0000-7000-8000-0000000000e1";

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_is_brought_to_its_end_with_the_keyboard_alone() {
    journey(Place::sqlite(), prepared(), daily::VISIT, async |hands, cast, place| {
        let visit = planned(hands).await;
        held(hands, cast, place, &visit).await;
        what_is_left_is_done(hands, cast, &visit).await;
    })
    .await;
}

/// A delegate, an expert, and an earlier visit with two sessions.
fn prepared() -> Vec<(&'static str, Value)> {
    let session = |code: &str, title: &str, day: &str| {
        let session =
            json!({ "visit": V, "session": code, "title": title, "day": day, "start": "09:30", "end": "12:00" });
        ("AddSession", session)
    };
    let expert = json!({ "id": E, "programme": P, "name": "Elena Example", "email": "elena@example.org",
        "organisation": "Institute", "languages": ["en"], "kind": "expert" });
    let mut steps = beginning();
    steps.extend(middle().into_iter().take(2));
    steps.push(("InvitePerson", expert));
    steps.push(session("s1", "The plant", "2026-06-13"));
    steps.push(session("s2", "The road", "2026-06-14"));
    steps
}

/// A visit is proposed for a month, gets its days, its delegate, its expert and the sessions of the earlier one.
async fn planned(hands: &mut Typist<'_>) -> String {
    let window = [
        ("kind", "return-visit"),
        ("format", "in-person"),
        ("host_city", C2),
        ("visiting_cities", C1),
        ("!visiting_cities", C2),
        ("window", "2026-10"),
    ];
    let visit = hands.done(&format!("ProposeVisit?partnership={S}"), &window).await;
    let days = [("from", "2026-10-05"), ("to", "2026-10-09"), ("objectives", "See the road in use")];
    hands.done(&format!("ScheduleVisit?id={visit}"), &days).await;
    hands.done(&format!("InviteDelegate?visit={visit}"), &[("person", H)]).await;
    hands.open_page(&format!("/visits/{visit}/copy")).await;
    hands.enter_on("main form[method=get] button").await;
    let moved = [("day.s1", "2026-10-06"), ("start.s1", "14:00"), ("end.s1", "16:30")];
    hands.send("AddSession", &moved).await;
    let copied =
        [("title", "The plant"), ("day", "2026-10-06"), ("start", "14:00"), ("end", "16:30"), ("title", "The road")];
    hands.recorded("the sessions of another visit", &copied).await;
    let later =
        [("session", "s2"), ("day", "2026-10-07"), ("start", "08:15"), ("reason", "The road is closed on Tuesday")];
    hands.done(&format!("MoveSession?visit={visit}"), &later).await;
    visit
}

async fn held(hands: &mut Typist<'_>, cast: &Cast, place: &Place, visit: &str) {
    let steps =
        vec![("ConfirmVisit", json!({ "visit": visit })), ("AssignExpert", json!({ "visit": visit, "expert": E }))];
    send(hands.server, &cast.coordinator, steps).await;
    hands.done(&format!("StartVisit?visit={visit}"), &[("date", "2026-10-05")]).await;
    hands.open_page(&format!("/visits/{visit}/attendance")).await;
    let others = format!("others.{C1}");
    let there = [("present", H), (others.as_str(), "3")];
    hands.send("RecordAttendance", &there).await;
    hands.recorded("who was there", &there).await;
    hands.done(&format!("CompleteVisit?visit={visit}"), &[("date", "2026-10-09"), ("summary", "The road holds")]).await;
    let expert = place.token_with("expert", &["--person", E]);
    hands.sign_in(&expert).await;
    let note = [("days", "2.5"), ("text", "Two days on the road, half a day of notes")];
    hands.done(&format!("SubmitMissionNote?visit={visit}"), &note).await;
    hands.sign_in(&cast.coordinator).await;
    hands.done(&format!("ApproveMissionNote?visit={visit}"), &[("expert", E)]).await;
    hands.done(&format!("CloseVisit?visit={visit}"), &[("reason", "Nothing new was learned")]).await;
}

/// What is said stands on the visit's page, where it is answered and settled.
async fn answered(hands: &mut Typist<'_>) {
    assert!(hands.text("main").await.contains("Who has the photographs?"), "what is said stands on the page");
    let answer = [("text", "The host has them")];
    hands.enter_on(".said a[href^='/do/PostComment']").await;
    hands.send("PostComment", &answer).await;
    hands.recorded("an answer", &answer).await;
    let clearer = [("text", "Who has the photographs of the road?")];
    hands.enter_on(".said a[href^='/do/EditComment?comment=c1&']").await;
    hands.send("EditComment", &clearer).await;
    hands.recorded("it said anew", &clearer).await;
    let hidden = [("reason", "It names a private address")];
    hands.enter_on(".said a[href^='/do/HideComment?comment=c2&']").await;
    hands.send("HideComment", &hidden).await;
    hands.recorded("what is not to be read", &hidden).await;
    let settled = [("conclusion", "They are sent by post")];
    hands.enter_on(".said a[href^='/do/ResolveDiscussion']").await;
    hands.send("ResolveDiscussion", &settled).await;
    hands.recorded("what came of it", &settled).await;
    let page = hands.text("main").await;
    assert!(page.contains("photographs of the road") && page.contains("They are sent by post"), "{page}");
    assert!(
        page.contains("private address") && !page.contains("The host has them"),
        "what is hidden is not read: {page}"
    );
}

async fn what_is_left_is_done(hands: &mut Typist<'_>, cast: &Cast, visit: &str) {
    let comment = [("text", "Who has the photographs?")];
    hands.done(&format!("PostComment?subject=visit/{visit}"), &comment).await;
    answered(hands).await;
    let raised = [("text", "Send the photographs"), ("owner.body", "Lipor"), ("city", C1), ("due", "2026-11-15")];
    let action = hands.done(&format!("RaiseAction?from=visit/{visit}"), &raised).await;
    let elsewhere = [("owner.body", "City of Porto"), ("reason", "Lipor has no camera")];
    hands.done(&format!("ReassignAction?action={action}"), &elsewhere).await;
    hands.done(&format!("ChangeDue?action={action}"), &[("due", "2026-12-01"), ("reason", "Holidays")]).await;
    hands.sign_in(&cast.host).await;
    hands.done(&format!("CompleteAction?action={action}"), &[("note", "Sent by post")]).await;
    hands.sign_in(&cast.coordinator).await;
    hands.done(&format!("VerifyAction?action={action}"), &[("note", "They came")]).await;
    assert!(hands.text("main").await.contains("Verified"), "its page says so");
}
