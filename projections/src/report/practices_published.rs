//! Practices published.

use super::{Amount, Count, FigureKind, Ground, Rule};
use crate::learnings::LearningStatus;

pub(super) const RULE: Rule = Rule {
    code: "practices-published",
    name: "Practices published",
    unit: "practices",
    kind: FigureKind::Kpi,
    definition: "Learnings that were published and still stand. By the day of publication.",
    version: 1,
    count,
};

fn count(ground: &Ground<'_>) -> Count {
    let mut count = Count::default();
    for learning in ground.learnings() {
        let id = learning.id;
        match (learning.status, learning.published) {
            (LearningStatus::Published, Some(published)) if ground.period.holds(published.recorded) => {
                count.yes(id, [published.position], Amount::ONE);
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
    count
}
