//! Lists as CSV: RFC 4180, and no cell that a spreadsheet could take for a formula.

use serde_json::Value;

use crate::spreadsheet::safe;

/// The columns of a table: one for each field that any row has, in alphabetical order, the id first; `always` stand there
/// even without a row.
pub fn columns<'a>(items: &'a [Value], always: &[&'a str]) -> Vec<&'a str> {
    let mut columns: Vec<&str> = always.to_vec();
    for item in items {
        for name in item.as_object().into_iter().flat_map(serde_json::Map::keys) {
            if !columns.contains(&name.as_str()) {
                columns.push(name);
            }
        }
    }
    columns.sort_by_key(|name| (*name != "id", *name));
    columns
}

/// The rows as CSV.
pub fn table(items: &[Value], always: &[&str]) -> Vec<u8> {
    let columns = columns(items, always);
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory cannot fail.
    writer.write_record(&columns).ok();
    for item in items {
        writer.write_record(columns.iter().map(|name| safe(&cell(&item[*name])))).ok();
    }
    writer.into_inner().unwrap_or_default()
}

/// A value as one cell: lists joined, what has fields as JSON.
pub fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            items.iter().map(cell).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_empty_list_still_names_its_columns() {
        assert_eq!(table(&[], &["status", "id"]), b"id,status\r\n");
    }

    #[test]
    fn a_row_keeps_every_field_and_quotes_what_needs_it() {
        let items =
            [json!({"name": "Porto, \"Invicta\"", "id": "1", "themes": ["a", "b"]}), json!({"id": "2", "x": {"y": 1}})];
        let text = String::from_utf8(table(&items, &[])).unwrap();
        assert_eq!(text, "id,name,themes,x\r\n1,\"Porto, \"\"Invicta\"\"\",a; b,\r\n2,,,\"{\"\"y\"\":1}\"\r\n");
    }
}
