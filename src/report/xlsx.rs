//! A report as a workbook: a sheet of what it is, one of its texts, one of its figures, and behind each figure a sheet of
//! what it counts. Numbers are numbers. The same report is the same bytes.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{Composed, ReportError, positions};

/// Writes the workbook.
pub(super) fn write(report: &Composed) -> Result<Vec<u8>, ReportError> {
    let document = &report.document;
    let mut book = crate::spreadsheet::workbook()?;
    let sheet = book.add_worksheet().set_name("Report")?;
    let facts = [
        ("Programme", document.title.clone()),
        ("Report", document.report.to_string()),
        ("From", document.period.from.to_string()),
        ("To", document.period.to.to_string()),
        ("Origin", report.origin.clone()),
        ("Size", report.size.to_string()),
        ("Root", report.root.clone()),
    ];
    for (row, (name, value)) in (0..).zip(facts) {
        line(sheet, row, &[name, &value])?;
    }
    let sheet = book.add_worksheet().set_name("Texts")?;
    line(sheet, 0, &["Section", "Text"])?;
    for (row, section) in (1..).zip(&document.sections) {
        line(sheet, row, &[section.section.into(), section.text.as_str()])?;
    }
    let sheet = book.add_worksheet().set_name("Figures")?;
    line(sheet, 0, &["Code", "Figure", "Unit", "Value", "Target", "Rule", "Definition", "Code used"])?;
    for (row, figure) in (1..).zip(&document.figures.figures) {
        line(sheet, row, &[&figure.code, &figure.name, &figure.unit])?;
        sheet.write_number(row, 3, figure.value.approximately())?;
        if let Some(target) = &figure.target {
            sheet.write_number(row, 4, koinon_projections::report::Amount::from(target).approximately())?;
        }
        sheet.write_number(row, 5, figure.rule)?;
        sheet.write_string(row, 6, &figure.definition)?;
        let label: &str = figure.label.into();
        sheet.write_string(row, 7, label)?;
    }
    for figure in &document.figures.figures {
        let sheet = book.add_worksheet().set_name(&figure.code)?;
        line(sheet, 0, &["Subject", "Records", "Why not counted", "Amount"])?;
        let mut row = 0;
        for counted in &figure.counted {
            row += 1;
            line(sheet, row, &[&counted.subject.to_string(), &positions(&counted.positions)])?;
            sheet.write_number(row, 3, counted.amount.approximately())?;
        }
        for left in &figure.not_counted {
            row += 1;
            line(sheet, row, &[&left.subject.to_string(), &positions(&left.positions), &left.why])?;
        }
    }
    Ok(book.save_to_buffer()?)
}

/// Writes texts side by side.
fn line(sheet: &mut Worksheet, row: u32, texts: &[&str]) -> Result<(), XlsxError> {
    for (column, text) in (0..).zip(texts) {
        sheet.write_string(row, column, *text)?;
    }
    Ok(())
}
