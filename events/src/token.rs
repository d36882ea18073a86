//! What can be known about an API token: who it acts as and what it may do. Neither the token nor its hash stands
//! here.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::family::family;
use crate::value::{Day, Line, Prose};
use crate::{PersonId, Subject};

/// What somebody may do.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Role {
    /// Keeps keys, backups and settings, and invites people.
    Administrator,
    /// Runs the programme.
    Coordinator,
    /// Speaks and acts for a city.
    Delegate,
    /// Accompanies visits and validates learnings.
    Expert,
    /// Reads for the funder, and accepts reports.
    Officer,
    /// Reads everything, and changes nothing.
    Auditor,
}

/// A token was made.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenCreated {
    /// What it is called.
    pub name: Line,
    /// What it may do.
    pub role: Role,
    /// The programme, city or partnership it is limited to.
    pub scope: Option<Subject>,
    /// The person it acts as; it acts in its own name when absent.
    pub person: Option<PersonId>,
    /// The last day it is accepted.
    pub expires: Option<Day>,
}

/// The token is accepted no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenRevoked {
    /// Why.
    pub reason: Prose,
}

family! {
    /// Events of an API token.
    Token: TokenEvent {
        TokenCreated, TokenRevoked,
    }
}
