//! Given, when, then for pilots that go on: steps, measurements, risks.

use koinon_events::Event;
use koinon_events::pilot::*;
use serde_json::{Value, json};

use super::scenarios::{ash, completed, launched, on, plan, reason, stopped};
use crate::domain::partnership::PartnershipStatus;
use crate::domain::programme::ProgrammeStatus;
use crate::domain::scenario::Scenario;
use crate::domain::scenario::stage::*;

fn october() -> Value {
    on(json!({ "indicator": "ash", "value": "310.5", "period": "2022-10", "evidence": [] }))
}

fn measured() -> Scenario {
    launched().done("RecordMeasurement", october())
}

fn rain() -> Value {
    on(json!({ "risk": "rain", "text": "The site floods", "likelihood": 4, "impact": 3 }))
}

fn with_a_risk() -> Scenario {
    launched().done("RaiseRisk", rain())
}

fn site_chosen() -> Value {
    on(json!({ "milestone": "m1" }))
}

fn planned_only() -> Scenario {
    stage().done("ProposePilot", ash()).done("PlanPilot", plan())
}

#[test]
fn a_milestone_is_reached_once_and_also_while_the_pilot_rests() {
    let reached = on(json!({ "milestone": "m1", "date": "2022-10-14", "evidence": [SHEET] }));
    launched().done("PausePilot", reason()).when("ReachMilestone", reached).then([Event::from(MilestoneReached {
        milestone: from(json!("m1")),
        date: Some("2022-10-14".parse().unwrap()),
        evidence: vec![SHEET],
        note: None,
    })]);
    launched()
        .done("ReachMilestone", site_chosen())
        .when("ReachMilestone", site_chosen())
        .then_refused("milestone-already-reached");
}

#[test]
fn only_milestones_of_the_plan_are_reached_after_the_launch() {
    launched().when("ReachMilestone", on(json!({ "milestone": "m9" }))).then_unfit("/milestone");
    planned_only().when("ReachMilestone", site_chosen()).then_refused("pilot-not-launched");
    stopped().when("ReachMilestone", site_chosen()).then_refused("pilot-already-stopped");
}

#[test]
fn a_milestone_slips_with_its_reason_and_says_when_it_was_due() {
    let slip = |due: &str| on(json!({ "milestone": "m1", "due": due, "reason": "The permit is late" }));
    launched().when("SlipMilestone", slip("2022-11-15")).then([Event::from(MilestoneSlipped {
        milestone: from(json!("m1")),
        due: "2022-11-15".parse().unwrap(),
        was_due: "2022-10-15".parse().unwrap(),
        reason: from(json!("The permit is late")),
    })]);
    launched().when("SlipMilestone", slip("2022-10-15")).then_refused("milestone-already-due-then");
    launched().when("SlipMilestone", slip("2022-08-31")).then_unfit("/due");
    launched()
        .done("ReachMilestone", site_chosen())
        .when("SlipMilestone", slip("2022-11-15"))
        .then_refused("milestone-already-reached");
}

#[test]
fn a_measurement_is_recorded_once_for_each_month() {
    launched().when("RecordMeasurement", october()).then([Event::from(MeasurementRecorded {
        indicator: from(json!("ash")),
        value: "310.5".parse().unwrap(),
        period: "2022-10".parse().unwrap(),
        evidence: Vec::new(),
        note: None,
    })]);
    measured()
        .when("RecordMeasurement", with(october(), "value", json!("311")))
        .then_refused("measurement-already-recorded");
    measured().done("RecordMeasurement", with(october(), "period", json!("2022-11")));
}

#[test]
fn only_indicators_of_the_plan_are_measured_after_the_launch() {
    launched().when("RecordMeasurement", with(october(), "indicator", json!("gas"))).then_unfit("/indicator");
    planned_only().when("RecordMeasurement", october()).then_refused("pilot-not-launched");
    stopped().when("RecordMeasurement", october()).then_refused("pilot-already-stopped");
    completed().done("RecordMeasurement", october());
}

