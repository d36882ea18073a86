//! Practices adopted elsewhere.

use super::ground::NO_EVIDENCE;
use super::{Amount, Count, FigureKind, Ground, Rule};
use crate::learnings::{Adoption, AdoptionStatus, LearningRow};

pub(super) const RULE: Rule = Rule {
    code: "practices-adopted-elsewhere",
    name: "Practices adopted elsewhere",
    unit: "practices",
    kind: FigureKind::Kpi,
    definition: "Learnings of which another city has verified its use by a document that stands. A learning counts \
                 once, by the day of its first such use.",
    version: 1,
    count,
};

fn count(ground: &Ground<'_>) -> Count {
    let mut count = Count::default();
    for learning in ground.learnings() {
        let elsewhere: Vec<&Adoption> =
            learning.adoptions.iter().filter(|adoption| adoption.city != learning.origin_city).collect();
        let verified = |adoption: &&&Adoption| {
            adoption.status == AdoptionStatus::Verified
                && adoption.document.is_some_and(|document| ground.stands(document))
        };
        let first = elsewhere.iter().filter(verified).filter_map(|adoption| adoption.verified).min();
        if first.is_some_and(|first| ground.period.holds(first.recorded)) {
            let marks = elsewhere.iter().filter(verified).filter_map(|adoption| adoption.verified);
            count.yes(learning.id, marks.map(|mark| mark.position).collect::<Vec<_>>(), Amount::ONE);
        }
        for adoption in elsewhere.iter().filter(|adoption| !verified(adoption)) {
            not_adopted(ground, learning, adoption, &mut count);
        }
    }
    count
}

fn not_adopted(ground: &Ground<'_>, learning: &LearningRow, adoption: &Adoption, count: &mut Count) {
    if !ground.period.holds(adoption.mark.recorded) {
        return;
    }
    let positions = [adoption.begun.position, adoption.mark.position];
    match adoption.status {
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
