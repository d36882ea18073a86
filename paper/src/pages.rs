//! Pages: strips placed one below the other until a page is full.

use crate::lines::Pages;
use crate::strip::Strip;

/// A4, in points.
pub(crate) const WIDTH: f32 = 595.28;
pub(crate) const HEIGHT: f32 = 841.89;
/// Where the text begins and ends.
pub(crate) const LEFT: f32 = 62.0;
pub(crate) const TOP: f32 = 62.0;
const BOTTOM: f32 = HEIGHT - 70.0;

/// A page: strips and how far from its top they stand.
#[derive(Debug, Clone, Default)]
pub(crate) struct Page {
    pub strips: Vec<(f32, Strip)>,
}

/// Lays strips out on pages. The heads are repeated where a page begins within their table.
pub(crate) fn laid(strips: Vec<Strip>, heads: &[Vec<Strip>]) -> Vec<Page> {
    let mut laying = Laying { pages: vec![Page::default()], y: TOP, heads };
    let mut together: Vec<Strip> = Vec::new();
    for strip in strips {
        let stays = strip.keeps;
        together.push(strip);
        if !stays {
            laying.place(std::mem::take(&mut together));
        }
    }
    laying.place(together);
    laying.pages
}

/// The pages on which places stand, counted from one.
pub(crate) fn places(pages: &[Page]) -> Pages {
    let mut found = Pages::new();
    for (at, page) in pages.iter().enumerate() {
        for (_, strip) in &page.strips {
            for anchor in &strip.anchors {
                found.entry(anchor.clone()).or_insert(at + 1);
            }
        }
    }
    found
}

struct Laying<'a> {
    pages: Vec<Page>,
    y: f32,
    heads: &'a [Vec<Strip>],
}

impl Laying<'_> {
    fn is_at_top(&self) -> bool {
        self.pages.last().is_none_or(|page| page.strips.is_empty())
    }

    /// Places strips that stay together; those that are too high for any page break all the same.
    fn place(&mut self, strips: Vec<Strip>) {
        let Some(first) = strips.first() else { return };
        let height: f32 = strips.iter().map(|strip| strip.height + strip.gap).sum();
        let is_too_high = height > BOTTOM - TOP;
        let fits = self.y + height <= BOTTOM;
        if !self.is_at_top() && (first.is_fresh || (!fits && (!is_too_high || self.y > BOTTOM - 120.0))) {
            self.turn(first.head);
        }
        for strip in strips {
            if is_too_high && !self.is_at_top() && self.y + strip.gap + strip.height > BOTTOM {
                self.turn(strip.head);
            }
            self.put(strip);
        }
    }

    /// Begins a page, with the head of a table when it goes on there.
    fn turn(&mut self, head: Option<usize>) {
        self.pages.push(Page::default());
        self.y = TOP;
        let heads: Vec<Strip> = head.and_then(|head| self.heads.get(head)).cloned().unwrap_or_default();
        heads.into_iter().for_each(|strip| self.put(strip));
    }

    fn put(&mut self, strip: Strip) {
        let gap = if self.is_at_top() { 0.0 } else { strip.gap };
        let y = self.y + gap;
        self.y = y + strip.height;
        if let Some(page) = self.pages.last_mut() {
            page.strips.push((y, strip));
        }
    }
}
