//! Uptake of suggestions.

use super::{Amount, Count, FigureKind, Ground, Rule};
use crate::learnings::AdoptionStatus;

pub(super) const RULE: Rule = Rule {
    code: "suggestions-taken-up",
    name: "Uptake of suggestions",
    unit: "answers",
    kind: FigureKind::Kpi,
    definition: "Answers of other cities to a published learning that say they are interested or use it, whatever came \
                 of it later; not those that say it is not for them. By the day the city first answered.",
    version: 1,
    count,
};

fn count(ground: &Ground<'_>) -> Count {
    let mut count = Count::default();
    for learning in ground.learnings() {
        let answers = learning.adoptions.iter().filter(|adoption| adoption.city != learning.origin_city);
        for answer in answers.filter(|adoption| ground.period.holds(adoption.begun.recorded)) {
            let positions = [answer.begun.position, answer.mark.position];
            let reason = answer.reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}"));
            match answer.status {
                AdoptionStatus::Declined => {
                    count.no(learning.id, positions, "declined", format!("not for this city{reason}"));
                }
                _ => count.yes(learning.id, positions, Amount::ONE),
            }
        }
    }
    count
}
