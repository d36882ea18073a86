//! Commands: what can be asked, by name. The macro gives each noun's commands their names, targets and parsers; the
//! parser reports everything that does not fit at once, each with its JSON pointer.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use schemars::{Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::Value;

use super::rejection::Finding;
pub use super::state::Command;

/// One command as clients know it.
#[derive(Clone, Copy)]
pub struct CommandShape {
    /// `ScheduleVisit`.
    pub name: &'static str,
    /// The noun whose room decides it: `visit`.
    pub noun: &'static str,
    /// Whether it may bring its subject into being (then the id may be left out and is made).
    pub creates: bool,
    /// The field that names its subject: `id` or the noun.
    pub subject_field: &'static str,
    /// Describes its fields.
    pub schema: fn(&mut SchemaGenerator) -> Schema,
    /// Reads its fields.
    pub parse: fn(Value) -> Result<Command, serde_path_to_error::Error<serde_json::Error>>,
}

/// Defines the enum of one noun's commands: `new` commands may create their subject, `on` commands need it to exist.
/// In parentheses stands the field that names the subject.
macro_rules! commands {
    ($(#[$doc:meta])* $variant:ident: $family:ident { $($mode:ident $command:ident($field:ident)),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        #[allow(clippy::large_enum_variant)]
        pub enum $family {
            $(#[doc = concat!("See [`struct@", stringify!($command), "`].")] $command($command),)+
        }

        impl $family {
            /// Every command of the noun.
            pub const SHAPES: &'static [$crate::domain::CommandShape] = &[
                $($crate::domain::CommandShape {
                    name: stringify!($command),
                    noun: stringify!($variant),
                    creates: matches!(stringify!($mode).as_bytes(), b"new"),
                    subject_field: stringify!($field),
                    schema: |generator| generator.subschema_for::<$command>(),
                    parse: |body| serde_path_to_error::deserialize::<_, $command>(body)
                        .map(|command| $crate::domain::Command::$variant($family::$command(command))),
                },)+
            ];

            /// The command's name: `ScheduleVisit`.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$command(_) => stringify!($command),)+ }
            }

            /// The subject it is about.
            pub fn subject(&self) -> koinon_events::Subject {
                match self { $(Self::$command(command) => command.$field.subject(),)+ }
            }
        }

        $(impl From<$command> for $crate::domain::Command {
            fn from(command: $command) -> Self {
                $crate::domain::Command::$variant($family::$command(command))
            }
        })+
    };
}

static BY_NAME: LazyLock<HashMap<&'static str, (&'static CommandShape, BTreeSet<String>)>> = LazyLock::new(|| {
    let mut generator =
        SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true).into_generator();
    command_shapes()
        .map(|shape| {
            let schema = (shape.schema)(&mut generator).to_value();
            let required = schema["required"].as_array().into_iter().flatten();
            let required = required.filter_map(|name| name.as_str().map(str::to_owned)).collect();
            (shape.name, (shape, required))
        })
        .collect()
});

/// Every command of every noun.
pub fn command_shapes() -> impl Iterator<Item = &'static CommandShape> {
    Command::FAMILIES.iter().flat_map(|family| family.iter())
}

/// The command of that name.
pub fn command_shape(name: &str) -> Option<&'static CommandShape> {
    BY_NAME.get(name).map(|(shape, _)| *shape)
}

/// As many findings are told at once; each costs another reading of the body, which may hold many thousand fields.
const MOST_FINDINGS: usize = 50;

/// Reads a command's fields from a JSON object; an absent `id` of a creating command must have been filled in before.
///
/// # Errors
/// Every field that does not fit, each with its JSON pointer and what would be accepted.
pub fn parse(shape: &CommandShape, body: &Value) -> Result<Command, Vec<Finding>> {
    let Value::Object(fields) = body else {
        return Err(vec![Finding::new("", "must be a JSON object with the command's fields")]);
    };
    let mut findings: Vec<Finding> = BY_NAME
        .get(shape.name)
        .into_iter()
        .flat_map(|(_, required)| required)
        .filter(|name| !fields.contains_key(*name))
        .map(|name| Finding::new(format!("/{name}"), "is required"))
        .collect();
    let mut rest = fields.clone();
    loop {
        match (shape.parse)(Value::Object(rest.clone())) {
            Ok(command) if findings.is_empty() => return Ok(command),
            Ok(_) => break,
            Err(error) => {
                let (finding, field) = finding_of(&error);
                if field.is_none_or(|field| rest.remove(&field).is_none()) {
                    if findings.is_empty() {
                        findings.push(finding);
                    }
                    break;
                }
                findings.push(finding);
                if findings.len() >= MOST_FINDINGS {
                    break;
                }
            }
        }
    }
    findings.sort();
    findings.dedup();
    Err(findings)
}

