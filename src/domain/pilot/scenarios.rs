//! Given, when, then for pilots, from the proposal to the launch and the end.

use koinon_events::action::Owner;
use koinon_events::pilot::*;
use koinon_events::{Event, PilotId};
use serde_json::{Value, json};

use crate::domain::partnership::PartnershipStatus;
use crate::domain::programme::ProgrammeStatus;
use crate::domain::scenario::stage::*;
use crate::domain::scenario::{Scenario, id};

pub(super) const PILOT: PilotId = PilotId(id(80));

pub(super) fn ash() -> Value {
    json!({ "id": PILOT, "programme": PROGRAMME, "partnership": PAIR, "title": "Ash to road base",
        "cities": [PORTO, ETHEKWINI], "from_learnings": [LEARNING], "problem": "…", "solution": "…",
        "beneficiaries": "…" })
}

pub(super) fn plan() -> Value {
    json!({ "pilot": PILOT, "start": "2022-09-01", "end": "2023-03-31",
        "milestones": [{ "id": "m1", "title": "Site chosen", "due": "2022-10-15" }],
        "indicators": [{ "code": "ash", "name": "Ash reused", "unit": "t", "baseline": "0", "target": "1200" }],
        "owner": "Durban Solid Waste", "risks": [] })
}

pub(super) fn on(fields: Value) -> Value {
    let mut body = json!({ "pilot": PILOT });
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    body
}

fn proposed() -> Scenario {
    stage().done("ProposePilot", ash())
}

fn planned() -> Scenario {
    proposed().done("PlanPilot", plan())
}

fn by(city: koinon_events::CityId) -> Value {
    on(json!({ "city": city }))
}

fn approved() -> Scenario {
    planned().done("ApprovePilot", by(PORTO)).done("ApprovePilot", by(ETHEKWINI))
}

fn in_september() -> Value {
    on(json!({ "date": "2022-09-01" }))
}

pub(super) fn launched() -> Scenario {
    approved().done("LaunchPilot", in_september())
}

fn results() -> Value {
    on(
        json!({ "results": "900 t reused", "lessons": "Sieve first", "take_up_note": "How to", "take_up_document": SHEET,
        "evidence": [SHEET] }),
    )
}

pub(super) fn completed() -> Scenario {
    launched().done("CompletePilot", results())
}

pub(super) fn reason() -> Value {
    on(json!({ "reason": "Floods" }))
}

pub(super) fn stopped() -> Scenario {
    launched().done("StopPilot", reason())
}

#[test]
fn a_pilot_is_proposed_from_a_learning() {
    stage().when("ProposePilot", ash()).then([Event::from(PilotProposed {
        programme: PROGRAMME,
        partnership: Some(PAIR),
        title: from(json!("Ash to road base")),
        cities: vec![PORTO, ETHEKWINI],
        from_learnings: vec![LEARNING],
        project: None,
        plan: None,
        problem: from(json!("…")),
        solution: from(json!("…")),
        beneficiaries: from(json!("…")),
        language: None,
    })]);
}

#[test]
fn a_pilot_comes_from_a_cooperation_project_or_an_action_plan_too() {
    let project = json!(id(81));
    let vision = json!({ "id": project, "programme": PROGRAMME, "partnership": PAIR, "objective": "A shared vision" });
    let plan = json!({ "partnership": PAIR, "version": 2 });
    let from_project = with(with(with(ash(), "from_learnings", json!([])), "project", project), "plan", plan);
    stage().done("ProposeProject", vision).done("ProposePilot", from_project);
}

#[test]
fn what_a_pilot_names_must_fit() {
    let cases = [
        ("programme", json!(id(99)), "/programme"),
        ("partnership", json!(id(99)), "/partnership"),
        ("cities", json!([]), "/cities"),
        ("cities", json!([PORTO, PORTO]), "/cities/1"),
        ("cities", json!([PORTO, CITY_ELSEWHERE]), "/cities/1"),
        ("cities", json!([PORTO, GONE]), "/cities/1"),
        ("from_learnings", json!([LEARNING, id(99)]), "/from_learnings/1"),
        ("project", json!(id(99)), "/project"),
        ("plan", json!({ "partnership": PAIR, "version": 3 }), "/plan/version"),
        ("project", json!(id(99)), "/project"),
        ("plan", json!({ "partnership": id(99), "version": 1 }), "/plan/partnership"),
    ];
    for (field, value, pointer) in cases {
        stage().when("ProposePilot", with(ash(), field, value)).then_unfit(pointer);
    }
}

