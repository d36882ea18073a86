//! What can be asked of an API token.

use koinon_events::token::Role;
use koinon_events::value::{Day, Line, Prose};
use koinon_events::{PersonId, Subject, TokenId};
use schemars::JsonSchema;
use serde::Deserialize;

/// Makes a token; the answer shows it once.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateToken {
    /// The new token's id.
    pub id: TokenId,
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

/// Has a token accepted no more.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RevokeToken {
    /// Which token.
    pub token: TokenId,
    /// Why.
    pub reason: Prose,
}

commands! {
    /// Commands on an API token.
    Token: TokenCommand {
        new CreateToken(id), on RevokeToken(token),
    }
}
