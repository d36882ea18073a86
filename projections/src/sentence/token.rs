//! What happened to an API token, in words.

use koinon_events::token::TokenEvent;

use super::{Sentence, Term};

pub(super) fn sentence(event: &TokenEvent) -> Sentence {
    match event {
        TokenEvent::TokenCreated(event) => Sentence::new("token-created")
            .with("name", &event.name)
            .with("role", Term::Word(event.role.into()))
            .with_optional("scope", event.scope)
            .with_optional("person", event.person.map(|id| id.subject()))
            .with_optional("expires", event.expires),
        TokenEvent::TokenRevoked(event) => Sentence::new("token-revoked").with("reason", &event.reason),
    }
}
