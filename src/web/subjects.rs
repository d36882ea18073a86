//! Where subjects are found: the collection of a kind, its address for programs and for people.

use koinon_events::{Kind, Subject};

/// The collections, each with the kind of subject it holds.
pub const COLLECTIONS: &[(Kind, &str)] = &[
    (Kind::Programme, "programmes"),
    (Kind::City, "cities"),
    (Kind::Partnership, "partnerships"),
    (Kind::Person, "people"),
    (Kind::Visit, "visits"),
    (Kind::Meeting, "meetings"),
    (Kind::Learning, "learnings"),
    (Kind::Project, "projects"),
    (Kind::Pilot, "pilots"),
    (Kind::Action, "actions"),
    (Kind::Document, "documents"),
    (Kind::Report, "reports"),
];

/// The collection a kind of subject is found in: `visits`.
pub fn collection_of(kind: Kind) -> String {
    match COLLECTIONS.iter().find(|(found, _)| *found == kind) {
        Some((_, name)) => (*name).to_owned(),
        None => format!("{}s", kind.word()),
    }
}

/// The kind of subject a collection holds.
pub fn kind_of(collection: &str) -> Option<Kind> {
    COLLECTIONS.iter().find(|(_, name)| *name == collection).map(|(kind, _)| *kind)
}

/// Where programs read a subject: `/api/visits/UUID`.
pub fn location(subject: Subject) -> String {
    format!("/api{}", page(subject))
}

/// Where people read a subject: `/visits/UUID`.
pub fn page(subject: Subject) -> String {
    format!("/{}/{}", collection_of(subject.kind), subject.id)
}

/// Whether people have a page for a kind of subject.
pub fn has_page(kind: Kind) -> bool {
    COLLECTIONS.iter().any(|(found, _)| *found == kind)
}
