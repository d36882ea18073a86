//! Given, when, then for the work of a partnership: advice, agreements, plans, what goes on beyond the programme.

use koinon_events::DocumentId;
use koinon_events::PersonId;
use koinon_events::value::Line;

use super::*;
use crate::domain::person::PersonStatus;
use crate::domain::scenario::states::person_as;

const EXPERT: PersonId = PersonId(id(20));
const GONE: PersonId = PersonId(id(21));
const PAPER: DocumentId = DocumentId(id(30));

fn a_pair_with_bodies() -> Scenario {
    with_bodies(a_formed_pair())
}

fn with_bodies(story: Scenario) -> Scenario {
    story
        .state(EXPERT, State::Person(person_as(EXPERT, Some(PROGRAMME), PersonStatus::Active)))
        .state(GONE, State::Person(person_as(GONE, Some(PROGRAMME), PersonStatus::Inactive)))
        .done("AddBody", json!({ "city": PORTO, "name": "Lipor", "type": "utility" }))
        .done("AddBody", json!({ "city": ETHEKWINI, "name": "Durban Solid Waste", "type": "department" }))
}

fn an_advised_pair() -> Scenario {
    a_pair_with_bodies().done("AssignAdvisor", ask(json!({ "expert": EXPERT })))
}

fn bodies() -> Value {
    json!([{ "city": PORTO, "name": "Lipor" }, { "city": ETHEKWINI, "name": "Durban Solid Waste" }])
}

fn parties() -> Vec<Party> {
    serde_json::from_value(bodies()).unwrap()
}

fn advice() -> Value {
    ask(json!({ "subject": "The tender", "text": "Ask for test runs", "expert": EXPERT }))
}

fn agreement() -> Value {
    ask(json!({ "kind": "Letter of intent", "parties": bodies(), "signed_on": "2022-06-17" }))
}

#[test]
fn an_expert_who_takes_part_advises_once() {
    let assign = |expert: PersonId| ask(json!({ "expert": expert }));
    a_pair_with_bodies().when("AssignAdvisor", assign(EXPERT)).then([Event::from(AdvisorAssigned { expert: EXPERT })]);
    an_advised_pair().when("AssignAdvisor", assign(EXPERT)).then_refused("advisor-already-assigned");
    a_pair_with_bodies().when("AssignAdvisor", assign(GONE)).then_refused("advisor-takes-no-part");
    a_pair_with_bodies().when("AssignAdvisor", assign(PersonId(id(99)))).then_unfit("/expert");
    with_bodies(a_proposed_pair()).when("AssignAdvisor", assign(EXPERT)).then_refused("partnership-not-formed");
}

#[test]
fn advice_is_numbered_and_recorded_once() {
    an_advised_pair().when("RecordAdvice", advice()).then([Event::from(AdviceRecorded {
        advice: Code::parse("a1").unwrap(),
        subject: Line::parse("The tender").unwrap(),
        text: Prose::parse("Ask for test runs").unwrap(),
        expert: Some(EXPERT),
    })]);
    let recorded = || an_advised_pair().done("RecordAdvice", advice());
    recorded().when("RecordAdvice", advice()).then_refused("advice-already-recorded");
    recorded().when("RecordAdvice", with(advice(), "advice", json!("a1"))).then_refused("advice-already-recorded");
    let second = recorded().when("RecordAdvice", with(advice(), "text", json!("Ask twice"))).decided().unwrap();
    assert_eq!(second[0].event.data().unwrap()["advice"], "a2");
}

#[test]
fn advice_comes_from_an_advisor_of_the_partnership() {
    a_pair_with_bodies().when("RecordAdvice", advice()).then_unfit("/expert");
}

#[test]
fn advice_is_answered_once_and_declined_with_a_reason() {
    let advised = || an_advised_pair().done("RecordAdvice", advice());
    let taken = ask(json!({ "advice": "a1", "taken": true }));
    advised().when("AnswerAdvice", taken.clone()).then([Event::from(AdviceAnswered {
        advice: Code::parse("a1").unwrap(),
        taken: true,
        reason: None,
    })]);
    advised().done("AnswerAdvice", taken.clone()).when("AnswerAdvice", taken).then_refused("advice-already-answered");
    advised().when("AnswerAdvice", ask(json!({ "advice": "a1", "taken": false }))).then_unfit("/reason");
    advised().when("AnswerAdvice", ask(json!({ "advice": "a9", "taken": true }))).then_unfit("/advice");
}

