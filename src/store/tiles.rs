//! Hash tiles: 256 neighbouring hashes of one level, kept whole once full, so that a proof reads at most 256 a level.
//!
//! Level 0 are the leaf hashes; a hash of level n + 1 is the root of a full tile of level n. The tiler holds the
//! hashes of the tiles that are not full yet and says which became full; it is rebuilt from what is kept whenever
//! another process has moved the head.

use crate::tree::{Hash, root_of};

/// Hashes in a full tile.
pub const TILE: u64 = 256;

/// A full tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tile {
    /// 0 for leaf hashes.
    pub level: u8,
    /// Which tile of its level, from 0.
    pub number: u64,
    /// The hash that stands for it one level up.
    pub root: Hash,
    /// Its 256 hashes, one after another.
    pub hashes: Vec<u8>,
}

/// The tiles that are not full yet, from level 0 up.
#[derive(Debug, Clone, Default)]
pub(super) struct Tiler {
    size: u64,
    open: Vec<Vec<Hash>>,
}

impl Tiler {
    /// Goes on at that size of the log, with the hashes of its open tiles.
    pub fn at(size: u64, open: Vec<Vec<Hash>>) -> Self {
        Self { size, open }
    }

    /// The size of the log it stands at.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Takes the next leaf; says which tiles it filled.
    pub fn push(&mut self, leaf: Hash) -> Vec<Tile> {
        self.size += 1;
        let mut filled = Vec::new();
        let mut hash = leaf;
        for level in 0_u8.. {
            let index = usize::from(level);
            if self.open.len() == index {
                self.open.push(Vec::new());
            }
            self.open[index].push(hash);
            if self.open[index].len() < TILE as usize {
                break;
            }
            let hashes = std::mem::take(&mut self.open[index]);
            hash = root_of(&hashes);
            let number = (self.size >> (8 * (u32::from(level) + 1))) - 1;
            filled.push(Tile { level, number, root: hash, hashes: hashes.concat() });
        }
        filled
    }
}

/// The open tiles of a log of that size: for each level, the index of the first hash and how many there are.
pub(super) fn open_tiles(size: u64) -> Vec<(u8, u64, usize)> {
    let mut open = Vec::new();
    let mut hashes = size;
    for level in 0_u8.. {
        if hashes == 0 {
            break;
        }
        open.push((level, hashes / TILE * TILE, (hashes % TILE) as usize));
        hashes /= TILE;
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::leaf_hash;

    #[test]
    fn full_tiles_are_said_once_and_stand_for_their_hashes() {
        let leaves: Vec<Hash> = (0..70_000_u32).map(|n| leaf_hash(&n.to_be_bytes())).collect();
        let mut tiler = Tiler::default();
        let tiles: Vec<Tile> = leaves.iter().flat_map(|leaf| tiler.push(*leaf)).collect();
        let of_level = |level| tiles.iter().filter(move |tile| tile.level == level);
        assert_eq!(of_level(0).count(), 70_000 / 256);
        assert!(of_level(0).enumerate().all(|(number, tile)| tile.number == number as u64));
        let upper: Vec<&Tile> = of_level(1).collect();
        assert_eq!((upper.len(), upper[0].number), (1, 0));
        assert_eq!(upper[0].hashes, of_level(0).take(256).map(|tile| tile.root).collect::<Vec<_>>().concat());
        assert_eq!(upper[0].root, root_of(&leaves[..65_536]));
        assert_eq!(tiler.open.iter().map(Vec::len).collect::<Vec<_>>(), [70_000 % 256, 273 - 256, 1]);
        assert_eq!(open_tiles(70_000), [(0, 69_888, 112), (1, 256, 17), (2, 0, 1)]);
    }
}
