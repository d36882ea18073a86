//! The forms of the daily work, by the journey in which they are filled in and sent with the keyboard alone. Each journey
//! ends by comparing what was sent with its list; here is seen that the lists leave nothing out that waits for anybody.

use std::collections::BTreeSet;
use std::path::Path;

use koinon::domain::command_shape;

/// From a visit to a pilot: the journey of `journeys.rs`.
pub const VISIT_TO_PILOT: &[&str] = &[
    "InvitePerson",
    "AcceptInvitation",
    "ScheduleVisit",
    "RescheduleVisit",
    "ConfirmVisit",
    "AssignExpert",
    "ConfirmDelegation",
    "AddSession",
    "PublishItinerary",
    "RecordLogistics",
    "StartVisit",
    "HoldSession",
    "CompleteVisit",
    "RecordLearning",
    "ValidateLearning",
    "PublishLearning",
    "ExpressInterest",
    "ProposePilot",
    "PlanPilot",
    "ApprovePilot",
    "LaunchPilot",
    "ReachMilestone",
];

/// A visit from its delegation to its end, and what was left to do: `visits.rs`.
pub const VISIT: &[&str] = &[
    "ProposeVisit",
    "ScheduleVisit",
    "InviteDelegate",
    // Sent for all sessions of another visit at once.
    "AddSession",
    "MoveSession",
    "StartVisit",
    "RecordAttendance",
    "CompleteVisit",
    "SubmitMissionNote",
    "ApproveMissionNote",
    "CloseVisit",
    "PostComment",
    "EditComment",
    "HideComment",
    "ResolveDiscussion",
    "RaiseAction",
    "ReassignAction",
    "ChangeDue",
    "CompleteAction",
    "VerifyAction",
];

/// A pair that forms, meets, is advised and takes a learning up: `partners.rs`.
pub const PARTNERS: &[&str] = &[
    "ProposePartnership",
    "AcceptPartnership",
    "KickOffPartnership",
    "AgreeTopics",
    "RecordAdvice",
    "AnswerAdvice",
    "ScheduleMeeting",
    "RescheduleMeeting",
    "HoldMeeting",
    "RecordDecision",
    "PublishMinutes",
    "PublishRecording",
    "ReviseLearning",
    "ExpressInterest",
    "CommitAdoption",
    "StartAdoption",
    "VerifyAdoption",
];

/// A pilot at work, and the cooperation project beside it: `pilots.rs`.
pub const PILOT: &[&str] = &[
    "RecordMeasurement",
    "CorrectMeasurement",
    "SlipMilestone",
    "ReachMilestone",
    "RaiseRisk",
    "ChangeRisk",
    "CloseRisk",
    "PausePilot",
    "ResumePilot",
    "CompletePilot",
    "DecideScaleUp",
    "ProposeProject",
    "AgreeProject",
    "AddDeliverable",
    "DeliverDeliverable",
];

/// A report from its first word to its acceptance: `reports.rs`.
pub const REPORT: &[&str] = &[
    "DefinePeriod",
    "OpenReport",
    "EditSection",
    "SubmitReport",
    "RaiseQuery",
    "AnswerQuery",
    "ReturnReport",
    "AcceptReport",
];

/// What waits for somebody and is not of the daily work.
const ELSEWHERE: &[&str] = &[
    // An administrator decides it, rarely.
    "ErasePerson",
    // A file is chosen in a window of the machine's own, which no browser's driver reaches.
    "RegisterDocument",
];

/// Compares what was sent with the list of a journey.
pub fn compare(sent: &BTreeSet<String>, list: &[&str]) {
    let list: BTreeSet<String> = list.iter().map(|command| (*command).to_owned()).collect();
    let (unsent, unlisted): (Vec<_>, Vec<_>) = (list.difference(sent).collect(), sent.difference(&list).collect());
    assert!(unsent.is_empty(), "no journey fills in the forms of {unsent:?}");
    assert!(unlisted.is_empty(), "the list does not tell of {unlisted:?}");
}

/// The commands that items of the inbox lead to, as its source names them.
fn waiting() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("projections/src/inbox");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let source: String = files.map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let words = source.split('"').filter(|word| command_shape(word).is_some());
    words.map(str::to_owned).collect()
}

#[test]
fn every_form_that_an_item_of_the_inbox_leads_to_is_filled_in_by_keyboard() {
    let waiting = waiting();
    assert!(waiting.len() > 30, "the inbox is read: {waiting:?}");
    let lists = [VISIT_TO_PILOT, VISIT, PARTNERS, PILOT, REPORT, ELSEWHERE].concat();
    let missing: Vec<&String> = waiting.iter().filter(|command| !lists.contains(&command.as_str())).collect();
    assert!(missing.is_empty(), "no journey of the keyboard fills in the forms of {missing:?}");
}
