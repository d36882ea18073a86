//! Given, when, then for learnings.

mod adoption;
mod text;

use serde_json::{Value, json};

use crate::domain::scenario::Scenario;
use crate::domain::scenario::pair::*;

fn learning() -> Value {
    json!({ "learning": LEARNING })
}

/// The ash learning of the visit of June, written down.
fn recorded() -> Scenario {
    a_formed_pair().done("ScheduleVisit", june()).done("RecordLearning", ash(VISIT))
}

fn validated() -> Scenario {
    recorded().done("ValidateLearning", with(learning(), "expert", json!(INES)))
}

fn published() -> Scenario {
    validated().done("PublishLearning", learning())
}

fn retracted() -> Scenario {
    published().done("RetractLearning", with(learning(), "reason", "The plant closed"))
}
