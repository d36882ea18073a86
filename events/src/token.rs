//! What can be known about an API token: who it acts as and what it may do. Neither the token nor its hash stands
//! here.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::family::family;
pub use crate::role::Role;
use crate::value::{Day, Line, Prose};
use crate::{PersonId, Subject};

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
