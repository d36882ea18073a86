//! Signing in: with one click as somebody of the sample in the demo, with a token elsewhere; and out again.

use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use crate::locale::{Said, spoken};
use crate::web::Site;
use crate::web::accounts::{enter, openid};
use crate::web::actor::{cookie, cookie_name, is_same_origin, set_cookie};
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::parts::sentence_case;
use crate::web::query::Query;
use crate::web::shell::{Frame, outside, page};
use crate::web::throttle::Peer;

/// What the sign-in form sends.
#[derive(Deserialize)]
pub struct SignIn {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    token: String,
    #[serde(default)]
    sample: Option<usize>,
    #[serde(default)]
    next: String,
}

/// A path of this site to go on to; anything else goes home.
pub fn safe_next(next: &str) -> &str {
    // Browsers leave control characters out of addresses, so that "/\t/evil.example" would be "//evil.example" to them.
    let is_ours = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    let is_ours = is_ours && !next.contains(char::is_control);
    if is_ours { next } else { "/" }
}

/// The page to sign in on.
pub async fn form(State(site): State<Site>, query: Query) -> Response {
    let next = query.text("next").unwrap_or("/").to_owned();
    axum::response::Html(markup(&site, &next, [false; 2]).into_string()).into_response()
}

fn markup(site: &Site, next: &str, [person, failed]: [bool; 2]) -> Markup {
    let words = spoken();
    let next = safe_next(next);
    let main = html! {
        div.wrap { div.head { h1 { (words.t("sign-in")) } p.lede { (words.t(if site.demo.is_some() { "sign-in-demo" } else { "sign-in-lede" })) } } }
        div."wrap pad" {
            @if let Some(demo) = &site.demo {
                ul.people-in {
                    @for (index, person) in demo.people.iter().enumerate() {
                        li { form action="/sign-in" method="post" {
                            input type="hidden" name="sample" value=(index);
                            input type="hidden" name="next" value=(next);
                            button.btn.btn--2 { (person.name) }
                            span.muted.small { (sentence_case(&words.word(&person.role))) @if !person.place.is_empty() { ", " (person.place) } }
                        } }
                    }
                }
            } @else {
                div.stack-l {
                    (openid::button(site, next))
                    (enter::form(next, person))
                    @if site.mails { p { a href="/sign-in/by-mail" { (words.t("by-mail")) } } }
                    section.stack aria-labelledby="token-h" {
                        h2 #token-h { (words.t("account-with-token")) }
                        (token_form(next, failed))
                    }
                }
            }
        }
    };
    outside(&words.t("sign-in"), &main)
}

