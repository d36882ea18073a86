//! What the visits list shows of what happened.

use koinon_events::VisitId;
use serde_json::{Value, json};

use crate::story::{Story, id, story};

const VISIT: VisitId = VisitId(id(10));

fn plan() -> Value {
    json!({
        "programme": id(1), "partnership": id(4), "kind": "study-visit", "format": "in-person", "host_city": id(2),
        "visiting_cities": [id(3)], "from": "2022-06-13", "to": "2022-06-17", "themes": ["waste-to-energy"],
        "objectives": "See the plant at work", "follows": []
    })
}

fn scheduled() -> Story {
    story().happened(VISIT, "VisitScheduled", plan())
}

#[test]
fn a_scheduled_visit_shows_its_plan() {
    assert_eq!(
        scheduled().row("visits", VISIT.0),
        json!({
            "id": id(10), "programme": id(1), "partnership": id(4), "kind": "study-visit", "format": "in-person",
            "status": "scheduled", "host_city": id(2), "visiting_cities": [id(3)], "from": "2022-06-13",
            "to": "2022-06-17", "themes": ["waste-to-energy"], "objectives": "See the plant at work",
            "begun": {"position": 1, "recorded": "2022-04-04"}, "scheduled": {"position": 1, "recorded": "2022-04-04"},
            "version": 1, "position": 1, "updated": "2022-04-04"
        })
    );
}

#[test]
fn a_moved_visit_shows_its_new_days_and_the_reason() {
    let row = scheduled()
        .happened(
            VISIT,
            "VisitRescheduled",
            json!({"from": "2022-06-20", "to": "2022-06-24", "was_from": "2022-06-13", "was_to": "2022-06-17",
                   "reason": "Strike at the airport"}),
        )
        .row("visits", VISIT.0);
    assert_eq!((&row["from"], &row["to"]), (&json!("2022-06-20"), &json!("2022-06-24")));
    assert_eq!(row["reason"], "Strike at the airport");
    assert_eq!((&row["version"], &row["position"]), (&json!(2), &json!(2)));
}

#[test]
fn a_visit_proposed_and_then_scheduled_keeps_when_it_began() {
    let row = story()
        .happened(
            VISIT,
            "VisitProposed",
            json!({"programme": id(1), "kind": "study-visit", "format": "in-person", "host_city": id(2),
                   "visiting_cities": [id(3)], "window": "2022-06"}),
        )
        .happened(VISIT, "VisitScheduled", plan())
        .row("visits", VISIT.0);
    assert_eq!(row["status"], "scheduled");
    assert_eq!((&row["begun"]["position"], &row["scheduled"]["position"]), (&json!(1), &json!(2)));
}

#[test]
fn a_later_attendance_sheet_takes_the_place_of_the_first() {
    let sheet = |others: u32, document: u128| json!({"present": [id(50)], "others": {id(3).to_string(): others}, "document": id(document)});
    let row = scheduled()
        .happened(VISIT, "AttendanceRecorded", sheet(4, 70))
        .happened(VISIT, "AttendanceRecorded", sheet(5, 71))
        .row("visits", VISIT.0);
    assert_eq!(row["attendance"].as_array().unwrap().len(), 1);
    assert_eq!(row["attendance"][0]["others"][id(3).to_string()], 5);
    assert_eq!(row["attendance"][0]["mark"]["position"], 3);
}

#[test]
fn a_visit_shows_the_visits_that_continue_it() {
    let next = VisitId(id(11));
    let mut plan = plan();
    plan["follows"] = json!([VISIT.subject()]);
    let story = scheduled().happened(next, "VisitScheduled", plan);
    assert_eq!(story.row("visits", VISIT.0)["followed_by"], json!([next.subject()]));
    assert_eq!(story.row("visits", VISIT.0)["version"], 1, "another subject's event is not this one's version");
}

#[test]
fn sessions_are_moved_dropped_and_held() {
    let session = |name: &str| json!({"session": name, "title": "At the plant", "day": "2022-06-14", "speakers": []});
    let row = scheduled()
        .happened(VISIT, "SessionAdded", session("s1"))
        .happened(VISIT, "SessionAdded", session("s2"))
        .happened(
            VISIT,
            "SessionMoved",
            json!({"session": "s1", "day": "2022-06-15", "start": "09:30", "was_day": "2022-06-14", "reason": "Wind"}),
        )
        .happened(VISIT, "SessionDropped", json!({"session": "s2", "reason": "No room"}))
        .happened(VISIT, "SessionHeld", json!({"session": "s1"}))
        .row("visits", VISIT.0);
    assert_eq!(row["sessions"][0]["day"], "2022-06-15");
    assert_eq!(row["sessions"][0]["status"], "held");
    assert_eq!(row["sessions"][1]["status"], "dropped");
}
