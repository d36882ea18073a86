//! The learnings: recorded after visits, validated by the accompanying experts, published; and what cities did with them.

use serde_json::json;

use super::cities::delegate_of;
use super::visits::staff;
use super::{Script, address, city, id, programme};

const COORDINATOR: &str = "coordinator";

/// A learning of the history.
struct Told {
    key: &'static str,
    /// Rows: recorded, validated, published.
    rows: [u32; 3],
    origin: &'static str,
    by: &'static str,
    visit: &'static str,
    expert: &'static str,
    themes: &'static [&'static str],
    targets: &'static [&'static str],
    cost: &'static str,
    maturity: &'static str,
    what: &'static str,
    why: &'static str,
    conditions: &'static str,
}

const TOLD: [Told; 11] = [
    Told {
        key: "l01",
        rows: [150, 163, 169],
        origin: "porto",
        by: "ethekwini",
        visit: "v01",
        expert: "expert-1",
        themes: &["circular-economy", "waste-management"],
        targets: &["12.5", "11.6"],
        cost: "medium",
        maturity: "established",
        what: "Several municipalities own one company; each pays the same gate fee for each tonne.",
        why: "Nobody can save by dumping elsewhere, and the fee pays for the plants of all.",
        conditions: "A law that lets municipalities found a company together; weighing at every gate.",
    },
    Told {
        key: "l02",
        rows: [151, 164, 170],
        origin: "porto",
        by: "ethekwini",
        visit: "v01",
        expert: "expert-1",
        themes: &["energy-transition", "waste-to-energy"],
        targets: &["7.2", "12.5"],
        cost: "very-high",
        maturity: "proven",
        what: "Reuse first, then sorting, then compost; only the rest is burnt for electricity.",
        why: "The plant is small enough never to need what could be sorted.",
        conditions: "Sorting must work for some years before a plant is sized.",
    },
    Told {
        key: "l03",
        rows: [152, 165, 173],
        origin: "hamburg",
        by: "capetown",
        visit: "v02",
        expert: "expert-2",
        themes: &["energy-transition", "wastewater"],
        targets: &["6.3", "7.2"],
        cost: "high",
        maturity: "established",
        what: "Sludge gas, wind and sun make a wastewater works produce more energy than it uses.",
        why: "The works is a large user with land of its own.",
        conditions: "The right to feed into the grid, and a tariff for it.",
    },
    Told {
        key: "l04",
        rows: [153, 166, 174],
        origin: "berlin",
        by: "incheon",
        visit: "v03",
        expert: "expert-2",
        themes: &["energy-transition", "energy-and-mobility"],
        targets: &["11.2"],
        cost: "medium",
        maturity: "trial",
        what: "One platform of a district shows heat, power and chargers together.",
        why: "Whoever plans a charger sees what the grid can bear.",
        conditions: "All suppliers of the district share their data by contract.",
    },
    Told {
        key: "l05",
        rows: [154, 167, 177],
        origin: "berlin",
        by: "incheon",
        visit: "v03",
        expert: "expert-2",
        themes: &["innovation"],
        targets: &["9.5"],
        cost: "high",
        maturity: "established",
        what: "Young companies rent a bench, not a laboratory.",
        why: "What costs most, devices and permits, is shared.",
        conditions: "One operator who answers for safety.",
    },
    Told {
        key: "l06",
        rows: [155, 168, 178],
        origin: "athens",
        by: "gwangju",
        visit: "v04",
        expert: "expert-3",
        themes: &["air-quality", "sensor-network"],
        targets: &["11.6"],
        cost: "low",
        maturity: "proven",
        what: "Each cheap sensor stands four weeks beside a reference station before it moves to its street.",
        why: "Its error is known, so its values can be corrected.",
        conditions: "One reference station within the city.",
    },
    Told {
        key: "l07",
        rows: [156, 171, 180],
        origin: "gwangju",
        by: "athens",
        visit: "v04",
        expert: "expert-3",
        themes: &["air-quality", "drone-monitoring"],
        targets: &["11.6"],
        cost: "medium",
        maturity: "trial",
        what: "A drone measures fine dust every ten metres up to a height of 150 metres.",
        why: "It shows whether dust comes from the street or from far away.",
        conditions: "A permit to fly, and a calm hour in the morning.",
    },
    Told {
        key: "l08",
        rows: [158, 172, 181],
        origin: "milan",
        by: "singapore",
        visit: "v05",
        expert: "expert-1",
        themes: &["circular-economy", "food-waste"],
        targets: &["12.3"],
        cost: "low",
        maturity: "established",
        what: "A hub in the neighbourhood collects unsold food in the morning and gives it away by noon.",
        why: "Short ways: shops, hub and kitchens know each other.",
        conditions: "A cold room, a van, one paid person, and a rule on who is liable.",
    },
    Told {
        key: "l09",
        rows: [159, 175, 182],
        origin: "toronto",
        by: "frankfurt",
        visit: "v06",
        expert: "expert-3",
        themes: &["migrants-and-refugees"],
        targets: &["10.7"],
        cost: "medium",
        maturity: "established",
        what: "One desk answers every first question of newcomers, whatever office is in charge.",
        why: "People tell their story once.",
        conditions: "Offices lend staff to the desk; interpreters by telephone, about three hours a day.",
    },
    Told {
        key: "l10",
        rows: [160, 176, 183],
        origin: "stjohns",
        by: "utrecht",
        visit: "v07",
        expert: "expert-4",
        themes: &["migrants-and-refugees", "refugee-assistance"],
        targets: &["10.7"],
        cost: "low",
        maturity: "proven",
        what: "A volunteer is paired with each refugee family for the first year.",
        why: "Small questions find an answer the same day.",
        conditions: "Training for volunteers, and somebody who ends pairs that do not work.",
    },
    Told {
        key: "l11",
        rows: [161, 179, 184],
        origin: "halifax",
        by: "fuenlabrada",
        visit: "v08",
        expert: "expert-4",
        themes: &["migrants-and-refugees"],
        targets: &["10.7", "8.5"],
        cost: "medium",
        maturity: "proven",
        what: "Language is taught at the workplace, half in the employer's time.",
        why: "What is learnt is used the same hour.",
        conditions: "Employers who need people, and teachers who come to them.",
    },
];

