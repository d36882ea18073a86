//! The meetings and webinars: kick-offs, bilaterals, consolidation, training, and what was written after them.

use serde_json::{Value, json};

use super::{Script, address, cities, counts, id, pair, person, programme};

const COORDINATOR: &str = "coordinator";

/// A meeting as the story tells it.
struct Told {
    key: &'static str,
    kind: &'static str,
    title: &'static str,
    /// When it was set, UTC.
    set: &'static str,
    /// The row that says it was held; else the moment it was, UTC.
    row: Option<u32>,
    held: &'static str,
    /// When it starts, in Brussels; the row's own time when empty.
    start: &'static str,
    pairs: &'static [&'static str],
    organisers: &'static [&'static str],
    came: &'static [(&'static str, u32)],
    /// Whether there is an attendance sheet.
    sheet: bool,
    minutes: Option<&'static str>,
}

const NONE: Told = Told {
    key: "",
    kind: "bilateral",
    title: "",
    set: "",
    row: None,
    held: "",
    start: "",
    pairs: &[],
    organisers: &[],
    came: &[],
    sheet: true,
    minutes: None,
};

const ASIA: &[&str] =
    &["incheon-berlin", "gwangju-athens", "singapore-milan", "taichung-prato", "taoyuan-braga", "jeju-almeria"];
const AFRICA: &[&str] = &["ethekwini-porto", "capetown-hamburg", "johannesburg-parma", "tshwane-starazagora"];
const CANADA: &[&str] = &["toronto-frankfurt", "stjohns-utrecht", "halifax-fuenlabrada", "gatineau-stgermain"];

