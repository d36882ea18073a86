//! The end of mail, from a link in a mail: no sign-in, and nothing else can be done with it. Opening the page changes
//! nothing, for mail programs open links by themselves; a button does, and so does the one click of RFC 8058.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use koinon_events::PersonId;
use maud::html;
use uuid::Uuid;

use crate::locale::spoken;
use crate::web::Site;
use crate::web::failure::Refusal;
use crate::web::shell::outside;
use crate::web::throttle::Peer;

/// The page with the button; it shows nothing of whose it is.
pub async fn offer() -> Response {
    let words = spoken();
    let main = html! {
        div.wrap { div.head { h1 { (words.t("unsubscribe")) } p.lede { (words.t("unsubscribe-lede")) } } }
        div."wrap pad" { form method="post" { button.btn { (words.t("unsubscribe-do")) } } }
    };
    shown(&outside(&words.t("unsubscribe"), &main).into_string())
}

/// Ends the mail.
///
/// # Errors
/// 404 when the address is nobody's; 429 after too many tries.
pub async fn end(
    State(site): State<Site>,
    peer: Peer,
    Path((person, mark)): Path<(Uuid, String)>,
) -> Result<Response, Refusal> {
    site.throttle.address(peer)?;
    site.koinon.unsubscribe(PersonId(person), &mark).await?;
    let words = spoken();
    let main = html! {
        div.wrap { div.head { h1 { (words.t("unsubscribed")) } p.lede { (words.t("unsubscribed-lede")) } } }
    };
    Ok(shown(&outside(&words.t("unsubscribed"), &main).into_string()))
}

fn shown(page: &str) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], Html(page.to_owned())).into_response()
}
