//! How often one may try: sign-in, links and set-up are counted per account and per network address, and who tried too
//! often waits. Kept in memory, for each node on its own.
//!
//! The network address is the one the connection comes from, unless that is a proxy which the operator named: then the
//! one that it tells of (`proxies.rs`). Behind any other proxy all share one: the bound per address is therefore wide,
//! the one per account narrow.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::web::failure::Refusal;

/// How long tries are counted.
const WINDOW: Duration = Duration::from_secs(15 * 60);

/// Tries for one account within that.
const PER_ACCOUNT: u32 = 5;

/// Tries from one address within that.
const PER_ADDRESS: u32 = 100;

/// The most that is kept; the oldest give way.
const MOST: usize = 50_000;

/// Where a request comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub Option<IpAddr>);

impl std::fmt::Display for Peer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.map_or(Ok(()), |address| address.fmt(out))
    }
}

impl Peer {
    /// What stands for the address when tries are counted: one customer's whole network for IPv6.
    fn network(self) -> String {
        match self.0 {
            Some(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                format!("address {}", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
            Some(address) => format!("address {address}"),
            None => "address unknown".to_owned(),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Peer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get::<Self>().copied().unwrap_or(Self(None)))
    }
}

/// The tries of late.
#[derive(Default)]
pub struct Throttle(Mutex<HashMap<String, (u32, Instant)>>);

impl Throttle {
    /// Counts a try from an address.
    ///
    /// # Errors
    /// 429 with the time to wait.
    pub fn address(&self, peer: Peer) -> Result<(), Refusal> {
        self.count(peer.network(), PER_ADDRESS, Instant::now())
    }

    /// Counts a try for an account, known or not.
    ///
    /// # Errors
    /// 429 with the time to wait.
    pub fn account(&self, name: &str) -> Result<(), Refusal> {
        self.count(account_key(name), PER_ACCOUNT, Instant::now())
    }

    /// Forgets the tries for an account, after one that was right.
    pub fn forgive(&self, name: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&account_key(name));
    }

    fn count(&self, key: String, most: u32, now: Instant) -> Result<(), Refusal> {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() >= MOST && !tries.contains_key(&key) {
            tries.retain(|_, (_, since)| now.saturating_duration_since(*since) < WINDOW);
            let oldest = tries.iter().min_by_key(|(_, (_, since))| *since).map(|(key, _)| key.clone());
            oldest.filter(|_| tries.len() >= MOST).and_then(|oldest| tries.remove(&oldest));
        }
        let (count, since) = tries.entry(key).or_insert((0, now));
        let gone = now.saturating_duration_since(*since);
        if gone >= WINDOW {
            (*count, *since) = (0, now);
        }
        if *count >= most {
            return Err(Refusal::too_many_tries((WINDOW.saturating_sub(gone)).as_secs().max(1)));
        }
        *count += 1;
        Ok(())
    }
}

/// Accounts are counted by a hash of what was typed, which is no longer than any other.
fn account_key(name: &str) -> String {
    use sha2::{Digest, Sha256};
    format!("account {:?}", <[u8; 32]>::from(Sha256::digest(name.trim().to_lowercase().as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_tried_too_often_waits_and_is_let_in_again_later() {
        let (throttle, now) = (Throttle::default(), Instant::now());
        let ask = |at| throttle.count("account a".to_owned(), 2, at);
        assert!(ask(now).is_ok() && ask(now).is_ok());
        assert_eq!(ask(now).err().and_then(|refusal| refusal.retry_after), Some(WINDOW.as_secs()));
        assert!(throttle.count("account b".to_owned(), 2, now).is_ok(), "another is not held up");
        assert!(ask(now + WINDOW).is_ok());
    }

    #[test]
    fn a_right_try_forgives_those_before() {
        let throttle = Throttle::default();
        for _ in 0..20 {
            throttle.account("Thandi@example.org").unwrap();
            throttle.forgive("thandi@example.org ");
        }
    }

    #[test]
    fn one_network_is_one_address() {
        let peer = |text: &str| Peer(Some(text.parse().unwrap()));
        assert_eq!(peer("2001:db8::1").network(), peer("2001:db8::2").network());
        assert_ne!(peer("192.0.2.1").network(), peer("192.0.2.2").network());
    }
}
