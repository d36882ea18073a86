//! What can be known about a partnership: cities of two or more countries that work together.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::family::family;
use crate::value::{Code, Day, Line, Prose};
use crate::{CityId, DocumentId, PersonId, ProgrammeId};

/// A body of a city, as the city names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// The city.
    pub city: CityId,
    /// The name of the body.
    pub name: Line,
}

/// Cities were proposed to work together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnershipProposed {
    /// The programme it belongs to.
    pub programme: ProgrammeId,
    /// Its cities, at least two, of at least two countries.
    #[serde(default)]
    pub cities: Vec<CityId>,
    /// Codes of the themes it is about.
    #[serde(default)]
    pub themes: Vec<Code>,
    /// Why these cities.
    pub rationale: Prose,
}

/// A city agreed to the partnership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnershipAccepted {
    /// Which city.
    pub city: CityId,
}

/// A city did not agree to the partnership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnershipDeclined {
    /// Which city.
    pub city: CityId,
    /// Why.
    pub reason: Prose,
}

/// Every city agreed; the partnership stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnershipFormed {
    /// Its cities.
    #[serde(default)]
    pub cities: Vec<CityId>,
}

/// One more city joined the partnership.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CityAdded {
    /// Which city.
    pub city: CityId,
    /// Why.
    pub reason: Option<Prose>,
}

/// A city left the partnership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CityRemoved {
    /// Which city.
    pub city: CityId,
    /// Why.
    pub reason: Prose,
}

/// The cities met for the first time.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnershipKickedOff {
    /// The day it was, when recorded later.
    pub date: Option<Day>,
}

/// The cities agreed what they work on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TopicsAgreed {
    /// Codes of the themes agreed.
    #[serde(default)]
    pub themes: Vec<Code>,
    /// Codes of the themes until then.
    #[serde(default)]
    pub was_themes: Vec<Code>,
}

/// An expert advises the partnership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdvisorAssigned {
    /// Who.
    pub expert: PersonId,
}

/// Advice was given.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdviceRecorded {
    /// Its id within the partnership.
    pub advice: Code,
    /// What it is about.
    pub subject: Line,
    /// What was advised.
    pub text: Prose,
    /// The advisor who gave it, when another recorded it.
    pub expert: Option<PersonId>,
}

/// The cities said whether they take an advice.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdviceAnswered {
    /// Which advice.
    pub advice: Code,
    /// Whether the cities take it.
    pub taken: bool,
    /// Why, or why not.
    pub reason: Option<Prose>,
}

/// Bodies of the cities agreed to work together.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreementSigned {
    /// What kind of agreement: a memorandum, a letter of intent.
    pub kind: Option<Line>,
    /// The bodies that signed.
    #[serde(default)]
    pub parties: Vec<Party>,
    /// The signed paper.
    pub document: Option<DocumentId>,
    /// The day it was signed; absent while it is agreed but not signed.
    pub signed_on: Option<Day>,
}

/// The cities adopted an action plan.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionPlanAdopted {
    /// Its version, from 1.
    pub version: u32,
    /// The plan itself.
    pub document: Option<DocumentId>,
}

/// The partnership rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnershipSuspended {
    /// Why.
    pub reason: Prose,
}

/// The partnership is at work again.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnershipResumed {
    /// Why.
    pub reason: Option<Prose>,
}

/// The partnership ended before its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnershipDissolved {
    /// Why.
    pub reason: Prose,
}

/// The partnership did what it set out to do.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnershipCompleted {
    /// How the cities judge their work.
    pub self_assessment: Option<Prose>,
}

/// Bodies go on working together beyond the programme.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContinuationCommitted {
    /// The bodies that go on working together.
    #[serde(default)]
    pub bodies: Vec<Party>,
    /// Where it is laid down.
    pub document: Option<DocumentId>,
    /// Until when, if it is limited.
    pub until: Option<Day>,
}

family! {
    /// Events of a partnership.
    Partnership: PartnershipEvent {
        PartnershipProposed, PartnershipAccepted, PartnershipDeclined, PartnershipFormed, CityAdded, CityRemoved, PartnershipKickedOff, TopicsAgreed, AdvisorAssigned, AdviceRecorded, AdviceAnswered, AgreementSigned, ActionPlanAdopted, PartnershipSuspended, PartnershipResumed, PartnershipDissolved, PartnershipCompleted, ContinuationCommitted,
    }
}
