//! What signing in needs to remember: accounts, sign-in links, sessions, and the security log. Operations tables beside
//! the log; nothing here is recorded, and no secret stands in them but hashed or encrypted.
//!
//! Promises: what may be used once (a link, a step of the second factor, a recovery code) is used by one statement, so
//! that of two requests at once one wins. Erasing a person removes all rows of theirs with the erasure itself.

use koinon_events::PersonId;
use koinon_events::value::Timestamp;
use uuid::Uuid;

use super::statement::{Cell, bytes, id_of, person, time};
use super::{Store, StoreError};

/// How somebody signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Whose it is.
    pub person: PersonId,
    /// The password, hashed.
    pub password: String,
    /// The second factor's secret, encrypted; empty without one.
    pub factor: Vec<u8>,
    /// When the password was set.
    pub changed: Timestamp,
}

/// A browser signed in as a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// What it is called when it is listed or ended; opens nothing.
    pub id: Uuid,
    /// Who is signed in.
    pub person: PersonId,
    /// Since when.
    pub begun: Timestamp,
    /// When it was used last, to a minute.
    pub seen: Timestamp,
    /// When it ends by itself.
    pub expires: Timestamp,
    /// Whether the second factor was shown.
    pub factor: bool,
}

/// Something that happened around signing in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityEntry {
    /// Its number, in order.
    pub number: i64,
    /// When.
    pub time: Timestamp,
    /// What: `signed-in`.
    pub what: String,
    /// Who, as the record names actors; empty when nobody is known.
    pub actor: String,
    /// The network address it came from.
    pub address: String,
    /// What it was about; no personal value.
    pub detail: String,
}

fn time_of(cell: &Cell) -> Result<Timestamp, StoreError> {
    cell.number().map(Timestamp::from_micros)
}

type Done = Result<(), StoreError>;

impl Store {
    async fn account_where(&self, sql: &'static str, cell: Cell) -> Result<Option<Account>, StoreError> {
        let row = self.rows(sql, vec![cell]).await?.pop();
        row.map(|row| {
            Ok(Account {
                person: PersonId(id_of(&row[0])?),
                password: row[1].text()?,
                factor: row[2].bytes()?.to_vec(),
                changed: time_of(&row[3])?,
            })
        })
        .transpose()
    }

    /// The account of the address with that keyed hash.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read; so for everything here.
    pub async fn account_by_email(&self, email: &[u8; 32]) -> Result<Option<Account>, StoreError> {
        let sql = "SELECT person, password, factor, changed FROM accounts WHERE email = $1";
        self.account_where(sql, bytes(email)).await
    }

    /// A person's account.
    ///
    /// # Errors
    /// As above.
    pub async fn account(&self, of: PersonId) -> Result<Option<Account>, StoreError> {
        let sql = "SELECT person, password, factor, changed FROM accounts WHERE person = $1";
        self.account_where(sql, person(of)).await
    }

    /// Sets a person's password, making the account when there is none; a second factor stays.
    ///
    /// # Errors
    /// As above; [`StoreError::Refused`] when the address signs in somebody else.
    pub async fn set_password(&self, of: PersonId, email: &[u8; 32], hash: String, now: Timestamp) -> Done {
        let sql = "INSERT INTO accounts (person, email, password, factor, step, changed) VALUES ($1, $2, $3, $4, 0, $5)
            ON CONFLICT (person) DO UPDATE SET email = excluded.email, password = excluded.password, changed = excluded.changed";
        let cells = vec![person(of), bytes(email), Cell::Text(hash), bytes(&[]), time(now)];
        self.change(sql, cells).await.map(drop)
    }

    /// The address of an account has changed.
    ///
    /// # Errors
    /// As above.
    pub async fn move_account(&self, of: PersonId, email: &[u8; 32]) -> Done {
        let sql = "UPDATE accounts SET email = $2 WHERE person = $1";
        self.change(sql, vec![person(of), bytes(email)]).await.map(drop)
    }

