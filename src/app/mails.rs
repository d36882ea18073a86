//! Mail to people: who is told, how often, and the outbox. What a mail says is written when it is sent, with the rights
//! that its reader has then.
//!
//! Promises: a cause is mailed once however many nodes run, and what waits survives a restart; a mail that was handed to
//! the server at the moment of a crash may come twice, under the same Message-ID. Who was erased, left, or chose to hear
//! nothing gets nothing. It refuses to mail what happened before mail was set up.

use futures::future::BoxFuture;
use koinon_events::following::Digest;
use koinon_events::value::{Language, Timestamp};
use koinon_events::{FollowingId, PersonId, Record, Subject};
use subtle::ConstantTimeEq;

use super::load::Ground;
use super::{Caller, EventFilter, Failure, Koinon, record_of};
use crate::domain::person::PersonStatus;
pub use crate::store::{Due, MailRow};

/// Records looked at together.
const BATCH: usize = 256;
/// How long a mail belongs to the node that took it, in microseconds: longer than any attempt lasts.
const LEASE: i64 = 120_000_000;
/// How long what was sent is remembered, in microseconds: 40 days.
const REMEMBERED: i64 = 40 * DAY;
/// How long a cause is left alone, in microseconds: whoever invites may hand a link over at once.
const SETTLED: i64 = 2_000_000;
/// A day in microseconds.
const DAY: i64 = 86_400_000_000;
/// The hour, in UTC, at which the day's mail is written.
const HOUR: i64 = 5;
/// How long who hears at once waits for the next mail, in microseconds: a quarter of an hour.
const GATHERED: i64 = 15 * 60_000_000;
/// How long it is until it is looked again for who hears at once, in microseconds, when there was nothing: 5 seconds.
const LOOKED: i64 = 5_000_000;

/// A mail, written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The address it goes to.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// What it says, as text.
    pub text: String,
    /// What it says, as a page.
    pub html: String,
    /// The address at which its reader ends such mail.
    pub unsubscribe: Option<String>,
}

/// Who writes mails.
pub trait Letters: Send + Sync + 'static {
    /// The mail as its reader may read it now; `None` when there is nothing to say to them any more.
    fn write<'a>(&'a self, mail: &'a MailRow) -> BoxFuture<'a, Result<Option<Letter>, Failure>>;
}

/// Somebody mail is written to.
pub struct MailReader {
    /// With the rights of now.
    pub caller: Caller,
    /// Their address.
    pub address: String,
    /// The languages they speak.
    pub languages: Vec<Language>,
    /// What they follow.
    pub subjects: Vec<Subject>,
    /// How often they are told.
    pub digest: Digest,
}

/// A kind of mail that one event causes.
struct Caused {
    kind: &'static str,
    follows: &'static str,
}

const CAUSED: [Caused; 2] =
    [Caused { kind: "reminder", follows: "PersonReminded" }, Caused { kind: "invitation", follows: "PersonInvited" }];

/// The events after which somebody is told from then on, or at other times.
const READERS: [&str; 3] = ["InvitationAccepted", "SubjectFollowed", "DigestSet"];

/// Where the log stood when mail was first set up: nobody is told of what was before.
const BEGAN: &str = "began";

/// When somebody is told next.
fn next(digest: Digest, now: Timestamp) -> i64 {
    let today = now.micros().div_euclid(DAY);
    let at = |day: i64| day * DAY + HOUR * 3_600_000_000;
    let coming = if at(today) > now.micros() { today } else { today + 1 };
    match digest {
        Digest::Off => i64::MAX,
        Digest::Instant => 0,
        Digest::Daily => at(coming),
        // 1 January 1970 was a Thursday: the fifth day was a Monday.
        Digest::Weekly => at(coming + (4 - coming).rem_euclid(7)),
    }
}

impl Koinon {
    /// Notes where mail begins when it never was set up: at the head, so that nothing from before is mailed.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when it cannot be kept; so for everything here.
    pub async fn mail_begins(&self) -> Result<(), Failure> {
        for kind in CAUSED.iter().map(|caused| caused.kind).chain([BEGAN]) {
            self.rule_begins(&cursor_of(kind)).await?;
        }
        Ok(())
    }

    /// Puts into the outbox what was caused since, and writes to whom it is time to.
    ///
    /// # Errors
    /// As above.
    pub async fn gather_mail(&self, letters: &dyn Letters) -> Result<(), Failure> {
        for caused in &CAUSED {
            self.gather_caused(caused).await?;
        }
        for event in READERS {
            self.gather_readers(event).await?;
        }
        let now = self.clock().now();
        for due in self.inner.store.due_digests(now.micros(), 100).await? {
            self.gather_digest(due, now, letters).await?;
        }
        Ok(())
    }

