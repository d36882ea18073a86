//! Strips: blocks cut into what never breaks across pages, such as a line of text or a row of a table.

use crate::block::Level;
use crate::colour::Colour;
use crate::drawing::Outline;
use crate::shape::{Anchor, Shaped};
use crate::structure::Leaf;

/// Something drawn, from the strip's top left corner.
#[derive(Debug, Clone)]
pub(crate) enum Ink {
    /// A text: its line stands at `y`.
    Text { x: f32, y: f32, shaped: Shaped },
    /// A shape.
    Shape { outline: Outline, fill: Option<Colour>, stroke: Option<(Colour, f32)>, dashed: bool },
}

impl Ink {
    /// A filled rectangle.
    pub(crate) fn bar(x: f32, y: f32, width: f32, height: f32, colour: Colour) -> Self {
        Self::Shape {
            outline: Outline::rectangle(x, y, width, height),
            fill: Some(colour),
            stroke: None,
            dashed: false,
        }
    }
}

/// What is drawn for one leaf, or as decoration.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub leaf: Option<Leaf>,
    pub inks: Vec<Ink>,
}

/// An area that leads elsewhere.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub leaf: Leaf,
    pub to: Anchor,
    pub left: f32,
    pub top: f32,
    pub width: f32,
    pub height: f32,
}

/// What never breaks across pages.
#[derive(Debug, Clone, Default)]
pub(crate) struct Strip {
    pub height: f32,
    /// Room above, which the top of a page swallows.
    pub gap: f32,
    pub pieces: Vec<Piece>,
    pub links: Vec<Link>,
    /// Whether the next strip stays on the same page.
    pub keeps: bool,
    /// Whether it begins a page.
    pub is_fresh: bool,
    pub anchors: Vec<Anchor>,
    /// A bookmark.
    pub bookmark: Option<(Level, String)>,
    /// The head of its table, which is repeated where a page begins with this strip.
    pub head: Option<usize>,
}

impl Strip {
    /// An empty strip of a height.
    pub(crate) fn of(height: f32) -> Self {
        Self { height, ..Self::default() }
    }

    /// Adds decoration, below what is there already.
    pub(crate) fn decorate(&mut self, inks: Vec<Ink>) {
        self.pieces.insert(0, Piece { leaf: None, inks });
    }

    /// The same as decoration alone, for a head that is repeated.
    pub(crate) fn repeated(&self) -> Self {
        let pieces = self.pieces.iter().map(|piece| Piece { leaf: None, inks: piece.inks.clone() });
        Self { height: self.height, pieces: pieces.collect(), ..Self::default() }
    }
}
