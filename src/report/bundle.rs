//! The evidence bundle: one archive (ZIP) that holds a report's files, the exact bytes of every record its figures look
//! at with the proof that it is in the log, the signed checkpoint, the key and the records that led to it from the keys
//! before, and how to check all of it by other means.
//!
//! The same report of the same log under the same key is the same bytes. Nothing in it can be left out, swapped or
//! changed unnoticed: see [`check`].

mod check;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{Cursor, Write};

use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{Composed, Format, ReportError, manifest};

pub use check::{Checked, Fault, check};

/// The name of a bundle's file.
pub const FILE: &str = "bundle.zip";
/// Its media type.
pub const MEDIA: &str = "application/zip";

/// The names of what lies in a bundle beside the report's files, records and proofs.
const CHECKPOINT: &str = "checkpoint";
const KEY: &str = "key";
const SUMS: &str = "SHA256SUMS";
const README: &str = "README.txt";
const MANIFEST: &str = "manifest.json";
const DOCUMENTS: &str = "documents.json";
const SCRIPT: &str = "check.py";

/// What an auditor is told.
const TOLD: &str = include_str!("bundle/README.txt");

/// The script an auditor may run instead of the program.
const CHECK: &str = include_str!("bundle/check.py");

/// A record and the proof that it is in the log.
#[derive(Debug, Clone)]
pub struct Proven {
    /// Its exact bytes.
    pub record: Vec<u8>,
    /// The proof (C2SP tlog-proof), for the bundle's checkpoint.
    pub proof: String,
}

fn rotation_name(position: u64) -> String {
    format!("rotations/{position:012}.json")
}

/// Every position that the figures count or look at.
pub fn positions(report: &Composed) -> BTreeSet<u64> {
    let figures = &report.document.figures.figures;
    let counted = figures.iter().flat_map(|figure| &figure.counted).flat_map(|each| &each.positions);
    let left = figures.iter().flat_map(|figure| &figure.not_counted).flat_map(|each| &each.positions);
    counted.chain(left).copied().collect()
}

fn record_name(position: u64) -> String {
    format!("records/{position:012}.json")
}

fn proof_name(position: u64) -> String {
    format!("proofs/{position:012}.tlog-proof")
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        // Writing to a text cannot fail.
        write!(text, "{byte:02x}").ok();
        text
    })
}

/// Writes a bundle. `rotations` are the records by which the log was handed over from key to key; they may be younger
/// than the report, and what proves them is the signature of the key before.
///
/// # Errors
/// When a file of the report or the archive cannot be written.
pub fn write(
    report: &Composed,
    proven: &BTreeMap<u64, Proven>,
    rotations: &BTreeMap<u64, Vec<u8>>,
    checkpoint: &str,
    key: &str,
) -> Result<Vec<u8>, ReportError> {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for format in Format::ALL {
        files.insert(format.file(), format.write(report)?);
    }
    let listing = manifest(report, &files)?;
    files.insert(MANIFEST.to_owned(), listing);
    for (position, each) in proven {
        files.insert(record_name(*position), each.record.clone());
        files.insert(proof_name(*position), each.proof.clone().into_bytes());
    }
    files.extend(rotations.iter().map(|(position, record)| (rotation_name(*position), record.clone())));
    files.insert(CHECKPOINT.to_owned(), checkpoint.as_bytes().to_vec());
    files.insert(KEY.to_owned(), format!("{}\n", key.trim_end()).into_bytes());
    let mut documents = serde_json::to_vec_pretty(&report.document.chapters.evidence)?;
    documents.push(b'\n');
    files.insert(DOCUMENTS.to_owned(), documents);
    files.insert(SCRIPT.to_owned(), CHECK.as_bytes().to_vec());
    files.insert(README.to_owned(), TOLD.as_bytes().to_vec());
    let sums: String = files.iter().map(|(name, bytes)| format!("{}  {name}\n", hex(bytes))).collect();
    files.insert(SUMS.to_owned(), sums.into_bytes());
    archive(&files)
}

/// Packs files, in the order of their names and with one fixed time, so that the bytes depend on the files alone.
fn archive(files: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, ReportError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(name.as_str(), options)?;
        writer.write_all(bytes)?;
    }
    Ok(sealed(writer.finish()?.into_inner()))
}

/// Ends an archive with a comment that names its own sum, since what is packed in another way may still be the same file.
fn sealed(mut archive: Vec<u8>) -> Vec<u8> {
    let comment = format!("SHA-256 of this archive without its comment: {}", hex(&archive));
    // An archive without a comment ends with two bytes that say so (APPNOTE.TXT 6.3.10, 4.3.16).
    archive.truncate(archive.len().saturating_sub(2));
    archive.extend(u16::try_from(comment.len()).unwrap_or_default().to_le_bytes());
    archive.extend(comment.bytes());
    archive
}
