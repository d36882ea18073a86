//! Expert days.

use super::{Amount, Count, FigureKind, Ground, Rule};

pub(super) const RULE: Rule = Rule {
    code: "expert-days",
    name: "Expert days",
    unit: "days",
    kind: FigureKind::Kpi,
    definition: "Days that accompanying experts worked on visits, by their mission notes that were approved. By the day \
                 of the approval.",
    version: 1,
    count,
};

fn count(ground: &Ground<'_>) -> Count {
    let mut count = Count::default();
    for visit in ground.visits() {
        for note in &visit.mission_notes {
            match note.approved {
                Some(approved) if ground.period.holds(approved.recorded) => {
                    count.yes(visit.id, [note.mark.position, approved.position], Amount::from(&note.days));
                }
                Some(_) => {}
                None if ground.period.holds(note.mark.recorded) => {
                    count.no(visit.id, [note.mark.position], "not-approved", "the mission note is not approved yet");
                }
                None => {}
            }
        }
    }
    count
}
