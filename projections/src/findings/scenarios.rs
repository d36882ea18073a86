//! What is found of a small programme, and what is not found any more once it is mended.

use koinon_events::value::Day;
use koinon_events::{CityId, DocumentId, LearningId, PartnershipId, PilotId, ProgrammeId, ReportId, VisitId};
use serde_json::{Value, json};

use super::{Finding, findings};
use crate::story::{Story, id, story};

const PROGRAMME: ProgrammeId = ProgrammeId(id(1));
const PARTNERSHIP: PartnershipId = PartnershipId(id(5));
const REPORT: ReportId = ReportId(id(6));
const VISIT: VisitId = VisitId(id(10));
const LEARNING: LearningId = LearningId(id(11));
const PILOT: PilotId = PilotId(id(12));
const SHEET: DocumentId = DocumentId(id(30));

fn registered(name: &str, country: &str) -> Value {
    json!({"programme": PROGRAMME, "name": name, "native_name": name, "country": country, "strand": "Europe",
           "latitude": "1", "longitude": "1", "population": 1, "timezone": "Europe/Lisbon", "languages": []})
}

/// Porto and eThekwini in a partnership, and the report on the first half of 2022.
fn programme() -> Story {
    let created = json!({"code": "t", "title": {"en": "T"}, "aliases": [], "funder": "EU", "on_behalf_of": "DG REGIO",
                         "starts_on": "2022-01-01", "ends_on": "2022-12-31"});
    let proposed =
        json!({"programme": PROGRAMME, "cities": [id(2), id(3)], "themes": [], "rationale": "Both burn waste"});
    story()
        .on("2022-01-10")
        .happened(PROGRAMME, "ProgrammeCreated", created)
        .happened(
            PROGRAMME,
            "PeriodDefined",
            json!({"number": 1, "from": "2022-01-01", "to": "2022-06-30", "final": false}),
        )
        .happened(CityId(id(2)), "CityRegistered", registered("Porto", "PT"))
        .happened(CityId(id(3)), "CityRegistered", registered("eThekwini", "ZA"))
        .happened(CityId(id(2)), "CitySelected", json!({}))
        .happened(PARTNERSHIP, "PartnershipProposed", proposed)
        .happened(PARTNERSHIP, "PartnershipFormed", json!({"cities": [id(2), id(3)]}))
        .happened(REPORT, "ReportOpened", json!({"programme": PROGRAMME, "period": 1, "scope": {"kind": "programme"}}))
}

impl Story {
    fn wrote(self, section: &str, text: &str) -> Self {
        self.happened(REPORT, "SectionEdited", json!({"section": section, "text": text}))
    }

    fn visited(self) -> Self {
        let data = json!({"programme": PROGRAMME, "partnership": PARTNERSHIP, "kind": "study-visit", "format": "in-person",
                          "host_city": id(2), "visiting_cities": [id(3)], "from": "2022-06-13", "to": "2022-06-17",
                          "themes": [], "follows": []});
        self.happened(VISIT, "VisitScheduled", data).happened(VISIT, "VisitCompleted", json!({"summary": "Seen"}))
    }

    fn attended(self, document: Option<DocumentId>) -> Self {
        let mut data = json!({"present": [id(50)], "others": {}});
        if let Some(document) = document {
            data["document"] = json!(document);
        }
        self.happened(VISIT, "AttendanceRecorded", data)
    }

    fn sheet_registered(self) -> Self {
        let data = json!({"programme": PROGRAMME, "title": "Sheet", "kind": "attendance-sheet", "classification": "internal",
                          "sha256": "0".repeat(64), "size": 1, "media_type": "application/pdf"});
        self.happened(SHEET, "DocumentRegistered", data)
    }

    fn learned(self) -> Self {
        let data = json!({"programme": PROGRAMME, "title": "Ash", "what": "w", "why_it_works": "w", "conditions": "c",
                          "cost_order": "medium", "maturity": "proven", "origin_city": id(2),
                          "origin": format!("visit/{}", VISIT.0), "learned_by": [], "themes": [], "sdg_targets": [],
                          "language": "en"});
        self.happened(LEARNING, "LearningRecorded", data)
    }

