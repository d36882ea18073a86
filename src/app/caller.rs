//! Who asks: an actor with the grants in force.

use koinon_events::{Actor, Role, TokenId};
use subtle::ConstantTimeEq;

use super::{Failure, Koinon};
use crate::access::Grant;
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
        let hash = token_hash(bearer);
        let Some(credential) = self.inner.store.credential(hash).await? else { return Ok(None) };
        let sound: bool = credential.hash.ct_eq(&hash).into();
        let now = self.inner.clock.now();
        if !sound || credential.revoked.is_some() || credential.expires.is_some_and(|end| end <= now) {
            return Ok(None);
        }
        caller_of(&credential).map(Some)
    }
}

/// How a token is kept: hashed, never as it was given out.
pub(crate) fn token_hash(token: &str) -> [u8; 32] {
    use sha2::Digest;
    sha2::Sha256::digest(token.as_bytes()).into()
}

fn caller_of(credential: &Credential) -> Result<Caller, Failure> {
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
    Ok(Caller { actor, grants: vec![Grant { role, scope, until: None }], name: credential.name.clone() })
}
