//! A report as JSON: everything it holds, indented, with a line end.

use super::{Composed, ReportError};

/// Writes the report.
pub(super) fn write(report: &Composed) -> Result<Vec<u8>, ReportError> {
    let mut bytes = serde_json::to_vec_pretty(report)?;
    bytes.push(b'\n');
    Ok(bytes)
}
