//! What each figure counts of a story, and what it leaves out.

use koinon_events::value::Day;
use koinon_events::{CityId, DocumentId, LearningId, MeetingId, PartnershipId, PilotId, ProgrammeId, VisitId};
use serde_json::{Value, json};

use super::{Figure, Label, Period, figures};
use crate::story::{Story, id, story};

const PROGRAMME: ProgrammeId = ProgrammeId(id(1));
const PARTNERSHIP: PartnershipId = PartnershipId(id(5));
const VISIT: VisitId = VisitId(id(10));
const SHEET: DocumentId = DocumentId(id(30));

fn registered(name: &str, country: &str, strand: &str) -> Value {
    json!({"programme": PROGRAMME, "name": name, "native_name": name, "country": country, "strand": strand,
           "latitude": "1", "longitude": "1", "population": 1, "timezone": "Europe/Lisbon", "languages": []})
}

/// Porto and Braga (PT), eThekwini (ZA), in a partnership of Porto and eThekwini.
fn programme() -> Story {
    let created = json!({"code": "t", "title": {"en": "T"}, "aliases": [], "funder": "EU", "on_behalf_of": "DG REGIO",
                         "starts_on": "2021-10-01", "ends_on": "2023-03-31"});
    let proposed =
        json!({"programme": PROGRAMME, "cities": [id(2), id(3)], "themes": [], "rationale": "Both burn waste"});
    story()
        .on("2022-01-10")
        .happened(PROGRAMME, "ProgrammeCreated", created)
        .happened(CityId(id(2)), "CityRegistered", registered("Porto", "PT", "Europe"))
        .happened(CityId(id(3)), "CityRegistered", registered("eThekwini", "ZA", "South Africa"))
        .happened(CityId(id(4)), "CityRegistered", registered("Braga", "PT", "Europe"))
        .happened(PARTNERSHIP, "PartnershipProposed", proposed)
        .happened(PARTNERSHIP, "PartnershipFormed", json!({"cities": [id(2), id(3)]}))
}

impl Story {
    fn paper(self, document: DocumentId, kind: &str) -> Self {
        let data = json!({"programme": PROGRAMME, "title": kind, "kind": kind, "classification": "internal",
                          "sha256": "0".repeat(64), "size": 1, "media_type": "application/pdf"});
        self.happened(document, "DocumentRegistered", data)
    }

    fn visit(self, visit: VisitId, kind: &str, host: u128, guest: u128) -> Self {
        let data = json!({"programme": PROGRAMME, "partnership": PARTNERSHIP, "kind": kind, "format": "in-person",
                          "host_city": id(host), "visiting_cities": [id(guest)], "from": "2022-06-13",
                          "to": "2022-06-17", "themes": [], "follows": []});
        self.happened(visit, "VisitScheduled", data)
    }

    fn figure(&self, code: &str) -> Figure {
        self.figure_over(code, Period::default())
    }

