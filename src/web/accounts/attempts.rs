//! Attempts to sign in with an identity provider that were answered: an answer counts once, also when somebody has
//! copied the browser's cookie. Kept in memory for as long as an attempt lasts, for each node on its own; the provider
//! takes a code only once besides.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// The most that is kept; those that run out first give way.
const MOST: usize = 50_000;

/// What was answered of late: each attempt's state, and when it runs out in seconds since 1970.
#[derive(Default)]
pub struct Attempts(Mutex<HashMap<String, i64>>);

impl Attempts {
    /// Whether this is the first answer to an attempt.
    pub fn is_first(&self, state: &str, until: i64, now: i64) -> bool {
        let mut answered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if answered.len() >= MOST {
            answered.retain(|_, until| now < *until);
            let oldest = answered.iter().min_by_key(|(_, until)| **until).map(|(state, _)| state.clone());
            oldest.filter(|_| answered.len() >= MOST).and_then(|oldest| answered.remove(&oldest));
        }
        answered.insert(state.to_owned(), until).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attempt_is_answered_once() {
        let attempts = Attempts::default();
        assert!(attempts.is_first("a", 100, 1) && attempts.is_first("b", 100, 1));
        assert!(!attempts.is_first("a", 100, 2));
    }
}
