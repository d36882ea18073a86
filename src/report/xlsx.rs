//! A report as a workbook: a sheet of what it is, one of its texts, one of its figures, and behind each figure a sheet of
//! what it counts. Numbers are numbers. The same report is the same bytes.

use koinon_projections::report::Chapters;
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::{Composed, ReportError, positions};

/// Writes the workbook.
pub(super) fn write(report: &Composed) -> Result<Vec<u8>, ReportError> {
    let document = &report.document;
    let mut book = crate::spreadsheet::workbook()?;
    let sheet = book.add_worksheet().set_name("Report")?;
    let facts = [
        ("Programme", document.title.clone()),
        ("Report", document.report.to_string()),
        ("Sample data", if document.sample { "yes" } else { "no" }.to_owned()),
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
    chapters(&mut book, &document.chapters)?;
    Ok(book.save_to_buffer()?)
}

/// Writes texts side by side.
fn line(sheet: &mut Worksheet, row: u32, texts: &[&str]) -> Result<(), XlsxError> {
    for (column, text) in (0..).zip(texts) {
        sheet.write_string(row, column, *text)?;
    }
    Ok(())
}

/// The sheets of visits, learnings, pilots and evidence.
fn chapters(book: &mut Workbook, chapters: &Chapters) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name("Visits")?;
    line(sheet, 0, &["Visit", "Host", "Visitors", "From", "To", "Status", "Learnings"])?;
    for (row, visit) in (1..).zip(&chapters.visits) {
        let day = |day: Option<koinon_events::value::Day>| day.map(|day| day.to_string()).unwrap_or_default();
        let (id, visitors) = (visit.visit.to_string(), visit.visitors.join(", "));
        line(sheet, row, &[&id, &visit.host, &visitors, &day(visit.from), &day(visit.to), visit.status.into()])?;
        sheet.write_number(row, 6, u32::try_from(visit.learnings).unwrap_or(u32::MAX))?;
    }
    let sheet = book.add_worksheet().set_name("Learnings")?;
    line(sheet, 0, &["Learning", "Title", "From", "Status"])?;
    for (row, learning) in (1..).zip(&chapters.learnings) {
        let id = learning.learning.to_string();
        line(sheet, row, &[&id, learning.title.as_str(), &learning.origin, learning.status.into()])?;
    }
    let sheet = book.add_worksheet().set_name("Pilots")?;
    line(sheet, 0, &["Pilot", "Title", "Status", "Measured", "Unit", "Baseline", "Target", "Actual"])?;
    let measured = chapters.pilots.iter().flat_map(|pilot| pilot.indicators.iter().map(move |each| (pilot, each)));
    for (row, (pilot, each)) in (1..).zip(measured) {
        let id = pilot.pilot.to_string();
        line(sheet, row, &[&id, pilot.title.as_str(), pilot.status.into(), each.name.as_str(), each.unit.as_str()])?;
        sheet.write_number(row, 5, each.baseline.approximately())?;
        sheet.write_number(row, 6, each.target.approximately())?;
        if let Some(actual) = &each.actual {
            sheet.write_number(row, 7, actual.approximately())?;
        }
    }
    let sheet = book.add_worksheet().set_name("Evidence")?;
    line(sheet, 0, &["Document", "Kind", "SHA-256", "Record", "Bytes"])?;
    for (row, document) in (1..).zip(&chapters.evidence) {
        let (id, record) = (document.document.to_string(), document.position.to_string());
        line(sheet, row, &[&id, document.kind.as_str(), &document.sha256.to_string(), &record])?;
        #[allow(clippy::cast_precision_loss, reason = "a file's size as a cell")]
        sheet.write_number(row, 4, document.size as f64)?;
    }
    Ok(())
}
