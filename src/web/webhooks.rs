//! `/webhooks`: where records are sent, what waits, what failed and was given up, with "Send again". Only who may change a
//! webhook sees it here.

use axum::extract::{Form, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use koinon_events::WebhookId;
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

use crate::app::{Delivery, Hook};
use crate::locale::Said;
use crate::web::Site;
use crate::web::api::webhooks::must_send;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::parts::status;
use crate::web::shell::{Frame, page};

/// What the page's forms send.
#[derive(Deserialize)]
pub struct Sent {
    #[serde(default)]
    form_token: String,
    webhook: Uuid,
    /// Which delivery to send again; a test is sent when absent.
    #[serde(default)]
    position: Option<u64>,
}

/// The page.
///
/// # Errors
/// When the log or the outbox cannot be read.
pub async fn list(State(site): State<Site>, asked: Asked) -> Result<Response, Refusal> {
    let caller = &asked.reader.caller;
    let mut hooks = Vec::new();
    for hook in site.koinon.own_hooks(caller).await? {
        let deliveries = site.koinon.deliveries(caller, hook.id).await?;
        hooks.push((hook, deliveries));
    }
    let locale = asked.locale;
    let main = html! {
        div.wrap { div.head { h1 { (locale.t("webhooks")) } p.lede { (locale.t("webhooks-lede")) } } }
        div."wrap pad" { div.stack {
            @if hooks.is_empty() { p { (locale.t("webhooks-none")) } }
            @for (hook, deliveries) in &hooks { (one(&asked, hook, deliveries)) }
            p { a.btn href="/do/RegisterWebhook" { (locale.t("webhooks-register")) } }
        } }
    };
    Ok(page(&asked, &Frame::below(&asked, locale.t("webhooks")), &main))
}

/// Sends a delivery again, or a test.
///
/// # Errors
/// 403 when the form comes from elsewhere; what the API refuses.
pub async fn send(
    State(site): State<Site>,
    asked: Asked,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Result<Response, Refusal> {
    let session = asked.reader.session.as_ref().ok_or_else(Refusal::foreign_origin)?;
    session.takes_form(&headers, &sent.form_token)?;
    let (caller, id) = (&asked.reader.caller, WebhookId(sent.webhook));
    must_send(&site, caller, id).await?;
    match sent.position {
        Some(position) => site.koinon.send_again(caller, id, position).await?,
        None => site.koinon.test_hook(caller, id).await.map(drop)?,
    }
    Ok(Redirect::to("/webhooks").into_response())
}

fn one(asked: &Asked, hook: &Hook, deliveries: &[Delivery]) -> Markup {
    let locale = asked.locale;
    let count = |state: &str| deliveries.iter().filter(|each| each.state == state).count();
    let counts = [("sent", count("sent")), ("waiting", count("waiting")), ("dead", count("dead"))];
    let troubled = deliveries.iter().filter(|each| each.state != "sent" && each.error.is_some());
    let turn = if hook.is_active() { "PauseWebhook" } else { "ResumeWebhook" };
    html! {
        section {
            h2 { (hook.url.as_str()) }
            p { (status(locale, <&str>::from(hook.status))) " " (locale.say("webhooks-counts", &counts.map(|(name, count)| (name, Said::count(count))))) }
            div.row {
                @if hook.is_active() { (form(asked, hook, None, "webhooks-test")) }
                @for command in [turn, "RotateWebhookSecret", "RemoveWebhook"] {
                    a href={ "/do/" (command) "?webhook=" (hook.id.0) } { (locale.t(&format!("webhooks-{}", command.to_lowercase()))) } " "
                }
            }
            @for each in troubled {
                div.row {
                    p {
                        a href={ "/events/" (each.position) } { (locale.say("webhooks-event", &[("position", Said::Text(&each.position.to_string()))])) }
                        ": " (locale.t(&format!("webhooks-{}", each.state)))
                        " " (locale.say("webhooks-tried", &[("count", Said::count(each.attempts as usize))]))
                        " " (each.error.as_deref().unwrap_or_default())
                    }
                    @if hook.is_active() { (form(asked, hook, Some(each.position), "webhooks-again")) }
                }
            }
        }
    }
}

/// A button, for who is signed in.
fn form(asked: &Asked, hook: &Hook, position: Option<u64>, name: &str) -> Markup {
    html! {
        @if let Some(session) = &asked.reader.session {
            form method="post" action="/webhooks" {
                input type="hidden" name="form_token" value=(session.form_token);
                input type="hidden" name="webhook" value=(hook.id.0);
                @if let Some(position) = position { input type="hidden" name="position" value=(position); }
                button.btn.btn--s.btn--2 { (asked.locale.t(name)) }
            }
        }
    }
}
