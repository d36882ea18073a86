//! The three levels of activities, each from its rows.

use std::collections::BTreeSet;

use chrono::Datelike;
use koinon_events::action::Owner;
use koinon_events::value::{Code, Day, Decimal, Language, Line, Month};
use koinon_events::{CityId, PilotId};

use super::{Activity, Budget, Measured, Organisation, Place, Span};
use crate::partnerships::{PartnershipRow, PartnershipStatus};
use crate::pilots::{Indicator, PilotRow, PilotStatus};
use crate::programmes::ProgrammeStatus;
use crate::report::{Ground, figures_of};

/// Codes of the list `OrganisationRole`.
const FUNDING: u8 = 1;
const ACCOUNTABLE: u8 = 2;
const IMPLEMENTING: u8 = 4;

/// The code of local governments in the list `OrganisationType`.
const LOCAL_GOVERNMENT: u8 = 11;

/// Codes of the list `ActivityDateType`.
const PLANNED_START: u8 = 1;
const ACTUAL_START: u8 = 2;
const PLANNED_END: u8 = 3;
const ACTUAL_END: u8 = 4;

/// The longest time one budget may span.
const YEAR: i64 = 365;

/// Every activity, the programme's first.
pub(super) fn all(ground: &Ground<'_>) -> Vec<Activity> {
    let above = ground.programme.code.to_string();
    let partnerships: Vec<&PartnershipRow> =
        ground.partnerships().into_iter().filter(|row| row.formed.is_some()).collect();
    let pilots: Vec<&PilotRow> = ground.pilots().into_iter().filter(|row| row.start.is_some()).collect();
    let mut found = vec![programme(ground)];
    for row in partnerships {
        let mut activity = partnership(ground, row);
        activity.parent = Some(above.clone());
        let own = pilots.iter().filter(|pilot| pilot.partnership == Some(row.id));
        let own: Vec<Activity> = own.map(|pilot| self::pilot(ground, pilot, &activity.identifier)).collect();
        activity.children = own.iter().map(|pilot| pilot.identifier.clone()).collect();
        found.push(activity);
        found.extend(own);
    }
    let placed: BTreeSet<String> = found.iter().map(|activity| activity.identifier.clone()).collect();
    for row in pilots {
        if !placed.contains(&pilot_identifier(ground, row.id)) {
            found.push(pilot(ground, row, &above));
        }
    }
    let children: Vec<String> = found
        .iter()
        .filter(|activity| activity.parent.as_ref() == Some(&above))
        .map(|activity| activity.identifier.clone())
        .collect();
    if let Some(first) = found.first_mut() {
        first.children = children;
    }
    found
}

fn pilot_identifier(ground: &Ground<'_>, pilot: PilotId) -> String {
    format!("{}-{pilot}", ground.programme.code)
}

fn programme(ground: &Ground<'_>) -> Activity {
    let row = ground.programme;
    let title: Vec<(String, String)> =
        row.title.iter().map(|(language, text)| (language.to_owned(), text.to_string())).collect();
    let own = row.title.in_language("en").to_owned();
    let cities: Vec<CityId> =
        ground.cities().into_iter().filter(|city| city.selected.is_some()).map(|city| city.id).collect();
    let mut organisations = vec![organisation(&row.funder, FUNDING), organisation(&row.on_behalf_of, ACCOUNTABLE)];
    organisations.extend(row.implementing_organisation.as_ref().map(|name| organisation(name, IMPLEMENTING)));
    let codes: Vec<Code> = row.themes.iter().map(|theme| theme.code.clone()).collect();
    Activity {
        identifier: row.code.to_string(),
        hierarchy: 1,
        language: "en".to_owned(),
        title,
        descriptions: vec![(1, row.description.as_ref().map_or(own, ToString::to_string))],
        organisations,
        status: match row.status {
            ProgrammeStatus::Draft => 1,
            ProgrammeStatus::Running => 2,
            ProgrammeStatus::Closing => 3,
            ProgrammeStatus::Closed => 4,
        },
        dates: days([
            (PLANNED_START, Some(row.starts_on)),
            (ACTUAL_START, row.started_on),
            (PLANNED_END, Some(row.ends_on)),
            (ACTUAL_END, row.closed_on),
        ]),
        indicators: targets(ground),
        ..placed(ground, &cities, &codes)
    }
}

