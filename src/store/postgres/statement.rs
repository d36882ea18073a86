//! Small statements on the operations tables, on PostgreSQL.

use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::Query;
use sqlx::{Column, Postgres, Row, TypeInfo};

use super::super::StoreError;
use super::super::statement::Cell;
use super::PostgresStore;
use super::open::failed;

impl PostgresStore {
    pub(in super::super) async fn change(&self, sql: &'static str, cells: Vec<Cell>) -> Result<u64, StoreError> {
        let done = bound(sql, cells).execute(self.pool()).await.map_err(failed)?;
        Ok(done.rows_affected())
    }

    pub(in super::super) async fn rows(
        &self,
        sql: &'static str,
        cells: Vec<Cell>,
    ) -> Result<Vec<Vec<Cell>>, StoreError> {
        let found = bound(sql, cells).fetch_all(self.pool()).await.map_err(failed)?;
        found.iter().map(cells_of).collect()
    }
}

fn bound(sql: &'static str, cells: Vec<Cell>) -> Query<'static, Postgres, PgArguments> {
    cells.into_iter().fold(sqlx::query(sql), |query, cell| match cell {
        Cell::Bytes(bytes) => query.bind(bytes),
        Cell::Text(text) => query.bind(text),
        Cell::Number(number) => query.bind(number),
    })
}

fn cells_of(row: &PgRow) -> Result<Vec<Cell>, StoreError> {
    let cell = |(at, column): (usize, &sqlx::postgres::PgColumn)| match column.type_info().name() {
        "BYTEA" => row.try_get(at).map(Cell::Bytes),
        "TEXT" => row.try_get(at).map(Cell::Text),
        _ => row.try_get(at).map(Cell::Number),
    };
    row.columns().iter().enumerate().map(cell).collect::<Result<_, _>>().map_err(failed)
}
