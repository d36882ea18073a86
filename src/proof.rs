//! Proofs over the Merkle tree of the log: that a record is in it, and that a later log only grew (RFC 9162 §2.1.3
//! and §2.1.4).
//!
//! Proofs are made from the hashes of complete subtrees, which a closure hands over: [`Node`] says which, and in which
//! tile it is found. Where hashes are read asynchronously, ask [`inclusion_nodes`] or [`consistency_nodes`] first.
//! Nothing here reads or signs; an inclusion proof does not vouch for the tree's size: take that from a signed
//! checkpoint only.

mod bundle;
mod text;
mod tile;
#[cfg(test)]
mod vectors;

use std::convert::Infallible;

pub use bundle::{BundleError, bundle, unbundle};
pub use text::{ConsistencyProof, InclusionProof, NotAProof};
pub use tile::{Content, NotATile, TILE_WIDTH, Tile, TileSlice};

use crate::tree::{EMPTY_ROOT, Hash, node_hash};

/// A complete subtree: the one over leaves `index << level` up to `(index + 1) << level`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    /// 0 for a leaf; a subtree of level n has 2ⁿ leaves.
    pub level: u8,
    /// Which one of its level, from 0.
    pub index: u64,
}

/// A proof that cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError<E> {
    /// The tree is smaller than what is asked about.
    #[error("a tree of {size} leaves proves nothing about {asked}")]
    OutsideTree {
        /// The leaf's index, or the earlier size.
        asked: u64,
        /// The size of the tree.
        size: u64,
    },
    /// A hash could not be had.
    #[error(transparent)]
    Read(#[from] E),
}

/// A proof that does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the proof does not hold")]
pub struct NotProven;

