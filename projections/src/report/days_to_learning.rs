//! Days from a visit to its first learning.

use super::{Amount, Count, FigureKind, Ground, Rule};

pub(super) const RULE: Rule = Rule {
    code: "days-to-first-learning",
    name: "Days from visit to first learning",
    unit: "days",
    kind: FigureKind::Kpi,
    definition: "Days from the last day of a completed visit to the day its first learning was recorded (0 when that \
                 was earlier); the median over all such visits, the lower one of two. By the day the visit ended.",
    version: 1,
    count,
};

fn count(ground: &Ground<'_>) -> Count {
    let mut count = Count::default();
    let mut all = Vec::new();
    for visit in ground.visits() {
        let Some(completed) = visit.completed.filter(|_| visit.status.is_held()) else { continue };
        let ended = visit.ended_on.or(visit.to).unwrap_or(completed.recorded);
        if !ground.period.holds(ended) {
            continue;
        }
        match visit.first_learning {
            Some(first) => {
                let days = u64::try_from(ended.days_until(first.recorded)).unwrap_or(0);
                all.push(days);
                count.yes(visit.id, [completed.position, first.position], Amount::from(days));
            }
            None => count.no(visit.id, [completed.position], "no-learning", "no learning is recorded yet"),
        }
    }
    all.sort_unstable();
    let middle = all.len().saturating_sub(1) / 2;
    count.value = Some(all.get(middle).map_or_else(Amount::default, |days| Amount::from(*days)));
    count
}
