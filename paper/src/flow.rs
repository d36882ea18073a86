//! Blocks as strips: texts, heads, lists, notes and drawings, and the structure they have.

use krilla::tagging::{ListNumbering, Tag};

use crate::block::{Banner, Block, Level, List, Note, Paper, Paragraph};
use crate::colour::Colour;
use crate::contents;
use crate::drawing::{Anchoring, Drawing, Mark};
use crate::face::{Case, Face};
use crate::lines::{Line, Pages, lines};
use crate::pages::{self, Page};
use crate::shape::{Anchor, Look, Run, line, width};
use crate::strip::{Ink, Link, Piece, Strip};
use crate::structure::{NodeId, Structure};
use crate::table;

/// How wide the text is.
pub(crate) const MEASURE: f32 = 471.28;
/// The widest line of prose, which is about eighty letters.
const PROSE: f32 = 420.0;

/// How often pages are counted anew until every number of a page is right.
const ROUNDS: usize = 4;

/// Pages with everything on them.
pub(crate) struct Settled {
    pub pages: Vec<Page>,
    pub structure: Structure,
}

/// Sets a paper until the numbers of its pages, which it names itself, stay as they are.
pub(crate) fn settled(paper: &Paper, case: &Case) -> Settled {
    let mut numbers = Pages::new();
    let mut round = 1;
    loop {
        let mut flow = Flow::new(case, &numbers);
        for block in &paper.blocks {
            flow.block(block, &paper.blocks);
        }
        let (structure, laid) = (flow.structure, pages::laid(flow.strips, &flow.heads));
        let found = pages::places(&laid);
        if round == ROUNDS || found == numbers {
            return Settled { pages: laid, structure };
        }
        numbers = found;
        round += 1;
    }
}

/// Strips as they come.
pub(crate) struct Flow<'a> {
    pub case: &'a Case,
    pub numbers: &'a Pages,
    pub strips: Vec<Strip>,
    pub heads: Vec<Vec<Strip>>,
    pub structure: Structure,
    is_fresh: bool,
    gap: f32,
}

impl<'a> Flow<'a> {
    fn new(case: &'a Case, numbers: &'a Pages) -> Self {
        let (strips, heads) = (Vec::new(), Vec::new());
        Self { case, numbers, strips, heads, structure: Structure::new(), is_fresh: false, gap: 0.0 }
    }

    /// Adds a strip below a gap.
    pub(crate) fn push(&mut self, gap: f32, mut strip: Strip) {
        strip.gap = gap.max(std::mem::take(&mut self.gap));
        strip.is_fresh |= std::mem::take(&mut self.is_fresh);
        self.strips.push(strip);
    }

    fn block(&mut self, block: &Block, all: &[Block]) {
        match block {
            Block::Banner(banner) => self.banner(banner),
            Block::Head { level, text, anchor } => self.head(*level, text, anchor),
            Block::Text(text) => self.text(text),
            Block::List(list) => self.list(list),
            Block::Notes(notes) => self.notes(notes),
            Block::Table(table) => table::set(self, table),
            Block::Drawing(drawing) => self.drawing(drawing),
            Block::Contents { title } => contents::set(self, title, all),
            Block::Room(room) => self.gap = self.gap.max(*room),
            Block::NewPage => self.is_fresh = true,
        }
    }

    fn banner(&mut self, banner: &Banner) {
        let (bleed, top) = (pages::LEFT, pages::TOP);
        let small = Look::new(Face::Sans, 11.0).in_colour(Colour::WHITE);
        let title = Look::new(Face::SerifBold, 30.0).in_colour(Colour::WHITE);
        let brand = Look::new(Face::SerifBold, 19.0).in_colour(Colour::WHITE);
        let below = Look::new(Face::Serif, 16.0).in_colour(Colour::WHITE);
        let mut strip = Strip::of(0.0);
        let mut y = 14.0;
        let mut says: Vec<(f32, NodeId, Line)> = Vec::new();
        let own = self.structure.node(Structure::ROOT, Tag::P);
        says.extend(self.placed(own, &banner.brand, brand, &mut y, 19.0));
        y += 78.0;
        let own = self.structure.node(Structure::ROOT, Tag::P);
        says.extend(self.placed(own, &banner.kind, small, &mut y, 15.0));
        y += 20.0;
        let own = self.structure.node(Structure::ROOT, Tag::Title);
        says.extend(self.placed(own, &banner.title, title, &mut y, 36.0));
        y += 2.0;
        let own = self.structure.node(Structure::ROOT, Tag::P);
        says.extend(self.placed(own, &banner.subtitle, below, &mut y, 22.0));
        for (y, node, line) in says {
            let leaf = self.structure.leaf(node);
            let inks = line.shaped.into_iter().map(|shaped| Ink::Text { x: 0.0, y, shaped }).collect();
            strip.pieces.push(Piece { leaf: Some(leaf), inks });
        }
        strip.height = y + 22.0;
        strip.decorate(vec![
            Ink::bar(-bleed, -top, pages::WIDTH, strip.height + top, Colour::BLUE),
            Ink::bar(-bleed, strip.height, pages::WIDTH, 5.0, Colour::YELLOW),
        ]);
        strip.height += 5.0;
        self.push(0.0, strip);
    }

