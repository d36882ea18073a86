//! What a table needs so that spreadsheets read it and never run it: cells that cannot become formulas, and workbooks
//! whose bytes depend on their content alone. Lists and reports both write through here.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

/// A cell of CSV: what begins like a formula gets a quote before it, as spreadsheets themselves do; plain numbers stay.
pub fn safe(text: &str) -> String {
    let begins_a_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let digits = text.trim_start_matches('-');
    let is_number = digits.starts_with(|first: char| first.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if begins_a_formula && !is_number { format!("'{text}") } else { text.to_owned() }
}

/// An empty workbook with a fixed date: when it is asked for is no part of what it says.
///
/// # Errors
/// Never; the date is a date.
pub fn workbook() -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    Ok(workbook)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_cannot_become_formulas() {
        for text in ["=1+1", "+49", "@cmd", "-cmd", "\t=1", "-", "＝1"] {
            assert_eq!(safe(text), format!("'{text}"));
        }
        for text in ["-8.6110", "-3", "12", "plain", ""] {
            assert_eq!(safe(text), text);
        }
    }
}
