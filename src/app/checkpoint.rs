//! The verifiable log, spoken aloud: signed checkpoints of what is committed, tiles of its tree, and proofs.
//!
//! Only a committed head is signed, and each checkpoint is remembered beside the database before it leaves the house.
//! The same size never gets two roots: a process that sees another root than the one it signed stops at once. A log
//! that is not trusted (see [`trust`]) signs nothing.

mod held;
mod proven;
mod trust;

use std::collections::HashMap;
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::Mutex;

use super::{Caller, Failure, Koinon, Start};
use crate::access;
use crate::domain::Finding;
use crate::note::{Checkpoint, SigningKey};
use crate::proof::{self, ConsistencyProof, Content, InclusionProof, Node, ProofError, Tile};
use crate::store::{Store, StoreError};
use crate::tree::{EMPTY_ROOT, Hash, root_of};
use held::Held;

pub(super) use trust::{place, refuse_forgotten_log};

/// How often the head is signed and remembered when nobody asks for it.
const EVERY: Duration = Duration::from_secs(10);

/// Who signs for this log, what was signed last, and whether the log may be signed and written at all.
pub(super) struct Seal {
    /// Where the keys lie.
    key_file: PathBuf,
    /// The log's name.
    origin: String,
    /// Where the last signed checkpoint is remembered.
    file: Option<PathBuf>,
    /// Why the log is only read.
    read_only: Option<String>,
    /// The keys, and what was signed last.
    state: Mutex<State>,
}

struct State {
    held: Held,
    last: Option<Signed>,
    /// Whether the keys are others than those that signed last.
    others: bool,
}

impl State {
    /// Takes up keys that were changed.
    async fn follow(&mut self, store: &Store, head: u64) {
        self.others |= self.held.follow(store, head).await;
    }
}

/// A checkpoint with its signatures.
#[derive(Debug, Clone)]
pub struct Signed {
    /// How many records it covers.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
    /// The signed note.
    pub text: String,
}

impl Seal {
    /// Takes the keys, and looks whether the log holds every checkpoint known outside its database.
    ///
    /// # Errors
    /// When the log, the key file or a checkpoint's file cannot be read.
    pub(super) async fn open(store: &Store, start: &Start, file: Option<PathBuf>) -> anyhow::Result<Self> {
        let (held, itself) = Held::open(store, start.signing_key.clone()).await?;
        let mut known = itself.keys();
        known.extend(held.keys.iter().map(SigningKey::verifier));
        let read_only = match itself.fault {
            Some(fault) => Some(format!("The log is only read, because {fault}.")),
            None => trust::why_not_trusted(store, &itself.origin, &known, start, file.as_deref()).await?,
        };
        if let Some(why) = &read_only {
            tracing::error!("{why} Commands are refused until somebody has looked.");
        }
        let state = Mutex::new(State { held, last: None, others: false });
        Ok(Self { key_file: start.signing_key.clone(), origin: itself.origin, file, read_only, state })
    }

    /// Where the signing keys lie.
    pub(super) fn key_file(&self) -> &Path {
        &self.key_file
    }

    fn sign(&self, held: &Held, size: u64, root: Hash) -> Signed {
        let keys: Vec<&SigningKey> = held.keys.iter().collect();
        let text = Checkpoint { origin: self.origin.clone(), size, root }.sign(&keys);
        Signed { size, root, text }
    }

    /// Refuses when the log is only read.
    pub(super) fn trusted(&self) -> Result<(), Failure> {
        match &self.read_only {
            Some(why) => Err(Failure::ReadOnly(why.clone())),
            None => Ok(()),
        }
    }
}

impl Koinon {
    /// The signed checkpoint of the log as it stands.
    ///
    /// # Errors
    /// [`Failure::ReadOnly`] when the log is not trusted; [`Failure::Unavailable`] when it cannot be read.
    pub async fn checkpoint(&self) -> Result<Signed, Failure> {
        let seal = &self.inner.seal;
        seal.trusted()?;
        let mut state = seal.state.lock().await;
        let head = self.inner.store.head().await?;
        state.follow(&self.inner.store, head.position).await;
        if let Some(signed) = state.last.as_ref() {
            if signed.size == head.position && signed.root == head.root && !state.others {
                return Ok(signed.clone());
            }
            let still_there = signed.size <= head.position
                && root_at(&self.inner.store, signed.size).await? == Some(signed.root)
                && (signed.size < head.position || signed.root == head.root);
            if !still_there {
                stop(signed.size);
            }
        }
        let signed = seal.sign(&state.held, head.position, head.root);
        if let Some(file) = seal.file.clone() {
            let text = signed.text.clone();
            let kept = tokio::task::spawn_blocking(move || trust::remember(&file, &text)).await;
            if let Ok(Err(error)) = kept {
                tracing::warn!(%error, "the last signed checkpoint could not be remembered beside the database");
            }
        }
        (state.last, state.others) = (Some(signed.clone()), false);
        Ok(signed)
    }

