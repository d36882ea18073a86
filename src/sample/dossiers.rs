//! What partnerships put on paper: advice and answers, agreements, action plans, commitments to go on.

use serde_json::{Value, json};

use super::{Script, city, pair, person};

const COORDINATOR: &str = "coordinator";

fn bodies(of: &[(&str, &str)]) -> Vec<Value> {
    of.iter().map(|(key, name)| json!({ "city": city(key), "name": name })).collect()
}

pub(super) fn tell(script: &mut Script) {
    advice(script);
    agreements(script);
    plans(script);
    continuations(script);
}

fn advice(script: &mut Script) {
    let advisors = [("ethekwini-porto", "expert-1"), ("gwangju-athens", "expert-2"), ("toronto-frankfurt", "expert-3")];
    for (key, expert) in advisors {
        let body = json!({ "partnership": pair(key), "expert": person(expert) });
        script.add("2022-04-13T09:00", COORDINATOR, "AssignAdvisor", body);
    }
    let given = [
        (
            "2022-09-22T09:00",
            "ethekwini-porto",
            "expert-1",
            "one-ward",
            "Where to begin",
            "Begin in one ward and measure there for three months before anything is bought for the whole city.",
        ),
        (
            "2022-09-23T09:00",
            "ethekwini-porto",
            "expert-1",
            "fee-model",
            "Who pays",
            "Show the gate fee on the water bill as a line of its own.",
        ),
        (
            "2022-09-26T09:00",
            "gwangju-athens",
            "expert-2",
            "calibrate",
            "Sensors",
            "Calibrate beside a reference station for four weeks before any sensor is moved.",
        ),
        (
            "2022-09-27T09:00",
            "gwangju-athens",
            "expert-2",
            "raw-data",
            "Open data",
            "Publish the raw values every hour, not only the corrected ones.",
        ),
        (
            "2023-01-24T09:00",
            "toronto-frankfurt",
            "expert-3",
            "one-desk",
            "Languages at the desk",
            "Let one desk serve all languages by telephone interpreters instead of one desk a language.",
        ),
    ];
    for (at, key, expert, code, subject, text) in given {
        let body = json!({ "partnership": pair(key), "advice": code, "subject": subject, "text": text, "expert": person(expert) });
        script.add(at, COORDINATOR, "RecordAdvice", body);
    }
    let answers = [
        ("2022-09-29T09:00", "delegate-ethekwini", "ethekwini-porto", "one-ward", true, None),
        ("2022-10-06T10:00", "delegate-porto", "ethekwini-porto", "fee-model", true, None),
        ("2022-10-11T07:00", "delegate-gwangju", "gwangju-athens", "calibrate", true, None),
        (
            "2022-10-12T09:00",
            "delegate-athens",
            "gwangju-athens",
            "raw-data",
            false,
            Some("Raw values would be read as warnings; the law asks for checked ones."),
        ),
    ];
    for (at, who, key, code, taken, reason) in answers {
        let mut body = json!({ "partnership": pair(key), "advice": code, "taken": taken });
        if let Some(reason) = reason {
            body["reason"] = json!(reason);
        }
        script.add(at, who, "AnswerAdvice", body);
    }
}

/// A signed agreement: the day, the partnership, its kind, its parties.
type Signed = (&'static str, &'static str, &'static str, &'static [(&'static str, &'static str)]);

