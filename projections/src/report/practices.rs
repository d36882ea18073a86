//! Practices published and adopted elsewhere.

use super::{Amount, Count, FigureKind, Ground, Rule};
use crate::learnings::{AdoptionStatus, LearningRow, LearningStatus};

pub(super) const RULE: Rule = Rule {
    code: "practices",
    name: "Practices published and adopted elsewhere",
    unit: "practices",
    kind: FigureKind::Kpi,
    definition: "Learnings that were published and still stand; beside it how many of them another city has adopted, \
                 verified by its document. By the day of publication.",
    version: 1,
    count,
};

fn count(ground: &Ground<'_>) -> Count {
    let mut count = Count::default();
    let mut adopted = 0;
    for learning in ground.learnings() {
        let id = learning.id;
        match (learning.status, learning.published) {
            (LearningStatus::Published, Some(published)) => {
                if ground.period.holds(published.recorded) {
                    count.yes(id, [published.position], Amount::ONE);
                    adopted += usize::from(is_adopted(ground, learning));
                }
            }
            (LearningStatus::Superseded, _) if ground.period.holds(learning.updated) => {
                count.no(id, [learning.position], "superseded", "another learning holds it now");
            }
            (LearningStatus::Retracted, _) if ground.period.holds(learning.updated) => {
                count.no(id, [learning.position], "retracted", "it no longer stands");
            }
            (LearningStatus::Recorded | LearningStatus::Validated, _)
                if ground.period.until().holds(learning.begun.recorded) =>
            {
                count.no(id, [learning.begun.position], "not-published", "it is not published yet");
            }
            _ => {}
        }
    }
    let published = count.counted.len();
    count.share("published", published);
    count.share("adopted elsewhere", adopted);
    count
}

fn is_adopted(ground: &Ground<'_>, learning: &LearningRow) -> bool {
    learning.adoptions.iter().any(|adoption| {
        adoption.city != learning.origin_city
            && adoption.status == AdoptionStatus::Verified
            && adoption.document.is_some_and(|document| ground.stands(document))
    })
}
