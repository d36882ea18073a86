//! Pages for printing and keeping: blocks of text, tables and drawings in, a PDF out that is archivable (PDF/A-3a) and
//! accessible (PDF/UA-1). The same blocks are the same bytes: no clock, no chance, no font of the machine.
//!
//! It knows nothing of what it sets. A text is set whatever it holds: letters that no font here has stand as □ and keep
//! what they are for copying and reading aloud; words that are too long are broken; rows that are too high are divided.

mod block;
mod clean;
mod colour;
mod contents;
mod draw;
mod drawing;
mod face;
mod flow;
mod kerning;
mod lines;
mod pages;
mod shape;
mod strip;
mod structure;
mod table;
#[cfg(test)]
mod tests;

pub use block::{Attachment, Banner, Block, Level, List, Note, Paper, Paragraph};
pub use clean::clean;
pub use colour::Colour;
pub use drawing::{Anchoring, Drawing, Mark, Outline, Step};
pub use face::Face;
pub use shape::{Anchor, Look, Run};
pub use table::{Cell, Column, Row, Side, Table};

/// Why a paper cannot be set.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// A font that belongs to the program cannot be read.
    #[error("the font {0} cannot be read")]
    Font(&'static str),
    /// What was set does not keep to the standards.
    #[error("the document would not be PDF/A and PDF/UA: {0}")]
    Standard(String),
}

/// Sets a paper as a PDF.
///
/// # Errors
/// When it cannot be written to the standards, which no text brings about.
pub fn set(paper: &Paper) -> Result<Vec<u8>, PaperError> {
    let case = face::Case::new()?;
    draw::draw(paper, &case, &flow::settled(paper, &case))
}

/// Whether the fonts have a sign for every letter of the text.
pub fn covers(text: &str) -> bool {
    let Ok(case) = face::Case::new() else { return false };
    clean(text).chars().all(|letter| letter == '\n' || case.find(Face::Sans, letter).is_known)
}
