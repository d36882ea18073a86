//! What happened to a meeting or webinar, in words.

use koinon_events::meeting::MeetingEvent;

use super::{Sentence, Term, head_count};

pub(super) fn sentence(event: &MeetingEvent) -> Sentence {
    match event {
        MeetingEvent::MeetingScheduled(event) => Sentence::new("meeting-scheduled")
            .with("kind", Term::Word(event.kind.into()))
            .with("title", &event.title)
            .with("day", event.start.day())
            .with("time", &event.start.time())
            .with("timezone", Term::Text(event.timezone.to_string())),
        MeetingEvent::MeetingRescheduled(event) => Sentence::new("meeting-rescheduled")
            .with("was_day", event.was_start.day())
            .with("was_time", &event.was_start.time())
            .with("was_timezone", Term::Text(event.was_timezone.to_string()))
            .with("day", event.start.day())
            .with("time", &event.start.time())
            .with("timezone", Term::Text(event.timezone.to_string()))
            .with_optional("reason", event.reason.as_ref()),
        MeetingEvent::MeetingCancelled(event) => Sentence::new("meeting-cancelled").with("reason", &event.reason),
        MeetingEvent::MeetingHeld(event) => Sentence::new("meeting-held")
            .with("count", head_count(event.present.len(), event.cities.values().chain(event.countries.values())))
            .with_optional("date", event.date)
            .with_optional("document", event.document.map(|document| document.subject())),
        MeetingEvent::PresentationAdded(event) => Sentence::new("presentation-added")
            .with("title", &event.title)
            .with_optional("speaker", event.speaker.map(|speaker| speaker.subject()))
            .with_optional("city", event.city.map(|city| city.subject())),
        MeetingEvent::DecisionRecorded(event) => Sentence::new("decision-recorded")
            .with("text", &event.text)
            .with_optional("responsible", event.responsible.map(|person| person.subject())),
        MeetingEvent::MinutesPublished(event) => Sentence::new("minutes-published")
            .with_optional("document", event.document.map(|document| document.subject()))
            .with_optional("text", event.text.as_ref()),
        MeetingEvent::RecordingPublished(event) => Sentence::new("recording-published")
            .with_optional("url", event.url.as_ref())
            .with_optional("host", event.host.as_ref()),
        MeetingEvent::RecordingReplaced(event) => Sentence::new("recording-replaced")
            .with_optional("was_url", event.was_url.as_ref())
            .with_optional("url", event.url.as_ref())
            .with("reason", &event.reason),
    }
}