const HELD: [Told; 16] = [
    Told {
        key: "kickoff-asia",
        kind: "kick-off",
        title: "Asia strand kick-off (online)",
        set: "2022-01-20T09:00",
        row: Some(52),
        pairs: ASIA,
        came: &[
            ("incheon", 5),
            ("gwangju", 5),
            ("singapore", 4),
            ("jeju", 3),
            ("taichung", 4),
            ("taoyuan", 4),
            ("berlin", 4),
            ("athens", 4),
            ("milan", 4),
            ("prato", 3),
            ("braga", 3),
            ("almeria", 2),
        ],
        minutes: Some("Opening by the EU delegations, welcome by the cities, timeline, one breakout room a pair."),
        ..NONE
    },
    Told {
        key: "kickoff-za",
        kind: "kick-off",
        title: "South Africa strand kick-off (online)",
        set: "2022-01-21T09:00",
        row: Some(59),
        pairs: AFRICA,
        came: &[
            ("ethekwini", 7),
            ("capetown", 6),
            ("johannesburg", 6),
            ("tshwane", 5),
            ("porto", 5),
            ("hamburg", 4),
            ("parma", 4),
            ("starazagora", 3),
        ],
        sheet: false,
        minutes: Some("Four pairs met in breakout rooms and named their first contacts."),
        ..NONE
    },
    Told {
        key: "kickoff-ca",
        kind: "kick-off",
        title: "Canada strand kick-off (online)",
        set: "2022-01-24T09:00",
        row: Some(68),
        pairs: CANADA,
        came: &[
            ("toronto", 6),
            ("stjohns", 4),
            ("halifax", 5),
            ("gatineau", 3),
            ("frankfurt", 5),
            ("utrecht", 4),
            ("fuenlabrada", 5),
            ("stgermain", 3),
        ],
        minutes: Some("The pairs agree to begin with an online discussion in March."),
        ..NONE
    },
    Told {
        key: "taoyuan-braga-1",
        title: "Taoyuan – Braga first bilateral (online)",
        set: "2022-02-25T09:00",
        row: Some(69),
        pairs: &["taoyuan-braga"],
        came: &[("taoyuan", 8), ("braga", 6)],
        minutes: Some("Six presentations, three from each city; six topics on which the cities could work."),
        ..NONE
    },
    Told {
        key: "gwangju-athens-1",
        title: "Gwangju – Athens first bilateral (online)",
        set: "2022-03-02T09:00",
        row: Some(70),
        pairs: &["gwangju-athens"],
        came: &[("gwangju", 6), ("athens", 5)],
        minutes: Some("Topics chosen: air quality, disaster risk management, waste."),
        ..NONE
    },
    Told {
        key: "taichung-prato-1",
        title: "Taichung – Prato first bilateral (online)",
        set: "2022-03-07T09:00",
        row: Some(71),
        pairs: &["taichung-prato"],
        came: &[("taichung", 5), ("prato", 4)],
        sheet: false,
        ..NONE
    },
    Told {
        key: "german-cities",
        kind: "thematic",
        title: "The German cities prepare their visitors' weeks (online)",
        set: "2022-04-27T09:00",
        held: "2022-05-04T08:00",
        start: "2022-05-04T10:00",
        organisers: &["berlin", "hamburg", "frankfurt"],
        came: &[("berlin", 3), ("hamburg", 2), ("frankfurt", 2)],
        ..NONE
    },
    Told {
        key: "consolidation-za",
        kind: "consolidation",
        title: "South Africa strand: consolidate the learnings (online)",
        set: "2022-08-29T09:00",
        row: Some(189),
        pairs: AFRICA,
        came: &[
            ("ethekwini", 4),
            ("capetown", 3),
            ("johannesburg", 3),
            ("tshwane", 3),
            ("porto", 3),
            ("hamburg", 2),
            ("parma", 2),
            ("starazagora", 2),
        ],
        minutes: Some("Which learnings each city takes further, and what it needs for that."),
        ..NONE
    },
    Told {
        key: "consolidation-ca",
        kind: "consolidation",
        title: "Canada strand: consolidate the learnings (online)",
        set: "2022-08-31T09:00",
        row: Some(191),
        pairs: CANADA,
        came: &[
            ("toronto", 3),
            ("stjohns", 2),
            ("halifax", 3),
            ("gatineau", 2),
            ("frankfurt", 3),
            ("utrecht", 2),
            ("fuenlabrada", 2),
            ("stgermain", 2),
        ],
        minutes: Some("Frankfurt wants a desk like Toronto's; Utrecht tries pairing volunteers with families."),
        ..NONE
    },
    Told {
        key: "pilot-ethekwini",
        kind: "pilot-preparation",
        title: "eThekwini and Porto prepare the pilot (online)",
        set: "2022-11-04T09:00",
        held: "2022-11-14T09:00",
        start: "2022-11-14T10:00",
        pairs: &["ethekwini-porto"],
        came: &[("ethekwini", 5), ("porto", 3)],
        minutes: Some("One ward, three milestones, own funds; Porto lends its training material."),
        ..NONE
    },
    Told {
        key: "gatineau-stgermain-1",
        title: "Gatineau – Saint-Germain-en-Laye instead of the visit, first part (online)",
        set: "2022-11-10T10:00",
        row: None,
        held: "2022-11-24T14:00",
        start: "2022-11-24T15:00",
        pairs: &["gatineau-stgermain"],
        came: &[("gatineau", 3), ("stgermain", 3)],
        ..NONE
    },
    Told {
        key: "gatineau-stgermain-2",
        title: "Gatineau – Saint-Germain-en-Laye instead of the visit, second part (online)",
        set: "2022-11-10T10:05",
        row: None,
        held: "2022-12-08T14:00",
        start: "2022-12-08T15:00",
        pairs: &["gatineau-stgermain"],
        came: &[("gatineau", 3), ("stgermain", 2)],
        minutes: Some("Les deux villes comparent leurs cours de langue."),
        ..NONE
    },
    Told {
        key: "masterclass-2",
        kind: "thematic",
        title: "Masterclass series, second part: what a gate fee pays for (online)",
        set: "2022-11-28T09:00",
        held: "2022-12-14T09:00",
        start: "2022-12-14T10:00",
        organisers: &["porto"],
        came: &[("ethekwini", 5), ("johannesburg", 4), ("capetown", 3), ("porto", 2)],
        ..NONE
    },
    Told {
        key: "masterclass-3",
        kind: "thematic",
        title: "Masterclass series, third part: contracts that reward sorting (online)",
        set: "2022-12-15T09:00",
        held: "2023-01-18T09:00",
        start: "2023-01-18T10:00",
        organisers: &["porto"],
        came: &[("ethekwini", 4), ("johannesburg", 4), ("porto", 3)],
        sheet: false,
        ..NONE
    },
    Told {
        key: "masterclass",
        kind: "thematic",
        title: "Masterclass for political decision-makers, Durban",
        set: "2023-01-26T09:00",
        row: Some(231),
        organisers: &["porto", "ethekwini"],
        came: &[("ethekwini", 14), ("johannesburg", 3), ("porto", 4)],
        minutes: Some("Priority areas defined: sorting at the source, one fee, energy last."),
        ..NONE
    },
    Told {
        key: "final",
        kind: "closing",
        title: "Closing event",
        set: "2023-01-30T09:00",
        row: Some(234),
        pairs: &[],
        organisers: &["porto", "toronto", "gwangju"],
        came: &[
            ("porto", 4),
            ("toronto", 4),
            ("gwangju", 4),
            ("ethekwini", 4),
            ("frankfurt", 3),
            ("athens", 3),
            ("milan", 2),
            ("singapore", 2),
        ],
        minutes: Some("All partnerships present their results."),
        ..NONE
    },
];

