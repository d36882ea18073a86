//! What a form knows before anything is typed: what the link says, what the subject says now, what the subjects named
//! say, and who fills it in.

use koinon_events::{Actor, Kind, Subject};
use serde_json::{Map, Value};

use super::field::{Field, Input};
use super::typed::{Typed, fill};
use crate::domain::CommandShape;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;

/// Commands that say something anew: their fields begin with what holds now.
const ANEW: &[&str] =
    &["Update", "Revise", "Reschedule", "Change", "Move", "Edit", "Slip", "Plan", "Schedule", "Correct", "Replace"];

/// What a subject has for itself and hands on to none like it.
const OF_ITSELF: &[&str] = &[
    "id", "version", "position", "status", "from", "to", "start", "end", "window", "follows", "reason", "note",
    "summary",
];

/// What a form stands on.
pub struct Ground {
    /// The subject, when it is there already.
    pub subject: Option<Subject>,
    /// Its row.
    pub row: Option<Value>,
}

/// Finds the command's subject in what was typed, and its row.
///
/// # Errors
/// 404 when there is none such that the reader may see.
pub async fn ground(asked: &Asked, shape: &CommandShape, typed: &Typed) -> Result<Ground, Refusal> {
    let kind = shape.noun.to_lowercase().parse::<Kind>().map_err(|_| Refusal::absent())?;
    let text = typed.one(shape.subject_field).trim();
    // A discussion has no page of its own: what it says is known, but nothing leads to it.
    let is_of_page = kind == Kind::Discussion && !shape.creates;
    if text.is_empty() || !(crate::web::subjects::has_page(kind) || is_of_page) {
        return Ok(Ground { subject: None, row: None });
    }
    let id = text.parse().map_err(|_| Refusal::absent())?;
    if is_of_page {
        let (row, _) = asked.view.row(kind, id).await?.ok_or_else(Refusal::absent)?;
        return Ok(Ground { subject: None, row: Some(row) });
    }
    let found = asked.view.row(kind, id).await?;
    match found {
        Some((row, _)) => Ok(Ground { subject: Some(Subject { kind, id }), row: Some(row) }),
        None if shape.creates => Ok(Ground { subject: None, row: None }),
        None => Err(Refusal::absent()),
    }
}

/// Fills a form that nobody has typed into yet.
///
/// # Errors
/// When the read models cannot be read.
pub async fn prefill(
    asked: &Asked,
    shape: &CommandShape,
    fields: &[Field],
    ground: &Ground,
    typed: &mut Typed,
) -> Result<(), Refusal> {
    if let Some(row) = &ground.row
        && ANEW.iter().any(|verb| shape.name.starts_with(verb))
    {
        let now = as_it_is(fields, row, typed);
        let untouched: Vec<Field> = fields.iter().filter(|field| !typed.any(&field.name)).cloned().collect();
        fill(&untouched, &now, typed);
    }
    if let Some(like) = like(asked, shape).await? {
        let untouched: Vec<Field> = fields.iter().filter(|field| !typed.any(&field.name)).cloned().collect();
        fill(&untouched, &like, typed);
    }
    for related in related(fields, typed) {
        if let Some((row, _)) = asked.view.row(related.kind, related.id).await? {
            suggest(shape, fields, related, &row, typed);
        }
    }
    if let Some(row) = &ground.row {
        from_subject(asked, fields, row, typed);
    }
    if shape.name == "EditSection"
        && let Some(said) = ground.row.as_ref().and_then(|row| section_in(row, typed))
    {
        for field in ["text", "language"] {
            if let Some(text) = said[field].as_str() {
                typed.suggest(field, text);
            }
        }
    }
    defaults(asked, shape, fields, typed);
    Ok(())
}

/// What a report says now in the section, and for the city, that are named.
pub(super) fn section_in<'a>(row: &'a Value, typed: &Typed) -> Option<&'a Value> {
    let (section, city) = (typed.one("section"), typed.one("city"));
    let same = |text: &&Value| text["section"] == section && text["city"].as_str().unwrap_or_default() == city;
    row["sections"].as_array()?.iter().find(same)
}

/// What another subject of the same kind says, for one that shall be like it: everything but itself and its days.
async fn like(asked: &Asked, shape: &CommandShape) -> Result<Option<Map<String, Value>>, Refusal> {
    let kind = shape.noun.to_lowercase().parse::<Kind>().map_err(|_| Refusal::absent())?;
    let Some(id) = asked.query.text("like").filter(|_| shape.creates) else { return Ok(None) };
    let id = id.parse().map_err(|_| Refusal::absent())?;
    let (row, _) = asked.view.row(kind, id).await?.ok_or_else(Refusal::absent)?;
    let mut row = row.as_object().cloned().unwrap_or_default();
    row.retain(|field, _| !OF_ITSELF.contains(&field.as_str()));
    Ok(Some(row))
}

