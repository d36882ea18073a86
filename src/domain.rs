//! The law: what may be asked, what follows from it, and what is refused. Pure: no I/O, no clock, no chance of its own.
//!
//! Each noun has one room with the same parts in the same order: commands, state, evolve, decide, rejection, scenarios.
//! [`Command`] is everything that can be asked; [`decide`] answers with facts or a [`Rejection`]; [`State::evolve`]
//! folds facts into the state the next decision stands on, and cannot fail.

#[macro_use]
mod command;
mod context;
mod example;
mod rejection;
#[cfg(test)]
pub(crate) mod scenario;
mod state;

pub mod action;
pub mod belonging;
pub mod city;
pub mod discussion;
pub mod document;
pub mod following;
pub mod learning;
pub mod meeting;
pub mod partnership;
pub mod person;
pub mod pilot;
pub mod programme;
pub mod project;
pub mod report;
pub mod token;
pub mod visit;
pub mod webhook;

pub use command::{Command, CommandShape, command_shape, command_shapes, parse};
pub use context::{Context, Sealer, World};
pub use example::{command_schema, example_body};
pub use rejection::{Finding, Rejection, Rule};
pub use state::{Scope, State, decide, relies_on};

use koinon_events::value::Code;
use koinon_events::{Event, Subject};

/// One fact decided: what happened, and to which subject when that is not the command's own.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Another subject than the command's own.
    pub subject: Option<Subject>,
    /// What happened.
    pub event: Event,
}

impl Fact {
    /// A fact about another subject than the command's own.
    pub fn on(subject: impl Into<Subject>, event: impl Into<Event>) -> Self {
        Self { subject: Some(subject.into()), event: event.into() }
    }
}

impl<E: Into<Event>> From<E> for Fact {
    fn from(event: E) -> Self {
        Self { subject: None, event: event.into() }
    }
}

/// What a decider answers: the facts that follow, in order, or why the command is refused.
pub type Decision = Result<Vec<Fact>, Rejection>;

/// One fact about the command's own subject.
pub(crate) fn fact(event: impl Into<Event>) -> Decision {
    Ok(vec![event.into().into()])
}

/// The next number behind a letter (`a1`, `a2` …) that is not taken: the id of something within its subject, where the
/// command names none. Nothing within a subject is ever removed, so a number is never given twice.
pub(crate) fn next_code(letter: &str, pointer: &str, taken: impl Fn(&Code) -> bool) -> Result<Code, Rejection> {
    (1..=1000)
        .filter_map(|number| Code::parse(&format!("{letter}{number}")).ok())
        .find(|code| !taken(code))
        .ok_or_else(|| Rejection::unfit(pointer, "must be given, for all numbers are taken"))
}
