//! From where a request comes when a proxy hands it on: the address in a header, believed only from proxies that the
//! operator named, and only in the one header that they were said to set.
//!
//! A proxy adds the address that it was asked from at the end. So the list is read from its end: what a trusted proxy
//! added is believed, and so on until an address that is no trusted proxy's. What stands before that was written by who
//! knows whom. The address is for counting tries and for the security log, and for nothing else.

use std::net::IpAddr;
use std::str::FromStr;

use axum::http::{HeaderMap, HeaderName, header};

/// The most proxies that a request is followed through.
const HOPS: usize = 16;

/// A header in which proxies say where a request comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Told {
    /// `X-Forwarded-For`, which most proxies set.
    #[default]
    XForwardedFor,
    /// `Forwarded` (RFC 7239).
    Forwarded,
}

/// Addresses with the same beginning: `10.0.0.0/8`, or one alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Prefix {
    network: u128,
    bits: u32,
    is_v4: bool,
}

/// The proxies whose word is taken. None unless the operator names some.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxies {
    trusted: Vec<Prefix>,
    told: Told,
}

/// An address or prefix that is none, or that everybody has.
#[derive(Debug, thiserror::Error)]
#[error(
    "{0:?} is no address of a proxy: write addresses or prefixes such as 10.0.0.7 or 10.0.0.0/24, with commas between"
)]
pub struct NoProxy(String);

/// An address that stands for an IPv4 address is that address.
fn plain(address: IpAddr) -> IpAddr {
    address.to_canonical()
}

fn bits_of(address: IpAddr) -> (u128, u32) {
    match address {
        IpAddr::V4(address) => (u128::from(address.to_bits()) << 96, 32),
        IpAddr::V6(address) => (address.to_bits(), 128),
    }
}

impl FromStr for Prefix {
    type Err = NoProxy;

    fn from_str(text: &str) -> Result<Self, NoProxy> {
        let wrong = || NoProxy(text.to_owned());
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length.parse::<u32>().map_err(|_| wrong())?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let (value, all) = bits_of(address);
        let bits = length.unwrap_or(all);
        if bits == 0 || bits > all {
            return Err(wrong());
        }
        Ok(Self { network: value >> (128 - bits), bits, is_v4: address.is_ipv4() })
    }
}

impl Prefix {
    fn holds(&self, address: IpAddr) -> bool {
        address.is_ipv4() == self.is_v4 && bits_of(address).0 >> (128 - self.bits) == self.network
    }
}

impl Proxies {
    /// The proxies of a list with commas between, and the header that they set.
    ///
    /// # Errors
    /// [`NoProxy`], naming what does not fit.
    pub fn of(list: &str, told: Told) -> Result<Self, NoProxy> {
        let entries = list.split(',').map(str::trim).filter(|entry| !entry.is_empty());
        Ok(Self { trusted: entries.map(str::parse).collect::<Result<_, _>>()?, told })
    }

    fn is_trusted(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|prefix| prefix.holds(address))
    }

    /// Where a request comes from whose connection comes from `from`.
    pub fn origin(&self, from: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut origin = plain(from);
        if !self.is_trusted(origin) {
            return origin;
        }
        let name = match self.told {
            Told::XForwardedFor => HeaderName::from_static("x-forwarded-for"),
            Told::Forwarded => header::FORWARDED,
        };
        let lines: Vec<&str> = headers.get_all(name).iter().map(|line| line.to_str().unwrap_or("?")).collect();
        let entries = lines.iter().rev().flat_map(|line| line.rsplit(','));
        for entry in entries.take(HOPS) {
            let told = match self.told {
                Told::XForwardedFor => address_of(entry),
                Told::Forwarded => of_element(entry),
            };
            // What cannot be read is not passed over: behind it stands only what it may have been made up from.
            let Some(address) = told else { break };
            origin = address;
            if !self.is_trusted(origin) {
                break;
            }
        }
        origin
    }
}

/// The address in `for=192.0.2.60;proto=http`; nothing for a name that hides one.
fn of_element(element: &str) -> Option<IpAddr> {
    let mut pairs = element.split(';').filter_map(|pair| pair.trim().split_once('='));
    let (_, node) = pairs.find(|(name, _)| name.eq_ignore_ascii_case("for"))?;
    address_of(node.trim().trim_matches('"'))
}

