//! Generated documents are current. `UPDATE_DOCS=1 cargo test --test all documents` writes them anew.

use std::fmt::Write;
use std::path::Path;

use koinon_events::TABLE;
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
