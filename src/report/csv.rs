//! A report's figures as CSV (RFC 4180): a row for each figure, then one for each thing it counted or did not count.
//! Every row names the log's origin, size and root. No cell can be taken for a formula.

use crate::spreadsheet::safe;

use super::{Composed, ReportError, positions};

const COLUMNS: [&str; 15] = [
    "origin",
    "size",
    "root",
    "report",
    "row",
    "code",
    "name",
    "unit",
    "label",
    "rule",
    "value",
    "target",
    "subject",
    "positions",
    "why",
];

/// Writes the table.
pub(super) fn write(report: &Composed) -> Result<Vec<u8>, ReportError> {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    let (size, id) = (report.size.to_string(), report.document.report.to_string());
    let mut row = |cells: [&str; 11]| {
        let begin = [report.origin.as_str(), &size, &report.root, &id];
        writer.write_record(begin.into_iter().chain(cells).map(safe))
    };
    for figure in &report.document.figures.figures {
        let (code, name, unit) = (figure.code.as_str(), figure.name.as_str(), figure.unit.as_str());
        let label = figure.label.into();
        let (rule, value) = (figure.rule.to_string(), figure.value.to_string());
        let target = figure.target.as_ref().map(ToString::to_string).unwrap_or_default();
        row(["figure", code, name, unit, label, &rule, &value, &target, "", "", ""])?;
        for counted in &figure.counted {
            let (subject, at) = (counted.subject.to_string(), positions(&counted.positions));
            row(["counted", code, name, unit, label, &rule, &counted.amount.to_string(), "", &subject, &at, ""])?;
        }
        for left in &figure.not_counted {
            let (subject, at) = (left.subject.to_string(), positions(&left.positions));
            row(["not-counted", code, name, unit, label, &rule, "", "", &subject, &at, &left.why])?;
        }
    }
    Ok(writer.into_inner().map_err(|error| ::csv::Error::from(error.into_error()))?)
}