    /// Lines of one text one below the other.
    fn placed(&self, node: NodeId, text: &str, look: Look, y: &mut f32, leading: f32) -> Vec<(f32, NodeId, Line)> {
        let set = lines(self.case, &[Run::new(text, look)], self.numbers, MEASURE);
        let placed = set.into_iter().map(|line| {
            let at = *y;
            *y += leading;
            (at, node, line)
        });
        placed.collect()
    }

    pub(crate) fn head(&mut self, level: Level, text: &str, anchor: &Anchor) {
        let (look, leading, gap, depth) = match level {
            Level::One => (Look::new(Face::SerifBold, 21.0), 25.0, 30.0, 1),
            Level::Two => (Look::new(Face::SerifBold, 14.5), 18.5, 20.0, 2),
            Level::Three => (Look::new(Face::SansBold, 9.6), 14.0, 13.0, 3),
        };
        let depth = std::num::NonZeroU16::MIN.saturating_add(depth - 1);
        let title: String = text.chars().take(400).collect();
        let node = self.structure.node(Structure::ROOT, Tag::Hn(depth, Some(title.clone())));
        let set = lines(self.case, &[Run::new(text, look)], self.numbers, MEASURE);
        let last = set.len() - 1;
        for (at, line) in set.into_iter().enumerate() {
            let mut strip = self.line(node, &line, 0.0, leading, &mut Vec::new());
            strip.keeps = true;
            if at == 0 {
                strip.anchors.push(anchor.clone());
                strip.bookmark = Some((level, title.clone()));
                if level == Level::One {
                    strip.decorate(vec![Ink::bar(0.0, -7.0, MEASURE, 1.6, Colour::BLUE)]);
                }
            }
            if at == last {
                strip.height += if level == Level::Three { 2.0 } else { 5.0 };
            }
            self.push(if at == 0 { gap } else { 0.0 }, strip);
        }
    }

    fn text(&mut self, text: &Paragraph) {
        let tag = Tag::P.with_lang(text.language.clone());
        let node = self.structure.node(Structure::ROOT, tag);
        let leading = text.runs.iter().map(|run| run.look.size).fold(8.0, f32::max) * 1.42;
        let inset = if text.is_notice { 10.0 } else { 0.0 };
        let measure = if text.is_notice { MEASURE - 2.0 * inset } else { PROSE };
        let set = lines(self.case, &text.runs, self.numbers, measure);
        let mut strips = self.lines(node, &set, inset, leading);
        if text.is_notice {
            boxed(&mut strips);
        }
        if let Some(last) = strips.last_mut() {
            last.keeps |= text.keeps;
        }
        for (at, strip) in strips.into_iter().enumerate() {
            self.push(if at == 0 { 7.0 } else { 0.0 }, strip);
        }
    }

    fn list(&mut self, list: &List) {
        let whole = self.structure.node(Structure::ROOT, Tag::L(ListNumbering::Disc));
        for (at, item) in list.items.iter().enumerate() {
            let node = self.structure.node(whole, Tag::LI);
            let sign = self.structure.node(node, Tag::Lbl);
            let body = self.structure.node(node, Tag::LBody);
            let size = item.iter().map(|run| run.look.size).fold(8.0, f32::max);
            let look = Look::new(Face::Sans, size).in_colour(Colour::BLUE);
            let leaf = self.structure.leaf(sign);
            let set = lines(self.case, item, self.numbers, MEASURE - 14.0);
            let mut strips = self.lines(body, &set, 14.0, size * 1.42);
            if let Some(first) = strips.first_mut() {
                let inks = line(self.case, "•", look).into_iter().map(|shaped| Ink::Text { x: 3.0, y: size, shaped });
                first.pieces.insert(0, Piece { leaf: Some(leaf), inks: inks.collect() });
            }
            for (line, strip) in strips.into_iter().enumerate() {
                let gap = if at == 0 { 6.0 } else { 2.0 };
                self.push(if line == 0 { gap } else { 0.0 }, strip);
            }
        }
    }

    fn notes(&mut self, notes: &[Note]) {
        let look = Look::new(Face::Sans, 7.6).in_colour(Colour::INK_2);
        for (at, note) in notes.iter().enumerate() {
            let node = self.structure.node(Structure::ROOT, Tag::Note);
            let sign = self.structure.node(node, Tag::Lbl);
            let body = self.structure.node(node, Tag::P);
            let leaf = self.structure.leaf(sign);
            let set = lines(self.case, &note.runs, self.numbers, MEASURE - 16.0);
            let mut strips = self.lines(body, &set, 16.0, 10.8);
            if let Some(first) = strips.first_mut() {
                let shaped = line(self.case, &note.sign, look);
                let x = 11.0 - width(&shaped);
                let inks = shaped.into_iter().map(|shaped| Ink::Text { x, y: 7.8, shaped });
                first.pieces.insert(0, Piece { leaf: Some(leaf), inks: inks.collect() });
                first.anchors.push(note.anchor.clone());
            }
            for (line, strip) in strips.into_iter().enumerate() {
                let gap = if at == 0 { 8.0 } else { 1.5 };
                self.push(if line == 0 { gap } else { 0.0 }, strip);
            }
        }
    }

