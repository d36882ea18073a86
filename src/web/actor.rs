//! Who asks. Programs bear a token; browsers bear a session's cookie, and a session stands for a token, so both are
//! judged by the same grants at each request.
//!
//! In the demo a browser without a session reads as the sample auditor; `/api` without a token stays closed. A write
//! that leans on a cookie must come from a page of ours: same origin by `Sec-Fetch-Site` or `Origin`, and with the
//! session's form token.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::{IntoResponse, Redirect, Response};

use koinon_events::Role;

use crate::app::Caller;
use crate::web::Site;
use crate::web::failure::Refusal;
use crate::web::session::Session;

/// The header by which scripts send the session's form token.
pub const FORM_TOKEN: &str = "koinon-form-token";

/// A program, or a browser that is signed in: what `/api` answers.
pub struct Api {
    /// Who asks.
    pub caller: Caller,
    /// What to authenticate again while a stream lasts.
    pub bearer: String,
}

/// Who reads a page.
#[derive(Clone)]
pub struct Reader {
    /// Who asks.
    pub caller: Caller,
    /// The session, when the browser is signed in.
    pub session: Option<Session>,
    /// What to authenticate again while a stream lasts.
    pub bearer: String,
}

impl Reader {
    /// Whether any of the grants is one of these roles.
    pub fn is_any(&self, roles: &[Role]) -> bool {
        self.caller.grants.iter().any(|grant| roles.contains(&grant.role))
    }
}

/// The name of the session's cookie: the `__Host-` prefix needs TLS, which plain-HTTP loopback has not.
pub fn cookie_name(site: &Site) -> &'static str {
    if site.public_url.starts_with("https://") { "__Host-koinon" } else { "koinon" }
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(found, value)| (found == name).then_some(value))
}

/// `Set-Cookie` for a session, or to forget it.
pub fn set_cookie(site: &Site, value: Option<&str>) -> Option<HeaderValue> {
    let name = cookie_name(site);
    let secure = if name.starts_with("__Host-") { "; Secure" } else { "" };
    let age = if value.is_some() { "" } else { "; Max-Age=0" };
    let value = value.unwrap_or_default();
    HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}")).ok()
}

/// The bearer token of a request.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty()).then(|| token.trim())
}

/// The session of the request's cookie.
pub fn session(site: &Site, headers: &HeaderMap) -> Option<Session> {
    let value = cookie(headers, cookie_name(site))?;
    if crate::app::Koinon::is_session(value) {
        return Some(Session::of_person(value, site.koinon.form_token(value)));
    }
    site.sessions.find(value, std::time::Instant::now())
}

/// Whether the request was sent by a page of this site, as far as the browser says.
pub fn is_same_origin(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin";
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    match (origin.and_then(|origin| origin.split_once("://")), host) {
        (Some((_, origin)), Some(host)) => origin.eq_ignore_ascii_case(host),
        _ => false,
    }
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

impl FromRequestParts<Site> for Api {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Refusal> {
        if parts.headers.contains_key(header::AUTHORIZATION) {
            let token = bearer(&parts.headers).ok_or_else(Refusal::unauthenticated)?;
            let caller = site.koinon.authenticate(token).await?.ok_or_else(Refusal::unauthenticated)?;
            return Ok(Self { caller, bearer: token.to_owned() });
        }
        let session = session(site, &parts.headers).ok_or_else(Refusal::unauthenticated)?;
        let caller = site.koinon.authenticate(&session.bearer).await?.ok_or_else(Refusal::unauthenticated)?;
        if !is_safe(&parts.method) {
            let token = parts.headers.get(FORM_TOKEN).and_then(|token| token.to_str().ok()).unwrap_or_default();
            session.takes_form(&parts.headers, token)?;
        }
        Ok(Self { caller, bearer: session.bearer })
    }
}

/// Why a page is not shown: the reader must sign in first, or the sign-in cannot be checked.
pub enum NoReader {
    /// Send the browser to the sign-in page, and back here afterwards.
    SignIn(String),
    /// The sign-in cannot be checked.
    Refused(Refusal),
}

impl IntoResponse for NoReader {
    fn into_response(self) -> Response {
        match self {
            Self::SignIn(next) => {
                let next: String = form_urlencoded(&next);
                Redirect::to(&format!("/sign-in?next={next}")).into_response()
            }
            Self::Refused(refusal) => refusal.into_response(),
        }
    }
}

/// Percent-encodes a value for a query.
pub fn form_urlencoded(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
        out
    })
}

impl FromRequestParts<Site> for Reader {
    type Rejection = NoReader;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, NoReader> {
        let refused = |failure: crate::app::Failure| NoReader::Refused(failure.into());
        if let Some(session) = session(site, &parts.headers)
            && let Some(caller) = site.koinon.authenticate(&session.bearer).await.map_err(refused)?
        {
            return Ok(Self { caller, bearer: session.bearer.clone(), session: Some(session) });
        }
        if let Some(demo) = &site.demo
            && let Some(caller) = site.koinon.authenticate(&demo.auditor).await.map_err(refused)?
        {
            return Ok(Self { caller, bearer: demo.auditor.clone(), session: None });
        }
        let asked = parts.uri.path_and_query().map_or("/", |asked| asked.as_str());
        Err(NoReader::SignIn(asked.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (header::HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn a_token_is_read_whatever_the_schemes_case() {
        assert_eq!(bearer(&headers(&[("authorization", "bearer abc")])), Some("abc"));
        assert_eq!(bearer(&headers(&[("authorization", "Basic abc")])), None);
        assert_eq!(bearer(&headers(&[("authorization", "Bearer ")])), None);
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        assert_eq!(cookie(&headers(&[("cookie", "a=1; koinon=xyz; b=2")]), "koinon"), Some("xyz"));
        assert_eq!(cookie(&headers(&[("cookie", "notkoinon=xyz")]), "koinon"), None);
    }

    #[test]
    fn a_write_from_another_site_is_told_apart() {
        assert!(is_same_origin(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(!is_same_origin(&headers(&[("sec-fetch-site", "same-site")])));
        assert!(!is_same_origin(&headers(&[("sec-fetch-site", "none")])));
        assert!(is_same_origin(&headers(&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")])));
        assert!(!is_same_origin(&headers(&[("origin", "http://evil.example"), ("host", "127.0.0.1:8080")])));
        assert!(!is_same_origin(&headers(&[("origin", "null"), ("host", "127.0.0.1:8080")])));
        assert!(!is_same_origin(&headers(&[])));
    }

    #[test]
    fn a_way_back_survives_the_query() {
        assert_eq!(form_urlencoded("/visits?q=a b&x=ü"), "%2Fvisits%3Fq%3Da%20b%26x%3D%C3%BC");
    }
}
