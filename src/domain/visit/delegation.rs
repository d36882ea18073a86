//! Who comes: the delegation and the experts who accompany it.

use koinon_events::visit::{
    DelegateInvited, DelegateReplaced, DelegateWithdrawn, DelegationConfirmed, ExpertAssigned, ExpertReplaced,
    VisitEvent,
};
use koinon_events::{CityId, PersonId};

use super::rules::check_plannable;
use super::{
    AssignExpert, ConfirmDelegation, InviteDelegate, ReplaceDelegate, ReplaceExpert, Visit, VisitRule, WithdrawDelegate,
};
use crate::domain::belonging::{COUNT_LIMIT, LIST_LIMIT, check_range};
use crate::domain::context::Context;
use crate::domain::{Decision, Rejection, fact};

/// The visit after an event about its delegation or experts.
pub(super) fn apply(visit: &mut Visit, event: &VisitEvent) {
    match event {
        VisitEvent::DelegateInvited(invited) => join(visit, invited.person, invited.city),
        VisitEvent::DelegateReplaced(replaced) => {
            let city = visit.delegates.get(&replaced.from).copied().flatten();
            leave(visit, replaced.from);
            join(visit, replaced.to, city);
        }
        VisitEvent::DelegateWithdrawn(withdrawn) => leave(visit, withdrawn.person),
        VisitEvent::DelegationConfirmed(confirmed) => {
            visit.is_delegation_confirmed = true;
            visit.delegation_size = confirmed.size;
        }
        VisitEvent::ExpertAssigned(assigned) => {
            visit.former_experts.remove(&assigned.expert);
            visit.experts.push(assigned.expert);
        }
        VisitEvent::ExpertReplaced(replaced) => {
            visit.experts.retain(|expert| *expert != replaced.from);
            visit.former_experts.insert(replaced.from);
            visit.former_experts.remove(&replaced.to);
            visit.experts.push(replaced.to);
        }
        _ => {}
    }
}

fn join(visit: &mut Visit, person: PersonId, city: Option<CityId>) {
    visit.delegates.insert(person, city);
    visit.former_delegates.remove(&person);
    visit.is_delegation_confirmed = false;
}

fn leave(visit: &mut Visit, person: PersonId) {
    visit.delegates.remove(&person);
    visit.former_delegates.insert(person);
    visit.is_delegation_confirmed = false;
}

pub(super) fn invite(visit: &Visit, command: &InviteDelegate, context: &Context<'_>) -> Decision {
    context.person_in("/person", command.person, visit.programme)?;
    if command.city.is_some_and(|city| !visit.concerns(city)) {
        return Err(Rejection::unfit("/city", "this city neither receives nor comes"));
    }
    check_plannable(visit)?;
    if visit.delegates.contains_key(&command.person) {
        return Err(VisitRule::DelegateAlreadyInvited.into());
    }
    if visit.delegates.len() >= LIST_LIMIT {
        return Err(Rejection::unfit("/person", format!("a delegation names at most {LIST_LIMIT} persons")));
    }
    fact(DelegateInvited { person: command.person, city: command.city })
}

pub(super) fn replace(visit: &Visit, command: &ReplaceDelegate, context: &Context<'_>) -> Decision {
    if command.from == command.to {
        return Err(Rejection::unfit("/to", "must be another person"));
    }
    context.person_in("/to", command.to, visit.programme)?;
    check_plannable(visit)?;
    if !visit.delegates.contains_key(&command.from) {
        return Err(match visit.former_delegates.contains(&command.from) {
            true => VisitRule::DelegateAlreadyReplaced.into(),
            false => VisitRule::DelegateNotInvited.into(),
        });
    }
    if visit.delegates.contains_key(&command.to) {
        return Err(VisitRule::DelegateAlreadyInvited.into());
    }
    fact(DelegateReplaced { from: command.from, to: command.to, reason: command.reason.clone() })
}

pub(super) fn withdraw(visit: &Visit, command: &WithdrawDelegate) -> Decision {
    check_plannable(visit)?;
    if visit.delegates.contains_key(&command.person) {
        return fact(DelegateWithdrawn { person: command.person, reason: command.reason.clone() });
    }
    Err(match visit.former_delegates.contains(&command.person) {
        true => VisitRule::DelegateAlreadyWithdrawn.into(),
        false => VisitRule::DelegateNotInvited.into(),
    })
}

pub(super) fn confirm(visit: &Visit, command: &ConfirmDelegation) -> Decision {
    if let Some(size) = command.size {
        check_range("/size", size, 1, COUNT_LIMIT)?;
        let named = visit.delegates.len();
        if usize::try_from(size).is_ok_and(|size| size < named) {
            return Err(Rejection::unfit(
                "/size",
                format!("the delegation names {named} persons, so it is no smaller"),
            ));
        }
    }
    check_plannable(visit)?;
    let changes_size = command.size.is_some() && command.size != visit.delegation_size;
    if visit.is_delegation_confirmed && !changes_size {
        return Err(VisitRule::DelegationAlreadyConfirmed.into());
    }
    fact(DelegationConfirmed { size: command.size, was_size: visit.delegation_size })
}

pub(super) fn assign_expert(visit: &Visit, command: &AssignExpert, context: &Context<'_>) -> Decision {
    context.expert_in("/expert", command.expert, visit.programme)?;
    check_plannable(visit)?;
    if visit.experts.contains(&command.expert) {
        return Err(VisitRule::ExpertAlreadyAssigned.into());
    }
    if visit.experts.len() >= LIST_LIMIT {
        return Err(Rejection::unfit("/expert", format!("at most {LIST_LIMIT} experts accompany a visit")));
    }
    fact(ExpertAssigned { expert: command.expert })
}

pub(super) fn replace_expert(visit: &Visit, command: &ReplaceExpert, context: &Context<'_>) -> Decision {
    if command.from == command.to {
        return Err(Rejection::unfit("/to", "must be another expert"));
    }
    context.expert_in("/to", command.to, visit.programme)?;
    check_plannable(visit)?;
    if !visit.experts.contains(&command.from) {
        return Err(match visit.former_experts.contains(&command.from) {
            true => VisitRule::ExpertAlreadyReplaced.into(),
            false => VisitRule::ExpertNotAssigned.into(),
        });
    }
    if visit.experts.contains(&command.to) {
        return Err(VisitRule::ExpertAlreadyAssigned.into());
    }
    fact(ExpertReplaced { from: command.from, to: command.to, reason: command.reason.clone() })
}
