//! Whether the service can serve: the log takes commands and the read models keep up with it.

use super::Koinon;

/// How long read models may lag before the service says it is not ready, in seconds.
const PATIENCE: i64 = 10;

/// Whether the service can serve, and if not, why.
#[derive(Debug, Clone, Default)]
pub struct Readiness {
    /// Whether the log takes commands.
    pub writable: bool,
    /// How many events the read models are behind.
    pub lag: u64,
    /// What is wrong, in words for whoever runs it.
    pub problems: Vec<String>,
}

impl Koinon {
    /// Whether the log is writable and the read models are within ten seconds of it.
    pub async fn ready(&self) -> Readiness {
        let mut readiness = Readiness::default();
        match self.inner.store.writable().await {
            Ok(()) => readiness.writable = true,
            Err(error) => readiness.problems.push(said("the log cannot be written", &error)),
        }
        if let Some(why) = self.read_only() {
            readiness.writable = false;
            readiness.problems.push(why.to_owned());
        }
        match self.inner.store.head().await {
            Ok(head) => {
                readiness.lag = head.position.saturating_sub(self.inner.views.applied());
                let age = (self.inner.clock.now().micros() - head.time.micros()) / 1_000_000;
                if readiness.lag > 0 && age > PATIENCE {
                    readiness.problems.push(format!("the read models are {} events behind", readiness.lag));
                }
            }
            Err(error) => readiness.problems.push(said("the log cannot be read", &error)),
        }
        readiness
    }
}

/// What is told to whoever asks; why stands in the program's own log, since strangers ask too.
fn said(what: &str, why: &dyn std::fmt::Display) -> String {
    tracing::warn!(%why, "{what}");
    what.to_owned()
}
