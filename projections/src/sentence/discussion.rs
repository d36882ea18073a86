//! What happened in a discussion, in words.

use koinon_events::discussion::DiscussionEvent;

use super::Sentence;

pub(super) fn sentence(event: &DiscussionEvent) -> Sentence {
    match event {
        DiscussionEvent::CommentPosted(event) => {
            Sentence::new("comment-posted").with("subject", event.subject).with("text", &event.text)
        }
        DiscussionEvent::CommentEdited(event) => Sentence::new("comment-edited")
            .with("comment", &event.comment)
            .with("was_text", &event.was_text)
            .with("text", &event.text),
        DiscussionEvent::CommentHidden(event) => {
            Sentence::new("comment-hidden").with("comment", &event.comment).with("reason", &event.reason)
        }
        DiscussionEvent::DiscussionResolved(event) => {
            Sentence::new("discussion-resolved").with_optional("conclusion", event.conclusion.as_ref())
        }
    }
}
