//! Writing rows, one after the other.

use koinon_projections::{Change, Shape, Value};
use rusqlite::Transaction;

use super::super::ViewError;
use super::super::history;
use super::super::sql::{self, Dialect, Slot};
use super::super::tables::{Changes, Now, Was};

/// Writes what changed; nothing is stored of the read model yet where it is the first time.
pub(super) fn write(
    transaction: &Transaction<'_>,
    shape: &Shape,
    slot: Slot,
    changes: &Changes,
    is_first: bool,
) -> Result<(), ViewError> {
    let mut keep = transaction.prepare_cached(&history::keep(Dialect::Sqlite, shape, slot))?;
    let mut write = transaction.prepare_cached(&sql::upsert(Dialect::Sqlite, shape, slot))?;
    for Now { row, words, first, since } in &changes.now {
        let id = row.id.to_string();
        if !is_first {
            keep.execute((&id, first))?;
        }
        write.raw_bind_parameter(1, id)?;
        write.raw_bind_parameter(2, row.sort.as_str())?;
        write.raw_bind_parameter(3, words.as_str())?;
        let next = bind_doc_and_values(&mut write, 4, row)?;
        write.raw_bind_parameter(next, since)?;
        write.raw_execute()?;
    }
    let mut write = transaction.prepare_cached(&history::write(shape, slot))?;
    for Was { row, since, until } in &changes.past {
        write.raw_bind_parameter(1, row.id.to_string())?;
        write.raw_bind_parameter(2, row.sort.as_str())?;
        let next = bind_doc_and_values(&mut write, 3, row)?;
        write.raw_bind_parameter(next, since)?;
        write.raw_bind_parameter(next + 1, until)?;
        write.raw_execute()?;
    }
    Ok(())
}

/// Gives a row's JSON and the values of its columns to a statement, from that place on; the place after them.
fn bind_doc_and_values(
    statement: &mut rusqlite::CachedStatement<'_>,
    place: usize,
    row: &Change,
) -> Result<usize, ViewError> {
    let corrupt = |_| ViewError::Corrupt("a row is not text".to_owned());
    statement.raw_bind_parameter(place, std::str::from_utf8(&row.doc).map_err(corrupt)?)?;
    for (place, value) in (place + 1..).zip(&row.values) {
        match value {
            Value::Null => statement.raw_bind_parameter(place, rusqlite::types::Null)?,
            Value::Text(text) => statement.raw_bind_parameter(place, text.as_str())?,
            Value::Many(texts) => statement.raw_bind_parameter(place, serde_json::to_string(texts)?)?,
        }
    }
    Ok(place + 1 + row.values.len())
}
