//! The frame of every page: header, menu, the strip that says which moment is shown, breadcrumb, footer.

use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::locale::{Locale, Said, number, spoken, time_of_day, weekday_and_day};
use crate::web::api::POSITION;
use crate::web::asked::Asked;
use crate::web::assets;
use crate::web::tongue::choices;

/// The places of the main menu: key of the name, address.
const MENU: &[(&str, &str)] = &[
    ("menu-overview", "/"),
    ("menu-partnerships", "/partnerships"),
    ("menu-visits", "/visits"),
    ("menu-pilots", "/pilots"),
    ("menu-learnings", "/learnings"),
    ("menu-cities", "/cities"),
    ("menu-reports", "/reports"),
    ("menu-audit", "/audit"),
    ("menu-replay", "/replay"),
];

/// What a page says of itself.
#[derive(Default)]
pub struct Frame {
    /// The title, without the name of the site.
    pub title: String,
    /// The way here: names and addresses; the page itself has no address.
    pub crumbs: Vec<(String, Option<String>)>,
    /// A class for the body.
    pub class: &'static str,
}

impl Frame {
    /// A page below the overview.
    pub fn below(asked: &Asked, title: impl Into<String>) -> Self {
        let title = title.into();
        let crumbs = vec![(asked.locale.t("menu-overview"), Some(asked.href("/"))), (title.clone(), None)];
        Self { title, crumbs, class: "" }
    }

    /// A page below a list.
    pub fn below_list(asked: &Asked, list: String, address: &str, title: impl Into<String>) -> Self {
        let title = title.into();
        let crumbs = vec![
            (asked.locale.t("menu-overview"), Some(asked.href("/"))),
            (list, Some(asked.href(address))),
            (title.clone(), None),
        ];
        Self { title, crumbs, class: "" }
    }
}

/// A whole page.
pub fn page(asked: &Asked, frame: &Frame, main: &Markup) -> Response {
    let body = markup(asked, frame, main).into_string();
    let mut response = Html(body).into_response();
    let headers = response.headers_mut();
    headers.insert(POSITION, HeaderValue::from(asked.view.position));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn markup(asked: &Asked, frame: &Frame, main: &Markup) -> Markup {
    let locale = asked.locale;
    let past = !asked.is_now();
    let title = if past {
        locale.say(
            "title-past",
            &[("day", Said::Text(&crate::locale::day(locale, asked.time.day()))), ("title", Said::Text(&frame.title))],
        )
    } else {
        frame.title.clone()
    };
    let class = [frame.class, if past { "is-past" } else { "" }].join(" ");
    html! {
        (DOCTYPE)
        html lang=(locale.tag) {
            (head(locale, &title, asked.reader.session.as_ref().map(|session| session.form_token.as_str()), true))
            body class=(class.trim()) {
                a.skip href="#main" { (locale.t("skip")) }
                (site_header(asked))
                @if asked.site.demo.is_some() { (sample_notice(asked)) }
                (strip(asked))
                @if !frame.crumbs.is_empty() { (crumbs(locale, &frame.crumbs)) }
                main #main tabindex="-1" { (main) }
                (footer(locale))
            }
        }
    }
}

/// A whole page for whom no reader is known: signing in, setting up, troubles.
pub fn outside(title: &str, main: &Markup) -> Markup {
    let words = spoken();
    html! {
        (DOCTYPE)
        html lang=(words.tag) {
            (head(words, title, None, false))
            body {
                a.skip href="#main" { (words.t("skip")) }
                header.site { div.wrap { (brand("/", &words.t("tagline"))) } }
                main #main tabindex="-1" { (main) }
                (footer(words))
            }
        }
    }
}

fn head(locale: &Locale, title: &str, form_token: Option<&str>, feed: bool) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { (title) " — Koinon" }
            meta name="color-scheme" content="light dark";
            @if let Some(token) = form_token { meta name="form-token" content=(token); }
            meta name="reload" content=(locale.t("live-reload"));
            @if feed { link rel="alternate" type="application/atom+xml" title=(locale.t("atom-title")) href="/activity.atom"; link rel="alternate" type="text/calendar" title=(locale.t("calendar-title")) href="/calendar.ics"; }
            link rel="icon" type="image/svg+xml" href=(assets::address("icon.svg"));
            link rel="stylesheet" href=(assets::address("koinon.css"));
            script src=(assets::address("koinon.js")) defer {}
        }
    }
}

