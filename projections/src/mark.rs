//! When a fact came to stand in the log: what figures count by and answers point to.

use koinon_events::value::Day;
use serde::{Deserialize, Serialize};

use crate::entry::Entry;

/// The event that says so: its position and the UTC day it was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mark {
    /// Its place in the log.
    pub position: u64,
    /// The UTC day it was recorded.
    pub recorded: Day,
}

impl From<&Entry> for Mark {
    fn from(entry: &Entry) -> Self {
        Self { position: entry.position, recorded: entry.time.day() }
    }
}

/// Adds to a list what is not in it yet.
pub(crate) fn add<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}
