//! The visits after June: visits both ways, a masterclass, an expert mission, one put off, one cancelled, one under way.

use serde_json::{Value, json};

use super::cities::delegate_of;
use super::visits::staff;
use super::{Script, cities, city, counts, id, pair, person, programme};

const COORDINATOR: &str = "coordinator";

/// A visit as it was set.
struct Later {
    key: &'static str,
    guests: &'static [&'static str],
    host: &'static str,
    pair: Option<&'static str>,
    kind: &'static str,
    format: &'static str,
    set: &'static str,
    days: [&'static str; 2],
    themes: &'static [&'static str],
    objectives: &'static str,
    expert: Option<&'static str>,
}

const LATER: [Later; 11] = [
    Later {
        key: "v09",
        guests: &["johannesburg"],
        host: "parma",
        pair: Some("johannesburg-parma"),
        kind: "study-visit",
        format: "in-person",
        set: "2022-06-08T09:00",
        days: ["2022-07-11", "2022-07-15"],
        themes: &["circular-economy", "waste-management"],
        objectives: "The integrated environmental centre, collection and reuse centres, and the university.",
        expert: Some("expert-1"),
    },
    Later {
        key: "v10",
        guests: &["tshwane"],
        host: "starazagora",
        pair: Some("tshwane-starazagora"),
        kind: "study-visit",
        format: "in-person",
        set: "2022-07-20T09:30",
        days: ["2022-09-12", "2022-09-15"],
        themes: &["energy-transition"],
        objectives: "Energy management of schools and hospitals.",
        expert: None,
    },
    Later {
        key: "v11",
        guests: &["athens"],
        host: "gwangju",
        pair: Some("gwangju-athens"),
        kind: "return-visit",
        format: "in-person",
        set: "2022-08-25T09:00",
        days: ["2022-10-12", "2022-10-15"],
        themes: &["air-quality-monitoring", "drone-monitoring"],
        objectives: "Joint measurement by drone and mobile vehicle; the climate centre, a smart factory and the national monitoring station.",
        expert: Some("expert-2"),
    },
    Later {
        key: "v12",
        guests: &["parma"],
        host: "johannesburg",
        pair: Some("johannesburg-parma"),
        kind: "return-visit",
        format: "in-person",
        set: "2022-08-26T09:00",
        days: ["2022-10-17", "2022-10-21"],
        themes: &["waste-management"],
        objectives: "Landfills, sorting plants and collection centres; the utility; the university's project on informal reclaimers.",
        expert: Some("expert-1"),
    },
    Later {
        key: "v13",
        guests: &["toronto"],
        host: "frankfurt",
        pair: Some("toronto-frankfurt"),
        kind: "return-visit",
        format: "in-person",
        set: "2022-09-15T13:00",
        days: ["2022-11-01", "2022-11-04"],
        themes: &["migrants-and-refugees"],
        objectives: "Work on the Action Plan.",
        expert: Some("expert-3"),
    },
    Later {
        key: "v14",
        guests: &["gatineau"],
        host: "stgermain",
        pair: Some("gatineau-stgermain"),
        kind: "study-visit",
        format: "in-person",
        set: "2022-09-22T13:00",
        days: ["2022-11-21", "2022-11-24"],
        themes: &["migrants-and-refugees"],
        objectives: "Language courses and schools.",
        expert: None,
    },
    Later {
        key: "v15",
        guests: &["prato"],
        host: "taichung",
        pair: Some("taichung-prato"),
        kind: "study-visit",
        format: "in-person",
        set: "2022-12-19T09:00",
        days: ["2023-02-13", "2023-02-16"],
        themes: &["air-quality", "circular-economy"],
        objectives: "Air quality beside workshops, and textile recycling.",
        expert: Some("expert-2"),
    },
    Later {
        key: "v16",
        guests: &["ethekwini", "johannesburg", "capetown"],
        host: "porto",
        pair: None,
        kind: "masterclass",
        format: "online",
        set: "2022-10-26T09:00",
        days: ["2022-11-21", "2022-11-22"],
        themes: &["waste-management"],
        objectives: "First part of the masterclass series: how an inter-municipal waste service is founded.",
        expert: None,
    },
    Later {
        key: "v17",
        guests: &["hamburg"],
        host: "capetown",
        pair: Some("capetown-hamburg"),
        kind: "expert-mission",
        format: "in-person",
        set: "2022-10-31T09:00",
        days: ["2022-11-28", "2022-11-30"],
        themes: &["wastewater"],
        objectives: "Two engineers look at one works and say what could produce energy.",
        expert: None,
    },
    Later {
        key: "v18",
        guests: &["prato"],
        host: "milan",
        pair: None,
        kind: "study-visit",
        format: "in-person",
        set: "2022-09-08T09:00",
        days: ["2022-09-29", "2022-09-30"],
        themes: &["food-waste"],
        objectives: "Prato wants a hub too and comes to see one.",
        expert: None,
    },
    Later {
        key: "v21",
        guests: &["milan"],
        host: "singapore",
        pair: Some("singapore-milan"),
        kind: "return-visit",
        format: "in-person",
        set: "2023-01-11T08:00",
        days: ["2023-03-06", "2023-03-09"],
        themes: &["food-waste", "green-buildings"],
        objectives: "See the hub pilot in its estate, and cooling of buildings.",
        expert: Some("expert-1"),
    },
];

