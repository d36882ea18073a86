//! The proof, from outside: one binary, so that everything shares one throw-away PostgreSQL cluster.

mod store;
mod support;
mod tidy;
