//! The programme itself: what it is, its themes, strands, indicators, periods and phases, and its end.

use serde_json::json;

use super::{Script, programme};

const COORDINATOR: &str = "coordinator";

/// The four themes of the call: row, code, label, targets, sector.
const CALL: [(u32, &str, &str, &[&str], &str); 4] = [
    (2, "circular-economy", "Circular economy", &["12.5", "11.6"], "41010"),
    (3, "air-quality", "Air quality", &["11.6", "3.9"], "41020"),
    (4, "energy-transition", "Energy transition", &["7.2", "7.3"], "23110"),
    (5, "migrants-and-refugees", "Integration of migrants and refugees", &["10.7"], "15190"),
];

/// The finer themes of the pairs: code, parent, label, targets.
const FINER: [(&str, &str, &str, &[&str]); 22] = [
    ("waste-management", "circular-economy", "Waste management", &["12.5"]),
    ("wastewater", "circular-economy", "Wastewater management", &["6.3"]),
    ("food-waste", "circular-economy", "Food waste minimisation", &["12.3"]),
    ("water-reclamation", "circular-economy", "Water reclamation", &["6.3", "6.4"]),
    ("urban-sustainability", "circular-economy", "Urban sustainability", &["11.6"]),
    ("start-ups", "circular-economy", "Start-ups", &["8.3"]),
    ("innovation", "circular-economy", "Biotechnology within start-ups and innovation", &["9.5"]),
    ("waste-to-energy", "energy-transition", "Waste to energy", &["7.2", "12.5"]),
    ("energy", "energy-transition", "Energy management", &["7.3"]),
    ("smart-city", "energy-transition", "Smart city", &["11.3"]),
    ("smart-buildings", "energy-transition", "Smart building solutions", &["7.3"]),
    ("energy-and-mobility", "energy-transition", "Energy and mobility", &["11.2"]),
    ("green-buildings", "energy-transition", "Green buildings", &["7.3", "9.4"]),
    ("green-remodelling", "energy-transition", "Green remodelling to reduce greenhouse gas emissions", &["9.4"]),
    ("grid-decarbonisation", "energy-transition", "Decarbonising the energy grid", &["7.2"]),
    ("transport", "energy-transition", "Transport", &["11.2"]),
    ("air-quality-monitoring", "air-quality", "Air quality monitoring infrastructure", &["11.6"]),
    ("sensor-network", "air-quality", "Sensor network", &["11.6"]),
    ("drone-monitoring", "air-quality", "Air quality monitoring with drones", &["11.6"]),
    ("disaster-risk-management", "air-quality", "Disaster risk management", &["11.5", "13.1"]),
    ("climate-adaptation", "air-quality", "Adaptation to climate change", &["13.1"]),
    ("refugee-assistance", "migrants-and-refugees", "Assistance to refugees", &["10.7"]),
];

