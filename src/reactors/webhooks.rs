//! Sends records to webhooks: each in a task of its own, so that a slow receiver holds up nobody else; in order within a
//! subject; again and again for about a day, ever more seldom, and then no more.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures::future::join_all;
use hmac::{Hmac, KeyInit, Mac};
use koinon_events::WebhookId;
use sha2::Sha256;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::app::{Delivery, Failure, Hook, Koinon, Outcome};
use crate::destination::resolve;

/// How long a receiver may take.
const PATIENCE: Duration = Duration::from_secs(15);
/// How often what is due is looked for when nothing is recorded.
const LOOK: Duration = Duration::from_secs(1);
/// What comes within this time is looked at together.
const PAUSE: Duration = Duration::from_millis(50);
/// Attempts at once: of one webhook, and of all.
const AT_ONCE: (u32, usize) = (4, 128);
/// Attempts before a delivery is given up: about a day.
const ATTEMPTS: u32 = 21;
/// The longest time between two attempts, in microseconds.
const LONGEST: i64 = 3 * 60 * 60 * 1_000_000;

/// What every task needs.
struct Sender {
    koinon: Koinon,
    allow_private: bool,
    permits: Semaphore,
}

/// Follows the log and sends, until it is dropped.
pub async fn follow(koinon: Koinon, allow_private: bool) {
    let sender = Arc::new(Sender { koinon, allow_private, permits: Semaphore::new(AT_ONCE.1) });
    let mut head = sender.koinon.watch();
    let mut turns: JoinSet<(WebhookId, bool)> = JoinSet::new();
    let mut running: HashSet<WebhookId> = HashSet::new();
    loop {
        head.mark_unchanged();
        match sender.koinon.hooks().await {
            Ok(hooks) => {
                for hook in hooks.into_iter().filter(Hook::is_active) {
                    if running.insert(hook.id) {
                        turns.spawn(Arc::clone(&sender).turn(hook));
                    }
                }
            }
            Err(error) => tracing::warn!(%error, "the webhooks could not be read; looking again"),
        }
        tokio::time::sleep(PAUSE).await;
        loop {
            tokio::select! {
                moved = head.changed() => { if moved.is_err() { return } break }
                () = tokio::time::sleep(LOOK) => break,
                Some(done) = turns.join_next() => match done {
                    Ok((webhook, more)) => {
                        running.remove(&webhook);
                        if more { break }
                    }
                    Err(error) => {
                        tracing::error!(%error, "a webhook's task failed");
                        // Which one is not told: all that still run are waited for, then everything begins anew.
                        while turns.join_next().await.is_some() {}
                        running.clear();
                        break;
                    }
                }
            }
        }
    }
}

impl Sender {
    /// One turn of one webhook; says whether another should follow at once.
    async fn turn(self: Arc<Self>, hook: Hook) -> (WebhookId, bool) {
        let id = hook.id;
        match self.send_due(hook).await {
            Ok(more) => (id, more),
            Err(error) => {
                tracing::warn!(webhook = %id.0, %error, "a webhook could not be served; trying again");
                (id, false)
            }
        }
    }

    async fn send_due(&self, hook: Hook) -> Result<bool, Failure> {
        let gathered = self.koinon.gather(&hook).await?;
        // Read again after gathering: what was recorded after a pause is not sent.
        let Some(hook) = self.koinon.hook(hook.id).await?.filter(Hook::is_active) else { return Ok(false) };
        let taken = self.koinon.take(&hook, AT_ONCE.0).await?;
        let more = gathered || !taken.is_empty();
        for done in join_all(taken.into_iter().map(|delivery| self.attempt(&hook, delivery))).await {
            done?;
        }
        Ok(more)
    }

    async fn attempt(&self, hook: &Hook, delivery: Delivery) -> Result<(), Failure> {
        let position = delivery.position;
        let outcome = match self.koinon.delivered(hook, position).await? {
            None => Outcome {
                state: "dead",
                due: 0,
                status: None,
                error: Some("who registered the webhook may not see this any more".to_owned()),
            },
            Some((id, bytes)) => {
                let Ok(_permit) = self.permits.acquire().await else { return Ok(()) };
                let answer = self.post(hook, id, bytes).await;
                self.judged(&delivery, answer)
            }
        };
        self.koinon.settle(hook, position, outcome).await
    }

    /// What an answer makes of a delivery.
    fn judged(&self, delivery: &Delivery, answer: Result<u16, String>) -> Outcome {
        let now = self.koinon.clock().now().micros();
        let (status, error) = match answer {
            Ok(status) if (200..300).contains(&status) => {
                return Outcome { state: "sent", due: now, status: Some(status), error: None };
            }
            Ok(status) => (Some(status), format!("the receiver answered {status}")),
            Err(error) => (None, error),
        };
        let is_last = delivery.attempts.saturating_add(1) >= ATTEMPTS;
        let chance = self.koinon.clock().chance()[0];
        let due = now.saturating_add(wait(delivery.attempts, chance));
        Outcome { state: if is_last { "dead" } else { "waiting" }, due, status, error: Some(error) }
    }

    async fn post(&self, hook: &Hook, id: Uuid, body: Bytes) -> Result<u16, String> {
        let work = async {
            let to = resolve(hook.url.as_str(), self.allow_private).await.map_err(|error| error.to_string())?;
            let client = reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                .timeout(PATIENCE)
                .resolve_to_addrs(&to.host, &to.dialled)
                .user_agent("Koinon")
                .build()
                .map_err(|error| format!("the connection could not be prepared: {error}"))?;
            let timestamp = self.koinon.clock().now().micros() / 1_000_000;
            let request = client
                .post(to.url)
                .header("content-type", "application/cloudevents+json")
                .header("webhook-id", id.to_string())
                .header("webhook-timestamp", timestamp)
                .header("webhook-signature", signature(hook.key(), id, timestamp, &body))
                .body(body);
            // The address is left out of the sentence: a secret may stand in its query.
            let answer = request.send().await.map_err(|error| reason(&error).to_owned())?;
            Ok(answer.status().as_u16())
        };
        tokio::time::timeout(PATIENCE, work).await.unwrap_or_else(|_| Err("no answer within 15 seconds".to_owned()))
    }
}

fn reason(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "no answer within 15 seconds"
    } else if error.is_connect() {
        "the receiver could not be reached"
    } else {
        "the receiver did not answer properly"
    }
}

/// `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`, the Standard Webhooks way.
fn signature(key: &[u8], id: Uuid, timestamp: i64, body: &[u8]) -> String {
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(key) else { return String::new() };
    mac.update(format!("{id}.{timestamp}.").as_bytes());
    mac.update(body);
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

/// How long to wait after so many failures: twice as long each time, up to three hours, and up to a quarter more by
/// chance, so that many that failed together are not tried together.
fn wait(failures: u32, chance: u8) -> i64 {
    let plain = 1_000_000_i64.checked_shl(failures.min(20)).unwrap_or(LONGEST).min(LONGEST);
    plain + plain / 4 * i64::from(chance) / 255
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receiver_is_tried_for_about_a_day() {
        let hours = |chance| (0..ATTEMPTS - 1).map(|failures| wait(failures, chance)).sum::<i64>() / 3_600_000_000;
        assert!((22..=27).contains(&hours(0)), "{}", hours(0));
        assert!((26..=34).contains(&hours(255)), "{}", hours(255));
        assert_eq!(wait(0, 0), 1_000_000);
    }
}
