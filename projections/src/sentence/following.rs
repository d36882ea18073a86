//! What somebody chose to follow, in words.

use koinon_events::following::FollowingEvent;

use super::{Sentence, Term};

pub(super) fn sentence(event: &FollowingEvent) -> Sentence {
    match event {
        FollowingEvent::SubjectFollowed(event) => Sentence::new("subject-followed").with("subject", event.subject),
        FollowingEvent::SubjectUnfollowed(event) => Sentence::new("subject-unfollowed").with("subject", event.subject),
        FollowingEvent::DigestSet(event) => Sentence::new("digest-set")
            .with_optional("was_digest", event.was_digest.map(|digest| Term::Word(digest.into())))
            .with("digest", Term::Word(event.digest.into())),
    }
}
