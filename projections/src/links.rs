//! What any subject may have hanging on it, whatever it is: actions that came up in it, discussions about it, documents
//! that show it.

use koinon_events::action::ActionEvent;
use koinon_events::discussion::DiscussionEvent;
use koinon_events::document::DocumentEvent;
use koinon_events::{ActionId, DiscussionId, DocumentId, Event};

use crate::entry::Entry;
use crate::mark::add;
use crate::row::Projection;
use crate::table::Table;

/// The lists of a row that other subjects enter.
pub(crate) struct Links<'a> {
    pub actions: &'a mut Vec<ActionId>,
    pub discussions: &'a mut Vec<DiscussionId>,
    pub evidence: &'a mut Vec<DocumentId>,
}

/// A row that other subjects hang on.
pub(crate) trait Linked {
    fn links(&mut self) -> Links<'_>;
}

/// For rows with the fields `actions`, `discussions` and `evidence`.
macro_rules! linked {
    ($row:ident) => {
        impl $crate::links::Linked for $row {
            fn links(&mut self) -> $crate::links::Links<'_> {
                $crate::links::Links {
                    actions: &mut self.actions,
                    discussions: &mut self.discussions,
                    evidence: &mut self.evidence,
                }
            }
        }
    };
}
pub(crate) use linked;

/// Notes on the subject an event speaks of that an action, a discussion or a document hangs on it.
pub(crate) fn follow<P: Projection>(rows: &mut Table<P>, entry: &Entry)
where
    P::Row: Linked,
{
    let id = entry.subject.id;
    match &entry.event {
        Event::Action(ActionEvent::ActionRaised(event)) => {
            if let Some(from) = event.from {
                rows.link(from, |row| add(row.links().actions, ActionId(id)));
            }
        }
        Event::Discussion(DiscussionEvent::CommentPosted(event)) => {
            rows.link(event.subject, |row| add(row.links().discussions, DiscussionId(id)));
        }
        Event::Document(DocumentEvent::EvidenceLinked(event)) => {
            if let Some(subject) = event.subject {
                rows.link(subject, |row| add(row.links().evidence, DocumentId(id)));
            }
        }
        _ => {}
    }
}
