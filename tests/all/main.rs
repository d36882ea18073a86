//! The proof, from outside: one binary, so that everything shares one throw-away PostgreSQL cluster.

#[cfg(test)]
mod store;
#[cfg(test)]
mod support;
