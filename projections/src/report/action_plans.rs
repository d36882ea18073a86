//! RCO 83: strategies and action plans jointly developed.

use super::ground::{NO_EVIDENCE, ONE_COUNTRY};
use super::{Amount, Count, FigureKind, Ground, Rule};
use crate::partnerships::{PartnershipRow, Plan};

pub(super) const RULE: Rule = Rule {
    code: "RCO 83",
    name: "Strategies and action plans jointly developed",
    unit: "strategy/action plan",
    kind: FigureKind::Output,
    definition: "Action plans adopted by partnerships of cities of at least two countries, with the plan as a document. \
                 Later versions of a plan are the same plan. By the day its first version was recorded.",
    version: 1,
    count,
};

fn count(ground: &Ground<'_>) -> Count {
    let mut count = Count::default();
    for partnership in ground.partnerships() {
        let Some(first) = first_shown(ground, partnership) else {
            let recorded = partnership.plans.iter().filter(|plan| ground.period.holds(plan.mark.recorded));
            let positions: Vec<u64> = recorded.map(|plan| plan.mark.position).collect();
            if !positions.is_empty() {
                count.no(partnership.id, positions, NO_EVIDENCE, "no evidence yet: the plan has no document");
            }
            continue;
        };
        let others = partnership.plans.iter().filter(|plan| plan.mark != first.mark);
        for version in others.filter(|plan| ground.period.holds(plan.mark.recorded)) {
            let why = "another version of a plan that counts once";
            count.no(partnership.id, [version.mark.position], "counted-before", why);
        }
        if !ground.period.holds(first.mark.recorded) {
            continue;
        }
        let (id, positions) = (partnership.id, [first.mark.position]);
        if ground.countries(partnership.cities.iter().copied()).len() < 2 {
            count.no(id, positions, ONE_COUNTRY, "the partnership has cities of one country only");
        } else {
            count.yes(id, positions, Amount::ONE);
        }
    }
    count
}

fn shown(ground: &Ground<'_>, plan: &Plan) -> bool {
    plan.document.is_some_and(|document| ground.stands(document))
}

/// The first version of a partnership's plan that has its document.
pub(super) fn first_shown<'a>(ground: &Ground<'_>, partnership: &'a PartnershipRow) -> Option<&'a Plan> {
    partnership.plans.iter().filter(|plan| shown(ground, plan)).min_by_key(|plan| plan.mark)
}

/// Whether a partnership's plan counts in RCO 83, in whatever period.
pub(super) fn counts(ground: &Ground<'_>, partnership: &PartnershipRow) -> bool {
    first_shown(ground, partnership).is_some() && ground.countries(partnership.cities.iter().copied()).len() >= 2
}
