//! Browser sessions: an opaque 256-bit value in a cookie, kept here only as its hash, with the form token its pages
//! carry. A session stands for a token and is judged by that token's rights at each request, so that what is revoked
//! ends at once.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::web::actor::is_same_origin;
use crate::web::failure::Refusal;

/// How long a session lasts without a new sign-in. Measured, not read off a clock: the demo's clock leaps by days.
const LIFETIME: Duration = Duration::from_secs(12 * 60 * 60);

/// The most sessions kept; the oldest give way.
const MOST: usize = 100_000;

/// Everybody signed in with a browser.
#[derive(Default)]
pub struct Sessions {
    by_hash: Mutex<HashMap<[u8; 32], Session>>,
}

/// One browser signed in.
#[derive(Clone)]
pub struct Session {
    /// The token it stands for.
    pub bearer: String,
    /// What its forms must carry.
    pub form_token: String,
    begun: Instant,
}

impl Sessions {
    /// Begins a session for a token and answers the cookie's value; `None` when the system gives no chance.
    pub fn begin(&self, bearer: &str, now: Instant) -> Option<String> {
        let (cookie, form_token) = (chance()?, chance()?);
        let session = Session { bearer: bearer.to_owned(), form_token, begun: now };
        let mut sessions = self.by_hash.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, session| session.lasts(now));
        if sessions.len() >= MOST {
            let oldest = sessions.iter().min_by_key(|(_, session)| session.begun).map(|(hash, _)| *hash);
            oldest.and_then(|hash| sessions.remove(&hash));
        }
        sessions.insert(hash_of(&cookie), session);
        Some(cookie)
    }

    /// The session of a cookie's value, while it lasts.
    pub fn find(&self, cookie: &str, now: Instant) -> Option<Session> {
        let sessions = self.by_hash.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.get(&hash_of(cookie)).filter(|session| session.lasts(now)).cloned()
    }

    /// Ends a session.
    pub fn end(&self, cookie: &str) {
        self.by_hash.lock().unwrap_or_else(PoisonError::into_inner).remove(&hash_of(cookie));
    }
}

impl Session {
    /// A person's session, which the database knows: the cookie's value is its bearer.
    pub fn of_person(bearer: &str, form_token: String) -> Self {
        Self { bearer: bearer.to_owned(), form_token, begun: Instant::now() }
    }

    fn lasts(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.begun) < LIFETIME
    }

    /// Takes a form that this site's own page sent in this session.
    ///
    /// # Errors
    /// 403 for a form from elsewhere, or one that carries another token.
    pub fn takes_form(&self, headers: &HeaderMap, form_token: &str) -> Result<(), Refusal> {
        if is_same_origin(headers) && self.is_its_form(form_token) {
            return Ok(());
        }
        Err(Refusal::foreign_origin())
    }

    /// Whether a form carries this session's token.
    pub fn is_its_form(&self, token: &str) -> bool {
        self.form_token.as_bytes().ct_eq(token.as_bytes()).into()
    }
}

/// 256 bits of chance, as text; `None` when the system gives none.
pub fn chance() -> Option<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).ok()?;
    Some(URL_SAFE_NO_PAD.encode(bytes))
}

fn hash_of(cookie: &str) -> [u8; 32] {
    Sha256::digest(cookie.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_found_by_its_cookie_until_it_ends() {
        let sessions = Sessions::default();
        let cookie = sessions.begin("secret", Instant::now()).unwrap();
        assert_eq!(sessions.find(&cookie, Instant::now()).unwrap().bearer, "secret");
        assert!(sessions.find("guess", Instant::now()).is_none());
        sessions.end(&cookie);
        assert!(sessions.find(&cookie, Instant::now()).is_none());
    }

    #[test]
    fn a_session_grows_old() {
        let sessions = Sessions::default();
        let cookie = sessions.begin("secret", Instant::now()).unwrap();
        assert!(sessions.find(&cookie, Instant::now() + LIFETIME).is_none());
    }

    #[test]
    fn the_cookie_itself_is_not_kept() {
        let sessions = Sessions::default();
        let cookie = sessions.begin("secret", Instant::now()).unwrap();
        assert!(!sessions.by_hash.lock().unwrap().keys().any(|hash| hash.as_slice() == cookie.as_bytes()));
    }

    #[test]
    fn only_its_own_forms_are_taken() {
        let sessions = Sessions::default();
        let cookie = sessions.begin("secret", Instant::now()).unwrap();
        let session = sessions.find(&cookie, Instant::now()).unwrap();
        assert!(session.is_its_form(&session.form_token.clone()));
        assert!(!session.is_its_form("another") && !session.is_its_form(""));
    }
}
