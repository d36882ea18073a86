//! Pilots as people look at them: the plan, who approved it, what was measured, and how it ended.

mod fold;
mod row;

use koinon_events::pilot::PilotEvent;
use koinon_events::{Event, Kind, PilotId};

pub use row::*;

use crate::column::Column;
use crate::entry::Entry;
use crate::links;
use crate::row::Projection;
use crate::table::Table;

/// The read model `pilots`.
#[derive(Debug, Clone, Copy)]
pub struct Pilots;

impl Projection for Pilots {
    type Row = PilotRow;

    const NAME: &'static str = "pilots";
    const VERSION: u32 = 2;
    const KIND: Kind = Kind::Pilot;
    const READS: &'static [&'static str] = &["pilot", "action", "discussion", "document"];
    const COLUMNS: &'static [Column] = &[
        Column::text("status"),
        Column::at_most("first_day", "to"),
        Column::at_least("last_day", "from"),
        Column::text("project"),
        Column::many("learnings", "learning"),
    ];

    fn apply(rows: &mut Table<Self>, entry: &Entry) {
        match &entry.event {
            Event::Pilot(PilotEvent::PilotProposed(event)) => {
                rows.put(entry, |_| PilotRow::proposed(PilotId(entry.subject.id), entry, event));
            }
            Event::Pilot(event) => rows.own(entry, |row| row.moved_on(entry, event)),
            _ => links::follow(rows, entry),
        }
    }
}
