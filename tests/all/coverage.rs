//! Coverage of the law: no command without a scenario, no rule that no scenario has seen refuse, no sentence without
//! its English.

use std::fs;
use std::path::{Path, PathBuf};

use koinon::domain::command_shapes;

/// Every file below a folder with that ending.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found
}

fn text_of(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

fn domain() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/domain")
}

/// Everything the scenarios say.
fn scenarios() -> String {
    let files: Vec<PathBuf> =
        files(&domain(), ".rs").into_iter().filter(|path| path.to_string_lossy().contains("scenario")).collect();
    text_of(&files)
}

#[test]
fn every_command_has_a_scenario() {
    let told = scenarios();
    let missing: Vec<&str> =
        command_shapes().map(|shape| shape.name).filter(|name| !told.contains(&format!("\"{name}\""))).collect();
    assert!(missing.is_empty(), "no scenario for: {missing:?}");
}

/// `VisitAlreadyHeld` → `visit-already-held`
fn kebab(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

/// The rules of one file: the names that stand after an `#[error(…)]` attribute.
fn rules(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = text.lines().map(str::trim);
    while let Some(line) = lines.next() {
        if !line.starts_with("#[error(") {
            continue;
        }
        let mut last = line.to_owned();
        while !last.ends_with(")]") {
            last = lines.next().unwrap_or(")]").to_owned();
        }
        if let Some(name) = lines.next() {
            found.push(name.chars().take_while(|letter| letter.is_alphanumeric()).collect());
        }
    }
    found
}

#[test]
fn every_rule_was_seen_to_refuse() {
    let told = scenarios();
    let missing: Vec<String> = files(&domain(), ".rs")
        .iter()
        .flat_map(|path| rules(&fs::read_to_string(path).unwrap()))
        .map(|name| kebab(&name))
        .filter(|code| !told.contains(&format!("\"{code}\"")))
        .collect();
    assert!(missing.is_empty(), "no scenario refuses with: {missing:?}");
}

#[test]
fn every_sentence_has_its_english() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sentences = text_of(&files(&root.join("projections/src/sentence"), ".rs"));
    let english = text_of(&files(&root.join("src/locales/en"), ".ftl"));
    let missing: Vec<&str> = sentences
        .split("Sentence::new(")
        .skip(1)
        .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
        .filter(|key| !english.lines().any(|line| line.starts_with(&format!("{key} ="))))
        .collect();
    assert!(missing.is_empty(), "no English for: {missing:?}");
}
