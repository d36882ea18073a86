//! The cooperation projects: one agreed and at work, one completed, one stopped, one still an idea.

use serde_json::{Value, json};

use super::{Script, city, id, pair, programme};

const COORDINATOR: &str = "coordinator";

fn bodies(of: &[(&str, &str)]) -> Vec<Value> {
    of.iter().map(|(key, name)| json!({ "city": city(key), "name": name })).collect()
}

fn this(key: &str) -> Value {
    json!({ "project": id("project", key) })
}

pub(super) fn tell(script: &mut Script) {
    waste(script);
    leaflet(script);
    solar_and_heat(script);
}

fn waste(script: &mut Script) {
    let proposed = json!({
        "id": id("project", "waste-za"), "programme": programme(), "partnership": pair("ethekwini-porto"),
        "title": "Vision for sustainable waste management in eThekwini",
        "objective": "A picture of waste management in eThekwini in 2035, written with those who run it in Porto.",
        "bodies": bodies(&[("ethekwini", "Durban Solid Waste"), ("porto", "LIPOR")]),
        "results": "A vision, a fee model, a training plan.", "funding_sought": "180000", "language": "en",
    });
    script.add("2022-10-03T09:30", "delegate-ethekwini", "ProposeProject", proposed);
    let paper = script.paper_of_row(
        199,
        "project-waste-za",
        "agreement",
        "Project agreement: vision for sustainable waste management",
    );
    script.row(
        199,
        COORDINATOR,
        "AgreeProject",
        json!({ "project": id("project", "waste-za"), "agreed_on": "2022-10-24", "document": paper }),
    );
    for (code, title, due) in [("d1", "State of waste in eThekwini", "2022-12-15"), ("d2", "Vision 2035", "2023-03-15")]
    {
        let body = json!({ "project": id("project", "waste-za"), "deliverable": code, "title": title, "due": due });
        script.add("2022-10-25T09:00", COORDINATOR, "AddDeliverable", body);
    }
    let paper = script.public_paper("2022-12-13T09:00", "state-of-waste", "deliverable", "State of waste in eThekwini");
    let delivered = json!({ "project": id("project", "waste-za"), "deliverable": "d1", "document": paper });
    script.add("2022-12-13T10:00", "delegate-ethekwini", "DeliverDeliverable", delivered);
    let funding = json!({ "project": id("project", "waste-za"), "outcome": "pending", "source": "A development bank", "amount": "180000" });
    script.add("2023-01-23T09:00", COORDINATOR, "RecordFunding", funding);
}

fn leaflet(script: &mut Script) {
    let proposed = json!({
        "id": id("project", "leaflet"), "programme": programme(), "partnership": pair("arrival-cities"), "title": "One leaflet for the first day",
        "objective": "A leaflet in four languages that every city can print.",
        "bodies": bodies(&[("toronto", "Newcomer Office"), ("utrecht", "Welcome and Integration Department")]),
    });
    script.add("2022-05-16T13:00", COORDINATOR, "ProposeProject", proposed);
    script.add("2022-05-20T13:00", COORDINATOR, "AgreeProject", this("leaflet"));
    let added =
        json!({ "project": id("project", "leaflet"), "deliverable": "d1", "title": "Leaflet", "due": "2022-08-31" });
    script.add("2022-05-20T13:30", COORDINATOR, "AddDeliverable", added);
    let paper =
        script.public_paper("2022-08-24T13:00", "leaflet", "deliverable", "The first day: a leaflet in four languages");
    let delivered = json!({ "project": id("project", "leaflet"), "deliverable": "d1", "document": paper });
    script.add("2022-08-24T13:30", COORDINATOR, "DeliverDeliverable", delivered);
    let granted = json!({ "project": id("project", "leaflet"), "outcome": "granted", "source": "City of Toronto", "amount": "4000" });
    script.add("2022-06-15T13:00", COORDINATOR, "RecordFunding", granted);
    let completed = json!({ "project": id("project", "leaflet"), "results": "The leaflet is printed in three cities and free for all.", "evidence": [paper] });
    script.add("2022-09-28T13:00", COORDINATOR, "CompleteProject", completed);
}

fn solar_and_heat(script: &mut Script) {
    let proposed = json!({
        "id": id("project", "island-sun"), "programme": programme(), "partnership": pair("jeju-almeria"), "title": "Sun over greenhouses",
        "objective": "Panels above greenhouses that let enough light through.", "language": "en",
    });
    script.add("2022-06-27T13:00", COORDINATOR, "ProposeProject", proposed);
    let stopped =
        json!({ "project": id("project", "island-sun"), "reason": "The research funds went to another island." });
    script.add("2022-11-29T13:00", COORDINATOR, "StopProject", stopped);
    let proposed = json!({
        "id": id("project", "remodelled-school"), "programme": programme(), "partnership": pair("gwangju-athens"), "title": "A school remodelled twice",
        "objective": "The same remodelling in one school of each city, measured for a year.", "bodies": bodies(&[("athens", "Directorate of Environment")]), "funding_sought": "750000",
    });
    script.add("2023-01-31T09:00", "delegate-athens", "ProposeProject", proposed);
}
