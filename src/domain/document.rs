//! The document: registered with the hash of its bytes, named as evidence, and perhaps withdrawn.
//!
//! The bytes lie beside the log. A withdrawn document is evidence no more and takes no more commands. A document that
//! names somebody who was erased gives its bytes up for a redacted copy, and proves what it proved.

mod commands;
#[cfg(test)]
mod scenarios;

use std::collections::BTreeSet;

use koinon_events::document::*;
use koinon_events::value::{Digest256, Line, Prose};
use koinon_events::{CityId, DocumentId, PersonId, ProgrammeId, Subject};

pub use commands::*;

use super::belonging::subjects;
use super::context::{Context, World};
use super::person::PersonStatus;
use super::rejection::rejections;
use super::state::Scope;
use super::{Decision, Fact, Rejection, fact};

/// The largest document, in bytes.
const SIZE_LIMIT: u64 = 5 * 1024 * 1024 * 1024;

/// The largest whole number that every reader of JSON reads the same.
const POSITION_LIMIT: u64 = (1 << 53) - 1;

/// How many days a document with names may be opened for.
const DAYS_OPEN: i64 = 90;

/// How far a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum DocumentStatus {
    /// Counts as evidence.
    Registered,
    /// Counts no more.
    Withdrawn,
}

/// What the rules need to know of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Its identity.
    pub id: DocumentId,
    /// Its programme.
    pub programme: ProgrammeId,
    /// The city it comes from.
    pub city: Option<CityId>,
    /// How far it is.
    pub status: DocumentStatus,
    /// Who may see it.
    pub classification: Classification,
    /// The SHA-256 of its bytes.
    pub sha256: Digest256,
    /// Persons it names.
    pub persons: BTreeSet<PersonId>,
    /// The redacted copy that took the place of its bytes.
    pub copy: Option<DocumentId>,
    /// What it was named as evidence for.
    pub claims: Vec<(Option<u64>, Option<Subject>, Prose)>,
}

impl Document {
    /// What it belongs to.
    pub fn scope(&self) -> Scope {
        let cities = self.city.into_iter().collect();
        Scope { programme: Some(self.programme), cities, ..Scope::default() }
    }
}

/// The state after one more event.
pub fn evolve(state: Option<Document>, subject: Subject, event: &DocumentEvent) -> Option<Document> {
    if let (None, DocumentEvent::DocumentRegistered(registered)) = (&state, event) {
        return Some(Document {
            id: DocumentId(subject.id),
            programme: registered.programme,
            city: registered.city,
            status: DocumentStatus::Registered,
            classification: registered.classification,
            sha256: registered.sha256.clone(),
            persons: BTreeSet::new(),
            copy: None,
            claims: Vec::new(),
        });
    }
    let mut document = state?;
    match event {
        DocumentEvent::DocumentRegistered(_) | DocumentEvent::EvidenceOpened(_) => {}
        DocumentEvent::EvidenceLinked(link) => {
            document.claims.push((link.position, link.subject, link.claim.clone()));
        }
        DocumentEvent::PersonsTagged(tagged) => document.persons.extend(&tagged.persons),
        DocumentEvent::DocumentWithdrawn(_) => document.status = DocumentStatus::Withdrawn,
        DocumentEvent::DocumentRedacted(redacted) => document.copy = Some(redacted.copy),
    }
    Some(document)
}

/// The subjects a decision on a document needs to know.
pub fn relies_on(command: &DocumentCommand, world: &World) -> Vec<Subject> {
    let mut named: Vec<Subject> = match command {
        DocumentCommand::RegisterDocument(command) => {
            let city = command.city.map(|city| city.subject());
            let original = command.redacts.map(|original| original.subject());
            let named = command.redacts.and_then(|original| world.document(original)).map(|original| &original.persons);
            let persons = named.into_iter().flatten().map(|person| person.subject());
            std::iter::once(command.programme.subject()).chain(city).chain(original).chain(persons).collect()
        }
        DocumentCommand::LinkEvidence(command) => command.subject.into_iter().collect(),
        DocumentCommand::TagPersons(command) => subjects(&command.persons).collect(),
        DocumentCommand::OpenEvidence(_) | DocumentCommand::WithdrawDocument(_) => Vec::new(),
    };
    let document = world.document(DocumentId(command.subject().id));
    named.extend(document.map(|document| document.programme.subject()));
    named
}

/// Decides a command on a document.
///
/// # Errors
/// Unfit fields, or the [`DocumentRule`] that forbids it.
pub fn decide(document: Option<&Document>, command: &DocumentCommand, context: &Context<'_>) -> Decision {
    let document = match (document, command) {
        (None, DocumentCommand::RegisterDocument(command)) => return register(command, context),
        (None, _) => return Err(Rejection::Absent),
        (Some(_), DocumentCommand::RegisterDocument(_)) => return Err(DocumentRule::DocumentAlreadyExists.into()),
        (Some(document), _) => document,
    };
    context.open_programme("", document.programme)?;
    if document.status == DocumentStatus::Withdrawn {
        return Err(DocumentRule::DocumentAlreadyWithdrawn.into());
    }
    match command {
        DocumentCommand::RegisterDocument(_) => Err(DocumentRule::DocumentAlreadyExists.into()),
        DocumentCommand::LinkEvidence(command) => link(document, command, context),
        DocumentCommand::TagPersons(command) => tag(document, command, context),
        DocumentCommand::OpenEvidence(command) => open(command, context),
        DocumentCommand::WithdrawDocument(command) => fact(DocumentWithdrawn { reason: command.reason.clone() }),
    }
}

