//! The whole way in a real browser, with the keyboard alone, on both engines: a coordinator schedules a visit, the host
//! confirms it, a delegate records what was learned, an expert validates it, a pilot is planned, approved by both cities
//! and launched. The same visit and its learning once more without scripts. The other forms of the daily work, also by
//! keyboard alone, in the rooms beside; `daily.rs` lists them all.

mod daily;
mod partners;
mod pilots;
mod reports;
mod typist;
mod visits;

use daily::compare;
use serde_json::Value;
use typist::{ANY, Typist};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{C1, C2, S, beginning, send};
use crate::support::browser::Driver;

on_both_engines!(from_a_visit_to_a_pilot_with_the_keyboard_alone);

const LEARNED: [(&str, &str); 6] = [
    ("title", "Ash is a product"),
    ("what", "Bottom ash becomes road base"),
    ("why_it_works", "The road authority buys it"),
    ("conditions", "A plant within 50 km"),
    ("cost_order", "medium"),
    ("maturity", "proven"),
];

const PLANNED: [(&str, &str); 6] = [
    ("kind", "study-visit"),
    ("format", "in-person"),
    ("host_city", C1),
    ("from", "2026-06-13"),
    ("to", "2026-06-17"),
    ("objectives", "See the plant at work"),
];

/// Who takes part, each by a token.
struct Cast {
    coordinator: String,
    host: String,
    visitor: String,
    expert: String,
    auditor: String,
}

impl Cast {
    fn of(place: &Place) -> Self {
        Self {
            coordinator: place.token("coordinator"),
            host: delegate(place, C1),
            visitor: delegate(place, C2),
            expert: place.token("expert"),
            auditor: place.token("auditor"),
        }
    }
}

/// A token from the shell, for a delegate of a city.
fn delegate(place: &Place, city: &str) -> String {
    let scope = format!("city/{city}");
    place.token_with("delegate", &["--scope", &scope])
}

