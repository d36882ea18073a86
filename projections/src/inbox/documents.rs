//! What waits about documents: a copy without the names of somebody who was erased.

use koinon_events::Role::Coordinator;

use super::Desk;
use crate::documents::{DocumentRow, DocumentStatus};
use crate::mark::Mark;
use crate::people::PersonStatus;

/// Days within which a document gives way to its redacted copy: what the law gives for the erasure (GDPR art. 12(3)).
const REDACTED_WITHIN: i64 = 30;

pub(super) fn look(desk: &mut Desk<'_>) {
    for document in desk.ground.documents() {
        let Some(erased) = erased(desk, document) else { continue };
        if document.copy.is_some() || document.status == DocumentStatus::Withdrawn {
            continue;
        }
        let due = erased.recorded.plus_days(REDACTED_WITHIN);
        let subject = document.id.subject();
        let item = desk.add("redact-document", subject, "RegisterDocument", "redacts", due, erased.position);
        item.for_roles(&[Coordinator])
            .field("programme", document.programme.0)
            .field("title", &document.title)
            .field("kind", &document.kind)
            .field("classification", <&str>::from(document.classification));
        if let Some(city) = document.city {
            item.field("city", city.0);
        }
        if let Some(language) = &document.language {
            item.field("language", language);
        }
    }
}

/// The first erasure of somebody whom the document names.
fn erased(desk: &Desk<'_>, document: &DocumentRow) -> Option<Mark> {
    let people = document.names.iter().filter_map(|person| desk.tables.people.get(person.0));
    let erased = people.filter(|person| person.status == PersonStatus::Erased);
    erased.filter_map(|person| person.erasure.as_ref().map(|erasure| erasure.mark)).min_by_key(|mark| mark.position)
}
