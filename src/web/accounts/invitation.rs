//! The page behind a sign-in link: the person chooses a password and is in. It works once; anything else at its address
//! is nothing.

use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use serde::Deserialize;

use super::{Field, first_page, objection, onward, private};
use crate::app::accounts::Entered;
use crate::locale::{Said, spoken};
use crate::web::Site;
use crate::web::actor::is_same_origin;
use crate::web::failure::Refusal;
use crate::web::throttle::Peer;

/// What the page sends.
#[derive(Deserialize, Default)]
pub struct Chosen {
    #[serde(default)]
    new: String,
    #[serde(default)]
    again: String,
}

/// The page.
///
/// # Errors
/// 404 when the link does not work; 429 after too many tries.
pub async fn form(State(site): State<Site>, peer: Peer, Path(secret): Path<String>) -> Result<Response, Refusal> {
    let Some((_, name)) = site.koinon.link_holder(&secret).await? else {
        site.throttle.address(peer)?;
        return Err(Refusal::absent());
    };
    Ok(page(StatusCode::OK, &name, None))
}

/// Sets the password and signs in.
///
/// # Errors
/// 404 when the link does not work; 403 for a form from elsewhere; 429 after too many tries.
pub async fn enter(
    State(site): State<Site>,
    peer: Peer,
    Path(secret): Path<String>,
    headers: HeaderMap,
    Form(chosen): Form<Chosen>,
) -> Result<Response, Refusal> {
    site.throttle.address(peer)?;
    if !is_same_origin(&headers) {
        return Err(Refusal::foreign_origin());
    }
    let (person, name) = site.koinon.link_holder(&secret).await?.ok_or_else(Refusal::absent)?;
    if let Some(wrong) = objection(&chosen.new, &chosen.again, &[&name]) {
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &name, Some(&wrong)));
    }
    let entered = site.koinon.enter_with_link(&secret, &chosen.new).await?;
    site.koinon.note_security("link-used", &person.subject().to_string(), &peer.to_string(), "").await;
    match entered {
        Entered::Session(value) => onward(&site, person, &first_page(&site, person, "/").await?, &value).await,
        Entered::NeedsCode => Ok(Redirect::to("/sign-in").into_response()),
    }
}

fn page(status: StatusCode, name: &str, wrong: Option<&str>) -> Response {
    let words = spoken();
    let form = html! {
        form method="post" {
            (Field::password("new", "new-password", Some("password-hint")).markup(wrong))
            (Field::password("again", "new-password", None).markup(None))
            button.btn { (words.t("invitation-do")) }
        }
    };
    let title = words.say("invitation", &[("name", Said::Text(name))]);
    private(status, &title, &words.t("invitation-lede"), &form)
}
