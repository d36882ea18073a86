//! What a paper is made of: blocks, one below the other.

use crate::drawing::Drawing;
use crate::shape::{Anchor, Run};
use crate::table::Table;

/// A paper to set.
#[derive(Debug, Clone, Default)]
pub struct Paper {
    /// What it is called.
    pub title: String,
    /// What it is about, in a sentence.
    pub description: String,
    /// Who publishes it.
    pub author: String,
    /// Its language, as a tag: `en`.
    pub language: String,
    /// What tells it from every other paper: the same for the same content.
    pub id: String,
    /// The moment it speaks of: year, month, day, hour, minute and second in UTC.
    pub dated: (u16, u8, u8, u8, u8, u8),
    /// What stands at the foot of every page but the first, on the left.
    pub foot: String,
    /// How a page is told at the foot, with `{page}` and `{pages}` in it.
    pub page_told: String,
    /// What is read out of a link, before the title of what it leads to.
    pub link_told: String,
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// A file that lies inside.
    pub attachment: Option<Attachment>,
}

/// A file inside a paper.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media: String,
    /// What it is.
    pub description: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The level of a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// A chapter.
    One,
    /// A part of a chapter.
    Two,
    /// A part of a part.
    Three,
}

/// A part of a paper.
#[derive(Debug, Clone)]
pub enum Block {
    /// The top of the first page.
    Banner(Banner),
    /// A head; heads make the contents and the bookmarks.
    Head {
        /// How high it ranks.
        level: Level,
        /// What it says.
        text: String,
        /// Where links to it lead.
        anchor: Anchor,
    },
    /// A text.
    Text(Paragraph),
    /// Things one below the other.
    List(List),
    /// Notes that signs in the text above lead to.
    Notes(Vec<Note>),
    /// A table.
    Table(Table),
    /// A drawing.
    Drawing(Drawing),
    /// The heads of the first two levels with their pages, under a head of its own.
    Contents {
        /// What it is called.
        title: String,
    },
    /// Room, in points.
    Room(f32),
    /// What follows begins on a new page.
    NewPage,
}

/// The top of the first page.
#[derive(Debug, Clone)]
pub struct Banner {
    /// Whose paper it is.
    pub brand: String,
    /// What kind of paper it is.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// More about it.
    pub subtitle: String,
}

/// A text of one or more lines; a line feed begins a new line.
#[derive(Debug, Clone, Default)]
pub struct Paragraph {
    /// What it says.
    pub runs: Vec<Run>,
    /// Its language, when it is not the paper's.
    pub language: Option<String>,
    /// Whether it stands in a box, as a notice.
    pub is_notice: bool,
    /// Whether what follows stays with it.
    pub keeps: bool,
}

impl Paragraph {
    /// A text.
    pub fn of(runs: Vec<Run>) -> Self {
        Self { runs, ..Self::default() }
    }
}

/// Things one below the other, each with a dot.
#[derive(Debug, Clone, Default)]
pub struct List {
    /// The things.
    pub items: Vec<Vec<Run>>,
}

/// A note.
#[derive(Debug, Clone)]
pub struct Note {
    /// Its sign.
    pub sign: String,
    /// Where links to it lead.
    pub anchor: Anchor,
    /// What it says.
    pub runs: Vec<Run>,
}
