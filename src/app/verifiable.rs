//! The log as others verify it: signed checkpoints, tiles, and proofs read from the hashes kept with the log.
//!
//! Only committed heads are signed. One size has one root for ever: a second root for a size that was signed before
//! means that the log is not what it was, and no checkpoint is given any more.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;

use super::{Caller, Failure, Koinon};
use crate::access;
use crate::note::{Checkpoint, SigningKey};
use crate::proof::{
    self, ConsistencyProof, Content, InclusionProof, Node, Tile, consistency, consistency_nodes, inclusion,
    inclusion_nodes,
};
use crate::tree::{Hash, root_of};

/// What signs checkpoints, and the last one signed.
pub(super) struct Notary {
    origin: String,
    keys: Vec<SigningKey>,
    last: Mutex<Option<(Checkpoint, String)>>,
}

impl Notary {
    pub(super) fn new(origin: String, keys: Vec<SigningKey>) -> Self {
        Self { origin, keys, last: Mutex::new(None) }
    }

    /// The signed checkpoint of a tree, from memory when it is the one signed last.
    fn sign(&self, size: u64, root: Hash) -> Result<String, Failure> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((checkpoint, note)) = last.as_ref()
            && checkpoint.size == size
        {
            if checkpoint.root != root {
                return Err(Failure::Internal(format!("the log has another root at {size} than was signed before")));
            }
            return Ok(note.clone());
        }
        let checkpoint = Checkpoint { origin: self.origin.clone(), size, root };
        let note = checkpoint.sign(&self.keys.iter().collect::<Vec<_>>());
        if last.as_ref().is_none_or(|(last, _)| last.size < size) {
            *last = Some((checkpoint, note.clone()));
        }
        Ok(note)
    }
}

impl Koinon {
    /// The name under which checkpoints are signed.
    pub fn origin(&self) -> &str {
        &self.inner.notary.origin
    }

    /// The verifier keys of the log, the one in force first.
    pub fn verifier_keys(&self) -> Vec<String> {
        self.inner.notary.keys.iter().map(|key| key.verifier().to_string()).collect()
    }

    /// The signed checkpoint of the log as it is committed now.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the log cannot be read; [`Failure::Internal`] when it has another root than before.
    pub async fn checkpoint(&self) -> Result<String, Failure> {
        let head = self.head().await?;
        self.inner.notary.sign(head.position, head.root)
    }

    /// The signed checkpoint of the log's first `size` records.
    ///
    /// # Errors
    /// [`Failure::AboveHead`] when the log has fewer; else as [`Koinon::checkpoint`].
    pub async fn checkpoint_of(&self, size: u64) -> Result<String, Failure> {
        let head = self.head().await?;
        match size.cmp(&head.position) {
            std::cmp::Ordering::Greater => Err(Failure::AboveHead { asked: size, head: head.position }),
            std::cmp::Ordering::Equal => self.inner.notary.sign(size, head.root),
            std::cmp::Ordering::Less => {
                let nodes = covering(size);
                let hashes = self.nodes(&nodes).await?;
                let root = proof::root(size, |node| hash_in(&hashes, node))?;
                let checkpoint = Checkpoint { origin: self.origin().to_owned(), size, root };
                Ok(checkpoint.sign(&self.inner.notary.keys.iter().collect::<Vec<_>>()))
            }
        }
    }

    /// A tile's bytes; `None` when the log does not reach that far. Tiles of entries are for whoever may read the whole
    /// log.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the log cannot be read.
    pub async fn tile(&self, tile: Tile) -> Result<Option<Bytes>, Failure> {
        let head = self.head().await?.position;
        let Some(span) = tile.span().filter(|_| tile.is_within(head)) else { return Ok(None) };
        let count = usize::from(tile.width);
        let (bytes, found) = match tile.content {
            Content::Hashes(level) => {
                let hashes = self.inner.store.hashes(level, span.start, count).await?;
                (hashes.concat(), hashes.len())
            }
            Content::Entries => {
                let records = self.inner.store.records(span.start, Some(span.end), count).await?;
                let bytes = proof::bundle(records.iter().map(|record| record.bytes.as_ref()));
                (bytes.map_err(|error| Failure::Internal(error.to_string()))?, records.len())
            }
        };
        if found != count {
            return Err(Failure::Internal(format!("{tile} has {found} of {count} entries")));
        }
        Ok(Some(Bytes::from(bytes)))
    }

