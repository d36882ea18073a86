//! What the service does on its own because something was recorded: sending webhooks. It runs beside a server that takes
//! commands, and never in a replay, a rebuild or a read of the past.

mod destination;
mod webhooks;

use crate::app::Koinon;

/// What runs; it ends when it is told to.
pub struct Outward(tokio::task::JoinHandle<()>);

impl Outward {
    /// Ends it. What was under way is tried again after the next start.
    pub async fn stop(self) {
        self.0.abort();
        // It was told to end: how it ended says nothing.
        let _ = self.0.await;
    }
}

/// Starts what follows the log.
pub fn start(koinon: &Koinon, allow_private: bool) -> Outward {
    // Another part of the program may have chosen the provider before; there is only this one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Outward(tokio::spawn(webhooks::follow(koinon.clone(), allow_private)))
}
