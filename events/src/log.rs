//! What happens to the log itself.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::family::family;
use crate::value::Line;

/// The log was begun. Always the first event; fixes the name under which its checkpoints are signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LogCreated {
    /// The origin line of every checkpoint: `koinon.example/log`.
    pub origin: Line,
}

/// A new key signs the checkpoints; the old one signs beside it for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SigningKeyRotated {
    /// The verifier key that signed until now.
    pub from: Line,
    /// The verifier key that signs from now on.
    pub to: Line,
    /// What the old key signed the new one with, in base64: key id and Ed25519 signature, as in a signed note. Whoever
    /// trusts the old key trusts the new one for it, and no further where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Line>,
}

family! {
    /// Events of the log itself.
    Log: LogEvent { LogCreated, SigningKeyRotated }
}
