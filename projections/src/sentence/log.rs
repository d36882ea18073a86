//! What happened to the log, in words.

use koinon_events::log::LogEvent;

use super::Sentence;

pub(super) fn sentence(event: &LogEvent) -> Sentence {
    match event {
        LogEvent::LogCreated(event) => Sentence::new("log-created").with("origin", &event.origin),
        LogEvent::SigningKeyRotated(event) => {
            Sentence::new("signing-key-rotated").with("from", &event.from).with("to", &event.to)
        }
    }
}
