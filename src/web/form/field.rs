//! The fields of a command as a form asks for them, made from the command's schema: what is typed, chosen or ticked, and
//! what never has to be typed at all.

use koinon_events::Kind;
use serde_json::Value;

use crate::web::fields::kind_in;

/// One field of a form.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name in the form: `from`, `milestones.0.due`.
    pub name: String,
    /// Its name in the command, for its label: `due`.
    pub key: String,
    /// Whether the command needs it.
    pub required: bool,
    /// What it means, in a sentence.
    pub help: String,
    /// How it is filled in.
    pub input: Input,
}

/// How a field is filled in.
#[derive(Debug, Clone)]
pub enum Input {
    /// One line.
    Line(Line),
    /// Several lines.
    Prose,
    /// A box to tick.
    Tick,
    /// Yes or no, chosen on purpose.
    YesNo,
    /// One of a few words; each with what it means.
    Choice(Vec<(String, String)>),
    /// One subject of these kinds.
    One(Target),
    /// Several subjects of these kinds.
    Many(Target),
    /// One of the programme's themes.
    Theme,
    /// Several of them.
    Themes,
    /// Something listed within the subject, such as a session.
    Part(Part),
    /// A language.
    Language,
    /// Several languages.
    Languages,
    /// A country.
    Country,
    /// A time zone.
    Zone,
    /// A list of short texts, separated by commas.
    List,
    /// The same text in several languages.
    InLanguages,
    /// A number for each city.
    CountByCity,
    /// A number for each country.
    CountByCountry,
    /// A person, or a body by its name.
    Owner,
    /// The part of a programme a report is about.
    Scope,
    /// Fields that belong together.
    Group(Vec<Field>),
    /// Any number of rows of fields.
    Rows(Vec<Field>),
    /// A code that the form makes by itself, from this letter.
    Made(char),
}

/// What one line takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Words.
    Text,
    /// A short code without spaces.
    Code,
    /// An e-mail address.
    Email,
    /// A web address.
    Address,
    /// A telephone number.
    Phone,
    /// A day.
    Day,
    /// A month.
    Month,
    /// A time of day.
    Time,
    /// A day and a time.
    Moment,
    /// A whole number.
    Whole,
    /// A number that may have decimals.
    Decimal,
}

/// Which subjects may be chosen, and how the command names them.
#[derive(Debug, Clone)]
pub struct Target {
    /// The kinds.
    pub kinds: Vec<Kind>,
    /// Whether by `kind/uuid`, not by the bare id.
    pub by_address: bool,
}

/// A list within a subject's row, of which one item is named by its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The list's field in the row.
    pub list: &'static str,
    /// The code's field in an item.
    pub code: &'static str,
    /// The field that tells people which it is.
    pub title: &'static str,
}

/// Fields that name something listed within the subject: field, list, code, what people call it.
const PARTS: &[(&str, Part)] = &[
    ("session", Part { list: "sessions", code: "session", title: "title" }),
    ("milestone", Part { list: "milestones", code: "id", title: "title" }),
    ("indicator", Part { list: "indicators", code: "code", title: "name" }),
    ("risk", Part { list: "risks", code: "id", title: "text" }),
    ("deliverable", Part { list: "deliverables", code: "deliverable", title: "title" }),
    ("query", Part { list: "queries", code: "query", title: "text" }),
    ("advice", Part { list: "advice", code: "advice", title: "subject" }),
    ("grant", Part { list: "grants", code: "grant", title: "role" }),
    ("comment", Part { list: "comments", code: "comment", title: "text" }),
];

/// The list that a field of that name picks from.
pub fn part_named(field: &str) -> Option<Part> {
    PARTS.iter().find(|(name, _)| *name == field).map(|(_, part)| *part)
}

/// Commands that add the thing which the code names: its code is made, not chosen.
const ADDING: &[&str] = &["AddSession", "AddDeliverable", "RaiseRisk", "RaiseQuery", "RecordAdvice", "GrantRole"];

/// The fields of a command, in the order people fill them in.
pub fn fields_of(command: &str, schema: &Value) -> Vec<Field> {
    let mut fields = fields_in(command, schema, "");
    fields.sort_by_key(|field| place(&field.key));
    fields
}

