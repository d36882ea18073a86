//! The SQL of what rows were: for each row that changed in a later epoch, how it stood from the end of one epoch
//! (`since`) until the end of another (`until`, not included). What a row is now stands in the table that is answered
//! from, with its own `since`. Words to search for are not kept: searches answer for now only.

use koinon_projections::{Shape, Wanted};

use super::sql::{Dialect, Index, Slot, Statement, columns, given, kind, stored, table, text_type};

/// `read_visits_v2_past`, with the suffix of its table.
pub(super) fn past(shape: &Shape, slot: Slot) -> String {
    format!("{}_past", table(shape, slot))
}

/// Makes the table, without its indexes.
pub(super) fn create(dialect: Dialect, shape: &Shape, slot: Slot) -> String {
    let text = text_type(dialect);
    let columns: String =
        shape.all_columns().map(|column| format!(", \"{}\" {}", column.name, kind(dialect, column))).collect();
    format!(
        "CREATE TABLE IF NOT EXISTS {} (id {text} NOT NULL, sort {text} NOT NULL,
         doc {text} NOT NULL{columns}, since bigint NOT NULL, until bigint NOT NULL){};",
        past(shape, slot),
        stored(dialect)
    )
}

/// The indexes of what rows were.
pub(super) fn indexes(shape: &Shape, slot: Slot, serial: u64) -> Vec<Index> {
    let table = past(shape, slot);
    let index = |end, columns| Index::new(shape, serial, end, format!("{table} ({columns})"));
    vec![
        index("past_id", "id, since, until"),
        index("past_order", "sort, id, since, until"),
        index("past_programme", "programme, sort, id, since, until"),
        index("past_since", "since, until"),
    ]
}

/// The names of the columns of text, in the order rows are written; `since` and `until` come after them.
pub(super) fn names(shape: &Shape) -> Vec<&'static str> {
    columns(shape).into_iter().filter(|name| *name != "words").collect()
}

/// Keeps how a row (SQLite: `?1`) or rows (PostgreSQL: `$1`, an array) stood until the end of the epoch in which they
/// first change now (the second place), where that is not the one in which they became so.
pub(super) fn keep(dialect: Dialect, shape: &Shape, slot: Slot) -> String {
    let names: Vec<String> = names(shape).iter().map(|name| format!("\"{name}\"")).collect();
    let (names, past, now) = (names.join(", "), past(shape, slot), table(shape, slot));
    let source = match dialect {
        Dialect::Sqlite => format!("SELECT {names}, since, ?2 FROM {now} WHERE id = ?1 AND since < ?2"),
        Dialect::Postgres => format!(
            "SELECT {names}, since, first FROM {now} JOIN UNNEST($1::text[], $2::bigint[]) AS given(row, first)
             ON id = row WHERE since < first"
        ),
    };
    format!("INSERT INTO {past} ({names}, since, until) {source}")
}

/// Writes what a row was, then `since` and `until`, in SQLite.
pub(super) fn write(shape: &Shape, slot: Slot) -> String {
    let names = names(shape);
    let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    format!(
        "INSERT INTO {} ({}, since, until) {}",
        past(shape, slot),
        quoted.join(", "),
        given(Dialect::Sqlite, shape, &names, 2)
    )
}

/// Drops what was written ahead of a checkpoint that stands in the epoch which ends there.
pub(super) fn ahead(dialect: Dialect, shape: &Shape, slot: Slot) -> String {
    let place = if dialect == Dialect::Sqlite { "?1" } else { "$1" };
    format!("DELETE FROM {} WHERE until > {place}", past(shape, slot))
}

/// Rows as they stood at the end of an epoch: by id, those of a programme, or a page of a list.
pub(super) struct Then<'a> {
    pub dialect: Dialect,
    pub shape: &'a Shape,
    /// The end of the epoch.
    pub at: u64,
    /// Whether few of the rows that are kept had begun by then: a list is then made of those, and not of all in their
    /// order, most of which it would pass over. PostgreSQL decides for itself.
    pub early: bool,
}

impl Then<'_> {
    /// By id: id, doc.
    pub fn by_ids(&self, ids: &[String]) -> Statement {
        let mut statement = Statement::new(self.dialect);
        let condition = format!("id IN {}", given_ids(&mut statement, ids));
        self.rows(&mut statement, &condition);
        statement
    }

    /// Of a programme: id, doc.
    pub fn by_programme(&self, programme: &str) -> Statement {
        let mut statement = Statement::new(self.dialect);
        let place = statement.place(programme);
        self.rows(&mut statement, &format!("programme = {place}"));
        statement
    }

    fn rows(&self, statement: &mut Statement, condition: &str) {
        let (now, past, at) = self.tables(statement);
        statement.text = format!(
            "SELECT id, doc FROM {now} WHERE {condition} AND since <= {at}
             UNION ALL SELECT id, doc FROM {past} WHERE {condition} AND since <= {at} AND until > {at}"
        );
    }

    /// A page of a list, one row more than asked where there is one, but for rows that changed since: id, sort, doc.
    pub fn list(&self, wanted: &Wanted, without: &[String]) -> Statement {
        let mut statement = Statement::new(self.dialect);
        let mut condition = statement.condition(self.shape, wanted);
        if !without.is_empty() {
            condition = format!("{condition} AND id NOT IN {}", given_ids(&mut statement, without));
        }
        let (now, past, at) = self.tables(&mut statement);
        // SQLite takes no index for the order of what is written with a sign.
        let sign = if self.early && self.dialect == Dialect::Sqlite { "+" } else { "" };
        let [order, of_past] =
            ["", sign].map(|sign| format!("ORDER BY {sign}sort, id LIMIT {}", wanted.limit.saturating_add(1)));
        statement.text = format!(
            "SELECT id, sort, doc FROM (SELECT id, sort, doc FROM {now} WHERE {condition} AND since <= {at} {order}) n
             UNION ALL
             SELECT id, sort, doc FROM
               (SELECT id, sort, doc FROM {past} WHERE {condition} AND since <= {at} AND until > {at} {of_past}) p
             {order}"
        );
        statement
    }

    fn tables(&self, statement: &mut Statement) -> (String, String, String) {
        let place = statement.place(self.at.to_string());
        let (now, past) = (table(self.shape, Slot::Live), past(self.shape, Slot::Live));
        (now, past, format!("CAST({place} AS bigint)"))
    }
}

fn given_ids(statement: &mut Statement, ids: &[String]) -> String {
    let dialect = statement.dialect;
    let place = statement.place(match dialect {
        Dialect::Sqlite => serde_json::to_string(ids).unwrap_or_default(),
        Dialect::Postgres => ids.join(","),
    });
    match dialect {
        Dialect::Sqlite => format!("(SELECT value FROM json_each({place}))"),
        Dialect::Postgres => format!("(SELECT UNNEST(string_to_array({place}, ',')))"),
    }
}
