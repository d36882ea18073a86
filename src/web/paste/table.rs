//! Pasted text as rows of cells: from a spreadsheet with tabs, from a CSV with commas or semicolons. A first row of column
//! names says which column is which, in any order and language; without one the columns are in the order told.

use koinon_projections::plain;

/// One row: its line in what was pasted, and its cells by column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells {
    /// The line it stands on, from 1.
    pub line: u64,
    cells: Vec<(&'static str, String)>,
}

impl Cells {
    /// A column's text; empty where there is none.
    pub fn of(&self, column: &str) -> &str {
        self.cells.iter().find(|(name, _)| *name == column).map_or("", |(_, text)| text.as_str())
    }
}

/// The most rows taken at once.
pub const MOST: usize = 500;

/// Reads the rows; `names` says what a column is called, in every language.
pub fn read(text: &str, columns: &'static [&'static str], names: &dyn Fn(&str) -> Vec<String>) -> Vec<Cells> {
    // The reader counts from the first line that holds something.
    let text = text.trim_start_matches('\u{feff}');
    let rest = text.trim_start_matches(['\r', '\n']);
    let before = text[..text.len() - rest.len()].matches('\n').count() as u64;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(rest.as_bytes());
    let mut order: Vec<Option<&'static str>> = columns.iter().copied().map(Some).collect();
    let mut rows = Vec::new();
    for (index, record) in reader.records().filter_map(Result::ok).enumerate() {
        let line = before + record.position().map_or(0, csv::Position::line);
        if index == 0
            && let Some(named) = header(&record, columns, names)
        {
            order = named;
            continue;
        }
        let cells = order.iter().zip(record.iter()).filter_map(|(column, text)| Some(((*column)?, text.to_owned())));
        let cells: Vec<(&'static str, String)> = cells.filter(|(_, text)| !text.is_empty()).collect();
        if !cells.is_empty() && rows.len() < MOST {
            rows.push(Cells { line, cells });
        }
    }
    rows
}

/// Tabs where there are any, as spreadsheets copy; else semicolons where they are more than the commas.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |letter: char| first.matches(letter).count();
    match (count('\t'), count(';'), count(',')) {
        (tabs, _, _) if tabs > 0 => b'\t',
        (_, semicolons, commas) if semicolons > commas => b';',
        _ => b',',
    }
}

/// The columns that a first row names, when at least half of its cells are names of columns.
fn header(
    record: &csv::StringRecord,
    columns: &'static [&'static str],
    names: &dyn Fn(&str) -> Vec<String>,
) -> Option<Vec<Option<&'static str>>> {
    let called = |cell: &str| {
        let cell = plain(cell);
        columns.iter().copied().find(|column| *column == cell || names(column).iter().any(|name| plain(name) == cell))
    };
    let named: Vec<Option<&'static str>> = record.iter().map(called).collect();
    let known = named.iter().flatten().count();
    (known > 0 && known * 2 >= named.len()).then_some(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[&str] = &["day", "start", "title"];

    fn rows(text: &str) -> Vec<(u64, [String; 3])> {
        let names = |column: &str| if column == "title" { vec!["Titel".to_owned()] } else { Vec::new() };
        let read = read(text, COLUMNS, &names);
        read.iter().map(|row| (row.line, ["day", "start", "title"].map(|column| row.of(column).to_owned()))).collect()
    }

    fn row(line: u64, cells: [&str; 3]) -> (u64, [String; 3]) {
        (line, cells.map(str::to_owned))
    }

    #[test]
    fn tabs_commas_and_semicolons_are_read_and_quotes_may_hold_them() {
        let one = row(1, ["2022-06-13", "09:30", "Ash, glass"]);
        assert_eq!(rows("2022-06-13\t09:30\tAsh, glass"), std::slice::from_ref(&one));
        assert_eq!(rows("2022-06-13,09:30,\"Ash, glass\""), std::slice::from_ref(&one));
        assert_eq!(rows("2022-06-13;09:30;Ash, glass"), [one]);
    }

    #[test]
    fn a_first_row_of_names_says_which_column_is_which_in_any_language() {
        assert_eq!(rows("Titel\tDay\tRoom\nAsh\t2022-06-13\tB2\n\n"), [row(2, ["2022-06-13", "", "Ash"])]);
    }

    #[test]
    fn without_names_the_columns_are_in_the_order_told() {
        assert_eq!(rows("\n2022-06-13,,Ash\n"), [row(2, ["2022-06-13", "", "Ash"])]);
    }
}