/// One of the programme's own indicators: row, code, name, unit, target, and the figure that counts it from the log.
type Indicator = (u32, &'static str, &'static str, &'static str, &'static str, Option<&'static str>);

const INDICATORS: [Indicator; 8] = [
    (10, "KPI-CITY", "Cities taking part", "cities", "28", Some("cities-active")),
    (11, "KPI-PAIR", "Partnerships formed", "partnerships", "14", Some("partnerships-formed")),
    (12, "KPI-VISIT", "Study visits held", "visits", "28", Some("visits-held")),
    (13, "KPI-PART", "Participations in visits and online events", "participations", "900", None),
    (14, "KPI-PRACT", "Good practices published", "practices", "56", Some("practices-published")),
    (15, "KPI-PLAN", "Cooperation action plans adopted", "plans", "14", Some("RCO-83")),
    (16, "KPI-PILOT", "Pilot projects launched", "pilots", "10", Some("pilots-launched")),
    (17, "KPI-WEB", "Webinars held", "webinars", "8", None),
];

/// From the first day to the start.
pub(super) fn tell(script: &mut Script) {
    script.row(
        1,
        COORDINATOR,
        "CreateProgramme",
        json!({
            "id": programme(), "code": "icc-agir",
            "title": { "en": "International City Cooperation – Acting for Green and Inclusive Recovery" },
            "aliases": ["International City Partnerships", "ICP-AGIR"],
            "description": "City-to-city cooperation on sustainable, integrated urban development between cities in Europe and cities in Canada, South Africa and Asia. SAMPLE DATA: persons, figures and papers are invented.",
            "funder": "European Union", "on_behalf_of": "DG REGIO",
            "implementing_organisation": "Sample Consortium for City Cooperation",
            "contract_reference": "SAMPLE-2021-CE-16-0-AT-000",
            "starts_on": "2021-10-01", "ends_on": "2023-03-31",
        }),
    );
    themes(script);
    let strands = [
        (6, "Canada", "Four cities in Canada, paired with European cities on migration and integration."),
        (7, "South Africa", "Four metropolitan municipalities of South Africa."),
        (8, "Asia", "Six cities: Singapore, the Republic of Korea and Taiwan; Hong Kong was planned."),
        (9, "Europe", "Fourteen cities of the European Union."),
    ];
    for (row, name, description) in strands {
        let body = json!({ "programme": programme(), "name": name, "description": description });
        script.row(row, COORDINATOR, "DefineStrand", body);
    }
    for (row, code, name, unit, target, rule) in INDICATORS {
        let mut body = json!({
            "programme": programme(), "code": code, "name": name, "unit": unit, "kind": "kpi", "baseline": "0", "target": target,
        });
        if let Some(rule) = rule {
            body["rule"] = json!(rule);
        }
        script.row(row, COORDINATOR, "DefineIndicator", body);
    }
    let periods = [
        (18, 1, "2021-10-01", "2022-03-31", "2022-04-30"),
        (19, 2, "2022-04-01", "2022-09-30", "2022-10-31"),
        (20, 3, "2022-10-01", "2023-03-31", "2023-05-31"),
    ];
    for (row, number, from, to, due) in periods {
        let body = json!({ "programme": programme(), "number": number, "from": from, "to": to, "due": due, "final": number == 3 });
        script.row(row, COORDINATOR, "DefinePeriod", body);
    }
    let started = json!({ "programme": programme(), "date": "2021-10-01" });
    script.add("2021-10-15T08:10", COORDINATOR, "StartProgramme", started);
    phases(script);
}

fn themes(script: &mut Script) {
    for (row, code, label, targets, sector) in CALL {
        let body = json!({
            "programme": programme(), "code": code, "label": { "en": label }, "sdg_targets": targets, "iati_sector": sector,
        });
        script.row(row, COORDINATOR, "DefineTheme", body);
    }
    for (code, parent, label, targets) in FINER {
        let body = json!({
            "programme": programme(), "code": code, "label": { "en": label }, "parent": parent, "sdg_targets": targets,
        });
        script.add("2021-10-01T07:20", COORDINATOR, "DefineTheme", body);
    }
}

fn phases(script: &mut Script) {
    let call = json!({ "programme": programme(), "name": "Call for cities", "from": "2021-11-08", "to": "2021-11-30" });
    script.row(21, COORDINATOR, "DefinePhase", call);
    let visits = json!({ "programme": programme(), "name": "Study visits", "from": "2022-06-01", "to": "2022-11-30" });
    script.add("2022-04-19T09:00", COORDINATOR, "DefinePhase", visits);
    let pilots =
        json!({ "programme": programme(), "name": "Pilot projects", "from": "2022-11-15", "to": "2023-03-31" });
    script.add("2022-10-27T09:00", COORDINATOR, "DefinePhase", pilots);
    let revised = json!({
        "programme": programme(), "indicator": "KPI-VISIT", "target": "20",
        "reason": "Several pairs chose online meetings instead of a second journey.",
    });
    script.add("2022-11-17T13:00", COORDINATOR, "ReviseTarget", revised);
}

/// The end of the eighteen months, and of the programme.
pub(super) fn end(script: &mut Script) {
    script.row(236, COORDINATOR, "StartClosing", json!({ "programme": programme(), "date": "2023-03-31" }));
    let closed = json!({ "programme": programme(), "date": "2023-06-30" });
    script.add("2023-06-30T10:00", COORDINATOR, "CloseProgramme", closed);
}
