//! What a report lacks in a story, who mends it by which command, and that it is no finding any more once it is mended.

use koinon_events::{
    ActionId, CityId, DocumentId, LearningId, PartnershipId, PilotId, ProgrammeId, ReportId, Role, VisitId,
};
use serde_json::{Value, json};

use super::{Finding, findings};
use crate::story::{Story, id, story};
use Role::{Coordinator, Delegate, Expert};

const PROGRAMME: ProgrammeId = ProgrammeId(id(1));
const HOST: CityId = CityId(id(2));
const VISITORS: CityId = CityId(id(3));
const QUIET: CityId = CityId(id(4));
const PARTNERSHIP: PartnershipId = PartnershipId(id(5));
const VISIT: VisitId = VisitId(id(10));
const LEARNING: LearningId = LearningId(id(11));
const PILOT: PilotId = PilotId(id(12));
const DOCUMENT: DocumentId = DocumentId(id(20));
const EARLIER: ReportId = ReportId(id(49));
const REPORT: ReportId = ReportId(id(50));

fn city(name: &str, country: &str) -> Value {
    json!({"programme": PROGRAMME, "name": name, "native_name": name, "country": country, "strand": "Europe",
           "latitude": "1", "longitude": "1", "population": 1, "timezone": "Europe/Lisbon", "languages": []})
}

