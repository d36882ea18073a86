//! What can be known about a discussion: comments on some other subject, until they are resolved.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::family::family;
use crate::value::{Code, Language, Prose};
use crate::{Actor, CityId, PartnershipId, PersonId, ProgrammeId, Subject};

/// Somebody commented. The first comment begins the discussion.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommentPosted {
    /// What the discussion is about.
    pub subject: Subject,
    /// The programme of what it is about.
    pub programme: Option<ProgrammeId>,
    /// The partnership of what it is about.
    pub partnership: Option<PartnershipId>,
    /// The cities of what it is about.
    #[serde(default)]
    pub cities: Vec<CityId>,
    /// The persons concerned by what it is about: assigned experts, owners.
    #[serde(default)]
    pub persons: Vec<PersonId>,
    /// The comment's id within the discussion.
    pub comment: Code,
    /// Who wrote it; only the author may change it.
    pub author: Actor,
    /// What was written.
    pub text: Prose,
    /// Persons it speaks to.
    #[serde(default)]
    pub mentions: Vec<PersonId>,
    /// The language it is written in.
    pub language: Option<Language>,
}

/// The author changed a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommentEdited {
    /// Which comment.
    pub comment: Code,
    /// What it says now.
    pub text: Prose,
    /// What it said until now.
    pub was_text: Prose,
    /// Persons it speaks to now.
    #[serde(default)]
    pub mentions: Vec<PersonId>,
}

/// A comment was hidden from view; the record keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommentHidden {
    /// Which comment.
    pub comment: Code,
    /// Why.
    pub reason: Prose,
}

/// The discussion is settled.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DiscussionResolved {
    /// What came of it.
    pub conclusion: Option<Prose>,
}

family! {
    /// Events of a discussion.
    Discussion: DiscussionEvent {
        CommentPosted, CommentEdited, CommentHidden, DiscussionResolved,
    }
}
