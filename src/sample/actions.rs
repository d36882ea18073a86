//! The follow-up actions: done in time, done late, open, overdue, dropped, opened again.

use serde_json::{Value, json};

use super::{Script, address, city, id, pair, programme};

const COORDINATOR: &str = "coordinator";

/// An action that the history lacks.
struct Raised {
    key: &'static str,
    at: &'static str,
    text: &'static str,
    from: (&'static str, &'static str),
    /// The partnership whose plan it carries out.
    plan: Option<&'static str>,
    owner: &'static str,
    city: &'static str,
    due: &'static str,
}

const RAISED: [Raised; 8] = [
    Raised {
        key: "tf-1",
        at: "2022-12-05T13:00",
        text: "Open the welcome desk for its trial.",
        from: ("partnership", "toronto-frankfurt"),
        plan: Some("toronto-frankfurt"),
        owner: "Office for Diversity",
        city: "frankfurt",
        due: "2023-01-31",
    },
    Raised {
        key: "jp-1",
        at: "2022-12-09T09:00",
        text: "Train two crews in separate collection.",
        from: ("partnership", "johannesburg-parma"),
        plan: Some("johannesburg-parma"),
        owner: "Pikitup",
        city: "johannesburg",
        due: "2023-01-15",
    },
    Raised {
        key: "ga-1",
        at: "2022-12-14T08:00",
        text: "Exchange the raw values of one week.",
        from: ("partnership", "gwangju-athens"),
        plan: Some("gwangju-athens"),
        owner: "International Climate and Environment Center",
        city: "gwangju",
        due: "2023-01-31",
    },
    Raised {
        key: "ep-1",
        at: "2022-12-12T09:00",
        text: "Translate the training material into isiZulu.",
        from: ("partnership", "ethekwini-porto"),
        plan: Some("ethekwini-porto"),
        owner: "Durban Solid Waste",
        city: "ethekwini",
        due: "2023-03-15",
    },
    Raised {
        key: "v10-1",
        at: "2022-10-14T09:00",
        text: "Find the attendance sheet, or have it signed again.",
        from: ("visit", "v10"),
        plan: None,
        owner: "Energy and Electricity Department",
        city: "tshwane",
        due: "2023-01-20",
    },
    Raised {
        key: "v14-1",
        at: "2022-09-26T13:00",
        text: "Book the language schools for the visit.",
        from: ("visit", "v14"),
        plan: None,
        owner: "City of Gatineau",
        city: "gatineau",
        due: "2022-11-14",
    },
    Raised {
        key: "za-1",
        at: "2022-09-19T15:00",
        text: "Write the working papers of the four pairs into one.",
        from: ("meeting", "consolidation-za"),
        plan: None,
        owner: "Sample Consortium",
        city: "porto",
        due: "2022-12-01",
    },
    Raised {
        key: "p2-1",
        at: "2023-02-07T11:00",
        text: "Ask the supplier for four sensors at once.",
        from: ("pilot", "p2"),
        plan: None,
        owner: "International Climate and Environment Center",
        city: "gwangju",
        due: "2023-02-17",
    },
];

fn this(key: &str) -> Value {
    json!({ "action": id("action", key) })
}

pub(super) fn tell(script: &mut Script) {
    from_the_history(script);
    for raised in &RAISED {
        let (kind, key) = raised.from;
        let mut body = json!({
            "id": id("action", raised.key), "programme": programme(), "text": raised.text, "from": address(kind, key),
            "owner": raised.owner, "city": city(raised.city), "due": raised.due, "language": "en",
        });
        if let Some(plan) = raised.plan {
            body["partnership"] = json!(pair(plan));
            body["plan"] = json!({ "partnership": pair(plan), "version": 1 });
        }
        script.add(raised.at, COORDINATOR, "RaiseAction", body);
    }
    of_the_plans(script);
    others(script);
}

fn from_the_history(script: &mut Script) {
    let raised = json!({
        "id": id("action", "001"), "programme": programme(), "text": "Draft agreement between the two universities.",
        "from": address("meeting", "incheon-almeria"), "owner": "Office of international relations", "city": city("incheon"), "due": "2022-09-30",
    });
    script.row(186, COORDINATOR, "RaiseAction", raised);
    let reassigned =
        json!({ "action": id("action", "001"), "owner": "Smart City Division", "reason": "The office has no lawyer." });
    script.add("2022-08-03T08:00", COORDINATOR, "ReassignAction", reassigned);
    let paper =
        script.paper("2022-09-20T09:00", "draft-universities", "agreement", "Draft agreement between two universities");
    script.add(
        "2022-09-20T09:30",
        "delegate-incheon",
        "CompleteAction",
        json!({ "action": id("action", "001"), "evidence": [paper] }),
    );
    script.add(
        "2022-09-21T09:00",
        COORDINATOR,
        "VerifyAction",
        json!({ "action": id("action", "001"), "note": "Read." }),
    );
}

fn of_the_plans(script: &mut Script) {
    let paper = script.paper("2023-01-20T09:00", "desk-opened", "evidence", "The desk is open: notice to all offices");
    let done = json!({ "action": id("action", "tf-1"), "note": "Open since Monday.", "evidence": [paper] });
    script.add("2023-01-20T09:30", "delegate-frankfurt", "CompleteAction", done);
    let paper = script.paper("2023-01-25T09:00", "crews-trained", "evidence", "Training record of two crews");
    let done = json!({ "action": id("action", "jp-1"), "evidence": [paper] });
    script.add("2023-01-25T09:30", "delegate-johannesburg", "CompleteAction", done);
    script.add("2023-02-01T09:30", COORDINATOR, "VerifyAction", this("jp-1"));
    let done = json!({ "action": id("action", "ga-1"), "note": "Sent by e-mail." });
    script.add("2023-01-30T08:00", "delegate-gwangju", "CompleteAction", done);
}

fn others(script: &mut Script) {
    let dropped = json!({ "action": id("action", "v14-1"), "reason": "The visit was cancelled." });
    script.add("2022-11-10T09:30", COORDINATOR, "DropAction", dropped);
    script.add("2022-11-30T09:00", COORDINATOR, "CompleteAction", this("za-1"));
    let reopened = json!({ "action": id("action", "za-1"), "reason": "The paper of Tshwane is not in it." });
    script.add("2022-12-09T10:00", COORDINATOR, "ReopenAction", reopened);
    let moved = json!({ "action": id("action", "za-1"), "due": "2023-02-28", "reason": "Tshwane writes in January." });
    script.add("2022-12-09T10:05", COORDINATOR, "ChangeDue", moved);
    script.add("2023-02-17T09:00", "delegate-gwangju", "CompleteAction", this("p2-1"));
}
