//! What happened to a pilot, in words.

use koinon_events::pilot::{PilotEvent, RiskChanged};

use super::action::owner;
use super::{Sentence, Term};

pub(super) fn sentence(event: &PilotEvent) -> Sentence {
    match event {
        PilotEvent::PilotProposed(event) => {
            Sentence::new("pilot-proposed").with("title", &event.title).with("cities", subjects(&event.cities))
        }
        PilotEvent::PilotPlanned(event) => Sentence::new("pilot-planned")
            .with_optional("was_start", event.was_start)
            .with_optional("was_end", event.was_end)
            .with("start", event.start)
            .with("end", event.end)
            .with_optional("was_owner", event.was_owner.as_ref().map(owner))
            .with("owner", owner(&event.owner))
            .with_optional("was_budget", event.was_budget.as_ref())
            .with_optional("budget", event.budget.as_ref())
            .with("milestones", u32::try_from(event.milestones.len()).unwrap_or(u32::MAX))
            .with_optional("void", Some(subjects(&event.approvals_void)).filter(|_| !event.approvals_void.is_empty()))
            .with_optional("reason", event.reason.as_ref()),
        PilotEvent::PilotApproved(event) => Sentence::new("pilot-approved").with("city", event.city.subject()),
        PilotEvent::PilotPlanApproved(_) => Sentence::new("pilot-plan-approved"),
        PilotEvent::PilotLaunched(event) => Sentence::new("pilot-launched").with("date", event.date),
        PilotEvent::PilotPaused(event) => Sentence::new("pilot-paused").with("reason", &event.reason),
        PilotEvent::PilotResumed(event) => {
            Sentence::new("pilot-resumed").with_optional("reason", event.reason.as_ref())
        }
        PilotEvent::PilotCompleted(event) => Sentence::new("pilot-completed")
            .with("results", &event.results)
            .with_optional("lessons", event.lessons.as_ref()),
        PilotEvent::ScaleUpDecided(event) => Sentence::new("scale-up-decided")
            .with("scope", &event.scope)
            .with_optional("document", event.document.map(|id| id.subject())),
        PilotEvent::NotToContinueDecided(event) => {
            Sentence::new("not-to-continue-decided").with("reason", &event.reason)
        }
        PilotEvent::PilotStopped(event) => Sentence::new("pilot-stopped").with("reason", &event.reason),
        PilotEvent::MilestoneReached(_)
        | PilotEvent::MilestoneSlipped(_)
        | PilotEvent::MeasurementRecorded(_)
        | PilotEvent::MeasurementCorrected(_)
        | PilotEvent::RiskRaised(_)
        | PilotEvent::RiskChanged(_)
        | PilotEvent::RiskClosed(_) => on_the_way(event),
    }
}

/// What happens between launch and end; `sentence` says the rest.
fn on_the_way(event: &PilotEvent) -> Sentence {
    match event {
        PilotEvent::MilestoneReached(event) => Sentence::new("milestone-reached")
            .with("milestone", &event.milestone)
            .with_optional("date", event.date)
            .with_optional("note", event.note.as_ref()),
        PilotEvent::MilestoneSlipped(event) => Sentence::new("milestone-slipped")
            .with("milestone", &event.milestone)
            .with("was_due", event.was_due)
            .with("due", event.due)
            .with("reason", &event.reason),
        PilotEvent::MeasurementRecorded(event) => Sentence::new("measurement-recorded")
            .with("indicator", &event.indicator)
            .with("value", &event.value)
            .with("period", event.period),
        PilotEvent::MeasurementCorrected(event) => Sentence::new("measurement-corrected")
            .with("indicator", &event.indicator)
            .with("period", event.period)
            .with("was_value", &event.was_value)
            .with("value", &event.value)
            .with("reason", &event.reason),
        PilotEvent::RiskRaised(event) => Sentence::new("risk-raised")
            .with("risk", &event.risk)
            .with("text", &event.text)
            .with("likelihood", event.likelihood)
            .with("impact", event.impact)
            .with_optional("response", event.response.as_ref()),
        PilotEvent::RiskChanged(event) => risk_changed(event),
        PilotEvent::RiskClosed(event) => {
            Sentence::new("risk-closed").with("risk", &event.risk).with_optional("reason", event.reason.as_ref())
        }
        other => sentence(other),
    }
}

fn risk_changed(event: &RiskChanged) -> Sentence {
    Sentence::new("risk-changed")
        .with("risk", &event.risk)
        .with_optional("text", event.text.as_ref())
        .with_optional("was_text", event.was_text.as_ref())
        .with_optional("likelihood", event.likelihood)
        .with_optional("was_likelihood", event.was_likelihood)
        .with_optional("impact", event.impact)
        .with_optional("was_impact", event.was_impact)
        .with_optional("response", event.response.as_ref())
        .with_optional("was_response", event.was_response.as_ref())
        .with_optional("reason", event.reason.as_ref())
}

fn subjects(cities: &[koinon_events::CityId]) -> Term {
    cities.iter().map(|city| city.subject()).collect::<Vec<_>>().into()
}
