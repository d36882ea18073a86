//! The description of the API (OpenAPI 3.1), made from the command shapes' own JSON Schemas and the table of reads.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::domain::{CommandShape, command_shapes};
use crate::web::query::EVENT_FILTERS;
use crate::web::routes::{FILTERS, READS, Read};

/// The description.
pub fn openapi() -> Value {
    let mut generator = SchemaSettings::draft2020_12()
        .with(|settings| settings.definitions_path = "/components/schemas".into())
        .into_generator();
    let mut paths = Map::new();
    for shape in command_shapes() {
        let mut schema = (shape.schema)(&mut generator).to_value();
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str).map(str::to_owned) {
            optional_id(&mut generator, &reference, shape);
        } else {
            without_id(&mut schema, shape);
        }
        paths.insert(format!("/api/commands/{}", shape.name), json!({ "post": command(shape, &schema) }));
    }
    for read in READS {
        paths.insert(read.path.to_owned(), json!({ "get": self::read(read) }));
    }
    for (path, description) in crate::web::api::webhooks::described() {
        paths.insert(path.to_owned(), description);
    }
    let mut schemas = generator.take_definitions(true);
    schemas.insert("Problem".to_owned(), problem());
    schemas.insert("Done".to_owned(), done());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Koinon",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "The shared, verifiable record of cities working together",
            "description": "Reads are GET, writes are commands. Every answer says in Koinon-Position which position of the log it stands on.",
            "license": { "name": "EUPL-1.2", "identifier": "EUPL-1.2" },
        },
        "servers": [{ "url": "/" }],
        "security": [{ "token": [] }],
        "tags": tags(),
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": schemas,
            "responses": { "Refused": {
                "description": "Refused; the type says why",
                "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
            } },
        },
    })
}

/// Serves the description; it needs no token.
pub async fn serve() -> Response {
    let mut response = openapi().to_string().into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// A new subject's id may be left out: it is made then.
fn without_id(schema: &mut Value, shape: &CommandShape) {
    if shape.creates
        && let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut)
    {
        required.retain(|name| name != shape.subject_field);
    }
}

fn optional_id(generator: &mut schemars::SchemaGenerator, reference: &str, shape: &CommandShape) {
    let name = reference.rsplit('/').next().unwrap_or_default();
    if let Some(schema) = generator.definitions_mut().get_mut(name) {
        without_id(schema, shape);
    }
}

fn tags() -> Vec<Value> {
    let mut nouns: Vec<String> = command_shapes().map(|shape| shape.noun.to_lowercase()).collect();
    nouns.dedup();
    let commands = nouns.into_iter().map(|noun| json!({ "name": noun, "description": "Commands" }));
    commands
        .chain([json!({ "name": "reads", "description": "What the log adds up to, now or at any moment" })])
        .collect()
}

fn header_parameter(name: &str, description: &str) -> Value {
    json!({ "name": name, "in": "header", "schema": { "type": "string" }, "description": description })
}

fn command(shape: &CommandShape, schema: &Value) -> Value {
    let refused = json!({ "$ref": "#/components/responses/Refused" });
    let mut responses: Map<String, Value> = ["400", "401", "403", "404", "409", "412", "413", "415", "422", "503"]
        .map(|status| (status.to_owned(), refused.clone()))
        .into_iter()
        .collect();
    let done = |description: &str| {
        json!({
            "description": description,
            "headers": {
                "ETag": { "schema": { "type": "string" }, "description": "The subject's version" },
                "Koinon-Position": { "schema": { "type": "integer" } },
                "Location": { "schema": { "type": "string" } },
            },
            "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Done" } } },
        })
    };
    responses.insert("200".to_owned(), done("Done, or done before: then without events"));
    if shape.creates {
        responses.insert("201".to_owned(), done("Done; the subject is new"));
    }
    json!({
        "operationId": shape.name,
        "tags": [shape.noun.to_lowercase()],
        "parameters": [
            header_parameter("Idempotency-Key", "The same key and body again give the first answer; nothing is appended"),
            header_parameter("If-Match", "The subject's version, such as \"7\""),
        ],
        "requestBody": { "required": true, "content": { "application/json": { "schema": schema } } },
        "responses": responses,
    })
}