/// What serde found, as a pointer and a sentence, and the top-level field it lies in.
fn finding_of(error: &serde_path_to_error::Error<serde_json::Error>) -> (Finding, Option<String>) {
    use serde_path_to_error::Segment;
    let mut segments: Vec<String> = error
        .path()
        .iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Map { key } => Some(key.clone()),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect();
    let message = error.inner().to_string();
    let named = message.split('`').nth(1).map(str::to_owned);
    let message = if message.starts_with("unknown field") || message.starts_with("missing field") {
        if let Some(name) = named.filter(|name| segments.last() != Some(name)) {
            segments.push(name);
        }
        if message.starts_with("unknown") {
            "is not a field of this command".to_owned()
        } else {
            "is required".to_owned()
        }
    } else {
        plain(&message)
    };
    let pointer: String =
        segments.iter().map(|segment| format!("/{}", segment.replace('~', "~0").replace('/', "~1"))).collect();
    (Finding::new(pointer, message), segments.first().cloned())
}

/// serde's own wording, in words for people.
fn plain(message: &str) -> String {
    if let Some((found, expected)) =
        message.strip_prefix("invalid type: ").and_then(|rest| rest.split_once(", expected "))
    {
        let expected = match expected {
            "a string" | "a borrowed string" | "string or map" | "a formatted UUID string" => "text",
            "a sequence" => "a list",
            "a map" | "an object" => "an object",
            "a boolean" => "true or false",
            "f32" | "f64" => "a number",
            other if other.starts_with(['u', 'i']) => "a whole number",
            other if other.starts_with("struct ") || other.starts_with("internally tagged enum ") => "an object",
            other => other,
        };
        return format!("must be {expected}, not {}", as_found(found));
    }
    if let Some((found, _)) = message.strip_prefix("invalid value: ").and_then(|rest| rest.split_once(", expected ")) {
        return format!("{} is out of range", as_found(found).trim_start_matches("the number "));
    }
    if let Some((found, known)) =
        message.strip_prefix("unknown variant ").and_then(|rest| rest.split_once(", expected "))
    {
        let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
        let found = found.trim_matches('`');
        return match known.as_slice() {
            [] => format!("{found} is not known here"),
            [only] => format!("must be {only}, not {found}"),
            [rest @ .., last] => format!("must be {} or {last}, not {found}", rest.join(", ")),
        };
    }
    message.to_owned()
}

/// What stands in the body, as people call it: "integer `3`" is the number 3.
fn as_found(found: &str) -> String {
    let value = found.split('`').nth(1);
    match (found.split([' ', '`']).next().unwrap_or_default(), value) {
        ("integer" | "floating", Some(number)) => format!("the number {number}"),
        ("boolean", Some(value)) => value.to_owned(),
        ("string", _) => "text".to_owned(),
        ("sequence", _) => "a list".to_owned(),
        ("map", _) => "an object".to_owned(),
        ("unit", _) => "null".to_owned(),
        _ => found.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refused(name: &str, body: &Value) -> Vec<(String, String)> {
        let findings = parse(command_shape(name).unwrap(), body).unwrap_err();
        findings.into_iter().map(|finding| (finding.pointer, finding.message)).collect()
    }

    #[test]
    fn every_field_that_does_not_fit_is_told_at_once_and_in_plain_words() {
        let body = json!({
            "id": 1, "programme": "01970000-0000-7000-8000-000000000001", "kind": "excursion", "format": 3,
            "host_city": null, "visiting_cities": "a", "from": "2026-02-30", "to": true, "themes": [1, []],
            "objectives": {"en": "x"},
        });
        let told = [
            ("/format", "must be text, not the number 3"),
            ("/from", "\"2026-02-30\" is not a date of the calendar such as 2022-06-13"),
            ("/host_city", "must be text, not null"),
            ("/id", "must be text, not the number 1"),
            ("/kind", "must be study-visit, expert-mission, return-visit or masterclass, not excursion"),
            ("/objectives", "must be text, not an object"),
            ("/themes/0", "must be text, not the number 1"),
            ("/to", "must be text, not true"),
            ("/visiting_cities", "must be a list, not text"),
        ];
        let told: Vec<(String, String)> = told.map(|(at, words)| (at.to_owned(), words.to_owned())).to_vec();
        assert_eq!(refused("ScheduleVisit", &body), told);
    }

    #[test]
    fn what_is_missing_and_what_is_too_much_is_named() {
        let body = json!({ "visit": "01970000-0000-7000-8000-000000000001", "because": "Floods" });
        assert_eq!(
            refused("CancelVisit", &body),
            [
                ("/because".to_owned(), "is not a field of this command".to_owned()),
                ("/reason".to_owned(), "is required".to_owned()),
            ]
        );
    }

    #[test]
    fn a_number_out_of_range_says_so() {
        let body = json!({ "programme": "01970000-0000-7000-8000-000000000001", "number": -1, "from": "2022-01-01",
            "to": "2022-06-30" });
        assert_eq!(refused("DefinePeriod", &body), [("/number".to_owned(), "-1 is out of range".to_owned())]);
    }
}
