//! Given, when, then for programmes.

use koinon_events::programme::*;
use koinon_events::{Event, ProgrammeId};
use serde_json::{Value, json};

use crate::domain::scenario::{Scenario, given, id};

const PROGRAMME: ProgrammeId = ProgrammeId(id(1));

fn creation() -> Value {
    json!({ "id": PROGRAMME, "code": "test-1", "title": { "en": "Test programme", "ko": "시험" },
        "funder": "European Union", "on_behalf_of": "DG REGIO", "starts_on": "2026-01-01", "ends_on": "2027-06-30" })
}

fn ask(fields: Value) -> Value {
    let mut body = json!({ "programme": PROGRAMME });
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    body
}

fn with(mut body: Value, field: &str, value: Value) -> Value {
    body[field] = value;
    body
}

fn a_draft() -> Scenario {
    given().done("CreateProgramme", creation())
}

fn a_running_programme() -> Scenario {
    a_draft().done("StartProgramme", ask(json!({})))
}

fn a_closing_programme() -> Scenario {
    a_running_programme().done("StartClosing", ask(json!({})))
}

fn a_closed_programme() -> Scenario {
    a_closing_programme().done("CloseProgramme", ask(json!({})))
}

fn waste() -> Value {
    ask(json!({ "code": "waste", "label": { "en": "Waste" }, "sdg_targets": ["11.6", "12.5"], "iati_sector": "14050" }))
}

fn visits() -> Value {
    ask(json!({ "code": "KPI-VISIT", "name": "Study visits held", "unit": "visits", "kind": "output", "target": "28" }))
}

fn first_period() -> Value {
    ask(json!({ "number": 1, "from": "2026-01-01", "to": "2026-06-30", "due": "2026-07-31", "final": false }))
}

/// The first fact decided, of the kind wanted.
fn only(scenario: Scenario) -> Event {
    let mut facts = scenario.decided().unwrap();
    assert_eq!(facts.len(), 1);
    facts.remove(0).event
}

#[test]
fn a_programme_begins_as_a_draft_with_its_title_in_several_languages() {
    let Event::Programme(ProgrammeEvent::ProgrammeCreated(created)) = only(given().when("CreateProgramme", creation()))
    else {
        panic!("no programme was created")
    };
    assert_eq!(created.title.in_language("ko"), "시험");
    assert_eq!(created.ends_on, "2027-06-30".parse().unwrap());
}

#[test]
fn a_programme_cannot_end_before_it_begins() {
    given().when("CreateProgramme", with(creation(), "ends_on", json!("2025-12-31"))).then_unfit("/ends_on");
}

#[test]
fn a_programme_with_more_names_than_anybody_remembers_is_refused() {
    given().when("CreateProgramme", with(creation(), "aliases", json!(vec!["ICP"; 41]))).then_unfit("/aliases");
}

#[test]
fn a_programme_is_created_once() {
    a_draft().when("CreateProgramme", creation()).then_refused("programme-already-exists");
}

#[test]
fn a_phase_is_named_once_and_ends_after_it_begins() {
    let phase = ask(json!({ "name": "Study visits", "from": "2026-05-01", "to": "2026-11-30" }));
    a_draft().when("DefinePhase", with(phase.clone(), "to", json!("2026-04-30"))).then_unfit("/to");
    a_draft().done("DefinePhase", phase.clone()).when("DefinePhase", phase).then_refused("phase-already-defined");
}

#[test]
fn a_theme_counts_under_its_parent() {
    let child = ask(json!({ "code": "waste-to-energy", "label": { "en": "Waste to energy" }, "parent": "waste",
        "sdg_targets": ["7.2"] }));
    a_draft().when("DefineTheme", child.clone()).then_unfit("/parent");
    let event = only(a_draft().done("DefineTheme", waste()).when("DefineTheme", child));
    let Event::Programme(ProgrammeEvent::ThemeDefined(theme)) = event else { panic!("no theme was defined") };
    assert_eq!(theme.parent.unwrap().as_str(), "waste");
}

#[test]
fn a_theme_is_defined_once() {
    let other = with(waste(), "label", json!({ "en": "Rubbish" }));
    a_draft().done("DefineTheme", waste()).when("DefineTheme", other).then_refused("theme-already-defined");
}

#[test]
fn a_theme_serves_no_more_targets_than_there_are() {
    a_draft().when("DefineTheme", with(waste(), "sdg_targets", json!(vec!["7.2"; 170]))).then_unfit("/sdg_targets");
}

#[test]
fn a_strand_is_described_once() {
    let strand = ask(json!({ "name": "Asia", "description": "Cities of Korea, Singapore and Taiwan" }));
    a_draft().done("DefineStrand", strand.clone()).when("DefineStrand", strand).then_refused("strand-already-defined");
}

#[test]
fn an_indicator_is_defined_once() {
    a_draft()
        .done("DefineIndicator", visits())
        .when("DefineIndicator", with(visits(), "target", json!("30")))
        .then_refused("indicator-already-defined");
}

