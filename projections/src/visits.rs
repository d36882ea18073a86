//! Visits as people look at them: what was planned, who comes, what was held, and what came of it.

mod fold;
mod row;
#[cfg(test)]
mod stories;

use koinon_events::learning::LearningEvent;
use koinon_events::visit::VisitEvent;
use koinon_events::{Event, Kind, LearningId, VisitId};

use fold::Plan;
pub use row::*;

use crate::column::Column;
use crate::entry::Entry;
use crate::links;
use crate::mark::{Mark, add};
use crate::row::Projection;
use crate::table::Table;

/// The read model `visits`.
#[derive(Debug, Clone, Copy)]
pub struct Visits;

impl Projection for Visits {
    type Row = VisitRow;

    const NAME: &'static str = "visits";
    const VERSION: u32 = 3;
    const KIND: Kind = Kind::Visit;
    const READS: &'static [&'static str] = &["visit", "learning", "action", "discussion", "document"];
    const COLUMNS: &'static [Column] = &[
        Column::text("status"),
        Column::text("kind"),
        Column::text("format"),
        Column::text("host_city"),
        Column::at_most("first_day", "to"),
        Column::at_least("last_day", "from"),
        Column::many("themes", "theme"),
    ];

    fn apply(rows: &mut Table<Self>, entry: &Entry) {
        match &entry.event {
            Event::Visit(event) => visit(rows, entry, event),
            Event::Learning(LearningEvent::LearningRecorded(event)) => rows.link(event.origin, |row| {
                add(&mut row.learnings, LearningId(entry.subject.id));
                row.first_learning.get_or_insert(Mark::from(entry));
            }),
            _ => links::follow(rows, entry),
        }
    }
}

fn visit(rows: &mut Table<Visits>, entry: &Entry, event: &VisitEvent) {
    let id = VisitId(entry.subject.id);
    match event {
        VisitEvent::VisitProposed(event) => rows.put(entry, |_| VisitRow {
            window: event.window,
            ..VisitRow::begun(id, Mark::from(entry), Plan::from(event))
        }),
        VisitEvent::VisitScheduled(event) => {
            rows.put(entry, |known| {
                let plan = Plan::from(event);
                let mut row = match known {
                    Some(row) => row.clone().planned(plan),
                    None => VisitRow::begun(id, Mark::from(entry), plan),
                };
                row.set_days(event.from, event.to);
                row.follows.clone_from(&event.follows);
                row.scheduled.get_or_insert(Mark::from(entry));
                row
            });
            for followed in &event.follows {
                rows.link(*followed, |row| add(&mut row.followed_by, entry.subject));
            }
        }
        event => rows.own(entry, |row| row.moved_on(entry, event)),
    }
}
