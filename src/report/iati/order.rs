//! The order of elements as the IATI 2.03 activity schema has it, the attributes it requires, and the codes of its
//! lists: what is written of a whole sample programme keeps to them.
//!
//! Every order here was compared with the schema's release 2.03 of 19 February 2018, which is not copied here;
//! `tests/all/activities.rs` fetches it and holds whole reports to it, to the official lists and to the standard's rules.

use std::collections::BTreeMap;

use koinon_projections::activities::activities;
use koinon_projections::report::periodic_report;
use koinon_projections::{Entry, Memory};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{shares, write};
use crate::report::Composed;
use crate::sample::rehearsal::Stage;
use crate::sample::story;

/// The elements below an element, in order.
const ORDER: &[(&str, &[&str])] = &[
    ("iati-activities", &["iati-activity"]),
    (
        "iati-activity",
        &[
            "iati-identifier",
            "reporting-org",
            "title",
            "description",
            "participating-org",
            "other-identifier",
            "activity-status",
            "activity-date",
            "contact-info",
            "activity-scope",
            "recipient-country",
            "recipient-region",
            "location",
            "sector",
            "tag",
            "country-budget-items",
            "humanitarian-scope",
            "policy-marker",
            "collaboration-type",
            "default-flow-type",
            "default-finance-type",
            "default-aid-type",
            "default-tied-status",
            "budget",
            "planned-disbursement",
            "capital-spend",
            "transaction",
            "document-link",
            "related-activity",
            "legacy-data",
            "conditions",
            "result",
            "crs-add",
            "fss",
        ],
    ),
    (
        "location",
        &[
            "location-reach",
            "location-id",
            "name",
            "description",
            "activity-description",
            "administrative",
            "point",
            "exactness",
            "location-class",
            "feature-designation",
        ],
    ),
    ("point", &["pos"]),
    ("budget", &["period-start", "period-end", "value"]),
    ("result", &["title", "description", "document-link", "reference", "indicator"]),
    ("indicator", &["title", "description", "document-link", "reference", "baseline", "period"]),
    ("period", &["period-start", "period-end", "target", "actual"]),
    ("reporting-org", &["narrative"]),
    ("title", &["narrative"]),
    ("description", &["narrative"]),
    ("participating-org", &["narrative"]),
    ("name", &["narrative"]),
];

/// The attributes an element must have.
const REQUIRED: &[(&str, &[&str])] = &[
    ("iati-activities", &["version"]),
    ("iati-activity", &["hierarchy", "xml:lang"]),
    ("reporting-org", &["ref", "type"]),
    ("participating-org", &["role"]),
    ("activity-status", &["code"]),
    ("activity-date", &["type", "iso-date"]),
    ("recipient-country", &["code", "percentage"]),
    ("sector", &["code", "percentage"]),
    ("tag", &["vocabulary", "code"]),
    ("value", &["value-date"]),
    ("related-activity", &["ref", "type"]),
    ("legacy-data", &["name", "value"]),
    ("result", &["type"]),
    ("indicator", &["measure"]),
    ("baseline", &["year", "value"]),
    ("period-start", &["iso-date"]),
    ("period-end", &["iso-date"]),
];

/// The elements every activity has.
const ALWAYS: [&str; 7] = [
    "iati-identifier",
    "reporting-org",
    "title",
    "description",
    "participating-org",
    "activity-status",
    "activity-date",
];

/// The codes of a list: the element, its attribute, and what may stand there.
const CODES: &[(&str, &str, &[&str])] = &[
    ("activity-status", "code", &["1", "2", "3", "4", "5", "6"]),
    ("activity-date", "type", &["1", "2", "3", "4"]),
    ("participating-org", "role", &["1", "2", "3", "4"]),
    ("participating-org", "type", &["11"]),
    ("description", "type", &["1", "2", "3", "4"]),
    ("related-activity", "type", &["1", "2"]),
    ("tag", "vocabulary", &["3"]),
    ("sector", "vocabulary", &["1"]),
    ("result", "type", &["1", "2", "3", "9"]),
    ("indicator", "measure", &["1", "2", "3", "4", "5"]),
];

/// One element as written: its name and attributes.
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
}

fn element(start: &BytesStart<'_>) -> Element {
    let attributes = start.attributes().map(|each| {
        let each = each.unwrap();
        (each.key.as_ref().to_owned(), each.value.to_string())
    });
    Element { name: start.name().as_ref().to_owned(), attributes: attributes.collect() }
}

