//! Koinon: the shared, verifiable record of cities working together.

pub mod access;
pub mod app;
pub mod atlas;
pub mod cli;
pub mod clock;
pub mod config;
pub mod destination;
pub mod domain;
pub mod erasures;
pub mod keys;
pub mod locale;
pub mod note;
pub mod oidc;
pub mod proof;
pub mod reactors;
pub mod report;
pub mod sample;
pub mod shelf;
pub mod spreadsheet;
pub mod store;
pub mod telemetry;
pub mod tree;
pub mod vault;
pub mod verify;
pub mod views;
pub mod web;
