//! Forgetting a person: everything beside the log that is the person's, destroyed in the transaction of the erasure; and the
//! receipt of it, which counts what was destroyed and names nobody.

use koinon_events::PersonId;

use super::statement::person as cell_of;
use super::{Store, StoreError};

/// What was destroyed with a person, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Destroyed {
    /// Personal values in the vault.
    pub values: u64,
    /// Accounts with password and second factor.
    pub accounts: u64,
    /// Sessions in browsers.
    pub sessions: u64,
    /// API tokens that acted as the person; their hashes stay, so that they are known and refused.
    pub tokens: u64,
    /// Links to sign in with.
    pub links: u64,
    /// Private calendar addresses.
    pub addresses: u64,
    /// Mails that waited.
    pub mails: u64,
}

/// What an erasure destroyed, and the position of the event that recorded it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// The event's position.
    pub position: u64,
    /// What was destroyed.
    pub destroyed: Destroyed,
}

/// What a row of a table is counted as.
#[derive(Debug, Clone, Copy)]
pub(super) enum Counted {
    Values,
    Accounts,
    Sessions,
    Links,
    Addresses,
    Mails,
    /// It belongs to something that is counted.
    Not,
}

impl Destroyed {
    pub(super) fn count(&mut self, counted: Counted, rows: u64) {
        match counted {
            Counted::Values => self.values += rows,
            Counted::Accounts => self.accounts += rows,
            Counted::Sessions => self.sessions += rows,
            Counted::Links => self.links += rows,
            Counted::Addresses => self.addresses += rows,
            Counted::Mails => self.mails += rows,
            Counted::Not => {}
        }
    }

    /// In the order of the columns.
    pub(super) fn columns(&self) -> [i64; 7] {
        let counts = [self.values, self.accounts, self.sessions, self.tokens, self.links, self.addresses, self.mails];
        counts.map(u64::cast_signed)
    }
}

/// Deletes rows whose person is an id of the engine's own.
pub(super) const BY_ID: [(&str, Counted); 3] = [
    ("DELETE FROM vault WHERE person = $1", Counted::Values),
    ("DELETE FROM vault_keys WHERE person = $1", Counted::Not),
    ("DELETE FROM calendar_addresses WHERE person = $1", Counted::Addresses),
];

/// Deletes rows whose person is kept as bytes.
pub(super) const BY_BYTES: [(&str, Counted); 9] = [
    ("DELETE FROM accounts WHERE person = $1", Counted::Accounts),
    ("DELETE FROM recovery_codes WHERE person = $1", Counted::Not),
    ("DELETE FROM sign_in_links WHERE person = $1", Counted::Links),
    ("DELETE FROM identities WHERE person = $1", Counted::Not),
    ("DELETE FROM visit_links WHERE person = $1", Counted::Links),
    ("DELETE FROM sessions WHERE person = $1", Counted::Sessions),
    ("DELETE FROM visit_sessions WHERE person = $1", Counted::Not),
    ("DELETE FROM mails WHERE person = $1", Counted::Mails),
    ("DELETE FROM digests WHERE person = $1", Counted::Not),
];

/// Ends the tokens that act as the person: the moment, then the person.
pub(super) const TOKENS: &str = "UPDATE credentials SET revoked = $1 WHERE person = $2 AND revoked IS NULL";

/// Keeps the receipt.
pub(super) const RECEIPT: &str = "INSERT INTO erasure_receipts
    (person, position, personal_values, accounts, sessions, tokens, links, addresses, mails)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";

impl Store {
    /// The receipt of a person's erasure; none for who was not erased here.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn receipt(&self, person: PersonId) -> Result<Option<Receipt>, StoreError> {
        let sql = "SELECT position, personal_values, accounts, sessions, tokens, links, addresses, mails
            FROM erasure_receipts WHERE person = $1";
        let rows = self.rows(sql, vec![cell_of(person)]).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let number = |column: usize| row[column].number().map(i64::cast_unsigned);
        Ok(Some(Receipt {
            position: number(0)?,
            destroyed: Destroyed {
                values: number(1)?,
                accounts: number(2)?,
                sessions: number(3)?,
                tokens: number(4)?,
                links: number(5)?,
                addresses: number(6)?,
                mails: number(7)?,
            },
        }))
    }
}