pub(super) fn tell(script: &mut Script) {
    for told in &HELD {
        meeting(script, told);
    }
    discussion_in_canada(script);
    across_pairs(script);
    moved_and_cancelled(script);
    decisions(script);
    super::extras::webinars(script);
}

fn meeting(script: &mut Script, told: &Told) {
    schedule(script, told);
    let sheet = told.sheet.then(|| sheet(script, told));
    let mut body = json!({ "meeting": id("meeting", told.key), "cities": counts(told.came) });
    if let Some(sheet) = sheet {
        body["document"] = json!(sheet);
    }
    match told.row {
        Some(row) => script.row(row, COORDINATOR, "HoldMeeting", body),
        None => script.add(told.held, COORDINATOR, "HoldMeeting", body),
    }
    if let Some(minutes) = told.minutes {
        let body = json!({ "meeting": id("meeting", told.key), "text": minutes });
        script.add(&minutes_at(script, told), COORDINATOR, "PublishMinutes", body);
    }
}

fn schedule(script: &mut Script, told: &Told) {
    let (start, timezone) = match told.row {
        Some(row) => {
            let row = script.told(row);
            let zone = if row.number == 231 { "Africa/Johannesburg" } else { "Europe/Brussels" };
            (format!("{}T{}", row.date, row.local_time), zone)
        }
        None => (told.start.to_owned(), "Europe/Brussels"),
    };
    let pairs: Vec<String> = told.pairs.iter().map(|key| pair(key)).collect();
    let held_for: Vec<&str> = told.came.iter().map(|(key, _)| *key).collect();
    let body = json!({
        "id": id("meeting", told.key), "programme": programme(), "kind": told.kind, "title": told.title,
        "partnerships": pairs, "organisers": cities(told.organisers), "cities": cities(&held_for), "open": told.key == "final", "language": "en",
        "training_scheme": told.key.starts_with("masterclass"), "start": start, "timezone": timezone,
    });
    script.add(told.set, COORDINATOR, "ScheduleMeeting", body);
}

fn sheet(script: &mut Script, told: &Told) -> String {
    let (key, title) = (format!("sheet-{}", told.key), format!("Attendance list: {}", told.title));
    match told.row {
        Some(row) => script.paper_of_row(row, &key, "attendance-sheet", &title),
        None => script.sheet(told.held, &key, &title),
    }
}

/// Minutes follow two days after.
fn minutes_at(script: &Script, told: &Told) -> String {
    let held = told.row.map_or_else(|| super::moment(&format!("{}:00Z", told.held)), |row| script.told(row).utc);
    format!("{}T16:00", held.day().plus_days(2))
}

/// Row 72, with a person of whom more is told: she left, and her data were erased.
fn discussion_in_canada(script: &mut Script) {
    let told = Told {
        key: "ca-online-1",
        kind: "thematic",
        title: "How best to integrate migrants and welcome refugees (online)",
        set: "2022-03-14T13:00",
        row: Some(72),
        pairs: CANADA,
        came: &[
            ("toronto", 5),
            ("halifax", 3),
            ("stjohns", 3),
            ("gatineau", 2),
            ("frankfurt", 4),
            ("utrecht", 3),
            ("fuenlabrada", 3),
            ("stgermain", 2),
        ],
        ..NONE
    };
    schedule(script, &told);
    let document = sheet(script, &told);
    let body = json!({
        "meeting": id("meeting", "ca-online-1"), "present": [person("delegate-halifax-2")], "cities": counts(told.came), "document": document,
    });
    script.row(72, COORDINATOR, "HoldMeeting", body);
    let tagged = json!({ "document": document, "persons": [person("delegate-halifax-2")] });
    script.add("2022-03-30T09:00", COORDINATOR, "TagPersons", tagged);
}

