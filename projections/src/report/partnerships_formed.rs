//! Partnerships formed.

use super::{Amount, Count, FigureKind, Ground, Rule};
use crate::partnerships::Answer;

pub(super) const RULE: Rule = Rule {
    code: "partnerships-formed",
    name: "Partnerships formed",
    unit: "partnerships",
    kind: FigureKind::Kpi,
    definition: "Partnerships that every city accepted, whatever became of them later. By the day they were formed.",
    version: 1,
    count,
};

fn count(ground: &Ground<'_>) -> Count {
    let mut count = Count::default();
    for partnership in ground.partnerships() {
        let (id, begun) = (partnership.id, partnership.begun);
        match partnership.formed {
            Some(formed) if ground.period.holds(formed.recorded) => count.yes(id, [formed.position], Amount::ONE),
            Some(_) => {}
            None if !ground.period.holds(begun.recorded) => {}
            None => match partnership.answers.iter().find(|answer| answer.answer == Answer::Declined) {
                Some(declined) => {
                    let why = declined
                        .reason
                        .as_ref()
                        .map_or_else(|| "declined".to_owned(), |reason| format!("declined: {reason}"));
                    count.no(id, [begun.position, declined.mark.position], "declined", why);
                }
                None => count.no(id, [begun.position], "not-formed", "not every city has accepted yet"),
            },
        }
    }
    count
}
