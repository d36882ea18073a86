//! Scenarios of planning a visit.

use koinon_events::Event;
use koinon_events::visit::*;
use serde_json::json;

use super::{begun, cancelled, completed, planned};
use crate::domain::partnership::PartnershipStatus;
use crate::domain::programme::ProgrammeStatus;
use crate::domain::scenario::pair::*;

#[test]
fn a_visit_is_scheduled_at_once() {
    a_formed_pair().when("ScheduleVisit", june()).then([Event::from(VisitScheduled {
        programme: PROGRAMME,
        partnership: Some(PAIR),
        kind: VisitKind::StudyVisit,
        format: VisitFormat::InPerson,
        host_city: PORTO,
        visiting_cities: vec![ETHEKWINI],
        from: "2022-06-13".parse().unwrap(),
        to: "2022-06-17".parse().unwrap(),
        themes: vec![text("waste-to-energy")],
        objectives: Some(text("See the plant at work")),
        follows: Vec::new(),
    })]);
}

#[test]
fn a_visit_that_ends_before_it_begins_is_refused() {
    a_formed_pair().when("ScheduleVisit", with(june(), "to", "2022-06-12")).then_unfit("/to");
}

#[test]
fn a_city_cannot_visit_itself() {
    a_formed_pair()
        .when("ScheduleVisit", with(june(), "visiting_cities", json!([PORTO])))
        .then_unfit("/visiting_cities/0");
}

#[test]
fn a_theme_the_programme_does_not_have_is_named() {
    a_formed_pair()
        .when("ScheduleVisit", with(june(), "themes", json!(["waste-to-energy", "magic"])))
        .then_unfit("/themes/1");
}

#[test]
fn no_visit_is_planned_in_a_partnership_that_is_not_formed() {
    a_pair(PartnershipStatus::Proposed).when("ScheduleVisit", june()).then_refused("partnership-not-working");
}

#[test]
fn a_visit_moves_with_its_reason_and_says_where_it_was() {
    a_formed_pair()
        .done("ScheduleVisit", june())
        .when(
            "RescheduleVisit",
            json!({ "visit": VISIT, "from": "2022-06-20", "to": "2022-06-24", "reason": "Strike at the airport" }),
        )
        .then([Event::from(VisitRescheduled {
            from: "2022-06-20".parse().unwrap(),
            to: "2022-06-24".parse().unwrap(),
            was_from: Some("2022-06-13".parse().unwrap()),
            was_to: Some("2022-06-17".parse().unwrap()),
            reason: text("Strike at the airport"),
        })]);
}

#[test]
fn a_cancelled_visit_cannot_be_moved() {
    a_formed_pair()
        .done("ScheduleVisit", june())
        .done("CancelVisit", json!({ "visit": VISIT, "reason": "Floods" }))
        .when(
            "RescheduleVisit",
            json!({ "visit": VISIT, "from": "2022-06-20", "to": "2022-06-24", "reason": "Dry again" }),
        )
        .then_refused("visit-already-cancelled");
}

#[test]
fn a_visit_is_confirmed_once_it_has_dates() {
    a_formed_pair()
        .done("ScheduleVisit", june())
        .when("ConfirmVisit", json!({ "visit": VISIT }))
        .then([Event::from(VisitConfirmed {})]);
}

#[test]
fn a_visit_is_proposed_for_a_month_and_scheduled_later() {
    let wish = json!({ "id": VISIT, "programme": PROGRAMME, "kind": "study-visit", "format": "in-person",
        "host_city": PORTO, "visiting_cities": [ETHEKWINI], "window": "2022-06" });
    a_formed_pair().when("ProposeVisit", wish.clone()).then([Event::from(VisitProposed {
        programme: PROGRAMME,
        partnership: None,
        kind: VisitKind::StudyVisit,
        format: VisitFormat::InPerson,
        host_city: PORTO,
        visiting_cities: vec![ETHEKWINI],
        window: Some("2022-06".parse().unwrap()),
        themes: Vec::new(),
        objectives: None,
    })]);
    a_formed_pair()
        .done("ProposeVisit", wish.clone())
        .when("PostponeVisit", json!({ "visit": VISIT, "reason": "Too hot" }))
        .then_refused("visit-has-no-dates");
    a_formed_pair().done("ProposeVisit", wish.clone()).done("ScheduleVisit", june());
    a_formed_pair().done("ProposeVisit", wish.clone()).when("ProposeVisit", wish).then_refused("visit-already-exists");
}

