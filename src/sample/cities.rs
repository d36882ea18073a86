//! The cities: who applied, who was selected, who was put on reserve, rejected or left; their bodies, needs and offers.

use serde_json::json;

use super::history::{Place, places};
use super::{Script, city, id, person, programme};

const COORDINATOR: &str = "coordinator";

/// The 28 cities of the programme: key in the story, name in the table, the key of the delegate.
pub(super) const MEMBERS: [(&str, &str, &str); 28] = [
    ("porto", "Porto", "delegate-porto"),
    ("hamburg", "Hamburg", "delegate-hamburg"),
    ("berlin", "Berlin", "delegate-berlin"),
    ("athens", "Athens", "delegate-athens"),
    ("milan", "Milan", "delegate-milan"),
    ("frankfurt", "Frankfurt am Main", "delegate-frankfurt"),
    ("utrecht", "Utrecht", "delegate-utrecht"),
    ("fuenlabrada", "Fuenlabrada", "delegate-fuenlabrada"),
    ("ethekwini", "eThekwini (Durban)", "delegate-ethekwini"),
    ("capetown", "Cape Town", "delegate-capetown"),
    ("incheon", "Incheon", "delegate-incheon"),
    ("gwangju", "Gwangju", "delegate-gwangju"),
    ("singapore", "Singapore", "delegate-singapore"),
    ("toronto", "Toronto", "delegate-toronto"),
    ("stjohns", "St. John's", "delegate-stjohns"),
    ("halifax", "Halifax", "delegate-halifax"),
    ("prato", "Prato", "delegate-prato"),
    ("braga", "Braga", "delegate-braga"),
    ("almeria", "Almería", "delegate-almeria"),
    ("parma", "Parma", "delegate-parma"),
    ("starazagora", "Stara Zagora", "delegate-starazagora"),
    ("stgermain", "Saint-Germain-en-Laye", "delegate-stgermain"),
    ("johannesburg", "Johannesburg", "delegate-johannesburg"),
    ("tshwane", "Tshwane (Pretoria)", "delegate-tshwane"),
    ("jeju", "Jeju", "delegate-jeju"),
    ("taichung", "Taichung", "delegate-taichung"),
    ("taoyuan", "Taoyuan", "delegate-taoyuan"),
    ("gatineau", "Gatineau", "delegate-gatineau"),
];

/// Others that applied.
const APPLICANTS: [(&str, &str); 4] =
    [("hongkong", "Hong Kong"), ("winnipeg", "Winnipeg"), ("sherbrooke", "Sherbrooke"), ("victoria", "Victoria")];

/// Bodies that take part: city, name, type.
const BODIES: [(&str, &str, &str); 26] = [
    ("ethekwini", "Durban Solid Waste", "department"),
    ("porto", "LIPOR", "utility"),
    ("porto", "Municipal Department of Environment", "department"),
    ("capetown", "Solid Waste Management Department", "department"),
    ("hamburg", "Hamburg City Cleansing", "utility"),
    ("johannesburg", "Pikitup", "utility"),
    ("johannesburg", "University of Johannesburg", "university"),
    ("parma", "Department of Environment", "department"),
    ("tshwane", "Energy and Electricity Department", "department"),
    ("starazagora", "Energy Management Office", "department"),
    ("incheon", "Smart City Division", "department"),
    ("berlin", "Agency for Smart City and Innovation", "agency"),
    ("gwangju", "International Climate and Environment Center", "agency"),
    ("athens", "Directorate of Environment", "department"),
    ("athens", "Region of Attica", "region"),
    ("singapore", "Centre for Liveable Cities", "agency"),
    ("milan", "Food Policy Office", "department"),
    ("taichung", "Environmental Protection Bureau", "department"),
    ("prato", "Textile Circularity Network", "ngo"),
    ("taoyuan", "Department of Transportation", "department"),
    ("braga", "Braga Start-up House", "business"),
    ("toronto", "Newcomer Office", "department"),
    ("frankfurt", "Office for Diversity", "department"),
    ("utrecht", "Welcome and Integration Department", "department"),
    ("fuenlabrada", "Department of Social Welfare", "department"),
    ("halifax", "Immigration Partnership Office", "agency"),
];

