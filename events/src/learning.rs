//! What can be known about a learning: what was seen to work, and which cities took it up.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::family::family;
use crate::value::{Code, Day, Language, Line, Prose};
use crate::{CityId, DocumentId, LearningId, MeetingId, PartnershipId, PersonId, ProgrammeId, Subject};

/// What a learning costs to put into practice, as an order of magnitude.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum CostOrder {
    /// Paid from a running budget.
    Low,
    /// Needs a budget line of its own.
    Medium,
    /// Needs an investment decision.
    High,
    /// Needs funding from outside the city.
    VeryHigh,
}

/// How well a learning is proven.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Maturity {
    /// Thought of, not tried.
    Idea,
    /// Being tried.
    Trial,
    /// Works where it was seen.
    Proven,
    /// Works for years and in more than one place.
    Established,
}

/// Something was learned.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LearningRecorded {
    /// The programme it belongs to.
    pub programme: ProgrammeId,
    /// The partnership of the visit or meeting it came from.
    pub partnership: Option<PartnershipId>,
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
    /// The visit or meeting it came from.
    pub origin: Subject,
    /// The cities that learned it there.
    #[serde(default)]
    pub learned_by: Vec<CityId>,
    /// Codes of the themes.
    #[serde(default)]
    pub themes: Vec<Code>,
    /// Targets of the Sustainable Development Goals it serves, such as 12.5.
    #[serde(default)]
    pub sdg_targets: Vec<Code>,
    /// The language it is written in.
    pub language: Language,
}

/// The text of a learning was changed. What did not change is absent.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LearningRevised {
    /// What it is called now.
    pub title: Option<Line>,
    /// What it was called until now.
    pub was_title: Option<Line>,
    /// What is done, as written now.
    pub what: Option<Prose>,
    /// What is done, as written until now.
    pub was_what: Option<Prose>,
    /// Why it works, as written now.
    pub why_it_works: Option<Prose>,
    /// Why it works, as written until now.
    pub was_why_it_works: Option<Prose>,
    /// What it takes elsewhere, as written now.
    pub conditions: Option<Prose>,
    /// What it takes elsewhere, as written until now.
    pub was_conditions: Option<Prose>,
    /// What it costs now.
    pub cost_order: Option<CostOrder>,
    /// What it was said to cost until now.
    pub was_cost_order: Option<CostOrder>,
    /// How well it is proven now.
    pub maturity: Option<Maturity>,
    /// How well it was said to be proven until now.
    pub was_maturity: Option<Maturity>,
    /// Codes of its themes now.
    pub themes: Option<Vec<Code>>,
    /// Codes of its themes until now.
    pub was_themes: Option<Vec<Code>>,
    /// The SDG targets it serves now.
    pub sdg_targets: Option<Vec<Code>>,
    /// The SDG targets it served until now.
    pub was_sdg_targets: Option<Vec<Code>>,
    /// Why.
    pub reason: Option<Prose>,
}

/// An expert found the learning sound.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LearningValidated {
    /// Who.
    pub expert: PersonId,
    /// What the expert adds.
    pub note: Option<Prose>,
}

/// The learning went back to its authors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LearningReturned {
    /// What is lacking.
    pub reason: Prose,
}

/// The learning was published to all cities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LearningPublished {}

/// Other learnings were brought together in this one.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LearningsConsolidated {
    /// The learnings it takes the place of.
    #[serde(default)]
    pub from: Vec<LearningId>,
    /// The meeting that decided so.
    pub at_meeting: Option<MeetingId>,
}

/// Another learning took the place of this one.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LearningSuperseded {
    /// The learning that holds it now.
    pub by: LearningId,
    /// The meeting that decided so.
    pub at_meeting: Option<MeetingId>,
}

/// The learning no longer stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LearningRetracted {
    /// Why.
    pub reason: Prose,
}

/// The learning was suggested to cities that share its theme or stated the need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LearningSuggested {
    /// Which cities.
    pub cities: Vec<CityId>,
}

/// A city is interested in using the learning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InterestExpressed {
    /// Which city.
    pub city: CityId,
}

/// A city finds that the learning is not for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LearningDeclined {
    /// Which city.
    pub city: CityId,
    /// Why.
    pub reason: Prose,
}

/// A city decided to use the learning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdoptionCommitted {
    /// Which city.
    pub city: CityId,
    /// The office or body that is in charge; never a person's name.
    pub owner: Line,
    /// What the city changes to make it fit.
    pub adaptation: Prose,
}

/// A city began to put the learning into practice.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdoptionStarted {
    /// Which city.
    pub city: CityId,
    /// The day, when recorded later.
    pub date: Option<Day>,
}

/// A city's use of the learning is laid down and verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdoptionVerified {
    /// Which city.
    pub city: CityId,
    /// Where it is laid down.
    pub document: DocumentId,
}

/// A city gave up using the learning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdoptionAbandoned {
    /// Which city.
    pub city: CityId,
    /// Why.
    pub reason: Prose,
}

family! {
    /// Events of a learning.
    Learning: LearningEvent {
        LearningRecorded, LearningRevised, LearningValidated, LearningReturned, LearningPublished, LearningsConsolidated, LearningSuperseded, LearningRetracted, LearningSuggested, InterestExpressed, LearningDeclined, AdoptionCommitted, AdoptionStarted, AdoptionVerified, AdoptionAbandoned,
    }
}
