//! Advice given and taken.

use super::{Amount, Count, FigureKind, Ground, Rule};

pub(super) const RULE: Rule = Rule {
    code: "advice",
    name: "Advice given and taken",
    unit: "advice taken",
    kind: FigureKind::Kpi,
    definition: "Advice of experts to partnerships that the cities answered they take; beside it all advice given. By \
                 the day the advice was recorded.",
    version: 1,
    count,
};

fn count(ground: &Ground<'_>) -> Count {
    let mut count = Count::default();
    let mut given = 0;
    for partnership in ground.partnerships() {
        for advice in partnership.advice.iter().filter(|advice| ground.period.holds(advice.given.recorded)) {
            given += 1;
            let positions = [advice.given].into_iter().chain(advice.answered).map(|mark| mark.position);
            match (advice.taken, &advice.reason) {
                (Some(true), _) => count.yes(partnership.id, positions, Amount::ONE),
                (Some(false), Some(reason)) => {
                    count.no(partnership.id, positions, "not-taken", format!("not taken: {reason}"));
                }
                (Some(false), None) => count.no(partnership.id, positions, "not-taken", "not taken"),
                (None, _) => count.no(partnership.id, positions, "not-answered", "not answered yet"),
            }
        }
    }
    let taken = count.counted.len();
    count.share("given", given);
    count.share("taken", taken);
    count
}
