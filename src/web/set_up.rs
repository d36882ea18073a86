//! Setting up: the page behind the link that the server prints on an empty database. It works once and for 24 hours;
//! whoever opens it makes the first administrator and is signed in. At any other time there is nothing at its address.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::app::{Failure, FirstAdministrator};
use crate::domain::Finding;
use crate::locale::spoken;
use crate::web::Site;
use crate::web::actor::{is_same_origin, set_cookie};
use crate::web::failure::Refusal;
use crate::web::session::chance;
use crate::web::shell::outside;
use crate::web::throttle::Peer;

/// How long the link works.
const LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);

/// The link that is open, if one is: its hash and since when.
#[derive(Default)]
pub struct SetUp(Mutex<Option<([u8; 32], Instant)>>);

impl SetUp {
    /// Opens a link and answers its path; `None` when the system gives no chance.
    pub fn offer(&self) -> Option<String> {
        let secret = chance()?;
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((hash_of(&secret), Instant::now()));
        Some(format!("/set-up/{secret}"))
    }

    fn is_open(&self, secret: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_some_and(|link| fits(&link, secret))
    }

    /// Closes the link for everybody and answers what opens it again, if it was open.
    fn take(&self, secret: &str) -> Option<([u8; 32], Instant)> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.take_if(|link| fits(link, secret))
    }

    fn put_back(&self, link: ([u8; 32], Instant)) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(link);
    }
}

fn hash_of(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

fn fits(link: &([u8; 32], Instant), secret: &str) -> bool {
    let same: bool = link.0.ct_eq(&hash_of(secret)).into();
    same && link.1.elapsed() < LIFETIME
}

/// What the page sends.
#[derive(Deserialize, Default)]
pub struct Sent {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    organisation: String,
}

/// The page to fill in.
///
/// # Errors
/// 404 when the link is not the open one.
pub async fn form(State(site): State<Site>, Path(secret): Path<String>) -> Result<Response, Refusal> {
    if !site.set_up.is_open(&secret) {
        return Err(Refusal::absent());
    }
    Ok(private(StatusCode::OK, &filling_in(&Sent::default(), &[])))
}

/// Makes the first administrator and signs them in; the link is closed.
///
/// # Errors
/// 404 when the link is not the open one; a refusal when the form comes from elsewhere or the log cannot be written.
pub async fn enter(
    State(site): State<Site>,
    peer: Peer,
    Path(secret): Path<String>,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Result<Response, Refusal> {
    if !is_same_origin(&headers) {
        return Err(Refusal::foreign_origin());
    }
    site.throttle.address(peer)?;
    let link = site.set_up.take(&secret).ok_or_else(Refusal::absent)?;
    let first = FirstAdministrator {
        name: sent.name.trim().to_owned(),
        email: sent.email.trim().to_owned(),
        organisation: sent.organisation.trim().to_owned(),
    };
    let token = match site.koinon.set_up(&first).await {
        Ok(token) => token,
        Err(failure) => {
            site.set_up.put_back(link);
            let Failure::Unfit(findings) = failure else { return Err(failure.into()) };
            return Ok(private(StatusCode::UNPROCESSABLE_ENTITY, &filling_in(&sent, &findings)));
        }
    };
    site.koinon.note_security("set-up", "system/set-up", &peer.to_string(), "").await;
    let mut response = private(StatusCode::CREATED, &done(&token));
    let cookie = site.sessions.begin(&token, Instant::now());
    if let Some(value) = cookie.and_then(|cookie| set_cookie(&site, Some(&cookie))) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    Ok(response)
}

fn private(status: StatusCode, page: &Markup) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Html(page.0.clone())).into_response()
}

fn filling_in(sent: &Sent, findings: &[Finding]) -> Markup {
    let words = spoken();
    let main = html! {
        div.wrap { div.head { h1 { (words.t("set-up")) } p.lede { (words.t("set-up-lede")) } } }
        div."wrap pad" {
            form.stack method="post" {
                (field("name", "name", &sent.name, findings))
                (field("email", "email", &sent.email, findings))
                (field("organisation", "organization", &sent.organisation, findings))
                button.btn { (words.t("set-up-do")) }
            }
        }
    };
    outside(&words.t("set-up"), &main)
}

fn field(name: &str, autocomplete: &str, value: &str, findings: &[Finding]) -> Markup {
    let words = spoken();
    let finding = findings.iter().find(|finding| finding.pointer.trim_start_matches('/') == name);
    let error = format!("{name}-err");
    html! {
        div class={ "field" @if finding.is_some() { " bad" } } {
            label for=(name) { (words.t(&format!("set-up-{name}"))) }
            @if let Some(finding) = finding { p.err id=(error) { (words.t("set-up-unfit")) " " (words.retold(&finding.message).0) } }
            input.in id=(name) name=(name) type={ @if name == "email" { "email" } @else { "text" } } value=(value)
                autocomplete=(autocomplete) required aria-describedby=[finding.map(|_| &error)]
                aria-invalid=[finding.map(|_| "true")];
        }
    }
}

fn done(token: &str) -> Markup {
    let words = spoken();
    let main = html! {
        div.wrap { div.head { h1 { (words.t("set-up-done")) } p.lede { (words.t("set-up-token")) } } }
        div."wrap pad" {
            div.stack {
                p { code { (token) } }
                p { a.btn href="/account/password" { (words.t("set-up-password")) } }
                p { a href="/" { (words.t("trouble-home")) } }
            }
        }
    };
    outside(&words.t("set-up-done"), &main)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_works_once() {
        let set_up = SetUp::default();
        let path = set_up.offer().unwrap();
        let secret = path.strip_prefix("/set-up/").unwrap();
        assert!(!set_up.is_open("another"));
        assert!(set_up.is_open(secret));
        let link = set_up.take(secret).unwrap();
        assert!(set_up.take(secret).is_none() && !set_up.is_open(secret));
        set_up.put_back(link);
        assert!(set_up.is_open(secret), "a form that did not fit leaves the link open");
    }
}
