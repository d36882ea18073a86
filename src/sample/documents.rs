//! The papers of the story: small texts, registered with the hash of their bytes.

use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Script, id, moment, programme, uuid};

/// A registered document and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// The document.
    pub document: Uuid,
    /// What its file is called.
    pub file_name: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

impl Script {
    /// Registers a paper that the history lacks, and answers its id.
    pub(super) fn paper(&mut self, at: &str, key: &str, kind: &str, title: &str) -> String {
        self.register(moment(&format!("{at}:00Z")), None, key, kind, title, "internal")
    }

    /// Registers a paper that everybody may see.
    pub(super) fn public_paper(&mut self, at: &str, key: &str, kind: &str, title: &str) -> String {
        self.register(moment(&format!("{at}:00Z")), None, key, kind, title, "public")
    }

    /// Registers a paper with names on it, such as an attendance sheet.
    pub(super) fn sheet(&mut self, at: &str, key: &str, title: &str) -> String {
        self.register(moment(&format!("{at}:00Z")), None, key, "attendance-sheet", title, "restricted")
    }

    /// Registers a paper that a row of the history names.
    pub(super) fn paper_of_row(&mut self, row: u32, key: &str, kind: &str, title: &str) -> String {
        let class = if kind == "attendance-sheet" { "restricted" } else { "internal" };
        self.register(self.told(row).utc, Some(row), key, kind, title, class)
    }

    fn register(
        &mut self,
        at: koinon_events::value::Timestamp,
        from_row: Option<u32>,
        key: &str,
        kind: &str,
        title: &str,
        classification: &str,
    ) -> String {
        let content = text(kind, title);
        let body = json!({
            "id": id("document", key), "programme": programme(), "title": title, "kind": kind, "language": "en",
            "classification": classification, "sha256": hash(&content), "size": content.len(), "media_type": "text/plain",
        });
        self.papers.push(Paper { document: uuid("document", key), file_name: format!("{key}.txt"), content });
        self.step(at, "coordinator", "RegisterDocument", body, from_row);
        id("document", key)
    }
}

fn text(kind: &str, title: &str) -> Vec<u8> {
    let kind = kind.replace('-', " ");
    format!("SAMPLE DATA: this paper was made up for the sample programme.\n\n{title}\n\nKind: {kind}\n").into_bytes()
}

fn hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}
