//! What happened to a visit, in words.

use koinon_events::value::LocalTime;
use koinon_events::visit::{SessionMoved, VisitEvent};

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
        VisitEvent::SessionMoved(event) => session_moved(event),
        VisitEvent::SessionDropped(event) => {
            Sentence::new("session-dropped").with("session", &event.session).with("reason", &event.reason)
        }
        VisitEvent::ItineraryPublished(_) => Sentence::new("itinerary-published"),
        VisitEvent::LogisticsRecorded(event) => Sentence::new("logistics-recorded")
            .with("kind", &event.kind)
            .with_optional(
                "was_state",
                event.was_state.filter(|was| *was != event.state).map(|state| Term::Word(state.into())),
            )
            .with("state", Term::Word(event.state.into()))
            .with_optional("was_due", event.was_due.filter(|was| Some(*was) != event.due))
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
        VisitEvent::LearningsRequested(event) => Sentence::new("learnings-requested").with("due", event.due),
        VisitEvent::VisitClosed(event) => Sentence::new("visit-closed")
            .with_optional("learning", event.learning.map(|learning| learning.subject()))
            .with_optional("reason", event.reason.as_ref()),
    }
}

/// Only what moved: the day, the hours, the place, each from what it was to what it is.
fn session_moved(event: &SessionMoved) -> Sentence {
    let (was_hours, hours) = (hours(event.was_start, event.was_end), hours(event.start, event.end));
    let moved = |changed: bool| move |term: Term| changed.then_some(term);
    let day = moved(event.day != event.was_day);
    let time = moved(hours != was_hours);
    let place = moved(event.place != event.was_place);
    Sentence::new("session-moved")
        .with("session", &event.session)
        .with_optional("was_day", event.was_day.map(Term::Day).and_then(&day))
        .with_optional("day", event.day.map(Term::Day).and_then(&day))
        .with_optional("was_hours", was_hours.map(Term::Text).and_then(&time))
        .with_optional("hours", hours.map(Term::Text).and_then(&time))
        .with_optional("was_place", event.was_place.as_ref().map(Term::from).and_then(&place))
        .with_optional("place", event.place.as_ref().map(Term::from).and_then(&place))
        .with_optional("reason", event.reason.as_ref())
}

fn hours(start: Option<LocalTime>, end: Option<LocalTime>) -> Option<String> {
    match (start, end) {
        (Some(start), Some(end)) => Some(format!("{start}–{end}")),
        (Some(time), None) | (None, Some(time)) => Some(time.to_string()),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_moved_session_names_only_what_moved() {
        let moved = json!({ "session": "s1", "day": "2022-06-15", "start": "09:30", "place": "Gate 2",
            "was_day": "2022-06-14", "was_start": "09:30", "was_place": "Gate 2" });
        let told = session_moved(&serde_json::from_value(moved).unwrap());
        let named: Vec<&str> =
            told.terms.iter().filter(|(_, term)| *term != Term::Word("none")).map(|(name, _)| *name).collect();
        assert_eq!(named, ["session", "was_day", "day"]);
    }
}
