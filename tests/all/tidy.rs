//! House rules that no compiler knows: names, sizes, directions of imports, what lies at the top.
//!
//! Each rule is one test, and each failure names the file and what the rule asks.

use std::fs;
use std::path::{Path, PathBuf};

/// What may lie at the top, beside dot-files.
const TOP: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "NOTICE",
    "README.md",
    "clippy.toml",
    "deny.toml",
    "docs",
    "events",
    "paper",
    "projections",
    "rustfmt.toml",
    "src",
    "tests",
];

/// Files longer than this are split.
const LONGEST_FILE: usize = 500;

/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 8] = ["util", "utils", "helper", "helpers", "manager", "common", "misc", "mod"];

struct Source {
    /// Its path from the top, such as `src/web/visits.rs`.
    path: String,
    text: String,
}

impl Source {
    /// Lines that are code, with their numbers: comments and what only tests see left out.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().take_while(|line| *line != "#[cfg(test)]");
        lines.enumerate().map(|(at, line)| (at + 1, line)).filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The lines that name one of the words, as `path:line`.
    fn naming(&self, words: &[&str]) -> Vec<String> {
        let named = self.code().filter(|(_, line)| words.iter().any(|word| line.contains(word)));
        named.map(|(at, line)| format!("{}:{at}: {}", self.path, line.trim())).collect()
    }

    /// Whether it is that module or lies in it: `src/domain` is `src/domain.rs` and all of `src/domain/`.
    fn is_in(&self, module: &str) -> bool {
        self.path.strip_prefix(module).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
    }
}

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        found.push(path.clone());
        if path.is_dir() {
            walk(&path, found);
        }
    }
}

/// Every file and folder of ours, from the top.
fn paths() -> Vec<String> {
    let mut found = Vec::new();
    for folder in ["src", "events", "paper", "projections", "tests"] {
        walk(&top().join(folder), &mut found);
    }
    found.iter().map(|path| path.strip_prefix(top()).unwrap().to_str().unwrap().to_owned()).collect()
}

fn sources() -> Vec<Source> {
    let rust = paths().into_iter().filter(|path| path.ends_with(".rs"));
    rust.map(|path| Source { text: fs::read_to_string(top().join(&path)).unwrap(), path }).collect()
}

#[track_caller]
fn none(rule: &str, offenders: Vec<String>) {
    assert!(offenders.is_empty(), "{rule}:\n  {}", offenders.join("\n  "));
}

#[test]
fn every_file_opens_with_what_it_is() {
    let silent = sources().into_iter().filter(|source| {
        let head = source.text.lines().next().unwrap_or_default().strip_prefix("//! ").unwrap_or_default();
        head.len() < 12
    });
    none("the first line is `//!` and says what the file is", silent.map(|source| source.path).collect());
}

#[test]
fn no_file_is_longer_than_five_hundred_lines() {
    let long = sources().into_iter().map(|source| (source.text.lines().count(), source.path));
    let long = long.filter(|(lines, _)| *lines > LONGEST_FILE);
    none("a file this long is two", long.map(|(lines, path)| format!("{path} has {lines} lines")).collect());
}

#[test]
fn no_name_says_nothing() {
    let named = paths().into_iter().filter(|path| {
        let stem = Path::new(path).file_stem().unwrap().to_str().unwrap();
        stem.split(['_', '-']).any(|word| EMPTY_NAMES.contains(&word))
    });
    none("name it after what it does (and `foo.rs` + `foo/`, never `mod.rs`)", named.collect());
}

