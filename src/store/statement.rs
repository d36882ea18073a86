//! Small statements that read the same on both engines: numbered parameters, and values of three kinds. For the
//! operations tables, which are asked seldom; the log has statements of its own on each engine.
//!
//! Promises: a statement is one transaction. Refuses nothing by itself; what a table forbids is an error.

use koinon_events::PersonId;
use koinon_events::value::Timestamp;
use uuid::Uuid;

use super::{Store, StoreError};

/// A value of a parameter or a column; there is no absent one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// Bytes.
    Bytes(Vec<u8>),
    /// Text.
    Text(String),
    /// A whole number.
    Number(i64),
}

impl Cell {
    pub(super) fn bytes(&self) -> Result<&[u8], StoreError> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            other => Err(unexpected(other)),
        }
    }

    pub(super) fn text(&self) -> Result<String, StoreError> {
        match self {
            Self::Text(text) => Ok(text.clone()),
            other => Err(unexpected(other)),
        }
    }

    pub(super) fn number(&self) -> Result<i64, StoreError> {
        match self {
            Self::Number(number) => Ok(*number),
            other => Err(unexpected(other)),
        }
    }
}

/// Bytes as a cell.
pub(super) fn bytes(bytes: &[u8]) -> Cell {
    Cell::Bytes(bytes.to_vec())
}

/// A person as a cell.
pub(super) fn person(person: PersonId) -> Cell {
    bytes(person.0.as_bytes())
}

/// A moment as a cell.
pub(super) fn time(time: Timestamp) -> Cell {
    Cell::Number(time.micros())
}

/// The id in a cell.
pub(super) fn id_of(cell: &Cell) -> Result<Uuid, StoreError> {
    Uuid::from_slice(cell.bytes()?).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// Says what stands where something else was expected, never its content.
fn unexpected(cell: &Cell) -> StoreError {
    let found = match cell {
        Cell::Bytes(_) => "bytes",
        Cell::Text(_) => "text",
        Cell::Number(_) => "a number",
    };
    StoreError::Corrupt(format!("an operations table holds {found} where something else belongs"))
}

impl Store {
    /// Runs a statement and answers how many rows it touched.
    pub(super) async fn change(&self, sql: &'static str, cells: Vec<Cell>) -> Result<u64, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.change(sql, cells).await,
            Self::Postgres(postgres) => postgres.change(sql, cells).await,
        }
    }

    /// Runs a query and answers its rows.
    pub(super) async fn rows(&self, sql: &'static str, cells: Vec<Cell>) -> Result<Vec<Vec<Cell>>, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.rows(sql, cells).await,
            Self::Postgres(postgres) => postgres.rows(sql, cells).await,
        }
    }
}
