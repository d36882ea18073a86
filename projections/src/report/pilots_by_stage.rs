//! Pilots by stage.

use super::{Amount, Count, FigureKind, Ground, Part, Rule};
use crate::pilots::PilotStatus;

pub(super) const RULE: Rule = Rule {
    code: "pilots-by-stage",
    name: "Pilots by stage",
    unit: "pilots",
    kind: FigureKind::Kpi,
    definition: "Pilots, and how many of them are at which stage. Not those that were stopped. As of the moment shown; \
                 by the day they were proposed.",
    version: 1,
    count,
};

fn count(ground: &Ground<'_>) -> Count {
    let mut count = Count::default();
    let mut stages: std::collections::BTreeMap<PilotStatus, usize> = std::collections::BTreeMap::new();
    for pilot in ground.pilots().into_iter().filter(|pilot| ground.period.holds(pilot.begun.recorded)) {
        if pilot.status == PilotStatus::Stopped {
            let reason = pilot.reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}"));
            let ended = pilot.decided.unwrap_or(pilot.begun);
            count.no(pilot.id, [ended.position], "stopped", format!("stopped{reason}"));
        } else {
            *stages.entry(pilot.status).or_default() += 1;
            count.yes(pilot.id, [pilot.position], Amount::ONE);
        }
    }
    count.parts =
        stages.into_iter().map(|(stage, number)| Part { name: stage.to_string(), value: Amount::of(number) }).collect();
    count
}
