//! Links are seen from both ends: a visit knows its learnings, a learning its pilots and adoptions, a city what it
//! takes part in, a person the visits and actions.

use koinon_events::{
    ActionId, CityId, DiscussionId, DocumentId, LearningId, MeetingId, PartnershipId, PersonId, PilotId, ProgrammeId,
    ProjectId, ReportId, VisitId,
};
use serde_json::{Value, json};

use crate::story::{Story, id, story};

const PROGRAMME: ProgrammeId = ProgrammeId(id(1));
const CITY: CityId = CityId(id(2));
const PARTNERSHIP: PartnershipId = PartnershipId(id(5));
const VISIT: VisitId = VisitId(id(10));
const PERSON: PersonId = PersonId(id(50));
const LEARNING: LearningId = LearningId(id(70));
const PILOT: PilotId = PilotId(id(40));
const ACTION: ActionId = ActionId(id(60));

fn sealed(letter: &str) -> Value {
    json!({"sealed": letter.repeat(43)})
}

fn told() -> Story {
    let city = json!({"programme": PROGRAMME, "name": "Porto", "native_name": "Porto", "country": "PT",
                      "strand": "Europe", "latitude": "1", "longitude": "1", "population": 1,
                      "timezone": "Europe/Lisbon", "languages": ["pt"]});
    let person = json!({"name": sealed("n"), "email": sealed("e"), "organisation": "LIPOR", "city": CITY,
                        "languages": [], "kind": "delegate"});
    let proposed = json!({"programme": PROGRAMME, "cities": [CITY, id(3)], "themes": [], "rationale": "r"});
    let visit = json!({"programme": PROGRAMME, "partnership": PARTNERSHIP, "kind": "study-visit", "format": "in-person",
                       "host_city": CITY, "visiting_cities": [id(3)], "from": "2022-06-13", "to": "2022-06-17",
                       "themes": [], "follows": []});
    let learning = json!({"programme": PROGRAMME, "partnership": PARTNERSHIP, "title": "Ash", "what": "w",
                          "why_it_works": "y", "conditions": "c", "cost_order": "medium", "maturity": "proven",
                          "origin_city": CITY, "origin": VISIT.subject(), "themes": [], "language": "en"});
    let pilot = json!({"programme": PROGRAMME, "partnership": PARTNERSHIP, "title": "Road", "cities": [CITY],
                       "from_learnings": [LEARNING], "project": id(80), "problem": "p", "solution": "s",
                       "beneficiaries": "b"});
    let project = json!({"programme": PROGRAMME, "partnership": PARTNERSHIP, "objective": "Less ash", "bodies": []});
    let action = json!({"programme": PROGRAMME, "partnership": PARTNERSHIP, "text": "Train", "from": VISIT.subject(),
                        "owner": PERSON, "city": CITY, "due": "2022-07-01"});
    story()
        .happened(CITY, "CityRegistered", city)
        .happened(PERSON, "PersonInvited", person)
        .happened(PARTNERSHIP, "PartnershipProposed", proposed)
        .happened(VISIT, "VisitScheduled", visit)
        .happened(VISIT, "DelegateInvited", json!({"person": PERSON, "city": CITY}))
        .happened(LEARNING, "LearningRecorded", learning)
        .happened(ProjectId(id(80)), "ProjectProposed", project)
        .happened(PILOT, "PilotProposed", pilot)
        .happened(ACTION, "ActionRaised", action)
}

#[test]
fn a_visit_knows_its_learnings_and_actions() {
    let row = told().row("visits", VISIT.0);
    assert_eq!((&row["learnings"], &row["actions"]), (&json!([LEARNING]), &json!([ACTION])));
    assert_eq!(row["first_learning"]["position"], 6);
}

#[test]
fn a_learning_knows_its_pilots_and_who_uses_it() {
    let story = told().happened(LEARNING, "InterestExpressed", json!({"city": id(3)})).happened(
        LEARNING,
        "LearningDeclined",
        json!({"city": id(4), "reason": "No ash"}),
    );
    let row = story.row("learnings", LEARNING.0);
    assert_eq!(row["pilots"], json!([PILOT]));
    assert_eq!(
        (&row["adoptions"][0]["status"], &row["adoptions"][1]["reason"]),
        (&json!("interested"), &json!("No ash"))
    );
    assert_eq!(story.row("projects", id(80))["pilots"], json!([PILOT]));
}

#[test]
fn a_city_and_a_partnership_know_what_they_take_part_in() {
    let story = told();
    let city = story.row("cities", CITY.0);
    assert_eq!((&city["partnerships"], &city["visits"]), (&json!([PARTNERSHIP]), &json!([VISIT])));
    assert_eq!(
        (&city["learnings"], &city["pilots"], &city["actions"]),
        (&json!([LEARNING]), &json!([PILOT]), &json!([ACTION]))
    );
    let partnership = story.row("partnerships", PARTNERSHIP.0);
    for (field, ids) in [("visits", json!([VISIT])), ("learnings", json!([LEARNING])), ("pilots", json!([PILOT]))] {
        assert_eq!(partnership[field], ids, "{field}");
    }
    let left = story.happened(PARTNERSHIP, "CityRemoved", json!({"city": CITY, "reason": "Other plans"}));
    assert_eq!(left.row("cities", CITY.0)["partnerships"], Value::Null);
}

#[test]
fn a_person_knows_visits_and_actions_and_stays_sealed() {
    let row = told().row("people", PERSON.0);
    assert_eq!((&row["visits"], &row["actions"]), (&json!([VISIT]), &json!([ACTION])));
    assert_eq!(row["name"], sealed("n"), "only the edge opens a name");
}

