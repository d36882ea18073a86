//! How far rules have looked, and the outbox of mail: one row a cause, so that a cause is mailed once however many nodes
//! see it. A node takes a mail by a lease; what was said to whom stands nowhere here. Secrets are made when a mail is sent.

use koinon_events::PersonId;
use uuid::Uuid;

use super::statement::{Cell, bytes, id_of, person as person_cell};
use super::{Store, StoreError};

/// One mail on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailRow {
    /// What it is sent for; the same cause is mailed once.
    pub cause: String,
    /// To whom.
    pub person: PersonId,
    /// `digest`, `reminder`, `invitation` or `sign-in`.
    pub kind: String,
    /// It tells what was recorded after this position.
    pub after: u64,
    /// It tells what was recorded up to this position.
    pub until: u64,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was put into the outbox, in microseconds since 1970.
    pub made: i64,
}

/// Somebody who is to be told now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Who.
    pub person: PersonId,
    /// Up to which position they were told.
    pub told: u64,
}

fn at(position: u64) -> Cell {
    Cell::Number(position.cast_signed())
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn mail_of(row: &[Cell]) -> Result<MailRow, StoreError> {
    Ok(MailRow {
        cause: row[0].text()?,
        person: PersonId(id_of(&row[1])?),
        kind: row[2].text()?,
        after: row[3].number()?.cast_unsigned(),
        until: row[4].number()?.cast_unsigned(),
        attempts: u32::try_from(row[5].number()?).unwrap_or(u32::MAX),
        made: row[6].number()?,
    })
}

impl Store {
    /// How far a rule has looked; one that never did begins at `first`.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read or kept; so for everything here.
    pub async fn rule_cursor(&self, name: &str, first: i64) -> Result<i64, StoreError> {
        let find = "SELECT reached FROM reactor_cursors WHERE name = $1";
        if let Some(row) = self.rows(find, vec![text(name)]).await?.pop() {
            return row[0].number();
        }
        let keep = "INSERT INTO reactor_cursors (name, reached) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
        self.change(keep, vec![text(name), Cell::Number(first)]).await?;
        self.rows(find, vec![text(name)]).await?.pop().map_or(Ok(first), |row| row[0].number())
    }

    /// A rule has looked so far; never back.
    ///
    /// # Errors
    /// As above.
    pub async fn move_rule_cursor(&self, name: &str, reached: i64) -> Result<(), StoreError> {
        let sql = "UPDATE reactor_cursors SET reached = $2 WHERE name = $1 AND reached < $2";
        self.change(sql, vec![text(name), Cell::Number(reached)]).await.map(drop)
    }

    /// No rule follows from commands of this correlation.
    ///
    /// # Errors
    /// As above.
    pub async fn keep_quiet(&self, correlation: Uuid) -> Result<(), StoreError> {
        let sql = "INSERT INTO quiet_work (correlation) VALUES ($1) ON CONFLICT (correlation) DO NOTHING";
        self.change(sql, vec![bytes(correlation.as_bytes())]).await.map(drop)
    }

    /// Whether no rule follows from commands of this correlation.
    ///
    /// # Errors
    /// As above.
    pub async fn is_quiet(&self, correlation: Uuid) -> Result<bool, StoreError> {
        let sql = "SELECT correlation FROM quiet_work WHERE correlation = $1";
        Ok(!self.rows(sql, vec![bytes(correlation.as_bytes())]).await?.is_empty())
    }

    /// Puts a mail into the outbox, unless its cause was mailed before; says up to where the one in the outbox tells.
    ///
    /// # Errors
    /// As above.
    pub async fn put_mail(&self, mail: &MailRow, oldest: i64) -> Result<u64, StoreError> {
        self.change("DELETE FROM mails WHERE made < $1 AND state <> 'waiting'", vec![Cell::Number(oldest)]).await?;
        let sql = "INSERT INTO mails (cause, person, kind, after, until, state, attempts, due, leased, made, error)
            VALUES ($1, $2, $3, $4, $5, 'waiting', 0, 0, 0, $6, '') ON CONFLICT (cause) DO NOTHING";
        let cells = vec![
            text(&mail.cause),
            person_cell(mail.person),
            text(&mail.kind),
            at(mail.after),
            at(mail.until),
            Cell::Number(mail.made),
        ];
        self.change(sql, cells).await?;
        let kept = self.rows("SELECT until FROM mails WHERE cause = $1", vec![text(&mail.cause)]).await?.pop();
        kept.map_or(Ok(mail.until), |row| row[0].number().map(i64::cast_unsigned))
    }

    /// Takes the mail that has been due longest and that no other node has, until the lease ends.
    ///
    /// # Errors
    /// As above.
    pub async fn take_mail(&self, now: i64, lease: i64) -> Result<Option<MailRow>, StoreError> {
        let sql = "SELECT cause, person, kind, after, until, attempts, made FROM mails
            WHERE state = 'waiting' AND due <= $1 AND leased <= $1 ORDER BY due, made LIMIT 8";
        for row in self.rows(sql, vec![Cell::Number(now)]).await? {
            let mail = mail_of(&row)?;
            let sql = "UPDATE mails SET leased = $3, attempts = attempts + 1
                WHERE cause = $1 AND state = 'waiting' AND due <= $2 AND leased <= $2";
            let cells = vec![text(&mail.cause), Cell::Number(now), Cell::Number(lease)];
            if self.change(sql, cells).await? == 1 {
                return Ok(Some(mail));
            }
        }
        Ok(None)
    }

    /// Notes how an attempt went: `waiting` until `due`, `sent`, `dead`, or `void` when there was nothing to say any more.
    ///
    /// # Errors
    /// As above.
    pub async fn settle_mail(&self, cause: &str, state: &str, due: i64, error: &str) -> Result<(), StoreError> {
        let sql = "UPDATE mails SET state = $2, due = $3, leased = 0, error = $4 WHERE cause = $1";
        self.change(sql, vec![text(cause), text(state), Cell::Number(due), text(error)]).await.map(drop)
    }

    /// How many mails stand in a state, and the last error among them.
    ///
    /// # Errors
    /// As above.
    pub async fn count_mails(&self, state: &str) -> Result<(i64, String), StoreError> {
        let sql = "SELECT count(*), coalesce(max(error), '') FROM mails WHERE state = $1";
        match self.rows(sql, vec![text(state)]).await?.pop() {
            Some(row) => Ok((row[0].number()?, row[1].text()?)),
            None => Ok((0, String::new())),
        }
    }

    /// A person is told from now on, next at `due`; who is told already stays as they are.
    ///
    /// # Errors
    /// As above.
    pub async fn tell_from(&self, person: PersonId, told: u64, due: i64) -> Result<(), StoreError> {
        let sql = "INSERT INTO digests (person, told, due) VALUES ($1, $2, $3) ON CONFLICT (person) DO NOTHING";
        self.change(sql, vec![person_cell(person), at(told), Cell::Number(due)]).await.map(drop)
    }

    /// Who is told is told next at `due`.
    ///
    /// # Errors
    /// As above.
    pub async fn tell_at(&self, person: PersonId, due: i64) -> Result<(), StoreError> {
        let sql = "UPDATE digests SET due = $2 WHERE person = $1";
        self.change(sql, vec![person_cell(person), Cell::Number(due)]).await.map(drop)
    }

    /// Who is to be told now.
    ///
    /// # Errors
    /// As above.
    pub async fn due_digests(&self, now: i64, limit: i64) -> Result<Vec<Due>, StoreError> {
        let sql = "SELECT person, told FROM digests WHERE due <= $1 ORDER BY due, person LIMIT $2";
        let rows = self.rows(sql, vec![Cell::Number(now), Cell::Number(limit)]).await?;
        rows.iter()
            .map(|row| Ok(Due { person: PersonId(id_of(&row[0])?), told: row[1].number()?.cast_unsigned() }))
            .collect()
    }

    /// A person was told up to a position and is told next at `due`, unless another node noted it first.
    ///
    /// # Errors
    /// As above.
    pub async fn told(&self, was: Due, told: u64, due: i64) -> Result<(), StoreError> {
        let sql = "UPDATE digests SET told = $3, due = $4 WHERE person = $1 AND told = $2";
        self.change(sql, vec![person_cell(was.person), at(was.told), at(told), Cell::Number(due)]).await.map(drop)
    }
}
