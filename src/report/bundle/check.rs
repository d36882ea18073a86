//! Checking a bundle: its sums, its checkpoint's signature, by the key given or by one that it handed the log over to,
//! every record's proof, and that no record its report counts is missing or stands in another's place.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use koinon_events::log::LogEvent;
use koinon_events::{Event, Record};
use serde_json::Value;
use zip::result::ZipResult;
use zip::{DateTime, ZipArchive, ZipWriter};

use super::{CHECKPOINT, KEY, MANIFEST, SUMS, hex, proof_name, record_name, rotation_name, sealed};
use crate::note::{Checkpoint, Rotation, VerifierKey, trusted};
use crate::proof::InclusionProof;
use crate::tree::leaf_hash;

/// The most bytes that one file of a bundle may hold.
const LARGEST: u64 = 512 * 1024 * 1024;

/// What does not match.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The archive cannot be read, which is so after a byte of it changed.
    #[error("the archive is damaged: {0}")]
    Archive(String),
    /// A file is not there.
    #[error("{0} is missing")]
    Missing(String),
    /// A file is there that nothing tells of.
    #[error("{0} does not belong to the bundle")]
    Strange(String),
    /// A file's bytes are not those that were summed.
    #[error("{0} is not the file that SHA256SUMS names")]
    Changed(String),
    /// The key is none.
    #[error("the key cannot be read: {0}")]
    Key(String),
    /// The checkpoint is not signed by the key.
    #[error("the checkpoint is not signed by the key: {0}")]
    Checkpoint(String),
    /// The report is of another log, or another size of it.
    #[error("the report is not of the log and size that the checkpoint signs")]
    OtherLog,
    /// A file of the report is not the one of the manifest.
    #[error("{0} is not the file that manifest.json names")]
    Manifest(String),
    /// A record is not proven.
    #[error("record {0} is not proven to be in the log: {1}")]
    Record(u64, String),
    /// A record does not hand the log over to another key.
    #[error("{0} does not hand the log over to another key: {1}")]
    Rotation(String, String),
    /// The report cannot be read.
    #[error("report.json cannot be read: {0}")]
    Report(String),
}

/// A sound bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The log and its size.
    pub checkpoint: Checkpoint,
    /// How many records it proves.
    pub records: usize,
    /// The key it brings along.
    pub key: String,
    /// How the log was handed over from key to key, each with its record's position.
    pub rotations: Vec<(u64, Rotation)>,
}

/// Checks a bundle against a key, or else against the one it brings along.
///
/// # Errors
/// The first [`Fault`].
pub fn check(bytes: &[u8], key: Option<&VerifierKey>) -> Result<Checked, Fault> {
    let mut files = unpacked(bytes)?;
    summed(&mut files)?;
    let text = |name: &str| {
        let bytes = files.get(name).ok_or_else(|| Fault::Missing(name.to_owned()))?;
        String::from_utf8(bytes.clone()).map_err(|_| Fault::Changed(name.to_owned()))
    };
    let brought = text(KEY)?;
    let verifier = match key {
        Some(key) => key.clone(),
        None => brought.trim_end().parse().map_err(|error| Fault::Key(format!("{error}")))?,
    };
    let signed = text(CHECKPOINT)?;
    let rotations = rotations(&files)?;
    let keys = trusted(&verifier, rotations.iter().map(|(_, rotation)| rotation));
    let checkpoint = Checkpoint::parse(&signed, &keys).map_err(|error| Fault::Checkpoint(error.to_string()))?;
    let report: Value =
        serde_json::from_str(&text("report.json")?).map_err(|error| Fault::Report(error.to_string()))?;
    let listing: Value = serde_json::from_str(&text(MANIFEST)?).map_err(|error| Fault::Report(error.to_string()))?;
    for told in [&report, &listing] {
        let same = told["origin"] == checkpoint.origin.as_str()
            && told["size"] == checkpoint.size
            && told["root"] == STANDARD.encode(checkpoint.root);
        if !same {
            return Err(Fault::OtherLog);
        }
    }
    for (name, sum) in listing["outputs"].as_object().into_iter().flatten() {
        let found = files.get(name).ok_or_else(|| Fault::Missing(name.clone()))?;
        if sum.as_str() != Some(&hex(found)) {
            return Err(Fault::Manifest(name.clone()));
        }
    }
    let wanted = counted(&report);
    for position in &wanted {
        proven(&files, *position, &checkpoint, &signed)?;
    }
    let known: BTreeSet<String> = wanted.iter().flat_map(|at| [record_name(*at), proof_name(*at)]).collect();
    let mut evidence = files.keys().filter(|name| name.starts_with("records/") || name.starts_with("proofs/"));
    if let Some(strange) = evidence.find(|name| !known.contains(*name)) {
        return Err(Fault::Strange(strange.clone()));
    }
    Ok(Checked { checkpoint, records: wanted.len(), key: brought.trim_end().to_owned(), rotations })
}

fn unpacked(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, Fault> {
    let damaged = |error: &dyn std::fmt::Display| Fault::Archive(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|error| damaged(&error))?;
        let name = file.name().map_err(|error| damaged(&error))?.into_owned();
        let mut content = Vec::new();
        file.take(LARGEST).read_to_end(&mut content).map_err(|error| Fault::Archive(format!("{name}: {error}")))?;
        if files.insert(name.clone(), content).is_some() {
            return Err(Fault::Strange(name));
        }
    }
    // What stands around the files is read by nobody, and so must be what the files alone give.
    let mut around = rebuilt(&mut archive).map_err(|error| damaged(&error))?;
    // Bundles written before these comments were have none.
    if !archive.comment().is_empty() {
        around = sealed(around);
    }
    if around == bytes { Ok(files) } else { Err(damaged(&"its bytes are not those that were written")) }
}

