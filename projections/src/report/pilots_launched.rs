//! Pilots launched, and all pilots by stage.

use std::collections::BTreeMap;

use super::{Amount, Count, FigureKind, Ground, Part, Rule};
use crate::pilots::PilotStatus;

pub(super) const RULE: Rule = Rule {
    code: "pilots-launched",
    name: "Pilots launched, and pilots by stage",
    unit: "pilots",
    kind: FigureKind::Kpi,
    definition: "Pilots that were ever launched, by the day they began; beside it all pilots by the stage they are at, \
                 as of the moment shown.",
    version: 1,
    count,
};

fn count(ground: &Ground<'_>) -> Count {
    let mut count = Count::default();
    let mut stages: BTreeMap<PilotStatus, usize> = BTreeMap::new();
    for pilot in ground.pilots() {
        *stages.entry(pilot.status).or_default() += 1;
        match (pilot.launched, pilot.launched_on) {
            (Some(launched), day) if ground.period.holds(day.unwrap_or(launched.recorded)) => {
                count.yes(pilot.id, [launched.position], Amount::ONE);
            }
            (Some(_), _) => {}
            (None, _) if ground.period.until().holds(pilot.begun.recorded) => {
                count.no(pilot.id, [pilot.position], "not-launched", format!("{}, not launched", pilot.status));
            }
            (None, _) => {}
        }
    }
    count.parts =
        stages.into_iter().map(|(stage, number)| Part { name: stage.to_string(), value: Amount::of(number) }).collect();
    count
}
