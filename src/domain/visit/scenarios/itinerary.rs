//! Scenarios of the itinerary and its logistics.

use koinon_events::Event;
use koinon_events::visit::*;
use serde_json::{Value, json};

use super::{begun, cancelled, planned};
use crate::domain::scenario::Scenario;
use crate::domain::scenario::pair::*;

fn plant() -> Value {
    json!({ "visit": VISIT, "title": "The plant at work", "theme": "waste-to-energy", "body": "LIPOR",
        "place": "Gate 2", "day": "2022-06-14", "start": "09:30", "end": "11:00", "speakers": [INES], "language": "pt" })
}

fn with_plant() -> Scenario {
    planned().done("AddSession", plant())
}

fn first(field: &str, value: &str) -> Value {
    with(json!({ "visit": VISIT, "session": "s1" }), field, value)
}

#[test]
fn a_session_enters_the_itinerary_under_an_id_of_its_own() {
    planned().when("AddSession", plant()).then([Event::from(SessionAdded {
        session: text("s1"),
        title: text("The plant at work"),
        theme: Some(text("waste-to-energy")),
        body: Some(text("LIPOR")),
        place: Some(text("Gate 2")),
        day: Some("2022-06-14".parse().unwrap()),
        start: Some("09:30".parse().unwrap()),
        end: Some("11:00".parse().unwrap()),
        speakers: vec![INES],
        language: Some(text("pt")),
    })]);
}

#[test]
fn the_same_session_is_not_added_twice() {
    with_plant().when("AddSession", plant()).then_refused("session-already-exists");
    with_plant()
        .when("AddSession", json!({ "visit": VISIT, "session": "s1", "title": "Another" }))
        .then_refused("session-already-exists");
}

#[test]
fn a_session_lies_within_its_visit_and_ends_after_it_starts() {
    planned().when("AddSession", with(plant(), "day", "2022-06-20")).then_unfit("/day");
    planned().when("AddSession", with(plant(), "end", "09:00")).then_unfit("/end");
    planned().when("AddSession", with(plant(), "theme", "magic")).then_unfit("/theme");
    planned().when("AddSession", with(plant(), "speakers", json!([INES, ACTOR]))).then_unfit("/speakers/1");
    cancelled().when("AddSession", plant()).then_refused("visit-already-cancelled");
}

#[test]
fn a_session_moves_and_says_where_it_was() {
    with_plant().when("MoveSession", first("day", "2022-06-15")).then([Event::from(SessionMoved {
        session: text("s1"),
        day: Some("2022-06-15".parse().unwrap()),
        start: Some("09:30".parse().unwrap()),
        end: Some("11:00".parse().unwrap()),
        place: Some(text("Gate 2")),
        was_day: Some("2022-06-14".parse().unwrap()),
        was_start: Some("09:30".parse().unwrap()),
        was_end: Some("11:00".parse().unwrap()),
        was_place: Some(text("Gate 2")),
        reason: None,
    })]);
}

#[test]
fn a_session_is_moved_only_to_another_place_or_time_that_fits() {
    with_plant().when("MoveSession", first("day", "2022-06-14")).then_refused("session-already-there");
    with_plant().when("MoveSession", first("start", "12:00")).then_unfit("/end");
    with_plant().when("MoveSession", json!({ "visit": VISIT, "session": "s1" })).then_unfit("");
    with_plant()
        .when("MoveSession", json!({ "visit": VISIT, "session": "s7", "place": "Hall" }))
        .then_unfit("/session");
}

#[test]
fn a_dropped_session_is_gone() {
    with_plant()
        .when("DropSession", first("reason", "The plant stands still"))
        .then([Event::from(SessionDropped { session: text("s1"), reason: text("The plant stands still") })]);
    let dropped = || with_plant().done("DropSession", first("reason", "The plant stands still"));
    dropped().when("DropSession", first("reason", "Again")).then_refused("session-already-dropped");
    dropped().when("MoveSession", first("day", "2022-06-15")).then_refused("session-already-dropped");
    dropped().done("AddSession", plant());
}

#[test]
fn an_itinerary_is_published_and_again_after_it_changed() {
    let visit = json!({ "visit": VISIT });
    planned().when("PublishItinerary", visit.clone()).then_refused("itinerary-is-empty");
    with_plant().when("PublishItinerary", visit.clone()).then([Event::from(ItineraryPublished {})]);
    let published = || with_plant().done("PublishItinerary", visit.clone());
    published().when("PublishItinerary", visit.clone()).then_refused("itinerary-already-published");
    published().done("MoveSession", first("day", "2022-06-15")).done("PublishItinerary", visit.clone());
}

#[test]
fn logistics_say_how_far_they_were() {
    let asked = json!({ "visit": VISIT, "kind": "Interpreting", "state": "requested", "due": "2022-06-01" });
    let noted = || planned().done("RecordLogistics", asked.clone());
    noted().when("RecordLogistics", with(asked.clone(), "state", "settled")).then([Event::from(LogisticsRecorded {
        kind: text("Interpreting"),
        state: LogisticsState::Settled,
        due: Some("2022-06-01".parse().unwrap()),
        was_state: Some(LogisticsState::Requested),
        was_due: Some("2022-06-01".parse().unwrap()),
    })]);
    noted().when("RecordLogistics", asked.clone()).then_refused("logistics-already-recorded");
}

#[test]
fn a_session_is_held_or_skipped_only_once_the_visit_began() {
    with_plant().when("HoldSession", first("notes", "Much to see")).then_refused("visit-not-under-way");
    let going = || with_plant().done("StartVisit", json!({ "visit": VISIT }));
    going()
        .when("HoldSession", first("notes", "Much to see"))
        .then([Event::from(SessionHeld { session: text("s1"), notes: Some(text("Much to see")) })]);
    going()
        .done("HoldSession", first("notes", "Much to see"))
        .when("SkipSession", first("reason", "No time"))
        .then_refused("session-already-held");
    going()
        .when("SkipSession", first("reason", "No time"))
        .then([Event::from(SessionSkipped { session: text("s1"), reason: text("No time") })]);
    going()
        .done("SkipSession", first("reason", "No time"))
        .when("HoldSession", first("notes", "After all"))
        .then_refused("session-already-skipped");
    begun().when("HoldSession", first("notes", "Nothing planned")).then_unfit("/session");
}
