//! Signing in with address, password and code. Whatever is wrong is answered alike, and counted per account and per
//! network address.

use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use maud::{Markup, html};

use super::{Field, first_page, hidden, onward};
use crate::locale::spoken;
use crate::web::Site;
use crate::web::actor::{cookie, cookie_name};
use crate::web::failure::Refusal;
use crate::web::sign_in::safe_next;
use crate::web::throttle::Peer;

/// What the form of the sign-in page sends for a person.
pub struct Given<'a> {
    /// E-mail address.
    pub email: &'a str,
    /// Password.
    pub password: &'a str,
    /// Code of the second factor; empty without one.
    pub code: &'a str,
    /// Where to go on.
    pub next: &'a str,
}

/// Signs a person in, with a session of their own.
///
/// # Errors
/// 429 after too many tries; when the accounts cannot be read.
pub async fn enter(
    site: &Site,
    headers: &HeaderMap,
    peer: Peer,
    given: &Given<'_>,
) -> Result<Result<Response, StatusCode>, Refusal> {
    site.throttle.account(given.email)?;
    let Some((person, value)) = site.koinon.sign_in(given.email, given.password, given.code).await? else {
        site.koinon.note_security("sign-in-refused", "", &peer.to_string(), "password").await;
        return Ok(Err(StatusCode::UNPROCESSABLE_ENTITY));
    };
    site.throttle.forgive(given.email);
    if let Some(old) = cookie(headers, cookie_name(site)) {
        site.sessions.end(old);
        site.koinon.sign_out(old).await?;
    }
    site.koinon.note_security("signed-in", &person.subject().to_string(), &peer.to_string(), "password").await;
    let next = first_page(site, person, safe_next(given.next)).await?;
    Ok(Ok(onward(site, person, &next, &value).await?))
}

/// The form.
pub fn form(next: &str, failed: bool) -> Markup {
    let words = spoken();
    let wrong = failed.then(|| words.t("account-wrong"));
    html! {
        form action="/sign-in" method="post" {
            (hidden("next", next))
            (Field { name: "email", kind: "email", autocomplete: "username", hint: None }.markup(wrong.as_deref()))
            (Field::password("password", "current-password", None).markup(None))
            (Field { name: "code", kind: "text", autocomplete: "one-time-code", hint: Some("account-code-hint") }.markup(None))
            button.btn { (words.t("sign-in")) }
        }
    }
}
