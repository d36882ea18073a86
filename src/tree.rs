//! The Merkle tree over the log (RFC 6962, SHA-256): leaf and node hashes, and the frontier that grows by one leaf.
//!
//! The frontier is all an append needs: the roots of the perfect subtrees the leaves so far fall into, left to right.
//! It never reads the log and never forgets a leaf; proofs are made elsewhere from kept hashes.

use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// The root of a tree without leaves: H("").
pub const EMPTY_ROOT: Hash = [
    0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24, 0x27, 0xae, 0x41,
    0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
];

/// The hash of a leaf: H(00 ‖ data).
pub fn leaf_hash(data: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(data).finalize().into()
}

/// The hash of an inner node: H(01 ‖ left ‖ right).
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root over these hashes as neighbouring nodes of one level.
pub fn root_of(hashes: &[Hash]) -> Hash {
    let mut frontier = Frontier::default();
    hashes.iter().for_each(|hash| frontier.push(*hash));
    frontier.root()
}

/// The right edge of a growing tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    stack: Vec<Hash>,
}

/// Bytes that are no frontier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the kept frontier of the tree is damaged")]
pub struct NotAFrontier;

impl Frontier {
    /// How many leaves the tree has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds the next leaf's hash.
    pub fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        let mut index = self.size;
        while index & 1 == 1 {
            let Some(left) = self.stack.pop() else { break };
            hash = node_hash(&left, &hash);
            index >>= 1;
        }
        self.stack.push(hash);
        self.size += 1;
    }

    /// The root of the tree as it stands; H("") when it is empty.
    pub fn root(&self) -> Hash {
        let mut subtrees = self.stack.iter().rev();
        match subtrees.next() {
            None => EMPTY_ROOT,
            Some(last) => subtrees.fold(*last, |right, left| node_hash(left, &right)),
        }
    }

    /// The frontier as kept beside the log: the size as eight bytes, then the hashes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(8 + 32 * self.stack.len());
        bytes.extend_from_slice(&self.size.to_be_bytes());
        self.stack.iter().for_each(|hash| bytes.extend_from_slice(hash));
        bytes
    }

    /// Reads a kept frontier.
    ///
    /// # Errors
    /// [`NotAFrontier`] when the number of hashes is not the one its size asks for.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotAFrontier> {
        let (size, hashes) = bytes.split_first_chunk::<8>().ok_or(NotAFrontier)?;
        let size = u64::from_be_bytes(*size);
        let (stack, rest) = hashes.as_chunks::<32>();
        if !rest.is_empty() || stack.len() != size.count_ones() as usize {
            return Err(NotAFrontier);
        }
        Ok(Self { size, stack: stack.to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// MTH as RFC 6962 §2.1 defines it.
    fn defined(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Sha256::digest(b"").into(),
            [leaf] => *leaf,
            _ => {
                let split = leaves.len().next_power_of_two() / 2;
                node_hash(&defined(&leaves[..split]), &defined(&leaves[split..]))
            }
        }
    }

    #[test]
    fn the_frontier_s_root_is_the_one_the_standard_defines() {
        let leaves: Vec<Hash> = (0..300_u32).map(|n| leaf_hash(&n.to_be_bytes())).collect();
        let mut frontier = Frontier::default();
        for (size, leaf) in leaves.iter().enumerate() {
            assert_eq!(frontier.root(), defined(&leaves[..size]), "size {size}");
            frontier.push(*leaf);
        }
    }

    #[test]
    fn a_kept_frontier_goes_on_where_it_stopped() {
        let mut frontier = Frontier::default();
        (0..77_u8).for_each(|n| frontier.push(leaf_hash(&[n])));
        let mut again = Frontier::from_bytes(&frontier.to_bytes()).unwrap();
        assert_eq!(again, frontier);
        again.push(leaf_hash(b"x"));
        frontier.push(leaf_hash(b"x"));
        assert_eq!(again.root(), frontier.root());
    }

    #[test]
    fn a_torn_frontier_is_refused() {
        let mut frontier = Frontier::default();
        (0..5_u8).for_each(|n| frontier.push(leaf_hash(&[n])));
        let bytes = frontier.to_bytes();
        for cut in [0, 7, 8, 40, bytes.len() - 1] {
            assert_eq!(Frontier::from_bytes(&bytes[..cut]), Err(NotAFrontier));
        }
    }
}