/// The order of fields within a form; what is not named stands between the first and the last of these.
fn place(key: &str) -> usize {
    const FIRST: &[&str] = &[
        "programme",
        "partnership",
        "kind",
        "code",
        "title",
        "name",
        "native_name",
        "label",
        "format",
        "city",
        "host_city",
        "visiting_cities",
        "cities",
        "session",
        "milestone",
        "indicator",
        "deliverable",
        "query",
        "person",
        "expert",
        "from",
        "to",
        "start",
        "end",
        "start_date",
        "starts_on",
        "ends_on",
        "origin",
        "origin_city",
        "learned_by",
        "what",
        "why_it_works",
        "conditions",
        "cost_order",
        "maturity",
        "themes",
        "from_learnings",
        "problem",
        "solution",
        "beneficiaries",
        "value",
        "period",
    ];
    const LAST: &[&str] = &["sdg_targets", "language", "languages", "description", "note", "reason", "reasons"];
    let last = LAST.iter().position(|each| *each == key).map(|at| FIRST.len() + 1 + at);
    FIRST.iter().position(|each| *each == key).or(last).unwrap_or(FIRST.len())
}

fn fields_in(command: &str, schema: &Value, within: &str) -> Vec<Field> {
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    schema["properties"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, schema)| {
            let name = if within.is_empty() { key.clone() } else { format!("{within}.{key}") };
            let input = input(command, key, schema, &name);
            let help = schema["description"].as_str().unwrap_or_default().to_owned();
            Field { name, key: key.clone(), required: required.contains(&key.as_str()), help, input }
        })
        .collect()
}

/// The schema without the "or null" that optional fields carry.
fn without_null(schema: &Value) -> &Value {
    let branches = schema["anyOf"].as_array();
    let others = |branches: &'_ Vec<Value>| branches.iter().filter(|branch| branch["type"] != "null").count();
    match branches {
        Some(branches) if others(branches) == 1 => {
            branches.iter().find(|branch| branch["type"] != "null").unwrap_or(schema)
        }
        _ => schema,
    }
}

fn input(command: &str, key: &str, schema: &Value, name: &str) -> Input {
    let schema = without_null(schema);
    if let Some(branches) = schema["oneOf"].as_array() {
        return match branches.first() {
            Some(first) if first["const"].is_string() => Input::Choice(choices(branches)),
            _ => Input::Scope,
        };
    }
    if schema["anyOf"].is_array() {
        return Input::Owner;
    }
    match schema["type"].as_str().or_else(|| schema["type"][0].as_str()) {
        Some("boolean") if schema["default"].is_null() => Input::YesNo,
        Some("boolean") => Input::Tick,
        Some("integer") => Input::Line(Line::Whole),
        Some("array") => list(command, key, &schema["items"], name),
        Some("object") => object(command, key, schema, name),
        _ => text(command, key, schema),
    }
}

fn choices(branches: &[Value]) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    branches.iter().map(|branch| (text(&branch["const"]), text(&branch["description"]))).collect()
}

fn list(command: &str, key: &str, items: &Value, name: &str) -> Input {
    if items["type"] == "object" {
        return Input::Rows(fields_in(command, items, name));
    }
    if items["format"] == "uuid" {
        return Input::Many(Target { kinds: kinds_of(key, items), by_address: false });
    }
    match key {
        "themes" => Input::Themes,
        "languages" | "captions" => Input::Languages,
        "follows" => Input::Many(Target { kinds: vec![Kind::Meeting, Kind::Visit], by_address: true }),
        _ => Input::List,
    }
}

/// The kind of subject that a field's ids stand for.
fn kinds_of(key: &str, items: &Value) -> Vec<Kind> {
    let told = items["description"].as_str().and_then(|text| text.strip_prefix("The id of a "));
    let told = told.and_then(|word| word.trim_start_matches("n ").to_lowercase().parse().ok());
    told.or_else(|| kind_of(key)).into_iter().collect()
}

/// The kind of subject that a field's id stands for.
pub fn kind_of(key: &str) -> Option<Kind> {
    match key {
        "owner" | "responsible" | "speaker" | "persons" | "mentions" => Some(Kind::Person),
        "into" | "learning" => Some(Kind::Learning),
        other => other.parse().ok().or_else(|| kind_in(other)),
    }
}

fn object(command: &str, key: &str, schema: &Value, name: &str) -> Input {
    if schema["properties"].is_object() {
        return Input::Group(fields_in(command, schema, name));
    }
    match key {
        "countries" => Input::CountByCountry,
        "others" | "cities" => Input::CountByCity,
        _ => Input::InLanguages,
    }
}

