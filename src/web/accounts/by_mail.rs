//! Signing in by a link in a mail, for delegates and experts of a visit: ask for it, open it, click, and be in. Opening a
//! link uses nothing up, for mail programs open links by themselves; the click does.

use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::{Field, onward, private};
use crate::locale::spoken;
use crate::web::Site;
use crate::web::actor::{cookie, cookie_name, is_same_origin};
use crate::web::failure::Refusal;
use crate::web::throttle::Peer;

/// What the form sends.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    email: String,
}

/// The form.
///
/// # Errors
/// 404 where no mail is sent.
pub async fn form(State(site): State<Site>) -> Result<Response, Refusal> {
    offered(&site)?;
    let words = spoken();
    let form = html! {
        form method="post" {
            (Field { name: "email", kind: "email", autocomplete: "username", hint: None }.markup(None))
            button.btn { (words.t("by-mail-do")) }
        }
    };
    Ok(private(StatusCode::OK, &words.t("by-mail"), &words.t("by-mail-lede"), &form))
}

/// Asks for a link. The answer is the same, and as fast, whether or not the address is known: it is looked up afterwards.
///
/// # Errors
/// 404 where no mail is sent; 403 for a form from elsewhere; 429 after too many tries.
pub async fn ask(
    State(site): State<Site>,
    peer: Peer,
    headers: HeaderMap,
    Form(asked): Form<Asked>,
) -> Result<Response, Refusal> {
    offered(&site)?;
    if !is_same_origin(&headers) {
        return Err(Refusal::foreign_origin());
    }
    site.throttle.address(peer)?;
    site.throttle.account(&format!("mail {}", asked.email.trim()))?;
    let koinon = site.koinon.clone();
    tokio::spawn(async move {
        koinon.note_security("link-asked", "", &peer.to_string(), "mail").await;
        if let Err(error) = koinon.ask_visit_link(&asked.email).await {
            tracing::warn!(%error, "a sign-in link could not be mailed");
        }
    });
    let words = spoken();
    Ok(private(StatusCode::OK, &words.t("by-mail-asked"), &words.t("by-mail-asked-lede"), &html! {}))
}

/// The page behind a link, with the button that uses it.
///
/// # Errors
/// 404 when the link does not work; 429 after too many tries.
pub async fn offer(State(site): State<Site>, peer: Peer, Path(secret): Path<String>) -> Result<Response, Refusal> {
    if !site.koinon.visit_link_works(&secret).await? {
        site.throttle.address(peer)?;
        return Err(Refusal::absent());
    }
    let words = spoken();
    let form: Markup = html! { form method="post" { button.btn { (words.t("by-mail-enter")) } } };
    Ok(private(StatusCode::OK, &words.t("by-mail-here"), &words.t("by-mail-here-lede"), &form))
}

/// Uses the link up and signs in.
///
/// # Errors
/// 404 when the link does not work; 403 for a form from elsewhere; 429 after too many tries.
pub async fn enter(
    State(site): State<Site>,
    peer: Peer,
    Path(secret): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    site.throttle.address(peer)?;
    if !is_same_origin(&headers) {
        return Err(Refusal::foreign_origin());
    }
    let (person, visit, value) = site.koinon.enter_for_visit(&secret).await?;
    if let Some(old) = cookie(&headers, cookie_name(&site)) {
        site.sessions.end(old);
        site.koinon.sign_out(old).await?;
    }
    let about = visit.subject().to_string();
    site.koinon.note_security("signed-in", &person.subject().to_string(), &peer.to_string(), &about).await;
    onward(&site, person, &format!("/visits/{}", visit.0), &value).await
}

fn offered(site: &Site) -> Result<(), Refusal> {
    if site.mails && site.demo.is_none() { Ok(()) } else { Err(Refusal::absent()) }
}
