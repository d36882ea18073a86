//! A pilot at work with the keyboard alone: what is measured, what may go wrong, its rest, its end; and the cooperation
//! project beside it.

use serde_json::{Value, json};

use super::typist::{ANY, Typist};
use super::{daily, journey};
use crate::support::Place;
use crate::support::bodies::{C1, P, S, T, beginning, middle};

/// What shows the results.
const D: &str = "01970000-0000-7000-8000-0000000000d1";

#[tokio::test(flavor = "multi_thread")]
async fn a_pilot_is_brought_to_its_end_with_the_keyboard_alone() {
    journey(Place::sqlite(), prepared(), daily::PILOT, async |hands, _, _| {
        measured(hands).await;
        at_risk(hands).await;
        ended(hands).await;
        delivered(hands).await;
    })
    .await;
}

/// A launched pilot that nobody measured yet, and a document.
fn prepared() -> Vec<(&'static str, Value)> {
    let mut steps = beginning();
    steps.extend(middle().into_iter().filter(|(name, _)| !["RecordMeasurement", "CancelVisit"].contains(name)));
    let results = json!({ "id": D, "programme": P, "city": C1, "title": "What the scales said", "kind": "report",
        "sha256": "b".repeat(64), "size": 1000, "media_type": "application/pdf" });
    steps.push(("RegisterDocument", results));
    steps.push(("AddBody", json!({ "city": C1, "name": "Lipor", "type": "utility" })));
    steps
}

async fn measured(hands: &mut Typist<'_>) {
    let measured = [("indicator", ANY), ("value", "310.5"), ("period", "2026-10"), ("evidence", D)];
    hands.done(&format!("RecordMeasurement?pilot={T}"), &measured).await;
    let corrected = [("indicator", "ash"), ("period", "2026-10"), ("value", "301.5"), ("reason", "Weighed twice")];
    hands.done(&format!("CorrectMeasurement?pilot={T}"), &corrected).await;
    let slipped = [("milestone", "m1"), ("due", "2026-11-15"), ("reason", "The owner of the field was away")];
    hands.done(&format!("SlipMilestone?pilot={T}"), &slipped).await;
    let reached = [("milestone", "m1"), ("date", "2026-11-12"), ("note", "A field behind the plant")];
    hands.done(&format!("ReachMilestone?pilot={T}"), &reached).await;
}

async fn at_risk(hands: &mut Typist<'_>) {
    let raised = [("text", "It rains too much"), ("likelihood", "4"), ("impact", "2"), ("response", "A roof is hired")];
    hands.done(&format!("RaiseRisk?pilot={T}"), &raised).await;
    let changed = [("risk", ANY), ("likelihood", "2"), ("reason", "The rain has passed")];
    hands.done(&format!("ChangeRisk?pilot={T}"), &changed).await;
    hands.done(&format!("CloseRisk?pilot={T}"), &[("risk", ANY), ("reason", "The roof stands")]).await;
}

async fn ended(hands: &mut Typist<'_>) {
    hands.done(&format!("PausePilot?pilot={T}"), &[("reason", "The scales are mended")]).await;
    hands.done(&format!("ResumePilot?pilot={T}"), &[("reason", "They weigh again")]).await;
    let completed = [
        ("results", "Three hundred tonnes lie under the road"),
        ("lessons", "Weigh once"),
        ("take_up_note", "Any road base up to 30 cm"),
        ("evidence", D),
    ];
    hands.done(&format!("CompletePilot?pilot={T}"), &completed).await;
    let larger = [("scope", "All roads of the district"), ("document", D)];
    hands.done(&format!("DecideScaleUp?pilot={T}"), &larger).await;
    let page = hands.text("main").await;
    assert!(page.contains("Scaled up"), "its page says so: {page}");
    assert!(page.contains("reached the milestone “Site chosen”"), "its history calls things by their names: {page}");
    assert!(page.contains("for the indicator “Ash reused”"), "{page}");
}

async fn delivered(hands: &mut Typist<'_>) {
    let project = [("title", "One road, two cities"), ("objective", "The same base on both roads")];
    let project = hands.done(&format!("ProposeProject?partnership={S}"), &project).await;
    hands.done(&format!("AgreeProject?project={project}"), &[]).await;
    let due = [("title", "The recipe"), ("due", "2026-12-31")];
    hands.done(&format!("AddDeliverable?project={project}"), &due).await;
    hands.done(&format!("DeliverDeliverable?project={project}"), &[("deliverable", ANY), ("document", D)]).await;
}
