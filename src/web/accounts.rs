//! Pages around one's own account: the link that works once, password, second factor, sessions.
//!
//! They are for who is signed in as a person, also while the second factor is still to be set up. Every form comes from
//! our own page and carries the session's token; no answer here is kept by anybody.

pub mod attempts;
pub mod by_mail;
pub mod enter;
pub mod invitation;
pub mod language;
pub mod link;
pub mod openid;
pub mod password;
pub mod second_factor;
pub mod sessions;

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use koinon_events::{Actor, PersonId, Role};
use maud::{Markup, html};

use crate::app::accounts::Half;
use crate::locale::spoken;
use crate::web::Site;
use crate::web::actor::{self, set_cookie};
use crate::web::failure::Refusal;
use crate::web::session::Session;
use crate::web::shell::outside;
use crate::web::tongue;

/// Who is signed in as a person.
pub struct Holder {
    /// The person.
    pub person: PersonId,
    /// The session of the browser.
    pub session: Session,
    /// The person's own session; none when a token is what signed in.
    pub half: Option<Half>,
    /// Whether the token that signed in may do everything for everybody.
    keeps: bool,
}

impl Holder {
    /// Who holds the request's cookie; nobody in the demo, whose people are not real.
    ///
    /// # Errors
    /// When sessions cannot be read.
    pub async fn of(site: &Site, headers: &HeaderMap) -> Result<Option<Self>, Refusal> {
        let Some(session) = actor::session(site, headers).filter(|_| site.demo.is_none()) else { return Ok(None) };
        if let Some(half) = site.koinon.half_session(&session.bearer).await? {
            return Ok(Some(Self { person: half.person, session, half: Some(half), keeps: false }));
        }
        let Some(caller) = site.koinon.authenticate(&session.bearer).await? else { return Ok(None) };
        let today = site.koinon.clock().today();
        let keeps = crate::access::holds_everywhere(&[Role::Administrator], &caller.grants, today);
        match caller.actor {
            Actor::Person(person) => Ok(Some(Self { person, session, half: None, keeps })),
            _ => Ok(None),
        }
    }

    /// Whether this may set a first password: the person's own session, or a token that could make a sign-in link for
    /// anybody. A token of a smaller role must not gain the person's other rights.
    pub fn may_set_first_password(&self) -> bool {
        self.half.is_some() || self.keeps
    }

    /// Refuses forms that are not the session's own.
    ///
    /// # Errors
    /// 403.
    pub fn takes_form(&self, headers: &HeaderMap, form_token: &str) -> Result<(), Refusal> {
        self.session.takes_form(headers, form_token)
    }
}

/// To the sign-in page, and back here afterwards.
fn sign_in_first(path: &str) -> Response {
    Redirect::to(&format!("/sign-in?next={}", actor::form_urlencoded(path))).into_response()
}

/// A page that nobody keeps.
fn private(status: StatusCode, title: &str, lede: &str, content: &Markup) -> Response {
    let main = html! {
        div.wrap { div.head { h1 { (title) } @if !lede.is_empty() { p.lede { (lede) } } } }
        div."wrap pad" { div.stack { (content) } }
    };
    (status, [(header::CACHE_CONTROL, "no-store")], Html(outside(title, &main).into_string())).into_response()
}

/// On to another page with a session's cookie, in the language that the person reads first.
///
/// # Errors
/// When the person cannot be read.
async fn onward(site: &Site, person: PersonId, path: &str, value: &str) -> Result<Response, Refusal> {
    let mut response = Redirect::to(path).into_response();
    put_cookie(site, &mut response, value);
    let languages = site.koinon.languages_of(person).await?;
    if let Some(cookie) = tongue::read_first(&languages).and_then(|tag| tongue::cookie_of(site, tag)) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

fn put_cookie(site: &Site, response: &mut Response, value: &str) {
    if let Some(cookie) = set_cookie(site, Some(value)) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
}

/// Where somebody goes who has just signed in: first to the second factor, when a role asks for one and there is none.
///
/// # Errors
/// When the person cannot be read.
async fn first_page(site: &Site, person: PersonId, next: &str) -> Result<String, Refusal> {
    if site.koinon.needs_factor(person).await? && !site.koinon.has_factor(person).await? {
        let has_password = site.koinon.has_password(person).await?;
        return Ok(if has_password { "/account/second-factor" } else { "/account/password" }.to_owned());
    }
    // Who signs in begins with what waits for them.
    Ok(if next == "/" { "/needs-you" } else { next }.to_owned())
}

/// A field of a form, with what is wrong with it.
struct Field {
    name: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
    hint: Option<&'static str>,
}

impl Field {
    /// A password; `autocomplete` says whether it is the one until now or a new one.
    const fn password(name: &'static str, autocomplete: &'static str, hint: Option<&'static str>) -> Self {
        Self { name, kind: "password", autocomplete, hint }
    }

    /// The field with its label, whose words stand under `account-field-NAME`.
    fn markup(&self, wrong: Option<&str>) -> Markup {
        let words = spoken();
        let Self { name, kind, autocomplete, hint } = *self;
        let (hint_id, error_id) = (format!("{name}-hint"), format!("{name}-err"));
        let described = [hint.map(|_| hint_id.as_str()), wrong.map(|_| error_id.as_str())];
        let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
        html! {
            div class={ "field" @if wrong.is_some() { " bad" } } {
                label for=(name) { (words.t(&format!("account-field-{name}"))) }
                @if let Some(hint) = hint { span.hint id=(hint_id) { (words.t(hint)) } }
                @if let Some(wrong) = wrong { p.err id=(error_id) { (wrong) } }
                input.in id=(name) name=(name) type=(kind) autocomplete=(autocomplete) spellcheck="false"
                    required[name != "code"] aria-describedby=[Some(&described).filter(|ids| !ids.is_empty())]
                    aria-invalid=[wrong.map(|_| "true")];
            }
        }
    }
}

fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// Why a chosen password is not taken, in words.
fn objection(chosen: &str, again: &str, names: &[&str]) -> Option<String> {
    let words = spoken();
    if chosen != again {
        return Some(words.t("password-differ"));
    }
    crate::app::accounts::objection(chosen, names).map(|key| words.t(key))
}
