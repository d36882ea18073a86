//! What the service does on its own because something was recorded: following the standing rules, sending
//! webhooks and mail. It runs beside a server that takes commands, and never in a replay, a rebuild or a read of the past.

mod mail;
mod post;
mod rules;
mod webhooks;

use crate::app::Koinon;
pub use mail::Mail;
pub use post::Post;

/// What runs; it ends when it is told to.
pub struct Outward(tokio::task::JoinSet<()>);

impl Outward {
    /// Ends it. What was under way is tried again after the next start.
    pub async fn stop(mut self) {
        self.0.shutdown().await;
    }
}

/// Starts what follows the log.
pub async fn start(koinon: &Koinon, allow_private: bool, mail: Option<Mail>) -> Outward {
    // Another part of the program may have chosen the provider before; there is only this one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // Before anything more can be recorded: what was recorded until now is followed by nothing.
    rules::switch_on(koinon).await;
    let mut outward = tokio::task::JoinSet::new();
    outward.spawn(webhooks::follow(koinon.clone(), allow_private));
    outward.spawn(rules::follow(koinon.clone()));
    if let Some(mail) = mail {
        if let Err(error) = koinon.mail_begins().await {
            tracing::warn!(%error, "mail could not be switched on; trying again");
        }
        outward.spawn(mail::follow(koinon.clone(), mail));
    }
    Outward(outward)
}
