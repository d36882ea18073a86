//! What was typed into a form, and what a command makes of it: names and texts on one side, the command's JSON on the
//! other. What was left empty is left out; what does not fit is handed on as it was typed, so that the law can say so.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::field::{Field, Input, Line};

/// What was typed: each name with its values, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed(BTreeMap<String, Vec<String>>);

/// The most rows of one list that a form takes.
const MOST_ROWS: usize = 200;

impl Typed {
    /// What a browser sent.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut typed = Self::default();
        for (name, value) in pairs {
            typed.0.entry(name).or_default().push(value.replace("\r\n", "\n"));
        }
        typed
    }

    /// The value of a name; empty when there is none.
    pub fn one(&self, name: &str) -> &str {
        self.0.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// Every value of a name that is not empty.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.get(name).into_iter().flatten().map(String::as_str).filter(|value| !value.trim().is_empty())
    }

    /// Whether a value stands under a name.
    pub fn holds(&self, name: &str, value: &str) -> bool {
        self.0.get(name).is_some_and(|values| values.iter().any(|found| found == value))
    }

    /// Whether anything stands under a name or below it.
    pub fn any(&self, name: &str) -> bool {
        let below = format!("{name}.");
        self.0.iter().any(|(found, values)| {
            (found == name || found.starts_with(&below)) && values.iter().any(|v| !v.trim().is_empty())
        })
    }

    /// Puts a value under a name, unless one stands there.
    pub fn suggest(&mut self, name: &str, value: impl Into<String>) {
        if !self.any(name) {
            self.0.insert(name.to_owned(), vec![value.into()]);
        }
    }

    /// Adds a value under a name.
    pub fn put(&mut self, name: String, value: String) {
        self.0.entry(name).or_default().push(value);
    }

    /// Puts a value in the place of what stands under a name.
    pub fn replace(&mut self, name: &str, value: String) {
        self.0.insert(name.to_owned(), vec![value]);
    }

    /// The names directly below a name: `title.en` has `en` below `title`.
    fn below(&self, name: &str) -> Vec<String> {
        let prefix = format!("{name}.");
        let mut found: Vec<String> =
            self.0.keys().filter_map(|key| key.strip_prefix(&prefix)?.split('.').next().map(str::to_owned)).collect();
        found.dedup();
        found
    }

    /// How many rows of a list were sent, empty ones with them.
    pub fn rows(&self, name: &str) -> usize {
        let numbers = self.below(name).into_iter().filter_map(|part| part.parse::<usize>().ok());
        numbers.max().map_or(0, |last| last.saturating_add(1)).min(MOST_ROWS)
    }
}

/// The fields of one row of a list.
pub fn row_of(fields: &[Field], list: &str, index: usize) -> Vec<Field> {
    let moved = |field: &Field| Field { name: format!("{list}.{index}.{}", field.key), ..field.clone() };
    fields.iter().map(moved).collect()
}

/// The command's fields as JSON.
pub fn body_of(fields: &[Field], typed: &Typed) -> Map<String, Value> {
    fields.iter().filter_map(|field| Some((field.key.clone(), value_of(field, typed)?))).collect()
}

