//! Roles: granted for every programme, or for one programme, city or partnership, perhaps until a day; and taken back.

use koinon_events::person::{RoleGranted, RoleRevoked};
use koinon_events::value::Code;
use koinon_events::{Actor, Kind, Role, Subject};

use super::{GrantRole, Person, PersonRule, PersonStatus, RevokeRole};
use crate::domain::context::Context;
use crate::domain::{Decision, Rejection, fact};

/// Whether a role can be granted for it.
pub(super) fn can_be_scope(subject: Subject) -> bool {
    matches!(subject.kind, Kind::Programme | Kind::City | Kind::Partnership)
}

pub(super) fn grant(person: &Person, command: &GrantRole, context: &Context<'_>) -> Decision {
    if *context.actor == Actor::Person(person.id) {
        return Err(PersonRule::GrantToOneself.into());
    }
    let held = person.grants.iter().any(|(id, grant)| {
        command.grant.as_ref() == Some(id)
            || grant.holds_on(context.today)
                && (grant.role, grant.scope, grant.until) == (command.role, command.scope, command.until)
    });
    if held {
        return Err(PersonRule::RoleAlreadyGranted.into());
    }
    if person.status == PersonStatus::Inactive {
        return Err(PersonRule::PersonAlreadyInactive.into());
    }
    if let Some(scope) = command.scope {
        if !can_be_scope(scope) {
            return Err(Rejection::unfit("/scope", "a role is granted for a programme, a city or a partnership"));
        }
        context.exists("/scope", scope)?;
    }
    if would_audit_own_work(person, command.role, context) {
        return Err(PersonRule::AuditorWithAnotherRole.into());
    }
    if person.grants.len() >= 500 {
        return Err(PersonRule::TooManyGrants.into());
    }
    let grant = match &command.grant {
        Some(given) => given.clone(),
        None => crate::domain::next_code("g", "/grant", |code| person.grants.contains_key(code))?,
    };
    fact(RoleGranted { grant, role: command.role, scope: command.scope, until: command.until })
}

/// The grants that a revocation names.
pub(super) fn named<'a>(
    person: &'a Person,
    command: &'a RevokeRole,
) -> impl Iterator<Item = (&'a Code, &'a super::Grant)> {
    person.grants.iter().filter(|(id, grant)| match (&command.grant, command.role) {
        (Some(wanted), role) => *id == wanted && role.is_none_or(|role| role == grant.role),
        (None, Some(role)) => grant.role == role && grant.scope == command.scope,
        (None, None) => false,
    })
}

/// Whether somebody would hold two roles of which one looks at what the other does.
fn would_audit_own_work(person: &Person, role: Role, context: &Context<'_>) -> bool {
    let audits = |role| role == Role::Auditor;
    let held = person.grants.values().filter(|grant| grant.holds_on(context.today));
    held.into_iter().any(|grant| audits(grant.role) != audits(role))
}

pub(super) fn revoke(person: &Person, command: &RevokeRole) -> Decision {
    let named = named(person, command);
    let mut facts = Vec::new();
    let mut found = false;
    for (id, grant) in named {
        found = true;
        if !grant.revoked {
            let (role, scope, reason) = (grant.role, grant.scope, command.reason.clone());
            facts.push(RoleRevoked { grant: id.clone(), role, scope, reason }.into());
        }
    }
    match (found, facts.is_empty()) {
        (true, false) => Ok(facts),
        (true, true) => Err(PersonRule::RoleAlreadyRevoked.into()),
        (false, _) => {
            let pointer = if command.grant.is_some() { "/grant" } else { "/role" };
            Err(Rejection::unfit(pointer, "the person was not granted this role; name a grant, or its role and scope"))
        }
    }
}
