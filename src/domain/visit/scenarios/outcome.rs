//! Scenarios of what comes of a visit.

use koinon_events::Event;
use koinon_events::visit::*;
use serde_json::{Value, json};

use super::{begun, cancelled, completed, planned};
use crate::domain::scenario::Scenario;
use crate::domain::scenario::pair::*;

fn visit() -> Value {
    json!({ "visit": VISIT })
}

fn signed() -> Value {
    json!({ "visit": VISIT, "present": [THANDI, SIPHO], "others": { PORTO.to_string(): 10 }, "document": SHEET })
}

fn note() -> Value {
    json!({ "visit": VISIT, "expert": INES, "days": "2.5", "text": "Ash is the point" })
}

fn accompanied() -> Scenario {
    planned().done("AssignExpert", json!({ "visit": VISIT, "expert": INES })).done("StartVisit", visit())
}

#[test]
fn a_visit_begins_once_it_has_dates() {
    planned()
        .when("StartVisit", with(visit(), "date", "2022-06-13"))
        .then([Event::from(VisitStarted { date: Some("2022-06-13".parse().unwrap()) })]);
    planned().done("ConfirmVisit", visit()).done("StartVisit", visit());
    begun().when("StartVisit", visit()).then_refused("visit-already-under-way");
    cancelled().when("StartVisit", visit()).then_refused("visit-already-cancelled");
}

#[test]
fn attendance_is_recorded_once_the_visit_is_under_way() {
    begun().when("RecordAttendance", signed()).then([Event::from(AttendanceRecorded {
        session: None,
        present: vec![THANDI, SIPHO],
        others: [(PORTO, 10)].into(),
        document: Some(SHEET),
        was_count: None,
        reason: None,
    })]);
    planned().when("RecordAttendance", signed()).then_refused("visit-not-under-way");
    cancelled().when("RecordAttendance", signed()).then_refused("visit-already-cancelled");
}

#[test]
fn attendance_is_corrected_after_the_visit_and_says_what_it_was() {
    let corrected = with(with(signed(), "others", json!({ PORTO.to_string(): 12 })), "reason", "Two came late");
    completed().done("RecordAttendance", signed()).when("RecordAttendance", corrected).then([Event::from(
        AttendanceRecorded {
            session: None,
            present: vec![THANDI, SIPHO],
            others: [(PORTO, 12)].into(),
            document: Some(SHEET),
            was_count: Some(12),
            reason: Some(text("Two came late")),
        },
    )]);
    completed()
        .done("RecordAttendance", signed())
        .when("RecordAttendance", signed())
        .then_refused("attendance-already-recorded");
}

#[test]
fn attendance_names_only_who_can_have_been_there() {
    begun().when("RecordAttendance", visit()).then_unfit("/present");
    begun().when("RecordAttendance", with(signed(), "present", json!([THANDI, THANDI]))).then_unfit("/present/1");
    begun().when("RecordAttendance", with(signed(), "present", json!([ERASED]))).then_unfit("/present/0");
    begun().done("RecordAttendance", with(signed(), "present", json!([INACTIVE])));
    let far = json!({ HAMBURG.to_string(): 3 });
    begun().when("RecordAttendance", with(signed(), "others", far)).then_unfit(&format!("/others/{HAMBURG}"));
    let many = json!({ PORTO.to_string(): 10_001 });
    begun().when("RecordAttendance", with(signed(), "others", many)).then_unfit(&format!("/others/{PORTO}"));
    begun().when("RecordAttendance", with(signed(), "session", "s9")).then_unfit("/session");
}

#[test]
fn a_withdrawn_document_is_no_attendance_sheet() {
    begun().when("RecordAttendance", with(signed(), "document", json!(WITHDRAWN))).then_unfit("/document");
    begun().when("RecordAttendance", with(signed(), "document", json!(VISIT))).then_unfit("/document");
}

#[test]
fn attendance_is_kept_by_session() {
    let session = json!({ "visit": VISIT, "title": "The plant at work" });
    planned()
        .done("AddSession", session)
        .done("StartVisit", visit())
        .done("RecordAttendance", signed())
        .when("RecordAttendance", with(signed(), "session", "s1"))
        .then([Event::from(AttendanceRecorded {
            session: Some(text("s1")),
            present: vec![THANDI, SIPHO],
            others: [(PORTO, 10)].into(),
            document: Some(SHEET),
            was_count: None,
            reason: None,
        })]);
}

#[test]
fn only_a_visit_under_way_is_completed() {
    begun()
        .when("CompleteVisit", with(visit(), "summary", "Three topics agreed"))
        .then([Event::from(VisitCompleted { summary: Some(text("Three topics agreed")), date: None })]);
    planned().when("CompleteVisit", visit()).then_refused("visit-not-under-way");
    completed().when("CompleteVisit", visit()).then_refused("visit-already-held");
}

