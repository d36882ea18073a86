//! What happened to a visit, in words.

use koinon_events::value::{Day, Line, LocalTime};
use koinon_events::visit::VisitEvent;

use super::{Sentence, Term, head_count};

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
        VisitEvent::DelegateInvited(event) => Sentence::new("delegate-invited")
            .with("person", event.person.subject())
            .with_optional("city", event.city.map(|city| city.subject())),
        VisitEvent::DelegateReplaced(event) => Sentence::new("delegate-replaced")
            .with("from", event.from.subject())
            .with("to", event.to.subject())
            .with_optional("reason", event.reason.as_ref()),
        VisitEvent::DelegateWithdrawn(event) => {
            Sentence::new("delegate-withdrawn").with("person", event.person.subject()).with("reason", &event.reason)
        }
        VisitEvent::DelegationConfirmed(event) => Sentence::new("delegation-confirmed")
            .with_optional("size", event.size)
            .with_optional("was_size", event.was_size),
        VisitEvent::ExpertAssigned(event) => Sentence::new("expert-assigned").with("expert", event.expert.subject()),
        VisitEvent::ExpertReplaced(event) => Sentence::new("expert-replaced")
            .with("from", event.from.subject())
            .with("to", event.to.subject())
            .with_optional("reason", event.reason.as_ref()),
        VisitEvent::SessionAdded(event) => Sentence::new("session-added")
            .with("title", &event.title)
            .with_optional("day", event.day)
            .with_optional("start", event.start.as_ref()),
        VisitEvent::SessionMoved(event) => Sentence::new("session-moved")
            .with("session", &event.session)
            .with_optional(
                "was",
                slot(event.was_day, event.was_start.as_ref(), event.was_end.as_ref(), event.was_place.as_ref()),
            )
            .with_optional("now", slot(event.day, event.start.as_ref(), event.end.as_ref(), event.place.as_ref()))
            .with_optional("reason", event.reason.as_ref()),
        VisitEvent::SessionDropped(event) => {
            Sentence::new("session-dropped").with("session", &event.session).with("reason", &event.reason)
        }
        VisitEvent::ItineraryPublished(_) => Sentence::new("itinerary-published"),
        VisitEvent::LogisticsRecorded(event) => Sentence::new("logistics-recorded")
            .with("kind", &event.kind)
            .with_optional("was_state", event.was_state.map(|state| Term::Word(state.into())))
            .with("state", Term::Word(event.state.into()))
            .with_optional("was_due", event.was_due)
            .with_optional("due", event.due),
        VisitEvent::VisitStarted(event) => Sentence::new("visit-started").with_optional("date", event.date),
        VisitEvent::SessionHeld(event) => {
            Sentence::new("session-held").with("session", &event.session).with_optional("notes", event.notes.as_ref())
        }
        VisitEvent::SessionSkipped(event) => {
            Sentence::new("session-skipped").with("session", &event.session).with("reason", &event.reason)
        }
        VisitEvent::AttendanceRecorded(event) => Sentence::new("attendance-recorded")
            .with("count", head_count(event.present.len(), event.others.values()))
            .with_optional("was_count", event.was_count)
            .with_optional("session", event.session.as_ref())
            .with_optional("document", event.document.map(|document| document.subject()))
            .with_optional("reason", event.reason.as_ref()),
        VisitEvent::VisitCompleted(event) => Sentence::new("visit-completed")
            .with_optional("summary", event.summary.as_ref())
            .with_optional("date", event.date),
        VisitEvent::MissionNoteSubmitted(event) => Sentence::new("mission-note-submitted")
            .with("expert", event.expert.subject())
            .with_optional("was_days", event.was_days.as_ref())
            .with("days", &event.days),
        VisitEvent::MissionNoteApproved(event) => {
            Sentence::new("mission-note-approved").with("expert", event.expert.subject())
        }
        VisitEvent::VisitClosed(event) => Sentence::new("visit-closed")
            .with_optional("learning", event.learning.map(|learning| learning.subject()))
            .with_optional("reason", event.reason.as_ref()),
    }
}

/// Where a session stands in the itinerary: its day, hours and place, as far as they are known.
fn slot(day: Option<Day>, start: Option<&LocalTime>, end: Option<&LocalTime>, place: Option<&Line>) -> Option<Term> {
    let hours = match (start, end) {
        (Some(start), Some(end)) => Some(Term::Text(format!("{start}–{end}"))),
        (Some(time), None) | (None, Some(time)) => Some(Term::from(time)),
        (None, None) => None,
    };
    let known: Vec<Term> = [day.map(Term::Day), hours, place.map(Term::from)].into_iter().flatten().collect();
    (!known.is_empty()).then_some(Term::List(known))
}
