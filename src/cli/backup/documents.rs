//! The bytes of documents, copied with a log: which ones it names, and each from one folder to another, by its hash.
//!
//! A file appears under its name whole or not at all, and what is there already is not copied again, so that a copy that
//! was broken off goes on where it was. Bytes of documents that name somebody who was erased are left behind.

use std::collections::{BTreeMap, BTreeSet};

use koinon_events::document::DocumentEvent;
use koinon_events::person::PersonEvent;
use koinon_events::{DocumentId, Event, PersonId, Record};

use crate::shelf::{Shelf, ShelfError};
use crate::store::{Filter, Store};

/// How many records are read at once.
const PAGE: usize = 1_000;

/// The events that say which documents there are, and whom they name.
const TOLD_BY: [&str; 4] = ["DocumentRegistered", "PersonsTagged", "DocumentRedacted", "PersonErased"];

/// A document as far as its bytes are concerned.
#[derive(Debug, Default)]
struct Paper {
    sha256: String,
    persons: BTreeSet<PersonId>,
    is_redacted: bool,
}

/// The documents of a log.
#[derive(Debug, Default)]
pub struct Papers {
    documents: BTreeMap<DocumentId, Paper>,
    erased: BTreeSet<PersonId>,
}

/// How copying went.
#[derive(Debug, Default)]
pub struct Copied {
    /// How many files are there now.
    pub files: usize,
    /// Documents whose bytes are not in the folder.
    pub missing: Vec<DocumentId>,
    /// Documents whose bytes are not those of their hash any more, and were not copied.
    pub damaged: Vec<DocumentId>,
    /// Documents that name somebody who was erased, and were left behind.
    pub left_behind: Vec<DocumentId>,
}

impl Papers {
    /// Reads from a log which documents it names.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn of(store: &Store) -> anyhow::Result<Self> {
        let mut papers = Self::default();
        for name in TOLD_BY {
            let filter = Filter { event_type: Some(name.to_owned()), ..Filter::default() };
            let mut after = 0;
            loop {
                let page = store.select(&filter, after, PAGE).await?;
                let Some(last) = page.last() else { break };
                after = last.position;
                for stored in &page {
                    papers.apply(&Record::parse(&stored.bytes)?)?;
                }
            }
        }
        Ok(papers)
    }

    fn apply(&mut self, record: &Record) -> anyhow::Result<()> {
        match record.event()? {
            Event::Person(PersonEvent::PersonErased(_)) => {
                self.erased.insert(PersonId(record.subject.id));
            }
            Event::Document(event) => {
                let paper = self.documents.entry(DocumentId(record.subject.id)).or_default();
                match event {
                    DocumentEvent::DocumentRegistered(event) => paper.sha256 = event.sha256.to_string(),
                    DocumentEvent::PersonsTagged(event) => paper.persons.extend(event.persons),
                    DocumentEvent::DocumentRedacted(_) => paper.is_redacted = true,
                    _ => {}
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Copies every document's bytes from one folder to another.
    ///
    /// # Errors
    /// When a folder cannot be read or written; what was copied until then stays, whole.
    pub async fn copy(&self, from: &Shelf, to: &Shelf) -> Result<Copied, ShelfError> {
        let mut copied = Copied::default();
        for (document, paper) in &self.documents {
            // The log holds the hash of these for ever, and nobody is to have their bytes.
            if paper.is_redacted || paper.persons.iter().any(|person| self.erased.contains(person)) {
                if !paper.is_redacted {
                    copied.left_behind.push(*document);
                }
                continue;
            }
            match from.copy(to, document.0, &paper.sha256).await {
                Ok(true) => copied.files += 1,
                Ok(false) => copied.missing.push(*document),
                Err(ShelfError::Damaged) => copied.damaged.push(*document),
                Err(error) => return Err(error),
            }
        }
        Ok(copied)
    }
}

impl Copied {
    /// Says how it went, a line for each document that needs somebody.
    pub fn tell(&self) {
        println!("{} documents were copied, each with its hash.", self.files);
        let each = [
            ("its bytes were never brought, or are lost", &self.missing),
            ("its bytes are not those it was registered with: not copied", &self.damaged),
            ("it names somebody who was erased: left behind until a redacted copy takes its place", &self.left_behind),
        ];
        for (why, documents) in each {
            documents.iter().for_each(|document| println!("document/{}: {why}", document.0));
        }
    }
}
