//! Setting up the second factor: the secret as text and as a link that authenticator apps open, a first code to show
//! that it works, then the recovery codes, this once.

use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use serde::Deserialize;

use super::{Field, Holder, hidden, private, put_cookie, sign_in_first};
use crate::app::accounts::{Half, in_base32};
use crate::locale::spoken;
use crate::web::Site;
use crate::web::actor::form_urlencoded;
use crate::web::failure::Refusal;
use crate::web::throttle::Peer;

const PATH: &str = "/account/second-factor";

/// What the page sends.
#[derive(Deserialize)]
pub struct Sent {
    #[serde(default)]
    form_token: String,
    #[serde(default)]
    code: String,
}

/// The person's own session; a token alone has no second factor.
async fn holder(site: &Site, headers: &HeaderMap) -> Result<Option<(Holder, Half)>, Refusal> {
    let holder = Holder::of(site, headers).await?;
    Ok(holder.and_then(|holder| holder.half.clone().map(|half| (holder, half))))
}

/// The page.
///
/// # Errors
/// 403 for who has a second factor and has not shown it.
pub async fn form(State(site): State<Site>, headers: HeaderMap) -> Result<Response, Refusal> {
    let Some((holder, half)) = holder(&site, &headers).await? else { return Ok(sign_in_first(PATH)) };
    if site.koinon.has_factor(half.person).await? && !half.factor {
        return Ok(sign_in_first(PATH));
    }
    if !site.koinon.has_password(half.person).await? {
        return Ok(Redirect::to("/account/password").into_response());
    }
    Ok(page(&site, StatusCode::OK, &holder, half.factor, None))
}

/// Sets it up.
///
/// # Errors
/// 403 for a form from elsewhere; 429 after too many tries.
pub async fn set_up(
    State(site): State<Site>,
    peer: Peer,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Result<Response, Refusal> {
    let Some((holder, half)) = holder(&site, &headers).await? else { return Ok(sign_in_first(PATH)) };
    holder.takes_form(&headers, &sent.form_token)?;
    let who = half.person.subject().to_string();
    site.throttle.account(&who)?;
    let words = spoken();
    let Some((value, codes)) = site.koinon.set_up_factor(&half, &holder.session.bearer, &sent.code).await? else {
        let wrong = words.t("factor-wrong");
        return Ok(page(&site, StatusCode::UNPROCESSABLE_ENTITY, &holder, half.factor, Some(&wrong)));
    };
    site.throttle.forgive(&who);
    site.koinon.note_security("second-factor-set-up", &who, &peer.to_string(), "").await;
    let shown = html! {
        p { (words.t("factor-recovery")) }
        ul.lines { @for code in &codes { li { code { (code) } } } }
        p { a.btn href="/" { (words.t("trouble-home")) } }
    };
    let mut response = private(StatusCode::OK, &words.t("factor-done"), "", &shown);
    put_cookie(&site, &mut response, &value);
    Ok(response)
}

fn page(site: &Site, status: StatusCode, holder: &Holder, replaces: bool, wrong: Option<&str>) -> Response {
    let words = spoken();
    let secret = in_base32(&site.koinon.factor_offered(&holder.session.bearer));
    let host = site.public_url.split("://").nth(1).unwrap_or("koinon").trim_end_matches('/');
    let label = form_urlencoded(&format!("Koinon:{host}"));
    let link = format!("otpauth://totp/{label}?secret={secret}&issuer=Koinon");
    let content = html! {
        @if replaces { p { (words.t("factor-replaces")) } }
        p { (words.t("factor-secret")) }
        p { code #secret { (secret) } }
        p { a href=(link) { (words.t("factor-open")) } }
        form action=(PATH) method="post" {
            (hidden("form_token", &holder.session.form_token))
            (Field { name: "code", kind: "text", autocomplete: "one-time-code", hint: Some("factor-hint") }.markup(wrong))
            button.btn { (words.t("factor-do")) }
        }
    };
    private(status, &words.t("factor"), &words.t("factor-lede"), &content)
}
