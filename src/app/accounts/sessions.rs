//! Sessions of people: a 256-bit value in a cookie, kept in the database only as its hash, known to every node, listed
//! and ended by their person. Whether one still holds is looked up at each request.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use koinon_events::value::Timestamp;
use koinon_events::{PersonId, VisitId};
use uuid::Uuid;

use super::super::caller::token_hash;
use super::super::{Caller, Failure, Koinon};
use super::asks_for_second_factor;
use crate::store::SessionRow;

/// How the value of such a session begins.
const PREFIX: &str = "person_";

/// How long a session lasts, in microseconds: twelve hours.
const LIFETIME: i64 = 12 * 3_600_000_000;

/// How exactly it is kept when one was used last, in microseconds: a minute.
const SEEN: i64 = 60_000_000;

/// A session that lasts, whether or not a second factor is still to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Half {
    /// Whose.
    pub person: PersonId,
    /// The session's id.
    pub id: Uuid,
    /// Whether the second factor was shown.
    pub factor: bool,
}

/// A session as its person sees it in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrowserSession {
    /// What it is ended by.
    pub id: Uuid,
    /// Since when.
    pub begun: Timestamp,
    /// When it was used last.
    pub seen: Timestamp,
}

impl Koinon {
    /// A secret nobody can guess.
    pub(super) fn new_secret(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.inner.clock.chance())
    }

    /// Whether a cookie's value or bearer is a person's session by its form.
    pub fn is_session(bearer: &str) -> bool {
        bearer.starts_with(PREFIX)
    }

    /// The token that forms of a session carry.
    pub fn form_token(&self, bearer: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.inner.vault.keyed_hash("form-token", bearer.as_bytes()))
    }

    pub(super) async fn begin_session(&self, person: PersonId, factor: bool) -> Result<String, Failure> {
        self.begin_session_of(person, factor, None).await
    }

    /// Begins a session, limited to a visit where one is named.
    pub(super) async fn begin_session_of(
        &self,
        person: PersonId,
        factor: bool,
        visit: Option<VisitId>,
    ) -> Result<String, Failure> {
        let bearer = format!("{PREFIX}{}", self.new_secret());
        let begun = self.inner.clock.now();
        let expires = Timestamp::from_micros(begun.micros().saturating_add(LIFETIME));
        let row = SessionRow { id: self.inner.clock.id(), person, begun, seen: begun, expires, factor };
        self.inner.store.keep_session(&token_hash(&bearer), &row).await?;
        if let Some(visit) = visit {
            self.inner.store.limit_session(row.id, person, visit).await?;
        }
        Ok(bearer)
    }

    /// The caller behind a person's session; `None` when it is over, or lacks the second factor that a role asks for.
    pub(in super::super) async fn session_caller(&self, bearer: &str) -> Result<Option<Caller>, Failure> {
        let (hash, now) = (token_hash(bearer), self.inner.clock.now());
        let Some(row) = self.inner.store.session(&hash, now).await? else { return Ok(None) };
        let Some(caller) = self.person(row.person).await? else { return Ok(None) };
        if !row.factor && caller.grants.iter().any(|grant| asks_for_second_factor(grant.role)) {
            return Ok(None);
        }
        if now.micros() - row.seen.micros() >= SEEN {
            self.inner.store.touch_session(&hash, now).await?;
        }
        self.limited(caller, row.id).await
    }

    /// A session of which no more is asked than that it lasts: for setting up what it lacks. One that is limited to a
    /// visit sets nothing up.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the sessions cannot be read; so for all that follow.
    pub async fn half_session(&self, bearer: &str) -> Result<Option<Half>, Failure> {
        if !Self::is_session(bearer) {
            return Ok(None);
        }
        let row = self.inner.store.session(&token_hash(bearer), self.inner.clock.now()).await?;
        let Some(row) = row else { return Ok(None) };
        let is_limited = self.inner.store.visit_session(row.id).await?.is_some();
        let takes_part = !is_limited && self.taking_part(row.person).await?.is_some();
        Ok(takes_part.then_some(Half { person: row.person, id: row.id, factor: row.factor }))
    }

    /// Whether a role of the person asks for a second factor.
    ///
    /// # Errors
    /// As above.
    pub async fn needs_factor(&self, person: PersonId) -> Result<bool, Failure> {
        let caller = self.person(person).await?;
        Ok(caller.is_some_and(|caller| caller.grants.iter().any(|grant| asks_for_second_factor(grant.role))))
    }

    /// A person's sessions, the one used last first.
    ///
    /// # Errors
    /// As above.
    pub async fn browser_sessions(&self, person: PersonId) -> Result<Vec<BrowserSession>, Failure> {
        let rows = self.inner.store.sessions_of(person, self.inner.clock.now()).await?;
        Ok(rows.iter().map(|row| BrowserSession { id: row.id, begun: row.begun, seen: row.seen }).collect())
    }

    /// Ends one session of a person.
    ///
    /// # Errors
    /// As above.
    pub async fn end_session(&self, person: PersonId, id: Uuid) -> Result<bool, Failure> {
        Ok(self.inner.store.end_session(person, id).await?)
    }

    /// Ends every session of a person but one.
    ///
    /// # Errors
    /// As above.
    pub async fn end_other_sessions(&self, person: PersonId, but: Uuid) -> Result<u64, Failure> {
        Ok(self.inner.store.end_other_sessions(person, but).await?)
    }

    /// Ends the session of a cookie's value, if it is one.
    ///
    /// # Errors
    /// As above.
    pub async fn sign_out(&self, bearer: &str) -> Result<(), Failure> {
        if !Self::is_session(bearer) {
            return Ok(());
        }
        if let Some(row) = self.inner.store.session(&token_hash(bearer), self.inner.clock.now()).await? {
            self.inner.store.end_session(row.person, row.id).await?;
        }
        Ok(())
    }
}
