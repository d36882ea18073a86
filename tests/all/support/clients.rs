//! Programs of others that read what ours says: fetched by `tests/run` from their registries into `target/clients`, and
//! kept nowhere else. One that is missing is a failure that says how to get it.

use std::path::PathBuf;
use std::process::Command;

fn fetched(path: &str) -> PathBuf {
    let found = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/clients").join(path);
    assert!(found.exists(), "{} is missing: run tests/run --fetch", found.display());
    found
}

/// The script of axe-core, which looks for barriers in a page.
pub fn axe() -> String {
    std::fs::read_to_string(fetched("node/node_modules/axe-core/axe.min.js")).unwrap()
}

/// A Python that has feedparser, icalendar, standardwebhooks, cloudevents, lxml and pyIATI, about to run a script of
/// `tests/clients`.
pub fn python(script: &str) -> Command {
    let mut command = Command::new(fetched("python/bin/python"));
    command.arg(script_of_ours(script));
    command
}

/// A Node that has eventsource, about to run a script of `tests/clients`.
pub fn node(script: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(script_of_ours(script)).env("CLIENTS", fetched("node/node_modules"));
    command
}

/// The folder that holds oidc-provider, a certified identity provider.
pub fn node_packages() -> PathBuf {
    fetched("node")
}

fn script_of_ours(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/clients").join(name)
}