/// The same archive written anew around the same packed files.
fn rebuilt(archive: &mut ZipArchive<Cursor<&[u8]>>) -> ZipResult<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        writer.raw_copy_file_touch(archive.by_index_raw(at)?, DateTime::default(), Some(0o644))?;
    }
    Ok(writer.finish()?.into_inner())
}

/// Compares each file with its sum; takes the sums out.
fn summed(files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), Fault> {
    let sums = files.remove(SUMS).ok_or_else(|| Fault::Missing(SUMS.to_owned()))?;
    let sums = String::from_utf8(sums).map_err(|_| Fault::Changed(SUMS.to_owned()))?;
    let mut named = BTreeSet::new();
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").ok_or_else(|| Fault::Changed(SUMS.to_owned()))?;
        let found = files.get(name).ok_or_else(|| Fault::Missing(name.to_owned()))?;
        if hex(found) != sum {
            return Err(Fault::Changed(name.to_owned()));
        }
        named.insert(name);
    }
    match files.keys().find(|name| !named.contains(name.as_str())) {
        Some(strange) => Err(Fault::Strange(strange.clone())),
        None => Ok(()),
    }
}

/// How the log was handed over from key to key, in its order; each by the key before, which signed it.
fn rotations(files: &BTreeMap<String, Vec<u8>>) -> Result<Vec<(u64, Rotation)>, Fault> {
    let mut found: Vec<(u64, Rotation)> = Vec::new();
    for (name, bytes) in files.iter().filter(|(name, _)| name.starts_with("rotations/")) {
        let wrong = |why: String| Fault::Rotation(name.clone(), why);
        let record = Record::parse(bytes).map_err(|error| wrong(error.to_string()))?;
        let event = record.event().map_err(|error| wrong(error.to_string()))?;
        let Event::Log(LogEvent::SigningKeyRotated(told)) = event else {
            return Err(wrong("it is another event".to_owned()));
        };
        let signature = told.signature.as_ref().map(|signature| signature.as_str());
        let rotation = Rotation::read(told.from.as_str(), told.to.as_str(), signature);
        let rotation = rotation.map_err(|error| wrong(error.to_string()))?;
        let follows = found.last().is_none_or(|(_, last)| last.to() == rotation.from());
        if *name != rotation_name(record.position) || !follows {
            return Err(wrong("it does not stand in its place".to_owned()));
        }
        found.push((record.position, rotation));
    }
    Ok(found)
}

/// Every position that the figures of a report count or look at.
fn counted(report: &Value) -> BTreeSet<u64> {
    let figures = report["figures"]["figures"].as_array().into_iter().flatten();
    let looked_at = figures.flat_map(|figure| [&figure["counted"], &figure["not_counted"]]);
    let each = looked_at.filter_map(Value::as_array).flatten();
    each.filter_map(|each| each["positions"].as_array()).flatten().filter_map(Value::as_u64).collect()
}

/// One record: its bytes say its own position, and its proof leads from them to the checkpoint.
fn proven(
    files: &BTreeMap<String, Vec<u8>>,
    position: u64,
    checkpoint: &Checkpoint,
    signed: &str,
) -> Result<(), Fault> {
    let file = |name: String| files.get(&name).ok_or(Fault::Missing(name));
    let (bytes, proof) = (file(record_name(position))?, file(proof_name(position))?);
    let wrong = |why: String| Fault::Record(position, why);
    let record = Record::parse(bytes).map_err(|error| wrong(error.to_string()))?;
    if record.position != position {
        return Err(wrong(format!("its bytes say position {}", record.position)));
    }
    let proof = std::str::from_utf8(proof).map_err(|error| wrong(error.to_string()))?;
    let proof: InclusionProof = proof.parse().map_err(|error| wrong(format!("{error}")))?;
    if proof.checkpoint != signed || proof.index.checked_add(1) != Some(position) {
        return Err(wrong("its proof is of another record or checkpoint".to_owned()));
    }
    proof.verify(&leaf_hash(bytes), checkpoint).map_err(|error| wrong(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::bundle::archive;

    /// Said over and over, a text can be packed in many ways.
    fn files() -> BTreeMap<String, Vec<u8>> {
        let said: String = (0..60).map(|at| format!("visit {} of visit {}, ", at % 7, at % 3)).collect();
        BTreeMap::from([("one".to_owned(), said.clone().into_bytes()), ("two".to_owned(), said.into_bytes())])
    }

    #[test]
    fn no_bit_of_an_archive_changes_unnoticed() {
        let archive = archive(&files()).unwrap();
        assert_eq!(unpacked(&archive).unwrap(), files());
        for (byte, bit) in (0..archive.len()).flat_map(|byte| (0..8).map(move |bit| (byte, bit))) {
            let mut changed = archive.clone();
            changed[byte] ^= 1 << bit;
            assert!(unpacked(&changed).is_err(), "bit {bit} of byte {byte} of {} changed unnoticed", archive.len());
        }
    }

    #[test]
    fn an_archive_from_before_they_named_their_sum_is_read() {
        let mut archive = archive(&files()).unwrap();
        let comment = ZipArchive::new(Cursor::new(archive.as_slice())).unwrap().comment().len();
        archive.truncate(archive.len() - comment - 2);
        archive.extend([0, 0]);
        assert_eq!(unpacked(&archive).unwrap(), files());
    }
}
