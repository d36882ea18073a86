//! The only place that reads time or makes ids.
use koinon_events::value::{Day, Timestamp};
use uuid::Uuid;

/// The clock.
#[derive(Debug, Default)]
pub struct Clock;

#[allow(clippy::disallowed_methods)]
impl Clock {
    /// The moment.
    pub fn now(&self) -> Timestamp {
        Timestamp::new(chrono::Utc::now())
    }

    /// The UTC date.
    pub fn today(&self) -> Day {
        self.now().day()
    }

    /// A new id.
    pub fn id(&self) -> Uuid {
        Uuid::now_v7()
    }
}
