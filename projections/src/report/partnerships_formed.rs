//! Partnerships formed.

use super::{Amount, Count, FigureKind, Ground, Rule};
use crate::partnerships::PartnershipStatus;

pub(super) const RULE: Rule = Rule {
    code: "partnerships-formed",
    name: "Partnerships formed",
    unit: "partnerships",
    kind: FigureKind::Kpi,
    definition: "Partnerships that every city accepted, but for those dissolved since. By the day they were formed.",
    version: 1,
    count,
};

fn count(ground: &Ground<'_>) -> Count {
    let mut count = Count::default();
    for partnership in ground.partnerships() {
        let reason = partnership.reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}"));
        let (id, begun) = (partnership.id, partnership.begun);
        match (partnership.status, partnership.formed) {
            (PartnershipStatus::Dissolved, formed) => {
                let positions = formed.map(|mark| mark.position).into_iter().chain([partnership.position]);
                if ground.period.holds(formed.unwrap_or(begun).recorded) {
                    count.no(id, positions, "dissolved", format!("dissolved{reason}"));
                }
            }
            (_, Some(formed)) if ground.period.holds(formed.recorded) => count.yes(id, [formed.position], Amount::ONE),
            (_, Some(_)) => {}
            (_, None) if ground.period.holds(begun.recorded) => {
                count.no(id, [begun.position], "not-formed", "not every city has accepted yet");
            }
            (_, None) => {}
        }
    }
    count
}