fn register(command: &RegisterDocument, context: &Context<'_>) -> Decision {
    // People are erased long after a programme was closed, too.
    match command.redacts {
        Some(_) => context.programme("/programme", command.programme)?,
        None => context.open_programme("/programme", command.programme)?,
    };
    if let Some(city) = command.city {
        context.city_in("/city", city, command.programme)?;
    }
    let original = command.redacts.map(|original| redacted(original, command, context)).transpose()?;
    if command.size == 0 || command.size > SIZE_LIMIT {
        return Err(Rejection::unfit("/size", format!("must be a number of bytes from 1 to {SIZE_LIMIT}")));
    }
    if !is_media_type(&command.media_type) {
        return Err(Rejection::unfit("/media_type", "must be a media type such as application/pdf"));
    }
    let registered = DocumentRegistered {
        programme: command.programme,
        city: command.city,
        title: command.title.clone(),
        kind: command.kind.clone(),
        language: command.language.clone(),
        classification: command.classification.unwrap_or(Classification::Internal),
        sha256: command.sha256.clone(),
        size: command.size,
        media_type: command.media_type.clone(),
    };
    let mut facts = vec![registered.into()];
    if let Some(original) = original {
        let persons: Vec<PersonId> =
            original.persons.iter().copied().filter(|person| !is_erased(*person, context)).collect();
        if !persons.is_empty() {
            facts.push(PersonsTagged { persons }.into());
        }
        facts.push(Fact::on(original.id, DocumentRedacted { copy: command.id }));
    }
    Ok(facts)
}

fn is_erased(person: PersonId, context: &Context<'_>) -> bool {
    context.world.person(person).is_some_and(|person| person.status == PersonStatus::Erased)
}

/// The document that a copy is to take the place of.
fn redacted<'a>(id: DocumentId, command: &RegisterDocument, context: &Context<'a>) -> Result<&'a Document, Rejection> {
    let unfit = |message: &str| Err(Rejection::unfit("/redacts", message));
    let Some(original) = context.world.document(id) else { return unfit("no document has this id") };
    if original.programme != command.programme {
        return unfit("this document belongs to another programme");
    }
    if original.city != command.city {
        return Err(Rejection::unfit("/city", "must be the city of the document whose copy this is"));
    }
    if original.copy.is_some() {
        return Err(DocumentRule::DocumentAlreadyRedacted.into());
    }
    if original.status == DocumentStatus::Withdrawn {
        return Err(DocumentRule::DocumentAlreadyWithdrawn.into());
    }
    if !original.persons.iter().any(|person| is_erased(*person, context)) {
        return Err(DocumentRule::NothingToRedact.into());
    }
    Ok(original)
}

/// Two names joined by a slash, without parameters.
fn is_media_type(text: &Line) -> bool {
    let name = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte))
    };
    text.as_str().split_once('/').is_some_and(|(main, sub)| name(main) && name(sub))
}

fn link(document: &Document, command: &LinkEvidence, context: &Context<'_>) -> Decision {
    if command.position.is_none() && command.subject.is_none() {
        return Err(Rejection::unfit("/position", "say which event or which subject the document is evidence for"));
    }
    if command.position.is_some_and(|position| position == 0 || position > POSITION_LIMIT) {
        return Err(Rejection::unfit("/position", "must be the position of a recorded event, 1 or more"));
    }
    if let Some(subject) = command.subject {
        let programme = context.exists("/subject", subject)?.scope().programme;
        if programme.is_some_and(|programme| programme != document.programme) {
            return Err(Rejection::unfit("/subject", "this subject belongs to another programme"));
        }
    }
    let claim = (command.position, command.subject, command.claim.clone());
    if document.claims.contains(&claim) {
        return Err(DocumentRule::EvidenceAlreadyLinked.into());
    }
    let (position, subject, claim) = claim;
    fact(EvidenceLinked { position, subject, claim })
}

fn tag(document: &Document, command: &TagPersons, context: &Context<'_>) -> Decision {
    if command.persons.is_empty() {
        return Err(Rejection::unfit("/persons", "name at least one person"));
    }
    context.persons_known_in("/persons", &command.persons, document.programme)?;
    let persons: Vec<PersonId> =
        command.persons.iter().copied().filter(|person| !document.persons.contains(person)).collect();
    if persons.is_empty() {
        return Err(DocumentRule::PersonsAlreadyTagged.into());
    }
    fact(PersonsTagged { persons })
}

fn open(command: &OpenEvidence, context: &Context<'_>) -> Decision {
    let days = context.today.days_until(command.until);
    if !(0..=DAYS_OPEN).contains(&days) {
        let message = format!("must be today or a day within the next {DAYS_OPEN} days");
        return Err(Rejection::unfit("/until", message));
    }
    fact(EvidenceOpened { purpose: command.purpose.clone(), until: command.until })
}

/// The rules that forbid commands on documents.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[allow(missing_docs)]
pub enum DocumentRule {
    #[error("There is a document with this id already. Register another version under an id of its own.")]
    DocumentAlreadyExists,
    #[error("This document was withdrawn already. Register the document that takes its place.")]
    DocumentAlreadyWithdrawn,
    #[error(
        "A redacted copy took the place of this document already. Register a copy of that one if it names somebody still."
    )]
    DocumentAlreadyRedacted,
    #[error("Nobody whom this document names was erased, so it stays as it is. Note first whom it names (TagPersons).")]
    NothingToRedact,
    #[error("This document is linked to that claim already.")]
    EvidenceAlreadyLinked,
    #[error("All of these persons are noted on the document already.")]
    PersonsAlreadyTagged,
}

rejections!(DocumentRule);
