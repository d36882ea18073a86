//! The manifest beside a report's files: the log they were computed from, the rules and parameters, and each file's
//! SHA-256. Whoever holds the same records can compute the same files and compare.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::json;
use sha2::{Digest, Sha256};

use super::{Composed, ReportError};

/// Writes the manifest of files by name.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn manifest(report: &Composed, files: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, ReportError> {
    let document = &report.document;
    let rules: BTreeMap<&str, u32> =
        document.figures.figures.iter().map(|figure| (figure.code.as_str(), figure.rule)).collect();
    let outputs: BTreeMap<&str, String> = files.iter().map(|(name, bytes)| (name.as_str(), sha256(bytes))).collect();
    let mut bytes = serde_json::to_vec_pretty(&json!({
        "report": document.report, "origin": report.origin, "size": report.size, "root": report.root,
        "rules": rules, "outputs": outputs,
        "parameters": { "period": document.period, "scope": document.scope, "day": document.figures.day },
    }))?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        // Writing to a text cannot fail.
        write!(text, "{byte:02x}").ok();
        text
    })
}
