//! Refusals on record: who was refused what, and by which rule. Auditors ask.
//!
//! Only callers who are known are on record, each with at most a thousand a day, so that nobody fills the table or drowns
//! what others were refused. It names ids and codes, never what was typed.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use koinon_events::value::{Day, Timestamp};
use koinon_events::{Role, Subject};
use uuid::Uuid;

use super::execute::Order;
use super::{Caller, Failure, Koinon};
use crate::store::Refusal;

/// A refusal as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its number, in order.
    pub number: u64,
    /// When.
    pub time: Timestamp,
    /// Who, as the record names actors.
    pub actor: String,
    /// The command's name.
    pub command: String,
    /// What it was about.
    pub subject: Option<Subject>,
    /// The rule that forbade it.
    pub rule: String,
    /// The request it came with.
    pub correlation: Uuid,
}

/// Refusals of one caller that are kept in a day, on each node.
const A_DAY: u32 = 1_000;

/// What stands in place of the rule in the last one that is kept of a day.
const NO_MORE: &str = "no-more-kept-today";

/// How many refusals of whom were kept today.
#[derive(Default)]
pub(super) struct Kept(Mutex<(Option<Day>, HashMap<String, u32>)>);

impl Kept {
    /// Counts one more; gives which of the day it is.
    fn count(&self, actor: &str, today: Day) -> u32 {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 != Some(today) {
            *kept = (Some(today), HashMap::new());
        }
        let count = kept.1.entry(actor.to_owned()).or_default();
        *count = count.saturating_add(1);
        *count
    }
}

impl Koinon {
    /// Refusals, newest first: up to `limit` below a number.
    ///
    /// # Errors
    /// [`Failure::Absent`] for who is neither auditor nor administrator of everything; [`Failure::Unavailable`] when they
    /// cannot be read.
    pub async fn refusals(&self, caller: &Caller, below: u64, limit: usize) -> Result<Vec<Refused>, Failure> {
        let may_ask = [Role::Auditor, Role::Administrator];
        if !crate::access::holds_everywhere(&may_ask, &caller.grants, self.inner.clock.today()) {
            return Err(Failure::Absent);
        }
        let kept = self.inner.store.latest_refusals(below, limit).await?;
        let refused = |(number, refusal): (u64, Refusal)| Refused {
            number,
            time: refusal.time,
            actor: refusal.actor,
            command: refusal.command,
            subject: refusal.subject,
            rule: refusal.rule,
            correlation: refusal.correlation,
        };
        Ok(kept.into_iter().map(refused).collect())
    }

    /// Notes a refusal beside the log, without making the command wait.
    pub(super) fn note_refusal(&self, caller: &Caller, order: &Order, failure: &Failure) {
        let Some(rule) = rule(failure) else { return };
        let rule = match self.inner.refused.count(&caller.actor.to_string(), self.inner.clock.today()) {
            ..A_DAY => rule,
            A_DAY => NO_MORE.to_owned(),
            _ => return,
        };
        self.inner.store.refuse(Refusal {
            time: self.inner.clock.now(),
            actor: caller.actor.to_string(),
            command: order.name.clone(),
            subject: subject_named(order),
            rule,
            correlation: order.correlation.unwrap_or_else(|| self.inner.clock.id()),
        });
    }
}

/// What refused it; `None` for failures that are no refusal.
fn rule(failure: &Failure) -> Option<String> {
    match failure {
        Failure::Rule(rule) => Some(rule.code.to_owned()),
        Failure::Denied(_) => Some("denied".to_owned()),
        Failure::Absent => Some("absent".to_owned()),
        Failure::VersionLost { .. } | Failure::Contended { .. } => Some("version-lost".to_owned()),
        Failure::KeyReused => Some("idempotency-key-reused".to_owned()),
        Failure::Unfit(_) | Failure::Malformed(_) | Failure::TooLarge => Some("does-not-fit".to_owned()),
        _ => None,
    }
}

/// The subject the order names, as far as it can be read.
fn subject_named(order: &Order) -> Option<Subject> {
    let shape = crate::domain::command_shape(&order.name)?;
    let id = order.body.get(shape.subject_field)?.as_str()?;
    format!("{}/{id}", shape.noun.to_lowercase()).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_caller_is_counted_apart_and_anew_each_day() {
        let (kept, day) = (Kept::default(), |text: &str| text.parse::<Day>().unwrap());
        assert_eq!((kept.count("token/a", day("2023-02-14")), kept.count("token/a", day("2023-02-14"))), (1, 2));
        assert_eq!(kept.count("token/b", day("2023-02-14")), 1);
        assert_eq!(kept.count("token/a", day("2023-02-15")), 1);
    }
}
