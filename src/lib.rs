//! Koinon: the shared, verifiable record of cities working together.

pub mod note;
pub mod proof;
pub mod tree;
