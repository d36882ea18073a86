//! The only place that reads time, makes ids and draws chance. Everything else is told.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use chrono::Utc;
use koinon_events::value::{Day, Timestamp};
use uuid::{Builder, Uuid};

/// What says the time. Clones are one clock.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that was set and runs on from there. Ids and chance are as real as ever.
    Simulated(Simulation),
}

/// The state of a simulated clock.
#[derive(Debug, Clone)]
pub struct Simulation(Arc<Mutex<Hands>>);

#[derive(Debug)]
struct Hands {
    /// The moment it was set to last, in microseconds since 1970.
    set_to: i64,
    /// When that was.
    since: Instant,
    /// Whether it runs on; a stopped clock tells a story in no time.
    runs: bool,
    /// How many ids were made: ids of one moment stand in the order they were made.
    made: u32,
}

impl Clock {
    /// A clock stopped at a moment.
    pub fn simulated(start: Timestamp) -> Self {
        let hands = Hands { set_to: start.micros(), since: Instant::now(), runs: false, made: 0 };
        Self::Simulated(Simulation(Arc::new(Mutex::new(hands))))
    }

    /// The moment now, to the microsecond.
    #[allow(clippy::disallowed_methods)]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp::new(Utc::now()),
            Self::Simulated(simulation) => Timestamp::from_micros(simulation.micros()),
        }
    }

    /// The UTC date.
    pub fn today(&self) -> Day {
        self.now().day()
    }

    /// A new id (UUID v7, RFC 9562).
    #[allow(clippy::disallowed_methods)]
    pub fn id(&self) -> Uuid {
        match self {
            Self::System => Uuid::now_v7(),
            Self::Simulated(simulation) => {
                let (millis, number) = simulation.make();
                let mut random = [0; 10];
                random.copy_from_slice(&self.chance()[..10]);
                // After the time come 12 bits, then 6 behind the variant, then whole bytes: a count in the first 26.
                let count = [number >> 22 & 0x0f, number >> 14 & 0xff, number >> 8 & 0x3f, number & 0xff];
                random[..4].copy_from_slice(&count.map(|bits| bits as u8));
                Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
            }
        }
    }

    /// 32 random bytes.
    ///
    /// # Panics
    /// When the operating system gives no randomness: nothing secret can be made then.
    #[allow(clippy::expect_used)]
    pub fn chance(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the operating system gives no randomness");
        bytes
    }

    /// Sets a simulated clock to a later moment; it stays stopped or running as it was. The machine's clock is left alone.
    pub fn advance_to(&self, moment: Timestamp) {
        if let Self::Simulated(simulation) = self {
            let mut hands = simulation.hands();
            hands.set_to = moment.micros().max(hands.micros());
            hands.since = Instant::now();
        }
    }

    /// Lets a stopped simulated clock run on from where it is.
    pub fn run(&self) {
        if let Self::Simulated(simulation) = self {
            let mut hands = simulation.hands();
            hands.since = Instant::now();
            hands.runs = true;
        }
    }
}

impl Simulation {
    fn hands(&self) -> std::sync::MutexGuard<'_, Hands> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn micros(&self) -> i64 {
        self.hands().micros()
    }

    /// The milliseconds and the count that the next id holds.
    fn make(&self) -> (u64, u32) {
        let mut hands = self.hands();
        hands.made = hands.made.wrapping_add(1);
        (u64::try_from(hands.micros() / 1000).unwrap_or_default(), hands.made)
    }
}

impl Hands {
    fn micros(&self) -> i64 {
        let gone = if self.runs { self.since.elapsed().as_micros() } else { 0 };
        self.set_to.saturating_add(i64::try_from(gone).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noon() -> Timestamp {
        "2023-02-14T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_stopped_clock_stands_but_never_makes_an_id_twice() {
        let clock = Clock::simulated(noon());
        assert_eq!(clock.now(), noon());
        assert_ne!(clock.id(), clock.id());
    }

    #[test]
    fn a_clock_that_runs_goes_on_from_where_it_was_set_and_never_back() {
        let clock = Clock::simulated(noon());
        clock.run();
        clock.advance_to("2023-02-15T12:00:00Z".parse().unwrap());
        let then = clock.now();
        clock.advance_to(noon());
        assert!(clock.now() >= then);
        assert_eq!(clock.today().to_string(), "2023-02-15");
    }

    #[test]
    fn ids_are_of_version_seven_and_carry_the_clock_s_time() {
        assert_eq!(Clock::System.id().get_version_num(), 7);
        assert_eq!(Clock::simulated(noon()).id().get_version_num(), 7);
    }

    #[test]
    fn ids_stand_in_the_order_they_were_made() {
        for clock in [Clock::System, Clock::simulated(noon())] {
            let ids: Vec<Uuid> = (0..20_000).map(|_| clock.id()).collect();
            assert!(ids.is_sorted());
            assert!(ids.iter().all(|id| id.get_version_num() == 7 && id.get_variant() == uuid::Variant::RFC4122));
        }
    }
}
