//! The language of one's pages and mails: the first of the languages that the person speaks. Choosing is recorded like any
//! change of what is held on the person, so that it is the same in every browser, and in every mail.

use axum::extract::{Form, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use koinon_events::PersonId;
use maud::html;
use serde::Deserialize;
use serde_json::json;

use super::{Holder, hidden, sign_in_first};
use crate::app::Order;
use crate::locale::languages;
use crate::web::Site;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::shell::{Frame, page};
use crate::web::tongue::{cookie_of, own_name, read_first};

const PATH: &str = "/account/language";

/// What the page sends.
#[derive(Deserialize)]
pub struct Sent {
    #[serde(default)]
    form_token: String,
    language: String,
}

/// The choice.
///
/// # Errors
/// When the person cannot be read.
pub async fn form(State(site): State<Site>, headers: HeaderMap, asked: Asked) -> Result<Response, Refusal> {
    let Some(holder) = Holder::of(&site, &headers).await? else { return Ok(sign_in_first(PATH)) };
    let locale = asked.locale;
    let spoken = site.koinon.languages_of(holder.person).await?;
    let first = read_first(&spoken).unwrap_or(&locale.tag);
    let main = html! {
        div.wrap { div.head {
            p.meta { b { (locale.t("account")) } }
            h1 { (locale.t("account-language")) }
            p.lede { (locale.t("account-language-lede")) }
        } }
        div."wrap pad" { div.stack {
            form action=(PATH) method="post" {
                (hidden("form_token", &holder.session.form_token))
                fieldset.field {
                    legend { (locale.t("account-language")) }
                    @for tag in languages() {
                        label.check { input type="radio" name="language" value=(tag) checked[tag == first]; " " span lang=(tag) { (own_name(tag)) } }
                    }
                }
                button.btn { (locale.t("account-language-do")) }
            }
            p { a href="/account" { (locale.t("account-back")) } }
        } }
    };
    Ok(page(&asked, &Frame::below(&asked, locale.t("account-language")), &main))
}

/// Puts the chosen language first.
///
/// # Errors
/// 403 for a form from elsewhere, 404 for a language there is not, and what a command meets.
pub async fn choose(
    State(site): State<Site>,
    headers: HeaderMap,
    asked: Asked,
    Form(sent): Form<Sent>,
) -> Result<Response, Refusal> {
    let Some(holder) = Holder::of(&site, &headers).await? else { return Ok(sign_in_first(PATH)) };
    holder.takes_form(&headers, &sent.form_token)?;
    let tag = languages().into_iter().find(|tag| *tag == sent.language).ok_or_else(Refusal::absent)?;
    record(&site, &asked, holder.person, tag).await?;
    let mut response = Redirect::to("/account").into_response();
    if let Some(cookie) = cookie_of(&site, tag) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

async fn record(site: &Site, asked: &Asked, person: PersonId, tag: &str) -> Result<(), Refusal> {
    let spoken = site.koinon.languages_of(person).await?;
    if spoken.first().is_some_and(|first| first.as_str() == tag) {
        return Ok(());
    }
    let rest = spoken.iter().map(|each| each.as_str()).filter(|each| *each != tag);
    let order: Vec<&str> = std::iter::once(tag).chain(rest).collect();
    let body = json!({ "person": person, "languages": order });
    let body = body.as_object().cloned().unwrap_or_default();
    let order = Order { name: "UpdatePerson".to_owned(), body, ..Order::default() };
    site.koinon.execute(&asked.reader.caller, order).await?;
    Ok(())
}