    /// The name of the log, under which its checkpoints are signed.
    pub fn origin(&self) -> &str {
        &self.inner.seal.origin
    }

    /// Why the log is only read, when it is.
    pub fn read_only(&self) -> Option<&str> {
        self.inner.seal.read_only.as_deref()
    }

    /// The public key by which checkpoints are verified: the one in force. Those before it stand in the records that handed
    /// the log over.
    ///
    /// # Errors
    /// [`Failure::Internal`] when there is none, which cannot be.
    pub async fn verifier_key(&self) -> Result<String, Failure> {
        let mut state = self.inner.seal.state.lock().await;
        if let Ok(head) = self.inner.store.head().await {
            state.follow(&self.inner.store, head.position).await;
        }
        let key = state.held.keys.first().map(|key| key.verifier().to_string());
        key.ok_or_else(|| Failure::Internal("the log has no signing key".to_owned()))
    }

    /// A tile of hashes by its path, such as `tile/0/000.p/12`; `None` when the path is none or is beyond the tree.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the log cannot be read.
    pub async fn tile(&self, path: &str) -> Result<Option<Bytes>, Failure> {
        let Some((tile, level)) = self.within(path).await?.and_then(|tile| match tile.content {
            Content::Hashes(level) => Some((tile, level)),
            Content::Entries => None,
        }) else {
            return Ok(None);
        };
        let Some(span) = tile.span() else { return Ok(None) };
        let hashes = self.inner.store.hashes(level, span.start, usize::from(tile.width)).await?;
        if hashes.len() != usize::from(tile.width) {
            return Err(Failure::Unavailable(format!("{path} is not whole")));
        }
        Ok(Some(hashes.concat().into()))
    }

    /// A bundle of records by its path, such as `tile/entries/000.p/12`; `None` when there is none, or the caller may
    /// not read the whole log.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the log cannot be read.
    pub async fn entries(&self, caller: &Caller, path: &str) -> Result<Option<Bytes>, Failure> {
        if !access::reads_whole_log(&caller.grants, &caller.actor, self.inner.clock.today()) {
            return Ok(None);
        }
        let Some(tile) = self.within(path).await?.filter(|tile| tile.content == Content::Entries) else {
            return Ok(None);
        };
        let Some(span) = tile.span() else { return Ok(None) };
        let records = self.inner.store.records(span.start, Some(span.end), usize::from(tile.width)).await?;
        let bundle = proof::bundle(records.iter().map(|stored| &stored.bytes[..]));
        bundle.map(|bytes| Some(bytes.into())).map_err(|error| Failure::Internal(error.to_string()))
    }

    /// The tile of that path, if the tree has it.
    async fn within(&self, path: &str) -> Result<Option<Tile>, Failure> {
        let Ok(tile) = path.parse::<Tile>() else { return Ok(None) };
        let size = self.inner.store.head().await?.position;
        Ok(tile.is_within(size).then_some(tile))
    }

    /// Proof that a record the caller may see is in the log, at that size or as it stands; a tlog-proof file.
    ///
    /// # Errors
    /// [`Failure::Absent`] when there is no such record, or none the caller may see; a size that does not fit.
    pub async fn inclusion(&self, caller: &Caller, position: u64, size: Option<u64>) -> Result<String, Failure> {
        self.record(caller, position).await?.ok_or(Failure::Absent)?;
        let head = self.checkpoint().await?;
        let signed = match size {
            Some(size) if size < position => {
                let message = format!("must be a size from {position}, at which the record is in the log");
                return Err(Failure::Unfit(vec![Finding::new("/size", message)]));
            }
            Some(size) => self.signed_at(size, head).await?,
            None => head,
        };
        let index = position - 1;
        let hashes = read_nodes(&self.inner.store, proof::inclusion_nodes(index, signed.size)).await?;
        let path = proof::inclusion(index, signed.size, reader(&hashes)).map_err(unmade)?;
        Ok(InclusionProof { index, path, checkpoint: signed.text }.to_string())
    }

