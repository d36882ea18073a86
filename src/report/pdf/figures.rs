//! The figures at a glance, each with a note to the events it counts, and the table of all indicators.

use koinon_paper::{Anchor, Block, Cell, Level, Note, Run};
use koinon_projections::report::{Amount, Figure};

use super::charts;
use super::hand::{CELL, FAINT, Hand, LEDE, LINK, STRONG, behind, cell, code};
use crate::locale::Said;

/// The figures that are something or are to become something.
pub(super) fn summary(hand: &mut Hand<'_>) {
    let figures = &hand.report.document.figures.figures;
    hand.head(Level::One, hand.t("paper-summary"), "summary");
    let size = hand.count(hand.report.size);
    hand.text(hand.say("paper-summary-lede", &[("size", Said::Text(&size))]), LEDE);
    let told = figures.iter().filter(|figure| figure.value != Amount::default() || figure.target.is_some());
    let (mut rows, mut notes): (Vec<Vec<Cell>>, Vec<Note>) = (Vec::new(), Vec::new());
    for (at, figure) in told.enumerate() {
        let (sign, anchor) = ((at + 1).to_string(), Anchor(format!("note-{}", figure.code)));
        let sign_run = Run::new(sign.clone(), LINK).raised().leading_to(anchor.clone());
        let target = figure.target.as_ref().map(|target| hand.amount(Amount::from(target))).unwrap_or_default();
        rows.push(vec![
            vec![Run::new(figure.name.clone(), STRONG), sign_run],
            cell(hand.amount(figure.value), STRONG),
            cell(target, CELL),
            cell(figure.unit.clone(), FAINT),
            cell(reached(figure), CELL),
        ]);
        notes.push(Note { sign, anchor, runs: note(hand, figure) });
    }
    let columns = [
        ("paper-figure", 3.2),
        ("paper-value", -0.8),
        ("paper-target", -0.8),
        ("paper-unit", 1.5),
        ("paper-share", -0.8),
    ];
    hand.table(hand.t("paper-summary-table"), &columns, rows);
    charts::towards(hand);
    hand.blocks.push(Block::Notes(notes));
}

/// How much of its target a figure is, in hundredths.
fn reached(figure: &Figure) -> String {
    let target = figure.target.as_ref().map(|target| Amount::from(target).millionths()).filter(|target| *target > 0);
    let share = target.map(|target| figure.value.millionths().saturating_mul(100) / target);
    share.map(|share| format!("{share} %")).unwrap_or_default()
}

/// Which events a figure counts, and on which page each of them is told.
fn note(hand: &Hand<'_>, figure: &Figure) -> Vec<Run> {
    let mut positions: Vec<u64> = figure.counted.iter().flat_map(|counted| counted.positions.clone()).collect();
    positions.sort_unstable();
    positions.dedup();
    let small = |text: String| Run::new(text, koinon_paper::Look { size: 7.6, ..FAINT });
    let code = if code(figure).is_empty() { figure.name.clone() } else { figure.code.clone() };
    let told = format!("{code}: {}{} ", hand.events(&positions), hand.t("paper-on-page"));
    vec![small(told), Run::page_of(behind(figure), koinon_paper::Look { size: 7.6, ..LINK })]
}

/// Every indicator.
pub(super) fn indicators(hand: &mut Hand<'_>) {
    let figures = &hand.report.document.figures.figures;
    hand.blocks.push(Block::NewPage);
    hand.head(Level::One, hand.t("paper-indicators"), "indicators");
    let told = hand.t("paper-behind");
    hand.text(hand.say("paper-indicators-lede", &[("behind", Said::Text(&told))]), LEDE);
    let row = |figure: &Figure| {
        let label: &'static str = figure.label.into();
        let target = figure.target.as_ref().map(|target| hand.amount(Amount::from(target))).unwrap_or_default();
        let left = figure.not_counted.len();
        vec![
            vec![Run::new(code(figure), STRONG)],
            vec![Run::new(figure.name.clone(), LINK).leading_to(behind(figure))],
            cell(hand.amount(figure.value), STRONG),
            cell(target, CELL),
            cell(figure.unit.clone(), FAINT),
            cell(label.replace('-', " "), FAINT),
            cell(figure.rule.to_string(), FAINT),
            cell(figure.counted.len().to_string(), CELL),
            cell(if left == 0 { String::new() } else { left.to_string() }, CELL),
        ]
    };
    let rows = figures.iter().map(row).collect();
    let columns = [
        ("paper-code", 1.0),
        ("paper-indicator", 2.7),
        ("paper-value", -0.85),
        ("paper-target", -0.8),
        ("paper-unit", 1.35),
        ("paper-ground", 1.15),
        ("paper-rule", -0.6),
        ("paper-counted", -0.95),
        ("paper-not-counted", -0.95),
    ];
    hand.table(hand.t("paper-indicators-table"), &columns, rows);
    targets(hand);
}

/// The programme's own targets.
fn targets(hand: &mut Hand<'_>) {
    let targets = &hand.report.document.figures.targets;
    if targets.is_empty() {
        return;
    }
    hand.head(Level::Two, hand.t("paper-targets"), "targets");
    let amount = |value: &Option<koinon_events::value::Decimal>| {
        value.as_ref().map(|value| hand.amount(Amount::from(value))).unwrap_or_default()
    };
    let row = |target: &koinon_projections::report::Target| {
        let actual = target.actual.map_or_else(|| hand.t("paper-elsewhere"), |actual| hand.amount(actual));
        let unit = target.unit.as_ref().map(ToString::to_string).unwrap_or_default();
        vec![
            cell(target.code.to_string(), FAINT),
            cell(target.name.to_string(), CELL),
            cell(unit, FAINT),
            cell(amount(&target.baseline), CELL),
            cell(amount(&target.target), CELL),
            cell(actual, STRONG),
        ]
    };
    let rows = targets.iter().map(row).collect();
    let columns = [
        ("paper-code", 1.2),
        ("paper-indicator", 3.0),
        ("paper-unit", 1.3),
        ("paper-baseline", -0.9),
        ("paper-target", -0.9),
        ("paper-actual", -1.1),
    ];
    hand.table(hand.t("paper-targets"), &columns, rows);
}
