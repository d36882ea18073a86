//! What happened to a webhook, in words.

use koinon_events::webhook::WebhookEvent;

use super::Sentence;

pub(super) fn sentence(event: &WebhookEvent) -> Sentence {
    match event {
        WebhookEvent::WebhookRegistered(event) => Sentence::new("webhook-registered")
            .with("url", &event.url)
            .with_optional("programme", event.programme.map(|id| id.subject())),
        WebhookEvent::WebhookPaused(event) => {
            Sentence::new("webhook-paused").with_optional("reason", event.reason.as_ref())
        }
        WebhookEvent::WebhookResumed(_) => Sentence::new("webhook-resumed"),
        WebhookEvent::WebhookSecretRotated(_) => Sentence::new("webhook-secret-rotated"),
        WebhookEvent::WebhookRemoved(event) => {
            Sentence::new("webhook-removed").with_optional("reason", event.reason.as_ref())
        }
    }
}
