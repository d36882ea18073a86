//! What can be known about a webhook: an address that records are sent to. Its secret never stands here.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::family::family;
use crate::value::{Code, Line, Prose, WebAddress};
use crate::{CityId, PartnershipId, ProgrammeId};

/// Which records are sent; each filter left out lets all pass.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
pub struct WebhookFilters {
    /// Names of events, such as VisitScheduled; empty for all.
    #[serde(default)]
    pub types: Vec<Code>,
    /// Only records of this partnership.
    pub partnership: Option<PartnershipId>,
    /// Only records of this city.
    pub city: Option<CityId>,
}

/// Records will be sent to an address.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookRegistered {
    /// Where to.
    pub url: WebAddress,
    /// Only records of this programme; of all when absent.
    pub programme: Option<ProgrammeId>,
    /// Which records.
    pub filters: WebhookFilters,
    /// What it is for.
    pub description: Option<Line>,
}

/// Nothing is sent for the time being.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookPaused {
    /// Why.
    pub reason: Option<Prose>,
}

/// Records are sent again, from where they stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookResumed {}

/// What is sent is signed with another secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookSecretRotated {}

/// Nothing is sent any more.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookRemoved {
    /// Why.
    pub reason: Option<Prose>,
}

family! {
    /// Events of a webhook.
    Webhook: WebhookEvent {
        WebhookRegistered, WebhookPaused, WebhookResumed, WebhookSecretRotated, WebhookRemoved,
    }
}