pub(super) fn tell(script: &mut Script) {
    for visit in &LATER {
        set(script, visit);
    }
    asia_and_africa(script);
    europe_and_canada(script);
    put_off(script);
    training_and_missions(script);
    notes(script);
}

fn set(script: &mut Script, visit: &Later) {
    let mut body = json!({
        "id": id("visit", visit.key), "programme": programme(), "kind": visit.kind, "format": visit.format, "host_city": city(visit.host),
        "visiting_cities": cities(visit.guests), "from": visit.days[0], "to": visit.days[1], "themes": visit.themes, "objectives": visit.objectives,
    });
    if let Some(key) = visit.pair {
        body["partnership"] = json!(pair(key));
    }
    script.add(visit.set, COORDINATOR, "ScheduleVisit", body);
    if let Some(expert) = visit.expert {
        let assigned = json!({ "visit": id("visit", visit.key), "expert": person(expert) });
        script.add(visit.set, COORDINATOR, "AssignExpert", assigned);
    }
    let guest = delegate_of(visit.guests[0]);
    let invited = json!({ "visit": id("visit", visit.key), "person": person(guest), "city": city(visit.guests[0]) });
    script.add(visit.set, COORDINATOR, "InviteDelegate", invited);
}

/// The attendance of the visit as a whole; the first named guest is one of them.
fn attendance(key: &str, guest: &'static str, others: &[(&str, u32)], sheet: Option<&str>) -> Value {
    let mut body =
        json!({ "visit": id("visit", key), "present": [person(delegate_of(guest))], "others": counts(others) });
    if let Some(sheet) = sheet {
        body["document"] = json!(sheet);
    }
    body
}

fn this(key: &str) -> Value {
    json!({ "visit": id("visit", key) })
}

