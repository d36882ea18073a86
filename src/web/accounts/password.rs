//! Changing the password: the one until now, and a new one twice. All other sessions end with it.

use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use maud::html;
use serde::Deserialize;

use super::{Field, Holder, first_page, hidden, objection, onward, private, sign_in_first};
use crate::locale::spoken;
use crate::web::Site;
use crate::web::failure::Refusal;
use crate::web::throttle::Peer;

const PATH: &str = "/account/password";

/// What the page sends.
#[derive(Deserialize)]
pub struct Sent {
    #[serde(default)]
    form_token: String,
    #[serde(default)]
    current: String,
    #[serde(default)]
    new: String,
    #[serde(default)]
    again: String,
}

/// The page.
///
/// # Errors
/// When sessions cannot be read.
pub async fn form(State(site): State<Site>, headers: HeaderMap) -> Result<Response, Refusal> {
    let Some(holder) = Holder::of(&site, &headers).await? else { return Ok(sign_in_first(PATH)) };
    let has_one = site.koinon.has_password(holder.person).await?;
    if !has_one && !holder.may_set_first_password() {
        return Err(Refusal::absent());
    }
    Ok(page(StatusCode::OK, &holder, has_one, None, None))
}

/// Sets the password.
///
/// # Errors
/// 403 for a form from elsewhere; 429 after too many tries.
pub async fn change(
    State(site): State<Site>,
    peer: Peer,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Result<Response, Refusal> {
    let Some(holder) = Holder::of(&site, &headers).await? else { return Ok(sign_in_first(PATH)) };
    holder.takes_form(&headers, &sent.form_token)?;
    let has_one = site.koinon.has_password(holder.person).await?;
    if !has_one && !holder.may_set_first_password() {
        return Err(Refusal::absent());
    }
    let who = holder.person.subject().to_string();
    let name = site.koinon.person(holder.person).await?.map(|caller| caller.name).unwrap_or_default();
    if let Some(wrong) = objection(&sent.new, &sent.again, &[&name]) {
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &holder, has_one, None, Some(&wrong)));
    }
    site.throttle.account(&who)?;
    let shown = holder.half.as_ref().is_some_and(|half| half.factor);
    let Some(value) = site.koinon.change_password(holder.person, &sent.current, &sent.new, shown).await? else {
        site.koinon.note_security("password-change-refused", &who, &peer.to_string(), "").await;
        let wrong = spoken().t("password-current-wrong");
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &holder, has_one, Some(&wrong), None));
    };
    site.throttle.forgive(&who);
    site.koinon.note_security("password-changed", &who, &peer.to_string(), "").await;
    if let Some(old) = crate::web::actor::cookie(&headers, crate::web::actor::cookie_name(&site)) {
        site.sessions.end(old);
    }
    onward(&site, holder.person, &first_page(&site, holder.person, "/account").await?, &value).await
}

fn page(status: StatusCode, holder: &Holder, has_one: bool, current: Option<&str>, new: Option<&str>) -> Response {
    let words = spoken();
    let form = html! {
        form action=(PATH) method="post" {
            (hidden("form_token", &holder.session.form_token))
            @if has_one { (Field::password("current", "current-password", None).markup(current)) }
            (Field::password("new", "new-password", Some("password-hint")).markup(new))
            (Field::password("again", "new-password", None).markup(None))
            button.btn { (words.t("password-do")) }
        }
        p { a href="/account" { (words.t("account-back")) } }
    };
    private(status, &words.t("password"), &words.t("password-lede"), &form)
}
