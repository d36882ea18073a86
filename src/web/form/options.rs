//! What can be chosen in a form: the subjects the reader may see, by their names; the programme's themes; what is listed
//! within the subject.

use std::collections::HashMap;

use koinon_events::{Kind, Subject};
use serde_json::Value;

use super::field::{Field, Input, Part};
use crate::locale::Said;
use crate::web::asked::{Asked, in_language};
use crate::web::failure::Refusal;
use crate::web::reads::subject_in;
use crate::web::subjects::{collection_of, has_page};

/// Statuses whose subjects nothing new is begun with.
const OVER: &[&str] =
    &["rejected", "withdrawn", "erased", "inactive", "dissolved", "retracted", "superseded", "dropped", "revoked"];

/// One thing that can be chosen: its value, and what people call it.
pub type Choice = (String, String);

/// Everything that can be chosen in one form.
#[derive(Default)]
pub struct Options {
    subjects: HashMap<Kind, Vec<Choice>>,
    /// The countries of the cities, by code.
    pub countries: Vec<String>,
    /// The programme's themes.
    pub themes: Vec<Choice>,
    /// The programme's strands.
    pub strands: Vec<String>,
    /// The subject's row, when there is one.
    pub row: Option<Value>,
}

impl Options {
    /// Gathers what the fields can choose from.
    ///
    /// # Errors
    /// When the read models cannot be read.
    pub async fn gather(
        asked: &Asked,
        fields: &[Field],
        programme: Option<&str>,
        row: Option<Value>,
    ) -> Result<Self, Refusal> {
        let mut kinds = Vec::new();
        wanted(fields, &mut kinds);
        kinds.sort_unstable();
        kinds.dedup();
        let mut options = Self { row, ..Self::default() };
        for kind in kinds.into_iter().filter(|kind| has_page(*kind)) {
            options.read(asked, kind, programme).await?;
        }
        let programmes = asked.programmes.iter();
        for row in programmes.filter(|row| programme.is_none_or(|programme| row["id"] == programme)) {
            for theme in row["themes"].as_array().into_iter().flatten() {
                let code = theme["code"].as_str().unwrap_or_default().to_owned();
                options.themes.push((code, in_language(&theme["label"], &asked.locale.tag)));
            }
        }
        options.themes.sort_by(|one, other| one.1.cmp(&other.1));
        options.themes.dedup();
        Ok(options)
    }

    async fn read(&mut self, asked: &Asked, kind: Kind, programme: Option<&str>) -> Result<(), Refusal> {
        let filters: Vec<(&str, &str)> = match kind {
            Kind::Programme | Kind::Person => Vec::new(),
            _ => programme.map(|programme| ("programme", programme)).into_iter().collect(),
        };
        let rows = asked.view.all(&collection_of(kind), &filters).await?;
        let rows: Vec<&Value> =
            rows.iter().filter(|row| !OVER.contains(&row["status"].as_str().unwrap_or_default())).collect();
        let subjects: Vec<Subject> = rows.iter().filter_map(|row| subject_in(kind, &row["id"])).collect();
        let names = asked.view.names(subjects.iter().copied()).await?;
        let mut choices: Vec<Choice> =
            subjects.iter().map(|subject| (subject.id.to_string(), names.of(*subject))).collect();
        if kind == Kind::City {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            self.countries = rows.iter().map(|row| text(&row["country"])).collect();
            self.countries.sort();
            self.countries.dedup();
            self.strands = rows.iter().map(|row| text(&row["strand"])).collect();
            self.strands.sort();
            self.strands.dedup();
        }
        if kind == Kind::Report {
            let titles = rows.iter().zip(&mut choices);
            for (row, choice) in titles {
                choice.1 = asked.locale.say("report-number", &[("number", Said::Text(&row["period"].to_string()))]);
            }
        }
        choices.sort_by_key(|choice| choice.1.to_lowercase());
        self.subjects.insert(kind, choices);
        Ok(())
    }

    /// The subjects of a kind.
    pub fn subjects(&self, kind: Kind) -> &[Choice] {
        self.subjects.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// What is listed within the subject's row.
    pub fn parts(&self, asked: &Asked, part: Part) -> Vec<Choice> {
        let items = self.row.as_ref().map(|row| &row[part.list]);
        let items = items.and_then(Value::as_array).into_iter().flatten();
        items
            .filter_map(|item| {
                let code = item[part.code].as_str()?;
                let title = item[part.title].as_str().unwrap_or(code);
                let title = if part.title == "role" { asked.locale.word(title) } else { title.to_owned() };
                let day = item["day"].as_str().or(item["due"].as_str()).and_then(|day| day.parse().ok());
                let day = day.map(|day| format!(" ({})", crate::locale::day(asked.locale, day))).unwrap_or_default();
                let short: String = title.chars().take(90).collect();
                let dots = if short.len() < title.len() { "…" } else { "" };
                Some((code.to_owned(), format!("{short}{dots}{day}")))
            })
            .collect()
    }
}

/// The kinds of subject that the fields choose from.
fn wanted(fields: &[Field], kinds: &mut Vec<Kind>) {
    for field in fields {
        match &field.input {
            Input::One(target) | Input::Many(target) => kinds.extend(&target.kinds),
            Input::Owner => kinds.push(Kind::Person),
            Input::CountByCity | Input::CountByCountry => kinds.push(Kind::City),
            Input::Scope => kinds.extend([Kind::City, Kind::Partnership]),
            Input::Group(fields) | Input::Rows(fields) => wanted(fields, kinds),
            _ => {}
        }
    }
}