    async fn gather_caused(&self, caused: &Caused) -> Result<(), Failure> {
        let name = cursor_of(caused.kind);
        let after = self.rule_begins(&name).await?;
        let settled = self.clock().now().micros().saturating_sub(SETTLED);
        for record in self.of_type(caused.follows, after).await? {
            if record.time.micros() > settled {
                return Ok(());
            }
            if !self.inner.store.is_quiet(record.correlation).await? {
                let cause = format!("{}/{}", caused.kind, record.id);
                let told = (record.position - 1, record.position);
                self.put_mail(cause, PersonId(record.subject.id), caused.kind, told).await?;
            }
            self.inner.store.move_rule_cursor(&name, record.position.cast_signed()).await?;
        }
        Ok(())
    }

    async fn gather_readers(&self, event: &str) -> Result<(), Failure> {
        let name = cursor_of(event);
        let began = self.rule_begins(&cursor_of(BEGAN)).await?;
        let after = self.inner.store.rule_cursor(&name, 0).await?.cast_unsigned();
        for record in self.of_type(event, after).await? {
            let person = PersonId(record.subject.id);
            let due = next(self.following(person).await?.1, self.clock().now());
            self.inner.store.tell_from(person, record.position.max(began), due).await?;
            if event == "DigestSet" {
                self.inner.store.tell_at(person, due).await?;
            }
            self.inner.store.move_rule_cursor(&name, record.position.cast_signed()).await?;
        }
        Ok(())
    }

    /// Puts a digest into the outbox when there is something to tell, and notes up to where.
    async fn gather_digest(&self, due: Due, now: Timestamp, letters: &dyn Letters) -> Result<(), Failure> {
        let head = self.head().await?.position;
        let reader = self.mail_reader(due.person).await?;
        let digest = reader.as_ref().map_or(Digest::Off, |reader| reader.digest);
        if digest == Digest::Off {
            return Ok(self.inner.store.told(due, head, i64::MAX).await?);
        }
        if digest == Digest::Instant && head == due.told {
            return Ok(());
        }
        self.views().wait_for(head, std::time::Duration::from_secs(30)).await?;
        let cause = format!("digest/{}/{}", due.person, due.told);
        let kind = "digest".to_owned();
        let mail =
            MailRow { cause, person: due.person, kind, after: due.told, until: head, attempts: 0, made: now.micros() };
        if letters.write(&mail).await?.is_none() {
            let again = if digest == Digest::Instant { now.micros() + LOOKED } else { next(digest, now) };
            return Ok(self.inner.store.told(due, head, again).await?);
        }
        let until = self.put_mail(mail.cause, due.person, "digest", (due.told, head)).await?;
        let again = if digest == Digest::Instant { now.micros() + GATHERED } else { next(digest, now) };
        Ok(self.inner.store.told(due, until, again).await?)
    }

    /// Puts a mail into the outbox; says up to where the one that stands there for the cause tells.
    pub(super) async fn put_mail(
        &self,
        cause: String,
        person: PersonId,
        kind: &str,
        (after, until): (u64, u64),
    ) -> Result<u64, Failure> {
        let made = self.clock().now().micros();
        let mail = MailRow { cause, person, kind: kind.to_owned(), after, until, attempts: 0, made };
        Ok(self.inner.store.put_mail(&mail, made.saturating_sub(REMEMBERED)).await?)
    }

    async fn of_type(&self, event: &str, after: u64) -> Result<Vec<Record>, Failure> {
        let filter = EventFilter { event_type: Some(event.to_owned()), ..EventFilter::default() };
        let found = self.inner.store.select(&filter, after, BATCH).await?;
        found.iter().map(record_of).collect()
    }

    /// What a person follows, and how often they are told; who never chose is told once a day.
    async fn following(&self, person: PersonId) -> Result<(Vec<Subject>, Digest), Failure> {
        let subject = FollowingId(person.0).subject();
        let mut ground = Ground::default();
        self.load(&mut ground, &[subject], true).await?;
        Ok(match ground.world.following(FollowingId(person.0)) {
            Some(found) => (found.subjects.iter().copied().collect(), found.digest.unwrap_or(Digest::Daily)),
            None => (Vec::new(), Digest::Daily),
        })
    }

