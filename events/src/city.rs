//! What can be known about a city: how it joined, what it needs and offers, how it left.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::family::family;
use crate::value::{Code, Country, Language, Latitude, Line, Longitude, Prose, Zone};
use crate::{PartnershipId, PersonId, ProgrammeId, Subject};

/// What a body is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum BodyType {
    /// A department of the city.
    Department,
    /// A utility.
    Utility,
    /// An agency.
    Agency,
    /// A university or research institute.
    University,
    /// A business.
    Business,
    /// An organisation of civil society.
    Ngo,
    /// A region or another tier of government.
    Region,
}

/// A city asked to take part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CityRegistered {
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
    #[serde(default)]
    pub languages: Vec<Language>,
}

/// The city takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CitySelected {}

/// The city may take part when another leaves.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CityPutOnReserve {
    /// Why.
    pub reason: Option<Prose>,
}

/// The city does not take part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CityRejected {
    /// Why.
    pub reason: Prose,
}

/// The city has its first partnership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CityActivated {
    /// The partnership that was formed.
    pub partnership: PartnershipId,
}

/// What is known of the city changed.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CityUpdated {
    /// Its name in Latin letters, when it changed.
    pub name: Option<Line>,
    /// What it was until then.
    pub was_name: Option<Line>,
    /// Its name in its own language and script, when it changed.
    pub native_name: Option<Line>,
    /// What it was until then.
    pub was_native_name: Option<Line>,
    /// The strand it takes part in, when it changed.
    pub strand: Option<Line>,
    /// What it was until then.
    pub was_strand: Option<Line>,
    /// Degrees north, when it changed.
    pub latitude: Option<Latitude>,
    /// What it was until then.
    pub was_latitude: Option<Latitude>,
    /// Degrees east, when it changed.
    pub longitude: Option<Longitude>,
    /// What it was until then.
    pub was_longitude: Option<Longitude>,
    /// How many people live in it, when it changed.
    pub population: Option<u32>,
    /// What it was until then.
    pub was_population: Option<u32>,
    /// Its time zone, when it changed.
    pub timezone: Option<Zone>,
    /// What it was until then.
    pub was_timezone: Option<Zone>,
    /// The languages it works in, when it changed.
    pub languages: Option<Vec<Language>>,
    /// What it was until then.
    pub was_languages: Option<Vec<Language>>,
}

/// A body of the city, or working with it, became known.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BodyAdded {
    /// Its name.
    pub name: Line,
    /// What it is.
    #[serde(rename = "type")]
    pub body_type: Option<BodyType>,
}

/// A person coordinates for the city.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CoordinatorAppointed {
    /// Who.
    pub person: PersonId,
    /// Who did until then.
    pub was_person: Option<PersonId>,
}

/// The city said what it wants to learn.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NeedStated {
    /// The code of the theme.
    pub theme: Code,
    /// In words.
    pub text: Option<Prose>,
    /// What it had said of the theme until then.
    pub was_text: Option<Prose>,
}

/// The city said what others can learn from it.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferStated {
    /// The code of the theme.
    pub theme: Code,
    /// In words.
    pub text: Option<Prose>,
    /// What it had said of the theme until then.
    pub was_text: Option<Prose>,
}

/// The city left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CityWithdrawn {
    /// Why.
    pub reason: Prose,
}

/// What was still open when the city left was listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenMattersListed {
    /// Partnerships, visits, meetings, projects, pilots, actions and learnings it has a part in.
    #[serde(default)]
    pub matters: Vec<Subject>,
}

family! {
    /// Events of a city.
    City: CityEvent {
        CityRegistered, CitySelected, CityPutOnReserve, CityRejected, CityActivated, CityUpdated, BodyAdded, CoordinatorAppointed, NeedStated, OfferStated, CityWithdrawn, OpenMattersListed,
    }
}
