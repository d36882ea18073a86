//! The SQL of the read models, written once for both engines; where they differ, [`Dialect`] says how.
//!
//! One table a read model and version, `read_visits_v2`: `id`, `sort`, `words`, `doc`, the columns it declares, and
//! `since`, the end of the epoch in which the row became what it is ([`super::epoch`]). Every other value is text; several
//! values are an array in PostgreSQL and JSON text in SQLite.

use koinon_events::Kind;
use koinon_projections::{Asked, Column, Filter, Reach, Shape, Wanted};

/// Which engine the text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
}

/// Which of a read model's tables: the one answered from, the one being rebuilt, the one before the last swap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Live,
    Next,
    Old,
}

impl Slot {
    pub fn word(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Next => "next",
            Self::Old => "old",
        }
    }
}

/// What the read models keep about themselves.
pub(super) fn bookkeeping(dialect: Dialect) -> String {
    let text = text_type(dialect);
    format!(
        "CREATE TABLE IF NOT EXISTS read_checkpoints (
           projection {text} NOT NULL, version bigint NOT NULL, slot {text} NOT NULL, position bigint NOT NULL,
           stopped {text}, serial bigint NOT NULL DEFAULT 0, PRIMARY KEY (projection, version, slot));
         CREATE TABLE IF NOT EXISTS read_parked (
           projection {text} NOT NULL, version bigint NOT NULL, slot {text} NOT NULL, subject {text} NOT NULL,
           position bigint NOT NULL, reason {text} NOT NULL, PRIMARY KEY (projection, version, slot, subject));
         CREATE TABLE IF NOT EXISTS read_skipped (position bigint PRIMARY KEY, reason {text} NOT NULL, at {text} NOT NULL);
         CREATE TABLE IF NOT EXISTS read_log (position bigint PRIMARY KEY, record {text} NOT NULL);"
    )
}

/// Text that sorts by its bytes.
pub(super) fn text_type(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "TEXT",
        Dialect::Postgres => "text COLLATE \"C\"",
    }
}

/// `read_visits_v2`, with a suffix for the tables that are not answered from.
pub(super) fn table(shape: &Shape, slot: Slot) -> String {
    let suffix = match slot {
        Slot::Live => "",
        Slot::Next => "_next",
        Slot::Old => "_old",
    };
    format!("read_{}_v{}{suffix}", shape.name, shape.version)
}

/// The steps that exchange the live table with the one before the last swap; each leaves a name free for the next.
pub(super) fn exchange(shape: &Shape) -> [(String, String, &'static str, &'static str); 3] {
    let (live, old) = (table(shape, Slot::Live), table(shape, Slot::Old));
    let away = format!("{live}_away");
    [
        (live.clone(), away.clone(), Slot::Live.word(), "away"),
        (old.clone(), live, Slot::Old.word(), Slot::Live.word()),
        (away, old, "away", Slot::Old.word()),
    ]
}

/// Renames a table together with what its rows were.
pub(super) fn rename(from: &str, to: &str) -> String {
    format!("ALTER TABLE {from} RENAME TO {to}; ALTER TABLE {from}_past RENAME TO {to}_past")
}

/// Makes the table, without its indexes.
pub(super) fn create(dialect: Dialect, shape: &Shape, slot: Slot) -> String {
    let text = text_type(dialect);
    let columns: String =
        shape.all_columns().map(|column| format!(", \"{}\" {}", column.name, kind(dialect, column))).collect();
    format!(
        "CREATE TABLE IF NOT EXISTS {} (id {text} NOT NULL PRIMARY KEY, sort {text} NOT NULL, words {text} NOT NULL,
         doc {text} NOT NULL{columns}, since bigint NOT NULL){};",
        table(shape, slot),
        stored(dialect)
    )
}

/// How the rows of a table are stored: in PostgreSQL a row stays in one piece as long as it fits into a page, since making
/// most rows smaller would take longer than writing them.
pub(super) fn stored(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "",
        Dialect::Postgres => " WITH (toast_tuple_target = 8160)",
    }
}

