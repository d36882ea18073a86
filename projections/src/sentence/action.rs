//! What happened to an action, in words.

use koinon_events::action::{ActionEvent, Owner};

use super::{Sentence, Term};

pub(super) fn sentence(event: &ActionEvent) -> Sentence {
    match event {
        ActionEvent::ActionRaised(event) => Sentence::new("action-raised")
            .with("text", &event.text)
            .with_optional("from", event.from)
            .with_optional("plan", event.plan.as_ref().map(|plan| plan.partnership.subject()))
            .with_optional("version", event.plan.as_ref().map(|plan| plan.version))
            .with_optional("owner", event.owner.as_ref().map(owner))
            .with_optional("city", event.city.map(|city| city.subject()))
            .with_optional("due", event.due),
        ActionEvent::ActionReassigned(event) => Sentence::new("action-reassigned")
            .with_optional("was_owner", event.was_owner.as_ref().map(owner))
            .with("owner", owner(&event.owner))
            .with_optional("reason", event.reason.as_ref()),
        ActionEvent::ActionDueChanged(event) => Sentence::new("action-due-changed")
            .with_optional("was_due", event.was_due)
            .with("due", event.due)
            .with("reason", &event.reason),
        ActionEvent::ActionCompleted(event) => {
            Sentence::new("action-completed").with_optional("note", event.note.as_ref())
        }
        ActionEvent::ActionVerified(event) => {
            Sentence::new("action-verified").with_optional("note", event.note.as_ref())
        }
        ActionEvent::ActionReopened(event) => Sentence::new("action-reopened").with("reason", &event.reason),
        ActionEvent::ActionDropped(event) => Sentence::new("action-dropped").with("reason", &event.reason),
    }
}

/// A person is called by name where the reader may see it, a body by its name.
pub(super) fn owner(owner: &Owner) -> Term {
    match owner {
        Owner::Person(person) => person.subject().into(),
        Owner::Body(name) => name.into(),
    }
}
