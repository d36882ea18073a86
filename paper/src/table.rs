//! Tables: columns of given shares, a head that is repeated on every page, rows that stay whole unless they are too high
//! for a page.

use krilla::tagging::{TableHeaderScope, Tag};

use crate::colour::Colour;
use crate::flow::{Flow, MEASURE};
use crate::lines::{Line, lines};
use crate::shape::Run;
use crate::strip::{Ink, Strip};
use crate::structure::{NodeId, Structure};

/// On which side the texts of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Left.
    Left,
    /// Right, as figures do.
    Right,
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its share of the width, beside those of the others.
    pub share: f32,
    /// On which side its texts stand.
    pub side: Side,
}

/// A cell: its text, in which a line feed begins a new line.
pub type Cell = Vec<Run>;

/// A row.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Its cells; those left out are empty.
    pub cells: Vec<Cell>,
    /// Where links to it lead.
    pub anchor: Option<crate::shape::Anchor>,
}

/// A table.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// What it shows, for those who hear it.
    pub summary: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The heads of its columns; none for a table of facts.
    pub head: Vec<Cell>,
    /// Whether the first cell of each row is its head.
    pub has_row_heads: bool,
    /// Its rows.
    pub rows: Vec<Row>,
}

const PAD: f32 = 4.0;
const ABOVE: f32 = 3.2;
/// A row of more lines may break.
const WHOLE: usize = 14;

/// Sets a table.
pub(crate) fn set(flow: &mut Flow<'_>, table: &Table) {
    if table.rows.is_empty() {
        return;
    }
    let tag = Tag::Table.with_summary(Some(table.summary.clone()).filter(|summary| !summary.is_empty()));
    let whole = flow.structure.node(Structure::ROOT, tag);
    let places = places(&table.columns);
    let mut head = None;
    let mut gap = 8.0;
    if !table.head.is_empty() {
        let part = flow.structure.node(whole, Tag::THead);
        let row = flow.structure.node(part, Tag::TR);
        let mut strips = cells(flow, table, &places, row, &table.head, Kind::Head);
        let count = strips.len();
        for (at, strip) in strips.iter_mut().enumerate() {
            strip.keeps = true;
            let mut behind = vec![Ink::bar(0.0, 0.0, MEASURE, strip.height, Colour::PAPER_2)];
            if at + 1 == count {
                behind.push(Ink::bar(0.0, strip.height - 0.9, MEASURE, 0.9, Colour::BLUE));
            }
            strip.decorate(behind);
        }
        flow.heads.push(strips.iter().map(Strip::repeated).collect());
        head = Some(flow.heads.len() - 1);
        for strip in strips {
            flow.push(std::mem::take(&mut gap), strip);
        }
    }
    let body = flow.structure.node(whole, Tag::TBody);
    for (at, row) in table.rows.iter().enumerate() {
        let node = flow.structure.node(body, Tag::TR);
        let mut strips = cells(flow, table, &places, node, &row.cells, Kind::Body);
        if let (Some(first), Some(anchor)) = (strips.first_mut(), &row.anchor) {
            first.anchors.push(anchor.clone());
        }
        // Neither the first nor the last row stands alone.
        let stays = at + 2 == table.rows.len();
        let count = strips.len();
        for (line, mut strip) in strips.into_iter().enumerate() {
            if line + 1 == count {
                strip.decorate(vec![Ink::bar(0.0, strip.height - 0.5, MEASURE, 0.5, Colour::LINE)]);
                strip.keeps |= stays;
            }
            strip.head = head;
            flow.push(std::mem::take(&mut gap), strip);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Head,
    Body,
}

/// Where columns begin and how wide they are.
fn places(columns: &[Column]) -> Vec<(f32, f32, Side)> {
    let all: f32 = columns.iter().map(|column| column.share).sum();
    let mut x = 0.0;
    let place = |column: &Column| {
        let width = MEASURE * column.share / all.max(f32::EPSILON);
        let place = (x, width, column.side);
        x += width;
        place
    };
    columns.iter().map(place).collect()
}

/// A row as one strip, or as a strip a line when it is too high.
fn cells(
    flow: &mut Flow<'_>,
    table: &Table,
    places: &[(f32, f32, Side)],
    row: NodeId,
    cells: &[Cell],
    kind: Kind,
) -> Vec<Strip> {
    let size = cells.iter().flatten().map(|run| run.look.size).fold(7.0, f32::max);
    let leading = size * 1.36;
    let set: Vec<(NodeId, Vec<Line>)> = places
        .iter()
        .enumerate()
        .map(|(at, (_, width, _))| {
            let node = match kind {
                Kind::Head => flow.structure.node(row, Tag::TH(TableHeaderScope::Column)),
                Kind::Body if at == 0 && table.has_row_heads => {
                    flow.structure.node(row, Tag::TH(TableHeaderScope::Row))
                }
                Kind::Body => flow.structure.node(row, Tag::TD),
            };
            let runs = cells.get(at).map(Vec::as_slice).unwrap_or_default();
            (node, lines(flow.case, runs, flow.numbers, width - 2.0 * PAD))
        })
        .collect();
    let count = set.iter().map(|(_, lines)| lines.len()).max().unwrap_or(1);
    let each = if count > WHOLE { 1 } else { count };
    let mut strips: Vec<Strip> = Vec::new();
    let mut known: Vec<Vec<(usize, NodeId)>> = vec![Vec::new(); set.len()];
    for begin in (0..count).step_by(each) {
        let (is_first, is_last) = (begin == 0, begin + each >= count);
        let above = if is_first { ABOVE } else { 0.0 };
        let below = if is_last { ABOVE + 0.6 } else { 0.0 };
        #[allow(clippy::cast_precision_loss, reason = "a row has few lines")]
        let mut strip = Strip::of(above + each as f32 * leading + below);
        for (((x, width, side), (node, lines)), known) in places.iter().zip(&set).zip(&mut known) {
            let mut y = above + (leading - size) / 2.0 + size * 0.84;
            for line in lines.iter().skip(begin).take(each) {
                let x = if *side == Side::Right { x + width - PAD - line.width } else { x + PAD };
                flow.ink(*node, line, x, y, leading, known, &mut strip);
                y += leading;
            }
        }
        // The first two lines of a divided row stay together, and so do the last two.
        strip.keeps = count > each && (begin == 0 || begin + 2 == count);
        strips.push(strip);
    }
    strips
}
