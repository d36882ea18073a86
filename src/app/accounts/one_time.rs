//! The second factor: codes that hold for half a minute (TOTP, RFC 6238, SHA-1, six digits, as every authenticator app
//! makes them), and recovery codes for who has lost the app.
//!
//! Promises: a code works once; a recovery code works once. The secret is kept only under the person's own key, so that
//! erasing the person destroys it.

use hmac::{Hmac, Mac};
use koinon_events::PersonId;
use sha1::Sha1;
use subtle::ConstantTimeEq;

use super::super::{Failure, Koinon};
use super::Half;
use crate::store::Account;
use crate::vault::DataKey;

/// How many recovery codes are made.
pub const RECOVERY_CODES: usize = 8;

/// How long a code holds, in seconds.
const STEP: i64 = 30;

/// Bytes of a secret.
const SECRET: usize = 20;

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Bytes as apps take them: base32 without padding.
pub fn in_base32(bytes: &[u8]) -> String {
    let (mut out, mut held, mut bits) = (String::new(), 0_u32, 0_u32);
    for byte in bytes {
        held = (held << 8 | u32::from(*byte)) & 0xffff;
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(char::from(BASE32[(held >> bits & 31) as usize]));
        }
    }
    if bits > 0 {
        out.push(char::from(BASE32[(held << (5 - bits) & 31) as usize]));
    }
    out
}

/// The code of a step.
fn code_of(secret: &[u8], step: i64) -> String {
    let Ok(mut mac) = <Hmac<Sha1> as hmac::KeyInit>::new_from_slice(secret) else { return String::new() };
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[hash.len() - 1] & 15);
    let number = hash[at..at + 4].iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte)) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

/// The code that an app shows at a moment, in seconds since 1970.
pub fn code_at(secret: &[u8], seconds: i64) -> String {
    code_of(secret, seconds.div_euclid(STEP))
}

/// The step around a moment whose code it is: the clocks of telephones are a little off.
fn step_of(secret: &[u8], code: &str, seconds: i64) -> Option<i64> {
    let now = seconds.div_euclid(STEP);
    let is_it = |step: &i64| -> bool { code_of(secret, *step).as_bytes().ct_eq(code.as_bytes()).into() };
    [now, now - 1, now + 1].into_iter().find(is_it)
}

/// A code as people type it: without blanks and dashes, in capitals.
fn typed(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}

impl Koinon {
    fn seconds(&self) -> i64 {
        self.inner.clock.now().micros().div_euclid(1_000_000)
    }

    async fn key_of(&self, person: PersonId) -> Result<DataKey, Failure> {
        let key = self.inner.store.vault_key(person).await?.ok_or(Failure::Absent)?;
        self.unwrapped(&key)
    }

    fn recovery_hash(&self, code: &str) -> [u8; 32] {
        self.inner.vault.keyed_hash("recovery-code", typed(code).as_bytes())
    }

    /// Whether a code is the account's, which it is once.
    pub(super) async fn shows_factor(&self, account: &Account, code: &str) -> Result<bool, Failure> {
        let secret = self.key_of(account.person).await?.open_secret("second-factor", &account.factor);
        let secret = secret.map_err(|error| Failure::Internal(error.to_string()))?;
        let code = typed(code);
        if let Some(step) = step_of(&secret, &code, self.seconds()) {
            return Ok(self.inner.store.use_step(account.person, step).await?);
        }
        Ok(self.inner.store.use_recovery_code(account.person, &self.recovery_hash(&code)).await?)
    }

    /// The secret that a session may set up as second factor: the same for as long as the session lasts.
    pub fn factor_offered(&self, bearer: &str) -> Vec<u8> {
        self.inner.vault.keyed_hash("second-factor-offered", bearer.as_bytes())[..SECRET].to_vec()
    }

    /// Whether a person has a second factor.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the accounts cannot be read.
    pub async fn has_factor(&self, person: PersonId) -> Result<bool, Failure> {
        Ok(self.inner.store.account(person).await?.is_some_and(|account| !account.factor.is_empty()))
    }

    /// Takes a person's second factor away, for who has lost both telephone and recovery codes; every session ends. For
    /// whoever keeps the machine, after making sure who is asking: no page offers it.
    ///
    /// # Errors
    /// [`Failure::Absent`] when the person has no account.
    pub async fn take_factor_away(&self, person: PersonId) -> Result<(), Failure> {
        self.inner.store.account(person).await?.ok_or(Failure::Absent)?;
        self.inner.store.set_factor(person, Vec::new(), 0, &[]).await?;
        self.inner.store.end_other_sessions(person, uuid::Uuid::nil()).await?;
        Ok(())
    }

    /// Sets up the secret offered to this session, shown by a code of it. Every session ends, a new one begins; gives
    /// its value and the recovery codes, which are shown this once. `None` when the code is wrong.
    ///
    /// # Errors
    /// [`Failure::Denied`] for who has a second factor already and has not shown it.
    pub async fn set_up_factor(
        &self,
        half: &Half,
        bearer: &str,
        code: &str,
    ) -> Result<Option<(String, Vec<String>)>, Failure> {
        if self.has_factor(half.person).await? && !half.factor {
            return Err(Failure::Denied("Sign in with your second factor first.".to_owned()));
        }
        // The second factor stands beside a password: who has none sets one first.
        self.inner.store.account(half.person).await?.ok_or(Failure::Absent)?;
        let secret = self.factor_offered(bearer);
        let Some(step) = step_of(&secret, &typed(code), self.seconds()) else { return Ok(None) };
        let locked = self.key_of(half.person).await?.lock_secret("second-factor", &secret, self.inner.clock.chance());
        let locked = locked.map_err(|error| Failure::Internal(error.to_string()))?;
        let codes: Vec<String> = (0..RECOVERY_CODES)
            .map(|_| {
                let text = in_base32(&self.inner.clock.chance()[..10]);
                format!("{}-{}-{}-{}", &text[..4], &text[4..8], &text[8..12], &text[12..16])
            })
            .collect();
        let hashes: Vec<[u8; 32]> = codes.iter().map(|code| self.recovery_hash(code)).collect();
        self.inner.store.set_factor(half.person, locked, step, &hashes).await?;
        self.inner.store.end_other_sessions(half.person, uuid::Uuid::nil()).await?;
        Ok(Some((self.begin_session(half.person, true).await?, codes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vectors_of_the_rfc_hold() {
        let secret = b"12345678901234567890";
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(code_at(secret, seconds), code);
        }
    }

    #[test]
    fn a_code_of_the_half_minute_before_or_after_is_taken_and_no_other() {
        let secret = b"12345678901234567890";
        let code = code_at(secret, 3000);
        assert_eq!([2970, 3000, 3030].map(|now| step_of(secret, &code, now)), [Some(100); 3]);
        assert_eq!(step_of(secret, &code, 3060), None);
        assert_eq!(step_of(secret, "", 3000), None);
    }

    #[test]
    fn a_secret_is_written_as_apps_read_it() {
        assert_eq!(in_base32(b"12345678901234567890"), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(in_base32(b"f"), "MY");
    }
}
