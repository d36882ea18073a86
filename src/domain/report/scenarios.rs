//! Given, when, then for reports.

use koinon_events::report::*;
use koinon_events::{Actor, Event, PersonId, ReportId};
use serde_json::{Value, json};

use crate::domain::partnership::PartnershipStatus;
use crate::domain::programme::ProgrammeStatus;
use crate::domain::scenario::stage::*;
use crate::domain::scenario::{Scenario, id};

const REPORT: ReportId = ReportId(id(70));

fn first_period() -> Value {
    json!({ "id": REPORT, "programme": PROGRAMME, "period": 1 })
}

fn opened() -> Scenario {
    stage().done("OpenReport", first_period())
}

fn submitted() -> Scenario {
    opened().done("SubmitReport", it())
}

/// Handed in by somebody else than who acts in scenarios.
fn submitted_by_another() -> Scenario {
    opened()
        .happened(REPORT, ReportSubmitted { as_of: None, submitted_by: Actor::Person(PersonId(id(71))), note: None })
}

fn accepted() -> Scenario {
    submitted_by_another().done("AcceptReport", it())
}

fn it() -> Value {
    json!({ "report": REPORT })
}

fn on(fields: Value) -> Value {
    let mut body = it();
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    body
}

fn highlights(text: &str) -> Value {
    on(json!({ "section": "highlights", "text": text }))
}

fn a_query() -> Value {
    on(json!({ "query": "q1", "figure": "RCO 81", "text": "Where is the attendance sheet?", "due": "2022-05-20" }))
}

fn asked() -> Scenario {
    submitted_by_another().done("RaiseQuery", a_query())
}

#[test]
fn a_report_is_opened_on_a_period_of_the_whole_programme_unless_told_otherwise() {
    stage().when("OpenReport", first_period()).then([Event::from(ReportOpened {
        programme: PROGRAMME,
        period: 1,
        scope: ReportScope::Programme {},
    })]);
    for scope in [
        json!({ "kind": "programme" }),
        json!({ "kind": "strand", "strand": "South Africa strand" }),
        json!({ "kind": "city", "city": PORTO }),
        json!({ "kind": "partnership", "partnership": PAIR }),
    ] {
        stage().done("OpenReport", with(first_period(), "scope", scope));
    }
}

#[test]
fn what_a_report_is_about_must_fit() {
    let cases = [
        ("programme", json!(id(99)), "/programme"),
        ("period", json!(2), "/period"),
        ("scope", json!({ "kind": "city", "city": id(99) }), "/scope/city"),
        ("scope", json!({ "kind": "city", "city": CITY_ELSEWHERE }), "/scope/city"),
        ("scope", json!({ "kind": "partnership", "partnership": id(99) }), "/scope/partnership"),
    ];
    for (field, value, pointer) in cases {
        stage().when("OpenReport", with(first_period(), field, value)).then_unfit(pointer);
    }
}

#[test]
fn one_report_is_told_from_another_by_programme_period_and_scope() {
    let place = |scope: Value| from::<super::OpenReport>(with(first_period(), "scope", scope)).place();
    let whole = from::<super::OpenReport>(first_period()).place();
    assert_eq!(whole, format!("{PROGRAMME}/1/programme"));
    assert_eq!(place(json!({ "kind": "programme" })), whole);
    assert_eq!(place(json!({ "kind": "city", "city": PORTO })), format!("{PROGRAMME}/1/city/{PORTO}"));
    assert_eq!(
        place(json!({ "kind": "partnership", "partnership": PAIR })),
        format!("{PROGRAMME}/1/partnership/{PAIR}")
    );
    assert_eq!(place(json!({ "kind": "strand", "strand": "Asia" })), format!("{PROGRAMME}/1/strand/Asia"));
}

#[test]
fn a_report_is_opened_once_and_not_before_the_programme_starts() {
    opened().when("OpenReport", first_period()).then_refused("report-already-exists");
    stage_with(ProgrammeStatus::Draft, PartnershipStatus::Formed)
        .when("OpenReport", first_period())
        .then_refused("programme-not-running");
}

#[test]
fn the_last_report_is_written_and_accepted_after_the_programme_closed() {
    stage_with(ProgrammeStatus::Closed, PartnershipStatus::Formed)
        .done("OpenReport", first_period())
        .done("EditSection", highlights("Eight visits"))
        .done("SubmitReport", it())
        .done("ReturnReport", on(json!({ "reasons": "The annex is missing" })));
}

#[test]
fn a_section_says_what_it_said_before() {
    opened().when("EditSection", highlights("Eight visits")).then([Event::from(SectionEdited {
        section: ReportSection::Highlights,
        city: None,
        text: from(json!("Eight visits")),
        language: None,
        was_text: None,
    })]);
    opened().done("EditSection", highlights("Eight visits")).when("EditSection", highlights("Nine visits")).then([
        Event::from(SectionEdited {
            section: ReportSection::Highlights,
            city: None,
            text: from(json!("Nine visits")),
            language: None,
            was_text: Some(from(json!("Eight visits"))),
        }),
    ]);
}

#[test]
fn what_a_section_said_is_left_to_its_record_when_both_do_not_fit_one() {
    let long = |letter: &str| highlights(&letter.repeat(8000));
    let decided = opened().done("EditSection", long("🏙")).when("EditSection", long("🌊")).decided().unwrap();
    let Event::Report(ReportEvent::SectionEdited(edited)) = &decided[0].event else { panic!("{decided:?}") };
    assert_eq!(edited.was_text, None);
}

