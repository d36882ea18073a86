//! Signing in as a person: links that work once, passwords, the second factor, sessions that are listed and ended.
//!
//! Promises: a session is judged by its person's grants at each request; coordinators and administrators are let in
//! only with a second factor; a wrong address, password or code is answered alike and takes as long. It refuses to say
//! which of them was wrong, and to give a link to who could gain rights by it.

mod address;
mod one_time;
mod password;
mod sessions;
mod visit_links;
mod vouched;

use koinon_events::value::{Language, Timestamp};
use koinon_events::{Actor, PersonId, Role, Subject};
use serde_json::{Map, json};

pub use one_time::{RECOVERY_CODES, code_at, in_base32};
pub use password::{SHORTEST, objection};
pub use sessions::{BrowserSession, Half};
pub use visit_links::LINK_LASTS;
pub use vouched::{Recognised, Stranger};

use super::caller::token_hash;
use super::load::Ground;
use super::{Caller, Failure, Koinon, Order};
use crate::access;
use crate::domain::Command;
use crate::domain::person::{AcceptInvitation, Person, PersonCommand, PersonStatus};
use crate::store::{SecurityEntry, StoreError};

/// How long a sign-in link works, in days.
const LINK_DAYS: i64 = 14;

/// How long the security log is kept, in days.
const KEPT_DAYS: i64 = 30;

/// What became of a link or a password: a session's value for the cookie, or the way to the sign-in page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entered {
    /// Signed in; the value is shown to nobody but the browser.
    Session(String),
    /// The password is set, and the second factor must be shown on the sign-in page.
    NeedsCode,
}

/// Whether a role asks for a second factor.
pub fn asks_for_second_factor(role: Role) -> bool {
    matches!(role, Role::Administrator | Role::Coordinator)
}

/// A moment some days after another.
fn days_after(moment: Timestamp, days: i64) -> Timestamp {
    Timestamp::from_micros(moment.micros().saturating_add(days * 86_400_000_000))
}

impl Koinon {
    /// The keyed hash by which an address is looked up; how it is written in capitals does not matter.
    fn address_hash(&self, address: &str) -> [u8; 32] {
        self.inner.vault.keyed_hash("email", address.trim().to_lowercase().as_bytes())
    }

