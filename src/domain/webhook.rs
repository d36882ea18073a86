//! The webhook: records are sent to an address, until it is paused or removed.
//!
//! Its secret is made, shown once and kept outside the log; here stands only that it was changed.

mod commands;
#[cfg(test)]
mod scenarios;

use koinon_events::value::{Code, WebAddress};
use koinon_events::webhook::*;
use koinon_events::{ProgrammeId, Subject, WebhookId, event_type};

pub use commands::*;

use super::belonging::bounded;
use super::context::{Context, World};
use super::rejection::rejections;
use super::state::Scope;
use super::{Decision, Rejection, fact};

/// Whether a webhook sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum WebhookStatus {
    /// Sends.
    Active,
    /// Sends nothing for the time being.
    Paused,
    /// Sends nothing any more.
    Removed,
}

/// What the rules need to know of a webhook.
#[derive(Debug, Clone, PartialEq)]
pub struct Webhook {
    /// Its identity.
    pub id: WebhookId,
    /// The programme it is limited to, when to one.
    pub programme: Option<ProgrammeId>,
    /// Whether it sends.
    pub status: WebhookStatus,
    /// Where to.
    pub url: WebAddress,
    /// Which records.
    pub filters: WebhookFilters,
}

impl Webhook {
    /// What it belongs to.
    pub fn scope(&self) -> Scope {
        Scope {
            programme: self.programme,
            partnerships: self.filters.partnership.into_iter().collect(),
            cities: self.filters.city.into_iter().collect(),
            ..Scope::default()
        }
    }
}

/// The state after one more event.
pub fn evolve(state: Option<Webhook>, subject: Subject, event: &WebhookEvent) -> Option<Webhook> {
    let status = match event {
        WebhookEvent::WebhookRegistered(registered) => {
            return state.or_else(|| {
                Some(Webhook {
                    id: WebhookId(subject.id),
                    programme: registered.programme,
                    status: WebhookStatus::Active,
                    url: registered.url.clone(),
                    filters: registered.filters.clone(),
                })
            });
        }
        WebhookEvent::WebhookPaused(_) => WebhookStatus::Paused,
        WebhookEvent::WebhookResumed(_) => WebhookStatus::Active,
        WebhookEvent::WebhookSecretRotated(_) => return state,
        WebhookEvent::WebhookRemoved(_) => WebhookStatus::Removed,
    };
    state.map(|webhook| Webhook { status, ..webhook })
}

/// The subjects a decision on a webhook needs to know.
pub fn relies_on(command: &WebhookCommand, _world: &World) -> Vec<Subject> {
    let WebhookCommand::RegisterWebhook(register) = command else { return Vec::new() };
    let programme = register.programme.map(Subject::from);
    let partnership = register.filters.partnership.map(Subject::from);
    let city = register.filters.city.map(Subject::from);
    [programme, partnership, city].into_iter().flatten().collect()
}

/// Decides a command on a webhook.
///
/// # Errors
/// Unfit fields, or the [`WebhookRule`] that forbids it.
pub fn decide(webhook: Option<&Webhook>, command: &WebhookCommand, context: &Context<'_>) -> Decision {
    match (command, webhook) {
        (WebhookCommand::RegisterWebhook(_), Some(_)) => Err(WebhookRule::WebhookAlreadyExists.into()),
        (WebhookCommand::RegisterWebhook(command), None) => register(command, context),
        (_, None) => Err(Rejection::Absent),
        (_, Some(webhook)) if webhook.status == WebhookStatus::Removed => {
            Err(WebhookRule::WebhookAlreadyRemoved.into())
        }
        (WebhookCommand::PauseWebhook(command), Some(webhook)) => match webhook.status {
            WebhookStatus::Paused => Err(WebhookRule::WebhookAlreadyPaused.into()),
            _ => fact(WebhookPaused { reason: command.reason.clone() }),
        },
        (WebhookCommand::ResumeWebhook(_), Some(webhook)) => match webhook.status {
            WebhookStatus::Active => Err(WebhookRule::WebhookAlreadySends.into()),
            _ => fact(WebhookResumed {}),
        },
        (WebhookCommand::RotateWebhookSecret(_), Some(_)) => fact(WebhookSecretRotated {}),
        (WebhookCommand::RemoveWebhook(command), Some(_)) => fact(WebhookRemoved { reason: command.reason.clone() }),
    }
}

fn register(command: &RegisterWebhook, context: &Context<'_>) -> Decision {
    if names_a_user(&command.url) {
        return Err(Rejection::unfit("/url", "must not hold a user name or password: nothing secret enters the log"));
    }
    if let Some(programme) = command.programme {
        context.programme("/programme", programme)?;
    }
    let WebhookFilters { types, partnership, city } = &command.filters;
    bounded("/filters/types", types)?;
    if let Some(at) = types.iter().position(|name| !is_event(name)) {
        let message = format!("no event is called {}; events are called such as VisitScheduled", types[at]);
        return Err(Rejection::unfit(format!("/filters/types/{at}"), message));
    }
    let filtered =
        [("/filters/partnership", partnership.map(Subject::from)), ("/filters/city", city.map(Subject::from))];
    for (pointer, subject) in filtered.into_iter().filter_map(|(pointer, subject)| Some((pointer, subject?))) {
        match command.programme {
            Some(programme) => context.belongs(pointer, subject, programme)?,
            None => context.exists(pointer, subject).map(|_| ())?,
        }
    }
    fact(WebhookRegistered {
        url: command.url.clone(),
        programme: command.programme,
        filters: command.filters.clone(),
        description: command.description.clone(),
    })
}

/// Whether the address carries a user name before its host.
fn names_a_user(url: &WebAddress) -> bool {
    let rest = url.as_str().split_once("://").map_or("", |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().is_some_and(|authority| authority.contains('@'))
}

/// Whether an event has this name, in short or as stored: `VisitScheduled`, `koinon.VisitScheduled.v1`.
fn is_event(name: &Code) -> bool {
    let stored = name.as_str().strip_prefix("koinon.").and_then(|rest| rest.rsplit_once(".v"));
    event_type(stored.map_or(name.as_str(), |(name, _)| name)).is_some()
}

/// The rules that forbid commands on webhooks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[allow(missing_docs)]
pub enum WebhookRule {
    #[error("There is a webhook with this id already.")]
    WebhookAlreadyExists,
    #[error("This webhook is paused already.")]
    WebhookAlreadyPaused,
    #[error("This webhook sends already.")]
    WebhookAlreadySends,
    #[error("This webhook was removed already. Register another one.")]
    WebhookAlreadyRemoved,
}

rejections!(WebhookRule);
