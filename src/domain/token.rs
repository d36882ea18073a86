//! The API token: made with a role, for a scope and a time; revoked with a reason.
//!
//! Neither the token nor its hash is known here: the service makes it, shows it once and keeps its hash outside the log.

mod commands;
#[cfg(test)]
mod scenarios;

use koinon_events::token::*;
use koinon_events::value::Day;
use koinon_events::{CityId, Kind, PartnershipId, PersonId, ProgrammeId, Subject, TokenId};

pub use commands::*;

use super::context::{Context, World};
use super::rejection::rejections;
use super::state::Scope;
use super::{Decision, Rejection, fact};

/// What the rules need to know of a token.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Its identity.
    pub id: TokenId,
    /// What it may do.
    pub role: Role,
    /// The programme, city or partnership it is limited to.
    pub limited_to: Option<Subject>,
    /// The person it acts as, when as one.
    pub person: Option<PersonId>,
    /// The last day it is accepted.
    pub expires: Option<Day>,
    /// Whether it is accepted no more.
    pub revoked: bool,
}

impl Token {
    /// What it belongs to.
    pub fn scope(&self) -> Scope {
        let mut scope = Scope { persons: self.person.into_iter().collect(), ..Scope::default() };
        match self.limited_to {
            Some(Subject { kind: Kind::Programme, id }) => scope.programme = Some(ProgrammeId(id)),
            Some(Subject { kind: Kind::Partnership, id }) => scope.partnerships.push(PartnershipId(id)),
            Some(Subject { kind: Kind::City, id }) => scope.cities.push(CityId(id)),
            _ => {}
        }
        scope
    }
}

/// The state after one more event.
pub fn evolve(state: Option<Token>, subject: Subject, event: &TokenEvent) -> Option<Token> {
    match (state, event) {
        (None, TokenEvent::TokenCreated(created)) => Some(Token {
            id: TokenId(subject.id),
            role: created.role,
            limited_to: created.scope,
            person: created.person,
            expires: created.expires,
            revoked: false,
        }),
        (state, TokenEvent::TokenCreated(_)) => state,
        (state, TokenEvent::TokenRevoked(_)) => state.map(|token| Token { revoked: true, ..token }),
    }
}

/// The subjects a decision on a token needs to know.
pub fn relies_on(command: &TokenCommand, _world: &World) -> Vec<Subject> {
    match command {
        TokenCommand::CreateToken(create) => create.scope.into_iter().chain(create.person.map(Subject::from)).collect(),
        TokenCommand::RevokeToken(_) => Vec::new(),
    }
}

/// Decides a command on a token.
///
/// # Errors
/// Unfit fields, or the [`TokenRule`] that forbids it.
pub fn decide(token: Option<&Token>, command: &TokenCommand, context: &Context<'_>) -> Decision {
    match (command, token) {
        (TokenCommand::CreateToken(_), Some(_)) => Err(TokenRule::TokenAlreadyExists.into()),
        (TokenCommand::CreateToken(command), None) => create(command, context),
        (TokenCommand::RevokeToken(_), None) => Err(Rejection::Absent),
        (TokenCommand::RevokeToken(_), Some(token)) if token.revoked => Err(TokenRule::TokenAlreadyRevoked.into()),
        (TokenCommand::RevokeToken(command), Some(_)) => fact(TokenRevoked { reason: command.reason.clone() }),
    }
}

fn create(command: &CreateToken, context: &Context<'_>) -> Decision {
    if let Some(scope) = command.scope {
        if !matches!(scope.kind, Kind::Programme | Kind::City | Kind::Partnership) {
            return Err(Rejection::unfit("/scope", "a token is limited to a programme, a city or a partnership"));
        }
        context.exists("/scope", scope)?;
    }
    if let Some(person) = command.person {
        context.available("/person", person)?;
    }
    if command.expires.is_some_and(|expires| expires < context.today) {
        return Err(Rejection::unfit("/expires", format!("must not lie before today, {}", context.today)));
    }
    fact(TokenCreated {
        name: command.name.clone(),
        role: command.role,
        scope: command.scope,
        person: command.person,
        expires: command.expires,
    })
}

/// The rules that forbid commands on tokens.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[allow(missing_docs)]
pub enum TokenRule {
    #[error("There is a token with this id already.")]
    TokenAlreadyExists,
    #[error("This token was revoked already.")]
    TokenAlreadyRevoked,
}

rejections!(TokenRule);
