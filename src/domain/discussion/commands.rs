//! What can be asked of a discussion.

use koinon_events::value::{Code, Language, Prose};
use koinon_events::{DiscussionId, PersonId, Subject};
use schemars::JsonSchema;
use serde::Deserialize;

/// Comments on a subject: begins a discussion, or adds to one.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostComment {
    /// The discussion's id; a new discussion when there is none of this id.
    pub id: DiscussionId,
    /// What it is about, as kind/UUID; needed to begin a discussion.
    pub subject: Option<Subject>,
    /// What is said.
    pub text: Prose,
    /// Persons it speaks to.
    #[serde(default)]
    pub mentions: Vec<PersonId>,
    /// The language it is written in.
    pub language: Option<Language>,
}

/// Changes one's own comment; the record keeps what it said.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditComment {
    /// Which discussion.
    pub discussion: DiscussionId,
    /// Which comment, such as c1.
    pub comment: Code,
    /// What it says now.
    pub text: Prose,
    /// Persons it speaks to now; unchanged when left out.
    pub mentions: Option<Vec<PersonId>>,
}

/// Hides a comment from view; the record keeps it.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HideComment {
    /// Which discussion.
    pub discussion: DiscussionId,
    /// Which comment.
    pub comment: Code,
    /// Why.
    pub reason: Prose,
}

/// Says that a discussion is settled.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResolveDiscussion {
    /// Which discussion.
    pub discussion: DiscussionId,
    /// What came of it.
    pub conclusion: Option<Prose>,
}

commands! {
    /// Commands on a discussion.
    Discussion: DiscussionCommand {
        new PostComment(id), on EditComment(discussion), on HideComment(discussion), on ResolveDiscussion(discussion),
    }
}
