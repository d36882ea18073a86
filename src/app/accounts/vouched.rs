//! People whom an identity provider vouches for: found by the identity linked before, else by their verified address.
//!
//! Promises: nobody comes in who was not invited, and nobody gains a role by what the provider says. A person has one
//! identity at a provider, linked at the first sign-in; the same address under another identity is refused, since
//! addresses are given to others and identities are not. A second factor set up here is asked for unless the provider
//! vouches for one.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use koinon_events::PersonId;
use koinon_events::value::Timestamp;
use subtle::ConstantTimeEq;

use super::super::{Failure, Koinon};
use crate::oidc::{Attempt, Vouched};
use crate::store::Identity;
use crate::views::{ListQuery, Moment};

/// How long somebody vouched for may take to show the code of the second factor, in microseconds.
const CODE_WITHIN: i64 = 10 * 60 * 1_000_000;

/// How long the read models are waited for.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);

/// What becomes of somebody vouched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recognised {
    /// Signed in; the session's value, and whether the identity was linked just now.
    Session(PersonId, String, bool),
    /// The second factor must be shown; the ticket says for ten minutes that the rest was.
    NeedsCode(PersonId, String, bool),
}

/// Why somebody vouched for is not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Stranger {
    /// The provider has not verified the address, or gives none.
    Unverified,
    /// Nobody who takes part has this address.
    Unknown,
    /// Several people who take part have this address.
    Several,
    /// The person with this address signs in with another identity.
    Another,
}

impl Koinon {
    /// The secrets of an attempt to sign in with a provider, which hang on the value of a cookie and the vault's key:
    /// every node knows them, and only the browser that holds the cookie can go on.
    pub fn openid_attempt(&self, cookie: &str) -> Attempt {
        let made = |purpose: &str| URL_SAFE_NO_PAD.encode(self.inner.vault.keyed_hash(purpose, cookie.as_bytes()));
        Attempt { state: made("openid-state"), nonce: made("openid-nonce"), verifier: made("openid-verifier") }
    }

    /// Lets in whom a provider vouches for.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when people or accounts cannot be read.
    pub async fn enter_vouched(
        &self,
        issuer: &str,
        vouched: &Vouched,
    ) -> Result<Result<Recognised, Stranger>, Failure> {
        let (person, linked) = match self.recognise(issuer, vouched).await? {
            Ok(found) => found,
            Err(stranger) => return Ok(Err(stranger)),
        };
        self.accept_invitation(person).await?;
        let account = self.inner.store.account(person).await?;
        if !vouched.second_factor && account.is_some_and(|account| !account.factor.is_empty()) {
            return Ok(Ok(Recognised::NeedsCode(person, self.code_ticket(person), linked)));
        }
        let session = self.begin_session(person, vouched.second_factor).await?;
        Ok(Ok(Recognised::Session(person, session, linked)))
    }

    /// Who it is, and whether the identity was linked just now.
    async fn recognise(&self, issuer: &str, vouched: &Vouched) -> Result<Result<(PersonId, bool), Stranger>, Failure> {
        let hashed = |purpose: &str, value: String| self.inner.vault.keyed_hash(purpose, value.as_bytes());
        let hash = hashed("identity", format!("{issuer}\n{}", vouched.subject));
        if let Some(person) = self.inner.store.person_of_identity(&hash).await? {
            let takes_part = self.taking_part(person).await?.is_some();
            return Ok(if takes_part { Ok((person, false)) } else { Err(Stranger::Unknown) });
        }
        let Some(address) = &vouched.address else { return Ok(Err(Stranger::Unverified)) };
        let person = match self.people_of_address(address).await?.as_slice() {
            [] => return Ok(Err(Stranger::Unknown)),
            [person] => *person,
            _ => return Ok(Err(Stranger::Several)),
        };
        let issuer = hashed("issuer", issuer.to_owned());
        let identity = Identity { hash, issuer, person, linked: self.inner.clock.now() };
        let kept = self.inner.store.link_identity(&identity).await?;
        Ok(if kept { Ok((person, true)) } else { Err(Stranger::Another) })
    }