fn asia_and_africa(script: &mut Script) {
    script.row(157, "delegate-parma", "StartVisit", json!({ "visit": id("visit", "v09"), "date": "2022-07-11" }));
    let sheet =
        script.paper_of_row(162, "sheet-v09", "attendance-sheet", "Signed attendance sheet of the visit to Parma");
    script.row(
        162,
        COORDINATOR,
        "RecordAttendance",
        attendance("v09", "johannesburg", &[("johannesburg", 8)], Some(&sheet)),
    );
    script.row(
        162,
        COORDINATOR,
        "CompleteVisit",
        json!({ "visit": id("visit", "v09"), "summary": "Received at the town hall; reuse centres convinced most." }),
    );
    let mut corrected = attendance("v09", "johannesburg", &[("johannesburg", 7)], Some(&sheet));
    corrected["reason"] = json!("One name stood on the sheet twice: eight came, not nine.");
    script.add("2022-07-25T13:00", COORDINATOR, "RecordAttendance", corrected);

    script.row(195, "delegate-gwangju", "StartVisit", json!({ "visit": id("visit", "v11"), "date": "2022-10-12" }));
    let sheet =
        script.paper_of_row(196, "sheet-v11", "attendance-sheet", "Signed attendance sheet of the visit to Gwangju");
    script.row(196, COORDINATOR, "RecordAttendance", attendance("v11", "athens", &[("athens", 5)], Some(&sheet)));
    script.row(196, COORDINATOR, "CompleteVisit", json!({ "visit": id("visit", "v11"), "summary": "One drone, one vehicle, one morning: the values agree within a tenth." }));

    script.row(
        197,
        "delegate-johannesburg",
        "StartVisit",
        json!({ "visit": id("visit", "v12"), "date": "2022-10-17" }),
    );
    let sheet = script.paper_of_row(
        198,
        "sheet-v12",
        "attendance-sheet",
        "Signed attendance sheet of the visit to Johannesburg",
    );
    script.row(198, COORDINATOR, "RecordAttendance", attendance("v12", "parma", &[("parma", 6)], Some(&sheet)));
    script.row(
        198,
        COORDINATOR,
        "CompleteVisit",
        json!({ "visit": id("visit", "v12"), "summary": "A joint action plan will be written and published." }),
    );
    script.add(
        "2022-11-15T10:00",
        COORDINATOR,
        "CloseVisit",
        json!({ "visit": id("visit", "v12"), "learning": id("learning", "l12") }),
    );

    script.add("2023-01-13T07:00", "delegate-taichung", "ConfirmVisit", this("v15"));
    script.add(
        "2023-02-06T07:00",
        "delegate-prato",
        "ConfirmDelegation",
        json!({ "visit": id("visit", "v15"), "size": 5 }),
    );
    script.row(224, "delegate-taichung", "StartVisit", json!({ "visit": id("visit", "v15"), "date": "2023-02-13" }));
    let sheet =
        script.paper_of_row(228, "sheet-v15", "attendance-sheet", "Signed attendance sheet of the visit to Taichung");
    script.row(228, COORDINATOR, "RecordAttendance", attendance("v15", "prato", &[("prato", 4)], Some(&sheet)));
    script.row(228, COORDINATOR, "CompleteVisit", json!({ "visit": id("visit", "v15"), "summary": "Workshops may stay where they are when their air is measured and shown." }));
    script.add("2023-01-20T07:00", "delegate-singapore", "ConfirmVisit", this("v21"));
    script.add("2023-03-06T01:00", "delegate-singapore", "StartVisit", this("v21"));
    let sheet = script.sheet("2023-03-09T08:00", "sheet-v21", "Signed attendance sheet of the visit to Singapore");
    script.add(
        "2023-03-09T08:30",
        COORDINATOR,
        "RecordAttendance",
        attendance("v21", "milan", &[("milan", 3)], Some(&sheet)),
    );
    script.add("2023-03-09T09:00", COORDINATOR, "CompleteVisit", this("v21"));
}

fn europe_and_canada(script: &mut Script) {
    script.add("2022-10-04T09:00", "delegate-frankfurt", "ConfirmVisit", this("v13"));
    script.row(201, "delegate-frankfurt", "StartVisit", json!({ "visit": id("visit", "v13"), "date": "2022-11-01" }));
    let sheet =
        script.paper_of_row(202, "sheet-v13", "attendance-sheet", "Signed attendance sheet of the visit to Frankfurt");
    script.row(202, COORDINATOR, "RecordAttendance", attendance("v13", "toronto", &[("toronto", 3)], Some(&sheet)));
    script.row(
        202,
        COORDINATOR,
        "CompleteVisit",
        json!({ "visit": id("visit", "v13"), "summary": "The Action Plan has its chapters." }),
    );
    let cancelled = json!({ "visit": id("visit", "v14"), "reason": "Replaced by two online meetings." });
    script.row(203, COORDINATOR, "CancelVisit", cancelled);

    script.add("2022-09-29T08:00", "delegate-milan", "StartVisit", this("v18"));
    let sheet = script.sheet("2022-09-30T14:00", "sheet-v18", "Signed attendance sheet of the visit of Prato to Milan");
    script.add(
        "2022-09-30T14:30",
        COORDINATOR,
        "RecordAttendance",
        attendance("v18", "prato", &[("prato", 2)], Some(&sheet)),
    );
    script.add("2022-09-30T15:00", COORDINATOR, "CompleteVisit", this("v18"));
}

