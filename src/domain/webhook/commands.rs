//! What can be asked of a webhook.

use koinon_events::value::{Line, Prose, WebAddress};
use koinon_events::webhook::WebhookFilters;
use koinon_events::{ProgrammeId, WebhookId};
use schemars::JsonSchema;
use serde::Deserialize;

/// Has records sent to an address.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterWebhook {
    /// The new webhook's id.
    pub id: WebhookId,
    /// Where to.
    pub url: WebAddress,
    /// Only records of this programme; of all when absent.
    pub programme: Option<ProgrammeId>,
    /// Which records; all when absent.
    #[serde(default)]
    pub filters: WebhookFilters,
    /// What it is for.
    pub description: Option<Line>,
}

/// Stops sending for the time being.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PauseWebhook {
    /// Which webhook.
    pub webhook: WebhookId,
    /// Why.
    pub reason: Option<Prose>,
}

/// Sends again, from where it stopped.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResumeWebhook {
    /// Which webhook.
    pub webhook: WebhookId,
}

/// Makes another secret to sign with; the answer shows it once. Each time is a new one.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RotateWebhookSecret {
    /// Which webhook.
    pub webhook: WebhookId,
}

/// Ends a webhook for good.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveWebhook {
    /// Which webhook.
    pub webhook: WebhookId,
    /// Why.
    pub reason: Option<Prose>,
}

commands! {
    /// Commands on a webhook.
    Webhook: WebhookCommand {
        new RegisterWebhook(id), on PauseWebhook(webhook), on ResumeWebhook(webhook), on RotateWebhookSecret(webhook),
        on RemoveWebhook(webhook),
    }
}
