//! The periodic reports: handed in, asked about, returned, handed in again, accepted; one reopened, the last one open.

use serde_json::json;

use super::{Script, city, id, programme};

const COORDINATOR: &str = "coordinator";

pub(super) fn tell(script: &mut Script) {
    first(script);
    of_one_strand(script);
    second(script);
    last(script);
}

fn open(script: &mut Script, at: &str, key: &str, period: u32) {
    script.add(
        at,
        COORDINATOR,
        "OpenReport",
        json!({ "id": id("report", key), "programme": programme(), "period": period }),
    );
}

fn write(script: &mut Script, at: &str, key: &str, section: &str, text: &str) {
    let body = json!({ "report": id("report", key), "section": section, "text": text, "language": "en" });
    script.add(at, COORDINATOR, "EditSection", body);
}

fn first(script: &mut Script) {
    open(script, "2022-04-11T09:30", "p1", 1);
    write(
        script,
        "2022-04-20T09:00",
        "p1",
        "highlights",
        "Fourteen pairs of cities were formed and met for the first time.",
    );
    write(script, "2022-04-20T09:30", "p1", "activities", "Three kick-off meetings and four online meetings.");
    write(script, "2022-04-20T10:00", "p1", "problems-and-deviations", "Hong Kong left before the pairs were formed.");
    write(script, "2022-04-20T10:30", "p1", "next-period", "Eight study visits in June.");
    script.row(82, COORDINATOR, "SubmitReport", json!({ "report": id("report", "p1"), "note": "First report." }));
    let query = json!({
        "report": id("report", "p1"), "query": "q1", "figure": "RCO 81", "due": "2022-05-20",
        "text": "The 40 participants of the South Africa kick-off are not counted: where is the attendance list?",
    });
    script.add("2022-05-06T09:30", "officer", "RaiseQuery", query);
    let returned = json!({ "report": id("report", "p1"), "reasons": "Add evidence for the attendance of the kick-off of the South Africa strand." });
    script.row(95, "officer", "ReturnReport", returned);
    let answer = json!({ "report": id("report", "p1"), "query": "q1", "text": "The list was found; it is linked to the meeting." });
    script.add("2022-05-20T14:10", COORDINATOR, "AnswerQuery", answer);
    script.row(
        102,
        COORDINATOR,
        "SubmitReport",
        json!({ "report": id("report", "p1"), "note": "Version 2: the attendance list is linked." }),
    );
    script.row(110, "officer", "AcceptReport", json!({ "report": id("report", "p1") }));
}

/// A report on one strand, accepted and later opened again.
fn of_one_strand(script: &mut Script) {
    let opened = json!({
        "id": id("report", "p1-za"), "programme": programme(), "period": 1, "scope": { "kind": "strand", "strand": "South Africa" },
    });
    script.add("2022-06-02T09:00", COORDINATOR, "OpenReport", opened);
    write(script, "2022-06-02T09:30", "p1-za", "highlights", "Four pairs met.");
    script.add("2022-06-07T09:00", COORDINATOR, "SubmitReport", json!({ "report": id("report", "p1-za") }));
    let accepted =
        json!({ "report": id("report", "p1-za"), "conditions": "Name the expert of each pair in the next one." });
    script.add("2022-06-14T09:00", "officer-2", "AcceptReport", accepted);
    let reopened = json!({ "report": id("report", "p1-za"), "reason": "It names a city that had left." });
    script.add("2022-12-02T09:00", "officer-2", "ReopenReport", reopened);
}

fn second(script: &mut Script) {
    open(script, "2022-10-10T09:30", "p2", 2);
    write(
        script,
        "2022-10-17T09:00",
        "p2",
        "highlights",
        "All eight June visits took place; eleven learnings are published.",
    );
    write(
        script,
        "2022-10-17T09:30",
        "p2",
        "activities",
        "Visits, one webinar, three meetings to consolidate what was learnt.",
    );
    write(script, "2022-10-17T10:00", "p2", "problems-and-deviations", "The visit of Tshwane moved to October.");
    write(script, "2022-10-17T10:30", "p2", "next-period", "Pilot projects are proposed in November.");
    let spoken = json!({
        "report": id("report", "p2"), "section": "highlights", "city": city("porto"), "language": "pt",
        "text": "A visita de eThekwini mostrou-nos a nossa própria cidade com outros olhos.",
    });
    script.add("2022-10-18T09:00", COORDINATOR, "EditSection", spoken);
    script.row(
        200,
        COORDINATOR,
        "SubmitReport",
        json!({ "report": id("report", "p2"), "note": "8 June visits, 11 learnings." }),
    );
    let query = json!({ "report": id("report", "p2"), "query": "q1", "section": "next-period", "text": "Which of the pilots have funds?", "due": "2022-11-11" });
    script.add("2022-11-04T09:00", "officer", "RaiseQuery", query);
    let answer = json!({ "report": id("report", "p2"), "query": "q1", "text": "All four begin with own funds; one cooperation project asks a bank." });
    script.add("2022-11-08T09:00", COORDINATOR, "AnswerQuery", answer);
    script.row(
        204,
        "officer",
        "AcceptReport",
        json!({ "report": id("report", "p2"), "conditions": "Say in the last report what became of the pilots." }),
    );
}

fn last(script: &mut Script) {
    open(script, "2023-02-01T11:00", "p3", 3);
    write(script, "2023-02-02T09:00", "p3", "highlights", "Four pilots began on 16 January.");
    write(
        script,
        "2023-04-20T09:00",
        "p3",
        "activities",
        "Visits, pilots, a masterclass in Durban and the closing event.",
    );
    write(
        script,
        "2023-04-20T09:30",
        "p3",
        "problems-and-deviations",
        "The sensors came late; the pilot paused for two weeks.",
    );
    write(
        script,
        "2023-04-20T10:00",
        "p3",
        "next-period",
        "Nothing: the programme has ended. Frankfurt plans a centre.",
    );
    script.row(237, COORDINATOR, "SubmitReport", json!({ "report": id("report", "p3"), "note": "Final report." }));
    script.row(238, "officer", "AcceptReport", json!({ "report": id("report", "p3") }));
}
