//! Advice given.

use super::{Amount, Count, FigureKind, Ground, Rule};

pub(super) const RULE: Rule = Rule {
    code: "advice-given",
    name: "Advice given",
    unit: "advice",
    kind: FigureKind::Kpi,
    definition: "Advice of experts to partnerships. By the day it was recorded.",
    version: 1,
    count,
};

fn count(ground: &Ground<'_>) -> Count {
    let mut count = Count::default();
    for partnership in ground.partnerships() {
        for advice in partnership.advice.iter().filter(|advice| ground.period.holds(advice.given.recorded)) {
            count.yes(partnership.id, [advice.given.position], Amount::ONE);
        }
    }
    count
}
