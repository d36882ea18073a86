//! The shares of the dashboard: how many of what, in which state, when, about what, by whom.

use std::collections::BTreeMap;
use std::fmt::Display;

use koinon_events::value::{Code, LocalText, Month};
use koinon_events::{CityId, Kind};
use strum::IntoEnumIterator;

use super::{ActionShare, CityShare, Counts, LearningShare, Stage, StagePilot, ThemeShare, VisitMonth, VisitShare};
use crate::actions::{ActionRow, ActionStatus};
use crate::column::plain;
use crate::learnings::{AdoptionStatus, LearningRow, LearningStatus};
use crate::pilots::PilotStatus;
use crate::report::Ground;
use crate::visits::{VisitRow, VisitStatus};

pub(super) fn counts<S: Display>(statuses: impl Iterator<Item = S>) -> Counts {
    let mut counts = Counts::default();
    for status in statuses {
        counts.total += 1;
        *counts.by_status.entry(status.to_string()).or_default() += 1;
    }
    counts
}

pub(super) fn visits(ground: &Ground<'_>) -> VisitShare {
    let rows = ground.visits();
    let Counts { total, by_status } = counts(rows.iter().map(|visit| visit.status));
    let mut months: BTreeMap<Month, VisitMonth> = BTreeMap::new();
    for visit in &rows {
        let Some(month) = visit.from.map(|day| day.month()).or(visit.window) else { continue };
        let share = months.entry(month).or_insert(VisitMonth { month, visits: 0, held: 0, cancelled: 0 });
        share.visits += 1;
        share.held += usize::from(visit.status.is_held());
        share.cancelled += usize::from(visit.status == VisitStatus::Cancelled);
    }
    let on = |visit: &&&VisitRow| {
        let days = visit.from.zip(visit.to).is_some_and(|(from, to)| from <= ground.day && ground.day <= to);
        days && !matches!(visit.status, VisitStatus::Cancelled | VisitStatus::Postponed)
    };
    let today = rows.iter().filter(on).map(|visit| visit.id).collect();
    VisitShare { total, by_status, by_month: months.into_values().collect(), today }
}

pub(super) fn learnings(ground: &Ground<'_>) -> LearningShare {
    let rows = ground.learnings();
    let Counts { total, by_status } = counts(rows.iter().map(|learning| learning.status));
    let stands =
        |learning: &&&LearningRow| !matches!(learning.status, LearningStatus::Superseded | LearningStatus::Retracted);
    let mut themes: BTreeMap<Code, (usize, usize)> = BTreeMap::new();
    for learning in rows.iter().filter(stands) {
        let Some(theme) = learning.themes.first() else { continue };
        let (number, travelled) = themes.entry(ground.programme.counted_under(theme)).or_default();
        *number += 1;
        *travelled += usize::from(learning.travelled());
    }
    let mut by_theme: Vec<ThemeShare> = themes
        .into_iter()
        .filter_map(|(theme, (learnings, travelled))| {
            Some(ThemeShare { label: label(ground, &theme)?, theme, learnings, travelled })
        })
        .collect();
    by_theme.sort_by(|one, other| other.learnings.cmp(&one.learnings).then_with(|| one.theme.cmp(&other.theme)));
    LearningShare {
        total,
        by_status,
        by_theme,
        travelled: rows.iter().filter(stands).filter(|learning| learning.travelled()).count(),
        from_visits: rows.iter().filter(|learning| learning.origin.kind == Kind::Visit).count(),
        from_meetings: rows.iter().filter(|learning| learning.origin.kind == Kind::Meeting).count(),
    }
}

fn label(ground: &Ground<'_>, theme: &Code) -> Option<LocalText> {
    ground.programme.themes.iter().find(|each| each.code == *theme).map(|each| each.label.clone())
}

/// Every stage, empty ones too.
pub(super) fn stages(ground: &Ground<'_>) -> Vec<Stage> {
    let rows = ground.pilots();
    let of = |stage: PilotStatus| {
        let pilots = rows.iter().filter(|pilot| pilot.status == stage);
        pilots
            .map(|pilot| StagePilot { id: pilot.id, title: pilot.title.clone(), cities: pilot.cities.clone() })
            .collect()
    };
    PilotStatus::iter().map(|stage| Stage { stage, pilots: of(stage) }).collect()
}

pub(super) fn actions(ground: &Ground<'_>) -> ActionShare {
    let rows = ground.actions();
    let Counts { total, by_status } = counts(rows.iter().map(|action| action.status));
    ActionShare { total, by_status, late: rows.iter().filter(|action| action.is_late(ground.day)).count() }
}

pub(super) fn by_city(ground: &Ground<'_>) -> Vec<CityShare> {
    let (visits, learnings, actions) = (ground.visits(), ground.learnings(), ground.actions());
    let adopted = |city: CityId| {
        let decided = |status: AdoptionStatus| {
            matches!(status, AdoptionStatus::Committed | AdoptionStatus::Started | AdoptionStatus::Verified)
        };
        let by_city = move |learning: &&&LearningRow| {
            learning.adoptions.iter().any(|adoption| adoption.city == city && decided(adoption.status))
        };
        learnings.iter().filter(by_city).count()
    };
    let mut shares: Vec<CityShare> = ground
        .cities()
        .into_iter()
        .filter(|city| city.takes_part())
        .map(|city| {
            let held = |visit: &&&VisitRow| visit.status.is_held();
            let open = |action: &&&ActionRow| action.city == Some(city.id) && action.status == ActionStatus::Open;
            CityShare {
                city: city.id,
                name: city.name.clone(),
                strand: city.strand.clone(),
                partnerships: city.partnerships.len(),
                hosted: visits.iter().filter(held).filter(|visit| visit.host_city == city.id).count(),
                made: visits.iter().filter(held).filter(|visit| visit.visiting_cities.contains(&city.id)).count(),
                learnings: city.learnings.len(),
                adopted: adopted(city.id),
                pilots: city.pilots.len(),
                open_actions: actions.iter().filter(open).count(),
                late_actions: actions.iter().filter(open).filter(|action| action.is_late(ground.day)).count(),
            }
        })
        .collect();
    shares.sort_by_cached_key(|share| (plain(share.name.as_str()), share.city));
    shares
}
