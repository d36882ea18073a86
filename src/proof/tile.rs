//! Tiles and their paths (C2SP tlog-tiles): 256 neighbouring hashes, or 256 records, at an address of their own.
//!
//! A tile's path is `tile/L/N[.p/W]` for hashes, `tile/entries/N[.p/W]` for records; N in groups of three digits, all
//! but the last marked with `x`. One tile has one path: any other spelling is refused.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use super::Node;

/// How many hashes or records a full tile holds.
pub const TILE_WIDTH: u16 = 256;

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Content {
    /// Hashes of complete subtrees of 256ᴸ leaves, for this L.
    Hashes(u8),
    /// The records themselves.
    Entries,
}

/// The address of a tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tile {
    /// What it holds.
    pub content: Content,
    /// Which tile of its row, from 0.
    pub number: u64,
    /// How many it holds: 256 when full, fewer at the tree's right edge.
    pub width: u16,
}

/// A text that is no tile's path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be a tile's path such as tile/0/x001/234 or tile/entries/000.p/12")]
pub struct NotATile;

/// Where in a row of tiles the hash of a complete subtree is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TileSlice {
    /// The tile's level.
    pub level: u8,
    /// Which tile of that level.
    pub number: u64,
    /// Which of its hashes: the root over these is the subtree's hash.
    pub hashes: Range<usize>,
}

impl Node {
    /// Where this subtree's hash is found among the tiles.
    pub fn in_tile(self) -> TileSlice {
        let (level, height) = (self.level / 8, self.level % 8);
        let first = (self.index << height) % u64::from(TILE_WIDTH);
        let start = first as usize;
        TileSlice {
            level,
            number: (self.index << height) / u64::from(TILE_WIDTH),
            hashes: start..start + (1 << height),
        }
    }
}

impl Tile {
    /// The leaves that one of its entries covers, as a power of two.
    fn height(self) -> u32 {
        match self.content {
            Content::Hashes(level) => 8 * u32::from(level),
            Content::Entries => 0,
        }
    }

    /// Whether a tree of that size has this tile, at this width or a larger one.
    pub fn is_within(self, size: u64) -> bool {
        let row = size.checked_shr(self.height()).unwrap_or(0);
        self.end().is_some_and(|end| end <= row)
    }

    /// The number, in its row, of the first hash or record it holds and of the first one after it.
    ///
    /// Nothing when there is no such number.
    pub fn span(self) -> Option<Range<u64>> {
        let start = self.number.checked_mul(u64::from(TILE_WIDTH))?;
        Some(start..self.end()?)
    }

    fn end(self) -> Option<u64> {
        self.number.checked_mul(u64::from(TILE_WIDTH))?.checked_add(u64::from(self.width))
    }

    /// The complete subtrees whose hashes a tile of hashes holds, in order; none for records.
    pub fn nodes(self) -> impl Iterator<Item = Node> {
        let level = match self.content {
            Content::Hashes(level) => level.checked_mul(8),
            Content::Entries => None,
        };
        let span = self.span().unwrap_or_default();
        level.into_iter().flat_map(move |level| span.clone().map(move |index| Node { level, index }))
    }
}

impl fmt::Display for Tile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.content {
            Content::Hashes(level) => write!(out, "tile/{level}/")?,
            Content::Entries => out.write_str("tile/entries/")?,
        }
        let digits = self.number.to_string();
        let padded = format!("{digits:0>width$}", width = digits.len().div_ceil(3) * 3);
        for (at, digit) in padded.chars().enumerate() {
            match (at % 3, at + 3 < padded.len()) {
                (0, true) => write!(out, "x{digit}")?,
                (2, true) => write!(out, "{digit}/")?,
                _ => write!(out, "{digit}")?,
            }
        }
        if self.width < TILE_WIDTH { write!(out, ".p/{}", self.width) } else { Ok(()) }
    }
}

impl FromStr for Tile {
    type Err = NotATile;

    fn from_str(path: &str) -> Result<Self, NotATile> {
        let (row, rest) = path.strip_prefix("tile/").and_then(|rest| rest.split_once('/')).ok_or(NotATile)?;
        let content = match row {
            "entries" => Content::Entries,
            level => Content::Hashes(level.parse().ok().filter(|level| *level < 64).ok_or(NotATile)?),
        };
        let (groups, width) = match rest.split_once(".p/") {
            Some((groups, width)) => (groups, width.parse().map_err(|_| NotATile)?),
            None => (rest, TILE_WIDTH),
        };
        let digits: String = groups.split('/').map(|group| group.trim_start_matches('x')).collect();
        let number = digits.parse().map_err(|_| NotATile)?;
        let tile = Self { content, number, width };
        let only_spelling = width > 0 && tile.to_string() == path;
        if only_spelling { Ok(tile) } else { Err(NotATile) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::proof::inclusion_nodes;

    #[test]
    fn a_path_spelt_in_another_way_is_refused() {
        for wrong in [
            "",
            "tile",
            "tile/0",
            "tile/0/",
            "tile/0/0",
            "tile/00/000",
            "tile/64/000",
            "tile/-1/000",
            "tile/0/x000/001",
            "tile/0/x001/1",
            "tile/0/001/001",
            "tile/0/xx01/001",
            "tile/0/x001",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/257",
            "tile/0/000.p/01",
            "tile/0/000.p/",
            "tile/0/+00",
            "/tile/0/000",
            "tile/0/000/",
            "tile/entries/000.p/1.p/1",
            "tile/8/0/000",
            "tile/0/x018/x446/x744/x073/x709/x551/616",
        ] {
            assert_eq!(wrong.parse::<Tile>(), Err(NotATile), "{wrong}");
        }
    }

    #[test]
    fn a_tile_is_there_only_once_the_tree_reaches_its_end() {
        let tile: Tile = "tile/1/001.p/17".parse().unwrap();
        assert!(tile.is_within(70_000));
        assert!(!tile.is_within(273 * 256 - 1));
        assert!(!"tile/63/000.p/1".parse::<Tile>().unwrap().is_within(u64::MAX));
        assert!(!Tile { content: Content::Entries, number: u64::MAX, width: 256 }.is_within(u64::MAX));
    }

    #[test]
    fn a_proof_finds_all_its_hashes_in_the_tiles_of_its_tree() {
        let size = 70_000;
        for index in [0, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999] {
            for node in inclusion_nodes(index, size) {
                let slice = node.in_tile();
                assert!(slice.hashes.end <= usize::from(TILE_WIDTH));
                let width = slice.hashes.end as u16;
                assert!(Tile { content: Content::Hashes(slice.level), number: slice.number, width }.is_within(size));
            }
        }
    }

    proptest! {
        #[test]
        fn every_tile_reads_back_from_its_path(level in 0..64_u8, number: u64, width in 1..=TILE_WIDTH, entries: bool) {
            let content = if entries { Content::Entries } else { Content::Hashes(level) };
            let tile = Tile { content, number, width };
            prop_assert_eq!(tile.to_string().parse(), Ok(tile));
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in ".{0,40}", row in "(tile/(0|entries)/)?[x0-9/.p]{0,24}") {
            let _ = (text.parse::<Tile>(), row.parse::<Tile>());
        }
    }
}
