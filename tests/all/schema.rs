//! The published descriptions say what the program does: the JSON Schemas take what it takes, and the OpenAPI document
//! names every address, each of which asks for a token unless it is public.

use std::collections::BTreeSet;

use jsonschema::Validator;
use koinon::domain::command_shapes;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::Place;
use crate::support::bodies;
use crate::support::server::Reply;

/// Fields of the journey that may be left out: any new subject's id, and what is there only where there is one.
const WHERE_THERE_IS_ONE: [(&str, &str); 10] = [
    ("CreateProgramme", "id"),
    ("RegisterCity", "id"),
    ("ProposePartnership", "id"),
    ("InvitePerson", "id"),
    ("InvitePerson", "programme"),
    ("InvitePerson", "city"),
    ("ScheduleVisit", "id"),
    ("ScheduleVisit", "partnership"),
    ("RecordLearning", "id"),
    ("ProposePilot", "id"),
];

fn printed(place: &Place, verb: &str) -> Value {
    let output = place.run(&[verb]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn validator(schema: &Value) -> Validator {
    jsonschema::meta::validate(schema).unwrap_or_else(|error| panic!("{error}: {schema}"));
    jsonschema::validator_for(schema).unwrap()
}

#[test]
fn the_schemas_take_the_journey_and_nothing_strange() {
    let place = Place::sqlite();
    let schemas = printed(&place, "schema");
    let commands = schemas["commands"].as_object().unwrap();
    let named: BTreeSet<&str> = commands.keys().map(String::as_str).collect();
    let known: BTreeSet<&str> = command_shapes().map(|shape| shape.name).collect();
    assert_eq!(named, known);
    let mut optional = Vec::new();
    for (name, body) in bodies::beginning().into_iter().chain(bodies::middle()) {
        let schema = validator(&commands[name]);
        assert!(
            schema.is_valid(&body),
            "{name}: {:?}",
            schema.iter_errors(&body).map(|error| error.to_string()).collect::<Vec<_>>()
        );
        let mut strange = body.clone();
        strange["colour"] = json!("red");
        assert!(!schema.is_valid(&strange), "{name} takes a field that it does not know");
        let mut without = body.clone();
        if without.as_object_mut().unwrap().remove("id").is_some() {
            assert!(schema.is_valid(&without), "{name}: the id may be left out");
        }
        let needed = body.as_object().unwrap().keys().filter(|field| !WHERE_THERE_IS_ONE.contains(&(name, field)));
        for field in needed {
            let mut without = body.clone();
            without.as_object_mut().unwrap().remove(field);
            if schema.is_valid(&without) {
                optional.push(format!("{name} {field}"));
            }
        }
    }
    assert!(optional.is_empty(), "fields of the journey are required: {optional:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_schemas_take_every_record_of_the_journey() {
    let place = Place::sqlite();
    let schemas = printed(&place, "schema");
    let token = place.token("coordinator");
    let server = place.serve();
    bodies::send(&server, &token, bodies::beginning()).await;
    bodies::send(&server, &token, bodies::middle()).await;
    for line in place.export().lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let name = record["type"].as_str().unwrap();
        let schema = &schemas["events"][name];
        assert!(schema.is_object(), "no schema for {name}");
        let schema = validator(schema);
        let data = &record["data"];
        assert!(
            schema.is_valid(data),
            "{name}: {:?} in {data}",
            schema.iter_errors(data).map(|error| error.to_string()).collect::<Vec<_>>()
        );
    }
}

/// The addresses that answer without a token.
const PUBLIC: [&str; 5] =
    ["/api/openapi.json", "/api/docs", "/log/checkpoint", "/log/key", "/log/tile/{level}/{index}"];

/// What is read, as the contract names it; the description must have each of them.
const READS: [&str; 16] = [
    "/api/status",
    "/api/inbox",
    "/api/documents/{id}/content",
    "/api/search",
    "/api/replay",
    "/api/feed.atom",
    "/api/proofs/inclusion",
    "/api/proofs/consistency",
    "/api/events",
    "/api/events/{position}",
    "/api/feed",
    "/api/audit",
    "/api/history/{kind}/{id}",
    "/api/dashboard",
    "/api/indicators",
    "/api/openapi.json",
];

const COLLECTIONS: [&str; 12] = [
    "programmes",
    "cities",
    "partnerships",
    "people",
    "visits",
    "meetings",
    "learnings",
    "projects",
    "pilots",
    "actions",
    "documents",
    "reports",
];

/// Whether a concrete address has a place in the description.
fn describes(paths: &serde_json::Map<String, Value>, wanted: &str) -> bool {
    let collection = wanted.strip_prefix("/api/").and_then(|rest| rest.split(['/', '.']).next()).unwrap_or_default();
    let general = wanted.replacen(collection, "{collection}", 1);
    paths.contains_key(wanted) || paths.contains_key(&general)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_address_is_described_and_asks_for_a_token_unless_it_is_public() {
    let place = Place::sqlite();
    let described = printed(&place, "openapi");
    assert_eq!(described["openapi"], "3.1.0");
    let paths = described["paths"].as_object().unwrap();
    for shape in command_shapes() {
        let path = format!("/api/commands/{}", shape.name);
        assert!(paths[&path]["post"]["requestBody"].is_object(), "{path}");
    }
    for path in READS {
        assert!(paths.contains_key(path), "{path} is not described");
    }
    for collection in COLLECTIONS {
        for form in ["", "/{id}", ".csv", ".xlsx"] {
            let path = format!("/api/{collection}{form}");
            assert!(describes(paths, &path), "{path} is not described");
        }
    }
    let token = place.token("auditor");
    let server = place.serve();
    let served = server.get("/api/openapi.json", "").await.expect(200).json();
    assert_eq!(served, described, "printed and served are one description");
    server.get("/api/docs", "").await.expect(200);
    for (path, methods) in paths {
        for method in methods.as_object().unwrap().keys().filter(|key| *key != "parameters") {
            let concrete = concrete(path);
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let request =
                || server.request(method.clone(), &concrete, "").header("content-type", "text/plain").body("x");
            if PUBLIC.contains(&path.as_str()) || ["/healthz", "/readyz"].contains(&path.as_str()) {
                Reply::to(request()).await.expect(200);
                continue;
            }
            let reply = Reply::to(request()).await;
            assert_eq!(reply.status, 401, "{method} {path} without a token");
            assert!(reply.header("www-authenticate").starts_with("Bearer"), "{path}");
            if method == Method::GET && !concrete.contains("/feed") {
                let parameters = methods["get"]["parameters"].as_array().unwrap();
                let names = parameters.iter().filter(|one| one["in"] == "query").filter_map(|one| one["name"].as_str());
                let query: String = names.map(|name| format!("{name}={}&", unless_empty(path, name))).collect();
                let read = server.get(&format!("{concrete}?{query}"), &token).await;
                assert!([200, 404].contains(&read.status.as_u16()), "{path}: {}", read.text());
                if read.status == 404 {
                    assert_eq!(read.json()["type"], "/problems/not-found", "{path} is served");
                }
            }
        }
    }
    server.get("/metrics", "").await.refuses(401, "not-signed-in");
    server.get("/api/nowhere/at/all", "").await.refuses(401, "not-signed-in");
    server.get("/healthz", "").await.expect(200);
    server.get("/readyz", "").await.expect(200);
    server.get("/metrics", &token).await.expect(200);
}

/// What a parameter holds: a proof must be told of what, a search its words.
fn unless_empty(path: &str, name: &str) -> &'static str {
    match (path, name) {
        ("/api/search", "q") => "words",
        (path, _) if path.starts_with("/api/proofs/") => "1",
        _ => "",
    }
}

/// An address of that form.
fn concrete(path: &str) -> String {
    path.replace("{collection}", "visits")
        .replace("{kind}", "visit")
        .replace("{position}", "1")
        .replace("{command}", "CancelVisit")
        .replace("{level}/{index}", "0/000.p/1")
        .replace("{index}", "000.p/1")
        .replace("{id}", bodies::V)
}
