//! A report with its evidence: every record it looks at, proven under the checkpoint of the position it was composed at.
//!
//! That position was committed, so that its checkpoint may be signed as well as the head's. Who reads it must be allowed
//! to read the whole log, because a figure may look at any record.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use koinon_events::ReportId;

use super::{read_nodes, reader, unmade};
use crate::access;
use crate::app::itself::Itself;
use crate::app::{Caller, Failure, Koinon};
use crate::proof::{self, InclusionProof, Node};
use crate::report::bundle::{self, Proven};

impl Koinon {
    /// Whether the caller may read every record.
    pub fn reads_whole_log(&self, caller: &Caller) -> bool {
        access::reads_whole_log(&caller.grants, &caller.actor, self.inner.clock.today())
    }

    /// A report's evidence bundle, composed from the first records.
    ///
    /// # Errors
    /// [`Failure::Absent`] when these records do not hold the report; [`Failure::ReadOnly`] when the log is not trusted.
    pub async fn report_bundle(&self, report: ReportId, position: u64) -> Result<Bytes, Failure> {
        let composed = self.report(report, position).await?;
        let signed = self.signed_at(position, self.checkpoint().await?).await?;
        if STANDARD.encode(signed.root) != composed.root {
            return Err(Failure::Internal("the log's hashes are not those of its records".to_owned()));
        }
        let store = &self.inner.store;
        let positions = bundle::positions(&composed);
        let nodes: BTreeSet<(u8, u64)> = positions
            .iter()
            .flat_map(|at| proof::inclusion_nodes(at.saturating_sub(1), position))
            .map(|node| (node.level, node.index))
            .collect();
        let nodes = nodes.into_iter().map(|(level, index)| Node { level, index }).collect();
        let hashes = read_nodes(store, nodes).await?;
        let mut proven = BTreeMap::new();
        for at in positions {
            let index = at.saturating_sub(1);
            let path = proof::inclusion(index, position, reader(&hashes)).map_err(unmade)?;
            let record = store.record(at).await?.ok_or(Failure::Absent)?.to_vec();
            let proof = InclusionProof { index, path, checkpoint: signed.text.clone() }.to_string();
            proven.insert(at, Proven { record, proof });
        }
        let key = self.verifier_key().await?;
        let rotations = self.rotations().await?;
        let task =
            tokio::task::spawn_blocking(move || bundle::write(&composed, &proven, &rotations, &signed.text, &key));
        Ok(task.await.map_err(|error| Failure::Internal(error.to_string()))??.into())
    }

    /// The records that handed the log over to another key, by which one of today is trusted for one of then.
    async fn rotations(&self) -> Result<BTreeMap<u64, Vec<u8>>, Failure> {
        let itself = Itself::of(&self.inner.store).await.map_err(|error| Failure::Unavailable(format!("{error:#}")))?;
        let mut found = BTreeMap::new();
        for (position, _) in itself.rotations {
            found.insert(position, self.inner.store.record(position).await?.ok_or(Failure::Absent)?.to_vec());
        }
        Ok(found)
    }
}
