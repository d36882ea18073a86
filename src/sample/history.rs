//! The two tables the story is built from: the cities and the dated happenings.

use koinon_events::value::Timestamp;
use serde::Deserialize;

/// Rows of the history that become no command, each with the cause.
pub const LEFT_OUT: &[(u32, &str)] = &[
    (
        22,
        "A news item about the call: it lies outside the programme's record, which keeps documents, not announcements.",
    ),
    (23, "The deadline is the last day of the phase that row 21 defines; its passing is no act of anybody."),
    (210, "The phase of the study visits was defined with its last day when it began; a phase ends by its date."),
];

/// One dated happening.
#[derive(Debug, Clone, Deserialize)]
pub struct Row {
    /// Its number.
    #[serde(rename = "n")]
    pub number: u32,
    /// When.
    pub utc: Timestamp,
    /// The local date.
    pub date: String,
    /// The local time.
    pub local_time: String,
    /// What happened, in the history's own words.
    pub event: String,
    /// To what.
    pub subject: String,
}

impl Default for Row {
    fn default() -> Self {
        Self {
            number: 0,
            utc: Timestamp::from_micros(0),
            date: String::new(),
            local_time: String::new(),
            event: String::new(),
            subject: String::new(),
        }
    }
}

/// One city, as the table says.
#[derive(Debug, Clone, Deserialize)]
pub struct Place {
    /// Its name in Latin letters.
    pub name: String,
    /// Its name in its own script.
    pub native_name: String,
    /// Its country.
    pub country_iso2: String,
    /// Where in the world, which is its strand.
    pub region: String,
    /// Degrees north.
    pub latitude: String,
    /// Degrees east.
    pub longitude: String,
    /// How many people live in it.
    pub population: u32,
    /// Its time zone.
    pub timezone: String,
    /// Its languages, divided by semicolons.
    pub languages: String,
}

/// Every row of the history.
pub fn rows() -> Vec<Row> {
    read(include_str!("history.csv"))
}

/// Every city of the table.
pub fn places() -> Vec<Place> {
    read(include_str!("cities.csv"))
}

/// The tables are part of the program and read whole; the tests count them.
fn read<T: serde::de::DeserializeOwned>(table: &str) -> Vec<T> {
    csv::Reader::from_reader(table.as_bytes()).into_deserialize().filter_map(Result::ok).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_tables_are_read_whole() {
        assert_eq!(rows().len(), 239);
        assert_eq!(places().len(), 67);
    }
}