#[test]
fn a_pilot_needs_a_partnership_at_work_and_a_running_programme() {
    stage_with(ProgrammeStatus::Running, PartnershipStatus::Suspended)
        .when("ProposePilot", ash())
        .then_refused("partnership-not-working");
    stage_with(ProgrammeStatus::Draft, PartnershipStatus::Formed)
        .when("ProposePilot", with(ash(), "from_learnings", json!([])))
        .then_refused("programme-not-running");
    proposed().when("ProposePilot", ash()).then_refused("pilot-already-exists");
}

fn the_plan() -> PilotPlanned {
    PilotPlanned {
        at_meeting: None,
        start: "2022-09-01".parse().unwrap(),
        end: "2023-03-31".parse().unwrap(),
        milestones: from(json!([{ "id": "m1", "title": "Site chosen", "due": "2022-10-15" }])),
        indicators: from(
            json!([{ "code": "ash", "name": "Ash reused", "unit": "t", "baseline": "0", "target": "1200" }]),
        ),
        budget: None,
        budget_source: None,
        owner: Owner::Body(from(json!("Durban Solid Waste"))),
        risks: Vec::new(),
        was_start: None,
        was_end: None,
        was_budget: None,
        was_owner: None,
        approvals_void: Vec::new(),
        reason: None,
    }
}

#[test]
fn a_pilot_is_planned() {
    proposed().when("PlanPilot", plan()).then([Event::from(the_plan())]);
    let with_more =
        with(with(with(plan(), "at_meeting", json!(MEETING)), "owner", json!(THANDI)), "budget", json!("5"));
    proposed().done("PlanPilot", with_more);
}

#[test]
fn a_plan_that_replaces_another_keeps_what_it_cost_and_whose_it_was() {
    let first = with(plan(), "budget", json!("50000"));
    let later = with(with(first.clone(), "budget", json!("60000")), "reason", json!("Prices"));
    let later = with(later, "owner", json!("Lipor"));
    proposed().done("PlanPilot", first).when("PlanPilot", later).then([Event::from(PilotPlanned {
        budget: Some(from(json!("60000"))),
        owner: Owner::Body(from(json!("Lipor"))),
        was_start: Some("2022-09-01".parse().unwrap()),
        was_end: Some("2023-03-31".parse().unwrap()),
        was_budget: Some(from(json!("50000"))),
        was_owner: Some(the_plan().owner),
        reason: Some(from(json!("Prices"))),
        ..the_plan()
    })]);
}

#[test]
fn a_plan_must_hold_together() {
    let risk = |likelihood: u32, impact: u32| json!({ "id": "r1", "text": "Rain", "likelihood": likelihood, "impact": impact });
    let step = |id: &str, due: &str| json!({ "id": id, "title": "A step", "due": due });
    let ash = json!({ "code": "ash", "name": "Ash", "unit": "t", "baseline": "0", "target": "1" });
    let cases = [
        ("end", json!("2022-08-31"), "/end"),
        ("milestones", json!([step("m1", "2022-08-31")]), "/milestones/0/due"),
        ("milestones", json!([step("m1", "2023-03-31"), step("m2", "2023-04-01")]), "/milestones/1/due"),
        ("milestones", json!([step("m1", "2022-10-15"), step("m1", "2022-10-16")]), "/milestones/1/id"),
        ("indicators", json!([ash, ash]), "/indicators/1/code"),
        ("risks", json!([risk(0, 1)]), "/risks/0/likelihood"),
        ("risks", json!([risk(5, 6)]), "/risks/0/impact"),
        ("risks", json!([risk(5, 5), risk(1, 1)]), "/risks/1/id"),
        ("budget", json!("-0.01"), "/budget"),
        ("owner", json!(ERASED), "/owner"),
        ("at_meeting", json!(id(99)), "/at_meeting"),
    ];
    for (field, value, pointer) in cases {
        proposed().when("PlanPilot", with(plan(), field, value)).then_unfit(pointer);
    }
}

#[test]
fn a_plan_is_replaced_only_with_a_reason_and_its_approvals_start_anew() {
    let later = with(plan(), "end", json!("2023-06-30"));
    approved().when("PlanPilot", later.clone()).then_refused("pilot-already-planned");
    let later = with(later, "reason", json!("The press arrives late"));
    approved().when("PlanPilot", later.clone()).then([Event::from(PilotPlanned {
        end: "2023-06-30".parse().unwrap(),
        was_start: Some("2022-09-01".parse().unwrap()),
        was_end: Some("2023-03-31".parse().unwrap()),
        approvals_void: vec![PORTO, ETHEKWINI],
        reason: Some(from(json!("The press arrives late"))),
        ..the_plan()
    })]);
    let replanned = || approved().done("PlanPilot", later.clone());
    replanned().when("LaunchPilot", in_september()).then_refused("pilot-not-approved");
    replanned().when("ApprovePilot", by(PORTO)).then([Event::from(PilotApproved { city: PORTO })]);
}

