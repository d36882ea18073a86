//! A sign-in link for another person, to be copied and handed over: it is shown once.

use axum::extract::{Form, Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use koinon_events::{Actor, Kind, PersonId};
use maud::html;
use uuid::Uuid;

use super::hidden;
use crate::locale::Said;
use crate::web::Site;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::shell::{Frame, page};
use crate::web::sign_in::Signed;
use crate::web::throttle::Peer;

/// The page that offers to make one.
///
/// # Errors
/// 404 for who may not see the person; 403 for who may not make one, with the reason.
pub async fn offer(Path(id): Path<Uuid>, asked: Asked) -> Result<Response, Refusal> {
    let name = name(&asked, id).await?;
    asked.site.koinon.may_give_link(&asked.reader.caller, PersonId(id)).await?;
    let locale = asked.locale;
    let session = asked.reader.session.as_ref().filter(|_| asked.site.demo.is_none()).ok_or_else(Refusal::absent)?;
    let main = html! {
        div.wrap { div.head { h1 { (locale.say("link", &[("name", Said::Text(&name))])) } p.lede { (locale.t("link-lede")) } } }
        div."wrap pad" { form method="post" {
            (hidden("form_token", &session.form_token))
            button.btn { (locale.t("link-do")) }
        } }
    };
    Ok(page(&asked, &Frame::below(&asked, locale.t("link-title")), &main))
}

/// Makes one and shows it.
///
/// # Errors
/// 404 for who may not see the person; 403 for who may not make one, with the reason.
pub async fn make(
    State(site): State<Site>,
    peer: Peer,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    asked: Asked,
    Form(form): Form<Signed>,
) -> Result<Response, Refusal> {
    let session = asked.reader.session.as_ref().filter(|_| site.demo.is_none()).ok_or_else(Refusal::absent)?;
    session.takes_form(&headers, &form.form_token)?;
    site.throttle.address(peer)?;
    let name = name(&asked, id).await?;
    let secret = site.koinon.make_link(&asked.reader.caller, PersonId(id)).await?;
    let (actor, about) = (asked.reader.caller.actor.to_string(), format!("person/{id}"));
    site.koinon.note_security("link-made", &actor, &peer.to_string(), &about).await;
    let locale = asked.locale;
    let main = html! {
        div.wrap { div.head { h1 { (locale.say("link", &[("name", Said::Text(&name))])) } p.lede { (locale.t("link-made")) } } }
        div."wrap pad" { p { code { (site.public_url.trim_end_matches('/')) "/invitation/" (secret) } } }
    };
    Ok(page(&asked, &Frame::below(&asked, locale.t("link-title")), &main))
}

async fn name(asked: &Asked, id: Uuid) -> Result<String, Refusal> {
    let (row, _) = asked.view.row(Kind::Person, id).await?.ok_or_else(Refusal::absent)?;
    Ok(row["name"].as_str().map_or_else(|| Actor::Person(PersonId(id)).to_string(), str::to_owned))
}
