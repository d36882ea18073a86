//! What can be known about what one person follows, and how often they are told. Its id is the person's id.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::Subject;
use crate::family::family;

/// How often somebody is told what happened.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Digest {
    /// Never.
    Off,
    /// At once.
    Instant,
    /// Once a day.
    Daily,
    /// Once a week.
    Weekly,
}

/// The person wants to hear what happens to a subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubjectFollowed {
    /// Which subject.
    pub subject: Subject,
}

/// The person no longer wants to hear of a subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubjectUnfollowed {
    /// Which subject.
    pub subject: Subject,
}

/// The person chose how often to be told.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DigestSet {
    /// How often from now on.
    pub digest: Digest,
    /// How often until now; absent when never chosen.
    pub was_digest: Option<Digest>,
}

family! {
    /// Events of one person's following.
    Following: FollowingEvent {
        SubjectFollowed, SubjectUnfollowed, DigestSet,
    }
}
