//! Upcasting: what was recorded in an older version is read as today's. Stored bytes are never touched.
//!
//! A step takes one version of one event to the next, possibly under another name. Steps are added, never changed.

use serde_json::Value;
use serde_json::value::RawValue;

/// One step from an older version to a newer one.
#[derive(Clone, Copy)]
pub struct Upcast {
    /// The stored name it applies to.
    pub name: &'static str,
    /// The version it reads.
    pub from: u32,
    /// The name and version it gives.
    pub to: (&'static str, u32),
    /// Rewrites the data.
    pub rewrite: fn(Value) -> Value,
}

/// Every step known. Empty while each event is in its first version.
pub const UPCASTS: &[Upcast] = &[];

/// Follows the steps from an old version to a version no step leads on from; `None` when no step applies.
pub fn to_current(steps: &[Upcast], name: &str, version: u32, data: &str) -> Option<(String, Box<RawValue>)> {
    let mut value: Value = serde_json::from_str(data).ok()?;
    let mut at = (name.to_owned(), version);
    let mut moved = false;
    while let Some(step) = steps.iter().find(|step| step.name == at.0 && step.from == at.1) {
        value = (step.rewrite)(value);
        at = (step.to.0.to_owned(), step.to.1);
        moved = true;
    }
    moved.then(|| RawValue::from_string(value.to_string()).ok().map(|raw| (at.0, raw))).flatten()
}
