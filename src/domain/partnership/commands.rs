//! What can be asked of a partnership.

use koinon_events::partnership::Party;
use koinon_events::value::{Code, Day, Line, Prose};
use koinon_events::{CityId, DocumentId, PartnershipId, PersonId, ProgrammeId};
use schemars::JsonSchema;
use serde::Deserialize;

/// Proposes that cities work together; it forms when every one of them accepts.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposePartnership {
    /// The new partnership's id.
    pub id: PartnershipId,
    /// The programme it belongs to.
    pub programme: ProgrammeId,
    /// Its cities, at least two, of at least two countries.
    pub cities: Vec<CityId>,
    /// Codes of the themes it is about.
    pub themes: Vec<Code>,
    /// Why these cities.
    pub rationale: Prose,
}

/// Accepts the partnership for a city; the last acceptance forms it.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptPartnership {
    /// Which partnership.
    pub partnership: PartnershipId,
    /// The city that accepts.
    pub city: CityId,
}

/// Declines the partnership for a city; it stays proposed, and the city may still accept or be taken out.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclinePartnership {
    /// Which partnership.
    pub partnership: PartnershipId,
    /// The city that declines.
    pub city: CityId,
    /// Why.
    pub reason: Prose,
}

/// Adds a city to the partnership; while it is proposed the city has to accept like the others.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddCity {
    /// Which partnership.
    pub partnership: PartnershipId,
    /// The city that joins.
    pub city: CityId,
    /// Why.
    pub reason: Option<Prose>,
}

/// Takes a city out of the partnership; two countries have to remain.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveCity {
    /// Which partnership.
    pub partnership: PartnershipId,
    /// The city that leaves.
    pub city: CityId,
    /// Why.
    pub reason: Prose,
}

/// Records that the cities of a formed partnership met for the first time.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KickOffPartnership {
    /// Which partnership.
    pub partnership: PartnershipId,
    /// The day it was, when recorded later.
    pub date: Option<Day>,
}

/// Agrees what the partnership works on, which makes it active.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreeTopics {
    /// Which partnership.
    pub partnership: PartnershipId,
    /// Codes of the themes; the proposed ones when left out.
    #[serde(default)]
    pub themes: Vec<Code>,
}

/// Asks an expert to advise the partnership.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignAdvisor {
    /// Which partnership.
    pub partnership: PartnershipId,
    /// Who.
    pub expert: PersonId,
}

/// Records advice given to the partnership.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordAdvice {
    /// Which partnership.
    pub partnership: PartnershipId,
    /// Its id within the partnership; numbered when left out.
    pub advice: Option<Code>,
    /// What it is about.
    pub subject: Line,
    /// What was advised.
    pub text: Prose,
    /// The advisor who gave it, when another recorded it.
    pub expert: Option<PersonId>,
}

/// Says whether the cities take an advice.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerAdvice {
    /// Which partnership.
    pub partnership: PartnershipId,
    /// Which advice.
    pub advice: Code,
    /// Whether the cities take it.
    pub taken: bool,
    /// Why; needed when it is not taken.
    pub reason: Option<Prose>,
}

/// Records an agreement between bodies of the cities.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignAgreement {
    /// Which partnership.
    pub partnership: PartnershipId,
    /// What kind of agreement: a memorandum, a letter of intent.
    pub kind: Option<Line>,
    /// The bodies that signed.
    pub parties: Vec<Party>,
    /// The signed paper.
    pub document: Option<DocumentId>,
    /// The day it was signed; absent while it is agreed but not signed.
    pub signed_on: Option<Day>,
}

/// Records that the cities adopted a version of their action plan.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdoptActionPlan {
    /// Which partnership.
    pub partnership: PartnershipId,
    /// Its version, from 1.
    pub version: u32,
    /// The plan itself.
    pub document: Option<DocumentId>,
}

/// Lets the partnership rest.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SuspendPartnership {
    /// Which partnership.
    pub partnership: PartnershipId,
    /// Why.
    pub reason: Prose,
}

/// Takes a resting partnership up where it was.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResumePartnership {
    /// Which partnership.
    pub partnership: PartnershipId,
    /// Why.
    pub reason: Option<Prose>,
}

/// Ends the partnership before its time.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DissolvePartnership {
    /// Which partnership.
    pub partnership: PartnershipId,
    /// Why.
    pub reason: Prose,
}

/// Ends an active partnership that did what it set out to do.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompletePartnership {
    /// Which partnership.
    pub partnership: PartnershipId,
    /// How the cities judge their work.
    pub self_assessment: Option<Prose>,
}

/// Records which bodies go on working together beyond the programme.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommitContinuation {
    /// Which partnership.
    pub partnership: PartnershipId,
    /// The bodies that go on working together.
    pub bodies: Vec<Party>,
    /// Where it is laid down.
    pub document: Option<DocumentId>,
    /// Until when, if it is limited.
    pub until: Option<Day>,
}

commands! {
    /// Commands on a partnership.
    Partnership: PartnershipCommand {
        new ProposePartnership(id), on AcceptPartnership(partnership), on DeclinePartnership(partnership), on AddCity(partnership), on RemoveCity(partnership), on KickOffPartnership(partnership), on AgreeTopics(partnership), on AssignAdvisor(partnership), on RecordAdvice(partnership), on AnswerAdvice(partnership), on SignAgreement(partnership), on AdoptActionPlan(partnership), on SuspendPartnership(partnership), on ResumePartnership(partnership), on DissolvePartnership(partnership), on CompletePartnership(partnership), on CommitContinuation(partnership),
    }
}
