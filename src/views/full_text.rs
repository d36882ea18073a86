//! The engines' own full-text indexes over the `words` of each read model: FTS5 in SQLite, a GIN index over a `tsvector`
//! in PostgreSQL.
//!
//! They live with the rows: changed in the same transaction, dropped and made anew with the tables. The words are kept
//! small and without accents already, so both engines find the same by whole words, the last one by its beginning.

use koinon_projections::{Shape, Wanted};

use super::sql::{Dialect, Index, Slot, Statement, of_checkpoint, table};

/// What PostgreSQL would read as parts of addresses, paths and numbers parts words, as everywhere else.
const VECTOR: &str = "to_tsvector('simple'::regconfig, translate(words, '-/.@_:''’', '        '))";

/// The name of a read model's index in SQLite; only the table that is answered from has one.
pub(super) fn words(shape: &Shape) -> String {
    format!("{}_words", table(shape, Slot::Live))
}

/// Makes the index in SQLite from the rows that are there, and what keeps it up with them.
pub(super) fn make(shape: &Shape) -> String {
    let (words, table) = (words(shape), table(shape, Slot::Live));
    let gone = format!("INSERT INTO {words} ({words}, rowid, words) VALUES ('delete', old.rowid, old.words);");
    let come = format!("INSERT INTO {words} (rowid, words) VALUES (new.rowid, new.words);");
    format!(
        "CREATE VIRTUAL TABLE {words} USING fts5(words, content='{table}', tokenize='unicode61 remove_diacritics 2');
         INSERT INTO {words} ({words}) VALUES ('rebuild');
         CREATE TRIGGER {words}_come AFTER INSERT ON {table} BEGIN {come} END;
         CREATE TRIGGER {words}_gone AFTER DELETE ON {table} BEGIN {gone} END;
         CREATE TRIGGER {words}_moved AFTER UPDATE ON {table} WHEN old.words IS NOT new.words BEGIN {gone} {come} END;"
    )
}

/// Drops the index in SQLite and what kept it.
pub(super) fn drop(shape: &Shape) -> String {
    let words = words(shape);
    format!(
        "DROP TRIGGER IF EXISTS {words}_come; DROP TRIGGER IF EXISTS {words}_gone; DROP TRIGGER IF EXISTS {words}_moved;
         DROP TABLE IF EXISTS {words};"
    )
}

/// The index in PostgreSQL; it goes with its table.
pub(super) fn index(shape: &Shape, slot: Slot, serial: u64) -> Index {
    Index::new(shape, serial, "words", format!("{} USING gin ({VECTOR})", table(shape, slot)))
}

/// Rows that carry every word, the last one by its beginning, best first, with the position they stand for: position,
/// id, sort, doc.
pub(super) fn search(dialect: Dialect, shape: &Shape, tokens: &[String], wanted: &Wanted) -> Statement {
    let mut statement = Statement::new(dialect);
    let (table, words) = (table(shape, Slot::Live), words(shape));
    let (source, score, mut conditions) = match dialect {
        Dialect::Sqlite => {
            let quoted: Vec<String> = tokens.iter().map(|token| format!("\"{token}\"")).collect();
            let place = statement.place(format!("{}*", quoted.join(" ")));
            let source = format!("{words} f JOIN {table} t ON t.rowid = f.rowid");
            (source, format!("bm25({words})"), vec![format!("{words} MATCH {place}")])
        }
        Dialect::Postgres => {
            let place = statement.place(format!("{}:*", tokens.join(" & ")));
            let asked = format!("to_tsquery('simple'::regconfig, {place})");
            (format!("{table} t"), format!("-ts_rank_cd({VECTOR}, {asked})"), vec![format!("{VECTOR} @@ {asked}")])
        }
    };
    conditions.extend(wanted.filters.iter().filter_map(|filter| statement.filter(shape, filter)));
    if let Some(reach) = &wanted.reach {
        conditions.push(statement.reach(shape, reach));
    }
    statement.text = format!(
        "SELECT c.position, r.id, r.sort, r.doc FROM read_checkpoints c LEFT JOIN
           (SELECT t.id, t.sort, t.doc, {score} AS score FROM {source} WHERE {} ORDER BY score, t.sort, t.id LIMIT {}) r
           ON 1 = 1
         WHERE {} ORDER BY r.score, r.sort, r.id",
        conditions.join(" AND "),
        wanted.limit,
        of_checkpoint(shape),
    );
    statement
}

#[cfg(test)]
mod tests {
    use koinon_projections::shape;

    use super::*;

    #[test]
    fn words_reach_the_statement_as_given_texts_only() {
        let (visits, wanted) = (shape("visits").unwrap(), Wanted { limit: 5, ..Wanted::default() });
        let tokens = ["waste".to_owned(), "ener".to_owned()];
        for (dialect, given) in [(Dialect::Sqlite, "\"waste\" \"ener\"*"), (Dialect::Postgres, "waste & ener:*")] {
            let statement = search(dialect, visits, &tokens, &wanted);
            assert_eq!(statement.given, [given]);
            assert!(!statement.text.contains("waste"), "{}", statement.text);
        }
    }
}
