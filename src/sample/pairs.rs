//! The partnerships: the fourteen pairs of the history, and five beyond them that end in other ways.

use serde_json::json;

use super::cities::delegate_of;
use super::{Script, cities, city, id, pair, programme};

const COORDINATOR: &str = "coordinator";

/// A pair of the history.
pub(super) struct Pair {
    /// Its key.
    pub key: &'static str,
    /// The rows in which it was proposed, formed and kicked off.
    rows: (u32, u32, u32),
    /// Its two cities.
    pub cities: [&'static str; 2],
    themes: &'static [&'static str],
    rationale: &'static str,
    /// When its topics were agreed; absent where they were not yet.
    topics_agreed: Option<&'static str>,
}

const INTEGRATION: &[&str] = &["migrants-and-refugees", "refugee-assistance"];

/// The fourteen pairs.
pub(super) const PAIRS: [Pair; 14] = [
    Pair {
        key: "ethekwini-porto",
        rows: (24, 39, 60),
        cities: ["ethekwini", "porto"],
        themes: &["waste-management", "waste-to-energy"],
        rationale: "Both cities run waste services for a whole region; one wants to build what the other has run for decades.",
        topics_agreed: Some("2022-03-10T09:00"),
    },
    Pair {
        key: "capetown-hamburg",
        rows: (25, 40, 61),
        cities: ["capetown", "hamburg"],
        themes: &["waste-management", "energy", "wastewater"],
        rationale: "Two ports with works of the same size and very different energy balances.",
        topics_agreed: Some("2022-03-11T09:00"),
    },
    Pair {
        key: "johannesburg-parma",
        rows: (26, 41, 62),
        cities: ["johannesburg", "parma"],
        themes: &["circular-economy", "waste-management"],
        rationale: "Separate collection with and without informal reclaimers.",
        topics_agreed: Some("2022-03-14T09:30"),
    },
    Pair {
        key: "tshwane-starazagora",
        rows: (27, 42, 63),
        cities: ["tshwane", "starazagora"],
        themes: &["energy-transition", "circular-economy"],
        rationale: "Two coal regions that look for work after coal.",
        topics_agreed: Some("2022-03-16T09:00"),
    },
    Pair {
        key: "incheon-berlin",
        rows: (28, 43, 53),
        cities: ["incheon", "berlin"],
        themes: &["smart-city", "urban-sustainability", "smart-buildings", "innovation", "energy-and-mobility"],
        rationale: "Both grow districts from nothing and bring young companies into them.",
        topics_agreed: Some("2022-03-17T09:00"),
    },
    Pair {
        key: "gwangju-athens",
        rows: (29, 44, 54),
        cities: ["gwangju", "athens"],
        themes: &[
            "air-quality-monitoring",
            "sensor-network",
            "drone-monitoring",
            "green-remodelling",
            "disaster-risk-management",
            "climate-adaptation",
        ],
        rationale: "Fine dust, heat and fire trouble both; they measure them in different ways.",
        topics_agreed: Some("2022-03-18T09:00"),
    },
    Pair {
        key: "singapore-milan",
        rows: (30, 45, 55),
        cities: ["singapore", "milan"],
        themes: &["food-waste", "water-reclamation", "waste-to-energy", "green-buildings", "grid-decarbonisation"],
        rationale: "Dense cities that import nearly all their food and energy.",
        topics_agreed: Some("2022-03-21T09:00"),
    },
    Pair {
        key: "taichung-prato",
        rows: (31, 46, 56),
        cities: ["taichung", "prato"],
        themes: &["air-quality", "circular-economy"],
        rationale: "Industrial cities whose workshops stand between homes.",
        topics_agreed: Some("2022-03-28T09:00"),
    },
    Pair {
        key: "taoyuan-braga",
        rows: (32, 47, 57),
        cities: ["taoyuan", "braga"],
        themes: &["transport", "waste-management", "start-ups"],
        rationale: "Young cities, each beside a greater one.",
        topics_agreed: Some("2022-03-29T09:00"),
    },
    Pair {
        key: "jeju-almeria",
        rows: (33, 48, 58),
        cities: ["jeju", "almeria"],
        themes: &["energy-transition"],
        rationale: "Sun and wind on islands of farming.",
        topics_agreed: None,
    },
    Pair {
        key: "toronto-frankfurt",
        rows: (34, 38, 64),
        cities: ["toronto", "frankfurt"],
        themes: INTEGRATION,
        rationale: "Twin cities since 1989 in which every second person has come from elsewhere.",
        topics_agreed: Some("2022-04-04T13:00"),
    },
    Pair {
        key: "stjohns-utrecht",
        rows: (35, 49, 65),
        cities: ["stjohns", "utrecht"],
        themes: INTEGRATION,
        rationale: "A city that wants newcomers and a city that has many.",
        topics_agreed: Some("2022-04-05T13:00"),
    },
    Pair {
        key: "halifax-fuenlabrada",
        rows: (36, 50, 66),
        cities: ["halifax", "fuenlabrada"],
        themes: INTEGRATION,
        rationale: "Work as the first step into a new home.",
        topics_agreed: Some("2022-04-06T13:00"),
    },
    Pair {
        key: "gatineau-stgermain",
        rows: (37, 51, 67),
        cities: ["gatineau", "stgermain"],
        themes: INTEGRATION,
        rationale: "Two French-speaking cities beside a capital.",
        topics_agreed: Some("2022-04-07T13:00"),
    },
];