pub(super) fn kind(dialect: Dialect, column: &Column) -> &'static str {
    match (dialect, column.many) {
        (Dialect::Postgres, true) => "text[] NOT NULL",
        (Dialect::Postgres, false) => "text COLLATE \"C\"",
        (Dialect::Sqlite, true) => "TEXT NOT NULL",
        (Dialect::Sqlite, false) => "TEXT",
    }
}

/// An index of a read model.
pub(super) struct Index {
    /// Its name.
    pub name: String,
    /// The table and what of it is in order.
    on: String,
}

impl Index {
    /// An index whose name ends so, of the table that has been replaced `serial` times: that keeps its name apart from the
    /// one of the table it will replace.
    pub fn new(shape: &Shape, serial: u64, end: &str, on: String) -> Self {
        Self { name: format!("read_{}_v{}_{serial}_{end}", shape.name, shape.version), on }
    }

    /// Makes it where it is missing.
    pub fn make(&self) -> String {
        format!("CREATE INDEX IF NOT EXISTS {} ON {};", self.name, self.on)
    }
}

/// The indexes of what rows are now.
pub(super) fn indexes(shape: &Shape, slot: Slot, serial: u64) -> Vec<Index> {
    let table = table(shape, slot);
    let index = |end, columns| Index::new(shape, serial, end, format!("{table} ({columns})"));
    vec![index("order", "sort, id, since"), index("programme", "programme, sort, id, since")]
}

/// How often the live table has been replaced; names of its indexes carry it.
pub(super) fn serial(shape: &Shape) -> String {
    format!(
        "SELECT coalesce(max(serial), 0) FROM read_checkpoints WHERE projection = '{}' AND version = {} AND slot = 'live'",
        shape.name, shape.version
    )
}

/// How often the live table will have been replaced after the next switch; names of indexes carry it. The table before the
/// last switch counts too: after a switch that was taken back it is the one that was replaced more often.
pub(super) fn next_serial(shape: &Shape) -> String {
    format!(
        "SELECT max(serial) + 1 FROM read_checkpoints WHERE projection = '{}' AND version = {} AND slot IN ('live', 'old')",
        shape.name, shape.version
    )
}

/// The names of every column of text, in the order rows are written; `since` comes after them.
pub(super) fn columns(shape: &Shape) -> Vec<&'static str> {
    ["id", "sort", "words", "doc"].into_iter().chain(shape.all_columns().map(|column| column.name)).collect()
}

/// Writes one row (SQLite) or many (PostgreSQL, each column an array of texts), then `since`.
pub(super) fn upsert(dialect: Dialect, shape: &Shape, slot: Slot) -> String {
    let names = columns(shape);
    let quoted: Vec<String> = names.iter().chain(&["since"]).map(|name| format!("\"{name}\"")).collect();
    let updates: Vec<String> = quoted[1..].iter().map(|name| format!("{name} = excluded.{name}")).collect();
    format!(
        "INSERT INTO {} ({}) {} ON CONFLICT (id) DO UPDATE SET {}",
        table(shape, slot),
        quoted.join(", "),
        given(dialect, shape, &names, 1),
        updates.join(", ")
    )
}

/// Copies rows into a table of PostgreSQL: the named columns, then these numbers.
pub(super) fn copy(table: &str, names: &[&str], numbers: &[&str]) -> String {
    let columns: Vec<String> = names.iter().chain(numbers).map(|name| format!("\"{name}\"")).collect();
    format!("COPY {table} ({}) FROM STDIN", columns.join(", "))
}

