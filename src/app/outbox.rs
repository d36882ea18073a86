//! What was sent to webhooks, for whoever may change them: how each delivery went, sending one again, and sending a test.

use koinon_events::WebhookId;

use super::{Caller, Delivery, Failure, Hook, Koinon};
use crate::access;
use crate::domain::Command;
use crate::domain::webhook::{ResumeWebhook, WebhookCommand, WebhookStatus};

/// Deliveries told at once, newest first.
const MOST: u32 = 200;

impl Koinon {
    /// A webhook, for who may resume it: who may do that may also see what it sent and have it sent again.
    ///
    /// # Errors
    /// [`Failure::Absent`] when it is not there or not to be seen; [`Failure::Denied`] when it may be seen only.
    pub async fn own_hook(&self, caller: &Caller, id: WebhookId) -> Result<Hook, Failure> {
        let hook = self.hook(id).await?.ok_or(Failure::Absent)?;
        let scope = self.scope(id.subject()).await?.unwrap_or_default();
        let today = self.clock().today();
        if !access::may_read(&scope, id.subject().kind, &caller.grants, &caller.actor, today) {
            return Err(Failure::Absent);
        }
        let command = Command::Webhook(WebhookCommand::ResumeWebhook(ResumeWebhook { webhook: id }));
        access::may(&command, &scope, &caller.grants, &caller.actor, today)
            .map_err(|denied| Failure::Denied(denied.to_string()))?;
        Ok(hook)
    }

    /// The webhooks that the caller may change, those removed left out.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the log cannot be read.
    pub async fn own_hooks(&self, caller: &Caller) -> Result<Vec<Hook>, Failure> {
        let mut own = Vec::new();
        for hook in self.hooks().await? {
            match self.own_hook(caller, hook.id).await {
                Ok(hook) => own.push(hook),
                Err(Failure::Absent | Failure::Denied(_)) => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(own)
    }

    /// What was sent to a webhook and what waits, newest first.
    ///
    /// # Errors
    /// As [`Self::own_hook`].
    pub async fn deliveries(&self, caller: &Caller, id: WebhookId) -> Result<Vec<Delivery>, Failure> {
        self.own_hook(caller, id).await?;
        Ok(self.inner.store.deliveries(id.0, MOST).await?)
    }

    /// Has a delivery sent again as if it were new, at the next turn of the webhook.
    ///
    /// # Errors
    /// As [`Self::own_hook`]; [`Failure::Absent`] when the position was never to be sent to it.
    pub async fn send_again(&self, caller: &Caller, id: WebhookId, position: u64) -> Result<(), Failure> {
        self.own_hook(caller, id).await?;
        if self.inner.store.renew_delivery(id.0, position).await? { Ok(()) } else { Err(Failure::Absent) }
    }

    /// Has the record of the webhook's own registration sent to it; gives its position.
    ///
    /// # Errors
    /// As [`Self::own_hook`].
    pub async fn test_hook(&self, caller: &Caller, id: WebhookId) -> Result<u64, Failure> {
        let position = self.own_hook(caller, id).await?.since();
        self.inner.store.put_deliveries(id.0, vec![(position, id.subject().to_string())], position).await?;
        self.inner.store.renew_delivery(id.0, position).await?;
        Ok(position)
    }

    /// How many deliveries wait, of every webhook that was not removed.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when they cannot be read.
    pub async fn webhook_backlog(&self) -> Result<u64, Failure> {
        let mut waiting = 0;
        for hook in self.hooks().await?.iter().filter(|hook| hook.status != WebhookStatus::Removed) {
            waiting += self.inner.store.waiting_deliveries(hook.id.0).await?;
        }
        Ok(waiting)
    }
}
