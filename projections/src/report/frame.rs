//! What stands around a report's texts and figures: who pays and on what contract, how it was handed in and decided on,
//! what was asked, what was corrected, what its subjects are called, and where its cities lie.
//!
//! As everything of a report, it is what the records up to a position say. It names no person and no document.

use std::collections::BTreeMap;

use koinon_events::value::Prose;
use koinon_events::{CityId, Kind, Subject};

use super::{Figures, Ground};
use crate::cities::CityStatus;
use crate::models::Tables;
use crate::partnerships::PartnershipStatus;
use crate::reports::{Query, ReportRow, ReportStatus, Submission};
use crate::row::{Row, Title};

/// What stands around a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// Who pays.
    pub funder: String,
    /// Who carries the programme out.
    pub implementing: Option<String>,
    /// The reference of the contract.
    pub contract: Option<String>,
    /// How far the report is.
    pub status: ReportStatus,
    /// Each time it was handed in.
    pub submissions: Vec<Submission>,
    /// What was asked.
    pub queries: Vec<Query>,
    /// What still has to be met.
    pub conditions: Option<Prose>,
    /// What was corrected after the last accepted report.
    pub corrections: Vec<Correction>,
    /// What subjects are called.
    pub names: BTreeMap<Subject, String>,
    /// Where cities lie.
    pub places: Vec<Place>,
    /// Which of the places work together, the earlier one first.
    pub ties: Vec<(usize, usize)>,
}

/// Something that was corrected after an accepted report was frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Of what.
    pub subject: Subject,
    /// The event that says how it is.
    pub position: u64,
    /// The events that it replaced.
    pub replaced: Vec<u64>,
    /// Why.
    pub reason: Option<Prose>,
}

/// A city on a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// What it is called.
    pub name: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// Gathers what stands around a report.
pub(super) fn frame(tables: &Tables, ground: &Ground<'_>, row: &ReportRow, figures: &Figures) -> Frame {
    let programme = ground.programme;
    let corrections = last_accepted(tables, row).map(|last| corrections(ground, last)).unwrap_or_default();
    let counted = figures.figures.iter().flat_map(|figure| {
        let left = figure.not_counted.iter().map(|left| left.subject);
        figure.counted.iter().map(|counted| counted.subject).chain(left)
    });
    let spoken = row.sections.iter().filter_map(|section| section.city).map(Subject::from);
    let corrected = corrections.iter().map(|each| each.subject);
    let mut names = BTreeMap::new();
    for subject in counted.chain(spoken).chain(corrected).chain(scoped(row)) {
        names.entry(subject).or_insert_with(|| name(tables, subject));
    }
    let (places, ties) = map(ground);
    Frame {
        funder: programme.funder.to_string(),
        implementing: programme.implementing_organisation.as_ref().map(ToString::to_string),
        contract: programme.contract_reference.as_ref().map(ToString::to_string),
        status: row.status,
        submissions: row.submissions.clone(),
        queries: row.queries.clone(),
        conditions: row.conditions.clone(),
        corrections,
        names,
        places,
        ties,
    }
}

fn scoped(row: &ReportRow) -> Option<Subject> {
    match row.scope {
        koinon_events::report::ReportScope::City { city } => Some(city.into()),
        koinon_events::report::ReportScope::Partnership { partnership } => Some(partnership.into()),
        _ => None,
    }
}

/// The position that the last accepted report before this one was frozen at.
pub(crate) fn last_accepted(tables: &Tables, row: &ReportRow) -> Option<u64> {
    let earlier = tables.reports.rows().map(|(_, report)| report).filter(|report| {
        report.programme == row.programme
            && report.scope == row.scope
            && report.period < row.period
            && report.accepted.is_some()
    });
    earlier.filter_map(|report| report.submissions.last()).map(|submission| submission.as_of).max()
}

/// What was corrected after a position, of what stood there already.
pub(crate) fn corrections(ground: &Ground<'_>, last: u64) -> Vec<Correction> {
    let mut found = Vec::new();
    for pilot in ground.pilots() {
        let values = pilot.indicators.iter().flat_map(|indicator| &indicator.measurements);
        for value in values.filter(|value| value.reason.is_some() && value.mark.position > last) {
            let (position, reason) = (value.mark.position, value.reason.clone());
            found.push(Correction { subject: pilot.id.into(), position, replaced: Vec::new(), reason });
        }
    }
    for visit in ground.visits() {
        for sheet in visit.attendance.iter().filter(|sheet| sheet.mark.position > last) {
            let replaced: Vec<u64> = sheet.replaces.iter().map(|mark| mark.position).collect();
            if replaced.iter().any(|position| *position <= last) {
                let (position, reason) = (sheet.mark.position, sheet.reason.clone());
                found.push(Correction { subject: visit.id.into(), position, replaced, reason });
            }
        }
    }
    found
}

/// What a subject is called; its kind and id when nothing is known, and for what a report never names.
fn name(tables: &Tables, subject: Subject) -> String {
    let title = match subject.kind {
        Kind::City => tables.cities.get(subject.id).map(Row::title),
        Kind::Partnership => tables.partnerships.get(subject.id).map(Row::title),
        Kind::Visit => tables.visits.get(subject.id).map(Row::title),
        Kind::Meeting => tables.meetings.get(subject.id).map(Row::title),
        Kind::Learning => tables.learnings.get(subject.id).map(Row::title),
        Kind::Project => tables.projects.get(subject.id).map(Row::title),
        Kind::Pilot => tables.pilots.get(subject.id).map(Row::title),
        Kind::Action => tables.actions.get(subject.id).map(Row::title),
        _ => None,
    };
    let city = |city: &CityId| tables.cities.get(city.0).map(|row| row.name.to_string()).unwrap_or_default();
    let cities = |list: &[CityId]| list.iter().map(city).collect::<Vec<_>>().join(", ");
    match title {
        Some(Title::Text(text)) => text,
        Some(Title::Journey(from, to)) => format!("{} → {}", cities(&from), city(&to)),
        Some(Title::Cities(list)) => list.iter().map(city).collect::<Vec<_>>().join(" – "),
        _ => subject.to_string(),
    }
}

fn map(ground: &Ground<'_>) -> (Vec<Place>, Vec<(usize, usize)>) {
    let takes_part = |status| matches!(status, CityStatus::Selected | CityStatus::Active);
    let cities: Vec<_> = ground.cities().into_iter().filter(|city| takes_part(city.status)).collect();
    let degrees = |text: String| text.parse::<f64>().unwrap_or_default();
    let place = |city: &&crate::cities::CityRow| Place {
        name: city.name.to_string(),
        latitude: degrees(city.latitude.to_string()),
        longitude: degrees(city.longitude.to_string()),
    };
    let is_formed = |status| !matches!(status, PartnershipStatus::Proposed | PartnershipStatus::Dissolved);
    let mut ties = Vec::new();
    for partnership in ground.partnerships().into_iter().filter(|partnership| is_formed(partnership.status)) {
        let at: Vec<usize> =
            partnership.cities.iter().filter_map(|id| cities.iter().position(|city| city.id == *id)).collect();
        for (index, from) in at.iter().enumerate() {
            ties.extend(at[index + 1..].iter().map(|to| (*from, *to)));
        }
    }
    (cities.iter().map(place).collect(), ties)
}
