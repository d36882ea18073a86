//! The contents: the heads of the first two levels, each with the page it stands on and leading there.

use krilla::tagging::Tag;

use crate::block::{Block, Level};
use crate::colour::Colour;
use crate::face::Face;
use crate::flow::{Flow, MEASURE};
use crate::lines::lines;
use crate::shape::{Anchor, Look, Run};
use crate::strip::{Ink, Strip};
use crate::structure::Structure;

/// How much room the numbers of pages take.
const NUMBERS: f32 = 34.0;
/// How far lines are apart.
const LEADING: f32 = 12.6;

/// Sets the contents of all blocks under a title.
pub(crate) fn set(flow: &mut Flow<'_>, title: &str, blocks: &[Block]) {
    flow.head(Level::One, title, &Anchor("contents".to_owned()));
    let whole = flow.structure.node(Structure::ROOT, Tag::TOC);
    for block in blocks {
        let Block::Head { level, text, anchor } = block else { continue };
        let (look, indent, gap) = match level {
            Level::One => (Look::new(Face::SansBold, 9.5), 0.0, 4.5),
            Level::Two => (Look::new(Face::Sans, 9.0).in_colour(Colour::INK_2), 14.0, 0.6),
            Level::Three => continue,
        };
        let entry = flow.structure.node(whole, Tag::TOCI);
        let own = flow.structure.node(entry, Tag::Reference);
        let runs = [Run::new(text.clone(), look).leading_to(anchor.clone())];
        let set = lines(flow.case, &runs, flow.numbers, MEASURE - indent - NUMBERS);
        let (last, mut known) = (set.len() - 1, Vec::new());
        for (at, line) in set.iter().enumerate() {
            let mut strip = flow.line(own, line, indent, LEADING, &mut known);
            strip.keeps = at < last;
            if at == last {
                number(flow, &mut strip, own, anchor, look, indent + line.width);
            }
            flow.push(if at == 0 { gap } else { 0.0 }, strip);
        }
    }
}

/// The page's number at the right, and dots that lead the eye there.
fn number(
    flow: &mut Flow<'_>,
    strip: &mut Strip,
    node: crate::structure::NodeId,
    anchor: &Anchor,
    look: Look,
    from: f32,
) {
    let set = lines(flow.case, &[Run::page_of(anchor.clone(), look)], flow.numbers, NUMBERS);
    let Some(line) = set.first() else { return };
    let x = MEASURE - line.width;
    flow.ink(node, line, x, LEADING / 2.0 + look.size * 0.32, LEADING, &mut Vec::new(), strip);
    let mut dots = Vec::new();
    // Dots of all lines stand below each other.
    let mut at = MEASURE - NUMBERS + 6.0;
    while at > from + 6.0 {
        dots.push(Ink::bar(at, 8.4, 0.7, 0.7, Colour::LINE_2));
        at -= 4.0;
    }
    strip.decorate(dots);
}
