//! The address that a person signs in with: who may change it, and what follows when it was changed.
//!
//! Links, mails and identity providers find people by their address, so whoever changes it can come in as that person.
//! For those with weighty roles only an administrator may.

use koinon_events::Actor;
use koinon_events::value::Email;

use super::super::execute::{Asked, Order};
use super::super::load::Ground;
use super::super::{Failure, Koinon};
use crate::access;
use crate::domain::Command;
use crate::domain::person::PersonCommand;

impl Koinon {
    /// Whether the caller may give the command as far as it changes an address; giving the same address again changes
    /// nothing.
    pub(in super::super) async fn may_change_address(
        &self,
        asked: &Asked<'_>,
        ground: &Ground,
    ) -> Result<Result<(), access::Denied>, Failure> {
        let Command::Person(PersonCommand::UpdatePerson(update)) = &asked.command else { return Ok(Ok(())) };
        let (Some(address), Some(person)) = (&update.email, ground.world.person(update.person)) else {
            return Ok(Ok(()));
        };
        if matches!(asked.caller.actor, Actor::System(_)) {
            return Ok(Ok(()));
        }
        let today = self.inner.clock.today();
        let mut held = Vec::new();
        for grant in person.grants.values().filter(|grant| grant.holds_on(today)) {
            held.push(access::Grant::new(grant.role, grant.scope, grant.until));
        }
        if held.iter().all(|grant| !access::is_weighty(grant.role)) {
            return Ok(Ok(()));
        }
        match self.address_of(person).await {
            Ok(now) if now == self.address_hash(address.as_str()) => return Ok(Ok(())),
            Ok(_) | Err(Failure::Absent) => {}
            Err(failure) => return Err(failure),
        }
        for grant in &mut held {
            grant.programme = match grant.scope {
                Some(scope) => self.scope(scope).await?.and_then(|scope| scope.programme),
                None => None,
            };
        }
        Ok(access::may_change_address(&held, &asked.caller.grants, today))
    }

    /// After a person's address was changed by a command, the new one signs in.
    pub(in super::super) async fn address_changed(&self, order: &Order) {
        let Some(address) = order.body.get("email").and_then(|value| value.as_str()) else { return };
        let id = order.body.get("person").and_then(|value| value.as_str()).and_then(|id| id.parse().ok());
        let (Some(id), Ok(address)) = (id, Email::parse(address)) else { return };
        let moved =
            self.inner.store.move_account(koinon_events::PersonId(id), &self.address_hash(address.as_str())).await;
        if let Err(error) = moved {
            tracing::warn!(%error, "an account still has the address from before");
        }
    }
}