fn partnership(ground: &Ground<'_>, row: &PartnershipRow) -> Activity {
    let names: Vec<String> =
        row.cities.iter().filter_map(|city| ground.city(*city)).map(|city| city.name.to_string()).collect();
    Activity {
        identifier: format!("{}-{}", ground.programme.code, row.id),
        hierarchy: 2,
        language: "en".to_owned(),
        title: vec![("en".to_owned(), format!("Partnership of {}", names.join(" and ")))],
        descriptions: vec![(1, row.rationale.to_string())],
        organisations: organisations(ground, &row.cities),
        status: match row.status {
            PartnershipStatus::Proposed => 1,
            PartnershipStatus::Formed | PartnershipStatus::KickedOff | PartnershipStatus::Active => 2,
            PartnershipStatus::Completed => 4,
            PartnershipStatus::Dissolved => 5,
            PartnershipStatus::Suspended => 6,
        },
        dates: days([
            (ACTUAL_START, row.kicked_off_on.or(row.formed.map(|mark| mark.recorded))),
            (PLANNED_END, Some(ground.programme.ends_on)),
        ]),
        ..placed(ground, &row.cities, &row.themes)
    }
}

fn pilot(ground: &Ground<'_>, row: &PilotRow, above: &str) -> Activity {
    let themes: Vec<Code> = ground
        .partnerships()
        .into_iter()
        .filter(|partnership| Some(partnership.id) == row.partnership)
        .flat_map(|partnership| partnership.themes.clone())
        .collect();
    let language = row.language.as_ref().map_or_else(|| "en".to_owned(), Language::to_string);
    let mut organisations = organisations(ground, &row.cities);
    if let Some(Owner::Body(name)) = &row.owner {
        organisations.push(organisation(name, IMPLEMENTING));
    }
    let span = row.start.zip(row.end).filter(|(start, end)| (0..YEAR).contains(&start.days_until(*end)));
    let year = row.launched_on.or(row.start).map_or_else(|| ground.programme.starts_on.0.year(), |day| day.0.year());
    Activity {
        identifier: pilot_identifier(ground, row.id),
        hierarchy: 3,
        parent: Some(above.to_owned()),
        title: vec![(language.clone(), row.title.to_string())],
        language,
        descriptions: vec![
            (1, row.solution.to_string()),
            (2, row.problem.to_string()),
            (3, row.beneficiaries.to_string()),
        ],
        organisations,
        status: match row.status {
            PilotStatus::Proposed | PilotStatus::Planned | PilotStatus::Approved => 1,
            PilotStatus::Launched => 2,
            PilotStatus::Completed => 3,
            PilotStatus::ScaledUp | PilotStatus::NotContinued => 4,
            PilotStatus::Stopped => 5,
            PilotStatus::Paused => 6,
        },
        dates: days([
            (PLANNED_START, row.start),
            (ACTUAL_START, row.launched_on),
            (PLANNED_END, row.end),
            (ACTUAL_END, row.completed.map(|mark| mark.recorded)),
        ]),
        budget: span.zip(row.budget.clone()).map(|(span, value)| Budget { span, value }),
        indicators: row.indicators.iter().map(|indicator| measured(row, indicator, year)).collect(),
        ..placed(ground, &row.cities, &themes)
    }
}

