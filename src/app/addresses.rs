//! Private calendar addresses: a person's own, unguessable, shown once; each reads with the rights that person has at
//! the moment it is read, and with none when the person takes part no more.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use koinon_events::{Actor, Kind, PersonId};
use uuid::Uuid;

use super::caller::token_hash;
use super::{Caller, Failure, Koinon};
use crate::store::Address;

/// How many addresses one person may have.
const MOST: usize = 20;

fn person_of(caller: &Caller) -> Result<PersonId, Failure> {
    match &caller.actor {
        Actor::Person(person) => Ok(*person),
        _ => Err(Failure::Denied("Only a person has calendar addresses. Sign in as yourself.".to_owned())),
    }
}

impl Koinon {
    /// Makes an address for who asks; the secret part is given this once.
    ///
    /// # Errors
    /// [`Failure::Denied`] for who is no person or has many; [`Failure::Unavailable`] when it cannot be kept.
    pub async fn make_address(&self, caller: &Caller) -> Result<String, Failure> {
        let person = person_of(caller)?;
        if caller.grants.iter().any(|grant| grant.scope.is_some_and(|scope| scope.kind == Kind::Visit)) {
            return Err(Failure::Denied("You signed in for one visit. Sign in with your password first.".to_owned()));
        }
        if self.inner.store.addresses(person).await?.len() >= MOST {
            return Err(Failure::Denied("You have 20 calendar addresses. Revoke one first.".to_owned()));
        }
        let clock = self.clock();
        let secret = URL_SAFE_NO_PAD.encode(clock.chance());
        let address = Address { id: clock.id(), person, created: clock.now() };
        self.inner.store.keep_address(token_hash(&secret), address).await?;
        Ok(secret)
    }

    /// Ends an address of who asks.
    ///
    /// # Errors
    /// [`Failure::Absent`] when it is not theirs or is gone.
    pub async fn revoke_address(&self, caller: &Caller, id: Uuid) -> Result<(), Failure> {
        let gone = self.inner.store.forget_address(person_of(caller)?, id).await?;
        if gone { Ok(()) } else { Err(Failure::Absent) }
    }

    /// The addresses of who asks, without their secrets.
    ///
    /// # Errors
    /// [`Failure::Denied`] for who is no person.
    pub async fn addresses(&self, caller: &Caller) -> Result<Vec<Address>, Failure> {
        Ok(self.inner.store.addresses(person_of(caller)?).await?)
    }

    /// The person behind an address, with the rights of now.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when it cannot be read.
    pub async fn reader_of_address(&self, secret: &str) -> Result<Option<Caller>, Failure> {
        match self.inner.store.address_of(token_hash(secret)).await? {
            Some(person) => self.person(person).await,
            None => Ok(None),
        }
    }
}