fn read(read: &Read) -> Value {
    let in_path = read
        .path
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }));
    let names: Vec<&str> = match read.parameters {
        Parameters::None => Vec::new(),
        Parameters::Atom => [EVENT_FILTERS, &["limit"]].concat(),
        Parameters::Replay => [EVENT_FILTERS, &["from", "to", "speed"]].concat(),
        Parameters::Search => vec!["q", "kind", "programme", "limit"],
        Parameters::List => FILTERS.to_vec(),
        Parameters::Moment => vec!["as_of", "programme"],
        Parameters::AsOf => vec!["as_of"],
        Parameters::Calendar => vec!["programme", "partnership", "city", "theme", "as_of"],
        Parameters::Security => vec!["before", "limit"],
        Parameters::History => vec!["after", "limit", "as_of"],
        Parameters::Trail => [EVENT_FILTERS, &["after", "limit", "as_of"]].concat(),
        Parameters::Feed => [EVENT_FILTERS, &["after"]].concat(),
        Parameters::Events => [EVENT_FILTERS, &["after", "limit"]].concat(),
        Parameters::Inclusion => vec!["position", "size"],
        Parameters::Consistency => vec!["from"],
        Parameters::Period => vec!["as_of", "programme", "from", "to"],
    };
    let in_query = names.into_iter().map(|name| json!({ "name": name, "in": "query", "schema": { "type": "string" } }));
    json!({
        "operationId": read.name,
        "tags": ["reads"],
        "summary": read.summary,
        "parameters": in_path.chain(in_query).collect::<Vec<_>>(),
        "responses": {
            "200": { "description": read.summary, "content": { (read.media): {} } },
            "default": { "$ref": "#/components/responses/Refused" },
        },
    })
}

/// Which parameters a read takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parameters {
    /// None.
    None,
    /// Those of a list.
    List,
    /// Those of a calendar.
    Calendar,
    /// A moment.
    AsOf,
    /// A place in the security log.
    Security,
    /// A part of a subject's history.
    History,
    /// Those of the log, and a moment.
    Trail,
    /// Those of a stream of the log.
    Feed,
    /// A moment and a programme.
    Moment,
    /// Those of the log.
    Events,
    /// A moment, a programme and a period.
    Period,
    /// Those of the log, for a feed of the newest.
    Atom,
    /// Those of the log, with a beginning, an end and a speed.
    Replay,
    /// Words, a kind and a programme.
    Search,
    /// A record, and a size of the log.
    Inclusion,
    /// An earlier size of the log.
    Consistency,
}

fn problem() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": { "type": "string", "description": "Stable: /problems/CODE" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "errors": { "type": "array", "items": {
                "type": "object",
                "required": ["pointer", "message"],
                "properties": {
                    "pointer": { "type": "string", "description": "JSON pointer into the body" },
                    "message": { "type": "string" },
                },
            } },
        },
    })
}

fn done() -> Value {
    json!({
        "type": "object",
        "required": ["id", "subject", "version", "position", "events"],
        "properties": {
            "id": { "type": "string", "format": "uuid" },
            "subject": { "type": "string" },
            "version": { "type": "integer" },
            "position": { "type": "integer" },
            "events": { "type": "array", "items": { "type": "object" } },
            "secret": { "type": "string", "description": "A secret the command made, shown this once" },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_described_and_every_reference_leads_somewhere() {
        let description = openapi();
        for shape in command_shapes() {
            let path = format!("/api/commands/{}", shape.name);
            assert!(description["paths"][&path]["post"]["requestBody"].is_object(), "{path}");
        }
        let text = description.to_string();
        for (at, _) in text.match_indices("#/components/") {
            let reference = text[at + 1..].split('"').next().unwrap();
            assert!(description.pointer(reference).is_some(), "{reference}");
        }
    }

    #[test]
    fn a_creating_commands_id_may_be_left_out() {
        let description = openapi();
        let schema = &description["paths"]["/api/commands/ScheduleVisit"]["post"]["requestBody"]["content"]["application/json"]
            ["schema"];
        let schema = match schema["$ref"].as_str() {
            Some(reference) => description.pointer(&reference[1..]).unwrap(),
            None => schema,
        };
        let required = schema["required"].as_array().unwrap();
        assert!(
            required.iter().any(|name| name == "from") && !required.iter().any(|name| name == "id"),
            "{required:?}"
        );
    }
}