    /// Sets the second factor and its recovery codes; those before are void.
    ///
    /// # Errors
    /// As above.
    pub async fn set_factor(&self, of: PersonId, factor: Vec<u8>, step: i64, codes: &[[u8; 32]]) -> Done {
        self.change("DELETE FROM recovery_codes WHERE person = $1", vec![person(of)]).await?;
        for code in codes {
            let sql = "INSERT INTO recovery_codes (hash, person) VALUES ($1, $2)";
            self.change(sql, vec![bytes(code), person(of)]).await?;
        }
        let sql = "UPDATE accounts SET factor = $2, step = $3 WHERE person = $1";
        self.change(sql, vec![person(of), Cell::Bytes(factor), Cell::Number(step)]).await.map(drop)
    }

    /// Uses a step of the second factor; false when it, or a later one, was used before.
    ///
    /// # Errors
    /// As above.
    pub async fn use_step(&self, of: PersonId, step: i64) -> Result<bool, StoreError> {
        let sql = "UPDATE accounts SET step = $2 WHERE person = $1 AND step < $2";
        Ok(self.change(sql, vec![person(of), Cell::Number(step)]).await? == 1)
    }

    /// Uses a recovery code; false when there is no such code.
    ///
    /// # Errors
    /// As above.
    pub async fn use_recovery_code(&self, of: PersonId, code: &[u8; 32]) -> Result<bool, StoreError> {
        let sql = "DELETE FROM recovery_codes WHERE hash = $1 AND person = $2";
        Ok(self.change(sql, vec![bytes(code), person(of)]).await? == 1)
    }

    /// Keeps a sign-in link; those made for the person before are void.
    ///
    /// # Errors
    /// As above.
    pub async fn keep_link(&self, of: PersonId, hash: &[u8; 32], expires: Timestamp) -> Done {
        self.change("DELETE FROM sign_in_links WHERE person = $1", vec![person(of)]).await?;
        let sql = "INSERT INTO sign_in_links (hash, person, expires, used) VALUES ($1, $2, $3, 0)";
        self.change(sql, vec![bytes(hash), person(of), time(expires)]).await.map(drop)
    }

    /// Whose link it is, while it works.
    ///
    /// # Errors
    /// As above.
    pub async fn link(&self, hash: &[u8; 32], now: Timestamp) -> Result<Option<PersonId>, StoreError> {
        let sql = "SELECT person FROM sign_in_links WHERE hash = $1 AND used = 0 AND expires > $2";
        let row = self.rows(sql, vec![bytes(hash), time(now)]).await?.pop();
        row.map(|row| id_of(&row[0]).map(PersonId)).transpose()
    }

    /// Whether a person has a link that works.
    ///
    /// # Errors
    /// As above.
    pub async fn has_link(&self, of: PersonId, now: Timestamp) -> Result<bool, StoreError> {
        let sql = "SELECT hash FROM sign_in_links WHERE person = $1 AND used = 0 AND expires > $2";
        Ok(!self.rows(sql, vec![person(of), time(now)]).await?.is_empty())
    }

    /// Uses a link up; false when somebody was faster, or it is over.
    ///
    /// # Errors
    /// As above.
    pub async fn use_link(&self, hash: &[u8; 32], now: Timestamp) -> Result<bool, StoreError> {
        let sql = "UPDATE sign_in_links SET used = $2 WHERE hash = $1 AND used = 0 AND expires > $2";
        Ok(self.change(sql, vec![bytes(hash), time(now)]).await? == 1)
    }

    /// Makes a link work again, after what it was used for failed.
    ///
    /// # Errors
    /// As above.
    pub async fn give_link_back(&self, hash: &[u8; 32]) -> Done {
        self.change("UPDATE sign_in_links SET used = 0 WHERE hash = $1", vec![bytes(hash)]).await.map(drop)
    }

    /// Keeps a new session; those that are over are swept out.
    ///
    /// # Errors
    /// As above.
    pub async fn keep_session(&self, hash: &[u8; 32], row: &SessionRow) -> Done {
        self.change("DELETE FROM sessions WHERE expires <= $1", vec![time(row.begun)]).await?;
        let sql = "INSERT INTO sessions (hash, id, person, begun, seen, expires, factor)
            VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let cells = vec![
            bytes(hash),
            bytes(row.id.as_bytes()),
            person(row.person),
            time(row.begun),
            time(row.seen),
            time(row.expires),
            Cell::Number(row.factor.into()),
        ];
        self.change(sql, cells).await.map(drop)
    }