    fn piloted(self) -> Self {
        let proposed = json!({"programme": PROGRAMME, "partnership": PARTNERSHIP, "title": "Ash to road", "cities": [id(2)],
                              "from_learnings": [], "problem": "p", "solution": "s", "beneficiaries": "b"});
        let planned = json!({"start": "2022-03-01", "end": "2022-12-31",
                             "milestones": [{"id": "m1", "title": "Site chosen", "due": "2022-04-15"}],
                             "indicators": [{"code": "ash", "name": "Ash reused", "unit": "t", "baseline": "0", "target": "1200"}],
                             "owner": "Utility", "risks": []});
        let measured = json!({"indicator": "ash", "value": "310.5", "period": "2022-05", "evidence": []});
        self.happened(PILOT, "PilotProposed", proposed)
            .happened(PILOT, "PilotPlanned", planned)
            .happened(PILOT, "PilotLaunched", json!({"date": "2022-03-01"}))
            .happened(PILOT, "MeasurementRecorded", measured)
    }

    fn found(&self, day: &str) -> Vec<Finding> {
        let day: Day = day.parse().unwrap();
        findings(&self.told().tables, REPORT, day).unwrap()
    }

    fn codes(&self, day: &str) -> Vec<&'static str> {
        let mut codes: Vec<_> = self.found(day).iter().map(|finding| finding.code).collect();
        codes.dedup();
        codes
    }
}

#[test]
fn an_empty_section_is_found_until_it_is_written() {
    let found = programme().found("2022-07-01");
    let empty = |found: &[Finding]| found.iter().filter(|finding| finding.code == "section-empty").count();
    assert_eq!(empty(&found), 4);
    assert_eq!(found[0].what, "The section “highlights” is empty.");
    assert_eq!(found[0].href, format!("/do/EditSection?report={}&section=highlights", REPORT.0));
    assert_eq!(empty(&programme().wrote("highlights", "Much").found("2022-07-01")), 3);
}

#[test]
fn an_open_question_is_found_until_it_is_answered() {
    let asked = programme().happened(
        REPORT,
        "QueryRaised",
        json!({"query": "q1", "figure": "RCO 81", "text": "Where?", "due": "2022-07-05"}),
    );
    let found = asked.found("2022-07-06");
    let open = found.iter().find(|finding| finding.code == "query-open").unwrap();
    assert_eq!(
        (open.figure.as_deref(), open.what.as_str()),
        (Some("RCO 81"), "The question q1 is not answered. An answer was due on 2022-07-05.")
    );
    let answered = asked.happened(REPORT, "QueryAnswered", json!({"query": "q1", "text": "Here"}));
    assert!(!answered.codes("2022-07-06").contains(&"query-open"));
}

#[test]
fn a_visit_is_asked_for_attendance_then_for_its_sheet_and_for_a_learning() {
    let visited = programme().visited();
    let codes = visited.codes("2022-07-01");
    assert!(codes.contains(&"participations-without-attendance") && codes.contains(&"visit-without-learning"));
    let attended = visited.attended(None);
    let codes = attended.codes("2022-07-01");
    assert!(
        codes.contains(&"participations-without-evidence") && !codes.contains(&"participations-without-attendance")
    );
    let mended = programme().visited().sheet_registered().attended(Some(SHEET)).learned();
    let codes = mended.codes("2022-07-01");
    assert!(
        !codes.iter().any(|code| code.starts_with("participations") || *code == "visit-without-learning"),
        "{codes:?}"
    );
}

#[test]
fn a_learning_is_found_after_thirty_days_without_an_expert() {
    let learned = programme().visited().learned();
    assert!(!learned.codes("2022-02-08").contains(&"learning-unvalidated"));
    assert!(learned.codes("2022-02-09").contains(&"learning-unvalidated"));
}

