//! Two versions of one report side by side: per section the words added and removed, per figure the value before and
//! after with the positions that entered and left. Pure; what did not change is left out.

use std::collections::{BTreeMap, BTreeSet};

use koinon_events::report::ReportSection;
use koinon_events::{CityId, Subject};
use serde::Serialize;
use serde_with::skip_serializing_none;

use super::{Amount, Figure, PeriodicReport};

/// A section whose text changed.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionChange {
    /// Which section.
    pub section: ReportSection,
    /// The city that speaks, when one does.
    pub city: Option<CityId>,
    /// Words that were not there, in reading order.
    pub added: Vec<String>,
    /// Words that are gone, in reading order.
    pub removed: Vec<String>,
}

/// Why something counts now that did not, or does not any more.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// What.
    pub subject: Subject,
    /// Whether it counts now.
    pub counts: bool,
    /// Why it did not count before, or does not now; absent when it was not looked at then, or is not now.
    pub why: Option<String>,
}

/// A figure whose value or positions changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureChange {
    /// Its code.
    pub code: String,
    /// Its value before.
    pub old: Amount,
    /// Its value after.
    pub new: Amount,
    /// Positions that count now and did not.
    pub entered: BTreeSet<u64>,
    /// Positions that counted and do not now.
    pub left: BTreeSet<u64>,
    /// What entered and left, and why.
    pub reasons: Vec<Reason>,
}

/// What changed from one version of a report to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Sections whose text changed.
    pub sections: Vec<SectionChange>,
    /// Figures that changed.
    pub figures: Vec<FigureChange>,
}

/// Compares two versions.
pub fn compare(old: &PeriodicReport, new: &PeriodicReport) -> Comparison {
    Comparison { sections: sections(old, new), figures: figures(old, new) }
}

fn sections(old: &PeriodicReport, new: &PeriodicReport) -> Vec<SectionChange> {
    let texts = |report: &PeriodicReport| -> BTreeMap<(ReportSection, Option<CityId>), Vec<String>> {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
        report.sections.iter().map(|each| ((each.section, each.city), words(each.text.as_str()))).collect()
    };
    let (before, after) = (texts(old), texts(new));
    let places: BTreeSet<_> = before.keys().chain(after.keys()).copied().collect();
    let changes = places.into_iter().map(|place| {
        let of = |texts: &BTreeMap<_, Vec<String>>| texts.get(&place).cloned().unwrap_or_default();
        let (was, is) = (of(&before), of(&after));
        SectionChange { section: place.0, city: place.1, added: beyond(&is, &was), removed: beyond(&was, &is) }
    });
    changes.filter(|change| !change.added.is_empty() || !change.removed.is_empty()).collect()
}

/// The words of one text that the other does not have, or has less often.
fn beyond(words: &[String], other: &[String]) -> Vec<String> {
    let mut held: BTreeMap<&str, usize> = BTreeMap::new();
    other.iter().for_each(|word| *held.entry(word).or_default() += 1);
    let new = words.iter().filter(|word| match held.get_mut(word.as_str()) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    });
    new.cloned().collect()
}

fn figures(old: &PeriodicReport, new: &PeriodicReport) -> Vec<FigureChange> {
    let positions = |figure: &Figure| -> BTreeSet<u64> {
        figure.counted.iter().flat_map(|counted| &counted.positions).copied().collect()
    };
    let pairs = new.figures.figures.iter().filter_map(|after| {
        let before = old.figures.figures.iter().find(|before| before.code == after.code)?;
        let (was, is) = (positions(before), positions(after));
        Some(FigureChange {
            code: after.code.clone(),
            old: before.value,
            new: after.value,
            entered: is.difference(&was).copied().collect(),
            left: was.difference(&is).copied().collect(),
            reasons: reasons(before, after),
        })
    });
    pairs.filter(|each| each.old != each.new || !each.entered.is_empty() || !each.left.is_empty()).collect()
}

/// What entered a figure and what left it, each with what the other version says of it.
fn reasons(old: &Figure, new: &Figure) -> Vec<Reason> {
    let only = |one: &Figure, other: &Figure, counts: bool| -> Vec<Reason> {
        let counted: BTreeSet<Subject> = other.counted.iter().map(|counted| counted.subject).collect();
        let subjects: BTreeSet<Subject> = one.counted.iter().map(|counted| counted.subject).collect();
        let why = |subject| other.not_counted.iter().find(|left| left.subject == subject).map(|left| left.why.clone());
        subjects.difference(&counted).map(|subject| Reason { subject: *subject, counts, why: why(*subject) }).collect()
    };
    [only(new, old, true), only(old, new, false)].concat()
}

/// What a figure did not count in the earlier version and counts in the later, each with the last event behind it.
pub fn counted_since(old: &Figure, new: &Figure) -> BTreeMap<Subject, u64> {
    let since = reasons(old, new).into_iter().filter(|reason| reason.counts && reason.why.is_some());
    let events = since.filter_map(|reason| {
        let counted = new.counted.iter().find(|counted| counted.subject == reason.subject)?;
        Some((reason.subject, counted.positions.iter().copied().max()?))
    });
    events.collect()
}

#[cfg(test)]
mod tests {
    use super::beyond;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn words_are_told_that_one_text_has_more_often_than_the_other() {
        let (old, new) = (words("the visit was held in June"), words("the visit to the plant was held in July"));
        assert_eq!(beyond(&new, &old), words("to the plant July"));
        assert_eq!(beyond(&old, &new), words("June"));
        assert!(beyond(&old, &old).is_empty());
    }
}
