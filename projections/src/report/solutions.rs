//! RCO 116: jointly developed solutions.

use super::completed_pilots::is_joint;
use super::ground::ONE_COUNTRY;
use super::{Amount, Count, FigureKind, Ground, Rule};

pub(super) const RULE: Rule = Rule {
    code: "RCO 116",
    name: "Jointly developed solutions",
    unit: "solutions",
    kind: FigureKind::Output,
    definition: "Pilots of cities of at least two countries that were completed with a note on how others can take the \
                 solution up. By the day the completion was recorded.",
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
        let noted = pilot.take_up_note.is_some() || pilot.take_up_document.is_some_and(|note| ground.stands(note));
        if !is_joint(ground, pilot) {
            count.no(pilot.id, [completed.position], ONE_COUNTRY, "cities of one country only planned it");
        } else if !noted {
            let why = "no evidence yet: nothing says how others can take it up";
            count.no(pilot.id, [completed.position], "no-take-up-note", why);
        } else {
            count.yes(pilot.id, [completed.position], Amount::ONE);
        }
    }
    count
}
