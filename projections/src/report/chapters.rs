//! The chapters of a report beside its texts and figures: visits, learnings and pilots of the period, and the documents
//! that show what is counted, by their hashes. Cities by name; people and titles of documents never.

use std::collections::BTreeSet;

use koinon_events::value::{Code, Day, Decimal, Digest256, Line};
use koinon_events::{DocumentId, LearningId, PilotId, Subject, VisitId};
use serde::Serialize;
use serde_with::skip_serializing_none;

use super::{Figures, Ground};
use crate::documents::DocumentRow;
use crate::learnings::LearningStatus;
use crate::pilots::PilotStatus;
use crate::visits::VisitStatus;

/// A visit that fell into the period.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VisitTold {
    /// Which.
    pub visit: VisitId,
    /// How far it is.
    pub status: VisitStatus,
    /// The city that receives.
    pub host: String,
    /// The cities that come.
    pub visitors: Vec<String>,
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub to: Option<Day>,
    /// How many learnings came of it.
    pub learnings: usize,
    /// Its last event.
    pub position: u64,
}

/// A learning that was validated or published in the period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LearningTold {
    /// Which.
    pub learning: LearningId,
    /// How far it is.
    pub status: LearningStatus,
    /// What it is called.
    pub title: Line,
    /// The city it was learned from.
    pub origin: String,
    /// Its last event.
    pub position: u64,
}

/// A pilot that was at work in the period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PilotTold {
    /// Which.
    pub pilot: PilotId,
    /// How far it is.
    pub status: PilotStatus,
    /// What it is called.
    pub title: Line,
    /// The cities that carry it.
    pub cities: Vec<String>,
    /// What it is measured by.
    pub indicators: Vec<IndicatorTold>,
    /// Its last event.
    pub position: u64,
}

/// An indicator of a pilot: where it began, where it is to go, where it stands.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndicatorTold {
    /// What is measured.
    pub name: Line,
    /// In what.
    pub unit: Line,
    /// The value before the pilot.
    pub baseline: Decimal,
    /// The value it is to reach.
    pub target: Decimal,
    /// The last value measured.
    pub actual: Option<Decimal>,
    /// The event that says so.
    pub position: Option<u64>,
}

/// A document that shows something that is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EvidenceTold {
    /// Which.
    pub document: DocumentId,
    /// What it is.
    pub kind: Code,
    /// The SHA-256 of its bytes.
    pub sha256: Digest256,
    /// How many bytes.
    pub size: u64,
    /// The event that registered it.
    pub position: u64,
}

/// The chapters of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chapters {
    /// Visits of the period.
    pub visits: Vec<VisitTold>,
    /// Learnings of the period.
    pub learnings: Vec<LearningTold>,
    /// Pilots of the period.
    pub pilots: Vec<PilotTold>,
    /// What shows what is counted.
    pub evidence: Vec<EvidenceTold>,
}

/// Gathers the chapters over the ground's period.
pub(super) fn chapters(ground: &Ground<'_>, figures: &Figures) -> Chapters {
    Chapters {
        visits: visits(ground),
        learnings: learnings(ground),
        pilots: pilots(ground),
        evidence: evidence(ground, figures),
    }
}

fn overlaps(ground: &Ground<'_>, first: Option<Day>, last: Option<Day>) -> bool {
    let begins = first.or(last).is_some_and(|day| ground.period.to.is_none_or(|to| day <= to));
    begins && last.or(first).is_some_and(|day| ground.period.from.is_none_or(|from| day >= from))
}

fn name(ground: &Ground<'_>, city: koinon_events::CityId) -> String {
    ground.city(city).map(|row| row.name.to_string()).unwrap_or_default()
}

fn visits(ground: &Ground<'_>) -> Vec<VisitTold> {
    let rows = ground.visits().into_iter();
    let rows = rows.filter(|row| overlaps(ground, row.started_on.or(row.from), row.ended_on.or(row.to)));
    let told = rows.map(|row| VisitTold {
        visit: row.id,
        status: row.status,
        host: name(ground, row.host_city),
        visitors: row.visiting_cities.iter().map(|city| name(ground, *city)).collect(),
        from: row.from,
        to: row.to,
        learnings: row.learnings.len(),
        position: row.position,
    });
    told.collect()
}

