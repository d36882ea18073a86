//! Given, when, then for people.

use koinon_events::person::*;
use koinon_events::value::{Line, Prose};
use koinon_events::{Actor, CityId, Event, PersonId, ProgrammeId, TokenId};
use serde_json::{Value, json};

use crate::domain::State;
use crate::domain::city::CityStatus;
use crate::domain::programme::ProgrammeStatus;
use crate::domain::scenario::states::{city_as, programme_as};
use crate::domain::scenario::{Scenario, given, id};

const PROGRAMME: ProgrammeId = ProgrammeId(id(1));
const ETHEKWINI: CityId = CityId(id(3));
const PERSON: PersonId = PersonId(id(6));
const OTHER_PROGRAMME: ProgrammeId = ProgrammeId(id(11));
const CITY_ELSEWHERE: CityId = CityId(id(12));

fn a_programme() -> Scenario {
    let city = |id, programme| State::City(city_as(id, programme, "ZA", "Africa/Johannesburg", CityStatus::Selected));
    given()
        .state(PROGRAMME, State::Programme(programme_as(PROGRAMME, ProgrammeStatus::Running)))
        .state(OTHER_PROGRAMME, State::Programme(programme_as(OTHER_PROGRAMME, ProgrammeStatus::Closed)))
        .state(ETHEKWINI, city(ETHEKWINI, PROGRAMME))
        .state(CITY_ELSEWHERE, city(CITY_ELSEWHERE, OTHER_PROGRAMME))
}

fn thandi() -> Value {
    json!({ "id": PERSON, "programme": PROGRAMME, "name": "Thandi Example", "email": "thandi@example.org",
        "phone": "+27 31 311 1111", "organisation": "eThekwini Municipality", "city": ETHEKWINI, "languages": ["en"],
        "kind": "delegate" })
}

fn ask(fields: Value) -> Value {
    let mut body = json!({ "person": PERSON });
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    body
}

fn with(mut body: Value, field: &str, value: Value) -> Value {
    body[field] = value;
    body
}

fn an_invited_person() -> Scenario {
    a_programme().done("InvitePerson", thandi())
}

fn an_active_person() -> Scenario {
    an_invited_person().done("AcceptInvitation", ask(json!({})))
}

fn an_inactive_person() -> Scenario {
    an_active_person().done("DeactivatePerson", ask(json!({ "reason": "Left the service" })))
}

fn erasure() -> Value {
    ask(json!({ "basis": "GDPR art. 17(1)(b)", "request": "R-1" }))
}

fn grant() -> Value {
    ask(json!({ "role": "coordinator", "scope": format!("programme/{PROGRAMME}"), "until": "2023-03-31" }))
}

fn the_fact(scenario: Scenario) -> Event {
    let mut facts = scenario.decided().unwrap();
    assert_eq!(facts.len(), 1);
    facts.remove(0).event
}

#[test]
fn names_addresses_and_phones_enter_the_log_only_sealed() {
    let event = the_fact(a_programme().when("InvitePerson", thandi()));
    let data = event.data().unwrap().to_string();
    for personal in ["Thandi", "thandi@", "+27"] {
        assert!(!data.contains(personal), "{data}");
    }
    let Event::Person(PersonEvent::PersonInvited(invited)) = event else { panic!("nobody was invited") };
    assert_ne!(invited.name, invited.email);
    assert!(invited.phone.is_some());
}

#[test]
fn a_person_is_of_the_programme_of_the_city() {
    let mut body = thandi();
    body.as_object_mut().unwrap().remove("programme");
    let Event::Person(PersonEvent::PersonInvited(invited)) = the_fact(a_programme().when("InvitePerson", body)) else {
        panic!("nobody was invited")
    };
    assert_eq!(invited.programme, Some(PROGRAMME));
    a_programme().when("InvitePerson", with(thandi(), "city", json!(CITY_ELSEWHERE))).then_unfit("/city");
    a_programme().when("InvitePerson", with(thandi(), "city", json!(id(99)))).then_unfit("/city");
    a_programme().when("InvitePerson", with(thandi(), "programme", json!(id(99)))).then_unfit("/programme");
}

#[test]
fn nobody_is_invited_to_a_closed_programme_or_twice() {
    let mut body = with(thandi(), "programme", json!(OTHER_PROGRAMME));
    body.as_object_mut().unwrap().remove("city");
    a_programme().when("InvitePerson", body).then_refused("programme-closed");
    an_invited_person().when("InvitePerson", thandi()).then_refused("person-already-exists");
}

#[test]
fn nobody_speaks_more_than_forty_languages() {
    a_programme().when("InvitePerson", with(thandi(), "languages", json!(vec!["en"; 41]))).then_unfit("/languages");
}

