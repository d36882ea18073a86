//! How the history became commands, for people: the text of `docs/SAMPLE.md`.

use std::fmt::Write;

use super::history::{LEFT_OUT, rows};
use super::{STOPS_AT, Step, before, story};

/// The mapping of every row, and what was added, in Markdown.
pub fn told() -> String {
    let steps = story();
    let mut text = String::from(HEAD);
    let of_rows = steps.iter().filter(|step| step.from_row.is_some()).count();
    let _ = writeln!(
        text,
        "The story has {} commands: {of_rows} tell rows of the history, {} were added. The clock stops at {STOPS_AT}, after {} of them.\n",
        steps.len(),
        steps.len() - of_rows,
        before().len()
    );
    text.push_str("## Rows and their commands\n\n| row | happened | to what | commands |\n|---|---|---|---|\n");
    for row in rows().iter().filter(|row| !left_out(row.number)) {
        let _ =
            writeln!(text, "| {} | {} | {} | {} |", row.number, row.event, row.subject, commands(&steps, row.number));
    }
    text.push_str("\n## Rows left out\n\n| row | happened | cause |\n|---|---|---|\n");
    for row in rows() {
        if let Some((number, cause)) = LEFT_OUT.iter().find(|(number, _)| *number == row.number) {
            let _ = writeln!(text, "| {number} | {} | {cause} |", row.event);
        }
    }
    text.push_str("\n## Added\n\n| command | times |\n|---|---|\n");
    let mut added: Vec<&str> = steps.iter().filter(|step| step.from_row.is_none()).map(|step| step.command).collect();
    added.sort_unstable();
    for same in added.chunk_by(|one, other| one == other) {
        let _ = writeln!(text, "| {} | {} |", same[0], same.len());
    }
    text
}

const HEAD: &str = "# The sample programme\n\nGenerated from `src/sample.rs`; `KOINON_WRITE=1 cargo test --lib sample` writes it anew.\n\nThe sample is built from `src/sample/cities.csv` and `src/sample/history.csv`. Facts come from there; persons, papers and figures are invented, and no real person is named. Coordinates are those of GeoNames (CC BY 4.0).\n\n";

fn left_out(number: u32) -> bool {
    LEFT_OUT.iter().any(|(left_out, _)| *left_out == number)
}

fn commands(steps: &[Step], row: u32) -> String {
    let mut names: Vec<&str> = Vec::new();
    for step in steps.iter().filter(|step| step.from_row == Some(row)) {
        if names.last() != Some(&step.command) {
            names.push(step.command);
        }
    }
    names.join(", ")
}
