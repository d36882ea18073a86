//! The annex: documents that show what is counted, by their hashes, and how to check the report.

use koinon_paper::{Block, Level, Look};

use super::hand::{CELL, FAINT, HASH, Hand, LEDE, cell};
use crate::locale::Said;
use crate::report::Format;

pub(super) fn evidence(hand: &mut Hand<'_>) {
    let documents = &hand.report.document.chapters.evidence;
    hand.blocks.push(Block::NewPage);
    hand.head(Level::One, hand.t("paper-evidence"), "evidence");
    let key = if documents.is_empty() { "paper-evidence-none" } else { "paper-evidence-lede" };
    hand.text(hand.t(key), LEDE);
    let rows = documents.iter().map(|document| {
        vec![
            cell(format!("{}\n{}", hand.word(document.kind.as_str()), document.document), CELL),
            cell(hand.count(document.size), CELL),
            cell(document.sha256.to_string(), Look { size: 6.1, ..HASH }),
            cell(document.position.to_string(), FAINT),
        ]
    });
    let rows = rows.collect();
    let columns = [("paper-document", 1.7), ("paper-bytes", -0.7), ("paper-hash", 3.3), ("paper-record", -0.65)];
    hand.table(hand.t("paper-evidence-table"), &columns, rows);
}

pub(super) fn check(hand: &mut Hand<'_>) {
    let report = hand.report;
    hand.head(Level::One, hand.t("paper-check"), "check");
    let (size, id, file) = (report.size.to_string(), report.document.report.to_string(), Format::Json.file());
    let values = [
        ("root", Said::Text(&report.root)),
        ("size", Said::Text(&size)),
        ("report", Said::Text(&id)),
        ("file", Said::Text(&file)),
    ];
    let keys = ["paper-check-1", "paper-check-2", "paper-check-3", "paper-check-4", "paper-check-5"];
    let items = keys.map(|key| hand.say(key, &values)).to_vec();
    hand.list(items);
}