fn token_form(next: &str, failed: bool) -> Markup {
    let words = spoken();
    html! {
        form action="/sign-in" method="post" {
            input type="hidden" name="next" value=(next);
            div class={ "field" @if failed { " bad" } } {
                label for="token" { (words.t("sign-in-token")) }
                span.hint #token-hint { (words.t("sign-in-hint")) }
                @if failed { p.err #token-err { (words.t("sign-in-failed")) } }
                input.in id="token" name="token" type="password" autocomplete="off" spellcheck="false" required aria-describedby="token-hint" aria-invalid=[failed.then_some("true")];
            }
            button.btn { (words.t("sign-in")) }
        }
    }
}

/// Begins a session.
///
/// # Errors
/// When the form comes from elsewhere, or the token cannot be checked.
pub async fn enter(
    State(site): State<Site>,
    peer: Peer,
    headers: HeaderMap,
    Form(form): Form<SignIn>,
) -> Result<Response, Refusal> {
    if !is_same_origin(&headers) {
        return Err(Refusal::foreign_origin());
    }
    if site.demo.is_none() {
        site.throttle.address(peer)?;
    }
    if !form.email.is_empty() && site.demo.is_none() {
        let SignIn { email, password, code, next, .. } = &form;
        let entered = enter::enter(&site, &headers, peer, &enter::Given { email, password, code, next }).await?;
        return Ok(entered.unwrap_or_else(|status| {
            let page = axum::response::Html(markup(&site, &form.next, [true, false]).into_string());
            (status, [(header::CACHE_CONTROL, "no-store")], page).into_response()
        }));
    }
    let sample = form.sample.and_then(|index| site.demo.as_ref()?.people.get(index));
    let bearer = sample.map_or(form.token.trim(), |person| person.token.as_str());
    if site.koinon.authenticate(bearer).await?.is_none() {
        site.koinon.note_security("sign-in-refused", "", &peer.to_string(), "token").await;
        let page = axum::response::Html(markup(&site, &form.next, [false, true]).into_string());
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    if let Some(old) = cookie(&headers, cookie_name(&site)) {
        site.sessions.end(old);
    }
    if sample.is_none()
        && let Some(caller) = site.koinon.authenticate(bearer).await?
    {
        site.koinon.note_security("signed-in", &caller.actor.to_string(), &peer.to_string(), "token").await;
    }
    let value = site.sessions.begin(bearer, std::time::Instant::now());
    let value = value.ok_or_else(|| crate::app::Failure::Internal("the system gives no random bytes".to_owned()))?;
    // Who signs in begins with what waits for them.
    let next = if safe_next(&form.next) == "/" { "/needs-you" } else { &form.next };
    Ok(to_next(&site, next, Some(&value)))
}

fn to_next(site: &Site, next: &str, cookie: Option<&str>) -> Response {
    let mut response = Redirect::to(safe_next(next)).into_response();
    if let Some(value) = set_cookie(site, cookie) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    response
}

/// What a signed-in browser sends with every form.
#[derive(Deserialize)]
pub struct Signed {
    /// The session's form token.
    #[serde(default)]
    pub form_token: String,
    /// Where to go on.
    #[serde(default)]
    pub next: String,
}

/// Ends the session.
///
/// # Errors
/// When the form comes from elsewhere.
pub async fn leave(
    State(site): State<Site>,
    headers: HeaderMap,
    Form(form): Form<Signed>,
) -> Result<Response, Refusal> {
    let session = crate::web::actor::session(&site, &headers);
    if !is_same_origin(&headers) || session.is_some_and(|session| !session.is_its_form(&form.form_token)) {
        return Err(Refusal::foreign_origin());
    }
    if let Some(value) = cookie(&headers, cookie_name(&site)) {
        site.sessions.end(value);
        site.koinon.sign_out(value).await?;
    }
    Ok(to_next(&site, "/", None))
}

/// Who is signed in and what they may do.
///
/// # Errors
/// When names cannot be read.
pub async fn account(State(_): State<Site>, asked: Asked) -> Result<Response, Refusal> {
    let Some(session) = &asked.reader.session else { return Ok(Redirect::to("/sign-in").into_response()) };
    let names = asked.view.names(asked.reader.caller.grants.iter().filter_map(|grant| grant.scope)).await?;
    let locale = asked.locale;
    let main = html! {
        div.wrap { div.head { p.meta { b { (locale.t("account")) } } h1 { (asked.reader.caller.name) } } }
        div."wrap pad" {
            div.stack {
                h2 { (locale.t("account-may")) }
                ul.lines { @for grant in &asked.reader.caller.grants { li {
                    (sentence_case(&locale.word(&grant.role.to_string())))
                    @if let Some(scope) = grant.scope { ": " (names.of(scope)) }
                    @if let Some(until) = grant.until { " " (locale.say("account-until", &[("day", Said::Text(&crate::locale::day(locale, until)))])) }
                } } }
                @if asked.site.demo.is_none() && matches!(asked.reader.caller.actor, koinon_events::Actor::Person(_)) {
                    h2 { (locale.t("account-security")) }
                    ul.lines {
                        li { a href="/account/password" { (locale.t("password")) } }
                        li { a href="/account/second-factor" { (locale.t("factor")) } }
                        li { a href="/access" { (locale.t("access")) } }
                        @if asked.reader.is_any(&[koinon_events::Role::Administrator]) { li { a href="/security-log" { (locale.t("security")) } } li { a href="/retention" { (locale.t("retention")) } } }
                        @if asked.reader.is_any(&[koinon_events::Role::Administrator, koinon_events::Role::Auditor]) { li { a href="/refusals" { (locale.t("refusals")) } } }
                        li { a href="/account/language" { (locale.t("account-language")) } }
                        li { a href="/account/sessions" { (locale.t("sessions")) } }
                    }
                }
                @if matches!(asked.reader.caller.actor, koinon_events::Actor::Person(_)) {
                    p {
                        a href="/do/SetDigest?next=%2Faccount" { (locale.t("account-mail-how")) }
                        @if !asked.site.mails { " " span.muted { (locale.t("account-mail-never")) } }
                    }
                }
                p { a href="/calendar/addresses" { (locale.t("calendar-addresses")) } }
                @if asked.reader.is_any(&[koinon_events::Role::Administrator, koinon_events::Role::Coordinator]) {
                    p { a href="/webhooks" { (locale.t("webhooks")) } }
                }
                form action="/sign-out" method="post" {
                    input type="hidden" name="form_token" value=(session.form_token);
                    button.btn.btn--2 { (locale.t("sign-out")) }
                }
            }
        }
    };
    Ok(page(&asked, &Frame::below(&asked, locale.t("account")), &main))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_never_leaves_this_site() {
        assert_eq!(safe_next("/visits?status=scheduled"), "/visits?status=scheduled");
        for elsewhere in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "",
            "/a\r\nb",
            "/\t/evil.example",
        ] {
            assert_eq!(safe_next(elsewhere), "/", "{elsewhere:?}");
        }
    }
}