/// Every element, and below each place how its elements follow.
fn read(bytes: &[u8]) -> (Vec<Element>, Vec<(String, Vec<String>)>) {
    let mut reader = Reader::from_reader(bytes);
    let (mut elements, mut closed) = (Vec::new(), Vec::new());
    let mut open: Vec<(String, Vec<String>)> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                let found = element(&start);
                open.iter_mut().last().into_iter().for_each(|(_, below)| below.push(found.name.clone()));
                open.push((found.name.clone(), Vec::new()));
                elements.push(found);
            }
            Event::Empty(start) => {
                let found = element(&start);
                open.iter_mut().last().into_iter().for_each(|(_, below)| below.push(found.name.clone()));
                elements.push(found);
            }
            Event::End(_) => closed.extend(open.pop()),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "every element is closed");
    (elements, closed)
}

/// The sample programme at its end, written.
fn written() -> Vec<u8> {
    let stage = Stage::play(&story());
    let mut memory = Memory::default();
    let mut versions = BTreeMap::new();
    for (at, fact) in (1..).zip(stage.facts) {
        let version = versions.entry(fact.subject).or_insert(0);
        *version += 1;
        memory.apply(&Entry {
            position: at,
            version: *version,
            time: fact.at,
            actor: fact.actor,
            subject: fact.subject,
            programme: None,
            partnership: None,
            event: fact.event,
        });
    }
    let day = crate::sample::STOPS_AT[..10].parse().unwrap();
    let (_, row) = memory.tables.reports.rows().max_by_key(|(_, row)| row.period).unwrap();
    let document = periodic_report(&memory.tables, row.id, day).unwrap();
    let report = Composed {
        origin: "koinon.example/log".to_owned(),
        size: memory.position(),
        root: "root".to_owned(),
        activities: activities(&memory.tables, row.programme, &row.scope, document.period.to, day),
        publisher: None,
        on_behalf_of: "DG REGIO".to_owned(),
        moment: crate::sample::STOPS_AT.parse().unwrap(),
        document,
    };
    write(&report).unwrap()
}

#[test]
fn elements_attributes_and_codes_are_those_of_the_schema() {
    let (elements, closed) = read(&written());
    for (name, below) in &closed {
        let Some((_, order)) = ORDER.iter().find(|(known, _)| known == name) else { continue };
        let place = |child: &String| order.iter().position(|known| known == child);
        let places: Vec<usize> = below
            .iter()
            .map(|child| place(child).unwrap_or_else(|| panic!("{child} is not known in {name}")))
            .collect();
        assert!(places.is_sorted(), "{name}: {below:?}");
        if name == "iati-activity" {
            assert!(ALWAYS.iter().all(|always| below.iter().any(|child| child == always)), "{below:?}");
        }
    }
    for element in &elements {
        let required = REQUIRED.iter().filter(|(name, _)| *name == element.name).flat_map(|(_, names)| *names);
        for name in required {
            let is_there = element.attributes.get(*name).is_some_and(|value| !value.is_empty());
            assert!(is_there, "{} has no {name}", element.name);
        }
        for (_, attribute, codes) in CODES.iter().filter(|(name, _, _)| *name == element.name) {
            if let Some(code) = element.attributes.get(*attribute) {
                assert!(codes.contains(&code.as_str()), "{} {attribute}={code}", element.name);
            }
        }
    }
}

#[test]
fn programme_partnerships_and_pilots_stand_above_and_below_each_other() {
    let (elements, _) = read(&written());
    let of_level = |level: &str| {
        elements.iter().filter(|each| each.attributes.get("hierarchy").is_some_and(|found| found == level)).count()
    };
    assert_eq!(of_level("1"), 1);
    assert!(of_level("2") >= 12 && of_level("3") >= 4, "{} and {}", of_level("2"), of_level("3"));
    let related = |kind: &str| {
        let related = elements.iter().filter(|each| each.name == "related-activity");
        related.filter(|each| each.attributes["type"] == kind).count()
    };
    assert_eq!(related("1"), related("2"), "who has one above is below it");
    assert_eq!(related("1"), of_level("2") + of_level("3"));
    let actual = elements.iter().filter(|each| each.name == "actual").count();
    assert!(actual > 0 && elements.iter().any(|each| each.name == "tag" && each.attributes["code"] == "7.2"));
}

#[test]
fn shares_add_up_to_a_hundred() {
    assert_eq!(shares(3), ["33.34", "33.33", "33.33"]);
    assert_eq!(shares(1), ["100.00"]);
    assert!(shares(0).is_empty());
}
