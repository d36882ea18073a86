//! Writes and sends mail: looks for what was caused and for whom it is time, and empties the outbox, ever more seldom
//! while the mail server does not take it. A server that is down delays mail and nothing else.

use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::post::{Post, Refused};
use crate::app::{Failure, Koinon, Letters, MailRow};

/// How often what is due is looked for when nothing is recorded.
const LOOK: Duration = Duration::from_secs(2);
/// What comes within this time is looked at together.
const PAUSE: Duration = Duration::from_millis(500);
/// Mails sent one after the other before it is looked for more.
const IN_A_ROW: usize = 50;
/// Attempts before a mail is given up: more than a day.
const ATTEMPTS: u32 = 24;
/// Attempts after which a server that says "never" is believed.
const BELIEVED: u32 = 3;
/// The shortest and the longest time between two attempts, in microseconds.
const WAITS: (i64, i64) = (2_000_000, 2 * 60 * 60 * 1_000_000);

/// What sending needs.
pub struct Mail {
    /// Who writes what is sent.
    pub letters: Arc<dyn Letters>,
    /// The way to the mail server.
    pub post: Post,
}

/// Follows until it is dropped.
pub async fn follow(koinon: Koinon, mail: Mail) {
    let mut head = koinon.watch();
    loop {
        head.mark_unchanged();
        if let Err(error) = koinon.gather_mail(&*mail.letters).await {
            tracing::warn!(%error, "mail could not be gathered; trying again");
        }
        for _ in 0..IN_A_ROW {
            match send_one(&koinon, &mail).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    tracing::warn!(%error, "the outbox of mail could not be read; trying again");
                    break;
                }
            }
        }
        tokio::time::sleep(PAUSE).await;
        tokio::select! {
            moved = head.changed() => if moved.is_err() { return },
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Sends what has been due longest; says whether there was something. One is taken at a time, so that none waits behind
/// another until its lease is over.
async fn send_one(koinon: &Koinon, mail: &Mail) -> Result<bool, Failure> {
    let Some(row) = koinon.take_mail().await? else { return Ok(false) };
    let now = koinon.clock().now();
    let sent = match mail.letters.write(&row).await {
        Ok(Some(letter)) => mail.post.send(&letter, &name_of(&row.cause), now).await,
        Ok(None) => {
            koinon.settle_mail(&row.cause, "void", now.micros(), "").await?;
            return Ok(true);
        }
        Err(failure) => Err(Refused { words: failure.to_string(), for_good: false }),
    };
    let chance = koinon.clock().chance()[0];
    let (state, due, error) = judged(&row, sent, now.micros(), chance);
    if !error.is_empty() {
        tracing::warn!(kind = row.kind, error, state, "a mail was not taken");
    }
    koinon.settle_mail(&row.cause, state, due, &error).await?;
    Ok(true)
}

/// What an attempt makes of a mail: its state, when it is tried again, and what was wrong.
fn judged(row: &MailRow, sent: Result<(), Refused>, now: i64, chance: u8) -> (&'static str, i64, String) {
    let Err(refused) = sent else { return ("sent", now, String::new()) };
    let attempts = row.attempts.saturating_add(1);
    let is_over = attempts >= ATTEMPTS || (refused.for_good && attempts >= BELIEVED);
    let state = if is_over { "dead" } else { "waiting" };
    (state, now.saturating_add(wait(row.attempts, chance)), refused.words)
}

/// How long to wait after so many failures: twice as long each time, and up to a quarter more by chance.
fn wait(failures: u32, chance: u8) -> i64 {
    let (shortest, longest) = WAITS;
    let plain = shortest.checked_shl(failures.min(20)).unwrap_or(longest).min(longest);
    plain + plain / 4 * i64::from(chance) / 255
}

/// What stands before the @ of a Message-ID: nothing can be read from it, and the same cause has the same.
fn name_of(cause: &str) -> String {
    Sha256::digest(cause.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(attempts: u32) -> MailRow {
        let person = koinon_events::PersonId(uuid::Uuid::nil());
        MailRow { cause: "c".to_owned(), person, kind: "digest".to_owned(), after: 0, until: 1, attempts, made: 0 }
    }

    #[test]
    fn a_mail_is_tried_for_more_than_a_day() {
        let hours = |chance| (0..ATTEMPTS - 1).map(|failures| wait(failures, chance)).sum::<i64>() / 3_600_000_000;
        assert!((24..=32).contains(&hours(0)), "{}", hours(0));
        assert_eq!(wait(0, 0), 2_000_000);
    }

    #[test]
    fn a_server_that_says_never_is_believed_the_third_time() {
        let never = || Err(Refused { words: "550".to_owned(), for_good: true });
        assert_eq!(judged(&row(1), never(), 0, 0).0, "waiting");
        assert_eq!(judged(&row(2), never(), 0, 0).0, "dead");
        assert_eq!(judged(&row(2), Ok(()), 7, 0), ("sent", 7, String::new()));
    }
}