    /// The session with that hash, while it lasts.
    ///
    /// # Errors
    /// As above.
    pub async fn session(&self, hash: &[u8; 32], now: Timestamp) -> Result<Option<SessionRow>, StoreError> {
        let sql = "SELECT id, person, begun, seen, expires, factor FROM sessions WHERE hash = $1 AND expires > $2";
        let row = self.rows(sql, vec![bytes(hash), time(now)]).await?.pop();
        row.map(|row| session_of(&row)).transpose()
    }

    /// A person's sessions that last, the one used last first.
    ///
    /// # Errors
    /// As above.
    pub async fn sessions_of(&self, of: PersonId, now: Timestamp) -> Result<Vec<SessionRow>, StoreError> {
        let sql = "SELECT id, person, begun, seen, expires, factor FROM sessions
            WHERE person = $1 AND expires > $2 ORDER BY seen DESC";
        self.rows(sql, vec![person(of), time(now)]).await?.iter().map(|row| session_of(row)).collect()
    }

    /// A session was used.
    ///
    /// # Errors
    /// As above.
    pub async fn touch_session(&self, hash: &[u8; 32], now: Timestamp) -> Done {
        let sql = "UPDATE sessions SET seen = $2 WHERE hash = $1";
        self.change(sql, vec![bytes(hash), time(now)]).await.map(drop)
    }

    /// Ends one session of a person.
    ///
    /// # Errors
    /// As above.
    pub async fn end_session(&self, of: PersonId, id: Uuid) -> Result<bool, StoreError> {
        let sql = "DELETE FROM sessions WHERE person = $1 AND id = $2";
        Ok(self.change(sql, vec![person(of), bytes(id.as_bytes())]).await? == 1)
    }

    /// Ends every session of a person but one.
    ///
    /// # Errors
    /// As above.
    pub async fn end_other_sessions(&self, of: PersonId, but: Uuid) -> Result<u64, StoreError> {
        let sql = "DELETE FROM sessions WHERE person = $1 AND id <> $2";
        self.change(sql, vec![person(of), bytes(but.as_bytes())]).await
    }

    /// Adds to the security log, and sweeps out what is older than `oldest`.
    ///
    /// # Errors
    /// As above.
    pub async fn note_security(&self, entry: &SecurityEntry, oldest: Timestamp) -> Done {
        self.change("DELETE FROM security_log WHERE time < $1", vec![time(oldest)]).await?;
        let sql = "INSERT INTO security_log (time, what, actor, address, detail) VALUES ($1, $2, $3, $4, $5)";
        let texts = [&entry.what, &entry.actor, &entry.address, &entry.detail].map(|text| Cell::Text(text.clone()));
        let cells = [vec![time(entry.time)], texts.to_vec()].concat();
        self.change(sql, cells).await.map(drop)
    }

    /// The security log, newest first: entries below a number.
    ///
    /// # Errors
    /// As above.
    pub async fn security_log(&self, below: i64, limit: i64) -> Result<Vec<SecurityEntry>, StoreError> {
        let sql = "SELECT number, time, what, actor, address, detail FROM security_log
            WHERE number < $1 ORDER BY number DESC LIMIT $2";
        let rows = self.rows(sql, vec![Cell::Number(below), Cell::Number(limit)]).await?;
        let entry = |row: &Vec<Cell>| {
            Ok(SecurityEntry {
                number: row[0].number()?,
                time: time_of(&row[1])?,
                what: row[2].text()?,
                actor: row[3].text()?,
                address: row[4].text()?,
                detail: row[5].text()?,
            })
        };
        rows.iter().map(entry).collect()
    }
}

fn session_of(row: &[Cell]) -> Result<SessionRow, StoreError> {
    Ok(SessionRow {
        id: id_of(&row[0])?,
        person: PersonId(id_of(&row[1])?),
        begun: time_of(&row[2])?,
        seen: time_of(&row[3])?,
        expires: time_of(&row[4])?,
        factor: row[5].number()? == 1,
    })
}
