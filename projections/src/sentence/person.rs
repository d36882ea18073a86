//! What happened to a person, in words. Names, addresses and phones are never among them: they lie sealed.

use koinon_events::Subject;
use koinon_events::person::{PersonEvent, PersonUpdated};
use koinon_events::value::Language;

use super::{Sentence, Term};

pub(super) fn sentence(event: &PersonEvent) -> Sentence {
    match event {
        PersonEvent::PersonInvited(event) => Sentence::new("person-invited")
            .with("kind", Term::Word(event.kind.into()))
            .with("organisation", &event.organisation)
            .with_optional("city", event.city.map(Subject::from)),
        PersonEvent::InvitationAccepted(_) => Sentence::new("invitation-accepted"),
        PersonEvent::PersonUpdated(event) => updated(event),
        PersonEvent::PersonDeactivated(event) => {
            Sentence::new("person-deactivated").with_optional("reason", event.reason.as_ref())
        }
        PersonEvent::ErasureRequested(event) => Sentence::new("erasure-requested").with("reason", &event.reason),
        PersonEvent::ErasureDeferred(event) => Sentence::new("erasure-deferred")
            .with("reason", &event.reason)
            .with_optional("until", event.until)
            .with_optional("basis", event.basis.as_ref()),
        PersonEvent::PersonErased(event) => {
            Sentence::new("person-erased").with("basis", &event.basis).with("request", &event.request)
        }
        PersonEvent::PersonReminded(event) => Sentence::new("person-reminded")
            .with("subject", event.subject)
            .with("matter", Term::Text(event.matter.as_str().replace('-', " "))),
        PersonEvent::RoleGranted(event) => Sentence::new("role-granted")
            .with("role", Term::Word(event.role.into()))
            .with_optional("scope", event.scope)
            .with_optional("until", event.until),
        PersonEvent::RoleRevoked(event) => Sentence::new("role-revoked")
            .with("role", Term::Word(event.role.into()))
            .with_optional("scope", event.scope)
            .with("reason", &event.reason),
    }
}

/// Which personal values are new, and each other value from what to what; `none` where it stayed.
fn updated(event: &PersonUpdated) -> Sentence {
    let personal: Vec<Term> = [
        (event.name.is_some(), "name"),
        (event.email.is_some(), "email-address"),
        (event.phone.is_some(), "phone-number"),
    ]
    .into_iter()
    .filter_map(|(changed, word)| changed.then_some(Term::Word(word)))
    .collect();
    let languages =
        |list: &Option<Vec<Language>>| list.as_ref().map(|list| Term::from(list.iter().collect::<Vec<_>>()));
    Sentence::new("person-updated")
        .with_optional("personal", (!personal.is_empty()).then_some(Term::List(personal)))
        .with_optional("organisation", event.organisation.as_ref())
        .with_optional("was_organisation", event.was_organisation.as_ref())
        .with_optional("city", event.city.map(Subject::from))
        .with_optional("was_city", event.was_city.map(Subject::from))
        .with_optional("languages", languages(&event.languages))
        .with_optional("was_languages", languages(&event.was_languages))
        .with_optional("kind", event.kind.map(|kind| Term::Word(kind.into())))
        .with_optional("was_kind", event.was_kind.map(|kind| Term::Word(kind.into())))
}
