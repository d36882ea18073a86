//! The cover and the contents: whose report it is, on what contract, at which position of which log.

use koinon_events::report::ReportScope;
use koinon_paper::{Banner, Block, Column, Paragraph, Row, Run, Side, Table};

use super::hand::{CELL, FAINT, HASH, Hand, STRONG, cell};
use crate::locale::Said;

pub(super) fn write(hand: &mut Hand<'_>, holds_boxes: bool) {
    let report = hand.report;
    let document = &report.document;
    let (from, to) = (hand.day(document.period.from), hand.day(document.period.to));
    let number = document.period.number.to_string();
    let values = [("period", Said::Text(&number)), ("from", Said::Text(&from)), ("to", Said::Text(&to))];
    hand.blocks.push(Block::Banner(Banner {
        brand: "Koinon".to_owned(),
        kind: hand.t("paper-kind"),
        title: document.title.clone(),
        subtitle: hand.say("paper-subtitle", &values),
    }));
    hand.blocks.push(Block::Room(18.0));
    if document.sample {
        notice(hand, "paper-sample");
        hand.blocks.push(Block::Room(14.0));
    }
    facts(hand, &format!("{from} – {to}"));
    if holds_boxes {
        hand.blocks.push(Block::Room(14.0));
        notice(hand, "paper-boxes");
    }
    hand.blocks.push(Block::NewPage);
    let title = hand.t("paper-contents");
    hand.blocks.push(Block::Contents { title });
    hand.blocks.push(Block::NewPage);
}

fn notice(hand: &mut Hand<'_>, key: &str) {
    let runs = vec![Run::new(hand.t(key), CELL)];
    hand.blocks.push(Block::Text(Paragraph { runs, is_notice: true, ..Paragraph::default() }));
}

fn facts(hand: &mut Hand<'_>, period: &str) {
    let report = hand.report;
    let document = &report.document;
    let frame = &document.frame;
    let status: &'static str = frame.status.into();
    let told = [
        ("paper-fact-programme", format!("{} ({})", document.title, document.programme)),
        ("paper-fact-funder", frame.funder.clone()),
        ("paper-fact-behalf", report.on_behalf_of.clone()),
        ("paper-fact-implementing", frame.implementing.clone().unwrap_or_default()),
        ("paper-fact-contract", frame.contract.clone().unwrap_or_default()),
        ("paper-fact-period", period.to_owned()),
        ("paper-fact-scope", scope(hand, &document.scope)),
        ("paper-fact-status", hand.t(&format!("paper-status-{status}"))),
        ("paper-fact-log", report.origin.clone()),
        ("paper-fact-size", hand.count(report.size)),
    ];
    let hashes = [("paper-fact-root", report.root.clone()), ("paper-fact-id", document.report.to_string())];
    let plain = told.into_iter().map(|(key, value)| (key, value, CELL));
    let hashes = hashes.into_iter().map(|(key, value)| (key, value, HASH));
    let rows = plain.chain(hashes).filter(|(_, value, _)| !value.is_empty()).map(|(key, value, look)| {
        let look = if key == "paper-fact-programme" { STRONG } else { look };
        Row { cells: vec![cell(hand.t(key), FAINT), cell(value, look)], anchor: None }
    });
    let rows: Vec<Row> = rows.collect();
    let columns = [1.0, 2.6].map(|share| Column { share, side: Side::Left });
    let table = Table { columns: columns.to_vec(), has_row_heads: true, rows, ..Table::default() };
    hand.blocks.push(Block::Table(table));
}

/// What part of the programme the report is about.
fn scope(hand: &Hand<'_>, scope: &ReportScope) -> String {
    let (key, name) = match scope {
        ReportScope::Programme {} => ("paper-scope-programme", String::new()),
        ReportScope::Strand { strand } => ("paper-scope-strand", strand.to_string()),
        ReportScope::City { city } => ("paper-scope-city", hand.name((*city).into())),
        ReportScope::Partnership { partnership } => ("paper-scope-partnership", hand.name((*partnership).into())),
    };
    hand.say(key, &[("name", Said::Text(&name))])
}