    fn drawing(&mut self, drawing: &Drawing) {
        let told: String = drawing.told.chars().take(8000).collect();
        let node = self.structure.node(Structure::ROOT, Tag::Figure(Some(told)));
        let leaf = self.structure.leaf(node);
        let mut inks = Vec::new();
        for mark in &drawing.marks {
            match mark {
                Mark::Shape { outline, fill, stroke, dashed } => {
                    let (outline, fill, stroke, dashed) = (outline.clone(), *fill, *stroke, *dashed);
                    inks.push(Ink::Shape { outline, fill, stroke, dashed });
                }
                Mark::Words { x, y, text, look, anchoring } => {
                    let shaped = line(self.case, text, *look);
                    let x = match anchoring {
                        Anchoring::Start => *x,
                        Anchoring::Middle => *x - width(&shaped) / 2.0,
                        Anchoring::End => *x - width(&shaped),
                    };
                    inks.extend(shaped.into_iter().map(|shaped| Ink::Text { x, y: *y, shaped }));
                }
            }
        }
        let pieces = vec![Piece { leaf: Some(leaf), inks }];
        self.push(8.0, Strip { height: drawing.height, pieces, keeps: drawing.keeps, ..Strip::default() });
    }

    /// Lines as strips; neither the first nor the last stands alone on a page.
    pub(crate) fn lines(&mut self, node: NodeId, set: &[Line], x: f32, leading: f32) -> Vec<Strip> {
        let mut known = Vec::new();
        let count = set.len();
        let mut strips: Vec<Strip> = set.iter().map(|line| self.line(node, line, x, leading, &mut known)).collect();
        for (at, strip) in strips.iter_mut().enumerate() {
            strip.keeps = at + 1 < count && (at == 0 || at + 2 == count);
        }
        strips
    }

    /// One line as a strip, with its links.
    pub(crate) fn line(
        &mut self,
        node: NodeId,
        line: &Line,
        x: f32,
        leading: f32,
        known: &mut Vec<(usize, NodeId)>,
    ) -> Strip {
        let mut strip = Strip::of(leading);
        let size = line.shaped.iter().map(|shaped| shaped.size).fold(0.0, f32::max);
        self.ink(node, line, x, (leading - size) / 2.0 + size * 0.82, leading, known, &mut strip);
        strip
    }

    /// Draws a line into a strip: what leads elsewhere is a link of its own.
    #[allow(clippy::too_many_arguments)]
    pub(crate) fn ink(
        &mut self,
        node: NodeId,
        line: &Line,
        x: f32,
        y: f32,
        leading: f32,
        known: &mut Vec<(usize, NodeId)>,
        strip: &mut Strip,
    ) {
        let mut parts: Vec<(Option<usize>, Vec<&crate::shape::Shaped>)> = Vec::new();
        for shaped in &line.shaped {
            let link = shaped.to.as_ref().map(|_| shaped.run);
            match parts.last_mut().filter(|last| last.0 == link) {
                Some(last) => last.1.push(shaped),
                None => parts.push((link, vec![shaped])),
            }
        }
        for (link, shaped) in parts {
            let inks: Vec<Ink> =
                shaped.iter().map(|shaped| Ink::Text { x, y: y - shaped.rise, shaped: (*shaped).clone() }).collect();
            let Some(run) = link else {
                let leaf = self.structure.leaf(node);
                strip.pieces.push(Piece { leaf: Some(leaf), inks });
                continue;
            };
            let linked = known.iter().find(|(of, _)| *of == run).map(|(_, node)| *node);
            let linked = linked.unwrap_or_else(|| {
                let linked = self.structure.node(node, Tag::Link);
                known.push((run, linked));
                linked
            });
            let leaf = self.structure.leaf(linked);
            strip.pieces.push(Piece { leaf: Some(leaf), inks });
            let (Some(first), Some(last)) = (shaped.first(), shaped.last()) else { continue };
            if let Some(to) = first.to.clone() {
                let (left, width) = (x + first.x, last.x + last.width - first.x);
                let top = y - leading * 0.78;
                strip.links.push(Link { leaf: self.structure.leaf(linked), to, left, top, width, height: leading });
            }
        }
    }
}

/// Puts lines into a box that may break with them.
fn boxed(strips: &mut [Strip]) {
    let last = strips.len().saturating_sub(1);
    for (at, strip) in strips.iter_mut().enumerate() {
        let top = if at == 0 { 7.0 } else { 0.0 };
        let bottom = if at == last { 7.0 } else { 0.0 };
        strip.decorate(vec![
            Ink::bar(0.0, -top, MEASURE, strip.height + top + bottom, Colour::YELLOW_TINT),
            Ink::bar(0.0, -top, 3.0, strip.height + top + bottom, Colour::YELLOW),
        ]);
        strip.height += bottom;
    }
}