/// A partnership the history lacks.
struct Added {
    key: &'static str,
    cities: &'static [&'static str],
    themes: &'static [&'static str],
    rationale: &'static str,
    /// When it was proposed, formed, kicked off, and its topics agreed; empty where it was not.
    at: [&'static str; 4],
}

const ADDED: [Added; 5] = [
    Added {
        key: "arrival-cities",
        cities: &["toronto", "utrecht", "fuenlabrada"],
        themes: INTEGRATION,
        rationale: "Three cities that answer the same question at once: people from Ukraine arrive, and need advice on the first day.",
        at: ["2022-04-08T09:00", "2022-04-12T09:00", "2022-04-14T13:00", "2022-04-20T13:00"],
    },
    Added {
        key: "heat-capetown-athens",
        cities: &["capetown", "athens"],
        themes: &["disaster-risk-management", "climate-adaptation"],
        rationale: "Fire at the edge of the city.",
        at: ["2022-07-05T09:00", "2022-07-08T09:00", "", ""],
    },
    Added {
        key: "energy-incheon-almeria",
        cities: &["incheon", "almeria"],
        themes: &["energy-transition"],
        rationale: "The universities of both cities met on solar research and want a frame for it.",
        at: ["2022-08-15T09:00", "", "", ""],
    },
    Added {
        key: "food-hubs",
        cities: &["singapore", "milan", "prato"],
        themes: &["food-waste"],
        rationale: "One practice, three cities: hubs for surplus food.",
        at: ["2022-10-10T09:00", "2022-10-20T09:00", "2022-10-27T07:00", "2022-11-07T09:00"],
    },
    Added {
        key: "sensors-taichung-athens",
        cities: &["taichung", "athens"],
        themes: &["sensor-network"],
        rationale: "A learning of Athens that Taichung wants to use.",
        at: ["2023-02-09T09:00", "", "", ""],
    },
];

/// How every partnership came to be, and how some ended.
pub(super) fn tell(script: &mut Script) {
    for pair in &PAIRS {
        propose(script, pair);
    }
    for added in &ADDED {
        add(script, added);
    }
    joined_and_left(script);
    ends(script);
}