#[test]
fn the_same_plan_is_not_planned_twice() {
    planned().when("PlanPilot", plan()).then_refused("pilot-already-planned");
    let because = with(plan(), "reason", json!("Because"));
    planned().when("PlanPilot", because).then_refused("pilot-already-planned");
    launched().when("PlanPilot", plan()).then_refused("pilot-already-launched");
}

#[test]
fn the_last_city_to_approve_makes_the_plan_hold() {
    planned().when("ApprovePilot", by(PORTO)).then([Event::from(PilotApproved { city: PORTO })]);
    planned()
        .done("ApprovePilot", by(PORTO))
        .when("ApprovePilot", by(ETHEKWINI))
        .then([Event::from(PilotApproved { city: ETHEKWINI }), Event::from(PilotPlanApproved {})]);
}

#[test]
fn each_city_of_the_pilot_approves_once() {
    proposed().when("ApprovePilot", by(PORTO)).then_refused("pilot-not-planned");
    planned().when("ApprovePilot", by(GONE)).then_unfit("/city");
    planned().done("ApprovePilot", by(PORTO)).when("ApprovePilot", by(PORTO)).then_refused("city-already-approved");
    launched().when("ApprovePilot", by(PORTO)).then_refused("city-already-approved");
}

#[test]
fn a_pilot_is_launched_once_every_city_approved() {
    proposed().when("LaunchPilot", in_september()).then_refused("pilot-not-planned");
    planned().when("LaunchPilot", in_september()).then_refused("pilot-not-approved");
    approved()
        .when("LaunchPilot", in_september())
        .then([Event::from(PilotLaunched { date: "2022-09-01".parse().unwrap() })]);
    launched().when("LaunchPilot", in_september()).then_refused("pilot-already-launched");
}

#[test]
fn a_pilot_rests_with_its_reason_and_goes_on() {
    approved().when("PausePilot", reason()).then_refused("pilot-not-launched");
    launched().when("PausePilot", reason()).then([Event::from(PilotPaused { reason: from(json!("Floods")) })]);
    let paused = || launched().done("PausePilot", reason());
    paused().when("PausePilot", reason()).then_refused("pilot-already-paused");
    paused().when("ResumePilot", on(json!({}))).then([Event::from(PilotResumed { reason: None })]);
    launched().when("ResumePilot", on(json!({}))).then_refused("pilot-already-going-on");
}

#[test]
fn a_pilot_is_completed_with_what_came_of_it() {
    launched().when("CompletePilot", results()).then([Event::from(PilotCompleted {
        results: from(json!("900 t reused")),
        lessons: Some(from(json!("Sieve first"))),
        take_up_note: Some(from(json!("How to"))),
        take_up_document: Some(SHEET),
        evidence: vec![SHEET],
    })]);
    launched()
        .when("CompletePilot", with(results(), "take_up_document", json!(id(99))))
        .then_unfit("/take_up_document");
    approved().when("CompletePilot", results()).then_refused("pilot-not-launched");
    completed().when("CompletePilot", results()).then_refused("pilot-already-completed");
}

#[test]
fn what_comes_after_a_pilot_is_decided_once() {
    let wider = on(json!({ "scope": "Every depot of the city", "document": SHEET }));
    completed()
        .when("DecideScaleUp", wider.clone())
        .then([Event::from(ScaleUpDecided { scope: from(json!("Every depot of the city")), document: Some(SHEET) })]);
    completed()
        .when("DecideNotToContinue", reason())
        .then([Event::from(NotToContinueDecided { reason: from(json!("Floods")) })]);
    launched().when("DecideScaleUp", wider.clone()).then_refused("pilot-not-completed");
    let scaled_up = || completed().done("DecideScaleUp", wider.clone());
    scaled_up().when("DecideScaleUp", wider.clone()).then_refused("scale-up-already-decided");
    scaled_up().when("DecideNotToContinue", reason()).then_refused("scale-up-already-decided");
    stopped().when("DecideScaleUp", wider.clone()).then_refused("pilot-already-stopped");
}

#[test]
fn a_pilot_is_stopped_with_its_reason_until_it_is_completed() {
    proposed().when("StopPilot", reason()).then([Event::from(PilotStopped { reason: from(json!("Floods")) })]);
    stopped().when("StopPilot", reason()).then_refused("pilot-already-stopped");
    stopped().when("ResumePilot", on(json!({}))).then_refused("pilot-already-stopped");
    completed().when("StopPilot", reason()).then_refused("pilot-already-completed");
}