fn value_of(field: &Field, typed: &Typed) -> Option<Value> {
    let name = field.name.as_str();
    let text = typed.one(name).trim();
    match &field.input {
        Input::Tick => typed.any(name).then(|| json!(true)),
        Input::YesNo => (!text.is_empty()).then(|| json!(text == "yes")),
        Input::Line(Line::Whole) => filled(text).map(|text| whole(&text)),
        Input::Line(Line::Decimal) => filled(text).map(|text| json!(decimal(&text))),
        Input::Line(Line::Address) if !text.is_empty() && !text.contains("://") => {
            Some(json!(format!("https://{text}")))
        }
        Input::Many(_) | Input::Themes | Input::Languages => list(field, typed.all(name).map(|value| json!(value))),
        Input::List => {
            let items = text.split([',', '\n', ';']).map(str::trim).filter(|item| !item.is_empty());
            list(field, items.map(|item| json!(item)))
        }
        Input::InLanguages => in_languages(name, typed),
        Input::CountByCity | Input::CountByCountry => counts(name, typed),
        Input::Owner => filled(typed.one(&format!("{name}.body")).trim()).or_else(|| filled(text)).map(Value::String),
        Input::Scope => filled(text).map(|text| scope(&text)),
        Input::Group(fields) => {
            let group = body_of(fields, typed);
            (!group.is_empty()).then_some(Value::Object(group))
        }
        Input::Rows(fields) => list(field, rows(name, fields, typed).into_iter()),
        _ => filled(text).map(Value::String),
    }
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// An empty list is left out where the command can do without.
fn list(field: &Field, items: impl Iterator<Item = Value>) -> Option<Value> {
    let items: Vec<Value> = items.collect();
    (field.required || !items.is_empty()).then_some(Value::Array(items))
}

/// "1 200" and "1,200" are what people write for 1200.
fn whole(text: &str) -> Value {
    let digits: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    digits.parse::<u64>().map_or_else(|_| json!(text), |number| json!(number))
}

/// A decimal comma is a point.
fn decimal(text: &str) -> String {
    let digits: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    if digits.matches(',').count() == 1 && !digits.contains('.') { digits.replace(',', ".") } else { digits }
}

fn in_languages(name: &str, typed: &Typed) -> Option<Value> {
    let mut texts = Map::new();
    for part in typed.below(name) {
        let text = typed.one(&format!("{name}.{part}")).trim();
        let text = if text.is_empty() { typed.one(&format!("{name}.{part}.text")).trim() } else { text };
        let tag = match part.parse::<usize>() {
            Ok(_) => typed.one(&format!("{name}.{part}.language")).trim().to_owned(),
            Err(_) => part,
        };
        if !text.is_empty() {
            texts.insert(tag, json!(text));
        }
    }
    (!texts.is_empty()).then_some(Value::Object(texts))
}

fn counts(name: &str, typed: &Typed) -> Option<Value> {
    let mut counts = Map::new();
    for part in typed.below(name) {
        if let Some(text) = filled(typed.one(&format!("{name}.{part}")).trim()) {
            counts.insert(part, whole(&text));
        }
    }
    (!counts.is_empty()).then_some(Value::Object(counts))
}

/// `programme`, or `city:UUID` and its like.
fn scope(text: &str) -> Value {
    match text.split_once(':') {
        Some((kind, value)) => json!({ "kind": kind, kind: value }),
        None => json!({ "kind": text }),
    }
}

fn rows(name: &str, fields: &[Field], typed: &Typed) -> Vec<Value> {
    let mut rows = Vec::new();
    for index in 0..typed.rows(name) {
        let fields = row_of(fields, name, index);
        let mut row = body_of(&fields, typed);
        let is_empty =
            fields.iter().all(|field| matches!(field.input, Input::Made(_)) || !row.contains_key(&field.key));
        if is_empty {
            continue;
        }
        for field in &fields {
            if let Input::Made(letter) = field.input
                && !row.contains_key(&field.key)
            {
                row.insert(field.key.clone(), json!(format!("{letter}{}", rows.len() + 1)));
            }
        }
        rows.push(Value::Object(row));
    }
    rows
}

/// Fills a form with what a command's JSON holds: the way back of [`body_of`].
pub fn fill(fields: &[Field], body: &Map<String, Value>, typed: &mut Typed) {
    for field in fields {
        if let Some(value) = body.get(&field.key).filter(|value| !value.is_null()) {
            fill_one(field, value, typed);
        }
    }
}

fn fill_one(field: &Field, value: &Value, typed: &mut Typed) {
    let name = field.name.clone();
    match (&field.input, value) {
        (Input::Tick, value) => {
            if value == true {
                typed.put(name, "yes".to_owned());
            }
        }
        (Input::YesNo, value) => typed.put(name, if value == true { "yes" } else { "no" }.to_owned()),
        (Input::List, Value::Array(items)) => {
            let items: Vec<String> = items.iter().map(plain).collect();
            typed.put(name, items.join(", "));
        }
        (Input::Scope, Value::Object(scope)) => {
            let kind = scope.get("kind").map(plain).unwrap_or_default();
            let value = scope.get(&kind).map(|value| format!(":{}", plain(value))).unwrap_or_default();
            typed.put(name, format!("{kind}{value}"));
        }
        (Input::Owner, value) => {
            let text = plain(value);
            let name = if text.parse::<uuid::Uuid>().is_ok() { name } else { format!("{name}.body") };
            typed.put(name, text);
        }
        (Input::Rows(fields), Value::Array(items)) => {
            for (index, item) in items.iter().filter_map(Value::as_object).enumerate() {
                fill(&row_of(fields, &field.name, index), item, typed);
            }
        }
        (Input::Group(fields), Value::Object(group)) => fill(fields, group, typed),
        (_, Value::Array(items)) => items.iter().for_each(|item| typed.put(name.clone(), plain(item))),
        (_, Value::Object(parts)) => {
            parts.iter().for_each(|(part, value)| typed.put(format!("{name}.{part}"), plain(value)));
        }
        (_, value) => typed.put(name, plain(value)),
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::super::field::fields_of;
    use super::*;
    use crate::domain::{command_schema, command_shape, parse};

    fn fields(command: &str) -> Vec<Field> {
        fields_of(command, command_schema(command_shape(command).unwrap()))
    }

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        Typed::new(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    const ONE: &str = "01970000-0000-7000-8000-000000000001";
    const TWO: &str = "01970000-0000-7000-8000-000000000002";

    #[test]
    fn a_plan_is_read_row_by_row_and_empty_rows_are_none() {
        let typed = typed(&[
            ("pilot", ONE),
            ("start", "2026-09-01"),
            ("end", "2027-03-31"),
            ("owner", ""),
            ("owner.body", "Durban Solid Waste"),
            ("milestones.0.title", ""),
            ("milestones.0.due", ""),
            ("milestones.1.title", "Site chosen"),
            ("milestones.1.due", "2026-10-15"),
            ("indicators.0.name", "Ash reused"),
            ("indicators.0.unit", "t"),
            ("indicators.0.baseline", "0"),
            ("indicators.0.target", "1 200,5"),
            ("risks.0.text", " "),
        ]);
        let body = body_of(&fields("PlanPilot"), &typed);
        assert_eq!(
            Value::Object(body.clone()),
            json!({
                "pilot": ONE, "start": "2026-09-01", "end": "2027-03-31", "owner": "Durban Solid Waste",
                "milestones": [{ "id": "m1", "title": "Site chosen", "due": "2026-10-15" }],
                "indicators": [{ "code": "i1", "name": "Ash reused", "unit": "t", "baseline": "0", "target": "1200.5" }],
                "risks": [],
            })
        );
        assert!(parse(command_shape("PlanPilot").unwrap(), &Value::Object(body)).is_ok());
    }

    #[test]
    fn what_a_command_holds_fills_the_form_that_gives_it_again() {
        let bodies = [
            ("RecordAttendance", json!({ "visit": ONE, "present": [TWO], "others": { ONE: 4 }, "session": "s1" })),
            ("OpenReport", json!({ "programme": ONE, "period": 2, "scope": { "kind": "city", "city": TWO } })),
            ("AnswerAdvice", json!({ "partnership": ONE, "advice": "a1", "taken": false, "reason": "Too dear" })),
            (
                "ScheduleMeeting",
                json!({ "programme": ONE, "kind": "webinar", "title": "Waste", "start": "2022-06-01T10:00",
                "public": true, "follows": [format!("visit/{TWO}")] }),
            ),
            (
                "CreateProgramme",
                json!({ "code": "test-1", "title": { "en": "Test", "pt": "Teste" }, "funder": "EU",
                "on_behalf_of": "DG REGIO", "starts_on": "2026-01-01", "ends_on": "2027-01-01", "aliases": ["A", "B"] }),
            ),
        ];
        for (command, body) in bodies {
            let mut typed = Typed::default();
            fill(&fields(command), body.as_object().unwrap(), &mut typed);
            assert_eq!(Value::Object(body_of(&fields(command), &typed)), body, "{command}");
        }
    }

    #[test]
    fn what_does_not_fit_is_handed_on_as_typed() {
        let body = body_of(&fields("DefinePeriod"), &typed(&[("number", "two"), ("from", "2022-13-01")]));
        assert_eq!(Value::Object(body), json!({ "number": "two", "from": "2022-13-01" }));
    }

    #[test]
    fn a_title_takes_further_languages() {
        let typed = typed(&[("title.en", "Test"), ("title.0.language", "ko"), ("title.0.text", "시험")]);
        assert_eq!(body_of(&fields("CreateProgramme"), &typed)["title"], json!({ "en": "Test", "ko": "시험" }));
    }
}
