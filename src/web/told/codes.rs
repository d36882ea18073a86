//! Codes in sentences as people call what they stand for: a session by its title, a theme by its label. The events carry
//! codes; the titles stand in the rows of their subjects, as of the moment that is looked at.

use std::collections::{BTreeSet, HashMap};

use koinon_events::Subject;
use koinon_projections::sentence::{Sentence, Term};
use serde_json::Value;

use crate::locale::{Locale, Said};
use crate::web::asked::in_language;
use crate::web::failure::Refusal;
use crate::web::form::field::part_named;
use crate::web::reads::View;

/// The most subjects whose rows are read for one page; what lies beyond is told by its code.
const MOST: usize = 200;

/// Terms that hold codes of themes.
const THEMES: &[&str] = &["theme", "themes", "was_themes", "parent"];

/// What codes stand for.
#[derive(Default)]
pub(super) struct Codes {
    themes: HashMap<String, String>,
    rows: HashMap<Subject, Value>,
}

impl Codes {
    /// Reads what the codes in those sentences, each of a subject, stand for.
    ///
    /// # Errors
    /// When the read models cannot be read.
    pub(super) async fn read<'a>(
        words: &Locale,
        view: &View,
        told: impl Iterator<Item = (Subject, &'a Sentence)>,
    ) -> Result<Self, Refusal> {
        let (mut codes, mut subjects, mut has_themes) = (Self::default(), BTreeSet::new(), false);
        for (subject, sentence) in told {
            for (name, term) in &sentence.terms {
                has_themes |= THEMES.contains(name);
                if part_named(name).is_some() && matches!(term, Term::Text(_)) {
                    subjects.insert(subject);
                }
            }
        }
        if has_themes {
            for programme in view.all("programmes", &[]).await? {
                for theme in programme["themes"].as_array().into_iter().flatten() {
                    let label = in_language(&theme["label"], &words.tag);
                    codes.themes.insert(theme["code"].as_str().unwrap_or_default().to_owned(), label);
                }
            }
        }
        for subject in subjects.into_iter().take(MOST) {
            if let Some((row, _)) = view.row(subject.kind, subject.id).await? {
                codes.rows.insert(subject, row);
            }
        }
        Ok(codes)
    }

    /// Puts titles in the place of the codes of a sentence.
    pub(super) fn put_in(&self, words: &Locale, subject: Subject, sentence: &mut Sentence) {
        for (name, term) in &mut sentence.terms {
            if THEMES.contains(name) {
                self.label(term);
            } else if let Term::Text(code) = term
                && let Some(title) = self.title(subject, name, code)
            {
                *code = words.say("quoted-title", &[("title", Said::Text(&title))]);
            }
        }
    }

    fn label(&self, term: &mut Term) {
        match term {
            Term::Text(code) => *code = self.themes.get(code).cloned().unwrap_or_else(|| code.replace('-', " ")),
            Term::List(terms) => terms.iter_mut().for_each(|term| self.label(term)),
            _ => {}
        }
    }

    fn title(&self, subject: Subject, name: &str, code: &str) -> Option<String> {
        let part = part_named(name)?;
        let items = self.rows.get(&subject)?[part.list].as_array()?;
        let item = items.iter().find(|item| item[part.code] == code)?;
        item[part.title].as_str().filter(|title| !title.is_empty()).map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::locale::locale;

    #[test]
    fn a_code_becomes_what_people_call_it_and_stays_where_nobody_does() {
        let pilot: Subject = "pilot/01970000-0000-7000-8000-000000000009".parse().unwrap();
        let row = json!({ "milestones": [{ "id": "m1", "title": "Site chosen" }] });
        let codes = Codes {
            themes: HashMap::from([("ash".to_owned(), "Ash and slag".to_owned())]),
            rows: HashMap::from([(pilot, row)]),
        };
        let told = |name: &'static str, term: Term| {
            let mut sentence = Sentence { key: "milestone-reached", terms: vec![(name, term)] };
            codes.put_in(locale("en"), pilot, &mut sentence);
            sentence.terms.remove(0).1
        };
        let text = |text: &str| Term::Text(text.to_owned());
        assert_eq!(told("milestone", text("m1")), text("“Site chosen”"));
        assert_eq!(told("milestone", text("m2")), text("m2"));
        assert_eq!(told("note", text("m1")), text("m1"));
        let themes = Term::List(vec![text("ash"), text("air-quality")]);
        assert_eq!(told("themes", themes), Term::List(vec![text("Ash and slag"), text("air quality")]));
    }
}