fn propose(script: &mut Script, told: &Pair) {
    let (proposed, formed, kicked_off) = told.rows;
    let body = json!({
        "id": id("partnership", told.key), "programme": programme(), "cities": cities(&told.cities),
        "themes": told.themes, "rationale": told.rationale,
    });
    script.row(proposed, COORDINATOR, "ProposePartnership", body);
    for key in told.cities {
        let body = json!({ "partnership": pair(told.key), "city": city(key) });
        script.row(formed, delegate_of(key), "AcceptPartnership", body);
    }
    let date = script.told(kicked_off).date;
    script.row(kicked_off, COORDINATOR, "KickOffPartnership", json!({ "partnership": pair(told.key), "date": date }));
    if let Some(at) = told.topics_agreed {
        script.add(at, COORDINATOR, "AgreeTopics", json!({ "partnership": pair(told.key), "themes": told.themes }));
    }
}

fn add(script: &mut Script, told: &Added) {
    let [proposed, formed, kicked_off, agreed] = told.at;
    let body = json!({
        "id": id("partnership", told.key), "programme": programme(), "cities": cities(told.cities),
        "themes": told.themes, "rationale": told.rationale,
    });
    script.add(proposed, COORDINATOR, "ProposePartnership", body);
    if formed.is_empty() {
        return;
    }
    for key in told.cities {
        let body = json!({ "partnership": pair(told.key), "city": city(key) });
        script.add(formed, delegate_of(key), "AcceptPartnership", body);
    }
    if kicked_off.is_empty() {
        return;
    }
    script.add(kicked_off, COORDINATOR, "KickOffPartnership", json!({ "partnership": pair(told.key) }));
    script.add(agreed, COORDINATOR, "AgreeTopics", json!({ "partnership": pair(told.key), "themes": told.themes }));
}

/// A fourth city came for a summer.
fn joined_and_left(script: &mut Script) {
    let joined = json!({
        "partnership": pair("arrival-cities"), "city": city("berlin"),
        "reason": "Most trains from the border arrive in Berlin.",
    });
    script.add("2022-06-20T13:00", COORDINATOR, "AddCity", joined);
    let left = json!({
        "partnership": pair("arrival-cities"), "city": city("berlin"),
        "reason": "The arrival centre takes all its people; Berlin will read the results.",
    });
    script.add("2022-08-15T13:00", COORDINATOR, "RemoveCity", left);
}

fn ends(script: &mut Script) {
    let accepted = json!({ "partnership": pair("energy-incheon-almeria"), "city": city("incheon") });
    script.add("2022-08-22T08:00", "delegate-incheon", "AcceptPartnership", accepted);
    let declined = json!({
        "partnership": pair("energy-incheon-almeria"), "city": city("almeria"),
        "reason": "The universities prefer an agreement of their own; the city keeps its pair with Jeju.",
    });
    script.add("2022-09-02T09:00", "delegate-almeria", "DeclinePartnership", declined);
    let dissolved = json!({ "partnership": pair("heat-capetown-athens"), "reason": "Neither city found people for it beside its own pair." });
    script.add("2022-10-11T09:00", COORDINATOR, "DissolvePartnership", dissolved);
    let completed = json!({
        "partnership": pair("arrival-cities"),
        "self_assessment": "We wrote one leaflet, tried it in three cities and gave it away. What we set out to do is done.",
    });
    script.add("2022-09-30T13:00", COORDINATOR, "CompletePartnership", completed);
    let suspended = json!({ "partnership": pair("stjohns-utrecht"), "reason": "Municipal elections: nobody can decide for some weeks." });
    script.add("2022-11-02T13:00", COORDINATOR, "SuspendPartnership", suspended);
    let resumed =
        json!({ "partnership": pair("stjohns-utrecht"), "reason": "The new council confirmed the cooperation." });
    script.add("2022-12-13T13:00", COORDINATOR, "ResumePartnership", resumed);
    let suspended =
        json!({ "partnership": pair("food-hubs"), "reason": "All three wait for what the hub pilot measures." });
    script.add("2023-01-27T09:00", COORDINATOR, "SuspendPartnership", suspended);
    let accepted = json!({ "partnership": pair("sensors-taichung-athens"), "city": city("athens") });
    script.add("2023-02-10T09:00", "delegate-athens", "AcceptPartnership", accepted);
}