#[test]
fn an_invitation_is_accepted_once() {
    an_invited_person().when("AcceptInvitation", ask(json!({}))).then([Event::from(InvitationAccepted {})]);
    an_active_person().when("AcceptInvitation", ask(json!({}))).then_refused("invitation-already-accepted");
    an_inactive_person().when("AcceptInvitation", ask(json!({}))).then_refused("person-already-inactive");
}

#[test]
fn only_given_fields_change_and_say_what_they_were() {
    let change = ask(json!({ "organisation": "Durban Solid Waste", "kind": "expert" }));
    an_active_person().when("UpdatePerson", change.clone()).then([Event::from(PersonUpdated {
        organisation: Some(Line::parse("Durban Solid Waste").unwrap()),
        was_organisation: Some(Line::parse("eThekwini Municipality").unwrap()),
        kind: Some(PersonKind::Expert),
        was_kind: Some(PersonKind::Delegate),
        ..PersonUpdated::default()
    })]);
    an_active_person()
        .done("UpdatePerson", change.clone())
        .when("UpdatePerson", change)
        .then_refused("person-already-so");
    an_active_person().when("UpdatePerson", ask(json!({ "city": CITY_ELSEWHERE }))).then_unfit("/city");
}

#[test]
fn a_new_name_or_address_is_sealed_like_the_first() {
    let change =
        ask(json!({ "name": "Thandi Other", "email": "other@example.org", "phone": "031", "languages": ["zu"] }));
    let event = the_fact(an_active_person().when("UpdatePerson", change));
    assert!(!event.data().unwrap().to_string().contains("ther"));
    let Event::Person(PersonEvent::PersonUpdated(updated)) = event else { panic!("nothing changed") };
    assert!(updated.name.is_some() && updated.email.is_some() && updated.phone.is_some());
}

#[test]
fn a_person_is_deactivated_once() {
    an_active_person().when("DeactivatePerson", ask(json!({}))).then([Event::from(PersonDeactivated { reason: None })]);
    an_inactive_person().when("DeactivatePerson", ask(json!({}))).then_refused("person-already-inactive");
}

#[test]
fn an_erasure_is_asked_for_and_deferred_with_a_reason() {
    let request = ask(json!({ "reason": "I changed my job" }));
    let deferral = ask(json!({ "reason": "An audit is open", "until": "2023-12-31", "basis": "GDPR art. 17(3)(b)" }));
    let asked = || an_active_person().done("RequestErasure", request.clone());
    an_active_person()
        .when("RequestErasure", request.clone())
        .then([Event::from(ErasureRequested { reason: Prose::parse("I changed my job").unwrap() })]);
    asked().when("RequestErasure", request.clone()).then_refused("erasure-already-requested");
    let refusal = ask(json!({ "reason": "The records are kept by law" }));
    an_active_person().when("DeferErasure", refusal.clone()).then_refused("no-erasure-requested");
    asked().when("DeferErasure", refusal).then_accepted();
    an_active_person().when("DeferErasure", deferral.clone()).then_accepted();
    let longer = ask(json!({ "reason": "The audit goes on", "until": "2024-12-31" }));
    an_active_person().done("DeferErasure", deferral.clone()).when("DeferErasure", longer).then_accepted();
    asked().when("DeferErasure", deferral.clone()).then([Event::from(ErasureDeferred {
        reason: Prose::parse("An audit is open").unwrap(),
        until: Some("2023-12-31".parse().unwrap()),
        basis: Some(Line::parse("GDPR art. 17(3)(b)").unwrap()),
    })]);
    asked()
        .done("DeferErasure", deferral.clone())
        .when("DeferErasure", deferral.clone())
        .then_refused("erasure-already-deferred");
    asked()
        .done("DeferErasure", deferral)
        .when("RequestErasure", request.clone())
        .then([Event::from(ErasureRequested { reason: Prose::parse("I changed my job").unwrap() })]);
}

#[test]
fn an_erased_person_takes_no_more_commands() {
    an_inactive_person().when("ErasePerson", erasure()).then([Event::from(PersonErased {
        basis: Line::parse("GDPR art. 17(1)(b)").unwrap(),
        request: Line::parse("R-1").unwrap(),
    })]);
    let commands = [
        ("ErasePerson", erasure()),
        ("AcceptInvitation", ask(json!({}))),
        ("UpdatePerson", ask(json!({ "name": "Again" }))),
        ("RequestErasure", ask(json!({ "reason": "Again" }))),
        ("GrantRole", grant()),
    ];
    for (command, body) in commands {
        an_active_person().done("ErasePerson", erasure()).when(command, body).then_refused("person-already-erased");
    }
}

#[test]
fn a_role_is_granted_for_a_programme_until_a_day() {
    an_invited_person().when("GrantRole", grant()).then([Event::from(RoleGranted {
        grant: serde_json::from_value(json!("g1")).unwrap(),
        role: Role::Coordinator,
        scope: Some(PROGRAMME.subject()),
        until: Some("2023-03-31".parse().unwrap()),
    })]);
    let everywhere = ask(json!({ "role": "officer", "grant": "audit-2022" }));
    let facts = an_active_person().done("GrantRole", grant()).when("GrantRole", everywhere).decided().unwrap();
    assert_eq!(facts[0].event.data().unwrap(), json!({ "grant": "audit-2022", "role": "officer" }));
}

