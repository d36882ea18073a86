//! Signing in with an identity provider: away to it, back with its answer, and the second factor where it is still owed.
//!
//! The attempt hangs on a cookie of its own, so an answer counts only in the browser that asked, and for ten minutes.
//! Where to go on afterwards stands in that cookie and leads nowhere but to this site. Whatever fails is told in plain
//! words, with the way back to the other ways in; what the provider said stands in the program's own log.

use axum::extract::{Form, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use koinon_events::PersonId;
use maud::{Markup, html};
use serde::Deserialize;

use super::{Field, first_page, onward, private};
use crate::app::accounts::{Recognised, Stranger};
use crate::locale::{Said, spoken};
use crate::oidc::{Provider, Trouble};
use crate::web::Site;
use crate::web::actor::{cookie, cookie_name, form_urlencoded, is_same_origin};
use crate::web::failure::Refusal;
use crate::web::query::Query;
use crate::web::session::chance;
use crate::web::sign_in::safe_next;
use crate::web::throttle::Peer;

/// How long an attempt may take, in seconds.
const WITHIN: i64 = 600;

/// The longest way back that is kept.
const LONGEST_NEXT: usize = 1_000;

/// The way to the provider on the sign-in page; nothing where none is configured.
pub fn button(site: &Site, next: &str) -> Markup {
    let words = spoken();
    html! {
        @if let Some(provider) = site.provider.as_ref().filter(|_| site.demo.is_none()) {
            p { a.btn.btn--2 href={ "/sign-in/openid?next=" (form_urlencoded(next)) } {
                (words.say("openid-button", &[("label", Said::Text(provider.label()))]))
            } }
        }
    }
}

fn provider(site: &Site) -> Result<&Provider, Refusal> {
    site.provider.as_deref().filter(|_| site.demo.is_none()).ok_or_else(Refusal::absent)
}

/// The cookie of an attempt, beside that of the session.
fn attempt_cookie(site: &Site, value: &str) -> Option<HeaderValue> {
    let name = format!("{}-openid", cookie_name(site));
    let secure = if name.starts_with("__Host-") { "; Secure" } else { "" };
    let age = if value.is_empty() { 0 } else { WITHIN };
    HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}; Max-Age={age}")).ok()
}

fn attempted<'a>(site: &Site, headers: &'a HeaderMap) -> Option<&'a str> {
    cookie(headers, &format!("{}-openid", cookie_name(site)))
}

