//! What happened to a report, in words.

use koinon_events::report::{ReportEvent, ReportScope};

use super::{Sentence, Term};

pub(super) fn sentence(event: &ReportEvent) -> Sentence {
    match event {
        ReportEvent::ReportOpened(event) => {
            let sentence = Sentence::new("report-opened").with("period", event.period);
            match &event.scope {
                ReportScope::Programme {} => sentence.with("scope", Term::Word("none")),
                ReportScope::Strand { strand } => sentence.with("scope", strand),
                ReportScope::City { city } => sentence.with("scope", city.subject()),
                ReportScope::Partnership { partnership } => sentence.with("scope", partnership.subject()),
            }
        }
        ReportEvent::SectionEdited(event) => Sentence::new("section-edited")
            .with("section", Term::Word(event.section.into()))
            .with_optional("city", event.city.map(|city| city.subject()))
            .with_optional("was_text", event.was_text.as_ref())
            .with("text", &event.text),
        ReportEvent::ReportSubmitted(event) => {
            Sentence::new("report-submitted").with_optional("as_of", event.as_of.map(position))
        }
        ReportEvent::QueryRaised(event) => {
            let about = match (event.section, &event.figure, event.position) {
                (Some(section), _, _) => Term::Word(section.into()),
                (None, Some(figure), _) => figure.into(),
                (None, None, _) => Term::Word("none"),
            };
            Sentence::new("query-raised")
                .with("query", &event.query)
                .with("about", about)
                .with_optional("position", event.position.map(position))
                .with("text", &event.text)
                .with_optional("due", event.due)
        }
        ReportEvent::QueryAnswered(event) => {
            Sentence::new("query-answered").with("query", &event.query).with("text", &event.text)
        }
        ReportEvent::ReportReturned(event) => Sentence::new("report-returned").with("reasons", &event.reasons),
        ReportEvent::ReportAccepted(event) => {
            Sentence::new("report-accepted").with_optional("conditions", event.conditions.as_ref())
        }
        ReportEvent::ReportReopened(event) => Sentence::new("report-reopened").with("reason", &event.reason),
    }
}

/// A place in the log.
fn position(position: u64) -> Term {
    Term::Number(i64::try_from(position).unwrap_or(i64::MAX))
}
