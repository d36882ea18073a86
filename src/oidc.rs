//! Signing in with an identity provider: OpenID Connect, the code flow with PKCE, state and nonce.
//!
//! Promises: an answer counts only when it comes from the configured issuer, is signed with its keys, is meant for this
//! service and for this attempt, and has not run out. It refuses answers signed with a shared secret. It says what the
//! provider vouches for, and nothing of what that person may do here. How the provider is reached stands in [`way`].

mod way;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use chrono::{DateTime, Utc};
use openidconnect::core::*;
use openidconnect::{
    AdditionalProviderMetadata, AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret,
    CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, ProviderMetadata, RedirectUrl, RequestTokenError, Scope, SignatureVerificationError,
    TokenResponse,
};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use way::{Way, is_loopback};

/// How long what the provider says of itself is believed without asking again.
const FRESH: Duration = Duration::from_secs(300);

/// How soon it is asked again when one of its keys is missing, or when it gave no answer.
const SOON: Duration = Duration::from_secs(5);

/// How far the provider's clock may be from ours, in seconds.
const SKEW: i64 = 60;

/// What is configured.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The issuer, as the provider names itself.
    pub issuer: String,
    /// The name under which this service is known there.
    pub client_id: String,
    /// The file with the secret shared with it; none for a public client.
    pub secret_file: Option<PathBuf>,
    /// What the button says: `EU Login`.
    pub label: String,
    /// Values of `acr` or `amr` that stand for a second factor.
    pub second_factor: Vec<String>,
}

/// The provider, with what it last said of itself.
pub struct Provider {
    settings: Settings,
    secret: Option<ClientSecret>,
    redirect: String,
    way: Way,
    known: Mutex<Known>,
}

/// What the provider said of itself, and since when it gives no answer.
#[derive(Default)]
struct Known {
    said: Option<(Instant, Arc<Metadata>)>,
    silent: Option<(Instant, String)>,
}

/// The secrets of one attempt; only the browser that began it can bring them back.
pub struct Attempt {
    /// Comes back with the answer.
    pub state: String,
    /// Comes back inside the signed answer.
    pub nonce: String,
    /// Shows the provider that who brings the code is who asked for it.
    pub verifier: String,
}

/// Whom the provider vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vouched {
    /// The provider's own name for the person, which never becomes another's.
    pub subject: String,
    /// The e-mail address, when the provider has verified it.
    pub address: Option<String>,
    /// Whether the provider says that a second factor was shown.
    pub second_factor: bool,
}

/// Why nobody was vouched for.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// It gives no answer that can be used.
    #[error("the identity provider cannot be reached: {0}")]
    Unreachable(String),
    /// It does not take the code.
    #[error("the identity provider refused: {0}")]
    Refused(String),
    /// The answer is not one to this attempt, or not the provider's.
    #[error("the answer cannot be believed: {0}")]
    Unbelievable(String),
}

/// What a provider says of itself beyond the usual: whether its answers name it (RFC 9207).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct NamesItself {
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for NamesItself {}

type Metadata = ProviderMetadata<
    NamesItself,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

impl Settings {
    /// Whether the issuer is one to trust with passwords: over TLS, or on this machine.
    pub fn is_sound(&self) -> bool {
        self.issuer.starts_with("https://") || (self.issuer.starts_with("http://") && is_loopback(&self.issuer))
    }
}

impl Provider {
    /// The provider of these settings; it is asked for nothing yet. `public_url` is where people reach this service.
    ///
    /// # Errors
    /// When the secret cannot be read, or no HTTP client can be made.
    pub fn new(settings: Settings, public_url: &str) -> anyhow::Result<Self> {
        let secret = match &settings.secret_file {
            Some(file) => {
                let text = std::fs::read_to_string(file)
                    .with_context(|| format!("oidc_client_secret_file: cannot read {}", file.display()))?;
                Some(text.trim().to_owned()).filter(|secret| !secret.is_empty())
            }
            None => None,
        };
        let (way, secret) = (Way::to(&settings.issuer)?, secret.map(ClientSecret::new));
        let redirect = format!("{}/sign-in/openid/answer", public_url.trim_end_matches('/'));
        Ok(Self { settings, secret, redirect, way, known: Mutex::default() })
    }

