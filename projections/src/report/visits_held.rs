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
        let reason = visit.reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}"));
        match (visit.completed, visit.cancelled) {
            (Some(completed), _) if visit.status.is_held() => {
                let day = visit.ended_on.or(visit.to).unwrap_or(completed.recorded);
                if ground.period.holds(day) {
                    count.yes(visit.id, [completed.position], Amount::ONE);
                    let share = directions.entry(direction(ground, visit)).or_default();
                    *share = *share + Amount::ONE;
                }
            }
            (_, Some(cancelled)) if ground.period.holds(cancelled.recorded) => {
                count.no(visit.id, [cancelled.position], "cancelled", format!("cancelled{reason}"));
            }
            _ if visit.status == VisitStatus::Postponed && ground.period.until().holds(visit.updated) => {
                count.no(visit.id, [visit.position], "postponed", format!("postponed{reason}"));
            }
            _ => over_but_open(ground, visit, &mut count),
        }
    }
    count.shares(directions);
    count
}

/// A visit whose days are over, but of which nobody said that it was held.
fn over_but_open(ground: &Ground<'_>, visit: &VisitRow, count: &mut Count) {
    if let Some(last) = visit.to.filter(|last| *last < ground.day && ground.period.holds(*last)) {
        let why = format!("its last day was {last}, but it is not recorded as completed");
        count.no(visit.id, [visit.position], "not-completed", why);
    }
}

fn direction(ground: &Ground<'_>, visit: &VisitRow) -> String {
    let strand = |city: CityId| ground.city(city).map_or_else(|| "?".to_owned(), |row| row.strand.to_string());
    let mut from: Vec<String> = visit.visiting_cities.iter().map(|city| strand(*city)).collect();
    from.sort();
    from.dedup();
    format!("{} → {}", from.join(" and "), strand(visit.host_city))
}
