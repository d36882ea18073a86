//! Koinon: the shared, verifiable record of cities working together.

pub mod domain;
pub mod store;
pub mod tree;
pub mod views;