#[test]
fn an_agreement_is_made_by_bodies_that_the_cities_have_named() {
    a_pair_with_bodies().when("SignAgreement", agreement()).then([Event::from(AgreementSigned {
        kind: Some(Line::parse("Letter of intent").unwrap()),
        parties: parties(),
        document: None,
        signed_on: Some("2022-06-17".parse().unwrap()),
    })]);
    let sign = |parties| a_pair_with_bodies().when("SignAgreement", with(agreement(), "parties", parties));
    sign(json!([])).then_unfit("/parties");
    sign(json!([{ "city": PORTO, "name": "Lipor" }, { "city": PORTO, "name": "Nobody" }]))
        .then_unfit("/parties/1/name");
    sign(json!([{ "city": INCHEON, "name": "Lipor" }])).then_unfit("/parties/0/city");
    sign(json!([{ "city": PORTO, "name": "Lipor" }, { "city": PORTO, "name": "Lipor" }])).then_unfit("/parties/1");
}

#[test]
fn an_agreement_may_wait_for_its_signatures_and_is_recorded_once() {
    let unsigned = ask(json!({ "parties": bodies() }));
    a_pair_with_bodies().when("SignAgreement", unsigned).then([Event::from(AgreementSigned {
        kind: None,
        parties: parties(),
        document: None,
        signed_on: None,
    })]);
    a_pair_with_bodies()
        .done("SignAgreement", agreement())
        .when("SignAgreement", agreement())
        .then_refused("agreement-already-signed");
}

#[test]
fn a_paper_that_nobody_registered_is_no_evidence() {
    let papers = [
        ("SignAgreement", with(agreement(), "document", json!(PAPER))),
        ("AdoptActionPlan", ask(json!({ "version": 1, "document": PAPER }))),
        ("CommitContinuation", ask(json!({ "bodies": bodies(), "document": PAPER }))),
    ];
    for (command, body) in papers {
        a_pair_with_bodies().when(command, body).then_unfit("/document");
    }
}

#[test]
fn each_version_of_an_action_plan_is_adopted_once() {
    let first = ask(json!({ "version": 1 }));
    a_pair_with_bodies()
        .when("AdoptActionPlan", first.clone())
        .then([Event::from(ActionPlanAdopted { version: 1, document: None })]);
    a_pair_with_bodies()
        .done("AdoptActionPlan", first.clone())
        .when("AdoptActionPlan", first)
        .then_refused("action-plan-already-adopted");
    a_pair_with_bodies().when("AdoptActionPlan", ask(json!({ "version": 0 }))).then_unfit("/version");
    a_suspended_pair()
        .when("AdoptActionPlan", ask(json!({ "version": 1 })))
        .then_refused("partnership-already-suspended");
}

#[test]
fn bodies_go_on_beyond_a_completed_partnership() {
    let going_on = ask(json!({ "bodies": bodies(), "until": "2025-12-31" }));
    with_bodies(an_active_pair())
        .done("CompletePartnership", ask(json!({})))
        .when("CommitContinuation", going_on.clone())
        .then([Event::from(ContinuationCommitted {
            bodies: parties(),
            document: None,
            until: Some("2025-12-31".parse().unwrap()),
        })]);
    a_pair_with_bodies()
        .done("CommitContinuation", going_on.clone())
        .when("CommitContinuation", going_on.clone())
        .then_refused("continuation-already-committed");
    with_bodies(a_dissolved_pair()).when("CommitContinuation", going_on).then_refused("partnership-already-dissolved");
}

#[test]
fn a_partnership_holds_five_hundred_pieces_of_advice_at_most() {
    let full = (0..500).fold(an_advised_pair(), |story, number| {
        story.done("RecordAdvice", with(advice(), "advice", json!(format!("x{number}"))))
    });
    full.when("RecordAdvice", with(advice(), "advice", json!("one-more"))).then_refused("partnership-full");
}
