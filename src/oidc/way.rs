//! The way to an identity provider: over TLS, unless the issuer itself is a loopback address; to the issuer's own host, or
//! to public addresses; without redirects, with a bound on time and on bytes.
//!
//! The addresses come from what the provider says of itself, so none may be weaker than the issuer's, and none may lead
//! into the network that this service stands in.

use std::time::Duration;

use futures::future::BoxFuture;
use openidconnect::{HttpRequest, HttpResponse, http};

use crate::destination::{NotThere, resolve};

/// How long the provider may take for one answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The largest answer that is read, in bytes.
const LARGEST: usize = 1024 * 1024;

/// Why a request got no answer.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NoAnswer(String);

/// The way to one provider.
#[derive(Clone)]
pub struct Way {
    web: reqwest::Client,
    issuer: reqwest::Url,
}

/// Whether an address is one on this machine.
pub fn is_loopback(url: &str) -> bool {
    reqwest::Url::parse(url).is_ok_and(|url| is_here(&url))
}

fn is_here(url: &reqwest::Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

impl Way {
    /// The way to an issuer; nothing is asked yet.
    ///
    /// # Errors
    /// When the issuer is no address, or no HTTP client can be made.
    pub fn to(issuer: &str) -> anyhow::Result<Self> {
        // Whoever is first gives the process its provider of TLS.
        let _already_there = rustls::crypto::ring::default_provider().install_default();
        let web = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(PATIENCE).build()?;
        Ok(Self { web, issuer: reqwest::Url::parse(issuer)? })
    }

    /// What asks for one thing after the other.
    pub fn asks(&self) -> impl Fn(HttpRequest) -> BoxFuture<'static, Result<HttpResponse, NoAnswer>> + use<> {
        let way = self.clone();
        move |request| {
            let way = way.clone();
            Box::pin(async move {
                way.check(&request.uri().to_string()).await?;
                call(&way.web, request).await
            })
        }
    }

    /// Refuses an address without TLS, and one inside a network, unless the operator named it as the issuer's.
    async fn check(&self, address: &str) -> Result<(), NoAnswer> {
        let told = |why: &str| Err(NoAnswer(why.to_owned()));
        let Ok(url) = reqwest::Url::parse(address) else { return told("it names an address that is none") };
        let is_plain = url.scheme() == "http" && self.issuer.scheme() == "http" && is_here(&url);
        if url.scheme() != "https" && !is_plain {
            return told("it names an address without TLS");
        }
        if is_plain || url.host_str() == self.issuer.host_str() {
            return Ok(());
        }
        match resolve(address, false).await {
            // A name that is not found here may be known to the proxy on the way out; without one the request fails.
            Ok(_) | Err(NotThere::Unknown(_)) => Ok(()),
            Err(NotThere::Inside) => told("it names an address inside a private network"),
            Err(error) => Err(NoAnswer(error.to_string())),
        }
    }
}

/// One request and its answer, which is read up to a bound.
async fn call(web: &reqwest::Client, request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
    let told = |error: reqwest::Error| NoAnswer(error.without_url().to_string());
    let mut answer = web.execute(reqwest::Request::try_from(request).map_err(told)?).await.map_err(told)?;
    let mut response = http::Response::new(Vec::new());
    *response.status_mut() = answer.status();
    *response.headers_mut() = answer.headers().clone();
    while let Some(part) = answer.chunk().await.map_err(told)? {
        if response.body().len() + part.len() > LARGEST {
            return Err(NoAnswer("the answer is too large".to_owned()));
        }
        response.body_mut().extend_from_slice(&part);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn leads(issuer: &str, address: &str) -> bool {
        Way::to(issuer).unwrap().check(address).await.is_ok()
    }

    #[tokio::test]
    async fn what_a_provider_says_of_itself_leads_neither_around_tls_nor_into_a_network() {
        let issuer = "https://login.example.eu/oidc";
        assert!(leads(issuer, "https://login.example.eu/token").await);
        assert!(leads("https://10.0.0.5/oidc", "https://10.0.0.5:8443/token").await, "the operator named this host");
        for elsewhere in [
            "http://login.example.eu/token",
            "https://127.0.0.1/token",
            "https://10.0.0.5/token",
            "https://169.254.169.254/latest/meta-data",
            "https://[::1]/token",
            "https://localhost/token",
            "http://127.0.0.1/token",
            "file:///etc/passwd",
            "nonsense",
        ] {
            assert!(!leads(issuer, elsewhere).await, "{elsewhere}");
        }
    }

    #[tokio::test]
    async fn plain_http_stays_on_this_machine() {
        let issuer = "http://127.0.0.1:3000";
        assert!(leads(issuer, "http://127.0.0.1:4000/token").await);
        assert!(leads(issuer, "http://localhost:4000/token").await);
        assert!(!leads(issuer, "http://login.example.eu/token").await);
        assert!(!leads(issuer, "http://10.0.0.5/token").await);
    }
}