#[test]
fn a_visit_that_has_its_dates_is_not_scheduled_again() {
    planned().when("ScheduleVisit", june()).then_refused("visit-already-scheduled");
}

#[test]
fn a_visit_needs_no_partnership() {
    a_formed_pair().done("ScheduleVisit", without(june(), "partnership"));
}

#[test]
fn a_city_of_another_programme_does_not_come() {
    a_formed_pair()
        .when("ScheduleVisit", with(june(), "visiting_cities", json!([STRANGER])))
        .then_unfit("/visiting_cities/0");
}

#[test]
fn a_city_is_not_named_twice_among_the_visitors() {
    a_formed_pair()
        .when("ScheduleVisit", with(june(), "visiting_cities", json!([ETHEKWINI, ETHEKWINI])))
        .then_unfit("/visiting_cities/1");
}

#[test]
fn no_visit_is_planned_with_a_city_that_left() {
    a_formed_pair()
        .when("ScheduleVisit", with(june(), "visiting_cities", json!([LEFT])))
        .then_refused("city-not-taking-part");
}

#[test]
fn no_visit_takes_place_before_the_programme_runs_or_after_it_closed() {
    a_programme(ProgrammeStatus::Draft)
        .when("ScheduleVisit", without(june(), "partnership"))
        .then_refused("programme-not-running");
    a_programme(ProgrammeStatus::Closed)
        .when("ScheduleVisit", without(june(), "partnership"))
        .then_refused("programme-closed");
}

#[test]
fn a_visit_follows_visits_and_meetings_that_exist() {
    planned()
        .when("ScheduleVisit", with(with(june(), "id", json!(SECOND)), "follows", json!([VISIT.subject()])))
        .then_accepted();
    a_formed_pair().when("ScheduleVisit", with(june(), "follows", json!([PORTO.subject()]))).then_unfit("/follows/0");
    a_formed_pair().when("ScheduleVisit", with(june(), "follows", json!([MEETING.subject()]))).then_unfit("/follows/0");
}

#[test]
fn a_visit_is_not_moved_to_where_it_is() {
    planned()
        .when(
            "RescheduleVisit",
            json!({ "visit": VISIT, "from": "2022-06-13", "to": "2022-06-17", "reason": "As before" }),
        )
        .then_refused("visit-already-on-these-days");
}

#[test]
fn a_postponed_visit_waits_for_new_days() {
    let off = json!({ "visit": VISIT, "reason": "Strike" });
    planned().when("PostponeVisit", off.clone()).then([Event::from(VisitPostponed { reason: text("Strike") })]);
    planned()
        .done("PostponeVisit", off.clone())
        .when("PostponeVisit", off.clone())
        .then_refused("visit-already-postponed");
    planned()
        .done("PostponeVisit", off.clone())
        .when("StartVisit", json!({ "visit": VISIT }))
        .then_refused("visit-has-no-dates");
    planned().done("PostponeVisit", off).done(
        "RescheduleVisit",
        json!({ "visit": VISIT, "from": "2022-07-01", "to": "2022-07-03", "reason": "The strike is over" }),
    );
}

#[test]
fn a_visit_is_cancelled_once() {
    let off = json!({ "visit": VISIT, "reason": "Floods" });
    planned().when("CancelVisit", off.clone()).then([Event::from(VisitCancelled { reason: text("Floods") })]);
    cancelled().when("CancelVisit", off.clone()).then_refused("visit-already-cancelled");
    completed().when("CancelVisit", off).then_refused("visit-already-held");
}

#[test]
fn a_visit_is_confirmed_once() {
    planned()
        .done("ConfirmVisit", json!({ "visit": VISIT }))
        .when("ConfirmVisit", json!({ "visit": VISIT }))
        .then_refused("visit-already-confirmed");
}

#[test]
fn a_visit_under_way_keeps_its_days() {
    begun()
        .when(
            "RescheduleVisit",
            json!({ "visit": VISIT, "from": "2022-06-20", "to": "2022-06-24", "reason": "Too late" }),
        )
        .then_refused("visit-already-under-way");
}
