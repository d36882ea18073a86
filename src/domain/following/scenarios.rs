//! Given, when, then for what one person follows.

use koinon_events::following::*;
use koinon_events::{Event, FollowingId};
use serde_json::{Value, json};

use crate::domain::Rejection;
use crate::domain::scenario::stage::*;
use crate::domain::scenario::{Scenario, id};

const THANDIS: FollowingId = FollowingId(THANDI.0);

fn the_pair() -> Value {
    json!({ "following": THANDIS, "subject": PAIR.subject() })
}

fn follows() -> Scenario {
    stage().done("FollowSubject", the_pair())
}

fn digest(how_often: &str) -> Value {
    json!({ "following": THANDIS, "digest": how_often })
}

#[test]
fn a_person_follows_a_subject_once() {
    stage().when("FollowSubject", the_pair()).then([Event::from(SubjectFollowed { subject: PAIR.subject() })]);
    follows().when("FollowSubject", the_pair()).then_refused("subject-already-followed");
}

#[test]
fn only_people_follow_and_only_what_is_there() {
    let nobody = json!({ "following": id(99), "subject": PAIR.subject() });
    stage().when("FollowSubject", nobody).then_unfit("/following");
    let erased = json!({ "following": ERASED.0, "subject": PAIR.subject() });
    stage().when("FollowSubject", erased).then_unfit("/following");
    stage().when("FollowSubject", with(the_pair(), "subject", json!(NOTHING.subject()))).then_unfit("/subject");
    let a_token = json!(format!("token/{}", id(60)));
    stage().when("FollowSubject", with(the_pair(), "subject", a_token)).then_unfit("/subject");
}

#[test]
fn a_person_stops_following() {
    follows().when("UnfollowSubject", the_pair()).then([Event::from(SubjectUnfollowed { subject: PAIR.subject() })]);
    let no_more = follows().done("UnfollowSubject", the_pair());
    no_more.when("UnfollowSubject", the_pair()).then_refused("subject-already-unfollowed");
}

#[test]
fn who_never_followed_anything_has_nothing_to_unfollow() {
    let refused = stage().when("UnfollowSubject", the_pair()).decided();
    assert_eq!(refused, Err(Rejection::Absent));
}

#[test]
fn how_often_to_be_told_is_chosen_anew_at_any_time() {
    stage()
        .when("SetDigest", digest("daily"))
        .then([Event::from(DigestSet { digest: Digest::Daily, was_digest: None })]);
    let daily = || follows().done("SetDigest", digest("daily"));
    daily()
        .when("SetDigest", digest("off"))
        .then([Event::from(DigestSet { digest: Digest::Off, was_digest: Some(Digest::Daily) })]);
    daily().when("SetDigest", digest("daily")).then_refused("digest-already-set");
}

#[test]
fn a_person_cannot_follow_without_end() {
    let many = (1000..2000).fold(stage(), |scenario, number| {
        let subject = koinon_events::VisitId(id(number)).subject();
        scenario.happened(THANDIS, SubjectFollowed { subject })
    });
    many.when("FollowSubject", the_pair()).then_refused("following-full");
}
