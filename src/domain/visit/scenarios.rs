//! Given, when, then for visits.

mod delegation;
mod itinerary;
mod outcome;
mod plan;

use serde_json::json;

use crate::domain::scenario::Scenario;
use crate::domain::scenario::pair::*;

/// The visit of June, planned.
fn planned() -> Scenario {
    a_formed_pair().done("ScheduleVisit", june())
}

/// The visit of June, begun.
fn begun() -> Scenario {
    planned().done("StartVisit", json!({ "visit": VISIT }))
}

/// The visit of June, over.
fn completed() -> Scenario {
    begun().done("CompleteVisit", json!({ "visit": VISIT }))
}

/// The visit of June, called off.
fn cancelled() -> Scenario {
    planned().done("CancelVisit", json!({ "visit": VISIT, "reason": "Floods" }))
}