#[test]
fn roles_hold_until_they_are_revoked_and_erasure_stands() {
    let story = told()
        .happened(PERSON, "InvitationAccepted", json!({}))
        .happened(PERSON, "RoleGranted", json!({"grant": "g1", "role": "delegate", "scope": CITY.subject()}))
        .happened(PERSON, "RoleGranted", json!({"grant": "g2", "role": "expert"}));
    assert_eq!(story.row("people", PERSON.0)["grants"].as_array().unwrap().len(), 2);
    let row = story
        .happened(PERSON, "RoleRevoked", json!({"grant": "g1", "role": "delegate", "reason": "Left"}))
        .happened(PERSON, "PersonErased", json!({"basis": "GDPR art. 17", "request": "R-1"}))
        .row("people", PERSON.0);
    assert_eq!((&row["grants"][0]["grant"], &row["status"]), (&json!("g2"), &json!("erased")));
    assert_eq!(row["erasure"]["request"], "R-1");
}

#[test]
fn what_is_said_and_shown_hangs_on_any_subject() {
    let (talk, paper) = (DiscussionId(id(90)), DocumentId(id(30)));
    let comment = |code: &str, text: &str| json!({"subject": VISIT.subject(), "comment": code, "author": PERSON.subject(), "text": text, "mentions": []});
    let document = json!({"programme": PROGRAMME, "title": "Sheet", "kind": "attendance-sheet",
                          "classification": "internal", "sha256": "0".repeat(64), "size": 1, "media_type": "text/plain"});
    let story = told()
        .happened(talk, "CommentPosted", comment("c1", "Which plant?"))
        .happened(talk, "CommentPosted", comment("c2", "The north one"))
        .happened(talk, "CommentHidden", json!({"comment": "c2", "reason": "Names a person"}))
        .happened(paper, "DocumentRegistered", document)
        .happened(paper, "EvidenceLinked", json!({"subject": VISIT.subject(), "claim": "Six came"}));
    let row = story.row("visits", VISIT.0);
    assert_eq!((&row["discussions"], &row["evidence"]), (&json!([talk]), &json!([paper])));
    let talk = story.row("discussions", talk.0);
    assert_eq!((talk["comments"].as_array().unwrap().len(), &talk["comments"][1]["text"]), (2, &Value::Null));
}

#[test]
fn a_pilot_shows_its_plan_its_approvals_and_what_was_measured() {
    let plan = json!({"at_meeting": id(20), "start": "2022-09-01", "end": "2023-03-31",
                      "milestones": [{"id": "m1", "title": "Site chosen", "due": "2022-10-15"}],
                      "indicators": [{"code": "ash", "name": "Ash reused", "unit": "t", "baseline": "0", "target": "1200"}],
                      "owner": "Durban Solid Waste", "risks": [], "approvals_void": []});
    let meeting = json!({"programme": PROGRAMME, "kind": "pilot-preparation", "title": "M",
                         "start": "2022-08-01T10:00", "timezone": "Europe/Lisbon"});
    let story = told()
        .happened(MeetingId(id(20)), "MeetingScheduled", meeting)
        .happened(PILOT, "PilotPlanned", plan)
        .happened(PILOT, "PilotApproved", json!({"city": CITY}))
        .happened(PILOT, "PilotPlanApproved", json!({}))
        .happened(PILOT, "PilotLaunched", json!({"date": "2022-09-01"}))
        .happened(PILOT, "MeasurementRecorded", json!({"indicator": "ash", "value": "310.5", "period": "2022-10", "evidence": []}))
        .happened(PILOT, "MeasurementCorrected", json!({"indicator": "ash", "value": "300", "was_value": "310.5", "period": "2022-10", "reason": "Wet ash", "evidence": []}))
        .happened(PILOT, "MilestoneSlipped", json!({"milestone": "m1", "due": "2022-11-15", "was_due": "2022-10-15", "reason": "Permit"}))
        .happened(PILOT, "PilotPaused", json!({"reason": "Flood"}));
    let row = story.row("pilots", PILOT.0);
    assert_eq!((&row["status"], &row["reason"]), (&json!("paused"), &json!("Flood")));
    assert_eq!(row["indicators"][0]["measurements"][0]["value"], "300");
    assert_eq!((&row["milestones"][0]["due"], &row["approvals"][0]["city"]), (&json!("2022-11-15"), &json!(CITY)));
    assert_eq!(story.row("meetings", id(20))["pilots"], json!([PILOT]));
}

#[test]
fn a_report_shows_its_texts_questions_and_each_time_it_was_handed_in() {
    let report = ReportId(id(95));
    let story = told()
        .happened(report, "ReportOpened", json!({"programme": PROGRAMME, "period": 1, "scope": {"kind": "programme"}}))
        .happened(report, "SectionEdited", json!({"section": "highlights", "text": "One"}))
        .happened(report, "SectionEdited", json!({"section": "highlights", "text": "Two", "was_text": "One"}))
        .happened(report, "ReportSubmitted", json!({"submitted_by": PERSON.subject()}))
        .happened(report, "QueryRaised", json!({"query": "q1", "figure": "RCO 81", "text": "Where is the sheet?"}))
        .happened(report, "QueryAnswered", json!({"query": "q1", "text": "Linked", "position": 7}))
        .happened(report, "ReportReturned", json!({"reasons": "Add the sheet"}));
    let row = story.row("reports", report.0);
    assert_eq!((row["sections"].as_array().unwrap().len(), &row["sections"][0]["text"]), (1, &json!("Two")));
    assert_eq!(
        (&row["submissions"][0]["as_of"], &row["submissions"][0]["returned"]),
        (&json!(12), &json!("Add the sheet"))
    );
    assert_eq!((&row["queries"][0]["shown_by"], &row["status"]), (&json!(7), &json!("returned")));
}
