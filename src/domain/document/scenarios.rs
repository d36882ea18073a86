//! Given, when, then for documents.

use koinon_events::document::*;
use koinon_events::{DocumentId, Event};
use serde_json::json;

use crate::domain::programme::ProgrammeStatus;
use crate::domain::scenario::pair::*;
use crate::domain::scenario::states::programme_as;
use crate::domain::scenario::{Scenario, id};
use crate::domain::{Fact, State};

#[test]
fn a_document_is_registered_with_the_hash_of_its_bytes() {
    a_programme(ProgrammeStatus::Draft).when("RegisterDocument", sheet(SHEET)).then([Event::from(
        DocumentRegistered {
            city: None,
            programme: PROGRAMME,
            title: text("Attendance sheet"),
            kind: text("attendance-sheet"),
            language: Some(text("en")),
            classification: Classification::Restricted,
            sha256: text("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
            size: 4096,
            media_type: text("application/pdf"),
        },
    )]);
    a_formed_pair().when("RegisterDocument", sheet(SHEET)).then_refused("document-already-exists");
}

#[test]
fn a_document_of_no_bytes_or_of_no_known_type_is_refused() {
    let world = || a_programme(ProgrammeStatus::Running);
    world().when("RegisterDocument", with(sheet(SHEET), "size", 0)).then_unfit("/size");
    world().when("RegisterDocument", with(sheet(SHEET), "size", 5_368_709_121_u64)).then_unfit("/size");
    for wrong in ["pdf", "application/", "application/pdf; charset=x", "a/b/c"] {
        world().when("RegisterDocument", with(sheet(SHEET), "media_type", wrong)).then_unfit("/media_type");
    }
    a_programme(ProgrammeStatus::Closed).when("RegisterDocument", sheet(SHEET)).then_refused("programme-closed");
}

#[test]
fn a_document_is_linked_to_what_it_proves() {
    let link = json!({ "document": SHEET, "position": 412, "subject": PAIR.subject(), "claim": "Twelve came" });
    a_formed_pair().when("LinkEvidence", link.clone()).then([Event::from(EvidenceLinked {
        position: Some(412),
        subject: Some(PAIR.subject()),
        claim: text("Twelve came"),
    })]);
    a_formed_pair()
        .done("LinkEvidence", link.clone())
        .when("LinkEvidence", link.clone())
        .then_refused("evidence-already-linked");
    a_formed_pair().when("LinkEvidence", with(link.clone(), "position", 0)).then_unfit("/position");
    a_formed_pair().when("LinkEvidence", with(link.clone(), "subject", json!(VISIT.subject()))).then_unfit("/subject");
    a_formed_pair().when("LinkEvidence", with(link, "subject", json!(STRANGER.subject()))).then_unfit("/subject");
    a_formed_pair().when("LinkEvidence", json!({ "document": SHEET, "claim": "Something" })).then_unfit("/position");
}

#[test]
fn persons_are_noted_on_a_document_once() {
    let both = json!({ "document": SHEET, "persons": [THANDI, SIPHO] });
    let one = json!({ "document": SHEET, "persons": [THANDI] });
    a_formed_pair()
        .done("TagPersons", one.clone())
        .when("TagPersons", both)
        .then([Event::from(PersonsTagged { persons: vec![SIPHO] })]);
    a_formed_pair().done("TagPersons", one.clone()).when("TagPersons", one).then_refused("persons-already-tagged");
    a_formed_pair().when("TagPersons", json!({ "document": SHEET, "persons": [] })).then_unfit("/persons");
    a_formed_pair().when("TagPersons", json!({ "document": SHEET, "persons": [ACTOR] })).then_unfit("/persons/0");
}

#[test]
fn a_document_with_names_is_opened_for_a_while() {
    let look = json!({ "document": SHEET, "purpose": "Sample check of period 2", "until": "2022-07-15" });
    a_formed_pair().when("OpenEvidence", look.clone()).then([Event::from(EvidenceOpened {
        purpose: text("Sample check of period 2"),
        until: "2022-07-15".parse().unwrap(),
    })]);
    a_formed_pair().when("OpenEvidence", with(look.clone(), "until", "2022-06-14")).then_unfit("/until");
    a_formed_pair().when("OpenEvidence", with(look, "until", "2022-12-31")).then_unfit("/until");
}

#[test]
fn a_withdrawn_document_takes_nothing_more() {
    let away = json!({ "document": SHEET, "reason": "The wrong scan" });
    a_formed_pair()
        .when("WithdrawDocument", away.clone())
        .then([Event::from(DocumentWithdrawn { reason: text("The wrong scan") })]);
    a_formed_pair()
        .done("WithdrawDocument", away.clone())
        .when("WithdrawDocument", away)
        .then_refused("document-already-withdrawn");
    a_formed_pair()
        .when("TagPersons", json!({ "document": WITHDRAWN, "persons": [THANDI] }))
        .then_refused("document-already-withdrawn");
}

/// A sheet that names Thandi, who was erased, and Sipho, who was not.
fn a_sheet_with_an_erased_name() -> Scenario {
    a_formed_pair()
        .done("TagPersons", json!({ "document": SHEET, "persons": [THANDI, SIPHO] }))
        .done("ErasePerson", json!({ "person": THANDI, "basis": "GDPR art. 17(1)(b)", "request": "R-1" }))
}

#[test]
fn a_redacted_copy_takes_the_place_of_a_document_and_guards_the_names_left() {
    let copy = DocumentId(id(40));
    let redacted = with(sheet(copy), "redacts", json!(SHEET));
    let facts = a_sheet_with_an_erased_name().when("RegisterDocument", redacted.clone()).decided().unwrap();
    assert_eq!(facts[0].event.name(), "DocumentRegistered");
    let then = [Fact::from(PersonsTagged { persons: vec![SIPHO] }), Fact::on(SHEET, DocumentRedacted { copy })];
    assert_eq!(facts[1..], then);
    let closed = programme_as(PROGRAMME, ProgrammeStatus::Closed);
    a_sheet_with_an_erased_name()
        .state(PROGRAMME, State::Programme(closed))
        .when("RegisterDocument", redacted)
        .then_accepted();
}

#[test]
fn only_a_document_that_names_somebody_erased_gives_way_to_a_copy_and_only_once() {
    let (copy, second) = (DocumentId(id(40)), DocumentId(id(41)));
    let redacted = |copy: DocumentId| with(sheet(copy), "redacts", json!(SHEET));
    a_formed_pair().when("RegisterDocument", redacted(copy)).then_refused("nothing-to-redact");
    a_formed_pair().when("RegisterDocument", with(sheet(copy), "redacts", json!(second))).then_unfit("/redacts");
    a_formed_pair()
        .when("RegisterDocument", with(sheet(copy), "redacts", json!(WITHDRAWN)))
        .then_refused("document-already-withdrawn");
    a_sheet_with_an_erased_name()
        .when("RegisterDocument", with(redacted(copy), "city", json!(PORTO)))
        .then_unfit("/city");
    a_sheet_with_an_erased_name()
        .when("RegisterDocument", with(redacted(copy), "programme", json!(ELSEWHERE)))
        .then_unfit("/redacts");
    a_sheet_with_an_erased_name()
        .done("RegisterDocument", redacted(copy))
        .when("RegisterDocument", redacted(second))
        .then_refused("document-already-redacted");
}