/// The wordmark: two dots and an arc.
fn brand(home: &str, tagline: &str) -> Markup {
    html! {
        a.brand href=(home) {
            svg viewBox="0 0 40 28" aria-hidden="true" {
                path d="M6 22C10 4 30 4 34 22" fill="none" stroke="var(--blue)" stroke-width="2.6" {}
                circle cx="6" cy="22" r="4.4" fill="var(--blue)" {}
                circle cx="34" cy="22" r="4.4" fill="#ffd617" stroke="var(--ink)" stroke-width="1.6" {}
            }
            b { "Koinon" }
            small { (tagline) }
        }
    }
}

fn site_header(asked: &Asked) -> Markup {
    let locale = asked.locale;
    let tagline = asked.programme_title().unwrap_or_else(|| locale.t("tagline"));
    html! {
        header.site {
            div.wrap {
                (brand(&asked.href("/"), &tagline))
                div.tools {
                    form.search role="search" action="/search" method="get" {
                        label.vh for="q" { (locale.t("search-label")) }
                        input id="q" name="q" type="search" placeholder=(locale.t("search-hint"));
                        button { (locale.t("search")) }
                    }
                    (account(asked))
                }
            }
            nav.nav aria-label=(locale.t("menu")) {
                div.wrap { ul {
                    @if asked.reader.session.is_some() {
                        li { a href="/needs-you" aria-current=[current(&asked.path, "/needs-you")] { (locale.t("menu-needs-you")) } }
                    }
                    @for (key, address) in MENU {
                        li { a href=(asked.href(address)) aria-current=[current(&asked.path, address)] { (locale.t(key)) } }
                    }
                } }
            }
        }
    }
}

fn account(asked: &Asked) -> Markup {
    let locale = asked.locale;
    match &asked.reader.session {
        Some(_) => html! { a href="/account" { (asked.reader.caller.name) } },
        None => {
            html! { a href={ "/sign-in?next=" (crate::web::actor::form_urlencoded(&asked.path)) } { (locale.t("sign-in")) } }
        }
    }
}

fn current(path: &str, address: &str) -> Option<&'static str> {
    if path == address {
        Some("page")
    } else if address != "/" && path.strip_prefix(address).is_some_and(|rest| rest.starts_with('/')) {
        Some("true")
    } else {
        None
    }
}