fn learnings(ground: &Ground<'_>) -> Vec<LearningTold> {
    let stands = |status| matches!(status, LearningStatus::Validated | LearningStatus::Published);
    let rows = ground.learnings().into_iter().filter(|row| stands(row.status));
    let rows = rows.filter(|row| {
        [row.validated, row.published].into_iter().flatten().any(|mark| ground.period.holds(mark.recorded))
    });
    let told = rows.map(|row| LearningTold {
        learning: row.id,
        status: row.status,
        title: row.title.clone(),
        origin: name(ground, row.origin_city),
        position: row.position,
    });
    told.collect()
}

fn pilots(ground: &Ground<'_>) -> Vec<PilotTold> {
    let rows = ground.pilots().into_iter().filter(|row| row.launched_on.is_some());
    let rows = rows.filter(|row| {
        let ended = row.completed.or(row.decided.filter(|_| row.status == PilotStatus::Stopped));
        overlaps(ground, row.launched_on, ended.map(|mark| mark.recorded).or(Some(ground.day)))
    });
    let told = rows.map(|row| {
        let indicators = row.indicators.iter().map(|indicator| {
            let within = indicator
                .measurements
                .iter()
                .filter(|each| ground.period.to.is_none_or(|to| each.period <= to.month()));
            let last = within.max_by_key(|each| (each.period, each.mark));
            IndicatorTold {
                name: indicator.name.clone(),
                unit: indicator.unit.clone(),
                baseline: indicator.baseline.clone(),
                target: indicator.target.clone(),
                actual: last.map(|each| each.value.clone()),
                position: last.map(|each| each.mark.position),
            }
        });
        PilotTold {
            pilot: row.id,
            status: row.status,
            title: row.title.clone(),
            cities: row.cities.iter().map(|city| name(ground, *city)).collect(),
            indicators: indicators.collect(),
            position: row.position,
        }
    });
    told.collect()
}

/// Documents of what is counted, as long as they stand.
fn evidence(ground: &Ground<'_>, figures: &Figures) -> Vec<EvidenceTold> {
    let counted = figures.figures.iter().flat_map(|figure| &figure.counted);
    let (mut subjects, mut positions) = (BTreeSet::<Subject>::new(), BTreeSet::<u64>::new());
    for each in counted {
        subjects.insert(each.subject);
        positions.extend(&each.positions);
    }
    let mut named: BTreeSet<DocumentId> = BTreeSet::new();
    for row in ground.visits().into_iter().filter(|row| subjects.contains(&row.id.into())) {
        named.extend(row.attendance.iter().filter_map(|sheet| sheet.document).chain(row.evidence.clone()));
    }
    for row in ground.meetings().into_iter().filter(|row| subjects.contains(&row.id.into())) {
        named.extend(row.attendance.iter().filter_map(|sheet| sheet.document).chain(row.evidence.clone()));
    }
    for row in ground.partnerships().into_iter().filter(|row| subjects.contains(&row.id.into())) {
        named.extend(row.agreements.iter().filter_map(|each| each.document).chain(row.evidence.clone()));
        named.extend(row.plans.iter().filter_map(|each| each.document));
        named.extend(row.continuations.iter().filter_map(|each| each.document));
    }
    for row in ground.learnings().into_iter().filter(|row| subjects.contains(&row.id.into())) {
        named.extend(row.adoptions.iter().filter_map(|each| each.document).chain(row.evidence.clone()));
    }
    for row in ground.pilots().into_iter().filter(|row| subjects.contains(&row.id.into())) {
        named.extend([row.take_up_document, row.scale_up_document].into_iter().flatten().chain(row.evidence.clone()));
        named.extend(row.indicators.iter().flat_map(|each| &each.measurements).flat_map(|each| each.evidence.clone()));
    }
    let shows = |row: &DocumentRow| {
        named.contains(&row.id)
            || row.claims.iter().any(|claim| claim.position.is_some_and(|position| positions.contains(&position)))
    };
    let mut rows: Vec<&DocumentRow> = ground.documents().into_iter().filter(|row| ground.stands(row.id)).collect();
    rows.retain(|row| shows(row));
    let told = rows.into_iter().map(|row| EvidenceTold {
        document: row.id,
        kind: row.kind.clone(),
        sha256: row.sha256.clone(),
        size: row.size,
        position: row.begun.position,
    });
    told.collect()
}
