//! Refusals on record: who was refused what, and by which rule. Auditors ask.

use koinon_events::Subject;

use super::execute::Order;
use super::{Caller, Failure, Koinon};
use crate::store::Refusal;

impl Koinon {
    /// Notes a refusal beside the log, without making the command wait.
    pub(super) fn note_refusal(&self, caller: &Caller, order: &Order, failure: &Failure) {
        let Some(rule) = rule(failure) else { return };
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