/// What the subject, or the part of it that is named, says now under the names of the fields.
fn as_it_is(fields: &[Field], row: &Value, typed: &Typed) -> Map<String, Value> {
    let part = fields.iter().find_map(|field| match field.input {
        Input::Part(part) if typed.any(&field.name) => Some((part, typed.one(&field.name))),
        _ => None,
    });
    let now = match part {
        Some((part, code)) => {
            row[part.list].as_array().into_iter().flatten().find(|item| item[part.code] == code).unwrap_or(&Value::Null)
        }
        None if fields.iter().any(|field| matches!(field.input, Input::Part(_)) && field.required) => &Value::Null,
        None => row,
    };
    let mut now = now.as_object().cloned().unwrap_or_default();
    ["reason", "note", "id", "version", "position", "status"].iter().for_each(|field| {
        now.remove(*field);
    });
    now
}

/// The subjects that fields name already.
fn related(fields: &[Field], typed: &Typed) -> Vec<Subject> {
    fields
        .iter()
        .filter_map(|field| match &field.input {
            Input::One(target) | Input::Many(target) if target.by_address => typed.one(&field.name).parse().ok(),
            Input::One(target) | Input::Many(target) => {
                Some(Subject { kind: *target.kinds.first()?, id: typed.one(&field.name).parse().ok()? })
            }
            _ => None,
        })
        .filter(|subject| !matches!(subject.kind, Kind::Programme | Kind::Person | Kind::Document))
        .collect()
}

/// What a named subject suggests for the other fields.
fn suggest(shape: &CommandShape, fields: &[Field], related: Subject, row: &Value, typed: &mut Typed) {
    let mut known = Map::new();
    let mut know = |field: &str, value: &Value| {
        if !value.is_null() {
            known.insert(field.to_owned(), value.clone());
        }
    };
    know("programme", &row["programme"]);
    know("themes", &row["themes"]);
    match related.kind {
        Kind::Partnership => {
            know("cities", &row["cities"]);
            if shape.name == "ProposeVisit" || shape.name == "ScheduleVisit" {
                let cities: Vec<&Value> = row["cities"].as_array().into_iter().flatten().collect();
                if let [host, visitors @ ..] = cities.as_slice() {
                    know("host_city", host);
                    know("visiting_cities", &visitors.iter().map(|city| (*city).clone()).collect());
                }
            }
            if shape.name == "ScheduleMeeting" {
                know("organisers", &row["cities"]);
            }
        }
        Kind::Visit => {
            know("partnership", &row["partnership"]);
            know("origin_city", &row["host_city"]);
            know("learned_by", &row["visiting_cities"]);
        }
        Kind::Meeting => know("learned_by", &row["cities"]),
        Kind::Project | Kind::Pilot => know("partnership", &row["partnership"]),
        Kind::Learning => {
            know("partnership", &row["partnership"]);
            know("cities", &row["learned_by"]);
        }
        _ => {}
    }
    let untouched: Vec<Field> = fields.iter().filter(|field| !typed.any(&field.name)).cloned().collect();
    fill(&untouched, &known, typed);
}

/// What the subject itself suggests: one of its cities for who acts for that city, its only part, its experts.
fn from_subject(asked: &Asked, fields: &[Field], row: &Value, typed: &mut Typed) {
    let has = |name: &str| fields.iter().any(|field| field.name == name);
    if has("city") {
        let own = asked.reader.caller.grants.iter().filter_map(|grant| grant.scope);
        let own: Vec<String> = own.filter(|scope| scope.kind == Kind::City).map(|scope| scope.id.to_string()).collect();
        if let Some(city) = own.first() {
            typed.suggest("city", city.clone());
        }
    }
    for field in fields {
        if let Input::Part(part) = field.input
            && let Some([only]) = row[part.list].as_array().map(Vec::as_slice)
            && field.required
        {
            typed.suggest(&field.name, only[part.code].as_str().unwrap_or_default());
        }
    }
    if has("expert")
        && let Some([only]) = row["experts"].as_array().map(Vec::as_slice)
    {
        typed.suggest("expert", only.as_str().unwrap_or_default());
    }
}

/// What goes without saying.
fn defaults(asked: &Asked, shape: &CommandShape, fields: &[Field], typed: &mut Typed) {
    let today = asked.view.today.to_string();
    for field in fields {
        match (field.key.as_str(), &field.input) {
            ("programme", Input::One(_)) if field.name != shape.subject_field => {
                let id = asked.programme().and_then(|row| row["id"].as_str()).map(str::to_owned);
                if let Some(id) = id {
                    typed.suggest(&field.name, id);
                }
            }
            ("language", _) if field.required => typed.suggest(&field.name, asked.locale.tag.clone()),
            ("date", _) if field.required => typed.suggest(&field.name, today.clone()),
            _ => {}
        }
    }
    if shape.noun == "Following"
        && let Actor::Person(person) = &asked.reader.caller.actor
    {
        typed.suggest("following", person.0.to_string());
    }
}
