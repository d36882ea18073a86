//! The discussion: comments on some other subject, kept whole even when edited or hidden, until it is resolved.
//!
//! Only its author changes a comment. A resolved discussion takes no more comments.

mod commands;
#[cfg(test)]
mod scenarios;

use std::collections::BTreeMap;

use koinon_events::discussion::*;
use koinon_events::value::{Code, Prose};
use koinon_events::{Actor, DiscussionId, Kind, PersonId, ProgrammeId, Subject};

pub use commands::*;

use super::belonging::{check_list, subjects};
use super::context::{Context, World};
use super::rejection::rejections;
use super::state::Scope;
use super::{Decision, Rejection, fact};

/// How far a discussion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum DiscussionStatus {
    /// Takes comments.
    Open,
    /// Settled.
    Resolved,
}

/// What the rules need to know of one comment.
#[derive(Debug, Clone, PartialEq)]
pub struct Comment {
    /// Who wrote it.
    pub author: Actor,
    /// What it says.
    pub text: Prose,
    /// Persons it speaks to.
    pub mentions: Vec<PersonId>,
    /// Whether it is hidden from view.
    pub hidden: bool,
}

/// What the rules need to know of a discussion.
#[derive(Debug, Clone, PartialEq)]
pub struct Discussion {
    /// Its identity.
    pub id: DiscussionId,
    /// What it is about.
    pub subject: Subject,
    /// How far it is.
    pub status: DiscussionStatus,
    /// Its comments by id.
    pub comments: BTreeMap<Code, Comment>,
    /// The id of the comment that came last.
    pub last: Code,
    /// What its subject belongs to, as of the last comment.
    pub belongs: Scope,
}

impl Discussion {
    /// What it belongs to, with everybody who wrote or was spoken to.
    pub fn scope(&self) -> Scope {
        let authors = self.comments.values().filter_map(|comment| match comment.author {
            Actor::Person(author) => Some(author),
            _ => None,
        });
        let mentioned = self.comments.values().flat_map(|comment| comment.mentions.iter().copied());
        self.belongs.clone().with_persons(authors.chain(mentioned))
    }
}

/// The state after one more event.
pub fn evolve(state: Option<Discussion>, subject: Subject, event: &DiscussionEvent) -> Option<Discussion> {
    match (state, event) {
        (state, DiscussionEvent::CommentPosted(posted)) => Some(with_comment(state, subject, posted)),
        (None, _) => None,
        (Some(mut discussion), event) => {
            match event {
                DiscussionEvent::CommentPosted(_) => {}
                DiscussionEvent::CommentEdited(edited) => {
                    if let Some(comment) = discussion.comments.get_mut(&edited.comment) {
                        comment.text = edited.text.clone();
                        comment.mentions.clone_from(&edited.mentions);
                    }
                }
                DiscussionEvent::CommentHidden(hidden) => {
                    if let Some(comment) = discussion.comments.get_mut(&hidden.comment) {
                        comment.hidden = true;
                    }
                }
                DiscussionEvent::DiscussionResolved(_) => discussion.status = DiscussionStatus::Resolved,
            }
            Some(discussion)
        }
    }
}

fn with_comment(state: Option<Discussion>, subject: Subject, posted: &CommentPosted) -> Discussion {
    let belongs = Scope {
        programme: posted.programme,
        partnerships: posted.partnership.into_iter().collect(),
        cities: posted.cities.clone(),
        persons: posted.persons.clone(),
        ..Scope::default()
    };
    let mut discussion = state.unwrap_or_else(|| Discussion {
        id: DiscussionId(subject.id),
        subject: posted.subject,
        status: DiscussionStatus::Open,
        comments: BTreeMap::new(),
        last: posted.comment.clone(),
        belongs: Scope::default(),
    });
    let comment = Comment {
        author: posted.author.clone(),
        text: posted.text.clone(),
        mentions: posted.mentions.clone(),
        hidden: false,
    };
    discussion.comments.insert(posted.comment.clone(), comment);
    discussion.last = posted.comment.clone();
    discussion.belongs = belongs;
    discussion
}

/// The subjects a decision on a discussion needs to know.
pub fn relies_on(command: &DiscussionCommand, world: &World) -> Vec<Subject> {
    let discussion = world.discussion(DiscussionId(command.subject().id));
    let mut named = Vec::new();
    let about = match command {
        DiscussionCommand::PostComment(command) => {
            named.extend(subjects(&command.mentions));
            discussion.map(|discussion| discussion.subject).or(command.subject)
        }
        DiscussionCommand::EditComment(command) => {
            named.extend(command.mentions.iter().flat_map(|mentions| subjects(mentions)));
            None
        }
        DiscussionCommand::HideComment(_) | DiscussionCommand::ResolveDiscussion(_) => None,
    };
    named.extend(about);
    let programme = about
        .and_then(|about| world.state(about))
        .and_then(|state| state.scope().programme)
        .or_else(|| discussion.and_then(|discussion| discussion.belongs.programme));
    named.extend(programme.map(Subject::from));
    named
}

