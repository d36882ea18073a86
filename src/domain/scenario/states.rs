//! Programmes, cities, partnerships and people as far as a story needs them, so that a room's scenarios need not know
//! every field of another room's state.

use koinon_events::city::CityEvent;
use koinon_events::partnership::PartnershipEvent;
use koinon_events::person::PersonEvent;
use koinon_events::programme::ProgrammeEvent;
use koinon_events::{CityId, PartnershipId, PersonId, ProgrammeId};
use serde_json::json;

use crate::domain::city::{self, City, CityStatus};
use crate::domain::partnership::{self, Partnership, PartnershipStatus};
use crate::domain::person::{self, Person, PersonStatus};
use crate::domain::programme::{self, Programme, ProgrammeStatus};

/// A value from its JSON.
fn from<T: serde::de::DeserializeOwned>(value: serde_json::Value) -> T {
    serde_json::from_value(value).unwrap()
}

/// The programme `test-1` of October 2021 to March 2023, with two themes.
pub fn programme_as(id: ProgrammeId, status: ProgrammeStatus) -> Programme {
    let created = json!({ "code": "test-1", "title": { "en": "Test" }, "funder": "European Union",
        "on_behalf_of": "DG REGIO", "starts_on": "2021-10-01", "ends_on": "2023-03-31" });
    let theme = json!({ "code": "waste-to-energy", "label": { "en": "Waste to energy" } });
    let draft = programme::evolve(None, id.subject(), &ProgrammeEvent::ProgrammeCreated(from(created)));
    let themed = programme::evolve(draft, id.subject(), &ProgrammeEvent::ThemeDefined(from(theme)));
    let air = json!({ "code": "air-quality", "label": { "en": "Air quality" } });
    let themed = programme::evolve(themed, id.subject(), &ProgrammeEvent::ThemeDefined(from(air)));
    Programme { status, ..themed.unwrap() }
}

/// A city of that programme and country.
pub fn city_as(id: CityId, programme: ProgrammeId, country: &str, timezone: &str, status: CityStatus) -> City {
    let registered = json!({ "programme": programme, "name": "A city", "native_name": "A city", "country": country,
        "strand": "Europe", "latitude": "41.1485", "longitude": "-8.6110", "population": 231_800,
        "timezone": timezone, "languages": ["pt"] });
    let city = city::evolve(None, id.subject(), &CityEvent::CityRegistered(from(registered)));
    City { status, ..city.unwrap() }
}

/// A partnership of those cities; they accepted, unless it is only proposed.
pub fn partnership_as(
    id: PartnershipId,
    programme: ProgrammeId,
    cities: &[CityId],
    status: PartnershipStatus,
) -> Partnership {
    let proposed = json!({ "programme": programme, "cities": cities, "rationale": "Both run such plants" });
    let proposed = PartnershipEvent::PartnershipProposed(from(proposed));
    let accepted = cities.iter().copied().filter(|_| status != PartnershipStatus::Proposed).collect();
    Partnership { status, accepted, ..partnership::evolve(None, id.subject(), &proposed).unwrap() }
}

/// A delegate of that programme.
pub fn person_as(id: PersonId, programme: Option<ProgrammeId>, status: PersonStatus) -> Person {
    let sealed = json!({ "sealed": "eYZjfKTfL9TQ9T9imNMJXJJmR9YEvs2kPoXj9nooFYU" });
    let invited = json!({ "name": sealed, "email": sealed, "organisation": "eThekwini Municipality",
        "languages": ["en"], "kind": "delegate" });
    let person = person::evolve(None, id.subject(), &PersonEvent::PersonInvited(from(invited)));
    Person { status, programme, ..person.unwrap() }
}
