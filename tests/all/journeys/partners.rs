//! A pair forms, meets, is advised and takes a learning up, with the keyboard alone.

use serde_json::{Value, json};

use super::typist::{ANY, Typist};
use super::{Cast, daily, journey};
use crate::support::Place;
use crate::support::bodies::{C1, C2, L, P, V, beginning, middle, send};

/// What a city wrote down for itself.
const D: &str = "01970000-0000-7000-8000-0000000000d1";

/// The expert.
const E: &str = "01970000-0000-7000-8000-0000000000e1";

#[tokio::test(flavor = "multi_thread")]
async fn a_pair_forms_meets_and_takes_a_learning_up_with_the_keyboard_alone() {
    journey(Place::sqlite(), prepared(), daily::PARTNERS, async |hands, cast, _| {
        let pair = formed(hands, cast).await;
        advised(hands, cast, &pair).await;
        met(hands, &pair).await;
        taken_up(hands, cast).await;
    })
    .await;
}

/// Two cities without a partnership of this name, a learning, and a document that says where it is laid down.
fn prepared() -> Vec<(&'static str, Value)> {
    let mut steps = beginning();
    steps.extend(middle().into_iter().take(4));
    let laid_down = json!({ "id": D, "programme": P, "city": C2, "title": "By-law on road bases", "kind": "decision",
        "sha256": "a".repeat(64), "size": 1000, "media_type": "application/pdf" });
    let expert = json!({ "id": E, "programme": P, "name": "Elena Example", "email": "elena@example.org",
        "organisation": "Institute", "languages": ["en"], "kind": "expert" });
    steps.push(("InvitePerson", expert));
    steps.push(("RegisterDocument", laid_down));
    steps.push(("StartVisit", json!({ "visit": V, "date": "2026-06-20" })));
    steps
}

async fn formed(hands: &mut Typist<'_>, cast: &Cast) -> String {
    hands.sign_in(&cast.coordinator).await;
    let proposed =
        [("cities", C1), ("cities", C2), ("themes", "waste-to-energy"), ("rationale", "Both have an old port")];
    let pair = hands.done("ProposePartnership", &proposed).await;
    for (token, city) in [(&cast.host, C1), (&cast.visitor, C2)] {
        hands.sign_in(token).await;
        hands.done(&format!("AcceptPartnership?partnership={pair}"), &[("city", city)]).await;
    }
    hands.sign_in(&cast.coordinator).await;
    hands.done(&format!("KickOffPartnership?partnership={pair}"), &[("date", "2026-03-12")]).await;
    hands.done(&format!("AgreeTopics?partnership={pair}"), &[("themes", "waste-to-energy")]).await;
    pair
}

async fn advised(hands: &mut Typist<'_>, cast: &Cast, pair: &str) {
    let advice = [("subject", "The quay"), ("text", "Ask those who work there first")];
    hands.done(&format!("RecordAdvice?partnership={pair}"), &advice).await;
    hands.sign_in(&cast.host).await;
    let answer = [("advice", ANY), ("taken", "no"), ("reason", "The quay is closed")];
    hands.done(&format!("AnswerAdvice?partnership={pair}"), &answer).await;
    hands.sign_in(&cast.coordinator).await;
}

/// A meeting with its minutes, and a webinar with its recording.
async fn met(hands: &mut Typist<'_>, pair: &str) {
    let bilateral = [
        ("kind", "bilateral"),
        ("title", "What the quay needs"),
        ("start", "2026-05-01T10:00"),
        ("place", "Town hall"),
        ("timezone", "Europe/Lisbon"),
    ];
    let meeting = hands.done(&format!("ScheduleMeeting?partnerships={pair}"), &bilateral).await;
    let later = [("start", "2026-05-04T15:30"), ("reason", "The first of May is a holiday")];
    hands.done(&format!("RescheduleMeeting?meeting={meeting}"), &later).await;
    let counted = [C1, C2].map(|city| format!("cities.{city}"));
    let held = [("date", "2026-05-04"), (counted[0].as_str(), "4"), (counted[1].as_str(), "3")];
    hands.done(&format!("HoldMeeting?meeting={meeting}"), &held).await;
    hands.done(&format!("RecordDecision?meeting={meeting}"), &[("text", "The quay is measured")]).await;
    hands.done(&format!("PublishMinutes?meeting={meeting}"), &[("text", "Seven met; the quay is measured.")]).await;
    let webinar = [
        ("kind", "webinar"),
        ("title", "Ash for all"),
        ("start", "2026-06-02T09:00"),
        ("public", "yes"),
        ("link", "https://example.org/ash"),
    ];
    let webinar = hands.done(&format!("ScheduleMeeting?partnerships={pair}"), &webinar).await;
    hands.done(&format!("HoldMeeting?meeting={webinar}"), &[(counted[0].as_str(), "40")]).await;
    let recording = [("url", "https://example.org/ash.mp4"), ("host", "The city's channel"), ("duration", "75")];
    hands.done(&format!("PublishRecording?meeting={webinar}"), &recording).await;
}

async fn taken_up(hands: &mut Typist<'_>, cast: &Cast) {
    let revised = [("title", "Ash is a product, not waste"), ("reason", "The title was too short")];
    hands.done(&format!("ReviseLearning?learning={L}"), &revised).await;
    let validated = ("ValidateLearning", json!({ "learning": L, "expert": E }));
    send(hands.server, &cast.expert, vec![validated]).await;
    send(hands.server, &cast.coordinator, vec![("PublishLearning", json!({ "learning": L }))]).await;
    hands.sign_in(&cast.visitor).await;
    hands.done(&format!("ExpressInterest?learning={L}"), &[("city", C2)]).await;
    let committed = [("city", C2), ("owner", "Roads department"), ("adaptation", "With slag instead of ash")];
    hands.done(&format!("CommitAdoption?learning={L}"), &committed).await;
    hands.done(&format!("StartAdoption?learning={L}"), &[("city", C2), ("date", "2026-10-01")]).await;
    hands.sign_in(&cast.coordinator).await;
    hands.done(&format!("VerifyAdoption?learning={L}"), &[("city", C2), ("document", D)]).await;
    assert!(hands.text("main").await.contains("By-law on road bases"), "its page names where it is laid down");
}