fn reported() -> Story {
    let created = json!({"code": "t", "title": {"en": "T"}, "aliases": [], "funder": "EU", "on_behalf_of": "DG REGIO",
                         "starts_on": "2021-10-01", "ends_on": "2023-03-31"});
    let period = json!({"number": 1, "from": "2022-01-01", "to": "2022-06-30", "final": false});
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

/// A finding: what happened that it comes from, the command and the roles that mend it, and what happens when they do.
struct Row {
    code: &'static str,
    given: fn(Story) -> Story,
    command: &'static str,
    roles: &'static [Role],
    mended: &'static [fn(Story) -> Story],
}

fn nothing(story: Story) -> Story {
    story
}

fn written(story: Story, section: &str, text: &str) -> Story {
    story.happened(REPORT, "SectionEdited", json!({"section": section, "text": text}))
}

fn explained(story: Story, text: &str) -> Story {
    written(story, "problems-and-deviations", text)
}

fn attended(story: Story) -> Story {
    story.happened(VISIT, "AttendanceRecorded", json!({"present": [], "others": {(VISITORS.0.to_string()): 4}}))
}

fn registered(story: Story) -> Story {
    let document = json!({"programme": PROGRAMME, "title": "Paper", "kind": "attendance-sheet", "size": 4,
        "classification": "restricted", "media_type": "text/plain",
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"});
    story.happened(DOCUMENT, "DocumentRegistered", document)
}

fn learned(story: Story) -> Story {
    let learning = json!({"programme": PROGRAMME, "title": "Ash is a product", "what": "Road base", "why_it_works": "…",
        "conditions": "…", "cost_order": "medium", "maturity": "proven", "origin_city": HOST,
        "origin": format!("visit/{}", VISIT.0), "language": "en"});
    story.happened(LEARNING, "LearningRecorded", learning)
}

fn launched(story: Story) -> Story {
    let proposed = json!({"programme": PROGRAMME, "title": "Ash to road base", "cities": [HOST, VISITORS],
        "problem": "…", "solution": "…", "beneficiaries": "…"});
    let planned = json!({"start": "2022-02-01", "end": "2022-12-31", "owner": "Durban Solid Waste",
        "milestones": [{"id": "m1", "title": "Site chosen", "due": "2022-05-15"}],
        "indicators": [{"code": "ash", "name": "Ash reused", "unit": "t", "baseline": "0", "target": "1200"}]});
    story.happened(PILOT, "PilotProposed", proposed).happened(PILOT, "PilotPlanned", planned).happened(
        PILOT,
        "PilotLaunched",
        json!({"date": "2022-02-01"}),
    )
}

fn measured(story: Story) -> Story {
    let value = json!({"indicator": "ash", "value": "310.5", "period": "2022-05"});
    launched(story).happened(PILOT, "MeasurementRecorded", value)
}

fn corrected(story: Story, evidence: &Value) -> Story {
    let value = json!({"indicator": "ash", "value": "300", "was_value": "310.5", "period": "2022-05",
        "reason": "Weighed again", "evidence": evidence});
    story.happened(PILOT, "MeasurementCorrected", value)
}

/// A report on an earlier period was accepted, then a value in it turned out to be another.
fn corrected_since(story: Story) -> Story {
    let period = json!({"number": 0, "from": "2021-10-01", "to": "2021-12-31", "final": false});
    let opened = json!({"programme": PROGRAMME, "period": 0, "scope": {"kind": "programme"}});
    let accepted = measured(story)
        .happened(PROGRAMME, "PeriodDefined", period)
        .happened(EARLIER, "ReportOpened", opened)
        .happened(EARLIER, "ReportSubmitted", json!({"submitted_by": format!("person/{}", id(999))}))
        .happened(EARLIER, "ReportAccepted", json!({}));
    corrected(accepted, &json!([]))
}

fn agreed(story: Story) -> Story {
    let proposed = json!({"programme": PROGRAMME, "cities": [HOST, VISITORS], "themes": [], "rationale": "Both burn"});
    story
        .happened(PARTNERSHIP, "PartnershipProposed", proposed)
        .happened(PARTNERSHIP, "PartnershipFormed", json!({"cities": [HOST, VISITORS]}))
        .happened(PARTNERSHIP, "AgreementSigned", json!({"parties": []}))
}

fn targeted(story: Story) -> Story {
    let indicator = json!({"code": "RCO81", "name": "Participations", "rule": "RCO81", "target": "100"});
    story.happened(PROGRAMME, "IndicatorDefined", indicator)
}

const TABLE: &[Row] = &[
    Row {
        code: "visit-without-attendance",
        given: nothing,
        command: "RecordAttendance",
        roles: &[Coordinator, Delegate],
        mended: &[attended],
    },
    Row {
        code: "attendance-without-sheet",
        given: attended,
        command: "LinkEvidence",
        roles: &[Coordinator, Delegate],
        mended: &[|story| {
            let link = json!({"subject": format!("visit/{}", VISIT.0), "claim": "The signed sheet"});
            registered(story).happened(DOCUMENT, "EvidenceLinked", link)
        }],
    },
    Row {
        code: "visit-without-learning",
        given: nothing,
        command: "RecordLearning",
        roles: &[Coordinator, Delegate],
        mended: &[learned, |story| story.happened(VISIT, "VisitClosed", json!({"reason": "Nothing new was seen"}))],
    },
    Row {
        code: "figure-below-target",
        given: targeted,
        command: "EditSection",
        roles: &[Coordinator],
        mended: &[|story| explained(story, "RCO 81 waits for the sheets of June.")],
    },
    Row {
        code: "milestone-late",
        given: launched,
        command: "ReachMilestone",
        roles: &[Coordinator],
        mended: &[
            |story| story.happened(PILOT, "MilestoneReached", json!({"milestone": "m1"})),
            |story| explained(story, "Ash to road base waits for a permit."),
        ],
    },
    Row {
        code: "open-query",
        given: |story| story.happened(REPORT, "QueryRaised", json!({"query": "q1", "text": "Why so few?"})),
        command: "AnswerQuery",
        roles: &[Coordinator],
        mended: &[|story| story.happened(REPORT, "QueryAnswered", json!({"query": "q1", "text": "A strike."}))],
    },
    Row {
        code: "measurement-without-evidence",
        given: measured,
        command: "CorrectMeasurement",
        roles: &[Coordinator, Delegate],
        mended: &[|story| corrected(registered(story), &json!([DOCUMENT]))],
    },
    Row {
        code: "learning-not-validated",
        given: |story| learned(story.on("2022-06-01")),
        command: "ValidateLearning",
        roles: &[Expert],
        mended: &[|story| story.happened(LEARNING, "LearningValidated", json!({"expert": id(999)}))],
    },
    Row {
        code: "city-without-activity",
        given: |story| {
            story.happened(QUIET, "CityRegistered", city("Sofia", "BG")).happened(QUIET, "CitySelected", json!({}))
        },
        command: "RaiseAction",
        roles: &[Coordinator, Delegate],
        mended: &[
            |story| {
                let action = json!({"programme": PROGRAMME, "text": "Visit them in autumn", "city": QUIET});
                story.happened(ActionId(id(30)), "ActionRaised", action)
            },
            |story| {
                let meeting = json!({"programme": PROGRAMME, "kind": "bilateral", "title": "Call", "cities": [QUIET],
                    "start": "2022-06-20T10:00", "timezone": "Europe/Sofia"});
                let call = koinon_events::MeetingId(id(31));
                story.happened(call, "MeetingScheduled", meeting).happened(call, "MeetingHeld", json!({}))
            },
        ],
    },
    Row {
        code: "empty-section",
        given: |story| {
            ["highlights", "activities", "problems-and-deviations"]
                .into_iter()
                .fold(story, |story, section| written(story, section, "One visit."))
        },
        command: "EditSection",
        roles: &[Coordinator],
        mended: &[|story| written(story, "next-period", "Two more.")],
    },
    Row {
        code: "correction-since",
        given: corrected_since,
        command: "EditSection",
        roles: &[Coordinator],
        mended: &[|story| {
            let position = story.told().position();
            explained(story, &format!("The ash was weighed again (event {position})."))
        }],
    },
    Row {
        code: "agreement-unsigned",
        given: agreed,
        command: "SignAgreement",
        roles: &[Coordinator],
        mended: &[|story| {
            let signed = json!({"parties": [], "document": DOCUMENT, "signed_on": "2022-06-20"});
            registered(story).happened(PARTNERSHIP, "AgreementSigned", signed)
        }],
    },
];

#[test]
fn every_finding_names_who_mends_it_and_is_gone_once_it_is_mended() {
    for row in TABLE {
        let given = (row.given)(reported());
        let all = found(&given);
        let of_code: Vec<&Finding> = all.iter().filter(|finding| finding.code == row.code).collect();
        let [finding] = of_code.as_slice() else { panic!("{}: {:?}", row.code, codes(&given)) };
        assert_eq!((finding.command.as_str(), finding.roles.as_slice()), (row.command, row.roles), "{}", row.code);
        for mended in row.mended {
            let mended = mended((row.given)(reported()));
            assert!(!codes(&mended).contains(&row.code.to_owned()), "{}: {:?}", row.code, found(&mended));
        }
    }
}

#[test]
fn what_does_not_mend_a_finding_leaves_it() {
    let told = codes(&attended(reported()));
    assert!(told.contains(&"attendance-without-sheet".to_owned()), "people without a sheet are not counted: {told:?}");
    let told = codes(&explained(targeted(reported()), "Everything went well."));
    assert!(told.contains(&"figure-below-target".to_owned()), "{told:?}");
    let story = corrected_since(reported());
    let other = format!("See event 1{}.", story.told().position());
    let told = codes(&explained(story, &other));
    assert!(told.contains(&"correction-since".to_owned()), "another number is not its number: {told:?}");
    let draft = json!({"parties": [], "document": DOCUMENT});
    let told = codes(&registered(agreed(reported())).happened(PARTNERSHIP, "AgreementSigned", draft));
    assert!(told.contains(&"agreement-unsigned".to_owned()), "a paper without a day is not signed: {told:?}");
    let other = json!({"kind": "Letter", "parties": [], "document": DOCUMENT, "signed_on": "2022-06-20"});
    let told = codes(&registered(agreed(reported())).happened(PARTNERSHIP, "AgreementSigned", other));
    assert!(told.contains(&"agreement-unsigned".to_owned()), "another agreement is not this one: {told:?}");
}