/// The rows that a statement is given: the named columns of text, then so many numbers.
pub(super) fn given(dialect: Dialect, shape: &Shape, names: &[&str], numbers: usize) -> String {
    let all = names.len() + numbers;
    if dialect == Dialect::Sqlite {
        let places: Vec<String> = (1..=all).map(|place| format!("?{place}")).collect();
        return format!("VALUES ({})", places.join(", "));
    }
    let is_many = |name: &str| shape.all_columns().any(|column| column.many && column.name == name);
    let text = |(name, place): (&&str, usize)| {
        if is_many(name) { format!("string_to_array(c{place}, E'\\x1f')") } else { format!("c{place}") }
    };
    let mut values: Vec<String> = names.iter().zip(1..).map(text).collect();
    values.extend((names.len() + 1..=all).map(|place| format!("c{place}")));
    let kind = |place: usize| if place <= names.len() { "text[]" } else { "bigint[]" };
    let places: Vec<String> = (1..=all).map(|place| format!("${place}::{}", kind(place))).collect();
    let columns: Vec<String> = (1..=all).map(|place| format!("c{place}")).collect();
    format!("SELECT {} FROM UNNEST({}) AS given({})", values.join(", "), places.join(", "), columns.join(", "))
}

/// Rows by id.
pub(super) fn by_ids(dialect: Dialect, shape: &Shape, slot: Slot) -> String {
    let ids = match dialect {
        Dialect::Sqlite => "(SELECT value FROM json_each(?1))",
        Dialect::Postgres => "(SELECT UNNEST($1::text[]))",
    };
    format!("SELECT id, doc FROM {} WHERE id IN {ids}", table(shape, slot))
}

/// Every row of a programme, by id.
pub(super) fn by_programme(dialect: Dialect, shape: &Shape) -> String {
    let place = if dialect == Dialect::Sqlite { "?1" } else { "$1" };
    format!("SELECT id, doc FROM {} WHERE programme = {place} ORDER BY id", table(shape, Slot::Live))
}

/// A statement and the texts it is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    pub text: String,
    pub given: Vec<String>,
    pub(super) dialect: Dialect,
}

impl Statement {
    pub(super) fn new(dialect: Dialect) -> Self {
        Self { text: String::new(), given: Vec::new(), dialect }
    }

    pub(super) fn place(&mut self, value: impl Into<String>) -> String {
        self.given.push(value.into());
        let sign = if self.dialect == Dialect::Sqlite { '?' } else { '$' };
        format!("{sign}{}", self.given.len())
    }

    fn has(&mut self, column: &str, value: &str) -> String {
        match self.dialect {
            Dialect::Sqlite => {
                let place = self.place(format!("\"{value}\""));
                format!("instr(\"{column}\", {place}) > 0")
            }
            Dialect::Postgres => {
                let place = self.place(value);
                format!("{place} = ANY(\"{column}\")")
            }
        }
    }

    fn is(&mut self, column: &str, asked: Asked, value: &str) -> String {
        let place = self.place(value);
        let sign = match asked {
            Asked::Is => "=",
            Asked::AtLeast => ">=",
            Asked::AtMost => "<=",
        };
        format!("\"{column}\" {sign} {place}")
    }

    pub(super) fn filter(&mut self, shape: &Shape, filter: &Filter) -> Option<String> {
        let column = shape.all_columns().nth(filter.column)?;
        let each: Vec<String> = filter
            .values
            .iter()
            .map(
                |value| {
                    if column.many { self.has(column.name, value) } else { self.is(column.name, filter.asked, value) }
                },
            )
            .collect();
        Some(any(&each))
    }

    pub(super) fn reach(&mut self, shape: &Shape, reach: &Reach) -> String {
        let mut each = Vec::new();
        for programme in &reach.programmes {
            each.push(self.is("programme", Asked::Is, &programme.to_string()));
        }
        for partnership in &reach.partnerships {
            each.push(self.has("partnerships", &partnership.to_string()));
        }
        for city in &reach.cities {
            each.push(self.has("cities", &city.to_string()));
        }
        for person in &reach.persons {
            each.push(self.has("persons", &person.to_string()));
        }
        for programme in &reach.published {
            let (within, published) =
                (self.is("programme", Asked::Is, &programme.to_string()), self.is("status", Asked::Is, "published"));
            each.push(format!("({within} AND {published})"));
        }
        for visit in &reach.visits {
            match shape.kind {
                Kind::Visit => each.push(self.is("id", Asked::Is, &visit.to_string())),
                Kind::Learning => each.push(self.is("origin", Asked::Is, &visit.subject().to_string())),
                _ => {}
            }
        }
        any(&each)
    }

