//! The sample persons. Every name is invented; addresses end in `.example`.

use serde_json::{Value, json};

use super::cities::introduce;
use super::{Script, address, city, id, person, programme};

/// The system, which acts before the first administrator can.
pub const SET_UP: &str = "set-up";

/// Somebody of the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SamplePerson {
    /// The key by which the story knows them.
    pub key: &'static str,
    /// Their invented name.
    pub name: &'static str,
    /// What they take part as; also their role.
    pub kind: &'static str,
    /// The city they work for.
    pub city: Option<&'static str>,
    /// Where they work.
    pub organisation: &'static str,
    /// The languages they speak.
    pub languages: &'static [&'static str],
}

const fn office(
    key: &'static str,
    kind: &'static str,
    name: &'static str,
    organisation: &'static str,
    languages: &'static [&'static str],
) -> SamplePerson {
    SamplePerson { key, name, kind, city: None, organisation, languages }
}

const fn of(
    city: &'static str,
    key: &'static str,
    name: &'static str,
    organisation: &'static str,
    languages: &'static [&'static str],
) -> SamplePerson {
    SamplePerson { key, name, kind: "delegate", city: Some(city), organisation, languages }
}

/// Everybody of the story.
pub const PEOPLE: &[SamplePerson] = &[
    office("administrator", "administrator", "Nora Lindqvale", "Sample Consortium", &["sv", "en"]),
    office("coordinator", "coordinator", "Ilse Aertsberg", "Sample Consortium", &["nl", "en", "fr"]),
    office("coordinator-2", "coordinator", "Davide Fornarelli", "Sample Consortium", &["it", "en"]),
    office("officer", "officer", "Margit Halonvirta", "DG REGIO", &["fi", "en"]),
    office("officer-2", "officer", "Luc Desmarchais-Bonnel", "DG REGIO", &["fr", "en"]),
    office("auditor", "auditor", "Stefan Kolarovski", "Sample Audit Office", &["bg", "en"]),
    office("expert-1", "expert", "Elise Vandermoelen", "Sample Experts", &["nl", "en", "pt"]),
    office("expert-2", "expert", "Tomasz Wierzbinski", "Sample Experts", &["pl", "en", "de"]),
    office("expert-3", "expert", "Carmen Ibarrolanda", "Sample Experts", &["es", "en", "fr"]),
    office("expert-4", "expert", "Henrik Solbergaard", "Sample Experts", &["da", "en"]),
    of("porto", "delegate-porto", "Marta Salgueirinha", "Municipality of Porto", &["pt", "en"]),
    of("hamburg", "delegate-hamburg", "Jonas Brockelmeier", "City of Hamburg", &["de", "en"]),
    of("berlin", "delegate-berlin", "Friederike Astholz", "City of Berlin", &["de", "en"]),
    of("athens", "delegate-athens", "Eleni Papastavridou", "Municipality of Athens", &["el", "en"]),
    of("milan", "delegate-milan", "Giulia Bernardeschi", "Municipality of Milan", &["it", "en"]),
    of("frankfurt", "delegate-frankfurt", "Miriam Odenthal-Roth", "City of Frankfurt am Main", &["de", "en"]),
    of("utrecht", "delegate-utrecht", "Sanne Veldhoek", "Municipality of Utrecht", &["nl", "en"]),
    of("fuenlabrada", "delegate-fuenlabrada", "Lucía Carrasqueda", "Municipality of Fuenlabrada", &["es", "en"]),
    of("ethekwini", "delegate-ethekwini", "Thandi Mkhabelane", "eThekwini Municipality", &["en", "zu"]),
    of("capetown", "delegate-capetown", "Pieter Januarie-Fourie", "City of Cape Town", &["en", "af", "xh"]),
    of("incheon", "delegate-incheon", "Seo Ha-rim", "Incheon Metropolitan City", &["ko", "en"]),
    of("gwangju", "delegate-gwangju", "Moon Ji-sol", "Gwangju Metropolitan City", &["ko", "en"]),
    of("singapore", "delegate-singapore", "Tan Wei Shuen", "Sample Agency of Singapore", &["en", "zh"]),
    of("toronto", "delegate-toronto", "Amara Okonjo-Reid", "City of Toronto", &["en", "fr"]),
    of("stjohns", "delegate-stjohns", "Colleen Fitzmaurice-Power", "City of St. John's", &["en"]),
    of("halifax", "delegate-halifax", "Duncan MacAskillen", "Halifax Regional Municipality", &["en", "fr"]),
    of("prato", "delegate-prato", "Lapo Castellinuzzi", "Municipality of Prato", &["it", "en"]),
    of("braga", "delegate-braga", "Rui Fontainhas-Gil", "Municipality of Braga", &["pt", "en"]),
    of("almeria", "delegate-almeria", "Rocío Alcaudete", "Municipality of Almería", &["es", "en"]),
    of("parma", "delegate-parma", "Ottavia Ghirardelli", "Municipality of Parma", &["it", "en"]),
    of("starazagora", "delegate-starazagora", "Desislava Ganchovska", "Municipality of Stara Zagora", &["bg", "en"]),
    of("stgermain", "delegate-stgermain", "Benoît Larchevin", "City of Saint-Germain-en-Laye", &["fr", "en"]),
    of("johannesburg", "delegate-johannesburg", "Lerato Mothibedi", "City of Johannesburg", &["en", "zu"]),
    of("tshwane", "delegate-tshwane", "Kagiso Ramaphoko", "City of Tshwane", &["en", "af"]),
    of("jeju", "delegate-jeju", "Ko Dan-bi", "Jeju City", &["ko", "en"]),
    of("taichung", "delegate-taichung", "Liao Pei-ching", "Taichung City Government", &["zh-Hant", "en"]),
    of("taoyuan", "delegate-taoyuan", "Chiu Wen-hao", "Taoyuan City Government", &["zh-Hant", "en"]),
    of("gatineau", "delegate-gatineau", "Mireille Charlesbois", "City of Gatineau", &["fr", "en"]),
    of("ethekwini", "delegate-ethekwini-2", "Sipho Dlaminyathi", "Durban Solid Waste", &["en", "zu"]),
    of("ethekwini", "delegate-ethekwini-3", "Anisha Govenderan", "eThekwini Municipality", &["en"]),
    of("utrecht", "person-7f3a", "Bram Oosterwolde", "Municipality of Utrecht", &["nl", "en"]),
    of("halifax", "delegate-halifax-2", "Fiona Kilbraith", "Halifax Regional Municipality", &["en"]),
    of("gatineau", "delegate-gatineau-2", "Yannick Trépanois", "City of Gatineau", &["fr"]),
];