/// Row 185: two cities of different pairs meet.
fn across_pairs(script: &mut Script) {
    let told = Told {
        key: "incheon-almeria",
        title: "Incheon – Almería online meeting",
        set: "2022-07-18T08:00",
        row: Some(185),
        organisers: &["incheon", "almeria"],
        came: &[("incheon", 5), ("almeria", 3)],
        ..NONE
    };
    schedule(script, &told);
    let document = sheet(script, &told);
    let body = json!({
        "meeting": id("meeting", told.key), "present": [person("delegate-incheon"), person("delegate-almeria")],
        "cities": counts(told.came), "document": document,
    });
    script.row(185, COORDINATOR, "HoldMeeting", body);
    let minutes = json!({ "meeting": id("meeting", told.key), "text": "Solar research: the universities of both cities want to exchange students. They meet outside the formal pairs." });
    script.add("2022-08-01T09:00", COORDINATOR, "PublishMinutes", minutes);
}

fn moved_and_cancelled(script: &mut Script) {
    let came: &[(&str, u32)] = &[
        ("incheon", 3),
        ("gwangju", 3),
        ("singapore", 3),
        ("jeju", 2),
        ("taichung", 3),
        ("taoyuan", 3),
        ("berlin", 2),
        ("athens", 2),
        ("milan", 2),
        ("prato", 2),
        ("braga", 2),
        ("almeria", 1),
    ];
    let set = json!({
        "id": id("meeting", "consolidation-asia"), "programme": programme(), "kind": "consolidation",
        "title": "Asia strand: consolidate the learnings (online)", "partnerships": ASIA.iter().map(|key| pair(key)).collect::<Vec<_>>(),
        "cities": came.iter().map(|(key, _)| super::city(key)).collect::<Vec<_>>(),
        "start": "2022-09-13T10:00", "timezone": "Europe/Brussels", "follows": [address("visit", "v03"), address("visit", "v04"), address("visit", "v05")],
    });
    script.add("2022-08-30T09:00", COORDINATOR, "ScheduleMeeting", set);
    let moved = json!({ "meeting": id("meeting", "consolidation-asia"), "start": "2022-09-20T10:00", "reason": "Chuseok holidays in Korea." });
    script.add("2022-09-06T09:00", COORDINATOR, "RescheduleMeeting", moved);
    let document = script.paper_of_row(
        190,
        "sheet-consolidation-asia",
        "attendance-sheet",
        "Attendance list: Asia strand, consolidation",
    );
    let body = json!({ "meeting": id("meeting", "consolidation-asia"), "cities": counts(came), "document": document });
    script.row(190, COORDINATOR, "HoldMeeting", body);
    let paper = script.paper(
        "2022-09-23T09:00",
        "minutes-consolidation-asia",
        "minutes",
        "Minutes: Asia strand, consolidation",
    );
    let minutes = json!({ "meeting": id("meeting", "consolidation-asia"), "document": paper });
    script.add("2022-09-23T09:30", COORDINATOR, "PublishMinutes", minutes);
    let set = json!({
        "id": id("meeting", "jeju-almeria-1"), "programme": programme(), "kind": "bilateral", "title": "Jeju – Almería first bilateral (online)",
        "partnerships": [pair("jeju-almeria")], "cities": cities(&["jeju", "almeria"]), "start": "2022-05-10T09:00", "timezone": "Europe/Madrid",
    });
    script.add("2022-04-19T09:30", COORDINATOR, "ScheduleMeeting", set);
    let cancelled = json!({ "meeting": id("meeting", "jeju-almeria-1"), "reason": "No interpreter was free; the cities will write instead." });
    script.add("2022-05-06T09:00", COORDINATOR, "CancelMeeting", cancelled);
}

fn decisions(script: &mut Script) {
    let decided: [(&str, &str, &str, Option<&str>); 3] = [
        (
            "2022-09-19T14:00",
            "consolidation-za",
            "Every pair names one learning that it turns into a pilot.",
            Some("expert-1"),
        ),
        (
            "2022-09-21T16:00",
            "consolidation-ca",
            "The leaflet of the three arrival cities is offered to all cities.",
            None,
        ),
        ("2022-11-14T10:30", "pilot-ethekwini", "The pilot begins in January in one ward.", Some("delegate-ethekwini")),
    ];
    for (at, key, text, who) in decided {
        let mut body: Value = json!({ "meeting": id("meeting", key), "text": text });
        if let Some(who) = who {
            body["responsible"] = json!(person(who));
        }
        script.add(at, COORDINATOR, "RecordDecision", body);
    }
    let evidence = json!({
        "document": id("document", "sheet-kickoff-za"), "subject": address("meeting", "kickoff-za"),
        "claim": "The 40 participants of the kick-off of the South Africa strand.",
    });
    script.paper_of_row(102, "sheet-kickoff-za", "attendance-sheet", "Attendance list: South Africa strand kick-off");
    script.row(102, COORDINATOR, "LinkEvidence", evidence);
}