/// The hashes that prove leaf `index` to be in the tree of `size` leaves.
///
/// # Errors
/// When the leaf is not in that tree, or a hash could not be had.
pub fn inclusion<E>(
    index: u64,
    size: u64,
    mut read: impl FnMut(Node) -> Result<Hash, E>,
) -> Result<Vec<Hash>, ProofError<E>> {
    if index >= size {
        return Err(ProofError::OutsideTree { asked: index, size });
    }
    let (mut start, mut end) = (0, size);
    let mut path = Vec::new();
    while end - start > 1 {
        let middle = start + split(end - start);
        if index < middle {
            path.push(subtree(middle, end, &mut read)?);
            end = middle;
        } else {
            path.push(subtree(start, middle, &mut read)?);
            start = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// The hashes that prove the tree of `new` leaves to be the tree of `old` leaves, grown.
///
/// # Errors
/// When `old` is larger than `new`, or a hash could not be had.
pub fn consistency<E>(
    old: u64,
    new: u64,
    mut read: impl FnMut(Node) -> Result<Hash, E>,
) -> Result<Vec<Hash>, ProofError<E>> {
    if old > new {
        return Err(ProofError::OutsideTree { asked: old, size: new });
    }
    if old == 0 {
        return Ok(Vec::new());
    }
    let (mut start, mut end) = (0, new);
    let mut path = Vec::new();
    while end != old {
        let middle = start + split(end - start);
        if old <= middle {
            path.push(subtree(middle, end, &mut read)?);
            end = middle;
        } else {
            path.push(subtree(start, middle, &mut read)?);
            start = middle;
        }
    }
    if start > 0 {
        path.push(subtree(start, end, &mut read)?);
    }
    path.reverse();
    Ok(path)
}

/// The root of the tree of `size` leaves.
///
/// # Errors
/// When a hash could not be had.
pub fn root<E>(size: u64, mut read: impl FnMut(Node) -> Result<Hash, E>) -> Result<Hash, E> {
    if size == 0 { Ok(EMPTY_ROOT) } else { subtree(0, size, &mut read) }
}

/// The complete subtrees whose hashes [`inclusion`] will ask for; none when the leaf is not in that tree.
pub fn inclusion_nodes(index: u64, size: u64) -> Vec<Node> {
    asked_for(|read| inclusion(index, size, read).ok())
}

/// The complete subtrees whose hashes [`consistency`] will ask for; none when `old` is larger than `new`.
pub fn consistency_nodes(old: u64, new: u64) -> Vec<Node> {
    asked_for(|read| consistency(old, new, read).ok())
}

fn asked_for<T>(make: impl FnOnce(&mut dyn FnMut(Node) -> Result<Hash, Infallible>) -> T) -> Vec<Node> {
    let mut nodes = Vec::new();
    make(&mut |node| {
        nodes.push(node);
        Ok(EMPTY_ROOT)
    });
    nodes
}

/// The largest power of two below `leaves`, which is at least 2.
fn split(leaves: u64) -> u64 {
    1 << (leaves - 1).ilog2()
}

/// The hash over leaves `start` up to `end`, at least one, where `start` is a multiple of a power of two that is not
/// smaller than their number.
fn subtree<E>(start: u64, end: u64, read: &mut impl FnMut(Node) -> Result<Hash, E>) -> Result<Hash, E> {
    let leaves = end - start;
    if leaves.is_power_of_two() {
        let level = leaves.trailing_zeros();
        return read(Node { level: level as u8, index: start >> level });
    }
    let middle = start + split(leaves);
    let left = subtree(start, middle, read)?;
    let right = subtree(middle, end, read)?;
    Ok(node_hash(&left, &right))
}

/// Checks that the leaf of that hash stands at `index` in the tree of `size` leaves with that root.
///
/// # Errors
/// [`NotProven`] when it does not follow from the proof.
pub fn verify_inclusion(index: u64, leaf: &Hash, size: u64, root: &Hash, path: &[Hash]) -> Result<(), NotProven> {
    if index >= size {
        return Err(NotProven);
    }
    let mut climb = Climb { node: index, last: size - 1 };
    let mut hash = *leaf;
    for sibling in path {
        hash = match climb.step()? {
            Side::Left => node_hash(sibling, &hash),
            Side::Right => node_hash(&hash, sibling),
        };
    }
    if climb.last == 0 && hash == *root { Ok(()) } else { Err(NotProven) }
}

/// Checks that the tree of `new` leaves with `new_root` begins with the tree of `old` leaves with `old_root`.
///
/// # Errors
/// [`NotProven`] when it does not follow from the proof.
pub fn verify_consistency(
    old: u64,
    old_root: &Hash,
    new: u64,
    new_root: &Hash,
    path: &[Hash],
) -> Result<(), NotProven> {
    if old > new || (old == new && old_root != new_root) {
        return Err(NotProven);
    }
    if old == 0 || old == new {
        return if path.is_empty() { Ok(()) } else { Err(NotProven) };
    }
    let level = old.trailing_zeros();
    let mut climb = Climb { node: (old - 1) >> level, last: (new - 1) >> level };
    let (first, path) = match old.is_power_of_two() {
        true => (old_root, path),
        false => path.split_first().ok_or(NotProven)?,
    };
    let (mut old_hash, mut new_hash) = (*first, *first);
    for sibling in path {
        match climb.step()? {
            Side::Left => {
                old_hash = node_hash(sibling, &old_hash);
                new_hash = node_hash(sibling, &new_hash);
            }
            Side::Right => new_hash = node_hash(&new_hash, sibling),
        }
    }
    let proven = climb.last == 0 && old_hash == *old_root && new_hash == *new_root;
    if proven { Ok(()) } else { Err(NotProven) }
}

/// The way from a node to the root: where it stands on its level, and where the level's last node stands.
struct Climb {
    node: u64,
    last: u64,
}

/// On which side the sibling is.
enum Side {
    Left,
    Right,
}

impl Climb {
    /// Goes up one hash of the proof; a last node without a sibling rises unhashed until it has one.
    fn step(&mut self) -> Result<Side, NotProven> {
        if self.last == 0 {
            return Err(NotProven);
        }
        let side = if self.node & 1 == 1 || self.node == self.last { Side::Left } else { Side::Right };
        if matches!(side, Side::Left) {
            let rise = self.node.trailing_zeros();
            self.node >>= rise;
            self.last >>= rise;
        }
        self.node >>= 1;
        self.last >>= 1;
        Ok(side)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::vectors::Grown;
    use super::*;

    fn log(size: u64) -> Grown {
        Grown::of(&(0..size).map(u64::to_be_bytes).collect::<Vec<_>>())
    }

    #[test]
    fn every_proof_in_a_small_log_holds_and_none_survives_a_change() {
        let log = log(40);
        for new in 1..=40 {
            let root = log.root(new);
            for old in 0..=new {
                let mut path = consistency(old, new, log.reader()).unwrap();
                assert_eq!(verify_consistency(old, &log.root(old), new, &root, &path), Ok(()));
                for at in 0..path.len() {
                    path[at][0] ^= 1;
                    assert_eq!(verify_consistency(old, &log.root(old), new, &root, &path), Err(NotProven));
                    path[at][0] ^= 1;
                }
            }
            for index in 0..new {
                let mut path = inclusion(index, new, log.reader()).unwrap();
                assert_eq!(verify_inclusion(index, &log.leaf(index), new, &root, &path), Ok(()));
                for at in 0..path.len() {
                    path[at][31] ^= 128;
                    assert_eq!(verify_inclusion(index, &log.leaf(index), new, &root, &path), Err(NotProven));
                    path[at][31] ^= 128;
                }
            }
        }
    }

    #[test]
    fn a_proof_about_what_is_not_in_the_tree_is_not_made() {
        let log = log(5);
        assert_eq!(inclusion(5, 5, log.reader()), Err(ProofError::OutsideTree { asked: 5, size: 5 }));
        assert_eq!(inclusion(0, 0, log.reader()), Err(ProofError::OutsideTree { asked: 0, size: 0 }));
        assert_eq!(consistency(6, 5, log.reader()), Err(ProofError::OutsideTree { asked: 6, size: 5 }));
    }

    #[test]
    fn a_hash_that_cannot_be_read_is_an_error_and_never_a_wrong_proof() {
        let missing = |_: Node| Err(NotProven);
        assert_eq!(inclusion(2, 5, missing), Err(ProofError::Read(NotProven)));
        assert_eq!(consistency(2, 5, missing), Err(ProofError::Read(NotProven)));
    }

    #[test]
    fn proofs_are_made_and_refused_at_the_largest_size_there_is() {
        let any = |node: Node| Ok::<Hash, NotProven>([node.level; 32]);
        let path = inclusion(u64::MAX - 1, u64::MAX, any).unwrap();
        assert!(path.len() <= 64);
        assert_eq!(verify_inclusion(u64::MAX - 1, &[0; 32], u64::MAX, &[0; 32], &path), Err(NotProven));
        let path = consistency(u64::MAX - 1, u64::MAX, any).unwrap();
        assert_eq!(verify_consistency(u64::MAX - 1, &[0; 32], u64::MAX, &[0; 32], &path), Err(NotProven));
    }

    proptest! {
        #[test]
        fn proofs_are_made_from_the_nodes_said_beforehand_and_from_tiles(size in 1..3000_u64, old in 0..3000_u64) {
            let (log, old) = (log(size), old % size);
            let mut asked = Vec::new();
            let from_tiles = |node: Node| {
                let slice = node.in_tile();
                let row: Vec<Hash> = (0..).map_while(|index| log.reader()(Node { level: slice.level * 8, index }).ok()).collect();
                let tile = row.chunks(256).nth(slice.number as usize).ok_or(NotProven)?;
                let hashes = tile.get(slice.hashes).ok_or(NotProven)?;
                root(hashes.len() as u64, |below| Grown::over(hashes).reader()(below))
            };
            let path = inclusion(old, size, |node| { asked.push(node); from_tiles(node) }).unwrap();
            prop_assert_eq!(&asked, &inclusion_nodes(old, size));
            prop_assert_eq!(verify_inclusion(old, &log.leaf(old), size, &log.root(size), &path), Ok(()));
            asked.clear();
            let path = consistency(old, size, |node| { asked.push(node); from_tiles(node) }).unwrap();
            prop_assert_eq!(&asked, &consistency_nodes(old, size));
            prop_assert_eq!(verify_consistency(old, &log.root(old), size, &log.root(size), &path), Ok(()));
        }

        #[test]
        fn nothing_sent_makes_verification_panic(
            index: u64, size: u64, hash: Hash, path in proptest::collection::vec(any::<Hash>(), 0..70),
        ) {
            prop_assert_eq!(verify_inclusion(index, &hash, size, &[0; 32], &path), Err(NotProven));
            let _ = verify_consistency(index, &hash, size, &[0; 32], &path);
        }
    }
}
