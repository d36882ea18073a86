//! What happened to a visit, in words.

use koinon_events::visit::VisitEvent;

use super::{Sentence, Term};

pub(super) fn sentence(event: &VisitEvent) -> Sentence {
    match event {
        VisitEvent::VisitProposed(event) => Sentence::new("visit-proposed")
            .with("kind", Term::Word(event.kind.into()))
            .with("visitors", event.visiting_cities.iter().map(|city| city.subject()).collect::<Vec<_>>())
            .with("host", event.host_city.subject())
            .with_optional("window", event.window),
        VisitEvent::VisitScheduled(event) => Sentence::new("visit-scheduled")
            .with("kind", Term::Word(event.kind.into()))
            .with("visitors", event.visiting_cities.iter().map(|city| city.subject()).collect::<Vec<_>>())
            .with("host", event.host_city.subject())
            .with("from", event.from)
            .with("to", event.to),
        VisitEvent::VisitRescheduled(event) => Sentence::new("visit-rescheduled")
            .with_optional("was_from", event.was_from)
            .with_optional("was_to", event.was_to)
            .with("from", event.from)
            .with("to", event.to)
            .with("reason", &event.reason),
        VisitEvent::VisitPostponed(event) => Sentence::new("visit-postponed").with("reason", &event.reason),
        VisitEvent::VisitCancelled(event) => Sentence::new("visit-cancelled").with("reason", &event.reason),
        VisitEvent::VisitConfirmed(_) => Sentence::new("visit-confirmed"),
        VisitEvent::DelegateInvited(event) => Sentence::new("delegate-invited").with("person", event.person.subject()),
        VisitEvent::DelegateReplaced(event) => Sentence::new("delegate-replaced")
            .with("from", event.from.subject())
            .with("to", event.to.subject())
            .with_optional("reason", event.reason.as_ref()),
        VisitEvent::DelegateWithdrawn(event) => {
            Sentence::new("delegate-withdrawn").with("person", event.person.subject()).with("reason", &event.reason)
        }
        VisitEvent::DelegationConfirmed(event) => {
            Sentence::new("delegation-confirmed").with_optional("size", event.size)
        }
        VisitEvent::ExpertAssigned(event) => Sentence::new("expert-assigned").with("expert", event.expert.subject()),
        VisitEvent::ExpertReplaced(event) => Sentence::new("expert-replaced")
            .with("from", event.from.subject())
            .with("to", event.to.subject())
            .with("reason", &event.reason),
        VisitEvent::SessionAdded(event) => {
            Sentence::new("session-added").with("title", &event.title).with("day", event.day)
        }
        VisitEvent::SessionMoved(event) => Sentence::new("session-moved")
            .with("session", &event.session)
            .with("was_day", event.was_day)
            .with_optional("was_start", event.was_start.as_ref())
            .with("day", event.day)
            .with_optional("start", event.start.as_ref())
            .with("reason", &event.reason),
        VisitEvent::SessionDropped(event) => {
            Sentence::new("session-dropped").with("session", &event.session).with("reason", &event.reason)
        }
        VisitEvent::ItineraryPublished(_) => Sentence::new("itinerary-published"),
        VisitEvent::LogisticsRecorded(event) => Sentence::new("logistics-recorded")
            .with("kind", &event.kind)
            .with("state", Term::Word(event.state.into()))
            .with_optional("due", event.due),
        VisitEvent::VisitStarted(_) => Sentence::new("visit-started"),
        VisitEvent::SessionHeld(event) => Sentence::new("session-held").with("session", &event.session),
        VisitEvent::SessionSkipped(event) => {
            Sentence::new("session-skipped").with("session", &event.session).with("reason", &event.reason)
        }
        VisitEvent::AttendanceRecorded(event) => {
            let others: u32 = event.others.values().fold(0, |sum, count| sum.saturating_add(*count));
            let named = u32::try_from(event.present.len()).unwrap_or(u32::MAX);
            Sentence::new("attendance-recorded")
                .with("count", others.saturating_add(named))
                .with_optional("session", event.session.as_ref())
                .with_optional("document", event.document.map(|document| document.subject()))
        }
        VisitEvent::VisitCompleted(event) => {
            Sentence::new("visit-completed").with_optional("summary", event.summary.as_ref())
        }
        VisitEvent::MissionNoteSubmitted(event) => {
            Sentence::new("mission-note-submitted").with("expert", event.expert.subject()).with("days", &event.days)
        }
        VisitEvent::MissionNoteApproved(event) => {
            Sentence::new("mission-note-approved").with("expert", event.expert.subject())
        }
        VisitEvent::VisitClosed(event) => Sentence::new("visit-closed").with_optional("reason", event.reason.as_ref()),
    }
}
