//! The vocabulary of Koinon: what can be known to have happened, and the exact bytes it is recorded in.
//!
//! No I/O, no clock, no async, no SQL. An [`Event`] is a fact in the past tense; a [`Record`] is that fact in its
//! CloudEvents envelope, with its place in the log. Once recorded, an event's name and meaning never change: a new
//! version is added beside it and old ones are [`upcast`] on read.

mod canonical;
mod envelope;
mod family;
mod id;
mod record;
mod role;
mod schema;
mod sealed;
pub mod upcast;
pub mod value;

pub mod action;
pub mod city;
pub mod discussion;
pub mod document;
pub mod following;
pub mod learning;
pub mod log;
pub mod meeting;
pub mod partnership;
pub mod person;
pub mod pilot;
pub mod programme;
pub mod project;
pub mod report;
pub mod token;
pub mod visit;
pub mod webhook;

pub use canonical::{canonical, is_canonical};
pub use envelope::Envelope;
pub use family::Event;
pub use id::*;
pub use record::{Actor, Draft, NotAnActor, Record, RecordError, Template};
pub use role::Role;
pub use schema::{EventType, SchemaError, TABLE, event_type, schemas, self_contained_schemas};
pub use sealed::{Commitment, Disclosure, NotADisclosure, Sealed, seal};
