//! `koinon schema`: the JSON Schemas of all commands and events.

use std::process::ExitCode;

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::print;
use crate::domain::{CommandShape, command_shapes};

pub(super) fn run() -> anyhow::Result<ExitCode> {
    print(&json!({ "commands": commands(), "events": koinon_events::self_contained_schemas() }))
}

/// The schema of every command, by name, self-contained; a creating command's id may be left out.
pub fn commands() -> Map<String, Value> {
    command_shapes().map(|shape| (shape.name.to_owned(), command(shape))).collect()
}

fn command(shape: &CommandShape) -> Value {
    let mut generator =
        SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true).into_generator();
    let mut schema = (shape.schema)(&mut generator).to_value();
    if shape.creates
        && let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut)
    {
        required.retain(|name| name != shape.subject_field);
    }
    schema
}
