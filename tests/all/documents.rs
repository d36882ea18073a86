//! Generated documents are current. `UPDATE_DOCS=1 cargo test --test all documents` writes them anew.

use std::fmt::Write;
use std::path::Path;

use koinon_events::TABLE;
use koinon_projections::{ALL, Asked, Column};
use serde_json::Value;

/// Compares a document with what it should say, or writes it when asked to.
pub fn must_be_current(name: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, expected).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "docs/{name} is not current; run: UPDATE_DOCS=1 cargo test --test all documents");
}

/// A field's kind, as a reader of the log needs it.
fn kind(schema: &Value) -> String {
    if let Some(target) = schema["$ref"].as_str() {
        return target.rsplit('/').next().unwrap_or(target).to_owned();
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let kinds: Vec<String> = choices.iter().filter(|choice| choice["type"] != "null").map(kind).collect();
        return kinds.join(" or ");
    }
    match &schema["type"] {
        Value::String(word) if word == "array" => format!("list of {}", kind(&schema["items"])),
        Value::String(word) => word.clone(),
        Value::Array(words) => {
            let words: Vec<&str> = words.iter().filter_map(Value::as_str).filter(|word| *word != "null").collect();
            words.join(" or ")
        }
        _ => "value".to_owned(),
    }
}

fn events() -> String {
    let schemas = koinon_events::schemas();
    let mut out = String::from(
        "# Events\n\nEvery event that can stand in the log, by family. Generated from the vocabulary; fields marked * are always there.\n",
    );
    for (family, types) in TABLE {
        writeln!(out, "\n## {family}").unwrap();
        for each in *types {
            let schema = &schemas["events"][each.stored()];
            let schema = match schema["$ref"].as_str() {
                Some(target) => &schemas["$defs"][target.rsplit('/').next().unwrap_or(target)],
                None => schema,
            };
            let about = schema["description"].as_str().unwrap_or_default().replace('\n', " ");
            writeln!(out, "\n### {}\n{about}\n", each.stored()).unwrap();
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            for (name, field) in schema["properties"].as_object().into_iter().flatten() {
                let star = if required.iter().any(|each| each == name) { "*" } else { "" };
                let about = field["description"].as_str().unwrap_or_default().replace('\n', " ");
                writeln!(out, "- `{name}`{star} ({}): {about}", kind(field)).unwrap();
            }
        }
    }
    out
}

#[test]
fn the_list_of_events_is_current() {
    must_be_current("EVENTS.md", &events());
}

/// One column as analysts see it.
fn column(column: &Column) -> String {
    let kind = if column.many { "text[]" } else { "text" };
    let bound = match column.asked {
        Asked::Is => "is one of the values",
        Asked::AtLeast => "is not below the value",
        Asked::AtMost => "is not above the value",
    };
    format!("| `{}` | {kind} | `?{}=`: it {bound} |\n", column.name, column.parameter)
}

fn read_models() -> String {
    let mut out = String::from(READ_MODELS);
    for shape in ALL {
        let families = shape.reads.join(", ");
        let collection = format!("/api/{}", shape.name);
        write!(
            out,
            "\n## read_{}_v{}\n\nA row for each {}, folded from the events of: {families}. Answered by `{collection}` where that is a collection.\n\n\
             | column | type | asked by the parameter |\n|---|---|---|\n",
            shape.name,
            shape.version,
            shape.kind.word(),
        )
        .unwrap();
        out.extend(shape.all_columns().map(column));
    }
    out
}

pub const READ_MODELS: &str = r#"# Read models

For analysts: the tables that every page and answer is read from, as they lie in PostgreSQL. They are folded from the log and may be dropped at
any time; the log builds them anew. Generated from the code; the number after `_v` is the version of the fold, and rises when its rows change.

Every table has, besides the columns below:

| column | type | what it holds |
|---|---|---|
| `id` | text | the subject's id |
| `sort` | text | what lists are sorted by |
| `words` | text | what a search finds it by: small letters, no accents; indexed for full text |
| `doc` | text | the row as the API answers it, JSON; names of people stand in it only sealed |
| `since` | bigint | the end of the epoch of the log in which the row became what it is |

What rows were stands in a table beside each, by its name with `_past` after it: the same columns without `words`, `since` and `until`. The log is
cut into epochs (of 16 records up to position 1 024, the next ends at 2 048, from there on of 2 048), and a row is kept as it was at the end of
each epoch after which it changed. Visits as they stood at the end of an epoch are those of both tables with `since <= 2048`, of the past ones
only with `until > 2048`; any other moment is that with the records since then folded on, which `?as_of=` does.

`read_checkpoints` says how far each table is: `position` is the last event it holds. In SQLite the same tables lie in `koinon.views.db`; a
column of several values is there JSON text, and `words` is indexed by FTS5.

## The role koinon_analyst

Where the role that Koinon connects as may make roles, there is a role `koinon_analyst`. It may read these tables and `read_checkpoints`, and
nothing else: not the log, not the vault, not the credentials. Give it to whoever analyses:

```
CREATE ROLE ana LOGIN PASSWORD '…';
GRANT koinon_analyst TO ana;
```

## An example

How many visits were held by host city, and how many learnings came of them:

```
$ psql "postgres://ana@localhost/koinon"
koinon=> SELECT c.doc::json ->> 'name' AS host, count(*) AS visits,
koinon->        sum(json_array_length(v.doc::json -> 'learnings')) AS learnings
koinon->   FROM read_visits_v3 v JOIN read_cities_v4 c ON c.id = v.doc::json ->> 'host_city'
koinon->  WHERE v.status IN ('completed', 'closed')
koinon->  GROUP BY 1 ORDER BY 2 DESC LIMIT 3;
```

Which learnings speak of waste:

```
koinon=> SELECT doc::json ->> 'title' FROM read_learnings_v3
koinon->  WHERE to_tsvector('simple', words) @@ to_tsquery('simple', 'waste:*');
```
"#;

#[test]
fn the_description_of_the_read_models_is_current() {
    must_be_current("READ-MODELS.md", &read_models());
    for line in READ_MODELS.match_indices("read_").map(|(at, _)| &READ_MODELS[at..]) {
        let name = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap();
        let is_known = ALL.iter().any(|shape| format!("read_{}_v{}", shape.name, shape.version) == name);
        assert!(is_known || name == "read_checkpoints", "the example speaks of {name}, which is not a table any more");
    }
}
