//! Given, when, then for discussions.

use koinon_events::discussion::*;
use koinon_events::{Actor, Event};
use serde_json::{Value, json};

use crate::domain::scenario::Scenario;
use crate::domain::scenario::pair::*;

fn question() -> Value {
    json!({ "id": DISCUSSION, "subject": PAIR.subject(), "text": "Who pays the bus?", "mentions": [THANDI],
        "language": "en" })
}

fn answer() -> Value {
    json!({ "id": DISCUSSION, "text": "The host does" })
}

fn begun() -> Scenario {
    a_formed_pair().done("PostComment", question())
}

fn posted(comment: &str, body: &str) -> CommentPosted {
    CommentPosted {
        subject: PAIR.subject(),
        programme: Some(PROGRAMME),
        partnership: Some(PAIR),
        cities: vec![PORTO, ETHEKWINI],
        persons: Vec::new(),
        comment: text(comment),
        author: Actor::Person(ACTOR),
        text: text(body),
        mentions: Vec::new(),
        language: None,
    }
}

#[test]
fn the_first_comment_begins_a_discussion_on_its_subject() {
    a_formed_pair().when("PostComment", question()).then([Event::from(CommentPosted {
        mentions: vec![THANDI],
        language: Some(text("en")),
        ..posted("c1", "Who pays the bus?")
    })]);
    a_formed_pair().when("PostComment", answer()).then_unfit("/subject");
}

#[test]
fn a_further_comment_adds_to_the_discussion() {
    begun().when("PostComment", answer()).then([Event::from(posted("c2", "The host does"))]);
    begun().when("PostComment", with(answer(), "subject", json!(PORTO.subject()))).then_unfit("/subject");
}

#[test]
fn the_same_comment_is_not_posted_twice_in_a_row() {
    begun().when("PostComment", question()).then_refused("comment-already-posted");
    begun().done("PostComment", answer()).done("PostComment", question());
}

#[test]
fn nobody_comments_on_what_is_not_there_or_on_a_discussion() {
    a_formed_pair().when("PostComment", with(question(), "subject", json!(VISIT.subject()))).then_unfit("/subject");
    begun()
        .when("PostComment", with(with(question(), "subject", json!(DISCUSSION.subject())), "id", json!(SECOND)))
        .then_unfit("/subject");
    a_formed_pair().when("PostComment", with(question(), "mentions", json!([ERASED]))).then_unfit("/mentions/0");
}

#[test]
fn an_edited_comment_keeps_what_it_said() {
    let edit = json!({ "discussion": DISCUSSION, "comment": "c1", "text": "Who pays the coach?" });
    begun().when("EditComment", edit.clone()).then([Event::from(CommentEdited {
        comment: text("c1"),
        text: text("Who pays the coach?"),
        was_text: text("Who pays the bus?"),
        mentions: vec![THANDI],
    })]);
    begun().done("EditComment", edit.clone()).when("EditComment", edit.clone()).then_refused("comment-already-says-so");
    begun().when("EditComment", with(edit, "comment", "c9")).then_unfit("/comment");
}

#[test]
fn only_its_author_changes_a_comment() {
    let theirs = CommentPosted { author: Actor::Person(THANDI), ..posted("c1", "Who pays the bus?") };
    a_formed_pair()
        .happened(DISCUSSION, theirs)
        .when("EditComment", json!({ "discussion": DISCUSSION, "comment": "c1", "text": "Nobody" }))
        .then_refused("comment-of-another");
}

#[test]
fn a_hidden_comment_stays_hidden() {
    let hide = json!({ "discussion": DISCUSSION, "comment": "c1", "reason": "Names a private person" });
    begun()
        .when("HideComment", hide.clone())
        .then([Event::from(CommentHidden { comment: text("c1"), reason: text("Names a private person") })]);
    begun().done("HideComment", hide.clone()).when("HideComment", hide.clone()).then_refused("comment-already-hidden");
    begun()
        .done("HideComment", hide)
        .when("EditComment", json!({ "discussion": DISCUSSION, "comment": "c1", "text": "Back" }))
        .then_refused("comment-already-hidden");
}

#[test]
fn a_resolved_discussion_takes_no_more_comments() {
    let settle = json!({ "discussion": DISCUSSION, "conclusion": "The host pays" });
    begun()
        .when("ResolveDiscussion", settle.clone())
        .then([Event::from(DiscussionResolved { conclusion: Some(text("The host pays")) })]);
    let resolved = || begun().done("ResolveDiscussion", settle.clone());
    resolved().when("ResolveDiscussion", settle.clone()).then_refused("discussion-already-resolved");
    resolved().when("PostComment", answer()).then_refused("discussion-already-resolved");
}