/// What cities want to learn: city, theme, text.
const NEEDS: [(&str, &str, &str); 8] = [
    ("ethekwini", "waste-management", "Separate collection in townships, and a fee that people accept."),
    ("capetown", "wastewater", "Energy from wastewater works during power cuts."),
    ("gwangju", "green-remodelling", "Remodelling public buildings while they stay open."),
    ("frankfurt", "migrants-and-refugees", "One place where newcomers get all first advice."),
    ("prato", "food-waste", "A short way from unsold food to those who need it."),
    ("taichung", "sensor-network", "Cheap sensors whose values can be trusted."),
    ("tshwane", "energy", "Energy management of municipal buildings."),
    ("gatineau", "refugee-assistance", "Language courses close to work."),
];

/// What others can learn from cities.
const OFFERS: [(&str, &str, &str); 8] = [
    ("porto", "waste-to-energy", "A plant at the end of a cascade: reuse, compost, then energy."),
    ("hamburg", "wastewater", "A works that produces more energy than it uses."),
    ("athens", "sensor-network", "Low-cost sensors calibrated against reference stations."),
    ("gwangju", "drone-monitoring", "Profiles of fine dust measured by drone."),
    ("milan", "food-waste", "Neighbourhood hubs for surplus food."),
    ("toronto", "migrants-and-refugees", "A welcome desk for all newcomers."),
    ("stjohns", "refugee-assistance", "Volunteers paired with families."),
    ("halifax", "migrants-and-refugees", "Language training at the workplace."),
];

/// From the call to the selection, and what the cities say of themselves.
pub(super) fn tell(script: &mut Script) {
    let places = places();
    let applicants = APPLICANTS.iter().map(|(key, name)| (*key, *name));
    for (at, (key, name)) in MEMBERS.iter().map(|(key, name, _)| (*key, *name)).chain(applicants).enumerate() {
        if let Some(place) = places.iter().find(|place| place.name == name) {
            let day = 9 + at / 2;
            register(script, &format!("2021-11-{day:02}T{:02}:00", 9 + at % 2), key, place);
        }
    }
    let members = MEMBERS.iter().map(|(key, _, _)| *key);
    for key in members.chain(["hongkong"]) {
        script.add("2021-12-09T09:00", COORDINATOR, "SelectCity", json!({ "city": city(key) }));
    }
    let reserve =
        json!({ "city": city("winnipeg"), "reason": "Strong application; the Canada strand has four places." });
    script.add("2021-12-09T10:00", COORDINATOR, "PutOnReserve", reserve);
    let rejected = json!({ "city": city("sherbrooke"), "reason": "The application names no theme of the call." });
    script.add("2021-12-09T10:05", COORDINATOR, "RejectCity", rejected);
    let withdrawn =
        json!({ "city": city("hongkong"), "reason": "Travel restrictions make visits in 2022 impossible." });
    script.add("2021-12-14T09:00", COORDINATOR, "WithdrawCity", withdrawn);
    let corrected = json!({ "city": city("stgermain"), "population": 44806 });
    script.add("2022-01-12T09:00", COORDINATOR, "UpdateCity", corrected);
}

fn register(script: &mut Script, at: &str, key: &str, place: &Place) {
    let languages: Vec<&str> = place.languages.split(';').collect();
    let body = json!({
        "id": id("city", key), "programme": programme(), "name": place.name, "native_name": place.native_name,
        "country": place.country_iso2, "strand": place.region, "latitude": place.latitude, "longitude": place.longitude,
        "population": place.population, "timezone": place.timezone, "languages": languages,
    });
    script.add(at, COORDINATOR, "RegisterCity", body);
}

/// What cities say once their delegates can act.
pub(super) fn introduce(script: &mut Script) {
    for (key, _, delegate) in MEMBERS {
        let body = json!({ "city": city(key), "person": person(delegate) });
        script.add("2022-01-10T09:00", COORDINATOR, "AppointCoordinator", body);
    }
    for (key, name, kind) in BODIES {
        let body = json!({ "city": city(key), "name": name, "type": kind });
        script.add("2022-01-17T09:00", delegate_of(key), "AddBody", body);
    }
    for (key, theme, text) in NEEDS {
        script.add(
            "2022-01-18T09:00",
            delegate_of(key),
            "StateNeed",
            json!({ "city": city(key), "theme": theme, "text": text }),
        );
    }
    for (key, theme, text) in OFFERS {
        script.add(
            "2022-01-18T09:30",
            delegate_of(key),
            "StateOffer",
            json!({ "city": city(key), "theme": theme, "text": text }),
        );
    }
}

/// The sample person who acts for a city; the coordinator where there is none.
pub(super) fn delegate_of(key: &str) -> &'static str {
    MEMBERS.iter().find(|(member, _, _)| *member == key).map_or(COORDINATOR, |(_, _, delegate)| delegate)
}
