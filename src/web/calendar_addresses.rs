//! Private calendar addresses: the page where a person makes, sees and revokes theirs, and the calendar behind one,
//! which asks for no sign-in: whoever knows the address reads as the person does at that moment.

use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

use crate::locale::{Said, day};
use crate::web::Site;
use crate::web::api::calendar::answer;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::query::Query;
use crate::web::shell::{Frame, page};

/// What the page's forms send.
#[derive(Deserialize)]
pub struct Sent {
    #[serde(default)]
    form_token: String,
    /// The address to revoke; a new one is made when absent.
    #[serde(default)]
    revoke: Option<Uuid>,
}

/// The calendar behind a private address.
///
/// # Errors
/// 404 for an address that is not, or no longer, somebody's.
pub async fn calendar(
    State(site): State<Site>,
    Path(file): Path<String>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let secret = file.strip_suffix(".ics").ok_or_else(Refusal::absent)?;
    let caller = site.koinon.reader_of_address(secret).await?.ok_or_else(Refusal::absent)?;
    answer(&site, &caller, &query, &headers).await
}

/// The page.
///
/// # Errors
/// 403 for who is signed in as no person.
pub async fn list(State(_): State<Site>, asked: Asked) -> Result<Response, Refusal> {
    if asked.reader.session.is_none() {
        return Ok(Redirect::to("/sign-in?next=/calendar/addresses").into_response());
    }
    shown(&asked, None).await
}

/// Makes or revokes an address.
///
/// # Errors
/// 403 when the form comes from elsewhere; 404 for an address that is not the reader's.
pub async fn change(
    State(site): State<Site>,
    asked: Asked,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Result<Response, Refusal> {
    let session = asked.reader.session.as_ref().ok_or_else(Refusal::foreign_origin)?;
    session.takes_form(&headers, &sent.form_token)?;
    let Some(id) = sent.revoke else {
        let secret = site.koinon.make_address(&asked.reader.caller).await?;
        let address = format!("{}/calendar/{secret}.ics", site.public_url);
        let mut response = shown(&asked, Some(&address)).await?;
        *response.status_mut() = StatusCode::CREATED;
        return Ok(response);
    };
    site.koinon.revoke_address(&asked.reader.caller, id).await?;
    Ok(Redirect::to("/calendar/addresses").into_response())
}

async fn shown(asked: &Asked, made: Option<&str>) -> Result<Response, Refusal> {
    let addresses = asked.site.koinon.addresses(&asked.reader.caller).await?;
    let locale = asked.locale;
    let main = html! {
        div.wrap { div.head { h1 { (locale.t("calendar-addresses")) } p.lede { (locale.t("calendar-addresses-lede")) } } }
        div."wrap pad" { div.stack {
            @if let Some(address) = made {
                div role="status" { p { strong { (locale.t("calendar-address-made")) } } p { code { (address) } } }
            }
            @if addresses.is_empty() { p { (locale.t("calendar-addresses-none")) } }
            @for address in &addresses {
                form method="post" action="/calendar/addresses" {
                    (signed(asked))
                    input type="hidden" name="revoke" value=(address.id);
                    p {
                        (locale.say("calendar-address-since", &[("day", Said::Text(&day(locale, address.created.day())))]))
                        " " button.btn.btn--s.btn--2 { (locale.t("calendar-address-revoke")) }
                    }
                }
            }
            form method="post" action="/calendar/addresses" { (signed(asked)) button.btn { (locale.t("calendar-address-make")) } }
        } }
    };
    Ok(page(asked, &Frame::below(asked, locale.t("calendar-addresses")), &main))
}

fn signed(asked: &Asked) -> Markup {
    let token = asked.reader.session.as_ref().map(|session| session.form_token.as_str()).unwrap_or_default();
    html! { input type="hidden" name="form_token" value=(token); }
}
