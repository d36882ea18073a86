//! `koinon openapi`: the description of the API.

use std::process::ExitCode;

pub(super) fn run() -> anyhow::Result<ExitCode> {
    super::print(&crate::web::openapi())
}
