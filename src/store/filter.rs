//! What is asked for when not the whole log is: every part is optional, all that are given must hold.

use koinon_events::value::Timestamp;
use koinon_events::{Record, Subject};
use uuid::Uuid;

/// A selection of records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The programme's code.
    pub programme: Option<String>,
    /// The partnership it belongs to.
    pub partnership: Option<Uuid>,
    /// The one subject.
    pub subject: Option<Subject>,
    /// Any of these subjects.
    pub subjects: Option<Vec<Subject>>,
    /// The event's name, with or without `koinon.` and `.vN`.
    pub event_type: Option<String>,
    /// `person/UUID`, `token/UUID` or `system/RULE`.
    pub actor: Option<String>,
    /// Recorded at or after.
    pub since: Option<Timestamp>,
    /// Recorded at or before.
    pub until: Option<Timestamp>,
    /// No position above this one.
    pub upto: Option<u64>,
    /// Only these positions.
    pub positions: Option<Vec<u64>>,
}

impl Filter {
    /// Whether a record is among those asked for: what the databases answer, told in memory.
    pub fn lets_through(&self, record: &Record) -> bool {
        let (name, version) = event_name(&record.stored_type);
        let named = self
            .event_name()
            .is_none_or(|(wanted, only)| wanted == name && only.is_none_or(|only| Some(only) == version));
        let programme = record.programme.as_ref().map(ToString::to_string);
        named
            && self.programme.as_ref().is_none_or(|wanted| programme.as_ref() == Some(wanted))
            && self.partnership.is_none_or(|wanted| record.partnership.is_some_and(|found| found.0 == wanted))
            && self.subject.is_none_or(|wanted| wanted == record.subject)
            && self.subjects.as_ref().is_none_or(|wanted| wanted.contains(&record.subject))
            && self.actor.as_ref().is_none_or(|wanted| *wanted == record.actor.to_string())
            && self.since.is_none_or(|since| record.time >= since)
            && self.until.is_none_or(|until| record.time <= until)
            && self.upto.is_none_or(|upto| record.position <= upto)
            && self.positions.as_ref().is_none_or(|wanted| wanted.contains(&record.position))
    }

    /// The subjects asked for, from both parts; none when neither is given.
    pub(super) fn addresses(&self) -> Option<Vec<String>> {
        let any = self.subjects.as_deref();
        match (self.subject, any) {
            (None, None) => None,
            (Some(one), None) => Some(vec![one.to_string()]),
            (one, Some(any)) => {
                let wanted = any.iter().filter(|subject| one.is_none_or(|one| one == **subject));
                Some(wanted.map(ToString::to_string).collect())
            }
        }
    }

    /// The event's name and, where it was given, its version.
    pub(super) fn event_name(&self) -> Option<(String, Option<u32>)> {
        self.event_type.as_deref().map(event_name)
    }
}

/// Splits `koinon.VisitScheduled.v1` into `VisitScheduled` and 1.
pub(super) fn event_name(stored: &str) -> (String, Option<u32>) {
    let name = stored.strip_prefix("koinon.").unwrap_or(stored);
    match name.rsplit_once(".v").map(|(name, version)| (name, version.parse())) {
        Some((name, Ok(version))) => (name.to_owned(), Some(version)),
        _ => (name.to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_named_with_or_without_prefix_and_version() {
        assert_eq!(event_name("koinon.VisitScheduled.v12"), ("VisitScheduled".to_owned(), Some(12)));
        assert_eq!(event_name("VisitScheduled"), ("VisitScheduled".to_owned(), None));
        assert_eq!(event_name("koinon.VisitScheduled"), ("VisitScheduled".to_owned(), None));
    }

    #[test]
    fn one_subject_and_a_list_must_both_hold() {
        let [a, b] = ["visit", "pilot"].map(|kind| format!("{kind}/{}", Uuid::nil()).parse::<Subject>().unwrap());
        let filter = Filter { subject: Some(a), subjects: Some(vec![b]), ..Filter::default() };
        assert_eq!(filter.addresses(), Some(vec![]));
        assert_eq!(Filter { subject: Some(a), ..Filter::default() }.addresses(), Some(vec![a.to_string()]));
    }
}
