//! Who may see and do what, proved over HTTP: every address and every command for everybody, and that nothing of one
//! partnership reaches another on any way.

mod commands;
mod isolation;
pub mod routes;
mod scopes;
