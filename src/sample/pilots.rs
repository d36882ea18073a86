//! The four pilots of the history, and three more in preparation.

use serde_json::{Value, json};

use super::cities::delegate_of;
use super::{Script, cities, city, id, pair, programme};

const COORDINATOR: &str = "coordinator";

/// A pilot of the history.
struct Told {
    key: &'static str,
    /// Rows: proposed, plan approved, launched.
    rows: [u32; 3],
    pair: &'static str,
    cities: [&'static str; 2],
    learnings: &'static [&'static str],
    title: &'static str,
    problem: &'static str,
    solution: &'static str,
    beneficiaries: &'static str,
    /// Code, name, unit, target.
    indicator: [&'static str; 4],
    owner: &'static str,
    planned: &'static str,
    steps: [&'static str; 3],
}

const TOLD: [Told; 4] = [
    Told {
        key: "p1",
        rows: [205, 212, 218],
        pair: "ethekwini-porto",
        cities: ["ethekwini", "porto"],
        learnings: &["l01", "l02"],
        title: "Separate collection in one ward of eThekwini",
        problem: "Everything goes into one bag and to one landfill.",
        solution: "Two bags, two rounds a week, and a sorting place run by the people of the ward.",
        beneficiaries: "3 000 households of one ward.",
        indicator: ["households", "Households served", "households", "3000"],
        owner: "Durban Solid Waste",
        planned: "2022-11-22T09:00",
        steps: ["Households told and bags given out", "First month collected", "Sorting place handed over"],
    },
    Told {
        key: "p2",
        rows: [206, 213, 219],
        pair: "gwangju-athens",
        cities: ["gwangju", "athens"],
        learnings: &["l06", "l07"],
        title: "Ten low-cost sensors beside reference stations",
        problem: "Cheap sensors are everywhere and nobody trusts them.",
        solution: "Ten sensors stand beside reference stations in both cities; their errors are published.",
        beneficiaries: "Residents near the ten streets that get the sensors afterwards.",
        indicator: ["completeness", "Hourly data that are complete", "%", "90"],
        owner: "International Climate and Environment Center",
        planned: "2022-11-23T09:00",
        steps: ["Sites chosen and permits there", "All ten sensors measure", "Errors published"],
    },
    Told {
        key: "p3",
        rows: [207, 215, 220],
        pair: "toronto-frankfurt",
        cities: ["toronto", "frankfurt"],
        learnings: &["l09"],
        title: "Welcome desk trial at one office",
        problem: "Newcomers are sent from office to office.",
        solution: "One desk, six languages, ten weeks; Toronto trains the staff.",
        beneficiaries: "500 newcomers in Frankfurt.",
        indicator: ["advised", "Newcomers advised", "persons", "500"],
        owner: "Office for Diversity",
        planned: "2022-11-24T09:00",
        steps: ["Staff trained by Toronto", "250 newcomers advised", "Costs a visit known"],
    },
    Told {
        key: "p4",
        rows: [208, 216, 221],
        pair: "singapore-milan",
        cities: ["singapore", "milan"],
        learnings: &["l08"],
        title: "Food waste hub in one estate",
        problem: "Unsold food of the market is thrown away at noon.",
        solution: "A hub in the cold room of the market gives it away in the estate.",
        beneficiaries: "Some 900 residents of one estate.",
        indicator: ["saved", "Food saved", "t", "12"],
        owner: "Centre for Liveable Cities",
        planned: "2022-11-25T08:00",
        steps: ["Rule on liability signed", "First tonne saved", "Run by residents"],
    },
];

pub(super) fn tell(script: &mut Script) {
    for told in &TOLD {
        prepare(script, told);
    }
    course(script);
    in_preparation(script);
}

fn prepare(script: &mut Script, told: &Told) {
    let [proposed, approved, launched] = told.rows;
    let learnings: Vec<String> = told.learnings.iter().map(|key| id("learning", key)).collect();
    let mut body = json!({
        "id": id("pilot", told.key), "programme": programme(), "partnership": pair(told.pair), "title": told.title, "cities": cities(&told.cities),
        "from_learnings": learnings, "problem": told.problem, "solution": told.solution, "beneficiaries": told.beneficiaries, "language": "en",
    });
    if told.key == "p1" {
        body["project"] = json!(id("project", "waste-za"));
    }
    script.row(proposed, delegate_of(told.cities[0]), "ProposePilot", body);
    plan(script, told);
    for key in told.cities {
        script.row(
            approved,
            delegate_of(key),
            "ApprovePilot",
            json!({ "pilot": id("pilot", told.key), "city": city(key) }),
        );
    }
    let date = script.told(launched).date;
    script.row(launched, COORDINATOR, "LaunchPilot", json!({ "pilot": id("pilot", told.key), "date": date }));
}

fn plan(script: &mut Script, told: &Told) {
    let dues = ["2023-02-13", "2023-03-06", "2023-03-27"];
    let milestones: Vec<Value> = told
        .steps
        .iter()
        .zip(dues)
        .enumerate()
        .map(|(at, (title, due))| json!({ "id": format!("m{}", at + 1), "title": title, "due": due }))
        .collect();
    let [code, name, unit, target] = told.indicator;
    let mut body = json!({
        "pilot": id("pilot", told.key), "start": "2023-01-16", "end": "2023-03-31", "milestones": milestones,
        "indicators": [{ "code": code, "name": name, "unit": unit, "baseline": "0", "target": target }],
        "budget": "24000", "budget_source": "own funds", "owner": told.owner,
        "risks": [{ "id": "r1", "text": "Key staff are called away.", "likelihood": 2, "impact": 3, "response": "A second person knows the plan." }],
    });
    if told.key == "p1" {
        body["at_meeting"] = json!(id("meeting", "pilot-ethekwini"));
    }
    script.add(told.planned, delegate_of(told.cities[0]), "PlanPilot", body);
}

fn reach(script: &mut Script, row: u32, pilot: &str, who: &'static str, title: &str) {
    let paper = script.paper_of_row(row, &format!("milestone-{pilot}-m1"), "evidence", title);
    let body =
        json!({ "pilot": id("pilot", pilot), "milestone": "m1", "date": script.told(row).date, "evidence": [paper] });
    script.row(row, who, "ReachMilestone", body);
}

fn course(script: &mut Script) {
    let measured = |pilot: &str, code: &str, value: &str, period: &str, evidence: Vec<String>| json!({ "pilot": id("pilot", pilot), "indicator": code, "value": value, "period": period, "evidence": evidence });
    let paper = script.paper("2023-02-03T09:00", "desk-january", "evidence", "Count of the welcome desk, January");
    script.add(
        "2023-02-03T09:30",
        "delegate-frankfurt",
        "RecordMeasurement",
        measured("p3", "advised", "140", "2023-01", vec![paper.clone()]),
    );
    script.add(
        "2023-02-03T10:00",
        "delegate-ethekwini",
        "RecordMeasurement",
        measured("p1", "households", "950", "2023-01", vec![]),
    );
    script.add(
        "2023-02-06T08:00",
        "delegate-singapore",
        "RecordMeasurement",
        measured("p4", "saved", "0.8", "2023-01", vec![]),
    );
    let corrected = json!({ "pilot": id("pilot", "p3"), "indicator": "advised", "period": "2023-01", "value": "131", "reason": "Nine persons had been counted on two days.", "evidence": [paper] });
    script.add("2023-02-08T13:00", "delegate-frankfurt", "CorrectMeasurement", corrected);
    let risk = json!({ "pilot": id("pilot", "p2"), "risk": "late-delivery", "text": "The sensors are delivered late.", "likelihood": 4, "impact": 3, "response": "Begin with the four sensors that are there." });
    script.row(222, "delegate-gwangju", "RaiseRisk", risk);
    script.row(
        223,
        "delegate-gwangju",
        "PausePilot",
        json!({ "pilot": id("pilot", "p2"), "reason": "Until the sensors are delivered." }),
    );
    let slipped = json!({ "pilot": id("pilot", "p2"), "milestone": "m2", "due": "2023-03-13", "reason": "The sensors come late." });
    script.add("2023-02-07T10:00", "delegate-gwangju", "SlipMilestone", slipped);
    reach(script, 225, "p1", "delegate-ethekwini", "List of households with bags");
    reach(script, 226, "p2", "delegate-gwangju", "Permits for ten sites");
    reach(script, 227, "p3", "delegate-frankfurt", "Training record of six staff");
    reach(script, 229, "p4", "delegate-singapore", "Signed rule on liability");
    script.row(
        230,
        "delegate-gwangju",
        "ResumePilot",
        json!({ "pilot": id("pilot", "p2"), "reason": "All ten sensors are there." }),
    );
    let changed =
        json!({ "pilot": id("pilot", "p2"), "risk": "late-delivery", "likelihood": 1, "reason": "Delivered." });
    script.add("2023-02-20T09:30", "delegate-gwangju", "ChangeRisk", changed);
    script.add(
        "2023-02-21T09:00",
        "delegate-gwangju",
        "CloseRisk",
        json!({ "pilot": id("pilot", "p2"), "risk": "late-delivery", "reason": "Delivered." }),
    );
    script.add(
        "2023-03-03T09:00",
        "delegate-frankfurt",
        "RecordMeasurement",
        measured("p3", "advised", "263", "2023-02", vec![]),
    );
    let results = script.paper_of_row(232, "results-p3", "evidence", "Results of the welcome desk trial");
    script.row(
        232,
        "delegate-frankfurt",
        "RecordMeasurement",
        measured("p3", "advised", "218", "2023-03", vec![results.clone()]),
    );
    let completed = json!({
        "pilot": id("pilot", "p3"), "results": "612 newcomers were advised; the target was 500.", "lessons": "Telephone interpreters cost less than a desk a language.",
        "take_up_note": "What a city needs to open such a desk within a quarter.", "evidence": [results],
    });
    script.row(232, "delegate-frankfurt", "CompletePilot", completed);
    let decision = script.paper_of_row(233, "scale-up-p3", "decision", "Decision to plan a permanent welcome centre");
    script.row(
        233,
        "delegate-frankfurt",
        "DecideScaleUp",
        json!({ "pilot": id("pilot", "p3"), "scope": "A permanent centre is planned.", "document": decision }),
    );
}

/// One proposed, one planned, one approved.
fn in_preparation(script: &mut Script) {
    for (key, at, pair_key, keys, title) in [
        ("p9", "2023-01-25T09:00", "incheon-berlin", ["incheon", "berlin"], "Chargers planned on one map"),
        ("p10", "2023-01-11T09:00", "capetown-hamburg", ["capetown", "hamburg"], "Sludge gas for one pumping station"),
        (
            "p11",
            "2023-01-12T09:00",
            "tshwane-starazagora",
            ["tshwane", "starazagora"],
            "Energy books in twelve schools",
        ),
    ] {
        let body = json!({
            "id": id("pilot", key), "programme": programme(), "partnership": pair(pair_key), "title": title, "cities": cities(&keys), "from_learnings": [],
            "problem": "What was seen on the visit has still to be tried at home.", "solution": "A small trial with what is there.", "beneficiaries": "The residents of one quarter.",
        });
        script.add(at, delegate_of(keys[0]), "ProposePilot", body);
        if key != "p9" {
            let plan = json!({
                "pilot": id("pilot", key), "start": "2023-03-01", "end": "2023-03-31", "milestones": [{ "id": "m1", "title": "Begun", "due": "2023-03-06" }],
                "indicators": [{ "code": "saved", "name": "Energy saved", "unit": "MWh", "baseline": "0", "target": "15" }], "owner": "Energy office", "risks": [],
            });
            script.add("2023-02-01T09:00", delegate_of(keys[0]), "PlanPilot", plan);
        }
    }
    let raised = json!({ "pilot": id("pilot", "p10"), "city": city("capetown") });
    script.add("2023-02-08T09:00", "delegate-capetown", "ApprovePilot", raised);
    for key in ["tshwane", "starazagora"] {
        script.add(
            "2023-02-09T10:00",
            delegate_of(key),
            "ApprovePilot",
            json!({ "pilot": id("pilot", "p11"), "city": city(key) }),
        );
    }
}