    fn figure_over(&self, code: &str, period: Period) -> Figure {
        let all = figures(&self.told().tables, PROGRAMME, period, day("2022-12-31")).unwrap();
        all.figures.into_iter().find(|figure| figure.code == code).unwrap()
    }
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn value(figure: &Figure) -> String {
    figure.value.to_string()
}

fn causes(figure: &Figure) -> Vec<&str> {
    figure.not_counted.iter().map(|each| each.cause.as_str()).collect()
}

fn sheet(others: u32, document: Option<DocumentId>) -> Value {
    match document {
        Some(document) => json!({"present": [id(50)], "others": {id(3).to_string(): others}, "document": document}),
        None => json!({"present": [id(50)], "others": {id(3).to_string(): others}}),
    }
}

#[test]
fn a_participation_counts_with_its_sheet_and_opens_its_events() {
    let figure = programme()
        .paper(SHEET, "attendance-sheet")
        .visit(VISIT, "study-visit", 2, 3)
        .happened(VISIT, "AttendanceRecorded", sheet(5, Some(SHEET)))
        .happened(VISIT, "VisitCompleted", json!({"date": "2022-06-17"}))
        .figure("RCO 81");
    assert_eq!(value(&figure), "6");
    assert_eq!(figure.counted[0].positions, [9, 10]);
    assert_eq!((figure.counted[0].subject, figure.label), (VISIT.subject(), Label::ByAnalogy));
}

#[test]
fn attendance_without_a_sheet_waits_for_it_and_counts_when_the_sheet_is_linked() {
    let without = programme()
        .visit(VISIT, "study-visit", 2, 3)
        .happened(VISIT, "AttendanceRecorded", sheet(5, None))
        .happened(VISIT, "VisitCompleted", json!({}));
    assert_eq!(causes(&without.figure("RCO 81")), ["no-evidence-yet"]);
    let linked = without.paper(SHEET, "attendance-sheet").happened(
        SHEET,
        "EvidenceLinked",
        json!({"subject": VISIT.subject(), "claim": "Six came"}),
    );
    let figure = linked.figure("RCO 81");
    assert_eq!(value(&figure), "6");
    assert_eq!(figure.counted[0].positions, [8, 9, 11], "the event that linked the sheet is one of its events");
    let withdrawn = linked.happened(SHEET, "DocumentWithdrawn", json!({"reason": "Forged"}));
    assert_eq!(causes(&withdrawn.figure("RCO 81")), ["no-evidence-yet"]);
}

#[test]
fn a_corrected_record_counts_in_place_of_the_first() {
    let figure = programme()
        .paper(SHEET, "attendance-sheet")
        .visit(VISIT, "study-visit", 2, 3)
        .happened(VISIT, "AttendanceRecorded", sheet(9, Some(SHEET)))
        .happened(VISIT, "AttendanceRecorded", sheet(8, Some(SHEET)))
        .happened(VISIT, "VisitCompleted", json!({}))
        .figure("RCO 81");
    assert_eq!((value(&figure).as_str(), causes(&figure)), ("9", vec!["corrected"]));
}

#[test]
fn one_country_a_masterclass_and_a_visit_under_way_do_not_count_as_joint_actions() {
    let (domestic, class, open) = (VisitId(id(11)), VisitId(id(12)), VisitId(id(13)));
    let at_home = json!({"present": [], "others": {id(4).to_string(): 3}, "document": SHEET});
    let story = programme()
        .paper(SHEET, "attendance-sheet")
        .visit(domestic, "study-visit", 2, 4)
        .happened(domestic, "AttendanceRecorded", at_home)
        .happened(domestic, "VisitCompleted", json!({}))
        .visit(class, "masterclass", 2, 3)
        .happened(class, "AttendanceRecorded", sheet(7, Some(SHEET)))
        .happened(class, "VisitCompleted", json!({}))
        .visit(open, "study-visit", 2, 3)
        .happened(open, "AttendanceRecorded", sheet(1, Some(SHEET)));
    assert_eq!(causes(&story.figure("RCO 81")), ["one-country", "training-scheme", "not-completed"]);
    assert_eq!(value(&story.figure("RCO 85")), "8");
}

#[test]
fn public_meetings_count_as_events_and_not_as_participations() {
    let (thematic, webinar) = (MeetingId(id(20)), MeetingId(id(21)));
    let set = |kind: &str, public: bool| {
        json!({"programme": PROGRAMME, "kind": kind, "title": "M", "public": public, "organisers": [id(2), id(3)],
               "start": "2022-05-12T13:00", "timezone": "Europe/Lisbon"})
    };
    let held = json!({"cities": {id(2).to_string(): 12, id(3).to_string(): 8}, "document": SHEET});
    let story = programme()
        .paper(SHEET, "attendance-sheet")
        .happened(thematic, "MeetingScheduled", set("thematic", false))
        .happened(thematic, "MeetingHeld", held.clone())
        .happened(webinar, "MeetingScheduled", set("webinar", true))
        .happened(webinar, "MeetingHeld", held);
    assert_eq!(value(&story.figure("RCO 81")), "20");
    assert_eq!(causes(&story.figure("RCO 81")), ["public-event"]);
    assert_eq!(value(&story.figure("RCO 115")), "1");
    assert_eq!(story.row("meetings", webinar.0)["status"], "delivered");
}

#[test]
fn a_period_counts_what_its_days_hold() {
    let story = programme()
        .paper(SHEET, "attendance-sheet")
        .visit(VISIT, "study-visit", 2, 3)
        .happened(VISIT, "AttendanceRecorded", sheet(5, Some(SHEET)))
        .happened(VISIT, "VisitCompleted", json!({}));
    let over =
        |from: &str, to: &str| value(&story.figure_over("RCO 81", Period { from: Some(day(from)), to: Some(day(to)) }));
    assert_eq!(over("2022-06-17", "2022-06-17"), "6", "by the last day of the visit");
    assert_eq!(over("2022-01-01", "2022-06-16"), "0");
    assert_eq!(over("2022-06-18", "2022-12-31"), "0");
}

#[test]
fn a_plan_counts_once_with_its_document_and_is_taken_up_with_evidence() {
    let action = koinon_events::ActionId(id(60));
    let raised =
        json!({"programme": PROGRAMME, "text": "Train two crews", "plan": {"partnership": PARTNERSHIP, "version": 1}});
    let story = programme()
        .paper(SHEET, "action-plan")
        .happened(PARTNERSHIP, "ActionPlanAdopted", json!({"version": 1}))
        .happened(PARTNERSHIP, "ActionPlanAdopted", json!({"version": 2, "document": SHEET}))
        .happened(action, "ActionRaised", raised);
    assert_eq!(
        (value(&story.figure("RCO 83")).as_str(), causes(&story.figure("RCO 83"))),
        ("1", vec!["counted-before"])
    );
    assert_eq!(causes(&story.figure("RCR 79")), ["not-begun"]);
    let done = story.happened(action, "ActionCompleted", json!({"evidence": []}));
    assert_eq!(causes(&done.figure("RCR 79")), ["no-evidence-yet"]);
    let shown = done.happened(action, "ActionReopened", json!({"reason": "No record"})).happened(
        action,
        "ActionCompleted",
        json!({"evidence": [SHEET]}),
    );
    assert_eq!(value(&shown.figure("RCR 79")), "1");
}

#[test]
fn bodies_count_once_and_go_on_only_if_they_signed() {
    let party = |city: u128, name: &str| json!({"city": id(city), "name": name});
    let signed = |parties: Value| json!({"parties": parties, "document": SHEET, "signed_on": "2022-06-17"});
    let go_on = json!({"bodies": [party(2, "LIPOR"), party(2, "Nobody")], "document": SHEET, "until": "2025-12-31"});
    let story = programme()
        .paper(SHEET, "agreement")
        .happened(PARTNERSHIP, "AgreementSigned", signed(json!([party(2, "LIPOR"), party(3, "Durban Solid Waste")])))
        .happened(PARTNERSHIP, "AgreementSigned", signed(json!([party(2, "Lipor")])))
        .happened(PARTNERSHIP, "AgreementSigned", json!({"parties": [party(2, "New")], "document": SHEET}))
        .happened(PARTNERSHIP, "ContinuationCommitted", go_on);
    assert_eq!(
        (value(&story.figure("RCO 87")).as_str(), causes(&story.figure("RCO 87"))),
        ("2", vec!["counted-before", "not-signed"])
    );
    assert_eq!(
        (value(&story.figure("RCR 84")).as_str(), causes(&story.figure("RCR 84"))),
        ("1", vec!["not-in-rco-87"])
    );
}

#[test]
fn a_completed_joint_pilot_is_a_solution_once_it_says_how_to_take_it_up() {
    let (joint, alone) = (PilotId(id(40)), PilotId(id(41)));
    let proposed = |cities: Value| {
        json!({"programme": PROGRAMME, "title": "Ash", "cities": cities, "from_learnings": [], "problem": "p",
               "solution": "s", "beneficiaries": "b"})
    };
    let story = programme()
        .paper(SHEET, "decision")
        .happened(joint, "PilotProposed", proposed(json!([id(2), id(3)])))
        .happened(joint, "PilotCompleted", json!({"results": "Road base", "evidence": []}))
        .happened(alone, "PilotProposed", proposed(json!([id(2)])))
        .happened(alone, "PilotCompleted", json!({"results": "r", "take_up_note": "n", "evidence": []}))
        .happened(alone, "ScaleUpDecided", json!({"scope": "All", "document": SHEET}));
    assert_eq!((value(&story.figure("RCO 84")).as_str(), causes(&story.figure("RCO 84"))), ("1", vec!["one-country"]));
    assert_eq!(causes(&story.figure("RCO 116")), ["no-take-up-note", "one-country"]);
    assert_eq!(value(&story.figure("RCR 104")), "1");
}

#[test]
fn a_learning_travels_when_another_city_verifies_its_use() {
    let learning = LearningId(id(70));
    let recorded = json!({"programme": PROGRAMME, "title": "Ash", "what": "w", "why_it_works": "y", "conditions": "c",
                          "cost_order": "medium", "maturity": "proven", "origin_city": id(2),
                          "origin": VISIT.subject(), "themes": [], "language": "en"});
    let commit = json!({"city": id(3), "owner": "Works", "adaptation": "Smaller"});
    let story = programme()
        .paper(SHEET, "decision")
        .visit(VISIT, "study-visit", 2, 3)
        .on("2022-06-20")
        .happened(VISIT, "VisitCompleted", json!({"date": "2022-06-17"}))
        .on("2022-06-27")
        .happened(learning, "LearningRecorded", recorded)
        .happened(learning, "LearningValidated", json!({"expert": id(51)}))
        .happened(learning, "LearningPublished", json!({}))
        .happened(learning, "AdoptionCommitted", commit);
    assert_eq!(causes(&story.figure("practices-adopted-elsewhere")), ["not-verified"]);
    let verified = story.happened(learning, "AdoptionVerified", json!({"city": id(3), "document": SHEET}));
    for code in ["practices-published", "practices-adopted-elsewhere", "suggestions-taken-up", "RCR 104"] {
        assert_eq!(value(&verified.figure(code)), "1", "{code}");
    }
    assert_eq!(value(&verified.figure("days-to-first-learning")), "10");
}

#[test]
fn visits_held_are_told_by_direction_and_the_others_by_why_not() {
    let (back, off) = (VisitId(id(11)), VisitId(id(12)));
    let figure = programme()
        .visit(VISIT, "study-visit", 2, 3)
        .happened(VISIT, "VisitCompleted", json!({}))
        .visit(back, "return-visit", 3, 2)
        .visit(off, "study-visit", 2, 3)
        .happened(off, "VisitCancelled", json!({"reason": "Floods"}))
        .figure("visits-held");
    assert_eq!(value(&figure), "1");
    assert_eq!(figure.parts[0].name, "South Africa → Europe");
    assert_eq!(causes(&figure), ["not-completed", "cancelled"]);
    assert_eq!(figure.not_counted[1].why, "cancelled: Floods");
}

#[test]
fn a_figure_named_by_the_programme_carries_its_target() {
    let defined = json!({"code": "OWN-1", "name": "Participations", "rule": "rco-81", "target": "900"});
    let story = programme().happened(PROGRAMME, "IndicatorDefined", defined);
    let all = figures(&story.told().tables, PROGRAMME, Period::default(), day("2022-12-31")).unwrap();
    assert_eq!(all.figures[0].target.as_ref().unwrap().as_str(), "900");
    assert_eq!(
        (all.targets[0].figure.as_deref(), all.targets[0].actual.unwrap().to_string()),
        (Some("RCO 81"), "0".to_owned())
    );
}

#[test]
fn every_figure_has_a_code_of_its_own_and_a_definition() {
    let mut codes: Vec<&str> = super::FIGURES.iter().map(|rule| rule.code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), super::FIGURES.len());
    assert!(super::FIGURES.iter().all(|rule| rule.definition.ends_with('.') && rule.version > 0));
}