#[test]
fn a_late_milestone_is_found_unless_a_text_mentions_it() {
    let late = programme().piloted();
    assert!(!late.codes("2022-04-15").contains(&"milestone-overdue"));
    assert!(late.codes("2022-04-16").contains(&"milestone-overdue"));
    let told = late.wrote("problems-and-deviations", "The site chosen was flooded.");
    assert!(!told.codes("2022-04-16").contains(&"milestone-overdue"));
}

#[test]
fn a_measurement_is_found_until_a_paper_shows_it() {
    let measured = programme().sheet_registered().piloted();
    let found = measured.found("2022-07-01");
    let bare = found.iter().find(|finding| finding.code == "measurement-without-evidence").unwrap();
    assert!(bare.href.starts_with("/do/LinkEvidence?position="), "{}", bare.href);
    let position = measured.told().position();
    let linked = measured.happened(SHEET, "EvidenceLinked", json!({"position": position, "claim": "Weighed"}));
    assert!(!linked.codes("2022-07-01").contains(&"measurement-without-evidence"));
}

#[test]
fn a_figure_below_its_even_way_is_found_unless_a_text_names_it() {
    let aim = json!({"code": "KPI-VISIT", "name": "Study visits held", "rule": "visits-held", "baseline": "0", "target": "2"});
    let on_the_way = programme().happened(PROGRAMME, "IndicatorDefined", aim).visited();
    assert!(!on_the_way.codes("2022-07-01").contains(&"figure-below-target"), "one of two at half-time");
    let aim =
        json!({"code": "KPI-PAIR", "name": "Pairs", "rule": "partnerships-formed", "baseline": "0", "target": "14"});
    let below = programme().happened(PROGRAMME, "IndicatorDefined", aim);
    assert!(below.codes("2022-07-01").contains(&"figure-below-target"));
    let told = below.wrote("problems-and-deviations", "KPI-PAIR: the others follow in autumn.");
    assert!(!told.codes("2022-07-01").contains(&"figure-below-target"));
}

#[test]
fn a_city_without_activity_is_found_until_it_takes_part() {
    assert!(programme().codes("2022-07-01").contains(&"city-without-activity"));
    assert!(!programme().visited().codes("2022-07-01").contains(&"city-without-activity"));
}

#[test]
fn an_agreement_that_is_not_signed_is_found() {
    let agreed = json!({"kind": "memorandum", "parties": [{"city": id(2), "name": "Utility"}]});
    let told = programme().happened(PARTNERSHIP, "AgreementSigned", agreed);
    assert!(told.codes("2022-07-01").contains(&"agreement-unsigned"));
}

#[test]
fn a_correction_is_found_when_an_earlier_report_was_handed_in_before_it() {
    let second = ReportId(id(7));
    let corrected = json!({"indicator": "ash", "value": "300", "was_value": "310.5", "period": "2022-05", "reason": "Wet ash", "evidence": []});
    let told = programme()
        .happened(
            PROGRAMME,
            "PeriodDefined",
            json!({"number": 2, "from": "2022-07-01", "to": "2022-12-31", "final": true}),
        )
        .piloted()
        .happened(REPORT, "ReportSubmitted", json!({"submitted_by": format!("person/{}", id(9))}))
        .happened(PILOT, "MeasurementCorrected", corrected)
        .happened(second, "ReportOpened", json!({"programme": PROGRAMME, "period": 2, "scope": {"kind": "programme"}}));
    let found = findings(&told.told().tables, second, "2022-12-31".parse().unwrap()).unwrap();
    assert!(found.iter().any(|finding| finding.code == "corrected-since-last-report"), "{found:?}");
}

#[test]
fn a_report_on_one_partnership_looks_at_nothing_else() {
    let scope = json!({"programme": PROGRAMME, "period": 1, "scope": {"kind": "partnership", "partnership": id(99)}});
    let other = ReportId(id(8));
    let told = programme().visited().piloted().happened(other, "ReportOpened", scope);
    let found = findings(&told.told().tables, other, "2022-07-01".parse().unwrap()).unwrap();
    assert!(found.iter().all(|finding| finding.code == "section-empty"), "{found:?}");
}