#[test]
fn nothing_else_lies_at_the_top() {
    let entries = fs::read_dir(top()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let ignored = fs::read_to_string(top().join(".gitignore")).unwrap();
    let ignored: Vec<&str> = ignored.lines().map(|line| line.trim_matches('/').trim_start_matches('*')).collect();
    let strange = entries.filter(|name| {
        let is_ignored = ignored.iter().any(|end| !end.is_empty() && name.ends_with(end));
        !name.starts_with('.') && !TOP.contains(&name.as_str()) && !is_ignored
    });
    none("only what docs/ARCHITECTURE.md names lies at the top", strange.collect());
}

#[test]
fn the_law_knows_the_vocabulary_and_nothing_of_the_world() {
    let allowed = [
        "koinon_events",
        "std",
        "sha2",
        "serde_path_to_error",
        "serde",
        "serde_json",
        "schemars",
        "thiserror",
        "strum",
        "uuid",
        "chrono",
        "crate",
        "super",
        "self",
    ];
    let world = [
        "async ",
        ".await",
        "tokio::",
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "std::time",
        "SystemTime",
        "getrandom",
    ];
    let mut offenders = Vec::new();
    for source in sources().iter().filter(|source| source.is_in("src/domain")) {
        offenders.extend(source.naming(&world));
        for (at, line) in source.code() {
            let Some(import) = line.trim_start().trim_start_matches("pub ").strip_prefix("use ") else { continue };
            let root = import.split([':', ';', ' ', '{']).next().unwrap_or_default();
            let is_local = import.starts_with(char::is_uppercase) || is_module_beside(source, root);
            let is_foreign = root == "crate" && !import.starts_with("crate::domain");
            if is_foreign || !(allowed.contains(&root) || is_local) {
                offenders.push(format!("{}:{at}: {}", source.path, line.trim()));
            }
        }
    }
    none("src/domain imports koinon_events, std and plain data crates, and does nothing", offenders);
}

/// Whether the source has a module of that name: `pub use caller::Caller`.
fn is_module_beside(source: &Source, name: &str) -> bool {
    source.code().any(|(_, line)| line.trim_start().trim_start_matches("pub ") == format!("mod {name};"))
}

#[test]
fn the_vocabulary_does_not_know_who_reads_it() {
    let found = sources().into_iter().filter(|source| source.path.starts_with("events/"));
    let found = found.flat_map(|source| source.naming(&["projections", "projection::", "koinon::"]));
    none("events never mention what is read from them", found.collect());
}

#[test]
fn the_readings_are_pure() {
    let world =
        ["async ", ".await", "tokio::", "std::fs", "std::net", "std::env", "std::time", "Utc::now", "sqlx", "rusqlite"];
    let found = sources().into_iter().filter(|source| source.path.starts_with("projections/src/"));
    none("projections do no I/O and read no clock", found.flat_map(|source| source.naming(&world)).collect());
}

#[test]
fn the_log_does_not_know_what_events_mean() {
    let store = sources().into_iter().filter(|source| source.is_in("src/store"));
    let above = ["crate::domain", "crate::app", "crate::web", "crate::views", "crate::cli", "koinon_projections"];
    none("src/store knows envelopes only", store.flat_map(|source| source.naming(&above)).collect());
}

#[test]
fn pages_never_reach_past_the_service() {
    let web = sources().into_iter().filter(|source| source.is_in("src/web"));
    none(
        "src/web goes through src/app",
        web.flat_map(|source| source.naming(&["crate::store", "rusqlite", "sqlx"])).collect(),
    );
}

#[test]
fn only_the_commands_about_the_log_itself_open_the_store() {
    let allowed = ["verify", "rebuild", "export", "restore", "copy", "backup"].map(|verb| format!("src/cli/{verb}"));
    let cli = sources().into_iter().filter(|source| source.is_in("src/cli"));
    let cli = cli.filter(|source| !allowed.iter().any(|module| source.is_in(module)));
    none("the other commands go through src/app", cli.flat_map(|source| source.naming(&["crate::store"])).collect());
}

#[test]
fn what_is_left_to_do_is_an_issue_and_not_a_comment() {
    // Put together here, so that this file does not name itself.
    let marks = [("TO", "DO"), ("FIX", "ME")].map(|(begin, end)| format!("{begin}{end}"));
    let unfinished = ["todo", "unimplemented"].map(|name| format!("{name}!("));
    let mut offenders = Vec::new();
    for source in sources() {
        for (at, line) in source.text.lines().enumerate() {
            if marks.iter().chain(&unfinished).any(|mark| line.contains(mark.as_str())) {
                offenders.push(format!("{}:{}: {}", source.path, at + 1, line.trim()));
            }
        }
    }
    none("finish it or open an issue", offenders);
}

#[test]
fn every_script_and_page_is_text_that_ends_with_a_line_feed() {
    let kinds = [".rs", ".md", ".toml", ".sql", ".css", ".js", ".csv", ".ftl"];
    let texts = paths().into_iter().filter(|path| kinds.iter().any(|kind| path.ends_with(kind)));
    let torn = texts.filter(|path| {
        let text = fs::read_to_string(top().join(path)).unwrap_or_default();
        !text.ends_with('\n') || text.contains('\r')
    });
    none("a text is UTF-8, has no carriage returns and ends with a line feed", torn.collect());
}
