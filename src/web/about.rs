//! Pages about the service itself: how it stands, how accessible it is, what it holds of people.

use axum::extract::State;
use axum::response::{Html, Response};
use maud::{Markup, html};

use crate::app::Failure;
use crate::locale::{Locale, Said, number, spoken};
use crate::web::Site;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::parts::section;
use crate::web::shell::{Frame, outside, page};

/// How the service stands: the log, its checkpoint, and how far each read model has come.
///
/// # Errors
/// When the read models cannot be asked.
pub async fn status(State(site): State<Site>, asked: Asked) -> Result<Response, Refusal> {
    let views = site.koinon.views();
    let (ready, health, parked) = (site.koinon.ready().await, views.health().await, views.parked().await);
    let (health, parked) = (health.map_err(Failure::from)?, parked.map_err(Failure::from)?);
    let head = site.koinon.head().await?;
    let locale = asked.locale;
    let shown = |value: u64| number(i64::try_from(value).unwrap_or(i64::MAX));
    let log = html! {
        dl.dl {
            div { dt { (locale.t("status-log")) } dd { (locale.say("status-events", &[("count", Said::Text(&shown(head.position)))])) } }
            div { dt { (locale.t("status-writable")) } dd { (locale.t(if ready.writable { "yes" } else { "no" })) } }
            div { dt { (locale.t("status-origin")) } dd { code { (site.koinon.origin()) } } }
            div { dt { (locale.t("status-checkpoint")) } dd { a href="/log/checkpoint" { "/log/checkpoint" } } }
        }
        @for problem in &ready.problems { p."note note--bad" { (problem) } }
    };
    let mail = mail(&site, locale).await?;
    let models = html! {
        table."tbl tbl--cards" role="table" {
            caption.vh { (locale.t("status-models")) }
            thead role="rowgroup" { tr role="row" { @for (key, class) in [("status-model", None), ("status-upto", Some("n")), ("status-behind", Some("n")), ("status-stopped", None)] { th class=[class] scope="col" role="columnheader" { (locale.t(key)) } } } }
            tbody role="rowgroup" { @for model in &health { tr role="row" {
                th scope="row" role="rowheader" { (called(locale, model.name)) }
                td.n role="cell" data-l=(locale.t("status-upto")) { (shown(model.position)) }
                td.n role="cell" data-l=(locale.t("status-behind")) { (shown(head.position.saturating_sub(model.position))) }
                td role="cell" data-l=(locale.t("status-stopped")) { @match &model.stopped { Some(why) => (why), None => (locale.t("status-runs")) } }
            } } }
        }
        @if parked.is_empty() { p.small { (locale.t("status-none-parked")) } }
        @for held in &parked { p."note note--warn" { strong { (held.projection) } (held.subject.to_string()) " · " (shown(held.position)) ": " (held.reason) } }
    };
    let main = html! {
        div.wrap { div.head { h1 { (locale.t("foot-status")) } p.lede { (locale.t(if ready.problems.is_empty() { "status-well" } else { "status-ill" })) } } }
        div."wrap pad stack-l" {
            (section("log-h", &locale.t("status-log"), &html! {}, &log))
            (section("mail-h", &locale.t("status-mail"), &html! {}, &mail))
            (section("models-h", &locale.t("status-models"), &html! {}, &models))
        }
    };
    Ok(page(&asked, &Frame::below(&asked, locale.t("foot-status")), &main))
}

/// Whether mail is sent, what waits, and what was wrong last.
async fn mail(site: &Site, locale: &Locale) -> Result<Markup, Refusal> {
    if !site.mails {
        return Ok(html! { p { (locale.t("status-mail-none")) } });
    }
    let (waiting, dead, error) = site.koinon.mail_backlog().await?;
    Ok(html! {
        p { (locale.say("status-mail-waiting", &[("count", Said::Number(waiting))])) }
        @if dead > 0 { p."note note--warn" { (locale.say("status-mail-dead", &[("count", Said::Number(dead))])) } }
        @if !error.is_empty() { p.small { (locale.say("status-mail-last", &[("error", Said::Text(&error))])) } }
    })
}

/// The accessibility statement, for everybody.
pub async fn accessibility() -> Html<String> {
    text("accessibility", "foot-accessibility", &["how", "known", "checked", "tell"])
}

/// What is held of people, why, how long, and what they may ask for; for everybody.
pub async fn privacy() -> Html<String> {
    text("privacy", "foot-privacy", &["what", "where", "who", "long", "rights"])
}

/// A page of titled paragraphs from the language's file.
/// A read model by the name of its list, where it has one.
fn called(locale: &Locale, name: &str) -> String {
    let keys = [format!("list-{name}"), format!("field-{name}")];
    keys.iter().find(|key| locale.has(key)).map_or_else(|| name.to_owned(), |key| locale.t(key))
}

fn text(name: &str, title: &str, parts: &[&str]) -> Html<String> {
    let locale = spoken();
    let paragraph = |key: &str| -> Markup {
        html! { @for line in locale.t(key).split('\n') { p { (line) } } }
    };
    let main = html! {
        div.wrap { div.head { h1 { (locale.t(title)) } p.lede { (locale.t(&format!("{name}-lede"))) } } }
        div."wrap pad stack-l measure" { @for part in parts {
            section { h2 { (locale.t(&format!("{name}-{part}-title"))) } (paragraph(&format!("{name}-{part}"))) }
        } }
    };
    Html(outside(&locale.t(title), &main).into_string())
}
