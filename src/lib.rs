//! Koinon: the shared, verifiable record of cities working together.

pub mod app;
pub mod clock;
pub mod domain;
pub mod store;
pub mod tree;
pub mod locale;
pub mod web;