    /// Whether the caller may read every record there is.
    pub fn reads_whole_log(&self, caller: &Caller) -> bool {
        access::reads_whole_log(&caller.grants, &caller.actor, self.inner.clock.today())
    }

    /// The leaf hash of a record.
    ///
    /// # Errors
    /// [`Failure::Absent`] when there is no such record.
    pub async fn leaf(&self, position: u64) -> Result<Hash, Failure> {
        let index = position.checked_sub(1).ok_or(Failure::Absent)?;
        self.inner.store.leaves(index, 1).await?.into_iter().next().ok_or(Failure::Absent)
    }

    /// The proof that a record stands in the log's first `size` records, or in all of it.
    ///
    /// # Errors
    /// [`Failure::Absent`] when the caller may not see the record; [`Failure::AboveHead`] for a size the log has not
    /// reached.
    pub async fn inclusion(
        &self,
        caller: &Caller,
        position: u64,
        size: Option<u64>,
    ) -> Result<InclusionProof, Failure> {
        let index = position.checked_sub(1).ok_or(Failure::Absent)?;
        self.record(caller, position).await?.ok_or(Failure::Absent)?;
        let size = match size {
            Some(size) => size,
            None => self.head().await?.position,
        };
        let checkpoint = self.checkpoint_of(size).await?;
        let hashes = self.nodes(&inclusion_nodes(index, size)).await?;
        let path = inclusion(index, size, |node| hash_in(&hashes, node)).map_err(outside)?;
        Ok(InclusionProof { index, path, checkpoint })
    }

    /// The proof that the log's first `old` records are the beginning of all of it.
    ///
    /// # Errors
    /// [`Failure::AboveHead`] when the log has fewer.
    pub async fn consistency(&self, old: u64) -> Result<ConsistencyProof, Failure> {
        let head = self.head().await?;
        if old > head.position {
            return Err(Failure::AboveHead { asked: old, head: head.position });
        }
        let checkpoint = self.inner.notary.sign(head.position, head.root)?;
        let hashes = self.nodes(&consistency_nodes(old, head.position)).await?;
        let path = consistency(old, head.position, |node| hash_in(&hashes, node)).map_err(outside)?;
        Ok(ConsistencyProof { old, path, checkpoint })
    }

    /// The hashes of complete subtrees.
    async fn nodes(&self, nodes: &[Node]) -> Result<HashMap<Node, Hash>, Failure> {
        let mut hashes = HashMap::with_capacity(nodes.len());
        for node in nodes {
            let slice = node.in_tile();
            let from = slice.number * u64::from(proof::TILE_WIDTH) + slice.hashes.start as u64;
            let read = self.inner.store.hashes(slice.level, from, slice.hashes.len()).await?;
            if read.len() != slice.hashes.len() {
                return Err(Failure::Internal(format!(
                    "hashes of tile {} of level {} are missing",
                    slice.number, slice.level
                )));
            }
            hashes.insert(*node, root_of(&read));
        }
        Ok(hashes)
    }
}

/// The complete subtrees that together are the tree of that size.
fn covering(size: u64) -> Vec<Node> {
    let mut nodes = Vec::new();
    let read: Result<Hash, std::convert::Infallible> = proof::root(size, |node| {
        nodes.push(node);
        Ok(Hash::default())
    });
    debug_assert!(read.is_ok());
    nodes
}

fn hash_in(hashes: &HashMap<Node, Hash>, node: Node) -> Result<Hash, Failure> {
    hashes.get(&node).copied().ok_or_else(|| Failure::Internal(format!("no hash was read for {node:?}")))
}

fn outside(error: proof::ProofError<Failure>) -> Failure {
    match error {
        proof::ProofError::OutsideTree { asked, size } => Failure::AboveHead { asked: asked + 1, head: size },
        proof::ProofError::Read(failure) => failure,
    }
}
