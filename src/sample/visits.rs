//! The eight visits of June 2022, in their true directions, each from the proposal to the closing.

use serde_json::{Value, json};

use super::cities::delegate_of;
use super::{Script, address, city, counts, id, pair, person, programme};

const COORDINATOR: &str = "coordinator";

/// One session: the row in which it was held, its code, title, place and theme.
type Session = (u32, &'static str, &'static str, &'static str, &'static str);

/// A June visit.
struct June {
    key: &'static str,
    guest: &'static str,
    host: &'static str,
    pair: &'static str,
    kind: &'static str,
    expert: &'static str,
    /// Rows: proposed, scheduled, expert assigned, delegation confirmed, started, completed.
    rows: [u32; 6],
    days: [&'static str; 2],
    size: u32,
    themes: &'static [&'static str],
    objectives: &'static str,
    follows: &'static str,
    sessions: &'static [Session],
    summary: &'static str,
    /// The learning with which it closes.
    learning: &'static str,
    expert_days: &'static str,
}

const JUNE: [June; 8] = [
    June {
        key: "v01",
        guest: "ethekwini",
        host: "porto",
        pair: "ethekwini-porto",
        kind: "study-visit",
        expert: "expert-1",
        rows: [73, 83, 91, 103, 113, 121],
        days: ["2022-06-13", "2022-06-17"],
        size: 6,
        themes: &["waste-management", "waste-to-energy"],
        objectives: "See waste management and waste-to-energy solutions at work in the Porto area.",
        follows: "kickoff-za",
        sessions: &[
            (
                115,
                "s1",
                "Sorting plant and composting plant",
                "Plants of the waste utility, Greater Porto",
                "waste-management",
            ),
            (116, "s2", "Waste-to-energy plant, Porto area", "Waste-to-energy plant", "waste-to-energy"),
            (
                119,
                "s3",
                "Round table: business model of an inter-municipal waste service",
                "City hall",
                "waste-management",
            ),
        ],
        summary: "Energy comes last: the delegation saw how much is sorted and composted before anything is burnt.",
        learning: "l01",
        expert_days: "6.5",
    },
    June {
        key: "v02",
        guest: "capetown",
        host: "hamburg",
        pair: "capetown-hamburg",
        kind: "study-visit",
        expert: "expert-2",
        rows: [74, 84, 92, 104, 123, 139],
        days: ["2022-06-20", "2022-06-23"],
        size: 5,
        themes: &["waste-management", "energy", "wastewater"],
        objectives: "Learn management practices on waste, energy and wastewater.",
        follows: "kickoff-za",
        sessions: &[
            (125, "s1", "Wastewater treatment works", "Wastewater works in the port", "wastewater"),
            (131, "s2", "Energy from waste heat", "Heating plant", "energy"),
            (
                134,
                "s3",
                "Waste collection contracts and tariffs",
                "Head office of the city cleansing",
                "waste-management",
            ),
        ],
        summary: "A wastewater works can sell energy; the delegation took the figures of one year home.",
        learning: "l03",
        expert_days: "5",
    },
    June {
        key: "v03",
        guest: "incheon",
        host: "berlin",
        pair: "incheon-berlin",
        kind: "study-visit",
        expert: "expert-2",
        rows: [75, 85, 94, 105, 112, 120],
        days: ["2022-06-13", "2022-06-16"],
        size: 7,
        themes: &["smart-city", "urban-sustainability", "smart-buildings", "innovation", "energy-and-mobility"],
        objectives: "Smart city, circular economy and smart building solutions, biotechnology within start-ups and innovation, energy and mobility.",
        follows: "kickoff-asia",
        sessions: &[
            (114, "s1", "Smart building demonstration", "Office building of the technology park", "smart-buildings"),
            (117, "s2", "Biotechnology campus and start-ups", "Biotechnology campus", "innovation"),
            (118, "s3", "Energy and mobility district", "Former gas works", "energy-and-mobility"),
        ],
        summary: "Shared laboratories and shared data: the delegation saw what start-ups need before they need money.",
        learning: "l04",
        expert_days: "5",
    },
    June {
        key: "v04",
        guest: "gwangju",
        host: "athens",
        pair: "gwangju-athens",
        kind: "study-visit",
        expert: "expert-3",
        rows: [76, 86, 96, 106, 122, 138],
        days: ["2022-06-20", "2022-06-23"],
        size: 6,
        themes: &[
            "air-quality-monitoring",
            "sensor-network",
            "drone-monitoring",
            "green-remodelling",
            "disaster-risk-management",
            "climate-adaptation",
        ],
        objectives: "Air quality monitoring infrastructure with sensor network and drones, green remodelling, disaster risk management and adaptation to climate change.",
        follows: "gwangju-athens-1",
        sessions: &[
            (124, "s1", "Sensor network and data platform", "Directorate of Environment", "sensor-network"),
            (129, "s2", "Drone measurement flight", "Foot of the hills", "drone-monitoring"),
            (133, "s3", "Green remodelling of public buildings", "School under remodelling", "green-remodelling"),
            (137, "s4", "Civil protection: heat and fire", "Civil protection centre", "disaster-risk-management"),
        ],
        summary: "Both measured the same air with their own devices and compared the values on the spot.",
        learning: "l06",
        expert_days: "4.5",
    },
    June {
        key: "v05",
        guest: "singapore",
        host: "milan",
        pair: "singapore-milan",
        kind: "study-visit",
        expert: "expert-1",
        rows: [77, 87, 97, 107, 128, 141],
        days: ["2022-06-21", "2022-06-24"],
        size: 5,
        themes: &["food-waste", "water-reclamation", "waste-to-energy", "green-buildings", "grid-decarbonisation"],
        objectives: "Food waste minimisation, water reclamation and waste to energy, green buildings, decarbonising the energy grid.",
        follows: "kickoff-asia",
        sessions: &[
            (130, "s1", "Food waste hub", "Neighbourhood hub", "food-waste"),
            (135, "s2", "Water reclamation works", "Water works in the south of the city", "water-reclamation"),
            (136, "s3", "Green building retrofit", "Housing estate", "green-buildings"),
        ],
        summary: "A hub needs a cold room, a van and one person; the delegation saw all three.",
        learning: "l08",
        expert_days: "5",
    },
    June {
        key: "v06",
        guest: "frankfurt",
        host: "toronto",
        pair: "toronto-frankfurt",
        kind: "study-visit",
        expert: "expert-3",
        rows: [78, 88, 98, 108, 142, 149],
        days: ["2022-06-27", "2022-07-01"],
        size: 3,
        themes: &["migrants-and-refugees"],
        objectives: "Migration and integration of refugees: exchange best practices, face to face.",
        follows: "ca-online-1",
        sessions: &[
            (143, "s1", "Meeting with city council", "City hall", "migrants-and-refugees"),
            (146, "s2", "Newcomer services", "Newcomer office", "migrants-and-refugees"),
        ],
        summary: "One desk, all questions: Frankfurt wants one too.",
        learning: "l09",
        expert_days: "6",
    },
    June {
        key: "v07",
        guest: "utrecht",
        host: "stjohns",
        pair: "stjohns-utrecht",
        kind: "study-visit",
        expert: "expert-4",
        rows: [79, 89, 99, 109, 126, 140],
        days: ["2022-06-20", "2022-06-23"],
        size: 4,
        themes: &["migrants-and-refugees", "refugee-assistance"],
        objectives: "Migration and integration of refugees: exchange best practices, face to face.",
        follows: "ca-online-1",
        sessions: &[
            (127, "s1", "Reception of newcomers: housing and schools", "Community centre", "refugee-assistance"),
            (132, "s2", "Local immigration partnership", "City hall", "migrants-and-refugees"),
        ],
        summary: "Volunteers and families find each other within a week of arrival.",
        learning: "l10",
        expert_days: "5",
    },
    June {
        key: "v08",
        guest: "fuenlabrada",
        host: "halifax",
        pair: "halifax-fuenlabrada",
        kind: "study-visit",
        expert: "expert-4",
        rows: [81, 90, 100, 111, 144, 148],
        days: ["2022-06-28", "2022-06-30"],
        size: 4,
        themes: &["migrants-and-refugees", "refugee-assistance"],
        objectives: "Migration and integration of refugees: exchange best practices, face to face.",
        follows: "ca-online-1",
        sessions: &[
            (145, "s1", "Language training and employment", "Training rooms of an employer", "migrants-and-refugees"),
            (147, "s2", "Assistance to people fleeing Ukraine", "Immigration partnership office", "refugee-assistance"),
        ],
        summary: "Language is learnt at work, with the employer's time.",
        learning: "l11",
        expert_days: "4",
    },
];