#[test]
fn an_accompanying_expert_hands_in_a_note_and_corrects_it_until_it_is_approved() {
    accompanied().when("SubmitMissionNote", note()).then([Event::from(MissionNoteSubmitted {
        expert: INES,
        days: text("2.5"),
        document: None,
        text: Some(text("Ash is the point")),
        was_days: None,
    })]);
    let handed_in = || accompanied().done("SubmitMissionNote", note());
    handed_in().when("SubmitMissionNote", note()).then_refused("mission-note-already-submitted");
    handed_in().when("SubmitMissionNote", with(note(), "days", "3")).then([Event::from(MissionNoteSubmitted {
        expert: INES,
        days: text("3"),
        document: None,
        text: Some(text("Ash is the point")),
        was_days: Some(text("2.5")),
    })]);
    let ines = json!({ "visit": VISIT, "expert": INES });
    handed_in().when("ApproveMissionNote", ines.clone()).then([Event::from(MissionNoteApproved { expert: INES })]);
    let approved = || handed_in().done("ApproveMissionNote", ines.clone());
    approved().when("ApproveMissionNote", ines.clone()).then_refused("mission-note-already-approved");
    approved().when("SubmitMissionNote", with(note(), "days", "3")).then_refused("mission-note-already-approved");
    accompanied().when("ApproveMissionNote", ines).then_refused("mission-note-not-submitted");
}

#[test]
fn a_mission_note_is_of_an_expert_who_came_and_of_days_that_can_be() {
    begun().when("SubmitMissionNote", note()).then_refused("expert-not-assigned");
    accompanied().when("SubmitMissionNote", with(note(), "days", "0")).then_unfit("/days");
    accompanied().when("SubmitMissionNote", with(note(), "days", "367")).then_unfit("/days");
}

#[test]
fn a_visit_closes_with_its_attendance_and_a_learning() {
    completed()
        .done("RecordAttendance", signed())
        .done("RecordLearning", ash(VISIT))
        .when("CloseVisit", with(visit(), "learning", json!(LEARNING)))
        .then([Event::from(VisitClosed { learning: Some(LEARNING), reason: None })]);
}

#[test]
fn a_visit_that_lacks_attendance_or_a_learning_closes_only_with_a_reason() {
    completed().when("CloseVisit", visit()).then_refused("attendance-not-recorded");
    completed()
        .done("RecordAttendance", without(signed(), "document"))
        .when("CloseVisit", visit())
        .then_refused("attendance-not-recorded");
    completed().done("RecordAttendance", signed()).when("CloseVisit", visit()).then_refused("learning-not-named");
    completed()
        .when("CloseVisit", with(visit(), "reason", "The sheet was lost"))
        .then([Event::from(VisitClosed { learning: None, reason: Some(text("The sheet was lost")) })]);
}

#[test]
fn a_visit_closes_only_with_a_learning_of_its_own() {
    let other = with(with(june(), "id", json!(SECOND)), "objectives", "Another visit");
    completed()
        .done("ScheduleVisit", other)
        .done("RecordLearning", ash(SECOND))
        .when("CloseVisit", with(visit(), "learning", json!(LEARNING)))
        .then_unfit("/learning");
    completed().when("CloseVisit", with(visit(), "learning", json!(LEARNING))).then_unfit("/learning");
}

#[test]
fn only_a_completed_visit_closes_and_a_closed_one_takes_nothing_more() {
    let reason = with(visit(), "reason", "Nothing to add");
    begun().when("CloseVisit", reason.clone()).then_refused("visit-not-completed");
    let closed = || completed().done("CloseVisit", reason.clone());
    closed().when("CloseVisit", reason.clone()).then_refused("visit-already-closed");
    closed().when("RecordAttendance", signed()).then_refused("visit-already-closed");
}

#[test]
fn the_learnings_of_a_completed_visit_are_asked_for_once() {
    let ask = with(visit(), "due", "2022-07-01");
    completed()
        .when("RequestLearnings", ask.clone())
        .then([Event::from(LearningsRequested { due: "2022-07-01".parse().unwrap() })]);
    completed()
        .done("RequestLearnings", ask.clone())
        .when("RequestLearnings", ask.clone())
        .then_refused("learnings-already-requested");
    begun().when("RequestLearnings", ask.clone()).then_refused("visit-not-completed");
    let closed = completed().done("CloseVisit", with(visit(), "reason", "Nothing to add"));
    closed.when("RequestLearnings", ask).then_refused("visit-already-closed");
}
