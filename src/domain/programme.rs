//! The programme: what is funded, for how long, towards which figures.

use std::collections::BTreeMap;

use koinon_events::ProgrammeId;
use koinon_events::value::{Code, Day, LocalText};

use super::state::Scope;

/// How far a programme is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProgrammeStatus {
    /// Being set up.
    Draft,
    /// At work.
    Running,
    /// Only reports and reasons are still added.
    Closing,
    /// Over.
    Closed,
}

/// What the rules need to know of a programme.
#[derive(Debug, Clone, PartialEq)]
pub struct Programme {
    /// Its identity.
    pub id: ProgrammeId,
    /// Its code, fixed at creation.
    pub code: Code,
    /// How far it is.
    pub status: ProgrammeStatus,
    /// First day.
    pub starts_on: Day,
    /// Last day.
    pub ends_on: Day,
    /// Its themes by code, with the parent each counts under.
    pub themes: BTreeMap<Code, Option<Code>>,
    /// Its title.
    pub title: LocalText,
}

impl Programme {
    /// What it belongs to.
    pub fn scope(&self) -> Scope {
        Scope { programme: Some(self.id), ..Scope::default() }
    }
}
