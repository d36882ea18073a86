//! What can be asked of a learning.

use koinon_events::learning::{CostOrder, Maturity};
use koinon_events::value::{Code, Day, Language, Line, Prose};
use koinon_events::{CityId, DocumentId, LearningId, MeetingId, PersonId, ProgrammeId, Subject};
use schemars::JsonSchema;
use serde::Deserialize;

/// Records something learned on a visit or in a meeting.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordLearning {
    /// The new learning's id.
    pub id: LearningId,
    /// The programme it belongs to.
    pub programme: ProgrammeId,
    /// What it is called.
    pub title: Line,
    /// What is done.
    pub what: Prose,
    /// Why it works there.
    pub why_it_works: Prose,
    /// What it takes to work elsewhere.
    pub conditions: Prose,
    /// What it costs, as an order of magnitude.
    pub cost_order: CostOrder,
    /// How well it is proven.
    pub maturity: Maturity,
    /// The city it was learned from.
    pub origin_city: CityId,
    /// The visit or meeting it came from, as visit/UUID or meeting/UUID.
    pub origin: Subject,
    /// The cities that learned it there.
    #[serde(default)]
    pub learned_by: Vec<CityId>,
    /// Codes of the themes.
    pub themes: Vec<Code>,
    /// Targets of the Sustainable Development Goals it serves, such as 12.5.
    #[serde(default)]
    pub sdg_targets: Vec<Code>,
    /// The language it is written in.
    pub language: Language,
}

/// Changes the text of a learning. What is left out stays as it is.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviseLearning {
    /// Which learning.
    pub learning: LearningId,
    /// What it is called.
    pub title: Option<Line>,
    /// What is done.
    pub what: Option<Prose>,
    /// Why it works there.
    pub why_it_works: Option<Prose>,
    /// What it takes to work elsewhere.
    pub conditions: Option<Prose>,
    /// What it costs, as an order of magnitude.
    pub cost_order: Option<CostOrder>,
    /// How well it is proven.
    pub maturity: Option<Maturity>,
    /// Codes of the themes.
    pub themes: Option<Vec<Code>>,
    /// The SDG targets it serves.
    pub sdg_targets: Option<Vec<Code>>,
    /// Why; needed once the learning is published.
    pub reason: Option<Prose>,
}

/// Says that an expert found the learning sound.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ValidateLearning {
    /// Which learning.
    pub learning: LearningId,
    /// The expert; the person who asks when left out.
    pub expert: Option<PersonId>,
    /// What the expert adds.
    pub note: Option<Prose>,
}

/// Sends a learning back to its authors.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnLearning {
    /// Which learning.
    pub learning: LearningId,
    /// What is lacking.
    pub reason: Prose,
}

/// Publishes a validated learning to all cities.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishLearning {
    /// Which learning.
    pub learning: LearningId,
}

/// Brings published learnings together in one, which takes their place.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsolidateLearnings {
    /// The learning that holds them from now on.
    pub into: LearningId,
    /// The learnings it takes the place of.
    pub from: Vec<LearningId>,
    /// The meeting that decided so.
    pub at_meeting: Option<MeetingId>,
}

/// Says that a learning no longer stands.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RetractLearning {
    /// Which learning.
    pub learning: LearningId,
    /// Why.
    pub reason: Prose,
}

/// Suggests a published learning to cities.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SuggestLearning {
    /// Which learning.
    pub learning: LearningId,
    /// Which cities.
    pub cities: Vec<CityId>,
}

/// Says that a city is interested in using the learning.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpressInterest {
    /// Which learning.
    pub learning: LearningId,
    /// Which city.
    pub city: CityId,
}

/// Says that the learning is not for a city.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclineLearning {
    /// Which learning.
    pub learning: LearningId,
    /// Which city.
    pub city: CityId,
    /// Why.
    pub reason: Prose,
}

/// Says that a city has decided to use the learning.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommitAdoption {
    /// Which learning.
    pub learning: LearningId,
    /// Which city.
    pub city: CityId,
    /// The office or body that is in charge; never a person's name.
    pub owner: Line,
    /// What the city changes to make it fit.
    pub adaptation: Prose,
}

/// Says that a city has begun to put the learning into practice.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartAdoption {
    /// Which learning.
    pub learning: LearningId,
    /// Which city.
    pub city: CityId,
    /// The day, when recorded later.
    pub date: Option<Day>,
}

/// Verifies a city's use of the learning by the document that lays it down.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyAdoption {
    /// Which learning.
    pub learning: LearningId,
    /// Which city.
    pub city: CityId,
    /// Where it is laid down.
    pub document: DocumentId,
}

/// Says that a city has given up using the learning.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AbandonAdoption {
    /// Which learning.
    pub learning: LearningId,
    /// Which city.
    pub city: CityId,
    /// Why.
    pub reason: Prose,
}

commands! {
    /// Commands on a learning.
    Learning: LearningCommand {
        new RecordLearning(id), on ReviseLearning(learning), on ValidateLearning(learning), on ReturnLearning(learning), on PublishLearning(learning), on ConsolidateLearnings(into), on RetractLearning(learning), on SuggestLearning(learning), on ExpressInterest(learning), on DeclineLearning(learning), on CommitAdoption(learning), on StartAdoption(learning), on VerifyAdoption(learning), on AbandonAdoption(learning),
    }
}