/// An address, with or without a port: `192.0.2.60`, `192.0.2.60:4711`, `2001:db8::1`, `[2001:db8::1]:4711`.
fn address_of(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bracketed = || text.strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|(address, _)| address);
    let with_port = || text.split_once(':').filter(|(_, port)| port.parse::<u16>().is_ok()).map(|(address, _)| address);
    let found = text.parse().ok();
    let found = found.or_else(|| bracketed()?.parse().ok()).or_else(|| with_port()?.parse().ok());
    found.map(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(proxies: &Proxies, from: &str, lines: &[(&'static str, &str)]) -> String {
        let mut headers = HeaderMap::new();
        for (name, line) in lines {
            headers.append(*name, line.parse().unwrap());
        }
        proxies.origin(from.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn without_a_proxy_that_was_named_no_header_is_believed() {
        let lines = [("x-forwarded-for", "192.0.2.60"), ("forwarded", "for=192.0.2.60")];
        assert_eq!(origin(&Proxies::default(), "127.0.0.1", &lines), "127.0.0.1");
        let others = Proxies::of("10.0.0.0/8", Told::XForwardedFor).unwrap();
        assert_eq!(origin(&others, "11.0.0.1", &lines), "11.0.0.1");
    }

    #[test]
    fn only_what_trusted_proxies_added_is_believed() {
        let proxies = Proxies::of("127.0.0.1, 10.0.0.0/24, 2001:db8::/32", Told::XForwardedFor).unwrap();
        let told = |line: &str| origin(&proxies, "127.0.0.1", &[("x-forwarded-for", line)]);
        assert_eq!(told("192.0.2.60"), "192.0.2.60");
        assert_eq!(told("1.2.3.4, 192.0.2.60"), "192.0.2.60", "what the client wrote itself stands before");
        assert_eq!(told("1.2.3.4, 192.0.2.60, 10.0.0.9"), "192.0.2.60", "a proxy behind a proxy");
        assert_eq!(told("192.0.2.60:4711"), "192.0.2.60");
        assert_eq!(told("[2001:db9::1]:4711"), "2001:db9::1");
        assert_eq!(told("2001:db9::1, 2001:db8::5"), "2001:db9::1");
        assert_eq!(told("::ffff:192.0.2.60"), "192.0.2.60");
        assert_eq!(told("1.2.3.4, nonsense, 10.0.0.9"), "10.0.0.9", "what cannot be read ends the way back");
        assert_eq!(told(""), "127.0.0.1");
        let two = [("x-forwarded-for", "1.2.3.4"), ("x-forwarded-for", "192.0.2.60")];
        assert_eq!(origin(&proxies, "127.0.0.1", &two), "192.0.2.60", "lines are one list");
        assert_eq!(origin(&proxies, "::ffff:127.0.0.1", &two), "192.0.2.60");
        assert_eq!(origin(&proxies, "127.0.0.1", &[("forwarded", "for=1.2.3.4")]), "127.0.0.1", "the other header");
    }

    #[test]
    fn forwarded_is_read_as_its_standard_says() {
        let proxies = Proxies::of("127.0.0.1,10.0.0.0/24", Told::Forwarded).unwrap();
        let told = |line: &str| origin(&proxies, "127.0.0.1", &[("forwarded", line)]);
        assert_eq!(told("for=192.0.2.60;proto=http;by=203.0.113.43"), "192.0.2.60");
        assert_eq!(told("for=192.0.2.60, For=\"10.0.0.9:80\""), "192.0.2.60");
        assert_eq!(told("proto=https; for=\"[2001:db8:cafe::17]:4711\""), "2001:db8:cafe::17");
        assert_eq!(told("for=1.2.3.4, for=_hidden"), "127.0.0.1");
        assert_eq!(told("for=1.2.3.4, for=unknown, for=10.0.0.9"), "10.0.0.9");
    }

    #[test]
    fn a_list_that_does_not_fit_is_refused() {
        for wrong in ["proxy.example", "10.0.0.0/33", "0.0.0.0/0", "::/0", "10.0.0.0/", "10.0.0.0/-1", "10.0.0"] {
            assert!(
                Proxies::of(wrong, Told::default()).is_err_and(|error| error.to_string().contains(wrong)),
                "{wrong}"
            );
        }
        assert_eq!(Proxies::of(" , ", Told::default()).unwrap(), Proxies::default());
    }
}