/// Decides a command on a discussion.
///
/// # Errors
/// Unfit fields, or the [`DiscussionRule`] that forbids it.
pub fn decide(discussion: Option<&Discussion>, command: &DiscussionCommand, context: &Context<'_>) -> Decision {
    if let DiscussionCommand::PostComment(command) = command {
        return post(discussion, command, context);
    }
    let discussion = discussion.ok_or(Rejection::Absent)?;
    if let Some(programme) = discussion.belongs.programme {
        context.open_programme("", programme)?;
    }
    match command {
        DiscussionCommand::PostComment(command) => post(Some(discussion), command, context),
        DiscussionCommand::EditComment(command) => edit(discussion, command, context),
        DiscussionCommand::HideComment(command) => {
            let comment = comment(discussion, &command.comment)?;
            if comment.hidden {
                return Err(DiscussionRule::CommentAlreadyHidden.into());
            }
            fact(CommentHidden { comment: command.comment.clone(), reason: command.reason.clone() })
        }
        DiscussionCommand::ResolveDiscussion(command) => match discussion.status {
            DiscussionStatus::Open => fact(DiscussionResolved { conclusion: command.conclusion.clone() }),
            DiscussionStatus::Resolved => Err(DiscussionRule::DiscussionAlreadyResolved.into()),
        },
    }
}

fn post(discussion: Option<&Discussion>, command: &PostComment, context: &Context<'_>) -> Decision {
    let about = match (discussion, command.subject) {
        (None, None) => return Err(Rejection::unfit("/subject", "is required to begin a discussion")),
        (None, Some(subject)) => subject,
        (Some(discussion), Some(subject)) if subject != discussion.subject => {
            return Err(Rejection::unfit("/subject", format!("this discussion is about {}", discussion.subject)));
        }
        (Some(discussion), _) => discussion.subject,
    };
    if matches!(about.kind, Kind::Log | Kind::Discussion | Kind::Webhook | Kind::Token | Kind::Following) {
        return Err(Rejection::unfit("/subject", format!("nobody comments on a {}", about.kind.word())));
    }
    let scope = context.exists("/subject", about)?.scope();
    if let Some(programme) = scope.programme {
        context.open_programme("/subject", programme)?;
    }
    check_mentions(&command.mentions, scope.programme, context)?;
    if let Some(discussion) = discussion {
        if discussion.status == DiscussionStatus::Resolved {
            return Err(DiscussionRule::DiscussionAlreadyResolved.into());
        }
        let last = discussion.comments.get(&discussion.last);
        if last.is_some_and(|last| last.text == command.text && last.author == *context.actor && !last.hidden) {
            return Err(DiscussionRule::CommentAlreadyPosted.into());
        }
    }
    let number = discussion.map_or(0, |discussion| discussion.comments.len()) + 1;
    let comment = Code::parse(&format!("c{number}")).map_err(|message| Rejection::unfit("/id", message))?;
    fact(CommentPosted {
        subject: about,
        programme: scope.programme,
        partnership: scope.partnership(),
        cities: scope.cities,
        persons: scope.persons,
        comment,
        author: context.actor.clone(),
        text: command.text.clone(),
        mentions: command.mentions.clone(),
        language: command.language.clone(),
    })
}

fn edit(discussion: &Discussion, command: &EditComment, context: &Context<'_>) -> Decision {
    let comment = comment(discussion, &command.comment)?;
    if comment.hidden {
        return Err(DiscussionRule::CommentAlreadyHidden.into());
    }
    if comment.author != *context.actor {
        return Err(DiscussionRule::CommentOfAnother.into());
    }
    let mentions = command.mentions.as_ref().unwrap_or(&comment.mentions);
    if let Some(mentions) = &command.mentions {
        check_mentions(mentions, discussion.belongs.programme, context)?;
    }
    if comment.text == command.text && comment.mentions == *mentions {
        return Err(DiscussionRule::CommentAlreadySaysSo.into());
    }
    fact(CommentEdited {
        comment: command.comment.clone(),
        text: command.text.clone(),
        was_text: comment.text.clone(),
        mentions: mentions.clone(),
    })
}

fn comment<'a>(discussion: &'a Discussion, id: &Code) -> Result<&'a Comment, Rejection> {
    discussion.comments.get(id).ok_or_else(|| Rejection::unfit("/comment", "this discussion has no such comment"))
}

fn check_mentions(
    mentions: &[PersonId],
    programme: Option<ProgrammeId>,
    context: &Context<'_>,
) -> Result<(), Rejection> {
    check_list("/mentions", mentions)?;
    mentions.iter().enumerate().try_for_each(|(at, person)| {
        let pointer = format!("/mentions/{at}");
        match programme {
            Some(programme) => context.person_in(&pointer, *person, programme),
            None => context.person(&pointer, *person).map(drop),
        }
    })
}

/// The rules that forbid commands on discussions.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[allow(missing_docs)]
pub enum DiscussionRule {
    #[error("This discussion is resolved already. Begin a new one.")]
    DiscussionAlreadyResolved,
    #[error("You have posted this comment already.")]
    CommentAlreadyPosted,
    #[error("This comment is hidden already.")]
    CommentAlreadyHidden,
    #[error("The comment says so already.")]
    CommentAlreadySaysSo,
    #[error("Somebody else wrote this comment. Answer it with a comment of your own.")]
    CommentOfAnother,
}

rejections!(DiscussionRule);
