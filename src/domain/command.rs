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
            "a string" | "a borrowed string" => "text",
            "a sequence" => "a list",
            "a map" => "an object",
            "a boolean" => "true or false",
            other if other.starts_with('u') || other.starts_with('i') => "a whole number",
            other if other.starts_with("struct ") => "an object",
            other => other,
        };
        return format!("must be {expected}, not {found}");
    }
    if let Some((found, _)) = message.strip_prefix("invalid value: ").and_then(|rest| rest.split_once(", expected ")) {
        return format!("{found} is out of range");
    }
    if let Some(rest) = message.strip_prefix("unknown variant ") {
        let rest = rest.replace("expected one of", "it must be one of").replace("expected", "it must be");
        return format!("{rest} is not known here").replace(" is not known here", "");
    }
    message.to_owned()
}
