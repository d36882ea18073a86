//! What must hold of any bytes that arrive from outside, a function each. The tests call them with what proptest thinks
//! up, cargo-fuzz with what it finds out; both stop at the first that does not hold.

use std::fmt::Display;
use std::str::FromStr;

use koinon::domain::{command_shapes, parse};
use koinon::note::{Checkpoint, Note, VerifierKey};
use koinon::proof::{ConsistencyProof, InclusionProof, Tile};
use koinon::views::{cursor_of, cursor_text};
use koinon::web::api::csv::table as as_table;
use koinon::web::query::Query;
use koinon::web::strict;
use koinon_events::{Actor, Record, Subject};
use serde_json::{Value, json};

/// A record is read or refused; what was read says its subject and actor in the words it was told.
pub fn record(bytes: &[u8]) {
    let Ok(record) = Record::parse(bytes) else { return };
    let _ = record.event();
    assert_eq!(record.subject.to_string().parse::<Subject>().ok(), Some(record.subject));
    assert_eq!(record.actor.to_string().parse::<Actor>().ok(), Some(record.actor));
}

/// The body of a command (the first byte says of which) is read the same each time, or refused with a place for
/// everything that does not fit.
pub fn command(bytes: &[u8]) {
    let Some((choice, body)) = bytes.split_first() else { return };
    let fields = match strict::object(body) {
        Ok(fields) => Value::Object(fields),
        Err(strict::NotABody::Malformed { message, .. }) => return assert!(!message.is_empty()),
        Err(strict::NotABody::Unfit(findings)) => return assert!(!findings.is_empty()),
    };
    let count = command_shapes().count();
    let Some(shape) = command_shapes().nth(usize::from(*choice) % count) else { return };
    match parse(shape, &fields) {
        Ok(command) => assert_eq!(parse(shape, &fields), Ok(command)),
        Err(findings) => {
            assert!(!findings.is_empty());
            let is_placed = |pointer: &str| pointer.is_empty() || pointer.starts_with('/');
            assert!(findings.iter().all(|finding| is_placed(&finding.pointer) && !finding.message.is_empty()));
        }
    }
}

/// A cursor is one that was given out, or none.
pub fn cursor(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(cursor) = cursor_of(text) {
        assert_eq!(cursor_of(&cursor_text(&cursor)), Ok(cursor));
    }
}

/// Notes, checkpoints, keys, proofs and tiles read back as they were written, or are none.
pub fn note(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = Checkpoint::parse_unverified(text);
    reads_back::<Note>(text);
    reads_back::<Checkpoint>(text);
    reads_back::<VerifierKey>(text);
    reads_back::<InclusionProof>(text);
    reads_back::<ConsistencyProof>(text);
    reads_back::<Tile>(text);
}

fn reads_back<T: FromStr + Display>(text: &str) {
    if let Ok(read) = text.parse::<T>() {
        let written = read.to_string();
        let again = written.parse::<T>().map(|again| again.to_string());
        assert_eq!(again.ok().as_deref(), Some(written.as_str()), "{text:?}");
    }
}

/// Whatever text stands in a list, its table reads back as that text, in one cell that is no formula.
pub fn table(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let written = as_table(&[json!({ "id": "1", "text": text })], &[]);
    let mut reader = csv::ReaderBuilder::new().from_reader(written.as_slice());
    let rows: Vec<csv::StringRecord> = reader.records().filter_map(Result::ok).collect();
    assert_eq!(rows.len(), 1, "{text:?}");
    let cell = &rows[0][1];
    let digits = cell.trim_start_matches('-');
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    assert!(is_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell:?}");
    assert_eq!(cell.strip_prefix('\'').filter(|rest| *rest == text).unwrap_or(cell), text);
}

/// The query of an address is read or refused in every part.
pub fn query(bytes: &[u8]) {
    let query = Query::parse(&String::from_utf8_lossy(bytes));
    let _ = (query.moment(), query.events(), query.limit(50), query.only(&["a"]));
    let again = Query::parse(&query.with("no-such-name", None));
    assert_eq!(again.pairs().collect::<Vec<_>>(), query.pairs().collect::<Vec<_>>());
}