    /// What the button says.
    pub fn label(&self) -> &str {
        &self.settings.label
    }

    /// The issuer's name.
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Where the browser goes to sign in there.
    ///
    /// # Errors
    /// [`Trouble::Unreachable`].
    pub async fn address(&self, attempt: &Attempt) -> Result<String, Trouble> {
        let client = self.client(&*self.metadata(FRESH).await?)?;
        let (state, nonce) = (attempt.state.clone(), attempt.nonce.clone());
        let verifier = PkceCodeVerifier::new(attempt.verifier.clone());
        let asked = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state.clone()),
                move || Nonce::new(nonce.clone()),
            )
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        Ok(asked.url().0.into())
    }

    /// Whom the provider vouches for with a code, which works once. `issuer` is what the answer names as its sender.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn vouched(
        &self,
        code: &str,
        issuer: Option<&str>,
        attempt: &Attempt,
        now: DateTime<Utc>,
    ) -> Result<Vouched, Trouble> {
        let metadata = self.metadata(FRESH).await?;
        let names_itself = metadata.additional_metadata().authorization_response_iss_parameter_supported;
        if issuer.map_or(names_itself, |issuer| issuer != self.settings.issuer) {
            return Err(Trouble::Unbelievable("it does not come from the provider that was asked".to_owned()));
        }
        let web = self.way.asks();
        let client = self.client(&metadata)?;
        let request = client.exchange_code(AuthorizationCode::new(code.to_owned()));
        let request = request.map_err(|error| Trouble::Unreachable(error.to_string()))?;
        let request = request.set_pkce_verifier(PkceCodeVerifier::new(attempt.verifier.clone()));
        let answer = request.request_async(&web).await.map_err(|error| match error {
            RequestTokenError::ServerResponse(said) => Trouble::Refused(said.to_string()),
            RequestTokenError::Request(error) => Trouble::Unreachable(error.to_string()),
            other => Trouble::Unbelievable(other.to_string()),
        })?;
        let missing = || Trouble::Unbelievable("it holds no ID token".to_owned());
        let token = answer.id_token().ok_or_else(missing)?;
        let nonce = Nonce::new(attempt.nonce.clone());
        let mut client = client;
        let claims = match self.claims(&client, token, &nonce, now) {
            Err(ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey)) => {
                // The provider may have changed its keys.
                client = self.client(&*self.metadata(SOON).await?)?;
                self.claims(&client, token, &nonce, now)
            }
            claims => claims,
        };
        let claims = claims.map_err(|error| Trouble::Unbelievable(error.to_string()))?;
        let shown = claims.auth_context_ref().map(|context| context.as_str());
        let methods = claims.auth_method_refs().into_iter().flatten().map(|method| method.as_str());
        let second_factor = shown.into_iter().chain(methods).any(|said| self.stands_for_second_factor(said));
        let subject = claims.subject().clone();
        let mut address =
            claims.email().filter(|_| claims.email_verified() == Some(true)).map(|email| email.to_string());
        if address.is_none()
            && let Ok(request) = client.user_info(answer.access_token().clone(), Some(subject.clone()))
        {
            let info: CoreUserInfoClaims =
                request.request_async(&web).await.map_err(|error| Trouble::Unbelievable(error.to_string()))?;
            address = info.email().filter(|_| info.email_verified() == Some(true)).map(|email| email.to_string());
        }
        Ok(Vouched { subject: subject.to_string(), address, second_factor })
    }

    /// What the signed answer says, once it is found to be the provider's, for this service and this attempt.
    fn claims<'a>(
        &self,
        client: &Client,
        token: &'a CoreIdToken,
        nonce: &Nonce,
        now: DateTime<Utc>,
    ) -> Result<&'a CoreIdTokenClaims, ClaimsVerificationError> {
        // Who knows the shared secret could sign with it; only the provider holds its private keys.
        let algorithms = [
            CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
            CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
            CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
            CoreJwsSigningAlgorithm::RsaSsaPssSha256,
            CoreJwsSigningAlgorithm::RsaSsaPssSha384,
            CoreJwsSigningAlgorithm::RsaSsaPssSha512,
            CoreJwsSigningAlgorithm::EcdsaP256Sha256,
            CoreJwsSigningAlgorithm::EcdsaP384Sha384,
            CoreJwsSigningAlgorithm::EdDsa,
        ];
        let skew = chrono::TimeDelta::seconds(SKEW);
        let is_past = move |made: DateTime<Utc>| {
            if made <= now + skew { Ok(()) } else { Err("it was made in the future".to_owned()) }
        };
        let verifier = client.id_token_verifier().set_allowed_algs(algorithms);
        let verifier = verifier.set_time_fn(move || now - skew).set_issue_time_verifier_fn(is_past);
        let claims = token.claims(&verifier, nonce)?;
        match claims.authorized_party() {
            Some(party) if party.as_str() != self.settings.client_id => {
                Err(ClaimsVerificationError::InvalidAudience("it was made for another service".to_owned()))
            }
            _ => Ok(claims),
        }
    }

    fn stands_for_second_factor(&self, said: &str) -> bool {
        self.settings.second_factor.iter().any(|value| value == said)
    }

    fn client(&self, metadata: &Metadata) -> Result<Client, Trouble> {
        let redirect = RedirectUrl::new(self.redirect.clone());
        let redirect = redirect.map_err(|error| Trouble::Unreachable(format!("the public address: {error}")))?;
        let client = CoreClient::from_provider_metadata(
            metadata.clone(),
            ClientId::new(self.settings.client_id.clone()),
            self.secret.clone(),
        );
        let methods = metadata.token_endpoint_auth_methods_supported();
        let in_header = methods.is_none_or(|methods| methods.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let way = if in_header { AuthType::BasicAuth } else { AuthType::RequestBody };
        Ok(client.set_redirect_uri(redirect).set_auth_type(way))
    }

    /// What the provider says of itself, no older than that.
    async fn metadata(&self, age: Duration) -> Result<Arc<Metadata>, Trouble> {
        let mut known = self.known.lock().await;
        if let Some((_, metadata)) = known.said.as_ref().filter(|(since, _)| since.elapsed() < age) {
            return Ok(metadata.clone());
        }
        // Whoever comes while it gives no answer is told so at once, and does not wait in line for one.
        if let Some((_, why)) = known.silent.as_ref().filter(|(since, _)| since.elapsed() < SOON) {
            return Err(Trouble::Unreachable(why.clone()));
        }
        let issuer = IssuerUrl::new(self.settings.issuer.clone());
        let issuer = issuer.map_err(|error| Trouble::Unreachable(error.to_string()))?;
        let found = Metadata::discover_async(issuer, &self.way.asks()).await;
        match found {
            Ok(found) => {
                let found = Arc::new(found);
                *known = Known { said: Some((Instant::now(), found.clone())), silent: None };
                Ok(found)
            }
            Err(error) => {
                known.silent = Some((Instant::now(), error.to_string()));
                Err(Trouble::Unreachable(error.to_string()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_speaks_over_tls_or_from_this_machine() {
        let sound = |issuer: &str| {
            let settings = Settings {
                issuer: issuer.to_owned(),
                client_id: "koinon".to_owned(),
                secret_file: None,
                label: "EU Login".to_owned(),
                second_factor: Vec::new(),
            };
            settings.is_sound()
        };
        for issuer in ["https://ecas.example.eu", "http://127.0.0.1:3000", "http://localhost:3000/a", "http://[::1]:3"]
        {
            assert!(sound(issuer), "{issuer}");
        }
        for issuer in ["http://ecas.example.eu", "http://127.0.0.1.example", "ftp://127.0.0.1", "ecas.example.eu", ""] {
            assert!(!sound(issuer), "{issuer}");
        }
    }
}
