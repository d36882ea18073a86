//! What happened to a programme, in words.

use koinon_events::programme::ProgrammeEvent;

use super::Sentence;

pub(super) fn sentence(event: &ProgrammeEvent) -> Sentence {
    match event {
        ProgrammeEvent::ProgrammeCreated(event) => Sentence::new("programme-created")
            .with("code", &event.code)
            .with("title", &event.title)
            .with("funder", &event.funder)
            .with("on_behalf_of", &event.on_behalf_of)
            .with("starts_on", event.starts_on)
            .with("ends_on", event.ends_on),
        ProgrammeEvent::PhaseDefined(event) => {
            Sentence::new("phase-defined").with("name", &event.name).with("from", event.from).with("to", event.to)
        }
        ProgrammeEvent::ThemeDefined(event) => Sentence::new("theme-defined")
            .with("code", &event.code)
            .with("label", &event.label)
            .with_optional("parent", event.parent.as_ref()),
        ProgrammeEvent::StrandDefined(event) => Sentence::new("strand-defined")
            .with("name", &event.name)
            .with_optional("description", event.description.as_ref()),
        ProgrammeEvent::IndicatorDefined(event) => Sentence::new("indicator-defined")
            .with("code", &event.code)
            .with("name", &event.name)
            .with_optional("unit", event.unit.as_ref())
            .with_optional("target", event.target.as_ref()),
        ProgrammeEvent::TargetRevised(event) => Sentence::new("target-revised")
            .with("indicator", &event.indicator)
            .with_optional("was_target", event.was_target.as_ref())
            .with("target", &event.target)
            .with("reason", &event.reason),
        ProgrammeEvent::PeriodDefined(event) => {
            let key = if event.is_final { "period-defined-final" } else { "period-defined" };
            Sentence::new(key)
                .with("number", event.number)
                .with("from", event.from)
                .with("to", event.to)
                .with_optional("due", event.due)
        }
        ProgrammeEvent::PeriodReminded(event) => {
            let key = if event.days_left < 0 { "period-reminded-late" } else { "period-reminded" };
            Sentence::new(key).with("number", event.number).with("due", event.due)
        }
        ProgrammeEvent::ProgrammeStarted(event) => Sentence::new("programme-started").with_optional("date", event.date),
        ProgrammeEvent::EndDateChanged(event) => Sentence::new("end-date-changed")
            .with("was_ends_on", event.was_ends_on)
            .with("ends_on", event.ends_on)
            .with("reason", &event.reason),
        ProgrammeEvent::ClosingStarted(event) => Sentence::new("closing-started").with_optional("date", event.date),
        ProgrammeEvent::ProgrammeClosed(event) => Sentence::new("programme-closed").with_optional("date", event.date),
    }
}