    /// Who takes part and has this address. Addresses stand in no table: each is opened and compared.
    pub(super) async fn people_of_address(&self, address: &str) -> Result<Vec<PersonId>, Failure> {
        let wanted = self.address_hash(address);
        self.inner.views.wait_for(self.head().await?.position, PATIENCE).await.map_err(Failure::from)?;
        let (mut found, mut cursor) = (Vec::new(), None);
        loop {
            let query = ListQuery { limit: Some(500), cursor, ..ListQuery::default() };
            let page = self.inner.views.list("people", &query, Moment::Live).await?;
            let rows = page.items.iter().filter_map(|bytes| serde_json::from_slice::<serde_json::Value>(bytes).ok());
            let people: Vec<(String, PersonId)> = rows
                .filter(|row| !matches!(row["status"].as_str(), Some("inactive" | "erased")))
                .filter_map(|row| {
                    let sealed = row["email"]["sealed"].as_str()?.to_owned();
                    Some((sealed, PersonId(row["id"].as_str()?.parse().ok()?)))
                })
                .collect();
            let sealed: Vec<String> = people.iter().map(|(sealed, _)| sealed.clone()).collect();
            let opened = self.open_all(&sealed).await?;
            let is_it =
                |sealed: &String| opened.get(sealed).is_some_and(|address| self.address_hash(address) == wanted);
            found.extend(people.iter().filter(|(sealed, _)| is_it(sealed)).map(|(_, person)| *person));
            cursor = page.next;
            if cursor.is_none() {
                return Ok(found);
            }
        }
    }

    /// Says for ten minutes that everything but the second factor was shown.
    fn code_ticket(&self, person: PersonId) -> String {
        let until = self.inner.clock.now().micros().saturating_add(CODE_WITHIN);
        let said = format!("{}.{until}", person.0);
        format!("{said}.{}", self.signed_ticket(&said))
    }

    fn signed_ticket(&self, said: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.inner.vault.keyed_hash("code-ticket", said.as_bytes()))
    }

    /// Whose ticket it is, while it holds.
    pub fn ticket_holder(&self, ticket: &str) -> Option<PersonId> {
        let (said, signed) = ticket.rsplit_once('.')?;
        let (person, until) = said.split_once('.')?;
        let sound: bool = self.signed_ticket(said).as_bytes().ct_eq(signed.as_bytes()).into();
        let until = Timestamp::from_micros(until.parse().ok()?);
        (sound && self.inner.clock.now() < until).then_some(PersonId(person.parse().ok()?))
    }

    /// Lets in the holder of a ticket who shows the second factor; `None` when the code is wrong.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the accounts cannot be read.
    pub async fn enter_with_code(&self, person: PersonId, code: &str) -> Result<Option<String>, Failure> {
        let Some(account) = self.inner.store.account(person).await? else { return Ok(None) };
        if self.taking_part(person).await?.is_none()
            || account.factor.is_empty()
            || !self.shows_factor(&account, code).await?
        {
            return Ok(None);
        }
        Ok(Some(self.begin_session(person, true).await?))
    }

    /// When each of a person's identities at providers was linked.
    ///
    /// # Errors
    /// As above.
    pub async fn identities(&self, person: PersonId) -> Result<Vec<Timestamp>, Failure> {
        Ok(self.inner.store.identities_of(person).await?)
    }

    /// Forgets a person's identities at providers and ends every session of theirs; the next sign-in with a verified address
    /// links one anew.
    ///
    /// # Errors
    /// As above.
    pub async fn unlink_identities(&self, person: PersonId) -> Result<u64, Failure> {
        let gone = self.inner.store.unlink_identities(person).await?;
        self.inner.store.end_other_sessions(person, uuid::Uuid::nil()).await?;
        Ok(gone)
    }
}
