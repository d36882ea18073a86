//! Where one is signed in: a list, and ending one session or all others.

use axum::extract::{Form, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use serde::Deserialize;
use uuid::Uuid;

use super::{Holder, hidden, sign_in_first};
use crate::locale::{Said, moment};
use crate::web::Site;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::shell::{Frame, page};
use crate::web::throttle::Peer;

const PATH: &str = "/account/sessions";

/// What the page sends: one session's id, or nothing for all others.
#[derive(Deserialize)]
pub struct Sent {
    #[serde(default)]
    form_token: String,
    #[serde(default)]
    id: Option<Uuid>,
}

/// The list.
///
/// # Errors
/// When sessions cannot be read.
pub async fn list(State(site): State<Site>, headers: HeaderMap, asked: Asked) -> Result<Response, Refusal> {
    let Some(holder) = Holder::of(&site, &headers).await? else { return Ok(sign_in_first(PATH)) };
    let own = holder.half.as_ref().map(|half| half.id);
    let sessions = site.koinon.browser_sessions(holder.person).await?;
    let locale = asked.locale;
    let said = |key: &str, time| locale.say(key, &[("time", Said::Text(&moment(locale, time)))]);
    let main = html! {
        div.wrap { div.head { p.meta { b { (locale.t("account")) } } h1 { (locale.t("sessions")) } } }
        div."wrap pad" { div.stack {
            @if sessions.is_empty() { p { (locale.t("sessions-none")) } }
            ul.lines { @for session in &sessions { li {
                @if own == Some(session.id) { strong { (locale.t("sessions-this")) } " · " }
                (said("sessions-since", session.begun)) " · " (said("sessions-seen", session.seen))
                form action=(PATH) method="post" {
                    (hidden("form_token", &holder.session.form_token))
                    (hidden("id", &session.id.to_string()))
                    button.btn.btn--2.btn--s { (locale.t("sessions-end")) }
                }
            } } }
            @if sessions.len() > usize::from(own.is_some()) {
                form action=(PATH) method="post" {
                    (hidden("form_token", &holder.session.form_token))
                    button.btn { (locale.t("sessions-end-others")) }
                }
            }
            p { a href="/account" { (locale.t("account-back")) } }
        } }
    };
    Ok(page(&asked, &Frame::below(&asked, locale.t("sessions")), &main))
}

/// Ends sessions.
///
/// # Errors
/// 403 for a form from elsewhere.
pub async fn end(
    State(site): State<Site>,
    peer: Peer,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Result<Response, Refusal> {
    let Some(holder) = Holder::of(&site, &headers).await? else { return Ok(sign_in_first(PATH)) };
    holder.takes_form(&headers, &sent.form_token)?;
    match sent.id {
        Some(id) => drop(site.koinon.end_session(holder.person, id).await?),
        None => {
            let own = holder.half.as_ref().map_or_else(Uuid::nil, |half| half.id);
            site.koinon.end_other_sessions(holder.person, own).await?;
        }
    }
    let detail = if sent.id.is_some() { "one" } else { "others" };
    let who = holder.person.subject().to_string();
    site.koinon.note_security("sessions-ended", &who, &peer.to_string(), detail).await;
    Ok(Redirect::to(PATH).into_response())
}
