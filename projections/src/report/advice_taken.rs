//! Advice taken.

use super::{Amount, Count, FigureKind, Ground, Rule};

pub(super) const RULE: Rule = Rule {
    code: "advice-taken",
    name: "Advice taken",
    unit: "advice",
    kind: FigureKind::Kpi,
    definition: "Advice of experts to partnerships of which the cities said that they take it. By the day the advice \
                 was recorded.",
    version: 1,
    count,
};

fn count(ground: &Ground<'_>) -> Count {
    let mut count = Count::default();
    for partnership in ground.partnerships() {
        for advice in partnership.advice.iter().filter(|advice| ground.period.holds(advice.given.recorded)) {
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
    count
}
