//! What the figures count: of each its published definition, what counts and by which events, and what it looked at and
//! does not count, and why.

use koinon_paper::{Anchor, Block, Level, Paragraph, Run};
use koinon_projections::report::Figure;

use super::hand::{CELL, FAINT, Hand, LEDE, STRONG, behind, cell};
use crate::locale::Said;

/// How many subjects a table lists before it leaves the rest to the attached data.
const LISTED: usize = 1000;

pub(super) fn write(hand: &mut Hand<'_>) {
    hand.head(Level::One, hand.t("paper-behind"), "behind");
    for figure in &hand.report.document.figures.figures {
        told(hand, figure);
    }
}

fn told(hand: &mut Hand<'_>, figure: &Figure) {
    let title =
        if figure.code.starts_with("RC") { format!("{} {}", figure.code, figure.name) } else { figure.name.clone() };
    let Anchor(anchor) = behind(figure);
    hand.head(Level::Two, title, &anchor);
    let version = figure.rule.to_string();
    let values = [("definition", Said::Text(&figure.definition)), ("version", Said::Text(&version))];
    kept(hand, vec![Run::new(hand.say("paper-behind-rule", &values), LEDE)]);
    let value = hand.amount(figure.value);
    let values = [("value", Said::Text(&value)), ("unit", Said::Text(&figure.unit))];
    let mut runs = vec![Run::new(hand.say("paper-behind-value", &values), STRONG)];
    if !figure.parts.is_empty() {
        let parts = figure.parts.iter().map(|part| format!("{} {}", part.name, hand.amount(part.value)));
        runs.push(Run::new(format!(" {}: {}.", hand.t("paper-parts"), parts.collect::<Vec<_>>().join("; ")), CELL));
    }
    if figure.counted.is_empty() && figure.not_counted.is_empty() {
        runs.push(Run::new(format!(" {}", hand.t("paper-behind-nothing")), FAINT));
        hand.blocks.push(Block::Text(Paragraph::of(runs)));
        return;
    }
    kept(hand, runs);
    counted(hand, figure);
    not_counted(hand, figure);
}

fn kept(hand: &mut Hand<'_>, runs: Vec<Run>) {
    hand.blocks.push(Block::Text(Paragraph { runs, keeps: true, ..Paragraph::default() }));
}

fn counted(hand: &mut Hand<'_>, figure: &Figure) {
    let rows = figure.counted.iter().take(LISTED).map(|counted| {
        vec![
            cell(hand.name(counted.subject), STRONG),
            cell(hand.amount(counted.amount), CELL),
            cell(hand.events(&counted.positions), FAINT),
        ]
    });
    let rows = rows.collect();
    let summary = hand.say("paper-behind-counted-table", &[("name", Said::Text(&figure.name))]);
    hand.table(summary, &[("paper-counted", 3.0), ("paper-amount", -0.8), ("paper-in-events", 3.0)], rows);
    more(hand, figure.counted.len());
}

fn not_counted(hand: &mut Hand<'_>, figure: &Figure) {
    let rows = figure.not_counted.iter().take(LISTED).map(|left| {
        vec![
            cell(hand.name(left.subject), STRONG),
            cell(left.why.clone(), CELL),
            cell(hand.events(&left.positions), FAINT),
        ]
    });
    let rows = rows.collect();
    let summary = hand.say("paper-behind-left-table", &[("name", Said::Text(&figure.name))]);
    hand.table(summary, &[("paper-not-counted", 2.4), ("paper-why", 2.6), ("paper-in-events", 1.8)], rows);
    more(hand, figure.not_counted.len());
}

fn more(hand: &mut Hand<'_>, all: usize) {
    if all > LISTED {
        hand.text(hand.say("paper-more", &[("count", Said::count(all - LISTED))]), FAINT);
    }
}
