//! Whatever is refused, and whatever a form asks for, is told in every language: no sentence of the sources is left that
//! no file knows.

use std::collections::BTreeSet;
use std::path::Path;

use crate::domain::{command_schema, command_shapes};
use crate::locale::{languages, locale};

use super::{root, sources};

/// The sources of the law, without the stories that test it.
fn law(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with("scenario") || name == "example.rs" {
            continue;
        }
        if path.is_dir() { law(&path, found) } else { found.push(std::fs::read_to_string(&path).unwrap()) }
    }
}

/// The string literals of some Rust, as they are when it runs: what only tests see, attributes and comments left out.
fn literals(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let code: Vec<&str> = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//") && !line.trim_start().starts_with("#["))
        .collect();
    let code = code.join("\n");
    let mut found = Vec::new();
    let mut rest = code.as_str();
    while let Some(at) = rest.find(['"', '\'']) {
        let opened = rest[at..].chars().next().unwrap();
        // A letter in quotes may itself be a quote.
        if opened == '\'' {
            let letter: String = rest[at + 1..].chars().take(3).collect();
            let skipped = if letter.starts_with("\\") {
                4
            } else if letter.chars().nth(1) == Some('\'') {
                2 + letter.chars().next().unwrap().len_utf8()
            } else {
                1
            };
            rest = rest.get(at + skipped..).unwrap_or_default();
            continue;
        }
        let body = &rest[at + 1..];
        let mut end = 0;
        while let Some(next) = body[end..].find(['"', '\\']) {
            end += next;
            if body.as_bytes()[end] == b'"' {
                break;
            }
            end += 2;
        }
        found.push(body[..end].replace("\\\n", "").replace("\\\"", "\""));
        rest = body.get(end + 1..).unwrap_or_default();
    }
    found
}

/// A sentence as it comes out: something stands where values go.
fn filled(literal: &str) -> String {
    let mut text = String::new();
    let mut rest = literal;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        text.push_str("seven");
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    text + rest
}

/// What the sentences of the law begin with.
const BEGINNINGS: [&str; 25] = [
    "must ", "is ", "no ", "this ", "a ", "an ", "the ", "at ", "say ", "name ", "give ", "nothing ", "nobody ",
    "period ", "{} ", "{code} ", "The ", "This ", "There ", "Nobody ", "They ", "Only ", "A ", "Without ", "You ",
];

#[test]
fn every_sentence_of_the_law_is_told_in_every_language() {
    let mut texts = Vec::new();
    for folder in ["src/domain", "events/src/value"] {
        law(&root().join(folder), &mut texts);
    }
    texts.push(std::fs::read_to_string(root().join("src/domain.rs")).unwrap());
    let is_sentence = |text: &String| text.contains(' ') && BEGINNINGS.iter().any(|first| text.starts_with(first));
    // What serde says of a value of another kind is made from pieces, and told to programs alone.
    let pieces = ["a ", "A ", "an object", "the number ", "must be between -"];
    let is_whole =
        |text: &String| !pieces.iter().any(|piece| text.starts_with(piece)) || text.trim().split(' ').count() > 4;
    let said: BTreeSet<String> = texts
        .iter()
        .flat_map(|text| literals(text))
        .filter(is_sentence)
        .filter(is_whole)
        .map(|text| filled(&text))
        .collect();
    assert!(said.len() > 100, "{said:?}");
    for tag in languages() {
        let strange: Vec<&String> = said.iter().filter(|text| !locale(tag).retold(text).1).collect();
        assert!(strange.is_empty(), "not in src/locales/{tag}: {strange:#?}");
    }
}

#[test]
fn every_rule_is_told_in_every_language_under_its_type() {
    let mut texts = Vec::new();
    sources(&root().join("src/domain"), &mut texts);
    texts.push(std::fs::read_to_string(root().join("src/access.rs")).unwrap());
    let errors = texts.iter().flat_map(|text| text.match_indices("#[error(").map(|(at, _)| &text[at..]));
    let sentences: BTreeSet<String> = errors
        .filter_map(|rest| rest.split_once('"')?.1.split_once('"'))
        .map(|(sentence, _)| filled(sentence))
        .collect();
    assert!(sentences.len() > 200, "{}", sentences.len());
    for tag in languages().into_iter().filter(|tag| *tag != "en") {
        let strange: Vec<&String> = sentences.iter().filter(|text| !locale(tag).retold(text).1).collect();
        assert!(strange.is_empty(), "not in src/locales/{tag}: {strange:#?}");
        let told = locale(tag).rule("visit-already-cancelled");
        assert!(told.is_some_and(|told| told
            == locale(tag).retold("This visit was cancelled already, so nothing more can be planned for it.").0));
    }
}

#[test]
fn every_field_of_a_form_says_what_it_is_for_in_every_language() {
    for tag in languages() {
        let locale = locale(tag);
        let has = |keys: &[String]| keys.iter().any(|key| locale.has(key));
        let mut missing = BTreeSet::new();
        for shape in command_shapes() {
            let schema = command_schema(shape);
            if !has(&[format!("do-{}-lede", shape.name)]) {
                missing.insert(format!("do-{}-lede", shape.name));
            }
            let hidden = |key: &str| key == shape.subject_field && (shape.creates || shape.noun == "Following");
            let mut look = vec![schema];
            while let Some(schema) = look.pop() {
                for (key, field) in schema["properties"].as_object().into_iter().flatten() {
                    let (name, key) = (shape.name, key.replace('_', "-"));
                    let field = field["anyOf"]
                        .as_array()
                        .and_then(|any| any.iter().find(|each| each["type"] != "null"))
                        .unwrap_or(field);
                    look.extend([field, &field["items"]]);
                    for word in field["oneOf"]
                        .as_array()
                        .into_iter()
                        .flatten()
                        .filter_map(|each| each["const"].as_str().filter(|_| each["description"].is_string()))
                    {
                        let keys = [format!("form-{name}-{key}-{word}-hint"), format!("form-field-{key}-{word}-hint")];
                        if !has(&keys) {
                            missing.insert(keys[0].clone());
                        }
                    }
                    let hints = [format!("form-{name}-{key}-hint"), format!("form-field-{key}-hint")];
                    let labels = [format!("form-{name}-{key}"), format!("form-field-{key}"), format!("field-{key}")];
                    if !(hidden(&key) || has(&hints) || MADE.contains(&key.as_str())) {
                        missing.insert(hints[0].clone());
                    }
                    if !has(&labels) {
                        missing.insert(labels[0].clone());
                    }
                }
            }
        }
        assert!(missing.is_empty(), "missing in src/locales/{tag}: {missing:#?}");
    }
}

#[test]
fn every_kind_of_event_has_a_name_in_every_language() {
    for tag in languages() {
        let names = koinon_events::TABLE.iter().flat_map(|(_, types)| types.iter()).map(|each| each.name);
        let missing: Vec<&str> = names.filter(|name| !locale(tag).has(&format!("event-is-{name}"))).collect();
        assert!(missing.is_empty(), "missing in src/locales/{tag}/events.ftl: {missing:?}");
    }
}

/// Codes that a form makes by itself.
const MADE: [&str; 7] = ["advice", "session", "deliverable", "risk", "query", "grant", "id"];