/// Where it works and on what: countries, cities, sectors and goals.
fn placed(ground: &Ground<'_>, cities: &[CityId], themes: &[Code]) -> Activity {
    let rows: Vec<_> = cities.iter().filter_map(|city| ground.city(*city)).collect();
    let countries: BTreeSet<_> = rows.iter().map(|city| city.country).collect();
    let mut sectors = BTreeSet::new();
    let mut goals = BTreeSet::new();
    for code in themes {
        let Some(theme) = ground.programme.themes.iter().find(|theme| theme.code == *code) else { continue };
        let above = ground.programme.themes.iter().find(|above| Some(&above.code) == theme.parent.as_ref());
        let sector = theme.iati_sector.as_ref().or(above.and_then(|above| above.iati_sector.as_ref()));
        sectors.extend(sector.map(ToString::to_string));
        goals.extend(theme.sdg_targets.iter().map(ToString::to_string));
    }
    let place = |city: &&crate::cities::CityRow| Place {
        name: city.name.to_string(),
        point: (city.latitude.to_string(), city.longitude.to_string()),
    };
    Activity {
        countries: countries.into_iter().collect(),
        places: rows.iter().map(place).collect(),
        sectors: sectors.into_iter().collect(),
        goals: goals.into_iter().collect(),
        ..Activity::default()
    }
}

fn organisation(name: &Line, role: u8) -> Organisation {
    Organisation { name: name.to_string(), role, kind: None }
}

/// Who pays, and the cities that carry it.
fn organisations(ground: &Ground<'_>, cities: &[CityId]) -> Vec<Organisation> {
    let cities = cities.iter().filter_map(|city| ground.city(*city));
    let carrying = cities.map(|city| Organisation {
        name: city.name.to_string(),
        role: IMPLEMENTING,
        kind: Some(LOCAL_GOVERNMENT),
    });
    [organisation(&ground.programme.funder, FUNDING)].into_iter().chain(carrying).collect()
}

fn days<const N: usize>(days: [(u8, Option<Day>); N]) -> Vec<(u8, Day)> {
    days.into_iter().filter_map(|(kind, day)| Some((kind, day?))).collect()
}

fn is_ascending(baseline: Option<&Decimal>, target: Option<&Decimal>) -> bool {
    match (baseline, target) {
        (Some(baseline), Some(target)) => target.millionths() >= baseline.millionths(),
        _ => true,
    }
}

/// The programme's own targets, and how far they are.
fn targets(ground: &Ground<'_>) -> Vec<Measured> {
    let row = ground.programme;
    let found = figures_of(ground).targets.into_iter();
    let found = found.filter(|target| target.target.is_some() || target.actual.is_some());
    let measured = found.map(|target| Measured {
        name: target.name.to_string(),
        unit: target.unit.map(|unit| unit.to_string()),
        outcome: target.figure.as_deref().is_some_and(|code| code.starts_with("RCR")),
        ascending: is_ascending(target.baseline.as_ref(), target.target.as_ref()),
        baseline: target.baseline.map(|value| (row.starts_on.0.year(), value.to_string())),
        spans: vec![Span {
            days: (row.starts_on, row.ends_on),
            target: target.target.map(|value| value.to_string()),
            actual: target.actual.map(|value| value.to_string()),
        }],
    });
    measured.collect()
}

/// A pilot's indicator: the target over the whole pilot, then each month that was measured.
fn measured(row: &PilotRow, indicator: &Indicator, year: i32) -> Measured {
    let whole = row.start.zip(row.end).filter(|(start, end)| start <= end).map(|days| Span {
        days,
        target: Some(indicator.target.to_string()),
        actual: None,
    });
    let months = indicator.measurements.iter().filter_map(|each| {
        Some(Span { days: month(each.period)?, target: None, actual: Some(each.value.to_string()) })
    });
    Measured {
        name: indicator.name.to_string(),
        unit: Some(indicator.unit.to_string()),
        outcome: true,
        baseline: Some((year, indicator.baseline.to_string())),
        ascending: is_ascending(Some(&indicator.baseline), Some(&indicator.target)),
        spans: whole.into_iter().chain(months).collect(),
    }
}

/// First and last day of a month.
fn month(month: Month) -> Option<(Day, Day)> {
    let first: Day = format!("{month}-01").parse().ok()?;
    let (mut last, mut next) = (first, first.plus_days(1));
    while next.month() == month {
        (last, next) = (next, next.plus_days(1));
    }
    Some((first, last))
}
