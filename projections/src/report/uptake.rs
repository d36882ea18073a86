//! Uptake of suggestions.

use super::{Amount, Count, FigureKind, Ground, Rule};
use crate::learnings::AdoptionStatus;

pub(super) const RULE: Rule = Rule {
    code: "uptake",
    name: "Uptake of suggestions",
    unit: "suggestions taken up",
    kind: FigureKind::Kpi,
    definition: "Learnings that another city said it is interested in or went on to use; beside it those it said are \
                 not for it. By the day the city first answered.",
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
                AdoptionStatus::Abandoned => count.no(learning.id, positions, "abandoned", format!("given up{reason}")),
                _ => count.yes(learning.id, positions, Amount::ONE),
            }
        }
    }
    let (taken, not) = (count.counted.len(), count.not_counted.len());
    count.share("taken up", taken);
    count.share("not taken up", not);
    count
}