pub(super) fn tell(script: &mut Script) {
    for visit in &JUNE {
        plan(script, visit);
        delegation(script, visit);
        itinerary(script, visit);
        course(script, visit);
        notes(script, visit);
    }
    changes(script);
}

fn plan(script: &mut Script, visit: &June) {
    let [proposed, scheduled, ..] = visit.rows;
    let mut body = json!({
        "id": id("visit", visit.key), "programme": programme(), "partnership": pair(visit.pair), "kind": visit.kind,
        "format": "in-person", "host_city": city(visit.host), "visiting_cities": [city(visit.guest)], "window": "2022-06",
        "themes": visit.themes, "objectives": visit.objectives,
    });
    script.row(proposed, COORDINATOR, "ProposeVisit", body.clone());
    if let Value::Object(fields) = &mut body {
        fields.remove("window");
    }
    body["from"] = json!(visit.days[0]);
    body["to"] = json!(visit.days[1]);
    body["follows"] = json!([address("meeting", visit.follows)]);
    script.row(scheduled, COORDINATOR, "ScheduleVisit", body);
    script.add("2022-05-10T13:00", delegate_of(visit.host), "ConfirmVisit", json!({ "visit": id("visit", visit.key) }));
}

fn delegation(script: &mut Script, visit: &June) {
    let [_, _, assigned, confirmed, ..] = visit.rows;
    let this = id("visit", visit.key);
    let first = if visit.key == "v08" { "expert-3" } else { visit.expert };
    script.row(assigned, COORDINATOR, "AssignExpert", json!({ "visit": this, "expert": person(first) }));
    let delegate = delegate_of(visit.guest);
    let invite = json!({ "visit": this, "person": person(delegate), "city": city(visit.guest) });
    script.add("2022-05-19T13:00", COORDINATOR, "InviteDelegate", invite);
    script.row(confirmed, delegate, "ConfirmDelegation", json!({ "visit": this, "size": visit.size }));
    for (kind, state) in [("travel", "settled"), ("hotel", "settled"), ("interpreting", "not-needed")] {
        let body = json!({ "visit": this, "kind": kind, "state": state, "due": "2022-06-08" });
        script.add("2022-06-03T13:00", COORDINATOR, "RecordLogistics", body);
    }
}