fn agreements(script: &mut Script) {
    let signed: [Signed; 5] = [
        (
            "2022-05-02",
            "arrival-cities",
            "Letter of intent",
            &[
                ("toronto", "Newcomer Office"),
                ("utrecht", "Welcome and Integration Department"),
                ("fuenlabrada", "Department of Social Welfare"),
            ],
        ),
        (
            "2022-06-17",
            "ethekwini-porto",
            "Memorandum of understanding",
            &[
                ("ethekwini", "Durban Solid Waste"),
                ("porto", "LIPOR"),
                ("porto", "Municipal Department of Environment"),
            ],
        ),
        (
            "2022-07-01",
            "toronto-frankfurt",
            "Memorandum of understanding",
            &[("toronto", "Newcomer Office"), ("frankfurt", "Office for Diversity")],
        ),
        (
            "2022-10-14",
            "gwangju-athens",
            "Memorandum of understanding",
            &[
                ("gwangju", "International Climate and Environment Center"),
                ("athens", "Directorate of Environment"),
                ("athens", "Region of Attica"),
            ],
        ),
        (
            "2022-10-21",
            "johannesburg-parma",
            "Letter of intent",
            &[("johannesburg", "Pikitup"), ("parma", "Department of Environment")],
        ),
    ];
    for (day, key, kind, parties) in signed {
        let at = format!("{day}T15:00");
        let document = script.paper(&at, &format!("agreement-{key}"), "agreement", &format!("{kind}, {day}"));
        let body = json!({ "partnership": pair(key), "kind": kind, "parties": bodies(parties), "document": document, "signed_on": day });
        script.add(&at, COORDINATOR, "SignAgreement", body);
    }
    let without_paper = json!({
        "partnership": pair("singapore-milan"), "kind": "Memorandum of understanding", "signed_on": "2022-06-24",
        "parties": bodies(&[("singapore", "Centre for Liveable Cities"), ("milan", "Food Policy Office")]),
    });
    script.add("2022-06-28T09:00", COORDINATOR, "SignAgreement", without_paper);
    let draft = script.paper("2022-12-07T09:00", "agreement-taoyuan-braga", "agreement", "Letter of intent, draft");
    let unsigned = json!({
        "partnership": pair("taoyuan-braga"), "kind": "Letter of intent", "document": draft,
        "parties": bodies(&[("taoyuan", "Department of Transportation"), ("braga", "Braga Start-up House")]),
    });
    script.add("2022-12-07T09:30", COORDINATOR, "SignAgreement", unsigned);
}

fn plans(script: &mut Script) {
    let adopted = [
        (209, "toronto-frankfurt", "Action Plan on diversity and immigration"),
        (211, "johannesburg-parma", "Joint action plan on waste"),
        (214, "ethekwini-porto", "Action plan on sustainable waste management"),
        (217, "gwangju-athens", "Action plan on air quality and climate"),
    ];
    for (row, key, title) in adopted {
        let document =
            script.paper_of_row(row, &format!("plan-{key}-1"), "action-plan", &format!("{title}, version 1"));
        script.row(
            row,
            COORDINATOR,
            "AdoptActionPlan",
            json!({ "partnership": pair(key), "version": 1, "document": document }),
        );
    }
    let without_paper = json!({ "partnership": pair("arrival-cities"), "version": 1 });
    script.add("2022-06-10T13:00", COORDINATOR, "AdoptActionPlan", without_paper);
    let second = script.paper(
        "2023-02-01T10:00",
        "plan-toronto-frankfurt-2",
        "action-plan",
        "Action Plan on diversity and immigration, version 2",
    );
    let body = json!({ "partnership": pair("toronto-frankfurt"), "version": 2, "document": second });
    script.add("2023-02-01T10:30", COORDINATOR, "AdoptActionPlan", body);
}

fn continuations(script: &mut Script) {
    let paper = script.paper(
        "2022-10-05T13:00",
        "continuation-arrival-cities",
        "agreement",
        "Toronto and Utrecht go on exchanging leaflets",
    );
    let body = json!({
        "partnership": pair("arrival-cities"), "document": paper, "until": "2024-12-31",
        "bodies": bodies(&[("toronto", "Newcomer Office"), ("utrecht", "Welcome and Integration Department")]),
    });
    script.add("2022-10-05T13:30", COORDINATOR, "CommitContinuation", body);
    let without_paper = json!({
        "partnership": pair("gwangju-athens"), "until": "2025-12-31",
        "bodies": bodies(&[("gwangju", "International Climate and Environment Center")]),
    });
    script.add("2023-02-02T08:00", COORDINATOR, "CommitContinuation", without_paper);
    let paper =
        script.paper_of_row(235, "continuation-toronto-frankfurt", "agreement", "The cooperation is meant to last");
    let body = json!({
        "partnership": pair("toronto-frankfurt"), "document": paper,
        "bodies": bodies(&[("toronto", "Newcomer Office"), ("frankfurt", "Office for Diversity")]),
    });
    script.row(235, COORDINATOR, "CommitContinuation", body);
}