/// Tshwane came late, and nobody kept the sheet; two other visits wait for their days.
fn put_off(script: &mut Script) {
    script.row(
        187,
        COORDINATOR,
        "PostponeVisit",
        json!({ "visit": id("visit", "v10"), "reason": "New dates have to be agreed." }),
    );
    let moved = json!({ "visit": id("visit", "v10"), "from": "2022-10-10", "to": "2022-10-13", "reason": "The host is free in October." });
    script.row(188, COORDINATOR, "RescheduleVisit", moved);
    script.add("2022-09-14T08:00", "delegate-starazagora", "ConfirmVisit", this("v10"));
    script.add("2022-10-10T07:00", "delegate-starazagora", "StartVisit", this("v10"));
    script.add(
        "2022-10-13T13:00",
        COORDINATOR,
        "RecordAttendance",
        attendance("v10", "tshwane", &[("tshwane", 4)], None),
    );
    script.add("2022-10-13T14:00", COORDINATOR, "CompleteVisit", this("v10"));
    let closed = json!({ "visit": id("visit", "v10"), "learning": id("learning", "l15"), "reason": "The signed attendance sheet was lost on the way home." });
    script.add("2022-12-16T10:00", COORDINATOR, "CloseVisit", closed);
    let proposed = json!({
        "id": id("visit", "v19"), "programme": programme(), "partnership": pair("taoyuan-braga"), "kind": "study-visit", "format": "in-person",
        "host_city": city("taoyuan"), "visiting_cities": [city("braga")], "window": "2023-03", "themes": ["start-ups"],
    });
    script.add("2023-01-30T10:00", COORDINATOR, "ProposeVisit", proposed);
    let set = json!({
        "id": id("visit", "v20"), "programme": programme(), "partnership": pair("jeju-almeria"), "kind": "study-visit", "format": "in-person", "host_city": city("almeria"),
        "visiting_cities": [city("jeju")], "from": "2022-11-14", "to": "2022-11-17", "themes": ["energy-transition"], "objectives": "Greenhouses and the sun.",
    });
    script.add("2022-09-19T08:00", COORDINATOR, "ScheduleVisit", set);
    script.add(
        "2022-11-03T08:00",
        COORDINATOR,
        "PostponeVisit",
        json!({ "visit": id("visit", "v20"), "reason": "The delegation may not travel before the budget is voted." }),
    );
}

fn training_and_missions(script: &mut Script) {
    script.add("2022-11-21T08:00", COORDINATOR, "StartVisit", this("v16"));
    let sheet = script.sheet("2022-11-22T15:00", "sheet-v16", "Log of the online masterclass, first part");
    let came = attendance(
        "v16",
        "ethekwini",
        &[("ethekwini", 6), ("johannesburg", 5), ("capetown", 4), ("porto", 2)],
        Some(&sheet),
    );
    script.add("2022-11-22T15:30", COORDINATOR, "RecordAttendance", came);
    script.add("2022-11-22T16:00", COORDINATOR, "CompleteVisit", this("v16"));
    script.add("2022-11-28T07:00", "delegate-capetown", "StartVisit", this("v17"));
    let sheet = script.sheet("2022-11-30T13:00", "sheet-v17", "Signed attendance sheet of the mission to Cape Town");
    script.add(
        "2022-11-30T13:30",
        COORDINATOR,
        "RecordAttendance",
        attendance("v17", "hamburg", &[("hamburg", 1)], Some(&sheet)),
    );
    script.add("2022-11-30T14:00", COORDINATOR, "CompleteVisit", this("v17"));
}

fn notes(script: &mut Script) {
    let handed_in = [
        ("v09", "expert-1", "5.5", "2022-07-22T13:00", true),
        ("v11", "expert-2", "4", "2022-10-24T13:00", true),
        ("v12", "expert-1", "6", "2022-10-31T13:00", false),
    ];
    for (key, expert, days, at, approved) in handed_in {
        let note = json!({ "visit": id("visit", key), "expert": person(expert), "days": days, "text": "I accompanied the delegation and wrote down what it asked." });
        script.add(at, staff(expert), "SubmitMissionNote", note);
        if approved {
            let body = json!({ "visit": id("visit", key), "expert": person(expert) });
            script.add(&at.replace("T13:00", "T16:00"), COORDINATOR, "ApproveMissionNote", body);
        }
    }
}
