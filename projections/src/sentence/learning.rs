//! What happened to a learning and its adoptions, in words.

use koinon_events::learning::{LearningEvent, LearningRevised};
use koinon_events::value::Code;

use super::{Sentence, Term};

pub(super) fn sentence(event: &LearningEvent) -> Sentence {
    match event {
        LearningEvent::LearningRecorded(event) => Sentence::new("learning-recorded")
            .with("title", &event.title)
            .with("origin_city", event.origin_city.subject())
            .with("origin", event.origin),
        LearningEvent::LearningRevised(event) => revised(event),
        LearningEvent::LearningValidated(event) => Sentence::new("learning-validated")
            .with("expert", event.expert.subject())
            .with_optional("note", event.note.as_ref()),
        LearningEvent::LearningReturned(event) => Sentence::new("learning-returned").with("reason", &event.reason),
        LearningEvent::LearningPublished(_) => Sentence::new("learning-published"),
        LearningEvent::LearningsConsolidated(event) => Sentence::new("learnings-consolidated")
            .with("from", event.from.iter().map(|learning| learning.subject()).collect::<Vec<_>>())
            .with_optional("at_meeting", event.at_meeting.map(|meeting| meeting.subject())),
        LearningEvent::LearningSuperseded(event) => Sentence::new("learning-superseded")
            .with("by", event.by.subject())
            .with_optional("at_meeting", event.at_meeting.map(|meeting| meeting.subject())),
        LearningEvent::LearningRetracted(event) => Sentence::new("learning-retracted").with("reason", &event.reason),
        LearningEvent::LearningSuggested(event) => Sentence::new("learning-suggested")
            .with("cities", event.cities.iter().map(|city| city.subject()).collect::<Vec<_>>()),
        LearningEvent::InterestExpressed(event) => {
            Sentence::new("interest-expressed").with("city", event.city.subject())
        }
        LearningEvent::LearningDeclined(event) => {
            Sentence::new("learning-declined").with("city", event.city.subject()).with("reason", &event.reason)
        }
        LearningEvent::AdoptionCommitted(event) => Sentence::new("adoption-committed")
            .with("city", event.city.subject())
            .with("owner", &event.owner)
            .with("adaptation", &event.adaptation),
        LearningEvent::AdoptionStarted(event) => {
            Sentence::new("adoption-started").with("city", event.city.subject()).with_optional("date", event.date)
        }
        LearningEvent::AdoptionVerified(event) => Sentence::new("adoption-verified")
            .with("city", event.city.subject())
            .with("document", event.document.subject()),
        LearningEvent::AdoptionAbandoned(event) => {
            Sentence::new("adoption-abandoned").with("city", event.city.subject()).with("reason", &event.reason)
        }
    }
}

/// Each changed value from what it was to what it is; what did not change is `none`.
fn revised(event: &LearningRevised) -> Sentence {
    Sentence::new("learning-revised")
        .with_optional("was_title", event.was_title.as_ref())
        .with_optional("title", event.title.as_ref())
        .with_optional("was_what", event.was_what.as_ref())
        .with_optional("what", event.what.as_ref())
        .with_optional("was_why_it_works", event.was_why_it_works.as_ref())
        .with_optional("why_it_works", event.why_it_works.as_ref())
        .with_optional("was_conditions", event.was_conditions.as_ref())
        .with_optional("conditions", event.conditions.as_ref())
        .with_optional("was_cost_order", event.was_cost_order.map(|cost| Term::Word(cost.into())))
        .with_optional("cost_order", event.cost_order.map(|cost| Term::Word(cost.into())))
        .with_optional("was_maturity", event.was_maturity.map(|maturity| Term::Word(maturity.into())))
        .with_optional("maturity", event.maturity.map(|maturity| Term::Word(maturity.into())))
        .with_optional("was_themes", event.was_themes.as_deref().map(codes))
        .with_optional("themes", event.themes.as_deref().map(codes))
        .with_optional("was_sdg_targets", event.was_sdg_targets.as_deref().map(codes))
        .with_optional("sdg_targets", event.sdg_targets.as_deref().map(codes))
        .with_optional("reason", event.reason.as_ref())
}

fn codes(codes: &[Code]) -> Term {
    Term::List(codes.iter().map(Term::from).collect())
}
