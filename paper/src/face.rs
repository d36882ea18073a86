//! The faces: a serif for heads and prose, a sans for tables and labels, a fixed width for hashes. All of them come with
//! the program. A letter that its face lacks is taken from another, and what none has stands as □.

use std::cell::RefCell;
use std::collections::HashMap;

use krilla::text::{Font, GlyphId};
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

use crate::PaperError;
use crate::kerning::Kerning;

/// A face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Face {
    /// Tables and labels.
    Sans,
    /// Emphasis in tables.
    SansBold,
    /// Asides in tables.
    SansItalic,
    /// Prose.
    Serif,
    /// Heads.
    SerifBold,
    /// Asides in prose.
    SerifItalic,
    /// Hashes.
    Mono,
}

/// What stands for a letter that no face has.
const UNKNOWN: char = '□';

/// Where the faces lie among those of `typst_assets::fonts`, as a test makes sure.
const SERIF: usize = 0;
const SERIF_ITALIC: usize = 2;
const SERIF_BOLD: usize = 4;
const MONO: usize = 16;

impl Face {
    const ALL: [Self; 7] =
        [Self::Sans, Self::SansBold, Self::SansItalic, Self::Serif, Self::SerifBold, Self::SerifItalic, Self::Mono];

    /// Its name, and its file as a part of the program.
    pub(crate) fn file(self) -> (&'static str, &'static [u8]) {
        let asset = |at: usize| typst_assets::fonts().nth(at).unwrap_or_default();
        match self {
            Self::Sans => ("NotoSans", notosans::REGULAR_TTF),
            Self::SansBold => ("NotoSans-Bold", notosans::BOLD_TTF),
            Self::SansItalic => ("NotoSans-Italic", notosans::ITALIC_TTF),
            Self::Serif => ("LibertinusSerif-Regular", asset(SERIF)),
            Self::SerifBold => ("LibertinusSerif-Semibold", asset(SERIF_BOLD)),
            Self::SerifItalic => ("LibertinusSerif-Italic", asset(SERIF_ITALIC)),
            Self::Mono => ("DejaVuSansMono", asset(MONO)),
        }
    }

    /// Where a letter is looked for that this face lacks.
    fn others(self) -> [Self; 3] {
        match self {
            Self::SansBold | Self::SerifBold => [Self::SansBold, Self::SerifBold, Self::Mono],
            _ => [Self::Sans, Self::Serif, Self::Mono],
        }
    }
}

/// A letter's form: in which face, which glyph, how wide for a size of one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form {
    pub face: Face,
    pub glyph: GlyphId,
    pub advance: f32,
    /// Whether it is the letter's own form.
    pub is_known: bool,
}

/// Letters of scripts that run from right to left. Lines are set from left to right alone: no sign is better than words
/// that read backwards.
fn runs_from_the_right(letter: char) -> bool {
    matches!(u32::from(letter), 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff | 0x1_0800..=0x1_0fff | 0x1_e800..=0x1_efff)
}

struct Loaded {
    font: Font,
    charmap: skrifa::charmap::Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    kerning: Kerning<'static>,
    units: f32,
}

/// All faces, read.
pub(crate) struct Case {
    loaded: Vec<Loaded>,
    forms: RefCell<HashMap<(Face, char), Form>>,
}

impl Case {
    /// Reads the faces.
    pub(crate) fn new() -> Result<Self, PaperError> {
        let loaded: Result<Vec<Loaded>, PaperError> = Face::ALL.iter().map(|face| load(*face)).collect();
        Ok(Self { loaded: loaded?, forms: RefCell::default() })
    }

    fn of(&self, face: Face) -> &Loaded {
        &self.loaded[face as usize]
    }

    /// The face as the writer of PDF takes it.
    pub(crate) fn font(&self, face: Face) -> Font {
        self.of(face).font.clone()
    }

    /// A letter's form.
    pub(crate) fn find(&self, face: Face, letter: char) -> Form {
        if let Some(form) = self.forms.borrow().get(&(face, letter)) {
            return *form;
        }
        let faces = [face].into_iter().chain(face.others());
        let mut known = faces.clone().filter(|_| !runs_from_the_right(letter));
        let own = known.find_map(|face| self.form(face, letter, true));
        let unknown = || faces.clone().find_map(|face| self.form(face, UNKNOWN, false));
        let nothing = Form { face, glyph: GlyphId::new(1), advance: 0.5, is_known: false };
        let form = own.or_else(unknown).unwrap_or(nothing);
        self.forms.borrow_mut().insert((face, letter), form);
        form
    }

    fn form(&self, face: Face, letter: char, is_known: bool) -> Option<Form> {
        let loaded = self.of(face);
        let glyph = loaded.charmap.map(letter).filter(|glyph| glyph.to_u32() != 0)?;
        let advance = loaded.metrics.advance_width(glyph).unwrap_or_default() / loaded.units;
        Some(Form { face, glyph: GlyphId::new(glyph.to_u32()), advance, is_known })
    }

    /// How much closer two neighbours stand, for a size of one.
    pub(crate) fn kern(&self, left: Form, right: Form) -> f32 {
        if left.face != right.face || left.face == Face::Mono {
            return 0.0;
        }
        let loaded = self.of(left.face);
        loaded.kerning.between(left.glyph.to_u32(), right.glyph.to_u32()) / loaded.units
    }
}

fn load(face: Face) -> Result<Loaded, PaperError> {
    let (name, bytes) = face.file();
    let unreadable = || PaperError::Font(name);
    let font = Font::new(krilla::Data::from(bytes), 0).ok_or_else(unreadable)?;
    let read: FontRef<'static> = FontRef::from_index(bytes, 0).map_err(|_| unreadable())?;
    let units = font.units_per_em();
    let metrics = read.glyph_metrics(Size::unscaled(), LocationRef::default());
    Ok(Loaded { charmap: read.charmap(), metrics, kerning: Kerning::new(&read), units, font })
}

#[cfg(test)]
mod tests {
    use super::*;
    use skrifa::string::StringId;

    #[test]
    fn every_face_is_the_one_it_is_called() {
        for face in Face::ALL {
            let (name, bytes) = face.file();
            let read = FontRef::from_index(bytes, 0).unwrap();
            let own: Vec<String> =
                read.localized_strings(StringId::POSTSCRIPT_NAME).map(|name| name.to_string()).collect();
            assert!(own.iter().any(|own| own == name), "{name} is {own:?}");
        }
    }

    #[test]
    fn latin_greek_and_cyrillic_are_known_and_other_letters_stand_as_boxes() {
        let case = Case::new().unwrap();
        for face in Face::ALL {
            for letter in "Łódź Århus Ελλάδα София – “x” → − € ²".chars() {
                assert!(case.find(face, letter).is_known, "{face:?} {letter}");
            }
            for letter in "서京שم".chars() {
                let form = case.find(face, letter);
                assert!(!form.is_known && form.advance > 0.3, "{letter} {form:?}");
            }
        }
    }
}
