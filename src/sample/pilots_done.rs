//! Earlier, smaller pilots, which show how pilots end: scaled up, not continued, completed, stopped.

use serde_json::{Value, json};

use super::cities::delegate_of;
use super::{Script, cities, city, id, pair, programme};

/// A pilot from its proposal to its launch.
struct Done {
    key: &'static str,
    pair: &'static str,
    cities: &'static [&'static str],
    learnings: &'static [&'static str],
    texts: [&'static str; 4],
    indicator: [&'static str; 4],
    owner: &'static str,
    /// When it was proposed, planned, approved and launched, UTC.
    at: [&'static str; 4],
    end: &'static str,
}

const DONE: [Done; 5] = [
    Done {
        key: "p5",
        pair: "arrival-cities",
        cities: &["toronto", "utrecht", "fuenlabrada"],
        learnings: &[],
        texts: [
            "One leaflet for the first day",
            "Each city explains the same things anew, in one language.",
            "A leaflet in four languages is given to everybody who arrives in three cities.",
            "People who arrive from Ukraine.",
        ],
        indicator: ["leaflets", "Leaflets given out", "leaflets", "2000"],
        owner: "Newcomer Office",
        at: ["2022-05-18T13:00", "2022-05-24T13:00", "2022-05-27T13:00", "2022-06-06T13:00"],
        end: "2022-09-15",
    },
    Done {
        key: "p6",
        pair: "halifax-fuenlabrada",
        cities: &["halifax", "fuenlabrada"],
        learnings: &["l11"],
        texts: [
            "Language lessons in the canteen",
            "Courses in the evening stay empty.",
            "Two lessons a week in the canteen of one employer in each city.",
            "Sixty newcomers at work.",
        ],
        indicator: ["learners", "Learners who stay to the end", "persons", "60"],
        owner: "Immigration Partnership Office",
        at: ["2022-07-29T13:00", "2022-08-10T13:00", "2022-08-24T13:00", "2022-09-05T13:00"],
        end: "2022-12-16",
    },
    Done {
        key: "p7",
        pair: "incheon-berlin",
        cities: &["incheon"],
        learnings: &["l05"],
        texts: [
            "Five benches for start-ups",
            "Young companies cannot pay for a laboratory.",
            "Five benches of a city laboratory are rented by the month.",
            "Five young companies.",
        ],
        indicator: ["benches", "Benches rented", "benches", "5"],
        owner: "Smart City Division",
        at: ["2022-08-01T08:00", "2022-08-16T08:00", "2022-08-30T08:00", "2022-09-12T08:00"],
        end: "2022-12-20",
    },
    Done {
        key: "p8",
        pair: "taoyuan-braga",
        cities: &["taoyuan", "braga"],
        learnings: &[],
        texts: [
            "A bus on demand to the industrial park",
            "The last bus leaves before the late shift.",
            "A small bus that is called by telephone.",
            "Workers of the late shift.",
        ],
        indicator: ["riders", "Riders a week", "persons", "200"],
        owner: "Department of Transportation",
        at: ["2022-08-02T08:00", "2022-09-06T08:00", "2022-09-21T08:00", "2022-10-10T08:00"],
        end: "2023-02-28",
    },
    Done {
        key: "p12",
        pair: "stjohns-utrecht",
        cities: &["stjohns", "utrecht"],
        learnings: &["l10"],
        texts: [
            "Forty volunteers for forty families",
            "Families wait for an office to open.",
            "Each family gets a volunteer for half a year.",
            "Forty families in Utrecht.",
        ],
        indicator: ["families", "Families paired", "families", "40"],
        owner: "Welcome and Integration Department",
        at: ["2022-07-29T13:30", "2022-08-11T13:00", "2022-08-25T13:00", "2022-09-01T13:00"],
        end: "2023-01-31",
    },
];

pub(super) fn tell(script: &mut Script) {
    for done in &DONE {
        begin(script, done);
    }
    leaflets(script);
    canteen_and_benches(script);
    bus_and_volunteers(script);
}

fn plan(done: &Done) -> Value {
    let [code, name, unit, target] = done.indicator;
    let start = done.at[3].split('T').next().unwrap_or_default();
    json!({
        "pilot": id("pilot", done.key), "start": start, "end": done.end, "milestones": [{ "id": "m1", "title": "Half of the time", "due": done.end }],
        "indicators": [{ "code": code, "name": name, "unit": unit, "baseline": "0", "target": target }],
        "budget": "6000", "budget_source": "own funds", "owner": done.owner, "risks": [],
    })
}

fn begin(script: &mut Script, done: &Done) {
    let [proposed, planned, approved, launched] = done.at;
    let [title, problem, solution, beneficiaries] = done.texts;
    let learnings: Vec<String> = done.learnings.iter().map(|key| id("learning", key)).collect();
    let who = delegate_of(done.cities[0]);
    let body = json!({
        "id": id("pilot", done.key), "programme": programme(), "partnership": pair(done.pair), "title": title, "cities": cities(done.cities),
        "from_learnings": learnings, "problem": problem, "solution": solution, "beneficiaries": beneficiaries,
    });
    script.add(proposed, who, "ProposePilot", body);
    let plan = plan(done);
    script.add(planned, who, "PlanPilot", plan.clone());
    if done.key == "p12" {
        let mut revised = plan;
        revised["budget"] = json!("4500");
        revised["reason"] = json!("The volunteers' training costs nothing: St. John's gives it.");
        script.add("2022-08-18T13:00", who, "PlanPilot", revised);
    }
    for key in done.cities {
        script.add(
            approved,
            delegate_of(key),
            "ApprovePilot",
            json!({ "pilot": id("pilot", done.key), "city": city(key) }),
        );
    }
    let date = launched.split('T').next().unwrap_or_default();
    script.add(launched, who, "LaunchPilot", json!({ "pilot": id("pilot", done.key), "date": date }));
}

fn measure(script: &mut Script, at: &str, pilot: &str, who: &'static str, value: (&str, &str, &str)) -> String {
    let (code, value, period) = value;
    let paper = script.paper(at, &format!("measured-{pilot}"), "evidence", &format!("What was counted until {period}"));
    let body = json!({ "pilot": id("pilot", pilot), "indicator": code, "value": value, "period": period, "evidence": [paper] });
    script.add(at, who, "RecordMeasurement", body);
    paper
}

fn leaflets(script: &mut Script) {
    let who = "delegate-toronto";
    let paper = measure(script, "2022-09-13T13:00", "p5", who, ("leaflets", "2350", "2022-08"));
    let reached = json!({ "pilot": id("pilot", "p5"), "milestone": "m1", "date": "2022-07-25", "evidence": [paper] });
    script.add("2022-09-13T13:30", who, "ReachMilestone", reached);
    let completed = json!({
        "pilot": id("pilot", "p5"), "results": "2 350 leaflets were given out in three cities.", "lessons": "Pictures first, then words.",
        "take_up_note": "Print files, licences and the list of what every city has to change.", "evidence": [paper],
    });
    script.add("2022-09-15T13:00", who, "CompletePilot", completed);
    let decision =
        script.paper("2022-09-27T13:00", "scale-up-p5", "decision", "Decision of Toronto: the leaflet in all offices");
    let scaled = json!({ "pilot": id("pilot", "p5"), "scope": "All offices of the city.", "document": decision });
    script.add("2022-09-27T13:30", who, "DecideScaleUp", scaled);
}

fn canteen_and_benches(script: &mut Script) {
    let paper = measure(script, "2022-12-15T13:00", "p6", "delegate-halifax", ("learners", "21", "2022-11"));
    let completed =
        json!({ "pilot": id("pilot", "p6"), "results": "21 of 60 learners stayed to the end.", "evidence": [paper] });
    script.add("2022-12-16T13:00", "delegate-halifax", "CompletePilot", completed);
    let not_continued =
        json!({ "pilot": id("pilot", "p6"), "reason": "Too few stayed: the shifts change every week." });
    script.add("2023-01-17T13:00", "delegate-halifax", "DecideNotToContinue", not_continued);

    let paper = measure(script, "2022-12-19T08:00", "p7", "delegate-incheon", ("benches", "5", "2022-11"));
    let completed = json!({ "pilot": id("pilot", "p7"), "results": "All five benches are rented.", "take_up_note": "A model contract for one bench.", "evidence": [paper] });
    script.add("2022-12-20T08:00", "delegate-incheon", "CompletePilot", completed);
    let scaled = json!({ "pilot": id("pilot", "p7"), "scope": "Twenty benches." });
    script.add("2023-01-26T08:00", "delegate-incheon", "DecideScaleUp", scaled);
}

fn bus_and_volunteers(script: &mut Script) {
    measure(script, "2022-12-21T08:00", "p8", "delegate-taoyuan", ("riders", "35", "2022-12"));
    let stopped = json!({ "pilot": id("pilot", "p8"), "reason": "The employer now runs a bus of its own." });
    script.add("2023-01-09T08:00", "delegate-taoyuan", "StopPilot", stopped);
    let paper = measure(script, "2023-01-30T13:00", "p12", "delegate-utrecht", ("families", "38", "2023-01"));
    let completed = json!({
        "pilot": id("pilot", "p12"), "results": "38 of 40 families were paired.", "lessons": "Somebody has to end pairs that do not work.",
        "take_up_note": "Training for volunteers in two evenings, and the agreement that both sign.", "evidence": [paper],
    });
    script.add("2023-01-31T13:00", "delegate-utrecht", "CompletePilot", completed);
}
