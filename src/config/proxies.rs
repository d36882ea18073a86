//! The settings of the proxies in front: whose word is taken for where a request comes from, and in which header.

use clap::Args;

use super::Lines;
use crate::proxies::{Proxies, Told};

/// The settings as flags and environment variables give them.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct ProxyFlags {
    /// The proxies that are believed when they say where a request comes from: addresses or prefixes, with commas between
    #[arg(long, global = true, env = "KOINON_TRUSTED_PROXIES", value_name = "LIST")]
    trusted_proxies: Option<String>,
    /// The header in which they say it [default: x-forwarded-for]
    #[arg(long, global = true, env = "KOINON_PROXY_HEADER", value_name = "HEADER")]
    proxy_header: Option<Told>,
}

impl ProxyFlags {
    /// The settings in force; nobody is believed without a list.
    pub(super) fn over(&self, lines: &Lines) -> anyhow::Result<Proxies> {
        let list = self.trusted_proxies.as_ref().or(lines.trusted_proxies.as_ref());
        let told = self.proxy_header.or(lines.proxy_header).unwrap_or_default();
        let proxies = Proxies::of(list.map_or("", String::as_str), told);
        proxies.map_err(|error| anyhow::anyhow!("trusted_proxies: {error}"))
    }
}
