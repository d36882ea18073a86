//! Writing rows: those that are new are copied in, which PostgreSQL takes a page at a time; those that may be there already
//! go as arrays, one a column.

use koinon_projections::{Change, Shape, Value};
use sqlx::{Postgres, Transaction};

use super::super::ViewError;
use super::super::history;
use super::super::sql::{self, Dialect, Slot};
use super::super::tables::{Changes, Now, Was};
use super::{Given, text};

/// What separates several values on their way into an array.
const SEPARATOR: &str = "\u{1f}";
/// How much is sent at a time, in bytes.
const PIECE: usize = 256 * 1024;

/// Writes what changed; nothing is stored of the read model yet where it is the first time.
pub(super) async fn write(
    transaction: &mut Transaction<'_, Postgres>,
    shape: &Shape,
    slot: Slot,
    changes: &Changes,
    is_first: bool,
) -> Result<(), ViewError> {
    let Changes { now, past } = changes;
    if is_first {
        let row = |now: &Now, copy: &mut Copy| {
            copy.row(&now.row, Some(&now.words), [now.since]);
        };
        copy(transaction, &sql::copy(&sql::table(shape, slot), &sql::columns(shape), &["since"]), now, row).await?;
    } else if !now.is_empty() {
        update(transaction, shape, slot, now).await?;
    }
    let row = |was: &Was, copy: &mut Copy| copy.row(&was.row, None, [was.since, was.until]);
    let into = sql::copy(&history::past(shape, slot), &history::names(shape), &["since", "until"]);
    copy(transaction, &into, past, row).await
}

async fn copy<R>(
    transaction: &mut Transaction<'_, Postgres>,
    into: &str,
    rows: &[R],
    write: impl Fn(&R, &mut Copy),
) -> Result<(), ViewError> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut sink = transaction.copy_in_raw(into).await?;
    let mut copy = Copy::default();
    for row in rows {
        write(row, &mut copy);
        if copy.text.len() >= PIECE {
            sink.send(copy.text.as_slice()).await?;
            copy.text.clear();
        }
    }
    sink.send(copy.text.as_slice()).await?;
    sink.finish().await?;
    Ok(())
}

/// Rows in the text format of COPY (PostgreSQL, COPY, "Text Format").
#[derive(Debug, Default)]
struct Copy {
    text: Vec<u8>,
}

impl Copy {
    fn row<const N: usize>(&mut self, row: &Change, words: Option<&str>, numbers: [u64; N]) {
        self.text.extend_from_slice(row.id.hyphenated().encode_lower(&mut [0; 36]).as_bytes());
        self.column(&row.sort);
        words.into_iter().for_each(|words| self.column(words));
        self.text.push(b'\t');
        self.escaped(&row.doc);
        for value in &row.values {
            match value {
                Value::Null => self.text.extend_from_slice(b"\t\\N"),
                Value::Text(text) => self.column(text),
                Value::Many(texts) => self.column(&array(texts)),
            }
        }
        numbers.iter().for_each(|number| self.column(&number.to_string()));
        self.text.push(b'\n');
    }

    fn column(&mut self, text: &str) {
        self.text.push(b'\t');
        self.escaped(text.as_bytes());
    }

    fn escaped(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some(at) = rest.iter().position(|byte| matches!(byte, b'\\' | b'\t' | b'\n' | b'\r')) {
            let letter = match rest[at] {
                b'\t' => b't',
                b'\n' => b'n',
                b'\r' => b'r',
                other => other,
            };
            self.text.extend_from_slice(&rest[..at]);
            self.text.extend_from_slice(&[b'\\', letter]);
            rest = &rest[at + 1..];
        }
        self.text.extend_from_slice(rest);
    }
}

/// Texts as PostgreSQL reads an array of them.
fn array(texts: &[String]) -> String {
    let quoted = texts.iter().map(|text| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")));
    format!("{{{}}}", quoted.collect::<Vec<_>>().join(","))
}

/// Keeps how the rows stood before, and writes how they are now.
async fn update(
    transaction: &mut Transaction<'_, Postgres>,
    shape: &Shape,
    slot: Slot,
    now: &[Now],
) -> Result<(), ViewError> {
    let rows: Vec<&Change> = now.iter().map(|now| &now.row).collect();
    let number = |of: fn(&Now) -> u64| now.iter().map(|now| of(now).cast_signed()).collect::<Vec<_>>();
    let ids: Vec<String> = rows.iter().map(|row| row.id.to_string()).collect();
    let keep = history::keep(Dialect::Postgres, shape, slot);
    sqlx::query(text(&keep)).bind(&ids).bind(number(|now| now.first)).execute(&mut **transaction).await?;
    let sorts: Vec<&str> = rows.iter().map(|row| row.sort.as_str()).collect();
    let words: Vec<&str> = now.iter().map(|now| now.words.as_str()).collect();
    let write = sql::upsert(Dialect::Postgres, shape, slot);
    let query = sqlx::query(text(&write)).bind(ids).bind(sorts).bind(words);
    let query = bind_doc_and_values(query, shape, &rows)?;
    query.bind(number(|now| now.since)).execute(&mut **transaction).await?;
    Ok(())
}

/// Gives the rows' JSON and the values of their columns to a statement.
fn bind_doc_and_values<'q>(query: Given<'q>, shape: &Shape, rows: &[&'q Change]) -> Result<Given<'q>, ViewError> {
    let corrupt = |_| ViewError::Corrupt("a row is not text".to_owned());
    let docs: Vec<&str> =
        rows.iter().map(|row| std::str::from_utf8(&row.doc)).collect::<Result<_, _>>().map_err(corrupt)?;
    let mut query = query.bind(docs);
    for column in 0..shape.all_columns().count() {
        let values: Vec<Option<String>> = rows
            .iter()
            .map(|row| match row.values.get(column) {
                Some(Value::Text(text)) => Some(text.clone()),
                Some(Value::Many(texts)) => Some(texts.join(SEPARATOR)),
                Some(Value::Null) | None => None,
            })
            .collect();
        query = query.bind(values);
    }
    Ok(query)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_row_is_one_line_whatever_its_texts_hold() {
        let values = vec![
            Value::Null,
            Value::Text("a\tb\\".to_owned()),
            Value::Many(vec!["c\"d".to_owned(), "e\\f\ng".to_owned()]),
            Value::Many(Vec::new()),
        ];
        let row = Change { id: Uuid::nil(), doc: br#"{"a":"\n"}"#.to_vec(), values, sort: "one\rtwo".to_owned() };
        let mut copy = Copy::default();
        copy.row(&row, Some("words"), [16, 32]);
        let expected = concat!(
            "00000000-0000-0000-0000-000000000000\tone\\rtwo\twords\t",
            r#"{"a":"\\n"}"#,
            "\t\\N\ta\\tb\\\\\t",
            r#"{"c\\"d","e\\\\f\ng"}"#,
            "\t{}\t16\t32\n"
        );
        assert_eq!(String::from_utf8(copy.text).unwrap(), expected);
    }
}
