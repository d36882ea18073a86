//! RCO 84: pilot actions developed jointly and implemented in projects.

use super::ground::ONE_COUNTRY;
use super::{Amount, Count, FigureKind, Ground, Rule};
use crate::pilots::PilotRow;

pub(super) const RULE: Rule = Rule {
    code: "RCO 84",
    name: "Pilot actions developed jointly and implemented in projects",
    unit: "pilot actions",
    kind: FigureKind::Output,
    definition: "Pilots that were completed and that cities of at least two countries had planned. By the day the \
                 completion was recorded.",
    version: 1,
    count,
};

fn count(ground: &Ground<'_>) -> Count {
    let mut count = Count::default();
    for pilot in ground.pilots() {
        let Some(completed) = pilot.completed.filter(|_| pilot.status.is_completed()) else { continue };
        if !ground.period.holds(completed.recorded) {
            continue;
        }
        let positions = pilot.planned.iter().map(|mark| mark.position).chain([completed.position]);
        if is_joint(ground, pilot) {
            count.yes(pilot.id, positions, Amount::ONE);
        } else {
            count.no(pilot.id, positions, ONE_COUNTRY, "cities of one country only planned it");
        }
    }
    count
}

/// Whether cities of at least two countries carry the pilot.
pub(super) fn is_joint(ground: &Ground<'_>, pilot: &PilotRow) -> bool {
    ground.countries(pilot.cities.iter().copied()).len() >= 2
}
