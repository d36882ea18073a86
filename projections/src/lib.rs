//! The readings: pure folds from the record to what people look at. No I/O, no clock, no SQL.
//!
//! A [`Projection`] folds the events of the families it declares into rows, one row a subject; the JSON of a row is
//! exactly what `GET /api/{collection}/{id}` answers. A fold cannot fail and touches rows by their id alone, so that
//! which rows an event touches is known from the event: the same fold runs in memory ([`Memory`], used for the past,
//! for rebuilds and in tests) and over rows kept in a database, a page of events at a time.

mod column;
#[cfg(test)]
mod crosslinks;
mod entry;
mod latin;
mod links;
mod mark;
mod memory;
mod models;
mod row;
#[cfg(test)]
mod story;
mod table;

pub mod actions;
pub mod activities;
pub mod checklist;
pub mod cities;
pub mod dashboard;
pub mod discussions;
pub mod documents;
pub mod findings;
pub mod inbox;
pub mod learnings;
pub mod meetings;
pub mod partnerships;
pub mod people;
pub mod pilots;
pub mod programmes;
pub mod projects;
pub mod quality;
pub mod report;
pub mod reports;
pub mod sentence;
pub mod settings;
pub mod standing;
pub mod visits;

pub use column::{Asked, Column, Cursor, Filter, Listing, Reach, Sight, Value, Wanted, plain};
pub use entry::Entry;
pub use mark::Mark;
pub use memory::Memory;
pub use models::{ALL, Card, Model, Shape, Tables, shape, shape_of};
pub use row::{Projection, Row, Title};
pub use table::{Change, Table};
