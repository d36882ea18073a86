//! Small statements on the operations tables, on SQLite: `$1` is written `?1` here.

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{ToSql, params_from_iter};

use super::super::StoreError;
use super::super::statement::Cell;
use super::SqliteStore;

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Number(number) => ValueRef::Integer(*number),
        }))
    }
}

impl SqliteStore {
    pub(in super::super) async fn change(&self, sql: &'static str, cells: Vec<Cell>) -> Result<u64, StoreError> {
        let run = move |transaction: &rusqlite::Transaction<'_>| {
            transaction.prepare_cached(&sql.replace('$', "?"))?.execute(params_from_iter(cells))
        };
        self.write(run).await.map(|rows| rows as u64)
    }

    pub(in super::super) async fn rows(
        &self,
        sql: &'static str,
        cells: Vec<Cell>,
    ) -> Result<Vec<Vec<Cell>>, StoreError> {
        let run = move |connection: &rusqlite::Connection| {
            let mut statement = connection.prepare_cached(&sql.replace('$', "?"))?;
            let columns = statement.column_count();
            let found = statement.query_map(params_from_iter(cells), |row| {
                (0..columns).map(|column| cell(row.get_ref(column)?, column)).collect()
            })?;
            found.collect()
        };
        self.read(run).await
    }
}

fn cell(value: ValueRef<'_>, column: usize) -> rusqlite::Result<Cell> {
    match value {
        ValueRef::Blob(bytes) => Ok(Cell::Bytes(bytes.to_vec())),
        ValueRef::Text(text) => Ok(Cell::Text(String::from_utf8_lossy(text).into_owned())),
        ValueRef::Integer(number) => Ok(Cell::Number(number)),
        other => Err(rusqlite::Error::InvalidColumnType(column, "operations".to_owned(), other.data_type())),
    }
}
