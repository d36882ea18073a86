//! The smallest body that fits a command, made from its schema: for asking whether somebody may give a command before
//! they have filled it in. It says nothing of the world, so it is never executed.

use std::collections::HashMap;
use std::sync::LazyLock;

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::command::{CommandShape, command_shapes};

/// The schema of every command, with everything it refers to inside it.
static SCHEMAS: LazyLock<HashMap<&'static str, Value>> = LazyLock::new(|| {
    let mut generator =
        SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true).into_generator();
    command_shapes().map(|shape| (shape.name, (shape.schema)(&mut generator).to_value())).collect()
});

/// The schema of a command's fields.
pub fn command_schema(shape: &CommandShape) -> &'static Value {
    static NOTHING: Value = Value::Null;
    SCHEMAS.get(shape.name).unwrap_or(&NOTHING)
}

/// A body with every required field, each as small as its schema lets it be.
pub fn example_body(shape: &CommandShape) -> Map<String, Value> {
    match example(command_schema(shape), "") {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

fn example(schema: &Value, name: &str) -> Value {
    // Administrators are made by administrators only; the example is what more may do.
    if name == "role" {
        return json!("delegate");
    }
    if let Some(first) = ["oneOf", "anyOf"].iter().find_map(|word| schema[*word].as_array()?.first()) {
        return example(first, name);
    }
    if !schema["const"].is_null() {
        return schema["const"].clone();
    }
    match schema["type"].as_str().or_else(|| schema["type"][0].as_str()) {
        Some("object") => {
            if schema["additionalProperties"]["type"] == "string" {
                return json!({ "en": "x" });
            }
            let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let fields = required.map(|name| (name.to_owned(), example(&schema["properties"][name], name)));
            Value::Object(fields.collect())
        }
        Some("array") => json!([]),
        Some("boolean") => json!(true),
        Some("integer") => schema["minimum"].as_u64().map_or(json!(1), |least| json!(least.max(1))),
        _ => Value::String(text(schema, name).to_owned()),
    }
}

/// A text of the form the schema asks for.
fn text(schema: &Value, name: &str) -> &'static str {
    match (schema["format"].as_str(), schema["pattern"].as_str()) {
        (Some("uuid"), _) => "01970000-0000-7000-8000-000000000000",
        (Some("date"), _) => "2022-01-01",
        (Some("email"), _) => "name@cities.example",
        (Some("uri"), _) => "https://cities.example/",
        (_, Some("^[0-9]{4}-(0[1-9]|1[0-2])$")) => "2022-01",
        (_, Some("^([01][0-9]|2[0-3]):[0-5][0-9]$")) => "09:00",
        (_, Some("^[A-Z]{2}$")) => "PT",
        (_, Some("^[0-9a-f]{64}$")) => "0000000000000000000000000000000000000000000000000000000000000000",
        (_, Some(pattern)) if pattern.starts_with("^[a-z]+/") => "visit/01970000-0000-7000-8000-000000000000",
        (_, Some(pattern)) if pattern.starts_with("^-?[0-9]") => "1",
        (_, Some(pattern)) if pattern.starts_with("^[0-9]{4}-[0-9]{2}-[0-9]{2}T") => "2022-01-01T09:00",
        (_, Some(pattern)) if pattern.starts_with("^[1-9]") => "12.5",
        (_, Some(pattern)) if pattern.starts_with("^[0-9]") => "10000",
        (_, Some(_)) => "en",
        _ if name == "timezone" => "Europe/Brussels",
        _ if name == "media_type" => "text/plain",
        _ => "x",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::parse;

    #[test]
    fn every_command_has_an_example_that_fits_it() {
        for shape in command_shapes() {
            let body = Value::Object(example_body(shape));
            if let Err(findings) = parse(shape, &body) {
                let creates_only =
                    findings.iter().all(|finding| finding.pointer == format!("/{}", shape.subject_field));
                assert!(shape.creates && creates_only, "{}: {findings:?} in {body}", shape.name);
            }
        }
    }
}
