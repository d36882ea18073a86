//! RCO 85: participations in joint training schemes.

use super::participations::{of_meeting, of_visit};
use super::{Count, FigureKind, Ground, Rule};

pub(super) const RULE: Rule = Rule {
    code: "RCO 85",
    name: "Participations in joint training schemes",
    unit: "participations",
    kind: FigureKind::Output,
    definition: "Persons present at masterclasses that were completed and meetings of a masterclass series that were \
                 held, by the attendance recorded, with its signed sheet as evidence, where cities of at least two \
                 countries took part. By the day it ended or was held.",
    version: 1,
    count,
};

fn count(ground: &Ground<'_>) -> Count {
    let mut count = Count::default();
    for visit in ground.visits() {
        of_visit(ground, visit, true, &mut count);
    }
    for meeting in ground.meetings() {
        of_meeting(ground, meeting, true, &mut count);
    }
    count
}
