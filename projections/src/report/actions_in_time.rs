//! Actions done in time.

use super::{Amount, Count, FigureKind, Ground, Rule};
use crate::actions::ActionStatus;

pub(super) const RULE: Rule = Rule {
    code: "actions-in-time",
    name: "Actions done in time",
    unit: "actions",
    kind: FigureKind::Kpi,
    definition: "Actions recorded as done on or before the day they were due, with that day as it was at the time; \
                 beside it those done late or overdue. By the day they were due.",
    version: 1,
    count,
};

fn count(ground: &Ground<'_>) -> Count {
    let mut count = Count::default();
    let (mut late, mut overdue) = (0, 0);
    for action in ground.actions() {
        let done = action.done.filter(|_| matches!(action.status, ActionStatus::Done | ActionStatus::Verified));
        let positions = [action.begun.position].into_iter().chain(done.map(|mark| mark.position));
        match (action.due, done) {
            (Some(due), _) if !ground.period.holds(due) => {}
            (Some(due), Some(done)) if done.recorded <= due => count.yes(action.id, positions, Amount::ONE),
            (Some(due), Some(done)) => {
                late += 1;
                let days = due.days_until(done.recorded);
                count.no(action.id, positions, "late", format!("done {days} days after it was due"));
            }
            (Some(due), None) if action.status == ActionStatus::Open && due < ground.day => {
                overdue += 1;
                count.no(action.id, positions, "overdue", format!("open, and was due on {due}"));
            }
            (None, Some(done)) if ground.period.holds(done.recorded) => {
                count.no(action.id, positions, "no-due-day", "done, but no day was set by which it was due");
            }
            _ => {}
        }
    }
    let in_time = count.counted.len();
    count.share("in time", in_time);
    count.share("late", late);
    count.share("overdue", overdue);
    count
}
