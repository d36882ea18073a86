//! What one person follows, and how often they are told.
//!
//! There is one following per person and its id is the person's: `following/UUID` belongs to `person/UUID`.

mod commands;
#[cfg(test)]
mod scenarios;

use std::collections::BTreeSet;

use koinon_events::following::*;
use koinon_events::{FollowingId, Kind, PersonId, Subject};

pub use commands::*;

use super::context::{Context, World};
use super::rejection::rejections;
use super::state::Scope;
use super::{Decision, Rejection, fact};

/// How many subjects one person can follow.
const MOST_SUBJECTS: usize = 1000;

/// What the rules need to know of a following.
#[derive(Debug, Clone, PartialEq)]
pub struct Following {
    /// Its identity, which is the person's.
    pub id: FollowingId,
    /// The subjects followed.
    pub subjects: BTreeSet<Subject>,
    /// How often to be told, once chosen.
    pub digest: Option<Digest>,
}

impl Following {
    /// What it belongs to.
    pub fn scope(&self) -> Scope {
        Scope { persons: vec![PersonId(self.id.0)], ..Scope::default() }
    }
}

/// The state after one more event.
pub fn evolve(state: Option<Following>, subject: Subject, event: &FollowingEvent) -> Option<Following> {
    let mut following =
        state.unwrap_or_else(|| Following { id: FollowingId(subject.id), subjects: BTreeSet::new(), digest: None });
    match event {
        FollowingEvent::SubjectFollowed(followed) => {
            following.subjects.insert(followed.subject);
        }
        FollowingEvent::SubjectUnfollowed(unfollowed) => {
            following.subjects.remove(&unfollowed.subject);
        }
        FollowingEvent::DigestSet(set) => following.digest = Some(set.digest),
    }
    Some(following)
}

/// The subjects a decision on a following needs to know.
pub fn relies_on(command: &FollowingCommand, _world: &World) -> Vec<Subject> {
    let person = PersonId(command.subject().id).subject();
    match command {
        FollowingCommand::FollowSubject(follow) => vec![person, follow.subject],
        FollowingCommand::UnfollowSubject(_) => Vec::new(),
        FollowingCommand::SetDigest(_) => vec![person],
    }
}

/// Decides a command on what one person follows.
///
/// # Errors
/// Unfit fields, or the [`FollowingRule`] that forbids it.
pub fn decide(following: Option<&Following>, command: &FollowingCommand, context: &Context<'_>) -> Decision {
    match command {
        FollowingCommand::FollowSubject(command) => follow(following, command, context),
        FollowingCommand::UnfollowSubject(command) => {
            let following = following.ok_or(Rejection::Absent)?;
            if !following.subjects.contains(&command.subject) {
                return Err(FollowingRule::SubjectAlreadyUnfollowed.into());
            }
            fact(SubjectUnfollowed { subject: command.subject })
        }
        FollowingCommand::SetDigest(command) => {
            context.available("/following", PersonId(command.following.0))?;
            let was = following.and_then(|following| following.digest);
            if was == Some(command.digest) {
                return Err(FollowingRule::DigestAlreadySet.into());
            }
            fact(DigestSet { digest: command.digest, was_digest: was })
        }
    }
}

fn follow(following: Option<&Following>, command: &FollowSubject, context: &Context<'_>) -> Decision {
    context.available("/following", PersonId(command.following.0))?;
    if matches!(command.subject.kind, Kind::Log | Kind::Webhook | Kind::Token | Kind::Following) {
        return Err(Rejection::unfit("/subject", "this kind of subject cannot be followed"));
    }
    context.exists("/subject", command.subject)?;
    let followed = following.map(|following| &following.subjects);
    if followed.is_some_and(|subjects| subjects.contains(&command.subject)) {
        return Err(FollowingRule::SubjectAlreadyFollowed.into());
    }
    if followed.is_some_and(|subjects| subjects.len() >= MOST_SUBJECTS) {
        return Err(FollowingRule::FollowingFull.into());
    }
    fact(SubjectFollowed { subject: command.subject })
}

/// The rules that forbid commands on what one person follows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[allow(missing_docs)]
pub enum FollowingRule {
    #[error("This is followed already.")]
    SubjectAlreadyFollowed,
    #[error("This is not followed, or already no more.")]
    SubjectAlreadyUnfollowed,
    #[error("A person can follow {MOST_SUBJECTS} subjects at once. Stop following one first.")]
    FollowingFull,
    #[error("This is set so already.")]
    DigestAlreadySet,
}

rejections!(FollowingRule);