    /// All that a list is asked for, as one condition.
    pub(super) fn condition(&mut self, shape: &Shape, wanted: &Wanted) -> String {
        let mut conditions: Vec<String> =
            wanted.filters.iter().filter_map(|filter| self.filter(shape, filter)).collect();
        if let Some(reach) = &wanted.reach {
            conditions.push(self.reach(shape, reach));
        }
        for word in &wanted.words {
            let pattern = word.replace('!', "!!").replace('%', "!%").replace('_', "!_");
            let place = self.place(format!("%{pattern}%"));
            conditions.push(format!("words LIKE {place} ESCAPE '!'"));
        }
        if let Some(after) = &wanted.after {
            let (sort, id) = (self.place(after.sort.clone()), self.place(after.id.to_string()));
            conditions.push(format!("(sort, id) > ({sort}, {id})"));
        }
        if conditions.is_empty() { "1 = 1".to_owned() } else { conditions.join(" AND ") }
    }
}

fn any(conditions: &[String]) -> String {
    if conditions.is_empty() { "1 = 0".to_owned() } else { format!("({})", conditions.join(" OR ")) }
}

/// A page of a list with the position it stands for, in one statement: position, id, sort, doc.
pub(super) fn list(dialect: Dialect, shape: &Shape, wanted: &Wanted) -> Statement {
    let mut statement = Statement::new(dialect);
    let condition = statement.condition(shape, wanted);
    statement.text = format!(
        "SELECT c.position, r.id, r.sort, r.doc FROM read_checkpoints c LEFT JOIN
           (SELECT id, sort, doc FROM {} WHERE {condition} ORDER BY sort, id LIMIT {}) r ON 1 = 1
         WHERE {} ORDER BY r.sort, r.id",
        table(shape, Slot::Live),
        wanted.limit.saturating_add(1),
        of_checkpoint(shape),
    );
    statement
}

/// One row with the position it stands for, in one statement: position, doc.
pub(super) fn row(dialect: Dialect, shape: &Shape, id: &str) -> Statement {
    let mut statement = Statement::new(dialect);
    let place = statement.place(id);
    statement.text = format!(
        "SELECT c.position, r.doc FROM read_checkpoints c LEFT JOIN {} r ON r.id = {place} WHERE {}",
        table(shape, Slot::Live),
        of_checkpoint(shape),
    );
    statement
}

pub(super) fn of_checkpoint(shape: &Shape) -> String {
    format!("c.projection = '{}' AND c.version = {} AND c.slot = 'live'", shape.name, shape.version)
}

#[cfg(test)]
mod tests {
    use koinon_projections::{ALL, shape};

    use super::*;

    #[test]
    fn what_is_asked_reaches_the_statement_as_given_texts_only() {
        let visits = shape("visits").unwrap();
        let evil = "x'; DROP TABLE log; --".to_owned();
        let filters = vec![
            visits.filter("status", std::slice::from_ref(&evil)).unwrap(),
            visits.filter("city", std::slice::from_ref(&evil)).unwrap(),
        ];
        let wanted = Wanted { filters, words: vec![evil.clone()], limit: 5, ..Wanted::default() };
        for dialect in [Dialect::Sqlite, Dialect::Postgres] {
            let statement = list(dialect, visits, &wanted);
            assert!(!statement.text.contains("DROP"), "{}", statement.text);
            assert_eq!(statement.given.len(), 3);
        }
    }

    #[test]
    fn every_read_model_has_its_columns_once() {
        for shape in ALL {
            let mut names = columns(shape);
            names.sort_unstable();
            let all = names.len();
            names.dedup();
            assert_eq!(names.len(), all, "{}", shape.name);
        }
    }
}