fn with_cookie(site: &Site, mut response: Response, value: &str) -> Response {
    if let Some(value) = attempt_cookie(site, value) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Away to the provider.
///
/// # Errors
/// 404 where none is configured; 429 after too many tries.
pub async fn begin(State(site): State<Site>, peer: Peer, query: Query) -> Result<Response, Refusal> {
    let provider = provider(&site)?;
    site.throttle.address(peer)?;
    let next = safe_next(query.text("next").unwrap_or("/"));
    let next = if next.len() > LONGEST_NEXT { "/" } else { next };
    let secret =
        chance().ok_or_else(|| crate::app::Failure::Internal("the system gives no random bytes".to_owned()))?;
    let until = site.koinon.clock().now().micros() / 1_000_000 + WITHIN;
    let value = format!("{secret}.{until}.{}", form_urlencoded(next));
    match provider.address(&site.koinon.openid_attempt(&value)).await {
        Ok(address) => Ok(with_cookie(&site, Redirect::to(&address).into_response(), &value)),
        Err(trouble) => Ok(told(&site, peer, &trouble).await),
    }
}

/// What the provider sends the browser back with.
#[derive(Deserialize, Default)]
pub struct Answered {
    #[serde(default)]
    state: String,
    code: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

/// Back with the provider's answer.
///
/// # Errors
/// 404 where none is configured; 429 after too many tries; when people cannot be read.
pub async fn answer(
    State(site): State<Site>,
    peer: Peer,
    headers: HeaderMap,
    answered: Result<axum::extract::Query<Answered>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Refusal> {
    let provider = provider(&site)?;
    site.throttle.address(peer)?;
    let answered = answered.map(|query| query.0).unwrap_or_default();
    let value = attempted(&site, &headers).unwrap_or_default();
    let attempt = site.koinon.openid_attempt(value);
    let now = site.koinon.clock().now().micros() / 1_000_000;
    if !is_theirs(value, &answered.state, &attempt.state, now)
        || !site.attempts.is_first(&attempt.state, now + WITHIN, now)
    {
        return Ok(refused(&site, peer, "old").await);
    }
    let Some(code) = answered.code.filter(|_| answered.error.is_none()) else {
        // Only who broke off is told so: what else the provider says is not for a page.
        let word = if answered.error.as_deref() == Some("access_denied") { "broken-off" } else { "refused" };
        return Ok(refused(&site, peer, word).await);
    };
    let now = site.koinon.clock().now().moment();
    let vouched = match provider.vouched(&code, answered.iss.as_deref(), &attempt, now).await {
        Ok(vouched) => vouched,
        Err(trouble) => return Ok(told(&site, peer, &trouble).await),
    };
    match site.koinon.enter_vouched(provider.issuer(), &vouched).await? {
        Err(stranger) => Ok(refused(&site, peer, word_of(stranger)).await),
        Ok(Recognised::Session(person, session, linked)) => {
            note_linked(&site, peer, person, linked).await;
            let next = next_of(value);
            let shown = vouched.second_factor;
            let next = if shown { begins(&next).to_owned() } else { first_page(&site, person, &next).await? };
            enter(&site, peer, &headers, person, &next, &session).await
        }
        Ok(Recognised::NeedsCode(person, ticket, linked)) => {
            note_linked(&site, peer, person, linked).await;
            let next = next_of(value);
            let to = Redirect::to(&format!("/sign-in/code?next={}", form_urlencoded(&next))).into_response();
            Ok(with_cookie(&site, to, &ticket))
        }
    }
}

/// Whether an answer belongs to the attempt of that cookie, which has not run out.
fn is_theirs(value: &str, state: &str, expected: &str, now: i64) -> bool {
    use subtle::ConstantTimeEq;
    let until = value.split('.').nth(1).and_then(|until| until.parse::<i64>().ok());
    let same: bool = state.as_bytes().ct_eq(expected.as_bytes()).into();
    same && until.is_some_and(|until| now < until)
}

/// Where the attempt began, as the cookie has it.
fn next_of(value: &str) -> String {
    let written = value.splitn(3, '.').nth(2).unwrap_or_default();
    let url = reqwest::Url::parse(&format!("http://localhost/?next={written}")).ok();
    let next = url.and_then(|url| url.query_pairs().next().map(|(_, next)| next.into_owned()));
    safe_next(&next.unwrap_or_default()).to_owned()
}

/// Who signs in begins with what waits for them.
fn begins(next: &str) -> &str {
    if next == "/" { "/needs-you" } else { next }
}

async fn note_linked(site: &Site, peer: Peer, person: PersonId, linked: bool) {
    if linked {
        let who = person.subject().to_string();
        site.koinon.note_security("identity-linked", &who, &peer.to_string(), "").await;
    }
}

async fn enter(
    site: &Site,
    peer: Peer,
    headers: &HeaderMap,
    person: PersonId,
    next: &str,
    session: &str,
) -> Result<Response, Refusal> {
    if let Some(old) = cookie(headers, cookie_name(site)) {
        site.sessions.end(old);
        site.koinon.sign_out(old).await?;
    }
    let who = person.subject().to_string();
    site.koinon.note_security("signed-in", &who, &peer.to_string(), "identity provider").await;
    Ok(with_cookie(site, onward(site, person, next, session).await?, ""))
}

const fn word_of(stranger: Stranger) -> &'static str {
    match stranger {
        Stranger::Unverified => "unverified",
        Stranger::Unknown => "unknown",
        Stranger::Several => "several",
        Stranger::Another => "another",
    }
}

async fn told(site: &Site, peer: Peer, trouble: &Trouble) -> Response {
    tracing::warn!(%trouble, "nobody was let in by the identity provider");
    let word = match trouble {
        Trouble::Unreachable(_) => "unreachable",
        Trouble::Refused(_) => "refused",
        Trouble::Unbelievable(_) => "unbelievable",
    };
    refused(site, peer, word).await
}

/// Says why nobody was let in, and what to do.
async fn refused(site: &Site, peer: Peer, word: &str) -> Response {
    let told = format!("identity provider: {word}");
    site.koinon.note_security("sign-in-refused", "", &peer.to_string(), &told).await;
    let words = spoken();
    let label = site.provider.as_ref().map_or("", |provider| provider.label());
    let content = html! {
        p { (words.say(&format!("openid-{word}"), &[("label", Said::Text(label))])) }
        p { a.btn href="/sign-in" { (words.t("openid-other-ways")) } }
    };
    let status = if word == "unreachable" { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::FORBIDDEN };
    with_cookie(site, private(status, &words.t("openid-not-signed-in"), "", &content), "")
}

/// What the page of the second factor sends.
#[derive(Deserialize, Default)]
pub struct Code {
    #[serde(default)]
    code: String,
    #[serde(default)]
    next: String,
}

/// The page that asks for the second factor of somebody vouched for.
pub async fn code_form(State(site): State<Site>, headers: HeaderMap, query: Query) -> Response {
    let next = safe_next(query.text("next").unwrap_or("/")).to_owned();
    match attempted(&site, &headers).and_then(|ticket| site.koinon.ticket_holder(ticket)) {
        Some(_) => code_page(StatusCode::OK, &next, None),
        None => Redirect::to("/sign-in").into_response(),
    }
}

/// Lets in who shows it.
///
/// # Errors
/// 403 for a form from elsewhere; 429 after too many tries.
pub async fn show_code(
    State(site): State<Site>,
    peer: Peer,
    headers: HeaderMap,
    Form(sent): Form<Code>,
) -> Result<Response, Refusal> {
    if !is_same_origin(&headers) {
        return Err(Refusal::foreign_origin());
    }
    let holder = attempted(&site, &headers).and_then(|ticket| site.koinon.ticket_holder(ticket));
    let Some(person) = holder else { return Ok(Redirect::to("/sign-in").into_response()) };
    let who = person.subject().to_string();
    site.throttle.address(peer)?;
    site.throttle.account(&who)?;
    let next = safe_next(&sent.next);
    let Some(session) = site.koinon.enter_with_code(person, &sent.code).await? else {
        site.koinon.note_security("sign-in-refused", &who, &peer.to_string(), "second factor").await;
        let wrong = spoken().t("openid-code-wrong");
        return Ok(code_page(StatusCode::UNPROCESSABLE_ENTITY, next, Some(&wrong)));
    };
    site.throttle.forgive(&who);
    enter(&site, peer, &headers, person, begins(next), &session).await
}

fn code_page(status: StatusCode, next: &str, wrong: Option<&str>) -> Response {
    let words = spoken();
    let form = html! {
        form action="/sign-in/code" method="post" {
            (super::hidden("next", next))
            (Field { name: "code", kind: "text", autocomplete: "one-time-code", hint: Some("openid-code-hint") }.markup(wrong))
            button.btn { (words.t("sign-in")) }
        }
    };
    private(status, &words.t("factor"), &words.t("openid-code-lede"), &form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_is_read_from_the_cookie_and_never_leaves_this_site() {
        let value = |next: &str| format!("secret.100.{}", form_urlencoded(next));
        assert_eq!(next_of(&value("/visits?status=a.b&q=ü c")), "/visits?status=a.b&q=ü c");
        for elsewhere in ["//evil.example", "https://evil.example", "/\\evil.example", ""] {
            assert_eq!(next_of(&value(elsewhere)), "/", "{elsewhere}");
        }
        assert_eq!(next_of("torn"), "/");
    }

    #[test]
    fn an_answer_counts_for_its_own_attempt_and_for_ten_minutes() {
        assert!(is_theirs("secret.100.x", "state", "state", 99));
        assert!(!is_theirs("secret.100.x", "state", "state", 100));
        assert!(!is_theirs("secret.100.x", "", "state", 99));
        assert!(!is_theirs("", "state", "state", 99), "without the cookie no answer counts");
    }
}
