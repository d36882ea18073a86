//! The proof, from outside: one binary, so that everything shares one throw-away PostgreSQL cluster.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that meets the unexpected stops there")]

mod access;
mod analyst;
mod browser;
mod bundle;
mod calendar;
mod calendar_addresses;
mod concurrency;
mod coverage;
mod deliveries;
mod documents;
mod erasure;
mod faults;
mod figures;
mod findings;
mod forms;
mod identity;
mod inbox;
mod independent;
mod input;
mod journey;
mod log;
mod moments;
mod open;
mod papers;
mod person_export;
mod proofs;
mod reading_out;
mod replay;
mod report;
mod report_files;
mod report_story;
mod schema;
mod search;
mod set_up;
mod stop;
mod store;
mod support;
mod tidy;
mod views;
mod webhooks;