fn sample_notice(asked: &Asked) -> Markup {
    let locale = asked.locale;
    html! {
        aside.sample aria-labelledby="sample-h" { div.wrap {
            p { strong #sample-h { (locale.t("sample-data")) } " " (locale.t("sample-data-more")) }
            @if asked.is_now() {
                @match &asked.reader.session {
                    Some(session) => form action="/demo/next-day" method="post" {
                        input type="hidden" name="form_token" value=(session.form_token);
                        input type="hidden" name="next" value=(asked.path);
                        button.btn.btn--s.btn--2 { (locale.t("demo-next-day")) }
                    },
                    None => a.btn.btn--s.btn--2 href={ "/sign-in?next=" (crate::web::actor::form_urlencoded(&asked.path)) } { (locale.t("demo-sign-in")) },
                }
            }
        } }
    }
}

fn strip(asked: &Asked) -> Markup {
    let locale = asked.locale;
    let (day, time) = (weekday_and_day(locale, asked.time.day()), time_of_day(asked.time));
    let year = asked.time.moment().format("%Y").to_string();
    let shown = locale
        .say("strip-moment", &[("day", Said::Text(&day)), ("year", Said::Text(&year)), ("time", Said::Text(&time))]);
    let position = asked.view.position;
    let first = asked.programme().and_then(|row| row["starts_on"].as_str()).map(|day| format!("{day}T00:00"));
    let now = asked.site.koinon.clock().now();
    let event = html! { a href=(asked.href(&format!("/events/{position}"))) data-live-pos { (number(i64::try_from(position).unwrap_or(i64::MAX))) } };
    html! {
        div class={ "asof" @if !asked.is_now() { " asof--past" } } role="region" aria-label=(locale.t("strip-label")) {
            div.wrap {
                p {
                    @if asked.is_now() {
                        span.dot data-live-dot {}
                        strong data-live-word { (locale.t("strip-now")) }
                    } @else {
                        strong { (locale.t("strip-past")) }
                    }
                    ", " (locale.t("strip-after-event")) " " (event) " · "
                    time datetime=(asked.time.to_string()) { (shown) }
                    @if asked.is_now() {
                        span.js-only data-live=(position) hidden { " · " a href=(asked.path) data-live-reload {} }
                    }
                }
                form.asof-form action=(asked.path) method="get" {
                    @for (name, value) in asked.query.pairs().filter(|(name, _)| !["as_of", "seen", "after", "before", "cursor"].contains(name)) {
                        input type="hidden" name=(name) value=(value);
                    }
                    label for="asof" { (locale.t("strip-earlier")) }
                    input id="asof" name="as_of" type="datetime-local" value=(asked.time.moment().format("%Y-%m-%dT%H:%M")) min=[first] max=(now.moment().format("%Y-%m-%dT%H:%M"));
                    button.btn.btn--s.btn--2 { (locale.t("strip-show")) }
                }
                @if asked.is_now() {
                    a.m-only href="#asof-small" data-earlier { (locale.t("strip-earlier-short")) }
                } @else {
                    a href=(now_address(asked)) { (locale.t("strip-return")) }
                }
            }
        }
    }
}

/// This page, at present.
fn now_address(asked: &Asked) -> String {
    match asked.query.with("as_of", None) {
        query if query.is_empty() => asked.path.clone(),
        query => format!("{}?{query}", asked.path),
    }
}

fn crumbs(locale: &Locale, crumbs: &[(String, Option<String>)]) -> Markup {
    html! {
        nav class="crumbs wrap" aria-label=(locale.t("breadcrumb")) { ol {
            @for (name, address) in crumbs {
                li { @match address {
                    Some(address) => a href=(address) { (name) },
                    None => span aria-current="page" { (name) },
                } }
            }
        } }
    }
}

/// The foot of any page.
fn footer(locale: &Locale) -> Markup {
    let koinon = PreEscaped("<strong>Koinon</strong> ");
    html! {
        footer.site-foot { div.wrap {
            div.stack {
                p { (koinon) (locale.t("foot-what")) }
                p.xs { (locale.t("foot-sources")) }
            }
            (choices(locale))
            nav aria-label=(locale.t("foot-label")) { ul {
                li { a href="/audit" { (locale.t("foot-record")) } }
                li { a href="/programmes" { (locale.t("foot-programmes")) } }
                li { a href="/meetings" { (locale.t("list-meetings")) } }
                li { a href="/projects" { (locale.t("list-projects")) } }
                li { a href="/actions" { (locale.t("list-actions")) } }
                li { a href="/people" { (locale.t("foot-people")) } }
                li { a href="/documents" { (locale.t("foot-documents")) } }
                li { a href="/activity" { (locale.t("foot-activity")) } }
                li { a href="/data-quality" { (locale.t("quality")) } }
                li { a href="/status" { (locale.t("foot-status")) } }
                li { a href="/accessibility" { (locale.t("foot-accessibility")) } }
                li { a href="/privacy" { (locale.t("foot-privacy")) } }
                li { a href="/api/docs" { (locale.t("foot-api")) } }
            } }
        } }
    }
}