#[test]
fn nobody_both_writes_and_audits() {
    let audits = ask(json!({ "role": "auditor" }));
    let refused = "auditor-with-another-role";
    an_active_person().done("GrantRole", grant()).when("GrantRole", audits.clone()).then_refused(refused);
    an_active_person().done("GrantRole", audits.clone()).when("GrantRole", grant()).then_refused(refused);
    let lapsed = with(grant(), "until", json!("2022-06-14"));
    assert!(an_active_person().done("GrantRole", lapsed).when("GrantRole", audits).decided().is_ok());
}

#[test]
fn nobody_grants_a_role_to_themselves() {
    an_active_person().acting(Actor::Person(PERSON)).when("GrantRole", grant()).then_refused("grant-to-oneself");
    let by_token = an_active_person().acting(Actor::Token(TokenId(id(6))));
    assert!(by_token.when("GrantRole", grant()).decided().is_ok());
}

#[test]
fn a_role_held_is_not_granted_again_unless_it_ends_otherwise() {
    an_active_person().done("GrantRole", grant()).when("GrantRole", grant()).then_refused("role-already-granted");
    let longer = with(grant(), "until", json!("2024-03-31"));
    assert!(an_active_person().done("GrantRole", grant()).when("GrantRole", longer).decided().is_ok());
    let lapsed = with(grant(), "until", json!("2022-06-14"));
    assert!(an_active_person().done("GrantRole", lapsed.clone()).when("GrantRole", lapsed).decided().is_ok());
}

#[test]
fn a_role_holds_for_a_programme_a_city_or_a_partnership_that_exists() {
    an_active_person()
        .when("GrantRole", with(grant(), "scope", json!(format!("person/{PERSON}"))))
        .then_unfit("/scope");
    an_active_person()
        .when("GrantRole", with(grant(), "scope", json!(format!("city/{}", id(99)))))
        .then_unfit("/scope");
    an_inactive_person().when("GrantRole", grant()).then_refused("person-already-inactive");
}

#[test]
fn nobody_is_granted_more_than_five_hundred_roles() {
    let laden = (0..500).fold(an_active_person(), |person, number| {
        let until = "2024-01-01".parse::<koinon_events::value::Day>().unwrap().plus_days(number);
        person.done("GrantRole", with(grant(), "until", json!(until)))
    });
    laden.when("GrantRole", grant()).then_refused("too-many-grants");
}

#[test]
fn a_role_is_taken_back_by_its_id_or_by_what_it_is() {
    let revoked = || {
        [Event::from(RoleRevoked {
            grant: serde_json::from_value(json!("g1")).unwrap(),
            role: Role::Coordinator,
            scope: Some(PROGRAMME.subject()),
            reason: Prose::parse("Left").unwrap(),
        })]
    };
    let by_id = ask(json!({ "grant": "g1", "reason": "Left" }));
    let scope = format!("programme/{PROGRAMME}");
    let by_role = ask(json!({ "role": "coordinator", "scope": scope, "reason": "Left" }));
    let granted = || an_active_person().done("GrantRole", grant());
    granted().when("RevokeRole", by_id.clone()).then(revoked());
    granted().when("RevokeRole", by_role.clone()).then(revoked());
    granted().done("RevokeRole", by_id.clone()).when("RevokeRole", by_role).then_refused("role-already-revoked");
    an_active_person().when("RevokeRole", by_id).then_unfit("/grant");
    granted().when("RevokeRole", ask(json!({ "role": "auditor", "reason": "Left" }))).then_unfit("/role");
    granted().when("RevokeRole", ask(json!({ "reason": "Left" }))).then_unfit("/role");
}

#[test]
fn a_person_is_reminded_of_a_matter_once_a_day() {
    let remind = ask(json!({ "subject": ETHEKWINI.subject(), "matter": "accept-partnership" }));
    let event = the_fact(an_active_person().when("RemindPerson", remind.clone()));
    let Event::Person(PersonEvent::PersonReminded(reminded)) = event else { panic!("nobody was reminded") };
    assert_eq!(reminded.subject, ETHEKWINI.subject());
    let reminded = an_active_person().done("RemindPerson", remind.clone());
    reminded.when("RemindPerson", remind.clone()).then_refused("person-already-reminded");
    an_inactive_person().when("RemindPerson", remind).then_refused("person-already-inactive");
    let nothing = ask(json!({ "subject": CityId(id(99)).subject(), "matter": "accept-partnership" }));
    an_active_person().when("RemindPerson", nothing).then_unfit("/subject");
}
