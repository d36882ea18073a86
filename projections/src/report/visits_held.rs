//! Visits held, by direction.

use std::collections::BTreeMap;

use koinon_events::CityId;

use super::{Amount, Count, FigureKind, Ground, Rule};
use crate::visits::{VisitRow, VisitStatus};

pub(super) const RULE: Rule = Rule {
    code: "visits-held",
    name: "Visits held, by direction",
    unit: "visits",
    kind: FigureKind::Kpi,
    definition: "Visits that were completed, and how many of them went from which strand to which. By the day they \
                 ended.",
    version: 1,
    count,
};

fn count(ground: &Ground<'_>) -> Count {
    let mut count = Count::default();
    let mut directions: BTreeMap<String, Amount> = BTreeMap::new();
    for visit in ground.visits() {
        if let Some(completed) = visit.completed.filter(|_| visit.status.is_held()) {
            let day = visit.ended_on.or(visit.to).unwrap_or(completed.recorded);
            if ground.period.holds(day) {
                count.yes(visit.id, [completed.position], Amount::ONE);
                let share = directions.entry(direction(ground, visit)).or_default();
                *share = *share + Amount::ONE;
            }
        } else if ground.period.holds(visit.to.or(visit.from).unwrap_or(visit.begun.recorded)) {
            not_held(ground, visit, &mut count);
        }
    }
    count.shares(directions);
    count
}

fn not_held(ground: &Ground<'_>, visit: &VisitRow, count: &mut Count) {
    let positions = [visit.position];
    let reason = visit.reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}"));
    match (visit.status, visit.to) {
        (VisitStatus::Cancelled, _) => count.no(visit.id, positions, "cancelled", format!("cancelled{reason}")),
        (VisitStatus::Postponed, _) => count.no(visit.id, positions, "postponed", format!("put off{reason}")),
        (VisitStatus::Proposed, _) => count.no(visit.id, positions, "proposed", "proposed, without dates"),
        (_, Some(last)) if last < ground.day => {
            let why = format!("its last day was {last}, but it is not recorded as completed");
            count.no(visit.id, positions, "not-completed", why);
        }
        (VisitStatus::UnderWay, _) => count.no(visit.id, positions, "under-way", "it is under way"),
        _ => count.no(visit.id, positions, "planned", "it is still to come"),
    }
}

fn direction(ground: &Ground<'_>, visit: &VisitRow) -> String {
    let strand = |city: CityId| ground.city(city).map_or_else(|| "?".to_owned(), |row| row.strand.to_string());
    let mut from: Vec<String> = visit.visiting_cities.iter().map(|city| strand(*city)).collect();
    from.sort();
    from.dedup();
    format!("{} → {}", from.join(" and "), strand(visit.host_city))
}
