//! The reader's language: chosen at the foot of any page and kept in a cookie, else what the browser accepts, else
//! English. Who signs in gets the cookie of the language that stands first in their account. Pages alone are told in it; what programs read (the API, feeds, calendars, tables, reports) is English.

use axum::extract::{Form, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use koinon_events::value::Language;
use maud::{Markup, html};
use serde::Deserialize;

use crate::locale::{Locale, here, languages, locale, preferred, speaking};
use crate::web::Site;
use crate::web::actor::is_same_origin;
use crate::web::failure::Refusal;
use crate::web::languages::LANGUAGES;
use crate::web::sign_in::safe_next;

/// The cookie that keeps the choice.
const COOKIE: &str = "koinon_language";

/// What was chosen, and where.
#[derive(Deserialize)]
pub struct Choice {
    language: String,
    #[serde(default)]
    next: String,
}

/// Keeps the chosen language for a year, and goes back to the page.
///
/// # Errors
/// 403 for a form from elsewhere, 404 for a language there is not.
pub async fn choose(
    State(site): State<Site>,
    headers: HeaderMap,
    Form(choice): Form<Choice>,
) -> Result<Response, Refusal> {
    if !is_same_origin(&headers) {
        return Err(Refusal::foreign_origin());
    }
    let tag = languages().into_iter().find(|tag| *tag == choice.language).ok_or_else(Refusal::absent)?;
    let mut response = Redirect::to(safe_next(&choice.next)).into_response();
    if let Some(cookie) = cookie_of(&site, tag) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// `Set-Cookie` that keeps a language for a year.
pub fn cookie_of(site: &Site, tag: &str) -> Option<HeaderValue> {
    let secure = if site.public_url.starts_with("https://") { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{COOKIE}={tag}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{secure}")).ok()
}

/// The first of somebody's languages that pages are told in.
pub fn read_first(spoken: &[Language]) -> Option<&'static str> {
    spoken.iter().find_map(|each| {
        let primary = each.as_str().split('-').next().unwrap_or_default();
        languages().into_iter().find(|tag| tag.eq_ignore_ascii_case(primary))
    })
}

/// Answers in the reader's language, and says which it is.
pub async fn speak(request: Request, next: Next) -> Response {
    let is_page = is_page(request.uri().path());
    let locale = if is_page { of(request.headers()) } else { locale("en") };
    let here = request.uri().path_and_query().map_or("/", |address| address.as_str()).to_owned();
    let mut response = speaking(locale, here, next.run(request)).await;
    let headers = response.headers_mut();
    let is_html = |value: &HeaderValue| value.as_bytes().starts_with(b"text/html");
    if is_page && headers.get(header::CONTENT_TYPE).is_some_and(is_html) {
        if let Ok(tag) = HeaderValue::from_str(&locale.tag) {
            headers.insert(header::CONTENT_LANGUAGE, tag);
        }
        headers.append(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    }
    response
}

/// Whether people read what is at an address: not below `/api`, and no file.
fn is_page(path: &str) -> bool {
    !path.starts_with("/api/") && !path.rsplit('/').next().is_some_and(|last| last.contains('.'))
}

fn of(headers: &HeaderMap) -> &'static Locale {
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let chosen = cookies
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == COOKIE).then_some(value));
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    preferred(chosen, accepted)
}

/// The choice of languages, each by its own name; it works without scripts.
pub fn choices(locale: &Locale) -> Markup {
    html! {
        form.tongues action="/language" method="post" aria-label=(locale.t("language-choice")) {
            input type="hidden" name="next" value=(here());
            @for tag in languages() {
                button name="language" value=(tag) lang=(tag) aria-pressed=(if tag == locale.tag { "true" } else { "false" }) { (own_name(tag)) }
            }
        }
    }
}

/// What a language calls itself.
pub fn own_name(tag: &str) -> &str {
    LANGUAGES.iter().find(|(known, _)| *known == tag).map_or(tag, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_goes_before_the_header() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("ko"));
        assert_eq!(of(&headers).tag, "ko");
        headers.insert(header::COOKIE, HeaderValue::from_static("koinon=secret; koinon_language=de"));
        assert_eq!(of(&headers).tag, "de");
    }

    #[test]
    fn what_programs_read_is_no_page() {
        assert!(is_page("/") && is_page("/visits") && is_page("/events/12"));
        assert!(!is_page("/api/visits") && !is_page("/activity.atom") && !is_page("/reports/1/report.html"));
    }

    #[test]
    fn every_language_has_its_own_name() {
        assert!(languages().into_iter().all(|tag| own_name(tag) != tag));
    }
}
