//! People of the past as they are held today: a value that was put right is destroyed, so that the past is told with what
//! took its place; and who was erased since stays erased.

use std::collections::HashMap;

use koinon_events::{Kind, Subject};
use serde_json::Value;

use super::{View, collection_of, parsed};
use crate::app::Failure;
use crate::views::Moment;
use crate::web::failure::Refusal;

/// The fields of a person that are sealed.
const SEALED: [&str; 3] = ["name", "email", "phone"];

impl View {
    /// The rows of people as they are now, when another moment is looked at.
    pub(super) async fn held_now(&self, people: &[Subject]) -> Result<HashMap<Subject, Value>, Refusal> {
        let mut held = HashMap::new();
        for person in people.iter().filter(|_| !self.is_now()) {
            let views = self.site.koinon.views();
            let now = views.get(&collection_of(Kind::Person), person.id, Moment::Live).await.map_err(Failure::from)?;
            if let Some(now) = now {
                held.insert(*person, parsed(&now.value)?);
            }
        }
        Ok(held)
    }

    /// The commitments of names as they are now, when another moment is looked at.
    pub(super) async fn named_now(&self, sealed: &mut [(Subject, String)]) -> Result<(), Refusal> {
        if self.is_now() || sealed.is_empty() {
            return Ok(());
        }
        let people: Vec<Subject> = sealed.iter().map(|(person, _)| *person).collect();
        let titles = self.site.koinon.views().titles(&people, Moment::Live).await.map_err(Failure::from)?;
        for (person, commitment) in sealed {
            if let Some(name) = titles.get(person).and_then(|titled| titled.name.as_ref()) {
                commitment.clone_from(&name.sealed);
            }
        }
        Ok(())
    }
}

/// Puts the seals of now in the place of those of the past.
pub(super) fn put_right(row: &mut Value, now: &Value) {
    for field in SEALED {
        if row[field]["sealed"].is_string() && now[field]["sealed"].is_string() {
            row[field] = now[field].clone();
        }
    }
}