    /// Proof that the log as it stands grew from an earlier size; the body a witness takes.
    ///
    /// # Errors
    /// [`Failure::AboveHead`] when the log is not that large.
    pub async fn consistency(&self, from: u64) -> Result<String, Failure> {
        let signed = self.checkpoint().await?;
        if from > signed.size {
            return Err(Failure::AboveHead { asked: from, head: signed.size });
        }
        let hashes = read_nodes(&self.inner.store, proof::consistency_nodes(from, signed.size)).await?;
        let path = proof::consistency(from, signed.size, reader(&hashes)).map_err(unmade)?;
        Ok(ConsistencyProof { old: from, path, checkpoint: signed.text }.to_string())
    }

    /// The checkpoint of an earlier size, which was committed too.
    async fn signed_at(&self, size: u64, head: Signed) -> Result<Signed, Failure> {
        if size == head.size {
            return Ok(head);
        }
        match root_at(&self.inner.store, size).await? {
            Some(root) if size < head.size => {
                let state = self.inner.seal.state.lock().await;
                Ok(self.inner.seal.sign(&state.held, size, root))
            }
            _ => Err(Failure::AboveHead { asked: size, head: head.size }),
        }
    }

    /// Signs and remembers the head now and then, as long as the service lives.
    pub(super) fn keep_remembering(&self) {
        let inner = std::sync::Arc::downgrade(&self.inner);
        let task = tokio::spawn(async move {
            loop {
                tokio::time::sleep(EVERY).await;
                let Some(inner) = inner.upgrade() else { return };
                if let Err(error) = (Self { inner }).checkpoint().await {
                    tracing::debug!(%error, "the head was not signed");
                }
            }
        });
        drop(task);
    }
}

/// Two histories under one name are worse than none: nothing more is signed or written by this process.
fn stop(size: u64) -> ! {
    tracing::error!(size, "the log no longer holds the checkpoint this process signed; it stops");
    eprintln!("koinon: the log no longer holds the checkpoint of {size} records that was signed. Stopping at once.");
    std::process::abort()
}

/// The root over the first records; `None` when the log is not that large.
pub(super) async fn root_at(store: &Store, size: u64) -> Result<Option<Hash>, StoreError> {
    let mut nodes = Vec::new();
    let Ok(_) = proof::root(size, |node| {
        nodes.push(node);
        Ok::<_, Infallible>(EMPTY_ROOT)
    });
    let hashes = match read_nodes(store, nodes).await {
        Ok(hashes) => hashes,
        Err(ReadNodes::Short) => return Ok(None),
        Err(ReadNodes::Store(error)) => return Err(error),
    };
    Ok(proof::root(size, reader(&hashes)).ok())
}

/// Why subtrees could not be read.
#[derive(Debug)]
enum ReadNodes {
    /// The log does not reach that far.
    Short,
    /// The store.
    Store(StoreError),
}

impl From<ReadNodes> for Failure {
    fn from(error: ReadNodes) -> Self {
        match error {
            ReadNodes::Short => Self::Unavailable("the tree's hashes are not whole".to_owned()),
            ReadNodes::Store(error) => error.into(),
        }
    }
}

/// The hashes of complete subtrees, each from one read of its tile.
async fn read_nodes(store: &Store, nodes: Vec<Node>) -> Result<HashMap<Node, Hash>, ReadNodes> {
    let mut found = HashMap::with_capacity(nodes.len());
    for node in nodes {
        let slice = node.in_tile();
        let from = slice.number * u64::from(proof::TILE_WIDTH) + slice.hashes.start as u64;
        let hashes = store.hashes(slice.level, from, slice.hashes.len()).await.map_err(ReadNodes::Store)?;
        if hashes.len() != slice.hashes.len() {
            return Err(ReadNodes::Short);
        }
        found.insert(node, root_of(&hashes));
    }
    Ok(found)
}

fn reader(hashes: &HashMap<Node, Hash>) -> impl FnMut(Node) -> Result<Hash, Missing> {
    |node| hashes.get(&node).copied().ok_or(Missing)
}

/// A hash that was not read beforehand.
#[derive(Debug, thiserror::Error)]
#[error("a hash of the tree was not read")]
struct Missing;

fn unmade(error: ProofError<Missing>) -> Failure {
    Failure::Internal(error.to_string())
}