fn itinerary(script: &mut Script, visit: &June) {
    let this = id("visit", visit.key);
    for (row, code, title, place, theme) in visit.sessions {
        let told = script.told(*row);
        let body = json!({
            "visit": this, "session": code, "title": title, "place": place, "theme": theme, "day": told.date, "start": told.local_time, "language": "en",
        });
        script.add("2022-06-01T13:00", delegate_of(visit.host), "AddSession", body);
    }
    if visit.key == "v02" {
        let extra =
            json!({ "visit": this, "session": "s4", "title": "Harbour tour", "day": "2022-06-23", "start": "18:00" });
        script.add("2022-06-01T13:30", delegate_of(visit.host), "AddSession", extra);
        let dropped = json!({ "visit": this, "session": "s4", "reason": "The delegation flies home that evening." });
        script.add("2022-06-02T13:30", delegate_of(visit.host), "DropSession", dropped);
    }
    if visit.key == "v05" {
        let extra = json!({ "visit": this, "session": "s4", "title": "Sorting plant", "day": "2022-06-24", "start": "09:00", "theme": "waste-to-energy" });
        script.add("2022-06-01T13:30", delegate_of(visit.host), "AddSession", extra);
        let moved =
            json!({ "visit": this, "session": "s4", "start": "10:30", "reason": "The first train arrives at ten." });
        script.add("2022-06-02T13:30", delegate_of(visit.host), "MoveSession", moved);
        let skipped = json!({ "visit": this, "session": "s4", "reason": "The plant stood still for repair." });
        script.add("2022-06-24T12:00", COORDINATOR, "SkipSession", skipped);
    }
    script.add("2022-06-07T13:00", COORDINATOR, "PublishItinerary", json!({ "visit": this }));
}

