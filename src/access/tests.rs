//! The table against the programme's roles, and the one reading rule seen from both of its sides.

use koinon_events::{PersonId, VisitId};
use serde_json::json;
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::*;
use crate::domain::{command_shape, parse};

fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0000 + number)
}

fn command(name: &str, body: &serde_json::Value) -> Command {
    parse(command_shape(name).unwrap(), body).unwrap()
}

fn cancel() -> Command {
    command("CancelVisit", &json!({ "visit": VisitId(id(5)), "reason": "Floods" }))
}

fn accept_for(city: u128) -> Command {
    command("AcceptPartnership", &json!({ "partnership": id(4), "city": id(city) }))
}

fn today() -> Day {
    "2022-06-15".parse().unwrap()
}

fn grant(role: Role, scope: Option<Subject>) -> Grant {
    let programme = scope.map(|scope| match scope.kind {
        Kind::Programme => ProgrammeId(scope.id),
        _ if scope.id == id(7) => ProgrammeId(id(6)),
        _ => ProgrammeId(id(1)),
    });
    Grant { programme, ..Grant::new(role, scope, None) }
}

fn somebody() -> Actor {
    Actor::Person(PersonId(id(9)))
}

/// Porto (2) and eThekwini (3), partnership 4, programme 1.
fn pair() -> Scope {
    Scope {
        programme: Some(ProgrammeId(id(1))),
        partnerships: vec![PartnershipId(id(4))],
        cities: vec![CityId(id(2)), CityId(id(3))],
        ..Scope::default()
    }
}

fn asked(command: &Command, grants: &[Grant]) -> Result<(), Denied> {
    may(command, &pair(), grants, &somebody(), today())
}

#[test]
fn a_coordinator_plans_and_an_auditor_only_reads() {
    assert_eq!(asked(&cancel(), &[grant(Role::Coordinator, None)]), Ok(()));
    let denied = asked(&cancel(), &[grant(Role::Auditor, None)]).unwrap_err();
    assert_eq!(
        denied.to_string(),
        "This is for a coordinator, a delegate or an expert; you act as an auditor. Ask a coordinator of the programme."
    );
}

#[test]
fn a_delegate_acts_within_the_own_city_only() {
    let of = |city| [grant(Role::Delegate, Some(CityId(id(city)).subject()))];
    assert_eq!(asked(&cancel(), &of(2)), Ok(()));
    assert_eq!(asked(&cancel(), &of(7)), Err(Denied::Scope));
    assert_eq!(asked(&accept_for(2), &of(2)), Ok(()));
    assert_eq!(asked(&accept_for(3), &of(2)), Err(Denied::Scope), "nobody accepts for another city");
}

#[test]
fn the_address_of_who_has_a_weighty_role_is_changed_by_an_administrator_who_reaches_as_far() {
    let programme = Some(ProgrammeId(id(1)).subject());
    let held = [grant(Role::Delegate, Some(CityId(id(2)).subject())), grant(Role::Officer, programme)];
    let may = |role, scope| may_change_address(&held, &[grant(role, scope)], today());
    assert_eq!(may(Role::Coordinator, None), Err(Denied::Address));
    assert_eq!(may(Role::Officer, None), Err(Denied::Address));
    assert_eq!(may(Role::Administrator, None), Ok(()));
    assert_eq!(may(Role::Administrator, programme), Ok(()));
    assert_eq!(may(Role::Administrator, Some(ProgrammeId(id(6)).subject())), Err(Denied::Address));
    assert_eq!(may_change_address(&held[..1], &[grant(Role::Coordinator, None)], today()), Ok(()), "no weighty role");
}

#[test]
fn a_grant_that_has_ended_is_none() {
    let mut ended = grant(Role::Coordinator, None);
    ended.until = Some("2022-06-14".parse().unwrap());
    assert_eq!(asked(&cancel(), &[ended]), Err(Denied::NoRole));
}

#[test]
fn only_an_administrator_makes_administrators() {
    let promote = command("GrantRole", &json!({ "person": id(8), "role": "administrator" }));
    assert!(asked(&promote, &[grant(Role::Coordinator, None)]).is_err());
    assert_eq!(asked(&promote, &[grant(Role::Administrator, None)]), Ok(()));
}

#[test]
fn everybody_may_ask_for_their_own_erasure() {
    let own = command("RequestErasure", &json!({ "person": id(9), "reason": "I leave" }));
    assert_eq!(asked(&own, &[]), Ok(()));
    let other = command("RequestErasure", &json!({ "person": id(8), "reason": "They leave" }));
    assert!(asked(&other, &[]).is_err());
}

#[test]
fn a_filter_for_lists_lets_through_what_may_be_read_and_nothing_else() {
    let scopes = [
        None,
        Some(ProgrammeId(id(1)).subject()),
        Some(ProgrammeId(id(6)).subject()),
        Some(PartnershipId(id(4)).subject()),
        Some(CityId(id(3)).subject()),
        Some(CityId(id(7)).subject()),
    ];
    for role in Role::iter() {
        for limit in scopes {
            for kind in Kind::iter() {
                let grants = [grant(role, limit)];
                let sees = may_read(&pair(), kind, &grants, &somebody(), today());
                let filter = reach(kind, &grants, &somebody(), today());
                let passes = filter.is_none_or(|reach| {
                    reach.programmes.contains(&ProgrammeId(id(1)))
                        || reach.partnerships.contains(&PartnershipId(id(4)))
                        || reach.cities.iter().any(|city| pair().cities.contains(city))
                });
                assert_eq!(sees, passes, "{role} {limit:?} {kind:?}");
            }
        }
    }
}