#[test]
fn a_measurement_is_corrected_with_its_reason_and_says_what_it_was() {
    let correct = |value: &str| {
        on(
            json!({ "indicator": "ash", "period": "2022-10", "value": value, "reason": "Weighed wet", "evidence": [SHEET] }),
        )
    };
    measured().when("CorrectMeasurement", correct("280")).then([Event::from(MeasurementCorrected {
        indicator: from(json!("ash")),
        period: "2022-10".parse().unwrap(),
        value: "280".parse().unwrap(),
        was_value: "310.5".parse().unwrap(),
        reason: from(json!("Weighed wet")),
        evidence: vec![SHEET],
    })]);
    measured().when("CorrectMeasurement", correct("310.50")).then_refused("measurement-already-has-this-value");
    launched().when("CorrectMeasurement", correct("280")).then_unfit("/period");
    measured().done("StopPilot", reason()).done("CorrectMeasurement", correct("280"));
}

#[test]
fn a_risk_is_raised_once_and_judged_from_one_to_five() {
    launched().when("RaiseRisk", rain()).then([Event::from(RiskRaised {
        risk: from(json!("rain")),
        text: from(json!("The site floods")),
        likelihood: 4,
        impact: 3,
        response: None,
    })]);
    with_a_risk().when("RaiseRisk", rain()).then_refused("risk-already-raised");
    launched().when("RaiseRisk", with(rain(), "likelihood", json!(6))).then_unfit("/likelihood");
    launched().when("RaiseRisk", with(rain(), "impact", json!(0))).then_unfit("/impact");
    completed().when("RaiseRisk", rain()).then_refused("pilot-already-completed");
}

#[test]
fn a_risk_without_a_code_gets_the_first_that_is_free() {
    let rain = || on(json!({ "text": "The site floods", "likelihood": 4, "impact": 3 }));
    let raised = |code: &str| {
        Event::from(RiskRaised {
            risk: from(json!(code)),
            text: from(json!("The site floods")),
            likelihood: 4,
            impact: 3,
            response: None,
        })
    };
    launched().when("RaiseRisk", rain()).then([raised("r1")]);
    launched().done("RaiseRisk", rain()).when("RaiseRisk", rain()).then([raised("r2")]);
}

#[test]
fn a_changed_risk_names_only_what_changed() {
    let milder =
        on(json!({ "risk": "rain", "likelihood": 2, "impact": 3, "response": "A drain", "reason": "Dry month" }));
    with_a_risk().when("ChangeRisk", milder.clone()).then([Event::from(RiskChanged {
        risk: from(json!("rain")),
        text: None,
        likelihood: Some(2),
        impact: None,
        response: Some(from(json!("A drain"))),
        was_text: None,
        was_likelihood: Some(4),
        was_impact: None,
        was_response: None,
        reason: Some(from(json!("Dry month"))),
    })]);
    with_a_risk().done("ChangeRisk", milder.clone()).when("ChangeRisk", milder).then_refused("risk-already-judged-so");
    with_a_risk().when("ChangeRisk", on(json!({ "risk": "rain", "impact": 9 }))).then_unfit("/impact");
    with_a_risk().when("ChangeRisk", on(json!({ "risk": "wind", "impact": 1 }))).then_unfit("/risk");
}

#[test]
fn a_risk_of_the_plan_is_closed_once() {
    let risks = json!([{ "id": "rain", "text": "The site floods", "likelihood": 4, "impact": 3 }]);
    let planned = || stage().done("ProposePilot", ash()).done("PlanPilot", with(plan(), "risks", risks.clone()));
    let close = on(json!({ "risk": "rain" }));
    planned()
        .when("CloseRisk", close.clone())
        .then([Event::from(RiskClosed { risk: from(json!("rain")), reason: None })]);
    planned().done("CloseRisk", close.clone()).when("CloseRisk", close).then_refused("risk-already-closed");
}

#[test]
fn a_pilot_takes_no_more_steps_once_its_programme_is_closed() {
    let proposed = stage_with(ProgrammeStatus::Closing, PartnershipStatus::Formed).done("ProposePilot", ash());
    closed(proposed).when("PlanPilot", plan()).then_refused("programme-closed");
}