/// The first persons: nobody can act before an administrator is there.
pub(super) fn staff_of(key: &str) -> Option<&'static SamplePerson> {
    PEOPLE.iter().find(|person| person.key == key)
}

fn invitation(who: &SamplePerson, in_programme: bool) -> Value {
    let mail = who.key;
    let mut body = json!({
        "id": id("person", who.key), "name": who.name, "email": format!("{mail}@cities.example"),
        "organisation": who.organisation, "languages": who.languages, "kind": who.kind,
    });
    if in_programme {
        body["programme"] = json!(programme());
    }
    if let Some(home) = who.city {
        body["city"] = json!(city(home));
    }
    body
}

fn enter(script: &mut Script, at: &str, by: &'static str, key: &'static str, scope: Option<String>) {
    let Some(who) = staff_of(key) else { return };
    script.add(at, by, "InvitePerson", invitation(who, scope.is_some()));
    let mut grant = json!({ "person": person(key), "role": who.kind });
    if let Some(scope) = scope {
        grant["scope"] = json!(scope);
        grant["until"] = json!("2024-12-31");
    }
    script.add(at, by, "GrantRole", grant);
    script.add(at, key, "AcceptInvitation", json!({ "person": person(key) }));
}

/// Those who run, fund and audit programmes, before there is one.
pub(super) fn staff(script: &mut Script) {
    enter(script, "2021-10-01T06:00", SET_UP, "administrator", None);
    for key in ["coordinator", "coordinator-2", "officer", "officer-2", "auditor"] {
        enter(script, "2021-10-01T06:15", "administrator", key, None);
    }
}

/// Experts and the cities' people, and what became of some of them.
pub(super) fn tell(script: &mut Script) {
    for key in ["expert-1", "expert-2", "expert-3", "expert-4"] {
        enter(script, "2021-11-15T09:00", "coordinator", key, Some(address("programme", "icc-agir")));
    }
    for who in PEOPLE {
        let Some(home) = who.city else { continue };
        let at = if who.key.ends_with(home) { "2021-12-10T09:00" } else { "2022-03-14T09:00" };
        enter(script, at, "coordinator", who.key, Some(address("city", home)));
    }
    introduce(script);
    let phone = json!({ "person": person("delegate-porto"), "phone": "+351 220 000 000" });
    script.add("2022-01-20T09:00", "delegate-porto", "UpdatePerson", phone);
    let gone = json!({ "person": person("expert-4"), "reason": "The contract ended with the year." });
    script.add("2022-12-30T09:00", "coordinator", "DeactivatePerson", gone);
    let revoked = json!({ "person": person("expert-4"), "role": "expert", "scope": address("programme", "icc-agir"), "reason": "The contract ended with the year." });
    script.add("2022-12-30T09:05", "coordinator", "RevokeRole", revoked);
    erasures(script);
}

fn erasures(script: &mut Script) {
    let asked = json!({ "person": person("delegate-halifax-2"), "reason": "I left the municipality in the autumn." });
    script.add("2022-11-28T15:00", "delegate-halifax-2", "RequestErasure", asked);
    let erased =
        json!({ "person": person("delegate-halifax-2"), "basis": "GDPR art. 17(1)(b)", "request": "SAMPLE-ERASURE-1" });
    script.add("2022-12-05T15:00", "administrator", "ErasePerson", erased);
    let asked =
        json!({ "person": person("delegate-gatineau-2"), "reason": "Demande de la personne, transmise par écrit." });
    script.add("2022-12-12T15:00", "coordinator", "RequestErasure", asked);
    let deferred = json!({
        "person": person("delegate-gatineau-2"), "until": "2023-06-30", "basis": "GDPR art. 17(3)(b)",
        "reason": "The travel costs of the cancelled visit are still being audited.",
    });
    script.add("2022-12-15T15:00", "administrator", "DeferErasure", deferred);
    let asked = json!({ "person": person("person-7f3a"), "reason": "I no longer work in this field." });
    script.add("2024-01-08T09:00", "person-7f3a", "RequestErasure", asked);
    let erased =
        json!({ "person": person("person-7f3a"), "basis": "GDPR art. 17(1)(b)", "request": "SAMPLE-ERASURE-2" });
    script.row(239, "administrator", "ErasePerson", erased);
}
