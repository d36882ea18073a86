//! What happened to a cooperation project, in words.

use koinon_events::project::ProjectEvent;

use super::{Sentence, Term};

pub(super) fn sentence(event: &ProjectEvent) -> Sentence {
    match event {
        ProjectEvent::ProjectProposed(event) => Sentence::new("project-proposed")
            .with_optional("title", event.title.as_ref())
            .with("partnership", event.partnership.subject())
            .with("objective", &event.objective)
            .with_optional("funding", event.funding_sought.as_ref()),
        ProjectEvent::ProjectAgreed(event) => Sentence::new("project-agreed")
            .with_optional("agreed_on", event.agreed_on)
            .with_optional("document", event.document.map(|id| id.subject())),
        ProjectEvent::DeliverableAdded(event) => Sentence::new("deliverable-added")
            .with("deliverable", &event.deliverable)
            .with("title", &event.title)
            .with("due", event.due),
        ProjectEvent::DeliverableDelivered(event) => Sentence::new("deliverable-delivered")
            .with("deliverable", &event.deliverable)
            .with_optional("delivered_on", event.delivered_on)
            .with_optional("document", event.document.map(|id| id.subject())),
        ProjectEvent::ProjectActivated(_) => Sentence::new("project-activated"),
        ProjectEvent::FundingRecorded(event) => Sentence::new("funding-recorded")
            .with("outcome", Term::Word(event.outcome.into()))
            .with_optional("source", event.source.as_ref())
            .with_optional("amount", event.amount.as_ref()),
        ProjectEvent::ProjectCompleted(event) => Sentence::new("project-completed").with("results", &event.results),
        ProjectEvent::ProjectStopped(event) => Sentence::new("project-stopped").with("reason", &event.reason),
    }
}