    /// The languages somebody speaks, the one they read first in front.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn languages_of(&self, person: PersonId) -> Result<Vec<Language>, Failure> {
        Ok(self.taking_part(person).await?.map(|state| state.languages).unwrap_or_default())
    }

    /// A person's state, or nothing when there is none or it is over with them.
    pub(super) async fn taking_part(&self, person: PersonId) -> Result<Option<Person>, Failure> {
        let mut ground = Ground::default();
        self.load(&mut ground, &[person.subject()], false).await?;
        let state = ground.world.person(person).cloned();
        Ok(state.filter(|state| !matches!(state.status, PersonStatus::Inactive | PersonStatus::Erased)))
    }

    /// The hash of the address that a person has now.
    async fn address_of(&self, state: &Person) -> Result<[u8; 32], Failure> {
        let sealed = state.sealed.as_ref().map(|personal| personal.email.sealed.clone()).ok_or(Failure::Absent)?;
        let opened = self.open_all(std::slice::from_ref(&sealed)).await?;
        let address = opened.get(&sealed).ok_or(Failure::Absent)?;
        Ok(self.address_hash(address))
    }

    /// Makes a link by which a person signs in once and chooses a password; gives its secret, which is kept nowhere.
    /// Links made for the person before are void.
    ///
    /// # Errors
    /// [`Failure::Absent`] for who may not see the person; [`Failure::Denied`] for who could gain rights by it.
    pub async fn make_link(&self, caller: &Caller, person: PersonId) -> Result<String, Failure> {
        let state = self.taking_part(person).await?.ok_or(Failure::Absent)?;
        self.may_make_link(caller, &state)?;
        let secret = self.new_secret();
        let expires = days_after(self.inner.clock.now(), LINK_DAYS);
        self.inner.store.keep_link(person, &token_hash(&secret), expires).await?;
        Ok(secret)
    }

    /// Whether the caller may make a link for a person.
    ///
    /// # Errors
    /// As [`Self::make_link`].
    pub async fn may_give_link(&self, caller: &Caller, person: PersonId) -> Result<(), Failure> {
        let state = self.taking_part(person).await?.ok_or(Failure::Absent)?;
        self.may_make_link(caller, &state)
    }

    /// An administrator gives links to anybody else; who may invite gives them to who has not come in yet and has no
    /// rights that the giver could take on by using the link.
    fn may_make_link(&self, caller: &Caller, state: &Person) -> Result<(), Failure> {
        let today = self.inner.clock.today();
        let denied = |words: &str| Err(Failure::Denied(words.to_owned()));
        if matches!(caller.actor, Actor::System(_)) {
            return Ok(());
        }
        let subject: Subject = state.id.subject();
        if !access::may_read(&state.scope(), subject.kind, &caller.grants, &caller.actor, today) {
            return Err(Failure::Absent);
        }
        if caller.actor == Actor::Person(state.id) {
            return denied("Nobody makes a sign-in link for themselves. Change your password on your account page.");
        }
        if access::holds_everywhere(&[Role::Administrator], &caller.grants, today) {
            return Ok(());
        }
        let invited = Command::Person(PersonCommand::AcceptInvitation(AcceptInvitation { person: state.id }));
        access::may(&invited, &state.scope(), &caller.grants, &caller.actor, today)
            .map_err(|denied| Failure::Denied(denied.to_string()))?;
        if state.status != PersonStatus::Invited
            || state.grants.values().any(|grant| !grant.revoked && access::is_weighty(grant.role))
        {
            return denied("Only an administrator makes a sign-in link for this person. Ask one.");
        }
        Ok(())
    }

    /// Whose link it is, while it works: the person, and what to call them.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the links cannot be read.
    pub async fn link_holder(&self, secret: &str) -> Result<Option<(PersonId, String)>, Failure> {
        let found = self.inner.store.link(&token_hash(secret), self.inner.clock.now()).await?;
        let Some(person) = found else { return Ok(None) };
        Ok(self.person(person).await?.map(|caller| (person, caller.name)))
    }

    /// Uses a link up: the password is set, the invitation accepted, every session the person had is ended.
    ///
    /// # Errors
    /// [`Failure::Absent`] when the link does not work (any more); [`Failure::Denied`] when the address signs in
    /// somebody else.
    pub async fn enter_with_link(&self, secret: &str, chosen: &str) -> Result<Entered, Failure> {
        let (hash, now) = (token_hash(secret), self.inner.clock.now());
        let person = self.inner.store.link(&hash, now).await?.ok_or(Failure::Absent)?;
        let hashed = password::hash(chosen.to_owned()).await?;
        if !self.inner.store.use_link(&hash, now).await? {
            return Err(Failure::Absent);
        }
        let entered = self.come_in(person, hashed).await;
        if entered.is_err() {
            self.inner.store.give_link_back(&hash).await?;
        }
        entered
    }

    async fn come_in(&self, person: PersonId, hashed: String) -> Result<Entered, Failure> {
        let state = self.taking_part(person).await?.ok_or(Failure::Absent)?;
        self.keep_password(&state, hashed).await?;
        self.accept_invitation(person).await?;
        self.inner.store.end_other_sessions(person, uuid::Uuid::nil()).await?;
        let account = self.inner.store.account(person).await?.ok_or(Failure::Absent)?;
        if account.factor.is_empty() {
            return Ok(Entered::Session(self.begin_session(person, false).await?));
        }
        Ok(Entered::NeedsCode)
    }

    /// Whoever comes in for the first time has accepted the invitation.
    async fn accept_invitation(&self, person: PersonId) -> Result<(), Failure> {
        let state = self.taking_part(person).await?.ok_or(Failure::Absent)?;
        if state.status == PersonStatus::Invited {
            let caller = self.person(person).await?.ok_or(Failure::Absent)?;
            let body: Map<_, _> = json!({ "person": person }).as_object().cloned().unwrap_or_default();
            let order = Order { name: "AcceptInvitation".to_owned(), body, ..Order::default() };
            self.execute(&caller, order).await?;
        }
        Ok(())
    }

    async fn keep_password(&self, state: &Person, hashed: String) -> Result<(), Failure> {
        let address = self.address_of(state).await?;
        let kept = self.inner.store.set_password(state.id, &address, hashed, self.inner.clock.now()).await;
        kept.map_err(|error| match error {
            StoreError::Refused(_) => Failure::Denied(
                "This e-mail address signs in somebody else already. Ask a coordinator to change one of the two."
                    .to_owned(),
            ),
            other => other.into(),
        })
    }

    /// Signs in with address, password and, where one is set up, a code. `None` when any of them is wrong.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the accounts cannot be read; [`Failure::Busy`] when too many sign in at once.
    pub async fn sign_in(&self, address: &str, given: &str, code: &str) -> Result<Option<(PersonId, String)>, Failure> {
        let account = self.inner.store.account_by_email(&self.address_hash(address)).await?;
        let kept = account.as_ref().map_or(password::NOBODYS, |account| account.password.as_str());
        let fits = password::verify(given.to_owned(), kept.to_owned()).await?;
        let Some(account) = account.filter(|_| fits) else { return Ok(None) };
        if self.taking_part(account.person).await?.is_none() {
            return Ok(None);
        }
        let has_factor = !account.factor.is_empty();
        if has_factor && !self.shows_factor(&account, code).await? {
            return Ok(None);
        }
        Ok(Some((account.person, self.begin_session(account.person, has_factor).await?)))
    }

    /// Whether a person has a password.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the accounts cannot be read.
    pub async fn has_password(&self, person: PersonId) -> Result<bool, Failure> {
        Ok(self.inner.store.account(person).await?.is_some())
    }

    /// Sets another password; `given` is the one until now, where there is one. All sessions end, and a new one begins
    /// that has shown what the one before had. `None` when the password until now is wrong.
    ///
    /// # Errors
    /// As for [`Self::enter_with_link`].
    pub async fn change_password(
        &self,
        person: PersonId,
        given: &str,
        chosen: &str,
        factor_shown: bool,
    ) -> Result<Option<String>, Failure> {
        let state = self.taking_part(person).await?.ok_or(Failure::Absent)?;
        if let Some(account) = self.inner.store.account(person).await?
            && !password::verify(given.to_owned(), account.password).await?
        {
            return Ok(None);
        }
        self.keep_password(&state, password::hash(chosen.to_owned()).await?).await?;
        self.inner.store.end_other_sessions(person, uuid::Uuid::nil()).await?;
        Ok(Some(self.begin_session(person, factor_shown).await?))
    }

    /// Adds to the security log; when it cannot be kept, the program's own log says so.
    pub async fn note_security(&self, what: &str, actor: &str, address: &str, detail: &str) {
        let time = self.inner.clock.now();
        let [what, actor, address, detail] = [what, actor, address, detail].map(str::to_owned);
        let entry = SecurityEntry { number: 0, time, what, actor, address, detail };
        if let Err(error) = self.inner.store.note_security(&entry, days_after(time, -KEPT_DAYS)).await {
            tracing::warn!(%error, "the security log could not be written");
        }
    }

    /// The security log, newest first: up to `limit` entries below a number.
    ///
    /// # Errors
    /// [`Failure::Absent`] for who is no administrator of everything.
    pub async fn security_log(&self, caller: &Caller, below: i64, limit: usize) -> Result<Vec<SecurityEntry>, Failure> {
        if !access::holds_everywhere(&[Role::Administrator], &caller.grants, self.inner.clock.today()) {
            return Err(Failure::Absent);
        }
        Ok(self.inner.store.security_log(below, i64::try_from(limit).unwrap_or(i64::MAX)).await?)
    }
}
