//! What can be asked about what one person follows. `following` is that person's id.

use koinon_events::following::Digest;
use koinon_events::{FollowingId, Subject};
use schemars::JsonSchema;
use serde::Deserialize;

/// Follows a subject.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FollowSubject {
    /// Who follows: the person's id.
    pub following: FollowingId,
    /// Which subject.
    pub subject: Subject,
}

/// Follows a subject no more.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnfollowSubject {
    /// Who followed: the person's id.
    pub following: FollowingId,
    /// Which subject.
    pub subject: Subject,
}

/// Chooses how often to be told what happened to the subjects followed.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetDigest {
    /// Who chooses: the person's id.
    pub following: FollowingId,
    /// How often.
    pub digest: Digest,
}

commands! {
    /// Commands on one person's following.
    Following: FollowingCommand {
        new FollowSubject(following), on UnfollowSubject(following), new SetDigest(following),
    }
}