#[test]
fn a_city_speaks_in_a_text_of_its_own() {
    let porto = |text: &str| with(highlights(text), "city", json!(PORTO));
    let written = || opened().done("EditSection", porto("We hosted")).done("EditSection", highlights("Eight visits"));
    written().when("EditSection", porto("We hosted")).then_refused("section-already-says-so");
    opened().when("EditSection", with(porto("We"), "city", json!(CITY_ELSEWHERE))).then_unfit("/city");
}

#[test]
fn a_submitted_report_freezes_at_the_position_named_or_at_its_own() {
    let by = Actor::Person(PersonId(id(999)));
    opened().when("SubmitReport", it()).then([Event::from(ReportSubmitted {
        as_of: None,
        submitted_by: by.clone(),
        note: None,
    })]);
    opened().when("SubmitReport", on(json!({ "as_of": 412 }))).then([Event::from(ReportSubmitted {
        as_of: Some(412),
        submitted_by: by,
        note: None,
    })]);
    opened().when("SubmitReport", on(json!({ "as_of": 0 }))).then_unfit("/as_of");
    opened().when("SubmitReport", on(json!({ "as_of": 9_007_199_254_740_992_u64 }))).then_unfit("/as_of");
}

#[test]
fn a_submitted_report_stands_until_it_is_returned() {
    submitted().when("SubmitReport", it()).then_refused("report-already-submitted");
    submitted().when("EditSection", highlights("Nine visits")).then_refused("report-already-submitted");
    submitted()
        .when("ReturnReport", on(json!({ "reasons": "The annex is missing" })))
        .then([Event::from(ReportReturned { reasons: from(json!("The annex is missing")) })]);
    let returned = || submitted().done("ReturnReport", on(json!({ "reasons": "The annex is missing" })));
    returned().when("ReturnReport", on(json!({ "reasons": "Again" }))).then_refused("report-already-returned");
    returned().done("EditSection", highlights("Nine visits")).done("SubmitReport", it());
}

#[test]
fn a_query_is_about_exactly_one_thing() {
    submitted().when("RaiseQuery", a_query()).then([Event::from(QueryRaised {
        query: from(json!("q1")),
        section: None,
        figure: Some(from(json!("RCO 81"))),
        position: None,
        text: from(json!("Where is the attendance sheet?")),
        due: Some("2022-05-20".parse().unwrap()),
    })]);
    let unnamed = on(json!({ "section": "highlights", "text": "Why?" }));
    asked().when("RaiseQuery", unnamed).then([Event::from(QueryRaised {
        query: from(json!("q2")),
        section: Some(from(json!("highlights"))),
        figure: None,
        position: None,
        text: from(json!("Why?")),
        due: None,
    })]);
    submitted().when("RaiseQuery", with(a_query(), "section", json!("highlights"))).then_unfit("/section");
    submitted().when("RaiseQuery", on(json!({ "query": "q1", "text": "Why?" }))).then_unfit("/section");
    submitted().when("RaiseQuery", on(json!({ "query": "q1", "text": "Why?", "position": 0 }))).then_unfit("/position");
}

#[test]
fn a_query_is_raised_and_answered_once() {
    let answer = on(json!({ "query": "q1", "text": "It is linked now", "position": 480 }));
    asked().when("RaiseQuery", a_query()).then_refused("query-already-raised");
    opened().when("RaiseQuery", a_query()).then_refused("report-not-submitted");
    asked().when("AnswerQuery", answer.clone()).then([Event::from(QueryAnswered {
        query: from(json!("q1")),
        text: from(json!("It is linked now")),
        position: Some(480),
    })]);
    asked().done("AnswerQuery", answer.clone()).when("AnswerQuery", answer).then_refused("query-already-answered");
    asked().when("AnswerQuery", on(json!({ "query": "q9", "text": "What?" }))).then_unfit("/query");
    asked()
        .done("AcceptReport", it())
        .when("AnswerQuery", on(json!({ "query": "q1", "text": "Late" })))
        .then_refused("report-already-accepted");
}

#[test]
fn nobody_accepts_a_report_they_submitted() {
    submitted().when("AcceptReport", it()).then_refused("report-submitted-by-yourself");
    submitted_by_another()
        .when("AcceptReport", on(json!({ "conditions": "Add the annex" })))
        .then([Event::from(ReportAccepted { conditions: Some(from(json!("Add the annex"))) })]);
}

#[test]
fn nobody_accepts_a_report_they_submitted_in_an_earlier_round() {
    submitted()
        .done("ReturnReport", on(json!({ "reasons": "The annex is missing" })))
        .happened(REPORT, ReportSubmitted { as_of: None, submitted_by: Actor::Person(PersonId(id(71))), note: None })
        .when("AcceptReport", it())
        .then_refused("report-submitted-by-yourself");
}

#[test]
fn only_a_submitted_report_is_accepted_and_only_once() {
    opened().when("AcceptReport", it()).then_refused("report-not-submitted");
    accepted().when("AcceptReport", it()).then_refused("report-already-accepted");
    accepted().when("EditSection", highlights("Ten visits")).then_refused("report-already-accepted");
    accepted().when("SubmitReport", it()).then_refused("report-already-accepted");
}

#[test]
fn an_accepted_report_is_reopened_with_its_reason() {
    let reason = on(json!({ "reason": "A figure was counted twice" }));
    accepted()
        .when("ReopenReport", reason.clone())
        .then([Event::from(ReportReopened { reason: from(json!("A figure was counted twice")) })]);
    accepted()
        .done("ReopenReport", reason.clone())
        .when("ReopenReport", reason.clone())
        .then_refused("report-already-reopened");
    submitted().when("ReopenReport", reason.clone()).then_refused("report-not-accepted");
    accepted().done("ReopenReport", reason).done("EditSection", highlights("Nine visits")).done("SubmitReport", it());
}
