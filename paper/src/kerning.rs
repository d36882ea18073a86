//! Kerning: how much closer two neighbours stand, as the font's own table of pairs says.

use std::cell::RefCell;
use std::collections::HashMap;

use skrifa::raw::TableProvider;
use skrifa::raw::tables::gpos::{Gpos, PairPos, PositionSubtables};
use skrifa::{FontRef, GlyphId, Tag};

/// The pairs of one font.
pub(crate) struct Kerning<'a> {
    /// Lookup by lookup: in each the first table that knows a pair decides, and the lookups add up.
    lookups: Vec<Vec<PairPos<'a>>>,
    found: RefCell<HashMap<(u32, u32), f32>>,
}

impl<'a> Kerning<'a> {
    /// Finds the pairs; none when the font has none.
    pub(crate) fn new(font: &FontRef<'a>) -> Self {
        let lookups = font.gpos().ok().and_then(|gpos| pairs(&gpos)).unwrap_or_default();
        Self { lookups, found: RefCell::default() }
    }

    /// The distance to add between two glyphs, in the font's units.
    pub(crate) fn between(&self, left: u32, right: u32) -> f32 {
        let found = self.found.borrow().get(&(left, right)).copied();
        found.unwrap_or_else(|| {
            let (one, other) = (GlyphId::new(left), GlyphId::new(right));
            let of = |tables: &Vec<PairPos<'_>>| tables.iter().find_map(|table| distance(table, one, other));
            let distance = self.lookups.iter().filter_map(of).sum();
            self.found.borrow_mut().insert((left, right), distance);
            distance
        })
    }
}

/// The tables of pairs that the feature `kern` names.
fn pairs<'a>(gpos: &Gpos<'a>) -> Option<Vec<Vec<PairPos<'a>>>> {
    let (features, lookups) = (gpos.feature_list().ok()?, gpos.lookup_list().ok()?);
    let kern = features.feature_records().iter().filter(|record| record.feature_tag() == Tag::new(b"kern"));
    let kern = kern.filter_map(|record| record.feature(features.offset_data()).ok());
    let mut indices: Vec<u16> = kern
        .flat_map(|feature| feature.lookup_list_indices().iter().map(|index| index.get()).collect::<Vec<_>>())
        .collect();
    indices.sort_unstable();
    indices.dedup();
    let mut all = Vec::new();
    for index in indices {
        let Ok(lookup) = lookups.lookups().get(usize::from(index)) else { continue };
        if let Ok(PositionSubtables::Pair(found)) = lookup.subtables() {
            all.push(found.iter().filter_map(Result::ok).collect());
        }
    }
    Some(all)
}

/// What one table says of a pair; `None` when it does not know the left one, or the two together.
fn distance(table: &PairPos<'_>, left: GlyphId, right: GlyphId) -> Option<f32> {
    match table {
        PairPos::Format1(table) => {
            let at = table.coverage().ok()?.get(left)?;
            let set = table.pair_sets().get(usize::from(at)).ok()?;
            let mut records = set.pair_value_records().iter().filter_map(Result::ok);
            let record = records.find(|record| GlyphId::from(record.second_glyph()) == right)?;
            Some(f32::from(record.value_record1().x_advance().unwrap_or_default()))
        }
        PairPos::Format2(table) => {
            table.coverage().ok()?.get(left)?;
            let one = table.class_def1().ok()?.get(left);
            let other = table.class_def2().ok()?.get(right);
            let row = table.class1_records().get(usize::from(one)).ok()?;
            let record = row.class2_records().get(usize::from(other)).ok()?;
            Some(f32::from(record.value_record1().x_advance().unwrap_or_default()))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::face::{Case, Face};

    #[test]
    fn an_a_stands_closer_to_a_v() {
        let case = Case::new().unwrap();
        for face in [Face::Sans, Face::Serif, Face::SerifBold] {
            let pair = |left, right| case.kern(case.find(face, left), case.find(face, right));
            assert!(pair('A', 'V') < 0.0, "{face:?}: {}", pair('A', 'V'));
            assert!(pair('n', 'n').abs() < 0.01);
        }
    }
}