fn course(script: &mut Script, visit: &June) {
    let [.., started, completed] = visit.rows;
    let this = id("visit", visit.key);
    script.row(started, delegate_of(visit.host), "StartVisit", json!({ "visit": this, "date": visit.days[0] }));
    for (row, code, ..) in visit.sessions {
        script.row(*row, delegate_of(visit.host), "HoldSession", json!({ "visit": this, "session": code }));
    }
    let (present, others) = match visit.key {
        "v01" => (vec!["delegate-ethekwini", "delegate-ethekwini-3"], 4),
        "v07" => (vec!["delegate-utrecht", "person-7f3a"], 2),
        _ => (vec![delegate_of(visit.guest)], visit.size - 1),
    };
    let title = format!("Signed attendance sheet of the visit {} to {}", visit.guest, visit.host);
    let sheet = script.paper_of_row(completed, &format!("sheet-{}", visit.key), "attendance-sheet", &title);
    let attendance = json!({
        "visit": this, "present": present.iter().map(|key| person(key)).collect::<Vec<_>>(),
        "others": counts(&[(visit.guest, others)]), "document": sheet,
    });
    script.row(completed, COORDINATOR, "RecordAttendance", attendance);
    script.row(
        completed,
        COORDINATOR,
        "CompleteVisit",
        json!({ "visit": this, "summary": visit.summary, "date": visit.days[1] }),
    );
    script.add(
        "2022-07-26T09:00",
        COORDINATOR,
        "CloseVisit",
        json!({ "visit": this, "learning": id("learning", visit.learning) }),
    );
}

/// The accompanying expert's days.
fn notes(script: &mut Script, visit: &June) {
    let note = json!({ "visit": id("visit", visit.key), "expert": person(visit.expert), "days": visit.expert_days, "text": visit.summary });
    script.add("2022-07-06T13:00", staff(visit.expert), "SubmitMissionNote", note);
    let approved = json!({ "visit": id("visit", visit.key), "expert": person(visit.expert) });
    script.add("2022-07-13T13:00", COORDINATOR, "ApproveMissionNote", approved);
}

pub(super) fn staff(key: &'static str) -> &'static str {
    super::people::staff_of(key).map_or(COORDINATOR, |who| who.key)
}

/// Who came instead of whom.
fn changes(script: &mut Script) {
    let this = id("visit", "v01");
    let invite = json!({ "visit": this, "person": person("delegate-ethekwini-2"), "city": city("ethekwini") });
    script.add("2022-05-19T13:30", COORDINATOR, "InviteDelegate", invite);
    let replaced = json!({ "visit": this, "from": person("delegate-ethekwini-2"), "to": person("delegate-ethekwini-3"), "reason": "No passport in time." });
    script.add("2022-05-20T09:00", "delegate-ethekwini", "ReplaceDelegate", replaced);
    let invite = json!({ "visit": id("visit", "v07"), "person": person("person-7f3a"), "city": city("utrecht") });
    script.add("2022-05-19T13:35", COORDINATOR, "InviteDelegate", invite);
    let replaced = json!({ "visit": id("visit", "v08"), "from": person("expert-3"), "to": person("expert-4"), "reason": "Already with the visit to Toronto that week." });
    script.add("2022-05-23T13:00", COORDINATOR, "ReplaceExpert", replaced);
    let invite =
        json!({ "visit": id("visit", "v08"), "person": person("delegate-porto"), "city": city("fuenlabrada") });
    script.add("2022-05-19T13:40", COORDINATOR, "InviteDelegate", invite);
    let withdrawn =
        json!({ "visit": id("visit", "v08"), "person": person("delegate-porto"), "reason": "Invited by mistake." });
    script.add("2022-05-19T13:45", COORDINATOR, "WithdrawDelegate", withdrawn);
}
