//! Columns, and what can be asked of a list: one meaning for filters, reach, search and order, whichever engine answers.

use std::cmp::Ordering;

use koinon_events::{CityId, Kind, PartnershipId, PersonId, ProgrammeId, VisitId};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use uuid::Uuid;

use crate::row::Row;

/// How a column is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Equal, or among several.
    Is,
    /// Not before; the parameter is a lower bound.
    AtLeast,
    /// Not after; the parameter is an upper bound.
    AtMost,
}

/// A real column of a read model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name in the database.
    pub name: &'static str,
    /// The query parameter that asks about it.
    pub parameter: &'static str,
    /// How it is asked.
    pub asked: Asked,
    /// Whether a row has several values in it.
    pub many: bool,
}

impl Column {
    /// A column of one text, asked by its own name.
    pub const fn text(name: &'static str) -> Self {
        Self { name, parameter: name, asked: Asked::Is, many: false }
    }

    /// A column of several texts, asked by the parameter.
    pub const fn many(name: &'static str, parameter: &'static str) -> Self {
        Self { name, parameter, asked: Asked::Is, many: true }
    }

    /// A column whose lower bound can be asked.
    pub const fn at_least(name: &'static str, parameter: &'static str) -> Self {
        Self { name, parameter, asked: Asked::AtLeast, many: false }
    }

    /// A column whose upper bound can be asked.
    pub const fn at_most(name: &'static str, parameter: &'static str) -> Self {
        Self { name, parameter, asked: Asked::AtMost, many: false }
    }

    /// What every read model has: what a row belongs to.
    pub const STANDARD: &'static [Self] = &[
        Self::text("programme"),
        Self::many("partnerships", "partnership"),
        Self::many("cities", "city"),
        Self::many("persons", "person"),
    ];
}

/// The value of a column in one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A text, a code, an id, a day.
    Text(String),
    /// Several.
    Many(Vec<String>),
}

impl<T: std::fmt::Display> From<&T> for Value {
    fn from(value: &T) -> Self {
        Self::Text(value.to_string())
    }
}

impl<T: std::fmt::Display> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, |value| Self::Text(value.to_string()))
    }
}

impl<T: std::fmt::Display> From<&[T]> for Value {
    fn from(values: &[T]) -> Self {
        Self::Many(values.iter().map(ToString::to_string).collect())
    }
}

/// The values of the standard columns, then of the row's own.
pub(crate) fn all_values(row: &impl Row) -> Vec<Value> {
    let mut values = vec![
        Value::from(row.programme()),
        Value::from(row.partnerships().as_slice()),
        Value::from(row.cities().as_slice()),
        Value::from(row.persons().as_slice()),
    ];
    values.extend(row.values());
    values
}

/// One condition on a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// The column's place among standard and own columns.
    pub column: usize,
    /// How it is asked.
    pub asked: Asked,
    /// The values asked for; one of them is enough.
    pub values: Vec<String>,
}

impl Filter {
    pub(crate) fn lets_through(&self, values: &[Value]) -> bool {
        match values.get(self.column) {
            Some(Value::Text(text)) => self.values.iter().any(|wanted| match self.asked {
                Asked::Is => text == wanted,
                Asked::AtLeast => text >= wanted,
                Asked::AtMost => text <= wanted,
            }),
            Some(Value::Many(texts)) => self.values.iter().any(|wanted| texts.contains(wanted)),
            Some(Value::Null) | None => false,
        }
    }
}

/// What a reader may see: rows of these programmes or partnerships, or that concern these cities or persons.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// All rows of these programmes.
    pub programmes: Vec<ProgrammeId>,
    /// All rows of these partnerships.
    pub partnerships: Vec<PartnershipId>,
    /// All rows that concern these cities.
    pub cities: Vec<CityId>,
    /// All rows that concern these persons.
    pub persons: Vec<PersonId>,
    /// The published rows of these programmes.
    pub published: Vec<ProgrammeId>,
    /// These visits, and the learnings that came from them.
    pub visits: Vec<VisitId>,
}

impl Reach {
    pub(crate) fn covers(&self, row: &impl Row) -> bool {
        row.programme().is_some_and(|id| self.programmes.contains(&id))
            || row.partnerships().iter().any(|id| self.partnerships.contains(id))
            || row.cities().iter().any(|id| self.cities.contains(id))
            || row.persons().iter().any(|id| self.persons.contains(id))
            || (row.is_published() && row.programme().is_some_and(|id| self.published.contains(&id)))
            || row.visit().is_some_and(|id| self.visits.contains(&id))
    }
}

/// How far a reader sees among subjects of each kind; among those of a kind that is not in it, everything.
pub type Sight = std::collections::HashMap<Kind, Reach>;

/// A place in a list's order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// What the row is sorted by.
    pub sort: String,
    /// The row.
    pub id: Uuid,
}

/// What is asked of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Every condition must hold.
    pub filters: Vec<Filter>,
    /// Only what the reader may see; everything when absent.
    pub reach: Option<Reach>,
    /// Every word must occur, as [`plain`] writes it.
    pub words: Vec<String>,
    /// Only what comes after.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: usize,
}

/// A page of a list: rows as they are answered, in order, each with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Each row's place and its JSON.
    pub items: Vec<(Cursor, Vec<u8>)>,
    /// Whether there are more.
    pub more: bool,
}

/// Answers a list from rows in memory.
pub(crate) fn list<'a, R: Row>(rows: impl Iterator<Item = (Uuid, &'a R)>, wanted: &Wanted) -> Listing {
    let mut found: Vec<(Cursor, &R)> = rows
        .filter(|(_, row)| wanted.reach.as_ref().is_none_or(|reach| reach.covers(*row)))
        .filter(|(_, row)| {
            let values = if wanted.filters.is_empty() { Vec::new() } else { all_values(*row) };
            wanted.filters.iter().all(|filter| filter.lets_through(&values))
        })
        .filter(|(_, row)| {
            wanted.words.is_empty() || {
                let words = plain(&row.words());
                wanted.words.iter().all(|word| words.contains(word.as_str()))
            }
        })
        .map(|(id, row)| (Cursor { sort: row.sort(), id }, row))
        .filter(|(cursor, _)| wanted.after.as_ref().is_none_or(|after| cursor.cmp(after) == Ordering::Greater))
        .collect();
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    let more = found.len() > wanted.limit;
    found.truncate(wanted.limit);
    let written = |row: &R| serde_json::to_vec(row).unwrap_or_default();
    let items = found.into_iter().map(|(cursor, row)| (cursor, written(row))).collect();
    Listing { items, more }
}

/// A text as searches and sorts see it: small letters without accents, compatibility forms resolved.
pub fn plain(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_without_their_accents_and_in_any_script() {
        assert_eq!(plain("Málaga"), "malaga");
        assert_eq!(plain("GWANGJU 광주"), "gwangju 광주");
        assert_eq!(plain("Αθήνα"), "αθηνα");
    }
}
