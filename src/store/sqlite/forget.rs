//! Forgetting a person, on SQLite.

use rusqlite::{Connection, Result};

use super::super::batch::Forget;
use super::super::receipts::{BY_BYTES, BY_ID, Destroyed, RECEIPT, TOKENS};

/// Destroys what is the person's, and keeps the receipt when an event records it.
pub(super) fn forget(transaction: &Connection, forget: &Forget) -> Result<()> {
    let person = forget.person.0.as_bytes();
    let mut destroyed = Destroyed::default();
    for (sql, counted) in BY_ID.iter().chain(&BY_BYTES) {
        let rows = transaction.prepare_cached(sql)?.execute([person])?;
        destroyed.count(*counted, rows as u64);
    }
    destroyed.tokens = transaction.prepare_cached(TOKENS)?.execute((forget.time.micros(), person))? as u64;
    if let Some(position) = forget.position {
        let [values, accounts, sessions, tokens, links, addresses, mails] = destroyed.columns();
        let row = (person, position, values, accounts, sessions, tokens, links, addresses, mails);
        transaction.prepare_cached(RECEIPT)?.execute(row)?;
    }
    Ok(())
}