/// Somebody at the keyboard goes a way of their own, beginning as the coordinator after some steps; then what they sent
/// is compared with the list of the journey, and neither the browser nor the log has anything against it.
async fn journey(
    place: Place,
    steps: Vec<(&'static str, Value)>,
    list: &[&str],
    way: impl AsyncFnOnce(&mut Typist<'_>, &Cast, &Place),
) {
    let server = place.serve();
    send(&server, &place.token("coordinator"), steps).await;
    let (cast, driver) = (Cast::of(&place), Driver::start());
    let mut hands = Typist::open(&driver, &server, &cast.auditor, true).await;
    hands.sign_in(&cast.coordinator).await;
    way(&mut hands, &cast, &place).await;
    compare(&hands.sent, list);
    assert_eq!(hands.browser.errors().await, [""; 0]);
    hands.browser.close().await;
    server.stop();
    place.verify();
}

async fn from_a_visit_to_a_pilot_with_the_keyboard_alone(place: Place) {
    journey(place, beginning(), daily::VISIT_TO_PILOT, async |hands, cast, place| {
        let expert = invited(hands).await;
        let visit = visited(hands, cast, &expert).await;
        let by_expert = place.token_with("expert", &["--person", &expert]);
        hands.sign_in(&by_expert).await;
        hands.done(&format!("AcceptInvitation?person={expert}"), &[]).await;
        let learning = learned(hands, cast, &by_expert, &visit).await;
        let pilot = piloted(hands, cast, &learning).await;
        a_step_is_reached(hands, &pilot).await;
    })
    .await;
}

async fn invited(hands: &mut Typist<'_>) -> String {
    let person = [
        ("name", "Elena Example"),
        ("email", "elena@example.org"),
        ("organisation", "Institute"),
        ("languages", "en"),
        ("kind", "expert"),
    ];
    hands.done("InvitePerson", &person).await
}

async fn visited(hands: &mut Typist<'_>, cast: &Cast, expert: &str) -> String {
    let visit = hands.done(&format!("ScheduleVisit?partnership={S}"), &PLANNED).await;
    let moved = [("from", "2026-06-20"), ("to", "2026-06-24"), ("reason", "Strike at the airport")];
    hands.done(&format!("RescheduleVisit?visit={visit}"), &moved).await;
    hands.sign_in(&cast.host).await;
    hands.done(&format!("ConfirmVisit?visit={visit}"), &[]).await;
    hands.sign_in(&cast.coordinator).await;
    hands.done(&format!("AssignExpert?visit={visit}"), &[("expert", expert)]).await;
    hands.done(&format!("ConfirmDelegation?visit={visit}"), &[("size", "4")]).await;
    let session = [("title", "The plant"), ("day", "2026-06-22"), ("start", "09:30"), ("end", "12:00")];
    hands.done(&format!("AddSession?visit={visit}"), &session).await;
    hands.done(&format!("PublishItinerary?visit={visit}"), &[]).await;
    hands.done(&format!("RecordLogistics?visit={visit}"), &[("kind", "travel"), ("state", "settled")]).await;
    hands.done(&format!("StartVisit?visit={visit}"), &[]).await;
    hands.done(&format!("HoldSession?visit={visit}"), &[("session", ANY)]).await;
    hands.done(&format!("CompleteVisit?visit={visit}"), &[("summary", "The plant was seen at work")]).await;
    visit
}

async fn learned(hands: &mut Typist<'_>, cast: &Cast, expert: &str, visit: &str) -> String {
    hands.sign_in(&cast.visitor).await;
    let learning = hands.done(&format!("RecordLearning?origin=visit/{visit}"), &LEARNED).await;
    hands.sign_in(expert).await;
    hands.done(&format!("ValidateLearning?learning={learning}"), &[]).await;
    hands.sign_in(&cast.coordinator).await;
    hands.done(&format!("PublishLearning?learning={learning}"), &[]).await;
    hands.done(&format!("ExpressInterest?learning={learning}"), &[("city", C2)]).await;
    learning
}

async fn piloted(hands: &mut Typist<'_>, cast: &Cast, learning: &str) -> String {
    let proposed = [
        ("title", "Ash to road base"),
        ("problem", "Ash is landfilled"),
        ("solution", "Roads are built of it"),
        ("beneficiaries", "Both cities"),
    ];
    let pilot = hands.done(&format!("ProposePilot?from_learnings={learning}&partnership={S}"), &proposed).await;
    let plan = [
        ("start", "2026-09-01"),
        ("end", "2027-03-31"),
        ("owner.body", "Durban Solid Waste"),
        ("milestones.0.title", "Site chosen"),
        ("milestones.0.due", "2026-10-15"),
        ("indicators.0.name", "Ash reused"),
        ("indicators.0.unit", "t"),
        ("indicators.0.baseline", "0"),
        ("indicators.0.target", "1200"),
    ];
    hands.done(&format!("PlanPilot?pilot={pilot}"), &plan).await;
    for (token, city) in [(&cast.host, C1), (&cast.visitor, C2)] {
        hands.sign_in(token).await;
        hands.done(&format!("ApprovePilot?pilot={pilot}"), &[("city", city)]).await;
    }
    hands.sign_in(&cast.coordinator).await;
    hands.done(&format!("LaunchPilot?pilot={pilot}"), &[("date", "2026-09-01")]).await;
    assert!(hands.text("main").await.contains("Launched"), "its page says so");
    pilot
}

async fn a_step_is_reached(hands: &mut Typist<'_>, pilot: &str) {
    let reached = [("milestone", ANY), ("note", "A field behind the plant")];
    hands.done(&format!("ReachMilestone?pilot={pilot}"), &reached).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_a_visit_to_a_learning_without_scripts() {
    let place = Place::sqlite();
    let server = place.serve();
    send(&server, &place.token("coordinator"), beginning()).await;
    let cast = Cast::of(&place);
    let driver = Driver::start();
    let mut hands = Typist::open(&driver, &server, &cast.auditor, false).await;
    hands.sign_in(&cast.coordinator).await;
    let visit = hands.done(&format!("ScheduleVisit?partnership={S}"), &PLANNED).await;
    hands.sign_in(&cast.host).await;
    hands.done(&format!("ConfirmVisit?visit={visit}"), &[]).await;
    hands.sign_in(&cast.coordinator).await;
    hands.done(&format!("StartVisit?visit={visit}"), &[]).await;
    hands.sign_in(&cast.visitor).await;
    hands.done(&format!("RecordLearning?origin=visit/{visit}"), &LEARNED).await;
    assert!(hands.text("main").await.contains("Ash is a product"));
    hands.browser.close().await;
    server.stop();
    place.verify();
}
