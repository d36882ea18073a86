//! What happened to a partnership, in words.

use koinon_events::CityId;
use koinon_events::partnership::{PartnershipEvent, Party};
use koinon_events::value::Code;

use super::{Sentence, Term};

pub(super) fn sentence(event: &PartnershipEvent) -> Sentence {
    match event {
        PartnershipEvent::PartnershipProposed(event) => Sentence::new("partnership-proposed")
            .with("cities", cities(&event.cities))
            .with("themes", codes(&event.themes))
            .with("rationale", &event.rationale),
        PartnershipEvent::PartnershipAccepted(event) => {
            Sentence::new("partnership-accepted").with("city", event.city.subject())
        }
        PartnershipEvent::PartnershipDeclined(event) => {
            Sentence::new("partnership-declined").with("city", event.city.subject()).with("reason", &event.reason)
        }
        PartnershipEvent::PartnershipFormed(event) => {
            Sentence::new("partnership-formed").with("cities", cities(&event.cities))
        }
        PartnershipEvent::CityAdded(event) => Sentence::new("city-added")
            .with("city", event.city.subject())
            .with_optional("reason", event.reason.as_ref()),
        PartnershipEvent::CityRemoved(event) => {
            Sentence::new("city-removed").with("city", event.city.subject()).with("reason", &event.reason)
        }
        PartnershipEvent::PartnershipKickedOff(event) => {
            Sentence::new("partnership-kicked-off").with_optional("date", event.date)
        }
        PartnershipEvent::TopicsAgreed(event) => Sentence::new("topics-agreed")
            .with("themes", codes(&event.themes))
            .with("was_themes", codes(&event.was_themes)),
        PartnershipEvent::AdvisorAssigned(event) => {
            Sentence::new("advisor-assigned").with("expert", event.expert.subject())
        }
        PartnershipEvent::AdviceRecorded(event) => Sentence::new("advice-recorded")
            .with("advice", &event.advice)
            .with("about", &event.subject)
            .with("text", &event.text)
            .with_optional("expert", event.expert.map(|expert| expert.subject())),
        PartnershipEvent::AdviceAnswered(event) => {
            let key = if event.taken { "advice-taken" } else { "advice-not-taken" };
            Sentence::new(key).with("advice", &event.advice).with_optional("reason", event.reason.as_ref())
        }
        PartnershipEvent::AgreementSigned(event) => {
            let key = if event.signed_on.is_some() { "agreement-signed" } else { "agreement-unsigned" };
            Sentence::new(key)
                .with_optional("kind", event.kind.as_ref())
                .with("parties", parties(&event.parties))
                .with_optional("document", event.document.map(|document| document.subject()))
                .with_optional("signed_on", event.signed_on)
        }
        PartnershipEvent::ActionPlanAdopted(event) => Sentence::new("action-plan-adopted")
            .with("version", event.version)
            .with_optional("document", event.document.map(|document| document.subject())),
        PartnershipEvent::PartnershipSuspended(event) => {
            Sentence::new("partnership-suspended").with("reason", &event.reason)
        }
        PartnershipEvent::PartnershipResumed(event) => {
            Sentence::new("partnership-resumed").with_optional("reason", event.reason.as_ref())
        }
        PartnershipEvent::PartnershipDissolved(event) => {
            Sentence::new("partnership-dissolved").with("reason", &event.reason)
        }
        PartnershipEvent::PartnershipCompleted(event) => {
            Sentence::new("partnership-completed").with_optional("assessment", event.self_assessment.as_ref())
        }
        PartnershipEvent::ContinuationCommitted(event) => Sentence::new("continuation-committed")
            .with("bodies", parties(&event.bodies))
            .with_optional("document", event.document.map(|document| document.subject()))
            .with_optional("until", event.until),
    }
}

fn cities(cities: &[CityId]) -> Term {
    cities.iter().map(|city| city.subject()).collect::<Vec<_>>().into()
}

fn codes(codes: &[Code]) -> Term {
    codes.iter().collect::<Vec<_>>().into()
}

fn parties(parties: &[Party]) -> Term {
    parties.iter().map(|party| &party.name).collect::<Vec<_>>().into()
}
