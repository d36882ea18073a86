//! Koinon: the shared, verifiable record of cities working together.

pub mod store;
pub mod tree;
