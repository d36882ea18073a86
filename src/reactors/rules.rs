//! Follows the log by the standing rules, and the calendar for the reminders of periods. Every node does; which of them
//! is first does not matter, for a cause is followed once.

use std::time::Duration;

use crate::app::{Failure, Koinon, RULES};

/// How often the calendar, and what has just been recorded, is looked at.
const LOOK: Duration = Duration::from_secs(1);
/// What comes within this time is looked at together.
const PAUSE: Duration = Duration::from_millis(100);

/// Notes where each rule begins, when it never was on.
pub async fn switch_on(koinon: &Koinon) {
    for rule in RULES {
        if let Err(error) = koinon.rule_begins(rule.name).await {
            tracing::warn!(rule = rule.name, %error, "a standing rule could not be switched on; trying again");
        }
    }
}

/// Follows until it is dropped.
pub async fn follow(koinon: Koinon) {
    let mut head = koinon.watch();
    let (mut reached, mut reminded) = ([None; RULES.len()], None);
    loop {
        head.mark_unchanged();
        for (rule, reached) in RULES.iter().zip(&mut reached) {
            if let Err(error) = step(&koinon, *rule, reached).await {
                tracing::warn!(rule = rule.name, %error, "a standing rule could not be followed; trying again");
            }
        }
        let today = koinon.clock().today();
        if reminded != Some(today) {
            match koinon.remind_of_periods().await {
                Ok(()) => reminded = Some(today),
                Err(error) => tracing::warn!(%error, "periods could not be reminded of; trying again"),
            }
        }
        tokio::time::sleep(PAUSE).await;
        tokio::select! {
            moved = head.changed() => if moved.is_err() { return },
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Follows one rule up to the head. How far it has looked is kept when it had something to do; what it looked through
/// for nothing is looked through again after the next start.
async fn step(koinon: &Koinon, rule: crate::app::Standing, reached: &mut Option<u64>) -> Result<(), Failure> {
    let mut after = match *reached {
        Some(after) => after,
        None => koinon.rule_begins(rule.name).await?,
    };
    loop {
        let until = koinon.follow_rule(rule, after).await?;
        *reached = Some(until);
        if until <= after {
            return Ok(());
        }
        after = until;
    }
}
