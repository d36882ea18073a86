//! Where this service sends to by itself: only public addresses, unless the operator allows others. The name is resolved here, and
//! the address that was looked at is the one that is dialled, so that a name cannot mean something else a moment later.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Where to send, looked at.
#[derive(Debug)]
pub struct Destination {
    /// The whole address.
    pub url: reqwest::Url,
    /// The host's name as the address has it.
    pub host: String,
    /// What is dialled.
    pub dialled: Vec<SocketAddr>,
}

/// Why nothing is sent there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotThere {
    /// It is no address of the web.
    #[error("{0}")]
    NoAddress(&'static str),
    /// Nobody knows the name.
    #[error("the name {0} was not found")]
    Unknown(String),
    /// It lies inside a network.
    #[error("the address lies inside a private network; nothing is sent there")]
    Inside,
}

/// Resolves an address and refuses what lies inside a network.
///
/// # Errors
/// [`NotThere`].
pub async fn resolve(url: &str, allow_private: bool) -> Result<Destination, NotThere> {
    let url = reqwest::Url::parse(url).map_err(|_| NotThere::NoAddress("the address cannot be read"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(NotThere::NoAddress("the address is neither http nor https"));
    }
    let (Some(host), Some(port)) = (url.host_str().map(str::to_owned), url.port_or_known_default()) else {
        return Err(NotThere::NoAddress("the address names no host"));
    };
    let name = host.trim_matches(['[', ']']);
    let unknown = || NotThere::Unknown(name.to_owned());
    let found = tokio::net::lookup_host((name, port)).await.map_err(|_| unknown())?;
    let dialled: Vec<SocketAddr> = found.collect();
    if dialled.is_empty() {
        return Err(unknown());
    }
    if !allow_private && !dialled.iter().all(|address| is_public(address.ip())) {
        return Err(NotThere::Inside);
    }
    Ok(Destination { url, host, dialled })
}

/// Whether an address is one of the public Internet.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, d] = address.octets();
    let is_inside = address.is_private() || address.is_loopback() || address.is_link_local();
    let is_nowhere = a == 0 || a >= 224 || address.is_documentation();
    let is_of_the_provider = (a == 100 && (64..128).contains(&b)) || [a, b, c, d] == [168, 63, 129, 16];
    let is_of_protocols = [a, b, c] == [192, 0, 0] || [a, b, c] == [192, 88, 99] || (a == 198 && (b == 18 || b == 19));
    !(is_inside || is_nowhere || is_of_the_provider || is_of_protocols)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let embedded = |high: u16, low: u16| {
        let [[a, b], [c, d]] = [high.to_be_bytes(), low.to_be_bytes()];
        Ipv4Addr::new(a, b, c, d)
    };
    if let Some(mapped) = address.to_ipv4_mapped() {
        return is_public_v4(mapped);
    }
    match parts {
        // NAT64 and 6to4 lead to the IPv4 address inside.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => is_public_v4(embedded(high, low)),
        // Teredo and documentation.
        [0x2001, 0 | 0xdb8, ..] => false,
        // Global unicast is all that is left; everything else is local, shared or not given out.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_inside_a_network_are_told_apart_in_every_spelling() {
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.100.100.200",
            "0.0.0.0",
            "168.63.129.16",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fd00:ec2::254",
            "fc00::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:c0a8:101::",
            "2001::1",
            "::7f00:1",
            "ff02::1",
            "fec0::1",
        ] {
            assert!(!is_public(inside.parse().unwrap()), "{inside}");
        }
        for public in ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[tokio::test]
    async fn nothing_is_sent_to_this_machine_unless_that_is_allowed() {
        for url in
            ["http://127.0.0.1:9/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/", "http://[::ffff:7f00:1]/"]
        {
            assert!(resolve(url, false).await.is_err(), "{url}");
        }
        assert!(resolve("ftp://127.0.0.1/", true).await.is_err());
        assert_eq!(resolve("http://127.0.0.1:9/", true).await.unwrap().dialled, ["127.0.0.1:9".parse().unwrap()]);
    }
}
