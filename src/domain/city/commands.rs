//! What can be asked of a city.

use koinon_events::city::BodyType;
use koinon_events::value::{Code, Country, Language, Latitude, Line, Longitude, Prose, Zone};
use koinon_events::{CityId, PersonId, ProgrammeId, Subject};
use schemars::JsonSchema;
use serde::Deserialize;

/// Enters a city that asks to take part.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterCity {
    /// The new city's id.
    pub id: CityId,
    /// The programme it wants to take part in.
    pub programme: ProgrammeId,
    /// Its name in Latin letters.
    pub name: Line,
    /// Its name in its own language and script.
    pub native_name: Line,
    /// Its country.
    pub country: Country,
    /// The strand it takes part in.
    pub strand: Line,
    /// Degrees north.
    pub latitude: Latitude,
    /// Degrees east.
    pub longitude: Longitude,
    /// How many people live in it.
    pub population: u32,
    /// Its time zone.
    pub timezone: Zone,
    /// The languages it works in.
    pub languages: Vec<Language>,
}

/// Lets the city take part.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SelectCity {
    /// Which city.
    pub city: CityId,
}

/// Lets the city take part when another leaves.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutOnReserve {
    /// Which city.
    pub city: CityId,
    /// Why.
    pub reason: Option<Prose>,
}

/// Does not let the city take part.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RejectCity {
    /// Which city.
    pub city: CityId,
    /// Why.
    pub reason: Prose,
}

/// Changes what is known of the city; fields left out stay as they are.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateCity {
    /// Which city.
    pub city: CityId,
    /// Its name in Latin letters.
    pub name: Option<Line>,
    /// Its name in its own language and script.
    pub native_name: Option<Line>,
    /// The strand it takes part in.
    pub strand: Option<Line>,
    /// Degrees north.
    pub latitude: Option<Latitude>,
    /// Degrees east.
    pub longitude: Option<Longitude>,
    /// How many people live in it.
    pub population: Option<u32>,
    /// Its time zone.
    pub timezone: Option<Zone>,
    /// The languages it works in.
    pub languages: Option<Vec<Language>>,
}

/// Adds a body of the city, or one that works with it.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddBody {
    /// Which city.
    pub city: CityId,
    /// Its name.
    pub name: Line,
    /// What it is.
    #[serde(rename = "type")]
    pub body_type: Option<BodyType>,
}

/// Says who coordinates for the city.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppointCoordinator {
    /// Which city.
    pub city: CityId,
    /// Who.
    pub person: PersonId,
}

/// Says what the city wants to learn on a theme.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StateNeed {
    /// Which city.
    pub city: CityId,
    /// The code of the theme.
    pub theme: Code,
    /// In words.
    pub text: Option<Prose>,
}

/// Says what others can learn from the city on a theme.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StateOffer {
    /// Which city.
    pub city: CityId,
    /// The code of the theme.
    pub theme: Code,
    /// In words.
    pub text: Option<Prose>,
}

/// Ends the taking part of the city.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawCity {
    /// Which city.
    pub city: CityId,
    /// Why.
    pub reason: Prose,
}

/// Lists what was still open when the city left.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListOpenMatters {
    /// Which city.
    pub city: CityId,
    /// Partnerships, visits, meetings, projects, pilots, actions and learnings it has a part in, as kind/UUID.
    pub matters: Vec<Subject>,
}

commands! {
    /// Commands on a city.
    City: CityCommand {
        new RegisterCity(id), on SelectCity(city), on PutOnReserve(city), on RejectCity(city), on UpdateCity(city), on AddBody(city), on AppointCoordinator(city), on StateNeed(city), on StateOffer(city), on WithdrawCity(city), on ListOpenMatters(city),
    }
}
