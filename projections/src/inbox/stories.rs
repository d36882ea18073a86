//! What waits in a story, for whom, and when it is gone.

use koinon_events::{CityId, DocumentId, LearningId, PersonId, ProgrammeId, Role, VisitId};
use serde_json::json;

use super::{Item, inbox};
use crate::story::{Story, id, story};

const PROGRAMME: ProgrammeId = ProgrammeId(id(1));
const HOST: CityId = CityId(id(2));
const VISITORS: CityId = CityId(id(3));
const VISIT: VisitId = VisitId(id(10));

fn scheduled() -> Story {
    let created = json!({"code": "t", "title": {"en": "T"}, "aliases": [], "funder": "EU", "on_behalf_of": "DG REGIO",
                         "starts_on": "2021-10-01", "ends_on": "2023-03-31"});
    let city = |name: &str| {
        json!({"programme": PROGRAMME, "name": name, "native_name": name, "country": "PT", "strand": "Europe",
               "latitude": "1", "longitude": "1", "population": 1, "timezone": "Europe/Lisbon", "languages": []})
    };
    let visit = json!({"programme": PROGRAMME, "kind": "study-visit", "format": "in-person", "host_city": HOST,
                       "visiting_cities": [VISITORS], "from": "2022-06-13", "to": "2022-06-17", "themes": [],
                       "objectives": "See it", "follows": []});
    story()
        .on("2022-04-10")
        .happened(PROGRAMME, "ProgrammeCreated", created)
        .happened(HOST, "CityRegistered", city("Porto"))
        .happened(VISITORS, "CityRegistered", city("Braga"))
        .happened(VISIT, "VisitScheduled", visit)
}

fn items(story: &Story, day: &str) -> Vec<Item> {
    inbox(&story.told().tables, PROGRAMME, day.parse().unwrap()).unwrap()
}

fn kinds(items: &[Item]) -> Vec<&str> {
    items.iter().map(|item| item.kind.as_str()).collect()
}

#[test]
fn a_scheduled_visit_waits_for_its_host_and_for_its_visitors() {
    let items = items(&scheduled(), "2022-05-01");
    assert_eq!(kinds(&items), ["confirm-visit", "name-delegation"]);
    let confirm = &items[0];
    assert_eq!((confirm.command.as_str(), confirm.whom.city), ("ConfirmVisit", Some(HOST)));
    assert_eq!(confirm.due.to_string(), "2022-05-14", "a month before");
    assert_eq!(confirm.since, 4, "since it was scheduled");
    assert_eq!(confirm.whom.roles, [Role::Delegate, Role::Coordinator], "nobody acts for the host yet");
    assert_eq!(items[1].whom.city, Some(VISITORS));
}

#[test]
fn an_item_is_gone_once_its_event_is_there() {
    let story = scheduled().happened(VISIT, "VisitConfirmed", json!({}));
    assert_eq!(kinds(&items(&story, "2022-05-01")), ["name-delegation"]);
}

#[test]
fn a_visit_that_ended_waits_for_attendance_and_learnings_until_they_are_recorded() {
    let story = scheduled().on("2022-06-17").happened(VISIT, "VisitStarted", json!({"date": "2022-06-13"})).happened(
        VISIT,
        "VisitCompleted",
        json!({"date": "2022-06-17"}),
    );
    let waiting = items(&story, "2022-06-20");
    assert_eq!(kinds(&waiting), ["record-attendance", "record-learning"]);
    assert_eq!(waiting[1].fields, [("origin".to_owned(), VISIT.subject().to_string())]);
    assert_eq!(waiting[1].due.to_string(), "2022-07-01", "within a fortnight");
    let learning = json!({"programme": PROGRAMME, "title": "Ash", "what": "w", "why_it_works": "y", "conditions": "c",
                          "cost_order": "medium", "maturity": "proven", "origin_city": HOST, "origin": VISIT.subject(),
                          "themes": ["ash"], "language": "en", "learned_by": [VISITORS]});
    let story = story.happened(LearningId(id(70)), "LearningRecorded", learning);
    assert_eq!(kinds(&items(&story, "2022-06-20")), ["record-attendance", "validate-learning"]);
}

#[test]
fn a_document_that_names_somebody_erased_waits_for_its_redacted_copy() {
    let (person, sheet, copy) = (PersonId(id(80)), DocumentId(id(81)), DocumentId(id(82)));
    let sealed = |value: &str| json!({ "sealed": value });
    let invited = json!({"name": sealed("n"), "email": sealed("e"), "organisation": "O", "programme": PROGRAMME,
                         "languages": [], "kind": "delegate"});
    let document = json!({"programme": PROGRAMME, "title": "Sheet", "kind": "attendance-sheet", "classification": "restricted",
                          "sha256": "0".repeat(64), "size": 1, "media_type": "text/plain"});
    let tagged = || {
        scheduled()
            .happened(person, "PersonInvited", invited.clone())
            .happened(sheet, "DocumentRegistered", document.clone())
            .happened(sheet, "PersonsTagged", json!({"persons": [person]}))
    };
    let erased = || tagged().happened(person, "PersonErased", json!({"basis": "GDPR art. 17", "request": "R-1"}));
    let waits = |story: &Story| kinds(&items(story, "2022-05-01")).contains(&"redact-document");
    assert!(!waits(&tagged()));
    let waiting = items(&erased(), "2022-05-01");
    let item = waiting.iter().find(|item| item.kind == "redact-document").unwrap();
    assert_eq!((item.subject, item.since, &item.whom.roles), (sheet.subject(), 8, &vec![Role::Coordinator]));
    assert_eq!(item.fields[0], ("redacts".to_owned(), sheet.0.to_string()));
    let gone = erased().happened(sheet, "DocumentWithdrawn", json!({"reason": "A draft"}));
    assert!(!waits(&gone), "what was withdrawn needs no copy");
    let story = erased().happened(copy, "DocumentRegistered", document.clone()).happened(
        sheet,
        "DocumentRedacted",
        json!({"copy": copy}),
    );
    assert!(!waits(&story));
    assert_eq!(story.row("documents", sheet.0)["status"], "registered", "it proves what it proved");
    assert_eq!(story.row("documents", copy.0)["copy_of"], json!(sheet));
}
