//! Who asks: an actor with the grants in force.
//!
//! A bearer is an API token (hashed in the database, its role fixed when it was made; looked up again once anything was committed) or a sign-in of this process (its
//! grants read anew at each use, so that a revoked role ends at once).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use koinon_events::value::Timestamp;
use koinon_events::{Actor, PersonId, Role, TokenId};
use subtle::ConstantTimeEq;

use super::{Failure, Koinon};
use crate::access::Grant;
use crate::domain::person::PersonStatus;
use crate::store::Credential;

/// Who asks, and in which roles.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The actor that the record will name.
    pub actor: Actor,
    /// The roles held, each with its scope and end.
    pub grants: Vec<Grant>,
    /// What to call the caller on a page; never recorded.
    pub name: String,
}

impl Caller {
    /// The system itself, acting by a standing rule or at set-up; it may do everything.
    ///
    /// # Errors
    /// [`Failure::Internal`] when the rule's name is not a code.
    pub fn system(rule: &str) -> Result<Self, Failure> {
        let code = koinon_events::value::Code::parse(rule).map_err(Failure::Internal)?;
        Ok(Self { actor: Actor::System(code), grants: Vec::new(), name: "Koinon".to_owned() })
    }
}

impl Koinon {
    /// The caller behind a bearer token; `None` when the token is unknown, revoked or over.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the tokens cannot be read.
    pub async fn authenticate(&self, bearer: &str) -> Result<Option<Caller>, Failure> {
        if Self::is_session(bearer) {
            return self.session_caller(bearer).await;
        }
        let hash = token_hash(bearer);
        if let Some(person) = self.inner.admissions.find(&hash) {
            return self.person(person).await;
        }
        let now = self.inner.clock.now();
        let changes = self.inner.store.changes();
        if let Some(known) = self.inner.recent.find(&hash, changes) {
            return Ok(known.expires.is_none_or(|end| end > now).then_some(known.caller));
        }
        let Some(credential) = self.inner.store.credential(hash).await? else { return Ok(None) };
        let sound: bool = credential.hash.ct_eq(&hash).into();
        if !sound || credential.revoked.is_some() || credential.expires.is_some_and(|end| end <= now) {
            return Ok(None);
        }
        let caller = self.placed(caller_of(&credential)?).await?;
        // What a grant holds for may be made by another process, which is heard of later.
        if caller.grants.iter().all(|grant| grant.scope.is_none() || grant.programme.is_some()) {
            self.inner.recent.keep(hash, caller.clone(), credential.expires, changes);
        }
        Ok(Some(caller))
    }
}

impl Koinon {
    /// Signs a person in to this process; gives a bearer that lasts as long as it does.
    pub fn admit(&self, person: PersonId) -> String {
        let bearer = format!("session_{}", URL_SAFE_NO_PAD.encode(self.inner.clock.chance()));
        self.inner.admissions.keep(token_hash(&bearer), person);
        bearer
    }

    /// A person as a caller, with the roles granted and not taken back; `None` when the person takes part no more.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the log cannot be read.
    pub async fn person(&self, person: PersonId) -> Result<Option<Caller>, Failure> {
        let mut ground = super::load::Ground::default();
        self.load(&mut ground, &[person.subject()], false).await?;
        let Some(state) = ground.world.person(person) else { return Ok(None) };
        if matches!(state.status, PersonStatus::Inactive | PersonStatus::Erased) {
            return Ok(None);
        }
        let grants = state.grants.values().filter(|grant| !grant.revoked);
        let grants = grants.map(|grant| Grant::new(grant.role, grant.scope, grant.until)).collect();
        let sealed: Vec<String> = state.sealed.iter().map(|personal| personal.name.sealed.clone()).collect();
        let name = self.open_all(&sealed).await?.into_values().next().unwrap_or_default();
        Ok(Some(self.placed(Caller { actor: Actor::Person(person), grants, name }).await?))
    }

    /// Notes which programme each grant's scope lies in.
    pub(super) async fn placed(&self, mut caller: Caller) -> Result<Caller, Failure> {
        for grant in &mut caller.grants {
            if let Some(scope) = grant.scope.filter(|_| grant.programme.is_none()) {
                grant.programme = self.scope(scope).await?.and_then(|scope| scope.programme);
            }
        }
        Ok(caller)
    }
}

/// Who is signed in to this process.
#[derive(Default)]
pub(super) struct Admissions(Mutex<HashMap<[u8; 32], PersonId>>);

impl Admissions {
    fn keep(&self, hash: [u8; 32], person: PersonId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(hash, person);
    }

    fn find(&self, hash: &[u8; 32]) -> Option<PersonId> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(hash).copied()
    }
}

/// The most tokens kept.
const MOST: usize = 10_000;

/// Tokens looked up since anybody last committed anything, here or in another process: whoever sends thousands of commands
/// a second is looked up once for each batch, and a token that was revoked a moment ago is accepted by nobody.
#[derive(Default)]
pub(super) struct Recent(Mutex<HashMap<[u8; 32], Known>>);

#[derive(Clone)]
struct Known {
    caller: Caller,
    expires: Option<Timestamp>,
    changes: i64,
}

impl Recent {
    fn keep(&self, hash: [u8; 32], caller: Caller, expires: Option<Timestamp>, changes: Option<i64>) {
        let Some(changes) = changes else { return };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(hash, Known { caller, expires, changes });
    }

    fn find(&self, hash: &[u8; 32], changes: Option<i64>) -> Option<Known> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(hash).filter(|known| Some(known.changes) == changes).cloned()
    }
}

/// How a token is kept: hashed, never as it was given out.
pub(crate) fn token_hash(token: &str) -> [u8; 32] {
    use sha2::Digest;
    sha2::Sha256::digest(token.as_bytes()).into()
}

pub(super) fn caller_of(credential: &Credential) -> Result<Caller, Failure> {
    let role: Role = credential
        .role
        .parse()
        .map_err(|_| Failure::Internal(format!("the token's role {:?} is unknown", credential.role)))?;
    let scope = serde_json::from_value(credential.scopes.clone())
        .map_err(|error| Failure::Internal(format!("the token's scope does not parse: {error}")))?;
    let actor = match credential.person {
        Some(person) => Actor::Person(person),
        None => Actor::Token(TokenId(credential.token)),
    };
    Ok(Caller { actor, grants: vec![Grant::new(role, scope, None)], name: credential.name.clone() })
}
