//! Any bytes at all, and bytes that are nearly right: what arrives from outside is read or refused, never feared. The
//! same functions run under cargo-fuzz (`docs/SECURITY.md` says how).

use koinon::domain::{command_shapes, example_body};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;

use crate::fuzzed::{command, cursor, note, query, record, table};

/// Records of every event, as they lie in the vocabulary's own tests.
fn records() -> Vec<Vec<u8>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("events/tests/golden");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|ending| ending == "json")).collect();
    files.sort();
    files.into_iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// A body of every command, behind the byte that chooses it.
fn bodies() -> Vec<Vec<u8>> {
    let each = command_shapes().enumerate().filter_map(|(at, shape)| {
        let mut bytes = vec![u8::try_from(at).ok()?];
        bytes.extend(serde_json::to_vec(&Value::Object(example_body(shape))).unwrap());
        Some(bytes)
    });
    each.collect()
}

fn notes() -> Vec<Vec<u8>> {
    [
        "koinon.example/log\n3\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— koinon.example/log AAAAAAAA\n",
        "koinon.example/log+12345678+AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAh\n",
        "tile/0/x001/234.p/5",
        "tile/entries/000",
        "c2sp.org/tlog-proof@v1\nindex 3\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec()
}

/// Something right with a few bytes changed, taken away or put in.
fn nearly(right: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let changes = proptest::collection::vec((any::<Index>(), any::<u8>(), 0..4_u8), 0..6);
    (select(right), changes).prop_map(|(mut bytes, changes)| {
        for (at, byte, what) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match what {
                0 => bytes[at] = byte,
                1 => drop(bytes.remove(at)),
                2 => bytes.insert(at, byte),
                _ => bytes.truncate(at),
            }
        }
        bytes
    })
}

fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..400)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_record_is_read_or_refused(bytes in prop_oneof![any_bytes(), nearly(records())]) {
        record(&bytes);
    }

    #[test]
    fn a_body_is_read_or_refused_with_a_place(bytes in prop_oneof![any_bytes(), nearly(bodies())]) {
        command(&bytes);
    }

    #[test]
    fn a_cursor_was_given_out_or_is_none(text in "[A-Za-z0-9_-]{0,90}", bytes in any_bytes()) {
        cursor(text.as_bytes());
        cursor(&bytes);
    }

    #[test]
    fn notes_proofs_and_keys_read_back_as_written(bytes in prop_oneof![any_bytes(), nearly(notes())]) {
        note(&bytes);
    }

    #[test]
    fn every_text_is_one_cell_and_no_formula(text in "[=+@'\"\\-\t\r\n,;a-c0-9.＝ ]{0,30}", bytes in any_bytes()) {
        table(text.as_bytes());
        table(&bytes);
    }

    #[test]
    fn an_address_is_read_or_refused_in_every_part(text in "([a-z_]{1,10}=[0-9a-zA-Z%:.+-]{0,20}&?){0,5}", bytes in any_bytes()) {
        query(text.as_bytes());
        query(&bytes);
    }
}