fn text(command: &str, key: &str, schema: &Value) -> Input {
    let pattern = schema["pattern"].as_str().unwrap_or_default();
    match (schema["format"].as_str(), key) {
        (Some("uuid"), _) => return Input::One(Target { kinds: person_or(command, key), by_address: false }),
        (Some("date"), _) => return Input::Line(Line::Day),
        (Some("email"), _) => return Input::Line(Line::Email),
        (Some("uri"), _) => return Input::Line(Line::Address),
        (_, "timezone") => return Input::Zone,
        (_, "language") => return Input::Language,
        (_, "country") => return Input::Country,
        (_, "theme" | "parent") => return Input::Theme,
        _ => {}
    }
    if pattern.starts_with("^[a-z]+/") {
        return Input::One(Target { kinds: addressed(key), by_address: true });
    }
    if pattern.starts_with("^[A-Za-z0-9][A-Za-z0-9._-]") {
        return code(command, key);
    }
    match pattern {
        "^[0-9]{4}-(0[1-9]|1[0-2])$" => Input::Line(Line::Month),
        "^([01][0-9]|2[0-3]):[0-5][0-9]$" => Input::Line(Line::Time),
        "^[0-9 +()-]{1,40}$" => Input::Line(Line::Phone),
        other if other.starts_with("^[0-9]{4}-[0-9]{2}-[0-9]{2}T") => Input::Line(Line::Moment),
        other if other.starts_with("^-?[0-9]") => Input::Line(Line::Decimal),
        _ if schema["maxLength"].as_u64().is_some_and(|most| most > 2_000) => Input::Prose,
        _ => Input::Line(Line::Text),
    }
}

/// `from` and `to` of a replacement are persons.
fn person_or(command: &str, key: &str) -> Vec<Kind> {
    if command.starts_with("Replace") && matches!(key, "from" | "to") {
        return vec![Kind::Person];
    }
    kind_of(key).into_iter().collect()
}

/// The kinds that a field names by their address.
fn addressed(key: &str) -> Vec<Kind> {
    match key {
        "origin" => vec![Kind::Visit, Kind::Meeting],
        "from" => vec![Kind::Visit, Kind::Meeting, Kind::Pilot],
        "scope" => vec![Kind::Programme, Kind::Partnership, Kind::City],
        _ => vec![
            Kind::Partnership,
            Kind::Visit,
            Kind::Meeting,
            Kind::Learning,
            Kind::Project,
            Kind::Pilot,
            Kind::Action,
        ],
    }
}

fn code(command: &str, key: &str) -> Input {
    match part_named(key) {
        Some(_) if ADDING.contains(&command) => Input::Made(key.chars().next().unwrap_or('x')),
        Some(part) => Input::Part(part),
        None if command == "PlanPilot" && key == "id" => Input::Made('m'),
        None if command == "PlanPilot" && key == "code" => Input::Made('i'),
        None => Input::Line(Line::Code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{command_schema, command_shape, command_shapes};

    fn input_of(command: &str, key: &str) -> Input {
        let fields = fields_of(command, command_schema(command_shape(command).unwrap()));
        fields.into_iter().find(|field| field.key == key).unwrap().input
    }

    #[test]
    fn nobody_types_an_id() {
        fn look(command: &str, fields: &[Field]) {
            for field in fields {
                match &field.input {
                    Input::One(target) | Input::Many(target) => {
                        let own = matches!(field.key.as_str(), "id" | "following");
                        assert!(own || !target.kinds.is_empty(), "{command}.{} has nothing to choose from", field.name);
                    }
                    Input::Group(fields) | Input::Rows(fields) => look(command, fields),
                    _ => {}
                }
            }
        }
        for shape in command_shapes() {
            look(shape.name, &fields_of(shape.name, command_schema(shape)));
        }
    }

    #[test]
    fn fields_are_filled_in_the_way_people_know() {
        assert!(matches!(input_of("ScheduleVisit", "from"), Input::Line(Line::Day)));
        assert!(matches!(input_of("ScheduleVisit", "kind"), Input::Choice(words) if words.len() == 4));
        assert!(matches!(input_of("ScheduleVisit", "visiting_cities"), Input::Many(_)));
        assert!(matches!(input_of("RecordAttendance", "session"), Input::Part(_)));
        assert!(matches!(input_of("AddSession", "session"), Input::Made('s')));
        assert!(matches!(input_of("RecordAttendance", "others"), Input::CountByCity));
        assert!(matches!(input_of("PlanPilot", "milestones"), Input::Rows(_)));
        assert!(matches!(input_of("PlanPilot", "owner"), Input::Owner));
        assert!(matches!(input_of("OpenReport", "scope"), Input::Scope));
        assert!(matches!(input_of("CreateProgramme", "title"), Input::InLanguages));
        assert!(matches!(input_of("ReviseLearning", "cost_order"), Input::Choice(words) if words.len() == 4));
        assert!(matches!(input_of("AnswerAdvice", "taken"), Input::YesNo));
        assert!(matches!(input_of("ReplaceExpert", "to"), Input::One(target) if target.kinds == [Kind::Person]));
    }
}
