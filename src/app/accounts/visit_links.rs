//! Sign-in by a link in a mail: for delegates and experts of a visit, for as long as the visit lasts, and for nothing but
//! that visit. A link works once, for a quarter of an hour; its session ends with the visit.
//!
//! It is refused to whoever holds a role that asks for more: coordinators, administrators, officers and auditors. Whether
//! an address is known can be told neither from the answer nor from its time, for it is looked up after the answer.

use koinon_events::value::{Day, Timestamp};
use koinon_events::{Actor, PersonId, Role, VisitId};
use serde_json::Value;
use uuid::Uuid;

use super::super::caller::token_hash;
use super::super::load::Ground;
use super::super::{Caller, Failure, Koinon};
use crate::access::{Grant, is_weighty};
use crate::domain::visit::{Visit, VisitStatus};
use crate::views::Moment;

/// How long a link works, in microseconds: a quarter of an hour.
pub const LINK_LASTS: i64 = 15 * 60_000_000;
/// Days before a visit from which its people are let in, and after it until which they are.
const AROUND: (i64, i64) = (60, 14);

/// Whether a visit lets its people in on a day.
fn lets_in(visit: &Visit, day: Day) -> bool {
    let Some((from, to)) = visit.days else { return false };
    let stands = !matches!(visit.status, VisitStatus::Cancelled | VisitStatus::Postponed);
    stands && from.plus_days(-AROUND.0) <= day && day <= to.plus_days(AROUND.1)
}

/// In which role a person comes on a visit.
fn comes_as(visit: &Visit, person: PersonId) -> Option<Role> {
    if visit.experts.contains(&person) {
        return Some(Role::Expert);
    }
    visit.delegates.contains_key(&person).then_some(Role::Delegate)
}

impl Koinon {
    async fn visit_of(&self, id: VisitId) -> Result<Option<Visit>, Failure> {
        let mut ground = Ground::default();
        self.load(&mut ground, &[id.subject()], false).await?;
        Ok(ground.world.visit(id).cloned())
    }

    /// The role in which a person may sign in for a visit now; none when the visit is not near, the person does not come,
    /// or holds a role that asks for more.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the log cannot be read; so for everything here.
    pub async fn signs_in_for(&self, person: PersonId, id: VisitId) -> Result<Option<Role>, Failure> {
        let (Some(visit), Some(caller)) = (self.visit_of(id).await?, self.person(person).await?) else {
            return Ok(None);
        };
        let today = self.clock().today();
        let in_force = |grant: &&Grant| grant.until.is_none_or(|until| today <= until);
        let modest = |grant: &Grant| !is_weighty(grant.role);
        if !lets_in(&visit, today) || !caller.grants.iter().filter(in_force).all(modest) {
            return Ok(None);
        }
        Ok(comes_as(&visit, person))
    }

    /// Asks for a link to be mailed to whoever has that address and comes on a visit now: the one that begins next, or is
    /// going on. Does nothing for an address that is nobody's.
    ///
    /// # Errors
    /// As above.
    pub async fn ask_visit_link(&self, address: &str) -> Result<(), Failure> {
        let Some(person) = self.people_of_address(address).await?.first().copied() else { return Ok(()) };
        let row = self.views().get("people", person.0, Moment::Live).await?;
        let row: Value = row.map(|row| serde_json::from_slice(&row.value).unwrap_or_default()).unwrap_or_default();
        let visits = row["visits"].as_array().into_iter().flatten().filter_map(|id| id.as_str()?.parse().ok());
        let mut near: Vec<(Day, VisitId)> = Vec::new();
        for id in visits.map(VisitId) {
            if self.signs_in_for(person, id).await?.is_some()
                && let Some((_, to)) = self.visit_of(id).await?.and_then(|visit| visit.days)
            {
                near.push((to, id));
            }
        }
        let today = self.clock().today();
        near.sort_by_key(|(to, _)| (*to < today, *to));
        if let Some((_, visit)) = near.first() {
            let cause = format!("sign-in/{}/{}", visit.0, self.clock().id());
            self.put_mail(cause, person, "sign-in", (0, 0)).await?;
        }
        Ok(())
    }

    /// Makes the link that a mail carries; gives its secret, which is kept as a hash. Links before it are void.
    ///
    /// # Errors
    /// As above.
    pub async fn make_visit_link(&self, person: PersonId, visit: VisitId) -> Result<String, Failure> {
        let secret = self.new_secret();
        let expires = Timestamp::from_micros(self.clock().now().micros().saturating_add(LINK_LASTS));
        self.inner.store.keep_visit_link(person, visit, &token_hash(&secret), expires).await?;
        Ok(secret)
    }

    /// Whether a link works; looking does not use it up.
    ///
    /// # Errors
    /// As above.
    pub async fn visit_link_works(&self, secret: &str) -> Result<bool, Failure> {
        Ok(self.inner.store.visit_link(&token_hash(secret), self.clock().now()).await?.is_some())
    }

    /// Uses a link up and begins a session for its visit; gives the person, the visit and the session's value.
    ///
    /// # Errors
    /// [`Failure::Absent`] when it does not work, or the person does not come any more.
    pub async fn enter_for_visit(&self, secret: &str) -> Result<(PersonId, VisitId, String), Failure> {
        let (hash, now) = (token_hash(secret), self.clock().now());
        let (person, visit) = self.inner.store.visit_link(&hash, now).await?.ok_or(Failure::Absent)?;
        self.signs_in_for(person, visit).await?.ok_or(Failure::Absent)?;
        if !self.inner.store.use_visit_link(&hash, now).await? {
            return Err(Failure::Absent);
        }
        let value = self.begin_session_of(person, false, Some(visit)).await?;
        Ok((person, visit, value))
    }

    /// Who acts in a session: limited to a visit when it began with a link in a mail; nobody once the visit is over.
    pub(super) async fn limited(&self, caller: Caller, session: Uuid) -> Result<Option<Caller>, Failure> {
        let Some(visit) = self.inner.store.visit_session(session).await? else { return Ok(Some(caller)) };
        let Actor::Person(person) = caller.actor else { return Ok(None) };
        let Some(role) = self.signs_in_for(person, visit).await? else { return Ok(None) };
        let grants = vec![Grant::new(role, Some(visit.subject()), None)];
        Ok(Some(self.placed(Caller { grants, ..caller }).await?))
    }
}