    /// Somebody mail can be written to, with the rights of now; `None` for who was erased or takes part no more.
    ///
    /// # Errors
    /// As above.
    pub async fn mail_reader(&self, person: PersonId) -> Result<Option<MailReader>, Failure> {
        let (Some(state), Some(caller)) = (self.taking_part(person).await?, self.person(person).await?) else {
            return Ok(None);
        };
        let Some(sealed) = state.sealed.as_ref().map(|personal| personal.email.sealed.clone()) else {
            return Ok(None);
        };
        let Some(address) = self.open_all(std::slice::from_ref(&sealed)).await?.remove(&sealed) else {
            return Ok(None);
        };
        let (subjects, digest) = self.following(person).await?;
        Ok(Some(MailReader { caller, address, languages: state.languages, subjects, digest }))
    }

    /// Whether a person is invited and has not come in yet; a link that was handed over another way is left to work, so
    /// who has one is invited already the first time this is asked.
    ///
    /// # Errors
    /// As above.
    pub async fn waits_for_invitation(&self, mail: &MailRow) -> Result<bool, Failure> {
        let state = self.taking_part(mail.person).await?;
        if state.is_none_or(|state| state.status != PersonStatus::Invited) {
            return Ok(false);
        }
        Ok(mail.attempts > 0 || !self.inner.store.has_link(mail.person, self.clock().now()).await?)
    }

    /// Takes the mail that has been due longest and that no other node has.
    ///
    /// # Errors
    /// As above.
    pub async fn take_mail(&self) -> Result<Option<MailRow>, Failure> {
        let now = self.clock().now().micros();
        Ok(self.inner.store.take_mail(now, now.saturating_add(LEASE)).await?)
    }

    /// Notes how an attempt went.
    ///
    /// # Errors
    /// As above.
    pub async fn settle_mail(&self, cause: &str, state: &str, due: i64, error: &str) -> Result<(), Failure> {
        Ok(self.inner.store.settle_mail(cause, state, due, error).await?)
    }

    /// How many mails wait, how many were given up, and what was wrong last.
    ///
    /// # Errors
    /// As above.
    pub async fn mail_backlog(&self) -> Result<(i64, i64, String), Failure> {
        let (waiting, error) = self.inner.store.count_mails("waiting").await?;
        let (dead, last) = self.inner.store.count_mails("dead").await?;
        Ok((waiting, dead, if error.is_empty() { last } else { error }))
    }

    /// What proves that an address to end mail was sent to that person.
    pub fn unsubscribe_mark(&self, person: PersonId) -> String {
        use base64::Engine;
        let mark = self.inner.vault.keyed_hash("unsubscribe", person.0.as_bytes());
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(mark)
    }

    /// Ends the mail of a person, who need not be signed in; it can do nothing else.
    ///
    /// # Errors
    /// [`Failure::Absent`] when the mark is not theirs or the person is gone.
    pub async fn unsubscribe(&self, person: PersonId, mark: &str) -> Result<(), Failure> {
        let own: bool = self.unsubscribe_mark(person).as_bytes().ct_eq(mark.as_bytes()).into();
        let caller = if own { self.person(person).await? } else { None };
        let caller = caller.ok_or(Failure::Absent)?;
        let body = serde_json::json!({ "following": person, "digest": "off" });
        let body = body.as_object().cloned().unwrap_or_default();
        match self.execute(&caller, super::Order { name: "SetDigest".to_owned(), body, ..Default::default() }).await {
            Ok(_) | Err(Failure::Rule(_)) => Ok(()),
            Err(failure) => Err(failure),
        }
    }
}

fn cursor_of(what: &str) -> String {
    format!("mail/{what}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn told(digest: Digest, now: &str) -> String {
        Timestamp::from_micros(next(digest, at(now))).to_string()
    }

    #[test]
    fn the_day_s_mail_comes_in_the_morning_and_the_week_s_on_monday() {
        assert_eq!(told(Digest::Daily, "2026-11-27T04:59:59Z")[..13], *"2026-11-27T05");
        assert_eq!(told(Digest::Daily, "2026-11-27T05:00:00Z")[..13], *"2026-11-28T05");
        assert_eq!(told(Digest::Weekly, "2026-11-27T12:00:00Z")[..13], *"2026-11-30T05", "a Monday");
        assert_eq!(told(Digest::Weekly, "2026-11-30T06:00:00Z")[..13], *"2026-12-07T05");
        assert_eq!(next(Digest::Off, at("2026-11-27T12:00:00Z")), i64::MAX);
    }
}
