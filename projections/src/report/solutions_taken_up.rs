//! RCR 104: solutions taken up or up-scaled by organisations.

use super::ground::NO_EVIDENCE;
use super::{Amount, Count, FigureKind, Ground, Rule};
use crate::learnings::{AdoptionStatus, LearningRow};
use crate::pilots::{PilotRow, PilotStatus};

pub(super) const RULE: Rule = Rule {
    code: "RCR 104",
    name: "Solutions taken up or up-scaled by organisations",
    unit: "solutions",
    kind: FigureKind::Result,
    definition: "Uses of a learning by another city that were verified, and decisions to scale a pilot up, each with \
                 the adopter's document. By the day it was recorded.",
    version: 1,
    count,
};

fn count(ground: &Ground<'_>) -> Count {
    let mut count = Count::default();
    ground.learnings().into_iter().for_each(|learning| adopted(ground, learning, &mut count));
    ground.pilots().into_iter().for_each(|pilot| scaled_up(ground, pilot, &mut count));
    count
}

fn adopted(ground: &Ground<'_>, learning: &LearningRow, count: &mut Count) {
    for adoption in &learning.adoptions {
        let positions =
            [Some(adoption.begun.position), Some(adoption.mark.position), adoption.verified.map(|mark| mark.position)];
        let positions = positions.into_iter().flatten();
        let day = adoption.verified.unwrap_or(adoption.mark).recorded;
        if !ground.period.holds(day) {
            continue;
        }
        let stands = adoption.document.is_some_and(|document| ground.stands(document));
        match adoption.status {
            _ if adoption.city == learning.origin_city => {
                count.no(learning.id, positions, "own-city", "the city uses what comes from itself");
            }
            AdoptionStatus::Verified if stands => count.yes(learning.id, positions, Amount::ONE),
            AdoptionStatus::Verified => {
                count.no(learning.id, positions, NO_EVIDENCE, "no evidence yet: the adopter's document does not stand");
            }
            AdoptionStatus::Committed | AdoptionStatus::Started => {
                count.no(learning.id, positions, "not-verified", "the use is not verified yet");
            }
            AdoptionStatus::Abandoned if adoption.owner.is_some() => {
                count.no(learning.id, positions, "abandoned", "the city gave it up");
            }
            AdoptionStatus::Interested | AdoptionStatus::Declined | AdoptionStatus::Abandoned => {}
        }
    }
}

fn scaled_up(ground: &Ground<'_>, pilot: &PilotRow, count: &mut Count) {
    let Some(decided) = pilot.decided.filter(|mark| ground.period.holds(mark.recorded)) else { return };
    match pilot.status {
        PilotStatus::ScaledUp if pilot.scale_up_document.is_some_and(|document| ground.stands(document)) => {
            count.yes(pilot.id, [decided.position], Amount::ONE);
        }
        PilotStatus::ScaledUp => {
            count.no(pilot.id, [decided.position], NO_EVIDENCE, "no evidence yet: the adopter's decision is missing");
        }
        _ => {}
    }
}
