//! The proof, from outside: one binary, so that everything shares one throw-away PostgreSQL cluster.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that meets the unexpected stops there")]

mod browser;
mod bundle;
mod concurrency;
mod coverage;
mod documents;
mod faults;
mod figures;
mod input;
mod journey;
mod log;
mod moments;
mod proofs;
mod reading_out;
mod report;
mod report_files;
mod schema;
mod set_up;
mod stop;
mod store;
mod support;
mod tidy;
mod views;
