//! What happened to a document, in words.

use koinon_events::document::DocumentEvent;

use super::{Sentence, Term};

pub(super) fn sentence(event: &DocumentEvent) -> Sentence {
    match event {
        DocumentEvent::DocumentRegistered(event) => Sentence::new("document-registered")
            .with("title", &event.title)
            .with("kind", Term::Text(event.kind.to_string().replace('-', " ")))
            .with("classification", Term::Word(event.classification.into())),
        DocumentEvent::EvidenceLinked(event) => Sentence::new("evidence-linked")
            .with("claim", &event.claim)
            .with_optional("position", event.position.map(position))
            .with_optional("subject", event.subject),
        DocumentEvent::PersonsTagged(event) => Sentence::new("persons-tagged")
            .with("persons", event.persons.iter().map(|person| person.subject()).collect::<Vec<_>>()),
        DocumentEvent::EvidenceOpened(event) => {
            Sentence::new("evidence-opened").with("purpose", &event.purpose).with("until", event.until)
        }
        DocumentEvent::DocumentWithdrawn(event) => Sentence::new("document-withdrawn").with("reason", &event.reason),
        DocumentEvent::DocumentRedacted(event) => Sentence::new("document-redacted").with("copy", event.copy.subject()),
    }
}

fn position(position: u64) -> Term {
    Term::Number(i64::try_from(position).unwrap_or(i64::MAX))
}