pub(super) fn tell(script: &mut Script) {
    for told in &TOLD {
        of_june(script, told);
    }
    later(script);
    endings(script);
    adoptions(script);
}

fn of_june(script: &mut Script, told: &Told) {
    let [recorded, validated, published] = told.rows;
    let title = script.told(recorded).subject;
    let body = json!({
        "id": id("learning", told.key), "programme": programme(), "title": title, "what": told.what, "why_it_works": told.why,
        "conditions": told.conditions, "cost_order": told.cost, "maturity": told.maturity, "origin_city": city(told.origin),
        "origin": address("visit", told.visit), "learned_by": [city(told.by)], "themes": told.themes, "sdg_targets": told.targets, "language": "en",
    });
    script.row(recorded, delegate_of(told.by), "RecordLearning", body);
    let note = json!({ "learning": id("learning", told.key), "note": "Seen on the spot; the conditions for transfer are complete." });
    script.row(validated, staff(told.expert), "ValidateLearning", note);
    script.row(published, COORDINATOR, "PublishLearning", json!({ "learning": id("learning", told.key) }));
}

/// A learning the history lacks.
struct Added {
    key: &'static str,
    at: &'static str,
    title: &'static str,
    origin: &'static str,
    by: &'static str,
    from: (&'static str, &'static str),
    theme: &'static str,
    language: &'static str,
    texts: [&'static str; 3],
}

const ADDED: [Added; 6] = [
    Added {
        key: "l12",
        at: "2022-10-28T09:00",
        title: "Cooperative di raccoglitori informali",
        origin: "johannesburg",
        by: "parma",
        from: ("visit", "v12"),
        theme: "waste-management",
        language: "it",
        texts: [
            "I raccoglitori informali si uniscono in cooperative e ricevono divise, spazi e un prezzo fisso.",
            "Conoscono ogni strada e ogni materiale; la città non deve cominciare da zero.",
            "Un interlocutore nel comune e un contratto semplice.",
        ],
    },
    Added {
        key: "l13",
        at: "2022-10-25T08:00",
        title: "드론과 이동 측정 차량의 결합",
        origin: "gwangju",
        by: "athens",
        from: ("visit", "v11"),
        theme: "drone-monitoring",
        language: "ko",
        texts: [
            "드론은 높이를, 차량은 거리를 따라 같은 시간에 측정한다.",
            "두 값을 비교하면 발생원을 찾을 수 있다.",
            "같은 시간에 보정된 두 장비가 필요하다.",
        ],
    },
    Added {
        key: "l14",
        at: "2022-11-14T13:00",
        title: "Naturalisation as a feast of the city",
        origin: "frankfurt",
        by: "toronto",
        from: ("visit", "v13"),
        theme: "migrants-and-refugees",
        language: "en",
        texts: [
            "The city invites its new citizens once a year.",
            "It was said to double the number of applications.",
            "A hall and a speech.",
        ],
    },
    Added {
        key: "l15",
        at: "2022-10-27T09:00",
        title: "An energy book for every public building",
        origin: "starazagora",
        by: "tshwane",
        from: ("visit", "v10"),
        theme: "energy",
        language: "en",
        texts: [
            "Each caretaker writes three meters down on Monday morning.",
            "Waste shows within a week, not with the yearly bill.",
            "Meters for each building, and somebody who calls back.",
        ],
    },
    Added {
        key: "l16",
        at: "2022-04-11T09:00",
        title: "Oficinas partilhadas para jovens empresas",
        origin: "taoyuan",
        by: "braga",
        from: ("meeting", "taoyuan-braga-1"),
        theme: "start-ups",
        language: "pt",
        texts: [
            "As empresas jovens partilham máquinas e oficinas junto ao aeroporto.",
            "A procura das empresas grandes está ao lado.",
            "Por descrever.",
        ],
    },
    Added {
        key: "l17",
        at: "2022-12-06T09:00",
        title: "Found the service before the plant",
        origin: "porto",
        by: "capetown",
        from: ("visit", "v16"),
        theme: "waste-management",
        language: "en",
        texts: [
            "The company of the municipalities existed three years before its first plant.",
            "Contracts were tried on small things first.",
            "A chairperson whom all trust.",
        ],
    },
];

fn later(script: &mut Script) {
    for added in &ADDED {
        let (kind, key) = added.from;
        let [what, why, conditions] = added.texts;
        let body = json!({
            "id": id("learning", added.key), "programme": programme(), "title": added.title, "what": what, "why_it_works": why, "conditions": conditions,
            "cost_order": "low", "maturity": "trial", "origin_city": city(added.origin), "origin": address(kind, key), "learned_by": [city(added.by)],
            "themes": [added.theme], "language": added.language,
        });
        script.add(added.at, delegate_of(added.by), "RecordLearning", body);
    }
}

fn endings(script: &mut Script) {
    let this = |key: &str| json!({ "learning": id("learning", key) });
    for (key, expert, validated, published) in [
        ("l12", "expert-1", "2022-11-03T09:00", Some("2022-11-07T10:00")),
        ("l13", "expert-2", "2022-11-02T09:00", Some("2022-11-04T10:00")),
        ("l14", "expert-3", "2022-11-18T14:00", Some("2022-11-21T10:00")),
        ("l15", "expert-2", "2022-11-09T09:00", None),
    ] {
        script.add(validated, staff(expert), "ValidateLearning", this(key));
        if let Some(at) = published {
            script.add(at, COORDINATOR, "PublishLearning", this(key));
        }
    }
    let returned =
        json!({ "learning": id("learning", "l16"), "reason": "Diga, por favor, o que é preciso noutro lugar." });
    script.add("2022-04-26T09:00", "expert-1", "ReturnLearning", returned);
    let revised = json!({ "learning": id("learning", "l09"), "conditions": "Offices lend staff to the desk; interpreters by telephone, about three hours a day, paid by the newcomer office.", "reason": "The question of who pays was answered in the discussion." });
    script.add("2022-07-27T09:00", "delegate-frankfurt", "ReviseLearning", revised);
    let consolidated = json!({ "into": id("learning", "l07"), "from": [id("learning", "l13")] });
    script.add("2022-11-16T13:00", COORDINATOR, "ConsolidateLearnings", consolidated);
    let retracted = json!({ "learning": id("learning", "l14"), "reason": "The number of applications grew for another reason: the law had changed." });
    script.add("2022-12-20T10:00", COORDINATOR, "RetractLearning", retracted);
}

/// Who took a learning up: interest, commitment, start, verification; who said no, who gave up.
fn adoptions(script: &mut Script) {
    for (at, key, who) in [
        ("2022-08-02T09:00", "l09", "frankfurt"),
        ("2022-08-03T08:00", "l08", "singapore"),
        ("2022-10-03T13:00", "l08", "prato"),
        ("2022-08-04T08:00", "l06", "taichung"),
        ("2022-08-05T13:00", "l11", "gatineau"),
        ("2022-08-08T09:00", "l03", "tshwane"),
        ("2022-08-09T09:00", "l01", "johannesburg"),
    ] {
        script.add(
            at,
            delegate_of(who),
            "ExpressInterest",
            json!({ "learning": id("learning", key), "city": city(who) }),
        );
    }
    for (at, key, who, reason) in [
        ("2022-08-10T09:00", "l02", "braga", "Our waste goes to the plant of the region already."),
        ("2022-08-11T09:00", "l03", "starazagora", "The works was rebuilt two years ago."),
    ] {
        let body = json!({ "learning": id("learning", key), "city": city(who), "reason": reason });
        script.add(at, delegate_of(who), "DeclineLearning", body);
    }
    let commit = |key: &str, who: &str, owner: &str, adaptation: &str| json!({ "learning": id("learning", key), "city": city(who), "owner": owner, "adaptation": adaptation });
    script.row(
        192,
        "delegate-frankfurt",
        "CommitAdoption",
        commit("l09", "frankfurt", "Office for Diversity", "One desk in the town hall first; six languages."),
    );
    script.row(
        193,
        "delegate-singapore",
        "CommitAdoption",
        commit("l08", "singapore", "Estate management", "One estate, with the cold room of the market."),
    );
    script.row(
        194,
        "delegate-prato",
        "CommitAdoption",
        commit("l08", "prato", "Textile Circularity Network", "The hub shares a hall with the textile sorters."),
    );
    script.add(
        "2022-09-12T07:00",
        "delegate-taichung",
        "CommitAdoption",
        commit("l06", "taichung", "Environmental Protection Bureau", "Sensors at workshops instead of streets."),
    );
    script.add(
        "2022-09-06T09:00",
        "delegate-johannesburg",
        "CommitAdoption",
        commit("l01", "johannesburg", "Pikitup", "One company with two neighbouring municipalities."),
    );
    for (at, key, who) in [
        ("2022-11-15T14:00", "l09", "frankfurt"),
        ("2022-11-22T07:00", "l08", "singapore"),
        ("2022-10-31T09:00", "l08", "prato"),
        ("2022-10-03T07:00", "l06", "taichung"),
    ] {
        script.add(
            at,
            delegate_of(who),
            "StartAdoption",
            json!({ "learning": id("learning", key), "city": city(who) }),
        );
    }
    for (at, key, who, title) in [
        ("2023-01-30T14:00", "l09", "frankfurt", "Council decision on the welcome desk"),
        ("2022-12-15T10:00", "l08", "prato", "Municipal resolution on the food hub"),
        ("2022-12-01T07:00", "l06", "taichung", "Order on the calibration of sensors"),
    ] {
        let document = script.paper(at, &format!("adoption-{key}-{who}"), "decision", title);
        let body = json!({ "learning": id("learning", key), "city": city(who), "document": document });
        script.add(at, delegate_of(who), "VerifyAdoption", body);
    }
    let withdrawn = json!({ "document": id("document", "adoption-l06-taichung"), "reason": "The order was a draft that was never signed." });
    script.add("2023-01-10T07:00", COORDINATOR, "WithdrawDocument", withdrawn);
    for (at, key, who, reason) in [
        ("2022-09-30T13:30", "l11", "gatineau", "No employer offers working time for it."),
        ("2022-12-08T09:00", "l01", "johannesburg", "The neighbouring municipalities did not join."),
    ] {
        let body = json!({ "learning": id("learning", key), "city": city(who), "reason": reason });
        script.add(at, delegate_of(who), "AbandonAdoption", body);
    }
    let asked = json!({ "learning": id("learning", "l12"), "city": city("ethekwini") });
    script.add("2023-02-13T13:00", delegate_of("ethekwini"), "ExpressInterest", asked);
}
