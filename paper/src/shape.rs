//! Runs of text and their forms: which glyph of which face each letter is, and where it stands.

use krilla::text::{GlyphId, KrillaGlyph};

use crate::clean::clean;
use crate::colour::Colour;
use crate::face::{Case, Face};

/// A place that can be led to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Anchor(pub String);

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// The face.
    pub face: Face,
    /// The size in points.
    pub size: f32,
    /// The colour.
    pub colour: Colour,
}

impl Look {
    /// A face in a size, as text.
    pub const fn new(face: Face, size: f32) -> Self {
        Self { face, size, colour: Colour::INK }
    }

    /// In another colour.
    #[must_use]
    pub const fn in_colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }
}

/// What a run says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Says {
    /// This.
    Text(String),
    /// The number of the page where something stands.
    PageOf(Anchor),
}

/// Text in one look.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    pub(crate) says: Says,
    pub(crate) look: Look,
    pub(crate) to: Option<Anchor>,
    /// How far above the line it stands, in parts of its size.
    pub(crate) rise: f32,
}

impl Run {
    /// A text.
    pub fn new(text: impl Into<String>, look: Look) -> Self {
        Self { says: Says::Text(text.into()), look, to: None, rise: 0.0 }
    }

    /// The number of the page where something stands, leading there.
    pub fn page_of(anchor: Anchor, look: Look) -> Self {
        Self { says: Says::PageOf(anchor.clone()), look, to: Some(anchor), rise: 0.0 }
    }

    /// A link to a place.
    #[must_use]
    pub fn leading_to(mut self, anchor: Anchor) -> Self {
        self.to = Some(anchor);
        self
    }

    /// Small and above the line, as the sign of a note.
    #[must_use]
    pub fn raised(mut self) -> Self {
        self.look.size *= 0.68;
        self.rise = 0.5;
        self
    }
}

/// Text of one run, face and line, ready to draw.
#[derive(Debug, Clone)]
pub(crate) struct Shaped {
    pub face: Face,
    pub size: f32,
    pub colour: Colour,
    pub text: String,
    pub glyphs: Vec<KrillaGlyph>,
    /// From the left.
    pub x: f32,
    pub width: f32,
    /// Above the line, in points.
    pub rise: f32,
    /// The number of its run.
    pub run: usize,
    pub to: Option<Anchor>,
}

/// Shapes a text that stays on one line.
pub(crate) fn line(case: &Case, text: &str, look: Look) -> Vec<Shaped> {
    let mut out: Vec<Shaped> = Vec::new();
    let mut x = 0.0;
    let mut before = None;
    for letter in clean(text).chars() {
        let letter = if letter == '\n' { ' ' } else { letter };
        let form = case.find(look.face, letter);
        let kern = before.map_or(0.0, |before| case.kern(before, form)) * look.size;
        before = Some(form);
        if out.last().is_none_or(|last| last.face != form.face) {
            out.push(Shaped::begin(form.face, look, x, 0, None, 0.0));
        }
        if let Some(last) = out.last_mut() {
            last.tighten(kern);
            last.push(letter, form.glyph, form.advance);
        }
        x += kern + form.advance * look.size;
    }
    out
}

impl Shaped {
    pub(crate) fn begin(face: Face, look: Look, x: f32, run: usize, to: Option<Anchor>, rise: f32) -> Self {
        let (text, glyphs) = (String::new(), Vec::new());
        Self { face, size: look.size, colour: look.colour, text, glyphs, x, width: 0.0, rise, run, to }
    }

    /// Adds a letter of an advance for a size of one.
    pub(crate) fn push(&mut self, letter: char, glyph: GlyphId, advance: f32) {
        let begin = self.text.len();
        self.text.push(letter);
        self.glyphs.push(KrillaGlyph::new(glyph, advance, 0.0, 0.0, 0.0, begin..self.text.len(), None));
        self.width += advance * self.size;
    }

    /// Moves what comes next by a distance in points.
    pub(crate) fn tighten(&mut self, distance: f32) {
        if let Some(last) = self.glyphs.last_mut() {
            last.x_advance += distance / self.size;
            self.width += distance;
        } else {
            self.x += distance;
        }
    }
}

/// How wide shaped texts are together.
pub(crate) fn width(shaped: &[Shaped]) -> f32 {
    shaped.last().map_or(0.0, |last| last.x + last.width) - shaped.first().map_or(0.0, |first| first.x)
}