#[test]
fn a_target_is_revised_with_its_reason_and_says_where_it_was() {
    let revision = ask(json!({ "indicator": "KPI-VISIT", "target": "30", "reason": "Two cities more" }));
    a_draft().done("DefineIndicator", visits()).when("ReviseTarget", revision.clone()).then([Event::from(
        TargetRevised {
            indicator: serde_json::from_value(json!("KPI-VISIT")).unwrap(),
            target: "30".parse().unwrap(),
            was_target: Some("28".parse().unwrap()),
            reason: serde_json::from_value(json!("Two cities more")).unwrap(),
        },
    )]);
    a_draft().when("ReviseTarget", revision.clone()).then_unfit("/indicator");
    a_draft()
        .done("DefineIndicator", visits())
        .done("ReviseTarget", revision.clone())
        .when("ReviseTarget", revision)
        .then_refused("target-already-set");
}

#[test]
fn periods_are_defined_once_and_do_not_overlap() {
    let second = ask(json!({ "number": 2, "from": "2026-06-30", "to": "2026-12-31" }));
    a_draft()
        .done("DefinePeriod", first_period())
        .when("DefinePeriod", first_period())
        .then_refused("period-already-defined");
    a_draft().done("DefinePeriod", first_period()).when("DefinePeriod", second.clone()).then_unfit("/from");
    a_draft()
        .done("DefinePeriod", first_period())
        .done("DefinePeriod", with(second, "from", json!("2026-07-01")))
        .done("DefinePeriod", ask(json!({ "number": 3, "from": "2026-01-01", "to": "2027-06-30", "final": true })));
}

#[test]
fn a_period_has_sound_days_and_a_number_from_one() {
    a_draft().when("DefinePeriod", with(first_period(), "number", json!(0))).then_unfit("/number");
    a_draft().when("DefinePeriod", with(first_period(), "to", json!("2025-12-31"))).then_unfit("/to");
    a_draft().when("DefinePeriod", with(first_period(), "due", json!("2026-06-29"))).then_unfit("/due");
}

#[test]
fn a_programme_starts_closes_and_is_over() {
    a_draft().when("StartProgramme", ask(json!({}))).then([Event::from(ProgrammeStarted { date: None })]);
    a_running_programme().when("StartClosing", ask(json!({}))).then([Event::from(ClosingStarted { date: None })]);
    a_closing_programme()
        .when("CloseProgramme", ask(json!({ "date": "2027-07-31" })))
        .then([Event::from(ProgrammeClosed { date: Some("2027-07-31".parse().unwrap()) })]);
}

#[test]
fn no_step_of_a_programme_is_taken_twice() {
    a_running_programme().when("StartProgramme", ask(json!({}))).then_refused("programme-already-started");
    a_closing_programme().when("StartClosing", ask(json!({}))).then_refused("programme-already-closing");
    a_closed_programme().when("CloseProgramme", ask(json!({}))).then_refused("programme-already-closed");
    a_closed_programme().when("StartClosing", ask(json!({}))).then_refused("programme-already-closed");
}

#[test]
fn no_step_of_a_programme_is_left_out() {
    a_draft().when("StartClosing", ask(json!({}))).then_refused("programme-not-running");
    a_running_programme().when("CloseProgramme", ask(json!({}))).then_refused("programme-not-closing");
}

#[test]
fn the_end_of_a_programme_moves_with_its_reason() {
    let change = ask(json!({ "ends_on": "2027-09-30", "reason": "Pilots were delayed" }));
    a_running_programme().when("ChangeEndDate", change.clone()).then([Event::from(EndDateChanged {
        ends_on: "2027-09-30".parse().unwrap(),
        was_ends_on: "2027-06-30".parse().unwrap(),
        reason: serde_json::from_value(json!("Pilots were delayed")).unwrap(),
    })]);
    a_running_programme()
        .done("ChangeEndDate", change.clone())
        .when("ChangeEndDate", change.clone())
        .then_refused("end-date-already-set");
    a_running_programme().when("ChangeEndDate", with(change, "ends_on", json!("2025-01-01"))).then_unfit("/ends_on");
}

#[test]
fn nothing_is_defined_in_a_closed_programme() {
    for (command, body) in [("DefineTheme", waste()), ("DefineIndicator", visits()), ("DefinePeriod", first_period())] {
        a_closed_programme().when(command, body).then_refused("programme-already-closed");
    }
}

#[test]
fn a_period_is_reminded_of_once_for_each_day() {
    let remind = |days_left: i32| ask(json!({ "number": 1, "due": "2026-07-31", "days_left": days_left }));
    let defined = || a_running_programme().done("DefinePeriod", first_period());
    defined().when("RemindOfPeriod", remind(14)).then([Event::from(PeriodReminded {
        number: 1,
        due: "2026-07-31".parse().unwrap(),
        days_left: 14,
    })]);
    let reminded = || defined().done("RemindOfPeriod", remind(14));
    reminded().when("RemindOfPeriod", remind(14)).then_refused("period-already-reminded");
    assert_eq!(reminded().when("RemindOfPeriod", remind(3)).decided().unwrap().len(), 1);
    a_running_programme().when("RemindOfPeriod", remind(14)).then_unfit("/number");
}
