//! Lists as XLSX: the same rows and columns as CSV. Cells are text, so that nothing can become a formula; whole numbers are
//! numbers. The same rows give the same bytes.

use rust_xlsxwriter::{Format, XlsxError};
use serde_json::Value;

use crate::app::Failure;
use crate::web::api::csv::{cell, columns};

/// XLSX's media type.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The most characters a cell can hold.
const LONGEST: usize = 32_767;

/// The rows as a workbook of one sheet.
///
/// # Errors
/// [`Failure::Internal`] when the workbook cannot be written, which memory alone can cause.
pub fn table(name: &str, items: &[Value], always: &[&str]) -> Result<Vec<u8>, Failure> {
    written(name, items, always).map_err(|error| Failure::Internal(error.to_string()))
}

fn written(name: &str, items: &[Value], always: &[&str]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = crate::spreadsheet::workbook()?;
    let sheet = workbook.add_worksheet();
    sheet.set_name(name)?;
    let columns = columns(items, always);
    let bold = Format::new().set_bold();
    for (column, title) in (0_u16..).zip(&columns) {
        sheet.write_string_with_format(0, column, *title, &bold)?;
    }
    for (row, item) in (1_u32..).zip(items) {
        for (column, title) in (0_u16..).zip(&columns) {
            match &item[*title] {
                Value::Null => {}
                Value::Number(number) if number.as_i64().is_some_and(|number| number.abs() < 1 << 53) => {
                    sheet.write_number(row, column, number.as_f64().unwrap_or_default())?;
                }
                value => {
                    let text: String = cell(value).chars().take(LONGEST).collect();
                    sheet.write_string(row, column, text)?;
                }
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    workbook.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_same_rows_give_the_same_bytes() {
        let items = [json!({"id": "1", "name": "=1+1", "version": 7})];
        let first = table("visits", &items, &["id"]).unwrap();
        assert!(first.starts_with(b"PK"));
        assert_eq!(first, table("visits", &items, &["id"]).unwrap());
    }
}
