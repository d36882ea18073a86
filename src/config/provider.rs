//! The settings of the identity provider that people may sign in with. The secret stands in a file; an issuer without TLS
//! that is not on this machine is refused.

use std::path::PathBuf;

use anyhow::bail;
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
        let issuer = self.oidc_issuer.or_else(|| lines.oidc_issuer.clone());
        let client_id = self.oidc_client_id.or_else(|| lines.oidc_client_id.clone());
        // Only a server reads it: others who use these settings need not be able to.
        let secret_file = self.oidc_client_secret_file.or_else(|| lines.oidc_client_secret_file.clone());
        let Some(issuer) = issuer else {
            if client_id.is_some() || secret_file.is_some() {
                bail!("oidc_client_id and oidc_client_secret_file need oidc_issuer");
            }
            return Ok(None);
        };
        let Some(client_id) = client_id else {
            bail!("oidc_issuer is set, and oidc_client_id is not: name the client id that the provider gave you");
        };
        let host = issuer.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default().to_owned();
        // A provider's word for a second factor is taken only where the operator says what that word is.
        let values = self.oidc_second_factor.or_else(|| lines.oidc_second_factor.clone()).unwrap_or_default();
        let settings = Settings {
            issuer,
            client_id,
            secret_file,
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
        let lost = Flags { oidc_client_id: Some("koinon".to_owned()), ..Flags::default() };
        assert!(lost.over(&Lines::default()).unwrap_err().to_string().contains("oidc_issuer"));
    }
}
