//! The roles a grant or a token lets somebody act in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What somebody may act as.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    strum::IntoStaticStr,
    strum::EnumString,
    strum::Display,
    strum::EnumIter,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Role {
    /// Keeps the deployment and decides on people.
    Administrator,
    /// Runs a programme.
    Coordinator,
    /// Acts for a city.
    Delegate,
    /// Accompanies visits, advises and validates.
    Expert,
    /// Reads for the funder; queries, returns and accepts reports.
    Officer,
    /// Reads everything and changes nothing.
    Auditor,
}
