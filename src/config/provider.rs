//! The settings of the identity provider that people may sign in with. The secret is read from a file; an issuer without
//! TLS that is not on this machine is refused.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;

use super::Lines;
use crate::oidc::Settings;

/// The settings as flags and environment variables give them.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Flags {
    /// The identity provider (OpenID Connect) that people may sign in with, as it names itself
    #[arg(long, global = true, env = "KOINON_OIDC_ISSUER", value_name = "URL")]
    oidc_issuer: Option<String>,
    /// The name under which the identity provider knows this service
    #[arg(long, global = true, env = "KOINON_OIDC_CLIENT_ID", value_name = "ID")]
    oidc_client_id: Option<String>,
    /// The file with the secret shared with the identity provider; none for a public client
    #[arg(long, global = true, env = "KOINON_OIDC_CLIENT_SECRET_FILE", value_name = "FILE")]
    oidc_client_secret_file: Option<PathBuf>,
    /// What the button on the sign-in page calls the identity provider [default: its host]
    #[arg(long, global = true, env = "KOINON_OIDC_LABEL", value_name = "NAME")]
    oidc_label: Option<String>,
    /// Values of “acr” or “amr”, with commas between, that stand for a second factor shown there [default: none do]
    #[arg(long, global = true, env = "KOINON_OIDC_SECOND_FACTOR", value_name = "VALUES")]
    oidc_second_factor: Option<String>,
}

impl Flags {
    /// The settings in force; none without an issuer.
    pub(super) fn over(self, lines: &Lines) -> anyhow::Result<Option<Settings>> {
        let Some(issuer) = self.oidc_issuer.or_else(|| lines.oidc_issuer.clone()) else { return Ok(None) };
        let Some(client_id) = self.oidc_client_id.or_else(|| lines.oidc_client_id.clone()) else {
            bail!("oidc_issuer is set, and oidc_client_id is not: name the client id that the provider gave you");
        };
        let secret = match self.oidc_client_secret_file.or_else(|| lines.oidc_client_secret_file.clone()) {
            Some(file) => {
                let text = std::fs::read_to_string(&file)
                    .with_context(|| format!("oidc_client_secret_file: cannot read {}", file.display()))?;
                Some(text.trim().to_owned()).filter(|secret| !secret.is_empty())
            }
            None => None,
        };
        let host = issuer.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default().to_owned();
        // A provider's word for a second factor is taken only where the operator says what that word is.
        let values = self.oidc_second_factor.or_else(|| lines.oidc_second_factor.clone()).unwrap_or_default();
        let settings = Settings {
            issuer,
            client_id,
            secret,
            label: self.oidc_label.or_else(|| lines.oidc_label.clone()).unwrap_or(host),
            second_factor: values
                .split(',')
                .map(|value| value.trim().to_owned())
                .filter(|value| !value.is_empty())
                .collect(),
        };
        if !settings.is_sound() {
            bail!("oidc_issuer must be an https address (http only on this machine)");
        }
        Ok(Some(settings))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(issuer: &str, client: Option<&str>) -> anyhow::Result<Option<Settings>> {
        let flags = Flags {
            oidc_issuer: Some(issuer.to_owned()),
            oidc_client_id: client.map(str::to_owned),
            oidc_second_factor: Some("mfa, https://example.eu/loa/high".to_owned()),
            ..Flags::default()
        };
        flags.over(&Lines::default())
    }

    #[test]
    fn a_provider_needs_a_client_id_and_an_address_with_tls() {
        assert!(of("https://login.example.eu/oidc", None).unwrap_err().to_string().contains("oidc_client_id"));
        assert!(of("http://login.example.eu", Some("koinon")).unwrap_err().to_string().contains("https"));
        let settings = of("https://login.example.eu/oidc", Some("koinon")).unwrap().unwrap();
        assert_eq!(settings.label, "login.example.eu");
        assert_eq!(settings.second_factor, ["mfa", "https://example.eu/loa/high"]);
        assert!(Flags::default().over(&Lines::default()).unwrap().is_none());
    }
}
