//! What a report lacks in a story, and what mends it.

use koinon_events::{CityId, ProgrammeId, ReportId, VisitId};
use serde_json::json;

use super::{Finding, findings};
use crate::story::{Story, id, story};

const PROGRAMME: ProgrammeId = ProgrammeId(id(1));
const HOST: CityId = CityId(id(2));
const VISITORS: CityId = CityId(id(3));
const VISIT: VisitId = VisitId(id(10));
const REPORT: ReportId = ReportId(id(50));

fn reported() -> Story {
    let created = json!({"code": "t", "title": {"en": "T"}, "aliases": [], "funder": "EU", "on_behalf_of": "DG REGIO",
                         "starts_on": "2021-10-01", "ends_on": "2023-03-31"});
    let period = json!({"number": 1, "from": "2022-01-01", "to": "2022-06-30", "final": false});
    let city = |name: &str, country: &str| {
        json!({"programme": PROGRAMME, "name": name, "native_name": name, "country": country, "strand": "Europe",
               "latitude": "1", "longitude": "1", "population": 1, "timezone": "Europe/Lisbon", "languages": []})
    };
    let visit = json!({"programme": PROGRAMME, "kind": "study-visit", "format": "in-person", "host_city": HOST,
                       "visiting_cities": [VISITORS], "from": "2022-06-13", "to": "2022-06-17", "themes": [],
                       "objectives": "See it", "follows": []});
    story()
        .on("2022-06-20")
        .happened(PROGRAMME, "ProgrammeCreated", created)
        .happened(PROGRAMME, "PeriodDefined", period)
        .happened(HOST, "CityRegistered", city("Porto", "PT"))
        .happened(HOST, "CitySelected", json!({}))
        .happened(VISITORS, "CityRegistered", city("Durban", "ZA"))
        .happened(VISITORS, "CitySelected", json!({}))
        .happened(VISIT, "VisitScheduled", visit)
        .happened(VISIT, "VisitStarted", json!({"date": "2022-06-13"}))
        .happened(VISIT, "VisitCompleted", json!({"date": "2022-06-17"}))
        .happened(REPORT, "ReportOpened", json!({"programme": PROGRAMME, "period": 1, "scope": {"kind": "programme"}}))
}

fn codes(story: &Story) -> Vec<String> {
    found(story).into_iter().map(|finding| finding.code).collect()
}

fn found(story: &Story) -> Vec<Finding> {
    findings(&story.told().tables, REPORT, "2022-07-01".parse().unwrap()).unwrap()
}

#[test]
fn everything_a_report_lacks_is_told_at_once() {
    let story = reported();
    let expected = [
        "visit-without-attendance",
        "visit-without-learning",
        "empty-section",
        "empty-section",
        "empty-section",
        "empty-section",
    ];
    assert_eq!(codes(&story), expected);
    let first = &found(&story)[0];
    assert_eq!((first.figure.as_deref(), first.command.as_str()), (Some("RCO 81"), "RecordAttendance"));
}

#[test]
fn what_is_mended_is_no_finding_any_more() {
    let section = json!({"section": "highlights", "text": "One visit."});
    let sheet = json!({"present": [], "others": {(VISITORS.0.to_string()): 4}});
    let story = reported().happened(REPORT, "SectionEdited", section).happened(VISIT, "AttendanceRecorded", sheet);
    assert_eq!(codes(&story).iter().filter(|code| *code == "empty-section").count(), 3);
    let told = codes(&story);
    assert!(told.contains(&"attendance-without-sheet".to_owned()), "people without a sheet are not counted: {told:?}");
    assert!(!told.contains(&"visit-without-attendance".to_owned()), "{told:?}");
}
