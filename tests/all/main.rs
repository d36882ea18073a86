//! The proof, from outside: one binary, so that everything shares one throw-away PostgreSQL cluster.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that meets the unexpected stops there")]

mod access;
mod accessibility;
mod analyst;
mod attacks;
mod browser;
mod bundle;
mod by_mail;
mod calendar;
mod calendar_addresses;
mod clients;
mod concurrency;
mod coverage;
mod deliveries;
mod described;
mod documents;
mod erasure;
mod faults;
mod feed;
mod figures;
mod findings;
mod forms;
#[path = "../fuzz/properties.rs"]
mod fuzzed;
mod identity;
mod inbox;
mod input;
mod journey;
mod log;
mod mail;
mod moments;
mod open;
mod paper;
mod papers;
mod person_export;
mod proofs;
mod properties;
mod reading_out;
mod replay;
mod report;
mod report_files;
mod rights;
mod schema;
mod search;
mod set_up;
mod standing;
mod stop;
mod store;
mod support;
mod tidy;
mod views;
mod webhooks;
